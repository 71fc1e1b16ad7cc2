"""Two models of a rare event: one predicts small probabilities that are right, the other flags more."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks import quiz
from imbalanced_course.checks.compare import matches, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import task

MACHINES, FAILURES = 10_000, 100


@task(
    "believable-model",
    points=4,
    consequence="Both models now make the same decision, but only P's probabilities also say how many failures to "
    "expect. It needed no other training data, just a threshold.",
)
def believable_model(
    expected_p: Any, expected_q: Any, believable: Any, threshold_for_p: Any, p_needs: Any
) -> Iterable[Finding]:
    """Expected failures of two models, the believable one, a threshold for it, and what it needs."""
    p, q = _probabilities()
    for name, answer, own, other in (("p", expected_p, p, q), ("q", expected_q, q, p)):
        mistakes = {
            "That's the mean probability. Multiply it by the number of machines, or sum the probabilities.": own.mean(),
            _SWAPPED[name]: other.sum(),
            "That counts the machines above 0.5. Sum the probabilities themselves.": int((own >= 0.5).sum()),
            "That's the number of machines. Sum their probabilities.": MACHINES,
        }
        yield value(
            f"expected_{name}", answer, own.sum(), mistakes=mistakes, tolerance=_WHOLE, kind="a number", share=0.5
        )
    if isinstance(believable, str) and believable.strip().casefold() == "model p":
        believable = "P"
    yield value("believable", believable, "P", mistakes=_BELIEVABLE, kind='"P" or "Q"')
    yield _threshold(threshold_for_p, p, int((q >= 0.5).sum()))
    yield quiz.choice("p_needs", p_needs, right="c", reasons=_NEEDS)


# Whole numbers are enough, rounded up or down.
_WHOLE = 1.0
_SWAPPED = {
    "p": "That's the sum of `q`. Sum `p`.",
    "q": "That's the sum of `p`, which is close to the number of failures. Sum `q`, whatever comes out.",
}
_BELIEVABLE = {
    "Q flags more failures at 0.5, but it expects thousands, and 100 machines fail. Compare both sums with 100.": "Q",
}
_NEEDS = {
    "a": "P already predicts as many failures as there are. Trained on balanced classes it would expect far too many, "
    "as Q does. Look at what you did in step 3.",
    "b": "Multiplied, its probabilities would no longer be right. Look at what you did in step 3: a lower threshold "
    "flags the same machines.",
    "c": "Its probabilities are right on average, and it ranks the machines as Q does. The threshold is a decision, "
    "and costs decide it.",
    "d": "0.5 is only a default. At your threshold of step 3, P flags the same machines as Q.",
}


def _threshold(answer: Any, p: np.ndarray, wanted: int) -> Finding:
    """Judge a threshold by how many machines P flags at it."""
    name, share = "threshold_for_p", 1.0
    first = value(name, answer, FAILURES / MACHINES, share=share)
    number = _as_number(answer)
    if first.status == "not attempted" or number is None:
        return first
    flagged = int((p >= number).sum())
    if flagged == wanted:
        return Finding(name, "right", f"right: P flags {flagged:,} machines, as Q does at 0.5.", share=share)
    if number > 1:
        said = "A threshold is a probability, from 0 to 1."
    elif matches(number, 0.5):
        said = "That's the default, at which P flags no machine. Try a much lower value; hint 2 shows how to find it."
    else:
        direction = "Lower" if flagged < wanted else "Raise"
        said = f"There P flags {flagged:,} machines, and Q flags {wanted:,} at 0.5. {direction} the threshold."
    return Finding(name, "wrong", f"you have {number:.4g}. {said}", said, share)


def _as_number(answer: Any) -> float | None:
    """Return a number in any equivalent form, None for anything else."""
    try:
        number = float(answer)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and matches(answer, number) else None


@functools.cache
def _probabilities() -> tuple[np.ndarray, np.ndarray]:
    """Return the probabilities of P and Q for the machines, as the lesson draws them."""
    rng = np.random.default_rng(20)
    failed = (rng.permutation(MACHINES) < FAILURES).astype(int)
    evidence = np.exp(1.4 * rng.normal(1.4 * failed, 1) - 0.98)
    return evidence / (evidence + 99), evidence / (evidence + 1)
