"""How a check is declared, how it reads the answer's names, and where its fresh inputs come from."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import signal
import sys
import threading
import time
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from imbalanced_course.cell_record import cells_of
from imbalanced_course.checks.fresh_seed import SEED_VARIABLE
from imbalanced_course.checks.result import Finding, Result
from imbalanced_course.first_answers import note_first_answer
from imbalanced_course.normal_form import MISSING, Stopped, Unreadable, normal, read_name
from imbalanced_course.used_time import MOST_WALL, UsedTime

__all__ = [
    "MISSING",
    "SECONDS_A_CHECK",
    "Task",
    "TookTooLong",
    "answers",
    "fresh_generator",
    "quiet",
    "task",
]

# A check takes milliseconds; an answer that has used this long will not end.
SECONDS_A_CHECK = 20.0
_LOOK_SECONDS = 0.5


class TookTooLong(BaseException):
    """Raised inside an answer that does not come back; no `Exception`, so that an answer's own `except` lets it by."""


def answers(*names: str) -> tuple[Any, ...]:
    """Return the notebook's values of `names` in normal form, in their order.

    The normal form is what every check sees: data of few types, and stand-ins for functions, models, and figures.

    Parameters
    ----------
    *names : str
        Names that the answer cell sets.

    Returns
    -------
    tuple
        One value per name. A name that isn't defined is `MISSING`, where Python would stop with a NameError. One that
        the last cell to set it didn't finish is `Stopped`, whatever it was before. A value that can't be read is
        `Unreadable`.

    See Also
    --------
    imbalanced_course.normal_form.normal : Makes the normal form of a single value.

    Examples
    --------
    >>> from imbalanced_course.checks import answers
    >>> precision = 0.25
    >>> answers("precision", "recall")
    (0.25, MISSING)
    """
    namespace = sys._getframe(1).f_globals
    with quiet():
        return tuple(_answer(namespace, name) for name in names)


def _answer(namespace: dict[str, Any], name: str) -> Any:
    reason = cells_of(namespace).unfinished(name)
    if reason is not None:
        return Stopped(reason)
    try:
        with _time_limit(SECONDS_A_CHECK):
            return normal(read_name(namespace, name))
    except TookTooLong:
        return Unreadable("it took too long: does a loop never end?")


@dataclass(frozen=True)
class Task:
    """One task as the checks know it: `name` is its `grade_id` in the lesson."""

    name: str
    points: float
    check: Callable[..., Result]


def task(
    name: str, *, points: float, hints: bool = True, consequence: str = "", stopped: Mapping[str, str] | None = None
) -> Callable[[Callable[..., Iterable[Finding]]], Callable[..., Result]]:
    """Make a check of a function that takes the answer's values and returns findings.

    The check never raises, and lets nothing that the answer prints, warns, displays or draws through: stock nbgrader
    would take points for text on standard error. Only the learner's own interrupt passes.

    Parameters
    ----------
    name : str
        The `grade_id` of the task's answer cell.
    points : float
        The most that the task can earn; 0 for bonus tasks and quiz questions.
    hints : bool
        Whether the task has hints to point to; a multiple-choice question has none, and its first answer is noted.
    consequence : str
        What follows from a right answer, in a sentence or two that the learner reads when all is right.
    stopped : mapping of str to str, optional
        Advice for an answer cell that stopped, by a part of its error.
    """

    def declare(find: Callable[..., Iterable[Finding]]) -> Callable[..., Result]:
        @functools.wraps(find)
        def check(*values: Any, **named: Any) -> Result:
            try:
                with quiet(), _time_limit(SECONDS_A_CHECK):
                    findings = _stopped([*values, *named.values()], stopped or {}) or tuple(find(*values, **named))
            except KeyboardInterrupt:
                raise
            except TookTooLong:
                findings = (Finding("answer", "wrong", "took too long to check: does a loop never end?"),)
            except BaseException as error:
                # An answer can be any object; one that breaks the comparison itself is a wrong answer.
                findings = (Finding("answer", "wrong", f"could not be checked ({type(error).__name__})."),)
            result = Result(name, findings, points, hints, consequence)
            if not hints and (result.status == "right" or any(finding.mistake for finding in findings)):
                note_first_answer(name, right=result.status == "right")
            return result

        check.task = Task(name, float(points), check)  # type: ignore[attr-defined]
        return check

    return declare


def _stopped(values: Iterable[Any], advice: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return the finding that an answer cell stopped, if one did: what it set before is not judged."""
    reasons = [value.reason for value in values if isinstance(value, Stopped)]
    if not reasons:
        return ()
    end = "" if reasons[0].endswith((".", "?", "!", "…")) else "."
    told = next((sentence for part, sentence in advice.items() if part in reasons[0]), "Fix it and run it again.")
    return (Finding("answer", "wrong", f"The answer cell {reasons[0]}{end} {told}"),)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Swallow what is printed, warned, displayed or drawn by code that a check calls."""
    with contextlib.ExitStack() as stack:
        # Only when IPython and matplotlib are there already: a check does not load them.
        if "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None:
            from IPython.utils.capture import capture_output

            stack.enter_context(capture_output())
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(_no_new_figures())
        yield


@contextlib.contextmanager
def _no_new_figures() -> Iterator[None]:
    before = set(_figures())
    try:
        yield
    finally:
        for number in set(_figures()) - before:
            sys.modules["matplotlib.pyplot"].close(number)


def _figures() -> list[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return list(pyplot.get_fignums()) if pyplot else []


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `TookTooLong` in the block when it has used `seconds`, where the platform can and nobody else keeps time.

    On a machine that stands still all the while, it is raised after `MOST_WALL` times as long.
    """
    in_main_thread = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not in_main_thread or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return
    clock = UsedTime(lambda: ["self"])
    begin = expected = time.monotonic()

    def look(*_: Any) -> None:
        nonlocal expected
        now = time.monotonic()
        clock.look(late=max(0.0, now - expected - _LOOK_SECONDS))
        expected = now
        if clock.since(begin)[0] >= seconds or now - begin >= MOST_WALL * seconds:
            raise TookTooLong  # again at each look, for an answer that catches even this

    previous = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, min(seconds, _LOOK_SECONDS), _LOOK_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def fresh_generator(task_name: str) -> np.random.Generator:
    """Return the random generator for a task's fresh inputs.

    The seed is that of `course grade --seed` while grading and 0 otherwise, mixed with the task's name, so that
    no two tasks draw the same numbers.
    """
    seed = int(os.environ.get(SEED_VARIABLE, "0"))
    return np.random.default_rng([seed, zlib.crc32(task_name.encode())])
