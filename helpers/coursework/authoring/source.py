"""Read the hand-written text of a lesson or a project into a notebook that comes out the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursework.grading.names_used import may_use
from coursework.lessons.catalogue import Lesson, Project
from coursework.lessons.notebook import (
    COURSE_KEY,
    PYTHON,
    LessonTask,
    content_id,
    grade_id,
    is_answer,
    lesson_tasks,
    source_text,
)
from imbalanced_course.errors import CourseError

if TYPE_CHECKING:
    from nbformat import NotebookNode

_KEPT_METADATA = {"kernelspec", COURSE_KEY}


def read_source(lesson: Lesson) -> NotebookNode:
    """Return the lesson's source as a notebook without outputs.

    Cell ids are set from the `grade_id`, else from the cell's text, because jupytext draws new ones at each
    conversion.

    Raises
    ------
    CourseError
        When the source names another lesson, repeats a `grade_id`, an answer and its check do not fit, or an answer
        uses another task's.
    """
    notebook = _as_notebook(lesson.source_path)
    course = dict(notebook.metadata.get(COURSE_KEY, {}))
    if course.get("lesson") != lesson.folder or not course.get("version"):
        raise CourseError(f"{_place(lesson)}: its header must name lesson {lesson.folder!r} and a version")
    try:
        tasks = lesson_tasks(notebook)
    except (ValueError, SyntaxError) as error:
        raise CourseError(f"{_place(lesson)}: {error}") from error
    named = [name for cell in notebook.cells if (name := grade_id(cell))]
    repeated = sorted({name for name in named if named.count(name) > 1})
    if repeated:
        raise CourseError(f"{_place(lesson)}: these grade_ids appear twice: {', '.join(repeated)}")
    _require_answers_by_themselves(notebook, tasks, _place(lesson))

    notebook.metadata[COURSE_KEY] = {**course, "tasks": {task.name: task.fingerprint for task in tasks}}
    return notebook


def read_project(project: Project, *, solution: bool = False) -> NotebookNode:
    """Return a project's source, or the text of its reference solution, as a notebook without outputs.

    Raises
    ------
    CourseError
        When the text names another project, or holds cells for nbgrader: projects are not graded.
    """
    path = project.solution_path if solution else project.source_path
    notebook = _as_notebook(path)
    course = notebook.metadata.get(COURSE_KEY, {})
    if course.get("project") != project.name or not course.get("version"):
        raise CourseError(f"{path.name}: its header must name project {project.name!r} and a version")
    if any("nbgrader" in cell.metadata for cell in notebook.cells):
        raise CourseError(f"{path.name}: a project holds no cells for nbgrader")
    return notebook


def _require_answers_by_themselves(notebook: NotebookNode, tasks: Sequence[LessonTask], place: str) -> None:
    """A learner whose first answer is wrong must be able to get the second one right."""
    reads = {task.name: task.reads for task in tasks if not task.manual}
    for cell in notebook.cells:
        own = reads.get(str(grade_id(cell)))
        if own is None or not is_answer(cell):
            continue
        others = {name: task for task, names in reads.items() for name in names if name not in own}
        used = [name for name in others if may_use(cell.source, frozenset([name]))]
        if used:
            raise CourseError(
                f"{place}: the answer of {grade_id(cell)} uses {used[0]}, the answer of {others[used[0]]}; each answer "
                "must work by itself, so compute it again, or give it in a locked cell"
            )


def _as_notebook(path: Path) -> NotebookNode:
    import jupytext

    notebook: NotebookNode = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    _set_ids(notebook)
    notebook.metadata = type(notebook.metadata)({k: v for k, v in notebook.metadata.items() if k in _KEPT_METADATA})
    notebook.metadata["language_info"] = PYTHON
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def _set_ids(notebook: Any) -> None:
    used: dict[str, int] = {}
    for cell in notebook.cells:
        cell.metadata.pop("lines_to_next_cell", None)
        base = grade_id(cell) or content_id(source_text(cell))
        used[base] = used.get(base, 0) + 1
        cell["id"] = base if used[base] == 1 else f"{base}-{used[base]}"


def _place(lesson: Lesson) -> str:
    return f"solutions/{lesson.folder}/{lesson.source_path.name}"
