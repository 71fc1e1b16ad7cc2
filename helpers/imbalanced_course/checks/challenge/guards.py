"""A guard who never says anything, and a dummy beside a model: accuracy and recall."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import entries, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task

DAYS, THEFTS = 10_000, 100


@task("lazy-guard", points=4)
def lazy_guard(
    guard_tp: Any, guard_fp: Any, guard_fn: Any, guard_tn: Any,
    guard_accuracy: Any, guard_precision: Any, guard_recall: Any, guard_f1: Any,
) -> Iterable[Finding]:  # fmt: skip
    """Four counts and four metrics of a guard who never says "theft"."""
    quiet_days = DAYS - THEFTS
    silent = "the guard never says theft, so nothing is flagged, rightly or wrongly"
    swapped = "false positives and false negatives are swapped: a theft that nobody announced is a false negative"
    quiet = "a quiet day that he left alone is a true negative: positive is a theft"
    yield value("guard_tp", guard_tp, 0, mistakes={silent: THEFTS, quiet: quiet_days})
    yield value("guard_fp", guard_fp, 0, mistakes={swapped: THEFTS, silent: quiet_days})
    yield value(
        "guard_fn",
        guard_fn,
        THEFTS,
        mistakes={
            swapped: 0,
            "those are the days without a theft: a false negative is a theft that nobody announced": quiet_days,
            "those are all days: count the days with a theft": DAYS,
        },
    )
    yield value(
        "guard_tn",
        guard_tn,
        quiet_days,
        mistakes={
            "no theft, and no word of it: such a day is a true negative": 0,
            "those are the days with a theft: a true negative is a day without one": THEFTS,
            "those are all days: take away the days with a theft": DAYS,
        },
    )
    accuracy = quiet_days / DAYS
    yield value(
        "guard_accuracy",
        guard_accuracy,
        accuracy,
        mistakes={
            "that is the recall: accuracy counts all days": 0,
            "that is the share of days on which he is wrong": THEFTS / DAYS,
            "that is the guard of the first museum: this one has 10,000 days": 3_647 / 3_650,
        },
        tolerance=0.0005,
    )
    perfect = "nothing flagged is not a perfect precision: it is undefined, and the task asks for 0 there"
    yield value(
        "guard_precision",
        guard_precision,
        0,
        mistakes={
            "that is the accuracy: precision counts only the rows that were flagged, and there are none": accuracy,
            "it is undefined, that is true; the task asks for 0 there": math.nan,
            "undefined it is; the task asks for 0 there": None,
            perfect: 1,
        },
        kind="a number",
    )
    yield value(
        "guard_recall",
        guard_recall,
        0,
        mistakes={
            "that is the accuracy: recall counts only the thefts": accuracy,
            "that is the recall of the days without theft: positive is a theft": 1,
        },
        kind="a number",
    )
    days_without = 2 * accuracy / (1 + accuracy)
    yield value(
        "guard_f1",
        guard_f1,
        0,
        mistakes={
            "that is the accuracy: F1 is made of precision and recall": accuracy,
            "that is the F1 of the days without theft: positive is a theft": days_without,
            "made of the counts, 2·TP / (2·TP + FP + FN), F1 is defined, and 0 here": math.nan,
            "the task asks for 0 where a metric is undefined": None,
        },
        kind="a number",
    )


@task("dummy-against-model", points=4)
def dummy_against_model(
    judge: Any, dummy_accuracy: Any, dummy_recall: Any, model_accuracy: Any, model_recall: Any
) -> Iterable[Finding]:
    """Accuracy and recall as a function, then of a dummy and a model on the digits."""
    rng = fresh_generator("dummy-against-model")
    inputs = []
    for rows, share, right in ((300, 0.1, 0.6), (500, 0.05, 0.3), (200, 0.3, 0.8)):
        truth = (rng.permutation(rows) < rows * share).astype(int)
        inputs.append((truth, np.where(rng.random(rows) < right, truth, 1 - truth)))
    for_recall = "that is the accuracy: recall counts only the positives"
    for_accuracy = "that is the recall: accuracy counts all rows"
    precision = "that is the precision: recall divides by the rows that are truly positive"
    both_classes = "that is the mean of two recalls, one for each class: the positive class alone is asked for"
    yield from entries(
        "judge",
        judge,
        lambda y_true, y_pred: dict(zip(("accuracy", "recall"), _judge(y_true, y_pred), strict=True)),
        inputs,
        mistakes={
            "accuracy": {for_accuracy: lambda t, p: _judge(t, p)[1]},
            "recall": {
                for_recall: lambda t, p: _judge(t, p)[0],
                precision: lambda t, p: float(np.mean(t[p == 1])),
                both_classes: _recall_of_both,
                "that is the recall of the negatives: the positive class is 1": (
                    lambda t, p: float(np.mean(p[t == 0] == 0))
                ),
            },
        },
        share=2,
    )
    eights = _eights()
    training = "that is the value on the training rows: judge on `X_test` and `y_test`"
    given = {"dummy": (dummy_accuracy, dummy_recall), "model": (model_accuracy, model_recall)}
    for who, (accuracy, recall) in given.items():
        other = "model" if who == "dummy" else "dummy"
        theirs = f"that is the value of the {other}"
        mistakes_accuracy = {
            for_accuracy: eights[who][1],
            theirs: eights[other][0],
            training: eights[f"{who}, training rows"][0],
        }
        mistakes_recall = {
            for_recall: eights[who][0],
            theirs: eights[other][1],
            training: eights[f"{who}, training rows"][1],
            precision: eights["precision"][0],
            both_classes: eights["recall of both classes"][who == "model"],
        }
        yield value(f"{who}_accuracy", accuracy, eights[who][0], mistakes=mistakes_accuracy, share=0.5)
        kind = "a number from 0 to 1"
        yield value(f"{who}_recall", recall, eights[who][1], mistakes=mistakes_recall, kind=kind, share=0.5)


@functools.cache
def _eights() -> dict[str, tuple[float, float]]:
    """Return accuracy and recall of dummy and model, fitted and judged on the halves that the set-up makes."""
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split

    digits = load_digits()
    is_eight = (digits.target == 8).astype(int)
    X_train, X_test, y_train, y_test = train_test_split(
        digits.data / 16, is_eight, test_size=0.5, stratify=is_eight, random_state=1
    )
    model = LogisticRegression(max_iter=1000).fit(X_train, y_train)
    says = model.predict(X_test)
    nothing = np.zeros_like(y_test)
    return {
        "dummy": _judge(y_test, nothing),
        "dummy, training rows": _judge(y_train, np.zeros_like(y_train)),
        "model": _judge(y_test, says),
        "model, training rows": _judge(y_train, model.predict(X_train)),
        "precision": (float(np.mean(y_test[says == 1])), 0.0),
        "recall of both classes": (_recall_of_both(y_test, nothing), _recall_of_both(y_test, says)),
    }


def _recall_of_both(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    return float(np.mean([np.mean(y_pred[y_true == label] == label) for label in (0, 1)]))


def _judge(y_true: Any, y_pred: Any) -> tuple[float, float]:
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    return float(np.mean(y_true == y_pred)), float(np.mean(y_pred[y_true == 1] == 1))
