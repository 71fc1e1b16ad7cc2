"""How the course puts files into a workspace: a learner's are never replaced, and a refusal is one sentence."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from imbalanced_course.errors import CourseError
from imbalanced_course.files import write_new, write_whole


def add_file(path: Path, content: bytes) -> bool:
    """Write a new file; return False and change nothing where there is one already."""
    with writing(path):
        return write_new(path, content)


def replace_file(path: Path, content: bytes) -> None:
    """Write one of the course's own files, which may be there already."""
    with writing(path):
        write_whole(path, content)


@contextlib.contextmanager
def writing(path: Path, *, option: str = "--workspace") -> Iterator[None]:
    """Turn the system's refusal to write at `path` into one sentence, which names the option for another folder."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CourseError(f"cannot write {path}: {reason}; choose another folder with `{option}`") from error


def dated(path: Path, *, label: str = "") -> Path:
    """Return a free name beside `path` that holds the label and the present date and time."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    candidate = path.with_name(f"{path.stem}{label}-{stamp}{path.suffix}")
    number = 1
    while os.path.lexists(candidate):
        number += 1
        candidate = path.with_name(f"{path.stem}{label}-{stamp}-{number}{path.suffix}")
    return candidate


def sha256(content: bytes) -> str:
    """Return the checksum of a file's bytes."""
    return hashlib.sha256(content).hexdigest()
