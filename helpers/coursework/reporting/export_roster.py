"""A table that a platform gave, filled in: whatever is not filled in stays as it was, to the byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coursework.spreadsheet import harmless
from imbalanced_course.errors import WrongUsage

MOST_BYTES = 50 * 2**20


@dataclass(frozen=True)
class Roster:
    """A platform's table.

    Attributes
    ----------
    path : Path
        Where it came from.
    rows : list of list of str
        All rows, the header first.
    written : list of list of str
        The same cells as they stand in the file, with their quotes.
    ends : list of str
        How each line ends.
    delimiter, mark : str
        What stands between cells, and at the beginning of the file (a byte-order mark or nothing).
    """

    path: Path
    rows: list[list[str]]
    written: list[list[str]]
    ends: list[str]
    delimiter: str
    mark: str

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [cell.strip() for cell in self.rows[0]]


def read_roster(path: Path) -> Roster:
    """Read a table that a platform gave as CSV.

    Raises
    ------
    WrongUsage
        When it is no such file.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise WrongUsage(f"{str(path)!r} is larger than {MOST_BYTES // 2**20} MB: it can't be a class list")
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise WrongUsage(f"the file {str(path)!r} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise WrongUsage(f"{str(path)!r} is not UTF-8 text: use the file as the platform gave it") from None
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = io.StringIO(text.removeprefix(mark), newline="").readlines()
    if not lines:
        raise WrongUsage(f"{str(path)!r} is empty")
    delimiter = max(",;\t", key=lambda one: len(next(csv.reader(lines[:1], delimiter=one), [])))
    roster = Roster(path, [], [], [], delimiter, mark)
    reader = csv.reader(lines, delimiter=delimiter)
    begun = 0
    try:
        for row in reader:
            raw = "".join(lines[begun : reader.line_num])
            begun = reader.line_num
            line = raw.rstrip("\r\n")
            roster.rows.append(row)
            roster.written.append(_as_written(line, row, delimiter))
            roster.ends.append(raw[len(line) :])
    except csv.Error as error:
        raise WrongUsage(f"{str(path)!r} is not a table in CSV: {error}") from None
    return roster


def filled(roster: Roster, scores: Mapping[tuple[int, int], str]) -> str:
    """Return the table's text with scores in their places, by row and column, and every cell harmless."""
    lines = []
    for place, (row, written, end) in enumerate(zip(roster.rows, roster.written, roster.ends, strict=True)):
        cells = []
        for column, (value, as_written) in enumerate(zip(row, written, strict=True)):
            wanted = harmless(scores.get((place, column), value))
            if wanted == value:
                cells.append(as_written)
            else:
                quoted = as_written.startswith('"') or any(
                    mark in wanted for mark in (roster.delimiter, '"', "\n", "\r")
                )
                cells.append(_quoted(wanted) if quoted else wanted)
        lines.append(roster.delimiter.join(cells) + end)
    return roster.mark + "".join(lines)


def _as_written(line: str, row: list[str], delimiter: str) -> list[str]:
    """Return a row's cells with the quotes that they have in the file, read off with the help of their values."""
    cells, place = [], 0
    for value in row:
        cell = _quoted(value) if line.startswith('"', place) else value
        if not line.startswith(cell, place):
            break
        cells.append(cell)
        place += len(cell) + len(delimiter)
    if len(cells) == len(row) and place == len(line) + (len(delimiter) if row else 0):
        return cells
    return [_quoted(value) if any(mark in value for mark in (delimiter, '"', "\n", "\r")) else value for value in row]


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
