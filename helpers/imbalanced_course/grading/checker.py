"""The trusted process: goes through a lesson step by step, lets answers run elsewhere, and judges what comes back.

It is started by `engine.py`, inside a sandbox of its own, and reads one job a line from standard input.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import json
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from imbalanced_course.answering.isolation import drop_root
from imbalanced_course.checks.result import Finding, Result
from imbalanced_course.checks.task import SECONDS_A_CHECK
from imbalanced_course.grading.answer_process import AnswerEnded, AnswerProcess, LessonProcess
from imbalanced_course.grading.outputs import OutputGate
from imbalanced_course.lesson_notebook import CHECK_SUFFIX
from imbalanced_course.normal_form import MISSING, BorderError

MAX_RESTARTS = 3
# What the checks may use, whatever an answer makes them compare or fit.
MEMORY_BYTES = 3 * 2**30
FILE_BYTES = 64 * 2**20


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer jobs on standard output until standard input closes."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--socket", type=int, required=True)
    parser.add_argument(
        "--drop-root", action="store_true", help="become nobody; outside a sandbox Python may be root's"
    )
    options = parser.parse_args(arguments)
    if options.drop_root:
        drop_root()
    _limit_own_use()
    # Half of a surrogate pair, from a text of the learner's, is no UTF-8.
    results = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
    os.dup2(2, 1)  # whatever a library prints must not look like a result
    # The limit that a check sets itself in the notebook is kept here by the calls' deadlines: an alarm in the middle
    # of a message would break it off. A check sets none where a timer runs already.
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 10**8)
    server = socket.socket(fileno=options.socket)
    server.recv(1000)
    lessons: dict[str, LessonProcess] = {}
    for line in sys.stdin:
        job = json.loads(line)
        key = job["lesson"]
        if key not in lessons:
            lessons[key] = LessonProcess(server, key, job["setup"])
        _say(results, Run(lessons[key], job, lambda position: _say(results, {"at": position})).outcome())


def _say(results: TextIO, message: dict[str, Any]) -> None:
    results.write(json.dumps(message, ensure_ascii=False) + "\n")
    results.flush()


def _limit_own_use() -> None:
    for kind, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_FSIZE, FILE_BYTES)):
        with contextlib.suppress(ValueError, OSError):  # a hard limit below ours stays
            resource.setrlimit(kind, (most, most))


def _limit_step(seconds: float) -> None:
    """End this process after so many seconds of processor time: even a library's own loop cannot go on then.

    The engine starts the submission over without the step that did it. Processor time, since a busy machine must
    not cost points.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)


class Run:
    """One submission's way through its lesson.

    Parameters
    ----------
    lesson : LessonProcess
        The warm process with the lesson's set-up.
    job : dict
        `steps` (cells to run and checks to make, in the lesson's order), `cell_seconds`, `total_seconds`, and `stuck`,
        the positions of steps at which an earlier checker ended.
    tell : callable
        Told the position of each step before it is made.
    """

    def __init__(
        self, lesson: LessonProcess, job: dict[str, Any], tell: Callable[[int], None] = lambda position: None
    ) -> None:
        self.lesson = lesson
        self.steps = job["steps"]
        self.cell_seconds = float(job["cell_seconds"])
        self.end = time.monotonic() + float(job["total_seconds"])
        self.total_seconds = float(job["total_seconds"])
        self.tell = tell
        self.stuck = frozenset(job.get("stuck", ()))
        self.gate = OutputGate()
        self.notes: list[str] = []
        self.skipped: set[int] = set(self.stuck)
        self.restarts = 0
        self.process = AnswerProcess(lesson)

    def outcome(self) -> dict[str, Any]:
        """Run every step; return its outputs or its result, and notes for the teacher."""
        done = []
        try:
            for position, step in enumerate(self.steps):
                self.tell(position)
                _limit_step(SECONDS_A_CHECK)
                if self.process.alive and time.monotonic() >= self.end:
                    self.process.close()
                    self.notes.append(f"the run was stopped after {self.total_seconds:g} s in all")
                if not self.process.alive and self.restarts < MAX_RESTARTS:
                    self._restart(position)
                if position in self.stuck:
                    done.append(self._given_up(step))
                else:
                    done.append(self._check(step) if step["kind"] == "check" else self._run(position, step))
        finally:
            _limit_step(0)
            if self.process.alive:
                self.process.close()
        return {"steps": done, "notes": list(dict.fromkeys(self.notes))}

    def _given_up(self, step: dict[str, Any]) -> dict[str, Any]:
        told = "took too long, or more memory than there is, to check."
        self.notes.append(f"{step['name']!r} {told}")
        if step["kind"] != "check":
            return {"outputs": []}
        task = step["name"].removesuffix(CHECK_SUFFIX)
        return {"result": Result(task, (Finding("answer", "wrong", told),), step["points"]).as_dict()}

    def _run(self, position: int, step: dict[str, Any]) -> dict[str, Any]:
        if not self.process.alive:
            self.notes.append("what came after that was not run")
            return {"outputs": [_said("Not run: the Python process had ended before.")]}
        self._set_deadline()
        try:
            sent, _, in_time = self.process.run(step["source"])
        except AnswerEnded as ended:
            self.skipped.add(position)
            self.notes.append(f"the cell {step['name']!r} ended the run: {ended}")
            return {"outputs": [_said(f"This cell ended the Python process: {ended}.")]}
        outputs = self.gate.admit(sent)
        if not in_time:
            self.notes.append(f"the cell {step['name']!r} was stopped after {self.cell_seconds:g} s")
            outputs.append(_said(f"This cell was stopped after {self.cell_seconds:g} seconds."))
        return {"outputs": outputs}

    def _check(self, step: dict[str, Any]) -> dict[str, Any]:
        self._set_deadline(SECONDS_A_CHECK)
        try:
            values = self.process.values(step["names"]) if self.process.alive else [MISSING] * len(step["names"])
        except (AnswerEnded, BorderError) as ended:
            self.notes.append(f"the values for {step['name']!r} could not be read: {ended}")
            values = [MISSING] * len(step["names"])
        space = {"__name__": "__main__", **dict(zip(step["names"], values, strict=True))}
        space = {name: value for name, value in space.items() if value is not MISSING}
        result = run_check(step["source"], space)
        if not isinstance(result, Result):
            finding = Finding(step["name"], "wrong", "could not be checked; tell your teacher.")
            self.notes.append(f"the check {step['name']!r} did not end in a result: {result}")
            result = Result(step["name"], (finding,), step["points"])
        return {"result": result.as_dict()}

    def _restart(self, position: int) -> None:
        """Start over without the cells that ended the process, so that one of them costs its own task only."""
        self.restarts += 1
        if time.monotonic() >= self.end:
            return
        self.process = AnswerProcess(self.lesson)
        for earlier, step in enumerate(self.steps[:position]):
            if step["kind"] == "check" or earlier in self.skipped:
                continue
            self._set_deadline()
            try:
                self.process.run(step["source"])
            except AnswerEnded:
                self.skipped.add(earlier)
                return

    def _set_deadline(self, most: float = float("inf")) -> None:
        self.process.deadline = min(time.monotonic() + min(self.cell_seconds, most), self.end)


def run_check(source: str, space: dict[str, Any]) -> Any:
    """Run a check cell with these names and return the value that it ends in, or the error that stopped it."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    try:
        exec(compile(tree, "<check>", "exec"), space)
        return eval(compile(ast.Expression(last.value), "<check>", "eval"), space) if last else None  # type: ignore[attr-defined]
    except Exception as error:
        return error


def _said(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text + "\n"}


if __name__ == "__main__":
    main()
