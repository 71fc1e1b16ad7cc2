"""Fresh inputs that several tasks of the lesson draw."""

from __future__ import annotations

import functools
import re
from typing import Any

import numpy as np

from imbalanced_course.score_sets import scored_day

# What the check functions of this lesson say of an answer that asks an array for what only pandas has.
ARRAYS_COME = {
    "'numpy.ndarray' object has no attribute": (
        "The check calls it with NumPy arrays, not with columns of a DataFrame. Use what arrays have, and pass "
        "`.to_numpy()` yourself."
    )
}


def fresh_scores(rng: np.random.Generator, **options: Any) -> tuple[Any, Any]:
    """Return labels and scores of a small simulated day that `rng` picks."""
    day = scored_day(seed=int(rng.integers(2**31)), **options)
    return day["is_fraud"].to_numpy(), day["score"].to_numpy()


def crowded_scores(rng: np.random.Generator, count: int) -> np.ndarray:
    """Return different scores from low to high that lie in small crowds, off every grid of thresholds.

    Within a crowd they are a few millionths apart: too close for a search over evenly spaced thresholds, and far enough
    for an answer that goes a millionth below a score.
    """
    crowds = np.sort(rng.choice(np.arange(1, 900), size=count // 7 + 1, replace=False)) / 1000 + rng.uniform(0, 5e-4)
    steps = np.cumsum(rng.uniform(3.4e-6, 6e-6, size=(len(crowds), 7)), axis=1)
    return (crowds[:, None] + steps).ravel()[:count]


def crowded_day(rng: np.random.Generator, **options: Any) -> tuple[Any, Any]:
    """Return labels and scores of a small simulated day; scores that tied there tie, the others are crowded."""
    y_true, scores = fresh_scores(rng, **options)
    cuts, place = np.unique(scores, return_inverse=True)
    return y_true, crowded_scores(rng, len(cuts))[place]


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
    distinct = crowded_scores(rng, len(groups) + len(rest))[::-1]
    scores = np.repeat(distinct, [*map(len, groups), *np.ones(len(rest), dtype=int)])
    places = rng.permutation(rows)
    start = 0
    for group in groups:
        places[start : start + len(group)].sort()
        start += len(group)
    y_true, shuffled = np.empty(rows, dtype=int), np.empty(rows)
    y_true[places], shuffled[places] = labels, scores
    return y_true, shuffled


@functools.cache
def two_days() -> tuple[Any, ...]:
    """Return labels and scores of the lesson's validation day, then of its test day."""
    days = [scored_day(roc_auc=0.98, seed=seed) for seed in (11, 12)]
    return tuple(day[column].to_numpy() for day in days for column in ("is_fraud", "score"))
