"""Twenty made-up problems, and how each strategy does on them: the ground of every comparison of resamplers.

A problem is drawn once and split once, and the next one has nothing in common with it. So the differences between two
strategies are independent from problem to problem, and the ordinary t interval of their mean is honest.
"""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from imbalanced_course.scoreboard import Interval, corrected_interval, decision_scores, score_quality

PROBLEMS = 20
TRAIN_ROWS = 3_000
TEST_ROWS = 6_000
FEATURES = 10
SHARES = (0.01, 0.02, 0.05)
TREES = 50

MODELS = ("logistic", "forest", "boosting")


class Problem(NamedTuple):
    """Rows to learn from and rows to be judged on, with their labels."""

    X_train: np.ndarray
    y_train: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray


@cache
def problem(seed: int) -> Problem:
    """Draw a problem: the seed also decides how rare, how far apart, how clustered and how noisy the classes are."""
    from sklearn.datasets import make_classification
    from sklearn.model_selection import train_test_split

    rng = np.random.default_rng(seed)
    share = rng.choice(SHARES)
    X, y = make_classification(
        n_samples=TRAIN_ROWS + TEST_ROWS,
        n_features=FEATURES,
        n_informative=6,
        n_redundant=2,
        n_clusters_per_class=int(rng.integers(1, 4)),
        class_sep=rng.uniform(0.6, 1.4),
        flip_y=rng.choice((0.0, 0.005)),
        weights=[1 - share],
        random_state=seed,
    )
    X_train, X_test, y_train, y_test = train_test_split(X, y, train_size=TRAIN_ROWS, stratify=y, random_state=seed)
    return Problem(X_train, y_train, X_test, y_test)


def model(name: str, *, class_weight: str | None = None, seed: int = 0) -> Any:
    """Return an unfitted model by its short name; all but the number of trees is the library's default."""
    from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.tree import DecisionTreeClassifier

    match name:
        case "logistic":
            return LogisticRegression(class_weight=class_weight, max_iter=1000)
        case "tree":
            return DecisionTreeClassifier(class_weight=class_weight, random_state=seed)
        case "forest":
            return RandomForestClassifier(n_estimators=TREES, class_weight=class_weight, random_state=seed)
        case "boosting":
            return HistGradientBoostingClassifier(class_weight=class_weight, early_stopping=False, random_state=seed)
    raise ValueError(f"no model {name!r}")


def samplers(strategy: str, *, seed: int = 0) -> list[Any]:
    """Return the resampling steps of a strategy; all that aim at a ratio aim at 1:1, as tutorials do."""
    from imblearn.over_sampling import ADASYN, SMOTE, RandomOverSampler
    from imblearn.under_sampling import NearMiss, RandomUnderSampler, TomekLinks

    made = {
        "none": lambda: [],
        "weights": lambda: [],
        "copies": lambda: [RandomOverSampler(random_state=seed)],
        "smote": lambda: [SMOTE(random_state=seed)],
        "adasyn": lambda: [ADASYN(random_state=seed)],
        "undersampling": lambda: [RandomUnderSampler(random_state=seed)],
        "tomek": lambda: [TomekLinks()],
        "nearmiss": lambda: [NearMiss(version=1)],
    }
    steps: list[Any] = made[strategy]()
    return steps


def contestant(name: str, strategy: str, *, seed: int = 0) -> Any:
    """Return a pipeline that scales the columns, resamples in `fit` alone, and fits the model."""
    from imblearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    weight = "balanced" if strategy == "weights" else None
    return make_pipeline(StandardScaler(), *samplers(strategy, seed=seed), model(name, class_weight=weight, seed=seed))


@cache
def risks(name: str, strategy: str) -> list[tuple[np.ndarray, np.ndarray]]:
    """Fit a strategy with a model on every problem.

    Parameters
    ----------
    name : str
        A name that `model` knows.
    strategy : str
        A name that `samplers` knows.

    Returns
    -------
    list of (array of shape (TRAIN_ROWS,), array of shape (TEST_ROWS,))
        For each problem the predicted probabilities of the rows learnt from and of the test rows.
    """
    found = []
    for seed in range(PROBLEMS):
        X_train, y_train, X_test, _ = problem(seed)
        fitted = contestant(name, strategy, seed=seed).fit(X_train, y_train)
        found.append((fitted.predict_proba(X_train)[:, 1], fitted.predict_proba(X_test)[:, 1]))
    return found


def judged(name: str, strategy: str) -> pd.DataFrame:
    """Judge a strategy with a model on every problem.

    Parameters
    ----------
    name, strategy : str
        As in `risks`.

    Returns
    -------
    DataFrame
        One row a problem: what `score_quality` and `decision_scores` (at 0.5) say of its test rows, and
        `train_average_precision`.
    """
    rows = []
    for seed, (on_train, on_test) in enumerate(risks(name, strategy)):
        _, y_train, _, y_test = problem(seed)
        rows.append(
            score_quality(y_test, on_test)
            | decision_scores(y_test, on_test, 0.5)
            | {"train_average_precision": score_quality(y_train, on_train)["average_precision"]}
        )
    return pd.DataFrame(rows)


def recall_with_as_many_alerts(name: str, strategy: str, like: str) -> float:
    """Return the mean recall of a strategy whose highest scores are flagged, as many as `like` flags at 0.5."""
    recalls = []
    for seed in range(PROBLEMS):
        y_test = problem(seed).y_test
        alerts = int((risks(name, like)[seed][1] >= 0.5).sum())
        highest = np.argsort(-risks(name, strategy)[seed][1], kind="stable")[:alerts]
        recalls.append(float(y_test[highest].sum() / y_test.sum()))
    return float(np.mean(recalls))


def mean_interval(values: Any) -> Interval:
    """Return the mean of independent values with its t interval of 95 %; with no shared rows nothing is corrected."""
    return corrected_interval(values, n_train=1, n_test=0)


def gain(name: str, first: str, second: str, metric: str = "average_precision") -> Interval:
    """Return by how much `first` differs from `second` on the same problems: the mean and its interval of 95 %."""
    return mean_interval(judged(name, first)[metric] - judged(name, second)[metric])
