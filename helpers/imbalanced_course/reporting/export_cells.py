"""Cells of a table for other systems: numbers stay numbers, and nothing in it is run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?")
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_UNSEEN = " \u00a0\u200b\u200e\u200f\ufeff"


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: one that looks like a formula gets an apostrophe before it.

    OWASP advises so against *CSV injection*. Numbers, and the dash that Moodle writes for *nothing*, are left.
    """
    seen = text.lstrip(_UNSEEN)
    if not _FORMULA.match(seen) or _NUMBER.fullmatch(seen.strip()) or not seen.strip("-"):
        return text
    return "'" + text


def number(points: float, *, decimal: str = ".") -> str:
    """Return points as a spreadsheet takes them for a number: at most two decimals, none that say nothing."""
    return f"{points:.2f}".rstrip("0").rstrip(".").replace(".", decimal)


def table_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV, each cell harmless."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()
