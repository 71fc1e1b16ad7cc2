"""What `course check` said of a notebook the last time: it holds while nothing that could change it has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import coursework
import imbalanced_course
from coursework.lessons.catalogue import Lesson
from coursework.workspace.learner_notebook import lesson_file
from coursework.workspace.outcome import LessonOutcome, TaskOutcome

_LASTING = ("right", "not attempted")
_LIBRARIES = ("numpy", "pandas", "scikit-learn", "imbalanced-learn")


def fingerprint(workspace: Path, lesson: Lesson) -> str:
    """Return a checksum of all that a check rests on: the notebook, what lies beside it, the release, and the code."""
    path = lesson_file(workspace, lesson)
    seen = hashlib.sha256()
    for file in (path, lesson.release_path):
        seen.update(hashlib.sha256(file.read_bytes()).digest() if file.is_file() else b"none")
    seen.update(repr([version(name) for name in _LIBRARIES]).encode())
    beside = [file for file in _files(path.parent, "*") if file != path]
    code = [file for package in (imbalanced_course, coursework) for file in _files(Path(package.__path__[0]), "*.py")]
    for file in beside + code:
        about = file.stat()
        seen.update(repr((str(file), about.st_size, about.st_mtime_ns)).encode())
    return seen.hexdigest()


def as_remembered(outcome: LessonOutcome, seen: str) -> dict[str, Any]:
    """Return an outcome as JSON holds it; without what is wrong, because that may pass, as a lack of memory does."""
    if any(task.status not in _LASTING for task in outcome.tasks if task.kind != "manual"):
        return {}
    return {"seen": seen, "tasks": [asdict(task) for task in outcome.tasks], "note": outcome.note}


def remembered(known: Mapping[str, Any] | None, lesson: Lesson, seen: str) -> LessonOutcome | None:
    """Return the outcome that the workspace remembers, if it is of the same state of things."""
    if not known or known.get("seen") != seen:
        return None
    try:
        return LessonOutcome(lesson, tuple(TaskOutcome(**task) for task in known["tasks"]), note=known["note"])
    except (KeyError, TypeError):
        return None


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    """Yield the files below a folder in order, without hidden ones and what Python keeps of a module."""
    for file in sorted(folder.rglob(pattern)) if folder.is_dir() else ():
        hidden = any(part.startswith(".") or part == "__pycache__" for part in file.relative_to(folder).parts)
        if not hidden and file.is_file():
            yield file
