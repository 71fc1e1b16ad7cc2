"""Hand-ins as they come: single notebooks, our own zips, and the "download all" of Canvas and of Moodle.

Every file that could be a hand-in is told by its name whose it is and of which attempt (`handin_names`), and by its
place, its name or its metadata of which lesson. Zips and notebooks are opened in the reader's process only.
"""

from __future__ import annotations

import io
import json
import re
import stat
import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from coursework.grading.handin_data import HandIn, Member
from coursework.grading.handin_names import (
    Owner,
    by_name,
    learner_name,
    lessons_named_in,
    of_moodle,
    of_platform,
    owner_by_name,
    owner_by_platform,
    without_copy,
)
from coursework.lessons.catalogue import Lesson, UnknownLesson, find_lesson, written_lessons
from coursework.lessons.notebook import COURSE_KEY
from imbalanced_course.errors import CourseError

MOST_ENTRIES = 100_000
MOST_BYTES_OF_A_FILE = 100 * 2**20
MOST_BYTES_OF_A_CLASS = 4 * 2**30
MOST_BYTES_OF_A_LEARNER = 500 * 2**20
# A notebook of text is packed to a tenth; what is packed to a five-hundredth was made to fill a disk.
MOST_TIMES_PACKED = 500
# A learner's zip may hold the zips that `course submit` made; nobody needs a third level.
MOST_LEVELS = 2

NOTEBOOK = re.compile(r"\.ipynb(\.(json|txt))?$", re.IGNORECASE)
ARCHIVE = re.compile(r"\.(7z|rar|tar|tgz|gz|bz2|tbz2?|xz|txz|zst|lzma|cab|iso|arj|zipx)$", re.IGNORECASE)
NO_ZIP = "it is an archive that is not opened: ask for a zip, or for the notebook itself"
# What systems leave beside files; nobody handed these in.
NOT_HANDED_IN = re.compile(r"\.|__MACOSX$|Thumbs\.db$|desktop\.ini$", re.IGNORECASE)


class Refused(CourseError):
    """A file that is not taken, with the reason in one sentence."""


def hand_ins_of_zip(source: BinaryIO, name: str, *, first: int = 0) -> Iterator[HandIn | Member]:
    """Yield the hand-ins in a zip of a whole class, and before each file's which one it is.

    Parameters
    ----------
    first : int
        The number of the file to begin with.

    Raises
    ------
    Refused
        When the zip cannot be read, or is made to do harm.
    """
    with _opened(name, source, MOST_BYTES_OF_A_CLASS) as archive:
        found = _members(archive)
        wrapped = _has_folder_around(found)
        for number, (path, info) in enumerate(found.items()):
            if number < first:
                continue
            shown = str(PurePosixPath(*path.parts[1:]) if wrapped else path)
            owner = owner_of(shown)
            yield Member(number, owner.student, shown)
            if not _is_wanted(path.name):
                yield from hand_ins_of_file(shown, b"")
                continue
            try:
                content = _read(archive, info)
            except Refused as error:
                yield HandIn(owner.student, "", shown, origin=owner.origin, problem=str(error))
            else:
                inner = hand_ins_of_file(shown, content, when=_time_of(info))
                yield from (one for one in inner if isinstance(one, HandIn))


def hand_ins_of_file(
    name: str, content: bytes, *, student: str | None = None, when: float = 0.0, first: int = 0
) -> Iterator[HandIn | Member]:
    """Yield the hand-ins in one file, which may be a zip.

    Parameters
    ----------
    name : str
        The file's name, with the folders before it.
    student : str, optional
        Whose it is, where that is known; told by the name unless said.
    when : float
        The file's time.
    first : int
        With which file to begin where it is a zip of a class.
    """
    parts = PurePosixPath(name).parts
    if any(NOT_HANDED_IN.match(part) for part in parts):
        return
    owner = owner_of(name) if student is None else replace(owner_of(name), student=student)
    if NOTEBOOK.search(parts[-1]):
        yield _as_hand_in(owner, name, content, told=parts[1:] if len(parts) > 1 else (owner.file,), when=when)
    elif not parts[-1].lower().endswith(".zip"):
        archive = ARCHIVE.search(parts[-1])
        problem = NO_ZIP if archive else "it is neither a notebook nor a zip"
        yield HandIn(owner.student, "", name, origin=owner.origin, problem=problem, aside=not archive)
    elif student is None and not owner.origin and _is_of_a_class(content):
        try:
            yield from hand_ins_of_zip(io.BytesIO(content), parts[-1], first=first)
        except Refused as error:
            yield HandIn("", "", name, problem=str(error))
    else:
        yield from _of_learners_zip(owner, name, content, level=1, most_bytes=MOST_BYTES_OF_A_LEARNER)


def owner_of(name: str) -> Owner:
    """Tell from a path whose a file is; the student is an empty text where it does not tell."""
    parts = PurePosixPath(NOTEBOOK.sub(".ipynb", name)).parts
    first, file = parts[0], parts[-1]
    if owner := owner_by_platform(first, file):
        return owner
    beside = owner_by_name(file, _names_of_lessons())
    if len(parts) > 1:
        return replace(beside, student="" if _is_lesson(first) else first)
    return beside


def lesson_of(told: Iterable[str], content: bytes) -> Lesson | None:
    """Tell a notebook's lesson by names, else by what the release wrote into it; see `lesson_by_names`."""
    found = lesson_by_names(told)
    if found:
        return found
    try:
        return find_lesson(str(json.loads(content)["metadata"][COURSE_KEY]["lesson"]))
    except (ValueError, KeyError, TypeError, RecursionError, UnknownLesson):
        return None


def lesson_by_names(told: Iterable[str]) -> Lesson | None:
    """Tell a notebook's lesson by a folder's or the file's name.

    Parameters
    ----------
    told : iterable of str
        The folders that the notebook is in, without the learner's, and its own name.
    """
    *folders, file = told
    for folder in reversed(folders):
        try:
            return find_lesson(folder.removesuffix(".zip"))
        except UnknownLesson:
            continue
    named = lessons_named_in(notebook_stem(file), _names_of_lessons())
    if len(named) != 1 and folders:
        # A zip within a zip may have the lesson's name, and the notebook in it another.
        named = [lesson for folder in folders for lesson in lessons_named_in(folder, _names_of_lessons())]
    return find_lesson(named[0]) if len(set(named)) == 1 else None


def _of_learners_zip(owner: Owner, name: str, content: bytes, *, level: int, most_bytes: int) -> Iterator[HandIn]:
    """Yield the notebooks in a learner's zip, and in the zips in it."""
    empty = HandIn(owner.student, "", name, origin=owner.origin)
    told = PurePosixPath(name).parts[1:] if "/" in name else (owner.file,)
    if level > MOST_LEVELS:
        yield replace(empty, problem="a zip in a zip in a zip is not opened")
        return
    try:
        with _opened(PurePosixPath(name).name, io.BytesIO(content), most_bytes) as archive:
            inner = {path: info for path, info in _members(archive).items() if _is_wanted(path.name)}
            zips = sum(path.name.lower().endswith(".zip") for path in inner)
            room = most_bytes - sum(info.file_size for info in inner.values())
            for path, info in inner.items():
                shown, data = f"{name}/{path}", _read(archive, info)
                if path.name.lower().endswith(".zip"):
                    yield from _of_learners_zip(owner, shown, data, level=level + 1, most_bytes=room // zips)
                else:
                    yield _as_hand_in(owner, shown, data, told=(*told, *path.parts), when=_time_of(info))
            if not inner:
                yield replace(empty, problem="the zip contains no notebook")
    except Refused as error:
        yield replace(empty, problem=str(error))


def _as_hand_in(owner: Owner, shown: str, content: bytes, *, told: tuple[str, ...], when: float) -> HandIn:
    found = HandIn(owner.student, "", shown, origin=owner.origin)
    lesson = lesson_of(told, content)
    if lesson is None:
        return replace(found, problem="neither its name nor its metadata says which lesson it is")
    found = replace(found, lesson=lesson.folder)
    if not owner.student:
        return replace(found, problem="its name doesn't say whose it is")
    student = learner_name(owner.student)
    if student is None:
        return replace(found, problem="the learner's name is not readable text, or too long")
    stem = notebook_stem(told[-1])
    named, exact = int(without_copy(stem) == lesson.notebook), int(stem == lesson.notebook)
    if owner.origin:
        # Of several files handed in together the one with the lesson's own name counts, not the copy beside it.
        return replace(found, student=student, content=content, order=(named, *owner.order), tie=(exact,))
    dated, number = max(by_name(told[-1]), by_name(owner.file))
    order = (dated, number if dated else 0)
    return replace(found, student=student, content=content, order=order, when=when, tie=(0, named, number, exact))


def _has_folder_around(paths: Iterable[PurePosixPath]) -> bool:
    """Return whether all files of a class are in one folder more, which is no learner's: some systems make one."""
    split = [(path.parts[0], path.parts[1:]) for path in paths]
    firsts = {first for first, _ in split}
    if len(firsts) != 1 or of_moodle(*firsts):
        return False
    return all(
        rest and (of_platform(rest[0], rest[-1]) or (len(rest) > 2 and not _is_lesson(rest[0]))) for _, rest in split
    )


def _is_of_a_class(content: bytes) -> bool:
    """Return whether a zip whose own name tells no learner holds files that do."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            paths = _members(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        return False
    around = int(_has_folder_around(paths))
    return any(of_platform(path.parts[around], path.name) for path in paths)


def _names_of_lessons() -> dict[str, list[str]]:
    return {lesson.folder: [lesson.folder, lesson.notebook, lesson.name] for lesson in written_lessons()}


def _is_lesson(name: str) -> bool:
    return any(name in names for names in _names_of_lessons().values())


@contextmanager
def _opened(name: str, source: BinaryIO, most_bytes: int) -> Iterator[zipfile.ZipFile]:
    """Open a zip that was looked through before anything of it is read; nothing is written anywhere.

    Raises
    ------
    Refused
        When it is none, is locked, or was made to climb out, to link or to swell.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            _require_harmless(name, _members(archive), most_bytes)
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise Refused(f"{name} is not a zip that can be read ({str(error)[:80] or type(error).__name__})") from None


def _require_harmless(name: str, members: Mapping[PurePosixPath, zipfile.ZipInfo], most_bytes: int) -> None:
    if len(members) > MOST_ENTRIES:
        raise Refused(f"{name} holds {len(members):,} files; at most {MOST_ENTRIES:,} are read")
    total = 0
    for path, info in members.items():
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise Refused(f"{name} contains a file that climbs out of it ({str(path)[:60]!r}): none of it is read")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise Refused(f"{name} contains a symbolic link ({str(path)[:60]!r}): none of it is read")
        if _is_wanted(path.name):
            total += info.file_size
    if total > most_bytes:
        raise Refused(f"{name} unpacks to {total / 2**20:,.0f} MB; at most {most_bytes / 2**20:,.0f} are read")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return a file of a zip.

    Raises
    ------
    Refused
        When it is too large, locked or damaged.
    """
    swells = info.file_size > MOST_TIMES_PACKED * max(info.compress_size, 1) and info.file_size > 2**20
    if swells or info.file_size > MOST_BYTES_OF_A_FILE:
        raise Refused(f"it unpacks to {info.file_size / 2**20:,.0f} MB: it is not read")
    if info.flag_bits & 1:
        raise Refused("it is locked with a password")
    try:
        return archive.read(info)
    except MemoryError:
        raise
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise Refused(f"it cannot be unpacked ({str(error)[:80] or type(error).__name__})") from None
    except Exception as error:  # zlib, bz2 and lzma each raise an error of their own
        raise Refused(f"it cannot be unpacked ({type(error).__name__})") from None


def _is_wanted(file: str) -> bool:
    return bool(NOTEBOOK.search(file)) or file.lower().endswith(".zip")


def notebook_stem(file: str) -> str:
    """Return a notebook's name without its ending, also where that is one too many: `metrics.ipynb.json`."""
    return NOTEBOOK.sub("", file)


def _time_of(info: zipfile.ZipInfo) -> float:
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0


def _members(archive: zipfile.ZipFile) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """Return the files in a zip that somebody put there, in the order of their names."""
    found = {}
    for info in archive.infolist():
        path = PurePosixPath(_readable(info).replace("\\", "/"))
        hidden = any(NOT_HANDED_IN.match(part) and part != ".." for part in path.parts)
        if path.parts and not hidden and not info.is_dir():
            found[path] = info
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def _readable(info: zipfile.ZipInfo) -> str:
    """Return a file's name; what was written as UTF-8 without saying so was read as code page 437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
