"""Metrics from the counts of a confusion matrix: by hand, and with the library on fresh labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import entries, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task

# Task 3.1: the counts are printed in the task's text and stand in its answer cell.
HITS, FALSE_ALARMS, MISSES, REJECTIONS = 60, 20, 60, 9_860


@task("metrics-by-hand", points=3)
def metrics_by_hand(
    accuracy: Any, precision: Any, recall: Any, specificity: Any, f1: Any, balanced_accuracy: Any
) -> Iterable[Finding]:
    """Six metrics from the four counts of a confusion matrix."""
    tp, fp, fn, tn = HITS, FALSE_ALARMS, MISSES, REJECTIONS
    all_rows = tp + fp + fn + tn
    p, r, s, a = tp / (tp + fp), tp / (tp + fn), tn / (tn + fp), (tp + tn) / all_rows
    yield value(
        "accuracy",
        accuracy,
        a,
        mistakes={
            "that is the balanced accuracy: accuracy counts right rows among all rows": (r + s) / 2,
            "that is the share of wrong rows: accuracy counts the right ones": 1 - a,
            "that counts the alerts among all rows: rows rightly left alone are right, too": tp / all_rows,
        },
    )
    yield value(
        "precision",
        precision,
        p,
        mistakes={
            "that is the recall: precision divides by the rows that were flagged": r,
            "that is the accuracy: precision looks only at the rows that were flagged": a,
            "that is the share of false alarms among the flagged rows: precision counts the hits": 1 - p,
            "that divides by all rows: precision divides by the rows that were flagged": tp / all_rows,
        },
    )
    yield value(
        "recall",
        recall,
        r,
        mistakes={
            "that is the precision: recall divides by all rows that are positive, found or not": p,
            "that is the accuracy: recall counts only the positives": a,
            "that is the specificity, the recall of the negatives: recall counts the positives": s,
            "that divides by all rows: recall divides by the rows that are positive": tp / all_rows,
        },
    )
    yield value(
        "specificity",
        specificity,
        s,
        mistakes={
            "that is the false positive rate, which is 1 minus the specificity": 1 - s,
            "that is the recall: specificity is the same question asked of the negatives": r,
            "that is the accuracy: specificity counts only the negatives": a,
            "that divides by the rows that were not flagged: specificity divides by the rows that are negative": tn
            / (tn + fn),
        },
    )
    yield value(
        "f1",
        f1,
        2 * p * r / (p + r),
        mistakes={
            "that is the arithmetic mean of precision and recall: F1 is the harmonic one": (p + r) / 2,
            "that is the geometric mean of precision and recall: F1 is the harmonic one": (p * r) ** 0.5,
            "the factor 2 is missing: the harmonic mean of two numbers is 2ab / (a + b)": p * r / (p + r),
            "that is the accuracy: F1 is made of precision and recall": a,
        },
    )
    yield value(
        "balanced_accuracy",
        balanced_accuracy,
        (r + s) / 2,
        mistakes={
            "that is the mean of precision and recall: balanced accuracy averages recall and specificity": (p + r) / 2,
            "that is the plain accuracy: take the mean of recall and specificity": a,
            "that is the G-mean, the geometric mean of recall and specificity: take the arithmetic one": (r * s) ** 0.5,
        },
    )


def _fresh_labels(rng: np.random.Generator, *, rows: int, positives: int, found: int, alarms: int) -> tuple[Any, Any]:
    """Return labels and predictions of `rows` rows in random order, with the counts asked for."""
    y_true, y_pred = np.zeros(rows, dtype=int), np.zeros(rows, dtype=int)
    y_true[:positives] = 1
    y_pred[:found] = 1
    y_pred[positives : positives + alarms] = 1
    order = rng.permutation(rows)
    return y_true[order], y_pred[order]


@task("metrics-with-library", points=3)
def metrics_with_library(report: Any) -> Iterable[Finding]:
    """A function from labels and predictions to four metrics, on labels that the learner has not seen."""
    from sklearn import metrics

    rng = fresh_generator("metrics-with-library")
    # Numbers at which a recall or precision that is rounded to two decimals differs from the exact one.
    found, alarms = int(rng.choice([10, 11, 13, 14, 16, 17])), int(rng.integers(22, 30))
    inputs = [
        _fresh_labels(rng, rows=400, positives=24, found=found, alarms=alarms),
        _fresh_labels(rng, rows=600, positives=40, found=32, alarms=int(rng.integers(2, 5))),
        _fresh_labels(rng, rows=300, positives=6, found=0, alarms=0),
        _fresh_labels(rng, rows=200, positives=0, found=0, alarms=3),
    ]
    about = [
        "a set with many false alarms",
        "a set with few false alarms",
        "predictions without a single alert (precision is 0/0)",
        "labels without a single positive (recall is 0/0)",
    ]

    def score(name: str, **options: Any) -> Callable[..., float]:
        return lambda y_true, y_pred: getattr(metrics, name)(y_true, y_pred, **{"zero_division": 0, **options})

    def accuracy(y_true: Any, y_pred: Any) -> float:
        return float(np.mean(y_true == y_pred))

    def averages(name: str) -> dict[str, Callable[..., float]]:
        undefined = "an undefined case should give 0 here: set zero_division=0"
        return {
            "that is the macro average over both classes: ask for the positive class alone, the default": score(
                name, average="macro"
            ),
            "that is the value for the negative class: the positive class is 1 (pos_label)": score(name, pos_label=0),
            # Recall weighted by class size is the accuracy.
            **({} if name == "recall_score" else {
                "that is the average weighted by class size, in which the majority drowns the positive class": score(
                    name, average="weighted"
                ),
            }),
            # F1 of the counts, 2·TP / (2·TP + FP + FN), is defined on all these labels.
            **({} if name == "f1_score" else {
                undefined: score(name, zero_division=1),
                f"{undefined}; you give nan": score(name, zero_division=np.nan),
            }),
        }  # fmt: skip

    precision, recall, f1 = score("precision_score"), score("recall_score"), score("f1_score")

    def right(*labels: Any) -> dict[str, float]:
        return {
            "precision": precision(*labels),
            "recall": recall(*labels),
            "f1": f1(*labels),
            "mcc": metrics.matthews_corrcoef(*labels),
        }

    mistakes: dict[str, dict[str, Callable[..., float]]] = {
        "precision": {
            "that is the recall: are the two swapped? In the library's calls y_true comes first": recall,
            "that is the accuracy: precision looks only at the rows that were flagged": accuracy,
            **averages("precision_score"),
        },
        "recall": {
            "that is the precision: are the two swapped? In the library's calls y_true comes first": precision,
            "that is the accuracy: recall counts only the positives": accuracy,
            **averages("recall_score"),
        },
        "f1": {
            "that is the arithmetic mean of precision and recall: F1 is the harmonic one": lambda *labels: (
                (precision(*labels) + recall(*labels)) / 2
            ),
            "that is the accuracy: F1 is made of precision and recall": accuracy,
            **averages("f1_score"),
        },
        "mcc": {
            "that is the F1 score: the library's name for MCC is matthews_corrcoef": f1,
            "that is the balanced accuracy: the library's name for MCC is matthews_corrcoef": (
                lambda *labels: metrics.recall_score(*labels, average="macro", zero_division=0)
            ),
        },
    }
    yield from entries(
        "report",
        report,
        right,
        inputs,
        about=about,
        mistakes=mistakes,
        errors={"positional argument": "the check calls report(y_true, y_pred) with two arrays"},
    )
