"""SMOTE: one point by hand, the counts, and how many neighbors there can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs

BETWEEN_CLASSES = "That's interpolating between classes. Look for neighbors only among the minority rows (section 2)."
POSITION = (
    "A place in the list of minority rows was taken for a row number of `points`. Look the number up in that list"
)
POINT_TOLERANCE = 6e-4
ITSELF = "The row itself was counted as its nearest neighbor. Leave it out"


def _ranked(
    points: Any, labels: Any, row: int, *, of_minority: bool = True, itself: bool = False, order: float = 2
) -> np.ndarray:
    """Return row numbers from the nearest to the farthest of `row`; `order` is that of the norm."""
    distance = np.linalg.norm(points - points[row], ord=order, axis=1)
    ranked = np.argsort(distance, kind="stable")
    keep = [i for i in ranked if (itself or i != row) and (labels[i] == 1 or not of_minority)]
    return np.array(keep)


def _point(points: Any, labels: Any, row: int, k: int, step: float, **ranking: Any) -> np.ndarray:
    start, neighbor = np.asarray(points[row]), np.asarray(points[_ranked(points, labels, row, **ranking)[k - 1]])
    return np.asarray(start + step * (neighbor - start))


def _places(points: Any, labels: Any, row: int, *, itself: bool = False) -> np.ndarray:
    """Return places in the list of minority rows, from the nearest to the farthest of `row`: no row numbers."""
    listed = np.array([i for i in np.flatnonzero(labels == 1) if itself or i != row])
    return np.argsort(np.linalg.norm(points[listed] - points[row], axis=1), kind="stable")


def _from_neighbor(points: Any, labels: Any, row: int, k: int, step: float) -> np.ndarray:
    return _point(points, labels, row, k, 1 - step)


_KNOWN: dict[str, Callable[..., Any]] = {
    BETWEEN_CLASSES: lambda *a: _point(*a, of_minority=False),
    "Neighbors were taken from all rows, and the row itself was counted as one. Keep other minority rows.": lambda *a: (
        _point(*a, of_minority=False, itself=True)
    ),
    f"{ITSELF} (hint 1), so that k=1 is another row.": lambda *a: _point(*a, itself=True),
    "It takes the nearest neighbor whatever k says. Take the k-th (hint 2).": lambda p, y, row, k, step: _point(
        p, y, row, 1, step
    ),
    "It goes from the neighbor to the row. Start at the row, so that step=0 is the row itself "
    "(section 2).": _from_neighbor,
    "That's only the step. Add it to the row (section 2).": lambda p, y, row, k, step: (
        step * (p[_ranked(p, y, row)[k - 1]] - p[row])
    ),
    "It goes away from the neighbor. Subtract the row from the neighbor (section 2).": (
        lambda p, y, row, k, step: _point(p, y, row, k, -step)
    ),
    "That's the middle of the two, whatever `step` says. Use `step`.": lambda p, y, row, k, step: _point(
        p, y, row, k, 0.5
    ),
    "That's the neighbor itself. Go only the share `step` of the way.": lambda p, y, row, k, step: _point(
        p, y, row, k, 1.0
    ),
    f"{POSITION} (hint 2).": lambda p, y, row, k, step: p[row] + step * (p[_places(p, y, row)[k - 1]] - p[row]),
    f"{POSITION}, and leave out the row itself (hint 2).": lambda p, y, row, k, step: (
        p[row] + step * (p[_places(p, y, row, itself=True)[k]] - p[row])
    ),
    "The distances are city-block ones, the sum of both differences. Take straight-line distances, as SMOTE does "
    "(hint 2).": (lambda *a: _point(*a, order=1)),
    "The distances are the larger of both differences. Take straight-line distances, as SMOTE does (hint 2).": (
        lambda *a: _point(*a, order=np.inf)
    ),
    "It counts from 0, but k=1 is the nearest (hint 3).": lambda p, y, row, k, step: _point(p, y, row, k + 1, step),
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


@task(
    "smote-by-hand",
    points=5,
    consequence="Both circles were closer to row 2, and SMOTE passed them over: it never looks at the majority.",
)
def smote_by_hand(two_nearest: Any, new_point: Any, synthetic_point: Any) -> Iterable[Finding]:
    """One synthetic point of six points, then a function for any points."""
    yield value(
        "two_nearest",
        _flat(two_nearest),  # `kneighbors` returns shape (1, 2)
        [1, 3],
        mistakes={
            BETWEEN_CLASSES: [4, 5],
            f"{ITSELF} (hint 1).": [2, 1],
            "These are the right two in the wrong order. Put the nearest first.": [3, 1],
            "The second isn't the nearest of the remaining rows. Measure the distances (hint 2).": [1, 0],
        },
        kind="two row numbers, the nearest first",
    )
    yield value(
        "new_point",
        _flat(new_point),
        [4.25, 2.75],
        mistakes={
            BETWEEN_CLASSES: [3.8, 2.35],
            "That's on the way to the nearest neighbor. Go from row 2 to its second nearest (step 2).": [3.5, 2.25],
            "You went from the neighbor to row 2. Start at row 2 (section 2).": [4.75, 4.25],
            "That's only the step. Add it to row 2 (section 2).": [0.25, 0.75],
            "You went away from the neighbor. Subtract row 2 from the neighbor (section 2).": [3.75, 1.25],
            "That's the middle. Go a quarter of the way (step 2).": [4.5, 3.5],
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
            "positional argument": "The check calls synthetic_point(points, labels, row, k, step).",
        },
        tolerance=POINT_TOLERANCE,
        kind="an array of two numbers",
        share=2,
    )


@task("bonus-smote-counts", points=0)
def bonus_smote_counts(counts_smote: Any, new_points: Any, largest_k: Any) -> Iterable[Finding]:
    """What SMOTE adds to the two-feature set, and the most neighbors that a fold of a cross-validation allows."""
    yield value(
        "counts_smote",
        counts_smote,
        {0: 9900, 1: 1980},
        mistakes={
            "These are the counts before SMOTE.": {0: 9900, 1: 100},
            "These are the counts at the ratio 0.5. The task asks for 0.2.": {0: 9900, 1: 4950},
            "Both classes have the same number of rows, the default. Pass the ratio as `sampling_strategy`.": {
                0: 9900,
                1: 9900,
            },
            "That's a fifth of all rows. The ratio is minority rows over majority rows.": {0: 9900, 1: 2475},
            "These are only the new points. The 100 rows themselves stay.": {0: 9900, 1: 1880},
            "That's undersampling, because majority rows are gone. SMOTE adds minority rows.": {0: 500, 1: 100},
            "The classes are swapped. Label 1 is the minority.": {0: 1980, 1: 9900},
        },
    )
    yield value(
        "new_points",
        new_points,
        1880,
        mistakes={
            "These are all minority rows afterward. Subtract the 100 that were there before.": 1980,
            "That's the number at the ratio 0.5. The task asks for 0.2.": 4850,
            "That's the number up to 1:1. Stop at the ratio 0.2.": 9800,
            "That's the number up to a fifth of all rows. The ratio is minority rows over majority rows.": 2375,
            "These are all minority rows at a fifth of all rows. The ratio is minority over majority rows, and 100 of "
            "them were there before.": 2475,
            "These are all rows after SMOTE. Count the new ones.": 11880,
        },
        share=0.5,
    )
    rng = fresh_generator("bonus-smote-counts")

    def ceiling(positives: int, n_splits: int) -> int:
        return -(-positives // n_splits)

    mistakes: dict[str, Callable[..., Any]] = {
        "These are all positives among the training rows. One of them is the row itself, which needs k others.": (
            lambda n, s: n - ceiling(n, s)
        ),
        "That counts the positives of the whole dataset. A fold's training rows have fewer.": lambda n, s: n - 1,
        "That counts the whole dataset, and the row itself. Count the training rows.": lambda n, s: n,
        "That looks at the test rows. SMOTE sees the training rows.": lambda n, s: ceiling(n, s) - 1,
        "That looks at the test rows, and rounds down. SMOTE sees the training rows.": lambda n, s: n // s - 1,
        "That's the number of positives in a test fold. SMOTE sees the training rows.": lambda n, s: n // s,
        "That's right for the most positives to train on. If the folds can't share them evenly, some have one less to "
        "train on.": lambda n, s: n - n // s - 1,
        "That rounds to the nearest. If the folds can't share the positives evenly, some have one less to train on.": (
            lambda n, s: round(n - n / s) - 1
        ),
        "It's one too small. k others and the row itself need k + 1 positives.": lambda n, s: n - ceiling(n, s) - 2,
        "Give a whole number, that of the fold with the fewest positives to train on.": lambda n, s: (
            n * (s - 1) / s - 1
        ),
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
        errors={"positional argument": "The check calls largest_k(positives, n_splits)."},
        share=1.5,
    )
