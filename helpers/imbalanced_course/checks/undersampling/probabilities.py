"""The repair: from the probabilities of an undersampled world to those at the natural prevalence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs

ARRAYS_COME = {
    "'numpy.ndarray' object has no attribute": "The check calls it with NumPy arrays, so use what they have."
}
# Task 4.5, step 2: the payments of a model trained at 1:1.
NATURAL = 0.02


def _factor(trained_on: float, natural: float) -> float:
    """Return by what the odds change from the training rows' prevalence to the natural one."""
    return (natural / (1 - natural)) / (trained_on / (1 - trained_on))


def _times(p: Any, factor: float) -> Any:
    """Return probabilities whose odds are multiplied."""
    return factor * p / (factor * p + 1 - p)


def _by_odds(p: Any, factor: float) -> Any:
    """Return the same by way of the odds, which are infinite for a probability of 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = factor * p / (1 - p)
        return odds / (1 + odds)


@task(
    "prior-correction",
    points=4,
    consequence="So 0.5 after balancing is a threshold at the prevalence. If your costs put t* there, that's luck. "
    "With repaired probabilities you can choose.",
)
def prior_correction(repaired: Any, same_threshold: Any) -> Iterable[Finding]:
    """Probabilities repaired by the odds of two prevalences, and what the repair makes of a threshold."""
    rng = fresh_generator("prior-correction")

    def right(p_s: Any, trained_on: float, natural: float) -> Any:
        return _times(p_s, _factor(trained_on, natural))

    def draw() -> list[tuple[Any, ...]]:
        prevalences = (
            (0.5, float(rng.uniform(0.01, 0.05))),
            (float(rng.uniform(0.25, 0.4)), float(rng.uniform(0.05, 0.15))),
            (float(rng.uniform(0.05, 0.15)), float(rng.uniform(0.2, 0.4))),
        )
        return [(np.append(rng.uniform(0.05, 0.95, size=5), [0.0, 1.0]), *pair) for pair in prevalences]

    mistakes: dict[str, Callable[..., Any]] = {
        "It multiplies the probability by the factor. Multiply the odds, then turn them back into a probability, as "
        "the formula of section 5 does.": lambda p, t, n: _factor(t, n) * p,
        "It divides the odds by the factor, which goes the wrong way. Undersampling raised the odds, and the factor "
        "brings them back, so multiply (section 5).": lambda p, t, n: p / (p + _factor(t, n) * (1 - p)),
        "These are the repaired odds. Divide them by one plus themselves to get probabilities (section 5).": (
            lambda p, t, n: _factor(t, n) * p / (1 - p)
        ),
        "It divides the odds by the factor, and these are odds. Multiply the odds by the factor, and turn them back "
        "into probabilities (section 5).": lambda p, t, n: p / (1 - p) / _factor(t, n),
        "It returns the probabilities as they came. Multiply their odds by the factor (section 5).": lambda p, t, n: p,
        "Brackets are missing. The whole denominator belongs in them (hint 3).": (
            lambda p, t, n: _factor(t, n) * p / _factor(t, n) * p + 1 - p
        ),
        "The numerator lacks the factor. It belongs above and below (hint 3).": lambda p, t, n: (
            p / (_factor(t, n) * p + 1 - p)
        ),
        "It multiplies the probability by the ratio of the prevalences. Use the odds of both (section 5).": (
            lambda p, t, n: p * n / t
        ),
        "It multiplies the odds by the ratio of the prevalences. Use the ratio of the odds of the prevalences, "
        "which is "
        "`factor`.": lambda p, t, n: _times(p, n / t),
        "A probability of 1 has infinite odds, so a division gives nan there. Write the formula as one fraction "
        "(section 5).": lambda p, t, n: _by_odds(p, _factor(t, n)),
    }
    calls = telling_inputs(draw, right, mistakes.values())
    yield function(
        "repaired",
        repaired,
        right,
        calls,
        about=[f"7 probabilities, trained_on={t:.3g}, natural={n:.3g}" for _, t, n in calls],
        mistakes=mistakes,
        errors={
            **ARRAYS_COME,
            "positional argument": "The check calls repaired(p_s, trained_on, natural).",
            "ZeroDivision": "A probability may be 1. Write the formula as one fraction, which has no division by 0 "
            "there.",
        },
        kind="7 numbers from 0 to 1",
        share=3,
    )
    yield value(
        "same_threshold",
        same_threshold,
        NATURAL,
        mistakes={
            "The repair lowers every probability, so 0.5 on the repaired ones flags fewer payments. What does your "
            "function make of 0.5 (hint 1)?": 0.5,
            "That's the share of the honest payments, and the repair the wrong way around. Call your function with "
            "0.5, trained_on=0.5, and natural=0.02.": 1 - NATURAL,
            "That multiplies 0.5 itself. The repair multiplies odds, and the odds of 0.5 are 1 (section 5).": NATURAL
            / 2,
            "These are the odds. Divide them by one plus the odds to get a probability (hint 1).": NATURAL
            / (1 - NATURAL),
        },
        tolerance=1e-4,
    )
