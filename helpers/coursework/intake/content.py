"""What a file is by its first bytes, where its name doesn't say so; nothing is parsed."""

from __future__ import annotations

import re

from coursework.intake.names import READ_ARCHIVE

MOST_BYTES_OF_A_HEAD = 4096
A_NOTEBOOK, A_ZIP, A_GZIP = "a notebook", "a zip", "a gzip archive"

_NOTEBOOK = re.compile(
    rb'\s*\{\s*"(?:cells"\s*:\s*\[|nbformat(?:_minor)?"|metadata"(?=.*"(?:kernelspec|nbformat)"))', re.S
)
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_BEGINNINGS = {
    b"PK\x03\x04": A_ZIP,
    b"PK\x05\x06": A_ZIP,
    b"\x1f\x8b": A_GZIP,
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"%PDF-": "a PDF",
    b"\x89PNG": "a picture",
    b"version https://git-lfs": "a Git LFS pointer",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}
# What browsers, editors, and hands put in place of a notebook's ending.
_ENDING = re.compile(r"([._ ]?ipynb)?(\.(json|txt|download|bak|old|orig|tmp|py|html?|ip\w*))?[~\s.]*$", re.IGNORECASE)
_COULD_BE_ZIP = re.compile(r"[^.]+|.+\.zip\W*\w*", re.IGNORECASE | re.DOTALL)


def kind_of(head: bytes) -> str:
    """Return what a file is that begins with these bytes, after *it is*; nothing where they don't say."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    if not head.strip():
        return "empty"
    if _NOTEBOOK.match(head):
        return A_NOTEBOOK
    if _WEB_PAGE.match(head):
        return "a web page"
    return next((kind for beginning, kind in _BEGINNINGS.items() if head.startswith(beginning)), "")


def right_name(name: str, kind: str) -> str:
    """Return how a file should be called that is of this kind in spite of its name; nothing where it isn't read."""
    if kind == A_NOTEBOOK:
        return f"{without_ending(name) or name}.ipynb"
    if kind == A_ZIP and _COULD_BE_ZIP.fullmatch(name) and not READ_ARCHIVE.search(name):
        return f"{re.sub(r'[.]zip.*$', '', name, flags=re.IGNORECASE | re.DOTALL)}.zip"
    return ""


def without_ending(name: str) -> str:
    """Return a file's name without what stands in place of a notebook's ending."""
    return _ENDING.sub("", name, count=1)
