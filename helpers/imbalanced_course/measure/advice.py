"""What to do, in plain words: with its uncertainty, and with what the table can't tell."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.measure.comparing import Comparison
from imbalanced_course.measure.contenders import FLOORS, title
from imbalanced_course.measure.decision import PER_ROWS, Goal, calibrated
from imbalanced_course.measure.facts import Facts
from imbalanced_course.measure.judging import (
    NAMES,
    cheapest_floor,
    choose,
    chosen_honestly,
    contenders,
    differences,
    mean_of,
)
from imbalanced_course.scoreboard import Interval
from imbalanced_course.study import NONE, TUNED, Contender, make_pipeline

POWER = 0.8
COMMON = 0.5
WORTH_SEEING = 0.1
"""This share of the cost without a model is worth seeing; a table that would miss it needs more positives."""


@dataclass(frozen=True)
class Advice:
    """What to do, and how sure that is.

    Attributes
    ----------
    one : Contender
        What to use: a model with a treatment, or a decision without a model.
    cost : Interval
        What choosing this way leads to, per 1,000 rows, with its interval (see `chosen_honestly`).
    floor : Contender
        The cheapest decision without a model.
    saves : Interval
        How much less that is than the floor; an interval that includes 0 doesn't show that it saves anything.
    simplest : Contender, optional
        A simpler contender that can't be told apart in cost from what is advised.
    visible : dict
        By metric the smallest difference between two contenders that the table would show in four of five such
        measurements.
    collect : int
        How many rows of the rarer class would show a difference of a tenth of the cost without a model; 0 where there
        are enough.
    do, cannot, watch : list of str
        What to do, what the table can't tell, and what to look at first, in sentences.
    """

    one: Contender
    cost: Interval
    floor: Contender
    saves: Interval
    simplest: Contender | None
    visible: dict[str, float]
    collect: int
    do: list[str] = field(default_factory=list)
    cannot: list[str] = field(default_factory=list)
    watch: list[str] = field(default_factory=list)


def advise(comparison: Comparison, rows: pd.DataFrame, facts: Facts, goal: Goal) -> Advice:
    """Return what to do.

    Parameters
    ----------
    comparison : Comparison
        What was measured.
    rows : DataFrame
        What `judged` returned for it and the goal.
    facts : Facts
        What the data are.
    goal : Goal
        What a decision costs, or its budget.
    """
    one, floor = choose(rows), cheapest_floor(rows)
    cost, saves = chosen_honestly(rows)
    if not saves.mean > 0:  # it looked cheaper only because it was chosen from many
        one = floor
    models = [other for other in contenders(rows) if other not in FLOORS]
    against = differences(rows, models[0] if one in FLOORS else one, "cost")
    visible = {metric: _visible(rows, one, models, metric) for metric in ("average_precision", "cost")}
    advice = Advice(
        one=one,
        cost=cost,
        floor=floor,
        saves=saves,
        simplest=_simplest(one, models, against),
        visible=visible,
        collect=_rows_needed(_rarer(facts)[0], visible["cost"], mean_of(rows, floor, "cost").mean),
    )
    advice.do.extend(_what_to_do(advice, rows, facts, goal))
    advice.cannot.extend(_what_it_cannot_tell(advice, rows, facts, comparison))
    advice.watch.extend(_what_to_look_at(facts))
    return advice


def fit_advised(comparison: Comparison, one: Contender) -> Any:
    """Return a function from new rows to calibrated probabilities: the contender, fitted on all rows of the table.

    The calibration comes from the folds, where each row was predicted by a model that hadn't seen it.

    Parameters
    ----------
    comparison : Comparison
        What was measured.
    one : Contender
        What to fit: one of `comparison.found`.
    """
    table, places = comparison.table, comparison.found[one]
    y, out_of_fold = (np.concatenate([getattr(part, name) for part in places.values()]) for name in ("y", "test"))
    parameters = settings(comparison, one)
    model = make_pipeline(one.treatment, one.model, table, comparison.seed, parameters).fit(table.X, table.y)

    def predict(X: pd.DataFrame) -> np.ndarray:
        return calibrated(y, out_of_fold, model.predict_proba(X[list(table.X)])[:, 1])

    return predict


def settings(comparison: Comparison, one: Contender) -> dict[str, Any] | None:
    """Return the settings that the search found in the first fold; None for the library's defaults."""
    return comparison.parameters[one.model][0, 0] if one.version == TUNED else None


def _visible(rows: pd.DataFrame, one: Contender, models: list[Contender], metric: str) -> float:
    """Return the smallest difference that would be seen: the median over the comparisons with other models.

    Where only one model was measured, they are those with the decisions without a model.
    """
    from scipy.stats import t

    base = one if one in models else models[0]
    found = differences(rows, base, metric)
    others = [other for other in found if other in models] or list(found)
    halves = [(found[other].high - found[other].low) / 2 for other in others]
    if not halves:
        return math.nan
    free = len(rows.groupby(["repeat", "fold"])) - 1
    return float(np.median(halves)) * (1 + float(t.ppf(POWER, free) / t.ppf(0.975, free)))


def _rows_needed(rarer: int, visible: float, cost: float) -> int:
    """Return how many rows of the rarer class would show a tenth of a cost.

    An interval's width falls with the square root of their number.
    """
    if not math.isfinite(visible):
        return 0
    ratio = visible / (WORTH_SEEING * cost) if cost else 0.0
    if ratio <= 1:
        return 0
    needed = rarer * ratio**2
    unit: int = 10 ** max(0, math.floor(math.log10(needed)) - 1)  # two digits, rounded up
    return math.ceil(needed / unit) * unit


def _simplest(one: Contender, models: list[Contender], against: dict[Contender, Interval]) -> Contender | None:
    """Return the first contender, in order of simplicity, whose cost isn't shown to be higher than the advice's."""
    if one in FLOORS:
        return None
    order = sorted(models, key=lambda other: (other.treatment != NONE, other.version == TUNED))
    for other in order[: order.index(one)]:
        if against[other].low <= 0:
            return other
    return None


def _what_to_do(advice: Advice, rows: pd.DataFrame, facts: Facts, goal: Goal) -> list[str]:
    said = []
    if advice.one in FLOORS:
        said.append(
            f"A model chosen on some of the rows doesn't cost less on the others than {_doing(advice.floor)}, "
            "so don't use one yet."
        )
    else:
        said.append(f"Use {title(advice.one)}, with {_settings(advice.one)} {_resampled(advice.one)}.")
        said.append(_rule(goal))
        said.append(_alerts(rows, advice.one))
        said.append(
            f"Expect a cost of {_money(advice.cost)} per {PER_ROWS:,} rows{_unit(goal)}. "
            f"Without a model, {_doing(advice.floor)} is the cheapest, and the model costs {_saving(advice.saves)}."
        )
    if advice.simplest:
        said.append(
            f"If you prefer something simpler, take {title(advice.simplest)}, "
            "because this table doesn't show that it costs more."
        )
    if advice.collect or not advice.saves.low > 0:
        said.append(_collect(advice, _rarer(facts)[1]))
    return said


def _rule(goal: Goal) -> str:
    if goal.budget is not None:
        most = f"flag the {goal.budget:g} rows with the highest probabilities in every {PER_ROWS:,}"
        if goal.cost_alarm:
            return f"Calibrate its probabilities, and {most}, but only rows with {goal.threshold:.3g} or more."
        return f"With your budget, {most}."
    return (
        f"Calibrate its probabilities, and flag a row whose probability is {goal.threshold:.3g} or more. "
        f"That threshold comes from the costs, {goal.cost_alarm:g} / ({goal.cost_alarm:g} + {goal.cost_miss:g})."
    )


def _alerts(rows: pd.DataFrame, one: Contender) -> str:
    """Say in numbers of rows what the rule leads to."""
    part = rows[(rows[NAMES] == list(one)).all(axis=1)]
    share = part["n_positive"] / part["n_test"]
    hits = float((PER_ROWS * part["recall"] * share).mean())
    misses = float((PER_ROWS * (1 - part["recall"]) * share).mean())
    alerts, found, missed = (_amount(number, 2) for number in (part["alerts"].mean(), hits, misses))
    return (
        f"Of {PER_ROWS:,} rows, about {alerts} are flagged then. About {found} of these are positive, and about "
        f"{missed} positives aren't flagged."
    )


def _unit(goal: Goal) -> str:
    if goal.budget is not None and not goal.cost_alarm:
        return ", counted in missed positives"
    return f", where a miss costs {goal.cost_miss:g} and a false alarm {goal.cost_alarm:g}"


def _saving(saves: Interval) -> str:
    if saves.mean < 0:
        return f"{_amount(-saves.mean)} more (95% interval of the saving {_amount(saves.low)} to {_amount(saves.high)})"
    shown = f"{_amount(saves.mean)} less (95% interval {_amount(saves.low)} to {_amount(saves.high)})"
    return shown if saves.low > 0 else f"{shown}, so this table doesn't show that it saves anything"


def _rarer(facts: Facts) -> tuple[int, str]:
    """Return how many rows the rarer class has, and its name: the figures rest on them."""
    negatives = facts.rows - facts.positives
    return (facts.positives, "positives") if facts.positives <= negatives else (negatives, "negatives")


def _collect(advice: Advice, rarer: str) -> str:
    if not advice.saves.low > 0:
        return f"Collect more {rarer} before you rely on a model."
    return (
        f"Collect more {rarer} before you compare more techniques. About {advice.collect:,} would show a difference "
        f"of {WORTH_SEEING:.0%} of the cost without a model."
    )


def _what_it_cannot_tell(advice: Advice, rows: pd.DataFrame, facts: Facts, comparison: Comparison) -> list[str]:
    said = []
    folds = comparison.n_splits * comparison.n_repeats
    if math.isfinite(advice.visible["average_precision"]):
        ranking, cost = (_amount(advice.visible[metric], 2) for metric in ("average_precision", "cost"))
        count, rarer = _rarer(facts)
        or_cost = f"or below {cost} in cost per {PER_ROWS:,} rows, " if advice.visible["cost"] else ""
        said.append(
            f"With {count:,} {rarer} and {folds} folds, a difference below {ranking} in average precision, "
            f"{or_cost}can't be seen."
        )
        if not or_cost:
            said.append("Most models decide alike here, so their costs can't be told apart.")
    equal = [
        title(other)
        for other, found in differences(rows, advice.one, "cost").items()
        if found.low <= 0 <= found.high and other not in FLOORS
    ]
    if equal:
        said.append(f"In cost, these can't be told apart from the advice: {', '.join(equal)}.")
    if comparison.left_out:
        missing = ", ".join(map(title, comparison.left_out))
        if comparison.interrupted:
            said.append(f"It was stopped before these were measured on every fold: {missing}.")
        else:
            said.append(f"There was no time for {missing}. Give it more minutes.")
    if comparison.failed:
        said.append(f"On this table, {', '.join(map(title, comparison.failed))} can't be fitted.")
    if comparison.table.time is None:
        said.append("Whether the figures hold in a year isn't known, because no column says when a row was collected.")
    return said


def _what_to_look_at(facts: Facts) -> list[str]:
    said = []
    if facts.prevalence.mean > COMMON:
        said.append(
            f"{facts.prevalence.mean:.0%} of the rows are positive. If you look for the rarer class, name its value as "
            "the positive one."
        )
    for name in facts.suspects:
        said.append(
            f"{name!r} alone ranks nearly perfectly (ROC AUC {facts.alone[name]:.3f}). If it's known only after the "
            "target is, leave it out and measure again."
        )
    for name in facts.known_for_one:
        said.append(
            f"{name!r} is filled in for rows of one class only. If that happens after the target is known, leave it "
            "out and measure again."
        )
    for name in facts.identifiers:
        said.append(
            f"{name!r} has a different value in nearly every row. If it's an identifier, leave it out. If rows came "
            "in its order, name it as the time."
        )
    for name in facts.constants:
        said.append(f"{name!r} has the same value in every row, so it can't help.")
    if facts.contradictions:
        said.append(f"{facts.contradictions:,} rows equal another row that has the other label.")
    if facts.over_time is not None and _apart(facts.over_time):
        said.append("The prevalence changes over time, so check the calibration and the alerts regularly.")
    if facts.drifting is not None and len(facts.drifting):
        named = ", ".join(map(repr, facts.drifting.index[:3]))
        said.append(f"Between the first and the last third of the time, these columns differ most: {named}.")
    return said


def _apart(over_time: pd.DataFrame) -> bool:
    return bool(over_time["low"].max() > over_time["high"].min())


def _settings(one: Contender) -> str:
    return "settings that a search found" if one.version == TUNED else "the library's default settings"


def _resampled(one: Contender) -> str:
    if one.treatment == NONE:
        return "and nothing resampled or weighted"
    return "and balance only the rows that it learns from"


def _doing(one: Contender) -> str:
    return one.model.replace("flag", "flagging", 1)


def _money(found: Interval) -> str:
    low, high = max(0.0, found.low), found.high
    return f"{_amount(found.mean)} (95% interval {_amount(low)} to {_amount(high)})"


def _amount(value: float, count: int = 3) -> str:
    """Return a number with so many digits that count, and never with an exponent."""
    if not math.isfinite(value) or value == 0:
        return f"{value:g}"
    digits = count - 1 - math.floor(math.log10(abs(value)))
    return f"{round(value, digits):,.{max(0, digits)}f}"
