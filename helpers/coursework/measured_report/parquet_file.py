"""Reading somebody's table from a Parquet file, which keeps more than a table in CSV can: an index, bytes, lists."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.types import is_object_dtype

from coursework.measured_report.packed_file import is_parquet
from imbalanced_course.errors import WrongUsage

_NAME_TWICE = re.compile(r"Multiple matches for FieldRef\.Name\((.*?)\)")


def read_parquet(path: Path) -> pd.DataFrame:
    """Return a table whose columns have texts as names, with an index that has names among them.

    Raises
    ------
    WrongUsage
        When it can't be read, or has a name more than once.
    """
    try:
        frame = pd.read_parquet(path)
    except ImportError:
        raise WrongUsage(
            "reading Parquet needs a package: run `pip install pyarrow`, or save the table as CSV"
        ) from None
    except Exception as error:  # pyarrow has many kinds of errors, and none of them says what to do
        raise WrongUsage(_unreadable(path, str(error))) from error
    # Names are given in the command line, which has no numbers and no pairs of names.
    frame.columns = pd.Index([_as_text(name) for name in frame.columns])
    named = [_as_text(name) for name in frame.index.names if name is not None]
    names = [*named, *frame.columns]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise WrongUsage(_name_twice(path, twice[0]))
    if named:  # pandas saves as an index what is a column for whoever measures, such as the patient or the day
        index = frame.index.to_frame(index=False).set_axis(list(frame.index.names), axis=1)
        kept = index[[name for name in index if name is not None]].set_axis(named, axis=1)
        frame = pd.concat([kept, frame.reset_index(drop=True)], axis=1)
    return frame


def values_as_text(path: Path, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with bytes as text.

    Raises
    ------
    WrongUsage
        When a column has bytes that are no text, or values that are tables of their own.
    """
    changed: dict[str, pd.Series] = {}
    for name in [str(one) for one in frame if is_object_dtype(frame[one])]:
        if frame[name].map(lambda one: isinstance(one, list | dict | tuple | np.ndarray)).any():
            raise WrongUsage(f"in {path}, {name!r} has lists in it: leave the column out with `--drop`")
        if frame[name].map(lambda one: isinstance(one, bytes)).any():
            try:
                changed[name] = frame[name].map(lambda one: one.decode() if isinstance(one, bytes) else one)
            except UnicodeDecodeError:
                raise WrongUsage(
                    f"in {path}, {name!r} has bytes that are no text: leave the column out with `--drop`"
                ) from None
    return frame.assign(**changed)


def _as_text(name: object) -> str:
    levels = name if isinstance(name, tuple) else (name,)
    return " ".join(text for level in levels if (text := str(level).strip()))


def _name_twice(path: Path, name: str) -> str:
    return f"{path} has the column {name!r} more than once: rename one"


def _unreadable(path: Path, said: str) -> str:
    if found := _NAME_TWICE.match(said):
        return _name_twice(path, found[1].strip())
    if is_parquet(path):
        return f"{path} is in Parquet, but is broken or has columns that pandas can't read: save it as CSV"
    return f"{path} isn't a Parquet file: name a table in CSV or Parquet"
