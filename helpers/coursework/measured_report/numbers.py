"""What was measured, as data for other programs."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from imbalanced_course.measure import (
    METRICS,
    Advice,
    Comparison,
    Facts,
    Goal,
    contenders,
    mean_of,
    settings,
    title,
)
from imbalanced_course.study import TUNED


def numbers_of(
    name: str, target: str, comparison: Comparison, rows: pd.DataFrame, facts: Facts, goal: Goal, advice: Advice
) -> dict[str, Any]:
    """Return the numbers of a report; each interval is a list of mean, low, and high, and what isn't known is None."""
    numbers: dict[str, Any] = _plain(
        {
            "table": name,
            "target": target,
            "positive": comparison.table.positive,
            "rows": facts.rows,
            "positives": facts.positives,
            "prevalence": facts.prevalence,
            "duplicates": facts.duplicates,
            "suspects": facts.suspects,
            "known_for_one_class": facts.known_for_one,
            "identifiers": facts.identifiers,
            "alone": facts.alone.to_dict(),
            "over_time": None if facts.over_time is None else facts.over_time.to_dict("records"),
            "drifting": None if facts.drifting is None else facts.drifting.to_dict(),
            "goal": {
                "cost_miss": goal.cost_miss,
                "cost_alarm": goal.cost_alarm,
                "budget": goal.budget,
                "assumed": goal.assumed,
            },
            "folds": comparison.n_splits,
            "repeats": comparison.n_repeats,
            "most_rows_to_learn_from": comparison.max_train,
            "interrupted": comparison.interrupted,
            "seconds": round(comparison.seconds, 1),
            "contenders": {
                title(one): {metric: mean_of(rows, one, metric) for metric in METRICS}
                | ({"settings": settings(comparison, one)} if one.version == TUNED else {})
                for one in contenders(rows)
            },
            "advice": {
                "use": title(advice.one),
                "cost": advice.cost,
                "saves": advice.saves,
                "cheapest_without_a_model": title(advice.floor),
                "smallest_visible_difference": advice.visible,
                "positives_to_collect": advice.collect,
                "do": advice.do,
                "cannot_tell": advice.cannot,
                "look_at": advice.watch,
            },
        }
    )
    return numbers


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: six digits, and None where there is no number."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return value.item() if hasattr(value, "item") else value
