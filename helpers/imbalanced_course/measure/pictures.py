"""Pictures of what was measured; each function draws on `ax` or on a new small figure and returns the axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from imbalanced_course.measure.comparing import Comparison
from imbalanced_course.measure.contenders import FLOORS, title
from imbalanced_course.measure.decision import PER_ROWS, Goal, calibrated
from imbalanced_course.measure.facts import Facts
from imbalanced_course.measure.judging import METRICS, SCORES, cheapest_floor, contenders, mean_of
from imbalanced_course.plots import decision_curve, reliability_curve
from imbalanced_course.plots.style import GREY, REFERENCE, ROLES, axes_or_new, legend_below
from imbalanced_course.scoreboard import corrected_interval, net_benefit
from imbalanced_course.study import Contender

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DOTS = "A dot with its 95% interval for each contender (a diamond if it's advised), and a dashed line for"
CAPTIONS = {
    "ranking": f"{_DOTS} the average precision of chance, which is the prevalence. Further right is better.",
    "cost": f"{_DOTS} the cheapest decision without a model. Further left is better.",
    "reliability": "How often positives occur against how often the model predicts them. The line with circles is the "
    "model as it is, and the line with triangles is calibrated. Both should be near the dashed diagonal.",
    "benefit": "The net benefit of the calibrated model, with its 95% interval as a gray band. The dashed line is "
    "flagging everyone, and the line at 0 is flagging no one. If there are costs, a dotted vertical line marks their "
    "threshold. Higher is better.",
    "time": "The prevalence in five blocks of consecutive time, with 95% intervals, and a dashed line for all rows.",
}
"""What there is to see on each picture."""

_WIDTH, _ROW, _AROUND = 5.5, 0.32, 1.5
_HIGHEST_THRESHOLD = 0.9
_LEGIBLE = 9


def interval_picture(
    rows: pd.DataFrame, metric: str, *, advised: Contender | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a metric's mean and 95 % interval for each contender, beside the best decision without a model.

    Parameters
    ----------
    rows : DataFrame
        What `judged` returned.
    metric : str
        One of `METRICS`.
    advised : Contender, optional
        Which one is drawn as the advice.
    ax : Axes, optional
        Where to draw; a new figure when not given.

    Raises
    ------
    ValueError
        When there is no such metric.
    """
    if metric not in METRICS:
        raise ValueError(f"no metric {metric!r}; there are {', '.join(METRICS)}")
    models = [one for one in contenders(rows) if one not in FLOORS]
    ax = axes_or_new(ax, figsize=(_WIDTH, _AROUND + _ROW * len(models)))
    for group, style in (
        ("tried", {"color": GREY, "marker": "o"}),
        ("advised", {"color": ROLES["highlighted"], "marker": "D"}),
    ):
        places = [place for place, one in enumerate(models) if (one == advised) == (group == "advised")]
        found = np.array([mean_of(rows, models[place], metric) for place in places]).reshape(-1, 3)
        ends = np.array([found[:, 0] - found[:, 1], found[:, 2] - found[:, 0]])
        look: dict[str, Any] = {"capsize": 3, "markersize": 6, "linestyle": "none", **style}
        if places:
            ax.errorbar(found[:, 0], places, xerr=ends, label=group, **look)
    floor = cheapest_floor(rows)
    label = "chance" if metric in SCORES else floor.model
    ax.axvline(mean_of(rows, floor, metric).mean, label=label, **REFERENCE)
    ax.set_yticks(range(len(models)), [title(one) for one in models], fontsize=_LEGIBLE)
    unit = f" per {PER_ROWS:,} rows" if metric.startswith("cost") else ""
    ax.set(ylim=(len(models) - 0.5, -0.5), xlabel=f"{METRICS[metric].split(',')[0]}{unit}")
    ax.set_xlim(left=max(0.0, ax.get_xlim()[0]))
    ax.locator_params(axis="x", nbins=5)
    legend_below(ax)
    return ax


def reliability_picture(comparison: Comparison, one: Contender, *, ax: Axes | None = None) -> Axes:
    """Draw how often positives occur against how often a contender predicted them, as it is and calibrated.

    Parameters
    ----------
    comparison : Comparison
        What was measured.
    one : Contender
        One of `comparison.found`.
    ax : Axes, optional
        Where to draw; a new figure when not given.
    """
    y, as_it_is, better = _out_of_fold(comparison, one)
    bins = int(np.clip(y.sum() // 30, 3, 10))
    low = float(y.mean()) < 0.1
    return reliability_curve(y, {"as it is": as_it_is, "calibrated": better}, n_bins=bins, log=low, ax=ax)


def benefit_picture(comparison: Comparison, one: Contender, goal: Goal, *, ax: Axes | None = None) -> Axes:
    """Draw the decision curve of a contender's calibrated probabilities with its 95 % interval over the folds.

    Parameters
    ----------
    comparison : Comparison
        What was measured.
    one : Contender
        One of `comparison.found`.
    goal : Goal
        Its threshold is marked where there is one.
    ax : Axes, optional
        Where to draw; a new figure when not given.
    """
    y, _, better = _out_of_fold(comparison, one)
    highest = float(np.clip(4 * max(goal.threshold, float(y.mean())), 0.05, _HIGHEST_THRESHOLD))
    ax = decision_curve(y, {title(one): better}, highest=highest, ax=ax)
    cuts = np.linspace(highest / 40, highest, 40)
    parts = list(comparison.found[one].values())
    benefits = np.array(
        [net_benefit(part.y, calibrated(part.y_validation, part.validation, part.test), cuts) for part in parts]
    )
    sizes: dict[str, Any] = {"n_train": [part.n_train for part in parts], "n_test": [len(part.y) for part in parts]}
    ends = np.array([corrected_interval(column, **sizes)[1:] for column in benefits.T])
    ax.fill_between(cuts, *ends.T, color=ROLES["interval"], alpha=0.6, linewidth=0, label="its 95% interval")
    if 0 < goal.threshold <= highest:
        ax.axvline(goal.threshold, color=ROLES["threshold"], linestyle=(0, (1, 2)), label="your costs")
    legend_below(ax)
    return ax


def time_picture(facts: Facts, *, ax: Axes | None = None) -> Axes:
    """Draw the prevalence over five blocks of consecutive time, each with its 95 % interval.

    Raises
    ------
    ValueError
        When the table has no time.
    """
    if facts.over_time is None:
        raise ValueError("this table has no time: name the column that orders the rows")
    ax, blocks = axes_or_new(ax, figsize=(_WIDTH, 3.0)), facts.over_time
    ends = np.abs(blocks[["low", "high"]].to_numpy().T - blocks["prevalence"].to_numpy())
    numbers = range(1, len(blocks) + 1)
    ax.errorbar(numbers, blocks["prevalence"], yerr=ends, marker="o", capsize=3, color=ROLES["model"], label="a fifth")
    ax.axhline(facts.prevalence.mean, label="all rows", **REFERENCE)
    ax.set(xlabel="fifth of the rows, in order of time", ylabel="prevalence", xticks=list(numbers))
    ax.set_ylim(bottom=0)
    legend_below(ax)
    return ax


def _out_of_fold(comparison: Comparison, one: Contender) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return labels and probabilities, as they are and calibrated, of every test row of the first repeat."""
    parts: list[Any] = [part for (repeat, _), part in comparison.found[one].items() if repeat == 0]
    better = [calibrated(part.y_validation, part.validation, part.test) for part in parts]
    return tuple(  # type: ignore[return-value]
        np.concatenate(column) for column in ([part.y for part in parts], [part.test for part in parts], better)
    )
