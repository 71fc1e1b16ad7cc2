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

    Returns
    -------
    numpy.ndarray of shape (n,)
        Integers 0 and 1.

    Raises
    ------
    ValueError
        When `y` is empty, has more than one dimension, or contains anything else.

    See Also
    --------
    as_scores : Does the same for scores.

    Examples
    --------
    >>> from imbalanced_course.scoreboard import as_labels
    >>> as_labels([False, True, False]).tolist()
    [0, 1, 0]

    Names of classes aren't labels, so compare them with the positive one first:

    >>> as_labels(["ok", "fraud"])
    Traceback (most recent call last):
        ...
    ValueError: labels must be 0 (negative) and 1 (positive); make them so with (y == name).astype(int)
    >>> as_labels([name == "fraud" for name in ["ok", "fraud"]]).tolist()
    [0, 1]
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

    Returns
    -------
    numpy.ndarray of shape (n,)
        Floats, none of them missing or infinite.

    Raises
    ------
    ValueError
        When there are more columns than one, another number of rows, or a missing or infinite value.

    See Also
    --------
    as_labels : Does the same for labels.

    Examples
    --------
    >>> from imbalanced_course.scoreboard import as_scores
    >>> as_scores([0, 0.25, 1], 3).tolist()
    [0.0, 0.25, 1.0]

    `predict_proba` returns a column per class, and only the second one is the score:

    >>> as_scores([[0.9, 0.1], [0.4, 0.6]], 2)
    Traceback (most recent call last):
        ...
    ValueError: scores have two columns: take the positive class, predict_proba(X)[:, 1]
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

    See Also
    --------
    score_quality : Judges the scores themselves, without a threshold.
    costs_by_threshold : The cost at every possible threshold.

    Examples
    --------
    One of two frauds is flagged, and one of three honest payments:

    >>> from imbalanced_course.scoreboard import decision_scores
    >>> found = decision_scores([0, 0, 0, 1, 1], [0.1, 0.2, 0.7, 0.4, 0.9], threshold=0.5)
    >>> found["tp"], found["fp"], found["fn"], found["tn"]
    (1, 1, 1, 2)
    >>> found["precision"], found["recall"], found["cost"]
    (0.5, 0.5, 1010.0)

    A score that equals the threshold is flagged:

    >>> decision_scores([0, 1], [0.1, 0.4], threshold=0.4)["recall"]
    1.0
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
    """Judge probabilities without any threshold: how they rank, and how close they are to what happens.

    Average precision and ROC AUC depend only on the order of the rows. The Brier score [1]_ is the mean squared
    difference between probability and label. The log loss [2]_ is the mean of -log p, where p is the probability of
    what happened, in natural logarithms.

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    probabilities : array-like of shape (n,)
        Probabilities of the positive class, 0 to 1.

    Returns
    -------
    dict of str to float
        `average_precision` and `roc_auc` (0 to 1, NaN when a class is absent), `brier` (0 to 1), and `log_loss` (0 or
        more). Higher is better for the first two, and lower for the others.

    Raises
    ------
    ValueError
        When labels or scores do not fit (see `as_labels`, `as_scores`) or probabilities are outside 0 to 1.

    See Also
    --------
    decision_scores : Judges what a threshold decides.
    imbalanced_course.plots.reliability_curve : Shows where probabilities are too high or too low.

    References
    ----------
    .. [1] Brier, G. W. (1950). "Verification of forecasts expressed in terms of probability." Monthly Weather Review,
       78(1), 1-3.
    .. [2] Good, I. J. (1952). "Rational decisions." Journal of the Royal Statistical Society, Series B, 14(1), 107-114.

    Examples
    --------
    >>> from imbalanced_course.scoreboard import score_quality
    >>> found = score_quality([0, 0, 0, 1], [0.1, 0.2, 0.6, 0.5])
    >>> {name: round(value, 3) for name, value in found.items()}
    {'average_precision': 0.5, 'roc_auc': 0.667, 'brier': 0.165, 'log_loss': 0.484}

    Half of each probability ranks the rows in the same order, but the Brier score changes:

    >>> half = score_quality([0, 0, 0, 1], [0.05, 0.1, 0.3, 0.25])
    >>> half["roc_auc"] == found["roc_auc"], round(half["brier"], 3)
    (True, 0.166)
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
        `threshold` (each distinct score in rising order, then the next number above the highest, where no row is
        flagged), `misses`, `false_alarms` (counts) and `cost` (euro).

    Raises
    ------
    ValueError
        When labels or scores do not fit (see `as_labels`, `as_scores`).

    See Also
    --------
    tune_threshold : Returns the cheapest threshold.
    imbalanced_course.plots.cost_curve : Plots these costs.

    Examples
    --------
    >>> from imbalanced_course.scoreboard import costs_by_threshold
    >>> found = costs_by_threshold([0, 0, 1], [0.25, 0.5, 0.75], cost_miss=100, cost_false_alarm=10)
    >>> found[["misses", "false_alarms", "cost"]].values.tolist()
    [[0.0, 2.0, 20.0], [0.0, 1.0, 10.0], [0.0, 0.0, 0.0], [1.0, 0.0, 100.0]]
    >>> found["threshold"].iloc[:3].tolist()
    [0.25, 0.5, 0.75]
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

    Every distinct score is tried, and so is flagging no row. Use rows that the model wasn't fitted on, and judge the
    result on other rows again. If the probabilities are calibrated, the threshold is close to cost_false_alarm /
    (cost_false_alarm + cost_miss) when there are many rows [1]_.

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
    float
        The lowest score to flag.

    Raises
    ------
    ValueError
        When labels or scores do not fit (see `as_labels`, `as_scores`).

    See Also
    --------
    costs_by_threshold : The costs from which it chooses.
    decision_scores : Judges the threshold on other rows.

    References
    ----------
    .. [1] Elkan, C. (2001). "The foundations of cost-sensitive learning." Proceedings of the 17th International Joint
       Conference on Artificial Intelligence, 973-978.

    Examples
    --------
    A miss costs as much as 100 false alarms, so the threshold is low enough to flag both frauds:

    >>> from imbalanced_course.scoreboard import tune_threshold
    >>> y, scores = [0, 0, 0, 1, 1], [0.1, 0.2, 0.7, 0.4, 0.9]
    >>> tune_threshold(y, scores, cost_miss=1000, cost_false_alarm=10)
    0.4

    If both mistakes cost the same, two thresholds cost least, and the higher one is returned:

    >>> tune_threshold(y, scores, cost_miss=10, cost_false_alarm=10)
    0.9
    """
    costs = costs_by_threshold(y_true, scores, cost_miss=cost_miss, cost_false_alarm=cost_false_alarm)
    cheapest = costs["cost"] == costs["cost"].min()
    return float(costs.loc[cheapest, "threshold"].max())


def net_benefit(y_true: Any, probabilities: Any, threshold: Any) -> Any:
    """Return the hits per row, minus the false alarms per row, which count less the lower the threshold is.

    At the threshold t, a false alarm and a miss cost t to 1 - t. A false alarm therefore counts as t / (1 - t) of a hit
    [1]_.

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
    float or numpy.ndarray
        At most the prevalence, and negative when the false alarms outweigh the hits. An array of the thresholds' shape
        if there are several.

    Raises
    ------
    ValueError
        When labels or probabilities do not fit (see `as_labels`, `as_scores`), or a threshold is out of range.

    See Also
    --------
    imbalanced_course.plots.decision_curve : Plots the net benefit of several models.

    References
    ----------
    .. [1] Vickers, A. J., and Elkin, E. B. (2006). "Decision curve analysis: a novel method for evaluating prediction
       models." Medical Decision Making, 26(6), 565-574.

    Examples
    --------
    At the threshold 0.2, four false alarms count as one hit. Here one hit and one false alarm are flagged in four rows,
    so the net benefit is (1 - 0.25) / 4:

    >>> from imbalanced_course.scoreboard import net_benefit
    >>> y, probabilities = [0, 0, 0, 1], [0.1, 0.1, 0.3, 0.6]
    >>> net_benefit(y, probabilities, 0.2)
    0.1875
    >>> net_benefit(y, probabilities, [0.2, 0.5]).tolist()
    [0.1875, 0.25]
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
