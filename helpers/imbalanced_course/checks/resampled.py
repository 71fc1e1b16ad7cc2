"""Sets of rows in which each row can be known again, and reading what a learner's function made of them."""

from __future__ import annotations

import numbers
from typing import Any

import numpy as np
import pandas as pd


def fresh_table(rng: np.random.Generator, *, rows: int, positives: int) -> pd.DataFrame:
    """Return rows of two features and `target`, in random order, with row labels that are no positions.

    No two rows have the same `feature_1`, so a row can be known by it whatever became of its label.
    """
    target = (np.arange(rows) < positives).astype(int)
    features = rng.normal(size=(rows, 2)) + 1.5 * target[:, None]
    order = rng.permutation(rows)
    labels = rng.permutation(np.arange(1000, 1000 + rows))
    table = pd.DataFrame(features[order], columns=["feature_1", "feature_2"], index=labels)
    return table.assign(target=target[order])


def rows_of(came: Any, table: pd.DataFrame) -> np.ndarray | None:
    """Return which rows of `table` these are, as positions, by their `feature_1`; None where a row is not of it."""
    column = first_feature(came)
    if column is None:
        return None
    known = {number: position for position, number in enumerate(table["feature_1"].tolist())}
    try:
        return np.array([known[number] for number in column.tolist()], dtype=int)
    except (KeyError, TypeError):
        return None


def first_feature(came: Any) -> np.ndarray | None:
    """Return the column `feature_1` of a table, or an array's first column; None for anything else."""
    if isinstance(came, pd.DataFrame):
        return came["feature_1"].to_numpy() if "feature_1" in came.columns else None
    return came[:, 0] if isinstance(came, np.ndarray) and came.ndim == 2 and came.shape[1] else None


def labels_of(came: Any) -> np.ndarray | None:
    """Return labels as a flat array of numbers, whatever holds them; None for what are no labels."""
    if isinstance(came, pd.DataFrame) and came.shape[1] == 1:
        came = came.iloc[:, 0]
    if not isinstance(came, (pd.Series, pd.Index, np.ndarray, list, tuple)):
        return None
    array = np.asarray(came)
    return array if array.ndim == 1 and (array.dtype.kind in "iufb" or len(array) == 0) else None


def seed_fault(sampler: Any) -> str | None:
    """Return what is wrong with the seed of a sampler that should have `random_state=1`, or None."""
    seed = sampler.random_state
    if seed is None:
        return "the sampler has no seed, so its result is another one each time: set random_state=1"
    if not (isinstance(seed, numbers.Integral) and seed == 1):
        return "the sampler has another seed. The task asks for random_state=1"
    return None
