"""Hand-ins as they come: single notebooks, our own zips, and the "download all" of Canvas and of Moodle.

Every file that could be a hand-in is told by its name whose it is, of which attempt, and by its place or its metadata
of which lesson. What is taken is written below `submitted/` of the grading folder, in nbgrader's form; the files that
came are only read.
"""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from imbalanced_course.catalogue import Lesson, UnknownLesson, find_lesson, written_lessons
from imbalanced_course.errors import CourseError
from imbalanced_course.lesson_notebook import COURSE_KEY

MOST_ENTRIES = 100_000
MOST_BYTES_OF_A_FILE = 100 * 2**20
MOST_BYTES_OF_A_ZIP = 4 * 2**30
# A notebook of text is packed to a tenth; what is packed to a five-hundredth was made to fill a disk.
MOST_TIMES_PACKED = 500

_CANVAS = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<user>\d+)_(?P<submission>\d+)_(?P<file>.+)", re.IGNORECASE)
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<user>\d+)_assignsubmission_file_?(?P<file>.*)", re.DOTALL)
_COPY = re.compile(
    r"[\s_-]*(?:\((?P<one>\d+)\)|-(?P<two>\d+)|- ?copy(?P<three>\d*)|_copy(?P<four>\d*))$", re.IGNORECASE
)


class Refused(CourseError):
    """A file that is not taken, with the reason in one sentence."""


@dataclass(frozen=True)
class HandIn:
    """One file of one learner: `attempt` is higher for a later one, `problem` says why it does not count, if so."""

    student: str
    lesson: str
    shown: str
    content: bytes = b""
    attempt: int = 0
    late: bool = False
    problem: str = ""


def is_zip(path: Path) -> bool:
    """Return whether this is a file that says it is a zip."""
    return path.is_file() and not path.is_symlink() and path.suffix.lower() == ".zip"


def of_moodle(name: str) -> bool:
    """Return whether a folder is named as Moodle names one learner's hand-in."""
    return _MOODLE.fullmatch(name) is not None


def hand_ins_of_zip(path: Path) -> Iterator[HandIn]:
    """Yield the hand-ins in a zip of a whole class.

    Raises
    ------
    Refused
        When the zip cannot be read, or is made to do harm.
    """
    with _opened(path.name, path) as archive:
        infos = [info for info in archive.infolist() if _is_wanted(info)]
        paths = [PurePosixPath(_shown_name(info)) for info in infos]
        tops = {path.parts[0] for path in paths}
        wrapped = len(tops) == 1 and all(_is_whole_without_first(path.parts[1:]) for path in paths)
        for info, place in zip(infos, paths, strict=True):
            shown = str(PurePosixPath(*place.parts[1:])) if wrapped else str(place)
            yield from hand_ins_of_file(shown, archive.read(info))


def _is_whole_without_first(parts: tuple[str, ...]) -> bool:
    """Return whether a path still tells whose it is without its first folder: some systems put all into one."""
    return bool(parts) and (len(parts) > 2 or of_moodle(parts[0]) or _CANVAS.fullmatch(parts[-1]) is not None)


def hand_ins_of_file(name: str, content: bytes) -> Iterator[HandIn]:
    """Yield the hand-ins in one file, which may be a zip of a learner's; `name` may have folders before it."""
    parts = PurePosixPath(name).parts
    if any(part.startswith((".", "__MACOSX")) for part in parts):
        return
    file = parts[-1]
    if not file.lower().endswith((".ipynb", ".zip")):
        return
    found = _owner(parts)
    if file.lower().endswith(".zip"):
        try:
            with _opened(file, io.BytesIO(content)) as archive:
                inner = [info for info in archive.infolist() if info.filename.lower().endswith(".ipynb")]
                for info in inner:
                    yield _as_hand_in(found, f"{name}/{_shown_name(info)}", archive.read(info))
                if not inner:
                    yield replace(found, shown=name, problem="the zip holds no notebook")
        except Refused as error:
            yield replace(found, shown=name, problem=str(error))
    else:
        yield _as_hand_in(found, name, content)


def lay_out(found: Iterable[HandIn], folder: Path) -> list[tuple[HandIn, Path]]:
    """Write what counts into `folder` in nbgrader's form, and return each hand-in, without its content, with its file.

    Of several attempts at a lesson the last counts; the others come back with a problem, but for exact copies. What was
    laid out before and is the same is left alone.
    """
    counting: dict[tuple[str, str], HandIn] = {}
    laid = []
    for hand_in in found:
        light = replace(hand_in, content=b"")
        if hand_in.problem:
            laid.append((light, Path(hand_in.shown)))
            continue
        key = (hand_in.student, hand_in.lesson)
        path = folder / hand_in.student / hand_in.lesson / f"{find_lesson(hand_in.lesson).notebook}.ipynb"
        before = counting.get(key)
        if before and path.read_bytes() == hand_in.content:
            continue
        surplus = light
        if before is None or before.attempt <= hand_in.attempt:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != hand_in.content:
                path.write_bytes(hand_in.content)
            counting[key], surplus = light, before or light
        if before:
            reason = f"{hand_in.lesson} was handed in more than once; this one does not count"
            laid.append((replace(surplus, problem=reason), Path(surplus.shown)))
    for (student, lesson), hand_in in counting.items():
        laid.append((hand_in, folder / student / lesson / f"{find_lesson(lesson).notebook}.ipynb"))
    return laid


def _owner(parts: tuple[str, ...]) -> HandIn:
    """Tell from a path whose a file is; the lesson is still open."""
    first, file = parts[0], parts[-1]
    if found := _MOODLE.fullmatch(first):
        return HandIn(f"{found['name'].strip()}_{found['user']}", "", "", attempt=_attempt(file))
    if len(parts) == 1 and (found := _CANVAS.fullmatch(file)):
        student = f"{found['name']}_{found['user']}"
        return HandIn(student, "", "", attempt=_attempt(found["file"]), late=bool(found["late"]))
    if len(parts) > 1:
        return HandIn("" if _is_lesson(first) else first, "", "", attempt=_attempt(file))
    return HandIn(_name_beside_the_lesson(file), "", "", attempt=_attempt(file))


def _as_hand_in(owner: HandIn, shown: str, content: bytes) -> HandIn:
    lesson = _lesson_of(shown, content)
    if lesson is None:
        return replace(owner, shown=shown, problem="neither its name nor its metadata tells its lesson")
    if not owner.student:
        return replace(owner, shown=shown, lesson=lesson.folder, problem="its name does not tell whose it is")
    if "/" in owner.student or not owner.student.isprintable() or owner.student.startswith("."):
        return replace(owner, shown=shown, lesson=lesson.folder, problem="the learner's name is not readable text")
    return replace(owner, shown=shown, lesson=lesson.folder, content=content)


def _lesson_of(shown: str, content: bytes) -> Lesson | None:
    """Tell the lesson: by the folder or the file's name, else by what the release wrote into the notebook."""
    parts = PurePosixPath(shown).parts
    for part in reversed(parts[:-1]):
        try:
            return find_lesson(part)
        except UnknownLesson:
            continue
    stem = _without_copy(PurePosixPath(parts[-1]).stem).casefold()
    for lesson in written_lessons():
        if re.search(rf"(?:^|[^a-z]){lesson.notebook}(?:[^a-z]|$)|(?:^|[^a-z]){lesson.name}(?:[^a-z]|$)", stem):
            return lesson
    try:
        return find_lesson(str(json.loads(content)["metadata"][COURSE_KEY]["lesson"]))
    except (ValueError, KeyError, TypeError, RecursionError, UnknownLesson):
        return None


def _is_lesson(name: str) -> bool:
    return any(name in (lesson.folder, lesson.name, lesson.notebook) for lesson in written_lessons())


def _name_beside_the_lesson(file: str) -> str:
    """Return what is left of a file's name without the lesson: `ada-metrics.ipynb` is Ada's."""
    stem = _without_copy(PurePosixPath(file).stem)
    for lesson in written_lessons():
        for name in (lesson.folder, lesson.notebook, lesson.name):
            rest = re.sub(rf"(?:^|[\s_.-]+){re.escape(name)}(?:[\s_.-]+|$)", "", stem, flags=re.IGNORECASE)
            if rest != stem:
                return rest.strip()
    return ""


def _without_copy(stem: str) -> str:
    return _COPY.sub("", stem)


def _attempt(file: str) -> int:
    """Return which copy of a file this is: Canvas and browsers number later ones."""
    found = _COPY.search(PurePosixPath(file).stem)
    if not found:
        return 0
    number = next((text for text in found.groups() if text), "")
    return int(number[:6]) if number else 1


@contextmanager
def _opened(name: str, source: Path | io.BytesIO) -> Iterator[zipfile.ZipFile]:
    """Open a zip that was looked through before anything of it is read; nothing is written anywhere.

    Raises
    ------
    Refused
        When it is none, is locked, or was made to climb out, to link or to swell.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            _require_harmless(name, [info for info in archive.infolist() if not info.is_dir()])
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise Refused(f"{name} is not a zip that can be read ({str(error)[:80] or type(error).__name__})") from None


def _require_harmless(name: str, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_ENTRIES:
        raise Refused(f"{name} holds {len(infos):,} files; at most {MOST_ENTRIES:,} are read")
    total = 0
    for info in infos:
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        if info.filename.startswith(("/", "\\")) or ".." in parts or (parts and ":" in parts[0]):
            raise Refused(f"{name} holds a file that climbs out of it ({info.filename[:60]!r}): nothing of it is read")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise Refused(f"{name} holds a symbolic link ({info.filename[:60]!r}): nothing of it is read")
        if info.flag_bits & 1:
            raise Refused(f"{name} is locked with a password")
        swells = info.file_size > MOST_TIMES_PACKED * max(info.compress_size, 1) and info.file_size > 2**20
        if swells or (_is_wanted(info) and info.file_size > MOST_BYTES_OF_A_FILE):
            raise Refused(
                f"{name} holds a file that unpacks to {info.file_size / 2**20:,.0f} MB: nothing of it is read"
            )
        total += info.file_size if _is_wanted(info) else 0
    if total > MOST_BYTES_OF_A_ZIP:
        raise Refused(f"{name} unpacks to {total / 2**30:,.1f} GB; at most {MOST_BYTES_OF_A_ZIP / 2**30:g} are read")


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    return not info.is_dir() and info.filename.lower().endswith((".ipynb", ".zip"))


def _shown_name(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/")
