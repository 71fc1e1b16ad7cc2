"""What kind of file it is, by its first bytes and not by its name, and what is in it when it's packed."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import lzma
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from imbalanced_course.errors import WrongUsage

MOST_BYTES = 500_000_000
"""A larger file would need more memory than a learner's machine has to spare."""

_PACKED: tuple[tuple[bytes, Callable[..., Any]], ...] = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ\x00", lzma.open),
)
_SAVE_AS_CSV = "save the table as CSV"
_NO_TABLES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", f"is an Excel workbook: {_SAVE_AS_CSV}"),
    (b"SQLite format 3\0", f"is a database: {_SAVE_AS_CSV}"),
    (b"%PDF", f"is a PDF: {_SAVE_AS_CSV}"),
    (b"\x28\xb5\x2f\xfd", "is packed with Zstandard: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "is packed with 7-Zip: unpack it first"),
    (b"Rar!", "is packed with RAR: unpack it first"),
)
_TEXTS = ((b"<", "is a web page or XML"), (b"{", "is JSON"), (b"[{", "is JSON"), (b"[\n", "is JSON"))
_HEAD = 200_000
_SPREADSHEETS = {"xl/workbook.xml": "an Excel workbook", "content.xml": "a LibreOffice document"}
_NOT_IN_TEXT = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1a"))


@dataclass(frozen=True)
class Opened:
    """A file that can be opened again and again, unpacked."""

    start: Callable[[], Any]
    head: bytes

    @contextmanager
    def stream(self) -> Iterator[IO[bytes]]:
        """Give its bytes from the start."""
        with self.start() as file:
            yield file


def is_parquet(path: Path) -> bool:
    """Return whether a file is in Parquet, whatever its name is."""
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def opened(path: Path) -> Opened:
    """Return what is in a file of text, unpacked where it is packed.

    Raises
    ------
    WrongUsage
        When it's too large, can't be unpacked, or isn't text.
    """
    with path.open("rb") as file:
        first = file.read(16)
    for sign, what in _NO_TABLES:
        if first.startswith(sign):
            raise WrongUsage(f"{path} {what}")
    start: Callable[[], Any] = partial(path.open, "rb")
    try:
        if first.startswith(b"PK\x03\x04"):
            start = _only_member(path)
        for sign, unpack in _PACKED:
            if first.startswith(sign):
                start = partial(unpack, path)
                _require_small(path, start)
        with start() as file:
            head = file.read(_HEAD)
    except (OSError, EOFError, RuntimeError, NotImplementedError, lzma.LZMAError, zipfile.BadZipFile):
        raise WrongUsage(f"{path} can't be unpacked: unpack it yourself, or save it again") from None
    for sign, what in _TEXTS:
        if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(sign):
            raise WrongUsage(f"{path} {what}, not a table: {_SAVE_AS_CSV}")
    return Opened(start, head)


def encoding_of(path: Path, file: Opened) -> str:
    """Return how text is encoded: by its byte order mark, or as UTF-8, or else as Windows writes Western languages.

    Raises
    ------
    WrongUsage
        When it isn't text.
    """
    head = file.head
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros and zeros.count(0) > 0.8 * len(zeros) and head.count(0) < 0.6 * len(head):
            return encoding
    if head.translate(None, _NOT_IN_TEXT) != head:
        raise WrongUsage(f"{path} isn't a table: name one in CSV or Parquet")
    for encoding in ("utf-8", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError), file.stream() as stream:
            _decoded(stream, encoding)
            return encoding
    raise WrongUsage(f"{path} isn't encoded as UTF-8: save it again, with UTF-8 as its encoding")


def _decoded(stream: IO[bytes], encoding: str) -> None:
    import codecs

    decoder = codecs.getincrementaldecoder(encoding)()
    while part := stream.read(1 << 20):
        decoder.decode(part)
    decoder.decode(b"", final=True)


def _only_member(path: Path) -> Callable[[], Any]:
    with zipfile.ZipFile(path) as archive:
        for name, what in _SPREADSHEETS.items():
            if name in archive.namelist():
                raise WrongUsage(f"{path} is {what}: {_SAVE_AS_CSV}")
        members = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
    if len(members) != 1:
        raise WrongUsage(f"{path} has {len(members)} files in it: name a ZIP file with one table, or unpack it")
    if members[0].file_size > MOST_BYTES:
        raise WrongUsage(too_large(path, members[0].file_size))
    return lambda: zipfile.ZipFile(path).open(members[0])


def _require_small(path: Path, start: Callable[[], Any]) -> None:
    size = 0
    with start() as file:
        while part := file.read(1 << 20):
            size += len(part)
            if size > MOST_BYTES:
                raise WrongUsage(too_large(path, size, unpacked="more than "))


def too_large(path: Path, size: int, unpacked: str = "") -> str:
    """Return the sentence for a table that is too large."""
    return (
        f"{path} has {unpacked}{size / 1e6:,.0f} MB, and a table can have {MOST_BYTES / 1e6:g} MB at most: "
        "save a random sample of its rows"
    )
