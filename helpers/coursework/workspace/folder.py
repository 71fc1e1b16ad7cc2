"""Which folder is the learner's workspace, and which may become one."""

from __future__ import annotations

from pathlib import Path

from coursework.workspace.own_files import writing
from imbalanced_course.course_files import course_file
from imbalanced_course.errors import WrongUsage

DEFAULT_NAME = "my-lessons"
OWN_FOLDER = ".course"
STATE_FILE = f"{OWN_FOLDER}/state.json"  # what makes a folder a workspace


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
    return (folder / STATE_FILE).is_file()


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
