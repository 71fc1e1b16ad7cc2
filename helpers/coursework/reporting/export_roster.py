"""A table that a platform gave, filled in: whatever is not filled in stays as it was, to the byte."""

from __future__ import annotations

from collections.abc import Mapping

from coursework.intake.roster import Roster, in_quotes
from coursework.spreadsheet import harmless


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
                cells.append(in_quotes(wanted) if quoted else wanted)
        lines.append(roster.delimiter.join(cells) + end)
    return roster.mark + "".join(lines)
