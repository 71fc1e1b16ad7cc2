"""A submission's rows in nbgrader's gradebook: made when it is new, changed in place when it was there before.

Rows are written in bulk, not one object at a time: with many small submissions the writer is what all others wait for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class LessonRows:
    """What the gradebook knows of a lesson: its id, and its notebook's cells as (id, name)."""

    assignment_id: str
    notebook_id: str
    grade_cells: tuple[tuple[str, str], ...]
    solution_cells: tuple[tuple[str, str], ...]


def lesson_rows(session: Any, folder: str, notebook: str) -> LessonRows:
    """Return a lesson's rows; the lesson has been entered before."""
    from nbgrader import api

    found = (
        session.query(api.Notebook)
        .join(api.Assignment, api.Notebook.assignment_id == api.Assignment.id)
        .filter(api.Assignment.name == folder, api.Notebook.name == notebook)
        .one()
    )
    return LessonRows(
        assignment_id=found.assignment_id,
        notebook_id=found.id,
        grade_cells=tuple((cell.id, cell.name) for cell in found.grade_cells),
        solution_cells=tuple((cell.id, cell.name) for cell in found.solution_cells),
    )


def write_scores(
    session: Any,
    lesson: LessonRows,
    student: str,
    scores: Mapping[str, float],
    manual: Mapping[str, bool],
    *,
    look_again: Collection[str] = (),
    when: datetime,
    same: bool,
) -> None:
    """Write a submission's scores; what a person gave stays.

    Parameters
    ----------
    session : sqlalchemy.orm.Session
        In whose transaction the rows are written.
    scores : mapping of str to float
        Points by the `grade_id` of the machine-graded cells; a cell that is not there gets 0.
    manual : mapping of str to bool
        The cells that a person reads, with whether there is a response.
    look_again : collection of str
        The machine-graded cells at which a person should look all the same.
    when : datetime
        The time of collection.
    same : bool
        Whether the same work was graded before: then it keeps its time, and a person need not look again.
    """
    from nbgrader import api
    from sqlalchemy import bindparam, insert, select, update

    notebooks, grades, comments = (kind.__table__ for kind in (api.SubmittedNotebook, api.Grade, api.Comment))
    submission_id = _submission(session, lesson, student, when=when, same=same)
    notebook_id = session.execute(
        select(notebooks.c.id).where(
            notebooks.c.assignment_id == submission_id, notebooks.c.notebook_id == lesson.notebook_id
        )
    ).scalar()
    if notebook_id is None:
        notebook_id = api.new_uuid()
        row = {"id": notebook_id, "assignment_id": submission_id, "notebook_id": lesson.notebook_id}
        session.execute(insert(notebooks).values(**row))
        new_grades = [
            {"notebook_id": notebook_id, "cell_id": cell, **_score(name, scores, manual, look_again)}
            for cell, name in lesson.grade_cells
        ]
        session.execute(insert(grades), new_grades)
        new_comments = [
            {"notebook_id": notebook_id, "cell_id": cell, "auto_comment": _comment(name, manual)}
            for cell, name in lesson.solution_cells
        ]
        session.execute(insert(comments), new_comments)
        return
    names = dict(lesson.grade_cells)
    before = session.execute(select(grades).where(grades.c.notebook_id == notebook_id)).mappings().all()
    changed = [
        {"row": row["id"], **_score(names[row["cell_id"]], scores, manual, look_again, before=row, same=same)}
        for row in before
        if row["cell_id"] in names
    ]
    session.execute(update(grades).where(grades.c.id == bindparam("row")), changed)
    read = [
        {"cell": cell, "auto_comment": _comment(name, manual)} for cell, name in lesson.solution_cells if name in manual
    ]
    if read:
        of_cell = (comments.c.notebook_id == notebook_id) & (comments.c.cell_id == bindparam("cell"))
        session.execute(update(comments).where(of_cell), read)


def _submission(session: Any, lesson: LessonRows, student: str, *, when: datetime, same: bool) -> str:
    """Return the id of the submission's row, made when there is none; new work has a new time."""
    from nbgrader import api
    from sqlalchemy import insert, select, update

    submitted = api.SubmittedAssignment.__table__
    found = session.execute(
        select(submitted.c.id, submitted.c.timestamp).where(
            submitted.c.assignment_id == lesson.assignment_id, submitted.c.student_id == student
        )
    ).first()
    if found is None:
        if session.execute(select(api.Student.id).where(api.Student.id == student)).first() is None:
            session.execute(insert(api.Student.__table__).values(id=student))
        row = {
            "id": api.new_uuid(), "assignment_id": lesson.assignment_id, "student_id": student, "timestamp": when
        }  # fmt: skip
        session.execute(insert(submitted).values(**row))
        return str(row["id"])
    if found.timestamp is None or not same:
        session.execute(update(submitted).where(submitted.c.id == found.id).values(timestamp=when))
    return str(found.id)


def _score(
    name: str,
    scores: Mapping[str, float],
    manual: Mapping[str, bool],
    look_again: Collection[str],
    *,
    before: Mapping[str, Any] | None = None,
    same: bool = False,
) -> dict[str, Any]:
    """Return a grade's columns: new work asks a person to look again wherever a person had marked or is to mark."""
    waits = bool(before and before["needs_manual_grade"])
    if name not in manual:
        marked = bool(before and before["manual_score"] is not None)
        asked = name in look_again or (marked and not same)
        # The same work again: whoever marked it need not look again, and nobody where the reason for it is gone.
        return {"auto_score": scores.get(name, 0.0), "needs_manual_grade": waits if same and marked else asked}
    if not manual[name]:
        return {"auto_score": 0.0, "needs_manual_grade": False}
    return {"auto_score": None, "needs_manual_grade": waits if same else True}


def _comment(name: str, manual: Mapping[str, bool]) -> str | None:
    return "No response." if manual.get(name) is False else None
