"""A lesson's tasks outside a notebook: its set-up, one answer, and what the check says of it."""

from __future__ import annotations

import functools
import io
import re
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import jupytext

from imbalanced_course.authoring.known_answers import KnownAnswer, read_known_answers
from imbalanced_course.catalogue import Lesson
from imbalanced_course.lesson_notebook import LessonTask, grade_id, grader_metadata, lesson_tasks

ROOT = Path(__file__).parent.parent


@functools.cache
def source(lesson: Lesson) -> Any:
    """Return the lesson's source as a notebook."""
    return jupytext.read(ROOT / lesson.source_path, fmt="py:percent")


@functools.cache
def tasks(lesson: Lesson) -> dict[str, LessonTask]:
    """Return the tasks that a machine checks, by name."""
    return {task.name: task for task in lesson_tasks(source(lesson)) if not task.manual}


@functools.cache
def cells(lesson: Lesson) -> dict[str, str]:
    """Return the text of each cell that has a `grade_id`."""
    return {grade_id(cell): cell.source for cell in source(lesson).cells if grade_id(cell)}


def known_answers(lesson: Lesson) -> list[KnownAnswer]:
    """Return the lesson's known answers; none where their file is missing."""
    path = ROOT / "tests" / "answers" / f"{lesson.notebook}.py"
    return read_known_answers(path) if path.exists() else []


@functools.cache
def _set_up(lesson: Lesson) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for cell in source(lesson).cells:
        metadata = grader_metadata(cell)
        if metadata.get("locked") and not metadata.get("grade") and cell.cell_type == "code":
            exec(cell.source, names)
    return names


def outcome(lesson: Lesson, task: str, answer: str) -> tuple[Any, str]:
    """Run an answer and its check as a notebook would; return the check's result and what stood on standard error."""
    names = dict(_set_up(lesson))
    exec(compile(answer, f"<{task}>", "exec"), names)
    *imports, call = cells(lesson)[f"{task}-check"].rsplit("\n\n", 1)
    errors = io.StringIO()
    with redirect_stderr(errors):
        exec("".join(imports), names)
        result = eval(call, names)
    return result, errors.getvalue()


def stub(lesson: Lesson, task: str) -> str:
    """Return the answer cell as it is released."""
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "# your code here", cells(lesson)[task], flags=re.DOTALL)
