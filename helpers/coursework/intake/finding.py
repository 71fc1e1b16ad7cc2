"""Everything below a class's folder, at any depth and in archives; of content only the first bytes are read here."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from coursework.intake.archives import MOST_BYTES_OF_A_CLASS, MOST_BYTES_OF_A_LEARNER
from coursework.intake.content import MOST_BYTES_OF_A_HEAD, kind_of
from coursework.intake.found import (
    HIDDEN,
    METADATA,
    MOST_FOLDERS_DEEP,
    NOT_HANDED_IN,
    TOO_DEEP,
    Found,
    what_it_is,
)
from coursework.intake.hand_in import SECRET_FILE
from coursework.intake.names import NOTEBOOK, READ_ARCHIVE, is_lesson
from coursework.intake.opening import UnreadableSubmission, open_hand_in
from coursework.intake.platforms import Download, signs_of

LINKED = "it is a symbolic link, which the grader doesn't follow"

Submitters = Mapping[str, tuple[list[tuple[str, str, str]], float | None]]


class ContentReader(Protocol):
    """What parses strangers' files for us, in a process of its own."""

    def look(self, file: BufferedReader) -> tuple[str, str]:
        """Return the lesson that a notebook tells, and what told it."""

    def submitters(self, file: BufferedReader) -> Submitters:
        """Return what Gradescope's list says."""

    def members(
        self, file: BufferedReader, name: str, keep: Callable[[Iterator[bytes]], Path], *, level: int, most_bytes: int
    ) -> Iterator[Found]:
        """Yield what is in an archive."""


class Finder:
    """Finds all files of a class.

    Parameters
    ----------
    reader : ContentReader
        Parses what was handed in.
    incoming : Path
        Where what comes out of archives is kept.
    out : Path, optional
        The grading folder, which is no hand-in wherever it lies.
    """

    def __init__(self, reader: ContentReader, incoming: Path, out: Path | None) -> None:
        self.reader = reader
        self.incoming = incoming
        self.out = out.resolve() if out else None
        self._kept = 0

    def find(self, place: Path) -> list[Found]:
        """Return all files below a folder or in an archive, with the lessons that notebooks tell.

        Raises
        ------
        CourseError
            When the place is an archive that is refused.
        """
        if place.is_dir():
            found = [one for entry in self._walk(place) for one in self._opened(entry)]
        else:
            with open_hand_in(place, MOST_BYTES_OF_A_CLASS) as file:
                found = list(self._members(file, place.name, level=0))
        return [self._looked_at(one) for one in found]

    def submitters(self, found: list[Found]) -> dict[tuple[str, ...], Submitters]:
        """Return by folder what Gradescope's lists in it say; a list that cannot be read says nothing."""
        listed: dict[tuple[str, ...], Submitters] = {}
        for one in found:
            if one.parts and one.parts[-1] == METADATA and one.file is not None:
                try:
                    with open_hand_in(one.file) as file:
                        listed[one.parts[:-1]] = self.reader.submitters(file)
                except UnreadableSubmission:
                    continue
        return listed

    def secrets(self, found: list[Found]) -> dict[Path, Path]:
        """Return by each file the one beside it by which nbgrader's exchange knows it, also where both are in a zip."""
        secret = {one.parts[:-1]: one.file for one in found if one.file and one.parts[-1] == SECRET_FILE}
        return {one.file: secret[one.parts[:-1]] for one in found if one.file and one.parts[:-1] in secret}

    def keep(self, content: Iterator[bytes]) -> Path:
        """Write what came out of an archive to a place of its own."""
        self.incoming.mkdir(parents=True, exist_ok=True)
        self._kept += 1
        path = self.incoming / str(self._kept)
        with path.open("wb") as file:
            file.writelines(content)
        return path

    def _walk(self, folder: Path) -> Iterator[Found]:
        """Yield the files below a folder, and the folders that cannot be used."""
        waiting: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
        while waiting:
            place, parts = waiting.pop()
            try:
                with os.scandir(place) as listed:
                    entries = sorted(listed, key=lambda entry: entry.name)
            except OSError as error:
                if not parts:
                    raise
                yield Found(parts, problem=f"the folder cannot be read ({error.strerror})", folder=True)
                continue
            if not entries and parts:
                if NOTEBOOK.search(parts[-1]):
                    yield Found(parts, problem="it is a folder, not a notebook", folder=True)
                else:
                    yield Found(parts, aside="an empty folder")
            names = {entry.name for entry in entries}
            for entry in entries:
                if entry.is_dir(follow_symlinks=False) and not NOT_HANDED_IN.match(entry.name):
                    if self._is_grading_folder(Path(entry.path)):
                        yield Found((*parts, entry.name), aside="a grading folder")
                    elif len(parts) > MOST_FOLDERS_DEEP:
                        yield Found((*parts, entry.name), problem=TOO_DEEP, folder=True)
                    else:
                        waiting.append((Path(entry.path), (*parts, entry.name)))
                else:
                    found = _as_found(entry, parts)
                    yield found.called(_kind(entry), names) if found.is_not_read else found

    def _opened(self, one: Found) -> Iterator[Found]:
        """Yield what is in an archive, and any other file as it is."""
        if one.file is None or not READ_ARCHIVE.search(one.parts[-1]):
            yield one
            return
        # A single archive may be a class's; one that a platform named, or in a learner's folder, is a learner's.
        level = 0 if len(one.parts) == 1 and not signs_of(one.parts, Download()) else 1
        try:
            with open_hand_in(one.file, MOST_BYTES_OF_A_CLASS if level == 0 else MOST_BYTES_OF_A_LEARNER) as file:
                for member in self._members(file, one.parts[-1], level=level):
                    yield replace(member.inside(one.parts), when=member.when or one.when)
        except UnreadableSubmission as error:
            yield replace(one, file=None, problem=str(error))

    def _members(self, file: BufferedReader, name: str, *, level: int) -> Iterator[Found]:
        most = MOST_BYTES_OF_A_LEARNER if level else MOST_BYTES_OF_A_CLASS
        return self.reader.members(file, name, self.keep, level=level, most_bytes=most)

    def _looked_at(self, one: Found) -> Found:
        """Return a file with the lesson that its content tells; those of archives were looked at as they came out."""
        if not one.is_notebook or one.file is None or self.incoming in one.file.parents:
            return one
        try:
            file = open_hand_in(one.file)
        except UnreadableSubmission as error:
            return replace(one, problem=str(error))
        with file:
            try:
                lesson, told_by = self.reader.look(file)
            except UnreadableSubmission as error:  # its name may tell
                return replace(one, told_by=str(error))
        return replace(one, lesson=lesson, told_by=told_by)

    def _is_grading_folder(self, folder: Path) -> bool:
        return folder.resolve() == self.out or (
            (folder / "nbgrader_config.py").exists() and (folder / "feedback").is_dir()
        )


def _kind(entry: os.DirEntry[str]) -> str:
    """Return what a file is by its first bytes."""
    try:
        with open_hand_in(Path(entry.path)) as file:
            return kind_of(file.read(MOST_BYTES_OF_A_HEAD))
    except (UnreadableSubmission, OSError):
        return ""


def _as_found(entry: os.DirEntry[str], folders: tuple[str, ...]) -> Found:
    """Return an entry of a folder that is no folder to go into."""
    parts = (*folders, entry.name)
    if NOT_HANDED_IN.match(entry.name):
        return Found(parts, aside=HIDDEN)
    named = what_it_is(parts)
    could_be = not named.aside
    if entry.is_symlink():
        if could_be or not folders or is_lesson(entry.name):
            return Found(parts, problem=LINKED, folder=not folders and not could_be)
        return Found(parts, aside="symbolic links, which are not followed")
    if not entry.is_file(follow_symlinks=False):
        if NOTEBOOK.search(entry.name):
            return Found(parts, problem="it is a pipe, a socket or a device, not a notebook")
        return Found(parts, aside="a pipe, a socket or a device")
    try:
        when = entry.stat(follow_symlinks=False).st_mtime
    except OSError as error:
        return Found(parts, problem=f"the file cannot be read ({error.strerror})")
    return replace(named, when=when, file=None if named.aside or named.problem else Path(entry.path))
