"""Who stands where: points by learner and lesson, who may need help first, how each lesson's points are distributed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from coursework.reporting.records import ClassRecords

HALF = 0.5

UNDER_HALF = "fewer than half of the points"
UNTOUCHED = "nothing attempted"
UNGRADED = "could not be graded"
UNPLACED = "handed in a file that couldn't be read or told to be a lesson's"
ABSENT = "not handed in"
_REASONS = (UNGRADED, UNTOUCHED, UNDER_HALF, UNPLACED, ABSENT)


@dataclass(frozen=True)
class Need:
    """A learner to look at first: by each reason the lessons for which it holds, and the points of all lessons."""

    student: str
    lessons: dict[str, list[str]]
    points: float

    @property
    def count(self) -> int:
        """In how many lessons something is amiss."""
        return sum(map(len, self.lessons.values()))


def points_table(records: ClassRecords) -> pd.DataFrame:
    """Return points with a row a learner and a column a lesson; nan where nothing was graded."""
    return _by_lesson(records, "points").astype(float)


def status_table(records: ClassRecords) -> pd.DataFrame:
    """Return for each learner and lesson *graded*, *waiting* (a text is unread), *flagged*, or an empty text."""
    hand_ins = records.hand_ins.assign(status=_status(records.hand_ins))
    return _by_lesson(records, "status", hand_ins).fillna("").astype(str)


def needing_help(records: ClassRecords) -> list[Need]:
    """Return the learners with whom something is amiss, those with most lessons first, then those with fewest points.

    That is: a hand-in that could not be graded; one in which nothing was attempted, or with fewer than half of the
    points that could be given so far; and none where at least half of the class handed in.
    """
    status, totals = status_table(records), points_table(records).sum(axis=1)
    low = _below_half(records)
    expected = (status != "").mean() >= HALF
    attempted = _attempted(records)
    unplaced = {student for student, _, _ in records.unmatched}
    needs = []
    for student in records.learners:
        lessons: dict[str, list[str]] = {}
        for lesson in status.columns:
            here = status.at[student, lesson]
            if here == "flagged":
                reason = UNGRADED
            elif here == "":
                reason = (UNPLACED if student in unplaced else ABSENT) if expected[lesson] else ""
            elif (student, lesson) not in attempted:
                reason = UNTOUCHED
            else:
                reason = UNDER_HALF if (student, lesson) in low else ""
            if reason:
                lessons.setdefault(reason, []).append(lesson)
        if lessons:
            ordered = {reason: lessons[reason] for reason in _REASONS if reason in lessons}
            needs.append(Need(student, ordered, float(totals[student])))
    return sorted(needs, key=lambda need: (-need.count, need.points))


def distribution(records: ClassRecords) -> pd.DataFrame:
    """Return for each lesson how many handed in and the quartiles of the points of those who were graded."""
    rows = []
    for lesson in records.lessons:
        of_lesson = records.hand_ins[records.hand_ins["lesson"] == lesson.folder]
        graded = of_lesson.loc[of_lesson["status"] == "graded", "points"].to_numpy(dtype=float)
        quartiles = np.quantile(graded, [0, 0.25, 0.5, 0.75, 1]) if len(graded) else np.full(5, np.nan)
        rows.append(
            {
                "lesson": lesson.folder,
                "handed_in": len(of_lesson),
                "flagged": int((of_lesson["status"] == "flagged").sum()),
                "waiting": int(of_lesson["waiting"].sum()),
                "max_points": float(of_lesson["max_points"].max()) if len(of_lesson) else 0.0,
                **dict(zip(("lowest", "lower", "median", "upper", "highest"), quartiles.tolist(), strict=True)),
            }
        )
    return pd.DataFrame(rows)


def _status(hand_ins: pd.DataFrame) -> pd.Series:
    return hand_ins["status"].where(~hand_ins["waiting"].astype(bool), "waiting")


def _by_lesson(records: ClassRecords, column: str, hand_ins: pd.DataFrame | None = None) -> pd.DataFrame:
    table = (records.hand_ins if hand_ins is None else hand_ins).pivot(index="student", columns="lesson", values=column)
    return table.reindex(index=records.learners, columns=[lesson.folder for lesson in records.lessons])


def _below_half(records: ClassRecords) -> set[tuple[str, str]]:
    hand_ins = records.hand_ins
    reachable = hand_ins["max_points"].astype(float) - hand_ins["waiting_points"].astype(float)
    low = hand_ins[hand_ins["earned"].astype(float) < HALF * reachable]
    return set(zip(low["student"], low["lesson"], strict=True))


def _attempted(records: ClassRecords) -> set[tuple[str, str]]:
    """Return the hand-ins in which anything was attempted that counts: a bug left as it was is not an attempt."""
    outcomes = records.outcomes
    tried = outcomes[(outcomes["status"] != "not attempted") & (outcomes["max_points"] > 0)]
    return set(zip(tried["student"], tried["lesson"], strict=True))
