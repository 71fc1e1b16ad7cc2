"""The trusted process: goes through a lesson step by step, lets answers run elsewhere, and judges what comes back.

It is started by `engine.py`, inside a sandbox of its own, and reads one job a line from standard input.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import json
import os
import re
import resource
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from coursework.answering.isolation import drop_root
from coursework.grading.answer_process import AnswerEnded, AnswerProcess, LessonProcess, SandboxTrouble
from coursework.grading.outputs import OutputGate
from coursework.lessons.notebook import CHECK_SUFFIX
from imbalanced_course.checks.result import Finding, Result
from imbalanced_course.checks.task import SECONDS_A_CHECK
from imbalanced_course.normal_form import MISSING, BorderError, Stopped

# A cell that ends the process twice costs two restarts.
MAX_RESTARTS = 8
# With less time than this a cell is not run; a check has so much even when the time of the answers is used up.
LEAST_SECONDS = 0.05
LEAST_SECONDS_A_CHECK = 2.0
# What a learner's machine may have and grading doesn't: the error, its message, and what a row says of it.
_NOT_HERE = (
    ("ModuleNotFoundError", re.compile(r"No module named '([\w.]{1,100})'$"),
     "the module {!r} is not installed where it was graded"),
    ("FileNotFoundError", re.compile(r"\[Errno 2\] No such file or directory: '([^'\n]{1,100})'$"),
     "the file {!r} is not there where it was graded"),
    ("EOFError", re.compile("EOF when reading a line$"), "it asked for input, and nobody types where it was graded"),
    ("MemoryError", re.compile(""), "it needed more memory than it may use (--memory)"),
)  # fmt: skip
_MOST_CHARACTERS_OF_AN_ERROR = 100
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
        try:
            if key not in lessons:
                lessons[key] = LessonProcess(server, key, job["setup"])
            outcome = Run(lessons[key], job, lambda position: _say(results, {"at": position})).outcome()
        except SandboxTrouble as trouble:
            outcome = {"failure": str(trouble)}
        _say(results, outcome)


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
        the positions of steps at which earlier checkers ended.
    tell : callable
        Told the position of each step before it is made, and again while it takes long.
    """

    def __init__(
        self, lesson: LessonProcess, job: dict[str, Any], tell: Callable[[int], None] = lambda position: None
    ) -> None:
        self.lesson = lesson
        self.steps = job["steps"]
        self.cell_seconds = float(job["cell_seconds"])
        self.total_seconds = float(job["total_seconds"])
        # Cells that the learner added must not use up the time of the answers.
        self.left = {"answers": self.total_seconds, "added": self.total_seconds, "replay": self.total_seconds}
        self.tell = tell
        self.stuck = frozenset(job.get("stuck", ()))
        self.gate = OutputGate()
        self.notes: list[str] = []
        self.not_run: dict[str, list[str]] = {}
        self.skipped: set[int] = set(self.stuck)
        self.endings: Counter[int] = Counter()
        self.unfinished: dict[str, str] = {}
        self.stood_still_at: int | None = None
        self.restarts = 0
        self.position = 0
        self.process = self._fresh_process()

    def outcome(self) -> dict[str, Any]:
        """Run every step.

        Returns
        -------
        dict
            `steps`, the output or the result of each; `notes` for the teacher; and `review`, the checks at which a
            person should look since the answer stood still for reasons that may not be its own.
        """
        done = []
        try:
            for position, step in enumerate(self.steps):
                self.position = position
                self.tell(position)
                _limit_step(SECONDS_A_CHECK)
                if position in self.stuck:
                    done.append(self._given_up(step))
                else:
                    done.append(self._check(step) if step["kind"] == "check" else self._run(step))
        finally:
            _limit_step(0)
            if self.process.alive:
                self.process.close()
        notes = [*self.notes, *(f"not run, since {why}: {_listed(names)}" for why, names in self.not_run.items())]
        review = self._to_review(done)
        if review:
            notes.append("look at it by hand, or grade it again with --regrade")
        return {"steps": done, "notes": list(dict.fromkeys(notes)), "review": review}

    def _to_review(self, done: list[dict[str, Any]]) -> list[str]:
        if self.stood_still_at is None:
            return []
        later = list(zip(self.steps, done, strict=True))[self.stood_still_at :]
        return [step["name"] for step, came in later if "result" in came and came["result"]["points"] < step["points"]]

    def _given_up(self, step: dict[str, Any]) -> dict[str, Any]:
        told = "took too long, or more memory than there is, to check."
        self.notes.append(f"{step['name']!r} {told}")
        if step["kind"] != "check":
            return {"outputs": []}
        task = step["name"].removesuffix(CHECK_SUFFIX)
        return {"result": Result(task, (Finding("answer", "wrong", told),), step["points"]).as_dict()}

    def _run(self, step: dict[str, Any]) -> dict[str, Any]:
        whose = "added" if step.get("added") else "answers"
        # Half of what is left: so there is always some left for a quick one that comes later.
        seconds = min(self.cell_seconds, self.left[whose] / 2 if step.get("added") else self.left[whose])
        if seconds < LEAST_SECONDS:
            whom = "the cells that the learner added" if step.get("added") else "the answers"
            return self._without(step, f"{whom} had used up their {self.total_seconds:g} s together")
        while True:
            if not self.process.alive and not self._restart():
                return self._without(step, "the Python process ended too often")
            before = self.process.spent
            self.process.allow(seconds)
            try:
                sent, fine, in_time = self.process.run(step["source"])
                break
            except AnswerEnded as ended:
                if not self._is_tried_again(self.position, ended):
                    self.notes.append(f"{_title(step)} ended the Python process: {ended}")
                    self.unfinished[step["name"]] = f"ended the Python process: {ended}"
                    return {"outputs": [_said(f"This cell ended the Python process: {ended}.")]}
            finally:
                self.left[whose] -= self.process.spent - before
        outputs = self.gate.admit(sent)
        if not in_time:
            self.notes.append(f"{_title(step)} was stopped after {round(seconds, 1):g} s")
            self.unfinished[step["name"]] = f"was stopped after {round(seconds, 1):g} s"
            outputs.append(_said(f"This cell was stopped after {round(seconds, 1):g} seconds."))
        elif not fine and (why := _why_it_stopped(step, outputs)):
            self.notes.append(f"{_title(step)} stopped{why}")
        return {"outputs": outputs}

    def _without(self, step: dict[str, Any], why: str) -> dict[str, Any]:
        self.skipped.add(self.position)
        self.unfinished[step["name"]] = f"was not run, since {why}"
        self.not_run.setdefault(why, []).append("added cell" if step.get("added") else step["name"])
        return {"outputs": [_said(f"Not run, since {why}.")]}

    def _check(self, step: dict[str, Any]) -> dict[str, Any]:
        own = time.process_time()
        while True:
            there = self.process.alive or self._restart()
            result = self._judged(step, there=there)
            ending = self.process.ending if there else None
            if ending is None or not self._is_tried_again(self.position, ending):
                break
        self.left["answers"] -= time.process_time() - own
        if ending is not None:
            self.notes.append(f"the Python process ended during {step['name']!r}: {ending}")
        elif there and self.process.stopped:
            used = round(self.process.limit, 1)
            self.notes.append(f"{step['name']!r} stopped the answer, which had used its {used:g} s")
        if not isinstance(result, Result):
            finding = Finding(step["name"], "wrong", "could not be checked. Please tell your teacher.")
            self.notes.append(f"the check {step['name']!r} did not end in a result: {result}")
            result = Result(step["name"], (finding,), step["points"])
        return {"result": result.as_dict()}

    def _judged(self, step: dict[str, Any], *, there: bool) -> Any:
        """Return what a check ends in; without an answer's process no name is defined."""
        values: list[Any] = [MISSING] * len(step["names"])
        before, self.process.stopped = self.process.spent, False
        # What has run already is judged, however little time is left.
        seconds = min(self.cell_seconds, SECONDS_A_CHECK, max(self.left["answers"], LEAST_SECONDS_A_CHECK))
        self.process.allow(seconds)
        try:
            if there:
                values = self.process.values(step["names"])
        except AnswerEnded:
            pass  # the caller sees it at the process
        except BorderError as error:
            self.notes.append(f"the values for {step['name']!r} could not be read: {error}")
        task = step["name"].removesuffix(CHECK_SUFFIX)
        if task in self.unfinished:
            # Without the cell the names hold what an earlier one set.
            without = any(self.steps[position]["name"] == task for position in self.skipped)
            reason = Stopped(self.unfinished[task])
            values = [reason if without or isinstance(value, Stopped) else value for value in values]
        space = {"__name__": "__main__", **dict(zip(step["names"], values, strict=True))}
        space = {name: value for name, value in space.items() if value is not MISSING}
        result = run_check(step["source"], space)
        self.left["answers"] -= self.process.spent - before
        if self.process.trouble:
            raise self.process.trouble
        return result

    def _is_tried_again(self, position: int, ended: AnswerEnded) -> bool:
        """Return whether a step that ended the process is tried again: once, if it may not have been its own doing."""
        self.endings[position] += 1
        if not ended.by_itself and self.endings[position] == 1:
            return True
        self.skipped.add(position)
        if ended.stood_still and self.stood_still_at is None:
            self.stood_still_at = position
        return False

    def _restart(self) -> bool:
        """Start over without the cells that ended the process, so that one of them costs its own task only."""
        while self.restarts < MAX_RESTARTS and self.left["replay"] > LEAST_SECONDS:
            self.restarts += 1
            self.process = self._fresh_process()
            if all(map(self._is_replayed, range(self.position))):
                return True
        return False

    def _is_replayed(self, position: int) -> bool:
        step = self.steps[position]
        if step["kind"] == "check" or position in self.skipped:
            return True
        before = self.process.spent
        self.process.allow(min(self.cell_seconds, max(self.left["replay"], LEAST_SECONDS)))
        try:
            if not self.process.run(step["source"])[2]:
                self.notes.append(f"{_title(step)} was stopped at its limit when it was run again")
        except AnswerEnded as ended:
            if not self._is_tried_again(position, ended):
                self.notes.append(f"{_title(step)} ended the Python process when it was run again: {ended}")
            return False
        finally:
            self.left["replay"] -= self.process.spent - before
        return True

    def _fresh_process(self) -> AnswerProcess:
        return AnswerProcess(self.lesson, lambda: self.tell(self.position))


def _title(step: dict[str, Any]) -> str:
    return "a cell that the learner added" if step.get("added") else f"the cell {step['name']!r}"


def _listed(names: list[str]) -> str:
    return ", ".join(f"{name} ({count} of them)" if count > 1 else name for name, count in Counter(names).items())


def _why_it_stopped(step: dict[str, Any], outputs: list[dict[str, Any]]) -> str:
    """Return what a row says of a cell that stopped; "" where it is no answer and nothing was missing here."""
    if missing := _missing_here(outputs):
        return f": {missing}"
    if not step.get("answer"):
        return ""
    last = next((output for output in reversed(outputs) if output.get("ename")), None)
    if last is None:
        return " before its end"
    kind, said = (" ".join(str(last.get(key, "")).split()) for key in ("ename", "evalue"))
    return f" with {kind[:50]}" + (f": {said[:_MOST_CHARACTERS_OF_AN_ERROR]}" if said else "")


def _missing_here(outputs: list[dict[str, Any]]) -> str:
    """Return what a cell stopped for want of that a learner's machine may have, "" when it was something else."""
    last = outputs[-1] if outputs else {}
    for error, message, said in _NOT_HERE:
        if str(last.get("ename")).endswith(error) and (found := message.match(str(last.get("evalue")))):
            return said.format(*found.groups())
    return ""


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
