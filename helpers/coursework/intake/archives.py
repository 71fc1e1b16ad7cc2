"""What is in an archive, read without writing anything: zips and tars, and archives in them.

This happens in the reader's process only. An archive is looked through before anything of it is read.
"""

from __future__ import annotations

import io
import re
import stat
import tarfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from coursework.intake.content import A_GZIP, A_ZIP, MOST_BYTES_OF_A_HEAD, kind_of
from coursework.intake.found import HIDDEN, MOST_FOLDERS_DEEP, READ_BESIDE, TOO_DEEP, Found, what_it_is
from coursework.intake.names import MOST_OF_A_PART, READ_ARCHIVE
from imbalanced_course.errors import CourseError

MOST_ENTRIES = 100_000
MOST_BYTES_OF_A_FILE = 100 * 2**20
MOST_BYTES_OF_A_CLASS = 4 * 2**30
MOST_BYTES_OF_A_LEARNER = 500 * 2**20
# A notebook of text is packed to a tenth; what is packed to a five-hundredth was made to fill a disk.
MOST_TIMES_PACKED = 500
# A class's archive holds learners' archives, and these the zips that `course submit` made; nobody needs another level.
MOST_LEVELS = 2

_UNREADABLE = (
    zipfile.BadZipFile, tarfile.TarError, EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip


class Refused(CourseError):
    """A file that is not taken, with the reason in one sentence."""


@dataclass(frozen=True)
class _Entry:
    """One file of an archive: its size, how large it is packed (0 unless known), its time, and what reads it.

    `kind` tells what a file is by its first bytes, where its name doesn't.
    """

    size: int
    packed: int
    when: float
    link: bool
    locked: bool
    read: Callable[[], bytes]
    kind: Callable[[], str]


def members(
    name: str, source: BinaryIO, *, level: int, most_bytes: int, first: int = 0
) -> Iterator[tuple[int, Found, bytes | None]]:
    """Yield what is in an archive: each file with its number, and the content where it is read.

    Before a file is read, it is yielded with nothing but its name.

    Parameters
    ----------
    name : str
        The archive's own name.
    level : int
        0 for a class's archive, 1 for a learner's.
    most_bytes : int
        How much it may unpack to.
    first : int
        The number of the file to begin with.

    Raises
    ------
    Refused
        When the archive cannot be read, or is made to do harm.
    """
    with _opened(name, source, most_bytes) as entries:
        inner = sum(_is_archive(path) for path in entries)
        room = most_bytes - sum(entry.size for path, entry in entries.items() if _is_wanted(path))
        names: dict[PurePosixPath, set[str]] = defaultdict(set)
        for path in entries:
            names[path.parent].add(path.name)
        is_told = bool(first)
        for number, (path, entry) in enumerate(entries.items()):
            if number < first:
                continue
            found = _named(path, entry.when)
            if found.is_not_read:
                yield number, Found(path.parts), None
                found = found.called(_kind(entry), names[path.parent])
                is_told |= not found.aside
            if found.problem or found.aside:
                yield number, found, None
                continue
            yield number, Found(path.parts), None
            try:
                content = _content(entry)
                if _is_archive(path):
                    yield from (
                        (number, one.inside(path.parts), data)
                        for one, data in _nested(path.name, content, level + 1, room // inner if level else None)
                    )
                else:
                    yield number, found, content
            except Refused as error:
                yield number, Found(path.parts, problem=str(error)), None
        if not any(_is_wanted(path) and path.name not in READ_BESIDE for path in entries) and not is_told:
            kind = "zip" if name.lower().endswith(".zip") else "archive"
            yield len(entries), Found((), problem=f"the {kind} contains no notebook"), None


def _nested(name: str, content: bytes, level: int, room: int | None) -> Iterator[tuple[Found, bytes | None]]:
    if level > MOST_LEVELS:
        raise Refused("a zip in a zip in a zip is not opened")
    most = MOST_BYTES_OF_A_LEARNER if room is None else room
    for _, found, data in members(name, io.BytesIO(content), level=level, most_bytes=most):
        if data is not None or found.problem or found.aside:
            yield found, data


@contextmanager
def _opened(name: str, source: BinaryIO, most_bytes: int) -> Iterator[dict[PurePosixPath, _Entry]]:
    """Open an archive that was looked through, in the order of the names.

    Raises
    ------
    Refused
        When it is none, is locked, or was made to climb out, to link or to swell.
    """
    is_zip = name.lower().endswith(".zip")
    try:
        with _zip_entries(source) if is_zip else _tar_entries(source) as entries:
            _require_harmless(name, entries, most_bytes)
            yield dict(sorted(entries.items(), key=lambda item: str(item[0])))
    except _UNREADABLE as error:
        kind, why = "a zip" if is_zip else "an archive", _why_not_opened(error, source, A_ZIP if is_zip else A_GZIP)
        raise Refused(f"{name} is not {kind} that can be read ({why})") from None


def _why_not_opened(error: Exception, source: BinaryIO, expected: str) -> str:
    if not isinstance(error, zipfile.BadZipFile | tarfile.ReadError):
        return str(error)[:80] or type(error).__name__
    source.seek(0)
    kind = kind_of(source.read(MOST_BYTES_OF_A_HEAD))
    return "it is cut off or damaged" if kind in ("", expected) else f"it is {kind}"


@contextmanager
def _zip_entries(source: BinaryIO) -> Iterator[dict[PurePosixPath, _Entry]]:
    with zipfile.ZipFile(source) as archive:
        found = {}
        for info in archive.infolist():
            path = PurePosixPath(_readable(info).replace("\\", "/"))
            if path.parts and not info.is_dir():
                link, locked = stat.S_ISLNK(info.external_attr >> 16), bool(info.flag_bits & 1)

                def read(info: zipfile.ZipInfo = info) -> bytes:
                    return archive.read(info)

                def kind(info: zipfile.ZipInfo = info) -> str:
                    with archive.open(info) as file:
                        return kind_of(file.read(MOST_BYTES_OF_A_HEAD))

                packed = max(info.compress_size, 1)
                found[path] = _Entry(info.file_size, packed, _time_of(info), link, locked, read, kind)
        yield found


@contextmanager
def _tar_entries(source: BinaryIO) -> Iterator[dict[PurePosixPath, _Entry]]:
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    with tarfile.open(fileobj=source, mode="r:*") as archive:
        found: dict[PurePosixPath, _Entry] = {}
        total = 0
        for info in archive:
            path = PurePosixPath(info.name)
            if info.isdir() or not path.parts:
                continue
            total += info.size
            if len(found) > MOST_ENTRIES or (total > 2**20 and total > MOST_TIMES_PACKED * size):
                raise ValueError("it was made to swell")

            def read(info: tarfile.TarInfo = info) -> bytes:
                file = archive.extractfile(info)
                return file.read() if file else b""

            # At once: to come back to each file would unpack a tar many times.
            file = archive.extractfile(info) if info.isfile() and what_it_is(path.parts).is_not_read else None
            kind = partial(str, kind_of(file.read(MOST_BYTES_OF_A_HEAD)) if file else "")
            found[path] = _Entry(info.size, 0, float(info.mtime), not info.isfile(), False, read, kind)
        yield found


def _require_harmless(name: str, entries: dict[PurePosixPath, _Entry], most_bytes: int) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Refused(f"{name} holds {len(entries):,} files; at most {MOST_ENTRIES:,} are read")
    for path, entry in entries.items():
        if what_it_is(path.parts).aside == HIDDEN:
            continue
        if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", path.parts[0]):
            raise Refused(f"{name} contains a file that climbs out of it ({str(path)[:60]!r}): none of it is read")
        if entry.link:
            raise Refused(f"{name} contains a symbolic link ({str(path)[:60]!r}): none of it is read")
    total = sum(entry.size for path, entry in entries.items() if _is_wanted(path))
    if total > most_bytes:
        raise Refused(f"{name} unpacks to {total / 2**20:,.0f} MB; at most {most_bytes / 2**20:,.0f} are read")


def _named(path: PurePosixPath, when: float) -> Found:
    """Return a file of an archive as its name tells it; what is too long or too deep is cut, and not read."""
    found, parts, problem = what_it_is(path.parts, when=when), path.parts, ""
    if len(parts) > MOST_FOLDERS_DEEP + 1:
        parts, problem = (*parts[:MOST_FOLDERS_DEEP], "…", parts[-1]), f"{TOO_DEEP}: it is not read"
    if any(len(part) > MOST_OF_A_PART for part in parts):
        parts = tuple(part if len(part) <= MOST_OF_A_PART else f"{part[:60]}…" for part in parts)
        problem = problem or f"a name in it is longer than {MOST_OF_A_PART} characters: it is not read"
    return replace(found, parts=parts, problem="" if found.aside else problem or found.problem)


def _content(entry: _Entry) -> bytes:
    """Return a file of an archive.

    Raises
    ------
    Refused
        When it is too large, locked or damaged.
    """
    swells = entry.packed and entry.size > MOST_TIMES_PACKED * entry.packed and entry.size > 2**20
    if swells or entry.size > MOST_BYTES_OF_A_FILE:
        raise Refused(f"it unpacks to {entry.size / 2**20:,.0f} MB: it is not read")
    if entry.locked:
        raise Refused("it is locked with a password")
    try:
        return entry.read()
    except MemoryError:
        raise
    except _UNREADABLE as error:
        raise Refused(f"it cannot be unpacked ({str(error)[:80] or type(error).__name__})") from None
    except Exception as error:  # zlib, bz2 and lzma each raise an error of their own
        raise Refused(f"it cannot be unpacked ({type(error).__name__})") from None


def _kind(entry: _Entry) -> str:
    """Return what a file of an archive is by its first bytes."""
    try:
        return entry.kind()
    except MemoryError:
        raise
    except Exception:  # locked, or damaged: each way to pack has errors of its own
        return ""


def _is_wanted(path: PurePosixPath) -> bool:
    found = what_it_is(path.parts)
    return not found.problem and not found.aside


def _is_archive(path: PurePosixPath) -> bool:
    return _is_wanted(path) and READ_ARCHIVE.search(path.name) is not None


def _time_of(info: zipfile.ZipInfo) -> float:
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0


def _readable(info: zipfile.ZipInfo) -> str:
    """Return a file's name; what was written as UTF-8 without saying so was read as code page 437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
