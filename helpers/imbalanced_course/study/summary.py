"""Compare treatments: within one set over its folds, and over many sets, each of which counts once."""

from __future__ import annotations

import math
from typing import NamedTuple, cast

import numpy as np
import pandas as pd

from imbalanced_course.scoreboard import corrected_interval
from imbalanced_course.study.measures import METRICS

POWER = 0.8
"""The probability with which a difference as large as `detectable` would have been told from 0."""

_CONTENDER = ["model", "version", "treatment"]


class OverSets(NamedTuple):
    """A mean difference over sets.

    Attributes
    ----------
    mean, low, high : float
        With the t interval of 95 % in which a set counts once.
    detectable : float
        The smallest true difference that a comparison of this many sets with this spread finds with `POWER`.
    sets : int
        How many there are.
    better, worse, undecided : float
        The share of sets whose own interval lies on the better side of 0, on the worse side, or holds 0.
    """

    mean: float
    low: float
    high: float
    detectable: float
    sets: int
    better: float
    worse: float
    undecided: float


def differences(rows: pd.DataFrame, metric: str, reference: tuple[str, str, str] | None = None) -> pd.DataFrame:
    """Return for each set and contender the mean difference to a reference over the same folds.

    Parameters
    ----------
    rows : DataFrame
        `Stored.rows` of one or more sets, told apart by the column `set`.
    metric : str
        Of `METRICS`.
    reference : (str, str, str), optional
        Model, version and treatment to compare all with; by default each is compared with "none" of its own model and
        version.

    Returns
    -------
    DataFrame
        `set`, `model`, `version`, `treatment`, `folds` (how many), `difference`, and `low` and `high` of the corrected
        resampled t interval over the folds (see `scoreboard.corrected_interval`). A fold on which one of the two could
        not be fitted is left out.

    Raises
    ------
    ValueError
        When there is no such metric, or no row to compare with.
    """
    if metric not in METRICS:
        raise ValueError(f"no metric {metric!r}; there are {', '.join(METRICS)}")
    place = ["set", "repeat", "fold"]
    if reference is None:
        base, on = rows[rows["treatment"] == "none"], [*place, "model", "version"]
    else:
        base, on = rows[(rows[_CONTENDER] == list(reference)).all(axis=1)], place
    if base.empty:
        raise ValueError("the rows hold nothing to compare with")
    both = rows.merge(base[[*on, metric]], on=on, suffixes=("", "_base"))
    both["difference"] = both[metric] - both[f"{metric}_base"]
    # A validation part is a quarter of the training rows; the model saw the other three.
    both["n_train"] = both["n_fit"] * 4 / 3
    values = both.dropna(subset="difference").reset_index(drop=True)
    figures = values[["difference", "n_train", "n_test"]].to_numpy(dtype=float)  # of thousands of small groups: fast
    found = []
    for names, places in values.groupby(["set", *_CONTENDER], sort=False).indices.items():
        difference, n_train, n_test = figures[places].T
        found.append(
            (
                *cast(tuple[str, ...], names),
                len(places),
                *corrected_interval(difference, n_train=n_train, n_test=n_test),
            )
        )
    return pd.DataFrame(found, columns=["set", *_CONTENDER, "folds", "difference", "low", "high"])


def over_sets(compared: pd.DataFrame, metric: str) -> OverSets:
    """Sum up the differences of one contender over sets.

    Parameters
    ----------
    compared : DataFrame
        Rows of `differences`, one a set.
    metric : str
        Says whether higher is better.

    Raises
    ------
    ValueError
        When a set stands there twice, or there are fewer than two.
    """
    from scipy.special import stdtrit

    values = compared["difference"].to_numpy(dtype=float)
    count = len(values)
    if count < 2 or compared["set"].duplicated().any():
        raise ValueError("a comparison over sets needs two sets or more, each of them once")
    error = float(values.std(ddof=1)) / math.sqrt(count)
    half = float(stdtrit(count - 1, 0.975)) * error
    mean = float(values.mean())
    above, below = float(np.mean(compared["low"] > 0)), float(np.mean(compared["high"] < 0))
    better, worse = (above, below) if METRICS[metric][1] == "higher" else (below, above)
    return OverSets(
        mean=mean,
        low=mean - half,
        high=mean + half,
        detectable=(float(stdtrit(count - 1, 0.975)) + float(stdtrit(count - 1, POWER))) * error,
        sets=count,
        better=better,
        worse=worse,
        undecided=1 - better - worse,
    )
