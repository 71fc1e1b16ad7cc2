"""Folds in which rows that belong together stay together, and the past never learns from the future."""

from __future__ import annotations

import numpy as np
import pandas as pd

from imbalanced_course.scoreboard import Fold
from imbalanced_course.study.table import Table

VALIDATION_PARTS = 4
"""One part in this many of a fold's training rows is held out to choose thresholds on."""


def require_measurable(table: Table, n_splits: int) -> None:
    """Raise an error if a table has too few rows of a class to be measured.

    Parameters
    ----------
    table : Table
        What would be measured.
    n_splits : int
        How many folds there would be.

    Raises
    ------
    ValueError
        When a class has fewer rows than the folds need, or fewer that are apart from each other.

    See Also
    --------
    folds_of : Checks this before it deals rows.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from imbalanced_course import study
    >>> frame = pd.DataFrame({"size": np.arange(100.0) % 37, "broken": [1, 0, 0, 0, 0] * 20})
    >>> study.require_measurable(study.as_table(frame, "broken"), n_splits=5)
    >>> study.require_measurable(study.as_table(frame, "broken"), n_splits=50)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    ValueError: there are 20 positive rows, 20 of them apart from each other; 50 folds need 50 at least: collect ...
    """
    for kind, name in ((1, "positive"), (0, "negative")):
        rows, apart = int((table.y == kind).sum()), len(np.unique(table.together[table.y == kind]))
        # A fold's training rows are divided once more, and both parts need the class.
        if min(rows, apart) < max(n_splits, 2 * VALIDATION_PARTS):
            raise ValueError(
                f"there are {rows:,} {name} rows, {apart:,} of them apart from each other; "
                f"{n_splits} folds need {max(n_splits, 2 * VALIDATION_PARTS)} at least: collect more {name} rows that "
                "aren't equal and, where there are groups, belong to others"
            )


def folds_of(table: Table, *, n_splits: int, repeat: int, seed: int, max_train: int) -> list[Fold]:
    """Return the folds of one repeat.

    Without time, units (rows that belong together) are dealt into `n_splits` parts with about the same share of
    positive units; each part is the test once. With time, the rows are divided into `n_splits + 1` blocks of
    consecutive time: the first k blocks are learned from, block k + 1 is the test, and units of the test are left out
    of the training rows; repeats other than the first have no folds.

    Parameters
    ----------
    table : Table
        What is dealt.
    n_splits, repeat, seed : int
        How many folds, the number of the repeat from 0, and the seed that the dealing is drawn from.
    max_train : int
        The most training rows of a fold. If there are more, a random sample stratified by class is taken, or with time
        the latest rows.

    Returns
    -------
    list of Fold
        `n_splits` folds of row positions; none for a later repeat with time.

    Raises
    ------
    ValueError
        When a class is too rare (see `require_measurable`), or a part would have no row of a class.

    See Also
    --------
    imbalanced_course.scoreboard.make_folds : Deals rows that are independent of each other.

    Examples
    --------
    Two rows of each customer are never on both sides of a fold:

    >>> import numpy as np
    >>> import pandas as pd
    >>> from imbalanced_course import study
    >>> rng = np.random.default_rng(0)
    >>> frame = pd.DataFrame({"size": rng.normal(size=200), "broken": np.repeat(rng.random(100) < 0.3, 2).astype(int)})
    >>> frame["customer"] = np.repeat(np.arange(100), 2)
    >>> table = study.as_table(frame, "broken", group="customer")
    >>> fold = study.folds_of(table, n_splits=4, repeat=0, seed=0, max_train=1000)[0]
    >>> set(frame["customer"].iloc[fold.test]) & set(frame["customer"].iloc[fold.fit])
    set()
    """
    require_measurable(table, n_splits)
    chance = np.random.default_rng([seed, repeat])
    if table.time is not None:
        folds = _by_time(table, n_splits, max_train, chance) if repeat == 0 else []
    else:
        part = _deal(table, np.arange(len(table.y)), n_splits, chance)
        folds = [
            _divided(table, np.flatnonzero(part != number), np.flatnonzero(part == number), max_train, chance)
            for number in range(n_splits)
        ]
    for number, fold in enumerate(folds):
        for rows, use in zip(fold, ("to fit on", "to choose thresholds on", "to be judged on"), strict=True):
            if len(np.unique(table.y[rows])) < 2:
                raise ValueError(_one_class_only(table, number, use, n_splits))
    return folds


def _one_class_only(table: Table, number: int, use: str, n_splits: int) -> str:
    """Return what is wrong with a fold, and what to do about it."""
    if table.time is None:
        return f"fold {number} has rows of one class only {use}: use fewer folds"
    told = f"of {n_splits + 1} parts of the time, part {number + 2} would be judged with rows of one class only {use}"
    times = pd.Series(table.time).groupby(table.together).nunique()
    if (times > 1).mean() > 0.5:
        return f"{told}, because most groups come at many times: name the group or the time, not both"
    return f"{told}: name no time, or leave out the times when the rare class was hardly recorded"


def _deal(table: Table, rows: np.ndarray, parts: int, chance: np.random.Generator) -> np.ndarray:
    """Return for each of the rows the number of its part; units stay whole, positive units are dealt evenly."""
    from sklearn.model_selection import StratifiedKFold

    units, unit_of_row = np.unique(table.together[rows], return_inverse=True)
    positive = np.zeros(len(units), dtype=int)
    np.maximum.at(positive, unit_of_row, table.y[rows])
    splitter = StratifiedKFold(parts, shuffle=True, random_state=int(chance.integers(2**31)))
    part = np.empty(len(units), dtype=int)
    for number, (_, held_out) in enumerate(splitter.split(units, positive)):
        part[held_out] = number
    return part[unit_of_row]


def _divided(table: Table, train: np.ndarray, test: np.ndarray, max_train: int, chance: np.random.Generator) -> Fold:
    """Part training rows into those to fit on and those to choose thresholds on."""
    from sklearn.model_selection import train_test_split

    if len(train) > max_train:
        train, _ = train_test_split(
            train, train_size=max_train, stratify=table.y[train], random_state=int(chance.integers(2**31))
        )
    train = np.sort(train)
    held_out = _deal(table, train, VALIDATION_PARTS, chance) == 0
    return Fold(train[~held_out], train[held_out], test)


def _blocks(time: np.ndarray, n_splits: int) -> np.ndarray:
    """Return for each row its block of consecutive time; rows of one moment stay in one block.

    The blocks have about the same number of rows. The first has two moments at least, so that it can be divided.
    """
    moments, moment_of_row, rows = np.unique(time, return_inverse=True, return_counts=True)
    if len(moments) < n_splits + 2:
        raise ValueError(
            f"the time has {len(moments)} different values, and {n_splits + 2} are needed to learn from the past "
            f"{n_splits} times: take a finer time, or name no time"
        )
    until = np.cumsum(rows) * (n_splits + 1) / len(time) - 1e-9
    last_of_block, last = [], 0
    for number in range(1, n_splits + 1):
        most = len(moments) - 2 - n_splits + number  # each later block needs a moment
        last = int(np.clip(np.searchsorted(until, number) - 1, last + 1, most))
        last_of_block.append(last)
    found: np.ndarray = np.searchsorted(last_of_block, moment_of_row)
    return found


def _by_time(table: Table, n_splits: int, max_train: int, chance: np.random.Generator) -> list[Fold]:
    assert table.time is not None
    block = _blocks(table.time, n_splits)
    order = np.argsort(table.time, kind="stable")
    folds = []
    for number in range(1, n_splits + 1):
        test = np.flatnonzero(block == number)
        train = order[block[order] < number]
        train = train[~np.isin(table.together[train], table.together[test])]
        train = train[-max_train:]
        moments = np.unique(table.time[train])
        if len(moments) == 1 and len(train) == max_train:  # many rows, and no earlier ones to tell them from
            folds.append(_divided(table, train, test, max_train, chance))
            continue
        last_quarter = train[len(train) * (VALIDATION_PARTS - 1) // VALIDATION_PARTS :]
        cut = max(table.time[last_quarter[0]], moments[:2].max()) if len(train) else 0
        fit, validation = train[table.time[train] < cut], train[table.time[train] >= cut]
        fit = fit[~np.isin(table.together[fit], table.together[validation])]
        folds.append(Fold(np.sort(fit), np.sort(validation), test))
    return folds
