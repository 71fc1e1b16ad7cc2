"""What lateness costs, by nbgrader's own means: due dates and extensions in the gradebook, a plugin in the settings."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from coursework.intake.identities import Identities
from imbalanced_course.errors import CourseError


@dataclass(frozen=True)
class _HandIn:
    """One graded hand-in of a lesson that has a due date, or that had one and a penalty by it."""

    notebook: str
    student: str
    lesson: str
    collected: datetime | None
    due: datetime | None
    extension: timedelta | None
    penalty: float | None
    score: float

    def seconds_late(self, identities: Identities) -> float:
        """Return by how much it is late; a platform that marks late files is believed where it marked none."""
        origin = identities.get((self.student, self.lesson))
        if self.collected is None or self.due is None or (origin and origin.late is False):
            return 0.0
        return max(0.0, (self.collected - self.due - (self.extension or timedelta())).total_seconds())


def assign_late_penalties(session: Any, out: Path, identities: Identities) -> None:
    """Work out all late penalties anew and write what changed into the gradebook, as `nbgrader autograde` does.

    Due dates (`Assignment.duedate`), extensions (`SubmittedAssignment.extension`) and points may have changed since the
    hand-in was graded. The plugin is that of `AssignLatePenalties.plugin_class` in the grading folder's
    `nbgrader_config.py`; nbgrader's own takes nothing off unless `LateSubmissionPlugin.penalty_method` is `zero`.

    Raises
    ------
    CourseError
        When the settings or the plugin fail; no penalty is changed then.
    """
    from nbgrader import api
    from sqlalchemy import bindparam, update

    hand_ins = _hand_ins(session)
    late = {one: one.seconds_late(identities) for one in hand_ins}
    penalties: dict[str, float | None] = dict.fromkeys((one.notebook for one in hand_ins), None)
    if any(late.values()):
        with _plugin(out) as penalty_of:
            penalties.update({one.notebook: penalty_of(one, late[one]) for one in hand_ins if late[one]})
    changed = [
        {"row": one.notebook, "penalty": penalties[one.notebook]}
        for one in hand_ins
        if (penalties[one.notebook] or 0.0) != (one.penalty or 0.0)
    ]
    if changed:
        table = api.SubmittedNotebook.__table__
        statement = update(table).where(table.c.id == bindparam("row"))
        session.execute(statement.values(late_submission_penalty=bindparam("penalty")), changed)
        session.commit()
        session.expire_all()


def _hand_ins(session: Any) -> list[_HandIn]:
    from nbgrader import api
    from sqlalchemy import func, or_, select

    notebook, submitted, lesson = api.SubmittedNotebook, api.SubmittedAssignment, api.Assignment
    columns = (
        notebook.id, submitted.student_id, lesson.name, submitted.timestamp, lesson.duedate, submitted.extension,
        notebook.late_submission_penalty,
    )  # fmt: skip
    query = (
        select(*columns, func.sum(api.Grade.score))
        .select_from(notebook)
        .join(submitted, notebook.assignment_id == submitted.id)
        .join(lesson, submitted.assignment_id == lesson.id)
        .join(api.Grade, api.Grade.notebook_id == notebook.id)
        .where(or_(lesson.duedate.is_not(None), notebook.late_submission_penalty.is_not(None)))
        .group_by(*columns)
    )
    return [_HandIn(*row) for row in session.execute(query)]


@contextmanager
def _plugin(out: Path) -> Iterator[Any]:
    """Give a function that asks the plugin of the grading folder's settings for one hand-in's penalty."""
    from nbgrader.preprocessors import AssignLatePenalties
    from traitlets.config.loader import PyFileConfigLoader

    log = logging.getLogger("imbalanced_course.AssignLatePenalties")
    log.propagate, log.handlers = False, [logging.NullHandler()]
    # nbgrader looks for plugins in the folder in which it is started.
    before = list(sys.path)
    sys.path.insert(0, str(out.absolute()))
    try:
        settings = PyFileConfigLoader("nbgrader_config.py", path=str(out)).load_config()
        rule = AssignLatePenalties(config=settings, log=log)
        rule.init_plugin()

        def penalty_of(one: _HandIn, seconds: float) -> float | None:
            found = rule.plugin_inst.late_submission_penalty(one.student, one.score, seconds)
            return None if found is None else min(max(float(found), 0.0), max(one.score, 0.0))

        yield penalty_of
    except Exception as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        where = str(out / "nbgrader_config.py")
        raise CourseError(f"{where!r} gives no late penalties ({said}): they stay as they were") from None
    finally:
        sys.path[:] = before
