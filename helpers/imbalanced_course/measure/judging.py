"""Figures for each fold, their intervals, and a choice whose cost isn't flattered by having been chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.measure.comparing import Comparison, Predicted
from imbalanced_course.measure.contenders import AT_RANDOM, EVERYONE, FLOORS, NO_ONE, title
from imbalanced_course.measure.decision import PER_ROWS, Goal, alerts_allowed, calibrated, flagged
from imbalanced_course.scoreboard import Interval, corrected_interval, score_quality, tune_threshold
from imbalanced_course.study import Contender

NAMES = ["model", "version", "treatment"]
METRICS = {
    "average_precision": "average precision",
    "roc_auc": "ROC AUC",
    "brier": "Brier score",
    "log_loss": "log loss",
    "log_loss_calibrated": "log loss, calibrated",
    "cost": "cost",
    "cost_around": "cost around, as a share of no model's",
    "cost_prices": "cost, not calibrated",
    "cost_tuned": "cost, threshold tuned",
    "precision": "precision",
    "recall": "recall",
    "alerts": "alerts per 1,000 rows",
}
"""A fold's figures: their names to show.

Cost, precision, recall and alerts are those of calibrated probabilities, with the threshold from the costs or the
budget. The cost is also there for probabilities as they are, and for a threshold tuned on validation rows.
"""

SCORES = ("average_precision", "roc_auc", "brier", "log_loss", "log_loss_calibrated")
"""Metrics of the probabilities themselves, whatever the threshold is."""

_SAME = 1.05  # a cost that nobody named is rounded to two digits, which changes it by so much at most
_AT_MOST_1 = ("average_precision", "roc_auc", "brier", "precision", "recall")


def judged(comparison: Comparison, goal: Goal) -> pd.DataFrame:
    """Return the figures of every contender and floor on every fold.

    Parameters
    ----------
    comparison : Comparison
        What was measured.
    goal : Goal
        What a decision costs, or its budget.

    Returns
    -------
    DataFrame
        `model`, `version`, `treatment`, `repeat`, `fold`, `n_train`, `n_test`, `n_positive`, and `METRICS`; costs are
        per 1,000 rows.

    Raises
    ------
    ValueError
        When not one model was measured on every fold.
    """
    if not comparison.found:
        when = "before it was stopped" if comparison.interrupted else "in the time"
        raise ValueError(f"not one model was measured {when}: give it more minutes, or a sample of the rows")
    rows: list[dict[str, Any]] = []
    for one, places in comparison.found.items():
        for place, predicted in places.items():
            rows.append({**_of_fold(one, place, predicted), **_figures(predicted, goal)})
    for one in FLOORS:
        if one == (EVERYONE if goal.budget else AT_RANDOM):
            continue
        for place, predicted in next(iter(comparison.found.values()), {}).items():
            rows.append({**_of_fold(one, place, predicted), **_floor(one, predicted, goal)})
    return pd.DataFrame(rows, columns=[*NAMES, "repeat", "fold", "n_train", "n_test", "n_positive", *METRICS])


def mean_of(rows: pd.DataFrame, one: Contender, metric: str) -> Interval:
    """Return a contender's mean over the folds, with its corrected interval (see `scoreboard.corrected_interval`)."""
    part = _rows_of(rows, one)
    return corrected_interval(part[metric], n_train=part["n_train"], n_test=part["n_test"])


def table(rows: pd.DataFrame, metrics: Sequence[str]) -> pd.DataFrame:
    """Return means with their intervals as text: a row for each contender, by its title, and a column for each metric.

    Where no value can be, an interval is cut off.

    Raises
    ------
    ValueError
        When there is no such metric.
    """
    unknown = [metric for metric in metrics if metric not in METRICS]
    if unknown:
        raise ValueError(f"no metric {unknown[0]!r}; there are {', '.join(METRICS)}")
    cells = {
        title(one): {METRICS[metric]: in_text(_inside(mean_of(rows, one, metric), metric)) for metric in metrics}
        for one in contenders(rows)
    }
    return pd.DataFrame.from_dict(cells, orient="index")


def _inside(found: Interval, metric: str) -> Interval:
    top = 1.0 if metric in _AT_MOST_1 else np.inf
    return Interval(found.mean, max(0.0, found.low), min(top, found.high))


def in_text(found: Interval) -> str:
    """Return a mean with the ends of its interval, all three with the same decimals."""
    size = abs(found.mean)
    digits = ",.0f" if size >= 100 else ".1f" if size >= 10 else ".3f"
    if np.isnan(found.low) or format(found.low, digits) == format(found.high, digits):
        return format(found.mean, digits)
    return f"{found.mean:{digits}} ({found.low:{digits}} to {found.high:{digits}})"


def differences(rows: pd.DataFrame, one: Contender, metric: str) -> dict[Contender, Interval]:
    """Return for every other contender its mean minus the one's, over the same folds, with its interval."""
    base = _rows_of(rows, one)
    found = {}
    for other in contenders(rows):
        if other != one:
            part = _rows_of(rows, other)
            change = part[metric].to_numpy() - base[metric].to_numpy()
            found[other] = corrected_interval(change, n_train=base["n_train"], n_test=base["n_test"])
    return found


def contenders(rows: pd.DataFrame) -> list[Contender]:
    """Return what was judged, in the order of the rows."""
    return [Contender(*names) for names in rows[NAMES].drop_duplicates().itertuples(index=False)]


def choose(rows: pd.DataFrame) -> Contender:
    """Return what these folds speak for.

    The cost at one price jumps with a few rows, so models are chosen by the mean cost over neighboring prices (or
    budgets), which asks the same of them and varies less. The best of them is taken if it costs less than the cheapest
    decision without a model.
    """
    models = [one for one in contenders(rows) if one not in FLOORS]
    best, floor = min(models, key=lambda one: _average(rows, one, "cost_around")), cheapest_floor(rows)
    return best if _average(rows, best, "cost") < _average(rows, floor, "cost") else floor


def cheapest_floor(rows: pd.DataFrame) -> Contender:
    """Return the decision without a model that costs least.

    With costs that nobody named, flagging everyone costs the same as flagging no one, up to rounding. Then it's no one.
    """
    costs = {one: _average(rows, one, "cost") for one in contenders(rows) if one in FLOORS}
    cheapest = min(costs, key=lambda one: costs[one])
    return NO_ONE if cheapest == EVERYONE and costs[NO_ONE] <= _SAME * costs[EVERYONE] else cheapest


def chosen_honestly(rows: pd.DataFrame) -> tuple[Interval, Interval]:
    """Return what choosing leads to: in each fold, the cost of what is chosen by the others.

    The lowest of many measured costs is too low, because luck helped to choose it. Here no fold has a say in what it
    judges.

    Returns
    -------
    cost, saves : Interval
        The cost, and how much less that is than the cheapest decision without a model.
    """
    costs, floor = [], _rows_of(rows, cheapest_floor(rows))
    for (repeat, fold), here in rows.groupby(["repeat", "fold"], sort=True):
        others = rows[(rows["repeat"] == repeat) & (rows["fold"] != fold)]
        costs.append(_rows_of(here, choose(others))["cost"].iloc[0])
    sizes: dict[str, Any] = {"n_train": floor["n_train"], "n_test": floor["n_test"]}
    return corrected_interval(costs, **sizes), corrected_interval(floor["cost"].to_numpy() - costs, **sizes)


def _average(rows: pd.DataFrame, one: Contender, metric: str) -> float:
    return float(_rows_of(rows, one)[metric].mean())


def _rows_of(rows: pd.DataFrame, one: Contender) -> pd.DataFrame:
    return rows[(rows[NAMES] == list(one)).all(axis=1)].sort_values(["repeat", "fold"])


def _of_fold(one: Contender, place: tuple[int, int], predicted: Predicted) -> dict[str, Any]:
    return {
        **one._asdict(),
        "repeat": place[0],
        "fold": place[1],
        "n_train": predicted.n_train,
        "n_test": len(predicted.y),
        "n_positive": int(predicted.y.sum()),
    }


def _figures(predicted: Predicted, goal: Goal) -> dict[str, float]:
    y, test = predicted.y, predicted.test
    better = calibrated(predicted.y_validation, predicted.validation, test)
    tuned = tune_threshold(
        predicted.y_validation,
        predicted.validation,
        cost_miss=goal.cost_miss,
        cost_false_alarm=goal.cost_alarm,
    )
    flag = flagged(better, goal)
    return {
        **score_quality(y, test),
        "log_loss_calibrated": score_quality(y, better)["log_loss"],
        "cost": goal.cost(y, flag),
        "cost_around": float(np.mean([_share(y, flagged(better, one), one) for one in goal.around()])),
        "cost_prices": goal.cost(y, flagged(test, goal)),
        "cost_tuned": goal.cost(y, flagged(test, goal, tuned)),
        **_counts(y, flag),
    }


def _floor(one: Contender, predicted: Predicted, goal: Goal) -> dict[str, float]:
    y = predicted.y
    flat = np.full(len(y), float(predicted.y_validation.mean()))
    if one == AT_RANDOM:
        share = alerts_allowed(len(y), goal) / len(y)
        hits = {"precision": float(y.mean()), "recall": share, "alerts": PER_ROWS * share}
        cost = (1 - share) * goal.cost(y, np.zeros(len(y), dtype=bool))
        cost += share * goal.cost(y, np.ones(len(y), dtype=bool))
    else:
        flag = np.full(len(y), one != NO_ONE)
        hits, cost = _counts(y, flag), goal.cost(y, flag)
    quality = score_quality(y, flat)
    return {
        **quality,
        "log_loss_calibrated": quality["log_loss"],
        **dict.fromkeys(("cost", "cost_prices", "cost_tuned"), cost),
        "cost_around": 1.0,
        **hits,
    }


def _share(y: np.ndarray, flag: np.ndarray, goal: Goal) -> float:
    """Return a cost as a share of what a decision without a model costs."""
    no_one, everyone = (goal.cost(y, np.full(len(y), one)) for one in (False, True))
    return goal.cost(y, flag) / (no_one if goal.budget else min(no_one, everyone))


def _counts(y: np.ndarray, flag: np.ndarray) -> dict[str, float]:
    hits = int(np.sum((y == 1) & flag))
    return {
        "precision": hits / max(1, int(flag.sum())),
        "recall": hits / max(1, int(y.sum())),
        "alerts": PER_ROWS * float(flag.mean()),
    }
