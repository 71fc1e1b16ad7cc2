"""Risks after oversampling, brought back to the prevalence before it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function, matches, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs


def _odds(share: Any) -> Any:
    return share / (1 - share)


def _risk(odds: Any) -> Any:
    return odds / (1 + odds)


def right_risks(risks: Any, y_before: Any, y_after: Any) -> Any:
    """Return risks whose odds are brought back from the prevalence after oversampling to that before."""
    factor = _odds(np.mean(y_before)) / _odds(np.mean(y_after))
    return factor * risks / (factor * risks + 1 - risks)


def _by_beta(risks: Any, y_before: Any, y_after: Any) -> Any:
    beta = np.sum(y_after == 0) / np.sum(y_before == 0)
    return beta * risks / (beta * risks - risks + 1)


def _with_factor(factor: Callable[[float, float], float]) -> Callable[..., Any]:
    def change(risks: Any, y_before: Any, y_after: Any) -> Any:
        times = factor(float(np.mean(y_before)), float(np.mean(y_after)))
        return times * risks / (times * risks + 1 - risks)

    return change


def _by_odds(risks: Any, y_before: Any, y_after: Any) -> Any:
    with np.errstate(all="ignore"):
        return _risk(_odds(risks) * _odds(np.mean(y_before)) / _odds(np.mean(y_after)))


_KNOWN: dict[str, Callable[..., Any]] = {
    "It's right except for a risk of 1, which has no odds, so it gives nan. Multiply the formula out, so that nothing "
    "is divided by 1 - risk.": _by_odds,
    "That uses the kept fraction of the negatives, which does nothing here. No negative was dropped, so use both "
    "prevalences.": _by_beta,
    "It goes the wrong way. The model has seen too many positives, so the corrected risk is lower.": _with_factor(
        lambda before, after: _odds(after) / _odds(before)
    ),
    "It multiplies the odds by a ratio of prevalences. Turn the prevalences into odds as well.": _with_factor(
        lambda before, after: before / after
    ),
    "It multiplies the risk by the ratio of prevalences. Multiply the odds.": lambda risks, before, after: (
        risks * np.mean(before) / np.mean(after)
    ),
    "It multiplies the risk. Multiply its odds, and turn them back into a risk.": lambda risks, before, after: (
        risks * _odds(np.mean(before)) / _odds(np.mean(after))
    ),
    "These are the corrected odds. Turn them back into risks.": lambda risks, before, after: (
        _odds(risks) * _odds(np.mean(before)) / _odds(np.mean(after))
    ),
    "It uses only the prevalence before. Divide by the odds of the prevalence after oversampling.": _with_factor(
        lambda before, after: _odds(before)
    ),
    "It shifts all risks until their mean fits. Correct the odds of each one.": lambda risks, before, after: (
        risks - np.mean(risks) + np.mean(before)
    ),
}


@functools.cache
def _screening_means() -> dict[str, float]:
    """Return mean risks of the test people: as the oversampled model predicts them, corrected, and otherwise."""
    from imblearn.over_sampling import RandomOverSampler
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split
    from sklearn.pipeline import make_pipeline

    from imbalanced_course import datasets

    screening = datasets.load_screening()
    people, condition = screening.drop(columns="condition"), screening["condition"]
    fit, test, y_before, y_test = train_test_split(people, condition, test_size=0.5, stratify=condition, random_state=1)
    more, y_after = RandomOverSampler(sampling_strategy=2 / 3, random_state=1).fit_resample(fit, y_before)
    model = make_pipeline(datasets.screening_preprocessor(), LogisticRegression(max_iter=1000)).fit(more, y_after)
    risks = model.predict_proba(test)[:, 1]
    means = {told: float(np.mean(wrong(risks, y_before, y_after))) for told, wrong in _KNOWN.items()}
    return {
        "told": float(risks.mean()),
        "corrected": float(right_risks(risks, y_before, y_after).mean()),
        "prevalence": float(np.mean(y_test)),
        "oversampled": float(np.mean(y_after)),
        **means,
    }


@task("bonus-corrected-risks", points=0)
def bonus_corrected_risks(back_to_prevalence: Any, mean_corrected: Any) -> Iterable[Finding]:
    """A function that corrects risks after oversampling, and the mean risk of the test people after it."""
    rng = fresh_generator("bonus-corrected-risks")

    def labels(negatives: int, positives: int) -> Any:
        return rng.permutation(np.repeat([0, 1], [negatives, positives]))

    def draw() -> list[tuple[Any, ...]]:
        calls = []
        for negatives, before, after in ((930, 70, 620), (475, 25, 475), (300, 60, 60)):
            shift = int(rng.integers(0, 12))
            grown = after + shift if after != before else before + shift
            risks = np.append(rng.uniform(0.05, 0.95, size=5), [0.0, 1.0])
            calls.append((risks, labels(negatives, before + shift), labels(negatives, grown)))
        return calls

    mistakes = {
        **_KNOWN,
        "It uses fixed prevalences. Take the means of `y_before` and `y_after`.": _with_factor(
            lambda *_: _odds(0.07) / _odds(0.4)
        ),
    }
    inputs = telling_inputs(draw, right_risks, mistakes.values())
    yield function(
        "back_to_prevalence",
        back_to_prevalence,
        right_risks,
        inputs,
        about=[
            f"7 risks, {np.mean(before):.1%} positive before oversampling and {np.mean(after):.1%} after"
            for _, before, after in inputs
        ],
        mistakes=mistakes,
        errors={
            "'numpy.ndarray' object has no attribute": "The check calls it with NumPy arrays.",
            "positional argument": "The check calls back_to_prevalence(risks, y_before, y_after).",
            "ZeroDivision": "A risk may be 1. Use a formula that has no division by 1 - risk.",
        },
        kind="7 numbers from 0 to 1",
        share=2,
    )
    known = _screening_means()
    yield value(
        "mean_corrected",
        mean_corrected,
        known["corrected"],
        mistakes={
            "That's the mean risk before the correction. Correct first.": known["told"],
            "That's the share of the test people with the condition, not the mean of the corrected risks.": known[
                "prevalence"
            ],
            "That's the prevalence after oversampling. Take the mean of the corrected risks.": known["oversampled"],
            # Some keep the mean of the risks, or make it the prevalence: these have their sentences above.
            **{
                told: known[told]
                for told in _KNOWN
                if not any(matches(known[told], known[other]) for other in ("told", "prevalence", "oversampled"))
            },
        },
    )
