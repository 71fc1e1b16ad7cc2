"""The bonus tasks of lesson 7: costs by row, many classes, and the focal loss."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function
from imbalanced_course.checks.cost_sensitive.weights import ARRAYS_COME
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task


def _priced(y: Any, flagged: Any, amount: Any, reading: float) -> float:
    return float(np.sum(amount[~flagged & (y == 1)]) + reading * np.sum(flagged))


@task("bonus-row-costs", points=0)
def bonus_row_costs(worth_reading: Any, total_cost: Any) -> Iterable[Finding]:
    """Which payments are worth an alert when the loss is their amount, and what a decision costs then."""
    rng = fresh_generator("bonus-row-costs")

    def payments(rows: int, reading: float) -> tuple[Any, ...]:
        amount = np.round(rng.uniform(0.5, 400, size=rows), 2)
        return np.round(rng.beta(0.4, 4, size=rows), 4), amount, reading

    rows = [payments(60, 10), payments(80, 25), (np.array([0.1, 0.2]), np.array([100.0, 40.0]), 10)]
    yield function(
        "worth_reading",
        worth_reading,
        lambda p, amount, reading: p * amount >= reading,
        rows,
        about=["60 payments, reading costs 10", "80 payments, reading costs 25", "2 payments, the first on the edge"],
        mistakes={
            "it flags where p x amount > reading: on the edge both choices cost the same, and the task says flag": (
                lambda p, amount, reading: p * amount > reading
            ),
            "that takes a true alert for free: reading it costs as well, so compare p x amount with the reading": (
                lambda p, amount, reading: p * amount >= (1 - p) * reading
            ),
            "that is one threshold from the mean amount: each payment has its own": (
                lambda p, amount, reading: p >= reading / np.mean(amount)
            ),
            "these are the ones to leave alone: give True for those worth an alert": (
                lambda p, amount, reading: p * amount < reading
            ),
            "threshold 0.5 with unequal costs": lambda p, amount, reading: p >= 0.5,
            "costs upside down: it compares p with amount / reading": (
                lambda p, amount, reading: p >= amount / (amount + reading)
            ),
        },
        errors={
            **ARRAYS_COME,
            "ambiguous": "`if` takes one truth value: compare the whole arrays at once",
            "positional argument": "the check calls worth_reading(p, amount, reading)",
        },
        kind="an array of True and False",
        share=1,
    )
    decided = []
    for p, amount, reading in rows[:2]:
        y = (rng.random(len(p)) < 0.2).astype(int)
        decided.append((y, p >= rng.uniform(0.02, 0.1), amount, reading))
    yield function(
        "total_cost",
        total_cost,
        _priced,
        decided,
        about=["60 payments, reading costs 10", "80 payments, reading costs 25"],
        mistakes={
            "it reads false alarms alone: a true alert is read, too": (
                lambda y, flagged, amount, reading: amount[~flagged & (y == 1)].sum() + reading * flagged[y == 0].sum()
            ),
            "it loses the amount of every payment left alone: only fraud is lost": (
                lambda y, flagged, amount, reading: amount[~flagged].sum() + reading * flagged.sum()
            ),
            "it loses the amounts of all frauds, those flagged included": (
                lambda y, flagged, amount, reading: amount[y == 1].sum() + reading * flagged.sum()
            ),
            "it counts the misses: each costs its own amount": (
                lambda y, flagged, amount, reading: np.sum(~flagged & (y == 1)) + reading * flagged.sum()
            ),
            "that is a cost per payment: give the total": (
                lambda y, flagged, amount, reading: _priced(y, flagged, amount, reading) / len(y)
            ),
            "it forgets what reading costs": lambda y, flagged, amount, reading: amount[~flagged & (y == 1)].sum(),
        },
        errors={**ARRAYS_COME, "positional argument": "the check calls total_cost(y_true, flagged, amount, reading)"},
        kind="a number, euro",
        tolerance=0.01,
        share=1,
    )


def _row_weights(y: Any) -> Any:
    classes, places, counts = np.unique(y, return_inverse=True, return_counts=True)
    return len(y) / (len(classes) * counts[places])


def _by_place(formula: Callable[[int, int, Any], Any]) -> Callable[[Any], Any]:
    def weights(y: Any) -> Any:
        classes, places, counts = np.unique(y, return_inverse=True, return_counts=True)
        return formula(len(y), len(classes), counts[places])

    return weights


@task("bonus-many-classes", points=0)
def bonus_many_classes(row_weights: Any, cheapest_class: Any) -> Iterable[Finding]:
    """Balanced weights row by row for any number of classes, and the class with the lowest expected cost."""
    rng = fresh_generator("bonus-many-classes")
    labels = [
        (rng.permutation(np.repeat([0, 1, 2], [70, 6, int(rng.integers(3, 9))])),),
        (rng.permutation(np.repeat(["fine", "rust", "scratch", "hole"], [60, 9, 7, int(rng.integers(2, 5))])),),
    ]
    yield function(
        "row_weights",
        row_weights,
        _row_weights,
        labels,
        about=["three classes, 0 to 2", "four classes with texts for labels"],
        mistakes={
            "these are the weights by class: give one number for each row": lambda y: (
                len(y) / (len(np.unique(y)) * np.unique(y, return_counts=True)[1])
            ),
            "the number of classes is missing below the line": _by_place(lambda n, k, count: n / count),
            "that is 2 below the line: divide by the number of classes": _by_place(lambda n, k, count: n / (2 * count)),
            "that is upside down: the rare class needs the large weight": _by_place(lambda n, k, count: k * count / n),
            "that is 1 / count: right in their ratio, but the weights should sum up to the number of rows": _by_place(
                lambda n, k, count: 1 / count
            ),
        },
        errors={**ARRAYS_COME, "positional argument": "the check calls row_weights(y) with one array"},
        kind="one number a row",
        share=1,
    )

    def case(rows: int, classes: int) -> tuple[Any, Any]:
        p = rng.dirichlet(np.full(classes, 0.6), size=rows)
        costs = rng.integers(1, 60, size=(classes, classes)).astype(float)
        np.fill_diagonal(costs, 0)
        return p, costs

    yield function(
        "cheapest_class",
        cheapest_class,
        lambda p, costs: np.argmin(p @ costs, axis=1),
        [case(50, 3), case(50, 4)],
        about=["50 rows, three classes", "50 rows, four classes"],
        mistakes={
            "that is the likeliest class, and the costs had no say": lambda p, costs: np.argmax(p, axis=1),
            "costs upside down: rows of the cost matrix are what is true, columns what is decided": (
                lambda p, costs: np.argmin(p @ costs.T, axis=1)
            ),
            "that is the dearest class: take the lowest expected cost": lambda p, costs: np.argmax(p @ costs, axis=1),
            "that is one class for all rows: take the lowest cost of each row (`axis=1`)": (
                lambda p, costs: np.argmin(p @ costs, axis=0)
            ),
        },
        errors={
            **ARRAYS_COME,
            "positional argument": "the check calls cheapest_class(probabilities, costs)",
            "mismatch": "probabilities are rows x classes, costs classes x classes: `probabilities @ costs`",
        },
        kind="one class number a row",
        share=1,
    )


def _focal(y: Any, p: Any, gamma: float) -> float:
    right = np.where(y == 1, p, 1 - p)
    return float(np.mean(-((1 - right) ** gamma) * np.log(right)))


@task("bonus-focal-loss", points=0)
def bonus_focal_loss(focal_loss: Any) -> Iterable[Finding]:
    """The focal loss of Lin and others (2017), without class weights."""
    rng = fresh_generator("bonus-focal-loss")
    inputs = []
    for gamma in (0, 2, 3.5):
        y = np.concatenate([np.ones(4, dtype=int), np.zeros(26, dtype=int)])
        inputs.append((rng.permutation(y), rng.uniform(0.02, 0.98, size=30), gamma))

    def q(y: Any, p: Any) -> Any:
        return np.where(y == 1, p, 1 - p)

    yield function(
        "focal_loss",
        focal_loss,
        _focal,
        inputs,
        about=["30 rows, gamma 0", "30 rows, gamma 2", "30 rows, gamma 3.5"],
        mistakes={
            "that is the log loss whatever gamma is": lambda y, p, gamma: _focal(y, p, 0),
            "the minus is missing: a loss is never negative": lambda y, p, gamma: -_focal(y, p, gamma),
            "that is the sum, and the minus is missing: a loss is never negative, and the mean is asked for": (
                lambda y, p, gamma: -_focal(y, p, gamma) * len(y)
            ),
            "that is the sum: take the mean over the rows": lambda y, p, gamma: _focal(y, p, gamma) * len(y),
            "it takes p for every row: a negative's probability of its own class is 1 - p": (
                lambda y, p, gamma: np.mean(-((1 - p) ** gamma) * np.log(p))
            ),
            "it weighs by q ** gamma: that makes the easy rows heavy. Weigh by (1 - q) ** gamma": (
                lambda y, p, gamma: np.mean(-(q(y, p) ** gamma) * np.log(q(y, p)))
            ),
            "it multiplies by gamma: raise (1 - q) to the power": (
                lambda y, p, gamma: np.mean(-gamma * (1 - q(y, p)) * np.log(q(y, p)))
            ),
            "it counts the positives alone": (
                lambda y, p, gamma: np.mean(-((1 - p[y == 1]) ** gamma) * np.log(p[y == 1]))
            ),
        },
        errors={
            **ARRAYS_COME,
            "ambiguous": "`if` takes one truth value: use np.where for whole arrays",
            "positional argument": "the check calls focal_loss(y_true, p, gamma)",
        },
        kind="one number, 0 or more",
        tolerance=1e-4,
    )
