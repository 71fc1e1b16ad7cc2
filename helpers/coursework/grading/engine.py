"""A pair of processes that grades one submission after the other: answers here, checks there."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from coursework.grading.sandbox import (
    font_list_folder,
    hidden_from_answers,
    kill_group,
    process_environment,
    sandbox_command,
)
from coursework.lessons.libraries import libraries_of_lessons
from imbalanced_course.checks.fresh_seed import SEED_VARIABLE

# How many steps may end the checks' process before the submission is given to a person.
MAX_STUCK_STEPS = 3
# How long the checks' process may be silent. It says before each step that it lives, and limits its own processor time:
# silence means that the machine is very busy, or that it stands still.
SILENT_SECONDS = 900.0
_PR_SET_PDEATHSIG = 1


class EngineFailure(Exception):
    """The pair did not come back with an outcome; it has been stopped and starts anew for the next job.

    `step` is the step at which the checks' process ended, None when that was not what happened.
    """

    def __init__(self, reason: str, step: int | None = None) -> None:
        super().__init__(reason)
        self.step = step


@dataclass
class EngineSettings:
    """How submissions are run.

    Attributes
    ----------
    sandbox : {"bwrap", "none"}
        Whether bubblewrap goes around the processes.
    cell_seconds : float
        The time that a cell, or all the calls of one check, may use.
    total_seconds : float
        The time that all answers of a submission may use, and as much again for the cells that the learner added.
    memory_bytes : int
        What an answer may use beyond the warm process.
    seed : int
        From which the checks draw their fresh inputs; answers never see it.
    """

    sandbox: str
    cell_seconds: float = 30.0
    total_seconds: float = 180.0
    memory_bytes: int = 2 * 2**30
    seed: int = 0


class Engine:
    """The answers' process and the checks' process of one worker; started when first needed.

    One thread works with it at a time; `close` may come from another.
    """

    def __init__(self, settings: EngineSettings) -> None:
        self.settings = settings
        self._checker: subprocess.Popen[bytes] | None = None
        self._answers: subprocess.Popen[bytes] | None = None
        self._errors: Any = None
        self._at: int | None = None
        self._busy = threading.RLock()
        self._closed = False
        self._fonts = font_list_folder()

    def grade(self, job: dict[str, Any]) -> dict[str, Any]:
        """Return the outcome of one job (see `lesson_plan.plan`).

        Raises
        ------
        EngineFailure
            When no outcome came; the processes are stopped.
        """
        with self._busy:
            return self._grade(job)

    def _grade(self, job: dict[str, Any]) -> dict[str, Any]:
        stuck: list[int] = []
        ended: set[int | None] = set()
        while True:
            try:
                return self._once({**job, "stuck": stuck})
            except EngineFailure as failure:
                # Everything is tried once more. The step at which the checks' process ends again costs its own task,
                # not the submission.
                if self._closed:
                    raise
                if failure.step not in ended:
                    ended.add(failure.step)
                elif failure.step is None or len(stuck) == MAX_STUCK_STEPS:
                    raise
                else:
                    stuck.append(failure.step)

    def _once(self, job: dict[str, Any]) -> dict[str, Any]:
        limits = {"cell_seconds": self.settings.cell_seconds, "total_seconds": self.settings.total_seconds}
        self._at = None
        try:
            self.start()
            outcome = self._exchange(json.dumps({**job, **limits}).encode() + b"\n")
        except (OSError, ValueError) as error:
            reason = self._last_words() or str(error)
            self._stop_processes()
            raise EngineFailure(reason, None if isinstance(error, TimeoutError) else self._at) from None
        if "failure" in outcome:
            self._stop_processes()
            raise EngineFailure(outcome["failure"])
        return outcome

    def close(self) -> None:
        """Stop both processes and whatever they started, for good; a job that another thread runs fails."""
        self._closed = True
        for process in (self._checker, self._answers):
            if process is not None:
                kill_group(process)
        # The thread that reads from them sees their end. Closed under its hands, the pipe would never tell it.
        with self._busy:
            self._stop_processes()

    def _stop_processes(self) -> None:
        for process in (self._checker, self._answers):
            if process is not None:
                kill_group(process)
                process.wait()
                for stream in (process.stdin, process.stdout):
                    if stream:
                        with contextlib.suppress(OSError):
                            stream.close()
        self._checker = self._answers = None
        if self._errors:
            self._errors.close()
            self._errors = None

    def start(self) -> None:
        """Start both processes unless they run; they take seconds to import what lessons need."""
        with self._busy:
            if self._closed or (self._checker is not None and self._checker.poll() is None):
                return
            self._stop_processes()
            self._start_processes()

    def _start_processes(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  (closed by close)
        settings = self.settings
        answers = ["-m", "coursework.answering.server", "--memory", str(settings.memory_bytes),
                   "--cpu-seconds", str(2 * int(settings.total_seconds) + 1)]  # fmt: skip
        answers += ["--import", *libraries_of_lessons()]
        checker = ["-m", "coursework.grading.checker"]
        if settings.sandbox == "bwrap":
            answers.append("--namespaces")
            checker.append("--drop-root")
        with ours, theirs:
            self._answers = self._popen(
                answers, theirs, answers=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
            self._checker = self._popen(
                checker,
                ours,
                answers=False,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )

    def _popen(
        self, module: list[str], channel: socket.socket, *, answers: bool, **streams: Any
    ) -> subprocess.Popen[bytes]:
        environment = process_environment()
        wall: list[str] = []
        if self.settings.sandbox == "bwrap":
            hidden = hidden_from_answers(checked_elsewhere=True) if answers else ()
            wall = sandbox_command(hidden=hidden, scratch=self._fonts)
        elif self._fonts:
            environment["MPLCONFIGDIR"] = str(self._fonts)
        if not answers:
            environment[SEED_VARIABLE] = str(self.settings.seed)
            wall += ["--setenv", SEED_VARIABLE, str(self.settings.seed)] if wall else []
        command = [*wall, sys.executable, *module, "--socket", str(channel.fileno())]
        return subprocess.Popen(
            command,
            env=environment,
            pass_fds=[channel.fileno()],
            stderr=self._errors,
            cwd=tempfile.gettempdir(),
            preexec_fn=_die_with_parent(),
            process_group=0,
            **streams,
        )

    def _exchange(self, line: bytes) -> dict[str, Any]:
        """Send a job and return its outcome; `_at` is the step that was said to come last."""
        if self._closed:
            raise OSError("grading was stopped")
        assert self._checker is not None
        assert self._checker.stdin is not None
        assert self._checker.stdout is not None
        self._checker.stdin.write(line)
        self._checker.stdin.flush()
        rest = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self._checker.stdout, selectors.EVENT_READ)
            while True:
                # Twice: what came while this process itself was stopped is seen at the second look.
                if not selector.select(SILENT_SECONDS) and not selector.select(1):
                    raise TimeoutError("the checks took too long")
                part = self._checker.stdout.read1(2**20)  # type: ignore[attr-defined]
                if not part:
                    raise OSError("the checks' process ended")
                *lines, rest = (rest + part).split(b"\n")
                message: dict[str, Any]
                for message in map(json.loads, lines):
                    if "at" not in message:
                        return message
                    self._at = message["at"]

    def _last_words(self) -> str:
        if not self._errors:
            return ""
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:300] if lines else ""


def _die_with_parent() -> Callable[[], None] | None:
    """Return what a new process does first: see to it that it is killed when this one is, at whatever moment.

    bubblewrap does the same, but only after it has started: killed before, we would leave it behind.
    """
    if not sys.platform.startswith("linux"):
        return None
    set_option, parent = ctypes.CDLL(None).prctl, os.getpid()

    def before_exec() -> None:
        set_option(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return before_exec
