"""The course in stock nbgrader's hands, without the `course` command, and the same points there and here."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import need
from stock_course import make_stock_course, nbgrader, scores

from coursework.lessons.catalogue import Lesson, find_lesson, released_lessons
from coursework.lessons.notebook import grade_id, is_answer, lesson_tasks, source_text

LESSON = find_lesson("metrics")
Cells = list[dict[str, Any]]


def solved(lesson: Lesson = LESSON) -> dict[str, str]:
    notebook = json.loads(lesson.solution_path.read_text())
    return {str(grade_id(cell)): source_text(cell) for cell in notebook["cells"] if is_answer(cell)}


def put(cells: Cells, task: str, text: str) -> None:
    next(cell for cell in cells if grade_id(cell) == task)["source"] = text


def solve(cells: Cells, lesson: Lesson = LESSON) -> None:
    for task, text in solved(lesson).items():
        put(cells, task, text)


def code_cell(text: str) -> dict[str, Any]:
    return {"cell_type": "code", "id": "mine", "metadata": {}, "execution_count": None, "outputs": [], "source": text}


def partly(cells: Cells) -> None:
    for task, text in list(solved().items())[::2]:
        put(cells, task, text)


def wrong(cells: Cells, lesson: Lesson = LESSON) -> None:
    from coursework.authoring.known_answers import read_known_answers

    for answer in read_known_answers(lesson.answers_path):
        if answer.kind == "wrong":
            put(cells, answer.task, answer.code)


def half_right(cells: Cells, lesson: Lesson) -> None:
    """Answer the tasks in turn right and wrong."""
    wrong(cells, lesson)
    for task, text in list(solved(lesson).items())[::2]:
        put(cells, task, text)


def unusual(cells: Cells) -> None:
    """Answer all right, with warnings, a pause, and a cell of one's own."""
    noise = "import sys, warnings\nwarnings.warn('look out')\nprint('noise', file=sys.stderr)\n"
    for task, text in solved().items():
        put(cells, task, noise + text)
    by_hand = solved()["metrics-by-hand"].replace("60, 20, 60, 9_860", "mine")
    put(cells, "metrics-by-hand", "import time\ntime.sleep(3)\n" + by_hand)
    position = next(i for i, cell in enumerate(cells) if grade_id(cell) == "metrics-by-hand")
    cells.insert(position, code_cell("mine = (60, 20, 60, 9_860)"))


def stopped(cells: Cells) -> None:
    solve(cells)
    put(cells, "metrics-by-hand", "precision = 0.75\n1 / 0\nrecall = 0.5")
    put(cells, "average-precision", "this is no Python")


def without_an_answer_cell(cells: Cells) -> None:
    solve(cells)
    cells[:] = [cell for cell in cells if grade_id(cell) != "metrics-by-hand"]


KINDS: dict[str, Callable[[Cells], None]] = {
    "partly": partly,
    "wrong": wrong,
    "unusual": unusual,
    "stopped": stopped,
    "missing": without_an_answer_cell,
}


def changed(lesson: Lesson, change: Callable[[Cells], None]) -> str:
    """Return a hand-in without the cells that no task needs: stock nbgrader would run every illustration."""
    notebook = json.loads(lesson.release_path.read_text())
    notebook["cells"] = [cell for cell in notebook["cells"] if grade_id(cell)]
    change(notebook["cells"])
    return json.dumps(notebook)


def patient(folder: Path) -> None:
    """Let a cell take ten minutes: stock nbgrader counts the time in which a busy machine does something else."""
    with (folder / "nbgrader_config.py").open("a") as settings:
        settings.write("\nc = get_config()\nc.Execute.timeout = 600\n")


def graded_by_both(course: Path, submissions: dict[Lesson, dict[str, str]]) -> Path:
    """Grade notebooks, by lesson and learner, with stock nbgrader and with `course grade`; return the course."""
    from click.testing import CliRunner

    from coursework.cli import main

    need("bubblewrap")
    patient(make_stock_course(course))
    steps = []
    for lesson, of_lesson in submissions.items():
        for learner, text in of_lesson.items():
            path = course / "submitted" / learner / lesson.folder / f"{lesson.notebook}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(text)
        steps += [("generate_assignment", lesson.folder, "--force"), ("autograde", lesson.folder)]
    done = nbgrader(course, *steps)
    assert done.returncode == 0, done.stderr[-2000:]
    ours = CliRunner().invoke(main, ["grade", str(course / "submitted"), "--out", str(course / "ours")])
    assert ours.exit_code == 0, ours.output
    return course


OTHERS = [lesson for lesson in released_lessons() if lesson != LESSON]
CASES = [(LESSON, kind) for kind in KINDS] + [(lesson, "half-right") for lesson in OTHERS]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Honest submissions of every kind to one lesson, and one to each other."""
    submissions = {LESSON: {kind: changed(LESSON, change) for kind, change in KINDS.items()}}
    for lesson in OTHERS:
        submissions[lesson] = {"half-right": changed(lesson, partial(half_right, lesson=lesson))}
    return graded_by_both(tmp_path_factory.mktemp("stock") / "course", submissions)


def test_stock_nbgrader_makes_the_same_release_to_the_byte(graded):
    made = graded / "lessons" / LESSON.folder / f"{LESSON.notebook}.ipynb"
    assert made.read_bytes() == LESSON.release_path.read_bytes()
    assert [path.name for path in made.parent.iterdir()] == [made.name]


@pytest.mark.parametrize(("lesson", "kind"), CASES, ids=lambda value: getattr(value, "folder", value))
def test_points_equal_stock_nbgraders_cell_by_cell(graded, lesson, kind):
    stock, ours = (scores(graded / place, lesson.folder) for place in ("gradebook.db", "ours/gradebook.db"))
    of_kind = {key: score for key, score in stock.items() if key[0] == kind}
    assert of_kind
    assert {key: ours[key] for key in of_kind} == of_kind


@pytest.mark.parametrize("lesson", OTHERS, ids=lambda lesson: lesson.folder)
def test_a_half_right_hand_in_earns_some_points_and_not_all(graded, lesson):
    solution = json.loads(lesson.solution_path.read_text(encoding="utf-8"))
    full = sum(task.points for task in lesson_tasks(solution) if not task.manual)
    earned = sum(score or 0 for score in scores(graded / "ours/gradebook.db", lesson.folder).values())
    two_tasks = f"solutions/{lesson.folder}: with every second task wrong, not all {full:g} points may be earned"
    assert 0 < earned < full, f"{two_tasks}; a finished lesson needs two tasks with points, and known wrong answers"


@pytest.mark.long
@pytest.mark.parametrize("lesson", OTHERS, ids=lambda lesson: lesson.folder)
def test_all_right_and_all_wrong_every_other_lesson_earns_the_same_there_and_here(lesson, tmp_path):
    kinds = {"solved": lambda cells: solve(cells, lesson), "wrong": lambda cells: wrong(cells, lesson)}
    course = graded_by_both(tmp_path / "course", {lesson: {kind: changed(lesson, kinds[kind]) for kind in kinds}})
    stock, ours = (scores(course / place, lesson.folder) for place in ("gradebook.db", "ours/gradebook.db"))
    assert ours == stock
    full = sum(score or 0 for (kind, _), score in stock.items() if kind == "solved")
    solution = json.loads(lesson.solution_path.read_text(encoding="utf-8"))
    assert full == sum(task.points for task in lesson_tasks(solution) if not task.manual)
    assert sum(score or 0 for (kind, _), score in stock.items() if kind == "wrong") < full


def test_the_kinds_earn_what_they_deserve(graded):
    totals: dict[str, float] = {}
    for (kind, _), score in scores(graded / "ours/gradebook.db", LESSON.folder).items():
        totals[kind] = totals.get(kind, 0) + (score or 0)
    assert totals["unusual"] == 20
    assert totals["missing"] == 17
    assert 0 < totals["partly"] < 20


def test_feedback_and_export_work(graded, tmp_path):
    course = tmp_path / "course"
    shutil.copytree(graded, course)
    steps = ("generate_feedback", LESSON.folder, "--student", "partly"), ("export",)
    assert nbgrader(course, *steps).returncode == 0
    assert list((course / "feedback").rglob("*.html"))
    assert "partly" in (course / "grades.csv").read_text()


def test_validate_runs_a_release_and_a_solution(tmp_path):
    patient(tmp_path)
    (tmp_path / "release.ipynb").write_text(changed(LESSON, lambda cells: None))
    (tmp_path / "solution.ipynb").write_text(changed(LESSON, solve))
    release = json.loads(LESSON.release_path.read_text(encoding="utf-8"))
    checks = [task for task in lesson_tasks(release) if task.points and not task.manual]
    said = nbgrader(tmp_path, ("validate", "release.ipynb"), ("validate", "solution.ipynb")).stdout
    of_release, _, of_solution = said.partition(f"VALIDATION FAILED ON {len(checks)} CELL(S)")
    assert "Success" not in of_release
    assert "Success! Your notebook passes all the tests." in of_solution
