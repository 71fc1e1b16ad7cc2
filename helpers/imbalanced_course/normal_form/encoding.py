"""Writing a value as a JSON tree and raw bytes, never as a pickle.

JSON scalars stand for themselves; everything else is an object `{"t": type, …}`. What a check sends (arguments) arrives
exactly as it left. What an answer gives loses what makes no difference: NumPy and pandas types of numbers and texts,
the kind of sequence or mapping, iterators.
"""

from __future__ import annotations

import base64
import datetime
import enum
import io
import itertools
import math
import types
from collections import UserString, deque
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from json.encoder import encode_basestring_ascii
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.normal_form.stand_ins import MISSING, BorderError, Opaque, Stopped, Unreadable

MAX_TREE_BYTES = 16 * 2**20
MAX_BLOB_BYTES = 64 * 2**20
MAX_BLOBS = 4096
MAX_ITEMS = 600_000
MAX_DEPTH = 32  # a model in a model in a pipeline takes three or more each
# Keys that were chosen to collide make a dict or a set take the square of their number of steps.
MAX_KEYS = 20_000
ARRAY_KINDS = "biufcSUMm"
FRAME_DTYPES = {"category", "str", "string", "object", "boolean"}
# NumPy scalars that JSON holds exactly; a list may hold thousands, too many for an array each.
INLINE_SCALARS = {
    np.dtype(f"{kind}{size}").name: np.dtype(f"{kind}{size}").type
    for kind, sizes in (("b", (1,)), ("i", (1, 2, 4, 8)), ("u", (1, 2, 4, 8)), ("f", (2, 4, 8)))
    for size in sizes
}
_EXACT_INTEGER = 2**53
_SMALL_ARRAY_BYTES = 1024
# About what an item takes in the tree, besides text: so the tree's size is known without writing it.
_ITEM_BYTES, _ARRAY_HEADER_BYTES = 24, 60
# Iterators that were read before, so that reading them again gives the same: the last of them, by their id.
_MOST_ITERATORS = 50
_read_before: dict[int, tuple[Iterator[Any], list[Any], Exception | None]] = {}

Keep = Callable[[Any], tuple[str, Any] | None] | None


def encode(value: Any, keep: Keep = None) -> tuple[Any, list[bytes], list[Any]]:
    """Return a value as a JSON tree, the raw bytes that it refers to, and the objects kept behind handles.

    Parameters
    ----------
    value : object
        Whatever is to cross.
    keep : callable, optional
        Makes the value an answer, to be written in normal form. Asked for values that may not be data: returns the
        kind and the details of a handle, or None.

    Raises
    ------
    BorderError
        When the value is too deep or too large.
    """
    writer = _Writer(keep)
    tree = writer.write(value, 0)
    return tree, writer.blobs, writer.kept


def is_iterator(value: Any) -> bool:
    """Return whether this gives its items only once."""
    return isinstance(value, Iterator) and not isinstance(value, io.IOBase)


def again_and_again(iterator: Iterator[Any]) -> tuple[Iterator[Any], Iterator[Any]]:
    """Return two iterators that give what this one would have given, its error too."""
    items, error = _read(iterator)

    def once_more() -> Iterator[Any]:
        yield from items
        if error is not None:
            raise error
        yield from iterator

    return once_more(), once_more()


def _read(iterator: Iterator[Any]) -> tuple[list[Any], Exception | None]:
    """Return an iterator's items, as far as they're wanted, and the error that ended them."""
    items: list[Any] = []
    try:
        items.extend(itertools.islice(iterator, MAX_ITEMS + 1))
    except Exception as error:
        return items, error
    return items, None


def _items_of(iterator: Iterator[Any]) -> list[Any]:
    _, items, error = _read_before.pop(id(iterator), (iterator, [], None))
    if error is None:
        more, error = _read(iterator)
        items = items + more
    _read_before[id(iterator)] = iterator, items, error
    if len(_read_before) > _MOST_ITERATORS:
        del _read_before[next(iter(_read_before))]
    if error is not None:
        raise error
    return items


class _Writer:
    def __init__(self, keep: Keep) -> None:
        self.keep = keep
        self.blobs: list[bytes] = []
        self.kept: list[Any] = []
        self.items = self.keys = self.tree_bytes = self.blob_bytes = 0

    def write(self, value: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise BorderError("it is nested too deeply")
        self._count(1)
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is str:
            return self._text(value)
        if kind is float:
            return value if math.isfinite(value) else {"t": "float", "v": repr(value)}
        if kind is int:
            return value if -_EXACT_INTEGER < value < _EXACT_INTEGER else self._integer(value)
        found = self._special(value, depth)
        if found is None:
            found = self._scalar(value, depth)
        if found is None:
            found = self._table(value, depth)
        return self._other(value, depth) if found is None else found

    def _special(self, value: Any, depth: int) -> Any:
        if value is ...:
            return {"t": "ellipsis"}
        if value is MISSING:
            return {"t": "missing"}
        if value is pd.NA or value is pd.NaT:
            return {"t": "none"}
        for name, kind, note in (
            ("opaque", Opaque, "type_name"),
            ("unreadable", Unreadable, "reason"),
            ("stopped", Stopped, "reason"),
        ):
            if isinstance(value, kind):
                return {"t": name, "v": self._text(getattr(value, note)[:300])}
        return None

    def _again(self, value: Any, depth: int) -> Any:
        """Write what a value was turned into."""
        found = self.write(value, depth + 1)
        return {"t": "none"} if found is None else found

    def _scalar(self, value: Any, depth: int) -> Any:
        if isinstance(value, np.generic):
            if self.keep is None:
                return self._exact_scalar(value)
            if value.dtype.kind in "biufcSU":  # what is no number or text stays NumPy's: dates, spans of time
                return self._again(_python_scalar(value), depth)
            return self._array(value) if value.dtype.kind in "Mm" else self._again(value.item(), depth)
        if isinstance(value, enum.Enum):
            return self._again(value.value, depth)
        if isinstance(value, int):
            return self._integer(int.__index__(value))
        if isinstance(value, float):
            return self._again(float.__float__(value), depth)
        if isinstance(value, str):
            return self._text(str.__str__(value))
        if isinstance(value, complex):
            return {"t": "complex", "v": [repr(value.real), repr(value.imag)]}
        if isinstance(value, (bytes, bytearray)):
            return {"t": "bytes", "v": self._base64(bytes(value))}
        if isinstance(value, Fraction):
            return self._again(_number(value, value.denominator == 1), depth)
        if isinstance(value, Decimal):
            whole = value.is_finite() and value.adjusted() < 4000 and value == value.to_integral_value()
            return self._again(_number(value, whole), depth)
        if isinstance(value, (datetime.datetime, datetime.date)):
            return self._array(_date(value))
        return self._array(np.timedelta64(value)) if isinstance(value, datetime.timedelta) else None

    def _table(self, value: Any, depth: int) -> Any:
        """Write what belongs to NumPy, pandas or SciPy."""
        if isinstance(value, pd.Series):
            return {"t": "series", "v": self._column(value, depth, in_frame=False),
                    "i": self._index(value.index, depth), "n": self._label(value.name, depth)}  # fmt: skip
        if isinstance(value, pd.DataFrame):
            columns = [self._column(value.iloc[:, place], depth, in_frame=True) for place in range(value.shape[1])]
            return {"t": "frame", "v": columns, "i": self._index(value.index, depth),
                    "n": [self._label(name, depth) for name in value.columns], "rows": len(value)}  # fmt: skip
        if isinstance(value, pd.Index):
            return {"t": "index", "v": self._index(value, depth)}
        if isinstance(value, pd.api.extensions.ExtensionArray):
            return self._values(_plain_array(value), depth)
        if isinstance(value, np.ndarray):
            return self._values(value, depth)
        if type(value).__module__.startswith("scipy.sparse") and hasattr(value, "toarray"):
            if math.prod(value.shape) * value.dtype.itemsize > MAX_BLOB_BYTES:
                raise BorderError("it is too large")
            return self._values(value.toarray(), depth)
        return None

    def _other(self, value: Any, depth: int) -> Any:
        found = self.keep(value) if self.keep else None
        if found is not None:
            kind, details = found
            tree = self.write(details, depth + 1)
            self.kept.append(value)
            return {"t": "handle", "k": kind, "h": len(self.kept) - 1, "v": tree}
        if isinstance(value, np.random.RandomState):
            return {"t": "random", "v": self.write(list(value.get_state(legacy=True)), depth + 1)}
        if isinstance(value, tuple):
            return self._items("tuple", value, depth)
        if isinstance(value, (set, frozenset)):
            self._count_keys(len(value))
            return self._items("set", value, depth)
        if isinstance(value, Mapping):
            self._count_keys(len(value))
            pairs = [[self.write(k, depth + 1), self.write(v, depth + 1)] for k, v in list(value.items())]
            return {"t": "dict", "v": pairs}
        if isinstance(value, (list, deque, range)):
            return self._items("list", value, depth)
        return {"t": "opaque", "v": type(value).__name__[:80]} if self.keep is None else self._rare(value, depth)

    def _rare(self, value: Any, depth: int) -> Any:
        """Write what answers seldom are, by what it can do."""
        if isinstance(value, (UserString, pd.Interval, pd.Period)):
            return self._text(str(value))
        if is_dataclass(value):
            return self._again({field.name: getattr(value, field.name) for field in fields(value)}, depth)
        if isinstance(value, types.SimpleNamespace):
            return self._again(vars(value), depth)
        if isinstance(value, io.IOBase):
            return {"t": "opaque", "v": type(value).__name__[:80]}
        if isinstance(value, memoryview) or hasattr(value, "__array__") or type(value).__module__ == "array":
            return self._again(np.asarray(value), depth)
        if isinstance(value, Iterator):
            return self._items("list", _items_of(value), depth)
        if isinstance(value, Collection):
            return self._items("list", itertools.islice(value, MAX_ITEMS + 1), depth)
        for method in ("__index__", "__float__"):
            if hasattr(type(value), method):
                return self._again(getattr(type(value), method)(value), depth)
        return {"t": "opaque", "v": type(value).__name__[:80]}

    def _items(self, name: str, items: Any, depth: int) -> Any:
        return {"t": name, "v": [self.write(item, depth + 1) for item in list(items)]}

    def _values(self, array: np.ndarray, depth: int) -> Any:
        """Write an array; of an answer's what makes no difference is left out."""
        if self.keep is None:
            return self._array(array, depth)
        if isinstance(array, np.ma.MaskedArray):
            array = _without_mask(array)
        if array.dtype.kind == "V":
            return self._again(array.tolist(), depth)
        if array.dtype.kind == "O" and array.ndim and self.keep(array) is not None:  # the panels of a figure
            return self._other(array, depth)
        if array.ndim == 0:
            return self._again(array[()], depth)
        array = np.asarray(array)
        if array.dtype.kind in "fc" and array.dtype.itemsize > (8 if array.dtype.kind == "f" else 16):
            array = array.astype(float if array.dtype.kind == "f" else complex)
        return self._array(array if array.dtype.kind in ARRAY_KINDS else array.astype(object), depth)

    def _array(self, value: Any, depth: int = 0) -> Any:
        scalar = isinstance(value, np.generic)
        array = np.asarray(value)
        if array.dtype.kind == "O":
            items = [self.write(item, depth + 1) for item in array.ravel().tolist()]
            return {"t": "objects", "v": items, "shape": list(array.shape)}
        if array.dtype.kind not in ARRAY_KINDS:
            return {"t": "opaque", "v": "array of records"}
        self.blob_bytes += array.nbytes
        if self.blob_bytes > MAX_BLOB_BYTES:
            raise BorderError("it is too large")
        self._count_bytes(_ARRAY_HEADER_BYTES)
        tree = {"t": "scalar" if scalar else "array", "d": array.dtype.str, "s": list(array.shape)}
        if array.nbytes <= _SMALL_ARRAY_BYTES:
            return {**tree, "v": self._base64(array.tobytes())}
        if len(self.blobs) == MAX_BLOBS:
            raise BorderError("it has too many arrays")
        self.blobs.append(array.tobytes())
        return {**tree, "b": len(self.blobs) - 1}

    def _exact_scalar(self, value: Any) -> Any:
        if value.dtype.name not in INLINE_SCALARS:
            return self._array(value)
        plain = np.generic.item(value)
        exact = not isinstance(plain, float) or math.isfinite(plain)
        return {"t": "inline", "d": value.dtype.name, "v": plain if exact else repr(plain)}

    def _column(self, column: Any, depth: int, *, in_frame: bool) -> Any:
        dtype = str(column.dtype)
        if self.keep is None:
            if isinstance(column.dtype, np.dtype) and column.dtype.kind != "O":
                return {"d": dtype, "v": self._array(column.to_numpy())}
            dtype = dtype if dtype in FRAME_DTYPES else "object"
            return {"d": dtype, "v": self._array(np.asarray(column, dtype=object), depth)}
        array = _plain_array(column)
        # Categories of texts stay in a table, where models take them for what they are.
        kept = in_frame and dtype == "category" and array.dtype.kind == "O"
        return {"d": "category" if kept else "plain", "v": self._values(array, depth)}

    def _index(self, index: Any, depth: int) -> Any:
        if isinstance(index, pd.RangeIndex):
            return {"t": "range", "v": [index.start, index.stop, index.step]}
        if isinstance(index, pd.MultiIndex):
            return self._array(np.array([str(item) for item in index], dtype=object), depth)
        return self._array(np.asarray(index) if self.keep is None else _plain_array(index), depth)

    def _label(self, name: Any, depth: int) -> Any:
        return self.write(name if name is None or isinstance(name, (str, int, float)) else str(name), depth + 1)

    def _integer(self, number: int) -> Any:
        if abs(number) < _EXACT_INTEGER:
            return number
        if number.bit_length() > 12_000:
            raise BorderError("it has a number that is too long")
        return {"t": "int", "v": str(number)}

    def _text(self, text: str) -> str:
        self._count_bytes(len(encode_basestring_ascii(text)))
        return text

    def _base64(self, raw: bytes) -> str:
        self._count_bytes(len(raw) * 4 // 3)
        return base64.b64encode(raw).decode("ascii")

    def _count(self, items: int) -> None:
        self.items += items
        if self.items > MAX_ITEMS:
            raise BorderError("it has too many items")
        self._count_bytes(items * _ITEM_BYTES)

    def _count_bytes(self, count: int) -> None:
        self.tree_bytes += count
        if self.tree_bytes > MAX_TREE_BYTES:
            raise BorderError("it is too large")

    def _count_keys(self, count: int) -> None:
        self.keys += count
        if self.keys > MAX_KEYS:
            raise BorderError("it has too many keys")


def _python_scalar(value: np.generic) -> Any:
    """Return the number, truth value or text that a NumPy scalar holds."""
    kinds: dict[str, Callable[[Any], Any]] = {"f": float, "c": complex}
    return kinds.get(value.dtype.kind, np.generic.item)(value)


def _number(value: Fraction | Decimal, whole: bool) -> int | float:
    if whole:
        return int(value)
    try:
        return float(value)
    except OverflowError:
        return math.copysign(math.inf, value)


def _date(value: datetime.date) -> np.datetime64:
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        value = value.astimezone(datetime.UTC).replace(tzinfo=None)
    return np.datetime64(value)


def _without_mask(array: Any) -> np.ndarray:
    """Return a masked array with nan, or None, where nothing is."""
    if not np.ma.getmaskarray(array).any():
        return np.asarray(array.data)
    if array.dtype.kind in "biuf":
        return np.asarray(array.astype(float).filled(np.nan))
    return np.asarray(array.astype(object).filled(None))


def _plain_array(column: Any) -> np.ndarray:
    """Return a Series, an Index or an array of pandas as an array of NumPy's own types."""
    dtype = column.dtype
    if isinstance(dtype, np.dtype):
        return np.asarray(column)
    if isinstance(dtype, (pd.CategoricalDtype, pd.SparseDtype)):
        return np.asarray(column)
    if isinstance(dtype, pd.DatetimeTZDtype):
        return np.asarray(column.to_numpy(dtype="datetime64[ns]"))
    missing = bool(column.isna().any())
    kinds = pd.api.types
    if kinds.is_bool_dtype(dtype):
        return np.asarray(column, dtype=object) if missing else np.asarray(column.to_numpy(dtype=bool))
    if kinds.is_integer_dtype(dtype) and not missing:
        return np.asarray(column.to_numpy(dtype=np.dtype(str(getattr(dtype, "numpy_dtype", "int64")))))
    if kinds.is_numeric_dtype(dtype):
        return np.asarray(column.to_numpy(dtype=float, na_value=np.nan))
    return np.asarray(column, dtype=object)
