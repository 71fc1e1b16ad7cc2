"""Resample the training part only: after the split, and inside a pipeline."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.border import NotAllowed, rebuilt
from imbalanced_course.checks.compare import judged, value
from imbalanced_course.checks.resampled import fresh_table, labels_of, rows_of, seed_fault
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.undersampling.ratio import RATIO_ERRORS, ratio_fault
from imbalanced_course.checks.values import matches, not_attempted

FEATURES = ["feature_1", "feature_2"]
ORDER = "it should return four parts in this order: X_train, X_test, y_train, y_test"
NOT_BY_SEED = (
    "called twice with the same seed, it puts different rows aside. Hand `seed` to the split, as `random_state=seed`"
)
FIXED_SEED = "with another seed it puts the same rows aside. Hand `seed` to the split, as `random_state=seed`"


def _split_fault(
    came: Any, X: pd.DataFrame, y: pd.Series, ratio: float, seed: int, aside: dict[tuple[int, int], frozenset[int]]
) -> str | None:
    """Return what is wrong with the four parts of a split whose training part is to be undersampled.

    `aside` remembers the test rows that came for a number of rows and a seed.
    """
    from sklearn.model_selection import train_test_split

    if not isinstance(came, (tuple, list)) or len(came) != 4:
        return ORDER
    table = X.assign(target=y)
    train, test = rows_of(came[0], table), rows_of(came[1], table)
    y_train, y_test = labels_of(came[2]), labels_of(came[3])
    if train is None or test is None or y_train is None or y_test is None:
        return ORDER
    truth = y.to_numpy()
    if len(test) != len(y_test) or len(train) != len(y_train):
        return ORDER
    if not (np.array_equal(truth[train], y_train) and np.array_equal(truth[test], y_test)):
        return "rows and labels do not belong together any more"
    if set(train.tolist()) & set(test.tolist()):
        return "some rows stand in both parts: the test rows must not be trained on"
    wanted_test, positives = len(y) / 4, int(y.sum())
    test_positives = positives * len(test) / len(y)
    natural = f"the test part has {len(test)} of {len(y)} rows, {np.mean(y_test):.0%} of them positive"
    if len(test) <= wanted_test - 1 and np.mean(y_test) > 1.5 * positives / len(y):
        stratified = train_test_split(np.arange(len(y)), test_size=0.25, stratify=truth, random_state=seed)[1]
        if set(test[y_test == 1].tolist()) == set(stratified[truth[stratified] == 1].tolist()):
            return f"{natural}: it resampled the test set, too. Resample the training part alone"
        return f"{natural}: it resampled before splitting. Split first, and leave the test part as it is"
    if abs(len(test) - wanted_test) >= 1:
        return f"{natural}: a quarter of all rows is asked for, at their natural prevalence"
    if abs(int(np.sum(y_test)) - test_positives) >= 1:
        return "the test part does not keep the prevalence: split with `stratify=y`"
    for (rows, other), others in aside.items():
        if rows == len(y) and (other == seed) != (others == frozenset(test.tolist())):
            return NOT_BY_SEED if other == seed else FIXED_SEED
    aside[len(y), seed] = frozenset(test.tolist())
    if len(train) == len(y) - len(test):
        return "the training part was not undersampled: use what `fit_resample` returns"
    return ratio_fault(y_train, positives - int(np.sum(y_test)), (positives - np.sum(y_test)) / ratio)


def _telling_seed(rng: np.random.Generator, y: pd.Series) -> int:
    """Return a seed with which a split that forgets `stratify=y` misses the prevalence, as it now and then does not."""
    from sklearn.model_selection import train_test_split

    for _ in range(200):
        seed = int(rng.integers(1, 10_000))
        test = train_test_split(y, test_size=0.25, random_state=seed)[1]
        if abs(test.sum() - y.sum() / 4) > 2:
            break
    return seed


@task("split-first", points=3)
def split_first(split_and_undersample: Any) -> Iterable[Finding]:
    """A split whose training part alone is undersampled."""
    rng = fresh_generator("split-first")
    # Neither number of rows can be cut into quarters: a test part may be rounded up or down, and no more.
    first, second = (fresh_table(rng, rows=rows, positives=positives) for rows, positives in ((802, 42), (603, 49)))
    seeds = [_telling_seed(rng, table["target"]) for table in (first, first, second)]
    calls = [
        (table[FEATURES], table["target"], ratio, seed)
        for table, ratio, seed in (
            (first, 0.5, seeds[0]),
            (first, 0.5, seeds[0]),
            (first, 0.5, seeds[1]),
            (second, 0.25, seeds[2]),
        )
    ]
    aside: dict[tuple[int, int], frozenset[int]] = {}
    yield judged(
        "split_and_undersample",
        split_and_undersample,
        functools.partial(_split_fault, aside=aside),
        calls,
        about=[f"{len(y)} rows with {y.sum()} positives, ratio={ratio} and seed={seed}" for _, y, ratio, seed in calls],
        errors={
            **RATIO_ERRORS,
            "positional argument": "the check calls split_and_undersample(X, y, ratio, seed)",
            "not enough values to unpack": "`train_test_split` returns four parts",
        },
    )


def _pipeline_fault(model: Any) -> str | None:
    """Return what is wrong with a rebuilt pipeline, or None."""
    import imblearn.pipeline
    import sklearn.pipeline
    from imblearn.base import SamplerMixin
    from imblearn.under_sampling import RandomUnderSampler
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    if not isinstance(model, sklearn.pipeline.Pipeline):
        return f"it is a {type(model).__name__} alone: make a pipeline of the three steps"
    steps = [step for _, step in model.steps]
    samplers = [step for step in steps if isinstance(step, SamplerMixin)]
    if not samplers:
        return (
            "no step resamples: the sampler belongs into the pipeline, so that each fold's training part is resampled"
        )
    if not isinstance(model, imblearn.pipeline.Pipeline):
        return "that is scikit-learn's Pipeline, which refuses a sampler: take the one of imblearn.pipeline"
    if not isinstance(steps[-1], LogisticRegression):
        return "the last step should be LogisticRegression"
    if not any(isinstance(step, StandardScaler) for step in steps):
        return "the step StandardScaler is missing"
    if len(samplers) > 1 or not isinstance(samplers[0], RandomUnderSampler):
        return "the sampler should be one RandomUnderSampler"
    return _ratio_of_pipeline(model, samplers[0])


def _ratio_of_pipeline(model: Any, sampler: Any) -> str | None:
    """Fit the pipeline on fresh rows and look at how many of each class its sampler kept."""
    rows, labels = _judged_on(sampler)
    positives = int(labels.sum())
    try:
        model.fit(rows, labels)
    except Exception as error:
        told = next((told for part, told in RATIO_ERRORS.items() if part in str(error)), None)
        return told or f"it cannot be fitted: {type(error).__name__}"
    kept = labels.to_numpy()[sampler.sample_indices_]
    wrong = ratio_fault(kept, positives, 2 * positives)
    if wrong:
        return wrong
    if len(set(sampler.sample_indices_.tolist())) < len(kept):
        return "its sampler draws with replacement: leave `replacement` alone"
    return seed_fault(sampler)


def _judged_on(sampler: Any) -> tuple[pd.DataFrame, pd.Series]:
    """Return fresh rows and labels; those of a fold's training part for a sampler that fits no other number of rows."""
    if not isinstance(sampler.sampling_strategy, Mapping):
        table = fresh_table(fresh_generator("pipeline"), rows=400, positives=30)
        return table[FEATURES], table["target"]
    from imbalanced_course import datasets

    X, y = datasets.make_two_features()
    train = next(lesson_folds().split(X, y))[0]
    return X.iloc[train], y.iloc[train]


def lesson_folds() -> Any:
    """Return the `folds` of the lesson's set-up."""
    from sklearn.model_selection import StratifiedKFold

    return StratifiedKFold(n_splits=5, shuffle=True, random_state=1)


def _model_finding(answer: Any) -> tuple[Finding, Any]:
    """Judge the pipeline; return the finding and the pipeline itself where it is right."""
    name = "resampling_model"
    if answer is MISSING or not_attempted(answer):
        return value(name, answer, None), None
    try:
        model = rebuilt(answer)
    except NotAllowed as error:
        return Finding(name, "wrong", f"should be a pipeline: {error}."), None
    told = _pipeline_fault(model)
    return (Finding(name, "wrong", f"{told}.", told), None) if told else (Finding(name, "right", "right."), model)


def _mean_finding(answer: Any, model: Any) -> Finding:
    """Judge the mean average precision over the lesson's folds, of the learner's own pipeline where that is right."""
    from imblearn.pipeline import make_pipeline
    from imblearn.under_sampling import RandomUnderSampler
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import average_precision_score
    from sklearn.model_selection import cross_val_score
    from sklearn.preprocessing import StandardScaler

    from imbalanced_course import datasets

    name = "mean_average_precision"
    if answer is MISSING or not_attempted(answer):
        return value(name, answer, None)
    X, y = datasets.make_two_features()
    folds = lesson_folds()
    sampler = RandomUnderSampler(sampling_strategy=0.5, random_state=1)
    right_model = model is not None
    if not right_model:
        model = make_pipeline(StandardScaler(), sampler, LogisticRegression())
    by_fold = cross_val_score(model, X, y, cv=folds, scoring="average_precision")
    expected = float(by_fold.mean())
    if matches(answer, expected):
        return Finding(name, "right", "right.")

    def scored(scoring: str) -> float:
        return float(cross_val_score(model, X, y, cv=folds, scoring=scoring).mean())

    def on_thinned_folds() -> float:
        scores = []
        for train, test in folds.split(X, y):
            rows, labels = sampler.fit_resample(X.iloc[test], y.iloc[test])
            fitted = model.fit(X.iloc[train], y.iloc[train])
            scores.append(average_precision_score(labels, fitted.predict_proba(rows)[:, 1]))
        return float(np.mean(scores))

    plain = make_pipeline(StandardScaler(), LogisticRegression())
    X_small, y_small = sampler.fit_resample(X, y)
    new_prevalence = (
        "scored at the new prevalence: {}, so a third of the rows it is scored on are positive. Give `cross_val_score` "
        "the untouched X and y"
    )
    finding = value(
        name,
        answer,
        expected,
        mistakes={
            new_prevalence.format("the rows were undersampled before the folds were made"): float(
                cross_val_score(plain, X_small, y_small, cv=folds, scoring="average_precision").mean()
            ),
            new_prevalence.format("the test folds were undersampled, too"): on_thinned_folds(),
            "that is without undersampling: is the sampler a step of the pipeline?": float(
                cross_val_score(plain, X, y, cv=folds, scoring="average_precision").mean()
            ),
            "these are the five folds: give their mean": by_fold,
            "that is the mean ROC AUC: ask for scoring='average_precision'": scored("roc_auc"),
            "that is the mean accuracy, the default score: ask for scoring='average_precision'": scored("accuracy"),
            "that is the mean F1 at the default cut: ask for scoring='average_precision'": scored("f1"),
            "that is the standard deviation over the folds: give the mean": float(by_fold.std()),
            "that is over other folds: hand over those of the set-up, cv=folds": float(
                cross_val_score(model, X, y, cv=5, scoring="average_precision").mean()
            ),
        },
    )
    if finding.mistake is None and not right_model:
        return replace(finding, message=f"{finding.message} Mend the pipeline first, then score it again.")
    return finding


@task("pipeline", points=4)
def pipeline(resampling_model: Any, mean_average_precision: Any) -> Iterable[Finding]:
    """A pipeline that resamples in `fit` only, and its average precision on folds at their natural prevalence."""
    finding, model = _model_finding(resampling_model)
    yield finding
    yield _mean_finding(mean_average_precision, model)
