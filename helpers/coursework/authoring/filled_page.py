"""A page whose numbers come from a script: fields of its text are filled, and comparisons in it must hold."""

from __future__ import annotations

import operator
import re
import textwrap
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

WIDTH = 120

_ITEM = re.compile(r"^(\d+[.)]|[-+*]) ", flags=re.MULTILINE)
_HOLDS = re.compile(r"^<!-- holds: (.*) -->\n", flags=re.MULTILINE)
_COMPARISON = re.compile(r"^(\S+) (<|<=|==|>=|>) (\S+)$")
_ORDER = {"<": operator.lt, "<=": operator.le, "==": operator.eq, ">=": operator.ge, ">": operator.gt}


class PageError(ValueError):
    """The text says something that the figures do not."""


def build(text: str, figures: Mapping[str, Mapping[str, Any]]) -> str:
    """Fill the figures into the text.

    Parameters
    ----------
    text : str
        Markdown with fields as in `str.format`, `{myth.figure:.3f}`, and comments of one line,
        `<!-- holds: myth.figure < other.figure -->`, each a comparison on which the words around it rest. Either side
        may also be a number.
    figures : mapping
        For each part of the page its figures, or ready tables, by name.

    Returns
    -------
    str
        The page, without the comments, its paragraphs broken at 120 characters.

    Raises
    ------
    PageError
        When a comparison does not hold, or a figure is missing.
    """
    for comparison in _HOLDS.findall(text):
        _require(comparison, figures)
    named = {myth: SimpleNamespace(**found) for myth, found in figures.items()}
    try:
        page = _HOLDS.sub("", text).format(**named)
    except (AttributeError, KeyError) as error:
        raise PageError(f"the text names a figure that is not there: {error}") from error
    return "\n\n".join(_wrapped(block) for block in page.strip().split("\n\n")) + "\n"


def _wrapped(block: str) -> str:
    """Break the lines of a paragraph anew, as figures are shorter than their fields; leave tables and lists."""
    if block.startswith(("|", "#", "- ")):
        return block
    # No line may begin like an item of a list: "0. " or "- ".
    for width in range(WIDTH, 0, -1):
        lines = textwrap.fill(block, width=width, break_long_words=False, break_on_hyphens=False)
        if not _ITEM.search(lines):
            return lines
    raise PageError(f"a paragraph cannot be broken into lines: {block[:60]}")


def _require(comparison: str, figures: Mapping[str, Mapping[str, float]]) -> None:
    parts = _COMPARISON.match(comparison)
    if parts is None:
        raise PageError(f"not a comparison: {comparison}")
    left, order, right = parts.groups()
    if not _ORDER[order](_value(left, figures), _value(right, figures)):
        found = f"{_value(left, figures):g} and {_value(right, figures):g}"
        raise PageError(f"the words rest on {comparison}, and the figures are {found}: write the text anew")


def _value(term: str, figures: Mapping[str, Mapping[str, float]]) -> float:
    try:
        return float(term)
    except ValueError:
        myth, _, name = term.partition(".")
    if name not in figures.get(myth, {}):
        raise PageError(f"the text names a figure that is not there: {term}")
    return figures[myth][name]
