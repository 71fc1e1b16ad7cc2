"""The warm process in the sandbox: imports once, runs each lesson's set-up once, forks once an answer.

The checker drives it over a socket of packets: `lesson` makes a process for one lesson, `answer` forks a session
whose channel comes along as a descriptor, `interrupt` and `end` act on the running session.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import random
import select
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Sequence
from typing import Any

from coursework.answering.isolation import (
    IsolationError,
    Limits,
    confine,
    drop_root,
    end_with_parent,
    enter_nursery,
    fork_first_process,
    set_limits,
)
from coursework.answering.jupyter_habits import find_thread_pools_without_proc, stay_in_process
from coursework.answering.memory import descendants, memory_of_children, memory_of_this_process
from coursework.answering.quiet_checks import names_of_checks, without_checks
from coursework.answering.session import Session
from coursework.answering.shell import AnswerShell, run_cell, start_shell
from imbalanced_course.used_time import UsedTime

PACKET_BYTES = 200_000
# How often the memory and the time of an answer's processes together are looked at.
WATCH_SECONDS = 0.2
# A process that closes its channel may take this long to be gone.
_LAST_SECONDS = 0.5
# The answer's process ends with this when it could not be shut in.
_NOT_CONFINED = 117


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the checker on the inherited socket until it closes."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--socket", type=int, required=True)
    parser.add_argument("--namespaces", action="store_true", help="give each answer namespaces of its own")
    parser.add_argument("--memory", type=int, default=Limits.memory_bytes)
    parser.add_argument("--cpu-seconds", type=int, default=Limits.cpu_seconds)
    parser.add_argument("--output", type=int, default=2**20)
    parser.add_argument("--import", dest="warm", nargs="*", default=(), help="modules to import before the first fork")
    options = parser.parse_args(arguments)

    namespace = None
    if options.namespaces:
        drop_root()
        namespace = enter_nursery()
    channel = socket.socket(fileno=options.socket)
    channel.set_inheritable(False)
    limits = Limits(memory_bytes=options.memory, cpu_seconds=options.cpu_seconds)
    server = _Server(namespace, limits, options.output)
    without_checks()
    for name in options.warm:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    stay_in_process()
    find_thread_pools_without_proc()
    server.shell = start_shell()
    server.shell.user_ns.update(names_of_checks())
    server.serve_lessons(channel)


class _Server:
    shell: AnswerShell

    def __init__(self, namespace: int | None, limits: Limits, output_limit: int) -> None:
        self.namespace = namespace
        self.limits = limits
        self.output_limit = output_limit
        self.scratch = "/tmp"  # in namespaces each answer's own; without them a folder is made for each

    def serve_lessons(self, channel: socket.socket) -> None:
        """Fork one process for each lesson that is asked for; each has a channel of its own."""
        lessons: dict[str, int] = {}
        _tell(channel, {"ready": True})
        while True:
            request, descriptors = _hear(channel)
            if request is None:
                return
            child = os.fork()
            if child == 0:
                channel.close()
                self._serve_lesson(socket.socket(fileno=descriptors[0]), request["setup"])
                os._exit(0)
            for descriptor in descriptors:
                os.close(descriptor)
            lessons[request["lesson"]] = child

    def _serve_lesson(self, channel: socket.socket, setup: list[str]) -> None:
        random.seed(0)  # what an answer draws without a seed of its own comes out the same in each run
        importlib.import_module("numpy").random.seed(0)
        failed = [source for source in setup if not run_cell(self.shell, source)[1]]
        _tell(channel, {"ready": not failed})
        child = 0
        most = memory_of_this_process() + self.limits.memory_bytes
        clock = UsedTime(list)
        ended = ""
        while True:
            while child:
                asked = time.monotonic()
                heard = select.select([channel], [], [], WATCH_SECONDS)[0]
                late = time.monotonic() - asked - WATCH_SECONDS
                clock.look(late if late > WATCH_SECONDS / 2 else 0.0)
                if heard:
                    break
                if memory_of_children() > most:
                    self._end(child)
                    child, ended = 0, "memory"
            request, descriptors = _hear(channel)
            if request is None or request["op"] == "end":
                if child:
                    ended = self._end(child, wait=bool(request and request.get("vanished")))
                child = 0
                if request is None:
                    return
                _tell(channel, {"ended": ended})
            elif request["op"] == "interrupt" and child:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGINT)
            elif request["op"] == "used":
                _tell(channel, {"used": clock.since(request["since"])})
            elif request["op"] == "answer":
                child = self._fork_answer(channel, descriptors[0])
                os.close(descriptors[0])
                clock, ended = UsedTime(lambda: list(descendants())), ""
                _tell(channel, {"forked": True})

    def _fork_answer(self, lesson_channel: socket.socket, descriptor: int) -> int:
        if self.namespace is None:
            self.scratch = tempfile.mkdtemp(prefix="answer-")
        child = os.fork() if self.namespace is None else fork_first_process(self.namespace)
        if child:
            return child
        try:
            lesson_channel.close()
            _close_all_but(descriptor)
            os.setsid()  # a signal to its own group must not reach the process that it came from
            try:
                if self.namespace is None:
                    end_with_parent()  # a session of its own is not in the group that is killed
                    set_limits(self.limits)
                else:
                    confine(self.limits)
                os.chdir(self.scratch)
            except (IsolationError, OSError):
                os._exit(_NOT_CONFINED)
            Session(self.shell, socket.socket(fileno=descriptor), output_limit=self.output_limit).serve()
        finally:
            os._exit(0)
        raise AssertionError("unreachable")

    def _end(self, child: int, *, wait: bool = False) -> str:
        """End the answer and all that it started; return what it had ended of by itself, "" when it had not."""
        how = self._how_it_ended(child, _LAST_SECONDS if wait else 0.0)
        if not how:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(child, 0)
        if self.namespace is None:
            shutil.rmtree(self.scratch, ignore_errors=True)
        return how

    def _how_it_ended(self, child: int, patience: float) -> str:
        until = time.monotonic() + patience
        while True:
            found, status, use = os.wait4(child, os.WNOHANG)
            if found:
                break
            if time.monotonic() >= until:
                return ""
            time.sleep(0.01)
        if use.ru_utime + use.ru_stime >= self.limits.cpu_seconds:
            return "processor"
        code = os.waitstatus_to_exitcode(status)
        if code < 0:
            return f"signal {-code}"
        return "confinement" if code == _NOT_CONFINED else f"exit {code}"


def _close_all_but(kept: int) -> None:
    """Leave the answer its channel and nothing else; the standard streams lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.closerange(3, kept)
    os.closerange(kept + 1, 4096)


def _tell(channel: socket.socket, message: dict[str, Any]) -> None:
    channel.send(json.dumps(message).encode())


def _hear(channel: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    packet, descriptors, _, _ = socket.recv_fds(channel, PACKET_BYTES, 4)
    return (json.loads(packet) if packet else None), descriptors


if __name__ == "__main__":
    main()
