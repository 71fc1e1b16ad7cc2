"""What the course puts into a workspace: lessons, the start page, reference solutions, fresh copies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from imbalanced_course.catalogue import Lesson, find_lesson, released_lessons
from imbalanced_course.errors import CourseError, WrongUsage
from imbalanced_course.lesson_notebook import COURSE_KEY
from imbalanced_course.workspace.landing import page_fingerprint, start_page
from imbalanced_course.workspace.place import (
    OWN_FOLDER,
    START_PAGE,
    dated,
    existing_workspace,
    lay_file,
    lesson_file,
    new_workspace,
    read_notebook,
    read_state,
    replace_file,
    sha256,
    write_state,
    writing,
)


def update_workspace(folder: Path) -> list[str]:
    """Make a workspace, or add to one what is missing.

    A lesson is laid once; what is there already is left alone, byte for byte.

    Returns
    -------
    list of str
        What is new, and which lessons have a newer release, in plain lines.

    Raises
    ------
    CourseError
        When the folder cannot be a workspace or cannot be written.
    """
    workspace = new_workspace(folder)
    state_file = workspace / OWN_FOLDER / "state.json"
    state = read_state(workspace)
    lines = []
    if state["damaged"] and os.path.lexists(state_file):
        with writing(state_file):
            state_file.rename(dated(state_file, label="-damaged"))
        lines.append("The workspace's own notes were damaged and have been started anew; your lessons are untouched.")
    lessons = released_lessons()
    for lesson in lessons:
        lines += _update_lesson(workspace, lesson, state["lessons"])
    lines += _update_start_page(workspace, lessons, state)
    write_state(workspace, state)
    return lines


def reset_lesson(folder: Path | None, name: str) -> list[str]:
    """Lay the current release of a lesson, after moving the learner's notebook to a dated name beside it.

    Raises
    ------
    CourseError
        When the folder is no workspace, the lesson unknown or the folder not writable.
    """
    workspace, lesson = existing_workspace(folder), released_lesson(name)
    path = lesson_file(workspace, lesson)
    release = lesson.release_path.read_bytes()
    state = read_state(workspace)
    lines = []
    if os.path.lexists(path):
        kept = dated(path)
        with writing(kept):
            path.rename(kept)
        lines.append(f"Your work is kept as {kept.relative_to(workspace)}.")
    lay_file(path, release)
    state["lessons"][lesson.folder] = _entry(lesson, release)
    state["checked"].pop(lesson.folder, None)
    write_state(workspace, state)
    lines.append(f"{path.relative_to(workspace)} is fresh. If it is open in JupyterLab, close and open it again.")
    return lines


def reveal_lesson(folder: Path | None, name: str) -> list[str]:
    """Put a lesson's reference solution beside the learner's notebook.

    Raises
    ------
    CourseError
        When the folder is no workspace, the lesson unknown, or a file of that name with other content is there.
    """
    workspace, lesson = existing_workspace(folder), released_lesson(name)
    if not lesson.solution_path.exists():
        raise CourseError(f"this installation has no solution of {lesson.folder}")
    solution = lesson.solution_path.read_bytes()
    path = lesson_file(workspace, lesson)
    target = path.with_name(f"{path.stem}-solution.ipynb")
    if lay_file(target, solution):
        return [f"The reference solution is {target.relative_to(workspace)}."]
    if target.is_file() and target.read_bytes() == solution:
        return [f"The reference solution is there already: {target.relative_to(workspace)}."]
    target = dated(target)
    lay_file(target, solution)
    return [
        f"You have changed {path.stem}-solution.ipynb, so it stays; a fresh one is {target.relative_to(workspace)}."
    ]


def released_lesson(name: str) -> Lesson:
    """Return the lesson that `name` means, which must have a release.

    Raises
    ------
    WrongUsage
        When there is no such lesson or it has no release.
    """
    lesson = find_lesson(name)
    if not lesson.release_path.exists():
        raise WrongUsage(f"lesson {lesson.folder} is not released yet")
    return lesson


def _update_lesson(workspace: Path, lesson: Lesson, laid: dict[str, Any]) -> list[str]:
    path = lesson_file(workspace, lesson)
    shown = path.relative_to(workspace)
    if path.parent.exists() and not path.parent.is_dir():
        raise CourseError(f"{path.parent} is a file where lesson {lesson.folder} belongs: give it another name")
    release = lesson.release_path.read_bytes()
    known = lesson.folder in laid
    if lay_file(path, release):
        laid[lesson.folder] = _entry(lesson, release)
        return [
            f"Put back: {shown} was missing." if known else f"New: {shown} (lesson {lesson.number}, {lesson.title})"
        ]
    if known and laid[lesson.folder].get("sha256") == sha256(release):
        return []
    if not known and _version(path) in (None, _version(lesson.release_path)):
        laid[lesson.folder] = _entry(lesson, release)
        return []
    return [
        f"Newer release: lesson {lesson.number}, {lesson.title}. Yours stays as it is; "
        f"`course reset {lesson.name}` gets the new one and keeps your work as a dated copy."
    ]


def _update_start_page(workspace: Path, lessons: list[Lesson], state: dict[str, Any]) -> list[str]:
    path = workspace / START_PAGE
    page = start_page(lessons)
    fingerprint = page_fingerprint(page)
    if lay_file(path, page):
        state["start"] = fingerprint
        return []
    present = page_fingerprint(path.read_bytes()) if path.is_file() else None
    if present == fingerprint:
        state["start"] = fingerprint
    if state["start"] == fingerprint:
        return []
    if present is not None and present == state["start"]:
        replace_file(path, page)
        state["start"] = fingerprint
        return []
    return [f"{START_PAGE} is yours now and stays as it is; rename it to get a new one that links to every lesson."]


def _entry(lesson: Lesson, release: bytes) -> dict[str, Any]:
    return {"sha256": sha256(release), "version": _version(lesson.release_path)}


def _version(path: Path) -> str | None:
    """Return the version that a lesson's notebook carries, or None."""
    try:
        found = read_notebook(path).metadata.get(COURSE_KEY, {})
    except CourseError:
        return None
    return str(found["version"]) if isinstance(found, dict) and "version" in found else None
