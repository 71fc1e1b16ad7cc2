"""What the data are: how rare the positives, what stands twice, which columns may give the answer away, what drifts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from imbalanced_course.scoreboard import Interval
from imbalanced_course.study import Table, folds_of
from imbalanced_course.study.table import MISSING

SUSPECT, SUSPECT_PRECISION = 0.97, 0.9
"""A column that alone reaches this ROC AUC, or this share of the way from chance to a perfect average precision, is
suspected to be known only afterwards."""

_ROWS_FOR_COLUMNS = 5000
_BLOCKS = 5
_SHARE_OF_DIFFERENT = 0.99
_DRIFT = 0.2
_FEWEST_OF_A_CLASS = 5
_BY_CHANCE = 1e-4


@dataclass(frozen=True)
class Facts:
    """What is known of a table before any model.

    Attributes
    ----------
    rows, positives, numbers, categories : int
        Counts of rows and of columns of each kind.
    prevalence : Interval
        The share of positives, with its 95 % interval (Wilson).
    duplicates, contradictions : int
        Rows that equal an earlier one in every feature; rows that equal another one with the other label.
    units : int
        Rows or groups of rows that stand apart from each other.
    missing : dict
        The share of missing values by column, where there are any, largest first.
    alone : Series
        By column the ROC AUC that it reaches alone, in folds, largest first; among the rows where it's known, where
        that is more.
    suspects, identifiers, constants : list of str
        Columns that alone rank nearly perfectly, that number or name the rows, that have one value.
    known_for_one : list of str
        Columns that are filled in for rows of one class only.
    over_time : DataFrame, optional
        `rows`, `positives`, `prevalence`, `low`, `high` of blocks of consecutive time.
    drifting : Series, optional
        By column how far the first and the last third of the time lie apart (Kolmogorov and Smirnov; 0 to 1).
    """

    rows: int
    positives: int
    numbers: int
    categories: int
    prevalence: Interval
    duplicates: int
    contradictions: int
    units: int
    missing: dict[str, float]
    alone: pd.Series
    suspects: list[str]
    identifiers: list[str]
    constants: list[str]
    known_for_one: list[str]
    over_time: pd.DataFrame | None = None
    drifting: pd.Series | None = None


def facts_of(table: Table) -> Facts:
    """Return what is known of a table before any model.

    Parameters
    ----------
    table : Table
        As `as_table` of `imbalanced_course.study` returns it.

    Raises
    ------
    ValueError
        When every column alone gives the target away, or the table has too few rows of a class.
    """
    ranks = pd.DataFrame(dict(_alone(table)), index=["area", "precision"], dtype=float).T
    ranks = ranks.sort_values("area", ascending=False, kind="stable")
    alone = ranks["area"].rename(None)
    suspects = [str(name) for name in alone.index[(alone >= SUSPECT) | (ranks["precision"] >= SUSPECT_PRECISION)]]
    if len(suspects) == len(alone):
        raise ValueError(
            f"every column alone ranks the rows nearly perfectly (ROC AUC {alone.min():.3f} or more): "
            "keep only columns that are known before the target is"
        )
    labels = pd.Series(table.y).groupby(pd.util.hash_pandas_object(table.X, index=False).to_numpy())
    missing = {name: float(table.X[name].isna().mean()) for name in table.numbers}
    missing |= {name: float((table.X[name] == MISSING).mean()) for name in table.categories}
    return Facts(
        rows=len(table.y),
        positives=int(table.y.sum()),
        numbers=len(table.numbers),
        categories=len(table.categories),
        prevalence=share(int(table.y.sum()), len(table.y)),
        duplicates=table.duplicates,
        contradictions=int((labels.transform("min") != labels.transform("max")).sum()),
        units=len(np.unique(table.together)),
        missing=dict(sorted(((n, s) for n, s in missing.items() if s), key=lambda one: -one[1])),
        alone=alone,
        suspects=suspects,
        identifiers=[str(name) for name in table.X if _names_the_rows(table.X[name])],
        constants=[str(name) for name in table.X if table.X[name].nunique(dropna=False) == 1],
        known_for_one=[str(name) for name in table.X if _known_for_one(table, str(name))],
        over_time=_over_time(table),
        drifting=_drifting(table),
    )


def share(count: int, of: int) -> Interval:
    """Return a share with Wilson's 95 % interval."""
    from scipy.stats import binomtest

    low, high = binomtest(count, of).proportion_ci(method="wilson")
    return Interval(count / of, float(low), float(high))


def _alone(table: Table) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield for each column what a small tree on it alone reaches, in three folds.

    That's the ROC AUC, and how far the average precision is on its way from the prevalence to 1.
    """
    from sklearn.metrics import average_precision_score, roc_auc_score
    from sklearn.tree import DecisionTreeClassifier

    folds = folds_of(replace(table, time=None), n_splits=3, repeat=0, seed=0, max_train=_ROWS_FOR_COLUMNS)
    for name in map(str, table.X):
        areas, precisions, among_known, known = [], [], [], _known(table, name)
        for fold in folds:
            fit = np.concatenate([fold.fit, fold.validation])
            column = _as_numbers(table, name, fit)
            tree = DecisionTreeClassifier(max_leaf_nodes=16, min_samples_leaf=5, random_state=0)
            tree.fit(column[fit], table.y[fit])
            found = tree.predict_proba(column[fold.test])[:, 1]
            areas.append(roc_auc_score(table.y[fold.test], found))
            chance = table.y[fold.test].mean()
            precisions.append((average_precision_score(table.y[fold.test], found) - chance) / (1 - chance))
            y, found = table.y[fold.test][known[fold.test]], found[known[fold.test]]
            if not known.all() and min(y.sum(), len(y) - y.sum()) >= _FEWEST_OF_A_CLASS:
                among_known.append(roc_auc_score(y, found))
        area = max(np.mean(areas), np.mean(among_known) if len(among_known) == len(folds) else 0)
        yield name, (float(area), float(np.mean(precisions)))


def _known(table: Table, name: str) -> np.ndarray:
    return (table.X[name].notna() & (table.X[name] != MISSING)).to_numpy()


def _known_for_one(table: Table, name: str) -> bool:
    """Whether a column is filled in for one class only, and for more of its rows than chance would."""
    known = _known(table, name)
    labels, share = table.y[known], float(table.y.mean())
    if known.all() or len(np.unique(labels)) != 1:
        return False
    of_all = share if labels[0] else 1 - share
    return bool(len(labels) * np.log(of_all) < np.log(_BY_CHANCE / table.X.shape[1]))


def _as_numbers(table: Table, name: str, fit: np.ndarray) -> np.ndarray:
    """Return a column for a small tree; categories by their rates in the rows to fit on."""
    values = table.X[name]
    if name in table.categories:
        rates = pd.Series(table.y[fit]).groupby(values.iloc[fit].to_numpy()).mean()
        values = values.map(rates)
    return values.to_numpy(dtype=float).reshape(-1, 1)


def _names_the_rows(values: pd.Series) -> bool:
    whole = values.dtype != "float64" or bool((values.dropna() % 1 == 0).all())
    return whole and len(values) >= 50 and values.nunique() >= _SHARE_OF_DIFFERENT * len(values)


def _over_time(table: Table) -> pd.DataFrame | None:
    if table.time is None:
        return None
    found = []
    for rows in np.array_split(np.argsort(table.time, kind="stable"), _BLOCKS):
        positives = int(table.y[rows].sum())
        found.append((len(rows), positives, *share(positives, len(rows))))
    return pd.DataFrame(found, columns=["rows", "positives", "prevalence", "low", "high"])


def _drifting(table: Table) -> pd.Series | None:
    if table.time is None:
        return None
    from scipy.stats import ks_2samp

    first, _, last = np.array_split(np.argsort(table.time, kind="stable"), 3)
    found = {}
    for name in table.X:
        early, late = table.X[name].iloc[first], table.X[name].iloc[last]
        if name in table.numbers:
            early, late = early.dropna(), late.dropna()
            found[str(name)] = float(ks_2samp(early, late).statistic) if len(early) and len(late) else 1.0
        else:
            shares = [part.value_counts(normalize=True) for part in (early, late)]
            found[str(name)] = float(shares[0].sub(shares[1], fill_value=0).abs().sum() / 2)
    apart = pd.Series(found).sort_values(ascending=False)
    return apart[apart >= _DRIFT]
