"""A threshold from two costs, and what mistakes cost on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.metrics.fresh import two_days
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import rounding, telling_inputs

# Task 3.5: what the mistakes of the other bank cost, in euros.
FALSE_ALARM, MISS = 20, 500


def _best(false_alarm: float, miss: float) -> float:
    return false_alarm / (false_alarm + miss)


def _mistakes_on(y_true: Any, scores: Any, threshold: float) -> tuple[int, int]:
    """Return the false alarms and the misses at a threshold."""
    flagged = scores >= threshold
    return int(np.sum(flagged & (y_true == 0))), int(np.sum(~flagged & (y_true == 1)))


@task(
    "threshold-from-costs",
    points=2,
    consequence="The ranking is the same at both thresholds, so the threshold alone makes the difference.",
)
def threshold_from_costs(threshold_from_costs: Any, cost_at_half: Any, cost_at_best: Any) -> Iterable[Finding]:
    """The cheapest threshold for calibrated probabilities, and what two thresholds cost on a day."""
    rng = fresh_generator("threshold-from-costs")

    def draw() -> list[tuple[Any, ...]]:
        return [(float(rng.integers(2, 30)), float(rng.integers(40, 300))) for _ in range(3)] + [
            (float(rng.integers(60, 90)), float(rng.integers(10, 50)))
        ]

    mistakes: dict[str, Callable[..., float]] = {
        "The two costs are swapped. An expensive miss should lower the threshold, so the false alarm is on top.": (
            lambda false_alarm, miss: miss / (false_alarm + miss)
        ),
        "It divides by the miss only. Those are the odds; divide by false alarm + miss.": (
            lambda false_alarm, miss: false_alarm / miss
        ),
        "It divides the miss by the false alarm. A threshold is the false alarm's share of both costs.": (
            lambda false_alarm, miss: miss / false_alarm
        ),
        "That's 0.5 whatever mistakes cost. Use the formula in section 6.": lambda false_alarm, miss: 0.5,
    }
    inputs = telling_inputs(draw, _best, [*mistakes.values(), *rounding(_best)])
    yield function(
        "threshold_from_costs",
        threshold_from_costs,
        _best,
        inputs,
        about=[f"a false alarm of {a:g} and a miss of {m:g} euros" for a, m in inputs],
        mistakes=mistakes,
        errors={"positional argument": "The check calls threshold_from_costs(false_alarm, miss)."},
        kind="the false alarm's share of both costs",
        tolerance=5e-5,
        share=2,
    )

    days = two_days()
    validation, test = (days[0], days[1]), (days[2], days[3])
    best = _best(FALSE_ALARM, MISS)

    def cost(day: tuple[Any, Any], threshold: float, *, alarm: float = FALSE_ALARM, miss: float = MISS) -> float:
        alarms, misses = _mistakes_on(*day, threshold)
        return alarms * alarm + misses * miss

    def known(threshold: float) -> dict[str, float]:
        alarms, misses = _mistakes_on(*test, threshold)
        flagged = int(np.sum(test[1] >= threshold))
        return {
            "The two costs are swapped. A miss costs €500 and a false alarm €20.": cost(
                test, threshold, alarm=MISS, miss=FALSE_ALARM
            ),
            "That's the cost of the misses only. Add the false alarms.": misses * MISS,
            "That's the cost of the false alarms only. Add the misses.": alarms * FALSE_ALARM,
            "That's a number of mistakes. Multiply misses and false alarms by their costs.": alarms + misses,
            "That charges every alert. In this course a hit costs nothing, so charge the false alarms.": (
                flagged * FALSE_ALARM + misses * MISS
            ),
            "That's the mean per payment. The task asks for the day's total.": cost(test, threshold) / len(test[0]),
            "That's the cost on `validation`. Use the day `test`.": cost(validation, threshold),
        }

    at_best = {"That's the cost at t* for these costs. Compute it at the threshold 0.5.": cost(test, best)}
    yield value(
        "cost_at_half", cost_at_half, cost(test, 0.5), mistakes={**known(0.5), **at_best}, kind="an amount in euros"
    )
    yield value(
        "cost_at_best",
        cost_at_best,
        cost(test, best),
        mistakes={
            **known(best),
            "That's the cost at 0.5. Use your function's threshold for these costs.": cost(test, 0.5),
            "That's the cost at miss / (false alarm + miss). The false alarm is on top.": cost(test, 1 - best),
            "That's the cost at 0.04, which is false alarm / miss, or t* rounded. Divide by false alarm + miss, and "
            "don't round.": cost(test, FALSE_ALARM / MISS),
            "That's the cost at a rounded threshold. Don't round t*.": cost(test, round(best, 3)),
            "That's the lowest cost found on `test` itself. Take the threshold from the costs.": min(
                cost(test, one) for one in np.unique(test[1])
            ),
        },
        kind="an amount in euros",
    )
