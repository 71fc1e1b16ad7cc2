"""Readers of the study's real data: bytes in, a table out, and nothing of a file is ever run.

Each returns a DataFrame whose columns are int64, float64, or object (text, with NaN where a value is missing).
"""

from __future__ import annotations

import gzip
import io
import lzma
import pickle
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.errors import CourseError

_MISSING = ["", "?", "<null>", "NA", "nan"]

# The names that a pickled table holds, as pandas and NumPy wrote them then and write them now. None of them is looked
# up: each becomes a stand-in that keeps what it's given, and `read_pickle` makes the table of that.
_NAMES = {
    ("builtins", "slice"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    *((f"numpy.{core}.multiarray", "_reconstruct") for core in ("core", "_core")),
    *((f"numpy.{core}.numeric", "_frombuffer") for core in ("core", "_core")),
    *(("pandas", name) for name in ("DataFrame", "Index", "RangeIndex")),
    ("pandas.core.frame", "DataFrame"),
    ("pandas.core.internals.managers", "BlockManager"),
    ("pandas._libs.internals", "_unpickle_block"),
    ("pandas.core.indexes.base", "Index"),
    ("pandas.core.indexes.base", "_new_Index"),
    ("pandas.core.indexes.range", "RangeIndex"),
}
_NUMBERS = ("i8", "f8", "b1")


class _StandIn:
    """What a name of a pickle stands for: it keeps the arguments and the state, and does nothing."""

    name = ""

    def __new__(cls, *args: Any) -> _StandIn:
        made = super().__new__(cls)
        made.args, made.state = args, None
        return made

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _NAMES:
            raise CourseError(f"the file isn't a pickled table: it names {module}.{name}, so it is not read")
        return type("_Named", (_StandIn,), {"name": name})


def _array(made: Any) -> np.ndarray:
    if made.name == "_frombuffer":
        content, kind, shape, order = made.args
    else:  # _reconstruct
        _, shape, kind, by_columns, content = made.state
        order = "F" if by_columns else "C"
    if kind.args[0] in _NUMBERS and kind.state[1] in "<|":
        return np.frombuffer(content, dtype=f"<{kind.args[0]}").reshape(shape, order=order)
    if kind.args[0] != "O8" or not isinstance(content, list):
        raise ValueError(f"a column of type {kind.args[0]}")
    values = np.empty(len(content), dtype=object)
    values[:] = content
    return values.reshape(shape, order=order)


def read_pickle(content: bytes) -> pd.DataFrame:
    """Read a table that pandas pickled and xz compressed, without running what is in it.

    Columns of numbers, yes and no, or text. The first column is left out if it is `rownames`, R's numbers of the rows.

    Raises
    ------
    CourseError
        When the file isn't a pickled table, or names anything else than the parts of one.
    """
    try:
        frame = _Unpickler(io.BytesIO(lzma.decompress(content))).load()
        blocks, (columns, rows) = frame.state["_mgr"].args
        names = list(_array(columns.args[1]["data"]))
        length = rows.args[1]["stop"]
        found: dict[str, np.ndarray] = {}
        for block in blocks:
            values, place, _ = block.args
            places = range(*place.args) if place.name == "slice" else _array(place)
            found |= {names[at]: row for at, row in zip(places, _array(values), strict=True)}
        table = pd.DataFrame({name: found[name] for name in names}, index=range(length))
    except CourseError:
        raise
    except Exception as error:  # whatever a file of another kind makes of the lines above
        raise CourseError(f"the file isn't a pickled table of numbers and text ({error})") from error
    table = table.iloc[:, 1:] if names[0] == "rownames" else table
    return pd.DataFrame({name: _tidied(table[name]) for name in table})


def _tidied(column: pd.Series) -> pd.Series:
    """Return yes and no as 1 and 0, a column of numbers with gaps as float64, and text with NaN for None."""
    if column.dtype == bool:
        return column.astype("int64")
    if column.dtype != object:
        return column
    known = column.dropna()
    if len(known) and all(isinstance(value, (bool, int, float)) for value in known):
        return column.astype("float64")
    return known.map(str).astype(object).reindex(column.index)


def read_csv(content: bytes, columns: list[str] | int | None = None, separator: str = ",") -> pd.DataFrame:
    """Read text with one row per line, gzip compressed or not.

    Parameters
    ----------
    content : bytes
        The file.
    columns : list of str or int, optional
        For a file without a header, the names of the columns, or how many there are: then they're called v1, v2, ...
    separator : str, optional
        What stands between two values; a blank stands for any number of them.
    """
    if isinstance(columns, int):
        columns = [f"v{number}" for number in range(1, columns + 1)]
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    table = pd.read_csv(
        io.BytesIO(content),
        sep=r"\s+" if separator == " " else separator,
        header=None if columns else 0,
        names=columns,
        dtype=str,
        na_values=_MISSING,
        keep_default_na=False,
        skipinitialspace=True,
    )
    return pd.DataFrame({name: _numbers_or_text(table[name]) for name in table})


def _numbers_or_text(column: pd.Series) -> pd.Series:
    text = column.astype(object).where(column.notna(), np.nan)
    try:
        return pd.to_numeric(text)
    except ValueError:
        return text.str.strip()


def read_keel(content: bytes) -> pd.DataFrame:
    """Read a KEEL or ARFF file: lines `@attribute NAME TYPE`, then `@data`, then one row per line.

    Raises
    ------
    CourseError
        When there is no such header, or a row has more or fewer values than the header names.
    """
    head, *rest = re.split(rb"(?im)^[ \t]*@data[ \t]*\r?\n", content, maxsplit=1)
    names = re.findall(r"(?im)^[ \t]*@attribute[ \t]+([^\s{]+)", head.decode("utf-8", errors="replace"))
    if not names or not rest:
        raise CourseError("the file isn't in the form of KEEL or ARFF: lines `@attribute NAME TYPE`, `@data`, and rows")
    rows = [line for line in rest[0].splitlines() if line.strip() and not line.startswith(b"%")]
    if any(line.count(b",") != len(names) - 1 for line in rows):
        raise CourseError(f"the file has a row with another number of values than the header's {len(names)}")
    return read_csv(b"\n".join(rows), names)


READERS: dict[str, Callable[..., pd.DataFrame]] = {"csv": read_csv, "keel": read_keel, "pickle": read_pickle}
