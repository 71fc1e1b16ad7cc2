"""The checks of lesson 6's other questions: from before, bonus tasks, find the bug, and the quick check."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks import quiz
from imbalanced_course.checks.border import NotAllowed, rebuilt
from imbalanced_course.checks.combining.intervals import PLAIN, stored
from imbalanced_course.checks.combining.search import halves
from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.values import describe, not_attempted
from imbalanced_course.scoreboard import CONTEST_FOLDS, DEFAULT_CUT, TUNED_CUT, difference, make_folds

RATIOS = (0.02, 0.05)
ON_RESAMPLED = (
    "That's scored on resampled folds. They aren't the contest's, and their share of positives isn't the payments'. "
    "Pass the payments to `evaluate` as they are, because the pipeline resamples."
)
NO_PREPROCESSOR = "Leave the preprocessor out of the list, because the task puts it in front."


def _steps_finding(answer: Any) -> tuple[Finding, list[Any] | None]:
    """Judge the steps of the learner's own strategy; return the finding and fresh steps where they are right."""
    from imblearn.base import SamplerMixin
    from sklearn.compose import ColumnTransformer

    name = "own_steps"
    if answer is MISSING or not_attempted(answer):
        return value(name, answer, None), None
    if not isinstance(answer, (list, tuple)) or not answer:
        told = "should be a list of samplers and, last, a model, without the preprocessor"
        return Finding(name, "wrong", f"{told}. You have {describe(answer)}."), None
    try:
        steps = [rebuilt(step) for step in answer]
    except NotAllowed as error:
        reason = NO_PREPROCESSOR if "dtype" in str(error) else str(error)
        return Finding(name, "wrong", f"The check can't read this list of steps. {reason}"), None
    samplers = [step for step in steps if isinstance(step, SamplerMixin)]
    told = ""
    if any(isinstance(step, ColumnTransformer) for step in steps):
        told = NO_PREPROCESSOR
    elif not samplers:
        told = "No step resamples. Put at least one sampler in the list."
    elif not hasattr(steps[-1], "predict_proba"):
        told = "The last step should be a model with `predict_proba`."
    elif any(one.get_params().get("random_state", 0) is None for one in samplers):
        told = "A sampler has no seed, so its result changes from call to call. Set random_state."
    if told:
        return Finding(name, "wrong", told, told), None
    return Finding(name, "right", "right."), steps


def _results_fault(came: Any, steps: list[Any] | None) -> str | None:
    """Return what is wrong with the results of the learner's strategy, or None."""
    from imblearn.pipeline import make_pipeline
    from sklearn.metrics import average_precision_score

    from imbalanced_course import datasets

    needed = {"strategy", "cut", "fold", "fold_key", "n_train", "n_test", "n_positive", "average_precision", "cost"}
    if not isinstance(came, pd.DataFrame) or needed - set(came.columns):
        return f"It should be the DataFrame that scoreboard.evaluate returned. You have {describe(came)}."
    rival = _rival()
    if set(came["cut"]) != {DEFAULT_CUT, TUNED_CUT} or came["strategy"].nunique() != 1:
        return "It should have the rows of one strategy, at both thresholds."
    if not set(came["fold_key"]) <= set(rival["fold_key"]):
        natural = float((rival["n_positive"] / rival["n_test"]).mean())
        if abs(float((came["n_positive"] / came["n_test"]).mean()) - natural) > 0.002:
            return ON_RESAMPLED
        return "Its folds aren't the contest's. Leave the folds of `evaluate` as they are (five, seed 0)."
    if set(rival.loc[rival["fold"] < 5, "fold_key"]) - set(came["fold_key"]):
        return "Some of the first five folds of the contest are missing."
    if steps is None:
        return None
    X, y = datasets.features_and_target(datasets.load_transactions())
    fold = make_folds(y, **(CONTEST_FOLDS | {"n_repeats": 1}))[0]
    model = make_pipeline(datasets.transactions_preprocessor(), *steps)
    fitted = model.fit(X.iloc[fold.fit], y.iloc[fold.fit])
    probabilities = fitted.predict_proba(X.iloc[fold.test])[:, 1]
    again = average_precision_score(y.iloc[fold.test], probabilities)
    if abs(float(came.loc[came["fold"] == 0, "average_precision"].iloc[0]) - again) > 0.02:
        return "On the first fold `own_steps` ranks otherwise than these results say. Were they made with it?"
    return None


@functools.cache
def _rival() -> pd.DataFrame:
    results = stored()
    return results[results["strategy"] == PLAIN]


@task("bonus-own-combination", points=0)
def bonus_own_combination(own_steps: Any, own_results: Any, own_verdict: Any) -> Iterable[Finding]:
    """A strategy of the learner's own, judged on the folds of the contest."""
    finding, steps = _steps_finding(own_steps)
    yield finding
    unset = own_results is MISSING or not_attempted(own_results)
    told = None if unset else _results_fault(own_results, steps)
    if unset:
        yield value("own_results", own_results, None)
    else:
        yield Finding("own_results", "wrong" if told else "right", told or "right.", told)
    if own_verdict is MISSING or not_attempted(own_verdict):
        yield value("own_verdict", own_verdict, None)
        return
    if unset or told:
        yield Finding("own_verdict", "wrong", "follows from right results. Fix these first.")
        return
    rival = _rival()
    joined = pd.concat([own_results.assign(strategy="mine"), rival[rival["fold_key"].isin(own_results["fold_key"])]])

    found = difference(joined, ("mine", TUNED_CUT), (PLAIN, TUNED_CUT), "cost")
    right = "better" if found.high < 0 else "worse" if found.low > 0 else "undecided"
    mistakes = {
        "In cost, lower is better. A difference below 0 is a saving.": {"better": "worse", "worse": "better"}.get(
            right
        ),
        "Its interval excludes 0, so a direction is shown.": "undecided" if right != "undecided" else None,
        "Its interval includes 0, both tuned, so no saving is shown.": "better" if right == "undecided" else None,
        "Its interval includes 0, both tuned, so no extra cost is shown.": "worse" if right == "undecided" else None,
    }
    known = {told: one for told, one in mistakes.items() if one}
    yield value("own_verdict", own_verdict, right, mistakes=known, kind='"better", "worse", or "undecided"')


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
            "That only swaps the two numbers. Undersampling to `under` first leaves far fewer negatives.": (
                lambda n, p, over, under: [under, over]
            ),
            "Those are the ratios as they were. Undersampling to `over` first leaves other counts.": (
                lambda n, p, over, under: [over, under]
            ),
            "The two are in the wrong order. The ratio of undersampling comes first.": lambda *a: [a[3], first(*a)],
            "The first ratio is inverted. It's minority over majority.": lambda *a: [1 / first(*a), a[3]],
            "The second ratio is wrong. SMOTE comes last here, so it reaches the final ratio, `under`.": lambda *a: [
                first(*a),
                a[2],
            ],
            "Undersampling first meets only the real positives. Divide their number by the negatives left.": (
                lambda n, p, over, under: [over * n / (over * n / under), under]
            ),
            "The first is the share of negatives that is left. The ratio is the positives over them.": (
                lambda n, p, over, under: [over / under, under]
            ),
            "Those are counts. The task asks for ratios.": lambda n, p, over, under: [over * n / under, over * n],
        },
        errors={"positional argument": "The check calls reversed_ratios(negatives, positives, over, under)."},
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
    weights = {"original": original, "weights alone": original, "swapped": {0: ratio, 1: 1.0}}
    weight = "balanced" if case == "balanced alone" else weights.get(case)
    samplers = [] if case in ("nothing", "weights alone", "balanced alone") else [SMOTE(random_state=1)]
    model = make_pipeline(StandardScaler(), *samplers, LogisticRegression(class_weight=weight))
    rows, labels = (X_train, y_train) if case == "training rows" else (X_test, y_test)
    flags = model.fit(X_train, y_train).predict(rows)
    return float(precision_score(labels, flags)), float(recall_score(labels, flags))


@task("find-the-bug", points=0)
def find_the_bug(precision_of_equal: Any, recall_of_equal: Any) -> Iterable[Finding]:
    """Weights of the original ratio on top of SMOTE to 1:1."""
    right = _weighted("right")
    sentences = {
        "Not fixed yet. The positives still count twice, by SMOTE and by their weight.": "original",
        "Now the negatives count twice. SMOTE has already made the classes equal.": "swapped",
        "That's the model without SMOTE and without weights. Keep SMOTE.": "nothing",
        "That's the model with weights and without SMOTE. Keep SMOTE.": "weights alone",
        "That's the model with balanced weights and without SMOTE. Keep SMOTE.": "balanced alone",
        "That's on the training rows. Judge it on `X_test`, `y_test`.": "training rows",
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
    unfixed = "Not fixed yet. The test half chose"
    chosen = value(
        "chosen_ratio",
        chosen_ratio,
        known["right"][0],
        mistakes={f"{unfixed} this ratio.": known["test"][0]},
        tolerance=1e-6,
    )
    yield chosen
    finding = value("reported", reported, known["right"][1])
    if finding.status == "wrong":
        peeked = f"{unfixed} the ratio, so this best of two is flattered."
        if chosen.status == "right":
            peeked = "That's the score of the other candidate. Keep the model that won, and score it after the loop."
        wrong = {
            peeked: known["test"][1],
            "That's the score on the rows that chose it, the best of many. Report the chosen one on the test half.": (
                known["best of many"][1]
            ),
            "That's the chosen ratio fitted again, on the whole training half. Report the candidate as it's fitted.": (
                _fitted_again(known["right"][0])
            ),
        }
        finding = value("reported", reported, known["right"][1], mistakes=wrong)
    yield finding


@task("before-1", points=0, hints=False)
def before_1(before_1: Any) -> Iterable[Finding]:
    """Which rows a sampler in a pipeline sees in a cross-validation."""
    yield quiz.choice(
        "before_1",
        before_1,
        right="c",
        reasons={
            "a": "That's what happens when you resample first. Points made from a test row's neighbors then leak.",
            "b": "A sampler changes nothing when the pipeline predicts, so test folds stay as they are.",
            "c": "Each fit resamples its own training rows, and each test fold keeps its prevalence.",
            "d": "That describes boosting. SMOTE doesn't know what a model got wrong.",
        },
    )


@task("before-2", points=0, hints=False)
def before_2(before_2: Any) -> Iterable[Finding]:
    """What a probability of a half from a 1:1 training set means at 1%."""
    yield quiz.choice(
        "before_2",
        before_2,
        right="a",
        reasons={
            "a": "Odds of 1 in a 1:1 set, times the population's odds of 1 to 99, are 1 to 99.",
            "b": "A tenth would need odds of 9 in the 1:1 set times 1 to 99, which is a training score near 0.92.",
            "c": "That holds in the 1:1 training set. Among all payments, honest ones are 99 times as common.",
            "d": "That's the probability of an honest payment. Undersampling raised the score, so the truth is lower.",
        },
    )


@task("quick-check-1", points=0, hints=False)
def quick_check_1(answer_1: Any) -> Iterable[Finding]:
    """What the ratio of SMOTEENN means."""
    yield quiz.choice(
        "answer_1",
        answer_1,
        right="d",
        reasons={
            "a": "SMOTE reaches that ratio. After it, edited nearest neighbors removes rows, and it aims at no ratio.",
            "b": "Edited nearest neighbors looks at neighbors, not at counts. It looks at each row once and stops.",
            "c": "SMOTE adds thousands of positives, and cleaning removes only a part of them and of the negatives.",
            "d": "SMOTE reaches 0.5. Then edited nearest neighbors removes rows of both classes near the other class. "
            "How many these are depends on the data.",
        },
    )


@task("quick-check-2", points=0, hints=False)
def quick_check_2(answer_2: Any) -> Iterable[Finding]:
    """What a contest whose intervals are wide says about a small gain."""
    yield quiz.choice(
        "answer_2",
        answer_2,
        right="b",
        reasons={
            "a": "With half a width of 0.05, an interval around a true gain of 0.03 mostly includes 0. Not seen isn't "
            "ruled out.",
            "b": "They find a gain of about 1.4 x 0.05 = 0.07 four times out of five. More positives make the "
            "intervals "
            "narrower.",
            "c": "Repeats use the same rows again, so the corrected interval can't fall below what these rows allow.",
            "d": "A mean of 0.03 with half a width of 0.05 allows a loss, too. And of twelve means, the largest "
            "is partly "
            "luck.",
        },
    )
