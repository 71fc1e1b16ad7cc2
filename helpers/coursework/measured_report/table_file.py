"""Reading somebody's table from a file: CSV or Parquet, and one clear sentence for everything else."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from imbalanced_course.errors import WrongUsage
from imbalanced_course.study import Table, as_table

MOST_BYTES = 500_000_000
"""A larger file would need more memory than a learner's machine has to spare."""

_PARQUET = (".parquet", ".pq")
_LEAVE_OUT = "you can leave a column out with `--drop`"


def read_frame(path: Path) -> pd.DataFrame:
    """Return a table as pandas reads it.

    Parameters
    ----------
    path : Path
        A file in Parquet (`.parquet`, `.pq`) or, by any other name, in CSV: with commas, semicolons (and decimal
        commas) or tabs, packed or not.

    Raises
    ------
    WrongUsage
        When there is no such file, it's too large, or it's no table.
    """
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "doesn't exist"
        raise WrongUsage(f"{path} {what}: name a table, a file in CSV or Parquet")
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise WrongUsage(
            f"{path} has {size / 1e6:,.0f} MB, and a table can have {MOST_BYTES / 1e6:g} MB at most: "
            "save a random sample of its rows"
        )
    if size == 0:
        raise WrongUsage(f"{path} is empty: name a table with a row of column names and rows of values")
    frame = _parquet(path) if path.suffix.lower() in _PARQUET else _csv(path)
    if frame.shape[1] < 2:
        raise WrongUsage(
            f"{path} has one column only: name a table, in CSV with commas, semicolons, or tabs, or in Parquet"
        )
    return frame


def read_table(
    path: Path,
    target: str,
    *,
    positive: str | None = None,
    group: str | None = None,
    time: str | None = None,
    drop: Sequence[str] = (),
) -> Table:
    """Return a file as a table that can be measured; see `study.as_table`.

    Raises
    ------
    WrongUsage
        When the file or one of its columns can't be used, in one sentence.
    """
    frame = read_frame(path)
    unknown = [name for name in drop if name not in frame]
    if unknown:
        raise WrongUsage(f"{path} has no column {unknown[0]!r} to drop; it has {', '.join(map(repr, frame))}")
    if target in drop:
        raise WrongUsage(f"{target!r} is the target: leave it out of `--drop`")
    try:
        return as_table(frame.drop(columns=list(drop)), target, positive=positive, group=group, time=time)
    except ValueError as error:
        raise WrongUsage(in_words(path, error)) from None


def in_words(path: Path, error: ValueError) -> str:
    """Return what is wrong with a table as the sentence of the command."""
    said = str(error).replace("name the positive one", "name the positive one with `--positive`")
    said = said.replace("name it as the time", "name it with `--time`")
    said = said.replace("use fewer folds", "collect more positives, or measure without `--time` or `--group`")
    what_to_do = re.sub(r"'[^']*'", "", said).split(": ")[-1]  # without the columns' names
    leaves_out = re.search(r"\bdrop\b", what_to_do) and "rows" not in what_to_do
    return f"in {path}, {said}" + (f" ({_LEAVE_OUT})" if leaves_out else "")


def _parquet(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except ImportError:
        raise WrongUsage(
            "reading Parquet needs a package: run `pip install pyarrow`, or save the table as CSV"
        ) from None
    except Exception as error:  # pyarrow has many kinds of errors, and none of them says what to do
        raise WrongUsage(f"{path} isn't a Parquet file: name a table in CSV or Parquet") from error


def _csv(path: Path) -> pd.DataFrame:
    options: dict[str, Any] = {"sep": _separator(path), "encoding": "utf-8-sig", "low_memory": False}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame: pd.DataFrame = pd.read_csv(path, **options)
    except UnicodeDecodeError:
        raise WrongUsage(f"{path} isn't a table: name one in CSV (encoded as UTF-8) or in Parquet") from None
    except (ValueError, OSError, EOFError, pd.errors.ParserError) as error:
        reason = str(error).strip().splitlines()[0].rstrip(".").replace(": ", ", ") if str(error).strip() else "no rows"
        raise WrongUsage(f"{path} isn't a table that can be read ({reason}): name one in CSV or Parquet") from None
    if options["sep"] == ";" and any(_has_decimal_commas(frame[name]) for name in frame):
        frame = pd.read_csv(path, decimal=",", **options)
    if "\0" in "".join(map(str, frame.columns)):
        raise WrongUsage(f"{path} isn't a table: name one in CSV or Parquet")
    return frame


def _has_decimal_commas(column: pd.Series) -> bool:
    values = column.dropna()
    return not is_numeric_dtype(values) and bool(values.astype(str).str.fullmatch(r"\s*-?\d*,\d+\s*|-?\d+").all())


def _separator(path: Path) -> str:
    """Return the separator that splits the first line into most parts."""
    from pandas.io.common import get_handle  # type: ignore[import-not-found]

    first = ""
    with contextlib.suppress(Exception), get_handle(path, "r", encoding="utf-8-sig", compression="infer") as file:
        first = file.handle.readline()
    return max(",;\t", key=first.count) if first else ","
