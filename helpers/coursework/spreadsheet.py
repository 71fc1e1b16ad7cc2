"""Cells of a table for other systems: numbers stay numbers, and nothing in it is run as a formula."""

from __future__ import annotations

import csv
import io
import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?")
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
# Where the system's separator is a semicolon or a tab, a spreadsheet begins a cell in the middle of ours.
_FORMULA_INSIDE = re.compile(r"""([;\t\r\n][\s"']*)(?=[=@＝＠]|[+\-＋－]\S)""")


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: what looks like one gets an apostrophe before it.

    OWASP advises so against *CSV injection*. Numbers, and the dash that Moodle writes for *nothing*, are left.
    """
    text = _FORMULA_INSIDE.sub(r"\1'", text)
    seen = "".join(itertools.dropwhile(_is_unseen, text))
    if not _FORMULA.match(seen) or _NUMBER.fullmatch(seen.strip()) or not seen.strip("-"):
        return text
    return "'" + text


def _is_unseen(letter: str) -> bool:
    return letter not in "\t\r\n" and unicodedata.category(letter) in ("Zs", "Cf", "Cc")


def number(points: float, *, decimal: str = ".") -> str:
    """Return points as a spreadsheet takes them for a number: at most two decimals, none that say nothing."""
    return f"{points:.2f}".rstrip("0").rstrip(".").replace(".", decimal)


def table_text(rows: Iterable[Sequence[str]], *, end: str = "\r\n") -> str:
    """Return rows as CSV, each cell harmless."""
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()
