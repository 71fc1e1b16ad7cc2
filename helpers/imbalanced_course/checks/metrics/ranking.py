"""A ranking and its chance level, and what the square roots of its scores change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import entries, value
from imbalanced_course.checks.metrics.fresh import ARRAYS_COME, fresh_scores, two_days
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_entries


@task(
    "average-precision",
    points=3,
    consequence="So 0.3 is thirty times chance at 1% positives, and no better than chance at 30%.",
)
def average_precision(ranking: Any) -> Iterable[Finding]:
    """A function from labels and scores to average precision, chance level and how many times chance it is."""
    from sklearn import metrics

    rng = fresh_generator("average-precision")

    def draw() -> list[tuple[Any, ...]]:
        return [
            fresh_scores(rng, roc_auc=auc, payments=rows, prevalence=share, decimals=12)
            for auc, rows, share in ((0.95, 500, 0.064), (0.9, 800, 0.155), (0.97, 1000, 0.023))
        ]

    def right(y_true: Any, scores: Any) -> dict[str, float]:
        reached, chance = metrics.average_precision_score(y_true, scores), float(np.mean(y_true))
        return {"average_precision": reached, "chance_level": chance, "times_chance": reached / chance}

    def of_labels(y_true: Any, scores: Any) -> float:
        return float(metrics.average_precision_score(y_true, scores >= 0.5))

    def trapezoid(y_true: Any, scores: Any) -> float:
        precision, recall, _ = metrics.precision_recall_curve(y_true, scores)
        return float(metrics.auc(recall, precision))

    mistakes: dict[str, dict[str, Callable[..., Any]]] = {
        "average_precision": {
            "That's computed from labels, scores compared with 0.5. A ranking needs the scores themselves.": of_labels,
            "That's the ROC AUC. For average precision, call average_precision_score.": metrics.roc_auc_score,
            "That's the ROC AUC, and of labels. Pass the scores to average_precision_score.": (
                lambda y_true, scores: metrics.roc_auc_score(y_true, scores >= 0.5)
            ),
            "That's the area under straight lines between the points of the curve, which no threshold reaches. Average "
            "precision uses steps, so call average_precision_score.": trapezoid,
            "That's the precision at 0.5, one point. Average precision summarizes the whole curve.": (
                lambda y_true, scores: metrics.precision_score(y_true, scores >= 0.5, zero_division=0)
            ),
            "That's the average precision of the negative class. Pass the labels and scores as they come.": (
                lambda y_true, scores: metrics.average_precision_score(1 - y_true, 1 - scores)
            ),
        },
        "chance_level": {
            "0.5 is the chance level of ROC AUC. For average precision it's the prevalence (section 3).": (
                lambda y_true, scores: 0.5
            ),
            "That's positives over negatives. The chance level is the share of positives among all rows.": (
                lambda y_true, scores: np.mean(y_true) / (1 - np.mean(y_true))
            ),
            "That's the share of the negatives. Count the positives.": lambda y_true, scores: 1 - np.mean(y_true),
            "That's the mean score. The chance level doesn't depend on the model, so get it from the labels.": (
                lambda y_true, scores: np.mean(scores)
            ),
            "That's the share of rows flagged at 0.5. Count the rows that are positive.": (
                lambda y_true, scores: np.mean(scores >= 0.5)
            ),
            "That's a count. Give the share, from 0 to 1.": lambda y_true, scores: np.sum(y_true),
        },
        "times_chance": {
            "That's the difference. Divide the average precision by the chance level.": (
                lambda *a: right(*a)["average_precision"] - right(*a)["chance_level"]
            ),
            "That's the inverse. Divide the average precision by the chance level.": (
                lambda *a: 1 / right(*a)["times_chance"]
            ),
            "That takes 0.5 as the chance level, which belongs to ROC AUC. Divide by the prevalence.": lambda *a: (
                right(*a)["average_precision"] / 0.5
            ),
            "That compares the ROC AUC with its own chance level. The task asks about average precision.": lambda *a: (
                metrics.roc_auc_score(*a) / 0.5
            ),
            "That uses the average precision of labels. Use the scores.": lambda *a: (
                of_labels(*a) / right(*a)["chance_level"]
            ),
            "That divides the ROC AUC by the prevalence. Each metric has its own chance level.": lambda *a: (
                metrics.roc_auc_score(*a) / right(*a)["chance_level"]
            ),
        },
    }
    inputs = telling_entries(draw, right, mistakes, rounded=("average_precision", "chance_level", "times_chance"))
    found = entries(
        "ranking",
        ranking,
        right,
        inputs,
        about=[f"{len(y)} rows with {y.sum()} positives" for y, _ in inputs],
        mistakes=mistakes,
        errors={
            **ARRAYS_COME,
            "continuous format": "Are the arguments swapped? The true labels come first, then the scores.",
            "positional argument": "The check calls ranking(y_true, scores) with two arrays.",
        },
    )
    yield from found[:-1]
    yield found[-1]


@task(
    "square-roots",
    points=4,
    consequence="The ranking is the same and the probabilities are worse. Recall rose without a better model, because "
    "a threshold of 0.25 on the old scores flags the same payments.",
)
def square_roots(
    word_roc_auc: Any,
    word_average_precision: Any,
    word_brier: Any,
    word_recall: Any,
    brier_of_roots: Any,
    recall_of_roots: Any,
) -> Iterable[Finding]:
    """What moves when scores are replaced by their square roots: four words and two numbers."""
    order = "It reads only the order of the scores, and a square root doesn't change the order (section 1)"
    size = "The square root changes the size of every score between 0 and 1"
    words = (
        ("word_roc_auc", word_roc_auc, "stays", f"{order}."),
        ("word_average_precision", word_average_precision, "stays", f"{order}."),
        ("word_brier", word_brier, "moves", f"{size}, and the Brier score reads the size."),
        ("word_recall", word_recall, "moves", f"{size}, so frauds between 0.25 and 0.5 now reach the threshold 0.5."),
    )
    for name, answer, right, reason in words:
        other = "moves" if right == "stays" else "stays"
        yield value(name, answer, right, mistakes={reason: other}, kind='"stays" or "moves"', share=0.5)

    y_true, scores = two_days()[2:]
    roots = np.sqrt(scores)

    def brier(values: Any) -> float:
        return float(np.mean((values - y_true) ** 2))

    def recall(flagged: Any) -> float:
        return float(np.mean(flagged[y_true == 1]))

    y_other, s_other = two_days()[:2]
    brier_elsewhere = float(np.mean((np.sqrt(s_other) - y_other) ** 2))
    recall_elsewhere = float(np.mean(np.sqrt(s_other)[y_other == 1] >= 0.5))
    yield value(
        "brier_of_roots",
        brier_of_roots,
        brier(roots),
        mistakes={
            "That's the Brier score of the scores as they were. Take np.sqrt of them first.": brier(scores),
            "That's the Brier score of the squares. The task asks for the square roots, so use np.sqrt.": (
                brier(scores**2)
            ),
            "That's the square root of the old Brier score. Take the roots of the scores, then the Brier score.": (
                brier(scores) ** 0.5
            ),
            "That's the Brier score on the day `validation`. Use `test`.": brier_elsewhere,
            "That's the Brier score of labels. Pass the roots, not the flags.": float(
                np.mean((roots >= 0.5) != y_true)
            ),
        },
        tolerance=6e-5,
        share=1,
    )
    yield value(
        "recall_of_roots",
        recall_of_roots,
        recall(roots >= 0.5),
        mistakes={
            "That's the recall of the scores as they were. Compare the roots with 0.5.": recall(scores >= 0.5),
            "That's the recall of the squares. Compare the square roots with 0.5.": recall(scores**2 >= 0.5),
            "That's the precision. For recall, divide the hits by all frauds of the day.": float(
                np.mean(y_true[roots >= 0.5])
            ),
            "That's the accuracy. Recall looks only at the frauds.": float(np.mean((roots >= 0.5) == y_true)),
            "That's the recall on the day `validation`. Use `test`.": recall_elsewhere,
        },
        share=1,
    )
