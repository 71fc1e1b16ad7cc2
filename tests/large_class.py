"""A large class straight into a gradebook, without running anybody's answers: for tests of what reads gradebooks."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from coursework.grading.gradebook import Graded, GradeWriter
from coursework.lessons.catalogue import Lesson, written_lessons
from coursework.lessons.notebook import LessonTask, grade_id, is_answer, lesson_tasks, source_text

WHEN = datetime(2026, 1, 1, 12)
WORDS = (
    "the",
    "model",
    "finds",
    "few",
    "that",
    "matter",
    "because",
    "a",
    "miss",
    "costs",
    "more",
    "than",
    "an",
    "alarm",
)


def write_large_class(out: Path, *, students: int, seed: int = 0) -> None:
    """Write learners of all abilities into the gradebook of `out`, and their notebooks below `autograded`.

    A learner gets a task right with a probability that grows with ability and falls with the task's difficulty; some do
    not hand in, some files are broken, and learners 99, 199 … have the answers of the one before.
    """
    out.mkdir(parents=True)
    random = np.random.default_rng(seed)
    abilities = random.normal(1.5, 1.0, size=students)
    writer = GradeWriter(out)
    for lesson in written_lessons():
        writer.prepare(lesson)
        solution = json.loads(lesson.solution_path.read_text(encoding="utf-8"))
        tasks = lesson_tasks(solution)
        difficulties = random.normal(size=len(tasks))
        before: dict[str, str] = {}
        for number, ability in enumerate(abilities):
            student = f"learner-{number:04d}"
            if random.random() < 0.08:
                continue
            graded = _graded(random, student, lesson, tasks, ability - difficulties)
            writer.record(graded, WHEN)
            if graded.status == "graded":
                texts = before if number % 100 == 99 else {task.name: _prose(random) for task in tasks}
                _write_notebook(out, student, lesson, solution, texts)
                before = texts
    writer.close()


def _graded(
    random: np.random.Generator, student: str, lesson: Lesson, tasks: list[LessonTask], logits: np.ndarray
) -> Graded:
    most = sum(task.points for task in tasks)
    if random.random() < 0.01:
        reason = "the file is not a notebook: it is not valid JSON"
        return Graded(student, lesson.folder, status="flagged", reason=reason, max_points=most)
    graded = Graded(student, lesson.folder, sha256="a", max_points=most)
    untouched = random.random() < 0.03
    for task, logit in zip(tasks, logits, strict=True):
        if task.manual:
            graded.manual[task.name] = not untouched
            continue
        right = random.random() < 1 / (1 + np.exp(-logit))
        status = "not attempted" if untouched or random.random() < 0.1 else "right" if right else "wrong"
        result = _result(task, status, mistake=int(random.geometric(0.5)))
        graded.results.append(result)
        graded.auto_scores[task.check_id] = result["points"]
    return graded


def _result(task: LessonTask, status: str, *, mistake: int) -> dict[str, Any]:
    named = f"known mistake {mistake} of `{task.name}`" if status == "wrong" else None
    finding = {"name": "answer", "status": status, "message": named or status, "mistake": named}
    points = task.points if status == "right" else 0.0
    return {"task": task.name, "status": status, "points": points, "max_points": task.points, "findings": [finding]}


def _prose(random: np.random.Generator) -> str:
    return "\n".join(" ".join(random.choice(WORDS, size=30)) for _ in range(5))


def _write_notebook(out: Path, student: str, lesson: Lesson, solution: Any, texts: dict[str, str]) -> None:
    cells = []
    for cell in solution["cells"]:
        name = str(grade_id(cell))
        cells.append({**cell, "source": texts[name] if is_answer(cell) else source_text(cell), "outputs": []})
    path = out / "autograded" / student / lesson.folder / f"{lesson.notebook}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
