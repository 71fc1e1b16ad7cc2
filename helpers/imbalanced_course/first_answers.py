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

FILE = ".course/first-answers.json"
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
        noted = _read(lesson.parent)
        answers = noted.setdefault(lesson.name, {})
        if question not in answers:
            answers[question] = right
            _write(lesson.parent, noted)


def first_answers(workspace: Path, lesson: str) -> dict[str, bool]:
    """Return for each question of a lesson's folder that was answered whether the first answer was right, by task."""
    with contextlib.suppress(OSError, ValueError):
        return _read(workspace).get(lesson, {})
    return {}


def forget_first_answers(workspace: Path, lesson: str) -> None:
    """Forget them, because the lesson's questions are other ones now."""
    with contextlib.suppress(OSError, ValueError):
        noted = _read(workspace)
        if noted.pop(lesson, None):
            _write(workspace, noted)


def _read(workspace: Path) -> dict[str, dict[str, bool]]:
    """Return what is noted, nothing where that can't be read."""
    try:
        found: Any = json.loads((workspace / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    lessons = found.items() if isinstance(found, dict) else ()
    return {
        lesson: {question: right for question, right in answers.items() if isinstance(right, bool)}
        for lesson, answers in lessons
        if isinstance(answers, dict)
    }


def _write(workspace: Path, noted: dict[str, dict[str, bool]]) -> None:
    write_whole(workspace / FILE, json.dumps(noted, indent=1, sort_keys=True))
