"""Fresh inputs that several tasks of the lesson draw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import TOLERANCE, matches
from imbalanced_course.score_sets import scored_day

# What the check functions of this lesson say of an answer that asks an array for what only pandas has.
ARRAYS_COME = {
    "'numpy.ndarray' object has no attribute": "the check calls it with NumPy arrays, not with columns of a DataFrame"
}


def fresh_scores(rng: np.random.Generator, **options: Any) -> tuple[Any, Any]:
    """Return labels and scores of a small made-up day that `rng` picks."""
    day = scored_day(seed=int(rng.integers(2**31)), **options)
    return day["is_fraud"].to_numpy(), day["score"].to_numpy()


def ranked_rows(rng: np.random.Generator, pattern: str, *, rows: int, positives: int) -> tuple[Any, Any]:
    """Return labels and scores whose highest scores follow a pattern, so that a known mistake always shows.

    Parameters
    ----------
    rng : Generator
        Draws the scores, the order of the rows, and where the other positives lie.
    pattern : str
        From the highest score down: `+` a positive, `-` a negative; rows in brackets have the same score and come
        in this order.
    rows, positives : int
        Of the whole set. Positives that are not in the pattern score far below it.

    Returns
    -------
    (array of int, array of float)
        Labels and scores, in the same random order of rows.
    """
    groups = [part.strip("()") for part in re.findall(r"\([+-]+\)|[+-]", pattern)]
    length = sum(map(len, groups))
    rest = np.zeros(rows - length, dtype=int)
    rest[rng.choice(np.arange(60, len(rest)), size=positives - pattern.count("+"), replace=False)] = 1
    labels = np.concatenate([[int(sign == "+") for group in groups for sign in group], rest])
    distinct = np.sort(rng.choice(np.arange(1, 1000), size=len(groups) + len(rest), replace=False))[::-1] / 1000
    scores = np.repeat(distinct, [*map(len, groups), *np.ones(len(rest), dtype=int)])
    places = rng.permutation(rows)
    start = 0
    for group in groups:
        places[start : start + len(group)].sort()
        start += len(group)
    y_true, shuffled = np.empty(rows, dtype=int), np.empty(rows)
    y_true[places], shuffled[places] = labels, scores
    return y_true, shuffled


def telling_inputs(
    draw: Callable[[], list[tuple[Any, ...]]],
    right: Callable[..., Any],
    mistakes: Iterable[Callable[..., Any]],
    *,
    seen: Callable[..., Any] | None = None,
    tolerance: float = TOLERANCE,
) -> list[tuple[Any, ...]]:
    """Return inputs that tell the right function and all known mistakes apart: no two of them give the same on all.

    Random inputs seldom hide a mistake, but with thousands of submissions seldom happens.

    Parameters
    ----------
    draw : callable
        Draws a list of inputs, each a tuple of arguments.
    right : callable
        A correct function of these arguments.
    mistakes : iterable of callable
        Known wrong functions; one that stops with an error shows itself.
    seen : callable, optional
        `seen(value, *arguments)` is what of a value is compared; the value itself when not given.
    tolerance : float
        That of the check; values have to differ by more than twice as much.
    """
    functions = [right, *mistakes]

    def values(function: Callable[..., Any], inputs: list[tuple[Any, ...]]) -> list[Any]:
        came = []
        for arguments in inputs:
            try:
                one = function(*arguments)
                came.append(one if seen is None else seen(one, *arguments))
            except Exception:
                came.append(object())  # like nothing else
        return came

    def tell(inputs: list[tuple[Any, ...]]) -> bool:
        pairs = combinations([values(function, inputs) for function in functions], 2)
        return all(not all(map(same, one, other)) for one, other in pairs)

    def same(one: Any, other: Any) -> bool:
        return matches(one, other, 2 * tolerance)

    inputs = draw()
    for _ in range(50):
        if tell(inputs):
            break
        inputs = draw()
    return inputs
