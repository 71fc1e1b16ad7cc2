"""What a learner delivers: a model is asked for probabilities, a number is read, or one sentence says what's wrong."""

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
    """What was delivered can't be judged; the message is a sentence or two for the learner."""


def probabilities(model: Any, rows: pd.DataFrame, *, columns: Sequence[str], target: str) -> npt.NDArray[np.float64]:
    """Return the probability of class 1 that a fitted model predicts for each row.

    Parameters
    ----------
    model : object
        Anything with `predict_proba`, fitted on a DataFrame.
    rows : pandas.DataFrame
        All columns but the target. A model that names the columns it was fitted on gets those, in its own order.
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
        When that isn't possible.
    """
    if model is ...:
        raise CannotJudge("`model` is still `...`. Put your fitted model there.")
    if isinstance(model, type):
        raise CannotJudge(
            f"`model` is the class {model.__name__}. Make one with brackets, as in `{model.__name__}()`, and fit it."
        )
    if not hasattr(model, "predict_proba"):
        raise CannotJudge(
            f"`model` is {describe(model)} and has no `predict_proba`. Deliver the fitted model itself, not its "
            "predictions, and wrap a model that only has a `decision_function` in `CalibratedClassifierCV`."
        )
    X = rows[_columns_of(model, rows, columns, target)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about feature names, for instance; what matters is checked below
            both = np.asarray(model.predict_proba(X), dtype=float)
    except Exception as error:
        raise CannotJudge(_why_it_failed(error)) from None
    classes = [_plain(label) for label in getattr(model, "classes_", (0, 1))]
    if both.shape != (len(X), len(classes)) or sorted(map(str, classes)) != ["0", "1"]:
        raise CannotJudge(
            f"`model` knows the classes {', '.join(map(str, classes))}, and its `predict_proba` returned an array of "
            f"shape {both.shape}. It should know 0 and 1, and return a row of two probabilities per row of data."
        )
    found = both[:, [str(label) for label in classes].index("1")]
    if not (np.isfinite(found).all() and found.min() >= 0 and found.max() <= 1):
        raise CannotJudge("`predict_proba` of `model` returned numbers that aren't probabilities from 0 to 1.")
    return found


def number(name: str, answer: Any, *, what: str, whole: bool = False, low: float | None = None) -> float:
    """Return a delivered number.

    Parameters
    ----------
    name : str
        The name in the notebook.
    answer : object
        What was delivered; an array or Series of one number is fine.
    what : str
        What the number means, for the sentence.
    whole : bool
        Whether it must be a whole number.
    low : float, optional
        The lowest value that it may have.

    Raises
    ------
    CannotJudge
        When it isn't such a number.
    """
    if answer is ...:
        raise CannotJudge(f"`{name}` is still `...`. Put a number there: {what}.")
    one = answer
    if not isinstance(answer, str) and np.size(answer) == 1:
        one = np.asarray(answer, dtype=object).ravel()[0]
    if isinstance(one, bool | np.bool_) or not isinstance(one, numbers.Real) or np.isnan(float(one)):
        raise CannotJudge(f"`{name}` is {describe(answer)}. It should be a number: {what}.")
    value = float(one)
    if (whole and value != round(value)) or (low is not None and value < low):
        limit = "" if low is None else f" of {low:g} or more"
        raise CannotJudge(f"`{name}` is {value:g}. It should be a {'whole ' * whole}number{limit}: {what}.")
    return value


def _columns_of(model: Any, rows: pd.DataFrame, columns: Sequence[str], target: str) -> list[str]:
    named = getattr(model, "feature_names_in_", None)
    if named is None:
        return list(columns)
    wanted = [str(name) for name in named]
    if target in wanted:
        raise CannotJudge(
            f"`model` was fitted with `{target}` among its columns. That's the column to predict, so leave it out."
        )
    lacking = [name for name in wanted if name not in rows.columns]
    if lacking:
        raise CannotJudge(
            f"`model` was fitted on columns that new data doesn't have ({', '.join(lacking[:4])}). Make new columns in "
            "a step of the pipeline, for example with `FunctionTransformer`."
        )
    return wanted


def _why_it_failed(error: Exception) -> str:
    from sklearn.exceptions import NotFittedError

    if isinstance(error, NotFittedError) or isinstance(error.__cause__, NotFittedError):
        return "`model` isn't fitted. Call its `fit` first."
    hint = ""
    if "could not convert string" in str(error):
        hint = " Categories need a step before the model, such as a preprocessor in a pipeline."
    return f"`model` failed when it was asked for the probabilities of new rows ({describe_error(error)}).{hint}"


def _plain(label: Any) -> Any:
    return int(label) if isinstance(label, numbers.Integral | np.bool_) else label
