"""What a hand-in earned, by nbgrader's own `Grade.score`: the one total that table, page, report and export show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Total:
    """A hand-in's points: `score` is what it earned, with points given by hand and extra credit; `late` is taken off.

    `waits` says that a person has still to look.
    """

    score: float
    late: float = 0.0
    waits: bool = False

    @property
    def points(self) -> float:
        """What counts."""
        return round(self.score - self.late, 2)

    def told(self, most: float) -> str:
        """Return the total in words for its learner."""
        return f"{self.points:g} of {most:g} points" + (" so far; a person still has to look" if self.waits else "")


def totals(engine: Any) -> dict[tuple[str, str], Total]:
    """Return all totals in a gradebook, by student and lesson."""
    from nbgrader import api
    from sqlalchemy import case, func, select

    where = (api.SubmittedAssignment.student_id, api.Assignment.name)
    scores = (
        select(*where, func.sum(api.Grade.score), func.max(case((api.Grade.needs_manual_grade, 1), else_=0)))
        .select_from(api.Grade)
        .join(api.SubmittedNotebook, api.Grade.notebook_id == api.SubmittedNotebook.id)
        .join(api.SubmittedAssignment, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id)
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
        .group_by(*where)
    )
    penalty = api.SubmittedNotebook.late_submission_penalty
    penalties = (
        select(*where, func.sum(penalty))
        .select_from(api.SubmittedNotebook)
        .join(api.SubmittedAssignment, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id)
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
        .where(penalty > 0)
        .group_by(*where)
    )
    with engine.connect() as connection:
        late = {(student, lesson): float(found) for student, lesson, found in connection.execute(penalties)}
        return {
            (student, lesson): Total(float(score), min(late.get((student, lesson), 0.0), max(score, 0.0)), bool(waits))
            for student, lesson, score, waits in connection.execute(scores)
        }
