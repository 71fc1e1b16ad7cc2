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
REPEATED = "a row is there twice: draw without replacement"
NOT_A_ROW = "there are rows that the data do not hold: undersampling keeps real rows, unchanged"


@task("random-undersampling", points=3)
def random_undersampling(strategy_ten: Any, counts_ten: Any, undersample: Any) -> Iterable[Finding]:
    """Ten majority rows for each minority row: the library's number, the counts, and a function for any number."""
    yield value(
        "strategy_ten",
        strategy_ten,
        0.1,
        mistakes={
            UPSIDE_DOWN: 10,
            "that is the share of the minority among all rows: the ratio divides by the majority rows": 1 / 11,
            "that is the share of the majority: the ratio is minority rows over majority rows": 10 / 11,
            "that is the share of rows that stays: the ratio is minority rows over majority rows, afterwards": 0.11,
        },
        share=0.5,
    )
    yield value(
        "counts_ten",
        counts_ten,
        {0: 1000, 1: 100},
        mistakes={
            "these are the counts before undersampling": {0: 9900, 1: 100},
            "these are the counts of the worked example: here it is 10 majority rows for each": {0: 200, 1: 100},
            "both classes have the same number of rows: keep 10 majority rows for each": {0: 100, 1: 100},
            "that is majority over minority, upside down: the minority has been cut": {0: 10, 1: 100},
            "the classes are swapped: label 1 is the minority": {0: 100, 1: 1000},
            "that is 11 majority rows for each minority row, what the share 1/11 gives: 10 are asked for": {
                0: 1100,
                1: 100,
            },
            "that is a tenth of the majority: keep 10 rows for each of the 100 minority rows": {0: 990, 1: 100},
        },
        share=0.5,
    )
    rng = fresh_generator("random-undersampling")
    tables = [fresh_table(rng, rows=rows, positives=int(rng.integers(18, 30))) for rows in (400, 500, 300)]
    by = [4, 1, 8]

    def fault(came: Any, X: pd.DataFrame, y: pd.Series, per_minority: int) -> str | None:
        if not isinstance(came, (tuple, list)) or len(came) != 2:
            return "it should return two things, the rows and their labels"
        labels, table = labels_of(came[1]), X.assign(target=y)
        if labels is None:
            return "the second thing that it returns should be the labels; are the two in this order: rows, labels?"
        rows = rows_of(came[0], table)
        if rows is None:
            return NOT_A_ROW if isinstance(came[0], (pd.DataFrame, np.ndarray)) else "the rows should be a DataFrame"
        if len(rows) != len(labels) or not np.array_equal(y.to_numpy()[rows], labels):
            return "rows and labels do not belong together any more: resample both in one call"
        if len(rows) == len(X):
            return "no row was dropped: use what `fit_resample` returns"
        if len(set(rows.tolist())) < len(rows):
            return REPEATED
        return ratio_fault(labels, int(y.sum()), per_minority * int(y.sum()))

    yield judged(
        "undersample",
        undersample,
        fault,
        [(table[FEATURES], table["target"], per) for table, per in zip(tables, by, strict=True)],
        about=[
            f"{len(t)} rows with {t['target'].sum()} of the minority, per_minority={n}"
            for t, n in zip(tables, by, strict=True)
        ],
        errors={**RATIO_ERRORS, "positional argument": "the check calls undersample(X, y, per_minority)"},
        share=2,
    )


@task("undersampling-by-hand", points=3)
def undersampling_by_hand(undersample_by_hand: Any) -> Iterable[Finding]:
    """Random undersampling of a table, with pandas alone."""
    rng = fresh_generator("undersampling-by-hand")
    first, second = (fresh_table(rng, rows=rows, positives=int(rng.integers(15, 25))) for rows in (300, 400))
    calls = [(first, 3, 7), (first, 3, 7), (first, 3, 8), (second, 6, 9)]
    drawn: dict[int, list[frozenset[int]]] = {}

    def fault(came: Any, data: pd.DataFrame, per_minority: int, seed: int) -> str | None:
        if not isinstance(came, pd.DataFrame):
            return "it should return a DataFrame with the column `target`"
        if set(came.columns) != set(data.columns):
            return f"the columns should be those of the data; yours are {', '.join(map(str, list(came.columns)[:5]))}"
        rows = rows_of(came, data)
        if rows is None or not np.array_equal(data["target"].to_numpy()[rows], came["target"].to_numpy()):
            return NOT_A_ROW
        if len(rows) == len(data):
            return "no row was dropped"
        if len(set(rows.tolist())) < len(rows):
            return REPEATED
        wrong = ratio_fault(came["target"].to_numpy(), int(data["target"].sum()), per_minority * data["target"].sum())
        if wrong:
            return wrong
        negatives = np.flatnonzero(data["target"] == 0)
        kept = frozenset(rows.tolist()) - frozenset(np.flatnonzero(data["target"] == 1).tolist())
        if kept in (frozenset(negatives[: len(kept)].tolist()), frozenset(negatives[-len(kept) :].tolist())):
            return "it keeps the first or last majority rows, not random ones: data often come sorted"
        earlier = drawn.setdefault(seed, [])
        earlier.append(kept)
        if any(other != kept for other in earlier):
            return (
                "called twice with the same seed it keeps different rows: hand `seed` to the draw (random_state=seed)"
            )
        if data is first and any(other[0] == kept for number, other in drawn.items() if number != seed):
            return "with another seed it keeps the same rows: does the draw use `seed`?"
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
        errors={**RATIO_ERRORS, "positional argument": "the check calls undersample_by_hand(data, per_minority, seed)"},
    )
