"""A course of two tiny lessons in a folder of its own, for tests of what happens around the lessons."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from imbalanced_course.course_files import course_file

SETUP = "import numpy as np"
CHECK = """\
from imbalanced_course.checks import answers
from imbalanced_course.checks.compare import value
from imbalanced_course.checks.task import task

check = task({name!r}, points={points})(lambda {value}: [value({value!r}, {value}, {right})])
check(*answers({value!r}))"""

# name of the task, its points, the name that its answer sets, the right value
TASKS = (
    ("recall", 4, "recall", 0.5),
    ("precision", 6, "precision", 0.25),
    ("more-recall", 0, "more_recall", 0.75),
    ("quick-check-1", 0, "quick_check_1", 3),
)
TOLD = """\
title = "{title}"
question = "What does {name} ask?"
can = "You can now do {name}."
"""


def make_course(folder: Path, *, version: str = "1.0", lessons: tuple[str, ...] = ("03-metrics",)) -> Path:
    """Write `lessons/` and `solutions/` of the named lessons below `folder`."""
    for lesson in lessons:
        name = lesson.split("-", 1)[1].replace("-", "_")
        for part in ("lessons", "solutions"):
            place = folder / part / lesson
            place.mkdir(parents=True, exist_ok=True)
            content = lesson_notebook(lesson, version=version, solved=part == "solutions")
            (place / f"{name}.ipynb").write_text(json.dumps(content))
        (folder / "solutions" / lesson / f"{name}.py").write_text("# source\n")
        (folder / "solutions" / lesson / "lesson.toml").write_text(TOLD.format(title=name.capitalize(), name=name))
    return folder


def lesson_notebook(lesson: str, *, version: str = "1.0", solved: bool = False) -> dict[str, Any]:
    cells = [_markdown("title", f"# {lesson}\n\nIt takes 20 to 30 minutes."), _code("setup", SETUP, locked=True)]
    for name, points, value, right in TASKS:
        check = CHECK.format(name=name, points=points, value=value, right=right)
        if version != "1.0":
            check += f"  # {version}"
        cells.append(_code(name, f"{value} = {right if solved else '...'}", solution=True))
        cells.append(_code(f"{name}-check", check, locked=True, grade=True, points=points))
    cells.append(_code("essay", "# your words", solution=True, grade=True, points=5))
    tasks = {name: f"{name} {version}" for name, *_ in (*TASKS, ("essay",))}
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "imbalanced_course": {"lesson": lesson, "version": version, "tasks": tasks},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def make_class(course: Path, students: int) -> Path:
    """Give a course what grading needs, and `submitted/` with work of every quality, the sixth of it broken."""
    (course / "datasets").mkdir(exist_ok=True)
    shutil.copy(course_file("nbgrader_config.py"), course)
    for number in range(students):
        path = course / f"submitted/student-{number:02d}/03-metrics/metrics.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(lesson_notebook("03-metrics", solved=number % 2 == 0)))
        if number % 3 == 0:
            edit(path, {"recall": "recall = 0.4", "essay": "Of those who are ill, the share that was found."})
        if number == 5:
            path.write_text("{")
    return course


def edit(path: Path, changes: dict[str, str | None]) -> None:
    """Give the cells with these grade_ids a new source, or delete them where it is None."""
    notebook = json.loads(path.read_text())
    notebook["cells"] = [
        {**cell, "source": changes.get(cell["id"], cell["source"])}
        for cell in notebook["cells"]
        if changes.get(cell["id"], "") is not None
    ]
    path.write_text(json.dumps(notebook))


def _markdown(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def _code(name: str, source: str, **nbgrader: Any) -> dict[str, Any]:
    flags = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    metadata = {"nbgrader": {**flags, **nbgrader, "grade_id": name}}
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
