"""SMOTE: one point by hand, the counts, and how many neighbours there can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs

BETWEEN_CLASSES = (
    "that is interpolating between classes: look for neighbours among the minority rows alone, majority rows do not "
    "count"
)
POSITION = (
    "a place in the list of minority rows was taken for a row number of `points`: look the number up in that list"
)
POINT_TOLERANCE = 6e-4
ITSELF = "the row itself was counted as its nearest neighbour: leave it out"


def _ranked(
    points: Any, labels: Any, row: int, *, of_minority: bool = True, itself: bool = False, order: float = 2
) -> np.ndarray:
    """Return row numbers from the nearest to the farthest of `row`; `order` is that of the norm."""
    distance = np.linalg.norm(points - points[row], ord=order, axis=1)
    ranked = np.argsort(distance, kind="stable")
    keep = [i for i in ranked if (itself or i != row) and (labels[i] == 1 or not of_minority)]
    return np.array(keep)


def _point(points: Any, labels: Any, row: int, k: int, step: float, **ranking: Any) -> np.ndarray:
    neighbour = points[_ranked(points, labels, row, **ranking)[k - 1]]
    return points[row] + step * (neighbour - points[row])


def _places(points: Any, labels: Any, row: int, *, itself: bool = False) -> np.ndarray:
    """Return places in the list of minority rows, from the nearest to the farthest of `row`: no row numbers."""
    listed = np.array([i for i in np.flatnonzero(labels == 1) if itself or i != row])
    return np.argsort(np.linalg.norm(points[listed] - points[row], axis=1), kind="stable")


def _from_neighbour(points: Any, labels: Any, row: int, k: int, step: float) -> np.ndarray:
    return _point(points, labels, row, k, 1 - step)


_KNOWN: dict[str, Callable[..., Any]] = {
    BETWEEN_CLASSES: lambda *a: _point(*a, of_minority=False),
    "neighbours were taken among all rows, and the row itself was counted as one of them": lambda *a: _point(
        *a, of_minority=False, itself=True
    ),
    f"{ITSELF}, so that k=1 is another row": lambda *a: _point(*a, itself=True),
    "it takes the nearest neighbour whatever k says": lambda p, y, row, k, step: _point(p, y, row, 1, step),
    "it walks from the neighbour to the row: start at the row, so that step=0 is the row itself": _from_neighbour,
    "that is the step alone: add it to the row": lambda p, y, row, k, step: (
        step * (p[_ranked(p, y, row)[k - 1]] - p[row])
    ),
    "it walks away from the neighbour: subtract the row from the neighbour, not the other way round": (
        lambda p, y, row, k, step: _point(p, y, row, k, -step)
    ),
    "that is the middle of the two, whatever `step` says": lambda p, y, row, k, step: _point(p, y, row, k, 0.5),
    "that is the neighbour itself: go only the share `step` of the way": lambda p, y, row, k, step: _point(
        p, y, row, k, 1.0
    ),
    POSITION: lambda p, y, row, k, step: p[row] + step * (p[_places(p, y, row)[k - 1]] - p[row]),
    f"{POSITION}; and the row itself is there, too": lambda p, y, row, k, step: (
        p[row] + step * (p[_places(p, y, row, itself=True)[k]] - p[row])
    ),
    "The distances are city-block ones, the sum of both differences. Take straight-line distances, as SMOTE does": (
        lambda *a: _point(*a, order=1)
    ),
    "The distances are the larger of both differences. Take straight-line distances, as SMOTE does": (
        lambda *a: _point(*a, order=np.inf)
    ),
    "it counts from 0: k=1 is the nearest": lambda p, y, row, k, step: _point(p, y, row, k + 1, step),
}


def _spread_out(rng: np.random.Generator, rows: int) -> np.ndarray:
    """Return points of which no two are equally far from a third, by a clear margin."""
    while True:
        points = rng.normal(size=(rows, 2)).round(3)
        distances = np.sort(np.linalg.norm(points[:, None] - points[None], axis=2), axis=1)
        if np.diff(distances, axis=1).min() > 1e-4:
            return points


def _flat(answer: Any) -> Any:
    """Wrap a function, or take an array, so that a point may come as an array of any shape."""
    if isinstance(answer, np.ndarray):
        return answer.ravel()
    if not callable(answer):
        return answer

    def call(*arguments: Any) -> Any:
        came = answer(*arguments)
        return came.ravel() if isinstance(came, np.ndarray) else came

    return call


@task("smote-by-hand", points=4)
def smote_by_hand(two_nearest: Any, new_point: Any, synthetic_point: Any) -> Iterable[Finding]:
    """One synthetic point of six points, then a function for any points."""
    yield value(
        "two_nearest",
        _flat(two_nearest),  # `kneighbors` returns shape (1, 2)
        [1, 3],
        mistakes={
            BETWEEN_CLASSES: [4, 5],
            ITSELF: [2, 1],
            "these are the right two in the wrong order: nearest first": [3, 1],
            "the second is not the nearest of those that are left: measure the distances": [1, 0],
        },
        kind="two row numbers, the nearest first",
    )
    yield value(
        "new_point",
        _flat(new_point),
        [4.25, 2.75],
        mistakes={
            BETWEEN_CLASSES: [3.8, 2.35],
            "that lies on the way to the nearest neighbour: row 2 to its second nearest is asked for": [3.5, 2.25],
            "you walked from the neighbour to row 2: start at row 2": [4.75, 4.25],
            "that is the step alone: add it to row 2": [0.25, 0.75],
            "you walked away from the neighbour: subtract row 2 from the neighbour": [3.75, 1.25],
            "that is the middle: go a quarter of the way": [4.5, 3.5],
        },
        kind="two numbers, feature_1 and feature_2",
    )
    rng = fresh_generator("smote-by-hand")

    def draw() -> list[tuple[Any, ...]]:
        calls = []
        for k in (1, 2, 3):
            points, labels = _spread_out(rng, 14), rng.permutation([0] * 8 + [1] * 6)
            row = int(rng.choice(np.flatnonzero(labels == 1)))
            calls.append((points, labels, row, k, round(float(rng.uniform(0.1, 0.4)), 2)))
        return calls

    def right(points: Any, labels: Any, row: int, k: int, step: float) -> Any:
        return _point(points, labels, row, k, step)

    inputs = telling_inputs(draw, right, _KNOWN.values(), tolerance=POINT_TOLERANCE)
    yield function(
        "synthetic_point",
        _flat(synthetic_point),
        right,
        inputs,
        about=[f"14 points, row={row}, k={k} and step={step}" for _, _, row, k, step in inputs],
        mistakes=_KNOWN,
        errors={
            "'numpy.ndarray' object has no attribute": "the check calls it with NumPy arrays",
            "positional argument": "the check calls synthetic_point(points, labels, row, k, step)",
        },
        tolerance=POINT_TOLERANCE,
        kind="an array of two numbers",
        share=2,
    )


@task("smote-counts", points=3)
def smote_counts(counts_smote: Any, new_points: Any, largest_k: Any) -> Iterable[Finding]:
    """What SMOTE adds to the two-feature set, and the most neighbours that a fold of a cross-validation allows."""
    yield value(
        "counts_smote",
        counts_smote,
        {0: 9900, 1: 1980},
        mistakes={
            "these are the counts before SMOTE": {0: 9900, 1: 100},
            "these are the counts of the worked example, at the ratio 0.5": {0: 9900, 1: 4950},
            "both classes have the same number of rows, the default: give the ratio as `sampling_strategy`": {
                0: 9900,
                1: 9900,
            },
            "that is a fifth of all rows: the ratio is minority rows over majority rows": {0: 9900, 1: 2475},
            "these are the new points alone: the 100 rows themselves stay": {0: 9900, 1: 1880},
            "that is undersampling: the majority was cut": {0: 500, 1: 100},
            "the classes are swapped: label 1 is the minority": {0: 1980, 1: 9900},
        },
    )
    yield value(
        "new_points",
        new_points,
        1880,
        mistakes={
            "these are all minority rows afterwards: 100 of them were there before": 1980,
            "that is the number in the worked example, at the ratio 0.5": 4850,
            "that is the number up to 1:1": 9800,
            "that is the number up to a fifth of all rows: the ratio is minority rows over majority rows": 2375,
            "these are all minority rows at a fifth of all rows: the ratio is minority over majority rows, and 100 of "
            "them were there before": 2475,
            "these are all rows after SMOTE: count the new ones": 11880,
        },
        share=0.5,
    )
    rng = fresh_generator("smote-counts")

    def ceiling(positives: int, n_splits: int) -> int:
        return -(-positives // n_splits)

    mistakes: dict[str, Callable[..., Any]] = {
        "these are the positives of the smallest training part: one of them is the row itself, which needs k others": (
            lambda n, s: n - ceiling(n, s)
        ),
        "that counts the positives of the whole set: a fold's training part has fewer": lambda n, s: n - 1,
        "that counts the whole set, and the row itself as a neighbour": lambda n, s: n,
        "that looks at the test part: SMOTE sees the training part": lambda n, s: ceiling(n, s) - 1,
        "that looks at a test part, and rounds down: SMOTE sees the training part": lambda n, s: n // s - 1,
        "that is the size of a test part: SMOTE sees the training part": lambda n, s: n // s,
        "that holds for the largest training part: when the positives cannot be shared out evenly some training parts "
        "have one less": lambda n, s: n - n // s - 1,
        "that rounds: when the positives cannot be shared out evenly some training parts have one less": (
            lambda n, s: round(n - n / s) - 1
        ),
        "it is one too small: k others and the row itself need k + 1 positives": lambda n, s: n - ceiling(n, s) - 2,
        "give a whole number, that of the smallest training part": lambda n, s: n * (s - 1) / s - 1,
    }

    def draw() -> list[tuple[Any, ...]]:
        splits = rng.choice(np.arange(4, 11), size=3, replace=False)
        uneven = [(int(s) * int(rng.integers(2, 6)) + int(rng.integers(1, s)), int(s)) for s in splits]
        return [*uneven, (40, 5)]

    def right(positives: int, n_splits: int) -> int:
        return positives - ceiling(positives, n_splits) - 1

    inputs = telling_inputs(draw, right, mistakes.values())
    yield function(
        "largest_k",
        largest_k,
        right,
        inputs,
        about=[f"positives={n} and n_splits={s}" for n, s in inputs],
        mistakes=mistakes,
        errors={"positional argument": "the check calls largest_k(positives, n_splits)"},
        share=1.5,
    )
