"""Read a graded class out of the gradebook, as tables: hand-ins, the outcome of each task, what was wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from coursework.grading.adjustments import in_force
from coursework.grading.gradebook import OTHER_RELEASE, GradeWriter
from coursework.grading.lesson_plan import lesson_parts
from coursework.lessons.catalogue import Lesson, written_lessons
from coursework.lessons.notebook import BEFORE_PREFIX, QUIZ_PREFIX, LessonTask
from coursework.reporting.graded_folder import how_it_is_made, open_gradebook
from imbalanced_course.errors import CourseError

ReportedKind = Literal["task", "bonus", "quiz", "text"]

HAND_IN_COLUMNS = (
    "student", "lesson", "status", "points", "earned", "max_points", "waiting", "waiting_points", "reason",
)  # fmt: skip
OUTCOME_COLUMNS = ("student", "lesson", "task", "status", "score", "max_points", "look_again")
MISTAKE_COLUMNS = ("student", "lesson", "task", "sentence")
UNNAMED_COLUMNS = ("student", "lesson", "task", "name", "message", "points")

NEWER_WORK = "handed in again after a person had changed the points"

_POINTS_IN_TITLE = re.compile(r"\s*\([^()]*\bpoints?\b[^()]*\)$")


@dataclass(frozen=True)
class TaskInfo:
    """One task as a reader of the report knows it; *text* is read by a person."""

    name: str
    title: str
    kind: ReportedKind
    max_points: float


@dataclass(frozen=True)
class ClassRecords:
    """A class as the gradebook has it.

    Attributes
    ----------
    learners : list of str
        Everybody who handed something in or stands in the gradebook's list, sorted by name.
    lessons : list of Lesson
        The lessons of which there is a hand-in.
    tasks : dict of str to list of TaskInfo
        The tasks of each of these lessons, by its folder.
    hand_ins : DataFrame
        One row a learner and lesson: `HAND_IN_COLUMNS`. `status` is *graded* or *flagged*; `points` is that of
        `grades.csv`, nan for a flagged one, `earned` the same before lateness cost anything; `waiting` says that a
        text is unread, `waiting_points` what it can still earn.
    outcomes : DataFrame
        One row a learner and task of a graded hand-in: `OUTCOME_COLUMNS`. `status` is *right*, *wrong*,
        *not attempted* or *waiting*; `score` is nan while a text waits; `look_again` says why a person should see what
        the machine graded, and is empty where nobody need.
    mistakes : DataFrame
        One row for each known mistake that a check named: `MISTAKE_COLUMNS`.
    unnamed : DataFrame
        One row for each name of an answer that is wrong in a way that the check has no name for: `UNNAMED_COLUMNS`.
        `message` is what the check said, and with it what the learner gave; `points` are the whole task's.
    unmatched : list of tuple of str
        Files that could not be told to be a learner's hand-in of a lesson: whose (if known), which, and why.
    newest : datetime or None
        When the newest hand-in was collected (UTC).
    """

    learners: list[str]
    lessons: list[Lesson]
    tasks: dict[str, list[TaskInfo]]
    hand_ins: pd.DataFrame
    outcomes: pd.DataFrame
    mistakes: pd.DataFrame
    unnamed: pd.DataFrame
    unmatched: list[tuple[str, str, str]]
    newest: datetime | None


def read_class(out: Path, url: str | None = None) -> ClassRecords:
    """Read the gradebook of a grading folder.

    Parameters
    ----------
    out : Path
        The grading folder.
    url : str, optional
        The database; SQLite in `out` unless said.

    Raises
    ------
    WrongUsage
        When there is no such folder or gradebook.
    CourseError
        When the gradebook cannot be read or is empty.
    """
    with open_gradebook(out, url) as writer:
        records = _assembled(writer)
    if not records.lessons and not records.unmatched:
        raise CourseError(f"the gradebook in {str(out)!r} has no hand-ins yet: {how_it_is_made(out)}")
    return records


def lesson_tasks_of(lesson: Lesson) -> list[TaskInfo]:
    """Return the tasks of a lesson with the headings under which learners find them."""
    parts = lesson_parts(lesson.folder, json.loads(lesson.solution_path.read_text(encoding="utf-8")))
    return [TaskInfo(task.name, _title(task, parts.titles), _kind(task), task.points) for task in parts.tasks]


def _assembled(writer: GradeWriter) -> ClassRecords:
    known = writer.known()
    cells = _cells(writer)
    names = {lesson.folder: lesson for lesson in written_lessons()}
    found = {lesson for student, lesson in known if student and lesson in names}
    lessons = [lesson for folder, lesson in names.items() if folder in found]
    tasks = {lesson.folder: lesson_tasks_of(lesson) for lesson in lessons}
    for (folder, name), one in in_force(writer.book.engine).items():
        if of_lesson := tasks.get(folder):
            tasks[folder] = [replace(t, title=f"{t.title} ({one.done})") if t.name == name else t for t in of_lesson]
    hand_ins: list[dict[str, Any]] = []
    outcomes: list[dict[str, Any]] = []
    mistakes: list[dict[str, Any]] = []
    unnamed: list[dict[str, Any]] = []
    unmatched = []
    for row in writer.grades():
        student, lesson = row["student"], row["lesson"]
        record = {**known[student, lesson], "points": row["points"], "reason": row["reason"]}
        if not student or lesson not in names:
            unmatched.append((student, lesson, record["reason"] or ""))
            continue
        of_hand_in = cells.get((student, lesson), {})
        details = json.loads(record["details"]) if record["status"] == "graded" else {"results": [], "manual": {}}
        made = [
            {"student": student, "lesson": lesson, **outcome}
            for outcome in (
                *(_machine_outcome(result, of_hand_in, details.get("look_again")) for result in details["results"]),
                *(_text_outcome(name, written, of_hand_in) for name, written in details["manual"].items()),
            )
        ]
        outcomes += made
        for result in details["results"]:
            of_task = {"student": student, "lesson": lesson, "task": result["task"]}
            for finding in result["findings"]:
                if finding.get("mistake"):
                    mistakes.append({**of_task, "sentence": finding["mistake"]})
                elif finding["status"] == "wrong":
                    given = {"name": finding["name"], "message": finding["message"], "points": result["points"]}
                    unnamed.append({**of_task, **given})
        hand_ins.append(_hand_in(record, made, of_hand_in))
        _add_unknown_tasks(tasks[lesson], made)
    students = {student for student, _ in known if student} | set(_listed(writer))
    # A check may name the same mistake for several names of one answer: a learner is counted once.
    named = pd.DataFrame(mistakes, columns=list(MISTAKE_COLUMNS)).drop_duplicates(ignore_index=True)
    return ClassRecords(
        learners=sorted(students, key=lambda name: (name.casefold(), name)),
        lessons=lessons,
        tasks=tasks,
        hand_ins=pd.DataFrame(hand_ins, columns=list(HAND_IN_COLUMNS)),
        outcomes=pd.DataFrame(outcomes, columns=list(OUTCOME_COLUMNS)),
        mistakes=named,
        unnamed=pd.DataFrame(unnamed, columns=list(UNNAMED_COLUMNS)),
        unmatched=unmatched,
        newest=_newest(writer),
    )


def _cells(writer: GradeWriter) -> dict[tuple[str, str], dict[str, Mapping[str, Any]]]:
    """Return what the gradebook has for each graded cell, by learner and lesson and then by the cell's name."""
    from nbgrader import api
    from sqlalchemy import select

    query = (
        select(api.SubmittedAssignment.student_id, api.Assignment.name.label("lesson"), api.GradeCell.name,
               api.GradeCell.max_score, api.Grade.score, api.Grade.manual_score, api.Grade.needs_manual_grade)
        .select_from(api.Grade)
        .join(api.GradeCell, api.Grade.cell_id == api.GradeCell.id)
        .join(api.SubmittedNotebook, api.Grade.notebook_id == api.SubmittedNotebook.id)
        .join(api.SubmittedAssignment, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id)
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
    )  # fmt: skip
    cells: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
    with writer.book.engine.connect() as connection:
        for student, lesson, name, most, score, manual, needs in connection.execute(query):
            cell = {"max": most, "score": score, "manual": manual, "needs": bool(needs)}
            cells.setdefault((student, lesson), {})[name] = cell
    return cells


def _listed(writer: GradeWriter) -> list[str]:
    from nbgrader import api
    from sqlalchemy import select

    with writer.book.engine.connect() as connection:
        return [str(name) for name in connection.execute(select(api.Student.id)).scalars()]


def _newest(writer: GradeWriter) -> datetime | None:
    from nbgrader import api
    from sqlalchemy import func, select

    with writer.book.engine.connect() as connection:
        found = connection.execute(select(func.max(api.SubmittedAssignment.timestamp))).scalar()
    return found if isinstance(found, datetime) else None


def _machine_outcome(result: Mapping[str, Any], cells: Mapping[str, Mapping[str, Any]], reasons: Any) -> dict[str, Any]:
    """Return the outcome of a task with a check; points that a person changed count."""
    cell = cells.get(result["task"] + "-check")
    score, most, status = float(result["points"]), float(result["max_points"]), result["status"]
    again = ""
    if cell and cell["needs"]:
        told = reasons.get(result["task"] + "-check") if isinstance(reasons, Mapping) else None
        again = told or (OTHER_RELEASE if cell["manual"] is None else NEWER_WORK)
    if cell:
        score = cell["score"]
    if cell and cell["manual"] is not None:
        status = "right" if score >= most else "wrong"
    return {"task": result["task"], "status": status, "score": score, "max_points": most, "look_again": again}


def _text_outcome(name: str, written: bool, cells: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    cell = cells.get(name, {"max": 0.0, "score": 0.0, "manual": None, "needs": written})
    score: float = cell["score"]
    if cell["needs"]:
        status, score = "waiting", float("nan")
    elif cell["manual"] is None and not written:
        status = "not attempted"
    else:
        status = "right" if score >= cell["max"] else "wrong"
    return {"task": name, "status": status, "score": score, "max_points": cell["max"], "look_again": ""}


def _hand_in(
    record: Mapping[str, Any], outcomes: list[dict[str, Any]], cells: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    graded = record["status"] == "graded"
    unmarked = {name for name, cell in cells.items() if cell["manual"] is None}
    earned = sum(cell["score"] for cell in cells.values())
    return {
        "student": record["student"],
        "lesson": record["lesson"],
        "status": record["status"],
        "points": record["points"] if graded else float("nan"),
        "earned": round(earned, 2) if graded else float("nan"),
        "max_points": record["max_points"],
        "waiting": any(outcome["status"] == "waiting" for outcome in outcomes),
        "waiting_points": sum(
            outcome["max_points"]
            for outcome in outcomes
            if outcome["status"] == "waiting" and outcome["task"] in unmarked
        ),
        "reason": record["reason"] or "",
    }


def _add_unknown_tasks(tasks: list[TaskInfo], outcomes: list[dict[str, Any]]) -> None:
    """Add what an older release of the lesson had: its results stay in the gradebook."""
    there = {task.name for task in tasks}
    for outcome in outcomes:
        if outcome["task"] not in there:
            most = outcome["max_points"]
            tasks.append(TaskInfo(outcome["task"], outcome["task"], "task" if most else "bonus", most))


def _kind(task: LessonTask) -> ReportedKind:
    if task.manual:
        return "text"
    if task.name.startswith(QUIZ_PREFIX):
        return "quiz"
    return "task" if task.points else "bonus"


def _title(task: LessonTask, titles: Mapping[str, str]) -> str:
    if task.name.startswith(QUIZ_PREFIX):
        return f"Quick check, question {task.name.removeprefix(QUIZ_PREFIX)}"
    if task.name.startswith(BEFORE_PREFIX):
        return f"Question {task.name.removeprefix(BEFORE_PREFIX)} from before"
    return _POINTS_IN_TITLE.sub("", titles.get(task.name, task.name))
