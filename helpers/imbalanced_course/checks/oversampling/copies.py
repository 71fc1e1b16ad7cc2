"""Random oversampling: the library's number, the counts, and a function that adds copies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import judged, value
from imbalanced_course.checks.resampled import fresh_table, labels_of, rows_of
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task

FEATURES = ["feature_1", "feature_2"]
INVERTED = (
    "That's the ratio the other way around, majority over minority. `sampling_strategy` is minority over majority, so "
    "it's at most 1."
)
NO_MAJORITY = "No majority row is there. Return all rows, not only the added ones."
# What the check functions of this lesson say of errors that known mistakes lead to.
RATIO_ERRORS = {
    "float in the range (0.0, 1.0]": INVERTED,
    "should be in the range": INVERTED,
    "required to remove samples": (
        "Oversampling can't drop rows, and with this number the minority would have to shrink. `sampling_strategy` is "
        "minority over majority after resampling."
    ),
}


def added_fault(labels: np.ndarray, before: np.ndarray, ratio: float) -> str | None:
    """Return what is wrong with the counts of oversampled labels, or None.

    Parameters
    ----------
    labels, before : arrays of 0 and 1
        After and before oversampling.
    ratio : float
        Minority over majority that there should be.
    """
    majority, minority = int(np.sum(labels == 0)), int(np.sum(labels == 1))
    wanted_majority = int(np.sum(before == 0))
    if len(labels) == len(before):
        return "No row was added. Return what `fit_resample` returns."
    if majority == 0:
        return NO_MAJORITY
    if majority < wanted_majority:
        return f"Only {majority} of {wanted_majority} majority rows remain. Oversampling drops nothing."
    if majority > wanted_majority:
        return "Majority rows were added. Add only minority rows (label 1)."
    if abs(minority - ratio * majority) < 1:  # a whole number must be met, of another one either neighbor will do
        return None
    if minority == majority:
        return "Both classes have the same number of rows. Pass the ratio as `sampling_strategy`."
    if abs(minority - ratio * (majority + minority)) <= 1:
        return "That makes the number a share of all rows. The ratio is minority rows over majority rows."
    if abs(minority - ratio / (1 + ratio) * majority) <= 1:
        return (
            f"There are {minority} minority rows for {majority} majority rows, so the number was taken for a share of "
            "all rows. The ratio is minority rows over majority rows."
        )
    return (
        f"There are {minority} minority rows for {majority} majority rows, which is the ratio "
        f"{minority / majority:.3g}. The task asks for {ratio:.3g}."
    )


def _copies_fault(came: Any, X: pd.DataFrame, y: pd.Series, per_minority: int) -> str | None:
    """Return what is wrong with rows and labels that should be the data with copies added."""
    if not isinstance(came, (tuple, list)) or len(came) != 2:
        return "It should return two things, the rows and their labels."
    labels, truth = labels_of(came[1]), y.to_numpy()
    if labels is None:
        return "The second thing that it returns should be the labels. Return the rows first."
    if not isinstance(came[0], (pd.DataFrame, np.ndarray)):
        return "The rows should be a DataFrame."
    if not np.any(labels == 0):
        return NO_MAJORITY
    rows = rows_of(came[0], X.assign(target=y))
    if rows is None:
        return "Some rows aren't in the data. The task asks for copies, not for new points."
    if len(rows) != len(labels) or not np.array_equal(truth[rows], labels):
        return "Rows and labels don't belong together anymore. Resample both in one call."
    missing = np.setdiff1d(np.flatnonzero(truth == 1), rows)
    if len(missing):
        return f"{len(missing)} of the {truth.sum()} minority rows are gone. Keep all rows, and add the copies to them."
    wrong = added_fault(labels, truth, 1 / per_minority)
    if wrong:
        return wrong
    copies = np.bincount(rows[labels == 1])
    if np.sum(copies > 1) == 1:
        return "All copies are of a single row. Draw them from all minority rows."
    return None


@task(
    "bonus-random-oversampling",
    points=0,
    consequence="The majority stays as it was, and a minority row weighs about 25 times as much.",
)
def bonus_random_oversampling(
    strategy_quarter: Any, counts_quarter: Any, times_each: Any, oversample: Any
) -> Iterable[Finding]:
    """One minority row for four majority rows: the library's number, the counts, and a function for any number."""
    yield value(
        "strategy_quarter",
        strategy_quarter,
        0.25,
        mistakes={
            INVERTED: 4,
            "That's the share of the minority among all rows. Divide by the majority rows.": 0.2,
            "That's the share of the majority. The ratio is minority rows over majority rows.": 0.8,
        },
        share=0.5,
    )
    yield value(
        "counts_quarter",
        counts_quarter,
        {0: 9900, 1: 2475},
        mistakes={
            "These are the counts before oversampling.": {0: 9900, 1: 100},
            "These are the counts at the ratio 0.5. The task asks for one minority row per four.": {0: 9900, 1: 4950},
            "Both classes have the same number of rows. Stop at one per four.": {0: 9900, 1: 9900},
            "The total is the same as before. The majority keeps its rows, and copies are added.": {
                0: 8000,
                1: 2000,
            },
            "These are only the copies. The 100 rows themselves stay.": {0: 9900, 1: 2375},
            "That's undersampling, because majority rows are gone. Add minority rows instead.": {0: 400, 1: 100},
            "The classes are swapped. Label 1 is the minority.": {0: 2475, 1: 9900},
            "That's a quarter of all rows. The ratio is minority rows over majority rows.": {0: 9900, 1: 3300},
        },
        share=0.5,
    )
    yield value(
        "times_each",
        times_each,
        24.75,
        mistakes={
            "That's rounded to one decimal. Give both decimals.": 24.8,
            "That's rounded to a whole number. An average has decimals, so give two.": 25,
            "These are the added copies. Count the row itself as well.": 23.75,
            "That's the number of majority rows per minority row afterward. Divide minority rows by minority rows.": 4,
            "That's the ratio before oversampling. Divide the minority rows afterward by those before.": 99,
            "That's inverted. Divide the rows afterward by the rows before.": 100 / 2475,
        },
        share=0.5,
    )
    rng = fresh_generator("bonus-random-oversampling")
    tables = [fresh_table(rng, rows=rows, positives=int(rng.integers(18, 26))) for rows in (400, 500, 300)]
    by = [4, 1, 8]
    yield judged(
        "oversample",
        oversample,
        _copies_fault,
        [(table[FEATURES], table["target"], per) for table, per in zip(tables, by, strict=True)],
        about=[
            f"{len(t)} rows with {t['target'].sum()} of the minority, per_minority={n}"
            for t, n in zip(tables, by, strict=True)
        ],
        errors={**RATIO_ERRORS, "positional argument": "The check calls oversample(X, y, per_minority)."},
        share=1.5,
    )
