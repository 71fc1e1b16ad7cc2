"""A split that keeps the shares, and what a plain one risks."""

from __future__ import annotations

from collections.abc import Iterable
from math import comb
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import function, judged
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.values import TOLERANCE, describe, matches

PLAIN = "the test set does not have its share of the positives: split with `stratify=y`"
UNSHUFFLED = "that takes the last rows as they come: shuffle, and split with `stratify=y`"
SWAPPED_PARTS = "the training and the test part are swapped"
ORDER = "the order of the four parts is `X_train, X_test, y_train, y_test`"
NOT_REPEATABLE = "the same seed twice gives two different splits: pass the seed on as `random_state`"
SAME_FOR_ALL_SEEDS = "two different seeds give the same split: pass the seed on as `random_state`"
OVERLAP = "some rows are on both sides"
KNOWN = {PLAIN, UNSHUFFLED, SWAPPED_PARTS, ORDER, NOT_REPEATABLE, SAME_FOR_ALL_SEEDS, OVERLAP}


def labelled_rows(
    rng: np.random.Generator, *, rows: int, positives: int, shift: float = 1.0
) -> tuple[pd.DataFrame, pd.Series]:
    """Return rows of two features in random order; the first is different in every row, the second tells the classes.

    `shift` is how far the positives lie from the negatives, in standard deviations.
    """
    y = np.zeros(rows, dtype=int)
    y[:positives] = 1
    X = np.column_stack([rng.permutation(rows) / rows, rng.normal(size=rows) + shift * y])
    order = rng.permutation(rows)
    return pd.DataFrame(X[order], columns=["feature_1", "feature_2"]), pd.Series(y[order], name="target")


def unlucky_seed(y: pd.Series, test_rows: int, start: int) -> int:
    """Return the first seed from `start` on with which a plain split misses the positives' share."""
    from sklearn.model_selection import train_test_split

    fair = round(y.sum() * test_rows / len(y))
    return next(
        seed
        for seed in range(start, start + 1000)
        if train_test_split(y, test_size=test_rows, random_state=seed)[1].sum() != fair
    )


@task("stratified-split", points=4)
def stratified_split(split: Any, chance_of_none: Any) -> Iterable[Finding]:
    """A stratified split on fresh rows, and the chance that a plain one leaves no positive for the test set."""
    rng = fresh_generator("stratified-split")
    inputs: list[tuple[Any, ...]] = []
    for rows, positives, test_rows in ((500, 5, 100), (600, 12, 150), (400, 8, 100)):
        X, y = labelled_rows(rng, rows=rows, positives=positives)
        seed = unlucky_seed(y, test_rows, int(rng.integers(1000)))
        inputs.append((X, y, test_rows, seed))
    X, y, test_rows, seed = inputs[0]
    inputs += [(X, y, test_rows, unlucky_seed(y, test_rows, seed + 1)), inputs[0]]
    earlier: dict[tuple[int, int], list[float]] = {}

    def look(came: Any, X: pd.DataFrame, y: pd.Series, test_rows: int, seed: int) -> str:
        if not isinstance(came, (tuple, list)) or len(came) != 4:
            return f"it returned {describe(came)}; return four parts, {ORDER}"
        if [np.ndim(part) for part in came] != [2, 2, 1, 1]:
            return ORDER
        ids = [np.asarray(part, dtype=float)[:, 0].tolist() for part in came[:2]]
        labels = [np.asarray(part).tolist() for part in came[2:]]
        sizes = [len(part) for part in ids]
        if sizes == [test_rows, len(y) - test_rows]:
            return SWAPPED_PARTS
        if sizes[1] != test_rows or sizes != [len(part) for part in labels]:
            return f"the test part has {sizes[1]} rows with {len(labels[1])} labels; {test_rows} are asked for"
        if set(ids[0]) & set(ids[1]):
            return OVERLAP
        if sorted(ids[0] + ids[1]) != sorted(X["feature_1"].tolist()):
            return "some rows are missing, or stand there twice"
        truth = dict(zip(X["feature_1"].tolist(), y.tolist(), strict=True))
        if any(truth[row] != label for part, given in zip(ids, labels, strict=True)
               for row, label in zip(part, given, strict=True)):  # fmt: skip
            return "the labels do not belong to their rows: split X and y in one call"
        if ids[1] == X["feature_1"].tolist()[-test_rows:]:
            return UNSHUFFLED
        if sum(labels[1]) != round(y.sum() * test_rows / len(y)):
            return PLAIN
        for (other_rows, other_seed), other in earlier.items():
            if other_rows == len(y) and (sorted(other) == sorted(ids[1])) != (seed == other_seed):
                return NOT_REPEATABLE if seed == other_seed else SAME_FOR_ALL_SEEDS
        earlier[len(y), seed] = ids[1]
        return ""

    yield judged(
        "split",
        split,
        look,
        inputs,
        about=[
            f"{len(y)} rows with {y.sum()} positives, {test_rows} for the test set, seed {seed}"
            for _, y, test_rows, seed in inputs
        ],
        known=KNOWN,
        errors={
            "positional argument": "the check calls split(X, y, test_rows, seed)",
            "shuffle=False": "to keep shares, scikit-learn has to shuffle",
        },
        share=2,
    )

    few = int(rng.integers(3, 5))
    # Among 4 rows it shows whether the chance was taken to be the same for each positive.
    sizes = [(500, 5, 100), (60, few, 24), (int(rng.integers(8, 12)) * 10, 3, 50), (4, 2, 2)]

    def none(rows: int, positives: int, test_rows: int) -> float:
        return comb(rows - positives, test_rows) / comb(rows, test_rows)

    def near(came: Any, chance: float, *_: Any) -> bool:
        # A simulation of 2,000 draws, the fewest that the task allows, strays farther once in a hundred thousand times.
        return matches(came, chance, max(TOLERANCE, 4.5 * (chance * (1 - chance) / 2_000) ** 0.5))

    yield function(
        "chance_of_none",
        chance_of_none,
        none,
        sizes,
        agree=near,
        about=[
            f"{rows} rows with {positives} positives, {test_rows} for the test set"
            for rows, positives, test_rows in sizes
        ],
        mistakes={
            "that is the chance of at least one positive in the test set: asked is the chance of none": (
                lambda n, p, t: 1 - none(n, p, t)
            ),
            "that puts each row back before the next is drawn: a split draws without putting back": (
                lambda n, p, t: (1 - p / n) ** t
            ),
            "that takes the same chance for each positive: each one leaves the next a place less among the others": (
                lambda n, p, t: (1 - t / n) ** p
            ),
            "that is the chance that one given positive is not in the test set: none of all of them may be": (
                lambda n, p, t: 1 - t / n
            ),
            "that is the chance that no positive is in the training set": lambda n, p, t: none(n, p, n - t),
            "that is the number of positives to expect in the test set": lambda n, p, t: p * t / n,
        },
        errors={"positional argument": "the check calls chance_of_none(n_rows, n_positives, test_rows)"},
        share=2,
    )
