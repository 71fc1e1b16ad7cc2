"""Trying answers against a lesson's checks, as a notebook would run them and as the grader does."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import random
import sys
import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coursework.authoring.known_answers import KnownAnswer
from coursework.grading.checker import run_check
from coursework.grading.lesson_plan import LessonParts, lesson_parts, plan
from coursework.grading.taking import take
from coursework.lessons.catalogue import Lesson
from coursework.lessons.notebook import LessonTask, grade_id, source_text
from imbalanced_course.cell_record import cells_of
from imbalanced_course.checks.fresh_seed import SEED_VARIABLE
from imbalanced_course.errors import CourseError


@dataclass(frozen=True)
class Verdict:
    """What a check says of an answer; `seed` is that of its fresh inputs, `noise` what it let through to the screen."""

    status: str
    points: float
    message: str
    seed: int = 0
    noise: str = ""

    def fault(self, answer: KnownAnswer, most: float) -> str | None:
        """Return in one sentence what is false about this verdict, None where it's the one that is deserved."""
        if answer.kind == "right":
            return None if self.status == "right" and self.points == most else "A right answer earns all points."
        if self.status == "right":
            return "A wrong answer passes as a right one."
        if answer.points is not None and self.points > answer.points:
            return f"It should earn at most {answer.points:g}."
        if answer.message is not None and answer.message.casefold() not in self.message.casefold():
            return f"The message doesn't say: {answer.message}"
        return None


class TriedLesson:
    """A lesson against whose checks answers are tried; its setup cells run once.

    Parameters
    ----------
    lesson : Lesson
        A written lesson; where its source is at hand, it needn't be built.
    """

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.notebook = _notebook(lesson)
        self.parts: LessonParts = lesson_parts(lesson.folder, self.notebook)
        self.tasks: dict[str, LessonTask] = {task.name: task for task in self.parts.tasks}
        self._set_up: dict[str, Any] | None = None

    def cell(self, name: str) -> str:
        """Return the text of the cell with this `grade_id`."""
        return next(source_text(cell) for cell in self.notebook["cells"] if grade_id(cell) == name)

    def steps(self, task: str, code: str) -> list[dict[str, Any]]:
        """Return what runs for one answer: what comes before it in the lesson as far as it's needed, and its check."""
        metadata = next(cell["metadata"] for cell in self.notebook["cells"] if grade_id(cell) == task)
        answer = {"cell_type": "code", "metadata": metadata, "source": code}
        made = plan(self.parts, take(self.parts, {"cells": [answer], "metadata": {}})).steps
        end = [step["name"] for step in made].index(self.tasks[task].check_id)
        return [step for step in made[:end] if step["kind"] == "run"] + [made[end]]

    def verdicts(self, task: str, code: str, seeds: Iterable[int] = (0,)) -> list[Verdict]:
        """Run an answer in this process, after the setup cells, and its check for each seed."""
        steps, names = self.steps(task, code), self._names()
        found = []
        with _apart():
            with _seeded(0):
                for step in steps[:-1]:
                    _run(step["source"], names)
            for seed in seeds:
                noise = io.StringIO()
                with _seeded(seed), contextlib.redirect_stderr(noise), contextlib.redirect_stdout(noise):
                    result = run_check(steps[-1]["source"], names)
                found.append(Verdict(result.status, result.points, str(result), seed, noise.getvalue()))
        return found

    def _names(self) -> dict[str, Any]:
        if self._set_up is None:
            names: dict[str, Any] = {"__name__": "__main__"}
            with _seeded(0), _apart():
                for source in self.parts.setup:
                    exec(source, names)
            self._set_up = names
        return {name: _copied(value) for name, value in self._set_up.items()}


def graded_verdicts(tried: TriedLesson, answers: Sequence[KnownAnswer]) -> Iterator[Verdict]:
    """Yield the verdict of the sandboxed grader on each answer.

    Raises
    ------
    CourseError
        When there is no sandbox on this machine.
    """
    from coursework.grading.engine import Engine, EngineFailure, EngineSettings
    from coursework.grading.sandbox import choose_sandbox

    engine = Engine(EngineSettings(sandbox=choose_sandbox("auto")))
    setup = list(tried.parts.setup)
    try:
        for answer in answers:
            steps = tried.steps(answer.task, answer.code)
            try:
                came = engine.grade({"lesson": tried.lesson.folder, "setup": setup, "steps": steps})
            except EngineFailure as error:
                raise CourseError(f"{answer.task}, {answer.name!r}: the grader stopped ({error})") from None
            result = came["steps"][-1]["result"]
            lines = [f"{finding['name']}: {finding['message']}" for finding in result["findings"]]
            yield Verdict(result["status"], result["points"], "\n".join([result["headline"], *lines]))
    finally:
        engine.close()


def _notebook(lesson: Lesson) -> Any:
    if lesson.source_path.exists():
        import jupytext

        return jupytext.read(lesson.source_path, fmt="py:percent")
    return json.loads(lesson.solution_path.read_text(encoding="utf-8"))


def _run(source: str, names: dict[str, Any]) -> None:
    """Run a cell; what stops it is noted, as a notebook's kernel does."""
    error = None
    try:
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "<answer>", "exec"), names)
    except (Exception, SystemExit) as stopped:
        error = stopped
    cells_of(names).note(source, error)


@contextlib.contextmanager
def _seeded(seed: int) -> Iterator[None]:
    before = os.environ.get(SEED_VARIABLE)
    os.environ[SEED_VARIABLE] = str(seed)
    random.seed(0)
    np.random.seed(0)
    try:
        yield
    finally:
        if before is None:
            del os.environ[SEED_VARIABLE]
        else:
            os.environ[SEED_VARIABLE] = before


@contextlib.contextmanager
def _apart() -> Iterator[None]:
    """Draw into no window, and leave no figure behind."""
    import matplotlib

    matplotlib.use("agg")
    try:
        yield
    finally:
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")


def _copied(value: Any) -> Any:
    if isinstance(value, (types.ModuleType, types.FunctionType, type)):
        return value
    try:
        return copy.deepcopy(value)
    except Exception:  # what can't be copied is no data that an answer changes
        return value
