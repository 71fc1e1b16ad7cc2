"""A faulty task: dropped, or given to everybody, for a whole class; noted in the gradebook, and taken back as easily.

Points follow by nbgrader's own fields. A grade's extra credit makes up what the adjustment changes, so that
`Grade.score` is what counts, and a dropped task's cell has no points to give. What the machine and a person gave stays
as it is beneath: how much of the extra credit is the adjustment's own, a table remembers grade by grade.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coursework.lessons.notebook import CHECK_SUFFIX

DROP, GIVE_ALL, UNDO = "drop", "give-all", "undo"
_DONE = {DROP: "dropped", GIVE_ALL: "given to everyone", UNDO: "as it was"}


@dataclass(frozen=True)
class Adjustment:
    """One line of the log: what was done to which task, when (UTC), and why; `points` are what the task gives."""

    lesson: str
    task: str
    change: str
    points: float
    when: datetime
    reason: str = ""

    @property
    def done(self) -> str:
        """What was done, in a word or two for the teacher."""
        return _DONE[self.change]

    def told(self) -> str:
        """Return what it means, for its learners."""
        counts = {
            DROP: "This task doesn't count, for anyone in the class.",
            GIVE_ALL: f"Everyone in the class who handed in gets all {self.points:g} points for this task.",
        }
        return " ".join(filter(None, [counts[self.change], self.reason]))


@dataclass(frozen=True)
class _Given:
    """What of a grade is the adjustment's: extra credit, and whether a person no longer need look at or read it."""

    extra: float = 0.0
    waived: bool = False
    unread: bool = False


def adjustment_log(engine: Any) -> list[Adjustment]:
    """Return all adjustments so far, the oldest first."""
    log, _ = _tables(engine)
    with engine.connect() as connection:
        rows = connection.execute(log.select().order_by(log.c.number)).mappings().all()
    names = ("lesson", "task", "change", "points", "when", "reason")
    return [Adjustment(**{name: row[name] for name in names}) for row in rows]


def in_force(engine: Any) -> dict[tuple[str, str], Adjustment]:
    """Return by lesson and task the adjustments that nobody has undone."""
    last = {(one.lesson, one.task): one for one in adjustment_log(engine)}
    return {place: one for place, one in last.items() if one.change != UNDO}


def dropped_points(engine: Any) -> Mapping[str, float]:
    """Return by lesson how many points fewer it gives."""
    fewer: dict[str, float] = defaultdict(float)
    for (lesson, _), one in in_force(engine).items():
        fewer[lesson] += one.points if one.change == DROP else 0.0
    return fewer


def given_by_adjustment(session: Any) -> dict[str, float]:
    """Return by a grade's id how much of its extra credit is an adjustment's."""
    return {grade: given.extra for grade, given in _given(session).items()}


def note_adjustment(session: Any, one: Adjustment) -> None:
    """Write an adjustment into the log; `apply_adjustments` makes it hold."""
    log, _ = _tables(session.get_bind())
    session.execute(log.insert().values(**vars(one)))
    session.commit()


def apply_adjustments(session: Any) -> None:
    """Make the adjustments hold for every grade, also for what was handed in or marked since, and lift the undone."""
    from nbgrader import api
    from sqlalchemy import bindparam, update

    engine = session.get_bind()
    held = in_force(engine)
    ever = {(one.lesson, one.task): one.points for one in adjustment_log(engine)}
    if not ever:
        return
    _, given = _tables(engine)
    before = _given(session)
    after: dict[str, _Given] = {}
    changed, cells = [], {}
    for row in _grades(session, {lesson for lesson, _ in ever}):
        place = (row["lesson"], row["cell"].removesuffix(CHECK_SUFFIX))
        if place not in ever:
            continue
        change, old = held[place].change if place in held else UNDO, before.get(row["id"], _Given())
        if change == DROP or row["max_score"] == 0.0:
            cells[row["cell_id"]] = 0.0 if change == DROP else ever[place]
        if change != UNDO or old != _Given():
            new, after[row["id"]] = _adjusted(row, change, ever[place], old)
            changed.append({"row": row["id"], **new})
    grades, grade_cells = api.Grade.__table__, api.GradeCell.__table__
    if changed:
        session.execute(update(grades).where(grades.c.id == bindparam("row")), changed)
    if cells:
        most = [{"row": cell, "max_score": points} for cell, points in cells.items()]
        session.execute(update(grade_cells).where(grade_cells.c.id == bindparam("row")), most)
    session.execute(given.delete())
    if kept := [{"grade": grade, **vars(one)} for grade, one in after.items() if one != _Given()]:
        session.execute(given.insert(), kept)
    session.commit()
    session.expire_all()


def _adjusted(row: Mapping[str, Any], change: str, points: float, old: _Given) -> tuple[dict[str, Any], _Given]:
    """Return a grade's new columns, and what of them is the adjustment's."""
    by_teacher = round((row["extra_credit"] or 0.0) - old.extra, 6)
    auto, waits = row["auto_score"], row["needs_manual_grade"]
    if change == UNDO:
        unmarked = row["manual_score"] is None
        auto = None if old.unread and unmarked else auto
        return _columns(auto, by_teacher, waits or (old.waived and unmarked)), _Given()
    unread = auto is None or (old.unread and auto == 0.0)
    earned = next((score for score in (row["manual_score"], auto) if score is not None), 0.0)
    extra = -earned if change == DROP else max(points - earned, 0.0)
    # nbgrader counts no extra credit where there is neither a machine's nor a person's score.
    columns = _columns(0.0 if unread else auto, by_teacher + extra, False)
    return columns, _Given(extra, waits or old.waived, unread)


def _columns(auto: float | None, extra: float, waits: bool) -> dict[str, Any]:
    return {"auto_score": auto, "extra_credit": extra or None, "needs_manual_grade": waits}


def _grades(session: Any, lessons: set[str]) -> list[Mapping[str, Any]]:
    from nbgrader import api
    from sqlalchemy import select

    tables = (api.Grade, api.BaseCell, api.GradeCell, api.Notebook, api.Assignment)
    grade, cell, graded, notebook, lesson = (kind.__table__ for kind in tables)
    query = (
        select(grade, cell.c.name.label("cell"), graded.c.max_score, lesson.c.name.label("lesson"))
        .join(cell, grade.c.cell_id == cell.c.id)
        .join(graded, grade.c.cell_id == graded.c.id)
        .join(notebook, cell.c.notebook_id == notebook.c.id)
        .join(lesson, notebook.c.assignment_id == lesson.c.id)
        .where(lesson.c.name.in_(lessons))
    )
    return list(session.execute(query).mappings())


def _given(session: Any) -> dict[str, _Given]:
    _, given = _tables(session.get_bind())
    rows = session.execute(given.select()).mappings()
    return {row["grade"]: _Given(row["extra"], row["waived"], row["unread"]) for row in rows}


def _tables(engine: Any) -> tuple[Any, Any]:
    from sqlalchemy import Boolean, Column, DateTime, Float, Integer, MetaData, String, Table, Text

    tables = MetaData()
    log = Table(
        "imbalanced_course_adjustment",
        tables,
        Column("number", Integer, primary_key=True),
        Column("when", DateTime),
        Column("lesson", String(255)),
        Column("task", String(255)),
        Column("change", String(32)),
        Column("points", Float),
        Column("reason", Text),
    )
    given = Table(
        "imbalanced_course_given",
        tables,
        Column("grade", String(32), primary_key=True),
        Column("extra", Float),
        Column("waived", Boolean),
        Column("unread", Boolean),
    )
    tables.create_all(engine)
    return log, given
