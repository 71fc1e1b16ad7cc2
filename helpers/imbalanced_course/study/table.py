"""A table as the study takes it: numbers and categories, labels 0 and 1, and which rows belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

MOST_CATEGORIES = 100
"""A column of text with more different values than these is taken for free text or names, and refused."""

MISSING = "(missing)"
_SHARE_OF_DATES = 0.9


@dataclass(frozen=True)
class Table:
    """Rows that can be learned from, as `as_table` makes them.

    Attributes
    ----------
    X : DataFrame of shape (n, n_features)
        `numbers` as float64 (NaN where missing), `categories` as text (`MISSING` where missing).
    y : ndarray of shape (n,)
        1 for the positive class, 0 for the other.
    numbers, categories : list of str
        The columns of each kind.
    together : ndarray of shape (n,)
        Rows with the same number are never on both sides of a split. These are rows of one group, and equal rows.
    time : ndarray of shape (n,), optional
        Ranks by which the rows are ordered, as whole numbers from 1.
    duplicates : int
        Rows that equal an earlier one in every feature.

    See Also
    --------
    as_table : Makes a table of a DataFrame.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from imbalanced_course import study
    >>> rng = np.random.default_rng(0)
    >>> frame = pd.DataFrame({"size": rng.normal(size=400), "color": rng.choice(["red", "blue"], 400)})
    >>> frame["broken"] = (frame["size"] + rng.normal(size=400) > 2).astype(int)
    >>> table = study.as_table(frame, "broken")
    >>> table.numbers, table.categories, int(table.y.sum())
    (['size'], ['color'], 26)
    """

    X: pd.DataFrame
    y: np.ndarray
    numbers: list[str]
    categories: list[str]
    together: np.ndarray
    time: np.ndarray | None = None
    duplicates: int = 0


def as_table(
    frame: pd.DataFrame,
    target: str,
    *,
    positive: Any = None,
    group: str | None = None,
    time: str | None = None,
) -> Table:
    """Return a DataFrame as a table that the study can use.

    Parameters
    ----------
    frame : DataFrame
        Features, target, and if there are any, group and time.
    target : str
        The column to predict.
    positive : object, optional
        Its value for the positive class; all others are negative. By default 1 of 0 and 1, or the rarer of two values.
    group : str, optional
        A column that names whom rows belong to; it's no feature.
    time : str, optional
        A column (numbers or dates) by which rows are ordered; it's no feature.

    Returns
    -------
    Table
        The same rows in the same order.

    Raises
    ------
    ValueError
        When the table can't be used. The message says why in one sentence, for example that a column has no value, has
        dates or free text, or gives the target away.

    See Also
    --------
    problem_of : Makes folds of the table.

    Examples
    --------
    >>> import pandas as pd
    >>> from imbalanced_course.study import as_table
    >>> frame = pd.DataFrame({"age": [31, 45, 31, 62], "city": ["Bonn", None, "Bonn", "Kiel"], "churned": list("nnyn")})
    >>> table = as_table(frame, "churned")
    >>> table.y.tolist()
    [0, 0, 1, 0]
    >>> table.X["city"].tolist()
    ['Bonn', '(missing)', 'Bonn', 'Kiel']

    The first and the third row are equal, so they stay together:

    >>> table.together.tolist(), table.duplicates
    ([0, 1, 0, 2], 1)
    >>> as_table(frame, "left")
    Traceback (most recent call last):
        ...
    ValueError: there is no column 'left' for the target; the table has 'age', 'city', 'churned'
    """
    names = [str(name) for name in frame.columns]
    frame = frame.set_axis(names, axis=1)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"the table has the column {_quoted(twice[:1])} more than once: rename one")
    for role, name in (("target", target), ("group", group), ("time", time)):
        if name is not None and name not in names:
            raise ValueError(f"there is no column {name!r} for the {role}; the table has {_quoted(names)}")
    if frame.empty:
        raise ValueError("the table has no rows")
    y = _labels(frame[target], positive)
    X = frame.drop(columns=[name for name in (target, group, time) if name is not None])
    if X.empty:
        raise ValueError("the table has no column to predict from")
    features = [str(name) for name in X.columns]
    nothing = [name for name in features if X[name].isna().all()]
    if nothing:
        raise ValueError(f"{_quoted(nothing)} {'holds' if len(nothing) == 1 else 'hold'} no value at all: drop")
    X = pd.DataFrame({name: _feature(X[name]) for name in features}, index=X.index).reset_index(drop=True)
    told = [name for name in features if _tells_all(X[name], y)]
    if told:
        raise ValueError(
            f"{_quoted(told[:1])} alone gives the target in every row: it is the target in other words, "
            "or known only afterwards, so drop it"
        )
    numbers = [name for name in features if X[name].dtype == "float64"]
    equal = pd.util.hash_pandas_object(X, index=False).to_numpy()
    return Table(
        X=X,
        y=y,
        numbers=numbers,
        categories=[name for name in features if name not in numbers],
        together=_together(equal, None if group is None else frame[group]),
        time=None if time is None else _times(frame[time]),
        duplicates=len(equal) - len(np.unique(equal)),
    )


def _labels(values: pd.Series, positive: Any) -> np.ndarray:
    name = str(values.name)
    missing = int(values.isna().sum())
    if missing:
        raise ValueError(f"the target {name!r} is missing in {missing:,} rows: drop these rows")
    counts = values.value_counts()
    if len(counts) == 1:
        raise ValueError(
            f"the target {name!r} has one value only, {_some(counts.index)}: there is nothing to tell apart"
        )
    if positive is not None:
        same = (values == positive) | (values.astype(str) == str(positive))
        if not same.any():
            raise ValueError(f"the target {name!r} never has the value {positive!r}; it has {_some(counts.index)}")
        return np.array(same, dtype=int)
    if len(counts) > 2:
        raise ValueError(
            f"the target {name!r} has {len(counts):,} values ({_some(counts.index)}): name the positive one"
        )
    if set(counts.index) == {0, 1}:
        return np.array(values, dtype=int)
    if counts.iloc[0] == counts.iloc[1]:
        raise ValueError(f"the target {name!r} has {_some(counts.index)} equally often: name the positive one")
    return np.array(values == counts.index[-1], dtype=int)


def _feature(values: pd.Series) -> pd.Series:
    """Return a column as float64 or as text."""
    name = str(values.name)
    if pd.api.types.is_datetime64_any_dtype(values) or pd.api.types.is_timedelta64_dtype(values):
        raise ValueError(
            f"{name!r} holds dates: name it as the time, or make numbers of it, such as days since a start"
        )
    if pd.api.types.is_bool_dtype(values):
        return values.astype("float64")
    if pd.api.types.is_numeric_dtype(values):
        numbers = values.astype("float64")
        if np.isinf(numbers).any():
            raise ValueError(f"{name!r} holds infinite values: make them missing, or drop the rows")
        return numbers
    there = values.dropna()
    text = there.astype(str).str.strip()
    as_numbers = pd.to_numeric(text, errors="coerce")
    if not isinstance(values.dtype, pd.CategoricalDtype) and as_numbers.notna().all():
        return _feature(as_numbers.reindex(values.index).rename(name))
    different = text.nunique()
    if different > MOST_CATEGORIES:
        dates = pd.to_datetime(text.iloc[:200], errors="coerce", format="mixed").notna().mean()
        if dates >= _SHARE_OF_DATES:
            raise ValueError(f"{name!r} holds dates: name it as the time, or make numbers of it")
        raise ValueError(
            f"{name!r} holds text with {different:,} different values: drop it, or make a few categories of it"
        )
    return text.reindex(values.index).fillna(MISSING).astype(object).rename(name)


def _tells_all(values: pd.Series, y: np.ndarray) -> bool:
    """Whether one column gives the label without a single error: by its values, or by one cut."""
    if values.isna().any():
        return False
    if 10 * values.nunique() <= len(values):
        shares = pd.Series(y).groupby(values.to_numpy()).mean()
        return bool(shares.isin([0, 1]).all())
    if values.dtype != "float64":
        return False
    positives, negatives = values[y == 1], values[y == 0]
    return bool(positives.min() > negatives.max() or positives.max() < negatives.min())


def _together(equal: np.ndarray, group: pd.Series | None) -> np.ndarray:
    """Number the rows so that equal rows and rows of a group, and whatever these connect, share a number."""
    codes = pd.factorize(equal)[0]  # by their first row, so that folds don't depend on what the features say
    if group is None:
        return codes
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if group.isna().any():
        raise ValueError(f"the group {group.name!r} is missing in {int(group.isna().sum()):,} rows: drop these rows")
    of_group = pd.factorize(group)[0] + codes.max() + 1
    size = int(of_group.max()) + 1
    links = coo_array((np.ones(len(codes)), (codes, of_group)), shape=(size, size))
    return np.asarray(connected_components(links, directed=False)[1])[codes]


def _times(values: pd.Series) -> np.ndarray:
    if values.isna().any():
        raise ValueError(f"the time {values.name!r} is missing in {int(values.isna().sum()):,} rows: drop these rows")
    if not (pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values)):
        try:
            values = pd.to_datetime(values, format="mixed")
        except (ValueError, TypeError):
            raise ValueError(f"the time {values.name!r} holds values that are neither numbers nor dates") from None
    return np.array(values.rank(method="dense"), dtype=int)


def _quoted(names: list[str]) -> str:
    shown = ", ".join(map(repr, names[:8]))
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown


def _some(values: Any) -> str:
    return _quoted([value.item() if isinstance(value, np.generic) else value for value in values])
