"""A budget of alerts: what the highest scores of a day hold."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.metrics.fresh import ARRAYS_COME, fresh_scores, ranked_rows
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import rounding, telling_inputs
from imbalanced_course.score_sets import scored_day


def _in_budget(y_true: Any, scores: Any, budget: int) -> float:
    """Return the precision among the highest scores; of rows that tie, those that come first."""
    return float(np.mean(y_true[np.argsort(-scores, kind="stable")[:budget]]))


@task("alert-budget", points=3)
def alert_budget(
    precision_in_budget: Any, lowest_recall: Any, highest_recall: Any, feasible_strong: Any, feasible_weak: Any
) -> Iterable[Finding]:
    """100 alerts a day with precision 0.85: the function, the recall it implies, and whether two models reach it."""
    rng = fresh_generator("alert-budget")

    def draw() -> list[tuple[Any, ...]]:
        inputs: list[tuple[Any, ...]] = []
        for first, rows in ((14, 300), (20, 400), (26, 500)):
            # The budget ends amid rows that tie, most of whose positives come first; they are many, so that a sort
            # that doesn't keep their order shows.
            pattern = "".join(rng.choice(["+", "+", "+", "-"], size=first)) + f"({'+++-' * 5}{'-+--' * 10})"
            inputs.append((*ranked_rows(rng, pattern, rows=rows, positives=70), first + 15))
        inputs.append((*fresh_scores(rng, roc_auc=0.95, payments=800, prevalence=0.06, decimals=6), 23))
        return inputs

    def from_the_back(y_true: Any, scores: Any, budget: int) -> float:
        return float(np.mean(y_true[np.argsort(scores, kind="stable")[::-1][:budget]]))

    def with_ties(y_true: Any, scores: Any, budget: int) -> float:
        return float(np.mean(y_true[scores >= np.sort(scores)[-budget]]))

    def without_ties(y_true: Any, scores: Any, budget: int) -> float:
        return float(np.mean(y_true[scores > np.sort(scores)[-budget]]))

    def share_found(y_true: Any, scores: Any, budget: int) -> float:
        return _in_budget(y_true, scores, budget) * budget / float(np.sum(y_true))

    earlier_first = "If payments tie for the last alert, the earlier ones get it."
    mistakes: dict[str, Callable[..., float]] = {
        f"It takes ties from the back. {earlier_first}": from_the_back,
        f"Its sort doesn't keep the order of ties (give it kind='stable'). {earlier_first}": (
            lambda y_true, scores, budget: float(np.mean(y_true[np.argsort(-scores)[:budget]]))
        ),
        f"Its sort doesn't keep the order of ties, and it takes them from the back. {earlier_first}": (
            lambda y_true, scores, budget: float(np.mean(y_true[np.argsort(scores)[::-1][:budget]]))
        ),
        f"It alerts all that tie for the last place, so more than the budget. {earlier_first}": with_ties,
        "It drops the payments that score as high as the last alert (> instead of >=), so the budget is not used "
        "up.": without_ties,
        "That is the recall within the budget. Precision divides by the alerts.": share_found,
        "It alerts the lowest scores. Sort from high to low.": (
            lambda y_true, scores, budget: float(np.mean(y_true[np.argsort(scores, kind="stable")[:budget]]))
        ),
        "It takes the first rows as they come. Sort by score first.": (
            lambda y_true, scores, budget: float(np.mean(y_true[:budget]))
        ),
        "That is a count of hits. Divide it by the number of alerts.": (
            lambda y_true, scores, budget: _in_budget(y_true, scores, budget) * budget
        ),
    }
    inputs = telling_inputs(draw, _in_budget, [*mistakes.values(), *rounding(_in_budget)])
    yield function(
        "precision_in_budget",
        precision_in_budget,
        _in_budget,
        inputs,
        about=[f"{len(y)} payments, {y.sum()} of them fraud, and budget={k}" for y, _, k in inputs],
        mistakes=mistakes,
        errors={**ARRAYS_COME, "positional argument": "the check calls precision_in_budget(y_true, scores, budget)"},
        share=1,
    )
    frauds, alerts, demanded = 200, 100, 0.85
    yield value(
        "lowest_recall",
        lowest_recall,
        demanded * alerts / frauds,
        mistakes={
            "that is the demanded precision: how many hits is that, and what share of all fraud?": demanded,
            "that divides the hits by all payments: recall divides by the frauds": demanded * alerts / 20_000,
            "that is the most the budget allows: the lowest is where precision is just met": alerts / frauds,
            "that is a count of hits: divide it by the frauds of the day": demanded * alerts,
        },
        share=0.5,
    )
    yield value(
        "highest_recall",
        highest_recall,
        alerts / frauds,
        mistakes={
            "with 100 alerts nobody finds 200 frauds: the budget caps the recall": 1.0,
            "that is the least that meets the demand: the highest is where every alert is a hit": demanded
            * alerts
            / frauds,
            "that is the demanded precision: if all alerts are hits, what share of all fraud is found?": demanded,
            "that divides by all payments: recall divides by the frauds": alerts / 20_000,
            "that is a count of hits: divide it by the frauds of the day": alerts,
        },
        share=0.5,
    )
    for name, answer, auc in (("feasible_strong", feasible_strong, 0.99), ("feasible_weak", feasible_weak, 0.95)):
        feasible = _budget_precision(auc) >= demanded
        yield value(
            name,
            answer,
            feasible,
            mistakes={
                "a high ROC AUC does not say what happens among the top 100: compute the precision there": True,
                "look again at the top 100 of this day: how many of them are fraud?": False,
                "that is the precision: is it at least the one demanded? Give True or False": _budget_precision(auc),
            },
            kind="True or False",
            share=0.5,
        )


@functools.cache
def _budget_precision(roc_auc: float) -> float:
    """Return the precision among the 100 highest scores of the lesson's strong (.99) or weak (.95) day."""
    day = scored_day(roc_auc=roc_auc, seed=5 if roc_auc == 0.99 else 6)
    return _in_budget(day["is_fraud"].to_numpy(), day["score"].to_numpy(), 100)
