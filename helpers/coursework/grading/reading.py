"""The confined process in which strangers' files are parsed: it gets open files, and sends small data back.

It is started by `reader.py`, inside bubblewrap where there is one. It holds itself to limits on memory and on the
processor time of each file; a file that is too much for it ends it, and costs its own learner only.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import resource
import signal
import socket
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from coursework.answering.isolation import drop_root
from coursework.grading.lesson_plan import LessonParts, lesson_parts
from coursework.grading.submitted_notebook import MOST_CELL_CHARACTERS, submitted_notebook
from coursework.grading.taking import as_message, take
from coursework.intake.archives import members
from coursework.intake.found import READ_BESIDE, shown
from coursework.intake.looking import submitters, told_lesson
from coursework.lessons.catalogue import take_for_written
from coursework.lessons.notebook import grade_id, is_answer, source_text
from imbalanced_course.errors import CourseError
from imbalanced_course.inventory import answers_in

MOST_BYTES_IN_MEMORY = 2**30
MOST_SECONDS = 10
# With more than this, the process is not used again: Python gives little of it back.
_MOST_BYTES_TO_GO_ON = 200 * 2**20
LENGTH = struct.Struct("!I")

_TASKS: dict[str, list[str]] = {}  # by each lesson's folder the names of its answer cells


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer requests until the channel closes."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--socket", type=int, required=True)
    parser.add_argument("--drop-root", action="store_true", help="become nobody")
    options = parser.parse_args(arguments)
    channel = socket.socket(fileno=options.socket)
    if options.drop_root:
        drop_root()
    _limit_own_use()
    lessons: dict[str, LessonParts] = {}
    while request := _received(channel):
        message, file = request
        if message["op"] == "start":
            take_for_written(message["lessons"])
            _TASKS.update(message["tasks"])
        elif message["op"] == "lesson":
            lessons[message["name"]] = lesson_parts(message["name"], message["outline"], message["outline"])
        else:
            with file:
                _answer(channel, _OPERATIONS[message["op"]](message, file, lessons))
    os._exit(0)


def _answer(channel: socket.socket, replies: Iterator[tuple[dict[str, Any], bytes]]) -> None:
    """Send what an operation yields, and then the end: what is wrong with the file, whether to start a new process."""
    end: dict[str, Any] = {"end": True}
    try:
        _limit_processor_time()
        for message, content in replies:
            _limit_processor_time()
            _send(channel, message, content)
        if _most_memory_so_far() > 0.9 * MOST_BYTES_IN_MEMORY:
            raise MemoryError
    except MemoryError:
        end["too_much"] = True
    except CourseError as error:
        end["problem"] = str(error)[:1000]
    signal.setitimer(signal.ITIMER_PROF, 0)
    _send(channel, {**end, "over": _most_memory_so_far() > _MOST_BYTES_TO_GO_ON}, b"")


def _take(
    message: Mapping[str, Any], file: BinaryIO, lessons: Mapping[str, LessonParts]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    yield {"taken": as_message(take(lessons[message["lesson"]], submitted_notebook(file.read())))}, b""


def _look(
    message: Mapping[str, Any], file: BinaryIO, lessons: Mapping[str, LessonParts]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    yield {"told": told_lesson(file.read(), _TASKS)}, b""


def _members(
    message: Mapping[str, Any], file: BinaryIO, lessons: Mapping[str, LessonParts]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    most, first = message["most_bytes"], message["first"]
    for number, found, content in members(message["name"], file, level=message["level"], most_bytes=most, first=first):
        told = ("", "") if content is None or found.parts[-1] in READ_BESIDE else told_lesson(content, _TASKS)
        parts = [shown(part) for part in found.parts]
        reply = {"number": number, "parts": parts, "when": found.when, "problem": found.problem, "aside": found.aside,
                 "told": told, "read": content is not None}  # fmt: skip
        yield {**reply, "size": len(content or b"")}, content or b""


def _submitters(
    message: Mapping[str, Any], file: BinaryIO, lessons: Mapping[str, LessonParts]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    yield {"submitters": submitters(file.read())}, b""


def _texts(
    message: Mapping[str, Any], file: BinaryIO, lessons: Mapping[str, LessonParts]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    # A graded notebook holds the lesson's texts, too.
    cells = submitted_notebook(file.read(), most_characters=2 * MOST_CELL_CHARACTERS)["cells"]
    yield {"texts": [[str(cell["id"]), grade_id(cell), is_answer(cell), source_text(cell)] for cell in cells]}, b""


def _inventory(
    message: Mapping[str, Any], file: BinaryIO, lessons: Mapping[str, LessonParts]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    yield {"letters": list(answers_in(submitted_notebook(file.read())))}, b""


_OPERATIONS: Mapping[str, Callable[..., Iterator[tuple[dict[str, Any], bytes]]]] = {
    "take": _take, "look": _look, "members": _members, "submitters": _submitters, "texts": _texts,
    "inventory": _inventory,
}  # fmt: skip


def _limit_own_use() -> None:
    gc.disable()  # millions of small objects without a cycle: looking for one takes most of the time
    for kind, most in (
        (resource.RLIMIT_AS, MOST_BYTES_IN_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a hard limit below ours stays
            resource.setrlimit(kind, (most, most))


def _limit_processor_time() -> None:
    """End this process after so many more seconds of work, wherever it is."""
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)


def _most_memory_so_far() -> int:
    """Return the most bytes that this program held; Linux would count what started it into `ru_maxrss`."""
    with open("/proc/self/status", "rb") as status:  # noqa: PTH123
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(b"VmHWM"))


def _received(channel: socket.socket) -> tuple[dict[str, Any], BinaryIO] | None:
    head, descriptors, *_ = socket.recv_fds(channel, LENGTH.size, 1)
    if len(head) < LENGTH.size:
        return None
    left = LENGTH.unpack(head)[0]
    text = b""
    while len(text) < left:
        part = channel.recv(left - len(text))
        if not part:
            return None
        text += part
    file = os.fdopen(descriptors[0], "rb") if descriptors else open(os.devnull, "rb")  # noqa: PTH123, SIM115
    if descriptors:
        file.seek(0)
    return json.loads(text), file


def _send(channel: socket.socket, message: Mapping[str, Any], content: bytes) -> None:
    # Half of a surrogate pair is no UTF-8.
    text = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
    channel.sendall(LENGTH.pack(len(text)) + text)
    channel.sendall(content)


if __name__ == "__main__":
    main()
