"""The checks of lesson 4's further sections: bonus tasks, find the bug, and the quick check."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from imbalanced_course.checks import quiz
from imbalanced_course.checks.border import NotAllowed, rebuilt
from imbalanced_course.checks.compare import entries, value
from imbalanced_course.checks.resampled import fresh_table
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.values import matches, not_attempted


@task("bonus-enn-settings", points=0)
def bonus_enn_settings(enn_drops: Any) -> Iterable[Finding]:
    """Which majority rows edited nearest neighbours drops, by the labels of their neighbours."""
    rng = fresh_generator("bonus-enn-settings")
    inputs = []
    for k in (3, 5):
        # Every number of disagreeing neighbours occurs, so that each known mistake shows.
        counts = rng.permutation(np.tile(np.arange(k + 1), 3))
        inputs.append((np.array([rng.permutation((np.arange(k) < n).astype(int)) for n in counts]),))

    def against(labels: Any) -> Any:
        return np.mean(labels == 1, axis=1)

    every = "With `all` every neighbor must agree for a row to stay, and a single one that disagrees drops it"
    turned = "These are the rows that stay. Give True for those that are dropped."
    yield from entries(
        "enn_drops",
        enn_drops,
        lambda labels: {"all": against(labels) > 0, "mode": against(labels) > 0.5},
        inputs,
        about=["12 rows with three neighbors each", "18 rows with five neighbors each"],
        mistakes={
            "all": {
                f"{every}. You drop where all disagree.": lambda labels: against(labels) == 1,
                f"{every}. You drop where more than half disagree, which is `mode`.": lambda labels: (
                    against(labels) > 0.5
                ),
                turned: lambda labels: against(labels) == 0,
            },
            "mode": {
                "With `mode` the neighbors vote. You drop on a single one, which is `all`.": (
                    lambda labels: against(labels) > 0
                ),
                "With `mode` the neighbors vote. You drop where all disagree.": lambda labels: against(labels) == 1,
                "With `mode` more than half must disagree, so three of five neighbors. You ask for two whatever their "
                "number.": lambda labels: np.sum(labels == 1, axis=1) >= 2,
                turned: lambda labels: against(labels) < 0.5,
            },
        },
        errors={
            "'numpy.ndarray' object has no attribute": "The check calls it with a NumPy array.",
            "positional argument": "The check calls enn_drops(neighbor_labels) with one array.",
        },
    )


def _kept(sampler: Any, table: Any) -> list[float]:
    rows = sampler.fit_resample(table[["feature_1", "feature_2"]], table["target"])[0]
    return sorted(rows["feature_1"].tolist())


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one.get_params() == other.get_params()


def _telling_table(name: str, right: Any, wrong: Mapping[str, Any]) -> Any:
    """Return fresh rows of which no wrong sampler keeps the same ones as the right one."""
    rng = fresh_generator(name)
    for _ in range(20):
        table = fresh_table(rng, rows=300, positives=60)
        expected = _kept(right, table)
        if all(_kept(one, table) != expected for one in wrong.values()):
            break
    return table


def _sampler_finding(name: str, answer: Any, right: Any, wrong: Mapping[str, Any]) -> Finding:
    """Judge a sampler by the rows that it keeps of fresh ones."""
    if answer is MISSING or not_attempted(answer):
        return value(name, answer, None)
    try:
        sampler = rebuilt(answer)
    except NotAllowed as error:
        return Finding(name, "wrong", f"should be a sampler, made with its parentheses: {error}.")
    if not hasattr(sampler, "fit_resample"):
        return Finding(name, "wrong", f"A {type(sampler).__name__} doesn't resample. Look in imblearn.under_sampling.")
    table = _telling_table(name, right, wrong)
    try:
        came = _kept(sampler, table)
    except Exception as error:
        return Finding(name, "wrong", f"It can't resample ({type(error).__name__}). Is a parameter out of its range?")
    if came == _kept(right, table):
        return Finding(name, "right", "right. It keeps the rows that it should, also of data you have not seen.")
    # By the parameters first: two wrong samplers may keep the same rows.
    said = next((said for said, one in wrong.items() if _same(sampler, one)), None) or next(
        (said for said, one in wrong.items() if came == _kept(one, table)), None
    )
    if said:
        return Finding(name, "wrong", said, said)
    if type(sampler) is type(right):
        return Finding(
            name, "wrong", f"It's {type(sampler).__name__}, but with other parameters. Read the description again."
        )
    return Finding(name, "wrong", f"{type(sampler).__name__} keeps other rows than the sampler described.")


@task("bonus-find-the-sampler", points=0)
def bonus_find_the_sampler(sampler_a: Any, sampler_b: Any) -> Iterable[Finding]:
    """Two samplers found by their description."""
    from imblearn import under_sampling as us

    yield _sampler_finding(
        "sampler_a",
        sampler_a,
        us.AllKNN(n_neighbors=5),
        {
            "That grows up to three neighbors, the default. The description says five.": us.AllKNN(),
            "That's ENN once, with five neighbors at once. The neighborhood should grow.": us.EditedNearestNeighbours(
                n_neighbors=5
            ),
            "That repeats with the same five neighbors each time. The neighborhood should grow.": (
                us.RepeatedEditedNearestNeighbours(n_neighbors=5)
            ),
            "That repeats with three neighbors each time. The neighborhood should grow, up to five.": (
                us.RepeatedEditedNearestNeighbours()
            ),
        },
    )
    yield _sampler_finding(
        "sampler_b",
        sampler_b,
        us.NearMiss(version=3, n_neighbors_ver3=10),
        {
            "That's version 1, which keeps the smallest distances and collects nothing first.": us.NearMiss(),
            "That's version 1 with ten neighbors. Look for the version that first collects rows.": us.NearMiss(
                n_neighbors=10
            ),
            "That's version 2, which looks at the farthest minority rows.": us.NearMiss(version=2),
            "That collects three rows, the default. The description says ten.": us.NearMiss(version=3),
            "That averages over ten minority rows, but ten is the number of rows collected first.": us.NearMiss(
                version=3, n_neighbors=10
            ),
            "That's right except for the mean distance, which is over three minority rows, the default.": us.NearMiss(
                version=3, n_neighbors=10, n_neighbors_ver3=10
            ),
        },
    )


@functools.cache
def _tests_of_a_model() -> dict[str, tuple[int, float, float]]:
    """Return rows, prevalence and precision of the test set, by what was undersampled."""
    from imblearn.under_sampling import RandomUnderSampler
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import precision_score
    from sklearn.model_selection import train_test_split

    from imbalanced_course import datasets

    def thin(rows: Any, labels: Any, ratio: float = 0.5) -> Any:
        return RandomUnderSampler(sampling_strategy=ratio, random_state=1).fit_resample(rows, labels)

    def split(rows: Any, labels: Any, *, stratified: bool = True) -> Any:
        by = labels if stratified else None
        return train_test_split(rows, labels, test_size=0.25, stratify=by, random_state=1)

    def tested(train: Any, test: Any) -> tuple[int, float, float]:
        flags = LogisticRegression().fit(*train).predict(test[0])
        return len(test[1]), float(np.mean(test[1])), float(precision_score(test[1], flags))

    X, y = datasets.make_two_features()
    before, after = split(*thin(X, y)), split(X, y)
    train, test = (after[0], after[2]), (after[1], after[3])
    plain = split(X, y, stratified=False)
    return {
        "right": tested(thin(*train), test),
        "before the split": tested((before[0], before[2]), (before[1], before[3])),
        "both parts": tested(thin(*train), thin(*test)),
        "neither": tested(train, test),
        "plain split": tested(thin(plain[0], plain[2]), (plain[1], plain[3])),
        "on the training set": tested(thin(*train), thin(*train)),
        "at 1:1": tested(thin(*train, 1.0), test),
    }


@task("find-the-bug", points=0)
def find_the_bug(test_rows: Any, test_prevalence: Any, test_precision: Any) -> Iterable[Finding]:
    """A test of a model whose rows the cell as given undersamples before the split."""
    known = _tests_of_a_model()
    unfixed = "Not fixed yet"
    sentences: dict[str, Callable[[int], str]] = {
        "before the split": lambda i: (
            f"{unfixed}. A quarter of 10,000 rows is more than that.",
            f"{unfixed}. The data don't have this share of positives.",
            f"{unfixed}. This precision was measured after the negatives had been dropped.",
        )[i],
        "both parts": lambda i: "You resampled the test set as well. Don't change it.",
        "plain split": lambda i: "The split doesn't keep the share of positives. Pass `stratify=flat_y`.",
        "on the training set": lambda i: "That's measured on the rows of the training set. Judge on the test set.",
        "at 1:1": lambda i: "That's with as many negatives as positives. Keep the cell's ratio, 0.5.",
        "neither": lambda i: "That's the model trained on all rows. The training set should still be undersampled.",
    }
    names, came = ("test_rows", "test_prevalence", "test_precision"), (test_rows, test_prevalence, test_precision)
    # The first two names alone cannot tell all mistakes apart: where one gives all three numbers, it is that one.
    shown = [which for which in sentences if matches(came, known[which])] or list(sentences)
    for i, (name, answer) in enumerate(zip(names, came, strict=True)):
        wrong = {sentences[which](i): known[which][i] for which in shown if known[which][i] != known["right"][i]}
        yield value(name, answer, known["right"][i], mistakes=wrong, tolerance=6e-4 if i else 0.5)


@task("before-1", points=0, hints=False)
def before_1(before_1: Any) -> Iterable[Finding]:
    """The cheapest threshold for calibrated probabilities, from two costs."""
    yield quiz.choice(
        "before_1",
        before_1,
        right="d",
        reasons={
            "a": "0.5 is cheapest only if both mistakes cost the same. Here a miss costs 19 times as much.",
            "b": "Expensive misses are a reason to flag more payments, so the threshold should be low.",
            "c": "The prevalence doesn't enter the formula. Calibrated probabilities have it in them already.",
            "d": "False alarm / (false alarm + miss) is 10 / 200. The formula needs calibrated probabilities, and "
            "section 5 "
            "shows what undersampling does to them.",
        },
    )


@task("before-2", points=0, hints=False)
def before_2(before_2: Any) -> Iterable[Finding]:
    """What a random test set of a rare class may lack."""
    yield quiz.choice(
        "before_2",
        before_2,
        right="a",
        reasons={
            "a": "With 10 positives in 1,000 rows, a random tenth has none in about one case of three. Then recall is "
            "undefined.",
            "b": "One is what you get on average. Without stratifying, it's left to chance.",
            "c": "There are only 10 positives in all 1,000 rows. Chance decides how many the test set gets.",
            "d": "Accuracy can always be computed, which is one reason why it misleads.",
        },
    )


@task("quick-check-1", points=0, hints=False)
def quick_check_1(answer_1: Any) -> Iterable[Finding]:
    """Why balanced weights can lower a linear model's average precision."""
    yield quiz.choice(
        "answer_1",
        answer_1,
        right="b",
        reasons={
            "a": "Weights remove no row. They only let some rows count more.",
            "b": "Weights move the region where the fit is most sensitive toward the majority. If the truth isn't a "
            "straight line, the fit at the top of the list can get worse.",
            "c": "Average precision doesn't read a threshold, so a moved threshold can't lower it.",
            "d": "The same factor for all would keep the order, and average precision reads only the order.",
        },
    )


@task("quick-check-2", points=0, hints=False)
def quick_check_2(answer_2: Any) -> Iterable[Finding]:
    """Which of three teams needs fewer rows, another threshold, or nothing."""
    yield quiz.choice(
        "answer_2",
        answer_2,
        right="a",
        reasons={
            "a": "Only size calls for fewer rows, and then for the repair. Costs set a threshold, and calibrated "
            "probabilities are what premiums need.",
            "b": "Team 2 needs only a lower threshold. Team 3 flags no one, so it has no threshold.",
            "c": "A threshold doesn't make a table smaller, and team 2 needs only a lower one.",
            "d": "Team 1 can't fit a model on rows that don't fit into memory. Undersampling would raise team 3's "
            "premiums.",
        },
    )
