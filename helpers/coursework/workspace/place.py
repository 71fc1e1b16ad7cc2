"""A workspace as a folder: how to recognise one, what it remembers, and how files get into it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursework.lessons.catalogue import AIDS, Lesson, Project
from imbalanced_course import __version__
from imbalanced_course.course_files import course_file
from imbalanced_course.errors import CourseError, WrongUsage

if TYPE_CHECKING:
    from nbformat import NotebookNode

DEFAULT_NAME = "my-lessons"
START_PAGE = "start.ipynb"
OWN_FOLDER = ".course"
_STATE = f"{OWN_FOLDER}/state.json"


def default_workspace() -> Path:
    """Return the workspace that a command means when none is named.

    That is the one around the current folder, so that commands work in a terminal inside JupyterLab, and
    `my-lessons` in the current folder otherwise.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if is_workspace(folder):
            return folder
    return here / DEFAULT_NAME


def is_workspace(folder: Path) -> bool:
    """Return whether the folder holds the state file that makes it a workspace."""
    return (folder / _STATE).is_file()


def existing_workspace(folder: Path | None) -> Path:
    """Return the workspace that is meant, which must exist.

    Raises
    ------
    WrongUsage
        When the folder is missing or no workspace.
    """
    folder = (default_workspace() if folder is None else folder).absolute()
    if is_workspace(folder):
        return folder
    what = "isn't a workspace" if folder.exists() else "doesn't exist"
    raise WrongUsage(f"{folder} {what}: make one with `course lab`, or name another with `--workspace`")


def new_workspace(folder: Path) -> Path:
    """Return the folder as an absolute path after making it, if it may become a workspace.

    Raises
    ------
    WrongUsage
        When it is a file, or a folder in which a workspace would be in the way.
    CourseError
        When the folder cannot be made.
    """
    folder = folder.absolute()
    if folder.exists() and not folder.is_dir():
        raise WrongUsage(f"{folder} is a file: name a folder with `--workspace`")
    real = folder.resolve()
    course = course_file("lessons").resolve()
    inside_course = any(real.is_relative_to(course.parent / name) for name in ("lessons", "solutions", "projects"))
    if real in (Path.home().resolve(), Path(real.anchor), course.parent) or inside_course:
        raise WrongUsage(f"{folder} is used for something else: name a folder of its own with `--workspace`")
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def lesson_file(workspace: Path, work: Lesson | Project) -> Path:
    """Return where a learner's notebook of a lesson or a project is."""
    return workspace / work.folder / f"{work.notebook}.ipynb"


def read_state(workspace: Path) -> dict[str, Any]:
    """Return what the workspace remembers, or an empty state where it cannot be read.

    The state has `lessons` (folder name to the `sha256` and `version` laid there), `projects` (name to the same),
    `start` (the fingerprint of the start page laid there), `glossary` and `cheat-sheet` (the sha256 of the page laid
    there) and `checked` (folder name to the outcome of the last check).
    """
    try:
        found = json.loads((workspace / _STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    state = found if isinstance(found, dict) else {}
    clean: dict[str, Any] = {"course": __version__, "damaged": not isinstance(found, dict)}
    clean |= {part: state.get(part) for part in ("start", *(name.removesuffix(".md") for name in AIDS))}
    for part in ("lessons", "projects", "checked"):
        entries = state.get(part)
        clean[part] = {k: v for k, v in entries.items() if isinstance(v, dict)} if isinstance(entries, dict) else {}
    return clean


def write_state(workspace: Path, state: dict[str, Any]) -> None:
    """Write what the workspace remembers, whole or not at all."""
    kept = {key: value for key, value in state.items() if key != "damaged"}
    replace_file(workspace / _STATE, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())


def lay_file(path: Path, content: bytes) -> bool:
    """Write a new file, whole or not at all; return False and change nothing where there is one already."""
    if os.path.lexists(path):
        return False
    with _beside(path, content) as written:
        try:
            os.link(written, path)  # unlike a rename, a link never replaces a file that came up meanwhile
        except FileExistsError:
            return False
        except OSError:  # a file system without links
            if os.path.lexists(path):
                return False
            written.rename(path)
    return True


def replace_file(path: Path, content: bytes) -> None:
    """Write one of the course's own files, whole or not at all."""
    with _beside(path, content) as written:
        written.replace(path)


@contextlib.contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """Write `content` to a file beside `path` and remove it afterwards if it is still there."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".course-", suffix=".part")
        written = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            written.chmod(0o666 & ~_umask())
            yield written
        finally:
            written.unlink(missing_ok=True)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write at `path` into one sentence."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CourseError(f"cannot write {path}: {reason}; choose another folder with `--workspace`") from error


def dated(path: Path, *, label: str = "") -> Path:
    """Return a free name beside `path` that holds the label and the present date and time."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    candidate = path.with_name(f"{path.stem}{label}-{stamp}{path.suffix}")
    number = 1
    while os.path.lexists(candidate):
        number += 1
        candidate = path.with_name(f"{path.stem}{label}-{stamp}-{number}{path.suffix}")
    return candidate


def read_notebook(path: Path) -> NotebookNode:
    """Return a notebook.

    Raises
    ------
    CourseError
        When there is none, or the file is no notebook.
    """
    import nbformat

    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise CourseError(f"{path} is missing: run `course lab` to get a fresh copy") from error
    except OSError as error:
        raise CourseError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CourseError(_no_notebook(path)) from error
    try:
        notebook: NotebookNode = nbformat.reads(text, as_version=4)
        for cell in notebook.cells:
            if not (isinstance(cell.source, str) and isinstance(cell.metadata, dict)):
                raise CourseError(_no_notebook(path))
    except Exception as error:  # nbformat raises many kinds for JSON that is not a notebook
        raise CourseError(_no_notebook(path)) from error
    return notebook


def _no_notebook(path: Path) -> str:
    lesson = path.parent.name
    return f"{path} isn't a notebook (damaged JSON): to start over and keep this file, run `course reset {lesson}`"


def sha256(content: bytes) -> str:
    """Return the checksum of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
