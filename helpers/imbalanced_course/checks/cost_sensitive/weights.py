"""Class weights: the formula, the library's, and a weighted model beside an unweighted one."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import entries, function, matches, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs
from imbalanced_course.checks.values import as_mapping
from imbalanced_course.score_sets import scored_day

ARRAYS_COME = {
    "'numpy.ndarray' object has no attribute": "The check calls it with NumPy arrays, not with a column of a DataFrame."
}


def _counts(y: Any) -> dict[Any, int]:
    classes, sizes = np.unique(np.asarray(y), return_counts=True)
    return dict(zip(classes.tolist(), (int(size) for size in sizes), strict=True))


def _by(formula: Callable[[int, int, int], float]) -> Callable[[Any], dict[Any, float]]:
    """Return a function from labels to weights by a formula of rows, classes and the class's count."""

    def weights(y: Any) -> dict[Any, float]:
        counts = _counts(y)
        rows = sum(counts.values())
        return {label: formula(rows, len(counts), count) for label, count in counts.items()}

    return weights


_balanced = _by(lambda n, k, count: n / (k * count))

_MISTAKES: dict[str, Callable[[Any], Any]] = {
    "The number of classes is missing below the line. The weight is n / (classes x count) (section 4).": _by(
        lambda n, k, count: n / count
    ),
    "That's 2 below the line whatever the labels are. Divide by the number of classes (section 4).": _by(
        lambda n, k, count: n / (2 * count)
    ),
    "That's inverted. The rare class needs the large weight (section 4).": _by(lambda n, k, count: k * count / n),
    "These are the shares of the classes. The rare class needs the large weight.": _by(lambda n, k, count: count / n),
    "That's 1 minus the share. For two classes the ratio is right, but the scale isn't.": _by(
        lambda n, k, count: 1 - count / n
    ),
    "That's 1 / count. The ratio is right, but not the scale, and a model with a penalty feels the scale.": _by(
        lambda n, k, count: 1 / count
    ),
    "That's the largest class over each class. The ratio is right, but not the scale.": lambda y: {
        label: max(_counts(y).values()) / count for label, count in _counts(y).items()
    },
    "These are the counts. Divide n by classes x count (section 4).": _by(lambda n, k, count: count),
}


@task(
    "balanced-weights",
    points=2,
    consequence="The formula looks only at how rare a class is. What a mistake costs isn't in it.",
)
def balanced_weights(balanced_weights: Any, library_weights: Any) -> Iterable[Finding]:
    """Balanced weights by formula for any labels, and the library's for the lesson's training labels."""
    rng = fresh_generator("balanced-weights")

    def labels(names: list[Any], sizes: list[int]) -> tuple[Any]:
        return (rng.permutation(np.repeat(names, sizes)),)

    def draw() -> list[tuple[Any, ...]]:
        extra = int(rng.integers(1, 40))
        return [
            labels([0, 1], [900 + extra, 30 + extra]),
            labels([0, 1], [35 + extra, 700 - extra]),
            labels(["defect", "fine", "scratch"], [12 + extra, 400, 50 + extra]),
        ]

    inputs = telling_inputs(draw, _balanced, _MISTAKES.values())
    yield function(
        "balanced_weights",
        balanced_weights,
        _balanced,
        inputs,
        about=[
            "labels 0 and 1, of which 1 is rare",
            "labels 0 and 1, of which 0 is rare",
            "three classes with texts for labels",
        ],
        mistakes=_MISTAKES,
        errors={
            **ARRAYS_COME,
            "Cannot cast array data": "`np.bincount` counts whole numbers only. `np.unique` takes texts, too.",
            "KeyError": "Does it take the classes from the labels that come, such as 'defect'?",
            "positional argument": "The check calls balanced_weights(y).",
        },
        share=2,
    )
    y_train = _worked_example()[1]
    library_weights, asked = _as_asked(library_weights)
    yield value(
        "library_weights",
        library_weights,
        asked(_balanced(y_train)),
        mistakes={
            **{said: asked(wrong(y_train)) for said, wrong in _MISTAKES.items() if not said.startswith("That's 2")},
            "These are the weights of all 10,000 rows or another part. Give those of `y_train`.": asked(
                _balanced(np.repeat([0, 1], [9_900, 101]))
            ),
            "The two are in the wrong order. Class 0 comes first.": asked(
                {0: _balanced(y_train)[1], 1: _balanced(y_train)[0]}
            ),
        },
        tolerance=1e-3,
        kind="two weights, class 0 first",
        share=1,
    )


def _as_asked(answer: Any) -> tuple[Any, Callable[[Any], Any]]:
    """Return two weights as they're compared, and what turns weights by class into the same form.

    With the classes for keys they are compared by class. With other keys, such as names, they are in their order.
    """
    table = as_mapping(answer)
    if table is not None and set(table) == {0, 1}:
        return table, lambda weights: weights
    return (answer if table is None else list(table.values())), lambda weights: list(weights.values())


@functools.cache
def _worked_example() -> tuple[Any, ...]:
    """Return the two-feature set's halves: training rows and labels, test rows and labels."""
    from sklearn.model_selection import train_test_split

    from imbalanced_course import datasets

    X, y = datasets.make_two_features()
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=1)
    return X_train, y_train.to_numpy(), X_test, y_test.to_numpy()


@functools.cache
def _fitted(weights: str, solver: str = "lbfgs") -> Any:
    """Return the logistic regression of the worked example, with weights by their name."""
    from sklearn.linear_model import LogisticRegression

    weight: Any = {"none": None, "balanced": "balanced", "inverted": {0: 50.0, 1: 0.505}, "0.99": {0: 0.01, 1: 0.99}}
    X_train, y_train, *_ = _worked_example()
    return LogisticRegression(solver=solver, class_weight=weight[weights]).fit(X_train, y_train)


def _threshold(y_true: Any, scores: Any, wanted: float = 0.75) -> float:
    """Return the highest score that, as threshold, reaches the recall; 0.5 where no row is positive."""
    of_positives = np.sort(scores[y_true == 1])[::-1]
    if not len(of_positives):
        return 0.5
    return float(of_positives[int(np.ceil(wanted * len(of_positives) - 1e-9)) - 1])


def _numbers(y_true: Any, scores: Any) -> dict[str, float]:
    """Return the three numbers that the task asks for."""
    from sklearn.metrics import average_precision_score, f1_score

    return {
        "average_precision": float(average_precision_score(y_true, scores)) if np.any(y_true) else 0.0,
        "f1": float(f1_score(y_true, scores >= 0.5, zero_division=0)),
        "threshold": _threshold(y_true, scores),
    }


@task("bonus-weighted-model", points=0)
def bonus_weighted_model(three_numbers: Any, plain_numbers: Any, weighted_numbers: Any) -> Iterable[Finding]:
    """Average precision, F1 and a point of the curve: a function, and the two models of the worked example."""
    from sklearn import metrics

    rng = fresh_generator("bonus-weighted-model")

    def day(rows: int, share: float, auc: float) -> tuple[Any, Any]:
        made = scored_day(roc_auc=auc, seed=int(rng.integers(2**31)), payments=rows, prevalence=share, decimals=3)
        y, scores = made["is_fraud"].to_numpy(), made["score"].to_numpy().copy()
        for label in (0, 1):  # a row of each class exactly at the threshold
            own = np.flatnonzero(y == label)
            scores[own[np.argmin(np.abs(scores[own] - 0.5))]] = 0.5
        return y, scores

    nothing = np.zeros(60, dtype=int), np.round(rng.uniform(0.01, 0.3, size=60), 3)
    inputs = [day(600, 0.06, 0.97), day(400, 0.1, 0.93), nothing]

    def below(y_true: Any, scores: Any) -> float:
        return float(scores.min())

    def above(y_true: Any, scores: Any) -> float:
        _, r, cuts = metrics.precision_recall_curve(y_true, scores)
        return float(cuts[r[:-1] > 0.75].max()) if np.any(y_true) else 0.5

    def by_curve(y_true: Any, scores: Any) -> float:  # scikit-learn takes the recall for 1 where no row is positive
        return _threshold(y_true, scores) if np.any(y_true) else float(scores.max())

    def by_precision(y_true: Any, scores: Any) -> float:
        p, _, cuts = metrics.precision_recall_curve(y_true, scores)
        return float(cuts[p[:-1] >= 0.75].min())

    yield from entries(
        "three_numbers",
        three_numbers,
        _numbers,
        inputs,
        about=["600 rows with 36 positives", "400 rows with 40 positives", "labels without a single positive"],
        mistakes={
            "average_precision": {
                "That's computed from labels. Average precision needs the scores.": (
                    lambda y, s: metrics.average_precision_score(y, s >= 0.5)
                ),
                "That's the ROC AUC. The task asks for the average precision.": lambda y, s: metrics.roc_auc_score(
                    y, s
                ),
                "That's the precision at 0.5. The task asks for the average precision.": (
                    lambda y, s: metrics.precision_score(y, s >= 0.5, zero_division=0)
                ),
            },
            "f1": {
                "That's the macro average over both classes. The task asks for the positive class.": (
                    lambda y, s: metrics.f1_score(y, s >= 0.5, average="macro", zero_division=0) if np.any(y) else 0.0
                ),
                "It flags where the score is above 0.5. A row exactly at the threshold is flagged, too.": (
                    lambda y, s: metrics.f1_score(y, s > 0.5, zero_division=0)
                ),
                "That's the accuracy. The task asks for F1.": lambda y, s: metrics.accuracy_score(y, s >= 0.5),
                "That's the recall at 0.5. The task asks for F1.": lambda y, s: metrics.recall_score(
                    y, s >= 0.5, zero_division=0
                ),
                "That's the F1 at your threshold for recall. The task asks for F1 at 0.5.": (
                    lambda y, s: metrics.f1_score(y, s >= _threshold(y, s), zero_division=0)
                ),
            },
            "threshold": {
                "That's 0.5 whatever comes in. Look for the highest threshold with a recall of 0.75.": lambda y, s: 0.5,
                "That's the lowest score, which flags everything. Take the highest that reaches the recall.": below,
                "That's a threshold for precision. Recall divides by all positives.": by_precision,
                "It requires a recall above 0.75. The task says at least 0.75.": above,
                "It's right with positives. Without any, the task asks for 0.5.": by_curve,
            },
        },
        errors={
            **ARRAYS_COME,
            "index 0 is out of bounds": "What does it return where no row is positive?",
            "positional argument": "The check calls three_numbers(y_true, scores).",
        },
        share=1.5,
    )
    X_train, y_train, X_test, y_test = _worked_example()

    def measured(weights: str, solver: str = "lbfgs", *, train: bool = False) -> dict[str, float]:
        model = _fitted(weights, solver)
        rows, labels = (X_train, y_train) if train else (X_test, y_test)
        return _numbers(labels, model.predict_proba(rows)[:, 1])

    other_solver = "That's another solver's result. liblinear penalizes the intercept, too, so keep the default."
    upside = "The weights are inverted. The rare class gets the large one."
    scale = "The weights 0.01 and 0.99 aren't balanced. Their scale changes what the penalty does."
    trained = "That's measured on the training rows. Judge on `X_test` and `y_test`."
    for name, answer, weights, other in (
        ("plain_numbers", plain_numbers, "none", "balanced"),
        ("weighted_numbers", weighted_numbers, "balanced", "none"),
    ):
        expected, mistakes = measured(weights), dict[str, Any]()
        if not matches(answer, expected):  # each mistake is a model to fit
            mistakes = {
                f"That's the model {'with' if other == 'balanced' else 'without'} weights.": measured(other),
                other_solver: measured(weights, "liblinear"),
                trained: measured(weights, train=True),
            }
            if weights == "balanced":
                mistakes |= {upside: measured("inverted"), scale: measured("0.99")}
        yield value(name, answer, expected, mistakes=mistakes, share=0.75)
