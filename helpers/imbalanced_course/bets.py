"""A learner's bet on the next lesson: it stays in the notebook where it was made, and the next lesson shows it."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

BET_TAG = "bet"
_MOST_CHARACTERS = 300


def last_bet(lesson: str) -> None:
    """Print the bet that the learner made at the end of a lesson, as that notebook was last saved.

    Parameters
    ----------
    lesson : str
        The lesson's name, as in `"challenge"`. Its notebook is in a folder beside the one that Python runs in.

    See Also
    --------
    imbalanced_course.bets.bet_in : Finds the bet in a notebook.

    Examples
    --------
    Without a notebook of that lesson, it asks for a bet:

    >>> from imbalanced_course.bets import last_bet
    >>> last_bet("challenge")
    You haven't made a bet there, so make one now, before you read on.
    """
    for path in sorted(Path.cwd().parent.glob(f"[0-9]*-{lesson}/{lesson.replace('-', '_')}.ipynb")):
        try:
            bet = bet_in(json.loads(path.read_text(encoding="utf-8-sig")))
        except (OSError, ValueError):
            continue
        if bet:
            print(f"Your bet: {bet}")
            return
    print("You haven't made a bet there, so make one now, before you read on.")


def bet_in(notebook: Mapping[str, Any]) -> str | None:
    """Return what the learner wrote as `bet = ...` in a lesson's notebook, None where that is untouched or missing."""
    cells = notebook.get("cells")
    for cell in cells if isinstance(cells, list) else []:
        try:
            if BET_TAG in cell["metadata"]["tags"]:
                source = cell["source"]
                return _assigned(source if isinstance(source, str) else "".join(source))
        except (KeyError, TypeError, AttributeError):
            continue
    return None


def _assigned(source: str) -> str | None:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(name, ast.Name) and name.id == "bet" for name in node.targets
        ):
            if isinstance(node.value, ast.Constant):
                said = None if node.value.value is ... else str(node.value.value)
            else:
                said = ast.get_source_segment(source, node.value)
            return " ".join(said.split())[:_MOST_CHARACTERS] if said else None
    return None
