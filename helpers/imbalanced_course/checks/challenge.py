"""The checks of lesson 1: how imbalanced, the lazy guard, a dummy beside a model, problems of the learner's own."""

from __future__ import annotations

import functools
import numbers
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from imbalanced_course import quiz
from imbalanced_course.checks.compare import describe, entries, function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.values import as_mapping

SLIGHT_UP_TO, SEVERE_FROM = 1.5, 100


def _severity(ratio: float) -> str:
    return "slight" if ratio <= SLIGHT_UP_TO else "moderate" if ratio < SEVERE_FROM else "severe"


def _counts(labels: Any) -> Any:
    return np.unique(labels, return_counts=True)[1]


@task("lazy-guard", points=4)
def lazy_guard(
    guard_tp: Any, guard_fp: Any, guard_fn: Any, guard_tn: Any, guard_accuracy: Any, guard_precision: Any,
    guard_recall: Any,
) -> Iterable[Finding]:  # fmt: skip
    """Four counts and three metrics of a guard who never says "theft"."""
    says_nothing = "the guard never says theft, so nothing is flagged, rightly or wrongly"
    swapped = "false positives and false negatives are swapped: a theft that nobody announced is a false negative"
    yield value("guard_tp", guard_tp, 0, mistakes={says_nothing: 100}, share=0.5)
    yield value("guard_fp", guard_fp, 0, mistakes={swapped: 100, says_nothing: 9900}, share=0.5)
    yield value(
        "guard_fn", guard_fn, 100, mistakes={swapped: 0, "that are all days: count the thefts": 10_000}, share=0.5
    )
    yield value(
        "guard_tn", guard_tn, 9900, mistakes={"a day without theft, and no word of it: that is right": 0}, share=0.5
    )
    yield value(
        "guard_accuracy",
        guard_accuracy,
        0.99,
        mistakes={
            "that is the recall: accuracy counts all days": 0.0,
            "that is the share of days on which he is wrong": 0.01,
            "that is the guard of the first museum: this one has 10,000 days": 3647 / 3650,
        },
        tolerance=0.0005,
        share=0.5,
    )
    accuracy_for = "that is the accuracy: {} counts only {}"
    yield value(
        "guard_precision",
        guard_precision,
        0,
        mistakes={accuracy_for.format("precision", "the rows that were flagged, and there are none"): 0.99},
        share=0.5,
    )
    yield value(
        "guard_recall",
        guard_recall,
        0,
        mistakes={
            accuracy_for.format("recall", "the thefts"): 0.99,
            "that is the recall of the days without theft: positive is a theft": 1,
        },
    )


@task("imbalance-ratio", points=4)
def imbalance_ratio(imbalance: Any) -> Iterable[Finding]:
    """A function from labels to ratio, share and severity, for two classes and more."""
    rng = fresh_generator("imbalance-ratio")

    def labels(names: tuple[Any, ...], counts: tuple[int, ...]) -> Any:
        return rng.permutation(np.repeat(np.array(names), counts))

    extra = int(rng.integers(1, 9))
    inputs = [
        (labels((0, 1), (3 * (30 + extra), 2 * (30 + extra))),),
        (labels((0, 1), (99 * (3 + extra), 3 + extra)),),
        (labels((0, 1), (200, 20000 + extra)),),
        (labels(("cat", "dog", "owl"), (400 + extra, 350, 30)),),
        (labels(("a", "b", "c", "d"), (2500 + extra, 40, 900, 25)),),
    ]

    def right(labels: Any) -> dict[str, Any]:
        counts = _counts(labels)
        ratio = float(counts.max() / counts.min())
        return {"ratio": ratio, "minority_share": float(counts.min() / counts.sum()), "severity": _severity(ratio)}

    def both(labels: Any) -> tuple[float, float, float]:
        counts = _counts(labels)
        return float(counts.max()), float(counts.min()), float(counts.sum())

    def severity_by(number: Any) -> Any:
        return lambda labels: _severity(number(*both(labels)))

    yield from entries(
        "imbalance",
        imbalance,
        right,
        inputs,
        about=["labels at 6:4", "labels at 99:1", "labels with 1 as the majority", "three classes", "four classes"],
        mistakes={
            "ratio": {
                "the ratio is upside down: largest class over smallest": lambda y: both(y)[1] / both(y)[0],
                "that divides all rows by the smallest class: the ratio divides the largest class by it": (
                    lambda y: both(y)[2] / both(y)[1]
                ),
                "that is one class by its name: take the largest and the smallest count, whatever they are called": (
                    lambda y: _counts(y)[0] / _counts(y)[-1]
                ),
                "that takes the second largest class: with more than two classes take the smallest": (
                    lambda y: np.sort(_counts(y))[-1] / np.sort(_counts(y))[-2]
                ),
            },
            "minority_share": {
                "that is the share of the majority": lambda y: both(y)[0] / both(y)[2],
                "that is the ratio: the share divides the smallest class by all rows": lambda y: (
                    both(y)[0] / both(y)[1]
                ),
                "that divides by the majority: a share divides by all rows": lambda y: both(y)[1] / both(y)[0],
                "that is the share of the last class: take the smallest": lambda y: _counts(y)[-1] / both(y)[2],
            },
            "severity": {
                "it draws the line at a share of 1 %: the line is a ratio of 100, and at 99:1 it is not reached": (
                    severity_by(lambda most, least, rows: 100 if least / rows <= 0.01 else most / least)
                ),
                "at a ratio of exactly 1.5 imbalance is still slight": (
                    severity_by(lambda most, least, rows: most / least + 1e-6)
                ),
                "the ratio that it judges is upside down": severity_by(lambda most, least, rows: least / most),
            },
        },
        errors={"has no attribute": "the labels come as an array or a list: `pd.Series(labels)` has `value_counts`"},
    )


_SHARES = {"card fraud": 0.001, "churn": 0.15, "defects": 0.01, "spam": 0.45, "clicks": 0.005, "late trains": 0.4}
_NEAR = {
    "defects": ("severe", "1 % is a ratio of 99: the line of severe imbalance is 100"),
    "late trains": ("moderate", "40 % is a ratio of 1.5: up to there imbalance is slight"),
}


@task("six-problems", points=3)
def six_problems(severities: Any) -> Iterable[Finding]:
    """The severity of six problems with given shares."""
    table = as_mapping(severities)
    if severities is MISSING or severities is ... or table is None:
        yield value("severities", severities, dict.fromkeys(_SHARES, "slight"), kind="a dict with the six names")
        return
    for problem, share in _SHARES.items():
        right = _severity((1 - share) / share)
        came = table.get(problem, MISSING)
        if came is MISSING:
            yield Finding(f"severities → {problem}", "wrong", f"the dict has no key {problem!r}.")
            continue
        came = came.strip().casefold() if isinstance(came, str) else came
        mistakes: dict[str, str] = {}
        if problem in _NEAR:
            wrong, sentence = _NEAR[problem]
            mistakes[sentence] = wrong
        elif right == "severe":
            mistakes["a small share is a large ratio: divide the negatives by the positives"] = "slight"
        elif share > 0.1:
            mistakes["a large share is a small ratio: divide the negatives by the positives"] = "severe"
        kind = '"slight", "moderate" or "severe"'
        yield value(f"severities → {problem}", came, right, mistakes=mistakes, kind=kind)


@functools.cache
def _eights() -> dict[str, tuple[float, float]]:
    """Return accuracy and recall of the lesson's dummy and model, and on the wrong half, as the set-up makes them."""
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split

    digits = load_digits()
    is_eight = (digits.target == 8).astype(int)
    X_train, X_test, y_train, y_test = train_test_split(
        digits.data / 16, is_eight, test_size=0.5, stratify=is_eight, random_state=1
    )
    model = LogisticRegression(max_iter=1000).fit(X_train, y_train)
    return {
        "dummy": _judge(y_test, np.zeros(len(y_test), dtype=int)),
        "model": _judge(y_test, model.predict(X_test)),
        "model on training rows": _judge(y_train, model.predict(X_train)),
        "precision": (float(np.mean(y_test[model.predict(X_test) == 1])), 0.0),
    }


def _judge(y_true: Any, y_pred: Any) -> tuple[float, float]:
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    return float(np.mean(y_true == y_pred)), float(np.mean(y_pred[y_true == 1] == 1))


@task("dummy-against-model", points=4)
def dummy_against_model(
    judge: Any, dummy_accuracy: Any, dummy_recall: Any, model_accuracy: Any, model_recall: Any
) -> Iterable[Finding]:
    """Accuracy and recall as a function, then of a dummy and a model on the digits."""
    rng = fresh_generator("dummy-against-model")
    inputs = []
    for rows, share, found in ((300, 0.1, 0.6), (500, 0.05, 0.3), (200, 0.3, 0.8)):
        truth = (rng.permutation(rows) < rows * share).astype(int)
        says = np.where(rng.random(rows) < found, truth, 1 - truth)
        inputs.append((truth, says))
    yield from entries(
        "judge",
        judge,
        lambda y_true, y_pred: dict(zip(("accuracy", "recall"), _judge(y_true, y_pred), strict=True)),
        inputs,
        mistakes={
            "accuracy": {"that is the recall: accuracy counts all rows": lambda t, p: _judge(t, p)[1]},
            "recall": {
                "that is the accuracy: recall counts only the positives": lambda t, p: _judge(t, p)[0],
                "that is the precision: recall divides by the true positives there are": (
                    lambda t, p: float(np.mean(t[p == 1]))
                ),
                "that is the recall of the negatives: the positive class is 1": (
                    lambda t, p: float(np.mean(p[t == 0] == 0))
                ),
            },
        },
        share=2,
    )
    eights = _eights()
    training = "that is the value on the training rows: judge on `X_test` and `y_test`"
    for who, accuracy, recall in (
        ("dummy", dummy_accuracy, dummy_recall),
        ("model", model_accuracy, model_recall),
    ):
        right_accuracy, right_recall = eights[who]
        other = "model" if who == "dummy" else "dummy"
        swapped = f"that is the {other}'s value"
        for name, answer, right, mistakes in (
            (
                f"{who}_accuracy",
                accuracy,
                right_accuracy,
                {
                    "that is the recall: accuracy counts all rows": right_recall,
                    swapped: eights[other][0],
                    training: eights["model on training rows"][0],
                },
            ),
            (
                f"{who}_recall",
                recall,
                right_recall,
                {
                    "that is the accuracy: recall counts only the positives": right_accuracy,
                    swapped: eights[other][1],
                    training: eights["model on training rows"][1],
                    "that is the precision: recall divides by the true positives there are": eights["precision"][0],
                },
            ),
        ):
            yield value(name, answer, right, mistakes=mistakes, kind="a number from 0 to 1", share=0.5)


_KEYS = ("minority_class", "ratio", "cost_of_a_miss")


@task("five-problems", points=1)
def five_problems(my_problems: Any) -> Iterable[Finding]:
    """The form of five problems; the ideas are read by a person."""
    if my_problems is MISSING or my_problems is ...:
        yield value("my_problems", my_problems, [])
        return
    problems = list(my_problems) if isinstance(my_problems, (list, tuple)) else None
    if problems is None:
        yield Finding("my_problems", "wrong", f"you have {describe(my_problems)}; expected is a list of five dicts.")
    elif len(problems) != 5:
        yield Finding("my_problems", "wrong", f"you have {len(problems)} problems; asked for are five.")
    else:
        told = next(filter(None, (_wrong_form(number, one) for number, one in enumerate(problems, start=1))), None)
        classes = {str(one["minority_class"]).strip().casefold() for one in problems} if not told else set()
        if not told and len(classes) < 5:
            told = "two of the minority classes are the same; asked for are five different problems."
        yield Finding("my_problems", "wrong" if told else "right", told or "right in form; a person reads the ideas.")


def _wrong_form(number: int, problem: Any) -> str | None:
    table = as_mapping(problem) if isinstance(problem, Mapping) else None
    if table is None:
        return f"problem {number} is {describe(problem)}; expected is a dict with the keys {', '.join(_KEYS)}."
    for key in _KEYS:
        if key not in table:
            return f"problem {number} has no key {key!r}."
    ratio = table["ratio"]
    if isinstance(ratio, str):
        return f"problem {number}: the ratio is a text; write one number, 100 for 1:100."
    if not isinstance(ratio, (numbers.Real, np.number)) or isinstance(ratio, bool) or not np.isfinite(float(ratio)):
        return f"problem {number}: the ratio is {describe(ratio)}; expected is a number above 1."
    if 0 < float(ratio) < 1:
        return f"problem {number}: the ratio is upside down; majority over minority is above 1."
    if float(ratio) <= 1:
        return f"problem {number}: a ratio of {float(ratio):g} is no imbalance; expected is a number above 1."
    for key in ("minority_class", "cost_of_a_miss"):
        if not isinstance(table[key], str) or len(table[key].strip()) < 3:
            return f"problem {number}: {key!r} is empty; write a few words."
    return None


@task("bonus-pairs", points=0)
def bonus_pairs(pairs: Any) -> Iterable[Finding]:
    """How many genuine and impostor pairs."""
    rng = fresh_generator("bonus-pairs")

    def right(people: int, samples: int) -> list[int]:
        genuine = people * samples * (samples - 1) // 2
        return [genuine, people * samples * (people * samples - 1) // 2 - genuine]

    def each_twice(people: int, samples: int) -> list[int]:
        return [2 * count for count in right(people, samples)]

    def all_pairs(people: int, samples: int) -> list[int]:
        genuine, impostor = right(people, samples)
        return [genuine, genuine + impostor]

    def with_itself(people: int, samples: int) -> list[int]:
        genuine = people * samples * (samples + 1) // 2
        return [genuine, right(people, samples)[1]]

    inputs = [(100, 10), *((int(rng.integers(5, 60)), int(rng.integers(2, 12))) for _ in range(3))]
    yield function(
        "pairs",
        pairs,
        right,
        inputs,
        about=[f"{people} people with {samples} samples each" for people, samples in inputs],
        mistakes={
            "it counts each pair twice: the order of two samples does not matter": each_twice,
            "the second number are all pairs: take the genuine ones away": all_pairs,
            "it pairs a sample with itself": with_itself,
            "the two numbers are swapped: the genuine pairs come first": lambda p, s: right(p, s)[::-1],
        },
        kind="two whole numbers, genuine and impostor pairs",
    )


@task("bonus-positive-class", points=0)
def bonus_positive_class(positive: Any) -> Iterable[Finding]:
    """Which class is looked for in three stories."""
    table = as_mapping(positive)
    if positive is MISSING or positive is ... or table is None:
        yield value("positive", positive, dict.fromkeys(("claims", "mail", "bolts"), ""), kind="a dict of three names")
        return
    stories = {
        "claims": ("fraud", "honest", "the office looks for fraud; that it is the majority here does not matter"),
        "mail": ("wanted", "spam", "the user asks how many wanted mails are lost: that is their recall"),
        "bolts": ("cracked", "whole", "a cracked bolt that is missed hurts; whole ones are not looked for"),
    }
    for story, (right, wrong, reason) in stories.items():
        came = table.get(story, MISSING)
        came = came.strip().casefold() if isinstance(came, str) else came
        yield value(f"positive → {story}", came, right, mistakes={reason: wrong}, kind=f'"{right}" or "{wrong}"')


@task("find-the-bug", points=0)
def find_the_bug(bug_precision: Any, bug_flagged: Any) -> Iterable[Finding]:
    """An undefined precision that a silenced warning hid."""
    rows = 899
    yield value(
        "bug_precision",
        bug_precision,
        None,
        mistakes={
            "Not mended yet: 0 says that the alerts were wrong, but there were none": 0.0,
            "that treats nothing flagged as perfect: it is undefined, so `None`": 1.0,
        },
        kind="`None`, since nothing was flagged",
    )
    yield value(
        "bug_flagged",
        bug_flagged,
        0,
        mistakes={"Not mended yet: that are all rows; count those with label 1": rows},
        kind="a whole number",
    )


@task("quick-check-1", points=0, hints=False)
def quick_check_1(answer_1: Any) -> Iterable[Finding]:
    """What an accuracy of 99.5 % says at a prevalence of 0.5 %."""
    yield quiz.choice(
        "answer_1",
        answer_1,
        right="c",
        reasons={
            "a": "That would be the recall. Accuracy is mostly about the healthy.",
            "b": "The dummy to beat is right on 199 of 200: half is the chance level of even classes only.",
            "c": "Nobody called ill: right on 199 of 200, with recall 0. Ask for precision and recall.",
            "d": "Nothing in an accuracy tells how the training data looked.",
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
            "c": "It learns from them; section 3 shows a ranking that holds at a ratio of 200.",
            "d": "On average they equal the share of positives. Multiplied they would be wrong.",
        },
    )
