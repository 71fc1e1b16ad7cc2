"""Reading a value from its JSON tree and raw bytes, held against limits before anything is allocated."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.normal_form.encoding import (
    ARRAY_KINDS,
    FRAME_DTYPES,
    INLINE_SCALARS,
    MAX_DEPTH,
    MAX_ITEMS,
    MAX_KEYS,
)
from imbalanced_course.normal_form.stand_ins import MISSING, BorderError, Opaque, Stopped, Unreadable

MAX_SIDES = 8
_DTYPE = re.compile(rf"[<>|][{ARRAY_KINDS}][0-9]{{1,9}}(\[[0-9A-Za-z]{{1,9}}\])?")


def decode(tree: Any, blobs: list[bytes], handle: Callable[[str, int, Any], Any] | None = None) -> Any:
    """Return the value of a JSON tree and its raw bytes.

    Parameters
    ----------
    handle : callable, optional
        Makes the object that stands for something on the other side, from its kind ("function", "model" or
        "figure"), its number and its details; without it a message with a handle is refused.

    Raises
    ------
    BorderError
        When the tree is malformed or claims more than it brings.
    """
    try:
        return _Reader(blobs, handle).read(tree, 0)
    except BorderError:
        raise
    except Exception as error:
        raise BorderError(f"malformed value ({type(error).__name__})") from None


class _Reader:
    def __init__(self, blobs: list[bytes], handle: Callable[[str, int, Any], Any] | None) -> None:
        self.blobs = blobs
        self.handle = handle
        self.items = 0
        self.keys = 0

    def read(self, tree: Any, depth: int) -> Any:
        self.items += 1
        if depth > MAX_DEPTH or self.items > MAX_ITEMS:
            raise BorderError("the value is too deep or too large")
        if tree is None or isinstance(tree, (bool, int, float, str)):
            return tree
        kind, value = tree["t"], tree.get("v")
        reader = getattr(self, f"_read_{kind}", None) if isinstance(kind, str) and kind.isalpha() else None
        if reader is None:
            raise BorderError("unknown type of value")
        return reader(tree, value, depth)

    def _read_ellipsis(self, tree: Any, value: Any, depth: int) -> Any:
        return ...

    def _read_missing(self, tree: Any, value: Any, depth: int) -> Any:
        return MISSING

    def _read_int(self, tree: Any, value: Any, depth: int) -> int:
        return int(_text(value, 4000))

    def _read_float(self, tree: Any, value: Any, depth: int) -> float:
        return float(_text(value, 40))

    def _read_none(self, tree: Any, value: Any, depth: int) -> None:
        return None

    def _read_complex(self, tree: Any, value: Any, depth: int) -> complex:
        return complex(float(_text(value[0], 40)), float(_text(value[1], 40)))

    def _read_bytes(self, tree: Any, value: Any, depth: int) -> bytes:
        return base64.b64decode(value, validate=True)

    def _read_random(self, tree: Any, value: Any, depth: int) -> np.random.RandomState:
        state = np.random.RandomState()
        state.set_state(tuple(self.read(value, depth + 1)))
        return state

    def _read_opaque(self, tree: Any, value: Any, depth: int) -> Opaque:
        return Opaque(_text(value, 300))

    def _read_unreadable(self, tree: Any, value: Any, depth: int) -> Unreadable:
        return Unreadable(_text(value, 300))

    def _read_stopped(self, tree: Any, value: Any, depth: int) -> Stopped:
        return Stopped(_text(value, 300))

    def _read_list(self, tree: Any, value: Any, depth: int) -> list[Any]:
        return [self.read(item, depth + 1) for item in list_of(value)]

    def _read_tuple(self, tree: Any, value: Any, depth: int) -> tuple[Any, ...]:
        return tuple(self._read_list(tree, value, depth))

    def _read_set(self, tree: Any, value: Any, depth: int) -> set[Any]:
        self._count_keys(value)
        # A set within a set, or a key that is one, can only have been a frozenset.
        return {frozenset(item) if isinstance(item, set) else item for item in self._read_list(tree, value, depth)}

    def _read_dict(self, tree: Any, value: Any, depth: int) -> dict[Any, Any]:
        self._count_keys(value)
        return {self.read(k, depth + 1): self.read(v, depth + 1) for k, v in value}

    def _count_keys(self, value: Any) -> None:
        self.keys += len(list_of(value))
        if self.keys > MAX_KEYS:
            raise BorderError("the value has too many keys")

    def _read_range(self, tree: Any, value: Any, depth: int) -> range:
        start, stop, step = (int(part) for part in list_of(value))
        found = range(start, stop, step)
        if len(found) > MAX_ITEMS:
            raise BorderError("the range is too long")
        return found

    def _read_array(self, tree: Any, value: Any, depth: int) -> np.ndarray:
        if not _DTYPE.fullmatch(tree["d"]):
            raise BorderError("an array of a type that does not cross")
        dtype, shape = np.dtype(tree["d"]), tuple(position(side) for side in list_of(tree["s"]))
        raw = self.blobs[position(tree["b"])] if "b" in tree else base64.b64decode(value, validate=True)
        if len(shape) > MAX_SIDES or math.prod(shape) * dtype.itemsize != len(raw):
            raise BorderError("an array that claims another size than it has")
        return np.frombuffer(raw, dtype=dtype).reshape(shape).copy()

    def _read_scalar(self, tree: Any, value: Any, depth: int) -> Any:
        array = self._read_array(tree, value, depth)
        if array.shape != ():
            raise BorderError("a scalar with a shape")
        return array[()]

    def _read_inline(self, tree: Any, value: Any, depth: int) -> Any:
        kind = INLINE_SCALARS[tree["d"]]
        number = float(_text(value, 4)) if isinstance(value, str) else value
        whole = issubclass(kind, np.integer)
        if type(number) is not (bool if kind is np.bool_ else int if whole else float):
            raise BorderError("a scalar of another type than it says")
        return kind(number)

    def _read_objects(self, tree: Any, value: Any, depth: int) -> np.ndarray:
        items = self._read_list(tree, value, depth)
        array = np.empty(len(items), dtype=object)
        for place, item in enumerate(items):
            array[place] = item
        return array.reshape([position(side) for side in list_of(tree["shape"])])

    def _read_index(self, tree: Any, value: Any, depth: int) -> pd.Index:
        index: pd.Index = pd.Index(self._read_labels(value, depth))
        return index

    def _read_series(self, tree: Any, value: Any, depth: int) -> pd.Series:
        return self._column(value, self._read_labels(tree["i"], depth), self.read(tree["n"], depth + 1), depth)

    def _read_frame(self, tree: Any, value: Any, depth: int) -> pd.DataFrame:
        names = [self.read(name, depth + 1) for name in list_of(tree["n"])]
        index = pd.Index(self._read_labels(tree["i"], depth))
        columns = [self._column(column, index, None, depth) for column in list_of(value)]
        if len(index) != position(tree["rows"]) or len(names) != len(columns):
            raise BorderError("a table whose parts do not fit")
        frame = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=index)
        frame.columns = pd.Index(names)
        return frame

    def _read_handle(self, tree: Any, value: Any, depth: int) -> Any:
        if self.handle is None or tree["k"] not in ("function", "model", "figure", "same"):
            raise BorderError("unknown kind of handle")
        return self.handle(tree["k"], position(tree["h"]), self.read(value, depth + 1))

    def _read_labels(self, tree: Any, depth: int) -> Any:
        return self.read(tree, depth + 1)

    def _column(self, tree: Any, index: Any, name: Any, depth: int) -> pd.Series:
        values = self.read(tree["v"], depth + 1)
        if not isinstance(values, np.ndarray) or values.ndim != 1 or len(values) != len(index):
            raise BorderError("a column that does not fit its table")
        dtype = tree["d"] if tree["d"] in FRAME_DTYPES else None
        return pd.Series(values, index=index, name=name, dtype=dtype)


def position(number: Any) -> int:
    """Return a number that came as a position in something, or refuse it."""
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise BorderError("not a position")
    return number


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise BorderError("not a short text")
    return value


def list_of(value: Any) -> list[Any]:
    """Return what came as a list, or refuse it."""
    if not isinstance(value, list):
        raise BorderError("not a list")
    return value
