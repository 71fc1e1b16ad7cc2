"""The models of the study: as the library gives them, and tuned a little."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

Parameters = Mapping[str, Any]

MODELS = ("logistic regression", "random forest", "histogram boosting")

_SEARCH_FOLDS = 3


def make_model(name: str, seed: int, parameters: Parameters | None = None, class_weight: Any = None) -> Any:
    """Return an unfitted model.

    It has the library's defaults, except for what makes runs comparable. A logistic regression may take 2,000 steps,
    and boosting never stops early, because by default that depends on the number of rows, which resampling changes.

    Parameters
    ----------
    name : str
        One of `MODELS`.
    seed : int
        Of the forest and of boosting; a logistic regression needs none.
    parameters : mapping, optional
        What differs from the defaults, as `tune` returns it.
    class_weight : object, optional
        As scikit-learn takes it, for example "balanced".

    Returns
    -------
    sklearn estimator
        With `fit` and `predict_proba`.

    Raises
    ------
    ValueError
        When there is no such model.

    See Also
    --------
    make_pipeline : Adds the preparation of columns and a treatment.
    tune : Searches for parameters.

    Examples
    --------
    >>> from imbalanced_course.study import make_model
    >>> make_model("histogram boosting", seed=0).early_stopping
    False
    >>> make_model("logistic regression", 0, {"C": 0.1}, "balanced").get_params()["C"]
    0.1
    >>> make_model("boosting", seed=0)
    Traceback (most recent call last):
        ...
    ValueError: there is no model 'boosting'; there are logistic regression, random forest, histogram boosting
    """
    from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
    from sklearn.linear_model import LogisticRegression

    known = dict(parameters or {})
    if name == "logistic regression":
        return LogisticRegression(class_weight=class_weight, **{"max_iter": 2000, **known})
    if name == "random forest":
        return RandomForestClassifier(class_weight=class_weight, random_state=seed, **known)
    if name == "histogram boosting":
        return HistGradientBoostingClassifier(
            class_weight=class_weight, early_stopping=False, random_state=seed, **known
        )
    raise ValueError(f"there is no model {name!r}; there are {', '.join(MODELS)}")


def search_space(name: str) -> tuple[dict[str, Any], int]:
    """Return what is tried for a model, as `RandomizedSearchCV` takes it, and how many draws of it.

    Raises
    ------
    ValueError
        When there is no such model.
    """
    from scipy.stats import loguniform

    spaces: dict[str, tuple[dict[str, Any], int]] = {
        "logistic regression": ({"C": loguniform(1e-3, 1e2)}, 8),
        "random forest": ({"min_samples_leaf": [1, 2, 5, 10, 20], "max_features": ["sqrt", 0.3, 0.6]}, 8),
        "histogram boosting": (
            {
                "learning_rate": loguniform(0.01, 0.3),
                "max_iter": [50, 100, 200],
                "max_leaf_nodes": [4, 8, 16, 31],
                "min_samples_leaf": [5, 20, 50],
                "l2_regularization": [0.0, 1.0, 10.0],
            },
            12,
        ),
    }
    if name not in spaces:
        raise ValueError(f"there is no model {name!r}; there are {', '.join(MODELS)}")
    return spaces[name]


def tuned_parameters(name: str, preparation: Any, X: pd.DataFrame, y: np.ndarray, seed: int) -> dict[str, Any]:
    """Return the parameters with the lowest log loss in three folds, nothing resampled and nothing weighted.

    Parameters
    ----------
    name : str
        One of `MODELS`.
    preparation : transformer
        Prepares the columns, unfitted.
    X, y : DataFrame of shape (n, n_features) and ndarray of shape (n,)
        The rows to search on.
    seed : int
        Of the draws, the folds and the model.
    """
    from sklearn.model_selection import RandomizedSearchCV, StratifiedKFold
    from sklearn.pipeline import make_pipeline

    space, draws = search_space(name)
    pipeline = make_pipeline(preparation, make_model(name, seed))
    step = pipeline.steps[-1][0]
    search = RandomizedSearchCV(
        pipeline,
        {f"{step}__{parameter}": values for parameter, values in space.items()},
        n_iter=draws,
        scoring="neg_log_loss",
        cv=StratifiedKFold(_SEARCH_FOLDS, shuffle=True, random_state=seed),
        refit=False,
        random_state=seed,
    )
    best = search.fit(X, y).best_params_
    return {parameter.removeprefix(f"{step}__"): _plain(value) for parameter, value in best.items()}


def _plain(value: Any) -> Any:
    """Return a parameter as JSON keeps it; six digits are enough to repeat a run."""
    value = value.item() if isinstance(value, np.generic) else value
    return float(f"{value:.6g}") if isinstance(value, float) else value
