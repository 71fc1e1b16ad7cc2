"""Calibrated first, then flagged at the threshold from the costs: as a function, and over twenty weeks."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function, matches, value
from imbalanced_course.checks.cost_sensitive.weights import ARRAYS_COME
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs
from imbalanced_course.score_sets import scored_day

COST_MISS, COST_FALSE_ALARM = 1_000, 10
WEEKS = 20
NEAR = 0.02  # what different ways to calculate Platt's map may differ by, as a share of the cost


def _platt(scores: Any, labels: Any, new_scores: Any) -> Any:
    from sklearn.linear_model import LogisticRegression

    log_odds, new_log_odds = (np.log(s / (1 - s)).reshape(-1, 1) for s in (scores, new_scores))
    return LogisticRegression(C=1e6).fit(log_odds, labels).predict_proba(new_log_odds)[:, 1]


def _cost(flagged: Any, y: Any, miss: float, alarm: float) -> float:
    return float(miss * np.sum(~flagged & (y == 1)) + alarm * np.sum(flagged & (y == 0)))


def _right(p: Any, y: Any, miss: float, alarm: float) -> float:
    return _cost(p >= alarm / (alarm + miss), y, miss, alarm)


def _tuned(old: Any, y: Any, new: Any, new_y: Any, miss: float, alarm: float) -> float:
    from imbalanced_course.scoreboard import tune_threshold

    return _cost(new >= tune_threshold(y, old, cost_miss=miss, cost_false_alarm=alarm), new_y, miss, alarm)


def _rounded_to(decimals: int) -> Callable[..., float]:
    """Return the cost at a threshold that was rounded."""
    return lambda p, y, miss, alarm: _cost(p >= round(alarm / (alarm + miss), decimals), y, miss, alarm)


_MISTAKES: dict[str, Callable[..., Any]] = {
    "That's the cost at 0.5 with unequal costs. Flag at t*, from section 1.": (
        lambda p, y, miss, alarm: _cost(p >= 0.5, y, miss, alarm)
    ),
    "The costs are swapped in t*. The false alarm is on top of the fraction (section 1).": (
        lambda p, y, miss, alarm: _cost(p >= miss / (alarm + miss), y, miss, alarm)
    ),
    "The costs are swapped in the total. Misses are positives that aren't flagged.": (
        lambda p, y, miss, alarm: _cost(p >= alarm / (alarm + miss), y, alarm, miss)
    ),
    "The costs are swapped, in t* and in the total.": lambda p, y, miss, alarm: _right(p, y, alarm, miss),
    "That's flagged from (false alarm + miss) / false alarm on, which is above 1. The false alarm is on top "
    "(section 1).": lambda p, y, miss, alarm: _cost(p >= (alarm + miss) / alarm, y, miss, alarm),
    "That's flagged at miss / false alarm. The false alarm is on top, and the sum of both is below (section 1).": (
        lambda p, y, miss, alarm: _cost(p >= miss / alarm, y, miss, alarm)
    ),
    "It charges the hits. A miss is a positive that isn't flagged, so charge the others (section 1).": (
        lambda p, y, miss, alarm: (
            miss * np.sum((p >= alarm / (alarm + miss)) & (y == 1))
            + alarm * np.sum((p >= alarm / (alarm + miss)) & (y == 0))
        )
    ),
    "It flags below t*. Flag where the probability reaches it (section 1).": (
        lambda p, y, miss, alarm: _cost(p < alarm / (alarm + miss), y, miss, alarm)
    ),
    "That's flagged at false alarm / miss, the odds. Divide by false alarm + miss (section 1).": (
        lambda p, y, miss, alarm: _cost(p >= alarm / miss, y, miss, alarm)
    ),
    "It flags above t* only. A row exactly at t* is flagged, too.": (
        lambda p, y, miss, alarm: _cost(p > alarm / (alarm + miss), y, miss, alarm)
    ),
    "That charges every alert. In this course a hit costs nothing, so charge the false alarms (section 1).": (
        lambda p, y, miss, alarm: _right(p, y, miss, alarm) + alarm * np.sum((p >= alarm / (alarm + miss)) & (y == 1))
    ),
    "That's the cost of the misses only. Add the false alarms.": (
        lambda p, y, miss, alarm: _cost(p >= alarm / (alarm + miss), y, miss, 0)
    ),
    "That's the cost of the false alarms only. Add the misses.": (
        lambda p, y, miss, alarm: _cost(p >= alarm / (alarm + miss), y, 0, alarm)
    ),
    "That's a cost per row. The task asks for the total.": (
        lambda p, y, miss, alarm: _right(p, y, miss, alarm) / len(y)
    ),
    "That's the lowest cost that any threshold has on these rows. Take the threshold from the costs.": (
        lambda p, y, miss, alarm: _tuned(p, y, p, y, miss, alarm)
    ),
    "It rounds t* to three decimals. Scores between the two are then flagged wrongly. Don't round it.": _rounded_to(3),
    "It rounds t* to two decimals. Scores between the two are then flagged wrongly. Don't round it.": _rounded_to(2),
    "It rounds t* to one decimal. Scores between the two are then flagged wrongly. Don't round it.": _rounded_to(1),
}


def _near(came: Any, expected: Any, *_: Any) -> bool:
    return matches(came, expected, max(NEAR * abs(float(expected)), 1e-6))


@functools.cache
def _weeks() -> dict[str, list[float]]:
    """Return twenty costs, one for each week, by the way in which its scores were used."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    from imbalanced_course import datasets
    from imbalanced_course.simulation.transactions import make_week

    X_learn, y_learn = datasets.features_and_target(datasets.split_by_week(datasets.load_transactions())[0])
    X_fresh, y_fresh = datasets.features_and_target(make_week(50_000, seed=7, week=3))
    fresh = y_fresh.to_numpy()
    costs = COST_MISS, COST_FALSE_ALARM
    with threadpool_limits(1):  # on a busy machine threads that wait for each other cost seconds
        boosting = HistGradientBoostingClassifier(max_iter=40, random_state=1).fit(X_learn, y_learn)
        scores = boosting.predict_proba(X_fresh)[:, 1]
        raw = _right(scores, fresh, *costs)
        peeked = _right(_platt(scores, fresh, scores), fresh, *costs)
        rows = []
        for seed in range(10, 10 + WEEKS):
            X, y = datasets.features_and_target(make_week(5_000, seed=seed, week=3))
            one, labels = boosting.predict_proba(X)[:, 1], y.to_numpy()
            mapped = _platt(one, labels, scores)
            rows.append(
                {
                    "calibrated": _right(mapped, fresh, *costs),
                    "tuned": _tuned(one, labels, scores, fresh, *costs),
                    "raw": raw,
                    "at 0.5": _cost(mapped >= 0.5, fresh, *costs),
                    "calibrated on the fresh week": peeked,
                    "judged by the week itself": _right(_platt(one, labels, one), labels, *costs),
                    "calibrated on the fresh week, judged by the week": _right(
                        _platt(scores, fresh, one), labels, *costs
                    ),
                    "swapped in t*": _cost(mapped >= COST_MISS / sum(costs), fresh, *costs),
                    "swapped in the total": _cost(mapped >= COST_FALSE_ALARM / sum(costs), fresh, *costs[::-1]),
                    "swapped": _right(mapped, fresh, *costs[::-1]),
                }
            )
    return {way: [row[way] for row in rows] for way in rows[0]}


@task(
    "calibrated-threshold",
    points=3,
    consequence="Two numbers fitted on all rows of a week vary less than one threshold that rests on its few frauds.",
)
def calibrated_threshold(cost_at_t_star: Any, calibrated_costs: Any, cheaper_in: Any) -> Iterable[Finding]:
    """The cost at t*: as a function, over twenty weeks of calibration, and beside tuning."""
    rng = fresh_generator("calibrated-threshold")

    def day(rows: int, share: float, decimals: int = 2) -> tuple[Any, Any]:
        seed = int(rng.integers(2**31))
        made = scored_day(roc_auc=0.92, seed=seed, payments=rows, prevalence=share, decimals=decimals)
        return made["score"].to_numpy(), made["is_fraud"].to_numpy()

    def draw() -> list[tuple[Any, ...]]:
        # With two decimals, rows meet t* exactly. The last t* is 0.02336, so one that was rounded to three decimals or
        # fewer flags other rows; rounded to four it flags the same.
        return [
            (*day(1_500, 0.05), 180, 20),
            (*day(900, 0.1), 190, 10),
            (*day(600, 0.2), 10, 30),
            (*day(2_000, 0.1, decimals=4), 418, 10),
        ]

    inputs = telling_inputs(draw, _right, _MISTAKES.values(), tolerance=0.5)
    yield function(
        "cost_at_t_star",
        cost_at_t_star,
        _right,
        inputs,
        about=[
            "1,500 rows, a miss at 180 and a false alarm at 20",
            "900 rows, a miss at 190 and a false alarm at 10",
            "600 rows, a miss at 10 and a false alarm at 30",
            "2,000 rows, a miss at 418 and a false alarm at 10",
        ],
        mistakes=_MISTAKES,
        errors={
            **ARRAYS_COME,
            "positional argument": "The check calls cost_at_t_star(probabilities, labels, miss, false_alarm).",
        },
        kind="a total cost in euros",
        tolerance=0.5,
        share=3,
    )
    weeks = _weeks()
    calibrated, tuned = weeks["calibrated"], weeks["tuned"]
    own = _as_costs(calibrated_costs)
    good = own is not None and all(_near(one, there) for one, there in zip(own, calibrated, strict=True))
    yield value(
        "calibrated_costs",
        calibrated if good else calibrated_costs,
        calibrated,
        mistakes={
            "These are the tuned costs. Calibrate on each week, and call your function (section 2).": tuned,
            "These are the costs of the raw scores at t*. Calibrate on each week first (section 2).": weeks["raw"],
            "These are the costs at 0.5. Flag at t*.": weeks["at 0.5"],
            "All twenty were calibrated on the fresh week itself, whose labels judge them. Calibrate on each week of "
            "`week_scores` and `week_labels`.": weeks["calibrated on the fresh week"],
            "That maps and judges each of the twenty weeks. Map `fresh_scores`, and judge with `fresh_labels`.": (
                weeks["judged by the week itself"]
            ),
            "That's fitted on the fresh week and judges the twenty. Fit on each of these, and judge the fresh one.": (
                weeks["calibrated on the fresh week, judged by the week"]
            ),
            "The costs are swapped in t*. Pass the miss, 1_000, before the false alarm, 10.": weeks["swapped in t*"],
            "The costs are swapped in the total. Pass the miss, 1_000, before the false alarm, 10.": weeks[
                "swapped in the total"
            ],
            "The costs are swapped. Pass the miss, 1_000, before the false alarm, 10.": weeks["swapped"],
        },
        kind="twenty amounts in euros",
        tolerance=0.5,
        share=2,
    )
    count = int(np.sum(np.array(own if good else calibrated) < np.array(tuned)))
    theirs = None if good or own is None else int(np.sum(np.array(own) < np.array(tuned)))
    follows = {} if theirs is None else {"That's right for your `calibrated_costs`. Fix these first.": theirs}
    yield value(
        "cheaper_in",
        cheaper_in,
        count,
        mistakes={
            "That's the number of weeks in which tuning was cheaper. Count the others.": int(
                np.sum(np.array(own if good else calibrated) > np.array(tuned))
            ),
            "That's a share. Count the weeks.": count / WEEKS,
            **follows,
        },
        kind="a number of weeks, from 0 to 20",
        share=1,
    )


def _as_costs(answer: Any) -> list[float] | None:
    """Return twenty amounts as a list, or None."""
    try:
        found = [float(one) for one in answer]
    except Exception:  # an answer can be any object
        return None
    return found if len(found) == WEEKS else None
