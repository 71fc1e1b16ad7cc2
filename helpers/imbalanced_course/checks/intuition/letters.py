"""The multiple-choice questions of lesson 2: two from before, and the quick check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imbalanced_course.checks import quiz
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import task


@task("before-1", points=0, hints=False)
def before_1(before_1: Any) -> Iterable[Finding]:
    """What a model's accuracy says when a dummy reaches the same."""
    yield quiz.choice(
        "before_1",
        before_1,
        right="a",
        reasons={
            "a": "Accuracy mostly describes the 97% who repay. The regression may find many defaults or none, and "
            "recall shows which.",
            "b": "Two models with the same accuracy can predict differently. This one may find defaults and pay for "
            "them with as many false alarms.",
            "c": "The dummy gets 97 of 100 right as well, and it finds nothing.",
            "d": "Balancing changes how many customers get flagged. First find out what this model finds.",
        },
    )


@task("before-2", points=0, hints=False)
def before_2(before_2: Any) -> Iterable[Finding]:
    """From an imbalance ratio to a share."""
    yield quiz.choice(
        "before_2",
        before_2,
        right="b",
        reasons={
            "a": "That's 1 of 19. The share divides by all rows, and there are 20 rows for each one of the minority.",
            "b": "For 19 rows of the majority there's 1 of the minority, which is 1 of 20.",
            "c": "The 19 counts rows of the majority for each row of the minority. It isn't a percentage.",
            "d": "That's the share of the majority class.",
        },
    )


@task("quick-check-1", points=0, hints=False)
def quick_check_1(answer_1: Any) -> Iterable[Finding]:
    """Why a dataset has more positives than its weights say."""
    yield quiz.choice(
        "answer_1",
        answer_1,
        right="c",
        reasons={
            "a": "Other seeds give other counts, but they're around 150 as well and not around 100. Something adds "
            "rows to class 1 with every seed.",
            "b": "With the weights in the other order, nearly all rows would be in class 1.",
            "c": "By default, about 1% of the labels are drawn again, half of them as class 1. That adds about 50 "
            "rows to the 100.",
            "d": "`class_sep` moves the points of a class. It doesn't change which class they belong to.",
        },
    )


@task("quick-check-2", points=0, hints=False)
def quick_check_2(answer_2: Any) -> Iterable[Finding]:
    """What six positives in a test set can show."""
    yield quiz.choice(
        "answer_2",
        answer_2,
        right="d",
        reasons={
            "a": "That's true of these six payments. On the next six, the difference could be zero or the other way "
            "around.",
            "b": "Nearly all of the 50,000 rows are negatives, and recall doesn't use them.",
            "c": "Intervals that overlap don't show that two recalls are the same. Both models saw the same payments, "
            "so look at the ones on which they differ.",
            "d": "Both models saw the same payments and differ on one of six. A single payment can't show which model "
            "finds more in the long run.",
        },
    )
