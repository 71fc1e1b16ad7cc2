"""A pipeline that resamples in `fit` only, judged by cross-validation without the leak."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.border import NotAllowed, rebuilt
from imbalanced_course.checks.compare import value
from imbalanced_course.checks.resampled import seed_fault
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.undersampling.ratio import RATIO_ERRORS, ratio_fault
from imbalanced_course.checks.values import matches, not_attempted

LEAK = "duration"
NAME = "mean_average_precision"
FIT_ERRORS = {
    "convert string to float": "The calls have columns of text. Put `prepare` in front of the model (hint 2).",
    **RATIO_ERRORS,
}
KNOWN_BEFORE = {
    **dict.fromkeys(
        ("age", "job", "marital", "education", "default", "balance", "housing", "loan"),
        "The bank knows this about its client before it calls.",
    ),
    "contact": "The bank chooses the kind of telephone, so it knows it before the call.",
    "day": "It's the date of the call, and the bank knows the date when it decides whom to call today.",
    "month": "It ranks well, but it's the date of the call, which the bank knows when it decides.",
    "campaign": "The bank counts its calls to this client, so it knows the number when it calls.",
    "pdays": "It ranks well, but it counts the days since an earlier campaign, and that's over.",
    "previous": "It counts calls before this campaign, and they're over.",
    "poutcome": "It ranks well, but it says how an earlier campaign ended, and that's known.",
    "subscribed": "That's the target, which no model sees. Look for a column of `X`.",
}


@functools.cache
def bank_calls() -> tuple[pd.DataFrame, pd.Series]:
    """Return the lesson's calls, with the leak, and their labels."""
    from imbalanced_course import real_data

    calls = real_data.load_bank_calls()
    return calls.drop(columns="subscribed"), calls["subscribed"]


def lesson_folds() -> Any:
    """Return the `folds` of the lesson's setup."""
    from sklearn.model_selection import StratifiedKFold

    return StratifiedKFold(n_splits=3, shuffle=True, random_state=1)


def lesson_model(*samplers: Any) -> Any:
    """Return the lesson's pipeline with the samplers given."""
    from imblearn.pipeline import make_pipeline
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    from imbalanced_course import real_data

    one_hot = (OneHotEncoder(handle_unknown="ignore"), list(real_data.BANK_CALLS_CATEGORIES))
    prepare = make_column_transformer(one_hot, remainder=StandardScaler())
    return make_pipeline(prepare, *samplers, LogisticRegression(max_iter=1000))


def _two_to_one() -> Any:
    from imblearn.under_sampling import RandomUnderSampler

    return RandomUnderSampler(sampling_strategy=0.5, random_state=1)


def _leak_finding(answer: Any) -> Finding:
    reasons = {f"{reason} Which value doesn't exist yet? (hint 1)": name for name, reason in KNOWN_BEFORE.items()}
    if isinstance(answer, (list, tuple)) and len(answer) == 1:
        answer = answer[0]
    if isinstance(answer, str):
        said = next((said for said, name in reasons.items() if matches(answer, name)), None)
        if said:
            return Finding("leak", "wrong", f"you have {answer.strip()!r}. {said}", said)
    return value("leak", answer, LEAK, kind="the name of a column of `X`, in quotes")


def _pipeline_fault(model: Any) -> str | None:
    """Return what is wrong with a rebuilt pipeline, or None."""
    import imblearn.pipeline
    import sklearn.pipeline
    from imblearn.base import SamplerMixin
    from imblearn.under_sampling import RandomUnderSampler
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LogisticRegression

    if not isinstance(model, sklearn.pipeline.Pipeline):
        return f"It's a {type(model).__name__} by itself. Make a pipeline of the three steps (hint 2)."
    steps = [step for _, step in model.steps]
    samplers = [step for step in steps if isinstance(step, SamplerMixin)]
    if not samplers:
        return (
            "No step resamples. The sampler belongs in the pipeline, so that each fold's training set is resampled "
            "(section 3)."
        )
    if not isinstance(model, imblearn.pipeline.Pipeline):
        return "That's scikit-learn's Pipeline, which refuses a sampler. Use the one of imblearn.pipeline (section 3)."
    last = steps[-1]
    if not isinstance(last, LogisticRegression):
        return "The last step should be LogisticRegression."
    if last.class_weight is not None:
        return "The model also has class weights, which count the imbalance twice. Leave them out."
    if last.max_iter < 1000:
        return "The task asks for LogisticRegression(max_iter=1000), so that the fit isn't cut off."
    if last.C != 1:
        return "The task asks for LogisticRegression with its default `C`, so leave `C` out."
    if not any(isinstance(step, ColumnTransformer) for step in steps):
        return "The step `prepare` is missing. Put it in front of the model (step 2)."
    if len(samplers) > 1 or not isinstance(samplers[0], RandomUnderSampler):
        return "The sampler should be one RandomUnderSampler."
    return _ratio_of_pipeline(model, samplers[0])


def _ratio_of_pipeline(model: Any, sampler: Any) -> str | None:
    """Fit the pipeline on calls that it hasn't seen, and look at how many of each class its sampler kept."""
    rows, labels = _judged_on(sampler)
    positives = int(labels.sum())
    try:
        model.fit(rows, labels)
    except Exception as error:
        said = next((said for part, said in FIT_ERRORS.items() if part in str(error)), None)
        return said or f"It can't be fitted on the calls without the leak ({type(error).__name__})."
    unused = _unused_columns(model, rows)
    if unused:
        named = " and ".join(f"`{name}`" for name in unused[:2])
        return f"The first step doesn't use every column, such as {named}. Take the setup's `prepare`."
    kept = labels.to_numpy()[sampler.sample_indices_]
    wrong = ratio_fault(kept, positives, 2 * positives)
    if wrong:
        return wrong
    if len(set(sampler.sample_indices_.tolist())) < len(kept):
        return "Its sampler draws with replacement. Don't set `replacement`."
    return seed_fault(sampler)


def _unused_columns(model: Any, rows: pd.DataFrame) -> list[str]:
    """Return the columns that change nothing in what a fitted pipeline prepares from the rows."""
    from sklearn.compose import ColumnTransformer

    prepare = next(step for _, step in model.steps if isinstance(step, ColumnTransformer))

    few = rows.head(100)
    varied = [str(name) for name in few if few[name].nunique() > 1]
    changed = [few.assign(**{name: np.roll(few[name].to_numpy(), 1)}) for name in varied]
    made = prepare.transform(pd.concat([few, *changed]))  # in one go, because each call costs more than its rows
    before, *after = np.split(np.asarray(made.toarray() if hasattr(made, "toarray") else made), len(changed) + 1)
    return [name for name, other in zip(varied, after, strict=True) if np.array_equal(other, before)]


def _judged_on(sampler: Any) -> tuple[pd.DataFrame, pd.Series]:
    """Return some calls without the leak; a fold's training set for a sampler that fits no other number of rows."""
    X, y = bank_calls()
    if isinstance(sampler.sampling_strategy, Mapping):
        picked = next(lesson_folds().split(X, y))[0]
    else:
        picked = fresh_generator("pipeline").choice(len(y), size=1200, replace=False)
    return X.iloc[picked].drop(columns=LEAK), y.iloc[picked]


def _model_finding(answer: Any) -> tuple[Finding, Any]:
    """Judge the pipeline; return the finding and the pipeline itself where it is right."""
    name = "resampling_model"
    if answer is MISSING or not_attempted(answer):
        return value(name, answer, None, share=2), None
    try:
        model = rebuilt(answer)
    except NotAllowed as error:
        return Finding(name, "wrong", f"should be a pipeline: {error}.", share=2), None
    said = _pipeline_fault(model)
    if said:
        return Finding(name, "wrong", said, said, share=2), None
    return Finding(name, "right", "right.", share=2), model


def _scores(model: Any, X: Any, y: Any, folds: Any, scoring: str = "average_precision") -> np.ndarray:
    """Return a metric's values over the folds."""
    from sklearn.model_selection import cross_val_score
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # on a busy machine threads that wait for each other cost seconds
        return np.asarray(cross_val_score(model, X, y, cv=folds, scoring=scoring))


@functools.cache
def _reference(kind: str) -> np.ndarray:
    """Return what the lesson's own pipeline reaches over the lesson's folds, done right or in one of the wrong ways.

    Any other kind is the name of a metric.
    """
    X, y = bank_calls()
    known = X.drop(columns=LEAK)
    if kind == "with the leak":
        return _scores(lesson_model(_two_to_one()), X, y, lesson_folds())
    if kind == "before the folds":
        rows, labels = _two_to_one().fit_resample(known, y)
        return _scores(lesson_model(), rows, labels, lesson_folds())
    if kind == "thinned folds":
        return _on_thinned_folds(known, y)
    if kind == "no sampler":
        return _scores(lesson_model(), known, y, lesson_folds())
    if kind == "other folds":
        return _scores(lesson_model(_two_to_one()), known, y, 3)
    return _scores(lesson_model(_two_to_one()), known, y, lesson_folds(), kind)


def _on_thinned_folds(X: pd.DataFrame, y: pd.Series) -> np.ndarray:
    """Return the average precision over test folds that were undersampled, too."""
    from sklearn.metrics import average_precision_score

    found = []
    for train, test in lesson_folds().split(X, y):
        fitted = lesson_model(_two_to_one()).fit(X.iloc[train], y.iloc[train])
        rows, labels = _two_to_one().fit_resample(X.iloc[test], y.iloc[test])
        found.append(average_precision_score(labels, fitted.predict_proba(rows)[:, 1]))
    return np.array(found)


NEW_PREVALENCE = (
    "scored at the new prevalence: {}, so a third of the rows it is scored on are positive. Give `cross_val_score` the "
    "calls at their natural prevalence (section 2)."
)


# The known mistakes with about the value that each gives: one is computed only for an answer near it.
MISTAKES = {
    "roc_auc": (0.766, "That's the mean ROC AUC. Ask for scoring='average_precision' (hint 2)."),
    "accuracy": (0.876, "That's the mean accuracy, the default score. Ask for scoring='average_precision' (hint 2)."),
    "f1": (0.444, "That's the mean F1 at 0.5. Ask for scoring='average_precision' (hint 2)."),
    "precision": (0.468, "That's the mean precision at 0.5. Ask for scoring='average_precision' (hint 2)."),
    "recall": (0.422, "That's the mean recall at 0.5. Ask for scoring='average_precision' (hint 2)."),
    "balanced_accuracy": (0.679, "That's the mean balanced accuracy. Ask for scoring='average_precision' (hint 2)."),
    "with the leak": (
        0.547,
        "That's with the leak, so the model knows how long the call took. Drop that column first (step 3).",
    ),
    "before the folds": (
        0.668,
        "It's " + NEW_PREVALENCE.format("the rows were undersampled before the folds were made"),
    ),
    "thinned folds": (0.680, "It's " + NEW_PREVALENCE.format("the test folds were undersampled, too")),
    "no sampler": (0.404, "That's without the sampler. Score the pipeline of step 2."),
    "other folds": (0.156, "That's over folds that weren't shuffled. Pass those of the setup cell, cv=folds (hint 2)."),
}
NEAR = 0.03


def _known_mistake(answer: Any, by_fold: np.ndarray) -> dict[str, Any]:
    """Return the known mistake that gives this answer, if one does, with its value."""
    if matches(answer, by_fold):
        return {"These are the values of the three folds. Give their mean (hint 2).": by_fold}
    if not isinstance(answer, (int, float, np.number)):
        return {}
    one_fold = next((float(one) for one in by_fold if matches(answer, one)), None)
    if one_fold is not None:
        return {"That's the value of one fold. Give the mean of all three (hint 2).": one_fold}
    for kind, (about, said) in MISTAKES.items():
        if abs(float(answer) - about) < NEAR and matches(answer, _reference(kind).mean()):
            return {said: _reference(kind).mean()}
    return {}


def _of_another_column(answer: Any, dropped: Any) -> dict[str, Any]:
    """Return the known mistake of a score without the column that was taken for the leak, if it is that."""
    X, y = bank_calls()
    if not (isinstance(answer, (int, float, np.number)) and isinstance(dropped, str) and dropped in X.columns):
        return {}
    if dropped == LEAK or not abs(float(answer) - MISTAKES["with the leak"][0]) < NEAR:
        return {}
    came = float(_scores(lesson_model(_two_to_one()), X.drop(columns=dropped), y, lesson_folds()).mean())
    return {"The leak is still in the calls, because another column was dropped. Find it first (hint 1).": came}


def _mean_finding(answer: Any, model: Any, dropped: Any) -> Finding:
    """Judge the mean average precision over the lesson's folds, of the learner's own pipeline where that is right."""
    if answer is MISSING or not_attempted(answer):
        return value(NAME, answer, None, share=2)
    X, y = bank_calls()
    right = model is not None
    own = functools.partial(_scores, model, X.drop(columns=LEAK), y, lesson_folds())
    by_fold = own() if right else _reference("average_precision")
    expected = float(by_fold.mean())
    if matches(answer, expected):
        return Finding(NAME, "right", "right.", share=2)
    known = _known_mistake(answer, by_fold) or _of_another_column(answer, dropped)
    finding = value(NAME, answer, expected, mistakes=known, share=2)
    if finding.mistake is None and not right:
        return Finding(NAME, "wrong", f"{finding.message} Fix the pipeline first, then score it again.", share=2)
    return finding


@task(
    "pipeline",
    points=5,
    consequence="Without the leak the average precision is much lower, and only this model can run before a call.",
)
def pipeline(leak: Any, resampling_model: Any, mean_average_precision: Any) -> Iterable[Finding]:
    """The leak, a pipeline that resamples in `fit` only, and its average precision without the leak."""
    yield _leak_finding(leak)
    finding, model = _model_finding(resampling_model)
    yield finding
    yield _mean_finding(mean_average_precision, model, leak)
