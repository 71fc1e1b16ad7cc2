"""The checker's hold on one answer's process: run cells there, fetch values as data, call functions by proxy."""

from __future__ import annotations

import contextlib
import json
import secrets
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from coursework.answering.channel import BorderClosed, BorderTimeout, receive, send
from coursework.answering.server import PACKET_BYTES
from imbalanced_course.normal_form import AnswerError, BorderError, Unreadable, decode, encode, stand_in
from imbalanced_course.used_time import MOST_WALL, waited_by_this_thread

# After its limit, an answer gets this long to end by itself when interrupted; then it is killed.
GRACE_SECONDS = 1.0
# What came within this time was hardly kept waiting: its time is the wall clock's.
_SHORT_SECONDS = 0.2
_LEAST_SECONDS = 0.05


class AnswerEnded(Exception):
    """The answer's process ended, or had to be ended, before it replied.

    `by_itself` says whether this is the answer's doing beyond doubt: it used up a limit, or sent what is no reply. Else
    it may have been the machine, and another try tells. `stood_still` is the one case that is never the answer's doing.
    """

    type_name = "the Python process ended"

    def __init__(self, reason: str, *, by_itself: bool = False, stood_still: bool = False) -> None:
        super().__init__(reason)
        self.by_itself = by_itself
        self.stood_still = stood_still


class SandboxTrouble(RuntimeError):
    """The answers' side does not work: nothing that a submission did."""


class LessonProcess:
    """The warm process of one lesson, from which answers are forked one at a time."""

    def __init__(self, server: socket.socket, lesson: str, setup: Sequence[str]) -> None:
        self.channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        request = json.dumps({"lesson": lesson, "setup": list(setup)}).encode()
        socket.send_fds(server, [request], [theirs.fileno()])
        theirs.close()
        if not self._told()["ready"]:
            raise SandboxTrouble(f"the set-up cells of {lesson} do not run in the sandbox")

    def answer(self) -> socket.socket:
        """Fork a fresh answer and return the channel to it."""
        ours, theirs = socket.socketpair()
        socket.send_fds(self.channel, [b'{"op": "answer"}'], [theirs.fileno()])
        theirs.close()
        if "forked" not in self._told():
            raise SandboxTrouble("the answers' process gives no answer's process")
        return ours

    def interrupt(self) -> None:
        """Interrupt the answer's running code."""
        self.channel.send(b'{"op": "interrupt"}')

    def used(self, since: float) -> tuple[float, float]:
        """Return the seconds that the answer used, and waited for a processor, since a monotonic moment."""
        used, waited = self._ask({"op": "used", "since": since})["used"]
        return float(used), float(waited)

    def end(self, *, vanished: bool = False) -> str:
        """Kill the answer and all that it started; return what it ended of if it had done so before."""
        return str(self._ask({"op": "end", "vanished": vanished})["ended"])

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            self.channel.send(json.dumps(request).encode())
        except OSError:
            raise SandboxTrouble("the answers' process is gone") from None
        return self._told()

    def _told(self) -> dict[str, Any]:
        packet = self.channel.recv(PACKET_BYTES)
        if not packet:
            raise SandboxTrouble("the answers' process is gone")
        told: dict[str, Any] = json.loads(packet)
        return told


class AnswerProcess:
    """One answer's process.

    Parameters
    ----------
    lesson : LessonProcess
        Where it is forked from.
    waiting : callable
        Called now and then while an answer takes long.

    Attributes
    ----------
    spent : float
        Seconds that all requests have used so far.
    ending : AnswerEnded, optional
        Of what the process ended.
    trouble : SandboxTrouble, optional
        What kept a request from being made; a check that made it goes on all the same.
    stopped : bool
        Whether a request was stopped at its limit since this was last set to False.
    """

    def __init__(self, lesson: LessonProcess, waiting: Callable[[], None] = lambda: None) -> None:
        self.lesson = lesson
        self.channel = lesson.answer()
        self.waiting = waiting
        self.alive = True
        self.limit = self.left = float("inf")
        self.spent = 0.0
        self.ending: AnswerEnded | None = None
        self.trouble: SandboxTrouble | None = None
        self.stopped = False

    def allow(self, seconds: float) -> None:
        """Let the coming requests use so much time together."""
        self.limit = self.left = seconds

    def close(self, *, vanished: bool = False) -> str:
        """End the process, whatever it does; return what it ended of if it had done so before."""
        self.channel.close()
        self.alive = False
        return self.lesson.end(vanished=vanished)

    def run(self, source: str) -> tuple[list[dict[str, Any]], bool, bool]:
        """Run one cell; return its outputs, whether it ended without error, and whether it was in time."""
        reply, _, in_time = self._ask({"op": "run", "source": source}, [])
        outputs = reply.get("outputs")
        return (outputs if isinstance(outputs, list) else []), bool(reply.get("fine")), in_time

    def values(self, names: Sequence[str]) -> list[Any]:
        """Return the values of these names in normal form."""
        return [self._one_value(name) for name in names]

    def _one_value(self, name: str) -> Any:
        try:
            return self._value({"op": "get", "name": name}, [])
        except AnswerError as error:
            return Unreadable(f"{error.type_name}: {error}")

    def call(self, handle: int, method: str | None, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Call a function or a model's method on the other side with these arguments as data."""
        tree, blobs, _ = encode([list(arguments), named])
        request = {"op": "method" if method else "call", "handle": handle, "name": method, "arguments": tree}
        return self._value(request, blobs)

    def _value(self, request: dict[str, Any], blobs: list[bytes]) -> Any:
        reply, parts, in_time = self._ask(request, blobs)
        if not in_time:
            raise AnswerError("TimeoutError", "it took too long")
        if "raised" in reply:
            try:
                kind, text = (str(part)[:500] for part in reply["raised"])
            except Exception:
                raise self._broken() from None
            raise AnswerError(kind, text)
        try:
            first = int(reply["first"])
            return decode(reply["value"], parts, lambda kind, number, data: self._proxy(kind, first + number, data))
        except Exception:
            raise self._broken() from None

    def _proxy(self, kind: str, number: int, details: Any) -> Any:
        return stand_in(kind, details, lambda method, a, k: self.call(number, method, a, k))

    def _ask(self, request: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes], bool]:
        """Send a request and return the reply, its raw bytes, and whether it came without an interrupt."""
        if not self.alive:
            raise self.ending or AnswerEnded("it had ended before")
        nonce = secrets.token_hex(8)
        channel: Any = _PatientChannel(self, max(_LEAST_SECONDS, self.left))
        try:
            try:
                send(channel, {**request, "nonce": nonce}, blobs)
                reply, parts = receive(channel)
            except BorderTimeout:
                still = channel.stood_still
                raise self._ended(channel.reason, by_itself=not still, stood_still=still) from None
            except BorderClosed:
                raise self._vanished() from None
            except BorderError:
                raise self._broken() from None
            finally:
                used = channel.used()
                self.left -= used
                self.spent += used
                self.stopped |= channel.interrupted
        except SandboxTrouble as trouble:
            self.trouble = trouble
            raise
        if reply.get("nonce") != nonce:
            raise self._broken()
        return reply, parts, not channel.interrupted

    def _vanished(self) -> AnswerEnded:
        how, _, number = self.close(vanished=True).partition(" ")
        if how == "confinement":
            raise SandboxTrouble("an answer's process could not be shut in")
        if how == "memory":
            return self._ended("it and what it started used more memory than they may", by_itself=True)
        if how == "processor":
            return self._ended("it used more processor time than it may", by_itself=True)
        if how == "signal":
            return self._ended(f"it was killed or crashed ({_signal_name(int(number))})")
        return self._ended("it exited")

    def _ended(self, reason: str, *, by_itself: bool = False, stood_still: bool = False) -> AnswerEnded:
        if self.alive:
            self.close()
        self.ending = AnswerEnded(reason, by_itself=by_itself, stood_still=stood_still)
        return self.ending

    def _broken(self) -> AnswerEnded:
        return self._ended("it sent something that is not a reply", by_itself=True)


class _PatientChannel:
    """The channel to an answer during one request: it waits as long as the answer has used less than its time.

    When that is used up it interrupts the answer once; after some grace its methods raise `TimeoutError`.
    """

    def __init__(self, process: AnswerProcess, seconds: float) -> None:
        self.process = process
        self.channel = process.channel
        self.seconds = seconds
        self.interrupted = False
        self.stood_still = False
        self.reason = ""
        self.begin = time.monotonic()
        self.waited = waited_by_this_thread()
        self.next_look = self.begin + seconds
        self.drain_until = float("inf")

    def recv(self, size: int) -> bytes:
        """Receive as a socket does."""
        self._wait(reading=True)
        return self.channel.recv(size)

    def sendall(self, data: bytes) -> None:
        """Send as a socket does."""
        left = memoryview(data)
        while left:
            self._wait(reading=False)
            with contextlib.suppress(BlockingIOError):
                left = left[self.channel.send(left, socket.MSG_DONTWAIT) :]

    def used(self) -> float:
        """Return the seconds that the answer has used in this request, without our own wait to see its reply."""
        passed = time.monotonic() - self.begin
        if passed < _SHORT_SECONDS:
            return passed
        passed -= min(passed, waited_by_this_thread() - self.waited)
        if self.process.alive:
            passed = min(passed, self.process.lesson.used(self.begin)[0])
        return min(passed, self.seconds)

    def _wait(self, *, reading: bool) -> None:
        while True:
            left = self.next_look - time.monotonic()
            if left > 0 and self._is_ready(reading, left):
                return
            if left <= 0:
                self._look(reading)
                if self._is_ready(reading, 0):
                    return

    def _look(self, reading: bool) -> None:
        """See how much time was used; interrupt the answer, or give it up, when it was all."""
        used, waited = self.process.lesson.used(self.begin)
        self.process.waiting()
        now = time.monotonic()
        self.next_look = now + max(_LEAST_SECONDS, self.seconds - used)
        if used < self.seconds:
            if now - self.begin - waited > MOST_WALL * self.process.limit:
                self.stood_still = True  # beside the time that it waited for a processor
                self.reason = f"it stalled for more than {MOST_WALL} times its limit"
                raise TimeoutError
        elif self._is_ready(reading, 0) and now < self.drain_until:
            # It is done, and we came late; or it sends without end.
            self.drain_until = min(self.drain_until, now + GRACE_SECONDS)
            self.next_look = now + _LEAST_SECONDS
        elif reading and not self.interrupted:
            self.interrupted = True
            self.process.lesson.interrupt()
            self.seconds = used + GRACE_SECONDS
            self.next_look = now + GRACE_SECONDS
        else:
            self.reason = "it ran longer than its limit and did not react to an interrupt"
            raise TimeoutError

    def _is_ready(self, reading: bool, seconds: float) -> bool:
        channels = [self.channel]
        return any(select.select(*((channels, [], []) if reading else ([], channels, [])), seconds))


def _signal_name(number: int) -> str:
    if number == signal.SIGSEGV:  # an abort, too, ends like this in a process of its own namespace
        return "SIGSEGV or SIGABRT"
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
