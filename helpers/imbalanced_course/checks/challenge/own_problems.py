"""The form of the learner's own problems; a person reads the ideas."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from imbalanced_course.checks.compare import describe, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, task
from imbalanced_course.checks.values import as_mapping, matches, not_attempted

_KEYS = ("minority_class", "ratio", "cost_of_a_miss")
_TEXTS = ("minority_class", "cost_of_a_miss")
_EXAMPLE = "aeroplane flights with a bird strike"


@task("five-problems", points=1)
def five_problems(my_problems: Any) -> Iterable[Finding]:
    """Five dicts with a minority class, a ratio above 1 and what a miss costs, all different."""
    if my_problems is MISSING or not_attempted(my_problems):
        yield value("my_problems", my_problems, [])
        return
    told = _wrong_list(my_problems)
    message = told or "right in form; a person reads the ideas."
    yield Finding("my_problems", "wrong" if told else "right", message)


def _wrong_list(answer: Any) -> str | None:
    """Return what is wrong with the form of the problems, None where nothing is."""
    if isinstance(answer, pd.DataFrame):
        answer = answer.to_dict("records")
    if not isinstance(answer, (list, tuple)):
        return f"you have {describe(answer)}; expected is a list of five dicts."
    if len(answer) != 5:
        return f"you have {len(answer)} problem{'' if len(answer) == 1 else 's'}. The task asks for five."
    for number, problem in enumerate(answer, start=1):
        told = _wrong_problem(problem)
        if told:
            return f"problem {number}: {told}"
    names = {" ".join(str(problem["minority_class"]).casefold().split()) for problem in answer}
    if _EXAMPLE in names:
        return "the example is among them. Replace it with a problem of your own."
    if len(names) < 5:
        return "two of the minority classes are the same. The task asks for five different problems."
    return None


def _wrong_problem(problem: Any) -> str | None:
    table = as_mapping(problem)
    if table is None:
        return f"you have {describe(problem)}; expected is a dict with the keys {', '.join(_KEYS)}."
    for key in _KEYS:
        if key not in table:
            return f"the dict has no key {key!r}."
    return _wrong_ratio(table["ratio"]) or _wrong_texts(table)


def _wrong_ratio(ratio: Any) -> str | None:
    if isinstance(ratio, str):
        return "the ratio is a text; write one number, 99 for 99:1."
    try:
        number = float(ratio)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    # Every number equals itself as a float within the tolerance; truth values and containers do not.
    if not math.isfinite(number) or not matches(ratio, number) or isinstance(ratio, (list, tuple)):
        return f"the ratio is {describe(ratio)}; expected is a number above 1."
    if 0 < number < 1:
        return "the ratio is inverted. Majority over minority is above 1."
    if number <= 1:
        return f"a ratio of {number:g} is no imbalance; expected is a number above 1."
    return None


def _wrong_texts(table: Mapping[Any, Any]) -> str | None:
    for key in _TEXTS:
        if not isinstance(table[key], str):
            return f"{key!r} is {describe(table[key])}; write a few words."
        if _said(table[key]) < 2:
            return f"{key!r} is empty. Write a few words."
    return None


def _said(text: str) -> int:
    """Return how much a text says: letters, digits and symbols count one, signs that are words or pictures two."""
    counted = [sign for sign in text if unicodedata.category(sign)[0] in "LNS"]
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in counted)
