"""A lesson's tasks outside a notebook: its source, its known answers, and what a check says of one."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from coursework.authoring.answer_trial import TriedLesson, Verdict
from coursework.authoring.known_answers import KnownAnswer, read_known_answers
from coursework.lessons.catalogue import Lesson
from coursework.lessons.notebook import LessonTask, grade_id

ROOT = Path(__file__).parent.parent

tried = functools.cache(TriedLesson)


def source(lesson: Lesson) -> Any:
    """Return the lesson's source as a notebook."""
    return tried(lesson).notebook


def tasks(lesson: Lesson) -> dict[str, LessonTask]:
    """Return the tasks that a machine checks, by name."""
    return {name: task for name, task in tried(lesson).tasks.items() if not task.manual}


def cells(lesson: Lesson) -> dict[str, str]:
    """Return the text of each cell that has a `grade_id`."""
    return {grade_id(cell): cell.source for cell in source(lesson).cells if grade_id(cell)}


def known_answers(lesson: Lesson) -> list[KnownAnswer]:
    """Return the lesson's known answers; none where their file is missing."""
    path = lesson.answers_path
    return read_known_answers(path) if path.exists() else []


def outcome(lesson: Lesson, task: str, answer: str, seed: int = 0) -> Verdict:
    """Run an answer and its check as a notebook would; return what the check says."""
    return tried(lesson).verdicts(task, answer, [seed])[0]


def stub(lesson: Lesson, task: str) -> str:
    """Return the answer cell as it is released."""
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "# your code here", cells(lesson)[task], flags=re.DOTALL)
