"""The stored contest: every strategy of the course with three models, judged on the same folds."""

from __future__ import annotations

import pandas as pd

from imbalanced_course.course_files import course_file

CONTEST_FOLDS = {"n_splits": 5, "n_repeats": 2, "seed": 0}
"""The folds of the stored contest, for `evaluate`: what is judged on them can be compared with it."""

CONTEST_MODELS = ("logistic regression", "random forest", "histogram boosting", "tuned boosting", "trees of its own")
"""The models of the stored contest; the last stands for ensembles that bring their own trees."""


def load_contest(model: str | None = None) -> pd.DataFrame:
    """Load the contest's results, fold by fold; `datasets/contest/CARD.md` has the recipe of every strategy.

    Parameters
    ----------
    model : str, optional
        One of `CONTEST_MODELS`. Then the result has its rows and those of the baselines, ready for `table` and
        `difference`. All rows by default.

    Returns
    -------
    DataFrame
        `model` ("none" for the baselines), then the columns that `evaluate` returns, and `fit_seconds` (of one
        processor core, resampling included; 0 for the baselines). Every fold is the same for all strategies.

    Raises
    ------
    ValueError
        When there is no such model.
    CourseError
        When the installation has no data folder.

    See Also
    --------
    evaluate : Judges a strategy of your own; with `CONTEST_FOLDS` it can be compared with the contest.
    table : Sums up the rows of one model.

    Examples
    --------
    >>> from imbalanced_course.scoreboard import load_contest, table
    >>> forest = load_contest("random forest")
    >>> int(forest["fold"].nunique())
    10
    >>> table(forest)["strategy"].iloc[0]
    'dummy, most frequent'
    >>> load_contest("neural network")
    Traceback (most recent call last):
        ...
    ValueError: no model 'neural network' in the contest; there are logistic regression, random forest, ...
    """
    results = pd.read_csv(course_file("datasets") / "contest" / "contest.csv")
    results["cost"] = results["cost"].astype(float)
    if model is None:
        return results
    if model not in CONTEST_MODELS:
        raise ValueError(f"no model {model!r} in the contest; there are {', '.join(CONTEST_MODELS)}")
    return results[results["model"].isin(["none", model])].reset_index(drop=True)


def load_resampling_times() -> pd.DataFrame:
    """Load how long resamplers took on datasets of increasing size; `datasets/contest/speed.py` measured it.

    Returns
    -------
    DataFrame
        `way` (the sampler, or two of them), `columns` and `rows` of the dataset (1% positive), and `seconds` of one
        processor core.

    Raises
    ------
    CourseError
        When the installation has no data folder.

    See Also
    --------
    load_contest : What the strategies reach.

    Examples
    --------
    >>> from imbalanced_course.scoreboard import load_resampling_times
    >>> times = load_resampling_times()
    >>> times.columns.tolist()
    ['way', 'columns', 'rows', 'seconds']
    >>> bool((times["seconds"] > 0).all())
    True
    """
    return pd.read_csv(course_file("datasets") / "contest" / "speed.csv")
