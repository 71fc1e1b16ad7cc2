"""A new release of the course meets a half-done workspace, and a submission made with the older release."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from conftest import need
from small_course import edit, lesson_notebook, make_course

from coursework.lessons.notebook import is_answer, lesson_tasks
from coursework.workspace.update import update_workspace

NOTEBOOK = "03-metrics/metrics.ipynb"
WORK = {"recall": "recall = 0.5", "essay": "# In my own words"}


def release(course: Path, *, version: str = "2.0", changed: tuple[str, ...] = (), gone: tuple[str, ...] = ()) -> None:
    """Put out the lesson anew: these tasks are checked otherwise than before, these are gone, the rest is the same."""
    for part in ("lessons", "solutions"):
        notebook = lesson_notebook("03-metrics", solved=part == "solutions")
        left_out = {id_ for name in gone for id_ in (name, f"{name}-check")}
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in left_out]
        for cell in notebook["cells"]:
            if cell["id"] in [f"{name}-check" for name in changed]:
                cell["source"] += f"  # {version}"
            if is_answer(cell) and part == "solutions":
                name = cell["source"].partition(" = ")[0]
                cell["source"] = f"{name} = ...\n### BEGIN SOLUTION\n{cell['source']}\n### END SOLUTION\n"
        tasks = {task.name: task.fingerprint for task in lesson_tasks(notebook)}
        notebook["metadata"]["imbalanced_course"] |= {"version": version, "tasks": tasks}
        (course / part / NOTEBOOK).write_text(json.dumps(notebook))


@pytest.fixture
def half_done(small_course: Path, tmp_path: Path) -> Path:
    """A workspace of release 1.0 with work in it, a file of the learner's own, a hand-in and a revealed solution."""
    release(small_course, version="1.0")
    workspace = tmp_path / "my-lessons"
    update_workspace(workspace)
    edit(workspace / NOTEBOOK, WORK)
    (workspace / "my-notes.txt").write_text("recall is what matters to me")
    (workspace / "03-metrics/metrics-solution.ipynb").write_bytes((small_course / "solutions" / NOTEBOOK).read_bytes())
    (workspace / "hand-in").mkdir()
    (workspace / "hand-in/03-metrics.zip").write_bytes(b"as it was handed in")
    return workspace


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".course" not in path.parts
    }


def test_nothing_in_a_half_done_workspace_is_lost(half_done: Path, small_course: Path):
    before = files(half_done)
    release(small_course, changed=("precision",))
    make_course(small_course, lessons=("01-challenge",))

    update_workspace(half_done)

    after = files(half_done)
    assert set(after) - set(before) == {"01-challenge/challenge.ipynb"}
    assert {name for name in before if after[name] != before[name]} == {"start.ipynb"}


def test_what_changed_is_told_on_the_terminal_and_on_the_start_page(half_done: Path, small_course: Path):
    release(small_course, changed=("precision",), gone=("more-recall",))

    (line,) = update_workspace(half_done)

    told = "tasks changed: precision; removed: more-recall"
    assert line.startswith(
        f"Newer release: lesson 3, Metrics ({told}). Your notebook stays as it is. To get the new one"
    )
    assert f"Lesson 3 has a newer release ({told})" in (half_done / "start.ipynb").read_text()


def test_a_release_with_the_same_tasks_says_so(half_done: Path, small_course: Path):
    release(small_course)
    (line,) = update_workspace(half_done)
    assert "(its tasks are the same)" in line


def test_it_is_told_until_the_learner_takes_the_new_release(half_done: Path, small_course: Path, run_course):
    release(small_course, changed=("precision",))
    assert update_workspace(half_done) == update_workspace(half_done) != []

    assert run_course("reset", "metrics").exit_code == 0

    assert update_workspace(half_done) == []
    assert "newer release" not in (half_done / "start.ipynb").read_text()
    (kept,) = (half_done / "03-metrics").glob("metrics-2*.ipynb")
    assert "recall = 0.5" in kept.read_text()


def test_an_untouched_lesson_with_a_newer_release_is_reported_not_replaced(small_course: Path, tmp_path: Path):
    update_workspace(tmp_path / "ws")
    before = (tmp_path / "ws" / NOTEBOOK).read_bytes()
    release(small_course)

    (line,) = update_workspace(tmp_path / "ws")

    assert line.startswith("Newer release: lesson 3")
    assert (tmp_path / "ws" / NOTEBOOK).read_bytes() == before


def test_a_lesson_that_is_no_notebook_any_more_survives_an_update(half_done: Path, small_course: Path):
    (half_done / NOTEBOOK).write_text("my own words")
    release(small_course)
    (line,) = update_workspace(half_done)
    assert "`course reset metrics`" in line
    assert (half_done / NOTEBOOK).read_text() == "my own words"


def test_a_workspace_whose_notes_are_lost_still_learns_of_the_newer_release(half_done: Path, small_course: Path):
    release(small_course, changed=("precision",))
    (half_done / ".course/state.json").unlink()
    work = (half_done / NOTEBOOK).read_bytes()

    assert any(line.startswith("Newer release: lesson 3") for line in update_workspace(half_done))
    assert (half_done / NOTEBOOK).read_bytes() == work


@pytest.fixture
def graded(half_done: Path, small_course: Path, tmp_path: Path, run_course):
    """Grade the half-done lesson by the course as it is then; return its row of grades.csv."""
    need("bubblewrap")
    (small_course / "datasets").mkdir()
    settings = Path(__file__).resolve().parent.parent / "nbgrader_config.py"
    (small_course / "nbgrader_config.py").write_bytes(settings.read_bytes())
    handed_in = tmp_path / "submitted/ada" / NOTEBOOK
    handed_in.parent.mkdir(parents=True)
    handed_in.write_bytes((half_done / NOTEBOOK).read_bytes())

    def grade() -> dict[str, str]:
        outcome = run_course("grade", tmp_path / "submitted", "--out", tmp_path / "graded", "--workers", "1")
        assert outcome.exit_code == 0, outcome.output
        with (tmp_path / "graded/grades.csv").open(newline="") as file:
            (row,) = csv.DictReader(file)
        return row

    return grade


@pytest.mark.sandbox
def test_a_submission_of_an_older_release_with_the_same_tasks_is_graded_as_any_other(graded, small_course: Path):
    release(small_course)
    row = graded()
    assert (row["status"], row["points"], row["reason"]) == ("graded", "4.0", "")


@pytest.mark.sandbox
def test_a_submission_of_an_older_release_with_other_tasks_is_graded_and_waits_for_a_person(graded, small_course: Path):
    release(small_course, changed=("precision",))
    row = graded()
    assert (row["status"], row["points"], row["needs_review"]) == ("graded", "4.0", "True")
    assert "another release of the lesson, in which these tasks differ: precision" in row["reason"]
