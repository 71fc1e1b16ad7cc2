"""Judge scores on labelled rows: by ranking, calibration, decision and cost."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

COST_MISS = 1000
"""Euro lost when a positive is not flagged."""

COST_FALSE_ALARM = 10
"""Euro spent on each negative that is flagged."""

DEFAULT_CUT = "default cut 0.5"
TUNED_CUT = "tuned threshold"

METRICS: dict[str, tuple[str, str]] = {
    "average_precision": ("average precision", "higher"),
    "roc_auc": ("ROC AUC", "higher"),
    "brier": ("Brier score", "lower"),
    "log_loss": ("log loss", "lower"),
    "precision": ("precision", "higher"),
    "recall": ("recall", "higher"),
    "f1": ("F1", "higher"),
    "cost": ("cost (euro)", "lower"),
}
"""The scoreboard's columns: the name to show, and whether higher or lower is better."""

CUT_FREE = ("average_precision", "roc_auc", "brier", "log_loss")
"""Metrics of the scores themselves: they are the same at every threshold."""


def as_labels(y: Any) -> np.ndarray:
    """Return labels as an array of integers 0 and 1, where 1 is the positive class.

    Parameters
    ----------
    y : array-like of shape (n,)
        Labels 0 and 1, or False and True.

    Raises
    ------
    ValueError
        When `y` is empty, not one-dimensional, or holds anything else.
    """
    labels = np.asarray(y)
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError(f"labels must be one value a row; these have the shape {labels.shape}")
    if not all(one in (0, 1) for one in pd.unique(labels)):
        raise ValueError("labels must be 0 (negative) and 1 (positive); make them so with (y == name).astype(int)")
    return labels.astype(int)


def as_scores(scores: Any, n: int) -> np.ndarray:
    """Return scores as an array of `n` floats, higher meaning more likely positive.

    Parameters
    ----------
    scores : array-like of shape (n,)
        Probabilities or decision values of the positive class.
    n : int
        How many there must be.

    Raises
    ------
    ValueError
        When there are more columns than one, another number of rows, or a missing or infinite value.
    """
    values = np.asarray(scores)
    if values.ndim == 2 and values.shape[1] == 2:
        raise ValueError("scores have two columns: take the positive class, predict_proba(X)[:, 1]")
    if values.shape != (n,):
        raise ValueError(f"scores must be one number a row: expected the shape ({n},), got {values.shape}")
    values = values.astype(float)
    if not np.isfinite(values).all():
        raise ValueError("scores hold missing or infinite values")
    return values


def decision_scores(
    y_true: Any,
    scores: Any,
    threshold: float,
    *,
    cost_miss: float = COST_MISS,
    cost_false_alarm: float = COST_FALSE_ALARM,
) -> dict[str, float]:
    """Judge the decision "flag a row when its score is at least `threshold`".

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    scores : array-like of shape (n,)
        Scores of the positive class.
    threshold : float
        The lowest score that is flagged.
    cost_miss, cost_false_alarm : float
        Euro for each positive that is not flagged and for each negative that is; right decisions cost nothing.

    Returns
    -------
    dict
        `tn`, `fp`, `fn`, `tp` (counts), `precision`, `recall`, `f1` (0 where undefined, without a warning) and
        `cost` (euro, total over the rows).

    Raises
    ------
    ValueError
        When labels or scores do not fit (see `as_labels`, `as_scores`).
    """
    from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

    labels = as_labels(y_true)
    flagged = (as_scores(scores, len(labels)) >= threshold).astype(int)
    tn, fp, fn, tp = (int(count) for count in confusion_matrix(labels, flagged, labels=[0, 1]).ravel())
    precision, recall, f1, _ = precision_recall_fscore_support(labels, flagged, average="binary", zero_division=0)
    return {
        "tn": tn,
        "fp": fp,
        "fn": fn,
        "tp": tp,
        "precision": float(precision),
        "recall": float(recall),
        "f1": float(f1),
        "cost": float(fn * cost_miss + fp * cost_false_alarm),
    }


def score_quality(y_true: Any, probabilities: Any) -> dict[str, float]:
    """Judge probabilities without any threshold: how they rank, and how far they can be taken at their word.

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    probabilities : array-like of shape (n,)
        Probabilities of the positive class, 0 to 1.

    Returns
    -------
    dict
        `average_precision`, `roc_auc` (NaN when a class is absent), `brier`, `log_loss`.

    Raises
    ------
    ValueError
        When labels or scores do not fit (see `as_labels`, `as_scores`) or lie outside 0 to 1.
    """
    from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

    labels = as_labels(y_true)
    values = as_scores(probabilities, len(labels))
    if values.min() < 0 or values.max() > 1:
        raise ValueError("probabilities must lie between 0 and 1")
    both = labels.min() != labels.max()
    return {
        "average_precision": float(average_precision_score(labels, values)) if both else math.nan,
        "roc_auc": float(roc_auc_score(labels, values)) if both else math.nan,
        "brier": float(brier_score_loss(labels, values, pos_label=1)),
        "log_loss": float(log_loss(labels, values, labels=[0, 1])),
    }


def costs_by_threshold(
    y_true: Any, scores: Any, *, cost_miss: float = COST_MISS, cost_false_alarm: float = COST_FALSE_ALARM
) -> pd.DataFrame:
    """Return what every possible threshold would have cost.

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    scores : array-like of shape (n,)
        Scores of the positive class.
    cost_miss, cost_false_alarm : float
        Euro for each positive that is not flagged and for each negative that is.

    Returns
    -------
    DataFrame
        `threshold` (each distinct score in rising order, then the next number above the highest: nobody is
        flagged), `misses`, `false_alarms` (counts) and `cost` (euro).

    Raises
    ------
    ValueError
        When labels or scores do not fit (see `as_labels`, `as_scores`).
    """
    labels = as_labels(y_true)
    values = as_scores(scores, len(labels))
    distinct = np.unique(values)
    thresholds = np.append(distinct, np.nextafter(distinct[-1], np.inf))
    positives, negatives = np.sort(values[labels == 1]), np.sort(values[labels == 0])
    misses = np.searchsorted(positives, thresholds, side="left")
    false_alarms = len(negatives) - np.searchsorted(negatives, thresholds, side="left")
    return pd.DataFrame(
        {
            "threshold": thresholds,
            "misses": misses,
            "false_alarms": false_alarms,
            "cost": misses * float(cost_miss) + false_alarms * float(cost_false_alarm),
        }
    )


def tune_threshold(
    y_true: Any, scores: Any, *, cost_miss: float = COST_MISS, cost_false_alarm: float = COST_FALSE_ALARM
) -> float:
    """Return the cheapest threshold on these rows; of several the highest, which flags fewest.

    Every distinct score is tried, and flagging nobody. Give it rows that the model was not fitted on, and judge
    the result on others again.

    Parameters
    ----------
    y_true, scores, cost_miss, cost_false_alarm
        As in `costs_by_threshold`.

    Raises
    ------
    ValueError
        When labels or scores do not fit (see `as_labels`, `as_scores`).
    """
    costs = costs_by_threshold(y_true, scores, cost_miss=cost_miss, cost_false_alarm=cost_false_alarm)
    cheapest = costs["cost"] == costs["cost"].min()
    return float(costs.loc[cheapest, "threshold"].max())


def net_benefit(y_true: Any, probabilities: Any, threshold: Any) -> Any:
    """Return the hits per row, less the false alarms per row at the price that goes with the threshold.

    At the threshold t a false alarm and a miss cost t to 1 - t, so a false alarm counts t / (1 - t) of a hit (Vickers
    and Elkin 2006).

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    probabilities : array-like of shape (n,)
        Probabilities of the positive class.
    threshold : float or array-like
        At least 0 and below 1: a row is flagged when its probability reaches it.

    Returns
    -------
    float, or array for several thresholds

    Raises
    ------
    ValueError
        When labels or probabilities do not fit (see `as_labels`, `as_scores`), or a threshold is out of range.
    """
    labels = as_labels(y_true)
    values = as_scores(probabilities, len(labels))
    cuts = np.asarray(threshold, dtype=float)
    if not ((cuts >= 0) & (cuts < 1)).all():
        raise ValueError("a threshold of net benefit must be at least 0 and below 1")
    hits, false_alarms = (
        np.sum(labels == kind) - np.searchsorted(np.sort(values[labels == kind]), cuts, side="left") for kind in (1, 0)
    )
    found = (hits - false_alarms * cuts / (1 - cuts)) / len(labels)
    return found if cuts.ndim else float(found)
