"""What follows from the gradebook, brought up to date: adjustments, lateness, `grades.csv`, and feedback pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from coursework.grading.adjustments import apply_adjustments, in_force
from coursework.grading.gradebook import GradeWriter
from coursework.grading.late_work import assign_late_penalties
from coursework.grading.lesson_plan import LessonParts, course_lesson
from coursework.grading.marks import marks_by_hand, show_marks
from coursework.grading.reused_comments import reused_comments, whole
from coursework.intake.identities import known_identities
from coursework.lessons.catalogue import find_lesson
from coursework.spreadsheet import table_text
from coursework.terminal import one_line
from imbalanced_course.files import write_whole

GRADE_COLUMNS = ("student", "lesson", "points", "max_points", "needs_review", "status", "reason", "sha256")


def update_points(writer: GradeWriter, out: Path) -> None:
    """Work out adjustments and late penalties anew: points may have been given by hand since.

    Raises
    ------
    CourseError
        When the settings of late penalties fail; no penalty is changed then.
    """
    apply_adjustments(writer.book.db)
    assign_late_penalties(writer.book.db, out, known_identities(writer.book.engine))


def update_files(writer: GradeWriter, out: Path, lessons: Mapping[str, LessonParts] | None = None) -> None:
    """Write `grades.csv`, and bring onto the feedback pages the total and what counts beside the checks.

    Parameters
    ----------
    lessons : mapping of str to LessonParts, optional
        Lessons that were taken apart before, by their folders.

    Raises
    ------
    WrongUsage
        When the comments to reuse are no table; `grades.csv` is written then.
    """
    records = writer.known()
    graded = sorted(place for place, record in records.items() if record["status"] == "graded")
    pages = ((place, page_path(out, *place)) for place in graded)
    ready, names = lessons or {}, {lesson for _, lesson in graded}
    titles = {name: (ready[name] if name in ready else course_lesson(name)).titles for name in names}
    most = {place: records[place]["max_points"] for place in graded}
    adjusted: dict[str, dict[str, str]] = defaultdict(dict)
    for (lesson, task), one in in_force(writer.book.engine).items():
        adjusted[lesson][task] = one.told()
    write_whole(out / "grades.csv", grades_csv(writer))
    comments = reused_comments(out)
    marks = {
        place: [replace(one, comment=whole(one.comment, one.task, comments)) for one in several]
        for place, several in marks_by_hand(writer.book.db).items()
    }
    show_marks(pages, marks, writer.totals(), most, titles, adjusted)


def grades_csv(writer: GradeWriter) -> str:
    """Return the text of `grades.csv`."""
    rows = ([one_line(str(row[column])) for column in GRADE_COLUMNS] for row in writer.grades())
    return table_text([GRADE_COLUMNS, *rows], end="\n")


def page_path(out: Path, student: str, lesson: str) -> Path:
    """Return where a hand-in's feedback page lies."""
    return out / "feedback" / student / lesson / f"{find_lesson(lesson).notebook}.html"
