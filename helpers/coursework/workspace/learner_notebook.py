"""A learner's notebook: where it is in the workspace, and reading it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coursework.lessons.catalogue import Lesson, Project
from imbalanced_course.errors import CourseError

if TYPE_CHECKING:
    from nbformat import NotebookNode


def lesson_file(workspace: Path, work: Lesson | Project) -> Path:
    """Return where a learner's notebook of a lesson or a project is."""
    return workspace / work.folder / f"{work.notebook}.ipynb"


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
