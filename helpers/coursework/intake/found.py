"""One file below a class's folder, before it is known whose it is."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from coursework.intake.content import right_name
from coursework.intake.hand_in import SECRET_FILE
from coursework.intake.names import NOTEBOOK, OTHER_ARCHIVE, READ_ARCHIVE

MOST_FOLDERS_DEEP = 30
TOO_DEEP = f"more than {MOST_FOLDERS_DEEP} folders deep"
NOT_OPENED = "it is an archive that is not opened: ask for a zip, or for the notebook itself"
# What systems leave beside files; nobody handed these in.
NOT_HANDED_IN = re.compile(r"\.|__MACOSX$|Thumbs\.db$|desktop\.ini$", re.IGNORECASE)
HIDDEN = "hidden, or left there by a system"
NOT_READ = "not read"
METADATA = "submission_metadata.yml"
# What platforms write beside hand-ins, and is read with them.
READ_BESIDE = (METADATA, SECRET_FILE)


@dataclass(frozen=True)
class Found:
    """One file, or a folder that cannot be used.

    Attributes
    ----------
    parts : tuple of str
        Its name, after the folders and archives that it is in.
    file : Path, optional
        Where its content lies; None where it is not read.
    when : float
        Its time, in seconds since 1970.
    problem : str
        Why it cannot be read, where it could be a hand-in.
    aside : str
        What it is, where it is no hand-in.
    lesson, told_by : str
        The lesson's folder as its content tells it, and what told it.
    folder : bool
        Whether it is a folder, or a link to something.
    """

    parts: tuple[str, ...]
    file: Path | None = None
    when: float = 0.0
    problem: str = ""
    aside: str = ""
    lesson: str = ""
    told_by: str = ""
    folder: bool = False

    @property
    def shown(self) -> str:
        """The whole name, in which bytes that are no text stand as \\x…, so that two names stay two."""
        return shown("/".join(self.parts))

    @property
    def is_notebook(self) -> bool:
        """Whether it is a file that is read as a notebook."""
        return self.file is not None and NOTEBOOK.search(self.parts[-1]) is not None

    @property
    def is_beside(self) -> bool:
        """Whether it is no hand-in, although it may be read with one."""
        return bool(self.aside) or (self.is_read_beside and not self.problem)

    @property
    def is_not_read(self) -> bool:
        """Whether it has the name of nothing that is read, so that only its content could tell more."""
        return self.aside.startswith(NOT_READ)

    @property
    def is_read_beside(self) -> bool:
        """Whether it has the name of what platforms write beside hand-ins."""
        return bool(self.parts) and self.parts[-1] in READ_BESIDE

    def called(self, kind: str, others: Container[str]) -> Found:
        """Return it with the name that it should have, where it is of a kind that is read, and isn't beside it, too."""
        name = right_name(self.parts[-1], kind)
        if not name or name in others:
            return self
        return replace(self, aside="", problem=f"it looks like {kind}: rename it to {shown(name)}")

    def inside(self, parts: Sequence[str]) -> Found:
        """Return it as it lies in an archive with this name."""
        return replace(self, parts=(*parts, *self.parts))


def what_it_is(parts: Sequence[str], *, when: float = 0.0) -> Found:
    """Return a regular file as its name tells it: a notebook or an archive to read, or why not."""
    name, found = parts[-1], Found(tuple(parts), when=when)
    if any(NOT_HANDED_IN.match(part) and part != ".." for part in parts):
        return replace(found, aside=HIDDEN)
    if NOTEBOOK.search(name) or READ_ARCHIVE.search(name) or name in READ_BESIDE:
        return found
    if OTHER_ARCHIVE.search(name):
        return replace(found, problem=NOT_OPENED)
    return replace(found, aside=f"{NOT_READ} ({PurePosixPath(name).suffix.lower()[:20] or 'no ending'})")


def shown(name: str) -> str:
    """Return a name in which bytes that are no text stand as \\x…"""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
