"""Packing a learner's notebooks for hand-in: one zip a lesson, with nothing in it but the notebook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coursework.lessons.catalogue import finished_lessons, released_lessons
from coursework.workspace.folder import existing_workspace
from coursework.workspace.inventory_page import QUESTIONS_AGAIN, inventory_answers, inventory_name
from coursework.workspace.learner_notebook import lesson_file, read_notebook
from coursework.workspace.own_files import add_file, dated
from coursework.workspace.progress import LessonProgress, lesson_progress, saved_result
from coursework.workspace.state import read_state
from coursework.workspace.update import released_lesson
from imbalanced_course.errors import CourseError

if TYPE_CHECKING:
    from nbformat import NotebookNode

HAND_IN = "hand-in"


@dataclass(frozen=True)
class Packed:
    """One zip: the notebook in it, when that was saved, and what its saved results say."""

    zip: Path
    notebook: Path
    saved: datetime
    note: str


def pack_lessons(folder: Path | None, names: Iterable[str] = ()) -> list[str]:
    """Pack lessons and return in plain lines where each zip is and what its saved results say; see `pack`."""
    packed = pack(folder, names)
    lines = [line for one in packed for line in (f"Packed: {one.zip}", f"  {one.note}") if line.strip()]
    questions = questions_again(existing_workspace(folder), packed)
    return [*lines, f"{QUESTIONS_AGAIN}: {questions}"] if questions else lines


def questions_again(workspace: Path, packed: Iterable[Packed]) -> str:
    """Return the notebook of the twelve questions if they come next: the last lesson is packed, and they're open."""
    last = lesson_file(workspace, finished_lessons()[-1])
    again = any(one.notebook == last for one in packed) and not any(inventory_answers(workspace, "after"))
    return inventory_name("after") if again else ""


def pack(folder: Path | None, names: Iterable[str] = ()) -> list[Packed]:
    """Write `hand-in/<lesson>.zip` for each lesson named, or for all that are in the workspace.

    An earlier zip is kept; the new one then has a dated name. The notebook in it stands under its lesson's name, as
    in `03-metrics/metrics.ipynb`, so that it can be told apart whatever becomes of the zip's own name.

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
        raise CourseError(f"there is no lesson in {workspace} to hand in: run `course lab` to get them")
    notebooks = {lesson: read_notebook(lesson_file(workspace, lesson)) for lesson in lessons}
    packed, state = [], read_state(workspace)
    for lesson, notebook in notebooks.items():
        path = lesson_file(workspace, lesson)
        saved = datetime.fromtimestamp(path.stat().st_mtime)
        content = _zip(f"{lesson.folder}/{path.name}", path.read_bytes())
        target = workspace / HAND_IN / f"{lesson.folder}.zip"
        while not add_file(target, content):
            target = dated(workspace / HAND_IN / f"{lesson.folder}.zip")
        packed.append(Packed(target, path, saved, _note(lesson_progress(workspace, lesson, state), notebook)))
    return packed


def _note(progress: LessonProgress, notebook: NotebookNode) -> str:
    """Return what a learner should know before handing in, in a sentence, or nothing."""
    if not progress.checked and not any(saved_result(cell) for cell in notebook.cells):
        return f"No check in it has been run and saved. To see your points, run `course check {progress.lesson.name}`."
    if progress.points < progress.max_points:
        points = f"{progress.points:g} of {progress.max_points:g} points"
        return f"It had {points} when its checks last ran. You can hand it in again later."
    return ""


def _zip(name: str, content: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return memory.getvalue()
