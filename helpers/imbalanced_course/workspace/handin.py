"""Packing a learner's notebooks for hand-in: one zip a lesson, with nothing in it but the notebook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from imbalanced_course.catalogue import released_lessons
from imbalanced_course.errors import CourseError
from imbalanced_course.workspace.place import dated, existing_workspace, lay_file, lesson_file, read_notebook
from imbalanced_course.workspace.run import saved_result
from imbalanced_course.workspace.update import released_lesson

HAND_IN = "hand-in"


def pack_lessons(folder: Path | None, names: Iterable[str] = ()) -> list[str]:
    """Write `hand-in/<lesson>.zip` for each lesson named, or for all that are in the workspace.

    An earlier zip is kept; the new one then has a dated name. The notebook in it stands under its lesson's name, as
    in `03-metrics/metrics.ipynb`, so that it can be told apart whatever becomes of the zip's own name.

    Returns
    -------
    list of str
        Where each zip is, and what its notebook's saved results say, in plain lines.

    Raises
    ------
    CourseError
        When the folder is no workspace, or a notebook is missing or damaged; nothing is packed then.
    """
    workspace = existing_workspace(folder)
    lessons = list(dict.fromkeys(released_lesson(name) for name in names))
    if not lessons:
        lessons = [lesson for lesson in released_lessons() if lesson_file(workspace, lesson).exists()]
    if not lessons:
        raise CourseError(f"there is no lesson in {workspace} to hand in: `course lab` puts them there")
    notebooks = {lesson: read_notebook(lesson_file(workspace, lesson)) for lesson in lessons}
    lines = []
    for lesson, notebook in notebooks.items():
        path = lesson_file(workspace, lesson)
        packed = _zip(f"{lesson.folder}/{path.name}", path.read_bytes())
        target = workspace / HAND_IN / f"{lesson.folder}.zip"
        while not lay_file(target, packed):
            target = dated(workspace / HAND_IN / f"{lesson.folder}.zip")
        lines.append(f"Packed: {target}")
        results = [saved_result(cell) for cell in notebook.cells]
        unsure = [result for result in results if result and result.get("max_points")]
        open_tasks = sum(result.get("status") != "right" for result in unsure)
        if not unsure:
            lines.append(f"  No check in it has been run and saved; `course check {lesson.name}` tells your points.")
        elif open_tasks:
            lines.append(f"  {open_tasks} of its tasks were not right when it was saved; you can hand in again later.")
    return lines


def _zip(name: str, content: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return memory.getvalue()
