"""The checks of lesson 6's further sections: bonus tasks, find the bug, and the quick check."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course import quiz
from imbalanced_course.checks.border import NotAllowed, rebuilt
from imbalanced_course.checks.combining.intervals import ALONE
from imbalanced_course.checks.combining.search import halves
from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.values import describe, not_attempted
from imbalanced_course.scoreboard import CONTEST_FOLDS, DEFAULT_CUT, TUNED_CUT, difference, load_contest, make_folds

RATIOS = (0.02, 0.05)
ON_RESAMPLED = (
    "scored on resampled folds: its folds are not those of the contest, and their share of positives is not that of "
    "the payments. Give `evaluate` the payments as they are; the pipeline resamples"
)
NO_PREPROCESSOR = "leave the preprocessor out of the list"


def _steps_finding(answer: Any) -> tuple[Finding, list[Any] | None]:
    """Judge the steps of the learner's own strategy; return the finding and fresh steps where they are right."""
    from imblearn.base import SamplerMixin
    from sklearn.compose import ColumnTransformer

    name = "own_steps"
    if answer is MISSING or not_attempted(answer):
        return value(name, answer, None), None
    if not isinstance(answer, (list, tuple)) or not answer:
        told = "should be a list of samplers and, last, a model (the preprocessor is put in front of them)"
        return Finding(name, "wrong", f"{told}; you have {describe(answer)}."), None
    try:
        steps = [rebuilt(step) for step in answer]
    except NotAllowed as error:
        reason = NO_PREPROCESSOR if "dtype" in str(error) else str(error)
        return Finding(name, "wrong", f"should be a list of samplers and a model: {reason}."), None
    samplers = [step for step in steps if isinstance(step, SamplerMixin)]
    told = ""
    if any(isinstance(step, ColumnTransformer) for step in steps):
        told = NO_PREPROCESSOR
    elif not samplers:
        told = "no step resamples: the samplers belong into the pipeline"
    elif not hasattr(steps[-1], "predict_proba"):
        told = "the last step should be a model with `predict_proba`"
    elif any(one.get_params().get("random_state", 0) is None for one in samplers):
        told = "a sampler has no seed, so its result is another one each time: set random_state"
    if told:
        return Finding(name, "wrong", f"{told}.", told), None
    return Finding(name, "right", "right."), steps


def _results_fault(came: Any, steps: list[Any] | None) -> str | None:
    """Return what is wrong with the results of the learner's strategy, or None."""
    from imblearn.pipeline import make_pipeline
    from sklearn.metrics import average_precision_score

    from imbalanced_course import datasets

    needed = {"strategy", "cut", "fold", "fold_key", "n_train", "n_test", "n_positive", "average_precision", "cost"}
    if not isinstance(came, pd.DataFrame) or needed - set(came.columns):
        return f"it should be the DataFrame that scoreboard.evaluate returned; you have {describe(came)}"
    stored = _rival()
    if set(came["cut"]) != {DEFAULT_CUT, TUNED_CUT} or came["strategy"].nunique() != 1:
        return "it should hold the rows of one strategy, at both cuts"
    if not set(came["fold_key"]) <= set(stored["fold_key"]):
        natural = float((stored["n_positive"] / stored["n_test"]).mean())
        if abs(float((came["n_positive"] / came["n_test"]).mean()) - natural) > 0.002:
            return ON_RESAMPLED
        return "its folds are not those of the contest: leave the folds of `evaluate` as they are (five, seed 0)"
    if set(stored.loc[stored["fold"] < 5, "fold_key"]) - set(came["fold_key"]):
        return "some of the first five folds of the contest are missing"
    if steps is None:
        return None
    X, y = datasets.features_and_target(datasets.load_transactions())
    fold = make_folds(y, **(CONTEST_FOLDS | {"n_repeats": 1}))[0]
    model = make_pipeline(datasets.transactions_preprocessor(), *steps)
    fitted = model.fit(X.iloc[fold.fit], y.iloc[fold.fit])
    probabilities = fitted.predict_proba(X.iloc[fold.test])[:, 1]
    again = average_precision_score(y.iloc[fold.test], probabilities)
    if abs(float(came.loc[came["fold"] == 0, "average_precision"].iloc[0]) - again) > 0.02:
        return "on the first fold `own_steps` rank otherwise than these results say: were they made with them?"
    return None


@functools.cache
def _rival() -> pd.DataFrame:
    results = load_contest("logistic regression")
    return results[results["strategy"] == ALONE]


@task("bonus-own-combination", points=0)
def bonus_own_combination(own_steps: Any, own_results: Any, own_is_noise: Any) -> Iterable[Finding]:
    """A strategy of the learner's own, judged on the folds of the contest."""
    finding, steps = _steps_finding(own_steps)
    yield finding
    unset = own_results is MISSING or not_attempted(own_results)
    told = None if unset else _results_fault(own_results, steps)
    if unset:
        yield value("own_results", own_results, None)
    else:
        yield Finding("own_results", "wrong" if told else "right", f"{told}." if told else "right.", told)
    if own_is_noise is MISSING or not_attempted(own_is_noise):
        yield value("own_is_noise", own_is_noise, None)
        return
    if unset or told:
        yield Finding("own_is_noise", "wrong", "follows from right results: fix these first.")
        return
    rival = _rival()
    joined = pd.concat([own_results.assign(strategy="mine"), rival[rival["fold_key"].isin(own_results["fold_key"])]])

    def noise(one: str, other: str) -> bool:
        found = difference(joined, ("mine", one), (ALONE, other), "cost")
        return bool(found.low <= 0 <= found.high)

    right = noise(TUNED_CUT, TUNED_CUT)
    mistakes = {
        "compare both at their tuned threshold, and see whether the interval of the difference holds 0": not right
    }
    yield value("own_is_noise", own_is_noise, right, mistakes=mistakes)


@task("bonus-order-reversed", points=0)
def bonus_order_reversed(reversed_ratios: Any) -> Iterable[Finding]:
    """The ratios that give the same counts when undersampling comes before SMOTE."""
    rng = fresh_generator("bonus-order-reversed")
    inputs = []
    for over, under in ((0.1, 0.5), (0.2, 0.4), (0.3, 0.8)):
        negatives = int(rng.integers(4_000, 9_000))
        inputs.append((negatives, round(negatives * float(rng.uniform(0.01, 0.03))), over, under))

    def first(negatives: float, positives: float, over: float, under: float) -> float:
        return positives * under / (over * negatives)

    yield function(
        "reversed_ratios",
        reversed_ratios,
        lambda *a: [first(*a), a[3]],
        inputs,
        about=[f"{n} negatives, {p} positives, over={o} and under={u}" for n, p, o, u in inputs],
        mistakes={
            "that only swaps the two numbers: undersampling to `under` first leaves far fewer negatives": (
                lambda n, p, over, under: [under, over]
            ),
            "these are the ratios as they were: undersampling to `over` first leaves other counts": (
                lambda n, p, over, under: [over, under]
            ),
            "the two are in the wrong order: the ratio of undersampling comes first": lambda *a: [a[3], first(*a)],
            "the first ratio is upside down: minority over majority": lambda *a: [1 / first(*a), a[3]],
            "the second ratio is that of the counts at the end, `under`": lambda *a: [first(*a), a[2]],
            "undersampling first meets the *real* positives only": lambda n, p, over, under: [
                over * n / (over * n / under),
                under,
            ],
            "the first is the share of the negatives that is left: the ratio is the positives over them": (
                lambda n, p, over, under: [over / under, under]
            ),
            "these are counts: ratios are asked for": lambda n, p, over, under: [over * n / under, over * n],
        },
        errors={"positional argument": "the check calls reversed_ratios(negatives, positives, over, under)"},
        kind="two ratios",
    )


@functools.cache
def _weighted(case: str) -> tuple[float, float]:
    """Return precision and recall on the test half, by what stands on top of SMOTE."""
    from imblearn.over_sampling import SMOTE
    from imblearn.pipeline import make_pipeline
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import precision_score, recall_score
    from sklearn.preprocessing import StandardScaler

    X_train, X_test, y_train, y_test = (part.to_numpy() for part in halves())
    ratio = float(np.sum(y_train == 0) / np.sum(y_train == 1))
    original = {0: 1.0, 1: ratio}
    weight = {"original": original, "weights alone": original, "upside down": {0: ratio, 1: 1.0}}.get(case)
    samplers = [] if case in ("nothing", "weights alone") else [SMOTE(random_state=1)]
    model = make_pipeline(StandardScaler(), *samplers, LogisticRegression(class_weight=weight))
    rows, labels = (X_train, y_train) if case == "training rows" else (X_test, y_test)
    flags = model.fit(X_train, y_train).predict(rows)
    return float(precision_score(labels, flags)), float(recall_score(labels, flags))


@task("find-the-bug", points=0)
def find_the_bug(precision_of_equal: Any, recall_of_equal: Any) -> Iterable[Finding]:
    """Weights of the original ratio on top of SMOTE to 1:1."""
    right = _weighted("right")
    sentences = {
        "not fixed yet: the positives still count twice, by SMOTE and by their weight": "original",
        "now the negatives count twice: SMOTE has made the classes equal already": "upside down",
        "that is the model without SMOTE and without weights: keep SMOTE": "nothing",
        "that is the model with weights and without SMOTE: keep SMOTE": "weights alone",
        "that is on the training rows: judge it on `X_test`, `y_test`": "training rows",
    }
    names = ("precision_of_equal", "recall_of_equal")
    for i, (name, answer) in enumerate(zip(names, (precision_of_equal, recall_of_equal), strict=True)):
        finding = value(name, answer, right[i])
        if finding.status == "wrong":
            wrong = {told: _weighted(case)[i] for told, case in sentences.items()}
            finding = value(name, answer, right[i], mistakes=wrong)
        yield finding


def _with_smote(ratio: float) -> Any:
    from imblearn.over_sampling import SMOTE
    from imblearn.pipeline import make_pipeline
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), SMOTE(sampling_strategy=ratio, random_state=1), LogisticRegression())


@functools.cache
def _ratios() -> dict[str, tuple[float, float]]:
    """Return the chosen ratio and the score reported, by what has chosen."""
    from sklearn.metrics import average_precision_score
    from sklearn.model_selection import train_test_split

    X_train, X_test, y_train, y_test = (part.to_numpy() for part in halves())
    parts = train_test_split(X_train, y_train, test_size=0.5, stratify=y_train, random_state=2)

    by_choice, by_test = {}, {}
    for ratio in RATIOS:
        model = _with_smote(ratio).fit(parts[0], parts[2])
        by_choice[ratio] = float(average_precision_score(parts[3], model.predict_proba(parts[1])[:, 1]))
        by_test[ratio] = float(average_precision_score(y_test, model.predict_proba(X_test)[:, 1]))
    chosen, peeked = max(by_choice, key=by_choice.__getitem__), max(by_test, key=by_test.__getitem__)
    return {
        "right": (chosen, by_test[chosen]),
        "test": (peeked, by_test[peeked]),
        "best of many": (chosen, by_choice[chosen]),
    }


def _fitted_again(ratio: float) -> float:
    """Return the average precision on the test half of the ratio, fitted on the whole training half."""
    from sklearn.metrics import average_precision_score

    X_train, X_test, y_train, y_test = (part.to_numpy() for part in halves())
    model = _with_smote(ratio).fit(X_train, y_train)
    return float(average_precision_score(y_test, model.predict_proba(X_test)[:, 1]))


@task("find-the-bug-ratio", points=0)
def find_the_bug_ratio(chosen_ratio: Any, reported: Any) -> Iterable[Finding]:
    """A ratio that was tuned on the test half."""
    known = _ratios()
    unmended = "not fixed yet: the test half has chosen"
    chosen = value(
        "chosen_ratio",
        chosen_ratio,
        known["right"][0],
        mistakes={f"{unmended} this ratio": known["test"][0]},
        tolerance=1e-6,
    )
    yield chosen
    finding = value("reported", reported, known["right"][1])
    if finding.status == "wrong":
        peeked = f"{unmended} the ratio, so this best of two is flattered"
        if chosen.status == "right":
            peeked = "that is the score of the other candidate: keep the model that won, and score it after the loop"
        wrong = {
            peeked: known["test"][1],
            "that is the score on the rows that chose it, the best of many: report the chosen one on the test half": (
                known["best of many"][1]
            ),
            "that is the chosen ratio fitted again, on the whole training half: report the candidate as it is fitted": (
                _fitted_again(known["right"][0])
            ),
        }
        finding = value("reported", reported, known["right"][1], mistakes=wrong)
    yield finding


@task("quick-check-1", points=0, hints=False)
def quick_check_1(answer_1: Any) -> Iterable[Finding]:
    """What the ratio of SMOTEENN means."""
    yield quiz.choice(
        "answer_1",
        answer_1,
        right="b",
        reasons={
            "a": "The number is the ratio that SMOTE reaches. After that edited nearest neighbours removes rows, and "
            "it aims at no ratio.",
            "b": "SMOTE reaches 0.5, then edited nearest neighbours removes rows of both classes, each as many as "
            "lie among the other. The ratio ends near 0.5, not at it.",
            "c": "Edited nearest neighbours looks at neighbours, not at counts: it stops when each row has been "
            "looked at once.",
            "d": "SMOTE adds thousands of positives, and cleaning removes a part of them and of the negatives. The "
            "ratio is far from the one before.",
        },
    )


@task("quick-check-2", points=0, hints=False)
def quick_check_2(answer_2: Any) -> Iterable[Finding]:
    """What to report of the best of twenty when its interval holds 0."""
    yield quiz.choice(
        "answer_2",
        answer_2,
        right="b",
        reasons={
            "a": "The interval holds 0, so these data cannot tell it from no gain at all. And it is the best of "
            "twenty: some of the 600 is the luck of the winner.",
            "b": "The interval holds 0 even for the luckiest of twenty. Say so, give the interval, and take the "
            "simplest strategy until more data tell.",
            "c": "An interval that holds 0 also holds savings of 2,000 euro. Not to see a difference is not to have "
            "shown that there is none.",
            "d": "Of many comparisons some leave 0 out by luck alone, about one in twenty. Who searches until then "
            "finds luck.",
        },
    )
