"""What a value is, whatever type it comes in: whether two match, and what to say of it without giving it away."""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.normal_form import AnswerFigure, Unreadable

# Half a unit of the third decimal: an answer rounded to three decimals is right, one rounded to two is told so.
TOLERANCE = 6e-4
# What has more decimals than these is taken as not rounded; a known mistake is then to be met this closely.
MOST_DECIMALS, CLOSE = 5, 2e-5


def matches(answer: Any, expected: Any, tolerance: float = TOLERANCE) -> bool:
    """Return whether `answer` is `expected`, whatever equivalent type it comes in."""
    if expected is None or answer is None:
        return answer is None and expected is None
    if isinstance(expected, str):
        return isinstance(answer, str) and answer.strip().casefold() == expected.strip().casefold()
    if isinstance(expected, (bool, np.bool_)):
        single = _single(answer)
        if isinstance(single, (bool, np.bool_)):
            return bool(single) == bool(expected)
        return _is_number(single) and single == int(expected)  # 0 and 1 are truth values, too
    if isinstance(expected, Mapping):
        given = as_mapping(answer)
        return (
            given is not None
            and set(given) == set(expected)
            and all(matches(given[key], expected[key], tolerance) for key in expected)
        )
    if _is_number(expected):
        number = _number(answer)
        if number is None:
            return False
        wanted = float(expected)
        if math.isnan(wanted) or math.isnan(number):
            return math.isnan(wanted) and math.isnan(number)
        if math.isinf(wanted) or math.isinf(number):
            return number == wanted
        return abs(number - wanted) <= _allowed(wanted, tolerance)
    items, wanted_items = _items(answer), _items(expected)
    if items is None or wanted_items is None or len(items) != len(wanted_items):
        return False
    return all(matches(a, e, tolerance) for a, e in zip(items, wanted_items, strict=True))


def shows(answer: Any, wrong: Any, tolerance: float = TOLERANCE) -> bool:
    """Return whether an answer is a known wrong value, and not merely near it.

    A number that keeps all its decimals was not rounded, so it must agree in more of them: with a tolerance for three
    decimals, one wrong score in a few hundred would pass for another.
    """
    if not matches(answer, wrong, tolerance):
        return False
    number = _number(answer)
    if number is None or tolerance > TOLERANCE or not _is_number(wrong) or not math.isfinite(number):
        return True
    if abs(number - round(number, MOST_DECIMALS)) <= 1e-12 * max(1.0, abs(number)):
        return True
    return matches(answer, wrong, min(tolerance, CLOSE))


def kind_of(expected: Any) -> str:
    """Return in words what kind of value is asked for."""
    if expected is None:
        return "None"
    if isinstance(expected, (bool, np.bool_)):
        return "True or False"
    if isinstance(expected, str):
        return "a text"
    if isinstance(expected, numbers.Integral):
        return "a whole number"
    if _is_number(expected):
        return "a number from 0 to 1" if 0 <= float(expected) <= 1 else "a number"
    if isinstance(expected, Mapping):
        return f"a dict with the keys {', '.join(map(str, expected))}"
    items = _items(expected)
    return f"{len(items)} values" if items is not None else "another kind of value"


def describe(answer: Any) -> str:
    """Return a short, harmless description of an answer; only values of known types are quoted."""
    if not_attempted(answer):
        return "`...`"
    if answer is None:
        return "None"
    if isinstance(answer, Unreadable):
        return f"a value that can't be read ({answer.reason})"
    if isinstance(answer, AnswerFigure):
        return "a figure"
    if isinstance(answer, (bool, np.bool_)):
        return str(bool(answer))
    if isinstance(answer, (numbers.Integral, np.integer)):
        return str(int(answer)) if abs(int(answer)) < 10**15 else "a very large whole number"
    if isinstance(answer, (float, np.floating)):
        return _short(float(answer))
    if isinstance(answer, str):
        return f"the text {answer[:40]!r}" if len(answer) <= 40 else f"the text {answer[:40]!r}…"
    if isinstance(answer, Mapping):
        return f"a dict with {len(answer)} entries"
    if isinstance(answer, pd.DataFrame):
        return f"a DataFrame of {answer.shape[0]} rows and {answer.shape[1]} columns"
    if isinstance(answer, np.ndarray) and answer.ndim > 1:
        return f"an array of shape {answer.shape}"
    items = _items(answer)
    if items is not None:
        if 0 < len(items) <= 4 and all(_is_number(item) for item in items):
            return f"the values {', '.join(describe(item) for item in items)}"
        if 0 < len(items) <= 4 and all(isinstance(item, str) and len(item) <= 20 for item in items):
            return f"the texts {', '.join(map(repr, items))}"
        if items and all(_items(item) is not None for item in items):
            return f"{len(items)} rows of values"
        return f"{len(items)} values"
    number = _number(answer)
    if number is not None:
        return _short(number)
    if callable(answer):
        return "a function (call it: are the brackets missing?)"
    return f"something of type {getattr(answer, 'type_name', type(answer).__name__)}"


def _short(number: float) -> str:
    """Return four significant digits, and all before the point where it is money or a count."""
    return f"{number:,.0f}" if 10_000 <= abs(number) < 1e12 else f"{number:.4g}"


def describe_call(arguments: Sequence[Any]) -> str:
    """Return a short description of the arguments of a call."""
    return ", ".join(describe(argument) for argument in arguments) if arguments else "no arguments"


def describe_error(error: BaseException) -> str:
    """Return an exception as one short line of text."""
    text = " ".join(str(error).split())
    kind = getattr(error, "type_name", type(error).__name__)  # an error from another process brings its own
    return f"{kind}: {shortened(text, 160)}" if text else str(kind)


def shortened(text: str, longest: int) -> str:
    """Return a text cut at a word, with a sign that there was more."""
    return text if len(text) <= longest else f"{text[: text.rfind(' ', 0, longest)]} …"


def told_in_percent(answer: Any, expected: Any, tolerance: float) -> str | None:
    """Return a sentence when the answer is the expected share in percent, or several are, else None."""
    off = _pairs_off(answer, expected, tolerance)
    if off and all(_in_percent(*pair, tolerance) for pair in off):
        return "That is in percent: give the share, from 0 to 1."
    return None


def _in_percent(answer: Any, expected: Any, tolerance: float) -> bool:
    if not _is_number(expected) or isinstance(expected, numbers.Integral) or not 0 < float(expected) <= 1:
        return False
    number = _number(answer)
    return number is not None and abs(number - 100 * float(expected)) <= 100 * tolerance


def _pairs_off(answer: Any, expected: Any, tolerance: float) -> list[tuple[Any, Any]]:
    """Return the values that don't match with those expected in their places; nothing where the places differ."""
    if isinstance(expected, Mapping):
        given = as_mapping(answer)
        if given is None or set(given) != set(expected):
            return []
        pairs = [(given[key], expected[key]) for key in expected]
    elif _is_number(expected):
        pairs = [(answer, expected)]
    else:
        items, wanted = _items(answer), _items(expected)
        if items is None or wanted is None or len(items) != len(wanted):
            return []
        pairs = list(zip(items, wanted, strict=True))
    return [pair for pair in pairs if not matches(*pair, tolerance)]


def _decimals_needed(expected: float, tolerance: float) -> int:
    """Return how many decimals a value must keep to be right; fewer than none for a large one."""
    return math.ceil(-math.log10(2 * _allowed(expected, tolerance)))


def _allowed(expected: float, tolerance: float) -> float:
    """Return by how much a right value may differ."""
    return max(tolerance, 1e-6 * abs(expected))


def _rounded(answer: Any, expected: Any, tolerance: float) -> bool:
    """Return whether the answer is the expected number, rounded to two digits or more, but too far."""
    number = _number(answer)
    if number is None or not _is_number(expected) or not math.isfinite(float(expected)) or tolerance <= 0:
        return False
    if isinstance(expected, numbers.Integral) and tolerance < 1 and abs(int(expected)) < 10**6:
        return False  # a count that ends in zeros is more likely another count
    wanted = float(expected)
    for decimals in range(-6, _decimals_needed(wanted, tolerance)):
        unit = 10.0**-decimals
        if abs(wanted) >= 10 * unit or (decimals >= 2 and abs(wanted) <= 1):  # two digits tell that it was rounded
            slack = 1e-9 * max(1.0, abs(wanted))
            if abs(number - round(number, decimals)) <= slack and abs(number - wanted) <= unit / 2 + slack:
                return True
    return False


def _seems_rounded(answer: Any, expected: Any) -> bool:
    """Return whether the answer is the expected share, rounded to one decimal, which may also be chance."""
    number = _number(answer)
    if number is None or not _is_number(expected):
        return False
    return number not in (0, 0.5, 1) and 0 < float(expected) < 1 and number == round(float(expected), 1)


def looks_rounded(answer: Any, expected: Any, tolerance: float = TOLERANCE) -> bool:
    """Return whether the answer is the expected number, rounded too far, or may be."""
    return _rounded(answer, expected, tolerance) or _seems_rounded(answer, expected)


def how_far_off(answer: Any, expected: Any, tolerance: float = TOLERANCE) -> str:
    """Return a word on what is off in kind, never the expected value itself."""
    if _in_quotes(answer, expected):
        return "; leave out the quotes"
    pairs = _pairs_off(answer, expected, tolerance)
    for told, looks in (("is rounded", partial(_rounded, tolerance=tolerance)), ("looks rounded", _seems_rounded)):
        if pairs and all(looks(*pair) for pair in pairs):
            decimals = max(_decimals_needed(float(wanted), tolerance) for _, wanted in pairs)
            return f"; yours {told}: keep {_places(decimals)}"
    if isinstance(expected, Mapping):
        given = as_mapping(answer)
        if given is None:
            return ""
        if set(given) != set(expected) and set(map(str, given)) == set(map(str, expected)):
            kinds = ("texts", "numbers") if any(isinstance(key, str) for key in given) else ("numbers", "texts")
            return f"; its keys are {kinds[0]}; use {kinds[1]} as keys: {', '.join(map(repr, expected))}"
        missing = [str(key) for key in expected if key not in given]
        extra = [str(key)[:30] for key in given if key not in expected]
        if missing or extra:
            return "".join(
                [
                    f"; missing: {', '.join(missing)}" if missing else "",
                    f"; too many: {', '.join(extra[:5])}" if extra else "",
                ]
            )
        off = [str(key) for key in expected if not matches(given[key], expected[key], tolerance)]
        return f"; the wrong ones are: {', '.join(off)}" if off else ""
    if _is_number(expected):
        number = _number(answer)
        if number is None:
            return ""
        if math.isnan(number):
            return "; yours is not a number (nan)"
        if math.isnan(float(expected)):
            return ""
        close = round(number, 2) == round(float(expected), 2) and 0 <= float(expected) <= 1
        much = "a little too" if close else "too"
        return f"; yours is {much} large" if number > float(expected) else f"; yours is {much} small"
    items, wanted = _items(answer), _items(expected)
    if items is not None and wanted is not None and len(items) == len(wanted):
        places = [place for place, pair in enumerate(zip(items, wanted, strict=True)) if not matches(*pair, tolerance)]
        differ = "value differs" if len(places) == 1 else "values differ"
        return f"; {len(places)} {differ}, the first at index {places[0]}" if places else ""
    return ""


def _in_quotes(answer: Any, expected: Any) -> bool:
    """Return whether the answer is a text that holds the kind of value asked for, like 'None' or '0.5'."""
    if not isinstance(answer, str) or isinstance(expected, str):
        return False
    word = answer.strip().casefold()
    if expected is None or isinstance(expected, (bool, np.bool_)):
        return word in (("none",) if expected is None else ("true", "false"))
    try:
        return _is_number(expected) and math.isfinite(float(word))
    except ValueError:
        return False


def _places(decimals: int) -> str:
    words = {1: "at least one decimal", 2: "at least two decimals", 3: "at least three decimals"}
    return words.get(decimals, f"at least {decimals} decimals" if decimals > 0 else "all digits")


def new_inputs(count: int) -> str:
    """Return in words how many inputs a learner has not seen."""
    return "one input" if count == 1 else f"{count} inputs"


def not_attempted(answer: Any) -> bool:
    """Return whether an answer is still `...`, or a list or dict of nothing else."""
    if answer is ...:
        return True
    if isinstance(answer, (list, tuple)):
        return bool(answer) and all(item is ... for item in answer)
    return isinstance(answer, dict) and bool(answer) and all(item is ... for item in answer.values())


def is_empty(answer: Any) -> bool:
    """Return whether nothing came: None, nan, or a list of nothing, which say nothing about how they came about."""
    number, items = _number(answer), _items(answer)
    return answer is None or (number is not None and math.isnan(number)) or items == []


def as_mapping(answer: Any) -> Mapping[Any, Any] | None:
    """Return a dict or Series as a mapping, None for anything else."""
    if isinstance(answer, pd.Series):
        return answer.to_dict()
    return answer if isinstance(answer, Mapping) else None


def _is_number(candidate: Any) -> bool:
    return isinstance(candidate, (numbers.Number, np.number, Decimal)) and not isinstance(
        candidate, (bool, np.bool_, complex, np.complexfloating)
    )


def _single(answer: Any) -> Any:
    """Return the one element of a container with one element, else the answer itself."""
    if isinstance(answer, (np.ndarray, pd.Series)) and answer.size == 1:
        return np.asarray(answer, dtype=object).ravel()[0]
    if isinstance(answer, (list, tuple)) and len(answer) == 1:
        return answer[0]
    return answer


def _number(answer: Any) -> float | None:
    answer = _single(answer)
    if not _is_number(answer):
        return None
    try:
        return float(answer)
    except (TypeError, ValueError, OverflowError):
        return None


def _items(answer: Any) -> list[Any] | None:
    if isinstance(answer, (pd.Series, pd.Index, np.ndarray)):
        return list(np.asarray(answer, dtype=object)) if getattr(answer, "ndim", 1) >= 1 else None
    if isinstance(answer, pd.DataFrame):
        return [list(row) for row in answer.itertuples(index=False)]
    if isinstance(answer, (list, tuple, range)):
        return list(answer)
    return None
