"""Four incidents and the repair that fits each: one letter per branch, and a reason for each option."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imbalanced_course.checks import quiz
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import task


@task(
    "which-repair",
    points=2,
    consequence="Each repair belongs to one part: costs, prevalence, the size of the scores, or their order.",
)
def which_repair(north: Any, south: Any, east: Any, west: Any) -> Iterable[Finding]:
    """The repair for each of four incidents."""
    yield quiz.choice(
        "north",
        north,
        right="b",
        reasons={
            "a": "The costs haven't changed, so t* hasn't either. A threshold doesn't belong to a prevalence "
            "(section 3).",
            "b": "Each class looks as before, so you know the factor of the odds and need no new labels.",
            "c": "That would work, but it needs new labels. Here you know by how much the scores are off (section 3).",
            "d": "The order is as good as before. Only the size of the scores is off, and you know the factor.",
        },
    )
    yield quiz.choice(
        "south",
        south,
        right="a",
        reasons={
            "a": "The probabilities are still right. Only the formula of t* has a new number in it.",
            "b": "The share of fraud hasn't changed, so the odds are right. Look at the formula of t* (section 3).",
            "c": "What a mistake costs changes no probability. Look at the formula of t* (section 3).",
            "d": "What a mistake costs changes neither the order nor the probabilities.",
        },
    )
    yield quiz.choice(
        "east",
        east,
        right="c",
        reasons={
            "a": "The costs haven't changed. With t* as before and scores three times too low, frauds are missed.",
            "b": "The share of fraud is the same, so new odds over old odds is 1 and corrects nothing (section 3).",
            "c": "The order is fine and the scores are too low, so a rising map fitted on new labels repairs them.",
            "d": "The order is as good as before. A new map from scores to probabilities is cheaper.",
        },
    )
    yield quiz.choice(
        "west",
        west,
        right="d",
        reasons={
            "a": "A threshold can't repair an order. It only cuts the same list at another place (section 3).",
            "b": "The share of fraud is the same, and a factor on the odds keeps the order.",
            "c": "A rising map keeps the order, and the order is what got worse (section 3).",
            "d": "The order got worse, so the model has to learn what fraud looks like now.",
        },
    )
