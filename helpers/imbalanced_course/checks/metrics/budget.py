"""A budget of alerts: what the highest scores of a day contain."""

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


@task("bonus-alert-budget", points=0)
def bonus_alert_budget(
    precision_in_budget: Any, lowest_recall: Any, highest_recall: Any, feasible_strong: Any, feasible_weak: Any
) -> Iterable[Finding]:
    """100 alerts a day with precision 0.85: the function, the recall it implies, and whether two models reach it."""
    rng = fresh_generator("bonus-alert-budget")

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
        "It drops the payments that score as high as the last alert (> instead of >=), so the budget isn't used "
        "up.": without_ties,
        "That's the recall within the budget. Precision divides by the alerts.": share_found,
        "It alerts the lowest scores. Sort from high to low.": (
            lambda y_true, scores, budget: float(np.mean(y_true[np.argsort(scores, kind="stable")[:budget]]))
        ),
        "It takes the first rows as they come. Sort by score first.": (
            lambda y_true, scores, budget: float(np.mean(y_true[:budget]))
        ),
        "That's a count of hits. Divide it by the number of alerts.": (
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
        errors={**ARRAYS_COME, "positional argument": "The check calls precision_in_budget(y_true, scores, budget)."},
        share=1,
    )
    frauds, alerts, required = 200, 100, 0.85
    yield value(
        "lowest_recall",
        lowest_recall,
        required * alerts / frauds,
        mistakes={
            "That's the required precision. Count the hits that it means, and divide them by all frauds.": required,
            "That divides the hits by all payments. Recall divides by the frauds.": required * alerts / 20_000,
            "That's the most the budget allows. The lowest is where the precision is just met.": alerts / frauds,
            "That's a count of hits. Divide it by the frauds of the day.": required * alerts,
        },
        share=0.5,
    )
    yield value(
        "highest_recall",
        highest_recall,
        alerts / frauds,
        mistakes={
            "100 alerts can't find 200 frauds. Divide the most hits possible by all frauds.": 1.0,
            "That's the least that meets the requirement. The highest is where every alert is a hit.": required
            * alerts
            / frauds,
            "That's the required precision. If all alerts are hits, what share of all fraud is found?": required,
            "That divides by all payments. Recall divides by the frauds.": alerts / 20_000,
            "That's a count of hits. Divide it by the frauds of the day.": alerts,
        },
        share=0.5,
    )
    for name, answer, auc in (("feasible_strong", feasible_strong, 0.99), ("feasible_weak", feasible_weak, 0.95)):
        feasible = _budget_precision(auc) >= required
        yield value(
            name,
            answer,
            feasible,
            mistakes={
                "A high ROC AUC doesn't tell you what happens among the top 100. Compute the precision there.": True,
                "Count the frauds among the 100 highest scores of this day.": False,
                "That's the precision. Is it at least 0.85? Give True or False.": _budget_precision(auc),
            },
            kind="True or False",
            share=0.5,
        )


@functools.cache
def _budget_precision(roc_auc: float) -> float:
    """Return the precision among the 100 highest scores of the lesson's strong (.99) or weak (.95) day."""
    day = scored_day(roc_auc=roc_auc, seed=5 if roc_auc == 0.99 else 6)
    return _in_budget(day["is_fraud"].to_numpy(), day["score"].to_numpy(), 100)
