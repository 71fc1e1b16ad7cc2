"""The cheapest threshold on validation data, and what it costs on the week after."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.cost_sensitive.weights import ARRAYS_COME
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs
from imbalanced_course.score_sets import scored_day

COST_MISS, COST_FALSE_ALARM = 1_000, 10


def total_cost(y_true: Any, scores: Any, threshold: Any, miss: float, alarm: float) -> float | None:
    """Return the total cost of a threshold, or None where it is no threshold."""
    try:
        cut = float(threshold)
    except Exception:  # an answer can be any object
        return None
    if np.isnan(cut):
        return None
    flagged = scores >= cut
    return float(miss * np.sum(~flagged & (y_true == 1)) + alarm * np.sum(flagged & (y_true == 0)))


def _costs(y_true: Any, scores: Any, cuts: Any, miss: float, alarm: float) -> np.ndarray:
    """Return the total cost of each of many thresholds."""
    misses = np.searchsorted(np.sort(scores[y_true == 1]), cuts)
    alarms = np.sum(y_true == 0) - np.searchsorted(np.sort(scores[y_true == 0]), cuts)
    return np.asarray(miss * misses + alarm * alarms)


def _cheapest(y_true: Any, scores: Any, cuts: Any, miss: float, alarm: float) -> float:
    """Return the first of the cheapest thresholds among `cuts`."""
    return float(cuts[np.argmin(_costs(y_true, scores, cuts, miss, alarm))])


def _best(y_true: Any, scores: Any, miss: float, alarm: float) -> float:
    from imbalanced_course.scoreboard import tune_threshold

    return tune_threshold(y_true, scores, cost_miss=miss, cost_false_alarm=alarm)


def _strictly_above(y_true: Any, scores: Any, miss: float, alarm: float) -> float:
    """Return the threshold of those who flag scores above it only, a known mistake."""
    cuts = np.unique(scores)
    return float(cuts[np.argmin(_costs(y_true, scores, np.nextafter(cuts, 2), miss, alarm))])


def _best_f1(y_true: Any, scores: Any, miss: float, alarm: float) -> float:
    from sklearn.metrics import precision_recall_curve

    p, r, cuts = precision_recall_curve(y_true, scores)
    return float(cuts[np.argmax(p[:-1] * r[:-1] / np.maximum(p[:-1] + r[:-1], 1e-9))])


def _between_ties(y_true: Any, scores: Any, miss: float, alarm: float) -> float:
    """Return the threshold of those who cut anywhere in the ranking, between rows of the same score as well."""
    order = np.argsort(-scores, kind="stable")
    found = np.cumsum(y_true[order])
    costs = miss * (found[-1] - found) + alarm * (np.arange(1, len(order) + 1) - found)
    return float(scores[order][np.argmin(costs)]) if costs.min() < miss * found[-1] else np.inf


def _off_every_grid(y_true: Any, scores: Any, miss: float, alarm: float) -> tuple[Any, Any, float, float] | None:
    """Return a day whose cheapest cut lies between two nearly equal scores, or None where another one is as cheap.

    The cheapest threshold is the score of a positive; of a negative that scores far less the score becomes nearly the
    same. So trying evenly spaced thresholds, however many, misses it.
    """
    cuts = np.unique(scores)
    costs = _costs(y_true, scores, cuts, miss, alarm)
    best = int(np.argmin(costs))
    below = np.flatnonzero((scores < cuts[best]) & (y_true == 0))
    if np.sum(costs == costs[best]) > 1 or not len(below):
        return None
    moved = scores.copy()
    moved[below[np.argmax(scores[below])]] = cuts[best] - 1e-9
    return y_true, moved, miss, alarm


def _on_a_grid(steps: int) -> Callable[..., float]:
    def tuned(y_true: Any, scores: Any, miss: float, alarm: float) -> float:
        return _cheapest(y_true, scores, np.linspace(0, 1, steps), miss, alarm)

    return tuned


@functools.cache
def plain_model() -> tuple[Any, list[Any]]:
    """Return the lesson's plain logistic regression, fitted on days 1 to 14, and the three parts as (X, y)."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    from imbalanced_course import datasets

    parts = [datasets.features_and_target(part) for part in datasets.split_by_week(datasets.load_transactions())]
    plain = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000)).fit(*parts[0])
    return plain, parts


@functools.cache
def _two_weeks() -> tuple[Any, ...]:
    """Return labels and scores of the lesson's third week, then of its fourth, by the plain logistic regression."""
    plain, parts = plain_model()
    weeks = [(y.to_numpy(), plain.predict_proba(X)[:, 1]) for X, y in parts[1:]]
    return (*weeks[0], *weeks[1])


def _chosen_mistakes(on_test: str) -> dict[str, float]:
    """Return the known wrong thresholds for `validation`, by their sentences; `on_test` names that of the test rows."""
    y_val, s_val, y_test, s_test = _two_weeks()
    prices = COST_MISS, COST_FALSE_ALARM
    return {
        on_test: _best(y_test, s_test, *prices),
        "That's 0.5 with unequal costs. Let the costs choose.": 0.5,
        "The costs are swapped. A miss costs €1,000.": _best(y_val, s_val, *prices[::-1]),
        "That's t* from the costs. The task asks for the cheapest on `validation`.": 10 / 1_010,
        "That's the threshold with the best F1, which knows no costs. Minimize the cost.": _best_f1(
            y_val, s_val, *prices
        ),
        "It tries evenly spaced thresholds, which are too coarse near 0. Try the scores.": _on_a_grid(101)(
            y_val, s_val, *prices
        ),
        "It's rounded too far, so other rows are flagged. Keep all decimals.": round(_best(y_val, s_val, *prices), 3),
    }


@task("bonus-tuned-threshold", points=0)
def bonus_tuned_threshold(tuned_threshold: Any, chosen_threshold: Any, test_cost: Any) -> Iterable[Finding]:
    """The cheapest threshold: a function, then chosen on the third week and paid for in the fourth."""
    rng = fresh_generator("bonus-tuned-threshold")

    def day(rows: int, share: float, auc: float) -> tuple[Any, Any]:
        made = scored_day(roc_auc=auc, seed=int(rng.integers(2**31)), payments=rows, prevalence=share, decimals=4)
        return made["is_fraud"].to_numpy(), made["score"].to_numpy()

    def narrow(rows: int, share: float, auc: float, miss: float, alarm: float) -> tuple[Any, ...]:
        for _ in range(50):
            y, scores = day(rows, share, auc)
            found = _off_every_grid(y, scores + rng.uniform(-4e-5, 4e-5, size=rows), miss, alarm)
            if found:
                return found
        return y, scores, miss, alarm

    def draw() -> list[tuple[Any, ...]]:
        y_hard, _ = day(300, 0.05, 0.6)
        y_tied, tied = day(700, 0.06, 0.9)
        return [
            narrow(800, 0.04, 0.93, 1_000, 10),
            narrow(900, 0.04, 0.95, 10, 40),
            (y_tied, np.round(tied, 2), 10_000, 400),
            (y_hard, np.round(rng.uniform(0.3, 0.7, size=300), 4), 1, 500),
        ]

    mistakes: dict[str, Callable[..., Any]] = {
        "That's 0.5 with unequal costs. Try the scores and take the cheapest.": lambda *_: 0.5,
        "The costs are swapped. It charges a miss as a false alarm.": lambda y, s, miss, alarm: _best(
            y, s, alarm, miss
        ),
        "That's t* from the costs, which needs calibrated probabilities. Here take the cheapest on these rows.": (
            lambda y, s, miss, alarm: alarm / (alarm + miss)
        ),
        "It flags scores > threshold. The rule is score >= threshold.": _strictly_above,
        "That's the threshold with the best F1, which knows no costs. Minimize the cost.": _best_f1,
        "It tries 101 evenly spaced thresholds. Between two of them there can be a cheaper one, so try the scores "
        "themselves": _on_a_grid(101),
        "It tries 1,001 evenly spaced thresholds. Between two of them there can be a cheaper one, so try the scores "
        "themselves": _on_a_grid(1001),
        "It cuts between rows with the same score. With `score >= threshold` all of them are flagged or none": (
            _between_ties
        ),
        "It never tries to flag no one. With costs like these that can be the cheapest.": (
            lambda y, s, miss, alarm: _cheapest(y, s, np.unique(s), miss, alarm)
        ),
        "That's the most expensive threshold. Take the lowest cost.": (
            lambda y, s, miss, alarm: _cheapest(y, s, np.unique(s), -miss, -alarm)
        ),
    }

    def costs_the_same(came: Any, expected: Any, y: Any, s: Any, miss: float, alarm: float) -> bool:
        return total_cost(y, s, came, miss, alarm) == total_cost(y, s, expected, miss, alarm)

    inputs = telling_inputs(draw, _best, mistakes.values(), same=costs_the_same)
    yield function(
        "tuned_threshold",
        tuned_threshold,
        _best,
        inputs,
        about=[
            "800 rows, a miss at 1,000 and a false alarm at 10",
            "900 rows, a miss at 10 and a false alarm at 40",
            "700 rows, many with the same score, a miss at 10,000 and a false alarm at 400",
            "300 rows whose scores say nothing, a miss at 1 and a false alarm at 500",
        ],
        agree=costs_the_same,
        mistakes=mistakes,
        errors={
            **ARRAYS_COME,
            "positional argument": "The check calls tuned_threshold(y_true, scores, cost_miss, cost_false_alarm).",
        },
        kind="a threshold than which no other one is cheaper",
        tolerance=1e-6,
        share=1.5,
    )
    y_val, s_val, y_test, s_test = _two_weeks()
    prices = COST_MISS, COST_FALSE_ALARM
    chosen, peeked = _best(y_val, s_val, *prices), _best(y_test, s_test, *prices)
    own = total_cost(y_val, s_val, chosen_threshold, *prices)
    right_already = own is not None and own == total_cost(y_val, s_val, chosen, *prices)
    on_test = "That threshold was tuned on test data, so its cost there tests nothing. Choose on `validation`."
    yield value(
        "chosen_threshold",
        chosen if right_already else chosen_threshold,
        chosen,
        mistakes={} if right_already else _chosen_mistakes(on_test),
        kind="a threshold than which no other one is cheaper on `validation`",
        tolerance=1e-6,
        share=0.75,
    )
    # With any other threshold the cost can only be right for that threshold.
    paid = total_cost(y_test, s_test, chosen_threshold if right_already else chosen, *prices)
    follows = None if right_already else total_cost(y_test, s_test, chosen_threshold, *prices)
    if follows == total_cost(y_test, s_test, peeked, *prices):
        follows = None  # that has a sentence of its own
    yield value(
        "test_cost",
        test_cost,
        paid,
        mistakes={
            on_test: total_cost(y_test, s_test, peeked, *prices),
            "That's right for your `chosen_threshold`. Fix the threshold first.": (
                float("inf") if follows is None else follows
            ),
            "That's the cost on `validation`, where the threshold was chosen. Report on `test`.": total_cost(
                y_val, s_val, chosen, *prices
            ),
            "That's the cost at 0.5. Use your threshold.": total_cost(y_test, s_test, 0.5, *prices),
            "The costs are swapped. A miss costs €1,000.": total_cost(y_test, s_test, chosen, *prices[::-1]),
            "That's a cost per payment. Give the week's total.": (paid or 0.0) / len(y_test),
        },
        kind="euros in total",
        share=0.75,
    )
