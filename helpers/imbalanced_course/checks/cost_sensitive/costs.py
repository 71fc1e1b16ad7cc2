"""Money: what a confusion matrix costs, and the threshold that follows from the costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs

# Task 7.1's story: rows are what is true, columns what was decided. Each row of the bill, less its right decision, is
# the matrix in the course's convention.
BILL = np.array([[0, 10], [1_000, 10]])
STORY = np.array([[0, 10], [990, 0]])

# Costs may be rounded to cents, thresholds to four decimals.
CENT, FOUR_DECIMALS = 0.006, 6e-5

CALLED_WITH_ARRAYS = {
    "must be real number, not": "The check calls it with 2 x 2 arrays.",
    "positional argument": "The check calls it with the arguments of the answer cell.",
}


def _fresh_costs(rng: np.random.Generator) -> Any:
    """Return a cost matrix with four different cells in which a right decision is cheaper than a wrong one."""
    right = rng.choice(np.arange(1, 10), size=2, replace=False)
    alarm, miss = int(rng.integers(12, 40)), int(rng.integers(200, 900))
    return np.array([[right[0], alarm], [miss, right[1]]])


def _per_row(counts: Any, costs: Any) -> float:
    return float(np.sum(counts * costs) / np.sum(counts))


@task(
    "expected-cost",
    points=3,
    consequence="The bold decision makes six times as many mistakes and costs a third. Most of its mistakes are cheap.",
)
def expected_cost(cost_matrix: Any, cost_per_row: Any, cheaper: Any) -> Iterable[Finding]:
    """The cost matrix of a story, the cost per row of a decision, and which of two decisions is cheaper."""
    table = cost_matrix.tolist() if isinstance(cost_matrix, np.ndarray) else cost_matrix
    yield value(
        "cost_matrix",
        table,
        STORY.tolist(),
        mistakes={
            "That's the bill. In the course's convention right decisions cost nothing, so subtract each row's right "
            "decision.": BILL.tolist(),
            "The costs are swapped. The lower-left cell is the miss (row 1 is fraud, column 0 is not flagged; "
            "section 1).": (STORY.T.tolist()),
            "The costs are swapped. That's the bill with its miss in the upper-right cell.": [[0, 1_000], [10, 10]],
            "That makes a hit free without making the miss cheaper. A hit is read for €10, so a miss adds €990 "
            "(section 1).": [
                [0, 10],
                [1_000, 0],
            ],
            "The rows are in the wrong order. The first row is what happens to an honest payment.": [
                [10, 0],
                [0, 990],
            ],
            "A stopped fraud costs the reading, so the miss adds 1,000 minus 10. You added the two (section 1).": [
                [0, 10],
                [1_010, 0],
            ],
            "A hit earns something there. In the course's convention right decisions cost 0, so subtract the hit's "
            "cost from both cells of its row (section 1).": [[0, 10], [0, -990]],
            "The signs are inverted. Money lost is a positive cost.": (-STORY).tolist(),
            "That subtracts the €10 also from an honest payment's row, whose right decision costs nothing "
            "(section 1).": [
                [0, 0],
                [990, 0],
            ],
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
        "The costs are swapped. It charges a miss as a false alarm, so one of the two tables is transposed.": (
            lambda n, c: _per_row(n, c.T)
        ),
        "That's the total. Divide it by the number of payments (hint 2).": lambda n, c: np.sum(n * c),
        "It leaves out the diagonal. The function takes any cost matrix, so right decisions can cost something.": (
            lambda n, c: (n[0, 1] * c[0, 1] + n[1, 0] * c[1, 0]) / np.sum(n)
        ),
        "It leaves out the hits. The function takes any cost matrix, so all four cells count.": (
            lambda n, c: _per_row(n, c * np.array([[1, 1], [1, 0]]))
        ),
        "It divides by the wrong decisions. Divide by all payments.": (
            lambda n, c: np.sum(n * c) / (n[0, 1] + n[1, 0])
        ),
        "It divides by the four cells. Divide by all payments.": lambda n, c: np.mean(n * c),
        "That's a matrix product. Multiply cell by cell, with `*` (hint 2).": lambda n, c: np.sum(n @ c) / np.sum(n),
        "It divides by the frauds. Divide by all payments.": lambda n, c: np.sum(n * c) / np.sum(n[1]),
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
        kind="one number, euros per payment",
        tolerance=CENT,
    )
    yield value(
        "cheaper",
        cheaper,
        "bold",
        mistakes={
            "That one has the higher accuracy. Count its misses and what they cost; see section 1.": "careful",
        },
        kind="'careful' or 'bold'",
    )


def _from_costs(costs: Any) -> float:
    """Return the threshold of Elkan (2001): flag where the expected cost of not flagging is at least as high."""
    alarm, saved = costs[0, 1] - costs[0, 0], costs[1, 0] - costs[1, 1]
    return float(alarm / (alarm + saved))


@task(
    "threshold-from-costs",
    points=2,
    consequence="The bill and its matrix in the course's convention give the same threshold: only differences count.",
)
def threshold_from_costs(cheapest_threshold: Any, t_star: Any) -> Iterable[Finding]:
    """The threshold that follows from a cost matrix with four cells."""
    rng = fresh_generator("threshold-from-costs")

    def draw() -> list[tuple[Any, ...]]:
        simple = np.array([[0, int(rng.integers(5, 30))], [int(rng.integers(300, 900)), 0]])
        return [(_fresh_costs(rng),), (simple,), (_fresh_costs(rng),)]

    mistakes: dict[str, Callable[..., Any]] = {
        "The costs are swapped. What a false alarm adds is on top of the fraction (section 1).": lambda c: (
            1 - _from_costs(c)
        ),
        "That takes the two wrong cells only. Subtract what the right decision in the row would have cost "
        "(section 1).": (lambda c: c[0, 1] / (c[0, 1] + c[1, 0])),
        "The costs are swapped, and the right decisions aren't subtracted.": lambda c: c[1, 0] / (c[0, 1] + c[1, 0]),
        "That subtracts nothing from the miss. A miss adds `costs[1, 0] - costs[1, 1]` (hint 2).": (
            lambda c: (c[0, 1] - c[0, 0]) / (c[0, 1] - c[0, 0] + c[1, 0])
        ),
        "That subtracts the miss from the hit. A miss adds `costs[1, 0] - costs[1, 1]` (hint 2).": (
            lambda c: (c[0, 1] - c[0, 0]) / (c[0, 1] - c[0, 0] + c[1, 1] - c[1, 0])
        ),
        "That's the ratio of what the two mistakes add, which is the odds. The probability is a / (a + b) "
        "(section 1).": (lambda c: (c[0, 1] - c[0, 0]) / (c[1, 0] - c[1, 1])),
        "That's the ratio of the two wrong cells. The probability is a / (a + b), and a and b are differences.": (
            lambda c: c[0, 1] / c[1, 0]
        ),
        "That's the ratio of the two wrong cells, inverted. The threshold is a / (a + b).": lambda c: c[1, 0] / c[0, 1],
        "It adds the cost of the right decisions. Subtract it, because that much is paid anyway.": (
            lambda c: (c[0, 1] + c[0, 0]) / np.sum(c)
        ),
        "That divides by the sum of all four cells. Divide by what the two mistakes add (hint 2).": lambda c: (
            c[0, 1] / np.sum(c)
        ),
        "That's 0.5 whatever mistakes cost. It fits only where both mistakes cost the same.": lambda c: 0.5,
        "It reads the table transposed. Row 1 is fraud, and column 0 is not flagged.": lambda c: _from_costs(c.T),
    }
    inputs = telling_inputs(draw, _from_costs, mistakes.values(), tolerance=FOUR_DECIMALS)
    yield function(
        "cheapest_threshold",
        cheapest_threshold,
        _from_costs,
        inputs,
        about=["a bill with four different cells", "one with free right decisions", "another with four cells"],
        mistakes=mistakes,
        errors={
            **CALLED_WITH_ARRAYS,
            "list indices": "Write the cells of an array as `costs[row, column]`.",
            "not enough values": "The check calls cheapest_threshold(costs) with one 2 x 2 array.",
        },
        tolerance=FOUR_DECIMALS,
        share=2,
    )
    yield value(
        "t_star",
        t_star,
        _from_costs(BILL),
        mistakes={
            "That's for a miss that adds €1,000. The bank reads the hits, too, so a miss adds €990 (section 1).": 10
            / 1_010,
            "The costs are swapped. An expensive miss makes the threshold low.": 1 - _from_costs(BILL),
            "That's 0.5 with unequal costs. Call your function with the costs of task 7.1.": 0.5,
            "That's the ratio of what the two mistakes add, the odds. The probability is a / (a + b).": 10 / 990,
            "That adds the €10 of a hit. Subtract it, because it's paid instead of the loss.": 10 / 1_020,
        },
        tolerance=2e-5,
        share=1,
    )
