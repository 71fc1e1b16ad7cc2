"""What the course puts into a workspace: lessons, projects, the start page, reference solutions, fresh copies."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, TypeVar

from coursework.lessons.catalogue import (
    AIDS,
    Lesson,
    Project,
    find_lesson,
    find_work,
    released_lessons,
    released_projects,
)
from coursework.workspace.cell_output import progress_output
from coursework.workspace.folder import STATE_FILE, existing_workspace, new_workspace
from coursework.workspace.inventory_page import inventory_name, inventory_page
from coursework.workspace.learner_notebook import lesson_file
from coursework.workspace.own_data_page import OWN_DATA, own_data_page
from coursework.workspace.own_files import add_file, dated, replace_file, sha256, writing
from coursework.workspace.progress import course_progress
from coursework.workspace.releases import newer_release, release_version, task_changes, task_fingerprints
from coursework.workspace.start_page import START_PAGE, page_fingerprint, start_page
from coursework.workspace.state import read_state, write_state
from imbalanced_course.course_files import course_file
from imbalanced_course.errors import CourseError, WrongUsage
from imbalanced_course.first_answers import forget_first_answers

_Work = TypeVar("_Work", bound=Lesson | Project)


def update_workspace(folder: Path) -> list[str]:
    """Make a workspace, or add to one what is missing.

    A lesson or a project is laid once; what is there already is left alone, byte for byte.

    Returns
    -------
    list of str
        What is new, and of what there is a newer release, in plain lines.

    Raises
    ------
    CourseError
        When the folder cannot be a workspace or cannot be written.
    """
    workspace = new_workspace(folder)
    state_file = workspace / STATE_FILE
    state = read_state(workspace)
    lines = []
    if state["damaged"] and os.path.lexists(state_file):
        with writing(state_file):
            state_file.rename(dated(state_file, label="-damaged"))
        lines.append("The workspace's own notes were damaged, so they were replaced. Your lessons are untouched.")
    everything: list[Lesson | Project] = [*released_lessons(), *released_projects()]
    for work in everything:
        lines += _update_one(workspace, work, _remembered(state, work))
    lines += _update_start_page(workspace, state)
    for name in AIDS:
        _update_page(workspace, state, name)
    for when in ("before", "after"):
        add_file(workspace / inventory_name(when), inventory_page(when))
    add_file(workspace / OWN_DATA, own_data_page())
    write_state(workspace, state)
    return lines


def reset_lesson(folder: Path | None, name: str) -> list[str]:
    """Start a lesson or project over and return what came of it, in plain lines; see `start_over`."""
    return start_over(folder, name)[2]


def start_over(folder: Path | None, name: str) -> tuple[Path, Path | None, list[str]]:
    """Lay the current release of a lesson or project; the learner's notebook moves to a dated name beside it.

    Returns
    -------
    tuple
        Where the fresh notebook is, where the old one is kept (None where there was none), and both in plain lines.

    Raises
    ------
    CourseError
        When the folder is no workspace, the lesson unknown or the folder not writable.
    """
    workspace, work = existing_workspace(folder), _released_work(name)
    path = lesson_file(workspace, work)
    release = work.release_path.read_bytes()
    state = read_state(workspace)
    lines, kept = [], None
    if os.path.lexists(path):
        kept = dated(path)
        with writing(kept):
            path.rename(kept)
        lines.append(f"Your work is kept as {kept.relative_to(workspace)}.")
    add_file(path, release)
    entry, laid = _entry(work, release), _remembered(state, work)
    if laid.get(_key(work), {}).get("version") != entry["version"]:
        forget_first_answers(workspace, _key(work))  # of another release, whose questions may be other ones
    laid[_key(work)] = entry
    state["checked"].pop(_key(work), None)
    write_state(workspace, state)
    shown = path.relative_to(workspace)
    lines.append(f"{shown} is a fresh copy. If it's open in JupyterLab, choose File › Reload Notebook from Disk.")
    return path, kept, lines


def reveal_lesson(folder: Path | None, name: str) -> list[str]:
    """Reveal a lesson's or project's solution and return where it is, in plain lines; see `put_solution`."""
    return put_solution(folder, name)[1]


def put_solution(folder: Path | None, name: str) -> tuple[Path, list[str]]:
    """Put the reference solution of a lesson or a project beside the learner's notebook; return where, and plain lines.

    Raises
    ------
    CourseError
        When the folder is no workspace, the lesson unknown, or a file of that name with other content is there.
    """
    workspace, work = existing_workspace(folder), _released_work(name)
    if not work.solution_path.exists():
        raise CourseError(f"this installation has no solution for {_key(work)}")
    solution = _project_solution(work) if isinstance(work, Project) else work.solution_path.read_bytes()
    path = lesson_file(workspace, work)
    target = path.with_name(f"{path.stem}-solution.ipynb")
    if add_file(target, solution):
        return target, [f"The reference solution is in {target.relative_to(workspace)}."]
    if target.is_file() and target.read_bytes() == solution:
        return target, [f"The reference solution is already there: {target.relative_to(workspace)}."]
    target = dated(target)
    add_file(target, solution)
    shown = target.relative_to(workspace)
    return target, [f"You've changed {path.stem}-solution.ipynb, so it stays. A fresh one is in {shown}."]


def released_lesson(name: str) -> Lesson:
    """Return the lesson that `name` means, which must have a release.

    Raises
    ------
    WrongUsage
        When there is no such lesson or it has no release.
    """
    return _require_release(find_lesson(name))


def _released_work(name: str) -> Lesson | Project:
    return _require_release(find_work(name))


def _require_release(work: _Work) -> _Work:
    if not work.release_path.exists():
        raise WrongUsage(f"{_key(work)} is not released yet")
    return work


def _remembered(state: dict[str, Any], work: Lesson | Project) -> dict[str, Any]:
    """Return the part of the state that tells what was laid of lessons, or of projects."""
    part: dict[str, Any] = state["projects" if isinstance(work, Project) else "lessons"]
    return part


def _key(work: Lesson | Project) -> str:
    return work.name if isinstance(work, Project) else work.folder


def _project_solution(project: Project) -> bytes:
    import nbformat

    from coursework.authoring.source import read_project

    text: str = nbformat.writes(read_project(project, solution=True), version=4)
    return f"{text}\n".encode()


def _update_one(workspace: Path, work: Lesson | Project, laid: dict[str, Any]) -> list[str]:
    path, key = lesson_file(workspace, work), _key(work)
    shown = path.relative_to(workspace)
    if path.parent.exists() and not path.parent.is_dir():
        raise CourseError(f"{path.parent} is a file, and {work.label} needs a folder with that name: rename the file")
    release = work.release_path.read_bytes()
    known = key in laid
    if add_file(path, release):
        laid[key] = _entry(work, release)
        return [f"Put back: {shown} was missing." if known else f"New: {shown} ({work.label})"]
    if known and laid[key].get("sha256") == sha256(release):
        return []
    theirs, current = _notebook_data(path), _notebook_data(work.release_path)
    if not known and newer_release(theirs, current) is None:
        laid[key] = _entry(work, release)
        return []
    what = f" ({task_changes(theirs, current)})" if task_fingerprints(theirs) else ""
    return [
        f"Newer release: {work.label}{what}. Your notebook stays as it is. "
        f"To get the new one and keep your work as a dated copy, run `course reset {work.name}`."
    ]


def _update_start_page(workspace: Path, state: dict[str, Any]) -> list[str]:
    """Lay or refresh the start page; one that a learner has written into stays."""
    path = workspace / START_PAGE
    page = start_page(progress_output(course_progress(workspace)), released_projects())
    fingerprint = page_fingerprint(page)
    if add_file(path, page):
        state["start"] = fingerprint
        return []
    present = path.read_bytes() if path.is_file() else b""
    theirs = page_fingerprint(present)
    if theirs is not None and theirs in (fingerprint, state["start"]):
        if present != page:
            replace_file(path, page)
        state["start"] = fingerprint
        return []
    if state["start"] == fingerprint:
        return []
    return [f"You've changed {START_PAGE}, so it stays as it is. Rename it to get the new one."]


def _update_page(workspace: Path, state: dict[str, Any], name: str) -> None:
    """Lay a page to look things up in, such as the glossary; one that a learner has written into stays."""
    current, part = course_file("lessons") / name, name.removesuffix(".md")
    if not current.is_file():
        return
    path, content = workspace / name, current.read_bytes()
    if add_file(path, content):
        state[part] = sha256(content)
    elif path.is_file() and sha256(path.read_bytes()) == state[part]:
        replace_file(path, content)
        state[part] = sha256(content)


def _entry(work: Lesson | Project, release: bytes) -> dict[str, Any]:
    return {"sha256": sha256(release), "version": release_version(_notebook_data(work.release_path))}


def _notebook_data(path: Path) -> dict[str, Any]:
    """Return a notebook as plain data, empty where the file is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
