"""Precision at another prevalence, when the mix within each class stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import rounding, telling_inputs

# Task 3.6: the tested decision, and the prevalences at the test and at the branch.
RECALL, SPECIFICITY, TESTED, BRANCH = 0.80, 0.95, 0.01, 0.001


def _precision(recall: float, specificity: float, prevalence: float) -> float:
    hits, alarms = recall * prevalence, (1 - specificity) * (1 - prevalence)
    return hits / (hits + alarms)


@task(
    "prevalence-shift",
    points=2,
    consequence="The recall stays, and nearly all alerts at the branch are false, with the same model and threshold.",
)
def prevalence_shift(precision_at_prevalence: Any, branch_precision: Any, branch_recall: Any) -> Iterable[Finding]:
    """Precision at any prevalence from recall and specificity: a function, then the numbers of one branch."""
    rng = fresh_generator("prevalence-shift")

    def draw() -> list[tuple[Any, ...]]:
        return [
            (float(rng.uniform(0.3, 0.9)), float(rng.uniform(0.95, 0.999)), prevalence)
            for prevalence in (0.005, 0.015, 0.2)
        ]

    mistakes: dict[str, Callable[..., float]] = {
        "It uses the specificity as the share of false alarms. That share is 1 minus the specificity.": (
            lambda r, s, p: r * p / (r * p + s * (1 - p))
        ),
        "It forgets that false alarms come from honest payments, which are 1 minus the prevalence of all.": (
            lambda r, s, p: r * p / (r * p + (1 - s))
        ),
        "It forgets the prevalence, so this is the precision for two classes of the same size. Multiply each share by "
        "the size of its class.": lambda r, s, p: r / (r + 1 - s),
        "It swaps the classes. The frauds are the share `prevalence`.": lambda r, s, p: (
            r * (1 - p) / (r * (1 - p) + (1 - s) * p)
        ),
        "That's 1 minus the precision. Divide the hits by hits plus false alarms.": lambda *a: 1 - _precision(*a),
        "That's the share of hits among all payments. Divide it by hits plus false alarms.": lambda r, s, p: r * p,
        "It divides hits by false alarms. Divide by hits plus false alarms.": lambda r, s, p: (
            r * p / ((1 - s) * (1 - p))
        ),
    }
    inputs = telling_inputs(draw, _precision, [*mistakes.values(), *rounding(_precision)])
    yield function(
        "precision_at_prevalence",
        precision_at_prevalence,
        _precision,
        inputs,
        about=[f"recall {r:.3f}, specificity {s:.4f}, prevalence {p}" for r, s, p in inputs],
        mistakes=mistakes,
        errors={"positional argument": "The check calls precision_at_prevalence(recall, specificity, prevalence)."},
        share=2,
    )
    tested = _precision(RECALL, SPECIFICITY, TESTED)
    yield value(
        "branch_precision",
        branch_precision,
        _precision(RECALL, SPECIFICITY, BRANCH),
        mistakes={
            "That's the precision at the test's prevalence of 1%. The branch's prevalence is 0.1%.": tested,
            "That's a tenth of the tested precision. It doesn't fall exactly in proportion, so use your "
            "function.": tested / 10,
            "That's the precision at a prevalence of 0.1. A tenth of 1% is 0.001.": _precision(
                RECALL, SPECIFICITY, 0.1
            ),
            "That's the recall. Use your function for the precision.": RECALL,
        },
    )
    yield value(
        "branch_recall",
        branch_recall,
        RECALL,
        mistakes={
            "That's a tenth of the tested recall. Recall looks only at the frauds, however many there are.": (
                RECALL / 10
            ),
            "That's the specificity. Recall is the share of the frauds that is flagged.": SPECIFICITY,
            "That's the precision. Recall is the share of the frauds that is flagged.": _precision(
                RECALL, SPECIFICITY, BRANCH
            ),
        },
    )
