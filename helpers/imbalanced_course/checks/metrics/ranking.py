"""A ranking against its chance level."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import entries
from imbalanced_course.checks.metrics.fresh import ARRAYS_COME, fresh_scores
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_entries


@task("average-precision", points=3)
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
        return metrics.average_precision_score(y_true, scores >= 0.5)

    def trapezoid(y_true: Any, scores: Any) -> float:
        precision, recall, _ = metrics.precision_recall_curve(y_true, scores)
        return metrics.auc(recall, precision)

    mistakes: dict[str, dict[str, Callable[..., Any]]] = {
        "average_precision": {
            "that is computed from labels, the scores cut at 0.5: a ranking needs the scores themselves": of_labels,
            "that is the ROC AUC: average precision has a function of its own": metrics.roc_auc_score,
            "that is the ROC AUC, and of labels: give average_precision_score the scores": (
                lambda y_true, scores: metrics.roc_auc_score(y_true, scores >= 0.5)
            ),
            "that is the area under straight lines between the points of the PR curve, which promises precision "
            "that no threshold gives: average precision adds up steps": trapezoid,
            "that is the precision at 0.5, one point: average precision sums up the whole curve": (
                lambda y_true, scores: metrics.precision_score(y_true, scores >= 0.5, zero_division=0)
            ),
            "that is the average precision of the negative class": (
                lambda y_true, scores: metrics.average_precision_score(1 - y_true, 1 - scores)
            ),
        },
        "chance_level": {
            "0.5 is the chance level of ROC AUC: that of average precision depends on how rare positives are": (
                lambda y_true, scores: 0.5
            ),
            "that is positives over negatives: the chance level is a share of all rows": (
                lambda y_true, scores: np.mean(y_true) / (1 - np.mean(y_true))
            ),
            "that is the share of the majority: count the positives": lambda y_true, scores: 1 - np.mean(y_true),
            "that is the mean score: the chance level does not depend on the model": (
                lambda y_true, scores: np.mean(scores)
            ),
            "that is the share of rows flagged at 0.5: count the rows that are positive": (
                lambda y_true, scores: np.mean(scores >= 0.5)
            ),
            "that is a count: give the share, from 0 to 1": lambda y_true, scores: np.sum(y_true),
        },
        "times_chance": {
            "that is the difference: divide the average precision by the chance level": (
                lambda *a: right(*a)["average_precision"] - right(*a)["chance_level"]
            ),
            "that is upside down: divide the average precision by the chance level": (
                lambda *a: 1 / right(*a)["times_chance"]
            ),
            "that takes 0.5 for the chance level, as for ROC AUC": lambda *a: right(*a)["average_precision"] / 0.5,
            "that compares the ROC AUC with its own chance level: here it is about average precision": lambda *a: (
                metrics.roc_auc_score(*a) / 0.5
            ),
            "that compares average precision made of labels: use the scores": lambda *a: (
                of_labels(*a) / right(*a)["chance_level"]
            ),
            "that compares the ROC AUC with the prevalence: each metric has its own chance level": lambda *a: (
                metrics.roc_auc_score(*a) / right(*a)["chance_level"]
            ),
        },
    }
    inputs = telling_entries(draw, right, mistakes, rounded=("average_precision", "chance_level", "times_chance"))
    yield from entries(
        "ranking",
        ranking,
        right,
        inputs,
        about=[f"{len(y)} rows with {y.sum()} positives" for y, _ in inputs],
        mistakes=mistakes,
        errors={
            **ARRAYS_COME,
            "continuous format": "are the arguments swapped? The true labels come first, then the scores",
            "positional argument": "the check calls ranking(y_true, scores) with two arrays",
        },
    )
