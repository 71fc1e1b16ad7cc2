"""Bonus tasks, the bug and the quick check of lesson 1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from imbalanced_course import quiz
from imbalanced_course.checks.compare import entries, function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.values import as_mapping


@task("bonus-pairs", points=0)
def bonus_pairs(pairs: Any) -> Iterable[Finding]:
    """How many genuine and impostor pairs there are."""
    rng = fresh_generator("bonus-pairs")
    inputs = [(100, 10), *((int(rng.integers(5, 60)), int(rng.integers(3, 12))) for _ in range(3))]

    def genuine(people: int, samples: int) -> int:
        return people * samples * (samples - 1) // 2

    def impostor(people: int, samples: int) -> int:
        return people * (people - 1) // 2 * samples**2

    yield function(
        "pairs",
        pairs,
        lambda p, s: [genuine(p, s), impostor(p, s)],
        inputs,
        about=[f"{people} people with {samples} samples each" for people, samples in inputs],
        mistakes={
            "it counts each pair twice: the order of two samples does not matter": (
                lambda p, s: [2 * genuine(p, s), 2 * impostor(p, s)]
            ),
            "the second number counts all pairs: take the genuine ones away": (
                lambda p, s: [genuine(p, s), genuine(p, s) + impostor(p, s)]
            ),
            "it counts each pair twice, and pairs each sample with itself": (
                lambda p, s: [p * s**2, 2 * impostor(p, s)]
            ),
            "it pairs a sample with itself": lambda p, s: [genuine(p, s) + p * s, impostor(p, s)],
            "the two numbers are swapped: the genuine pairs come first": lambda p, s: [impostor(p, s), genuine(p, s)],
            "it pairs people, not samples: two people have many pairs of samples between them": (
                lambda p, s: [genuine(p, s), p * (p - 1) // 2]
            ),
        },
        kind="two whole numbers, genuine and impostor pairs",
    )


@task("bonus-positive-class", points=0)
def bonus_positive_class(positive: Any) -> Iterable[Finding]:
    """Which class is looked for in three stories."""
    stories = {
        "claims": ("fraud", "honest", "the office looks for fraud; that it is the majority here does not matter"),
        "mail": ("wanted", "spam", "the user asks how many wanted mails are lost: that is their recall"),
        "bolts": ("cracked", "whole", "a cracked bolt that is missed hurts; whole ones are not looked for"),
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

    def flagged(y_true: Any, y_pred: Any) -> int:
        return int(y_pred.sum())

    def precision(y_true: Any, y_pred: Any) -> float | None:
        return float(y_true[y_pred == 1].mean()) if y_pred.any() else None

    def in_its_place(other: float) -> Any:
        return lambda t, p: precision(t, p) if p.any() else other

    yield from entries(
        "report",
        _with_none(report),
        lambda y_true, y_pred: {"flagged": flagged(y_true, y_pred), "precision": precision(y_true, y_pred)},
        inputs,
        about=["some alerts, some of them right", "no alert at all", "alerts that are all wrong"],
        mistakes={
            "flagged": {
                "those are all rows; count the ones with label 1": lambda t, p: len(p),
                "those are the hits; count all alerts, the wrong ones, too": lambda t, p: int((t * p).sum()),
            },
            "precision": {
                "Not mended yet: 0 says that the alerts were wrong, but there were none": in_its_place(0.0),
                "nothing flagged is not a perfect precision: it is undefined, so `None`": in_its_place(1.0),
                "it makes every 0 undefined: where there are alerts and all are wrong, precision is 0": (
                    lambda t, p: precision(t, p) or None
                ),
                "it is undefined for everything: where there are alerts, there is a precision": lambda t, p: None,
            },
        },
        errors={"ZeroDivision": "ask whether anything was flagged before you divide"},
    )


def _with_none(report: Any) -> Any:
    """Return the function with None for nan as its precision: both say that it is undefined."""
    if report is MISSING or not callable(report):
        return report

    def call(y_true: Any, y_pred: Any) -> Any:
        table = as_mapping(came := report(y_true, y_pred))
        if table is None or "precision" not in table:
            return came
        precision = table["precision"]
        undefined = isinstance(precision, (float, np.floating)) and np.isnan(precision)
        return {**table, "precision": None if undefined else precision}

    return call


@task("quick-check-1", points=0, hints=False)
def quick_check_1(answer_1: Any) -> Iterable[Finding]:
    """What an accuracy of 99.5 % says at a prevalence of 0.5 %."""
    yield quiz.choice(
        "answer_1",
        answer_1,
        right="c",
        reasons={
            "a": "That would be the recall. Accuracy is mostly about the healthy.",
            "b": "The dummy to beat is right on 199 of 200. Half is the level of chance for even classes only.",
            "c": "Who calls nobody ill is right on 199 of 200, with recall 0. Ask for precision and recall.",
            "d": "An accuracy tells nothing of what the training data looked like.",
        },
    )


@task("quick-check-2", points=0, hints=False)
def quick_check_2(answer_2: Any) -> Iterable[Finding]:
    """Why few positives pass the default cut."""
    yield quiz.choice(
        "answer_2",
        answer_2,
        right="b",
        reasons={
            "a": "It minimises the log loss, which asks for right probabilities, not for right labels.",
            "b": "Small probabilities are right for a rare class. Choose the cut for what errors cost.",
            "c": "It learns from them: in section 3 the ranking is as good at a ratio of 200 as at 1.",
            "d": "On average they equal the share of positives. Multiplied they would be wrong.",
        },
    )
