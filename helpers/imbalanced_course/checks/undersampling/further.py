"""The checks of lesson 4's further sections: bonus tasks, find the bug, and the quick check."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from imbalanced_course import quiz
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

    every = "with `all` every neighbour must agree for a row to stay: a single one that disagrees drops it"
    turned = "these are the rows that stay: give True for those that are dropped"
    yield from entries(
        "enn_drops",
        enn_drops,
        lambda labels: {"all": against(labels) > 0, "mode": against(labels) > 0.5},
        inputs,
        about=["12 rows with three neighbours each", "18 rows with five neighbours each"],
        mistakes={
            "all": {
                f"{every}; you drop where all disagree": lambda labels: against(labels) == 1,
                f"{every}; you drop where more than half disagree: that is `mode`": lambda labels: (
                    against(labels) > 0.5
                ),
                turned: lambda labels: against(labels) == 0,
            },
            "mode": {
                "with `mode` the neighbours vote: you drop on a single one, that is `all`": (
                    lambda labels: against(labels) > 0
                ),
                "with `mode` the neighbours vote: you drop where all disagree": lambda labels: against(labels) == 1,
                "with `mode` more than half must disagree, of five neighbours three: you ask for two whatever their "
                "number": lambda labels: np.sum(labels == 1, axis=1) >= 2,
                turned: lambda labels: against(labels) < 0.5,
            },
        },
        errors={
            "'numpy.ndarray' object has no attribute": "the check calls it with a NumPy array",
            "positional argument": "the check calls enn_drops(neighbour_labels) with one array",
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
        return Finding(name, "wrong", f"should be a sampler, made with its brackets: {error}.")
    if not hasattr(sampler, "fit_resample"):
        return Finding(name, "wrong", f"a {type(sampler).__name__} does not resample: look in imblearn.under_sampling.")
    table = _telling_table(name, right, wrong)
    try:
        came = _kept(sampler, table)
    except Exception as error:
        return Finding(name, "wrong", f"cannot resample: {type(error).__name__}. Is a parameter out of its range?")
    if came == _kept(right, table):
        return Finding(name, "right", "right: it keeps the rows that it should, also of data you have not seen.")
    # By the parameters first: two wrong samplers may keep the same rows.
    told = next((told for told, one in wrong.items() if _same(sampler, one)), None) or next(
        (told for told, one in wrong.items() if came == _kept(one, table)), None
    )
    if told:
        return Finding(name, "wrong", f"{told}.", told)
    if type(sampler) is type(right):
        return Finding(
            name, "wrong", f"{type(sampler).__name__} it is, with other parameters: read the description again."
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
            "that grows up to three neighbours, the default: the description says five": us.AllKNN(),
            "that is ENN once, with five neighbours at once: the neighbourhood should grow": us.EditedNearestNeighbours(
                n_neighbors=5
            ),
            "that repeats with the same five neighbours each time: the neighbourhood should grow": (
                us.RepeatedEditedNearestNeighbours(n_neighbors=5)
            ),
            "that repeats with three neighbours each time: the neighbourhood should grow, up to five": (
                us.RepeatedEditedNearestNeighbours()
            ),
        },
    )
    yield _sampler_finding(
        "sampler_b",
        sampler_b,
        us.NearMiss(version=3, n_neighbors_ver3=10),
        {
            "that is version 1, which keeps the smallest distances and collects nothing first": us.NearMiss(),
            "that is version 1 with ten neighbours: look for the version that first collects rows": us.NearMiss(
                n_neighbors=10
            ),
            "that is version 2, which looks at the farthest minority rows": us.NearMiss(version=2),
            "that collects three rows, the default: the description says ten": us.NearMiss(version=3),
            "that averages over ten minority rows; ten is the number of rows collected first": us.NearMiss(
                version=3, n_neighbors=10
            ),
            "that is right but for the mean distance: it goes over three minority rows, the default": us.NearMiss(
                version=3, n_neighbors=10, n_neighbors_ver3=10
            ),
        },
    )


@functools.cache
def _tests_of_a_model() -> dict[str, tuple[int, float, float]]:
    """Return rows, prevalence and precision of the test part, by what was undersampled."""
    from imblearn.under_sampling import RandomUnderSampler
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import precision_score
    from sklearn.model_selection import train_test_split

    from imbalanced_course import datasets

    def thin(rows: Any, labels: Any) -> Any:
        return RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(rows, labels)

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
        "on the training part": tested(thin(*train), thin(*train)),
    }


@task("find-the-bug", points=0)
def find_the_bug(test_rows: Any, test_prevalence: Any, test_precision: Any) -> Iterable[Finding]:
    """A test of a model that the cell as given undersamples before the split."""
    known = _tests_of_a_model()
    unmended = "not fixed yet"
    sentences: dict[str, Callable[[int], str]] = {
        "before the split": lambda i: (
            f"{unmended}: a quarter of 10,000 rows are more",
            f"{unmended}: a share of positives that the data do not have",
            f"{unmended}: this precision was measured after the negatives had been dropped",
        )[i],
        "both parts": lambda i: "you resampled the test set as well: leave the test part as it is",
        "plain split": lambda i: "the split does not keep the share of positives: `stratify=y`",
        "on the training part": lambda i: "that is measured on the rows of the training part: judge on the test part",
        "neither": lambda i: "that is the model trained on all rows: the training part should still be undersampled",
    }
    names, came = ("test_rows", "test_prevalence", "test_precision"), (test_rows, test_prevalence, test_precision)
    # The first two names alone cannot tell all mistakes apart: where one gives all three numbers, it is that one.
    shown = [which for which in sentences if matches(came, known[which])] or list(sentences)
    for i, (name, answer) in enumerate(zip(names, came, strict=True)):
        wrong = {sentences[which](i): known[which][i] for which in shown if known[which][i] != known["right"][i]}
        yield value(name, answer, known["right"][i], mistakes=wrong, tolerance=6e-4 if i else 0.5)


@task("quick-check-1", points=0, hints=False)
def quick_check_1(answer_1: Any) -> Iterable[Finding]:
    """What a precision on balanced data says of a rare class."""
    yield quiz.choice(
        "answer_1",
        answer_1,
        right="b",
        reasons={
            "a": "Recall and the false positive rate belong to the model and its threshold. Precision also depends on "
            "how many negatives there are to be flagged by mistake.",
            "b": "For each fraud there are a thousand times as many honest payments as in the test, and the same share "
            "of them is flagged by mistake. So nearly all alerts are false.",
            "c": "Precision does not count misses. It counts false alarms, and these come from the honest payments.",
            "d": "Stratifying keeps the share of positives that the data have when they are split. Here that share had "
            "been changed before.",
        },
    )


@task("quick-check-2", points=0, hints=False)
def quick_check_2(answer_2: Any) -> Iterable[Finding]:
    """What the prior correction changes."""
    yield quiz.choice(
        "answer_2",
        answer_2,
        right="c",
        reasons={
            "a": "ROC AUC looks at the order of the scores alone, and the correction keeps the order.",
            "b": "Average precision looks at the order of the scores alone, and the correction keeps the order.",
            "c": "The Brier score compares probabilities with what happened. The correction brings them down, to the "
            "true level where the model is right; the order of the rows stays.",
            "d": "Two of them judge the ranking. Does a higher score become a lower one by the correction?",
        },
    )
