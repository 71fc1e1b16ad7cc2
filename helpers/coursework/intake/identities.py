"""Who a learner is to Canvas and to Moodle: kept beside the grades, so that these find the way back.

Canvas has one number for a learner, kept as nbgrader's `Student.lms_user_id` too. Moodle has another number in each
assignment, so a table of our own keeps the number of each hand-in; learners of Moodle are put together by their name.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from coursework.intake.hand_in import HandIn, Origin
from coursework.intake.roster import Person

Identities = Mapping[tuple[str, str], Origin]

# What Moodle writes for everybody's name where names are hidden, in the languages that we know it in.
_NO_NAMES = {
    "participant", "teilnehmerin", "teilnehmer", "participante", "partecipante", "deelnemer", "deltaker", "deltagare",
    "deltager", "osallistuja", "uczestnik", "участник", "учасник", "参加者", "参与者", "참가자",
}  # fmt: skip


def known_identities(engine: Any) -> dict[tuple[str, str], Origin]:
    """Return by learner and lesson what the platforms' file names said, from all runs so far."""
    table = _table()
    table.metadata.create_all(engine)
    with engine.connect() as connection:
        rows = connection.execute(table.select()).mappings().all()
    return {
        (row["student"], row["lesson"]): Origin(row["system"], row["number"], row["name"], row["late"]) for row in rows
    }


def keep_identities(engine: Any, found: Sequence[HandIn]) -> None:
    """Keep what the file names said of those who handed in; the same again changes nothing."""
    from nbgrader import api
    from sqlalchemy import bindparam, insert, select, update

    known = known_identities(engine)
    now = {(one.student, one.lesson): one.origin for one in found if one.origin and not one.problem}
    changed = {key: origin for key, origin in now.items() if origin and known.get(key) != origin}
    if not changed:
        return
    table, students = _table(), api.Student.__table__
    rows = [
        {"of": student, "in_lesson": lesson, "student": student, "lesson": lesson, "system": origin.system,
         "number": origin.number, "name": origin.name, "late": origin.late}
        for (student, lesson), origin in changed.items()
    ]  # fmt: skip
    columns = ("student", "lesson", "system", "number", "name", "late")
    with engine.begin() as connection:
        old = [row for row in rows if (row["of"], row["in_lesson"]) in known]
        new = [{name: row[name] for name in columns} for row in rows if (row["of"], row["in_lesson"]) not in known]
        if old:
            place = (table.c.student == bindparam("of")) & (table.c.lesson == bindparam("in_lesson"))
            connection.execute(update(table).where(place), old)
        if new:
            connection.execute(insert(table), new)
        there = set(connection.execute(select(students.c.id)).scalars())
        numbers = {student: origin.number if origin.system == "canvas" else None
                   for (student, _), origin in changed.items()}  # fmt: skip
        unseen = [{"id": student, "lms_user_id": number} for student, number in numbers.items() if student not in there]
        if unseen:
            connection.execute(insert(students), unseen)
        numbered = [{"of": student, "number": number} for student, number in numbers.items()
                    if number and student in there]  # fmt: skip
        if numbered:
            who = (students.c.id == bindparam("of")) & students.c.lms_user_id.is_(None)
            connection.execute(update(students).where(who).values(lms_user_id=bindparam("number")), numbered)


def keep_people(engine: Any, people: Mapping[str, Person]) -> None:
    """Enter who is on the class list into the gradebook's list of students; what is there stays as it is.

    Whoever is there without a name or an email address gets the list's.
    """
    from nbgrader import api
    from sqlalchemy import bindparam, insert, select, update

    students = api.Student.__table__
    with engine.begin() as connection:
        there = set(connection.execute(select(students.c.id)).scalars())
        rows = [
            {"id": student, "last_name": person.name or None,
             "email": next((one for one in person.logins if "@" in one), None)}
            for student, person in people.items()
        ]  # fmt: skip
        new = [row for row in rows if row["id"] not in there]
        if new:
            connection.execute(insert(students), new)
        old = [
            {"of": row["id"], "text": row["last_name"], "address": row["email"]} for row in rows if row["id"] in there
        ]
        if old:
            who = students.c.id == bindparam("of")
            unnamed = who & students.c.first_name.is_(None) & students.c.last_name.is_(None)
            without = who & students.c.email.is_(None)
            connection.execute(update(students).where(unnamed).values(last_name=bindparam("text")), old)
            connection.execute(update(students).where(without).values(email=bindparam("address")), old)


def same_learners(found: Sequence[HandIn], known: Identities) -> list[HandIn]:
    """Return the hand-ins with each learner under one name, that under which they came first.

    Canvas tells people apart by a number that stays, also when a name changes. Of Moodle the number holds for one
    assignment only, so the name joins one lesson's hand-in to another's; where two learners of one name handed in the
    same lesson, or names are hidden, nothing is joined, and a note says so.
    """
    canvas = {origin.number: student for (student, _), origin in sorted(known.items()) if origin.system == "canvas"}
    for one in sorted(found, key=lambda one: bool(one.problem)):
        if one.origin and one.origin.system == "canvas":
            canvas.setdefault(one.origin.number, one.student)
    moodle = _MoodleLearners(found, known)
    joined = []
    for one in found:
        if one.origin and one.origin.system == "canvas":
            one = replace(one, student=canvas.get(one.origin.number, one.student))
        elif one.origin and one.origin.system == "moodle":
            one = moodle.refused(one, one.origin) if one.problem else moodle.joined(one, one.origin)
        joined.append(one)
    return sorted(joined, key=lambda one: (one.student, one.lesson, str(one.path)))


class _MoodleLearners:
    """Who is who among the learners of Moodle, by name, lesson and number."""

    def __init__(self, found: Sequence[HandIn], known: Identities) -> None:
        self.exact: dict[tuple[str, str], str] = {}
        self.students: dict[str, set[str]] = defaultdict(set)
        self.numbers = numbers = defaultdict[tuple[str, str], set[str]](set)
        self.here: dict[str, set[str]] = defaultdict(set)  # the numbers of this run by name
        first: dict[str, tuple[str, str]] = {}
        for (student, lesson), origin in known.items():
            if origin.system == "moodle":
                self.exact[lesson, origin.number] = student
                self.students[_key(origin.name)].add(student)
                numbers[_key(origin.name), lesson].add(origin.number)
        for one in found:
            if one.origin and one.origin.system == "moodle" and not one.problem:
                key = _key(one.origin.name)
                numbers[key, one.lesson].add(one.origin.number)
                self.here[key].add(one.origin.number)
                first[key] = min(first.get(key, (one.lesson, one.student)), (one.lesson, one.student))
        self.alike = {key for (key, _), several in numbers.items() if len(several) > 1}
        for key, (_, student) in first.items():
            if not self.students[key]:
                self.students[key] = {student}

    def refused(self, one: HandIn, origin: Origin) -> HandIn:
        """Return what cannot be graded, of which the lesson may be unknown, with its learner where that is clear."""
        key = _key(origin.name)
        lessons = [
            lesson for (name, lesson), numbers in self.numbers.items() if name == key and origin.number in numbers
        ]
        if (one.lesson, origin.number) in self.exact:
            return self.joined(one, origin)
        if lessons:
            return replace(self.joined(replace(one, lesson=lessons[0]), origin), lesson=one.lesson)
        return one if self.here[key] - {origin.number} else self.joined(one, origin)

    def joined(self, one: HandIn, origin: Origin) -> HandIn:
        key = _key(origin.name)
        if (one.lesson, origin.number) in self.exact:
            return replace(one, student=self.exact[one.lesson, origin.number])
        if key in _NO_NAMES:
            return one
        if key in self.alike or len(self.students[key]) > 1:
            said = f"more than one learner is called {origin.name}: hand-ins of different lessons are not put together"
            return replace(one, note="; ".join(filter(None, [one.note, said])))
        return replace(one, student=next(iter(self.students[key]), one.student))


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _table() -> Any:
    from sqlalchemy import Boolean, Column, MetaData, String, Table

    return Table(
        "imbalanced_course_identity",
        MetaData(),
        Column("student", String(255), primary_key=True),
        Column("lesson", String(255), primary_key=True),
        Column("system", String(32)),
        Column("number", String(255)),
        Column("name", String(255)),
        Column("late", Boolean),
    )
