"""Bonus tasks, the bug and the quick check of lesson 1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks import quiz
from imbalanced_course.checks.compare import entries, function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.values import as_mapping


@task("bonus-pairs", points=0, consequence="The ratio grows with every person added, though no person is rare.")
def bonus_pairs(pairs: Any) -> Iterable[Finding]:
    """How many genuine and impostor pairs there are."""
    rng = fresh_generator("bonus-pairs")
    few = [(100, 10), *((int(rng.integers(5, 60)), int(rng.integers(3, 12))) for _ in range(3))]
    # More pairs than any machine has addresses for.
    inputs = [*few, (1_000_000, 20)]

    def genuine(people: int, samples: int) -> int:
        return people * samples * (samples - 1) // 2

    def impostor(people: int, samples: int) -> int:
        return people * (people - 1) // 2 * samples**2

    yield function(
        "pairs",
        pairs,
        lambda p, s: [genuine(p, s), impostor(p, s)],
        inputs,
        about=[f"{people:,} people with {samples} samples each" for people, samples in inputs],
        mistakes={
            "That counts each pair twice. The order of two samples doesn't matter, so halve the numbers.": (
                lambda p, s: [2 * genuine(p, s), 2 * impostor(p, s)]
            ),
            "The second number counts all pairs. Subtract the genuine ones.": (
                lambda p, s: [genuine(p, s), genuine(p, s) + impostor(p, s)]
            ),
            "That counts each pair twice, and pairs each sample with itself. Hint 2 has the formula.": (
                lambda p, s: [p * s**2, 2 * impostor(p, s)]
            ),
            "That pairs each sample with itself. Leave these pairs out of the genuine ones.": lambda p, s: [
                genuine(p, s) + p * s,
                impostor(p, s),
            ],
            "The two numbers are swapped. The genuine pairs come first.": lambda p, s: [impostor(p, s), genuine(p, s)],
            "That pairs people, not samples. Two people have many pairs of samples between them.": (
                lambda p, s: [genuine(p, s), p * (p - 1) // 2]
            ),
        },
        errors=dict.fromkeys(
            ("MemoryError", "Unable to allocate", "Maximum allowed", "too big", "too large"),
            "A million people have far too many pairs to make. Compute the numbers instead; hint 2 has the formula.",
        ),
        kind="two whole numbers, genuine and impostor pairs",
    )


@task("bonus-positive-class", points=0)
def bonus_positive_class(positive: Any) -> Iterable[Finding]:
    """Which class is looked for in three stories."""
    stories = {
        "claims": ("fraud", "honest", "The office looks for fraud. That it's the majority here doesn't matter."),
        "mail": (
            "wanted",
            "spam",
            "The user asks how many wanted emails are lost, which is their recall. So make them positive.",
        ),
        "bolts": ("cracked", "whole", "No one looks for whole bolts. A missed crack hurts, so make it positive."),
    }
    table = as_mapping(positive)
    if positive is MISSING or positive is ... or table is None:
        yield value("positive", positive, stories, kind="a dict with the three names")
        return
    for story, (right, wrong, reason) in stories.items():
        name = f"positive → {story}"
        if story not in table:
            yield Finding(name, "wrong", f"the dict has no key {story!r}.")
            continue
        either = " or ".join(f'"{word}"' for word in sorted((right, wrong)))
        yield value(name, table[story], right, mistakes={reason: wrong}, kind=either)


@task("find-the-bug", points=0)
def find_the_bug(report: Any) -> Iterable[Finding]:
    """A report whose undefined precision a silenced warning hid."""
    rng = fresh_generator("find-the-bug")
    truth = [(rng.permutation(300) < 15).astype(int) for _ in range(3)]
    some = np.where(rng.random(300) < 0.9, truth[0], 1 - truth[0])
    only_wrong = (1 - truth[2]) * (rng.random(300) < 0.1)
    inputs = [(truth[0], some), (truth[1], np.zeros(300, dtype=int)), (truth[2], only_wrong)]
    first_alert = (np.arange(300) == np.flatnonzero(truth[1])[0]).astype(int)
    inputs.append((truth[1], first_alert))

    def flagged(y_true: Any, y_pred: Any) -> int:
        return int(y_pred.sum())

    def precision(y_true: Any, y_pred: Any) -> float | None:
        return float(y_true[y_pred == 1].mean()) if y_pred.any() else None

    def in_its_place(other: float) -> Any:
        return lambda t, p: precision(t, p) if p.any() else other

    yield from entries(
        "report",
        report,
        lambda y_true, y_pred: {"flagged": flagged(y_true, y_pred), "precision": precision(y_true, y_pred)},
        inputs,
        about=[
            "some alerts, some of them right",
            "no alert at all",
            "alerts that are all wrong",
            "a single alert, which is right",
        ],
        mistakes={
            "flagged": {
                "Those are all rows. Count the ones with label 1.": lambda t, p: len(p),
                "Those are the right alerts. Count all alerts, including the wrong ones.": lambda t, p: int(
                    (t * p).sum()
                ),
            },
            "precision": {
                "Not fixed yet. A precision of 0 means wrong alerts, but there were none. Return `None` then.": (
                    in_its_place(0.0)
                ),
                "Flagging nothing isn't a perfect precision. It's undefined, so return `None`.": in_its_place(1.0),
                "It's undefined there, as you say. The task asks for `None`, so replace `nan`.": in_its_place(np.nan),
                "That makes every 0 undefined. Where there are alerts and all of them are wrong, precision is 0.": (
                    lambda t, p: precision(t, p) or None
                ),
                "It's undefined for everything now. Where there are alerts, compute the precision.": lambda t, p: None,
            },
        },
        errors={"ZeroDivision": "Check whether anything was flagged before you divide. Hint 2 says how."},
    )


@task("quick-check-1", points=0, hints=False)
def quick_check_1(answer_1: Any) -> Iterable[Finding]:
    """What an accuracy of 99.5% says at a prevalence of 0.5%."""
    yield quiz.choice(
        "answer_1",
        answer_1,
        right="c",
        reasons={
            "a": "That would be the recall. Accuracy mostly describes the healthy people.",
            "b": "A coin finds half of the ill. This accuracy is possible with none of them found.",
            "c": "Calling all 20,000 healthy is right for 19,900 of them, with a recall of 0. Ask for the recall.",
            "d": "Accuracy on these people says nothing about what the training data looked like.",
        },
    )


@task("quick-check-2", points=0, hints=False)
def quick_check_2(answer_2: Any) -> Iterable[Finding]:
    """Why few positives pass the default threshold."""
    yield quiz.choice(
        "answer_2",
        answer_2,
        right="b",
        reasons={
            "a": "It minimizes the log loss, which rewards right probabilities, not right labels.",
            "b": "At 0.5, a payment must be more likely fraud than not, and few are. Choose the threshold by cost.",
            "c": "It can. In section 3, twenty positives gave about the same ranking at a ratio of 100 as at 10.",
            "d": "Their mean equals the share of fraud. Multiplied, they would be too high on average.",
        },
    )
