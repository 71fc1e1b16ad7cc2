"""Files that are there whole or not at all, whatever ends the process while they are written."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

_ALL = 0o666  # less what the user's umask takes away
_OWNER = 0o600


def write_whole(path: Path, content: bytes | str, *, private: bool = False) -> None:
    """Write a file whole or not at all; one that is there is replaced.

    Parameters
    ----------
    path : Path
        Where; folders that are missing are made.
    content : bytes or str
        Text is written as UTF-8, and what UTF-8 doesn't know becomes a question mark.
    private : bool
        Whether only its owner may read it.
    """
    with _beside(path, content, _OWNER if private else _ALL) as written:
        written.replace(path)


def write_new(path: Path, content: bytes | str) -> bool:
    """Write a new file whole or not at all; return False and change nothing where there is one already."""
    if os.path.lexists(path):
        return False
    with _beside(path, content, _ALL) as written:
        try:
            os.link(written, path)  # unlike a rename, a link never replaces a file that came up meanwhile
        except FileExistsError:
            return False
        except OSError:  # a file system without links
            if os.path.lexists(path):
                return False
            written.rename(path)
    return True


@contextlib.contextmanager
def _beside(path: Path, content: bytes | str, mode: int) -> Iterator[Path]:
    """Write `content` to a file beside `path` and remove it afterwards if it is still there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_name(f".course-{secrets.token_hex(8)}.part")
    try:
        with open(written, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8", errors="replace"))
        yield written
    finally:
        written.unlink(missing_ok=True)
