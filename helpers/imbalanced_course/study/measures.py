"""How the study judges: ranking, probabilities, and decisions at stated and at tuned thresholds."""

from __future__ import annotations

import numpy as np

from imbalanced_course.scoreboard import decision_scores, score_quality, tune_threshold

COST_RATIOS = (5, 25)
"""What a miss costs where a false alarm costs 1."""

BENEFIT_THRESHOLD = 0.1
"""The probability from which a row is flagged for the net benefit: 9 false alarms are worth one hit."""

METRICS: dict[str, tuple[str, str]] = {
    "average_precision": ("average precision", "higher"),
    "roc_auc": ("ROC AUC", "higher"),
    "brier": ("Brier score", "lower"),
    "log_loss": ("log loss", "lower"),
    "net_benefit": (f"net benefit at {BENEFIT_THRESHOLD:g}", "higher"),
    "f1": ("F1 at 0.5", "higher"),
    "f1_tuned": ("F1 at the tuned threshold", "higher"),
    **{
        f"cost_{ratio}{suffix}": (f"cost at {ratio}:1, threshold {words}", "lower")
        for ratio in COST_RATIOS
        for suffix, words in (("", "from the prices"), ("_tuned", "tuned"))
    },
}
"""A fold's metrics: the name to show, and whether higher or lower is better."""


def judge(y_test: np.ndarray, test: np.ndarray, y_validation: np.ndarray, validation: np.ndarray) -> dict[str, float]:
    """Judge probabilities on the test rows, with thresholds chosen on the validation rows.

    The net benefit [1]_ is hits minus false alarms times p / (1 - p), per row, at the threshold p. A cost is misses
    times the ratio plus false alarms, divided by what the better of two decisions without a model costs: to flag every
    row, or none. So 1 is no better than having no model.

    Parameters
    ----------
    y_test, test : ndarray of shape (n_test,)
        Labels, with both 0 and 1 among them, and probabilities of class 1.
    y_validation, validation : ndarray of shape (n_validation,)
        The same of the rows to choose thresholds on.

    Returns
    -------
    dict of str to float
        A number for each name in `METRICS`.

    Raises
    ------
    ValueError
        When labels or probabilities do not fit, or the test rows lack a class.

    See Also
    --------
    imbalanced_course.scoreboard.score_quality : Computes the first four numbers.
    imbalanced_course.scoreboard.net_benefit : Computes the net benefit at any threshold.

    References
    ----------
    .. [1] Vickers, A. J., and Elkin, E. B. (2006). "Decision curve analysis: a novel method for evaluating prediction
       models." Medical Decision Making, 26(6), 565-574.

    Examples
    --------
    >>> import numpy as np
    >>> from imbalanced_course.study import judge
    >>> y, probabilities = np.array([0, 0, 0, 1, 1]), np.array([0.05, 0.1, 0.3, 0.2, 0.9])
    >>> found = judge(y, probabilities, y, probabilities)
    >>> round(found["roc_auc"], 3), round(found["f1"], 3), round(found["cost_5"], 3)
    (0.833, 0.667, 0.333)
    """
    n, positives = len(y_test), int(y_test.sum())
    if positives in (0, n):
        raise ValueError("the test rows need rows of both classes to be judged on")
    odds = BENEFIT_THRESHOLD / (1 - BENEFIT_THRESHOLD)
    flagged = decision_scores(y_test, test, BENEFIT_THRESHOLD)
    found = {
        **score_quality(y_test, test),
        "net_benefit": (flagged["tp"] - odds * flagged["fp"]) / n,
        "f1": decision_scores(y_test, test, 0.5)["f1"],
        "f1_tuned": decision_scores(y_test, test, best_f1_threshold(y_validation, validation))["f1"],
    }
    for ratio in COST_RATIOS:
        costs = {"cost_miss": ratio, "cost_false_alarm": 1}
        without = min(ratio * positives, n - positives)
        tuned = tune_threshold(y_validation, validation, **costs)
        for name, threshold in ((f"cost_{ratio}", 1 / (1 + ratio)), (f"cost_{ratio}_tuned", tuned)):
            found[name] = decision_scores(y_test, test, threshold, **costs)["cost"] / without
    return {metric: float(found[metric]) for metric in METRICS}


def best_f1_threshold(y: np.ndarray, scores: np.ndarray) -> float:
    """Return the threshold with the best F1 on these rows; of several the highest."""
    from sklearn.metrics import precision_recall_curve

    precision, recall, thresholds = precision_recall_curve(y, scores)
    total = precision[:-1] + recall[:-1]
    f1 = np.divide(2 * precision[:-1] * recall[:-1], total, out=np.zeros_like(total), where=total > 0)
    return float(thresholds[np.flatnonzero(f1 == f1.max())[-1]])
