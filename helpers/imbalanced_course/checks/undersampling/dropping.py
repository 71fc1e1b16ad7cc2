"""Random undersampling: with the library, and by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import judged, value
from imbalanced_course.checks.resampled import fresh_table, labels_of, rows_of
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.undersampling.ratio import RATIO_ERRORS, UPSIDE_DOWN, ratio_fault

FEATURES = ["feature_1", "feature_2"]
REPEATED = "A row is there twice. Draw without replacement."
NOT_A_ROW = "There are rows that the data don't have. Undersampling keeps real rows, unchanged."
BY_VALUES = (
    "With the rows in another order it keeps the same majority rows, so it chooses them by their values. Draw them at "
    "random."
)
# The bank calls.
NEGATIVES, POSITIVES = 39_922, 5_289


def place_fault(rows: np.ndarray, target: np.ndarray) -> str | None:
    """Return what is wrong with rows that were chosen by their place in the table, or None."""
    negatives = np.flatnonzero(target == 0)
    places = np.searchsorted(negatives, np.sort(rows[target[rows] == 0]))
    steps = np.diff(places)
    if not len(steps):
        return None
    if steps.max() == 1:
        return "It keeps the first or last majority rows. Data often come sorted, so draw them at random."
    # Where most rows stay, those of a random draw can be evenly spaced as well.
    if np.ptp(steps) <= 1 and len(places) < len(negatives) / 2:
        return "The majority rows that it keeps are evenly spaced. Draw them at random."
    return None


@task(
    "random-undersampling",
    points=4,
    consequence="All subscriptions are still there, and fewer than half of the calls. What that does to the "
    "probabilities comes in section 5.",
)
def random_undersampling(strategy_three: Any, counts_three: Any, undersample: Any) -> Iterable[Finding]:
    """Three majority rows per minority row: the library's number, the counts, and a function for any number."""
    yield value(
        "strategy_three",
        strategy_three,
        1 / 3,
        mistakes={
            UPSIDE_DOWN: 3,
            "That's the share of the minority among all rows. The ratio divides by the majority rows only (hint 2).": 1
            / 4,
            "That's the share of the majority. The ratio is minority rows over majority rows (section 1).": 3 / 4,
            "That's the share of rows that stays. The ratio is minority rows over majority rows, after resampling "
            "(section 1).": (4 * POSITIVES / (POSITIVES + NEGATIVES)),
        },
        share=0.5,
    )
    yield value(
        "counts_three",
        counts_three,
        {0: 3 * POSITIVES, 1: POSITIVES},
        mistakes={
            "These are the counts before undersampling. Count the labels that `fit_resample` returns (hint 3).": {
                0: NEGATIVES,
                1: POSITIVES,
            },
            "These are two majority rows per minority row, as in the worked example. The task asks for three.": {
                0: 2 * POSITIVES,
                1: POSITIVES,
            },
            "Both classes have the same number of rows. The task asks for three majority rows per minority row.": {
                0: POSITIVES,
                1: POSITIVES,
            },
            "The minority was cut to a third of the majority's rows. Undersampling keeps every minority row "
            "(section 1).": {
                0: POSITIVES,
                1: POSITIVES // 3,
            },
            "The classes are swapped. Label 1 is the minority.": {0: POSITIVES, 1: 3 * POSITIVES},
            "That's four majority rows per minority row, what the share 1/4 gives. The task asks for three.": {
                0: 4 * POSITIVES,
                1: POSITIVES,
            },
            "That's a third of the majority. Keep three majority rows per minority row.": {
                0: NEGATIVES // 3,
                1: POSITIVES,
            },
        },
        share=0.5,
    )
    rng = fresh_generator("random-undersampling")
    tables = [fresh_table(rng, rows=rows, positives=int(rng.integers(18, 30))) for rows in (400, 500, 300)]
    # The first one's rows once more, in another order: a draw depends on it, and a choice by values doesn't.
    other = tables[0].sample(frac=1, random_state=int(rng.integers(2**31)))
    tables.append(other.set_index(rng.permutation(np.arange(1000, 1000 + len(other)))))
    by = [4, 1, 8, 4]  # ratios without a rounding error, so that the number of rows must be exact
    kept_before: list[set[float]] = []

    def fault(came: Any, X: pd.DataFrame, y: pd.Series, per_minority: int) -> str | None:
        if not isinstance(came, (tuple, list)) or len(came) != 2:
            return "It should return two things, the rows and their labels."
        labels, table = labels_of(came[1]), X.assign(target=y)
        if labels is None:
            return "The second thing it returns should be the labels. Return the rows first, then the labels (hint 3)."
        rows = rows_of(came[0], table)
        if rows is None:
            return NOT_A_ROW if isinstance(came[0], (pd.DataFrame, np.ndarray)) else "The rows should be a DataFrame."
        if len(rows) != len(labels) or not np.array_equal(y.to_numpy()[rows], labels):
            return "Rows and labels don't belong together anymore. Resample both in one call (hint 2)."
        if len(rows) == len(X):
            return "No row was dropped. Return what `fit_resample` returns (hint 2)."
        if len(set(rows.tolist())) < len(rows):
            return REPEATED
        wrong = ratio_fault(labels, int(y.sum()), per_minority * int(y.sum())) or place_fault(rows, y.to_numpy())
        if wrong or per_minority != by[0]:
            return wrong
        kept_before.append(set(X["feature_1"].to_numpy()[rows].tolist()))
        return BY_VALUES if len(kept_before) == 2 and kept_before[0] == kept_before[1] else None

    yield judged(
        "undersample",
        undersample,
        fault,
        [(table[FEATURES], table["target"], per) for table, per in zip(tables, by, strict=True)],
        about=[
            f"{len(t)} rows with {t['target'].sum()} of the minority, per_minority={n}"
            for t, n in zip(tables, by, strict=True)
        ],
        errors={**RATIO_ERRORS, "positional argument": "The check calls undersample(X, y, per_minority)."},
        share=3,
    )


@task("bonus-undersampling-by-hand", points=0)
def bonus_undersampling_by_hand(undersample_by_hand: Any) -> Iterable[Finding]:
    """Random undersampling of a table, with pandas only."""
    rng = fresh_generator("undersampling-by-hand")
    first, second = (fresh_table(rng, rows=rows, positives=int(rng.integers(15, 25))) for rows in (300, 400))
    calls = [(first, 3, 7), (first, 3, 7), (first, 3, 8), (second, 6, 9)]
    drawn: dict[int, list[frozenset[int]]] = {}

    def fault(came: Any, data: pd.DataFrame, per_minority: int, seed: int) -> str | None:
        if not isinstance(came, pd.DataFrame):
            return "It should return a DataFrame with the column `target`."
        if set(came.columns) != set(data.columns):
            return f"The columns should be those of the data; yours are {', '.join(map(str, list(came.columns)[:5]))}."
        rows = rows_of(came, data)
        if rows is None or not np.array_equal(data["target"].to_numpy()[rows], came["target"].to_numpy()):
            return NOT_A_ROW
        if len(rows) == len(data):
            return "No row was dropped."
        if len(set(rows.tolist())) < len(rows):
            return REPEATED
        positives = int(data["target"].sum())
        wrong = ratio_fault(came["target"].to_numpy(), positives, per_minority * positives) or place_fault(
            rows, data["target"].to_numpy()
        )
        if wrong:
            return wrong
        kept = frozenset(rows.tolist()) - frozenset(np.flatnonzero(data["target"] == 1).tolist())
        earlier = drawn.setdefault(seed, [])
        earlier.append(kept)
        if any(other != kept for other in earlier):
            return (
                "Called twice with the same seed, it keeps different rows. Pass `seed` to the draw as `random_state`."
            )
        if data is first and any(other[0] == kept for number, other in drawn.items() if number != seed):
            return "With another seed it keeps the same rows. Pass `seed` to the draw as `random_state`."
        return None

    yield judged(
        "undersample_by_hand",
        undersample_by_hand,
        fault,
        calls,
        about=[
            f"{len(t)} rows with {t['target'].sum()} of the minority, per_minority={n} and seed={seed}"
            for t, n, seed in calls
        ],
        errors={
            **RATIO_ERRORS,
            "positional argument": "The check calls undersample_by_hand(data, per_minority, seed).",
        },
    )
