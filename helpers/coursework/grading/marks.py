"""What counts beside the checks, a person's points and comments and lateness, and how it comes onto feedback pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from coursework.grading.adjustments import DROP, given_by_adjustment, in_force
from coursework.grading.feedback import MARKS_BEGIN, MARKS_END, TOTAL_BEGIN, TOTAL_END
from coursework.grading.totals import Total
from coursework.lessons.notebook import CHECK_SUFFIX
from imbalanced_course.files import write_whole

# The place for marks stands at the top of a page, well within this many characters.
_HEAD = 16_000


@dataclass
class Mark:
    """What a person gave for a task: points of at most `most`, extra credit, a comment, or some of these.

    `adjusted` says that the task was dropped, or given to everybody.
    """

    task: str
    points: float | None = None
    most: float = 0.0
    extra: float = 0.0
    comment: str = ""
    adjusted: str = ""


def marks_by_hand(session: Any) -> dict[tuple[str, str], list[Mark]]:
    """Return the marks in a gradebook, by student and lesson, sorted by the task's name."""
    from nbgrader import api
    from sqlalchemy import func, or_

    marks: dict[tuple[str, str], dict[str, Mark]] = {}
    given = given_by_adjustment(session)
    dropped = {place for place, one in in_force(session.get_bind()).items() if one.change == DROP}

    def mark_of(row: Any) -> Mark:
        submission = row.notebook.assignment
        task = row.cell.name.removesuffix(CHECK_SUFFIX)
        return marks.setdefault((submission.student_id, submission.name), {}).setdefault(task, Mark(task))

    for grade in session.query(api.Grade).filter(
        or_(api.Grade.manual_score.is_not(None), func.coalesce(api.Grade.extra_credit, 0.0) != 0.0)
    ):
        extra = round((grade.extra_credit or 0.0) - given.get(grade.id, 0.0), 6)
        counts = (grade.notebook.assignment.name, grade.cell.name.removesuffix(CHECK_SUFFIX)) not in dropped
        if extra or (counts and grade.manual_score is not None):
            mark = mark_of(grade)
            mark.points, mark.most, mark.extra = grade.manual_score if counts else None, grade.cell.max_score, extra
    for comment in session.query(api.Comment).filter(func.coalesce(api.Comment.manual_comment, "") != ""):
        mark_of(comment).comment = comment.manual_comment
    return {place: [tasks[name] for name in sorted(tasks)] for place, tasks in marks.items()}


def show_marks(
    pages: Iterable[tuple[tuple[str, str], Path]],
    marks: Mapping[tuple[str, str], Sequence[Mark]],
    totals: Mapping[tuple[str, str], Total],
    most: Mapping[tuple[str, str], float],
    titles: Mapping[str, Mapping[str, str]],
    adjusted: Mapping[str, Mapping[str, str]],
) -> None:
    """Bring totals, marks, adjustments and penalties onto the feedback pages, and off them where they were taken back.

    Parameters
    ----------
    pages : iterable of (place, Path)
        The page of each student and lesson.
    marks : mapping
        As `marks_by_hand` returns them.
    totals : mapping
        What each hand-in earned, by student and lesson.
    most : mapping
        The most that each can earn.
    titles : mapping of str to mapping of str to str
        For each lesson the heading of each task.
    adjusted : mapping of str to mapping of str to str
        For each lesson what holds for tasks that were dropped or given to everybody.
    """
    for place, path in pages:
        if not path.exists():
            continue
        with path.open(encoding="utf-8") as file:
            head = file.read(_HEAD)
        total = totals.get(place, Total(0.0))
        tasks = {mark.task: mark for mark in marks.get(place, ())}
        for task, sentence in adjusted.get(place[1], {}).items():
            tasks[task] = replace(tasks.get(task, Mark(task)), adjusted=sentence)
        section = _section([tasks[name] for name in sorted(tasks)], total.late, titles.get(place[1], {}))
        wanted = _between(head, TOTAL_BEGIN, TOTAL_END, escape(total.told(most.get(place, 0.0))))
        wanted = _between(wanted, MARKS_BEGIN, MARKS_END, section)
        if wanted != head:
            write_whole(path, wanted + path.read_text(encoding="utf-8")[len(head) :])


def _between(text: str, begin: str, end: str, wanted: str) -> str:
    """Return a text with this between two marks; as it is where it has no such marks."""
    start, stop = text.find(begin), text.find(end)
    return text[: start + len(begin)] + wanted + text[stop:] if 0 <= start < stop else text


def _section(marks: Sequence[Mark], penalty: float, titles: Mapping[str, str]) -> str:
    items = "".join(f"<dt>{escape(titles.get(mark.task, mark.task))}</dt><dd>{_told(mark)}</dd>" for mark in marks)
    if penalty:
        items += f"<dt>Handed in late</dt><dd><strong>{-penalty:g} points</strong></dd>"
    if not items:
        return ""
    return f'<section class="by-hand"><h2>From your teacher</h2><dl>{items}</dl></section>'


def _told(mark: Mark) -> str:
    parts = [escape(mark.adjusted)] if mark.adjusted else []
    if mark.points is not None:
        parts.append(f"<strong>{mark.points:g} of {mark.most:g} points</strong>")
    if mark.extra:
        parts.append(f"<strong>{mark.extra:+g} points</strong>")
    if mark.comment:
        parts.append(escape(mark.comment).replace("\n", "<br>"))
    return "<br>".join(parts)
