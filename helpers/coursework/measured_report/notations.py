"""Numbers as people write them: with decimal commas, separated thousands, percent signs, currencies, and units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

_CURRENCY = r"[$€£¥₹]|USD|EUR|GBP|CHF|Fr\.|kr"
_NUMBER = re.compile(
    r"(?!\d{1,2}\.\d{1,2}\.$)"  # a day and a month
    rf"(?P<before>[-+−]?\s*(?:{_CURRENCY})?)\s*(?P<number>[-+−]?[\d.,'’\s]*\d(?:[eE][-+]?\d+)?)\s*(?P<unit>\D*)"
)
_SPACED = r"\d{1,3}(?:['’\s]\d{3})+"
_DOT = re.compile(rf"[-+]?(?:[1-9]\d{{0,2}}(?:,\d{{3}})+|{_SPACED}|\d*)\.?\d*(?:[eE][-+]?\d+)?")
_COMMA = re.compile(rf"[-+]?(?:[1-9]\d{{0,2}}(?:\.\d{{3}})+|{_SPACED}|\d*),?\d*(?:[eE][-+]?\d+)?")
_NOTHING = re.compile(
    r"[?.*\-–—_]+|#(?:DIV/0!|REF!|VALUE!|NUM!|NAME\?|N/?A|NULL!)|n\.?\s?[ad]\.?|k\.?\s?a\.?|none|unknown|missing|nil",
    re.IGNORECASE,
)
_MOST_SAMPLES = 3
_SHARE_OF_NUMBERS, _MANY_NUMBERS = 0.9, 20
DOT, COMMA = ".", ","


class Values(NamedTuple):
    """A column's different values as text: what number each has been written as, and those that are no numbers."""

    numbers: dict[str, str]
    others: list[str]
    marks: frozenset[str]  # the decimal marks that all numbers can have


@dataclass
class Reading:
    """What has become of a frame's columns, and what there is to say about it.

    Attributes
    ----------
    converted : dict
        By column its numbers.
    refused : list of str
        In a sentence each, columns that can't be read without a guess.
    notes : list of str
        In a sentence each, what isn't obvious.
    """

    converted: dict[str, pd.Series] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def numbers_in(frame: pd.DataFrame, raw: pd.DataFrame, separator: str) -> Reading:
    """Read columns of text that are numbers.

    A decimal mark that only some columns show (1.234,5 or 0.5) is that of the whole file. If no column shows it, 1,234
    is a thousand in a file with commas between its values, and little more than one in a file with semicolons.

    Parameters
    ----------
    frame : DataFrame
        As pandas reads it.
    raw : DataFrame
        As text, those of its columns in which a dot may separate thousands.
    separator : str
        What is between two values in the file.
    """
    found = Reading()
    texts = {name: frame[name] for name in frame if _is_text(frame[name])}
    columns = {str(name): (text, _values(text)) for name, text in {**texts, **dict(raw.items())}.items()}
    shown = {mark for _, one in columns.values() if len(one.marks) == 1 for mark in one.marks}
    shown = shown or ({DOT} if separator == "," else set())
    for name, (text, values) in columns.items():
        likely = shown or ({COMMA} if separator == ";" and any(COMMA in one for one in values.numbers) else set())
        mark = _mark_of(name, values, likely, found)
        if mark and not (name in raw and mark == DOT):
            _read(name, text, values, mark, found)
    return found


def _is_text(values: pd.Series) -> bool:
    """Whether a column may have numbers as text; one that was saved as categories stays that, whatever they are."""
    return not (
        isinstance(values.dtype, pd.CategoricalDtype) or is_numeric_dtype(values.dtype) or is_bool_dtype(values.dtype)
    )


def _mark_of(name: str, values: Values, likely: set[str], found: Reading) -> str:
    """Return a column's decimal mark; nothing where it has no numbers, or can't be read."""
    if not values.marks:
        return ""
    marks = values.marks & likely or values.marks
    if len(marks) == 1:
        return next(iter(marks))
    marked = [one for one in values.numbers if DOT in one or COMMA in one]
    if not marked:
        return DOT
    found.refused.append(
        f"{name!r} has numbers such as {marked[0]!r}, which can be one or a thousand times as large: write them with a "
        "decimal point, and with nothing between thousands"
    )
    return ""


def _read(name: str, text: pd.Series, values: Values, mark: str, found: Reading) -> None:
    nothing = [one for one in values.others if _NOTHING.fullmatch(one)]
    others = [one for one in values.others if one not in nothing]
    stripped = text.astype(object).map(lambda one: str(one).strip(), na_action="ignore")
    if others:
        share = float(stripped.dropna().isin(list(values.numbers)).mean())
        if share >= _SHARE_OF_NUMBERS and len(values.numbers) > _MANY_NUMBERS:
            found.refused.append(
                f"{name!r} has numbers, and also text such as {some(others)}: make the text a number or leave it empty"
            )
        return
    other = COMMA if mark == DOT else DOT
    as_number = {
        one: float(re.sub(r"['’\s]", "", digits.replace(other, "")).replace(mark, DOT))
        for one, digits in values.numbers.items()
    }
    found.converted[name] = stripped.map(as_number).astype("float64")
    if nothing:
        found.notes.append(f"In {name!r}, {some(nothing)} counts as missing.")


def _values(text: pd.Series) -> Values:
    """Return what a column's different values are; where units differ, they aren't numbers."""
    different = list(dict.fromkeys(str(one).strip() for one in text.dropna().unique()))
    numbers: dict[str, str] = {}
    others: list[str] = []
    units: set[str] = set()
    for one in different:
        match = _NUMBER.fullmatch(one)
        digits = _digits(match) if match else ""
        if match and (_DOT.fullmatch(digits) or _COMMA.fullmatch(digits)):
            numbers[one] = digits
            units |= {_unit(match)} if float(re.sub(r"[^1-9]", "", digits) or 0) else set()  # 0 needs no unit
        else:
            others.append(one)
    patterns = ((DOT, _DOT), (COMMA, _COMMA))
    marks = {mark for mark, pattern in patterns if all(pattern.fullmatch(one) for one in numbers.values())}
    if not numbers or len(units) > 1 or not marks:
        return Values({}, different, frozenset())
    return Values(numbers, others, frozenset(marks))


def _digits(match: re.Match[str]) -> str:
    """Return a number without its currency and unit."""
    sign = "-" if re.match("[-−]", match["before"]) else ""
    return sign + match["number"].strip().replace("−", "-")


def _unit(match: re.Match[str]) -> str:
    """Return a number's currency or unit, on whichever side of it."""
    return re.sub(r"[-+−\s]", "", match["before"]) + match["unit"].strip()


def some(values: list[str]) -> str:
    """Return the first of some values in a sentence."""
    more = len(values) - _MOST_SAMPLES
    return ", ".join(map(repr, values[:_MOST_SAMPLES])) + (f", and {more} more" if more > 0 else "")
