"""Net benefit: of probabilities at a threshold, and of the two decisions that need no model."""

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

CLINIC = 0.2  # a miss is as bad as four false alarms
TOLERANCE = 6e-5  # four decimals


def _counts(y: Any, p: Any, t: float) -> tuple[float, float, int]:
    flagged = p >= t
    return float(np.sum(flagged & (y == 1))), float(np.sum(flagged & (y == 0))), len(y)


def _benefit(y: Any, p: Any, t: float) -> float:
    hits, alarms, rows = _counts(y, p, t)
    return (hits - alarms * t / (1 - t)) / rows


def _strictly(y: Any, p: Any, t: float) -> float:
    return _benefit(y, np.where(p == t, 0, p), t)


def _by(formula: Callable[[float, float, int, int, float], float]) -> Callable[..., float]:
    """Return a function by a formula of hits, false alarms, rows, positive rows and the threshold."""
    return lambda y, p, t: formula(*_counts(y, p, t), int(np.sum(y)), t)


_MISTAKES: dict[str, Callable[..., Any]] = {
    "The price of a false alarm is inverted. It counts t / (1 - t) of a hit (section 5).": _by(
        lambda hits, alarms, n, k, t: (hits - alarms * (1 - t) / t) / n
    ),
    "A false alarm counts t there. It should count the odds, t / (1 - t) (section 5).": _by(
        lambda hits, alarms, n, k, t: (hits - alarms * t) / n
    ),
    "False alarms count as much as hits there. Multiply them by t / (1 - t) (section 5).": _by(
        lambda hits, alarms, n, k, t: (hits - alarms) / n
    ),
    "The false alarms are added. They do harm, so subtract them (section 5).": _by(
        lambda hits, alarms, n, k, t: (hits + alarms * t / (1 - t)) / n
    ),
    "It leaves out the false alarms. Subtract them at the price t / (1 - t) (section 5).": _by(
        lambda hits, alarms, n, k, t: hits / n
    ),
    "That's the total of all rows. Divide it by their number.": _by(
        lambda hits, alarms, n, k, t: hits - alarms * t / (1 - t)
    ),
    "It divides by the positive rows. Divide by all rows (section 5).": _by(
        lambda hits, alarms, n, k, t: (hits - alarms * t / (1 - t)) / max(k, 1)
    ),
    "It divides by the flagged rows. Divide by all rows.": _by(
        lambda hits, alarms, n, k, t: (hits - alarms * t / (1 - t)) / max(hits + alarms, 1)
    ),
    "It divides hits by the positives and false alarms by the negatives. Divide both by all rows.": _by(
        lambda hits, alarms, n, k, t: hits / max(k, 1) - alarms / max(n - k, 1) * t / (1 - t)
    ),
    "It flags where the probability is above the threshold. A row exactly at the threshold is flagged, too.": _strictly,
    "It flags at 0.5 whatever the threshold is. Flag at the threshold that comes in.": lambda y, p, t: (
        (np.sum((p >= 0.5) & (y == 1)) - np.sum((p >= 0.5) & (y == 0)) * t / (1 - t)) / len(y)
    ),
}


@functools.cache
def _patients() -> tuple[Any, Any, Any]:
    """Return the lesson's test patients: labels, and probabilities of all columns without and with balanced weights."""
    from sklearn.compose import make_column_selector, make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler
    from threadpoolctl import threadpool_limits

    from imbalanced_course.real_data import load_thyroid

    patients = load_thyroid().drop_duplicates()
    ill = patients.pop("hypothyroid")
    learn, judge, y_learn, y_judge = train_test_split(patients, ill, test_size=0.5, stratify=ill, random_state=1)
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    columns = make_column_transformer(
        (numbers, make_column_selector(dtype_include="number")),
        (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_include="category")),
    )
    with threadpool_limits(1):  # on a busy machine threads that wait for each other cost seconds
        found = [
            make_pipeline(columns, LogisticRegression(max_iter=2000, class_weight=weight))
            .fit(learn, y_learn)
            .predict_proba(judge)[:, 1]
            for weight in (None, "balanced")
        ]
    return y_judge.to_numpy(), *found


@task(
    "net-benefit",
    points=3,
    consequence="At this clinic's costs, flagging everyone does harm, and the model is worth using.",
)
def net_benefit(
    net_benefit: Any, clinic_threshold: Any, benefit_of_model: Any, benefit_of_everyone: Any
) -> Iterable[Finding]:
    """Net benefit as a function, then of a model and of flagging everyone at one clinic's threshold."""
    rng = fresh_generator("net-benefit")

    def day(rows: int, share: float) -> tuple[Any, Any]:
        made = scored_day(roc_auc=0.9, seed=int(rng.integers(2**31)), payments=rows, prevalence=share, decimals=2)
        return made["is_fraud"].to_numpy(), made["score"].to_numpy()

    def draw() -> list[tuple[Any, ...]]:
        return [(*day(400, 0.1), 0.1), (*day(300, 0.3), 0.25), (*day(500, 0.2), 0.6)]

    inputs = telling_inputs(draw, _benefit, _MISTAKES.values(), tolerance=TOLERANCE)
    yield function(
        "net_benefit",
        net_benefit,
        _benefit,
        inputs,
        about=["400 rows at the threshold 0.1", "300 rows at 0.25", "500 rows at 0.6"],
        mistakes=_MISTAKES,
        errors={**ARRAYS_COME, "positional argument": "The check calls net_benefit(y_true, probabilities, threshold)."},
        kind="hits less false alarms at their price, per row",
        tolerance=TOLERANCE,
        share=2,
    )
    yield value(
        "clinic_threshold",
        clinic_threshold,
        CLINIC,
        mistakes={
            "That's 1 / 4, the odds. The threshold is false alarm / (false alarm + miss) (section 1).": 0.25,
            "The costs are swapped. A miss is the worse mistake here, so the threshold is below 0.5 (section 1).": 0.8,
            "That's 0.5, for mistakes that are equally bad. Here a miss is four times as bad.": 0.5,
            "That's the number of false alarms. Give a threshold from 0 to 1.": 4,
        },
        share=1,
    )
    y, p, weighted = _patients()
    everyone = np.ones(len(y))
    own = clinic_threshold if isinstance(clinic_threshold, (int, float)) and 0 < clinic_threshold < 1 else None
    for name, answer, score in (
        ("benefit_of_model", benefit_of_model, p),
        ("benefit_of_everyone", benefit_of_everyone, everyone),
    ):
        expected = _benefit(y, score, CLINIC)
        known = {
            sentence: wrong(y, score, CLINIC)
            for sentence, wrong in _MISTAKES.items()
            if "exactly at" not in sentence and "at 0.5" not in sentence
        }
        if own is not None and abs(own - CLINIC) > 1e-3:
            follows = _benefit(y, score, float(own))
            known = {one: wrong for one, wrong in known.items() if not matches(wrong, follows, TOLERANCE)}
            known["That's right for your `clinic_threshold`. Fix the threshold first."] = follows
        if score is p:
            known['That\'s the model with balanced weights. Use `risk["all columns"]`.'] = _benefit(y, weighted, CLINIC)
        else:
            known["That's the prevalence, so the false alarms are missing."] = float(y.mean())
            known["That's flagging no one. Pass probabilities of 1 to flag everyone."] = 0.0
            known.pop("It leaves out the false alarms. Subtract them at the price t / (1 - t) (section 5).", None)
        yield value(name, answer, expected, mistakes=known, kind="a net benefit", tolerance=TOLERANCE, share=1.5)
