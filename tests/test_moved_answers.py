"""Answers that aren't where the lesson has them, and cells that do more than answer: no point is lost in silence."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import need

from coursework.lessons.catalogue import find_lesson
from coursework.lessons.notebook import grade_id, is_answer, is_check, source_text

LESSON = find_lesson("challenge")
TEXT, WORDS = "five-problems-reasons", "Frost in May: one night in thirty."
CALL = 'check.imbalance_ratio(*answers("imbalance"))'
IMPORT = "from imbalanced_course.checks import answers, challenge as check"

Notebook = dict[str, Any]


def solved() -> Notebook:
    """Return the released lesson with the right answers to all tasks, and a text to read."""
    notebook: Notebook = json.loads(LESSON.release_path.read_text())
    solution = json.loads(LESSON.solution_path.read_text())
    right = {grade_id(cell): source_text(cell) for cell in solution["cells"] if is_answer(cell)}
    for cell in notebook["cells"]:
        if is_answer(cell):
            cell["source"] = right[grade_id(cell)]
    return with_source(notebook, TEXT, WORDS)


def place_of(notebook: Notebook, name: str) -> int:
    return [grade_id(cell) for cell in notebook["cells"]].index(name)


def with_source(notebook: Notebook, name: str, source: str) -> Notebook:
    notebook["cells"][place_of(notebook, name)]["source"] = source
    return notebook


def stub(name: str) -> str:
    released = json.loads(LESSON.release_path.read_text())
    return source_text(released["cells"][place_of(released, name)])


def ending_in(source: str, name: str = "imbalance-ratio") -> Notebook:
    """Return the solved lesson with something at the end of an answer."""
    notebook = solved()
    answer = source_text(notebook["cells"][place_of(notebook, name)])
    return with_source(notebook, name, f"{answer}\n{source}")


def added(source: str, after: str, *, kind: str = "code", notebook: Notebook | None = None) -> Notebook:
    notebook = notebook or solved()
    cell = {"cell_type": kind, "metadata": {}, "source": source}
    notebook["cells"].insert(place_of(notebook, after) + 1, cell)
    return notebook


def nameless(notebook: Notebook) -> Notebook:
    """Return the notebook as another program saves it: without ids and without metadata."""
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {}
    return {**notebook, "metadata": {}}


def text_in_the_task() -> Notebook:
    notebook = with_source(solved(), TEXT, stub(TEXT))
    task = notebook["cells"][place_of(notebook, TEXT) - 1]
    task["source"] = f"{source_text(task)}\n\n{WORDS}"
    return notebook


def text_beside(kind: str, source: str = WORDS) -> Notebook:
    return added(source, TEXT, kind=kind, notebook=with_source(solved(), TEXT, stub(TEXT)))


def below_its_check() -> Notebook:
    notebook = solved()
    answer = source_text(notebook["cells"][place_of(notebook, "imbalance-ratio")])
    notebook = with_source(notebook, "imbalance-ratio", stub("imbalance-ratio"))
    return added(answer, "imbalance-ratio-check", notebook=notebook)


def merged() -> Notebook:
    notebook = solved()
    check = notebook["cells"].pop(place_of(notebook, "imbalance-ratio-check"))
    answer = source_text(notebook["cells"][place_of(notebook, "imbalance-ratio")])
    return with_source(notebook, "imbalance-ratio", f"{answer}\n\n{source_text(check)}")


def without_checks() -> Notebook:
    notebook = solved()
    return {**notebook, "cells": [cell for cell in notebook["cells"] if not is_check(cell)]}


def backwards() -> Notebook:
    """Return the solved lesson with its tasks in the opposite order, below all that they need."""
    notebook = solved()
    graded = [cell for cell in notebook["cells"] if is_answer(cell) or is_check(cell)]
    pairs = [graded[number : number + 2] for number in range(0, 8, 2)]
    moved = [cell for pair in reversed(pairs) for cell in pair]
    rest = [cell for cell in notebook["cells"] if not any(cell is one for one in moved)]
    return {**notebook, "cells": [*rest, *moved]}


FOUND = "lost their names"
BESIDE = f"the text of {TEXT} isn't in its own cell"

# The notebook, the points by machine, and what the row says ("" for nothing).
HAND_INS: dict[str, tuple[Callable[[], Notebook], float, str]] = {
    "calls the check": (lambda: ending_in(f"{IMPORT}\n{CALL}"), 16, ""),
    "calls it without an import": (lambda: ending_in(CALL), 16, ""),
    "looks at the result": (lambda: ending_in(f"outcome = {CALL}\noutcome.points\nfor _ in outcome: pass"), 16, ""),
    "imports the module": (
        lambda: ending_in("import imbalanced_course.checks.challenge as c\nc.imbalance_ratio(imbalance)"), 16, ""),
    "prints an answer": (lambda: ending_in("print(answers('expected_p'))", "believable-model"), 16, ""),
    "reads an answer": (lambda: ending_in("(expected_p,) = answers('expected_p')", "believable-model"), 16, ""),
    "answer and check in one": (merged, 16, ""),
    "answers with a result": (
        lambda: with_source(solved(), "lazy-guard", "guard_tp = guard_fp = guard_fn = check.lazy_guard()"), 12, ""),
    "leaves": (lambda: ending_in("import sys\nsys.exit()"), 12, "'imbalance-ratio' stopped with SystemExit"),
    "stops": (lambda: ending_in("1 / 0"), 12, "'imbalance-ratio' stopped with ZeroDivisionError: division by zero"),
    "forks": (lambda: added("import os\nchild = os.fork()", "setup-machines"), 16, ""),
    "text in a new cell": (lambda: text_beside("markdown"), 16, BESIDE),
    "text as a string": (lambda: text_beside("code", f'"""{WORDS}"""'), 16, BESIDE),
    "text in the task": (text_in_the_task, 16, BESIDE),
    "names lost": (lambda: nameless(solved()), 16, FOUND),
    "names lost, checks deleted": (lambda: nameless(without_checks()), 16, FOUND),
    "names lost, tasks backwards": (lambda: nameless(backwards()), 16, FOUND),
    "names lost, used again": (
        lambda: nameless(added("guard_tp = 0\nguard_accuracy = 0.5  # what if", "lazy-guard-check")), 16, FOUND),
    "names lost, stops below": (
        lambda: nameless(added("guard_tp = 0\nguard_accuracy = 1 / 0", "lazy-guard-check")), 16, FOUND),
    "names lost, wrong": (
        lambda: nameless(ending_in("imbalance = 3")), 12, FOUND),
    "below its check": (below_its_check, 12, "answered below the check, which comes first and found no answer: imb"),
    "another file": (
        lambda: {"cells": [{"cell_type": "code", "metadata": {}, "source": "x = 1"}], "metadata": {}}, 0,
        "none of the lesson's tasks is in it"),
}  # fmt: skip
WITHOUT_WORDS = ("another file",)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The grading folder of all these hand-ins, and of one lesson in another's folder."""
    from click.testing import CliRunner

    from coursework.cli import main

    need("bubblewrap")
    place = tmp_path_factory.mktemp("moved")
    contents = {name: json.dumps(make()) for name, (make, *_) in HAND_INS.items()}
    contents["another lesson"] = find_lesson("metrics").release_path.read_text()
    for student, content in contents.items():
        path = place / "in" / student / LESSON.folder / "challenge.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(content)
    outcome = CliRunner().invoke(main, ["grade", str(place / "in"), "--out", str(place / "out"), "--workers", "1"])
    assert outcome.exit_code == 0, outcome.output
    return place / "out"


def row_of(out: Path, student: str) -> dict[str, str]:
    with (out / "grades.csv").open(newline="", encoding="utf-8") as file:
        return next(row for row in csv.DictReader(file) if row["student"] == student)


@pytest.mark.parametrize("student", HAND_INS)
def test_it_gets_its_points_and_the_row_says_what_was_odd(student, out):
    _, points, said = HAND_INS[student]
    row = row_of(out, student)
    assert float(row["points"]) == points, row["reason"]
    assert said in row["reason"]
    assert bool(said) == bool(row["reason"]), row["reason"]
    assert row["needs_review"] == "True"
    assert "without answer cell" not in row["reason"]


@pytest.mark.parametrize("student", [name for name in HAND_INS if name not in WITHOUT_WORDS])
def test_whoever_reads_the_text_finds_it(student, out):
    place = Path(student) / LESSON.folder
    notebook = json.loads((out / "autograded" / place / "challenge.ipynb").read_text())
    assert WORDS in source_text(notebook["cells"][place_of(notebook, TEXT)])
    assert WORDS in (out / "feedback" / place / "challenge.html").read_text()


def test_a_lesson_in_the_folder_of_another_is_told(out):
    row = row_of(out, "another lesson")
    assert row["lesson"] == "03-metrics"
    assert row["reason"] == "it lies in the folder of 01-challenge, but is 03-metrics"


def test_the_page_does_not_tell_of_a_missing_cell_beside_a_right_answer(out):
    page = (out / "feedback/names lost" / LESSON.folder / "challenge.html").read_text()
    assert "is missing" not in page
    assert "had lost its name" in page
