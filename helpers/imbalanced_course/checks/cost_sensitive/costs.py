"""Money: what a confusion matrix costs, and the threshold that follows from the costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs

# Task 7.3's story: rows are what is true, columns what was decided.
STORY = np.array([[0, 10], [1_000, 10]])
CAREFUL, BOLD = np.array([[9_880, 20], [60, 40]]), np.array([[9_400, 500], [14, 86]])

# Costs may be rounded to cents, thresholds to four decimals.
CENT, FOUR_DECIMALS = 0.006, 6e-5

CALLED_WITH_ARRAYS = {
    "must be real number, not": "the check calls it with 2 x 2 arrays",
    "positional argument": "the check calls it with the arguments of the stub",
}


def _fresh_costs(rng: np.random.Generator) -> Any:
    """Return a cost matrix with four different cells in which a right decision is cheaper than a wrong one."""
    right = rng.choice(np.arange(1, 10), size=2, replace=False)
    alarm, miss = int(rng.integers(12, 40)), int(rng.integers(200, 900))
    return np.array([[right[0], alarm], [miss, right[1]]])


def _per_row(counts: Any, costs: Any) -> float:
    return float(np.sum(counts * costs) / np.sum(counts))


@task("expected-cost", points=3)
def expected_cost(cost_matrix: Any, cost_per_row: Any, cheaper: Any) -> Iterable[Finding]:
    """The cost matrix of a story, the cost per row of a decision, and which of two decisions is cheaper."""
    table = cost_matrix.tolist() if isinstance(cost_matrix, np.ndarray) else cost_matrix
    yield value(
        "cost_matrix",
        table,
        STORY.tolist(),
        mistakes={
            "costs upside down: the lower left cell is the miss (row 1: it is fraud; column 0: left alone)": (
                STORY.T.tolist()
            ),
            "costs upside down: the lower left cell is the miss, the dear one": [[0, 1_000], [10, 10]],
            "a true alert is read by a person, too: the lower right cell is not free": [[0, 10], [1_000, 0]],
            "rows and columns start with class 0: the first row is what happens to an honest payment": [
                [10, 1_000],
                [10, 0],
            ],
            "a fraud that is caught costs the reading, not the reading and the loss": [[0, 10], [1_000, 1_010]],
            "money lost is a positive cost": (-STORY).tolist(),
            "a payment that is rightly left alone is read by nobody: it costs nothing": [[10, 10], [1_000, 10]],
        },
        kind="a list of two lists with two numbers each",
    )
    rng = fresh_generator("expected-cost")

    def draw() -> list[tuple[Any, ...]]:
        calls = []
        for rows in (1_000, 700, 5_000):
            counts = np.array([[rows, rng.integers(20, 60)], [rng.integers(5, 19), rng.integers(60, 90)]])
            calls.append((counts, _fresh_costs(rng)))
        return calls

    mistakes: dict[str, Callable[..., Any]] = {
        "costs upside down: it prices a miss as a false alarm (one of the two tables is turned over)": (
            lambda n, c: _per_row(n, c.T)
        ),
        "that is the total: divide by the number of rows": lambda n, c: np.sum(n * c),
        "it forgets the diagonal: right decisions can cost something, too": (
            lambda n, c: (n[0, 1] * c[0, 1] + n[1, 0] * c[1, 0]) / np.sum(n)
        ),
        "it forgets the cost of a true alert": lambda n, c: _per_row(n, c * np.array([[1, 1], [1, 0]])),
        "it divides by the wrong decisions: divide by all rows": (lambda n, c: np.sum(n * c) / (n[0, 1] + n[1, 0])),
        "it divides by the four cells: divide by all rows": lambda n, c: np.mean(n * c),
        "that is a matrix product: multiply cell by cell": lambda n, c: np.sum(n @ c) / np.sum(n),
        "it divides by the positive rows: divide by all rows": lambda n, c: np.sum(n * c) / np.sum(n[1]),
    }
    inputs = telling_inputs(draw, _per_row, mistakes.values(), tolerance=CENT)
    yield function(
        "cost_per_row",
        cost_per_row,
        _per_row,
        inputs,
        about=[f"{int(n.sum())} decisions and a cost matrix with four different cells" for n, _ in inputs],
        mistakes=mistakes,
        errors=CALLED_WITH_ARRAYS,
        kind="one number, euro a row",
        tolerance=CENT,
    )
    yield value(
        "cheaper",
        cheaper,
        "bold",
        mistakes={
            "that one has the higher accuracy, and costs upside down would say so, too: price the misses": "careful",
        },
        kind="'careful' or 'bold'",
    )


def _from_costs(costs: Any) -> float:
    """Return the threshold of Elkan (2001): flag where the expected cost of leaving alone is at least as high."""
    alarm, saved = costs[0, 1] - costs[0, 0], costs[1, 0] - costs[1, 1]
    return float(alarm / (alarm + saved))


@task("threshold-from-costs", points=3)
def threshold_from_costs(cheapest_threshold: Any, t_star: Any) -> Iterable[Finding]:
    """The threshold that follows from a cost matrix with four cells."""
    rng = fresh_generator("threshold-from-costs")

    def draw() -> list[tuple[Any, ...]]:
        simple = np.array([[0, int(rng.integers(5, 30))], [int(rng.integers(300, 900)), 0]])
        return [(_fresh_costs(rng),), (simple,), (_fresh_costs(rng),)]

    mistakes: dict[str, Callable[..., Any]] = {
        "costs upside down: the cost of a false alarm stands above the line": lambda c: 1 - _from_costs(c),
        "that takes the two errors alone: subtract what the right decision would have cost": (
            lambda c: c[0, 1] / (c[0, 1] + c[1, 0])
        ),
        "costs upside down, and the right decisions are forgotten": lambda c: c[1, 0] / (c[0, 1] + c[1, 0]),
        "that is the ratio of the two costs, the odds: the probability is a / (a + b)": (
            lambda c: (c[0, 1] - c[0, 0]) / (c[1, 0] - c[1, 1])
        ),
        "that is the plain ratio of the two errors: the probability is a / (a + b), of differences": (
            lambda c: c[0, 1] / c[1, 0]
        ),
        "that is the ratio upside down": lambda c: c[1, 0] / c[0, 1],
        "it adds the cost of the right decisions: subtract it, for that much is paid anyway": (
            lambda c: (c[0, 1] + c[0, 0]) / np.sum(c)
        ),
        "that divides by the sum of all four cells": lambda c: c[0, 1] / np.sum(c),
        "threshold 0.5 with unequal costs: 0.5 is right only where both errors cost the same": lambda c: 0.5,
        "it reads the table turned over: row 1 is fraud, column 0 is left alone": lambda c: _from_costs(c.T),
    }
    inputs = telling_inputs(draw, _from_costs, mistakes.values(), tolerance=FOUR_DECIMALS)
    yield function(
        "cheapest_threshold",
        cheapest_threshold,
        _from_costs,
        inputs,
        about=["a cost matrix with four different cells", "one with a free diagonal", "another with four cells"],
        mistakes=mistakes,
        errors={
            **CALLED_WITH_ARRAYS,
            "list indices": "cells of an array are `costs[row, column]`",
            "not enough values": "the check calls cheapest_threshold(costs) with one 2 x 2 array",
        },
        tolerance=FOUR_DECIMALS,
        share=2,
    )
    yield value(
        "t_star",
        t_star,
        _from_costs(STORY),
        mistakes={
            "that is for a true alert that costs nothing: here reading it costs 10 as well": 10 / 1_010,
            "costs upside down": 1 - _from_costs(STORY),
            "threshold 0.5 with unequal costs": 0.5,
            "that is the ratio of the cost differences, the odds: the probability is a / (a + b)": 10 / 990,
            "that adds the 10 of a true alert: it is paid in place of the miss, so subtract it": 10 / 1_020,
        },
        tolerance=2e-5,
        share=1,
    )
