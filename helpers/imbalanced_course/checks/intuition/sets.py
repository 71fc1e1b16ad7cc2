"""Datasets with a given share of the minority: make one and count it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import judged, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.values import TOLERANCE, describe, matches

# Task 2.1: the dataset that the learner counts.
ROWS, SHARE = 5_000, 0.04

SWAPPED = (
    "The weights are swapped. Class 1 should be the minority, and `weights` lists the share of class 0 first, so put "
    "`1 - minority_share` first."
)
FLIPPED = (
    "`flip_y` is at its default, so about 1% of the labels are drawn again and the rare class grows. Set `flip_y=0`, "
    "as in section 1."
)
RATIO_FOR_SHARE = (
    "That takes a share for a ratio, or the reverse. A share divides by all rows, and a ratio by one of the classes."
)
EVEN = "Both classes have the same number of rows. Set their shares with `weights`."
ONE_SHORT = (
    "Class 1 is one row short, because `make_classification` rounds rows × weight down. Ask for half a row more, as in "
    "hint 2."
)
NO_PAIR = "Return the pair `X, y`, first the features, then the labels."
NO_SPREAD = "The rows of X are all the same, so draw them at random."
SAME_FOR_ALL_SEEDS = "Two different seeds give the same rows. Pass the seed as `random_state`."
NOT_REPEATABLE = "The same seed twice gives different rows. Pass the seed as `random_state`."
REDUNDANT = "Two columns leave no room for redundant ones. Set `n_redundant=0`, as in section 1."
KNOWN = {SWAPPED, FLIPPED, RATIO_FOR_SHARE, EVEN, ONE_SHORT, NO_PAIR, SAME_FOR_ALL_SEEDS, NOT_REPEATABLE}


def look_at_set(came: Any, *, rows: int, minority: int, mistaken_minority: int, seed: int, slack: int = 0) -> str:
    """Return what is wrong with a pair `X, y` that should have two features and `minority` rows of class 1.

    `mistaken_minority` is how many of them there are where a ratio was taken for a share, or a share for a ratio.
    `slack` is by how many rows the right answer may miss.
    """
    if not isinstance(came, (tuple, list)) or len(came) != 2 or np.ndim(came[0]) != 2:
        return f"It returned {describe(came)}. {NO_PAIR}" if not isinstance(came, (tuple, list)) else NO_PAIR
    points, labels = np.asarray(came[0], dtype=float), np.asarray(came[1]).ravel()
    if points.shape[1] != 2:
        return f"X has {points.shape[1]} columns. The task asks for two features."
    if len(points) != rows or len(labels) != rows:
        return f"X has {len(points):,} rows and y {len(labels):,}. The check asked for {rows:,}."
    ones, zeros = int(np.sum(labels == 1)), int(np.sum(labels == 0))
    if ones + zeros != rows:
        return "y has other labels than 0 and 1."
    if abs(ones - minority) <= slack:
        return NO_SPREAD if np.any(points.std(axis=0) == 0) else ""
    if zeros in (minority, minority + 1):  # a row more where the weight was rounded down
        return SWAPPED
    if ones == zeros:
        return EVEN
    if abs(ones - mistaken_minority) <= slack:
        return RATIO_FOR_SHARE
    if ones == minority - 1:
        return ONE_SHORT
    if ones in _flipped(rows, minority / rows, seed):
        return FLIPPED
    if ones > zeros:
        return (
            f"Class 1 is the larger class ({ones:,} of {rows:,} rows). `weights` lists class 0 first, as in section 1."
        )
    return f"Class 0 has {zeros:,} rows and class 1 has {ones:,}. Count as in section 1."


def with_seeds(look: Callable[..., str]) -> Callable[..., str]:
    """Extend a look at pairs `X, y`: other seeds must give other rows, the same seed the same; seeds come last."""
    earlier: dict[tuple[Any, ...], Any] = {}

    def seen(came: Any, *arguments: Any) -> str:
        sentence = look(came, *arguments)
        if sentence:
            return sentence
        points = np.column_stack([np.asarray(came[0], dtype=float), np.asarray(came[1], dtype=float).ravel()])
        *asked, seed = arguments
        for (*others, other_seed), other in earlier.items():
            if others == asked and np.array_equal(points, other) != (seed == other_seed):
                return NOT_REPEATABLE if seed == other_seed else SAME_FOR_ALL_SEEDS
        earlier[arguments] = points
        return ""

    return seen


@functools.cache
def _redrawn() -> int:
    """Return how many rows of class 1 the counted dataset has where `flip_y` is left at its default."""
    from sklearn.datasets import make_classification

    _, y = make_classification(
        n_samples=ROWS,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - SHARE, SHARE],
        random_state=3,
    )
    return int(y.sum())


@functools.lru_cache(maxsize=64)
def _flipped(rows: int, share: float, seed: int) -> set[int]:
    """Return how many rows of class 1 there are where `flip_y` is left at its default, with one or two clouds.

    The weight of class 1 may be given or left to scikit-learn, which then rounds another way.
    """
    from sklearn.datasets import make_classification

    return {
        int(
            make_classification(
                rows, 2, n_redundant=0, n_clusters_per_class=clouds, weights=weights, random_state=seed
            )[1].sum()
        )
        for clouds in (1, 2)
        for weights in ([1 - share, share], [1 - share])
    }


@task(
    "build-and-count",
    points=5,
    consequence="You can now try an idea at any share before you have data. This dataset is 24:1, not 25:1, because a "
    "ratio compares one class with the other.",
)
def build_and_count(make_set: Any, positives: Any, imbalance_ratio: Any) -> Iterable[Finding]:
    """A function that makes a dataset with a given share, within a row, and the counts of one such dataset."""
    rng = fresh_generator("build-and-count")
    # One row more or less is right, so the counts are large: labels that are drawn at random miss them by far more, and
    # so does a ratio that is taken for a share. At 0.1 a weight that is left to scikit-learn loses a row.
    first, second = (int(rng.integers(100, 200)) * 100 for _ in range(2))
    other_share = float(rng.choice([0.05, 0.08, 0.15, 0.2]))
    seed = int(rng.integers(1000))
    inputs = [
        (first, 0.1, seed),
        (first, 0.1, seed + 1),
        (second, other_share, seed),
        (second, other_share, seed + 1),
        (first, 0.1, seed),
    ]

    def look(came: Any, rows: int, share: float, seed: int) -> str:
        return look_at_set(
            came,
            rows=rows,
            minority=round(rows * share),
            mistaken_minority=round(rows * share / (1 + share)),
            seed=seed,
            slack=1,
        )

    yield judged(
        "make_set",
        make_set,
        with_seeds(look),
        inputs,
        about=[f"{rows:,} rows, minority share {share}, seed {seed}" for rows, share, seed in inputs],
        known=KNOWN,
        errors={
            "positional argument": "The check calls make_set(n_rows, minority_share, seed).",
            "redundant and repeated features": REDUNDANT,
        },
        share=3,
    )
    share_of_rows = round(ROWS * SHARE)
    # A set may have one row more or less, so the counts of such a set are right, too.
    counts = (share_of_rows, share_of_rows - 1, share_of_rows + 1)
    minority = next((count for count in counts if matches(positives, count, TOLERANCE)), share_of_rows)
    yield value(
        "positives",
        positives,
        minority,
        mistakes={
            "That's the share. Count the rows of class 1.": SHARE,
            "That's the number of rows in class 0. The task asks for class 1, the minority.": ROWS - minority,
            "That's the number of all rows. Count only class 1.": ROWS,
            "That's the count with some labels drawn again. Set `flip_y=0` and count once more.": _redrawn(),
        },
    )
    ratio = (ROWS - minority) / minority
    yield value(
        "imbalance_ratio",
        imbalance_ratio,
        ratio,
        mistakes={
            "That's all rows over the minority, 1 divided by the share. Divide only the majority by it.": (
                ROWS / minority
            ),
            "That's the minority over the majority. Divide the other way around.": 1 / ratio,
            "That's the minority's share. Divide the majority by the minority.": SHARE,
            "That's the majority's share. Divide the majority by the minority.": 1 - SHARE,
            "That's the ratio with some labels drawn again. Set `flip_y=0` and count once more.": ROWS / _redrawn() - 1,
        },
    )
