"""Metrics from the four counts of a confusion matrix."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imbalanced_course.checks.compare import value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import task

# Task 3.1: the counts are given in the task's text and in its answer cell.
HITS, FALSE_ALARMS, MISSES, REJECTIONS = 60, 20, 60, 9_860


@task(
    "metrics-by-hand",
    points=3,
    consequence="A model that never flags anything has an accuracy of 0.988 here, so most of it comes for free. "
    "Half of the fraud gets through, which accuracy hides and recall shows.",
)
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
            "That's the balanced accuracy. For accuracy, divide the right rows by all rows.": (r + s) / 2,
            "That's the share of wrong rows. Accuracy counts the right ones, so take TP and TN.": 1 - a,
            "That's the share of hits among all rows. Rows that are correctly not flagged are right, too.": (
                tp / all_rows
            ),
        },
    )
    yield value(
        "precision",
        precision,
        p,
        mistakes={
            "That's the recall. For precision, divide the hits by the flagged rows (table in section 2).": r,
            "That's the accuracy. Precision looks only at the flagged rows.": a,
            "That's the share of false alarms among the flagged rows. Precision counts the hits.": 1 - p,
            "That divides by all rows. For precision, divide the hits by the flagged rows.": tp / all_rows,
        },
    )
    yield value(
        "recall",
        recall,
        r,
        mistakes={
            "That's the precision. For recall, divide the hits by all positive rows, flagged or not.": p,
            "That's the accuracy. Recall looks only at the positive rows.": a,
            "That's the specificity, the recall of the negatives. Recall looks at the positive rows.": s,
            "That's the macro average of the recall over both classes, and the common class lifts it. Take the "
            "recall of the positive class.": (r + s) / 2,
            "That divides by all rows. For recall, divide the hits by the positive rows.": tp / all_rows,
        },
    )
    yield value(
        "specificity",
        specificity,
        s,
        mistakes={
            "That's the false positive rate. Specificity is 1 minus that.": 1 - s,
            "That's the recall. Specificity asks the same question about the negative rows.": r,
            "That's the accuracy. Specificity looks only at the negative rows.": a,
            "That divides by the rows that weren't flagged. For specificity, divide by the negative rows.": tn
            / (tn + fn),
        },
    )
    yield value(
        "f1",
        f1,
        2 * p * r / (p + r),
        mistakes={
            "That's the arithmetic mean of precision and recall. F1 is the harmonic mean, 2PR / (P + R).": (p + r) / 2,
            "That's the geometric mean of precision and recall. F1 is the harmonic mean, 2PR / (P + R).": (
                (p * r) ** 0.5
            ),
            "The factor 2 is missing. The harmonic mean of a and b is 2ab / (a + b).": p * r / (p + r),
            "That's the accuracy. F1 is made of precision and recall.": a,
        },
    )
    yield value(
        "balanced_accuracy",
        balanced_accuracy,
        (r + s) / 2,
        mistakes={
            "That's the mean of precision and recall. Balanced accuracy averages recall and specificity.": (p + r) / 2,
            "That's the plain accuracy. Take the mean of recall and specificity.": a,
            "That's the G-mean, the geometric mean of recall and specificity. Take the ordinary mean.": (r * s) ** 0.5,
        },
    )
