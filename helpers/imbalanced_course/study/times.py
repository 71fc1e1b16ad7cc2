"""Times as people write them, in an order that doesn't depend on a guess."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

_DAYS = re.compile(r"^(\d{1,2})([./-])(\d{1,2})[./-](\d{2}|\d{4})(?!\d)(.*)")
_MONTHS = re.compile(r"(0?[1-9]|1[0-2])[./-]((?:19|20)\d\d)")
_WRITTEN = re.compile(
    r"\d{4}[./-]\d{1,2}[./-]\d{1,2}(?!\d).*|\d{1,2}[./-]\d{1,2}[./-](\d{2}|\d{4})(?!\d).*"
    r"|(\w{3,9},? )?\d{1,2}\.? (\w{3,9})\.?,? \d{4}.*|(\w{3,9},? )?[A-Za-z]{3,9}\.? \d{1,2},? \d{4}.*"
)
_SHARE_OF_DATES = 0.9


def are_dates(text: pd.Series) -> bool:
    """Whether values of text are days, with or without a time of day.

    Parameters
    ----------
    text : Series of str
        Without missing values and spaces around.
    """
    different = pd.Series(text.unique())
    return len(different) > 1 and bool(different.str.fullmatch(_WRITTEN.pattern).mean() >= _SHARE_OF_DATES)


def as_order(values: pd.Series) -> np.ndarray:
    """Return for each value its place in time, from 1; equal times share one.

    Parameters
    ----------
    values : Series
        Numbers, dates, or text with one of them, none missing.

    Raises
    ------
    ValueError
        When a value is neither a number nor a date, or a date can be read in two ways, in one sentence.
    """
    if pd.api.types.is_bool_dtype(values):
        raise _neither(values, values.iloc[0])
    if not (pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values)):
        values = _parsed(values.astype(str).str.strip())
    elif not np.isfinite(pd.to_numeric(values).to_numpy(dtype=float)).all():
        raise ValueError(f"the time {values.name!r} has infinite values: correct or remove these rows")
    return values.rank(method="dense").to_numpy().astype(int)


def _parsed(text: pd.Series) -> pd.Series:
    if text.str.fullmatch(_MONTHS.pattern).all():
        return pd.to_datetime(text.str.replace(_MONTHS.pattern, r"\2-\1", regex=True), format="%Y-%m")
    numbers = pd.to_numeric(text.str.replace(",", "."), errors="coerce")
    if numbers.notna().all():
        return numbers
    if not text.str.contains(r"\d").all():
        raise _neither(text, text[~text.str.contains(r"\d")].iloc[0])
    parts = text.str.extract(_DAYS.pattern)
    written = parts[0].notna()
    if written.any():
        text = text.mask(written, _year_first(text[written], parts[written]))
    try:
        return pd.to_datetime(text, format="mixed", utc=True)
    except (ValueError, TypeError, OverflowError):
        found = text.map(lambda one: pd.to_datetime(one, errors="coerce", utc=True))
        raise _neither(text, text[found.isna()].iloc[0] if found.isna().any() else text.iloc[0]) from None


def _year_first(text: pd.Series, parts: pd.DataFrame) -> pd.Series:
    """Return days such as 25.04.2024 as 2024-04-25; one value that leaves no choice decides for all of them."""
    first, second = parts[0].astype(int), parts[2].astype(int)
    day_first, month_first = bool((first > 12).any()), bool((second > 12).any())
    if not (day_first or month_first):
        day_first = bool((parts[1] == ".").all())
    if day_first == month_first:
        raise ValueError(
            f"the time {text.name!r} has dates such as {text.iloc[0]!r}, and it isn't clear which number is the month: "
            "write them as 2024-12-31"
        )
    day, month = (first, second) if day_first else (second, first)
    year = parts[3].where(parts[3].str.len() == 4, "20" + parts[3])
    written = year + "-" + month.astype(str).str.zfill(2) + "-" + day.astype(str).str.zfill(2)
    return written + parts[4].str.replace(r"^,?\s*(?=\d)", " ", regex=True)


def _neither(values: pd.Series, one: object) -> ValueError:
    return ValueError(
        f"the time {values.name!r} has values that are neither numbers nor dates, such as {one!r}: write dates as "
        "2024-12-31"
    )
