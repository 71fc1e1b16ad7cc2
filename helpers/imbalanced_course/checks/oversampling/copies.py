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
UPSIDE_DOWN = (
    "that is the ratio upside down, majority over minority: `sampling_strategy` is minority over majority, so at most 1"
)
NO_MAJORITY = "no majority row is there: return all rows, not the added ones alone"
# What the check functions of this lesson say of errors that known mistakes lead to.
RATIO_ERRORS = {
    "float in the range (0.0, 1.0]": UPSIDE_DOWN,
    "should be in the range": UPSIDE_DOWN,
    "required to remove samples": (
        "oversampling cannot drop rows: with this number the minority would have to shrink. `sampling_strategy` is "
        "minority over majority, the ratio after resampling"
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
        return "no row was added: use what `fit_resample` returns"
    if majority == 0:
        return NO_MAJORITY
    if majority < wanted_majority:
        return f"only {majority} of {wanted_majority} majority rows are left: oversampling drops nothing"
    if majority > wanted_majority:
        return "majority rows were added: oversampling adds minority rows (label 1) alone"
    if abs(minority - ratio * majority) <= 1:
        return None
    if minority == majority:
        return "both classes have the same number of rows: the ratio asked for is another one"
    if abs(minority - ratio * (majority + minority)) <= 1:
        return "that makes the number a share of all rows: the ratio is minority rows over majority rows"
    if abs(minority - ratio / (1 + ratio) * majority) <= 1:
        return (
            f"there are {minority} minority rows for {majority} majority rows: the number was taken for a share of all "
            "rows, but the ratio is minority rows over majority rows"
        )
    return (
        f"there are {minority} minority rows for {majority} majority rows, the ratio {minority / majority:.3g}; "
        "another one was asked for"
    )


def _copies_fault(came: Any, X: pd.DataFrame, y: pd.Series, per_minority: int) -> str | None:
    """Return what is wrong with rows and labels that should be the data with copies added."""
    if not isinstance(came, (tuple, list)) or len(came) != 2:
        return "it should return two things, the rows and their labels"
    labels, truth = labels_of(came[1]), y.to_numpy()
    if labels is None:
        return "the second thing that it returns should be the labels; are the two in this order: rows, labels?"
    if not isinstance(came[0], (pd.DataFrame, np.ndarray)):
        return "the rows should be a DataFrame"
    if not np.any(labels == 0):
        return NO_MAJORITY
    rows = rows_of(came[0], X.assign(target=y))
    if rows is None:
        return "there are rows that the data do not hold: copies are asked for, not new points"
    if len(rows) != len(labels) or not np.array_equal(truth[rows], labels):
        return "rows and labels do not belong together any more: resample both in one call"
    missing = np.setdiff1d(np.flatnonzero(truth == 1), rows)
    if len(missing):
        return (
            f"{len(missing)} of the {truth.sum()} minority rows are gone: all rows stay, and the copies come on top "
            "of them"
        )
    wrong = added_fault(labels, truth, 1 / per_minority)
    if wrong:
        return wrong
    copies = np.bincount(rows[labels == 1])
    if np.sum(copies > 1) == 1:
        return "all copies are of a single row: draw them among all minority rows"
    return None


@task("random-oversampling", points=3)
def random_oversampling(
    strategy_quarter: Any, counts_quarter: Any, times_each: Any, oversample: Any
) -> Iterable[Finding]:
    """One minority row for four majority rows: the library's number, the counts, and a function for any number."""
    yield value(
        "strategy_quarter",
        strategy_quarter,
        0.25,
        mistakes={
            UPSIDE_DOWN: 4,
            "that is the share of the minority among all rows: the ratio divides by the majority rows": 0.2,
            "that is the share of the majority: the ratio is minority rows over majority rows": 0.8,
        },
        share=0.5,
    )
    yield value(
        "counts_quarter",
        counts_quarter,
        {0: 9900, 1: 2475},
        mistakes={
            "these are the counts before oversampling": {0: 9900, 1: 100},
            "these are the counts of the worked example: here it is one minority row for four": {0: 9900, 1: 4950},
            "both classes have the same number of rows: add until it is one for four": {0: 9900, 1: 9900},
            "all rows together are as many as before: the majority keeps its rows, and copies come on top": {
                0: 8000,
                1: 2000,
            },
            "these are the copies alone: the 100 rows themselves stay": {0: 9900, 1: 2375},
            "that is undersampling: the majority was cut": {0: 400, 1: 100},
            "the classes are swapped: label 1 is the minority": {0: 2475, 1: 9900},
            "that is a quarter of all rows: the ratio is minority rows over majority rows": {0: 9900, 1: 3300},
        },
        share=0.5,
    )
    yield value(
        "times_each",
        times_each,
        24.75,
        mistakes={
            "that is rounded to one decimal: give both decimals": 24.8,
            "that is rounded to a whole number: an average has decimals, so give two": 25,
            "these are the added copies: the row itself is there, too": 23.75,
            "that is the number of majority rows for each minority row afterwards": 4,
            "that is the ratio before oversampling, majority over minority": 99,
            "that is upside down: rows after over rows before": 100 / 2475,
        },
        share=0.5,
    )
    rng = fresh_generator("random-oversampling")
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
        errors={**RATIO_ERRORS, "positional argument": "the check calls oversample(X, y, per_minority)"},
        share=1.5,
    )
