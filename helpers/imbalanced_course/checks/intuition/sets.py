"""Sets of a stated share: build one, count it, and work out the counts beforehand."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from math import ceil
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import entries, function, judged, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.values import describe

# Task 2.1: the set that the learner counts.
ROWS, SHARE = 5_000, 0.04

SWAPPED = (
    "the weights are swapped: class 1 shall be the minority, and `weights` lists the share of class 0 first, then "
    "that of class 1"
)
FLIPPED = (
    "`flip_y` is forgotten: by default it draws the labels of 1 % of the rows afresh, and so adds to the rare class"
)
RATIO_FOR_SHARE = (
    "that takes the ratio for the share: a share divides by all rows, a ratio of the two classes by one of them"
)
EVEN = "both classes have the same number of rows: `weights` sets their shares"
ONE_SHORT = "class 1 is one row short: `make_classification` cuts rows × weight down to a whole number"
NO_PAIR = "return the pair `X, y`, first the features, then the labels"
NO_SPREAD = "the rows of X are all the same: draw them"
SAME_FOR_ALL_SEEDS = "two different seeds give the same rows: pass the seed on as `random_state`"
NOT_REPEATABLE = "the same seed twice gives different rows: pass the seed on as `random_state`"
REDUNDANT = "two columns leave no room for redundant ones: set `n_redundant=0`, as the worked example does"
KNOWN = {SWAPPED, FLIPPED, RATIO_FOR_SHARE, EVEN, ONE_SHORT, NO_PAIR, SAME_FOR_ALL_SEEDS, NOT_REPEATABLE}


def look_at_set(came: Any, *, rows: int, minority: int, mistaken_minority: int, seed: int) -> str:
    """Return what is wrong with a pair `X, y` that should have two features and `minority` rows of class 1.

    `mistaken_minority` is how many of them there are where a ratio was taken for a share, or a share for a ratio.
    """
    if not isinstance(came, (tuple, list)) or len(came) != 2 or np.ndim(came[0]) != 2:
        return f"it returned {describe(came)}; {NO_PAIR}" if not isinstance(came, (tuple, list)) else NO_PAIR
    points, labels = np.asarray(came[0], dtype=float), np.asarray(came[1]).ravel()
    if points.shape[1] != 2:
        return f"X has {points.shape[1]} columns; two features are asked for"
    if len(points) != rows or len(labels) != rows:
        return f"X has {len(points):,} rows and y {len(labels):,}; {rows:,} are asked for"
    ones, zeros = int(np.sum(labels == 1)), int(np.sum(labels == 0))
    if ones + zeros != rows:
        return "y holds other labels than 0 and 1"
    if ones == minority:
        return NO_SPREAD if np.any(points.std(axis=0) == 0) else ""
    if zeros in (minority, minority + 1):  # a row more where the weight was cut down
        return SWAPPED
    if ones == zeros:
        return EVEN
    if ones == mistaken_minority:
        return RATIO_FOR_SHARE
    if ones == minority - 1:
        return ONE_SHORT
    if ones in _flipped(rows, minority / rows, seed):
        return FLIPPED
    return f"class 0 has {zeros:,} rows and class 1 has {ones:,}"


def with_seeds(look: Callable[..., str]) -> Callable[..., str]:
    """Extend a look at sets `X, y`: other seeds shall give other rows, the same seed the same; seeds come last."""
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
    """Return how many rows of class 1 the counted set has where `flip_y` is left at its default."""
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
    """Return how many rows of class 1 a set has where `flip_y` is left at its default, with one or two clouds."""
    from sklearn.datasets import make_classification

    return {
        int(
            make_classification(
                rows, 2, n_redundant=0, n_clusters_per_class=clouds, weights=[1 - share, share], random_state=seed
            )[1].sum()
        )
        for clouds in (1, 2)
    }


def _cut_to_the_same(rows: int, share: float) -> bool:
    """Return whether each common way to compute the minority's rows gives the same whole number."""
    return int(rows * share) == int(rows * (1 - (1 - share))) == round(rows * share)


@task("build-and-count", points=4)
def build_and_count(make_set: Any, positives: Any, imbalance_ratio: Any) -> Iterable[Finding]:
    """A function that draws a set of a stated share, and the counts of one such set."""
    rng = fresh_generator("build-and-count")
    asked: list[tuple[int, float]] = []
    while len(asked) < 2:
        rows, share = int(rng.integers(40, 80)) * 100, float(rng.choice([0.02, 0.05, 0.08, 0.15]))
        if _cut_to_the_same(rows, share) and (rows, share) not in asked:
            asked.append((rows, share))
    seed = int(rng.integers(1000))
    inputs = [(*asked[0], seed), (*asked[0], seed + 1), (*asked[1], seed), (*asked[0], seed)]

    def look(came: Any, rows: int, share: float, seed: int) -> str:
        return look_at_set(
            came,
            rows=rows,
            minority=round(rows * share),
            mistaken_minority=int(rows * share / (1 + share)),
            seed=seed,
        )

    yield judged(
        "make_set",
        make_set,
        with_seeds(look),
        inputs,
        about=[f"{rows:,} rows, minority share {share}, seed {seed}" for rows, share, seed in inputs],
        known=KNOWN,
        errors={
            "positional argument": "the check calls make_set(n_rows, minority_share, seed)",
            "redundant and repeated features": REDUNDANT,
        },
        share=2,
    )
    minority = round(ROWS * SHARE)
    yield value(
        "positives",
        positives,
        minority,
        mistakes={
            "that is the share: count the rows of class 1": SHARE,
            "that is the number of rows of class 0: class 1 is the minority here": ROWS - minority,
            "that is the number of all rows": ROWS,
            "some labels of that set were drawn afresh: `flip_y` is not 0": _redrawn(),
        },
    )
    ratio = (ROWS - minority) / minority
    yield value(
        "imbalance_ratio",
        imbalance_ratio,
        ratio,
        mistakes={
            "that is all rows over the minority, 1 divided by the share: the ratio is majority over minority": ROWS
            / minority,
            "that is upside down: the imbalance ratio is majority over minority": 1 / ratio,
            "that is the minority share: the ratio is majority over minority": SHARE,
            "that is the majority's share: the ratio is majority over minority": 1 - SHARE,
            "that is the ratio of a set whose labels were drawn afresh: `flip_y` is not 0": ROWS / _redrawn() - 1,
        },
    )


@task("share-to-counts", points=4)
def share_to_counts(class_counts: Any, share_of_ratio: Any) -> Iterable[Finding]:
    """From a share to counts and the imbalance ratio, and from a ratio back to the share."""
    rng = fresh_generator("share-to-counts")
    # 0.29 of 100 rows is 28.999999999999996 in a computer's numbers: cut down, it loses a row.
    cut = [(100, 0.29), (200, 0.29), (200, 0.145), (400, 0.145)]
    inputs = [
        cut[int(rng.integers(len(cut)))],
        (int(rng.integers(20, 60)) * 100, 0.03),
        (int(rng.integers(4, 9)) * 1_000, 0.002),
        (int(rng.integers(10, 30)) * 10, 0.4),
        (int(rng.integers(10, 30)) * 100 + int(rng.choice([40, 80])), 0.03),  # a fraction of 0.2 or 0.4 of a row
        (int(rng.integers(10, 30)) * 100 + int(rng.choice([20, 60])), 0.03),  # of 0.6 or 0.8
    ]

    def right(rows: int, share: float) -> dict[str, float]:
        minority = round(rows * share)
        return {"majority": rows - minority, "minority": minority, "imbalance_ratio": (rows - minority) / minority}

    def of_ratio(rows: int, share: float) -> int:
        return round(rows * share / (1 + share))

    swapped = "majority and minority are swapped: the minority has the stated share"
    ratio_for_share = "that takes the ratio for the share: the share is a share of all rows"
    cut_down = "that cuts down to a whole number, and 0.29 × 100 is a hair below 29 in a computer: use round"
    rounded_up = "that rounds the minority up: take the nearest whole number"
    unrounded = "give a whole number of rows: round it"
    yield from entries(
        "class_counts",
        class_counts,
        right,
        inputs,
        about=[f"{rows:,} rows, minority share {share}" for rows, share in inputs],
        mistakes={
            "majority": {
                swapped: lambda n, s: round(n * s),
                cut_down: lambda n, s: n - int(n * s),
                "that cuts the majority down, and so rounds the minority up: round the minority, and take it from all "
                "rows": lambda n, s: int(round(n * (1 - s), 6)),
                unrounded: lambda n, s: n * (1 - s) if abs(n * s - round(n * s)) > 1e-3 else None,
                ratio_for_share: lambda n, s: n - of_ratio(n, s),
                "that is the number of all rows: leave out the minority": lambda n, s: n,
                "that is a share: give a number of rows": lambda n, s: 1 - s,
            },
            "minority": {
                swapped: lambda n, s: n - round(n * s),
                cut_down: lambda n, s: int(n * s),
                rounded_up: lambda n, s: ceil(round(n * s, 6)),
                "That rounds the minority down. Take the nearest whole number.": lambda n, s: int(round(n * s, 6)),
                ratio_for_share: of_ratio,
                "that is a share: give a number of rows": lambda n, s: s,
            },
            "imbalance_ratio": {
                "that is 1 divided by the share, all rows over the minority: the ratio is majority over minority": (
                    lambda n, s: n / round(n * s)
                ),
                "that is 1 divided by the share asked for: the ratio is majority over minority, of whole rows": (
                    lambda n, s: 1 / s
                ),
                "that is the ratio of the shares asked for: rows are whole, so divide the numbers of rows": (
                    lambda n, s: (1 - s) / s
                ),
                "that is upside down: the imbalance ratio is majority over minority": (
                    lambda n, s: 1 / right(n, s)["imbalance_ratio"]
                ),
                "that is the share: the ratio is majority over minority": lambda n, s: s,
                "that is the ratio of numbers rounded up: round the minority to the nearest": (
                    lambda n, s: n / ceil(round(n * s, 6)) - 1
                ),
                "that is the ratio of cut numbers: 0.29 × 100 is a hair below 29 in a computer, so round the counts": (
                    lambda n, s: (n - int(n * s)) / int(n * s)
                ),
            },
        },
        errors={"positional argument": "the check calls class_counts(n_rows, minority_share)"},
        share=3,
    )
    # Of a share of a hundredth, three decimals still tell the ratio from one that is taken for a share.
    ratios = [float(ratio) for ratio in (1, int(rng.integers(5, 12)), int(rng.integers(120, 140)) / 2)]
    yield function(
        "share_of_ratio",
        share_of_ratio,
        lambda ratio: 1 / (1 + ratio),
        [(ratio,) for ratio in ratios],
        about=[f"an imbalance ratio of {ratio:g}" for ratio in ratios],
        mistakes={
            "that takes the ratio for the share: 1 row against `ratio` rows is 1 of all of them, 1 + `ratio`": (
                lambda ratio: 1 / ratio
            ),
            "that is the share of the majority": lambda ratio: ratio / (1 + ratio),
            "that is 1 + ratio, upside down": lambda ratio: 1 + ratio,
        },
    )
