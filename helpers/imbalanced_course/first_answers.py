"""A learner's first answer to each question of the quick check: that one counts in the score shown, later ones don't.

A saved notebook holds only the last answer. So its check notes the first one in the workspace, the moment it is
judged there: in JupyterLab or by `course check`. Where a notebook lies in no workspace, nothing is noted.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from imbalanced_course.files import write_whole

# A file for each lesson, because `course check` runs several at once.
FOLDER = ".course/first-answers"
_MARK = ".course/state.json"  # what makes a folder a workspace
_SOLUTION = "-solution.ipynb"


def note_first_answer(question: str, *, right: bool) -> None:
    """Note whether the first answer was right, if the current folder is a lesson's in a workspace.

    It never fails: a folder that can't be written only loses the note.

    Parameters
    ----------
    question : str
        The name of the question's task, as in `quick-check-1`.
    right : bool
        Whether the answer is right.
    """
    with contextlib.suppress(OSError, ValueError):
        lesson = Path.cwd()
        if not (lesson.parent / _MARK).is_file() or os.environ.get("JPY_SESSION_NAME", "").endswith(_SOLUTION):
            return
        noted = _read(lesson.parent, lesson.name)
        if question not in noted:
            noted[question] = right
            write_whole(_file(lesson.parent, lesson.name), json.dumps(noted, indent=1, sort_keys=True))


def first_answers(workspace: Path, lesson: str) -> dict[str, bool]:
    """Return for each question of a lesson's folder that was answered whether the first answer was right, by task."""
    return _read(workspace, lesson)


def forget_first_answers(workspace: Path, lesson: str) -> None:
    """Forget them, because the lesson's questions are other ones now."""
    with contextlib.suppress(OSError):
        _file(workspace, lesson).unlink(missing_ok=True)


def _read(workspace: Path, lesson: str) -> dict[str, bool]:
    """Return what is noted, nothing where that can't be read."""
    try:
        found: Any = json.loads(_file(workspace, lesson).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    answers = found.items() if isinstance(found, dict) else ()
    return {question: right for question, right in answers if isinstance(right, bool)}


def _file(workspace: Path, lesson: str) -> Path:
    return workspace / FOLDER / f"{lesson}.json"
