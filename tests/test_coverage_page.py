"""docs/coverage.md names the tasks that there are: every one of every lesson, and no other."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from coursework.lessons.catalogue import Lesson, finished_lessons
from coursework.lessons.notebook import lesson_tasks, source_text

PAGE = (Path(__file__).resolve().parent.parent / "docs/coverage.md").read_text(encoding="utf-8")
each_lesson = pytest.mark.parametrize("lesson", finished_lessons(), ids=lambda lesson: lesson.name)


def place(lesson: Lesson) -> str:
    return f"solutions/{lesson.folder}/coverage.md"


def section(lesson: Lesson) -> str:
    """Return what the page says of a lesson."""
    found = [part for part in PAGE.split("\n## ") if part.startswith(f"Lesson {lesson.number} · ")]
    assert found, f"docs/coverage.md has no section of lesson {lesson.number}: run `course build --words`"
    return found[0]


def named_checks(lesson: Lesson) -> set[str]:
    """Return what stands as code in the column of checks, and the quick checks, whose names may stand in words."""
    column = " ".join(line.strip("| ").rpartition(" | ")[2] for line in section(lesson).splitlines()[4:])
    codes = {name.replace("_", "-") for name in re.findall(r"`([a-z0-9_-]+)`", column)}
    return codes | {f"quick-check-{number}" for number in re.findall(r"quick check (\d)", column)}


def notebook(lesson: Lesson) -> dict:
    return json.loads(lesson.solution_path.read_text(encoding="utf-8"))


@each_lesson
def test_every_task_is_named(lesson):
    unnamed = {task.name for task in lesson_tasks(notebook(lesson))} - named_checks(lesson)
    assert unnamed == set(), f"{place(lesson)}: write a row for each of these tasks; then `course build --words`"


@each_lesson
def test_every_name_is_a_task_or_a_name_that_its_check_reads(lesson):
    tasks = lesson_tasks(notebook(lesson))
    known = {task.name for task in tasks} | {name.replace("_", "-") for task in tasks for name in task.reads}
    unknown = named_checks(lesson) - known
    assert unknown == set(), f"{place(lesson)}: the lesson has no such tasks; then `course build --words`"


@each_lesson
def test_every_numbered_task_exists(lesson):
    text = "\n".join(source_text(cell) for cell in notebook(lesson)["cells"])
    known = set(re.findall(r"^### Task (\d+\.\d) ·", text, re.MULTILINE))
    unknown = set(re.findall(rf"(?<![\d.]){lesson.number}\.\d(?![\d.])", section(lesson))) - known
    assert unknown == set(), f"{place(lesson)}: the lesson has no tasks of these numbers; then `course build --words`"


def test_the_page_has_a_section_for_each_lesson_and_no_other():
    numbers = [int(number) for number in re.findall(r"^## Lesson (\d+) · ", PAGE, re.MULTILINE)]
    assert numbers == [lesson.number for lesson in finished_lessons()], "docs/coverage.md: run `course build --words`"
