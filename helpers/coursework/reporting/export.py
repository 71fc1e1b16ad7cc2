"""`course export`: grades as files for a spreadsheet, Canvas or Moodle, and what a teacher should know about them."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from pathlib import Path

import click

from coursework.intake.roster import read_roster
from coursework.lessons.catalogue import find_lesson
from coursework.reporting.export_canvas import canvas_filled, canvas_table
from coursework.reporting.export_grades import ClassGrades, Exported, Learner, read_grades
from coursework.reporting.export_moodle import moodle_filled, moodle_worksheet
from coursework.spreadsheet import number, table_text
from coursework.terminal import one_line, say
from imbalanced_course.errors import WrongUsage
from imbalanced_course.files import write_whole
from imbalanced_course.wrapping import wrapped

MOST_NAMED = 20


def export_command(kind: str, out: Path, *, roster: Path | None, lessons: Collection[str], url: str | None) -> None:
    """Write the grades below `out/export` and say what is in them; exits with 1 when somebody's are in no file."""
    if roster and kind == "csv":
        raise WrongUsage("--roster works only with --format canvas or moodle")
    grades = read_grades(out, url, {find_lesson(name).folder for name in lessons})
    missing: dict[str, None] = {}
    for name, exported in _files(kind, grades, roster):
        target = out / "export" / name
        if roster and target.exists() and target.samefile(roster):
            raise WrongUsage(f"{str(roster)!r} would be overwritten: keep the platform's file somewhere else")
        write_whole(target, exported.text)
        say(f"{target}: {exported.scores:,} score{'s' * (exported.scores != 1)}")
        for remark in exported.remarks:
            _tell(remark)
        missing.update(dict.fromkeys(one.student for one in exported.missing))
    _tell_of_waiting(grades)
    for student in missing:
        say(f"  no row for {one_line(student)}", err=True)
    if missing:
        _tell(f"{len(missing):,} learner{'s' * (len(missing) != 1)} could not be matched to anyone on the platform.")
        sys.exit(1)


def class_table(grades: ClassGrades) -> Exported:
    """Return one row a learner: the points of each lesson, their sum, and whether a person has still to look."""
    lessons = [lesson.folder for lesson in grades.lessons]
    rows = [["student", *lessons, "total", "needs_review"]]
    for one in grades.everyone:
        points = {lesson: one.points[lesson] for lesson in lessons if lesson in one.points}
        rows.append([one.student, *(number(points[lesson]) if lesson in points else "" for lesson in lessons),
                     number(sum(points.values())), str(_is_waited_for(one, grades))])  # fmt: skip
    return Exported(table_text(rows), sum(map(bool, (cell for row in rows[1:] for cell in row[1:-2]))))


def _files(kind: str, grades: ClassGrades, roster: Path | None) -> Iterator[tuple[str, Exported]]:
    if kind == "csv":
        yield "class.csv", class_table(grades)
    elif kind == "canvas":
        yield "canvas.csv", canvas_filled(read_roster(roster), grades) if roster else canvas_table(grades)
    elif roster:
        exported, lesson = moodle_filled(read_roster(roster), grades)
        yield f"moodle-{lesson.folder}.csv", exported
    else:
        for lesson in grades.lessons:
            yield f"moodle-{lesson.folder}.csv", moodle_worksheet(grades, lesson)


def _tell_of_waiting(grades: ClassGrades) -> None:
    """Say in one sentence whose grades are not final."""
    waiting = [one.student for one in grades.everyone if _is_waited_for(one, grades)]
    if not waiting:
        return
    named = ", ".join(waiting[:MOST_NAMED])
    more = f" and {len(waiting) - MOST_NAMED:,} more" if len(waiting) > MOST_NAMED else ""
    _tell(f"not final, because a person still has to look (needs_review in grades.csv): {named}{more}.")


def _is_waited_for(one: Learner, grades: ClassGrades) -> bool:
    return one.student in grades.unplaced or bool(one.waiting & {lesson.folder for lesson in grades.lessons})


def _tell(sentence: str) -> None:
    click.echo("\n".join(wrapped(one_line(f"course: {sentence}"), 79, rest="  ")), err=True)
