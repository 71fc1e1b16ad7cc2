"""Who never handed in, by a class list, as `course grade` takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coursework.intake.roster import Person, Roster, numbers_on, people_on, read_roster
from coursework.reporting.export_grades import Learner, matched, read_grades
from coursework.reporting.records import ClassRecords


@dataclass(frozen=True)
class Attendance:
    """Of the people `listed` those who `never` handed in, and learners `unlisted` who did and aren't on the list.

    `whose` says which list that is.
    """

    whose: str
    listed: int
    never: list[str]
    unlisted: list[str]


def attendance(records: ClassRecords, path: Path | None, out: Path, url: str | None) -> Attendance:
    """Compare a class list with those who handed in.

    Parameters
    ----------
    records : ClassRecords
        The class, with names.
    path : Path, optional
        The class list; the gradebook's own list of students unless said.
    out : Path
        The grading folder.
    url : str, optional
        The database; SQLite in `out` unless said.

    Raises
    ------
    WrongUsage
        When it has no names.
    """
    handed_in = set(records.hand_ins["student"]) | {student for student, _, _ in records.unmatched}
    if path is None:
        never = [student for student in records.learners if student not in handed_in]
        return Attendance("the gradebook's list", len(records.learners), never, [])
    roster = read_roster(path)
    people = people_on(roster)
    grades = read_grades(out, url, ())
    learners = [one for one in grades.everyone if one.student in handed_in]
    rows, missing = matched(learners, people, _numbers(learners, people, roster))
    never = [person.name or person.number for person in people if person.row not in rows.values()]
    return Attendance("the class list", len(people), sorted(never, key=str.casefold), [one.student for one in missing])


def _numbers(learners: list[Learner], people: list[Person], roster: Roster) -> Mapping[str, str]:
    canvas = {one.student: one.canvas for one in learners if one.canvas}
    moodle: dict[str, dict[str, str]] = {}
    for one in learners:
        for lesson, number in one.moodle.items():
            moodle.setdefault(lesson, {})[one.student] = number
    return numbers_on(roster, people, {one.student: one.name or one.student for one in learners}, canvas, moodle)
