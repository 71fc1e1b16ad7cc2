"""What a decision is for: its costs or its budget, which rows it flags, and probabilities that can be priced."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

PER_ROWS = 1000
"""Costs and budgets are told for this many rows."""

LARGEST = 1e9
"""Neither a cost nor its inverse can be larger, so that no sum overflows."""

_EDGE = 1e-6


@dataclass(frozen=True)
class Goal:
    """What mistakes cost, and how many rows can be flagged.

    Attributes
    ----------
    cost_miss, cost_alarm : float
        The cost of a positive that isn't flagged, and of a negative that is.
    budget : float, optional
        The most alerts per 1,000 rows.
    assumed : bool
        Whether the costs are the course's assumption and not the learner's.
    """

    cost_miss: float
    cost_alarm: float
    budget: float | None = None
    assumed: bool = False

    @property
    def threshold(self) -> float:
        """The probability from which an alert is worth its cost."""
        return self.cost_alarm / (self.cost_alarm + self.cost_miss)

    def around(self) -> list[Goal]:
        """Return goals around this one: budgets from a quarter to four times it, or misses from an eighth to eight."""
        if self.budget is not None:
            return [replace(self, budget=min(PER_ROWS - 1, self.budget * 2.0**power)) for power in range(-2, 3)]
        return [replace(self, cost_miss=self.cost_miss * 2.0**power) for power in range(-3, 4)]

    def cost(self, y: np.ndarray, flag: np.ndarray) -> float:
        """Return what flagging these rows costs, per 1,000 rows."""
        misses, alarms = np.sum((y == 1) & ~flag), np.sum((y == 0) & flag)
        return float(PER_ROWS * (misses * self.cost_miss + alarms * self.cost_alarm) / len(y))


def goal_for(
    y: np.ndarray, cost_miss: float | None = None, cost_alarm: float | None = None, budget: float | None = None
) -> Goal:
    """Return the goal that costs and budget mean.

    With a budget alone, each miss costs 1 and an alarm nothing, so the cost counts misses. With neither, a miss costs
    as much as there are negatives per positive: then flagging everyone and flagging no one cost about the same.

    Parameters
    ----------
    y : ndarray of shape (n,)
        Labels 0 and 1, both there.
    cost_miss, cost_alarm : float, optional
        Both or neither.
    budget : float, optional
        The most alerts per 1,000 rows.

    Raises
    ------
    ValueError
        When only one of the costs is there, or a cost or the budget isn't above 0 or can't be calculated with.
    """
    if (cost_miss is None) != (cost_alarm is None):
        raise ValueError("one cost says nothing without the other one: give the cost of a miss and of a false alarm")
    for name, value in (("cost of a miss", cost_miss), ("cost of a false alarm", cost_alarm), ("budget", budget)):
        if value is not None and not (value > 0 and math.isfinite(value)):
            raise ValueError(f"the {name} is {value:g}: give a number above 0")
        if value is not None and not 1 / LARGEST <= value <= LARGEST:
            raise ValueError(f"the {name} is {value:g}: give a number from {1 / LARGEST:g} to {LARGEST:g}")
    if budget is not None and budget >= PER_ROWS:
        raise ValueError(f"a budget of {budget:g} alerts per {PER_ROWS:,} rows flags every row: give a smaller one")
    if cost_miss is not None and cost_alarm is not None:
        return Goal(float(cost_miss), float(cost_alarm), budget)
    if budget is not None:
        return Goal(1.0, 0.0, budget)
    odds = float((y == 0).sum() / y.sum())
    return Goal(float(f"{odds:.2g}"), 1.0, assumed=True)


def alerts_allowed(rows: int, goal: Goal) -> int:
    """Return how many of so many rows can be flagged: never more than the budget."""
    return rows if goal.budget is None else math.floor(rows * goal.budget / PER_ROWS + _EDGE)


def flagged(probabilities: np.ndarray, goal: Goal, threshold: float | None = None) -> np.ndarray:
    """Return which rows are flagged: from the threshold on, and no more than the budget allows.

    If rows tie for the last alert, the ones that come first get it.

    Parameters
    ----------
    probabilities : ndarray of shape (n,)
        Of one batch of rows, for which the budget holds.
    goal : Goal
        Says the budget, and the threshold where none is given.
    threshold : float, optional
        Another threshold than the goal's.

    Returns
    -------
    ndarray of bool of shape (n,)
    """
    flag = probabilities >= (goal.threshold if threshold is None else threshold)
    if goal.budget is not None:
        flag[np.argsort(-probabilities, kind="stable")[alerts_allowed(len(flag), goal) :]] = False
    return flag


def calibrated(y: np.ndarray, probabilities: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return other rows' probabilities, corrected by what these rows show: a straight line on the scale of log odds.

    The labels are smoothed a little, so that a few rows can't ask for certainty (Platt 1999).

    Parameters
    ----------
    y, probabilities : ndarray of shape (n,)
        Labels, and probabilities by a model that hasn't seen these rows.
    others : ndarray of shape (m,)
        The probabilities to correct.
    """
    from sklearn.linear_model import LogisticRegression

    positives = int(y.sum())
    smooth = np.where(y == 1, (positives + 1) / (positives + 2), 1 / (len(y) - positives + 2))
    rows = _log_odds(probabilities)
    line: Any = LogisticRegression(C=1e6, max_iter=1000)
    line.fit(
        np.concatenate([rows, rows]),
        np.repeat([1, 0], len(y)),
        sample_weight=np.concatenate([smooth, 1 - smooth]),
    )
    if line.coef_[0, 0] <= 0:  # these rows are ranked the wrong way round: only the prevalence can be corrected
        return np.full(len(others), float(smooth.mean()))
    return np.asarray(line.predict_proba(_log_odds(others))[:, 1])


def _log_odds(probabilities: np.ndarray) -> np.ndarray:
    inside = np.clip(probabilities, _EDGE, 1 - _EDGE)
    found: np.ndarray = np.log(inside / (1 - inside))
    return found[:, None]
