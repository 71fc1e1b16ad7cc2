"""The prior correction: from the probabilities of an undersampled world to those of the world as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs

ARRAYS_COME = {"'numpy.ndarray' object has no attribute": "the check calls it with NumPy arrays"}


def _fractions(rng: np.random.Generator, before: int, after: int, positives: int) -> tuple[Any, Any]:
    """Return labels before and after undersampling, in random order."""
    first, second = (rng.permutation(np.repeat([0, 1], [n, positives])) for n in (before, after))
    return first, second


@task("prior-correction", points=3)
def prior_correction(kept_fraction: Any, corrected: Any) -> Iterable[Finding]:
    """The kept fraction of the negatives, and the correction by it."""
    rng = fresh_generator("prior-correction")

    def draw() -> list[tuple[Any, ...]]:
        return [
            _fractions(rng, int(rng.integers(900, 1000)), int(rng.integers(80, 100)), 40),
            _fractions(rng, int(rng.integers(500, 600)), int(rng.integers(200, 250)), 30),
            _fractions(rng, 300, 300, 25),
        ]

    def negatives(y: Any) -> int:
        return int(np.sum(y == 0))

    def fraction(before: Any, after: Any) -> float:
        return negatives(after) / negatives(before)

    of_fraction: dict[str, Callable[..., Any]] = {
        "that is the kept fraction of all rows: count the negatives alone": lambda b, a: len(a) / len(b),
        "that is upside down: kept negatives over all negatives": lambda b, a: negatives(b) / negatives(a),
        "that is the dropped fraction: beta is what was kept": lambda b, a: 1 - negatives(a) / negatives(b),
        "that is the ratio of the classes after undersampling: beta compares the negatives before and after": (
            lambda b, a: np.sum(a == 1) / negatives(a)
        ),
        "that is the ratio of the classes before undersampling: beta compares the negatives before and after": (
            lambda b, a: np.sum(b == 1) / negatives(b)
        ),
        "it counts the positives, all of which stay: count the negatives": lambda b, a: np.sum(a == 1) / np.sum(b == 1),
    }
    inputs = telling_inputs(draw, fraction, of_fraction.values())
    yield function(
        "kept_fraction",
        kept_fraction,
        fraction,
        inputs,
        about=[f"{len(before)} labels before and {len(after)} after" for before, after in inputs],
        mistakes=of_fraction,
        errors={**ARRAYS_COME, "positional argument": "the check calls kept_fraction(y_before, y_after)"},
    )

    def right(p_s: Any, beta: float) -> Any:
        return beta * p_s / (beta * p_s - p_s + 1)

    def probabilities() -> list[tuple[Any, ...]]:
        betas = float(rng.uniform(0.01, 0.05)), float(rng.uniform(0.2, 0.5)), 1.0
        return [(np.append(rng.uniform(0.05, 0.95, size=5), [0.0, 1.0]), beta) for beta in betas]

    mistakes: dict[str, Callable[..., Any]] = {
        "it multiplies the probability by beta: multiply the odds": lambda p, b: b * p,
        "It divides the odds by beta, which goes the wrong way. The negatives were dropped, so the corrected "
        "probability is lower: multiply the odds by beta": (lambda p, b: p / (p + b * (1 - p))),
        "these are the corrected odds: turn them back into probabilities": lambda p, b: b * p / (1 - p),
        "It divides the odds by beta, and these are odds. Multiply the odds by beta, and turn them back into "
        "probabilities": lambda p, b: p / (1 - p) / b,
        "it returns the probabilities as they came": lambda p, b: p,
        "brackets are missing: the whole denominator belongs in them": lambda p, b: b * p / b * p - p + 1,
        "the numerator lacks beta": lambda p, b: p / (b * p - p + 1),
    }
    calls = telling_inputs(probabilities, right, mistakes.values())
    yield function(
        "corrected",
        corrected,
        right,
        calls,
        about=[f"7 probabilities and beta={beta:.3g}" for _, beta in calls],
        mistakes=mistakes,
        errors={
            **ARRAYS_COME,
            "positional argument": "the check calls corrected(p_s, beta)",
            "ZeroDivision": "a probability may be 1: use the formula, which has no division by 0 there",
        },
        kind="7 numbers from 0 to 1",
        share=2,
    )
