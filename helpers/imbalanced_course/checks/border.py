"""What a check may do with an answer's functions, models and figures, in the notebook and across the border alike."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

ALLOWED_LIBRARIES = ("sklearn.", "imblearn.")
# Estimators of these libraries that call whatever they are given, or write files.
REFUSED_CLASSES = {"FunctionTransformer", "FunctionSampler"}
ALLOWED_NUMPY = {"RandomState": "numpy.random.mtrand.RandomState"}
ASKABLE_METHODS = ("predict", "predict_proba", "decision_function", "score_samples", "transform")


class NotAllowed(ValueError):
    """A model that may not be rebuilt, with the reason for the learner."""


class RemoteFunction:
    """A learner's function in another process; calling it sends the arguments there as data."""

    def __init__(self, name: str, call: Callable[..., Any]) -> None:
        self.__name__ = name
        self._call = call

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Return what the learner's function returns, as data."""
        return self._call(*arguments, **named)


class RemoteModel:
    """A learner's model in another process: it can be asked for predictions, or rebuilt here from its description."""

    def __init__(self, details: Any, ask: Callable[..., Any]) -> None:
        self.details = details
        self._ask = ask

    def __getattr__(self, name: str) -> Any:
        if name in ASKABLE_METHODS:
            return lambda *arguments, **named: self._ask(name, *arguments, **named)
        raise AttributeError(name)


class FigureDescription(dict):
    """What a figure of the learner shows, as `portraits.describe_figure` tells it."""

    def __init__(self, details: Any) -> None:
        super().__init__(details if isinstance(details, Mapping) else {})


def figure_description(answer: Any) -> Mapping[str, Any]:
    """Return what a figure shows (see `portraits.describe_figure`), wherever the figure is.

    Raises
    ------
    TypeError
        When the answer is not a figure.
    """
    from imbalanced_course.portraits import describe_figure

    return answer if isinstance(answer, FigureDescription) else describe_figure(answer)


def rebuilt(answer: Any) -> Any:
    """Return a fresh, unfitted estimator like the learner's: its class and parameters, from an allow-list.

    Only estimators of scikit-learn and imbalanced-learn are rebuilt, so that fitting runs no learner's code.

    Raises
    ------
    NotAllowed
        When it is no model, a class of the learner's own, or one that calls functions it is given.
    """
    from imbalanced_course.portraits import describe_model, is_model

    if isinstance(answer, RemoteModel):
        return _build(answer.details)
    if not is_model(answer):
        raise NotAllowed("it is not a scikit-learn model")
    return _build(describe_model(answer))


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
    return kind(**{str(key): _parameter(value, str(key)) for key, value in parameters.items()})


def _parameter(value: Any, name: str) -> Any:
    from imbalanced_course.portraits import describe_model, is_model

    if isinstance(value, RemoteModel):
        return _build(value.details)
    if is_model(value):
        return _build(describe_model(value))
    if isinstance(value, list):
        return [_parameter(item, name) for item in value]
    if isinstance(value, tuple):
        return tuple(_parameter(item, name) for item in value)
    if isinstance(value, Mapping):
        return {key: _parameter(item, name) for key, item in value.items()}
    if callable(value) or type(value).__module__.split(".")[0] not in ("builtins", "numpy", "pandas"):
        raise NotAllowed(f"its parameter {name} is not plain data")
    return value
