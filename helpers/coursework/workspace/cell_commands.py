"""The learner's commands as functions, for the cells of the start page: no terminal is needed.

Each takes the number or name of a lesson, works in the workspace around the current folder, and returns one card that
says what came of it. With `...` in place of a lesson, as the start page has it, nothing happens.
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

from coursework.workspace.cell_output import Card, check_card, message_card, progress_card
from coursework.workspace.folder import existing_workspace, lesson_file, read_notebook
from imbalanced_course.errors import CourseError, WrongUsage

_Action = Callable[..., Card]


def _said_in_a_card(action: _Action) -> _Action:
    """Turn what a user can act on into a card instead of a traceback."""

    @functools.wraps(action)
    def told(*lessons: Any) -> Card:
        try:
            return action(*lessons)
        except CourseError as error:
            sentence = str(error)
            return message_card("Nothing was done", [sentence[:1].upper() + sentence[1:] + "."])

    return told


@_said_in_a_card
def progress() -> Card:
    """Show where to continue, how far you are in each lesson as last saved, and the quick check so far."""
    from coursework.workspace.progress import course_standing

    return progress_card(course_standing(existing_workspace(None)))


@_said_in_a_card
def check(*lessons: int | str) -> Card:
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
    return check_card(report, titles, cells)


@_said_in_a_card
def submit(*lessons: int | str) -> Card:
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
    return message_card("Packed for hand-in", lines, links)


@_said_in_a_card
def reveal(lesson: Any = ...) -> Card:
    """Put the reference solution of a lesson or project beside the learner's notebook.

    Examples
    --------
    >>> reveal(3)  # doctest: +SKIP
    """
    from coursework.workspace.update import lay_solution

    workspace = existing_workspace(None)
    target, lines = lay_solution(workspace, _name(lesson, "reveal"))
    return message_card("Revealed", lines, {f"Open {target.name}": _relative(target, workspace)})


@_said_in_a_card
def reset(lesson: Any = ...) -> Card:
    """Start a lesson or project over; the work so far is kept as a dated copy.

    Examples
    --------
    >>> reset(3)  # doctest: +SKIP
    """
    from coursework.workspace.update import lay_fresh

    workspace = existing_workspace(None)
    fresh, kept, lines = lay_fresh(workspace, _name(lesson, "reset"))
    links = {f"Open {fresh.name}": _relative(fresh, workspace)}
    if kept:
        links[f"Open your work so far, {kept.name}"] = _relative(kept, workspace)
    return message_card("Started over", lines, links)


def _name(lesson: Any, action: str) -> str:
    if lesson is ... or not isinstance(lesson, (int, str)):
        raise WrongUsage(f"replace the dots with a lesson's number, as in `{action}(3)`, and run the cell again")
    return str(lesson)


def _relative(path: Path, workspace: Path) -> str:
    return path.relative_to(workspace).as_posix()
