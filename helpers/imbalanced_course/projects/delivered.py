"""What a learner delivers: a model is asked for its risks, a number is read, or one sentence says what is wrong."""

from __future__ import annotations

import numbers
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imbalanced_course.checks.values import describe, describe_error

if TYPE_CHECKING:
    import pandas as pd


class CannotJudge(Exception):
    """What was delivered cannot be judged; the message is one sentence for the learner."""


def risks(model: Any, rows: pd.DataFrame, *, columns: Sequence[str], target: str) -> npt.NDArray[np.float64]:
    """Return the probability of class 1 that a fitted model gives each row.

    Parameters
    ----------
    model : object
        Anything with `predict_proba`, fitted on a DataFrame.
    rows : pandas.DataFrame
        All columns but the target. A model that names the columns it was fitted on gets those, in its order.
    columns : sequence of str
        The columns for a model that names none.
    target : str
        The name of the target, which no model may have been fitted on.

    Returns
    -------
    numpy.ndarray
        Shape (n_rows,), 0 to 1.

    Raises
    ------
    CannotJudge
        When that is not possible.
    """
    if model is ...:
        raise CannotJudge("`model` is still `...`: put your fitted model in its place.")
    if isinstance(model, type):
        raise CannotJudge(
            f"`model` is the class {model.__name__}: make one with brackets, `{model.__name__}()`, fit it."
        )
    if not hasattr(model, "predict_proba"):
        raise CannotJudge(
            f"`model` is {describe(model)} and has no `predict_proba`: deliver the fitted model itself, not what it "
            "predicts, and put `CalibratedClassifierCV` around one that only has a `decision_function`."
        )
    X = rows[_columns_of(model, rows, columns, target)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about feature names, for instance; what matters is said below
            told = np.asarray(model.predict_proba(X), dtype=float)
    except Exception as error:
        raise CannotJudge(_why_it_failed(error)) from None
    classes = [_plain(label) for label in getattr(model, "classes_", (0, 1))]
    if told.shape != (len(X), len(classes)) or sorted(map(str, classes)) != ["0", "1"]:
        raise CannotJudge(
            f"`model` tells the classes {', '.join(map(str, classes))} apart in an array of shape {told.shape}: "
            "it should give the classes 0 and 1 and one row of two probabilities for each row of data."
        )
    found = told[:, [str(label) for label in classes].index("1")]
    if not (np.isfinite(found).all() and found.min() >= 0 and found.max() <= 1):
        raise CannotJudge("`predict_proba` of `model` gives numbers that are no probabilities from 0 to 1.")
    return found


def number(name: str, answer: Any, *, what: str, whole: bool = False, low: float | None = None) -> float:
    """Return a delivered number.

    Parameters
    ----------
    name : str
        The answer's name in the notebook.
    answer : object
        What was delivered; an array or Series of one number will do.
    what : str
        What the number is, for the sentence.
    whole : bool
        Whether it must be a whole number.
    low : float, optional
        The least that it may be.

    Raises
    ------
    CannotJudge
        When it is no such number.
    """
    if answer is ...:
        raise CannotJudge(f"`{name}` is still `...`: put {what} in its place.")
    one = answer
    if not isinstance(answer, str) and np.size(answer) == 1:
        one = np.asarray(answer, dtype=object).ravel()[0]
    if isinstance(one, bool | np.bool_) or not isinstance(one, numbers.Real) or np.isnan(float(one)):
        raise CannotJudge(f"`{name}` is {describe(answer)}: it should be a number, {what}.")
    value = float(one)
    if (whole and value != round(value)) or (low is not None and value < low):
        limit = "" if low is None else f" of {low:g} or more"
        raise CannotJudge(f"`{name}` is {value:g}: it should be a {'whole ' * whole}number{limit}, {what}.")
    return value


def _columns_of(model: Any, rows: pd.DataFrame, columns: Sequence[str], target: str) -> list[str]:
    named = getattr(model, "feature_names_in_", None)
    if named is None:
        return list(columns)
    wanted = [str(name) for name in named]
    if target in wanted:
        raise CannotJudge(f"`model` was fitted with `{target}` among its columns: that is what it shall predict.")
    lacking = [name for name in wanted if name not in rows.columns]
    if lacking:
        raise CannotJudge(
            f"`model` was fitted on columns that fresh data do not have ({', '.join(lacking[:4])}): make new columns "
            "in a step of the pipeline, for example with `FunctionTransformer`."
        )
    return wanted


def _why_it_failed(error: Exception) -> str:
    from sklearn.exceptions import NotFittedError

    if isinstance(error, NotFittedError) or isinstance(error.__cause__, NotFittedError):
        return "`model` is not fitted: call its `fit` first."
    hint = ""
    if "could not convert string" in str(error):
        hint = " Categories need a step before the model, like the preprocessor that this notebook imports."
    return f"`model` was asked for probabilities of fresh rows and failed ({describe_error(error)}).{hint}"


def _plain(label: Any) -> Any:
    return int(label) if isinstance(label, numbers.Integral | np.bool_) else label
