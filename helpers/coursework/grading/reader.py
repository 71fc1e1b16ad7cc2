"""The grader's hold on the confined process that parses strangers' files: here only sizes, hashes and checked data.

What is too much for that process, or ends it, is wrong with one file: the process is started anew for the next.
"""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import Any

from coursework.grading.lesson_plan import LessonParts, Taken, outline
from coursework.grading.reading import LENGTH, MOST_BYTES_IN_MEMORY, MOST_SECONDS
from coursework.grading.sandbox import (
    kill_group,
    process_environment,
    sandbox_command,
    solution_folders,
    why_no_sandbox,
)
from coursework.grading.taking import from_message
from coursework.intake.found import Found
from coursework.intake.looking import names_of_tasks
from coursework.intake.opening import MOST_NOTEBOOK_BYTES, UnreadableSubmission
from coursework.lessons.catalogue import UnknownLesson, find_lesson, written_lessons

TOO_MUCH = f"the file takes more than {MOST_BYTES_IN_MEMORY // 2**30} GB of memory or {MOST_SECONDS} seconds to read"
# A megabyte of text takes up to six times its room, and comes once.
_MOST_BYTES_OF_A_REPLY = 16 * 2**20
# Wall clock, for a process that neither works nor replies; what works is held to its processor time.
_SILENT_SECONDS = 300
_STOPPED_FOR_TIME = (-signal.SIGPROF, 128 + signal.SIGPROF)  # by itself, and as bubblewrap passes it on


class _Ended(Exception):
    """The process ended before its reply was whole; `in_work` where it was stopped for the time that it took."""

    def __init__(self, *, for_time: bool) -> None:
        super().__init__()
        self.for_time = for_time


@dataclass
class _Reply:
    message: Mapping[str, Any]
    content: Iterator[bytes]


def confined_reader() -> Reader:
    """Return a reader for commands that run no answers: in bubblewrap where that works, else with its own limits."""
    return Reader("none" if why_no_sandbox() else "bwrap")


class Reader:
    """A process that parses; started when first needed, and anew after a file that was too much for it.

    Parameters
    ----------
    sandbox : {"bwrap", "none"}
        Whether bubblewrap goes around it; it limits itself either way.
    """

    def __init__(self, sandbox: str) -> None:
        self.sandbox = sandbox
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._lessons: set[str] = set()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the process."""
        if self._channel:
            self._channel.close()
        if self._process:
            kill_group(self._process)
            self._process.wait()
        self._process = self._channel = None
        self._lessons = set()

    def take(self, file: BufferedReader, lesson: LessonParts) -> Taken:
        """Return what counts of a submitted notebook.

        Raises
        ------
        UnreadableSubmission
            When it is none, or takes too much to read.
        """
        message = self._single({"op": "take", "lesson": lesson.folder}, file, lesson)
        return from_message(lesson, message.get("taken", {}))

    def look(self, file: BufferedReader) -> tuple[str, str]:
        """Return the folder of the lesson that a notebook is of by what is in it, and what told it, or nothing."""
        return _told(self._single({"op": "look"}, file).get("told"))

    def submitters(self, file: BufferedReader) -> dict[str, tuple[list[tuple[str, str, str]], float | None]]:
        """Return from Gradescope's list by each folder the submitters (name, number, address) and the time.

        Raises
        ------
        UnreadableSubmission
            When it is no such list.
        """
        try:
            listed = dict(self._single({"op": "submitters"}, file).get("submitters", {}))
            return {
                _text(folder): (
                    [(_text(name), _text(number), _text(email)) for name, number, email in entry["people"]],
                    None if entry["time"] is None else float(entry["time"]),
                )
                for folder, entry in listed.items()
            }
        except (TypeError, KeyError, ValueError):
            raise UnreadableSubmission("the list of submissions is not Gradescope's") from None

    def texts(self, file: BufferedReader) -> list[tuple[str, str | None, bool, str]]:
        """Return of each cell of a notebook its id, its `grade_id`, whether it is an answer, and its text."""
        found = self._single({"op": "texts"}, file).get("texts")
        if not isinstance(found, list):
            return []
        return [
            (cell, name, answer, text)
            for cell, name, answer, text in (one for one in found if isinstance(one, list) and len(one) == 4)
            if isinstance(cell, str) and isinstance(name, str | None) and isinstance(text, str)
        ]

    def inventory(self, file: BufferedReader) -> tuple[str | None, ...]:
        """Return the letter given to each question of a concept inventory, None where there is none.

        Raises
        ------
        UnreadableSubmission
            When the file is no notebook, or takes too much to read.
        """
        found = self._single({"op": "inventory"}, file).get("letters")
        letters = found if isinstance(found, list) else []
        return tuple(one if isinstance(one, str) and len(one) == 1 else None for one in letters)

    def members(
        self, file: BufferedReader, name: str, keep: Callable[[Iterator[bytes]], Path], *, level: int, most_bytes: int
    ) -> Iterator[Found]:
        """Yield what is in an archive; a file in it that is too much to read does not stop the others.

        Parameters
        ----------
        name : str
            The archive's own name.
        keep : callable
            Writes the content of a file to a place of its own and returns that.
        level, most_bytes : int
            See `intake.archives.members`.

        Raises
        ------
        UnreadableSubmission
            When nothing in it can be read.
        """
        first, tried_again = 0, False
        while True:
            at: tuple[int, Found] | None = None
            request = {"op": "members", "name": name, "level": level, "most_bytes": most_bytes, "first": first}
            try:
                for reply in self._replies(request, file):
                    number, found, is_read = _member(reply.message)
                    at = (number, found)
                    if is_read:
                        yield replace(found, file=keep(reply.content))
                    elif found.problem or found.aside:
                        yield found
                return
            except UnreadableSubmission as error:
                if at is None or str(error) != TOO_MUCH:
                    raise
            except _Ended as ended:
                if not ended.for_time and not tried_again:
                    first, tried_again = (at[0] if at else 0), True
                    continue
                if at is None:
                    raise UnreadableSubmission(TOO_MUCH) from None
            # One of many was too much: it is told, and the others come.
            yield Found(at[1].parts, problem=TOO_MUCH)
            first, tried_again = at[0] + 1, False

    def _single(
        self, request: Mapping[str, Any], file: BufferedReader, lesson: LessonParts | None = None
    ) -> Mapping[str, Any]:
        """Return the one reply to a request; a process that ended for no reason of its own is given a second try."""
        for again in (True, False):
            try:
                return next((reply.message for reply in list(self._replies(request, file, lesson))), {})
            except _Ended as ended:
                if ended.for_time or not again:
                    break
        raise UnreadableSubmission(TOO_MUCH)

    def _replies(
        self, request: Mapping[str, Any], file: BufferedReader, lesson: LessonParts | None = None
    ) -> Iterator[_Reply]:
        """Send a request with an open file and yield the replies, whose content is to be read before the next."""
        self._start()
        try:
            if lesson and lesson.folder not in self._lessons:
                self._send({"op": "lesson", "name": lesson.folder, "outline": outline(lesson)})
                self._lessons.add(lesson.folder)
            self._send(request, file)
            while True:
                message = self._message()
                if message.get("end"):
                    break
                size = message.get("size", 0)
                if not isinstance(size, int) or not 0 <= size <= MOST_NOTEBOOK_BYTES:
                    raise ValueError("a size that is none")
                content = self._content(size)
                yield _Reply(message, content)
                for _ in content:  # whatever was not read
                    pass
        except GeneratorExit:
            self.close()
            raise
        except (OSError, ValueError):
            for_time = self._how_it_ended() in _STOPPED_FOR_TIME
            self.close()
            raise _Ended(for_time=for_time) from None
        if message.get("over"):
            self.close()
        if message.get("too_much"):
            raise UnreadableSubmission(TOO_MUCH)
        if message.get("problem"):
            raise UnreadableSubmission(str(message["problem"])[:1000])

    def _start(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "coursework.grading.reading", "--socket", str(theirs.fileno())]
        if self.sandbox == "bwrap":
            command = [*sandbox_command(hidden=solution_folders()), *command, "--drop-root"]
        with theirs:
            self._process = subprocess.Popen(
                command, env=process_environment(), pass_fds=[theirs.fileno()], cwd=tempfile.gettempdir(),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0,
            )  # fmt: skip
        ours.settimeout(_SILENT_SECONDS)
        self._channel = ours
        with contextlib.suppress(OSError):  # the first request meets the same error
            lessons = [asdict(lesson) for lesson in written_lessons()]
            self._send({"op": "start", "lessons": lessons, "tasks": names_of_tasks()})

    def _send(self, message: Mapping[str, Any], file: BufferedReader | None = None) -> None:
        assert self._channel is not None
        text = json.dumps(message).encode()
        socket.send_fds(self._channel, [LENGTH.pack(len(text))], [file.fileno()] if file else [])
        self._channel.sendall(text)

    def _message(self) -> dict[str, Any]:
        length = LENGTH.unpack(b"".join(self._content(LENGTH.size)))[0]
        if length > _MOST_BYTES_OF_A_REPLY:
            raise ValueError("a reply that is too long")
        message = json.loads(b"".join(self._content(length)))
        if not isinstance(message, dict):
            raise ValueError("a reply that is none")
        return message

    def _content(self, size: int) -> Iterator[bytes]:
        assert self._channel is not None
        while size:
            part = self._channel.recv(min(size, 2**20))
            if not part:
                raise ConnectionError("the reading process ended")
            size -= len(part)
            yield part

    def _how_it_ended(self) -> int | None:
        assert self._process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(5)
        return None


def _member(message: Mapping[str, Any]) -> tuple[int, Found, bool]:
    """Return what a reader said of a file in an archive, each part held to what it may be.

    Raises
    ------
    ValueError
        When it is anything else.
    """
    try:
        lesson, told_by = _told(message["told"])
        found = Found(
            tuple(map(_text, message["parts"])), when=float(message["when"]), problem=_text(message["problem"]),
            aside=_text(message["aside"]), lesson=lesson, told_by=told_by,
        )  # fmt: skip
        return int(message["number"]), found, message["read"] is True
    except (TypeError, KeyError) as error:
        raise ValueError(str(error)) from None


def _told(told: Any) -> tuple[str, str]:
    """Return a lesson's folder and what told it, nothing where that is no lesson."""
    try:
        lesson, told_by = map(_text, told)
        return (find_lesson(lesson).folder, told_by) if lesson else ("", "")
    except (TypeError, ValueError, UnknownLesson):
        return "", ""


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value[:4096]
