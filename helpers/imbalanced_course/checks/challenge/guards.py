"""A guard who never says anything, and a dummy beside a model: accuracy and recall."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import entries, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_entries
from imbalanced_course.checks.values import looks_rounded, matches

DAYS, THEFTS = 10_000, 100


@task(
    "lazy-guard",
    points=4,
    consequence="So 99% accuracy came for nothing here: recall is the number that shows it.",
)
def lazy_guard(
    guard_tp: Any, guard_fp: Any, guard_fn: Any, guard_tn: Any,
    guard_accuracy: Any, guard_precision: Any, guard_recall: Any, guard_f1: Any,
) -> Iterable[Finding]:  # fmt: skip
    """Four counts and four metrics of a guard who never says "theft"."""
    given = (guard_tp, guard_fp, guard_fn, guard_tn, guard_accuracy, guard_precision, guard_recall, guard_f1)
    names = ("tp", "fp", "fn", "tn", "accuracy", "precision", "recall", "f1")
    turned = all(map(matches, given[:4], _QUIET_DAY_POSITIVE[:4]))
    swapped = matches(guard_fp, THEFTS) and matches(guard_fn, 0)
    for name, answer, right, other in zip(names, given, _RIGHT, _QUIET_DAY_POSITIVE, strict=True):
        mistakes: dict[str, Any] = _MISTAKES[name]
        if turned:
            mistakes = {
                "That takes a quiet day as positive. The task asks for theft as positive, so swap the classes.": other
            }
        elif swapped and name in ("fp", "fn"):
            mistakes = {
                "False positives and false negatives are swapped. A theft that the guard didn't report is a false "
                "negative.": {"fp": THEFTS, "fn": 0}[name]
            }
        yield value(f"guard_{name}", answer, right, mistakes=mistakes, kind=_KINDS.get(name))


_QUIET = DAYS - THEFTS
_ACCURACY = _QUIET / DAYS
_RIGHT = (0, 0, THEFTS, _QUIET, _ACCURACY, 0, 0, 0)
_QUIET_DAY_POSITIVE = (_QUIET, THEFTS, 0, 0, _ACCURACY, _ACCURACY, 1, 2 * _ACCURACY / (1 + _ACCURACY))
_KINDS = dict.fromkeys(("precision", "recall", "f1"), "a number")
_SILENT = "The guard never reports a theft, so no day is flagged, rightly or wrongly. Open hint 1."
_MISTAKES: dict[str, dict[str, Any]] = {
    "tp": {
        _SILENT: THEFTS,
        "A quiet day without a report is a true negative. Count the thefts that he reported.": _QUIET,
    },
    "fp": {_SILENT: _QUIET},
    "fn": {
        "Those are the days without a theft. A false negative is a theft that the guard didn't report.": _QUIET,
        "Those are all days. Count the days with a theft.": DAYS,
        "A theft that the guard didn't report is a false negative. Count the thefts.": 0,
    },
    "tn": {
        "A quiet day without a report is a true negative. Count these days.": 0,
        "Those are the days with a theft. A true negative is a day without one.": THEFTS,
        "Those are all days. Subtract the days with a theft.": DAYS,
    },
    "accuracy": {
        "That's the recall. For accuracy, divide the days that are right by all days.": 0,
        "That's the share of days on which he's wrong. Accuracy is the share on which he's right.": THEFTS / DAYS,
        "That's the guard of section 1. This museum has 10,000 days, so divide by these.": 3_647 / 3_650,
    },
    "precision": {
        "That's the accuracy. For precision, look only at flagged days; there are none here. See section 1.": _ACCURACY,
        "It's undefined, that's true. The task asks for 0 there.": math.nan,
        "It's undefined, as you say. The task asks for 0 there.": None,
        "Flagging nothing isn't a perfect precision. It's undefined, and the task asks for 0 there.": 1,
    },
    "recall": {
        "That's the accuracy. For recall, look only at the days with a theft: how many did he find?": _ACCURACY,
        "That's the recall of quiet days. Positive is a theft, so look only at the days with a theft.": 1,
    },
    "f1": {
        "That's the accuracy. F1 is made of TP, FP, and FN; section 1 has the formula.": _ACCURACY,
        "That's the F1 of quiet days. Positive is a theft.": 2 * _ACCURACY / (1 + _ACCURACY),
        "From the counts, 2·TP / (2·TP + FP + FN), F1 is defined, and it's 0 here.": math.nan,
        "The task asks for 0 where a metric is undefined.": None,
    },
}


@task(
    "dummy-against-model",
    points=4,
    consequence="The dummy gets most of this accuracy for nothing, and none of this recall.",
)
def dummy_against_model(
    judge: Any, dummy_accuracy: Any, dummy_recall: Any, model_accuracy: Any, model_recall: Any
) -> Iterable[Finding]:
    """Accuracy and recall as a function, then of a dummy and a model on the digits."""
    rng = fresh_generator("dummy-against-model")

    def draw() -> list[tuple[Any, ...]]:
        inputs = []
        for rows, share, right in ((300, 0.1, 0.6), (500, 0.05, 0.3), (200, 0.3, 0.8)):
            truth = (rng.permutation(rows) < rows * share).astype(int)
            inputs.append((truth, np.where(rng.random(rows) < right, truth, 1 - truth)))
        return inputs

    def right(y_true: Any, y_pred: Any) -> dict[str, float]:
        return dict(zip(("accuracy", "recall"), _judge(y_true, y_pred), strict=True))

    for_recall = "That's the accuracy. For recall, look only at the rows that are truly positive."
    for_accuracy = "That's the recall. For accuracy, count all rows."
    precision = (
        "That's the precision. For recall, divide by the rows that are truly positive; in scikit-learn, the true "
        "labels come first."
    )
    both_classes = "That's the mean of two recalls, one per class. Give the recall of label 1, without `average`."
    label_0 = "That's the recall of label 0. The task asks for the recall of label 1."
    mistakes: dict[str, dict[str, Callable[..., float]]] = {
        "accuracy": {
            for_accuracy: lambda t, p: _judge(t, p)[1],
            "That's the share of wrong rows. Accuracy counts the right ones.": lambda t, p: 1 - _judge(t, p)[0],
            "That's the mean of two recalls, one per class. Accuracy counts all rows alike.": _recall_of_both,
        },
        "recall": {
            for_recall: lambda t, p: _judge(t, p)[0],
            precision: lambda t, p: float(np.mean(t[p == 1])),
            both_classes: _recall_of_both,
            label_0: lambda t, p: float(np.mean(p[t == 0] == 0)),
            "That's the share of positives that were missed. Recall counts the ones that were found.": (
                lambda t, p: 1 - _judge(t, p)[1]
            ),
        },
    }
    yield from entries(
        "judge",
        judge,
        right,
        telling_entries(draw, right, mistakes, rounded=("accuracy", "recall")),
        mistakes=mistakes,
        share=2,
    )
    eights = _eights()
    training = "That's the value on the training set. Use `X_test` and `y_test` instead."
    given = {"dummy": (dummy_accuracy, dummy_recall), "model": (model_accuracy, model_recall)}
    for who, (accuracy, recall) in given.items():
        other = "model" if who == "dummy" else "dummy"
        theirs = f"That is the value of the {other}."
        mistakes_accuracy = {
            for_accuracy: eights[who][1],
            theirs: eights[other][0],
            training: eights[f"{who}, training rows"][0],
        }
        mistakes_recall = {
            for_recall: eights[who][0],
            theirs: eights[other][1],
            training: eights[f"{who}, training rows"][1],
            both_classes: eights["recall of both classes"][who == "model"],
            label_0: eights["recall of label 0"][who == "model"],
        }
        if who == "model":
            mistakes_recall[precision] = eights["precision"][0]
        else:
            mistakes_accuracy |= _guessed(accuracy, eights[who][0], mistakes_accuracy)
            mistakes_recall |= _guessed(recall, eights[who][1], mistakes_recall)
        yield value(f"{who}_accuracy", accuracy, eights[who][0], mistakes=mistakes_accuracy, share=0.5)
        kind = "a number from 0 to 1"
        yield value(f"{who}_recall", recall, eights[who][1], mistakes=mistakes_recall, kind=kind, share=0.5)


def _guessed(number: Any, right: float, mistakes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the question for a dummy of another strategy, where nothing else explains its number."""
    if not isinstance(number, (float, int, np.number)) or looks_rounded(number, right):
        return {}
    if any(matches(number, wrong) for wrong in mistakes.values()):
        return {}
    asked = (
        'Is the strategy of your dummy "most_frequent"? Then it predicts the largest class for every row. Hint 2 has '
        "the line."
    )
    return {asked: number} if 0 <= float(number) <= 1 else {}


@functools.cache
def _eights() -> dict[str, tuple[float, float]]:
    """Return accuracy and recall of dummy and model, fitted and judged on the halves that the lesson makes."""
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
        "recall of label 0": (1.0, float(np.mean(says[y_test == 0] == 0))),
    }


def _recall_of_both(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    return float(np.mean([np.mean(y_pred[y_true == label] == label) for label in (0, 1)]))


def _judge(y_true: Any, y_pred: Any) -> tuple[float, float]:
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    return float(np.mean(y_true == y_pred)), float(np.mean(y_pred[y_true == 1] == 1))
