"""The learner's commands as functions, for the cells of the start page: no terminal is needed.

Each takes the number or name of a lesson, works in the workspace around the current folder, and returns what the cell
shows, which says what came of it. With `...` in place of a lesson, as the start page has it, nothing happens.
"""

from __future__ import annotations

import contextlib
import functools
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coursework.workspace.cell_output import CellOutput, check_output, message_output, progress_output
from coursework.workspace.folder import existing_workspace
from coursework.workspace.learner_notebook import lesson_file, read_notebook
from imbalanced_course.errors import CourseError, WrongUsage

_Action = Callable[..., CellOutput]


def _said_in_the_cell(action: _Action) -> _Action:
    """Show what a user can act on instead of a traceback."""

    @functools.wraps(action)
    def told(*lessons: Any) -> CellOutput:
        try:
            return action(*lessons)
        except CourseError as error:
            sentence = str(error)
            return message_output("Nothing was done", [sentence[:1].upper() + sentence[1:] + "."])

    return told


@_said_in_the_cell
def progress() -> CellOutput:
    """Show where to continue, how far you are in each lesson as last saved, and the quick check so far."""
    from coursework.workspace.progress import course_progress

    return progress_output(course_progress(existing_workspace(None)))


@_said_in_the_cell
def check(*lessons: int | str) -> CellOutput:
    """Run the saved notebooks of these lessons (all, if none is named) from the start; show points and what is open.

    Examples
    --------
    >>> check(3)  # doctest: +SKIP
    """
    from coursework.grading.lesson_plan import lesson_parts
    from coursework.lessons.catalogue import find_lesson
    from coursework.workspace.progress import task_cells

    workspace = existing_workspace(None)
    names = [_name(lesson, "check") for lesson in lessons]
    # In a process of its own: the notebook's kernel has a running event loop and may be interrupted at any time.
    command = [sys.executable, "-m", "coursework.cli", "check", *names, "--json", "--workspace", str(workspace)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        said = done.stderr.strip().splitlines() or ["the check didn't finish"]
        raise CourseError(said[-1].removeprefix("course: ")) from None
    titles, cells = {}, {}
    for checked in report["lessons"]:
        lesson = find_lesson(checked["lesson"])
        titles[lesson.folder] = lesson_parts(lesson.folder, json.loads(lesson.release_path.read_text("utf-8"))).titles
        with contextlib.suppress(CourseError):  # a damaged notebook is what the report tells
            cells[lesson.folder] = task_cells(read_notebook(lesson_file(workspace, lesson)).cells)
    return check_output(report, titles, cells)


@_said_in_the_cell
def submit(*lessons: int | str) -> CellOutput:
    """Pack the saved notebooks of these lessons for hand-in, a zip each, and say where it is.

    Examples
    --------
    >>> submit(3)  # doctest: +SKIP
    """
    from coursework.workspace.handin import pack, questions_again
    from coursework.workspace.inventory_page import QUESTIONS_AGAIN

    workspace = existing_workspace(None)
    packed = pack(workspace, [_name(lesson, "submit") for lesson in lessons])
    lines, links = [], {}
    for one in packed:
        lines.append(f"{one.zip} contains `{one.notebook.name}` as saved at {one.saved:%H:%M:%S}. {one.note}".strip())
        links[f"Download {one.zip.name}"] = _relative(one.zip, workspace)
    lines.append("Anything you changed after that isn't in it. To include it, save (Ctrl+S) and submit again.")
    if questions := questions_again(workspace, packed):
        links[QUESTIONS_AGAIN] = questions
    return message_output("Packed for hand-in", lines, links)


@_said_in_the_cell
def reveal(lesson: Any = ...) -> CellOutput:
    """Put the reference solution of a lesson or project beside the learner's notebook.

    Examples
    --------
    >>> reveal(3)  # doctest: +SKIP
    """
    from coursework.workspace.update import put_solution

    workspace = existing_workspace(None)
    target, lines = put_solution(workspace, _name(lesson, "reveal"))
    return message_output("Revealed", lines, {f"Open {target.name}": _relative(target, workspace)})


@_said_in_the_cell
def reset(lesson: Any = ...) -> CellOutput:
    """Start a lesson or project over; the work so far is kept as a dated copy.

    Examples
    --------
    >>> reset(3)  # doctest: +SKIP
    """
    from coursework.workspace.update import start_over

    workspace = existing_workspace(None)
    fresh, kept, lines = start_over(workspace, _name(lesson, "reset"))
    links = {f"Open {fresh.name}": _relative(fresh, workspace)}
    if kept:
        links[f"Open your work so far, {kept.name}"] = _relative(kept, workspace)
    return message_output("Started over", lines, links)


def _name(lesson: Any, action: str) -> str:
    if lesson is ... or not isinstance(lesson, (int, str)):
        raise WrongUsage(f"replace the dots with a lesson's number, as in `{action}(3)`, and run the cell again")
    return str(lesson)


def _relative(path: Path, workspace: Path) -> str:
    return path.relative_to(workspace).as_posix()
