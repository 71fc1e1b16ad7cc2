"""How far a learner is, read from the notebooks as they were last saved; nothing is run.

A question of the quick check counts by its first answer where the workspace has noted one, else as it was last saved.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from coursework.grading.lesson_plan import lesson_parts
from coursework.lessons.catalogue import Lesson, released_lessons
from coursework.lessons.notebook import QUIZ_PREFIX, LessonTask, grade_id, is_answer, source_text
from coursework.workspace.inventory_page import Answers, inventory_answers
from coursework.workspace.learner_notebook import lesson_file
from coursework.workspace.own_files import sha256
from coursework.workspace.releases import newer_release
from coursework.workspace.state import read_state
from imbalanced_course.bets import bet_in
from imbalanced_course.checks.result import RESULT_MIME
from imbalanced_course.first_answers import first_answers

PASS_SHARE = 0.7  # of the quick check's questions

_MINUTES = re.compile(r"\d+(?: (?:to|and) \d+)? minutes")
_HEADING = re.compile(r"^#{2,6} ", re.MULTILINE)

State = Literal["not begun", "begun", "done", "missing", "damaged"]


@dataclass(frozen=True)
class LessonProgress:
    """How far a learner is in one lesson, which takes about `minutes`.

    `points` and `max_points` are of the tasks that a machine grades; `checked` tells that they come from a fresh run
    of this very file, not from the results saved in it. `open_task` is the heading of the first task that is not
    right and `open_cell` the id of the cell where it begins; `saved` is when the notebook was last written, `newer`
    tells in what a newer release differs, where there is one, and `bet` is the learner's bet on the next lesson.
    """

    lesson: Lesson
    minutes: str
    max_points: float
    quiz_questions: int
    state: State = "missing"
    points: float = 0.0
    checked: bool = False
    open_task: str = ""
    open_cell: str = ""
    quiz_right: int = 0
    quiz_answered: int = 0
    saved: datetime | None = None
    newer: str | None = None
    bet: str | None = None


@dataclass(frozen=True)
class CourseProgress:
    """How far a learner is in the course: `left_off` is the lesson worked on last, `go_on` the one to open now.

    `before` and `after` are the learner's letters in the concept inventory.
    """

    lessons: tuple[LessonProgress, ...]
    left_off: LessonProgress | None
    go_on: LessonProgress | None
    before: Answers = ()
    after: Answers = ()

    @property
    def points(self) -> float:
        """Points earned over all lessons."""
        return sum(row.points for row in self.lessons)

    @property
    def max_points(self) -> float:
        """The most that all lessons can earn."""
        return sum(row.max_points for row in self.lessons)


def course_progress(workspace: Path) -> CourseProgress:
    """Return how far the learner of a workspace is."""
    state = read_state(workspace)
    rows = tuple(lesson_progress(workspace, lesson, state) for lesson in released_lessons())
    begun = [row for row in rows if row.state in ("begun", "done") and row.saved]
    left_off = max(begun, key=lambda row: row.saved or datetime.min, default=None)
    later = rows[rows.index(left_off) :] + rows if left_off else rows
    go_on = next((row for row in later if row.state != "done"), None)
    before, after = inventory_answers(workspace, "before"), inventory_answers(workspace, "after")
    return CourseProgress(rows, left_off, go_on, before, after)


def lesson_progress(workspace: Path, lesson: Lesson, state: Mapping[str, Any]) -> LessonProgress:
    """Return how far the learner is in one lesson, given what the workspace remembers (`read_state`).

    The points of `course check` count where the notebook is still the one that it ran, else those of the results that
    the notebook holds.
    """
    release = json.loads(lesson.release_path.read_text(encoding="utf-8"))
    parts = lesson_parts(lesson.folder, release)
    graded = [task for task in parts.tasks if task.points and not task.manual]
    questions = {task.name for task in parts.tasks if task.name.startswith(QUIZ_PREFIX)}
    found = LessonProgress(lesson, lesson_time(release), sum(task.points for task in graded), len(questions))
    path = lesson_file(workspace, lesson)
    if not path.is_file():
        return found
    try:
        content = path.read_bytes()
        saved = datetime.fromtimestamp(path.stat().st_mtime)
        notebook = json.loads(content.decode("utf-8-sig"))
        results = {grade_id(cell): result for cell in notebook["cells"] if (result := saved_result(cell))}
        places = task_cells(notebook["cells"])
        written = {grade_id(cell): source_text(cell).strip() for cell in notebook["cells"]}
        newer, bet = newer_release(notebook, release), bet_in(notebook)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return replace(found, state="damaged")

    status = {task.name: results[task.check_id]["status"] for task in parts.tasks if task.check_id in results}
    points = sum(min(results[task.check_id]["points"], task.points) for task in graded if task.check_id in results)
    touched = _is_touched(parts.tasks, release["cells"], written) or bool({*status.values()} - {"not attempted"})
    last = _last_check(state["checked"].get(lesson.folder), sha256(content))
    if last:
        status, points = last
    first = first_answers(workspace, lesson.folder)
    todo = [task.name for task in graded if status.get(task.name) != "right"]
    return replace(
        found,
        state="done" if not todo else "begun" if touched else "not begun",
        points=points,
        checked=last is not None,
        open_task=parts.titles[todo[0]] if todo else "",
        open_cell=places.get(todo[0], "") if todo else "",
        quiz_right=sum(first.get(name, status.get(name) == "right") for name in questions),
        quiz_answered=sum(name in first or status.get(name) in ("right", "wrong") for name in questions),
        saved=saved,
        newer=newer,
        bet=bet,
    )


def _last_check(known: Any, checksum: str) -> tuple[dict[str, str], float] | None:
    """Return each task's status and the points of the last `course check`, if it ran a notebook with this checksum."""
    try:
        return (dict(known["status"]), float(known["points"])) if known["sha256"] == checksum else None
    except (TypeError, KeyError, ValueError):
        return None


def task_cells(cells: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return for each task of a notebook the id of the cell with the heading that its answer stands under."""
    found, heading = {}, ""
    for cell in cells:
        if cell["cell_type"] == "markdown" and _HEADING.search(source_text(cell)):
            heading = str(cell.get("id", ""))
        name = grade_id(cell)
        if name and is_answer(cell):
            found[name] = heading
    return found


def lesson_time(release: Mapping[str, Any]) -> str:
    """Return how long a lesson takes, as its release says in its opening; "" where it does not say."""
    for cell in release["cells"][:4]:
        if found := _MINUTES.search(source_text(cell)):
            return found[0]
    return ""


def saved_result(check: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a check cell's outputs say as the data of its result object, or None.

    A learner's cell can show anything; data that is not a result's counts as none.
    """
    for output in reversed(check.get("outputs", [])):
        data = output.get("data", {}).get(RESULT_MIME)
        try:
            return {
                "status": str(data["status"]),
                "points": float(data["points"]),
                "max_points": float(data["max_points"]),
                "findings": [dict(finding) for finding in data["findings"]],
            }
        except (TypeError, KeyError, ValueError):
            continue
    return None


def _is_touched(tasks: Iterable[LessonTask], released: Iterable[Any], written: Mapping[str | None, str]) -> bool:
    """Return whether an answer cell holds something else than its release."""
    names = {task.name for task in tasks}
    return any(
        grade_id(cell) in names and written.get(grade_id(cell), "") != source_text(cell).strip() for cell in released
    )
