"""What a check may do with an answer's functions, models and figures, in the notebook and across the border alike."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from imbalanced_course.normal_form import AnswerFigure, AnswerModel, normal
from imbalanced_course.normal_form.stand_ins import ASKABLE_METHODS

ALLOWED_LIBRARIES = ("sklearn.", "imblearn.")
# Estimators of these libraries that call whatever they are given, or write files.
REFUSED_CLASSES = {"FunctionTransformer", "FunctionSampler"}
# What changes no prediction, and would write files.
IGNORED = {"memory"}
# What changes no probability, only the threshold, which an answer gives as a number; often a function.
IGNORED_IN_SEARCH_FOR_THRESHOLD = {"scoring", "cv"}


class NotAllowed(ValueError):
    """A model that may not be rebuilt, with the reason for the learner."""


def figure_description(answer: Any) -> Mapping[str, Any]:
    """Return what a figure shows (see `figures_and_models.describe_figure`), wherever the figure is.

    Raises
    ------
    TypeError
        When the answer is not a figure.
    """
    found = normal(answer)
    if not isinstance(found, AnswerFigure):
        raise TypeError("not a matplotlib figure or axes")
    return found


def rebuilt(answer: Any) -> Any:
    """Return a fresh, unfitted estimator like the learner's: its class and parameters, from an allow-list.

    Only estimators of scikit-learn and imbalanced-learn are rebuilt, so that fitting runs no learner's code.

    Raises
    ------
    NotAllowed
        When it is no model, a class of the learner's own, or one that calls functions it is given.
    """
    found = normal(answer)
    if not isinstance(found, AnswerModel):
        raise NotAllowed("it is not a scikit-learn model")
    return _build(found.details)


def ask(answer: Any, method: str, *arguments: Any) -> Any:
    """Return what a fitted model of the learner predicts; `method` is one of `ASKABLE_METHODS`.

    Raises
    ------
    NotAllowed
        When the method is not one that checks use.
    """
    if method not in ASKABLE_METHODS:
        raise NotAllowed(f"{method} is not asked of models")
    return getattr(answer, method)(*arguments)


def _build(details: Any) -> Any:
    if not isinstance(details, Mapping) or not isinstance(details.get("class"), str):
        raise NotAllowed("it is not a scikit-learn model")
    path = str(details["class"])
    module, _, name = path.rpartition(".")
    if not path.startswith(ALLOWED_LIBRARIES) or name in REFUSED_CLASSES:
        raise NotAllowed(
            f"{name or path} is not one of the estimators of scikit-learn and imbalanced-learn that we rebuild"
        )
    try:
        kind = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError):
        raise NotAllowed(f"there is no {path}") from None
    from sklearn.base import BaseEstimator

    if not (isinstance(kind, type) and issubclass(kind, BaseEstimator)):
        raise NotAllowed(f"{name} is not an estimator")
    parameters = details.get("params")
    if not isinstance(parameters, Mapping):
        raise NotAllowed("its parameters cannot be read")
    ignored = IGNORED | (IGNORED_IN_SEARCH_FOR_THRESHOLD if name == "TunedThresholdClassifierCV" else set())
    return kind(**{str(key): _parameter(value, str(key)) for key, value in parameters.items() if key not in ignored})


def _parameter(value: Any, name: str) -> Any:
    if isinstance(value, AnswerModel):
        return _build(value.details)
    if isinstance(value, list):
        return [_parameter(item, name) for item in value]
    if isinstance(value, tuple):
        return tuple(_parameter(item, name) for item in value)
    if isinstance(value, Mapping):
        return {key: _parameter(item, name) for key, item in value.items()}
    if callable(value):
        raise NotAllowed(
            f"its parameter `{name}` is a function, which the check cannot run. Give a number, a text or a dict"
        )
    if type(value).__module__.split(".")[0] not in ("builtins", "numpy", "pandas"):
        raise NotAllowed(f"its parameter {name} is not plain data")
    return value
