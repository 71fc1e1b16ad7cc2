"""How imbalanced labels are: ratio, minority share, severity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import entries, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.values import as_mapping

SLIGHT_UP_TO, SEVERE_FROM = 1.5, 100
_SHARES = {"card fraud": 0.001, "churn": 0.15, "defects": 0.01, "spam": 0.45, "clicks": 0.005, "late trains": 0.4}
# The two near a line: what is often said of them, and why it is wrong.
_NEAR = {
    "defects": ("severe", "1 % is a ratio of 99: the line of severe imbalance is 100"),
    "late trains": ("moderate", "40 % is a ratio of 1.5: up to there imbalance is slight"),
}


def _severity(ratio: float) -> str:
    return "slight" if ratio <= SLIGHT_UP_TO else "moderate" if ratio < SEVERE_FROM else "severe"


def _counts(labels: Any) -> np.ndarray:
    return np.unique(labels, return_counts=True)[1]


def _ratio(labels: Any) -> float:
    counts = _counts(labels)
    return float(counts.max() / counts.min())


def _share(labels: Any) -> float:
    counts = _counts(labels)
    return float(counts.min() / counts.sum())


def _right(labels: Any) -> dict[str, Any]:
    return {"ratio": _ratio(labels), "minority_share": _share(labels), "severity": _severity(_ratio(labels))}


@task("imbalance-ratio", points=4)
def imbalance_ratio(imbalance: Any) -> Iterable[Finding]:
    """A function from labels to ratio, share and severity, for two classes and more."""
    rng = fresh_generator("imbalance-ratio")
    extra = int(rng.integers(1, 9))

    def labels(*counts: int, names: tuple[Any, ...] = (0, 1)) -> tuple[np.ndarray]:
        return (rng.permutation(np.repeat(np.array(names), counts)),)

    yield from entries(
        "imbalance",
        imbalance,
        _right,
        [
            labels(3 * (30 + extra), 2 * (30 + extra)),
            labels(99 * (3 + extra), 3 + extra),
            labels(200, 20_000 + extra),
            labels(400 + extra, 350, 30, names=("cat", "dog", "owl")),
            labels(2_500 + extra, 40, 900, 25, names=("a", "b", "c", "d")),
        ],
        about=["labels at 6:4", "labels at 99:1", "labels with 1 as the majority", "three classes", "four classes"],
        mistakes=_MISTAKES,
        errors={
            "has no attribute": "the labels come as an array or a list: `pd.Series(labels)` has `value_counts`",
            "KeyError": "labels need not be 0 and 1: take the largest and the smallest count, whatever they are called",
        },
    )


_MISTAKES: dict[str, dict[str, Callable[[Any], Any]]] = {
    "ratio": {
        "the ratio is upside down: largest class over smallest": lambda y: 1 / _ratio(y),
        "that divides all rows by the smallest class: the ratio divides the largest class by it": (
            lambda y: 1 / _share(y)
        ),
        "that is one class by its name: take the largest and the smallest count, whatever they are called": (
            lambda y: _counts(y)[0] / _counts(y)[-1]
        ),
        "that takes the second largest class: with more than two classes take the smallest": (
            lambda y: np.sort(_counts(y))[-1] / np.sort(_counts(y))[-2]
        ),
        "that divides by all the other classes together: with more than two classes take the smallest": (
            lambda y: _counts(y).max() / (len(y) - _counts(y).max())
        ),
    },
    "minority_share": {
        "that is the share of the majority": lambda y: _counts(y).max() / len(y),
        "that is the ratio: the share divides the smallest class by all rows": _ratio,
        "that divides by the majority: a share divides by all rows": lambda y: 1 / _ratio(y),
        "that is the share of one class by its name: take the smallest": lambda y: _counts(y)[-1] / len(y),
    },
    "severity": {
        "it draws the line at a share of 1 %: the line is a ratio of 100, and at 99:1 it is not reached": (
            lambda y: _severity(SEVERE_FROM if _share(y) <= 0.01 else _ratio(y))
        ),
        "at a ratio of exactly 1.5 imbalance is still slight": lambda y: _severity(_ratio(y) + 1e-6),
        "the ratio that it judges is upside down": lambda y: _severity(1 / _ratio(y)),
    },
}


@task("six-problems", points=3)
def six_problems(severities: Any) -> Iterable[Finding]:
    """The severity of six problems with given shares."""
    table = as_mapping(severities)
    if severities is MISSING or severities is ... or table is None:
        yield value("severities", severities, _SHARES, kind="a dict with the six names")
        return
    for problem, share in _SHARES.items():
        name = f"severities → {problem}"
        if problem not in table:
            yield Finding(name, "wrong", f"the dict has no key {problem!r}.")
            continue
        right = _severity((1 - share) / share)
        kind = '"slight", "moderate" or "severe"'
        yield value(name, table[problem], right, mistakes=_named(problem, share, right), kind=kind)


def _named(problem: str, share: float, right: str) -> dict[str, str]:
    """Return the wrong severity of a problem that has a reason, by the sentence that tells it."""
    if problem in _NEAR:
        wrong, sentence = _NEAR[problem]
        return {sentence: wrong}
    if right == "severe":
        return {"a small share is a large ratio: divide the negatives by the positives": "slight"}
    return {"a large share is a small ratio: divide the negatives by the positives": "severe"}
