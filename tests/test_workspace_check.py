"""`course check`: the points of a learner's notebook, what is open and why, and the progress over the course."""

from __future__ import annotations

import json
import re
import signal
import threading
import time
from pathlib import Path

import psutil
import pytest
from small_course import edit, make_course

from coursework.workspace.update import update_workspace

ALL_RIGHT = {"recall": "recall = 0.5", "precision": "precision = 0.25"}


@pytest.fixture
def notebook(small_course: Path, tmp_path: Path) -> Path:
    """The learner's notebook in a course whose second lesson isn't released yet."""
    announced = small_course / "solutions/07-cost-sensitive/lesson.toml"
    announced.parent.mkdir()
    announced.write_text('title = "Cost-sensitive learning"\n')
    update_workspace(tmp_path / "my-lessons")
    return tmp_path / "my-lessons/03-metrics/metrics.ipynb"


def tasks_of(report: dict) -> dict[str, dict]:
    return {task["name"]: task for task in report["lessons"][0]["tasks"]}


def test_an_untouched_lesson_earns_nothing_and_says_not_attempted(notebook: Path, run_course):
    before = notebook.read_bytes()
    result = run_course("check", "metrics", "--json")
    report = json.loads(result.stdout)

    assert result.exit_code == 1
    assert report["total"] == {"points": 0.0, "max_points": 10.0}
    statuses = {name: task["status"] for name, task in tasks_of(report).items()}
    assert set(statuses.values()) == {"not attempted"}
    assert tasks_of(report)["more-recall"]["reason"] == "fill in more_recall"
    assert notebook.read_bytes() == before


def test_a_right_lesson_earns_all_and_exits_with_0(notebook: Path, run_course):
    edit(notebook, ALL_RIGHT | {"quick-check-1": "quick_check_1 = 3"})
    result = run_course("check", "--json")
    report = json.loads(result.stdout)

    assert result.exit_code == 0
    assert report["complete"] is True
    assert report["total"] == {"points": 10.0, "max_points": 10.0}
    assert report["quiz"] == {"done": 1, "of": 1, "pass_share": 0.7}
    assert report["lessons"][0]["bonus"] == {"done": 0, "of": 1}
    assert [row["state"] for row in report["progress"]] == ["checked", "not released yet"]


def test_each_open_task_says_why(notebook: Path, run_course):
    edit(
        notebook,
        {
            "recall": "recall = 0.75",
            "precision": "precision = 1 / 0",
            "more-recall-check": None,
            "quick-check-1-check": "42",
            "essay": "# In my own words",
        },
    )
    tasks = tasks_of(json.loads(run_course("check", "--json").stdout))

    assert tasks["recall"]["status"] == "wrong"
    assert tasks["recall"]["reason"].startswith("recall: ")
    assert tasks["precision"]["reason"] == "its answer cell stops with ZeroDivisionError: division by zero."
    assert "check cell is missing" in tasks["more-recall"]["reason"]
    assert "check cell was changed" in tasks["quick-check-1"]["reason"]
    assert (tasks["essay"]["kind"], tasks["essay"]["status"]) == ("manual", "not checked")


def test_a_bug_that_nobody_has_touched_is_open(notebook: Path, small_course: Path, run_course):
    for bugged in (small_course / "lessons/03-metrics/metrics.ipynb", notebook):
        edit(bugged, {"more-recall": "more_recall = 0.5"})
    untouched = tasks_of(json.loads(run_course("check", "--json").stdout))["more-recall"]
    edit(notebook, {"more-recall": "more_recall = 0.6"})
    tried = tasks_of(json.loads(run_course("check", "--json").stdout))["more-recall"]

    assert (untouched["status"], untouched["reason"]) == ("not attempted", "its cell is as it came; fix it")
    assert tried["status"] == "wrong"
    assert tried["reason"].startswith("more_recall: ")


def test_a_check_cell_that_is_there_twice_is_named(notebook: Path, run_course):
    content = json.loads(notebook.read_text())
    check = next(cell for cell in content["cells"] if cell["id"] == "recall-check")
    content["cells"].append({**check, "id": "pasted"})
    notebook.write_text(json.dumps(content))
    edit(notebook, ALL_RIGHT)
    tasks = tasks_of(json.loads(run_course("check", "--json").stdout))
    assert tasks["recall"]["reason"] == "its check cell appears twice: delete the copy."
    assert (tasks["recall"]["points"], tasks["precision"]["points"]) == (0.0, 6.0)


def test_a_notebook_of_an_older_release_is_checked_by_its_own_checks_and_said_so(
    notebook: Path, small_course: Path, run_course
):
    edit(notebook, ALL_RIGHT)
    make_course(small_course, version="2.0")
    result = run_course("check", "--json")
    report = json.loads(result.stdout)

    assert result.exit_code == 0
    assert "older release" in report["lessons"][0]["note"]


def test_a_cell_that_never_ends_is_stopped_and_the_rest_still_counts(notebook: Path, run_course):
    edit(notebook, ALL_RIGHT | {"recall": "while True: pass"})
    result = run_course("check", "--json", "--timeout", "4")
    report = json.loads(result.stdout)

    assert result.exit_code == 1
    assert tasks_of(report)["precision"]["points"] == 6.0
    assert "ran for more than 4 s" in report["lessons"][0]["problem"]
    assert len(result.stderr.splitlines()) == 1


def test_a_dying_kernel_gives_one_sentence_and_keeps_what_was_earned(notebook: Path, run_course):
    edit(notebook, ALL_RIGHT | {"precision": "import os; os._exit(1)"})
    result = run_course("check", "--json")
    report = json.loads(result.stdout)

    assert result.exit_code == 1
    assert tasks_of(report)["recall"]["points"] == 4.0
    assert tasks_of(report)["precision"]["points"] == 0.0
    assert "the Python process ended at cell 4 (import os; os._exit(1))" in report["lessons"][0]["problem"]


@pytest.mark.parametrize("content", ["{ not json", "[]", '{"cells": 3}', "\udcff"])
def test_a_file_that_is_no_notebook_gives_one_sentence(notebook: Path, run_course, content: str):
    notebook.write_bytes(content.encode("utf-8", "surrogateescape"))
    result = run_course("check")

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "isn't a notebook" in result.stderr
    assert notebook.read_bytes() == content.encode("utf-8", "surrogateescape")


def test_a_missing_notebook_gives_one_sentence(notebook: Path, run_course):
    notebook.unlink()
    result = run_course("check", "3")
    assert result.exit_code == 1
    assert "is missing: run `course lab`" in result.stderr


def test_a_check_cell_that_shows_something_else_counts_nothing(notebook: Path, small_course: Path, run_course):
    mime = "application/vnd.imbalanced-course.result+json"
    fake = f"from IPython.display import display\nrecall = display({{{mime!r}: {{'points': 'many'}}}}, raw=True)"
    edit(notebook, {"recall": fake})
    result = run_course("check", "--json")
    assert json.loads(result.stdout)["total"]["points"] == 0.0


def test_the_table_fits_80_columns_and_has_no_colour_codes(notebook: Path, run_course):
    edit(notebook, {"recall": "recall = 'far too long a text for the table ' * 5", "precision": "precision = 0.25"})
    output = run_course("check").stdout

    assert max(len(line) for line in output.splitlines()) <= 80
    assert "\x1b" not in output
    assert re.search(r"^ *recall +0 of 4 +not yet +recall: ", output, re.MULTILINE)
    assert "6 of 10 points" in output
    assert "07-cost-sensitive" in output


def test_what_is_no_terminal_gets_80_columns_whatever_the_environment_says(notebook: Path, run_course, monkeypatch):
    edit(notebook, {"recall": "recall = 'far too long a text for the table ' * 5", "precision": "precision = 0.25"})
    monkeypatch.setenv("COLUMNS", "40")
    assert 70 < max(len(line) for line in run_course("check").stdout.splitlines()) <= 80


def test_progress_remembers_earlier_checks_and_sees_later_changes(notebook: Path, small_course: Path, run_course):
    make_course(small_course, lessons=("01-challenge",))
    update_workspace(notebook.parents[1])
    edit(notebook, ALL_RIGHT)
    run_course("check", "metrics")
    edit(notebook, {"recall": "recall = 0.1"})
    report = json.loads(run_course("check", "1", "--json").stdout)

    rows = {row["lesson"]: row for row in report["progress"]}
    assert rows["03-metrics"]["state"] == "changed since its check"
    assert rows["03-metrics"]["points"] == 10.0
    assert rows["01-challenge"]["state"] == "checked"
    assert report["total"] == {"points": 10.0, "max_points": 20.0}


def test_what_has_not_changed_is_not_run_again(notebook: Path, tmp_path: Path, run_course):
    def runs() -> int:
        report = json.loads(run_course("check", "--json").stdout)
        assert tasks_of(report)["recall"]["status"] == "right"
        assert tasks_of(report)["precision"]["reason"] == "fill in precision"
        return len((tmp_path / "runs").read_text())

    edit(notebook, {"recall": f"recall = 0.5\nwith open({str(tmp_path / 'runs')!r}, 'a') as file: file.write('x')"})
    assert (runs(), runs()) == (1, 1)
    (notebook.parent / "my_functions.py").write_text("half = 0.5\n")  # a notebook may import what lies beside it
    assert (runs(), runs()) == (2, 2)
    edit(notebook, {"quick-check-1": "quick_check_1 = 3"})
    assert (runs(), runs()) == (3, 3)


def test_what_is_wrong_is_run_again_because_it_may_have_been_bad_luck(notebook: Path, tmp_path: Path, run_course):
    luck = f"import os; recall = 0.5 if os.path.exists({str(tmp_path / 'network')!r}) else 0.4"
    edit(notebook, {"recall": luck})
    assert tasks_of(json.loads(run_course("check", "--json").stdout))["recall"]["status"] == "wrong"
    (tmp_path / "network").touch()
    assert tasks_of(json.loads(run_course("check", "--json").stdout))["recall"]["status"] == "right"


def test_an_interrupted_check_leaves_no_kernel_behind(notebook: Path, run_course):
    begun = notebook.parent / "begun"
    edit(notebook, {"recall": f"import time; open({str(begun)!r}, 'w').close()\nwhile True: time.sleep(0.01)"})

    def interrupt() -> None:
        while not begun.exists():
            time.sleep(0.05)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)  # wakes a wait, too

    threading.Thread(target=interrupt, daemon=True).start()
    assert run_course("check").exit_code == 1
    left = psutil.Process().children(recursive=True)
    assert [process for process in left if "ipykernel" in " ".join(process.cmdline())] == []
