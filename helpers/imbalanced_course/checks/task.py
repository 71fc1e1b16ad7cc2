"""How a check is declared, how it reads the answer's names, and where its fresh inputs come from."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import sys
import warnings
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from imbalanced_course.checks.result import Finding, Result

SEED_VARIABLE = "IMBALANCED_COURSE_SEED"


class _Missing:
    """Stands for a name that the answer should have set and did not."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()


def answers(*names: str) -> tuple[Any, ...]:
    """Return the notebook's values of `names`, in their order; `MISSING` for a name that is not defined.

    Reading them this way, rather than by writing the bare names, lets a check say "not defined" in a sentence
    where Python would stop with a NameError.
    """
    namespace = sys._getframe(1).f_globals
    return tuple(namespace.get(name, MISSING) for name in names)


@dataclass(frozen=True)
class Task:
    """One task as the checks know it: `name` is its `grade_id` in the lesson."""

    name: str
    points: float
    check: Callable[..., Result]


def task(name: str, *, points: float) -> Callable[[Callable[..., Iterable[Finding]]], Callable[..., Result]]:
    """Make a check of a function that takes the answer's values and returns findings.

    The check never raises, and lets nothing that the answer prints or warns through: stock nbgrader would take
    points for text on standard error.

    Parameters
    ----------
    name : str
        The `grade_id` of the task's answer cell.
    points : float
        The most that the task can earn; 0 for bonus tasks and quiz questions.
    """

    def declare(find: Callable[..., Iterable[Finding]]) -> Callable[..., Result]:
        @functools.wraps(find)
        def check(*values: Any, **named: Any) -> Result:
            with quiet():
                try:
                    findings = tuple(find(*values, **named))
                except Exception as error:
                    # An answer can be any object; one that breaks the comparison itself is a wrong answer.
                    findings = (Finding("answer", "wrong", f"could not be checked ({type(error).__name__})."),)
            return Result(name, findings, points)

        check.task = Task(name, float(points), check)  # type: ignore[attr-defined]
        return check

    return declare


@contextlib.contextmanager
def quiet():
    """Swallow what is printed, warned or shown by code that a check calls."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


def fresh_generator(task_name: str) -> np.random.Generator:
    """Return the random generator for a task's fresh inputs.

    The seed is that of `course grade --seed` while grading and 0 otherwise, mixed with the task's name, so that
    no two tasks draw the same numbers.
    """
    seed = int(os.environ.get(SEED_VARIABLE, "0"))
    return np.random.default_rng([seed, zlib.crc32(task_name.encode())])
