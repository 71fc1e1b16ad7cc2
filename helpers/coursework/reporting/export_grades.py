"""The grades of a class, learner by learner, with all by which other systems may know the learners."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coursework.grading.gradebook import GradeWriter
from coursework.grading.run import only_run
from coursework.grading.up_to_date import update_points
from coursework.intake.identities import known_identities
from coursework.intake.roster import Named, Person, persons
from coursework.lessons.catalogue import Lesson, written_lessons
from coursework.reporting.graded_folder import how_it_is_made, open_gradebook
from imbalanced_course.errors import CourseError


@dataclass
class Learner:
    """One learner: points by lesson, what waits for a person, and the names that other systems have.

    Attributes
    ----------
    student : str
        The name in the gradebook.
    points : dict of str to float
        By lesson; a lesson that was not handed in or could not be graded is not in it.
    waiting : set of str
        The lessons that a person has to look at.
    name, email : str
        As the gradebook's list of students has them, or as the platform's file names did.
    canvas : str
        The number in Canvas.
    moodle : dict of str to str
        The number in Moodle's assignment, by lesson.
    anonymous, chosen : bool
        Whether the name says nothing, and whether it is one that the learner has chosen on a platform.
    """

    student: str
    points: dict[str, float] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    name: str = ""
    email: str = ""
    canvas: str = ""
    moodle: dict[str, str] = field(default_factory=dict)
    anonymous: bool = False
    chosen: bool = False


@dataclass(frozen=True)
class ClassGrades:
    """A class: its learners by name, its lessons in order, and the points that each lesson gives.

    `unplaced` are those who handed in a file that could not be told to be of one of the lessons.
    """

    learners: list[Learner]
    lessons: list[Lesson]
    most: dict[str, float]
    unplaced: tuple[str, ...] = ()

    @property
    def everyone(self) -> list[Learner]:
        """The learners, and after them those of whom nothing but such a file is known."""
        known = {one.student for one in self.learners}
        return [*self.learners, *(Learner(student) for student in self.unplaced if student not in known)]


@dataclass
class Exported:
    """A file's text, how many scores are in it, whose are not, and what else the teacher should know."""

    text: str
    scores: int = 0
    missing: list[Learner] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_grades(out: Path, url: str | None, lessons: Collection[str]) -> ClassGrades:
    """Read a graded class; what follows from points that were given by hand is worked out anew.

    Parameters
    ----------
    out : Path
        The grading folder.
    url : str, optional
        The database; SQLite in `out` unless said.
    lessons : collection of str
        The folders of the lessons that are wanted; all of which there is a hand-in when empty.

    Raises
    ------
    WrongUsage
        When there is no such folder or gradebook.
    CourseError
        When the gradebook cannot be read or is empty.
    """
    with open_gradebook(out, url) as writer, only_run(out):
        update_points(writer, out)
        identities = known_identities(writer.book.engine)
        rows, listed = writer.grades(), _listed(writer)
    known = {lesson.folder: lesson for lesson in written_lessons()}
    unplaced = tuple(dict.fromkeys(row["student"] for row in rows if row["student"] and row["lesson"] not in known))
    rows = [row for row in rows if row["student"] and row["lesson"] in known]
    if not rows:
        raise CourseError(f"the gradebook in {str(out)!r} has no grades yet: {how_it_is_made(out)}")
    wanted = [lesson for name, lesson in known.items()
              if (name in lessons if lessons else any(row["lesson"] == name for row in rows))]  # fmt: skip
    learners = {one.student: one for one in listed}
    for row in rows:
        learner = learners.setdefault(row["student"], Learner(row["student"]))
        if row["status"] == "graded":
            learner.points[row["lesson"]] = row["points"]
        if row["needs_review"]:
            learner.waiting.add(row["lesson"])
    for (student, lesson), origin in identities.items():
        if student in learners:
            learner = learners[student]
            learner.anonymous = learner.anonymous or origin.system == "canvas-anonymous"
            learner.chosen = True
            learner.name = learner.name or origin.name
            if origin.system == "canvas":
                learner.canvas = learner.canvas or origin.number
            elif origin.system == "moodle":
                learner.moodle[lesson] = origin.number
    most = {lesson.folder: max((row["max_points"] for row in rows if row["lesson"] == lesson.folder), default=0.0)
            for lesson in wanted}  # fmt: skip
    ordered = sorted(learners.values(), key=lambda one: (one.student.casefold(), one.student))
    return ClassGrades(ordered, wanted, most, unplaced)


def matched(
    learners: Sequence[Learner], people: Sequence[Person], numbers: Mapping[str, str]
) -> tuple[dict[str, int], list[Learner]]:
    """Match learners to the rows of a platform's table, each row to one learner; see `persons`.

    Parameters
    ----------
    numbers : mapping of str to str
        The platform's number of each learner whose number is known.

    Returns
    -------
    rows : dict of str to int
        By student the row.
    missing : list of Learner
        Those for whom there is none.
    """
    named = [Named(one.student, one.name, one.email, anonymous=one.anonymous, chosen=one.chosen) for one in learners]
    rows = {student: person.row for student, person in persons(named, people, numbers).items()}
    taken = list(rows.values())
    doubtful = {student for student, row in rows.items() if taken.count(row) > 1 and student not in numbers}
    rows = {student: row for student, row in rows.items() if student not in doubtful}
    return rows, [one for one in learners if one.student not in rows]


def _listed(writer: GradeWriter) -> list[Learner]:
    """Return the learners of the gradebook's list of students, with what it knows of them."""
    from nbgrader import api
    from sqlalchemy import select

    table = api.Student
    query = select(table.id, table.first_name, table.last_name, table.email, table.lms_user_id)
    with writer.book.engine.connect() as connection:
        return [
            Learner(
                student,
                name=", ".join(filter(None, [last, first])),
                email=email or "",
                canvas=number if re.fullmatch(r"\d+", number or "") else "",
            )
            for student, first, last, email, number in connection.execute(query)
        ]
