"""`course adjust`: what a teacher does about a faulty task, for a whole class."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from coursework.grading.adjustments import UNDO, Adjustment, adjustment_log, in_force, note_adjustment
from coursework.grading.gradebook import GradeWriter
from coursework.grading.run import only_run
from coursework.grading.up_to_date import update_files, update_points
from coursework.lessons.catalogue import find_lesson
from coursework.lessons.notebook import CHECK_SUFFIX
from coursework.reporting.graded_folder import open_gradebook
from imbalanced_course.errors import CourseError, WrongUsage


def adjust_command(
    lesson: str | None, task: str | None, change: str | None, *, reason: str, out: Path, url: str | None
) -> Iterator[str]:
    """Adjust a task and bring everything up to date, or list what was done; yield what to print.

    Raises
    ------
    WrongUsage
        When it isn't clear what is wanted, or the task has no points, nobody's or nothing to undo.
    """
    if bool(lesson) != bool(change) or bool(task) != bool(change):
        raise WrongUsage("name lesson, task and what to do, as in `course adjust metrics recall --drop`")
    with open_gradebook(out, url) as writer, only_run(out):
        if not (lesson and task and change):
            lines = [_line(one) for one in adjustment_log(writer.book.engine)]
            yield from lines or ["No task was adjusted."]
            return
        done = _checked(writer, find_lesson(lesson).folder, task, change, reason.strip())
        writer.keep_copy()
        note_adjustment(writer.book.db, done)
        update_points(writer, out)
        update_files(writer, out)
        graded = [one for one in writer.grades() if one["lesson"] == done.lesson and one["status"] == "graded"]
        hand_ins = f"{len(graded):,} graded hand-in" + "s" * (len(graded) != 1)
        yield f"{done.lesson}, {done.task}: {done.done}, in {hand_ins}"
        most = max((one["max_points"] for one in graded), default=0.0)
        yield f"{done.lesson} now gives at most {most:g} points. {out / 'grades.csv'} and the feedback pages say so."


def _checked(writer: GradeWriter, lesson: str, task: str, change: str, reason: str) -> Adjustment:
    """Return the adjustment where it can be made."""
    held = in_force(writer.book.engine)
    points = _points_by_task(writer, lesson) | {name: one.points for (of, name), one in held.items() if of == lesson}
    if not points:
        raise CourseError(f"nobody's hand-in of {lesson} is graded yet: grade first, then adjust")
    if task not in points:
        names = ", ".join(name for name, most in points.items() if most)
        raise WrongUsage(f"{lesson} has no task {task!r}: it has {names}")
    if not points[task]:
        raise WrongUsage(f"{task} of {lesson} gives no points, so there is nothing to adjust")
    if change == UNDO and (lesson, task) not in held:
        raise WrongUsage(f"{task} of {lesson} was not adjusted: `course adjust` lists what was")
    return Adjustment(lesson, task, change, points[task], datetime.now(UTC).replace(tzinfo=None, microsecond=0), reason)


def _points_by_task(writer: GradeWriter, lesson: str) -> dict[str, float]:
    """Return what each task of a lesson gives in the gradebook."""
    from nbgrader import api

    cells = (
        writer.book.db.query(api.GradeCell)
        .join(api.Notebook, api.GradeCell.notebook_id == api.Notebook.id)
        .join(api.Assignment, api.Notebook.assignment_id == api.Assignment.id)
        .filter(api.Assignment.name == lesson)
    )
    return {cell.name.removesuffix(CHECK_SUFFIX): cell.max_score for cell in cells}


def _line(one: Adjustment) -> str:
    reason = f" ({one.reason})" if one.reason else ""
    return f"{one.when:%Y-%m-%d %H:%M} UTC  {one.lesson}, {one.task}: {one.done}{reason}"
