"""The checker's hold on one answer's process: run cells there, fetch values as data, call functions by proxy."""

from __future__ import annotations

import json
import secrets
import socket
import time
from collections.abc import Sequence
from typing import Any

from imbalanced_course.answering.channel import BorderClosed, BorderTimeout, receive, send
from imbalanced_course.answering.server import PACKET_BYTES
from imbalanced_course.normal_form import AnswerError, BorderError, Unreadable, decode, encode, stand_in

# After its limit, an answer gets this long to end by itself when interrupted; then it is killed.
GRACE_SECONDS = 1.0


class AnswerEnded(Exception):
    """The answer's process ended, or had to be ended, before it replied."""

    type_name = "the Python process ended"


class LessonProcess:
    """The warm process of one lesson, from which answers are forked one at a time."""

    def __init__(self, server: socket.socket, lesson: str, setup: Sequence[str]) -> None:
        self.channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        request = json.dumps({"lesson": lesson, "setup": list(setup)}).encode()
        socket.send_fds(server, [request], [theirs.fileno()])
        theirs.close()
        if not self._told()["ready"]:
            raise RuntimeError(f"the set-up cells of {lesson} do not run in the sandbox")

    def answer(self) -> socket.socket:
        """Fork a fresh answer and return the channel to it."""
        ours, theirs = socket.socketpair()
        socket.send_fds(self.channel, [b'{"op": "answer"}'], [theirs.fileno()])
        theirs.close()
        self._told()
        return ours

    def interrupt(self) -> None:
        """Interrupt the answer's running code."""
        self.channel.send(b'{"op": "interrupt"}')

    def end(self) -> None:
        """Kill the answer and all that it started."""
        self.channel.send(b'{"op": "end"}')
        self._told()

    def _told(self) -> dict[str, Any]:
        packet = self.channel.recv(PACKET_BYTES)
        if not packet:
            raise RuntimeError("the answers' process is gone")
        return json.loads(packet)


class AnswerProcess:
    """One answer's process.

    Parameters
    ----------
    lesson : LessonProcess
        Where it is forked from.
    """

    def __init__(self, lesson: LessonProcess) -> None:
        self.lesson = lesson
        self.channel = lesson.answer()
        self.alive = True
        self.deadline = float("inf")

    def close(self) -> None:
        """End the process, whatever it does."""
        self.channel.close()
        self.lesson.end()
        self.alive = False

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
            raise AnswerEnded("it had ended before")
        nonce = secrets.token_hex(8)
        in_time = True
        try:
            self.channel.settimeout(max(0.01, self.deadline - time.monotonic()))
            send(self.channel, {**request, "nonce": nonce}, blobs)
            try:
                reply, parts = receive(self.channel, self.deadline)
            except BorderTimeout:
                in_time = False
                self.lesson.interrupt()
                reply, parts = receive(self.channel, time.monotonic() + GRACE_SECONDS)
        except BorderTimeout:
            self.close()
            raise AnswerEnded("it ran longer than its limit and did not react to an interrupt") from None
        except BorderClosed:
            self.close()
            raise AnswerEnded("it exited, crashed or used too much memory or processor time") from None
        except BorderError:
            raise self._broken() from None
        if reply.get("nonce") != nonce:
            raise self._broken()
        return reply, parts, in_time

    def _broken(self) -> AnswerEnded:
        if self.alive:
            self.close()
        return AnswerEnded("it sent something that is not a reply")
