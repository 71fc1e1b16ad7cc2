"""The checks of lesson 7's questions and of its find the bug."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks import quiz
from imbalanced_course.checks.compare import matches, value
from imbalanced_course.checks.cost_sensitive.thresholds import COST_FALSE_ALARM, COST_MISS, plain_model, total_cost
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import task


@functools.cache
def _predicted(calibrated_on: int, method: str = "sigmoid") -> tuple[Any, Any]:
    """Return the calibrated model's probabilities for days 15 to 21 and days 22 to 28, by the part that calibrates."""
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.frozen import FrozenEstimator
    from threadpoolctl import threadpool_limits

    parts = plain_model()[1]
    with threadpool_limits(1):  # on a busy machine threads that wait for each other cost seconds
        calibrated = CalibratedClassifierCV(FrozenEstimator(_trees()), method=method).fit(*parts[calibrated_on])
        choose, report = (calibrated.predict_proba(X)[:, 1] for X, _ in parts[1:])
    return choose, report


@functools.cache
def _trees() -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(*plain_model()[1][0])


def _fixed() -> tuple[float, list[float]]:
    """Return mean probability and cost on days 22 to 28, calibrated and tuned on days 15 to 21.

    There are several costs where several thresholds are equally cheap on the rows that choose.
    """
    from imbalanced_course.scoreboard import costs_by_threshold

    _, (_, y_choose), (_, y_report) = plain_model()[1]
    chosen_on, reported = _predicted(1)
    cuts = _cheapest_cuts(costs_by_threshold(y_choose, chosen_on), reported)
    paid = [total_cost(y_report.to_numpy(), reported, cut, COST_MISS, COST_FALSE_ALARM) or 0.0 for cut in cuts]
    return float(reported.mean()), paid


def _cheapest_cuts(costs: Any, scores: Any) -> list[float]:
    """Return every threshold that is cheapest by the table `costs` and parts `scores` in its own way."""
    cuts: list[float] = []
    for best in np.flatnonzero(costs["cost"] == costs["cost"].min())[::-1]:
        high, low = costs["threshold"][best], costs["threshold"].get(best - 1, -1.0)
        cuts += [high, *np.unique(scores[(scores > low) & (scores < high)])]
    return cuts


@functools.cache
def _wrong_costs() -> dict[str, float]:
    """Return the costs of other thresholds and other days, by the sentence that names them."""
    from imbalanced_course.scoreboard import tune_threshold

    (X_learn, y_learn), (_, y_choose), (_, y_report) = plain_model()[1]
    choose, report = _predicted(1)
    t_star = COST_FALSE_ALARM / (COST_FALSE_ALARM + COST_MISS)
    isotonic_choose, isotonic_report = _predicted(1, "isotonic")
    raw = _trees().predict_proba(X_learn)[:, 1]
    raw_report = _trees().predict_proba(plain_model()[1][2][0])[:, 1]

    def paid(y: Any, scores: Any, cut: float) -> float:
        return total_cost(y.to_numpy(), scores, cut, COST_MISS, COST_FALSE_ALARM) or 0.0

    return {
        "That's the cost at t*. Keep the tuned threshold, and tune it on days 15 to 21.": paid(
            y_report, report, t_star
        ),
        "That's the cost at 0.5. Keep the tuned threshold, and tune it on days 15 to 21.": paid(y_report, report, 0.5),
        "That's with isotonic calibration. Keep the method, which is Platt's.": paid(
            y_report, isotonic_report, tune_threshold(y_choose, isotonic_choose)
        ),
        # Platt's map keeps the order, so these cost the same with calibrated scores.
        "The threshold was tuned on the days that the trees learned from. Tune it on days 15 to 21.": paid(
            y_report, raw_report, tune_threshold(y_learn, raw)
        ),
        "That's the cost of days 15 to 21, which chose the threshold. Report days 22 to 28.": paid(
            y_choose, choose, tune_threshold(y_choose, choose)
        ),
    }


@task("find-the-bug", points=0)
def find_the_bug(reported_mean: Any, reported_cost: Any) -> Iterable[Finding]:
    """A calibration and a threshold that did not see the rows on which they are judged."""
    from imbalanced_course.scoreboard import costs_by_threshold

    y_report = plain_model()[1][2][1]
    mean, costs = _fixed()
    cost = next((one for one in costs if matches(reported_cost, one, 0.5)), costs[0])
    untouched = (
        "Not fixed yet: calibration on training data. The trees know these rows, so their scores there are too good. "
    )
    untouched += "Which rows haven't they seen?"
    found = functools.partial(
        value,
        "reported_mean",
        reported_mean,
        mean,
        kind="the mean probability on days 22 to 28, after a calibration on days 15 to 21",
        tolerance=1e-5,
    )
    judged = found()
    if judged.status == "wrong":
        judged = found(
            mistakes={
                untouched: float(_predicted(0)[1].mean()),
                "That's with isotonic calibration. Keep the method, which is Platt's.": float(
                    _predicted(1, "isotonic")[1].mean()
                ),
                "That's the mean on days 15 to 21. Report days 22 to 28.": float(_predicted(1)[0].mean()),
                "That's calibrated on the very days that it reports, after a calibration on days 15 to 21 was asked "
                "for.": float(_predicted(2)[1].mean()),
                "That's without calibration. Calibrate the trees on days 15 to 21.": float(
                    _trees().predict_proba(plain_model()[1][2][0])[:, 1].mean()
                ),
            }
        )
    yield judged
    found = functools.partial(
        value,
        "reported_cost",
        reported_cost,
        cost,
        kind="the cost on days 22 to 28 of a threshold chosen on days 15 to 21",
        tolerance=0.5,
    )
    judged = found()
    if judged.status == "wrong":
        judged = found(
            mistakes={
                # Platt's map keeps the order, so the lowest cost is the same before and after the first mistake is
                # fixed.
                "Not fixed yet: the threshold was tuned on test data, on the very rows whose cost is reported.": float(
                    costs_by_threshold(y_report, _predicted(1)[1])["cost"].min()
                ),
                "That's a cost per payment. Give the total.": cost / len(y_report),
                **_wrong_costs(),
            }
        )
    yield judged


@task("before-1", points=0, hints=False)
def before_1(before_1: Any) -> Iterable[Finding]:
    """What the best of many is worth on fresh rows."""
    yield quiz.choice(
        "before_1",
        before_1,
        right="c",
        reasons={
            "a": "Each strategy's mean varies with the folds, and the best of twelve was picked for a high one.",
            "b": "More rows may help a little, but the number was also picked as the highest of twelve.",
            "c": "Part of the lead is luck in these folds, and the luck isn't repeated. So report a fresh test set.",
            "d": "Within one kind of data it can be compared. F1 depends on the prevalence, and that hasn't changed.",
        },
    )


@task("before-2", points=0, hints=False)
def before_2(before_2: Any) -> Iterable[Finding]:
    """What a calibrated score says."""
    yield quiz.choice(
        "before_2",
        before_2,
        right="a",
        reasons={
            "a": "2% of 2,000 is 40. That's what calibrated means, and t* relies on it.",
            "b": "That's 2 per 2,000, a share of 0.001. A score of 0.02 is 2 in 100.",
            "c": "No one is flagged at 0.5, but the fraud is there all the same.",
            "d": "A threshold decides who is flagged. It doesn't change how many are fraud.",
        },
    )


@task("quick-check-1", points=0, hints=False)
def quick_check_1(answer_1: Any) -> Iterable[Finding]:
    """Cost against the threshold beside a decision curve: what a step on the axis changes."""
    yield quiz.choice(
        "answer_1",
        answer_1,
        right="d",
        reasons={
            "a": "Only on the decision curve, where each threshold is another user. The hospital's costs are fixed.",
            "b": "Both pictures rest on the same test patients, so the share of ill ones stays.",
            "c": "Nothing is fitted along the axis. Both pictures read the same scores.",
            "d": "A higher threshold flags fewer patients in both. On the decision curve the user's costs change, too.",
        },
    )


@task("quick-check-2", points=0, hints=False)
def quick_check_2(answer_2: Any) -> Iterable[Finding]:
    """Weights and a threshold from the costs, both at once."""
    yield quiz.choice(
        "answer_2",
        answer_2,
        right="a",
        reasons={
            "a": "The weights raised all scores, so a threshold made for true probabilities is far too low.",
            "b": "The order of the scores may change, too. But above all the scores are far higher, and t* stays.",
            "c": "Both are made for expensive misses, but doing both says the same thing twice.",
            "d": "Recall rises, because hardly a positive stays below that threshold.",
        },
    )
