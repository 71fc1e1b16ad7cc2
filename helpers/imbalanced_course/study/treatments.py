"""What is done about the imbalance: each treatment as a pipeline that prepares, resamples and fits inside a fold."""

from __future__ import annotations

from typing import Any

from imbalanced_course.study.models import MODELS, Parameters, make_model
from imbalanced_course.study.table import Table

NONE = "none"

TREATMENTS = (
    NONE,
    "weights",
    "copies",
    "copies, shrinkage 0.2",
    "SMOTE",
    "ADASYN",
    "undersampling",
    "SMOTETomek",
    "SMOTEENN",
    "balanced bagging",
)
"""For every model of `MODELS`; samplers go to 1:1, their default. A forest is bagged as the balanced forest."""

TREES = "trees of its own"
OWN_TREES = ("balanced bagging", "easy ensemble", "RUSBoost")
"""Ensembles that bring their own trees, under the model `TREES`."""

_BAGS = 10


def preparation(table: Table) -> Any:
    """Return the first step of a pipeline: numbers filled with the median and scaled, categories to 0/1 columns.

    A number that is missing somewhere gets a 0/1 column that says so; a missing category is a category.
    """
    from sklearn.compose import ColumnTransformer
    from sklearn.preprocessing import OneHotEncoder

    return ColumnTransformer(
        [
            ("categories", OneHotEncoder(handle_unknown="ignore", sparse_output=False), table.categories),
            ("numbers", _numbers(), table.numbers),
        ]
    )


def make_pipeline(treatment: str, model: str, table: Table, seed: int, parameters: Parameters | None = None) -> Any:
    """Return one treatment of one model as an unfitted pipeline.

    It fills in and scales the columns that are numbers, makes 0/1 columns of categories, and resamples only when it is
    fitted.

    Parameters
    ----------
    treatment : str
        One of `TREATMENTS`, or of `OWN_TREES` where the model is `TREES`.
    model : str
        One of `MODELS`, or `TREES`.
    table : Table
        Says which columns are numbers and which are categories.
    seed : int
        Of the sampler and the model.
    parameters : mapping, optional
        Of the model, if it is tuned.

    Returns
    -------
    imblearn.pipeline.Pipeline
        With `fit` and `predict_proba`; takes `table.X`.

    Raises
    ------
    ValueError
        When there is no such model or treatment.

    See Also
    --------
    make_model : Makes its last step.
    probabilities : Fits it on a fold.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from imbalanced_course import study
    >>> rng = np.random.default_rng(0)
    >>> frame = pd.DataFrame({"size": rng.normal(size=400), "color": rng.choice(["red", "blue"], 400)})
    >>> frame["broken"] = (frame["size"] + rng.normal(size=400) > 2).astype(int)
    >>> table = study.as_table(frame, "broken")
    >>> pipeline = study.make_pipeline("undersampling", "logistic regression", table, seed=0)
    >>> [name for name, _ in pipeline.steps]
    ['columntransformer', 'randomundersampler', 'logisticregression']
    >>> pipeline.fit(table.X, table.y).predict_proba(table.X).shape
    (400, 2)
    """
    from imblearn.pipeline import make_pipeline as steps

    if model == TREES:
        return steps(preparation(table), _own_trees(treatment, seed))
    if model not in MODELS or treatment not in TREATMENTS:
        raise ValueError(f"there is no treatment {treatment!r} of {model!r}")
    if treatment == "balanced bagging":
        return steps(preparation(table), _bagged(model, seed, parameters))
    weights = "balanced" if treatment == "weights" else None
    classifier = make_model(model, seed, parameters, weights)
    if treatment in (NONE, "weights"):
        return steps(preparation(table), classifier)
    if treatment == "SMOTE" and table.categories:
        return steps(*_smote_of_categories(table, seed), classifier)
    return steps(preparation(table), _sampler(treatment, seed), classifier)


def _numbers() -> Any:
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline as steps
    from sklearn.preprocessing import StandardScaler

    return steps(SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True), StandardScaler())


def _sampler(treatment: str, seed: int) -> Any:
    from imblearn.combine import SMOTEENN, SMOTETomek
    from imblearn.over_sampling import ADASYN, SMOTE, RandomOverSampler
    from imblearn.under_sampling import RandomUnderSampler

    return {
        "copies": RandomOverSampler(random_state=seed),
        "copies, shrinkage 0.2": RandomOverSampler(shrinkage=0.2, random_state=seed),
        "SMOTE": SMOTE(random_state=seed),
        "ADASYN": ADASYN(random_state=seed),
        "undersampling": RandomUnderSampler(random_state=seed),
        "SMOTETomek": SMOTETomek(random_state=seed),
        "SMOTEENN": SMOTEENN(random_state=seed),
    }[treatment]


def _smote_of_categories(table: Table, seed: int) -> list[Any]:
    """Return the steps of SMOTENC, or of SMOTEN where all columns are categories: one-hot coding comes after it."""
    from imblearn.over_sampling import SMOTEN, SMOTENC
    from sklearn.compose import ColumnTransformer
    from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder

    coded = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    places = list(range(len(table.categories)))
    one_hot = ColumnTransformer(
        [("categories", OneHotEncoder(handle_unknown="ignore", sparse_output=False), places)], remainder="passthrough"
    )
    before = ColumnTransformer([("categories", coded, table.categories), ("numbers", _numbers(), table.numbers)])
    sampler = SMOTENC(places, random_state=seed) if table.numbers else SMOTEN(random_state=seed)
    return [before, sampler, one_hot]


def _bagged(model: str, seed: int, parameters: Parameters | None) -> Any:
    from imblearn.ensemble import BalancedBaggingClassifier, BalancedRandomForestClassifier

    if model == "random forest":
        return BalancedRandomForestClassifier(
            sampling_strategy="all", replacement=True, bootstrap=False, random_state=seed, **(parameters or {})
        )
    return BalancedBaggingClassifier(make_model(model, seed, parameters), n_estimators=_BAGS, random_state=seed)


def _own_trees(treatment: str, seed: int) -> Any:
    from imblearn.ensemble import BalancedBaggingClassifier, EasyEnsembleClassifier, RUSBoostClassifier
    from sklearn.tree import DecisionTreeClassifier

    if treatment == "balanced bagging":
        return BalancedBaggingClassifier(n_estimators=100, random_state=seed)
    if treatment == "easy ensemble":
        return EasyEnsembleClassifier(n_estimators=_BAGS, random_state=seed)
    if treatment == "RUSBoost":
        trees = DecisionTreeClassifier(max_depth=4)
        return RUSBoostClassifier(trees, n_estimators=100, learning_rate=0.1, random_state=seed)
    raise ValueError(f"there is no ensemble {treatment!r}; there are {', '.join(OWN_TREES)}")
