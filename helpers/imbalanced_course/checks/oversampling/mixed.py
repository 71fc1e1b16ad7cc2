"""Synthetic shells from columns of numbers and of categories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import judged
from imbalanced_course.checks.oversampling.copies import RATIO_ERRORS, added_fault
from imbalanced_course.checks.oversampling.synthetic import BETWEEN_CLASSES
from imbalanced_course.checks.resampled import labels_of
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task

NUMBERS = ["length", "height", "shell_weight"]
SEXES = ["female", "infant", "male"]
SITES = [1.0, 2.0, 3.0]
ONE_HOT = (
    "The categories came back as one-hot columns. SMOTE on them makes a shell that is 0.4 female, so pass the columns "
    "as they are to SMOTENC and name the categories (section 3)."
)
CODES = (
    "`sex` came back as numbers. SMOTE on codes makes values between two categories, so pass the columns as they are "
    "to SMOTENC and name the categories (section 3)."
)

# How far in mm and grams a new shell may be from its line: one decimal is enough.
OFF_THE_LINE = 0.1


def fresh_shells(
    rng: np.random.Generator, *, rows: int, positives: int, absent: bool
) -> tuple[pd.DataFrame, pd.Series]:
    """Return shells with the columns of the task, in random order; no two have the same `length`.

    Parameters
    ----------
    absent : bool
        Whether the minority has no infant and no shell from bay 2, the middle ones of their codes.
    """
    is_19 = rng.permutation((np.arange(rows) < positives).astype(int))
    sex, site = rng.choice(SEXES, size=rows), rng.choice(SITES, size=rows)
    if absent:
        rare = np.flatnonzero(is_19)
        sex[rare] = rng.permutation(np.resize(["female", "male"], positives))
        site[rare] = rng.permutation(np.resize([1.0, 3.0], positives))
    shells = pd.DataFrame(
        {
            # In mm; the steps differ, so that no middle of two lengths is a third.
            "length": rng.permutation(np.linspace(40, 160, rows) + rng.uniform(0, 0.2, size=rows)),
            "height": rng.normal(28, 6, size=rows).round(2) + 4.0 * is_19,  # mm
            "shell_weight": rng.uniform(20, 100, size=rows).round(2) + 10.0 * is_19,  # g
            "sex": pd.Categorical(sex, SEXES),
            "site": site,  # numbers with a point, so that a sampler that isn't told shows what it makes of them
        },
        index=rng.permutation(np.arange(1000, 1000 + rows)),
    )
    return shells, pd.Series(is_19, index=shells.index, name="is_19")


def _columns_fault(new: pd.DataFrame, X: pd.DataFrame) -> str | None:
    given = [str(name) for name in new.columns]
    if any(f"{prefix}{sex}" in given for sex in SEXES for prefix in ("sex_", "")):
        return ONE_HOT
    if set(given) != set(X.columns):
        return f"The columns should be those of the shells. Yours are {', '.join(given[:6])}."
    return None


def _other_units(new: pd.DataFrame, X: pd.DataFrame) -> bool:
    """Return whether none of the lengths could be one of the table."""
    length = pd.to_numeric(new["length"], errors="coerce")
    return bool(length.max() < X["length"].min() or length.min() > X["length"].max())


def _categories_fault(added: pd.DataFrame, X: pd.DataFrame, y: pd.Series) -> str | None:
    """Return what is wrong with the categories of new rows."""
    if pd.api.types.is_numeric_dtype(added["sex"]):
        return CODES
    if not added["sex"].isin(SEXES).all():
        return "`sex` has values that aren't a category of the shells. Return the categories as they came."
    site = pd.to_numeric(added["site"], errors="coerce")
    between = site[~site.isin(SITES)]
    if len(between):
        return (
            f"A new shell is from bay {between.iloc[0]:.2f}. `site` is a category, too, although its values are "
            "numbers, so name it as well (hint 2)."
        )
    for name, values in (("sex", added["sex"].astype(str)), ("site", site)):
        there = set(X.loc[y == 1, name].tolist())
        strange = values[~values.isin(there)]
        if len(strange):
            return (
                f"A new shell has the {name} {strange.iloc[0]}, which no minority row has. Rounding a value between "
                "two codes can do that. Categories have no middle, so let SMOTENC take the neighbors' vote (section 3)."
            )
    return None


def _shells_fault(came: Any, X: pd.DataFrame, y: pd.Series, ratio: float) -> str | None:
    """Return what is wrong with shells and labels that should be the data with synthetic shells added."""
    if not isinstance(came, (tuple, list)) or len(came) != 2:
        return "It should return two things, the rows and their labels."
    new, labels = came[0], labels_of(came[1])
    if not isinstance(new, pd.DataFrame):
        return "The first thing that it returns should be a DataFrame of shells."
    if labels is None or len(labels) != len(new):
        return "The second thing that it returns should be the labels, one per shell."
    wrong = _columns_fault(new, X) or added_fault(labels, y.to_numpy(), ratio)
    if wrong:
        return wrong
    # A shell of the data is known by all numbers together: a synthetic one differs in at least one of them.
    known = set(map(tuple, X[NUMBERS].to_numpy(float).round(9).tolist()))
    old = np.array([shell in known for shell in map(tuple, new[NUMBERS].to_numpy(float).round(9).tolist())])
    first = new[old].drop_duplicates(NUMBERS)
    if len(first) < len(X):
        if _other_units(new, X):
            return (
                "The numbers aren't in mm and grams any more, so they look scaled. After SMOTENC, turn them back, for "
                "example with the scaler's `inverse_transform`. Or don't scale, which is optional here (step 1)."
            )
        return "Some shells of the data are gone or changed. Keep all of them and add the new ones."
    added = new[~old]
    if len(added) < 0.5 * (len(new) - len(X)):
        return "Nearly all new shells are copies of others. The task asks for synthetic ones, so use SMOTENC (hint 2)."
    if not np.all(labels[~old] == 1):
        return "A new shell has the label 0, so rows and labels don't belong together."
    wrong = _categories_fault(added, X, y)
    if wrong:
        return wrong
    if len(added[NUMBERS].round(6).drop_duplicates()) < 0.5 * len(added):
        return "Most of the new shells have the same numbers. Draw two minority rows and a step for each (section 2)."
    if any(np.mean(added[name].round(9).isin(X[name].round(9))) > 0.5 for name in NUMBERS):
        return "The numbers of the new shells are those of others. Name only `sex` and `site` as categories (hint 2)."
    return _lines_fault(added[NUMBERS].to_numpy(float), X.loc[y == 1, NUMBERS], X.loc[y == 0, NUMBERS])


def _lines_fault(new: np.ndarray, minority: pd.DataFrame, majority: pd.DataFrame) -> str | None:
    """Return what is wrong with the numbers of new rows, each of which should be between two minority rows."""
    few, many = minority.to_numpy(float), majority.to_numpy(float)
    low, high = few.min(axis=0) - OFF_THE_LINE, few.max(axis=0) + OFF_THE_LINE
    starts, ends = np.triu_indices(len(few), k=1)
    between = _on_lines(new, few[starts], few[ends])
    if between.any(axis=1).all():
        from_one = [np.all(between[:, (starts == i) | (ends == i)].any(axis=1)) for i in range(len(few))]
        return (
            "All new shells are on lines from a single row. Draw both rows for each shell." if any(from_one) else None
        )
    across = _on_lines(new, np.repeat(few, len(many), axis=0), np.tile(many, (len(few), 1)))
    if across.any(axis=1).mean() > 0.9:
        return BETWEEN_CLASSES
    if not ((new >= low) & (new <= high)).all():
        return "New shells are outside the range of the minority. Interpolate between minority rows."
    return (
        "A new shell isn't on the line between two minority rows. Draw one step for each shell, and go that share of "
        "the way in all three numbers (section 2)."
    )


def _on_lines(points: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return for each point and each line whether the point is on the line between its start and its end."""
    ways = ends - starts
    steps = (points @ ways.T - np.sum(starts * ways, axis=1)) / np.sum(ways**2, axis=1)
    nearest = starts + np.clip(steps, 0, 1)[:, :, None] * ways
    return np.asarray(np.linalg.norm(points[:, None] - nearest, axis=2) <= OFF_THE_LINE)


@task(
    "mixed-columns",
    points=5,
    consequence="Each new shell has a sex and a bay that real minority shells have. In a pipeline, SMOTENC goes before "
    "the one-hot coding.",
)
def mixed_columns(oversample_shells: Any) -> Iterable[Finding]:
    """Synthetic shells whose categories are categories."""
    rng = fresh_generator("mixed-columns")
    calls = [
        (*fresh_shells(rng, rows=rows, positives=positives, absent=absent), ratio)
        for rows, positives, absent, ratio in ((260, 30, False, 0.5), (200, 24, True, 0.8))
    ]
    yield judged(
        "oversample_shells",
        oversample_shells,
        _shells_fault,
        calls,
        about=[f"{len(y)} shells, {y.sum()} of them positive, and ratio={ratio}" for _, y, ratio in calls],
        errors={
            **RATIO_ERRORS,
            "could not convert string to float": (
                "This sampler computes with numbers only, and `sex` is text. SMOTENC takes the columns as they are "
                "(section 3)."
            ),
            "only with categorical features": (
                "All columns were named as categories. `length`, `height`, and `shell_weight` are numbers (hint 1)."
            ),
            "only with numerical features": (
                "No column was named as a category. List them in `categorical_features` (hint 2)."
            ),
            "not numerical": "Name the columns that are categories in `categorical_features` (hint 2).",
            "positional argument": "The check calls oversample_shells(X, y, ratio).",
        },
    )
