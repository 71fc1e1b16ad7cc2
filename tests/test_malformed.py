"""Hand-ins as they come, killed runs, and what a regrade must not lose: nothing stops a batch, nobody loses a grade."""

from __future__ import annotations

import copy
import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import need
from nbgrader.api import Gradebook

from coursework.lessons.catalogue import find_lesson
from coursework.lessons.notebook import grade_id, is_check

LESSON = find_lesson("metrics")
TASK = "metrics-by-hand"


def solution() -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(LESSON.solution_path.read_text())
    return notebook


def cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(cell for cell in notebook["cells"] if grade_id(cell) == name)
    return found


def put(folder: Path, student: str, content: bytes | str | dict[str, Any], name: str = "metrics.ipynb") -> Path:
    path = folder / student / LESSON.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, dict):
        content = json.dumps(content)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def doubled() -> dict[str, Any]:
    notebook = solution()
    position = notebook["cells"].index(cell(notebook, TASK))
    notebook["cells"].insert(position, {**copy.deepcopy(notebook["cells"][position]), "source": "accuracy = 0.1"})
    return notebook


def stored_output() -> dict[str, Any]:
    notebook = solution()
    cell(notebook, TASK)["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 50_000_000}]
    return notebook


def changed(text: str) -> dict[str, Any]:
    notebook = solution()
    answer = cell(notebook, TASK)
    answer["source"] = text + "\n" + "".join(answer["source"])
    return notebook


def without_metadata() -> dict[str, Any]:
    notebook = solution()
    for one in notebook["cells"]:
        one["metadata"] = {}
    return notebook


def without_checks() -> dict[str, Any]:
    notebook = solution()
    notebook["cells"] = [one for one in notebook["cells"] if not is_check(one)]
    return notebook


GRADED: dict[str, Callable[[], Any]] = {
    "doubled cell": doubled,
    "byte order mark": lambda: b"\xef\xbb\xbf" + json.dumps(solution()).encode(),
    "fifty megabytes stored": stored_output,
    "fifty megabytes printed": lambda: changed("for _ in range(500):\n    print('x' * 100_000)"),
    "metadata lost": without_metadata,
    "checks deleted": without_checks,
    "warns": lambda: changed("import warnings, sys\nwarnings.warn('x')\nprint('x', file=sys.stderr)"),
    "html and script": lambda: changed(
        "from IPython.display import HTML, display\ndisplay(HTML('<script>alert(1)</script>'))"
    ),
    "odd cells": lambda: {**solution(), "cells": [None, 5, {"cell_type": 7}, *solution()["cells"], {"source": 1}]},
}
FLAGGED: dict[str, tuple[bytes | str, str]] = {
    "no JSON": ("{", "is not valid JSON"),
    "empty": ("", "but empty"),
    "a page": ("<!DOCTYPE html>\n<html></html>", "a web page"),
    "a zip": (b"PK\x03\x04\x14\0\xff\xff", "but a zip"),
    "deep JSON": ("[" * 200_000, "is not valid JSON"),
    "not UTF-8": (b"\xff\xfe\x00", "is not UTF-8 text"),
    "a list": ("[]", "is JSON, but not a notebook"),
    "no cells": ('{"nbformat": 4}', "has no cells"),
    "of 2013": ('{"worksheets": [], "nbformat": 3}', "is from before 2015"),
}


def rows(out: Path) -> dict[str, dict[str, str]]:
    with (out / "grades.csv").open(newline="", encoding="utf-8") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every case in one batch, with links and odd names among them."""
    from click.testing import CliRunner

    from coursework.cli import main

    need("bubblewrap")
    place = tmp_path_factory.mktemp("malformed")
    for student, make in GRADED.items():
        put(place / "in", student, make())
    for student, (content, _) in FLAGGED.items():
        put(place / "in", student, content)
    put(place / "in", "renamed", solution(), "my homework (2).ipynb")
    secret = put(place, "secret", solution())
    for student in ("linked file", "linked folder"):
        (place / "in" / student).mkdir()
    (place / "in/linked folder" / LESSON.folder).symlink_to(secret.parent)
    (place / "in/linked file" / LESSON.folder).mkdir()
    (place / "in/linked file" / LESSON.folder / "metrics.ipynb").symlink_to(secret)
    outcome = CliRunner().invoke(main, ["grade", str(place / "in"), "--out", str(place / "out")])
    (place / "code").write_text(str(outcome.exit_code))
    (place / "said").write_text(outcome.output)
    return place


@pytest.mark.parametrize("student", [*GRADED, "renamed"])
def test_a_hand_in_that_can_be_read_is_graded_in_full(graded, student):
    row = rows(graded / "out")[student]
    assert (row["status"], row["points"]) == ("graded", "20.0")


@pytest.mark.parametrize("student", FLAGGED)
def test_a_hand_in_that_cannot_be_read_is_flagged_in_one_sentence(graded, student):
    row = rows(graded / "out")[student]
    assert row["status"] == "flagged"
    assert FLAGGED[student][1] in row["reason"]


@pytest.mark.parametrize("student", ["linked file", "linked folder"])
def test_links_are_refused(graded, student):
    found = [row for name, row in rows(graded / "out").items() if name == student]
    assert found[0]["status"] == "flagged"
    assert "symbolic link" in found[0]["reason"]


def test_the_run_says_what_it_could_not_grade_and_exits_with_1(graded):
    assert (graded / "code").read_text() == "1"
    said = (graded / "said").read_text()
    assert "Traceback" not in said
    assert f"could not be graded: {len(FLAGGED) + 2}" in said


def test_output_is_cut_at_a_megabyte_with_a_note_and_html_is_shown_as_text(graded):
    feedback = graded / "out/feedback"
    page = (feedback / "fifty megabytes printed" / LESSON.folder / "metrics.html").read_text()
    assert len(page) < 1_000_000
    notebook = (graded / "out/autograded/fifty megabytes printed" / LESSON.folder / "metrics.ipynb").read_text()
    assert "the output was cut here" in notebook
    assert len(notebook) < 2_500_000
    assert "<script" not in (feedback / "html and script" / LESSON.folder / "metrics.html").read_text()


def test_a_loop_ends_soon_after_its_limit(tmp_path, run_course):
    need("bubblewrap")
    ignores = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    put(tmp_path / "in", "ada", changed(ignores))
    put(tmp_path / "in", "bo", solution())
    outcome = run_course("grade", tmp_path / "in", "--out", tmp_path / "out", "--timeout", "2")
    assert outcome.exit_code == 0, outcome.output
    grades = rows(tmp_path / "out")
    assert grades["ada"]["points"] == "17.0"
    assert "did not react to an interrupt" in grades["ada"]["reason"]
    assert grades["bo"]["points"] == "20.0"


def test_manual_scores_and_comments_survive_a_regrade_and_a_resubmission(tmp_path, run_course):
    need("bubblewrap")
    put(tmp_path / "in", "ada", solution())
    run_course("grade", tmp_path / "in", "--out", tmp_path / "out")
    with Gradebook(f"sqlite:///{tmp_path / 'out/gradebook.db'}") as book:
        grade = book.find_grade(f"{TASK}-check", LESSON.notebook, LESSON.folder, "ada")
        grade.manual_score = 1.0
        comment = book.find_comment(TASK, LESSON.notebook, LESSON.folder, "ada")
        comment.manual_comment = "Well argued."
        book.db.commit()
    run_course("grade", tmp_path / "in", "--out", tmp_path / "out", "--regrade")
    assert rows(tmp_path / "out")["ada"]["points"] == "18.0"
    put(tmp_path / "in", "ada", changed("# again"))
    run_course("grade", tmp_path / "in", "--out", tmp_path / "out")
    row = rows(tmp_path / "out")["ada"]
    assert (row["points"], row["needs_review"]) == ("18.0", "True")
    with Gradebook(f"sqlite:///{tmp_path / 'out/gradebook.db'}") as book:
        comment = book.find_comment(TASK, LESSON.notebook, LESSON.folder, "ada")
        assert comment.manual_comment == "Well argued."


def test_a_resubmission_is_graded_afresh_and_a_broken_one_takes_nothing_away(tmp_path, run_course):
    need("bubblewrap")
    put(tmp_path / "in", "ada", LESSON.release_path.read_bytes())
    run_course("grade", tmp_path / "in", "--out", tmp_path / "out")
    assert rows(tmp_path / "out")["ada"]["points"] == "0.0"
    put(tmp_path / "in", "ada", without_checks())
    run_course("grade", tmp_path / "in", "--out", tmp_path / "out")
    assert rows(tmp_path / "out")["ada"]["points"] == "20.0"
    put(tmp_path / "in", "ada", "{")
    run_course("grade", tmp_path / "in", "--out", tmp_path / "out")
    row = rows(tmp_path / "out")["ada"]
    assert row["points"] == "20.0"
    assert "a later hand-in could not be graded" in row["reason"]


def test_a_second_run_on_the_same_folder_is_refused(tmp_path, run_course):
    import fcntl

    need("bubblewrap")
    put(tmp_path / "in", "ada", solution())
    (tmp_path / "out").mkdir()
    with (tmp_path / "out/.grading.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        outcome = run_course("grade", tmp_path / "in", "--out", tmp_path / "out")
    assert outcome.exit_code == 1
    assert "another `course grade` is writing" in outcome.output
