"""A split that keeps the shares, and which split fits which rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import judged, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.values import as_mapping, describe, not_attempted

PLAIN = "The test set doesn't have its share of the positives. Split with `stratify=y`, as section 4 says."
UNSHUFFLED = "That takes the last rows as they come. Draw the rows at random, with `stratify=y`."
SWAPPED_PARTS = "The training set and the test set are swapped. `test_rows` is the size of the test set."
ORDER = "Return the four parts in the order `X_train, X_test, y_train, y_test`."
NOT_REPEATABLE = "The same seed twice gives two different splits. Pass the seed as `random_state`."
SAME_FOR_ALL_SEEDS = "Two different seeds give the same split. Pass the seed as `random_state`."
OVERLAP = "Some rows are in both sets. Take the test rows out of the training set."
BY_PLACE = (
    "One class isn't drawn at random, but tested by its place in the data. Split with `stratify=y`, which draws both."
)
KNOWN = {PLAIN, UNSHUFFLED, SWAPPED_PARTS, ORDER, NOT_REPEATABLE, SAME_FOR_ALL_SEEDS, OVERLAP, BY_PLACE}


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


def _at_an_end(tested: np.ndarray) -> bool:
    """Return whether the tested rows are the first ones or the last ones."""
    count = int(tested.sum())
    return bool(tested[:count].all() or tested[len(tested) - count :].all())


# Task 2.4, step 2: which split fits, and what each other choice would do.
TEAMS = {
    "bolts": "stratified",
    "seizures": "by group",
    "pump": "by time",
}
WRONG_SPLITS = {
    "bolts": {
        "by group": "Each photo shows a bolt of its own, so no rows belong together. Which split makes sure that the "
        "few cracked bolts get into both sets?",
        "by time": "All bolts are from one batch, the ones to come included. Which split makes sure that the few "
        "cracked bolts get into both sets?",
    },
    "seizures": {
        "stratified": "Hours of the same patient would be in both sets, so the test would reward recognizing the "
        "patient. New patients have no hours in the training set, so keep each patient on one side.",
        "by time": "Later hours of the same patients would be tested, but the model is for other patients. Keep each "
        "patient on one side.",
    },
    "pump": {
        "stratified": "Readings of the same hour would be in both sets, and next year's readings have no such "
        "neighbors. Test on rows that come after the training rows.",
        "by group": "There's only one pump, so there's only one group. Ask which rows the model will meet next year.",
    },
}


@task(
    "stratified-split",
    points=5,
    consequence="Each test set now resembles the rows to come as well as the data allow, and yours has its share of "
    "positives, up to rounding.",
)
def stratified_split(split: Any, which_split: Any) -> Iterable[Finding]:
    """A stratified split of fresh rows, and the split that fits each of three teams."""
    rng = fresh_generator("stratified-split")
    inputs: list[tuple[Any, ...]] = []
    for rows, positives, test_rows in ((500, 5, 100), (600, 12, 150), (400, 8, 100)):
        X, y = labelled_rows(rng, rows=rows, positives=positives)
        seed = unlucky_seed(y, test_rows, int(rng.integers(1000)))
        inputs.append((X, y, test_rows, seed))
    X, y, test_rows, seed = inputs[0]
    inputs += [(X, y, test_rows, unlucky_seed(y, test_rows, seed + 1)), inputs[0]]
    earlier: dict[tuple[int, int], list[float]] = {}
    by_place: list[tuple[bool, bool]] = []

    def look(came: Any, X: pd.DataFrame, y: pd.Series, test_rows: int, seed: int) -> str:
        if not isinstance(came, (tuple, list)) or len(came) != 4:
            return f"It returned {describe(came)}. {ORDER}"
        if [np.ndim(part) for part in came] != [2, 2, 1, 1]:
            return ORDER
        ids = [np.asarray(part, dtype=float)[:, 0].tolist() for part in came[:2]]
        labels = [np.asarray(part).tolist() for part in came[2:]]
        sizes = [len(part) for part in ids]
        if sizes == [test_rows, len(y) - test_rows]:
            return SWAPPED_PARTS
        if sizes[1] != test_rows or sizes != [len(part) for part in labels]:
            return f"The test set has {sizes[1]} rows with {len(labels[1])} labels. The check asked for {test_rows}."
        if set(ids[0]) & set(ids[1]):
            return OVERLAP
        if sorted(ids[0] + ids[1]) != sorted(X["feature_1"].tolist()):
            return "Some rows are missing or appear twice. Every row belongs in one of the two sets."
        truth = dict(zip(X["feature_1"].tolist(), y.tolist(), strict=True))
        if any(truth[row] != label for part, given in zip(ids, labels, strict=True)
               for row, label in zip(part, given, strict=True)):  # fmt: skip
            return "The labels don't belong to their rows. Split X and y in one call."
        if ids[1] == X["feature_1"].tolist()[-test_rows:]:
            return UNSHUFFLED
        if sum(labels[1]) != round(y.sum() * test_rows / len(y)):
            return PLAIN
        for (other_rows, other_seed), other in earlier.items():
            if other_rows == len(y) and (sorted(other) == sorted(ids[1])) != (seed == other_seed):
                return NOT_REPEATABLE if seed == other_seed else SAME_FOR_ALL_SEEDS
        earlier[len(y), seed] = ids[1]
        tested = np.isin(X["feature_1"], ids[1])
        by_place.append((_at_an_end(tested[y == 0]), _at_an_end(tested[y == 1])))
        # One input may come out so by chance, all of them don't.
        return BY_PLACE if len(by_place) == len(inputs) and any(map(all, zip(*by_place, strict=True))) else ""

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
            "positional argument": "The check calls split(X, y, test_rows, seed).",
            "shuffle=False": "scikit-learn has to shuffle to keep the shares, so leave out `shuffle=False`.",
        },
        share=3,
    )
    yield from _choices(which_split)


def _choices(answer: Any) -> list[Finding]:
    """Return a finding for each team, or one where there is no dict."""
    if answer is MISSING:
        return [Finding("which_split", "not attempted", "is not defined. Run the answer cell above.", share=2)]
    if not_attempted(answer):
        return [Finding("which_split", "not attempted", "is still `...`: put your answer in its place.", share=2)]
    given = as_mapping(answer)
    if given is None:
        told = f"you have {describe(answer)}. The task asks for a dict with the keys {', '.join(TEAMS)}."
        return [Finding("which_split", "wrong", told, share=2)]
    findings = []
    for team, right in TEAMS.items():
        name, part = f"which_split → {team}", 2 / len(TEAMS)
        if team not in given:
            findings.append(Finding(name, "wrong", f"The dict has no key {team!r}. Add it.", share=part))
            continue
        finding = value(
            name,
            _kind_of_split(given[team]),
            right,
            mistakes={sentence: other for other, sentence in WRONG_SPLITS[team].items()},
            kind='"stratified", "by group" or "by time"',
            share=part,
        )
        findings.append(finding)
    return findings


def _kind_of_split(text: Any) -> Any:
    """Return the name of a split as the task writes it, for texts such as "Group" or "by_time"; else what came."""
    if not isinstance(text, str):
        return text
    words = text.casefold().replace("_", " ").replace("-", " ").split()
    known = {"stratified": "stratified", "stratify": "stratified", "group": "by group", "time": "by time"}
    return known.get(" ".join(word for word in words if word not in ("by", "split")), text)
