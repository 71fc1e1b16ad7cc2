"""Sum up fold-by-fold results and compare strategies, with intervals that respect that folds share rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from imbalanced_course.scoreboard.judging import METRICS, TUNED_CUT


class Interval(NamedTuple):
    """A mean over folds and the ends of its confidence interval.

    Attributes
    ----------
    mean, low, high : float
        In the unit of what was averaged. The ends are NaN if they can't be computed.

    See Also
    --------
    corrected_interval : Computes it from one result per fold.
    difference : Computes it for two strategies.

    Examples
    --------
    >>> from imbalanced_course.scoreboard import Interval
    >>> mean, low, high = Interval(0.05, -0.01, 0.11)
    >>> low < 0 < high
    True
    """

    mean: float
    low: float
    high: float


def corrected_interval(values: Any, *, n_train: Any, n_test: Any, confidence: float = 0.95) -> Interval:
    """Return the mean over folds with the corrected resampled t interval.

    Folds share training rows, so their results vary together and the usual standard error is too small. Nadeau and
    Bengio [1]_ replace its factor 1/k by 1/k + n_test/n_train. So the interval is
    mean ± t(k - 1) * sqrt((1/k + n_test/n_train) * s²), where s² is the variance over the k folds.

    Parameters
    ----------
    values : array-like of shape (k,)
        One result per fold, or one difference of two strategies per fold.
    n_train, n_test : float or array-like of shape (k,)
        How many rows a fold's strategy learned from, and how many it was judged on; only their ratio matters.
    confidence : float
        The share of such intervals that should include the true mean, above 0 and below 1.

    Returns
    -------
    Interval
        `mean`, `low`, `high`. The ends are NaN with fewer than two values, all three when a value is NaN; they
        are not cut off at 0 or 1.

    Raises
    ------
    ValueError
        When `confidence` is out of range.

    See Also
    --------
    difference : Compares two strategies with such an interval.

    References
    ----------
    .. [1] Nadeau, C., and Bengio, Y. (2003). "Inference for the generalization error." Machine Learning, 52(3),
       239-281.

    Examples
    --------
    >>> from imbalanced_course.scoreboard import corrected_interval
    >>> found = corrected_interval([0.30, 0.34, 0.29, 0.35, 0.32], n_train=800, n_test=200)
    >>> [round(float(value), 3) for value in found]
    [0.32, 0.273, 0.367]

    If the folds were independent, the interval would be about two thirds as wide:

    >>> as_if_independent = corrected_interval([0.30, 0.34, 0.29, 0.35, 0.32], n_train=800, n_test=0)
    >>> [round(float(value), 3) for value in as_if_independent]
    [0.32, 0.288, 0.352]
    >>> corrected_interval([0.30, 0.34], n_train=800, n_test=200, confidence=95)
    Traceback (most recent call last):
        ...
    ValueError: the confidence must be above 0 and below 1, as in 0.95, not 95
    """
    from scipy.special import stdtrit  # the quantile of Student's t, without what makes `scipy.stats.t` slow

    if not 0 < confidence < 1:
        raise ValueError(f"the confidence must be above 0 and below 1, as in 0.95, not {confidence!r}")
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
        When a strategy is in `results` twice, strategies were not judged on the same folds, or `confidence` is out of
        range.

    See Also
    --------
    compact : Rounds the table to show it.
    difference : Compares two strategies fold by fold.
    imbalanced_course.plots.scoreboard : Plots the table.

    Examples
    --------
    >>> import pandas as pd
    >>> from sklearn.linear_model import LogisticRegression
    >>> from imbalanced_course.datasets import make_two_features
    >>> from imbalanced_course.scoreboard import baselines, evaluate, table
    >>> X, y = make_two_features(600, minority_share=0.1)
    >>> results = pd.concat([baselines(X, y), evaluate("plain", LogisticRegression(), X, y)])
    >>> summary = table(results)
    >>> summary.loc[summary["cut"] == "tuned threshold", ["strategy", "recall", "cost"]].round(2)
                   strategy  recall    cost
    1  dummy, most frequent    1.00  1080.0
    3      dummy, base rate    1.00  1080.0
    5               perfect    1.00     0.0
    7                 plain    0.93   966.0
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
        Metrics to show as "mean ± half the interval" instead of only the mean, for example ("cost",).

    Returns
    -------
    DataFrame
        One row for each strategy and cut (its index), one column of text for each metric: money in whole euro,
        all else with three decimals.

    See Also
    --------
    table : Computes what is shown.

    Examples
    --------
    >>> from sklearn.linear_model import LogisticRegression
    >>> from imbalanced_course.datasets import make_two_features
    >>> from imbalanced_course.scoreboard import compact, evaluate, table
    >>> X, y = make_two_features(600, minority_share=0.1)
    >>> shown = compact(table(evaluate("plain", LogisticRegression(), X, y)), intervals=("cost",))
    >>> shown["cost (euro)"].tolist()
    ['2,400 ± 3,117', '966 ± 1,387']
    >>> shown["recall"].tolist()
    ['0.800', '0.933']
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
        A strategy, which is then taken at its tuned threshold, or a strategy and a cut.
    metric : str
        A column of `METRICS`.
    confidence : float
        Of the interval (see `corrected_interval`). If the interval includes 0, the data allows both signs.

    Returns
    -------
    Interval
        In the metric's unit, euro per fold for the cost. Its sign says which strategy has more of the metric, and
        `METRICS` says whether more is better.

    Raises
    ------
    ValueError
        When a strategy or metric is not there, the two were not judged on the same folds, or `confidence` is out of
        range.

    See Also
    --------
    table : Sums up each strategy by itself.
    corrected_interval : The formula of the interval, with its source.

    Examples
    --------
    >>> import pandas as pd
    >>> from sklearn.linear_model import LogisticRegression
    >>> from imbalanced_course.datasets import make_two_features
    >>> from imbalanced_course.scoreboard import DEFAULT_CUT, difference, evaluate
    >>> X, y = make_two_features(600, minority_share=0.1)
    >>> weighted = LogisticRegression(class_weight="balanced")
    >>> results = pd.concat([evaluate("plain", LogisticRegression(), X, y), evaluate("weights", weighted, X, y)])

    At the default threshold, the weights raise the recall by 0.07 on average, and the interval includes 0. At
    thresholds tuned for cost, the recall is the same with and without them:

    >>> weights, plain = ("weights", DEFAULT_CUT), ("plain", DEFAULT_CUT)
    >>> [round(float(end), 2) for end in difference(results, weights, plain, "recall")]
    [0.07, -0.06, 0.2]
    >>> [round(float(end), 2) for end in difference(results, "weights", "plain", "recall")]
    [0.0, 0.0, 0.0]
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
