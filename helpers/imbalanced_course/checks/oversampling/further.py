"""The checks of lesson 5's questions and of its optional part: shrinkage and find the bug."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks import quiz
from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task


def _silverman(rows: int, columns: int) -> float:
    return float((4 / ((columns + 2) * rows)) ** (1 / (columns + 4)))


@task("bonus-shrinkage", points=0)
def bonus_shrinkage(jitter: Any) -> Iterable[Finding]:
    """How far shrinkage throws a copy, feature by feature."""
    rng = fresh_generator("bonus-shrinkage")
    inputs = []
    for rows, few, columns, shrinkage in ((400, 40, 2, 1.0), (900, 60, 4, 0.3), (250, 25, 3, 0.0)):
        labels = rng.permutation((np.arange(rows) < few).astype(int))
        scales = rng.uniform(0.5, 9.0, size=columns)
        inputs.append((rng.normal(size=(rows, columns)) * scales * (1 + labels[:, None]), labels, shrinkage))

    def right(X: Any, y: Any, shrinkage: float) -> Any:
        return shrinkage * _silverman(*X.shape) * X[y == 1].std(axis=0)

    mistakes: dict[str, Callable[..., Any]] = {
        "The standard deviation is that of all rows. Take the minority's.": lambda X, y, s: (
            s * _silverman(*X.shape) * X.std(axis=0)
        ),
        "Its n is the number of minority rows. The library counts all rows.": lambda X, y, s: (
            s * _silverman(int(y.sum()), X.shape[1]) * X[y == 1].std(axis=0)
        ),
        "The power 1 / (d + 4) is missing. Put it on the fraction.": lambda X, y, s: (
            s * _silverman(*X.shape) ** (X.shape[1] + 4) * X[y == 1].std(axis=0)
        ),
        "The factor that shrinks with the number of rows is missing. Put it in.": lambda X, y, s: (
            s * X[y == 1].std(axis=0)
        ),
        "The shrinkage itself is missing. Put it in.": lambda X, y, s: _silverman(*X.shape) * X[y == 1].std(axis=0),
        "That's the variance. Take its root.": lambda X, y, s: s * _silverman(*X.shape) * X[y == 1].var(axis=0),
        "The scale of the features is missing. Multiply by each feature's standard deviation.": (
            lambda X, y, s: np.full(X.shape[1], s * _silverman(*X.shape))
        ),
    }

    def agree(came: Any, expected: Any, *_: Any) -> bool:
        # With n or n - 1 below the fraction bar: both are called standard deviation.
        numbers = np.asarray(came, dtype=float).ravel()
        return numbers.shape == expected.shape and bool(np.allclose(numbers, expected, rtol=0.025, atol=1e-9))

    yield function(
        "jitter",
        jitter,
        right,
        inputs,
        about=[
            f"{len(y)} rows of {X.shape[1]} features, {y.sum()} of the minority, shrinkage={s}" for X, y, s in inputs
        ],
        mistakes=mistakes,
        errors={
            "'numpy.ndarray' object has no attribute": "The check calls it with NumPy arrays.",
            "positional argument": "The check calls jitter(X, y, shrinkage).",
        },
        agree=agree,
        kind="an array with one number per feature",
    )


@functools.cache
def _tested(resampled: str) -> tuple[dict[int, int], float, float]:
    """Return counts after SMOTE, and prevalence and average precision of the test part.

    Parameters
    ----------
    resampled : {"training part", "all rows", "both parts", "nothing"}
        What SMOTE was given; "all rows" means before the split.
    """
    from imblearn.over_sampling import SMOTE
    from sklearn.metrics import average_precision_score
    from sklearn.model_selection import train_test_split
    from sklearn.neighbors import KNeighborsClassifier

    from imbalanced_course import datasets

    def more(rows: Any, labels: Any) -> Any:
        return SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(rows, labels)

    X, y = datasets.make_two_features()
    if resampled == "all rows":
        X, y = more(X, y)
    train_X, test_X, train_y, test_y = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
    if resampled in ("training part", "both parts"):
        train_X, train_y = more(train_X, train_y)
    if resampled == "both parts":
        test_X, test_y = more(test_X, test_y)
    scores = KNeighborsClassifier(5).fit(train_X, train_y).predict_proba(test_X)[:, 1]
    after = np.asarray(y if resampled == "all rows" else train_y)
    counts = {label: int(np.sum(after == label)) for label in (0, 1)}
    return counts, float(np.mean(test_y)), float(average_precision_score(test_y, scores))


@task("find-the-bug", points=0)
def find_the_bug(counts_after: Any, test_share: Any, test_ap: Any) -> Iterable[Finding]:
    """A test of a model whose cell as given counts the labels before SMOTE twice and splits after it."""
    right = _tested("training part")
    for i, (name, answer) in enumerate(
        zip(("counts_after", "test_share", "test_ap"), (counts_after, test_share, test_ap), strict=True)
    ):
        finding = value(name, answer, right[i])
        if finding.status == "wrong":  # the mistakes take models of their own, and a right answer does not need them
            wrong = {told[i]: one[i] for told, one in _mistaken_tests() if one[i] != right[i]}
            finding = value(name, answer, right[i], mistakes=wrong)
        yield finding


def _mistaken_tests() -> list[tuple[tuple[str, str, str], tuple[dict[int, int], float, float]]]:
    """Return what each mistake of find-the-bug gives, with the sentences that name it, one for each of its names."""
    too_early = (
        "Not fixed yet. SMOTE before the split changed the share of positives in the test set.",
        "Not fixed yet. SMOTE before the split, so the test set contains relatives of training rows.",
    )
    counted_twice = "Not fixed yet. These are the labels before SMOTE, counted a second time."
    both_parts = "You resampled the test set as well. Keep it as it came."
    share, precision = _tested("all rows")[1:]
    return [
        ((counted_twice, *too_early), ({0: 9900, 1: 100}, share, precision)),
        (("These are all rows after SMOTE. It should see only the training rows.", *too_early), _tested("all rows")),
        (
            ("", both_parts, both_parts),  # its counts are right
            _tested("both parts"),
        ),
        (
            (
                "These are the training labels before SMOTE. Count what `fit_resample` returned.",
                "",  # its share is right
                "That's the model trained without SMOTE. Resample the training rows.",
            ),
            _tested("nothing"),
        ),
    ]


@task("before-1", points=0, hints=False)
def before_1(before_1: Any) -> Iterable[Finding]:
    """What a probability means after undersampling."""
    yield quiz.choice(
        "before_1",
        before_1,
        right="b",
        reasons={
            "a": "It learned at a prevalence of one half and describes that. In production, fraud is far rarer.",
            "b": "Its probabilities belong to a prevalence of one half. With the odds divided by 99, 0.5 becomes 0.01.",
            "c": "The training rows had too many frauds for production, so the probabilities are too high.",
            "d": "The level of the scores is wrong, and that can be computed from the two prevalences (lesson 4).",
        },
    )


@task("before-2", points=0, hints=False)
def before_2(before_2: Any) -> Iterable[Finding]:
    """The threshold from costs."""
    yield quiz.choice(
        "before_2",
        before_2,
        right="d",
        reasons={
            "a": "That's a habit. It would be the cheapest if both mistakes cost the same.",
            "b": "That's the miss's share of both costs. The false alarm's cost goes on top.",
            "c": "The formula has no prevalence in it, because calibrated probabilities contain it already.",
            "d": "It's 10 / (10 + 990). An expensive miss lowers the threshold.",
        },
    )


@task("quick-check-1", points=0, hints=False)
def quick_check_1(answer_1: Any) -> Iterable[Finding]:
    """What a score from balanced folds is worth."""
    yield quiz.choice(
        "answer_1",
        answer_1,
        right="a",
        reasons={
            "a": "Test folds contain relatives of training rows, and half of their rows are positive. Only real "
            "test rows show what the forest can do.",
            "b": "The task didn't get easier, the test did. How much of the 0.97 is the leak can't be told from it.",
            "c": "Shuffling spreads the rows over the folds even better, so it makes more relatives, not fewer.",
            "d": "The score belongs to a forest that finds relatives of its training rows. New patients have none.",
        },
    )


@task("quick-check-2", points=0, hints=False)
def quick_check_2(answer_2: Any) -> Iterable[Finding]:
    """Where SMOTE puts new points when honest rows are in between."""
    yield quiz.choice(
        "answer_2",
        answer_2,
        right="c",
        reasons={
            "a": "That would be a method that looks at the honest payments. SMOTE looks only at the frauds "
            "(section 2).",
            "b": "SMOTE doesn't look for gaps. It draws how far it goes from one fraud toward the other (section 2).",
            "c": "The step is drawn evenly from 0 to 1, so about half of the new frauds are among the honest payments.",
            "d": "Nothing stops SMOTE there, because it never looks at the honest payments (section 2).",
        },
    )
