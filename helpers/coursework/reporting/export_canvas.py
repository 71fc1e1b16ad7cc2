"""Grades for Canvas: the table that its gradebook exports, with the scores filled in, or one that it imports.

Canvas reads a student column, ID, optionally SIS User ID and SIS Login ID, Section, then one column for each
assignment, named `Title (number)`; a row *Points Possible* stands before the learners. It looks learners up by ID, else
by SIS ID, login and name, and assignments by the number, else by the title. (Canvas, `lib/gradebook_importer.rb` and
`lib/gradebook_exporter.rb`; in Canvas's guides *How do I import grades in the Gradebook?*)
"""

from __future__ import annotations

import re

from coursework.intake.roster import Person, Roster
from coursework.lessons.catalogue import Lesson
from coursework.reporting.export_grades import ClassGrades, Exported, matched
from coursework.reporting.export_roster import filled
from coursework.spreadsheet import number, table_text
from imbalanced_course.errors import WrongUsage

_ID = "ID"
_LOGINS = ("SIS User ID", "SIS Login ID", "Integration ID")
_NUMBER_OF_ASSIGNMENT = re.compile(r"\s*\(\d+\)$")
# What the teacher has settled in Canvas: excused, and not assigned to this learner.
_SETTLED = ("EX", "N/A")


def canvas_table(grades: ClassGrades) -> Exported:
    """Return a table that Canvas imports; without its numbers of the assignments it makes new ones or goes by title."""
    learners = [one for one in grades.learners if one.points]
    rows = [["Student", _ID, "SIS User ID", "SIS Login ID", "Section", *(one.folder for one in grades.lessons)]]
    rows.append(["    Points Possible", "", "", "", "", *(number(grades.most[one.folder]) for one in grades.lessons)])
    for one in learners:
        login = "" if one.canvas or one.moodle or one.anonymous else one.student
        scores = [number(one.points[lesson.folder]) if lesson.folder in one.points else "" for lesson in grades.lessons]
        rows.append([one.name or one.student, one.canvas, "", one.email or login, "", *scores])
    exported = Exported(table_text(rows), sum(map(bool, (cell for row in rows[2:] for cell in row[5:]))))
    exported.missing = [one for one in learners if one.anonymous]
    exported.remarks.append(
        "Canvas knows its assignments by number. To fill in their columns, pass --roster with the gradebook that "
        "Canvas exports."
    )
    return exported


def canvas_filled(roster: Roster, grades: ClassGrades) -> Exported:
    """Return the gradebook that Canvas exported with the scores filled in; all else in it is as it was.

    Raises
    ------
    WrongUsage
        When the table is not such a gradebook, or has no column for any lesson.
    """
    people, header = people_of_canvas(roster), roster.header
    columns, remarks = _columns(header, grades.lessons)
    if not columns:
        raise WrongUsage(f"{str(roster.path)!r} has no column for a lesson. {' '.join(remarks)}")
    learners = [one for one in grades.learners if one.points.keys() & columns.keys()]
    numbers = {one.student: one.canvas for one in learners if one.canvas}
    rows, missing = matched(learners, people, numbers)
    decimal = "," if any(re.fullmatch(r"\d+,\d{1,2}", cell) for row in roster.rows[1:] for cell in row) else "."
    scores: dict[tuple[int, int], str] = {}
    settled = []
    for one in learners:
        for lesson, column in columns.items():
            if one.student not in rows or lesson not in one.points:
                continue
            row = rows[one.student]
            before = roster.rows[row][column].strip() if column < len(roster.rows[row]) else _SETTLED[1]
            if before.upper() in _SETTLED:
                settled.append(f"{one.student} ({lesson}: {before})")
            else:
                scores[row, column] = number(one.points[lesson], decimal=decimal)
    if settled:
        remarks.append(f"Excused or not assigned in Canvas, and not changed: {', '.join(settled)}.")
    remarks += _other_maximum(roster, grades, columns)
    return Exported(filled(roster, scores), len(scores), missing, remarks)


def lesson_of_title(title: str, lessons: list[Lesson]) -> tuple[int, Lesson] | None:
    """Return the lesson that an assignment's title means, with how surely (higher is surer), or None."""
    text = _NUMBER_OF_ASSIGNMENT.sub("", title).strip().casefold()
    exact = [lesson for lesson in lessons if text in _forms(lesson)]
    if exact:
        return 3, exact[0]
    numbered = [one for one in lessons if re.search(rf"\b(?:lesson|assignment|notebook)\s*0?{one.number}\b", text)]
    named = [one for one in lessons if any(re.search(rf"\b{re.escape(form)}\b", text) for form in _forms(one)[1:])]
    if len(named) == 1 and (not numbered or numbered == named):
        return 2, named[0]
    if len(numbered) == 1 and not named:
        return 1, numbered[0]
    return None


def _forms(lesson: Lesson) -> list[str]:
    """Return the names of a lesson, of which the first is only its number."""
    return [str(lesson.number), lesson.folder, lesson.name, lesson.notebook, lesson.title.casefold()]


def _columns(header: list[str], lessons: list[Lesson]) -> tuple[dict[str, int], list[str]]:
    """Return the columns of the lessons, and what is to say about those that have none or several."""
    candidates: dict[str, list[tuple[int, int]]] = {lesson.folder: [] for lesson in lessons}
    section = header.index("Section") if "Section" in header else header.index(_ID)
    for column, title in enumerate(header):
        found = lesson_of_title(title, lessons) if column > section else None
        if found:
            candidates[found[1].folder].append((found[0], column))
    columns, remarks = {}, []
    for lesson, several in candidates.items():
        surest = [column for sure, column in several if sure == max(several)[0]]
        if len(surest) == 1:
            columns[lesson] = surest[0]
        elif surest:
            titles = " and ".join(repr(header[column]) for column in surest)
            remarks.append(f"{lesson} was left out: it could be {titles}.")
        else:
            remarks.append(f"{lesson} was left out: no column has its name. Create the assignment in Canvas first.")
    return columns, remarks


def people_of_canvas(roster: Roster) -> list[Person]:
    """Return who is in a gradebook that Canvas exported.

    Raises
    ------
    WrongUsage
        When the table is not such a gradebook.
    """
    header = roster.header
    if _ID not in header or not {"Student", "LastName"} & set(header):
        raise WrongUsage(
            f"{str(roster.path)!r} is not a gradebook that Canvas exported: it has no columns Student and ID"
        )
    place = {name: column for column, name in enumerate(header)}

    def cell(row: list[str], name: str) -> str:
        return row[place[name]].strip() if name in place and place[name] < len(row) else ""

    people = []
    for number_of_row, row in enumerate(roster.rows[1:], start=1):
        name = cell(row, "Student") or ", ".join(filter(None, [cell(row, "LastName"), cell(row, "FirstName")]))
        logins = tuple(filter(None, (cell(row, login) for login in _LOGINS)))
        if name and "Points Possible" not in name and (cell(row, _ID) or logins):
            people.append(Person(number_of_row, cell(row, _ID), logins, name))
    return people


def _other_maximum(roster: Roster, grades: ClassGrades, columns: dict[str, int]) -> list[str]:
    """Say where Canvas counts another number of points for a lesson."""
    possible = next((row for row in roster.rows[1:] if row and "Points Possible" in row[0]), [])
    remarks = []
    for lesson, column in columns.items():
        most = possible[column].strip().replace(",", ".") if column < len(possible) else ""
        if re.fullmatch(r"\d+(\.\d+)?", most) and float(most) != grades.most[lesson]:
            remarks.append(f"Canvas counts {number(float(most))} points for {lesson}, the lesson gives "
                           f"{number(grades.most[lesson])}: scores are written as they are.")  # fmt: skip
    return remarks
