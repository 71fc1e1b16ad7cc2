"""Four reports of a recall: which one knows it most exactly, and what would make another one more exact."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, task
from imbalanced_course.checks.values import describe, not_attempted

# The table of task 2.2: rows in the test set, positives, positives found.
REPORTS = {"A": (1_000_000, 6, 5), "B": (1_000, 100, 70), "C": (60, 30, 21), "D": (50_000, 400, 280)}

BY_ROWS = (
    "That's the order by rows. Most rows are negatives, and recall divides only by the positives, so compare that "
    "column."
)
BY_SHARE = (
    "That's the order by the share of positives. Even classes don't make a recall exact when there are few rows, so "
    "compare how many positives there are."
)
TURNED_ROUND = "That's from least to most exact. The task asks for the most exact report first, so reverse the list."


def _sorted_by(number: Any) -> str:
    return "".join(sorted(REPORTS, key=lambda letter: -number(*REPORTS[letter])))


RIGHT = _sorted_by(lambda rows, positives, found: positives)
MISTAKES = {
    _sorted_by(lambda rows, positives, found: rows): BY_ROWS,
    _sorted_by(lambda rows, positives, found: positives / rows): BY_SHARE,
    RIGHT[::-1]: TURNED_ROUND,
}


@task(
    "four-reports",
    points=5,
    consequence="Six positives in a million rows are only six. With 66, one hit more or less moves recall by less "
    "than two points instead of seventeen.",
)
def four_reports(order: Any, next_step: Any) -> Iterable[Finding]:
    """The order of four reports, and the step that adds positives."""
    yield _order(order)
    yield value(
        "next_step",
        next_step,
        "positives",
        mistakes={
            "At six positives in a million rows, 100,000 more rows bring less than one. The task asks for the step "
            "that adds most to what recall divides by.": "rows",
            "That leaves report A with its six positives, and recall never used the negatives. Choose the step "
            "that changes what recall divides by.": "balance",
        },
        kind='"rows", "positives" or "balance"',
        share=2,
    )


def _order(answer: Any) -> Finding:
    if answer is MISSING:
        return Finding("order", "not attempted", "is not defined. Run the answer cell above.", share=3)
    if not_attempted(answer):
        return Finding("order", "not attempted", "is still `...`: put your answer in its place.", share=3)
    letters = _letters(answer)
    if sorted(letters) != sorted(RIGHT):
        told = f"you have {describe(answer)}. The task asks for a list with each of A, B, C, and D once."
        return Finding("order", "wrong", told, share=3)
    if letters == RIGHT:
        return Finding("order", "right", "right.", share=3)
    mistake = MISTAKES.get(letters)
    told = mistake or _pair_to_compare(letters)
    return Finding("order", "wrong", f"you have {', '.join(letters)}. {told}", mistake, share=3)


def _letters(answer: Any) -> str:
    """Return the letters in capitals, from a text or from anything that holds texts; nothing where there are others."""
    if isinstance(answer, (list, tuple, np.ndarray, pd.Series, pd.Index)):
        parts = [part for part in np.ravel(np.asarray(answer, dtype=object)) if isinstance(part, str)]
        if len(parts) != np.size(np.asarray(answer, dtype=object)):
            return ""
        answer = ",".join(parts)
    if not isinstance(answer, str):
        return ""
    letters = re.sub(r"[\s,;>.\-]", "", answer).upper()
    return letters if re.fullmatch(r"[A-Z]*", letters) else ""


def _pair_to_compare(letters: str) -> str:
    """Return a question about the first two neighbors that are in the wrong order."""
    one, other = next((a, b) for a, b in pairwise(letters) if REPORTS[a][1] < REPORTS[b][1])
    return (
        f"Look again at {one} and {other}. In which of the two would recall move more if the model had found one "
        "positive fewer? That report knows less about its recall. Hint 2 does the same."
    )
