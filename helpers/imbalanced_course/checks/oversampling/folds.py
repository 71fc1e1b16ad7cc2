"""Oversampling inside the folds, before them, and not at all."""

from __future__ import annotations

import contextlib
import functools
import numbers
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks import quiz
from imbalanced_course.checks.border import NotAllowed, rebuilt
from imbalanced_course.checks.compare import describe, entries, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.telling import telling_entries
from imbalanced_course.checks.values import matches, not_attempted

OWN_DATA = (
    "That's the score on `measures` and `noise`, whatever `X` and `y` are. Use the function's arguments (hint 2)."
)
SCALED = (
    "That's with scaled columns, which change SMOTE's points. It's a good habit, but use only `smote` and `forest` "
    "here (step 2)"
)
COPIES = "That's with copies of rows. Use the setup cell's `smote` (step 2)"
BEFORE = "That's SMOTE before the split, so test folds are balanced and contain points whose parents are training rows"


def made_up(rng: np.random.Generator, *, rows: int, positives: int) -> tuple[np.ndarray, np.ndarray]:
    """Return rows of six features, two of which separate the classes a little, in random order."""
    labels = rng.permutation((np.arange(rows) < positives).astype(int))
    features = rng.normal(size=(rows, 6))
    features[:, :2] += 1.2 * labels[:, None]
    return features, labels


def _five_folds() -> Any:
    from sklearn.model_selection import StratifiedKFold

    return StratifiedKFold(n_splits=5, shuffle=True, random_state=1)


def _forest() -> Any:
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(n_estimators=6, random_state=1)


_SCORINGS = ("average_precision", "roc_auc", "accuracy")


@functools.cache
def _forest_scores(shape: tuple[int, ...], data: bytes, labels: bytes, way: str, folds_given: bool) -> dict[str, float]:
    """Return the forest's mean scores over five folds; cached, because each known mistake asks for them again."""
    from imblearn.over_sampling import SMOTE, RandomOverSampler
    from imblearn.pipeline import make_pipeline
    from sklearn.model_selection import cross_validate
    from sklearn.preprocessing import StandardScaler

    X, y = np.frombuffer(data).reshape(shape), np.frombuffer(labels, dtype=int)
    model = _forest()
    if way == "before":
        X, y = SMOTE(random_state=1).fit_resample(X, y)
    elif way == "before, scaled":
        X, y = SMOTE(random_state=1).fit_resample(StandardScaler().fit_transform(X), y)
    elif way == "before, copies":
        X, y = RandomOverSampler(random_state=1).fit_resample(X, y)
    elif way == "inside":
        model = make_pipeline(SMOTE(random_state=1), model)
    elif way == "inside, copies":
        model = make_pipeline(RandomOverSampler(random_state=1), model)
    elif way == "inside, scaled":
        model = make_pipeline(StandardScaler(), SMOTE(random_state=1), model)
    came = cross_validate(model, X, y, cv=_five_folds() if folds_given else 5, scoring=_SCORINGS)
    return {scoring: float(came[f"test_{scoring}"].mean()) for scoring in _SCORINGS}


def _scored(way: str, scoring: str = "average_precision", *, folds_given: bool = True) -> Callable[[Any, Any], float]:
    return lambda X, y: _forest_scores(X.shape, X.tobytes(), y.tobytes(), way, folds_given)[scoring]


def _of_any_way(way: str) -> dict[str, Callable[[Any, Any], float]]:
    """Return the mistakes that can be made with each of the three scores."""
    return {
        "That's the mean ROC AUC. Pass scoring='average_precision'.": _scored(way, "roc_auc"),
        "That's the mean accuracy, the default score. Pass scoring='average_precision'.": _scored(way, "accuracy"),
        "These are other folds than those of the setup cell. Pass `cv=folds`.": _scored(way, folds_given=False),
    }


@functools.cache
def _of_the_lesson(way: str) -> float:
    """Return the score on the lesson's own shuffled labels, for a function that doesn't use what it's called with."""
    from imbalanced_course.real_data import load_abalone

    abalone = load_abalone()
    noise = np.random.default_rng(1).permutation(abalone.pop("is_19")).astype(int)
    return _scored(way)(np.ascontiguousarray(abalone.drop(columns="sex"), dtype=float), noise)


_WAYS = ("plain", "inside", "before")


def _right(X: Any, y: Any) -> dict[str, float]:
    return {way: _scored(way)(X, y) for way in _WAYS}


@task(
    "inside-or-before",
    points=5,
    consequence="A score near 1 on labels that mean nothing: whatever is done before the split, cross-validation can't "
    "see.",
)
def inside_or_before(
    three_scores: Any, why_higher: Any, forecast_plain: Any, forecast_inside: Any, forecast_before: Any
) -> Iterable[Finding]:
    """Three forecasts; a forest without SMOTE, with SMOTE in and before the folds; and why the last is higher."""
    yield _forecast("forecast_plain", forecast_plain, "about 0.01")
    yield _forecast("forecast_inside", forecast_inside, "about 0.01")
    yield _forecast("forecast_before", forecast_before, "about 0.99")
    rng = fresh_generator("inside-or-before")
    others = {way: _scored(way) for way in (*_WAYS, "inside, copies", "before, copies")}
    ((X, y),) = telling_entries(
        lambda: [made_up(rng, rows=180, positives=25)],
        _right,
        {way: {**_of_any_way(way), **{name: one for name, one in others.items() if name != way}} for way in _WAYS},
    )
    yield from entries(
        "three_scores",
        three_scores,
        _right,
        [(X, y)],
        about=[f"{len(y)} rows with {y.sum()} positives, with the setup cell's `forest`, `folds`, and `smote`"],
        mistakes={
            "plain": {
                f"{BEFORE}. Here, pass the rows as they came (hint 1).": _scored("before"),
                "This one has SMOTE in it. Score only the forest (hint 1).": _scored("inside"),
                **_of_any_way("plain"),
                OWN_DATA: lambda X, y: _of_the_lesson("plain"),
            },
            "inside": {
                f"{BEFORE}. The balanced cross-validation score isn't the honest one, so make SMOTE a step of a "
                "pipeline (section 1).": _scored("before"),
                "That's only the forest. Make SMOTE a step of the pipeline (section 1).": _scored("plain"),
                f"{SCALED}.": _scored("inside, scaled"),
                f"{COPIES}.": _scored("inside, copies"),
                **_of_any_way("inside"),
                OWN_DATA: lambda X, y: _of_the_lesson("inside"),
            },
            "before": {
                "That's SMOTE inside the folds. Here, resample first, and pass the resampled rows to the "
                "cross-validation (hint 2).": _scored("inside"),
                "That's the forest on the rows as they came. Pass the resampled rows to the cross-validation "
                "(hint 2).": _scored("plain"),
                f"{SCALED}.": _scored("before, scaled"),
                f"{COPIES}.": _scored("before, copies"),
                **_of_any_way("before"),
                OWN_DATA: lambda X, y: _of_the_lesson("before"),
            },
        },
        errors={
            "All intermediate steps should be transformers": (
                "scikit-learn's Pipeline refuses a sampler. Use make_pipeline of imblearn.pipeline (section 1)."
            ),
            # cross_val_score hides the line above behind its own error.
            "fits failed": (
                "No model could be fitted. scikit-learn's Pipeline refuses a sampler, so use make_pipeline of "
                "imblearn.pipeline (section 1)."
            ),
            "positional argument": "The check calls three_scores(X, y).",
            "'numpy.ndarray' object has no attribute": "The check calls it with NumPy arrays.",
        },
        share=3,
    )
    yield quiz.choice(
        "why_higher",
        why_higher,
        right="c",
        reasons={
            "a": "SMOTE inside the folds trains on the same kind of points, and its score is nowhere near. Ask what "
            "the test folds contain (hint 2).",
            "b": "That's one of two causes. Chance would be a half, and the score is far above it. Ask what else the "
            "test folds contain (hint 2).",
            "c": "The parents of a synthetic test point are training rows, so a model that memorizes knows it already. "
            "And with half of the rows positive, the chance level of average precision is 0.5.",
            "d": "Both use the same forest and as many folds. More rows don't make a test easier by themselves "
            "(hint 2).",
        },
    )


def _forecast(name: str, answer: Any, came: str) -> Finding:
    """Take any share for a forecast: it is noted beside what came, and only a missing one is no answer."""
    if answer is MISSING or not_attempted(answer):
        return value(name, answer, 0.5, share=1 / 3)
    if isinstance(answer, numbers.Real) and not isinstance(answer, bool) and 0 <= float(answer) <= 1:
        return Finding(
            name, "right", f"noted, {float(answer):g}. On the shuffled labels of the lesson it's {came}.", share=1 / 3
        )
    told = f"you have {describe(answer)}. A forecast of average precision is a number from 0 to 1."
    return Finding(name, "wrong", told, share=1 / 3)


@functools.cache
def _own_data() -> tuple[np.ndarray, np.ndarray]:
    from sklearn.datasets import make_classification

    X, y = make_classification(
        n_samples=2000, n_features=10, n_informative=5, weights=[0.95], flip_y=0.02, class_sep=0.8, random_state=3
    )
    return X, y


def _own_fault(model: Any) -> str | None:
    """Return what is wrong with a pipeline that should oversample and classify, or None."""
    import imblearn.over_sampling
    import imblearn.pipeline
    import sklearn.pipeline
    from imblearn.base import SamplerMixin

    if not isinstance(model, sklearn.pipeline.Pipeline):
        return f"It's only a {type(model).__name__}. Make a pipeline of a sampler and a classifier"
    samplers = [step for _, step in model.steps if isinstance(step, SamplerMixin)]
    if not samplers:
        return "No step resamples. Put the sampler in the pipeline, so that each fold's training rows are resampled"
    if not isinstance(model, imblearn.pipeline.Pipeline):
        return "That's scikit-learn's Pipeline, which refuses a sampler. Use the one of imblearn.pipeline"
    if not all(type(step).__name__ in dir(imblearn.over_sampling) for step in samplers):
        return "Its sampler should be one of imblearn.over_sampling"
    if not hasattr(model.steps[-1][1], "predict"):
        return "The last step should be a classifier"
    for step in samplers:
        parameters = step.get_params()
        if type(step) is imblearn.over_sampling.SMOTE and parameters["sampling_strategy"] in (
            *("auto", "minority", "not majority", "all"),
            1,
        ):
            return "That's plain SMOTE to 1:1, which the lesson has judged already. Change the sampler or the ratio"
        if "random_state" in parameters and not isinstance(parameters["random_state"], numbers.Integral):
            return "The sampler has no seed, so its score changes each time. Set random_state=1"
    return None


@task("bonus-own-sampler", points=0)
def bonus_own_sampler(own_pipeline: Any, own_score: Any) -> Iterable[Finding]:
    """Another sampler or ratio, judged inside the cross-validation."""
    from sklearn.model_selection import cross_val_score

    model = None
    if own_pipeline is MISSING or not_attempted(own_pipeline):
        yield value("own_pipeline", own_pipeline, None)
    else:
        try:
            model = rebuilt(own_pipeline)
        except NotAllowed as error:
            yield Finding("own_pipeline", "wrong", f"should be a pipeline: {error}.")
        else:
            told = _own_fault(model)
            yield (
                Finding("own_pipeline", "wrong", f"{told}.", told)
                if told
                else Finding("own_pipeline", "right", "right.")
            )
            model = None if told else model
    if own_score is MISSING or not_attempted(own_score):
        yield value("own_score", own_score, None)
    elif model is None:
        yield Finding("own_score", "wrong", "can only be checked once the pipeline is right.")
    else:
        yield _own_score_finding(own_score, model, cross_val_score)


def _own_score_finding(answer: Any, model: Any, cross_val_score: Callable[..., Any]) -> Finding:
    """Judge the score of the learner's own pipeline on folds that weren't resampled."""
    from sklearn.base import clone

    X, y = _own_data()

    def scored(rows: Any, labels: Any, scoring: str = "average_precision", one: Any = model) -> Any:
        return cross_val_score(clone(one), rows, labels, cv=_five_folds(), scoring=scoring)

    try:
        by_fold = scored(X, y)
    except Exception as error:
        return Finding("own_score", "wrong", f"your pipeline cannot be fitted: {type(error).__name__}.")
    expected = float(by_fold.mean())
    if matches(answer, expected):
        return Finding("own_score", "right", "right.")
    sampler = next(step for _, step in model.steps if hasattr(step, "fit_resample"))
    rows, labels = clone(sampler).fit_resample(X, y)
    classifier = model.steps[-1][1]
    balanced = "That's the balanced cross-validation score. Pass the pipeline the rows as they came"
    mistakes = {
        f"{balanced}.": float(scored(rows, labels, one=classifier).mean()),
        "That's without the sampler. Score the whole pipeline.": float(scored(X, y, one=classifier).mean()),
        "That's the mean ROC AUC. Pass scoring='average_precision'.": float(scored(X, y, "roc_auc").mean()),
        "That's the mean accuracy. Pass scoring='average_precision'.": float(scored(X, y, "accuracy").mean()),
        "These are the five folds. Give their mean.": by_fold,
    }
    # Resampled rows may have more of the minority than the sampler's ratio: then this mistake stops with an error.
    with contextlib.suppress(ValueError):
        twice = float(scored(rows, labels).mean())
        if not matches(twice, mistakes[f"{balanced}."]):  # a sampler finds nothing to do where the classes are equal
            mistakes[f"{balanced}, which resamples by itself."] = twice
    return value("own_score", answer, expected, mistakes=mistakes)
