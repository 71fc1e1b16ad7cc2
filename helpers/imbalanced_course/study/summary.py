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
    """A mean difference over datasets, each of which counts once.

    Attributes
    ----------
    mean, low, high : float
        The mean and its 95% t interval.
    detectable : float
        The smallest true difference that a comparison of this many datasets with this spread detects with a
        probability of 80% (`POWER`).
    sets : int
        How many datasets there are.
    better, worse, undecided : float
        The share of datasets whose own interval is on the better side of 0, on the worse side, or includes 0.

    See Also
    --------
    over_sets : Computes it.

    Examples
    --------
    >>> from imbalanced_course.study import load_differences, over_sets
    >>> chosen = "kind == 'real' and model == 'random forest' and version == 'default' and treatment == 'SMOTE'"
    >>> found = over_sets(load_differences().query(f"{chosen} and metric == 'brier'"), "brier")
    >>> found.low <= found.mean <= found.high
    True
    >>> round(found.better + found.worse + found.undecided, 9)
    1.0
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
    """Return for each dataset and contender the mean difference to a reference over the same folds.

    Parameters
    ----------
    rows : DataFrame
        `Stored.rows` of one or more datasets, which the column `set` names.
    metric : str
        A name in `METRICS`; the differences are in its unit.
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

    See Also
    --------
    measure : Measures the rows.
    over_sets : Sums up the differences over datasets.
    imbalanced_course.scoreboard.corrected_interval : The formula of the interval, with its source.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from imbalanced_course import study
    >>> rng = np.random.default_rng(0)
    >>> frame = pd.DataFrame({"size": rng.normal(size=400), "color": rng.choice(["red", "blue"], 400)})
    >>> frame["broken"] = (frame["size"] + rng.normal(size=400) > 2).astype(int)
    >>> table = study.as_table(frame, "broken")
    >>> plan = study.Plan(models=("logistic regression",), versions=("default",), treatments=("none", "weights"),
    ...                   own_trees=(), n_splits=2, n_repeats=1)
    >>> rows = study.measure(study.problem_of(table, plan), plan).rows.assign(set="things")
    >>> found = study.differences(rows, "brier")
    >>> found[["treatment", "folds", "difference"]].round(2)
      treatment  folds  difference
    0      none      2         0.0
    1   weights      2         0.1
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
    """Sum up the differences of one contender over datasets.

    The interval is Student's [1]_: mean ± t(n - 1) * s / sqrt(n), where s is the standard deviation of the n datasets'
    differences.

    Parameters
    ----------
    compared : DataFrame
        Rows of `differences` or `load_differences` for one contender and one metric, one per dataset.
    metric : str
        A name in `METRICS`, which says whether higher is better.

    Returns
    -------
    OverSets
        In the metric's unit.

    Raises
    ------
    ValueError
        When a dataset is there twice, or there are fewer than two.

    See Also
    --------
    load_differences : The differences that the course measured.
    differences : Computes differences from your own measurements.

    References
    ----------
    .. [1] Student (1908). "The probable error of a mean." Biometrika, 6(1), 1-25.

    Examples
    --------
    >>> import pandas as pd
    >>> from imbalanced_course.study import over_sets
    >>> compared = pd.DataFrame({"set": ["a", "b", "c"], "difference": [0.01, 0.03, 0.02]})
    >>> compared = compared.assign(low=[-0.01, 0.01, 0.01], high=[0.03, 0.05, 0.03])
    >>> found = over_sets(compared, "roc_auc")
    >>> round(found.mean, 3), round(found.low, 3), round(found.high, 3)
    (0.02, -0.005, 0.045)

    On two of the three datasets the interval is above 0, and a higher ROC AUC is better:

    >>> round(found.better, 2), round(found.undecided, 2)
    (0.67, 0.33)
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
