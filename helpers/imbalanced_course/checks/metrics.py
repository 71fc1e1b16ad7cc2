"""The checks of lesson 3: judging a classifier when one class is rare."""

from __future__ import annotations

from collections.abc import Iterable
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
    found, alarms = (int(n) for n in rng.integers(10, 18, size=2))
    inputs = [
        _fresh_labels(rng, rows=400, positives=24, found=found, alarms=alarms + 12),
        _fresh_labels(rng, rows=600, positives=40, found=32, alarms=int(rng.integers(1, 5))),
        _fresh_labels(rng, rows=300, positives=6, found=0, alarms=0),
        _fresh_labels(rng, rows=200, positives=0, found=0, alarms=3),
    ]
    about = [
        "a set with many false alarms",
        "a set with few false alarms",
        "predictions without a single alert (precision is 0/0)",
        "labels without a single positive (recall is 0/0)",
    ]

    def score(name: str, **options: Any) -> Any:
        return lambda y_true, y_pred: getattr(metrics, name)(y_true, y_pred, **{"zero_division": 0, **options})

    def accuracy(y_true: Any, y_pred: Any) -> float:
        return float(np.mean(y_true == y_pred))

    def mcc(y_true: Any, y_pred: Any) -> float:
        return metrics.matthews_corrcoef(y_true, y_pred)

    right = {
        "precision": score("precision_score"),
        "recall": score("recall_score"),
        "f1": score("f1_score"),
        "mcc": mcc,
    }
    undefined = "an undefined case should give 0 here: set zero_division=0"
    macro = "that is the macro average over both classes: ask for the positive class alone (average='binary')"
    weighted = "that is the average weighted by class size, in which the majority drowns the positive class"
    negative = "that is the value for the negative class: the positive class is 1 (pos_label)"
    labels_first = "does y_true come first in the call? The library takes (y_true, y_pred)"

    def averages(name: str) -> dict[str, Any]:
        return {
            macro: score(name, average="macro"),
            weighted: score(name, average="weighted"),
            negative: score(name, pos_label=0),
            undefined: score(name, zero_division=1),
            undefined + " (nan is no number to compare)": score(name, zero_division=np.nan),
        }

    yield from entries(
        "report",
        report,
        lambda *labels: {key: metric(*labels) for key, metric in right.items()},
        inputs,
        about=about,
        mistakes={
            "precision": {
                f"that is the recall: {labels_first}": right["recall"],
                "that is the accuracy: precision looks only at the rows that were flagged": accuracy,
                **averages("precision_score"),
            },
            "recall": {
                f"that is the precision: {labels_first}": right["precision"],
                "that is the accuracy: recall counts only the positives": accuracy,
                **averages("recall_score"),
            },
            "f1": {
                "that is the arithmetic mean of precision and recall: F1 is the harmonic one": lambda *labels: (
                    (right["precision"](*labels) + right["recall"](*labels)) / 2
                ),
                "that is the accuracy: F1 is made of precision and recall": accuracy,
                **averages("f1_score"),
            },
            "mcc": {
                "that is the F1 score: the library's name for MCC is matthews_corrcoef": right["f1"],
                "that is the balanced accuracy: the library's name for MCC is matthews_corrcoef": lambda t, p: (
                    metrics.balanced_accuracy_score(t, p)
                ),
            },
        },
        errors={
            "positional argument": "The function is called with two arrays: y_true and y_pred",
            "multilabel": "Are these labels, 0 and 1, in one dimension?",
        },
        share=1.0,
    )
