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
    """Judge probabilities on the test rows; thresholds are chosen on the validation rows.

    The net benefit (Vickers and Elkin, Medical Decision Making 26, 2006) is hits minus false alarms times p / (1 - p),
    a row, at the threshold p. A cost is misses times the ratio plus false alarms, a row, divided by what the better of
    two decisions without a model costs: to flag every row, or none. So 1 is no better than having no model.

    Parameters
    ----------
    y_test, test : ndarray of shape (n_test,)
        Labels 0 and 1, both there, and probabilities of class 1.
    y_validation, validation : ndarray of shape (n_validation,)
        The same of the rows to choose thresholds on.

    Returns
    -------
    dict
        A figure for each of `METRICS`.
    """
    n, positives = len(y_test), int(y_test.sum())
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
