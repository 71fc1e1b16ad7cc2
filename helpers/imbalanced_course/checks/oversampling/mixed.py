"""Synthetic people from columns of numbers and of categories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import judged
from imbalanced_course.checks.oversampling.copies import RATIO_ERRORS, added_fault
from imbalanced_course.checks.resampled import labels_of
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task

NUMBERS = ["age", "bmi", "glucose"]
LEVELS = {"smoking": ["current", "former", "never"], "activity": ["high", "low", "moderate"]}
ONE_HOT = (
    "that is one-hot before SMOTE: a person is then 0.4 of a smoker. Give the columns as they are to SMOTENC and say "
    "which are categories"
)


def fresh_people(rng: np.random.Generator, *, rows: int, positives: int) -> tuple[pd.DataFrame, pd.Series]:
    """Return people with the columns of the lesson's table, in random order; no two have the same `bmi`."""
    condition = rng.permutation((np.arange(rows) < positives).astype(int))
    people = pd.DataFrame(
        {
            "age": rng.uniform(30, 75, size=rows).round(1) + 4.0 * condition,
            "bmi": rng.permutation(np.linspace(18, 38, rows)),
            "glucose": rng.normal(5.4, 0.8, size=rows).round(2) + 0.5 * condition,
            **{name: pd.Categorical(rng.choice(levels, size=rows), levels) for name, levels in LEVELS.items()},
            # Numbers with a point, so that a sampler that is not told shows what it makes of them.
            "family_history": (rng.random(rows) < 0.2 + 0.3 * condition).astype(float),
        },
        index=rng.permutation(np.arange(1000, 1000 + rows)),
    )
    return people, pd.Series(condition, index=people.index, name="condition")


def _columns_fault(new: pd.DataFrame, X: pd.DataFrame) -> str | None:
    given = [str(name) for name in new.columns]
    if any(name.startswith(f"{level}_") for name in given for level in LEVELS):
        return ONE_HOT
    if set(given) != set(X.columns):
        return f"the columns should be those of the people; yours are {', '.join(given[:6])}"
    return None


def _categories_fault(added: pd.DataFrame, X: pd.DataFrame) -> str | None:
    """Return what is wrong with the categories of new rows."""
    for name, levels in LEVELS.items():
        if pd.api.types.is_numeric_dtype(added[name]):
            return (
                f"`{name}` came back as numbers. SMOTE on codes makes values between two categories, so give SMOTENC "
                "the columns as they are and say which are categories"
            )
        if not added[name].isin(levels).all():
            return f"`{name}` holds values that are no category of the people"
    history = pd.to_numeric(added["family_history"], errors="coerce")
    if not history.isin([0, 1]).all():
        return (
            f"a new person has {history[~history.isin([0, 1])].iloc[0]:.2f} of a family history: `family_history` is a "
            "category, too, though its values are numbers"
        )
    return None


def _people_fault(came: Any, X: pd.DataFrame, y: pd.Series, ratio: float) -> str | None:
    """Return what is wrong with people and labels that should be the data with synthetic people added."""
    if not isinstance(came, (tuple, list)) or len(came) != 2:
        return "it should return two things, the people and their labels"
    new, labels = came[0], labels_of(came[1])
    if not isinstance(new, pd.DataFrame):
        return "the first thing that it returns should be a DataFrame of people"
    if labels is None or len(labels) != len(new):
        return "the second thing that it returns should be the labels, one for each person"
    wrong = _columns_fault(new, X) or added_fault(labels, y.to_numpy(), ratio)
    if wrong:
        return wrong
    # A person of the data is known by all numbers together: a synthetic one differs in at least one of them.
    known = set(map(tuple, X[NUMBERS].to_numpy(float).round(9).tolist()))
    old = np.array([person in known for person in map(tuple, new[NUMBERS].to_numpy(float).round(9).tolist())])
    first = new[old].drop_duplicates(NUMBERS)
    if len(first) < len(X):
        return "some people of the data are gone or changed: all stay, and the new ones come on top of them"
    added = new[~old]
    if len(added) < 0.5 * (len(new) - len(X)):
        return "nearly all new people are copies of others: synthetic ones are asked for"
    if not np.all(labels[~old] == 1):
        return "a new person has the label 0: rows and labels do not belong together"
    wrong = _categories_fault(added, X)
    if wrong:
        return wrong
    if np.mean(added["bmi"].round(9).isin(X["bmi"].round(9))) > 0.5:
        return "the numbers of the new people are those of others: were numbers given as categories?"
    low, high = X.loc[y == 1, "bmi"].min(), X.loc[y == 1, "bmi"].max()
    if not added["bmi"].between(low - 1e-6, high + 1e-6).all():
        return "new people lie outside the range of the minority: interpolate between minority rows"
    return None


@task("mixed-columns", points=3)
def mixed_columns(oversample_people: Any) -> Iterable[Finding]:
    """Synthetic people whose categories are categories."""
    rng = fresh_generator("mixed-columns")
    calls = [
        (*fresh_people(rng, rows=rows, positives=positives), r)
        for rows, positives, r in ((260, 30, 0.5), (200, 24, 1.0))
    ]
    yield judged(
        "oversample_people",
        oversample_people,
        _people_fault,
        calls,
        about=[f"{len(y)} people, {y.sum()} of them with the condition, and ratio={ratio}" for _, y, ratio in calls],
        errors={
            **RATIO_ERRORS,
            "could not convert string to float": (
                "SMOTE can only compute with numbers, and one-hot before SMOTE makes people who are 0.4 of a smoker: "
                "SMOTENC takes the columns as they are"
            ),
            "only with categorical features": "all columns were given as categories: age, bmi and glucose are numbers",
            "only with numerical features": "no column was given as a category: name them in `categorical_features`",
            "not numerical": "name the columns that hold categories in `categorical_features`",
            "positional argument": "the check calls oversample_people(X, y, ratio)",
        },
    )
