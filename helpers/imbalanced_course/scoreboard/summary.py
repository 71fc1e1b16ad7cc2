"""Sum up fold-by-fold results and compare strategies, with intervals that respect that folds share rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from imbalanced_course.scoreboard.judging import METRICS, TUNED_CUT


class Interval(NamedTuple):
    """A mean over folds and the ends of its confidence interval."""

    mean: float
    low: float
    high: float


def corrected_interval(values: Any, *, n_train: Any, n_test: Any, confidence: float = 0.95) -> Interval:
    """Return the mean over folds with the corrected resampled t interval.

    Folds share training rows, so their results vary together and the usual standard error is too small. Nadeau
    and Bengio ("Inference for the generalization error", Machine Learning 52, 2003) replace its factor 1/k by
    1/k + n_test/n_train: mean ± t(k - 1) * sqrt((1/k + n_test/n_train) * s²), s² the variance over the k folds.

    Parameters
    ----------
    values : array-like of shape (k,)
        One result a fold; differences of two strategies on the same folds are results too.
    n_train, n_test : float or array-like of shape (k,)
        Rows that a fold's strategy learnt from, and rows it was judged on.
    confidence : float
        Probability that the interval is meant to hold the true mean with.

    Returns
    -------
    Interval
        `mean`, `low`, `high`. The ends are NaN with fewer than two values, all three when a value is NaN; they
        are not cut off at 0 or 1.
    """
    from scipy.special import stdtrit  # the quantile of Student's t, without what makes `scipy.stats.t` slow

    results = np.asarray(values, dtype=float)
    k = len(results)
    mean = float(results.mean()) if k else math.nan
    if k < 2:
        return Interval(mean, math.nan, math.nan)
    ratio = float(np.mean(np.asarray(n_test, dtype=float) / np.asarray(n_train, dtype=float)))
    half = float(stdtrit(k - 1, (1 + confidence) / 2)) * math.sqrt((1 / k + ratio) * float(results.var(ddof=1)))
    return Interval(mean, mean - half, mean + half)


def table(results: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Sum up fold-by-fold results: one row for each strategy and cut.

    Parameters
    ----------
    results : DataFrame
        Rows of `evaluate` and `baselines`, joined with `pandas.concat`.
    confidence : float
        Of the intervals (see `corrected_interval`).

    Returns
    -------
    DataFrame
        `strategy`, `cut`, and for each metric its mean under its own name and the ends of its interval under
        `<metric>_low` and `<metric>_high`; strategies in the order in which they come. Its `attrs` say the
        `confidence`.

    Raises
    ------
    ValueError
        When a strategy stands in `results` twice, or strategies were not judged on the same folds.
    """
    _check_folds(results)
    rows = []
    for (strategy, cut), part in results.groupby(["strategy", "cut"], sort=False):
        row: dict[str, Any] = {"strategy": strategy, "cut": cut}
        for metric in METRICS:
            if metric not in part:  # stored results may hold fewer
                continue
            found = corrected_interval(
                part[metric], n_train=part["n_train"], n_test=part["n_test"], confidence=confidence
            )
            row |= {metric: found.mean, f"{metric}_low": found.low, f"{metric}_high": found.high}
        rows.append(row)
    summary = pd.DataFrame(rows)
    summary.attrs["confidence"] = confidence
    return summary


def compact(summary: pd.DataFrame, *, intervals: Sequence[str] = ()) -> pd.DataFrame:
    """Return the scoreboard rounded, to be shown in a notebook.

    Parameters
    ----------
    summary : DataFrame
        What `table` returned.
    intervals : sequence of str
        Metrics to show as "mean ± half the interval" in place of the mean alone, for example ("cost",).

    Returns
    -------
    DataFrame
        One row for each strategy and cut (its index), one column of text for each metric: money in whole euro,
        all else with three decimals.
    """
    shown = {}
    for metric, (label, _) in METRICS.items():
        if metric not in summary:
            continue
        digits = ",.0f" if metric == "cost" else ".3f"
        column = [format(mean, digits) for mean in summary[metric]]
        if metric in intervals:
            halves = (summary[f"{metric}_high"] - summary[f"{metric}_low"]) / 2
            column = [f"{mean} ± {format(half, digits)}" for mean, half in zip(column, halves, strict=True)]
        shown[label] = column
    return pd.DataFrame(shown, index=pd.MultiIndex.from_frame(summary[["strategy", "cut"]]))


def difference(
    results: pd.DataFrame,
    first: str | tuple[str, str],
    second: str | tuple[str, str],
    metric: str,
    *,
    confidence: float = 0.95,
) -> Interval:
    """Return the mean difference `first` minus `second` over the same folds, with its corrected interval.

    Parameters
    ----------
    results : DataFrame
        Rows of `evaluate` and `baselines`, joined with `pandas.concat`.
    first, second : str or (str, str)
        A strategy, which means it at its tuned threshold, or a strategy and a cut.
    metric : str
        A column of `METRICS`.
    confidence : float
        Of the interval (see `corrected_interval`); one that holds 0 does not tell the two apart.

    Raises
    ------
    ValueError
        When a strategy or metric is not there, or the two were not judged on the same folds.
    """
    if metric not in METRICS:
        raise ValueError(f"no metric {metric!r}; there are {', '.join(METRICS)}")
    one, other = (_one_strategy(results, wanted) for wanted in (first, second))
    _check_folds(pd.concat([one] if one.equals(other) else [one, other]))
    return corrected_interval(
        one[metric].to_numpy() - other[metric].to_numpy(),
        n_train=one["n_train"],
        n_test=one["n_test"],
        confidence=confidence,
    )


def _one_strategy(results: pd.DataFrame, wanted: str | tuple[str, str]) -> pd.DataFrame:
    strategy, cut = (wanted, TUNED_CUT) if isinstance(wanted, str) else wanted
    found = results[(results["strategy"] == strategy) & (results["cut"] == cut)]
    if found.empty:
        there = ", ".join(map(repr, results["strategy"].unique()))
        raise ValueError(f"no rows for {strategy!r} at {cut!r}; the strategies are {there}")
    return found.sort_values("fold")


def _check_folds(results: pd.DataFrame) -> None:
    """Refuse results that cannot be compared fold by fold."""
    keys = ["strategy", "cut", "fold"]
    if results.duplicated(keys).any():
        twice = results.loc[results.duplicated(keys), "strategy"].iloc[0]
        raise ValueError(f"{twice!r} stands in the results twice; give each strategy a name of its own")
    seen = {tuple(part.sort_values("fold")["fold_key"]) for _, part in results.groupby(["strategy", "cut"], sort=False)}
    if len(seen) > 1:
        raise ValueError("the strategies were not judged on the same folds; use the same rows, splits and seed")
