"""Resample the training set only: lines in order, and a function that splits first."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import judged, value
from imbalanced_course.checks.resampled import fresh_table, labels_of, rows_of
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.undersampling.ratio import RATIO_ERRORS, ratio_fault
from imbalanced_course.checks.values import describe, not_attempted

FEATURES = ["feature_1", "feature_2"]
ORDER = "It should return four parts in this order: X_train, X_test, y_train, y_test."
NOT_BY_SEED = (
    "Called twice with the same seed, it sets different rows aside. Pass `seed` to the split as `random_state=seed`."
)
FIXED_SEED = "With another seed it sets the same rows aside. Pass `seed` to the split as `random_state=seed`."


def _split_fault(
    came: Any, X: pd.DataFrame, y: pd.Series, ratio: float, seed: int, aside: dict[tuple[int, int], frozenset[int]]
) -> str | None:
    """Return what is wrong with the four parts of a split whose training set is to be undersampled.

    `aside` remembers the test rows that came for a number of rows and a seed.
    """
    from sklearn.model_selection import train_test_split

    if not isinstance(came, (tuple, list)) or len(came) != 4:
        return ORDER
    table = X.assign(target=y)
    train, test = rows_of(came[0], table), rows_of(came[1], table)
    y_train, y_test = labels_of(came[2]), labels_of(came[3])
    if train is None or test is None or y_train is None or y_test is None:
        return ORDER
    truth = y.to_numpy()
    if len(test) != len(y_test) or len(train) != len(y_train):
        return ORDER
    if not (np.array_equal(truth[train], y_train) and np.array_equal(truth[test], y_test)):
        return "Rows and labels don't belong together anymore. Resample both in one call."
    if set(train.tolist()) & set(test.tolist()):
        return "Some rows are in both parts. Don't train on test rows."
    wanted_test, positives = len(y) / 4, int(y.sum())
    test_positives = positives * len(test) / len(y)
    natural = f"The test set has {len(test)} of {len(y)} rows, {np.mean(y_test):.0%} of them positive"
    if len(test) <= wanted_test - 1 and np.mean(y_test) > 1.5 * positives / len(y):
        stratified = train_test_split(np.arange(len(y)), test_size=0.25, stratify=truth, random_state=seed)[1]
        if set(test[y_test == 1].tolist()) == set(stratified[truth[stratified] == 1].tolist()):
            return f"{natural}, so it resampled the test set, too. Resample only the training set."
        return f"{natural}, so it resampled before splitting. Split first, and don't change the test set."
    if abs(len(test) - wanted_test) >= 1:
        return f"{natural}. The task asks for a quarter of all rows, at their natural prevalence."
    if abs(int(np.sum(y_test)) - test_positives) >= 1:
        return "The test set doesn't keep the prevalence. Split with `stratify=y`."
    for (rows, other), others in aside.items():
        if rows == len(y) and (other == seed) != (others == frozenset(test.tolist())):
            return NOT_BY_SEED if other == seed else FIXED_SEED
    aside[len(y), seed] = frozenset(test.tolist())
    if len(train) == len(y) - len(test):
        return "The training set wasn't undersampled. Return what `fit_resample` returns."
    return ratio_fault(y_train, positives - int(np.sum(y_test)), (positives - np.sum(y_test)) / ratio)


def _telling_seed(rng: np.random.Generator, y: pd.Series) -> int:
    """Return a seed with which a split that forgets `stratify=y` misses the prevalence, as it now and then does not."""
    from sklearn.model_selection import train_test_split

    for _ in range(200):
        seed = int(rng.integers(1, 10_000))
        test = train_test_split(y, test_size=0.25, random_state=seed)[1]
        if abs(test.sum() - y.sum() / 4) > 2:
            break
    return seed


@task("bonus-split-first", points=0)
def bonus_split_first(split_and_undersample: Any) -> Iterable[Finding]:
    """A split of which only the training set is undersampled."""
    rng = fresh_generator("split-first")
    # Neither number of rows can be cut into quarters: a test set may be rounded up or down, and no more.
    first, second = (fresh_table(rng, rows=rows, positives=positives) for rows, positives in ((802, 42), (603, 49)))
    seeds = [_telling_seed(rng, table["target"]) for table in (first, first, second)]
    calls = [
        (table[FEATURES], table["target"], ratio, seed)
        for table, ratio, seed in (
            (first, 0.5, seeds[0]),
            (first, 0.5, seeds[0]),
            (first, 0.5, seeds[1]),
            (second, 0.25, seeds[2]),
        )
    ]
    aside: dict[tuple[int, int], frozenset[int]] = {}
    yield judged(
        "split_and_undersample",
        split_and_undersample,
        functools.partial(_split_fault, aside=aside),
        calls,
        about=[f"{len(y)} rows with {y.sum()} positives, ratio={ratio} and seed={seed}" for _, y, ratio, seed in calls],
        errors={
            **RATIO_ERRORS,
            "positional argument": "The check calls split_and_undersample(X, y, ratio, seed).",
            "not enough values to unpack": "`train_test_split` returns four parts.",
        },
    )


# What each line of task 4.3 sets and uses; the names of the setup cells left out.
SETS = {"d": {"X_train", "X_test", "y_train", "y_test"}, "c": {"model"}, "g": {"fit"}, "b": {"scores"}, "e": set()}
USES = {
    "d": set(),
    "c": set(),
    "g": {"model", "X_train", "y_train"},
    "b": {"model", "X_test", "fit"},
    "e": {"scores", "y_test"},
}


def _order_fault(letters: str) -> str | None:
    """Return what is wrong with an order of the lines, or None."""
    unknown = sorted(set(letters) - set("abcdefg"))
    if unknown:
        return f"There's no line {unknown[0]}. Use the letters a to g."
    if "f" in letters:
        return (
            "Line f makes scikit-learn's own pipeline, which refuses a sampler (section 3). Leave it out, and use the "
            "other pipeline."
        )
    if "a" in letters:
        if "d" in letters and letters.index("d") < letters.index("a"):
            return (
                "Line a comes after the split, so it changes nothing that a later line uses. The sampler in the "
                "pipeline "
                "already resamples the training rows; leave line a out."
            )
        return (
            "Line a undersamples all rows, so the test set has another prevalence (section 2). Leave it out, "
            "because the "
            "sampler in the pipeline resamples the training rows."
        )
    twice = next((letter for letter in letters if letters.count(letter) > 1), None)
    if twice:
        return f"Line {twice} is there twice. Each line runs once."
    missing = sorted(set(SETS) - set(letters))
    if missing:
        return f"Line {missing[0]} is missing. You need a split, a pipeline, a fit, scores, and a metric (hint 2)."
    there: set[str] = set()
    for letter in letters:
        lacks = sorted(USES[letter] - there)
        if lacks == ["fit"]:
            return "Line b comes before line g, so it asks a model that hasn't been fitted (hint 2)."
        if lacks:
            return f"Line {letter} comes too early, because it uses `{lacks[0]}`, which a later line sets (hint 2)."
        there |= SETS[letter]
    return None


@task(
    "lines-in-order",
    points=3,
    consequence="The test set is natural, and `predict_proba` skips the sampler. The split could also come after the "
    "pipeline is made, but never after a resampling of all rows.",
)
def lines_in_order(order: Any) -> Iterable[Finding]:
    """Five of seven lines, in an order in which they run and judge on a natural test set."""
    name = "order"
    if order is MISSING or not_attempted(order):
        yield value(name, order, None)
        return
    if isinstance(order, (list, tuple)) and all(isinstance(one, str) for one in order):
        order = "".join(order)
    if not isinstance(order, str):
        yield Finding(name, "wrong", f"you have {describe(order)}; it should be one text of five letters.")
        return
    letters = re.sub(r"[\s,;>-]", "", order.casefold())
    said = _order_fault(letters)
    yield Finding(name, "wrong", said, said) if said else Finding(name, "right", "right.")
