"""What of a submission is run: its own cells always, the lesson's illustrations only where they could matter."""

from __future__ import annotations

import json
from typing import Any

import pytest

from imbalanced_course.catalogue import find_lesson, written_lessons
from imbalanced_course.grading.lesson_plan import LessonParts, course_lesson, plan
from imbalanced_course.grading.taking import take
from imbalanced_course.lesson_notebook import source_text

LESSONS = [lesson.folder for lesson in written_lessons()]


def parts_of(name: str) -> LessonParts:
    return course_lesson(name)


def released(name: str) -> dict[str, Any]:
    return json.loads(find_lesson(name).release_path.read_text(encoding="utf-8"))


def steps_of(name: str, submission: dict[str, Any]) -> list[dict[str, Any]]:
    parts = parts_of(name)
    return plan(parts, take(parts, submission)).steps


def run_of_ours(name: str, submission: dict[str, Any]) -> set[str]:
    """Return the sources that are run for a submission and stand as they are in a code cell of ours."""
    ours = {source_text(cell) for cell in released(name)["cells"] if cell["cell_type"] == "code"}
    return {step["source"] for step in steps_of(name, submission) if step["kind"] == "run"} & ours


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("solved", [False, True], ids=["untouched", "solved"])
def test_no_illustration_is_run_for_who_does_only_what_the_tasks_ask(name, solved):
    submission = json.loads(find_lesson(name).solution_path.read_text(encoding="utf-8")) if solved else released(name)
    answers = {step["source"] for step in steps_of(name, submission) if step["name"] in tasks_of(name)}
    assert run_of_ours(name, submission) <= answers


@pytest.mark.parametrize("name", LESSONS)
def test_illustrations_are_run_for_who_uses_one_of_their_names(name):
    submission = released(name)
    used = sorted(parts_of(name).shown_names)[0]
    submission["cells"].append({"cell_type": "code", "id": "own", "metadata": {}, "source": f"print({used})"})
    assert run_of_ours(name, submission) > run_of_ours(name, released(name))


def tasks_of(name: str) -> set[str]:
    return {task.name for task in parts_of(name).tasks}
