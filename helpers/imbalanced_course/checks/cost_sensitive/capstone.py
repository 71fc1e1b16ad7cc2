"""The capstone: a model and a threshold, judged by the money that they save in weeks of payments never seen."""

from __future__ import annotations

import functools
import numbers
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.border import NotAllowed, rebuilt
from imbalanced_course.checks.compare import describe, value
from imbalanced_course.checks.cost_sensitive.thresholds import plain_model
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, TookTooLong, fresh_generator, task
from imbalanced_course.checks.values import describe_error, not_attempted

# The lesson's text states all of this.
PAYMENTS, BUDGET = 50_000, 1_000
COST_MISS, COST_FALSE_ALARM = 500, 20
ENOUGH = 0.9  # of what the strongest baseline saves: the luck of one week is not to decide between equals
FAR = 1.04  # half the way from the strongest baseline to the reference solution: below, there is more to gain
WEEKS = 4  # one alone moves what a model saves by four points of a hundred, and would fail right answers now and then

LISTED = {
    "CalibratedClassifierCV",
    "ColumnTransformer",
    "DecisionTreeClassifier",
    "HistGradientBoostingClassifier",
    "FixedThresholdClassifier",
    "FrozenEstimator",
    "LogisticRegression",
    "MaxAbsScaler",
    "MinMaxScaler",
    "Normalizer",
    "OneHotEncoder",
    "OrdinalEncoder",
    "Pipeline",
    "PowerTransformer",
    "QuantileTransformer",
    "RandomOverSampler",
    "RandomUnderSampler",
    "RobustScaler",
    "SMOTE",
    "StandardScaler",
    "TargetEncoder",
    "TunedThresholdClassifierCV",
}
INSTEAD = {  # what to use instead of an estimator that has this method, the first that fits
    "fit_resample": "RandomUnderSampler, RandomOverSampler, or SMOTE",
    "predict": "LogisticRegression, DecisionTreeClassifier, or HistGradientBoostingClassifier",
    "transform": "one of the usual scalers and encoders, for example StandardScaler",
}
MOST_ROUNDS = 300
MOST_FOLDS = 5


def saved(y_true: Any, scores: Any, threshold: float) -> tuple[float, int]:
    """Return the euros saved compared with flagging no one, and the number of alerts raised.

    The team reads alerts in the order in which they come and stops when the budget is used up: what is raised after
    that is not read, finds nothing and costs nothing. A hit costs nothing, as everywhere in the course.
    """
    raised = np.flatnonzero(np.asarray(scores) >= threshold)
    read = raised[:BUDGET]
    hits = int(np.sum(np.asarray(y_true)[read]))
    return float(COST_MISS * hits - COST_FALSE_ALARM * (len(read) - hits)), len(raised)


@functools.lru_cache(maxsize=3 * WEEKS)  # of three seeds: with fewer than WEEKS each check would draw them all anew
def _fresh_week(seed: int) -> tuple[Any, Any, dict[str, float]]:
    """Return a week that no one has seen, its labels, and what the baselines save in it."""
    from imbalanced_course import datasets
    from imbalanced_course.simulation.transactions import make_week

    X, y = datasets.features_and_target(make_week(PAYMENTS, seed=seed))
    plain, (_, (X_choose, y_choose), _) = plain_model()
    before, now = plain.predict_proba(X_choose)[:, 1], plain.predict_proba(X)[:, 1]
    return (
        X,
        y.to_numpy(),
        {
            "flagging no one": 0.0,
            "the plain model at 0.5": saved(y, now, 0.5)[0],
            "the plain model with its threshold moved": saved(y, now, within_budget(y_choose, before))[0],
        },
    )


def within_budget(y_true: Any, scores: Any) -> float:
    """Return the threshold that saves most on these rows among those that keep to the budget's share of alerts."""
    truth, order = np.asarray(y_true), np.argsort(-np.asarray(scores), kind="stable")
    ranked = np.asarray(scores)[order]
    gains = np.cumsum(np.where(truth[order] == 1, COST_MISS, -COST_FALSE_ALARM))
    last_of_ties = np.append(ranked[:-1] > ranked[1:], True)
    allowed = last_of_ties & (np.arange(1, len(ranked) + 1) <= len(ranked) * BUDGET / PAYMENTS)
    return float(ranked[np.argmax(np.where(allowed, gains, -np.inf))])


def _listed_model(answer: Any) -> Any:
    """Return the model, rebuilt and unfitted, with every seed set.

    Raises
    ------
    NotAllowed
        When a part is not on the list or asks for too much.
    """
    model = rebuilt(answer)
    parts = _parts(model)
    for part in parts:
        name = type(part).__name__
        if name not in LISTED:
            instead = next((f". Take {others}" for method, others in INSTEAD.items() if hasattr(part, method)), "")
            raise NotAllowed(f"{name} isn't on the list of estimators in the task{instead}")
        own = part.get_params(deep=False)
        rounds = own.get("max_iter", 0) if name.startswith("Hist") else 0
        if not isinstance(rounds, numbers.Integral) or int(rounds) > MOST_ROUNDS:
            raise NotAllowed(f"Boosting with more than {MOST_ROUNDS} rounds takes too long to check")
        folds = own.get("cv")
        if folds is not None and not (isinstance(folds, numbers.Integral) and int(folds) <= MOST_FOLDS):
            raise NotAllowed(
                f"`cv` should be a number of folds, at most {MOST_FOLDS}. Put FrozenEstimator around a fitted model"
            )
    if not hasattr(model, "predict_proba"):
        raise NotAllowed("It has no `predict_proba`, so no probability can reach a threshold")
    for part in parts:
        own = part.get_params(deep=False)
        part.set_params(**{name: 1 for name in own if name == "random_state" and own[name] is None})
        part.set_params(**{name: None for name in own if name == "n_jobs"})
    while type(model).__name__ in ("FixedThresholdClassifier", "TunedThresholdClassifierCV"):
        model = model.estimator  # the answer gives its threshold, and the probabilities are the same
    return model


def _parts(model: Any) -> list[Any]:
    """Return a model and every estimator in it, also in a FrozenEstimator, which tells of none but the next."""
    from sklearn.base import BaseEstimator

    inner = [part for part in model.get_params().values() if isinstance(part, BaseEstimator)]
    return [model, *(part for one in inner for part in _parts(one))]


def _scores(answer: Any, X: Any) -> Any:
    """Return the scores of the learner's model for a week, fitted here on the course's own days 1 to 14.

    Raises
    ------
    NotAllowed
        When it may not be rebuilt, or cannot be fitted.
    """
    from threadpoolctl import threadpool_limits

    model = _listed_model(answer)
    learn, choose, _ = plain_model()[1]
    try:
        with threadpool_limits(1):  # on a busy machine threads that wait for each other cost seconds
            frozen = _frozen_part(model)
            if frozen is None:
                model.fit(*learn)
            else:  # as in the lesson: fitted on one part, then calibrated on the next
                frozen.fit(*learn)
                model.fit(*choose)
            return model.predict_proba(X)[:, list(model.classes_).index(1)]
    except (TookTooLong, NotAllowed):
        raise
    except Exception as error:
        hint = ""
        if "could not convert string" in str(error):
            hint = ". Put `datasets.transactions_preprocessor()` before a model that needs numbers"
        elif "day" in str(error) or "is_fraud" in str(error):
            hint = ". It gets the columns of `X_learn`"
        raise NotAllowed(f"It couldn't be fitted on `X_learn`: {describe_error(error)}{hint}") from None


def _frozen_part(model: Any) -> Any:
    """Return the estimator in the model's FrozenEstimator, which is to be fitted first; None where there is none."""
    if type(model).__name__ == "FrozenEstimator":
        return model.estimator
    inner = getattr(model, "estimator", None)
    if inner is not None:
        return _frozen_part(inner)
    if any(type(part).__name__ == "FrozenEstimator" for part in model.get_params().values()):
        raise NotAllowed(
            "FrozenEstimator should contain the whole pipeline: CalibratedClassifierCV(FrozenEstimator(...))"
        )
    return None


def _threshold(answer: Any) -> float | None:
    """Return the threshold as a number, or None."""
    found = answer.ravel()[0] if isinstance(answer, np.ndarray) and answer.size == 1 else answer
    if isinstance(found, (bool, np.bool_)) or not isinstance(found, (numbers.Real, np.number)):
        return None
    return None if np.isnan(float(found)) else float(found)


def _mistake(answer: Any, threshold: float, y: Any, scores: Any, wanted: float) -> str | None:
    """Return the sentence for a known mistake that explains why less than `wanted` is saved."""
    from imblearn.base import SamplerMixin

    parts = _parts(_listed_model(answer))
    resampled = any(isinstance(part, SamplerMixin) for part in parts)
    weighted = any(getattr(part, "class_weight", None) is not None for part in parts)
    alerts = int(np.sum(scores >= threshold))
    within = np.nextafter(np.sort(scores)[-BUDGET - 1], np.inf)
    if threshold > 1:
        return "No probability reaches a threshold above 1. Give a share, from 0 to 1"
    if threshold == 0.5:
        return (
            "That's 0.5 with unequal costs. Let the costs and the budget choose, on `X_choose` (section 6, the guide)"
        )
    if alerts > 1.25 * BUDGET or (alerts > BUDGET and saved(y, scores, within)[0] >= wanted):
        return (
            f"In the first week it raises {alerts:,} alerts, and the team stops reading at {BUDGET:,}. Choose a "
            f"threshold that at most {BUDGET / PAYMENTS:.0%} of the payments in `X_choose` reach, or slightly fewer, "
            "because weeks differ (hint 2)"
        )
    if resampled and weighted:
        return (
            "Weights and resampling are stacked, and both answer the same question. Take one of them, or "
            "neither (section 4)"
        )
    if alerts < BUDGET / 2:
        return (
            f"In the first week it raises only {alerts:,} alerts, and the team can read {BUDGET:,}. Lower the threshold"
        )
    if resampled or weighted:
        return (
            "It weights or resamples. On `X_choose`, compare its average precision with the same model's without that"
        )
    return None


@task(
    "capstone",
    points=5,
    consequence="You can say what it saves, compared with what, and on which weeks. That's a decision you can defend.",
)
def capstone(capstone_model: Any, capstone_threshold: Any) -> Iterable[Finding]:
    """Money saved in fresh weeks of 50,000 payments, on average, against three baselines."""
    names = {"capstone_model": capstone_model, "capstone_threshold": capstone_threshold}
    open_ones = [name for name, answer in names.items() if answer is MISSING or not_attempted(answer)]
    if open_ones:
        for name, answer in names.items():
            alone = "It can't be judged without the other one."
            yield value(name, answer, None) if name in open_ones else Finding(name, "wrong", alone)
        return
    threshold = _threshold(capstone_threshold)
    if threshold is None:
        asked = "it should be a number, because a payment is flagged when score >= threshold."
        yield Finding("capstone_threshold", "wrong", f"you have {describe(capstone_threshold)}; {asked}")
        return
    draw = fresh_generator("capstone")
    weeks = [_fresh_week(int(draw.integers(2**31))) for _ in range(WEEKS)]
    try:
        scores = np.split(_scores(capstone_model, pd.concat([X for X, _, _ in weeks])), WEEKS)
    except NotAllowed as error:
        yield Finding("capstone_model", "wrong", f"{error}.")
        return
    of_weeks = [saved(y, part, threshold) for (_, y, _), part in zip(weeks, scores, strict=True)]
    money, alerts = (float(np.mean(each)) for each in zip(*of_weeks, strict=True))
    baselines = {name: float(np.mean([floors[name] for _, _, floors in weeks])) for name in weeks[0][2]}
    mistake: str | None = None
    for (name, floor), share in zip(baselines.items(), (1.0, 1.5, 2.5), strict=True):
        strongest = "moved" in name
        beaten = money >= ENOUGH * floor if strongest else money > floor
        raised = f"{alerts:,.0f} alerts" + (f" ({BUDGET:,} read)" if alerts > BUDGET else "")
        said = f"Yours saves €{money:,.0f} per week with {raised}; {name} saves €{floor:,.0f}"
        if beaten:
            better = " Can a model that ranks better save more?" if strongest and money < FAR * floor else ""
            yield Finding(f"compared with {name}", "right", f"{said}.{better}", share=share)
            continue
        wanted = weeks[0][2][name] * (ENOUGH if strongest else 1)  # the first week shows what is wrong
        named_before, mistake = mistake, mistake or _mistake(capstone_model, threshold, weeks[0][1], scores[0], wanted)
        ending = f". {mistake}" if mistake and not named_before else ""  # once is enough
        asked = f", and the task asks for {ENOUGH:.0%} of that" if strongest else ""
        yield Finding(f"compared with {name}", "wrong", f"{said}{asked}{ending}.", mistake, share)
