"""Numbers as people write them: with decimal commas, separated thousands, percent signs, currencies, and units."""

from __future__ import annotations

import re
from collections import Counter
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
_LONG = re.compile(r"[-+]?\d{16,}")
_MOST_SAMPLES = 3
_SHARE_OF_NUMBERS, _MANY_NUMBERS = 0.5, 20
DOT, COMMA = ".", ","
_PATTERNS = {DOT: _DOT, COMMA: _COMMA}


class Values(NamedTuple):
    """A column's different values as text: what number each has been written as, and those that are no numbers."""

    numbers: dict[str, str]
    others: list[str]
    marks: frozenset[str]  # the decimal marks that all numbers can have; none where they are written in different ways


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
        if _others(values):
            _require_no_numbers(name, text, values, found)
            continue
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


def _others(values: Values) -> list[str]:
    """Return what is neither a number nor stands for a missing one."""
    return [one for one in values.others if not _NOTHING.fullmatch(one)]


def _require_no_numbers(name: str, text: pd.Series, values: Values, found: Reading) -> None:
    """Refuse a column that is mostly numbers; a few different ones may be codes, and stay categories with the text."""
    if len(values.numbers) <= _MANY_NUMBERS:
        return
    share = float(text.dropna().astype(str).str.strip().isin(list(values.numbers)).mean())
    if share < _SHARE_OF_NUMBERS:
        return
    others = _others(values)
    if all(_NUMBER.fullmatch(one) for one in others):
        found.refused.append(
            f"{name!r} has numbers in different ways, such as {next(iter(values.numbers))!r} and {others[0]!r}: write "
            "all of them in one way"
        )
    else:
        found.refused.append(
            f"{name!r} has numbers, and also text such as {some(others)}: make the text a number or leave it empty, "
            "or write a letter before each value if they are codes"
        )


def _read(name: str, text: pd.Series, values: Values, mark: str, found: Reading) -> None:
    if not values.others and any(_LONG.fullmatch(one) for one in values.numbers):
        return  # floats would lose the last digits, and `study.as_table` tells that
    other = COMMA if mark == DOT else DOT
    as_number = {
        one: float(re.sub(r"['’\s]", "", digits.replace(other, "")).replace(mark, DOT))
        for one, digits in values.numbers.items()
    }
    stripped = text.astype(object).map(lambda one: str(one).strip(), na_action="ignore")
    found.converted[name] = stripped.map(as_number).astype("float64")
    if values.others:
        found.notes.append(f"In {name!r}, {some(values.others)} counts as missing.")


def _values(text: pd.Series) -> Values:
    """Return what a column's different values are; where they're written in several ways, only the usual one counts."""
    different = [one for one in dict.fromkeys(str(one).strip() for one in text.dropna().unique()) if one]
    numbers: dict[str, str] = {}
    units: dict[str, str] = {}
    for one in different:
        match = _NUMBER.fullmatch(one)
        digits = _digits(match) if match else ""
        if match and any(pattern.fullmatch(digits) for pattern in _PATTERNS.values()):
            numbers[one] = digits
            if float(re.sub(r"[^1-9]", "", digits) or 0):  # 0 needs no unit
                units[one] = _unit(match)
    of_mark = {mark: {one for one in numbers if _PATTERNS[mark].fullmatch(numbers[one])} for mark in _PATTERNS}
    marks = frozenset(mark for mark, ones in of_mark.items() if len(ones) == len(numbers))
    if len(set(units.values())) > 1 or not marks:
        usual = Counter(units.values()).most_common(1)[0][0] if units else ""
        mark = max(of_mark, key=lambda one: len(of_mark[one]))
        numbers = {one: numbers[one] for one in numbers if one in of_mark[mark] and units.get(one, usual) == usual}
        marks = frozenset()
    return Values(numbers, [one for one in different if one not in numbers], marks if numbers else frozenset())


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
