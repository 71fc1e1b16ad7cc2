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
_TIME_OF_DAY = r"([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d(\.\d+)?)?( ?[AaPp]\.?[Mm]\.?)?"
_MONTH = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_OTHER_DATES = (
    rf"{_MONTH}\.?[ /’'-]*(\d\d|\d{{4}})|\d{{1,2}}\.?[ /-]?{_MONTH}([ ./-]*(\d\d|\d{{4}})\b.*)?"
    r"|(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.|\d{4}[ -]?Q[1-4]|Q[1-4][ /-]?\d{4}|\d{4}-?W\d\d(-?\d)?"
)
_YEAR = re.compile(r"(?<![\d+])[12]\d{3}(?!\d)|\d+[./-]\d+[./-]\d+|(?<!\d)\d{8}(?!\d)")
_SHORT_YEAR = re.compile(rf"(\d\.?[ /-]?{_MONTH}[., /-]*|{_MONTH}\.? \d{{1,2}},? )['’]?(\d\d)(?!\.?[\d:])")
_MONTH_OR_DAY = re.compile(rf"({_MONTH}|0?[1-9]|1[0-2])(\.?[ /-]|\.? ?[’'])(\d\d)")
_QUARTER = re.compile(r"^(\d{4})[ -]?Q([1-4])$")
_DAYS_IN_DIGITS = (
    r"((0?[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])|(0?[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(19|20)\d\d"  # 31122024, 12312024
)
_DAYS_OF_A_YEAR = r"(0?[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.?"
_BEFORE_DAYS = re.compile(
    rf"^(?:[^\W\d]{{2,10}}[.,]* )?(?:(?P<at>{_TIME_OF_DAY}),? )?(?P<day>\d{{1,2}}[./-]\d{{1,2}}[./-]\d.*)"
)
_SHARE_OF_DATES = 0.9
_FIRST_OF_LAST_CENTURY = 69  # of years with two digits, as POSIX has it
_MOST_DAYS = 31
_MONTHS_IN_ORDER = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def are_dates(text: pd.Series) -> bool:
    """Whether values of text are days, with or without a time of day, or months.

    Parameters
    ----------
    text : Series of str
        Without missing values and spaces around.
    """
    return _mostly(text, f"{_WRITTEN.pattern}|{_YEAR_AND_MONTH}|{_MONTHS.pattern}|{_OTHER_DATES}")


def are_days_in_digits(numbers: pd.Series) -> bool:
    """Whether numbers are days such as 20240131.

    Parameters
    ----------
    numbers : Series of float
        Without missing values.
    """
    different = pd.Series(numbers.unique())
    if len(different) < 2 or not different.between(19_000_101, 21_001_231).all() or (different % 1).any():
        return False
    return bool(pd.to_datetime(different.astype(int).astype(str), format="%Y%m%d", errors="coerce").notna().all())


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
    elif pd.api.types.is_integer_dtype(values):
        _require_year_first(values.astype(str))
    elif not np.isfinite(pd.to_numeric(values).to_numpy(dtype=float)).all():
        raise ValueError(f"the time {values.name!r} has infinite values: correct or remove these rows")
    return values.rank(method="dense").to_numpy().astype(int)


def _parsed(text: pd.Series) -> pd.Series:
    if text.str.fullmatch(_MONTHS.pattern).all():
        return pd.to_datetime(text.str.replace(_MONTHS.pattern, r"\2-\1", regex=True), format="%Y-%m")
    _require_year_first(text)
    numbers = _numbers(text)
    if numbers is not None:
        return numbers
    if not text.str.contains(r"\d").all():
        raise _neither(text, text[~text.str.contains(r"\d")].iloc[0])
    days_first = text.str.replace(_BEFORE_DAYS, lambda found: f"{found['day']} {found['at'] or ''}".strip(), regex=True)
    text = _with_years(days_first)
    parts = text.str.extract(_DAYS.pattern)
    written = parts[0].notna()
    if written.any():
        text = text.mask(written, _year_first(text[written], parts[written]))
    try:
        return pd.to_datetime(text, format="mixed", utc=True)
    except (ValueError, TypeError, OverflowError):
        found = text.map(lambda one: pd.to_datetime(one, errors="coerce", utc=True))
        raise _neither(text, text[found.isna()].iloc[0] if found.isna().any() else text.iloc[0]) from None


def _require_year_first(text: pd.Series) -> None:
    """Refuse days that look like numbers, whose order as numbers isn't that of the days."""
    if text.str.fullmatch(_DAYS_IN_DIGITS).all():
        raise ValueError(
            f"the time {text.name!r} has dates such as {text.iloc[0]!r}, in which the year isn't first: write them as "
            "2024-12-31"
        )
    if text.str.fullmatch(_DAYS_OF_A_YEAR).all() and text.str.contains(r"^0|\.0[1-9]|\.$").any():
        raise _without_year(text, text.iloc[0])


def _with_years(text: pd.Series) -> pd.Series:
    """Return times with years of four digits, as pandas takes a date without one for a date of the current year."""
    of_day = text.str.fullmatch(_TIME_OF_DAY)
    if of_day.any():
        raise ValueError(
            f"the time {text.name!r} has times of day such as {text[of_day].iloc[0]!r}, which have no order without "
            "their dates: write them as 2024-12-31 19:00"
        )
    if text.str.fullmatch(_MONTH_OR_DAY.pattern).all():
        return _months_of_years(text)
    text = text.str.replace(_QUARTER, lambda found: f"{found[1]}-{3 * int(found[2]) - 2:02}", regex=True)
    text = text.str.replace(_SHORT_YEAR, _century_added, regex=True)
    without = ~text.str.contains(_YEAR)
    if without.any():
        raise _without_year(text, text[without].iloc[0])
    return text


def _months_of_years(text: pd.Series) -> pd.Series:
    """Return Feb '23 or 2/99 as 2023-02 or 1999-02; one value that can't be a day decides for all of them."""
    parts = text.str.extract(_MONTH_OR_DAY)
    year = parts[2].astype(int)
    if not (parts[1].str.contains("[’']") | (year > _MOST_DAYS) | (year == 0)).any():
        raise ValueError(
            f"the time {text.name!r} has dates such as {text.iloc[0]!r}, and it isn't clear whether "
            f"{parts[2].iloc[0]} is a day or a year: write months as 2024-12, and days as 2024-12-31"
        )
    month = parts[0].map(lambda one: one if one.isdigit() else _MONTHS_IN_ORDER.index(one[:3].casefold()) + 1)
    return _of_century(year).astype(str) + "-" + month.astype(str).str.zfill(2)


def _century_added(found: re.Match[str]) -> str:
    return found[1] + str(_of_century(pd.Series([int(found[2])])).iloc[0])


def _of_century(year: pd.Series) -> pd.Series:
    """Return years of two digits with four."""
    return year + np.where(year < _FIRST_OF_LAST_CENTURY, 2000, 1900)


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
    year = year.mask(parts[3].str.len() == 2, _of_century(year))
    written = year.astype(str).str.zfill(4) + "-" + month.astype(str).str.zfill(2) + "-" + day.astype(str).str.zfill(2)
    return written + parts[4].str.replace(r"^,?\s*(?=\d)", " ", regex=True)


def _without_year(values: pd.Series, one: object) -> ValueError:
    return ValueError(
        f"the time {values.name!r} has values without a year, such as {one!r}: write days as 2024-12-31, and months "
        "as 2024-12"
    )


def _neither(values: pd.Series, one: object) -> ValueError:
    return ValueError(
        f"the time {values.name!r} has values that are neither numbers nor dates, such as {one!r}: write dates as "
        "2024-12-31"
    )
