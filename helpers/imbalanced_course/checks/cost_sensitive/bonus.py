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
        about=[
            "60 payments, reading costs 10",
            "80 payments, reading costs 25",
            "2 payments, the first exactly on the edge",
        ],
        mistakes={
            "It flags where p x amount > reading. Where both choices cost the same, the task says flag.": (
                lambda p, amount, reading: p * amount > reading
            ),
            "That makes a hit free. Reading it costs as well, so compare p x amount with the reading.": (
                lambda p, amount, reading: p * amount >= (1 - p) * reading
            ),
            "That's one threshold from the mean amount. Each payment has its own.": (
                lambda p, amount, reading: p >= reading / np.mean(amount)
            ),
            "These are the payments not to flag. Give True for those worth an alert.": (
                lambda p, amount, reading: p * amount < reading
            ),
            "That's 0.5 with unequal costs. Compare p x amount with the reading.": lambda p, amount, reading: p >= 0.5,
            "The costs are swapped. Compare p with reading / amount.": (
                lambda p, amount, reading: p >= amount / (amount + reading)
            ),
        },
        errors={
            **ARRAYS_COME,
            "ambiguous": "`if` takes one truth value. Compare the whole arrays at once.",
            "positional argument": "The check calls worth_reading(p, amount, reading).",
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
            "It charges false alarms only. A hit is read, too.": (
                lambda y, flagged, amount, reading: amount[~flagged & (y == 1)].sum() + reading * flagged[y == 0].sum()
            ),
            "It loses the amount of every payment that isn't flagged. Only fraud is lost.": (
                lambda y, flagged, amount, reading: amount[~flagged].sum() + reading * flagged.sum()
            ),
            "It loses the amounts of all frauds. A flagged one is stopped.": (
                lambda y, flagged, amount, reading: amount[y == 1].sum() + reading * flagged.sum()
            ),
            "It counts the misses. Each costs its own amount.": (
                lambda y, flagged, amount, reading: np.sum(~flagged & (y == 1)) + reading * flagged.sum()
            ),
            "That's a cost per payment. Give the total.": (
                lambda y, flagged, amount, reading: _priced(y, flagged, amount, reading) / len(y)
            ),
            "It leaves out what reading costs. Charge each alert.": lambda y, flagged, amount, reading: amount[
                ~flagged & (y == 1)
            ].sum(),
        },
        errors={**ARRAYS_COME, "positional argument": "The check calls total_cost(y_true, flagged, amount, reading)."},
        kind="a number, euros",
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
            "These are the weights by class. Give one number for each row.": lambda y: (
                len(y) / (len(np.unique(y)) * np.unique(y, return_counts=True)[1])
            ),
            "The number of classes is missing below the line. Divide by classes x count.": _by_place(
                lambda n, k, count: n / count
            ),
            "That's 2 below the line. Divide by the number of classes.": _by_place(lambda n, k, count: n / (2 * count)),
            "That's inverted. The rare class needs the large weight.": _by_place(lambda n, k, count: k * count / n),
            "That's 1 / count. The ratios are right, but the weights should add up to the number of rows.": _by_place(
                lambda n, k, count: 1 / count
            ),
        },
        errors={**ARRAYS_COME, "positional argument": "The check calls row_weights(y) with one array."},
        kind="one number per row",
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
            "That's the most probable class, and the costs had no say. Minimize the expected cost.": lambda p, costs: (
                np.argmax(p, axis=1)
            ),
            "The costs are swapped. Rows of the cost matrix are what is true, columns what is decided.": (
                lambda p, costs: np.argmin(p @ costs.T, axis=1)
            ),
            "That's the most expensive class. Take the lowest expected cost.": lambda p, costs: np.argmax(
                p @ costs, axis=1
            ),
            "That's one class for all rows. Take the lowest cost of each row (`axis=1`).": (
                lambda p, costs: np.argmin(p @ costs, axis=0)
            ),
        },
        errors={
            **ARRAYS_COME,
            "positional argument": "The check calls cheapest_class(probabilities, costs).",
            "mismatch": "Probabilities are rows x classes, costs classes x classes. Write `probabilities @ costs`.",
        },
        kind="one class number per row",
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
            "That's the log loss whatever gamma is. Multiply by (1 - q) ** gamma.": lambda y, p, gamma: _focal(y, p, 0),
            "The minus is missing. A loss is never negative.": lambda y, p, gamma: -_focal(y, p, gamma),
            "That's the sum, and the minus is missing. A loss is never negative; take the mean.": (
                lambda y, p, gamma: -_focal(y, p, gamma) * len(y)
            ),
            "That's the sum. Take the mean over the rows.": lambda y, p, gamma: _focal(y, p, gamma) * len(y),
            "It takes p for every row. A negative's probability of its own class is 1 - p.": (
                lambda y, p, gamma: np.mean(-((1 - p) ** gamma) * np.log(p))
            ),
            "It weighs by q ** gamma, which makes the easy rows heavy. Weigh by (1 - q) ** gamma.": (
                lambda y, p, gamma: np.mean(-(q(y, p) ** gamma) * np.log(q(y, p)))
            ),
            "It multiplies by gamma. Raise (1 - q) to that power.": (
                lambda y, p, gamma: np.mean(-gamma * (1 - q(y, p)) * np.log(q(y, p)))
            ),
            "It counts only the positives. Negatives have a loss, too.": (
                lambda y, p, gamma: np.mean(-((1 - p[y == 1]) ** gamma) * np.log(p[y == 1]))
            ),
        },
        errors={
            **ARRAYS_COME,
            "ambiguous": "`if` takes one truth value. Use np.where for whole arrays.",
            "positional argument": "The check calls focal_loss(y_true, p, gamma).",
        },
        kind="one number, 0 or more",
        tolerance=1e-4,
    )
