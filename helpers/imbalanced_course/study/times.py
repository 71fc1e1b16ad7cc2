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
_YEAR_AND_MONTH = r"(19|20)\d\d[./-](0?[1-9]|1[0-2])"
_TIME_OF_DAY = r"([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d)?( ?[AaPp]\.?[Mm]\.?)?"
_SHARE_OF_DATES = 0.9
_FIRST_OF_LAST_CENTURY = 69  # of years with two digits, as POSIX has it


def are_dates(text: pd.Series) -> bool:
    """Whether values of text are days, with or without a time of day, or months.

    Parameters
    ----------
    text : Series of str
        Without missing values and spaces around.
    """
    return _mostly(text, f"{_WRITTEN.pattern}|{_YEAR_AND_MONTH}|{_MONTHS.pattern}")


def are_times_of_day(text: pd.Series) -> bool:
    """Whether values of text are times of a day, such as 10:30 or 9:05 pm.

    Parameters
    ----------
    text : Series of str
        Without missing values and spaces around.
    """
    return _mostly(text, _TIME_OF_DAY)


def _mostly(text: pd.Series, pattern: str) -> bool:
    different = pd.Series(text.unique())
    return len(different) > 1 and bool(different.str.fullmatch(pattern).mean() >= _SHARE_OF_DATES)


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
    numbers = _numbers(text)
    if numbers is not None:
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


def _numbers(text: pd.Series) -> pd.Series | None:
    """Return numbers with a decimal point or comma, and separated thousands where that can't be a decimal mark."""
    orders: list[pd.Series] = []
    for mark, between in (".,", ",."):
        thousands = rf"[-+]?[1-9]\d{{0,2}}(?:{re.escape(between)}\d{{3}})+(?:{re.escape(mark)}\d*)?"
        if text[text.str.contains(between, regex=False)].str.fullmatch(thousands).all():
            plain = text.str.replace(between, "", regex=False).str.replace(mark, ".", regex=False)
            orders.append(pd.to_numeric(plain, errors="coerce"))
    orders = [one for one in orders if one.notna().all()]
    if not orders:
        numbers = pd.to_numeric(text.str.replace(",", ".", regex=False), errors="coerce")
        return numbers if numbers.notna().all() else None
    if not orders[0].rank(method="dense").equals(orders[-1].rank(method="dense")):
        one = text[text.str.contains("[.,]")].iloc[0]
        raise ValueError(
            f"the time {text.name!r} has numbers such as {one!r}, which can be one or a thousand times as large: write "
            "them with a decimal point, and with nothing between thousands"
        )
    return orders[0]


def _year_first(text: pd.Series, parts: pd.DataFrame) -> pd.Series:
    """Return days such as 25.04.2024 as 2024-04-25; one value that leaves no choice decides for all of them."""
    first, second, year = (parts[place].astype(int) for place in (0, 2, 3))
    unclear = (parts[1] == "-") & (parts[3].str.len() == 2)
    if unclear.any() and (year[unclear] <= 31).all():
        raise ValueError(
            f"the time {text.name!r} has dates such as {text[unclear].iloc[0]!r}, and it isn't clear which number is "
            "the year: write them as 2024-12-31"
        )
    day_first, month_first = bool((first > 12).any()), bool((second > 12).any())
    if not (day_first or month_first):
        day_first = bool((parts[1] == ".").all())
    if day_first == month_first:
        raise ValueError(
            f"the time {text.name!r} has dates such as {text.iloc[0]!r}, and it isn't clear which number is the month: "
            "write them as 2024-12-31"
        )
    day, month = (first, second) if day_first else (second, first)
    year = year.mask(parts[3].str.len() == 2, year + np.where(year < _FIRST_OF_LAST_CENTURY, 2000, 1900))
    written = year.astype(str).str.zfill(4) + "-" + month.astype(str).str.zfill(2) + "-" + day.astype(str).str.zfill(2)
    return written + parts[4].str.replace(r"^,?\s*(?=\d)", " ", regex=True)


def _neither(values: pd.Series, one: object) -> ValueError:
    return ValueError(
        f"the time {values.name!r} has values that are neither numbers nor dates, such as {one!r}: write dates as "
        "2024-12-31"
    )
