"""Grades for Moodle: the grading worksheet of an assignment, with the grades filled in, or one that Moodle takes.

An assignment with *Feedback types › Offline grading worksheet* gives and takes a table with `Identifier` (as in
`Participant 2001`), `Full name`, columns such as `Email address`, `Status`, `Grade`, `Maximum Grade`, `Grade can be
changed`, two times and `Feedback comments`; their names are in the site's language. It needs the identifier, the grade
and the time of the grade. Where groups hand in, a column before the grade has each learner's group. (Moodle,
`mod/assign/gradingtable.php` and `mod/assign/feedback/offline/importgradeslib.php`; in Moodle's documentation *Offline
grading worksheet*.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from coursework.intake.names import TEAM
from coursework.intake.roster import Person, Roster, names_of, only
from coursework.lessons.catalogue import Lesson
from coursework.reporting.export_canvas import lesson_of_title
from coursework.reporting.export_grades import ClassGrades, Exported, Learner, matched
from coursework.reporting.export_roster import filled
from coursework.spreadsheet import number, table_text
from imbalanced_course.errors import WrongUsage

COLUMNS = ("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed",
           "Last modified (submission)", "Last modified (grade)", "Feedback comments")  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def moodle_worksheet(grades: ClassGrades, lesson: Lesson) -> Exported:
    """Return a grading worksheet of one lesson; without the number of a learner Moodle cannot take the row."""
    learners = [one for one in grades.learners if lesson.folder in one.points]
    rows = [list(COLUMNS)]
    for one in learners:
        identifier = f"Participant {one.moodle[lesson.folder]}" if lesson.folder in one.moodle else ""
        points, most = number(one.points[lesson.folder]), number(grades.most[lesson.folder])
        name, status = one.name or one.student, "Submitted for grading"
        rows.append([identifier, name, one.email, status, points, most, "Yes", "-", "-", ""])
    exported = Exported(table_text(rows), len(learners))
    if any(lesson.folder not in one.moodle for one in learners):
        exported.remarks.append(
            f"Not every learner of {lesson.folder} has a participant number, which the worksheet needs. Pass --roster "
            "with Moodle's worksheet, or import the table into Moodle's gradebook by email address."
        )
    return exported


def moodle_filled(roster: Roster, grades: ClassGrades) -> tuple[Exported, Lesson]:
    """Return a worksheet that Moodle gave, with the grades filled in, and the lesson that it is of.

    Raises
    ------
    WrongUsage
        When the table is no worksheet, or it is not clear of which lesson.
    """
    grade, most = _grade_columns(roster)
    people, lesson = participants(roster, grades)
    learners = [one for one in grades.learners if lesson.folder in one.points]
    missing = [one for one in learners if one.student not in people]
    maxima = {row[most].strip() for row in roster.rows[1:] if most < len(row)} - {""}
    decimal = "," if any("," in one for one in maxima) else "."
    scores = {
        (person.row, grade): number(one.points[lesson.folder], decimal=decimal)
        for one in learners
        for person in people.get(one.student, [])
    }
    exported = Exported(filled(roster, scores), len(scores), missing)
    points = {float(one.replace(",", ".")) for one in maxima if _NUMBER.fullmatch(one)}
    if points and points != {grades.most[lesson.folder]}:
        exported.remarks.append(
            f"Moodle's maximum is {number(max(points))}, {lesson.folder} gives {number(grades.most[lesson.folder])} "
            "points: grades are written as they are."
        )
    return exported, lesson


def participants(roster: Roster, grades: ClassGrades) -> tuple[dict[str, list[Person]], Lesson]:
    """Return by student who that is in a worksheet of Moodle, all members of a group, and the worksheet's lesson.

    Raises
    ------
    WrongUsage
        When the table is no worksheet, or it is not clear of which lesson.
    """
    people = people_of_moodle(roster)
    lesson = _lesson(roster.path, people, grades)
    learners = [one for one in grades.learners if lesson.folder in one.points]
    groups = _groups(roster, people, learners)
    # Where groups hand in, the numbers are theirs, and mean other people in the worksheet.
    numbers = {one.student: one.moodle[lesson.folder] for one in learners if lesson.folder in one.moodle and not groups}
    rows, _ = matched([one for one in learners if one.student not in groups], people, numbers)
    by_row = {person.row: person for person in people}
    taken = {person.row for members in groups.values() for person in members}
    return {**{student: [by_row[row]] for student, row in rows.items() if row not in taken}, **groups}, lesson


def is_group(name: str) -> bool:
    """Return whether a name in Moodle's download is a group's, as far as a name can tell."""
    return TEAM.fullmatch(name) is not None


def _groups(roster: Roster, people: Sequence[Person], learners: Sequence[Learner]) -> dict[str, list[Person]]:
    """Return by the group that handed in its members, from the column with groups' names if there is one.

    Its name is in the site's language, so it is known by groups that handed in and have several members.
    """
    grade, _ = _grade_columns(roster)
    handed_in = only({}, ((form, one.student) for one in learners for form in names_of(one.name or one.student)))
    for column in range(2, grade):
        cells = {person.row: roster.rows[person.row][column].strip() for person in people}
        names = only({}, ((form, cell) for cell in cells.values() for form in names_of(cell)))
        members = {
            handed_in[form]: [person for person in people if cells[person.row] == name]
            for form, name in names.items()
            if form in handed_in
        }
        if any(len(several) > 1 or is_group(cells[several[0].row]) for several in members.values()):
            return members
    return {}


def _grade_columns(roster: Roster) -> tuple[int, int]:
    """Return the columns of the grade and of its maximum: known by name in English, by what is in them else."""
    header, rows = roster.header, [row for row in roster.rows[1:] if row]
    if {"Grade", "Maximum Grade"} <= set(header):
        return header.index("Grade"), header.index("Maximum Grade")
    for column in range(2, len(header)):
        cells = {row[column].strip() for row in rows if column < len(row)}
        before = {row[column - 1].strip() for row in rows if column < len(row)} - {"", "-"}
        if len(cells) == 1 and _NUMBER.fullmatch(cells.pop()) and all(map(_NUMBER.fullmatch, before)):
            return column - 1, column
    raise WrongUsage(
        f"{str(roster.path)!r} is not a grading worksheet of Moodle: it has no columns Grade, Maximum Grade"
    )


def people_of_moodle(roster: Roster) -> list[Person]:
    """Return who is in a worksheet: identifier first, then the full name unless names are hidden, then logins.

    Raises
    ------
    WrongUsage
        When the table is no worksheet.
    """
    grade, _ = _grade_columns(roster)
    people = []
    for place, row in enumerate(roster.rows[1:], start=1):
        identifier = re.fullmatch(r"\D*(\d+)", row[0].strip()) if row else None
        if identifier and grade < len(row):
            name, *others = row[1:grade] if grade > 1 else [""]
            logins = tuple(cell.strip() for cell in others if cell.strip())
            people.append(Person(place, identifier[1], logins, name.strip()))
    if not people:
        raise WrongUsage(
            f"{str(roster.path)!r} is not a grading worksheet of Moodle: no row begins as in 'Participant 2001'"
        )
    return people


def _lesson(path: Path, people: list[Person], grades: ClassGrades) -> Lesson:
    """Tell of which lesson a worksheet is: by the only one asked for, by its numbers, or by the file's name."""
    if len(grades.lessons) == 1:
        return grades.lessons[0]
    here = {person.number for person in people}
    counts = {lesson.folder: sum(one.moodle.get(lesson.folder) in here for one in grades.learners)
              for lesson in grades.lessons}  # fmt: skip
    best = max(counts.values(), default=0)
    likely = [lesson for lesson in grades.lessons if counts[lesson.folder] == best]
    if best and len(likely) == 1:
        return likely[0]
    named = lesson_of_title(path.stem.replace("_", " "), grades.lessons)
    if named:
        return named[1]
    raise WrongUsage(
        f"{str(path)!r} doesn't say which lesson it belongs to: rename it, as in "
        f"`course export --format moodle --roster {path.name} metrics`"
    )
