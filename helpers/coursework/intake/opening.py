"""Opening a file that a stranger handed in: never a link, a pipe or a folder, and never one that is too large."""

from __future__ import annotations

import hashlib
import os
import stat
from io import BufferedReader
from pathlib import Path

from imbalanced_course.errors import CourseError

MOST_NOTEBOOK_BYTES = 100 * 2**20


class UnreadableSubmission(CourseError):
    """A submission that cannot be graded, with the reason in one sentence."""


def open_hand_in(path: Path, most_bytes: int = MOST_NOTEBOOK_BYTES) -> BufferedReader:
    """Open a file that somebody handed in.

    Raises
    ------
    UnreadableSubmission
        When it is a link, no regular file, or too large.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        linked = path.is_symlink()
        raise UnreadableSubmission(
            "the notebook is a symbolic link" if linked else f"the file cannot be read ({error.strerror})"
        ) from None
    facts = os.fstat(descriptor)
    if stat.S_ISREG(facts.st_mode) and facts.st_size <= most_bytes:
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if not stat.S_ISREG(facts.st_mode):
        kind = "a folder" if stat.S_ISDIR(facts.st_mode) else "a pipe, a socket or a device"
        raise UnreadableSubmission(f"the notebook is {kind}, not a regular file")
    raise UnreadableSubmission(f"the file is larger than {most_bytes // 2**20:,} MB")


def sha256_of(file: BufferedReader) -> str:
    """Return the hash of an open file."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()
