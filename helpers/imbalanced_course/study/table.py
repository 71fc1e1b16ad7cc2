"""A table as the study takes it: numbers and categories, labels 0 and 1, and which rows belong together."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.study.times import are_dates, are_days_in_digits, are_times_of_day, as_order

MOST_CATEGORIES = 100
"""A column of text with more different values than these is taken for free text or names, and refused."""

MISSING = "(missing)"
_YES = {"1", "yes", "y", "true", "t", "ja", "j", "oui", "o", "si", "sí", "s", "sim", "tak", "positive", "pos"}
_NO = {"0", "-1", "no", "n", "false", "f", "nein", "non", "não", "nie", "negative", "neg"}
_NO_ANSWER = ("?", "-", "--", ".")
_LARGEST_EXACT = 2**53
_LARGEST = 1e30  # trees take numbers of 32 bits, and scaling squares them


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
    positive : str
        The target's value for the positive class.

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
    positive: str = "1"


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
        Its value for the positive class; all others are negative. By default the larger
        of 0 and 1 or -1 and 1, yes of yes and no (in some languages), or the rarer of two values.
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
    roles = [name for name in (target, group, time) if name is not None]
    if len(set(roles)) < len(roles):
        raise ValueError(f"{max(roles, key=roles.count)!r} can't be two of target, group, and time: name another one")
    if frame.empty:
        raise ValueError("the table has no rows")
    y, value = _labels(frame[target], positive)
    X = frame.drop(columns=roles)
    if X.empty:
        raise ValueError("the table has no column to predict from")
    features = [str(name) for name in X.columns]
    X = _features(X).reset_index(drop=True)
    nothing = [name for name in features if (X[name].isna() | (X[name] == MISSING)).all()]
    if nothing:
        verb, them = ("holds", "it") if len(nothing) == 1 else ("hold", "them")
        raise ValueError(f"{_quoted(nothing)} {verb} no value at all: drop {them}")
    told = [name for name in features if _tells_all(X[name], y)]
    if told:
        many = len(told) > 1
        raise ValueError(
            f"{_quoted(told)} alone {'give' if many else 'gives'} the target in every row: "
            + ("they are" if many else "it is")
            + f" the target in other words, or known only afterwards, so drop {'them' if many else 'it'}"
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
        positive=value,
    )


def _labels(values: pd.Series, positive: Any) -> tuple[np.ndarray, str]:
    """Return labels, and the value of the positive class."""
    name = str(values.name)
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.cat.remove_unused_categories()  # a category that no row has is no class
    if not (pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values)):
        values = values.map(lambda one: one.strip() if isinstance(one, str) else one, na_action="ignore")
        values = values.mask(values.isin(["", *_NO_ANSWER]))
    missing = int(values.isna().sum())
    if missing and values.nunique() == 1:
        raise ValueError(
            f"the target {name!r} is {_some(values.dropna().unique())}, or missing in {missing:,} rows: if missing is "
            "the other class, write a word such as no in these rows"
        )
    if missing:
        raise ValueError(f"the target {name!r} is missing in {missing:,} rows: drop these rows")
    counts = values.value_counts()
    if len(counts) == 1:
        raise ValueError(
            f"the target {name!r} has one value only, {_some(counts.index)}: there is nothing to tell apart"
        )
    written = pd.Series(counts.index.astype(str))
    alike = counts.index[written.str.casefold().duplicated(keep=False)]
    if len(alike):
        raise ValueError(f"the target {name!r} has {_some(alike)}: write the same value in the same way")
    if positive is not None:
        one = _value(counts.index, positive)
        if one is None:
            raise ValueError(f"the target {name!r} never has the value {positive!r}; it has {_some(counts.index)}")
    elif len(counts) > 2:
        raise ValueError(
            f"the target {name!r} has {len(counts):,} values ({_some(counts.index)}): name the positive one"
        )
    else:
        one = _positive_of(counts)
        if one is None:
            raise ValueError(f"the target {name!r} has {_some(counts.index)} equally often: name the positive one")
    return (values == one).to_numpy().astype(int), f"{one:g}" if isinstance(one, float) else str(one)


def _value(there: pd.Index, named: Any) -> Any:
    """Return which value of a target is meant; None where there is no such value."""
    text = str(named).strip()
    ways: tuple[Callable[[Any], bool], ...] = (
        lambda value: bool(value == named) or str(value) == text,
        lambda value: str(value).casefold() == text.casefold(),
        lambda value: float(value) == float(text),
    )
    for same in ways:
        for value in there:
            with contextlib.suppress(ValueError, TypeError):
                if same(value):
                    return value
    return None


def _positive_of(counts: pd.Series) -> Any:
    """Return which of two values is the positive one; None where nothing tells."""
    for one, other in (counts.index, counts.index[::-1]):
        if _answer(one) in _YES and _answer(other) in _NO:
            return one
    return None if counts.iloc[0] == counts.iloc[1] else counts.index[-1]


def _answer(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float | np.number) else str(value).casefold()


def _features(X: pd.DataFrame) -> pd.DataFrame:
    """Return the columns as float64 or as text; all that have too many different values are named at once."""
    found, texts = {}, {}
    for name in map(str, X.columns):
        column = _feature(X[name])
        found[name] = column
        if column.dtype != "float64" and (different := X[name].dropna().astype(str).str.strip().nunique()) > (
            MOST_CATEGORIES
        ):
            texts[name] = different
    if len(texts) == 1:
        name, different = next(iter(texts.items()))
        raise ValueError(
            f"{name!r} holds text with {different:,} different values: drop it, or make a few categories of it"
        )
    if texts:
        raise ValueError(
            f"{_quoted(list(texts))} hold text with more than {MOST_CATEGORIES} different values: drop them, or make a "
            "few categories of each"
        )
    return pd.DataFrame(found, index=X.index)


def _feature(values: pd.Series) -> pd.Series:
    """Return a column as float64 or as text."""
    name = str(values.name)
    dates = f"{name!r} holds dates: name it as the time, or make numbers of it, such as days since a start"
    if pd.api.types.is_datetime64_any_dtype(values) or pd.api.types.is_timedelta64_dtype(values):
        raise ValueError(dates)
    if pd.api.types.is_bool_dtype(values):
        return values.astype("float64")
    if pd.api.types.is_numeric_dtype(values):
        if pd.api.types.is_integer_dtype(values):
            _require_exact(values)
        numbers = values.astype("float64")
        if are_days_in_digits(numbers.dropna()):
            raise ValueError(dates)
        if np.isinf(numbers).any():
            raise ValueError(f"{name!r} holds infinite values: make them missing, or drop the rows")
        if (largest := numbers.abs().max()) > _LARGEST:
            raise ValueError(f"{name!r} holds a number as large as {largest:g}: make it missing, or drop the rows")
        return numbers
    there = values.dropna()
    text = there.astype(str).str.strip()
    text = text[text != ""]
    as_numbers = pd.to_numeric(text, errors="coerce")
    if not isinstance(values.dtype, pd.CategoricalDtype) and as_numbers.notna().all():
        if text.str.fullmatch(r"[-+]?\d+").all():
            _require_exact(text.map(int).rename(name))
        return _feature(as_numbers.astype("float64").reindex(values.index).rename(name))
    if are_dates(text):
        raise ValueError(dates)
    if are_times_of_day(text):
        raise ValueError(f"{name!r} holds times of day: make numbers of it, such as hours")
    return text.reindex(values.index).fillna(MISSING).astype(object).rename(name)


def _require_exact(values: pd.Series) -> None:
    """Refuse whole numbers that would be one number with their neighbors."""
    large = [value for value in (values.min(), values.max()) if not pd.isna(value) and abs(int(value)) > _LARGEST_EXACT]
    if large:
        raise ValueError(
            f"{values.name!r} has whole numbers such as {large[0]}, too long to keep their last digits: drop it if "
            "it's an identifier, or write a letter before each value if they are codes"
        )


def _tells_all(values: pd.Series, y: np.ndarray) -> bool:
    """Whether one column gives the label without a single error: by its values, by one cut, or by being known."""
    known = (values.notna() & (values != MISSING)).to_numpy()
    if np.array_equal(known, y == 1) or np.array_equal(known, y == 0):
        return True
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

    group = _names_of_groups(group)
    if group.isna().any():
        raise ValueError(f"the group {group.name!r} is missing in {int(group.isna().sum()):,} rows: drop these rows")
    of_group = pd.factorize(group)[0] + codes.max() + 1
    size = int(of_group.max()) + 1
    links = coo_array((np.ones(len(codes)), (codes, of_group)), shape=(size, size))
    return np.asarray(connected_components(links, directed=False)[1])[codes]


def _names_of_groups(group: pd.Series) -> pd.Series:
    """Return groups so that one that is written in two ways is one: with a space, or as 1 and 1.0."""
    if pd.api.types.is_numeric_dtype(group):
        return group
    text = group.map(lambda one: str(one).strip(), na_action="ignore").astype(object)
    text = text.str.replace(r"^([-+]?\d+)\.0+$", r"\1", regex=True)
    return text.mask(text == "")


def _times(values: pd.Series) -> np.ndarray:
    if values.isna().any():
        raise ValueError(f"the time {values.name!r} is missing in {int(values.isna().sum()):,} rows: drop these rows")
    return as_order(values)


def _quoted(names: list[str]) -> str:
    shown = ", ".join(map(repr, names[:8]))
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown


def _some(values: Any) -> str:
    return _quoted([value.item() if isinstance(value, np.generic) else value for value in values])
