"""A class in mid-term: hand-ins of the first edition are graded, and a person is asked where the tasks differ."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from conftest import need

from coursework.grading.engine import EngineSettings
from coursework.grading.lesson_plan import course_lesson
from coursework.grading.run import grade_folder
from coursework.lessons.catalogue import find_lesson
from coursework.lessons.notebook import lesson_tasks

FIRST_EDITION = sorted((Path(__file__).parent / "first_edition").glob("*.ipynb"))


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """What a learner gets for right answers to each lesson of the first edition."""
    need("bubblewrap")
    place = tmp_path_factory.mktemp("first")
    for path in FIRST_EDITION:
        lesson = find_lesson(path.stem.replace("_", "-"))
        (place / "in/ada" / lesson.folder).mkdir(parents=True)
        (place / "in/ada" / lesson.folder / path.name).write_bytes(path.read_bytes())
    grade_folder(place / "in", place / "out", EngineSettings(sandbox="bwrap"), workers=1)
    with (place / "out/grades.csv").open(newline="", encoding="utf-8") as file:
        return {row["lesson"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("path", FIRST_EDITION, ids=lambda path: path.stem)
def test_a_person_is_asked_and_told_which_tasks_differ(rows, path):
    lesson = find_lesson(path.stem.replace("_", "-"))
    row = rows[lesson.folder]
    assert row["status"] == "graded"
    theirs = {task.name: task.fingerprint for task in lesson_tasks(json.loads(path.read_text()))}
    ours = {task.name: task.fingerprint for task in course_lesson(lesson.folder).tasks}
    assert row["needs_review"] == str(theirs != ours)
    for name in theirs.keys() - ours.keys():
        assert name in row["reason"]


@pytest.mark.parametrize("path", FIRST_EDITION, ids=lambda path: path.stem)
def test_a_task_that_is_the_same_earns_the_same(rows, path):
    """Points are lost only with tasks that are gone or differ, and these a person looks at."""
    lesson = find_lesson(path.stem.replace("_", "-"))
    theirs = {task.name: task for task in lesson_tasks(json.loads(path.read_text()))}
    same = [
        task.points
        for task in course_lesson(lesson.folder).tasks
        if task.name in theirs and theirs[task.name].fingerprint == task.fingerprint and not task.manual
    ]
    assert float(rows[lesson.folder]["points"]) >= sum(same)
