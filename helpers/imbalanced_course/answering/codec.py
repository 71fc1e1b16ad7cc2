"""How values cross the border between the answers' process and the checks': as data, never as pickles.

A message is a JSON header and the raw bytes of its arrays. JSON scalars stand for themselves; everything else is
an object `{"t": type, …}`. Whatever comes in is held against limits before anything is allocated.
"""

from __future__ import annotations

import ast
import io
import json
import math
import socket
import struct
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

MAX_HEADER_BYTES = 16 * 2**20
MAX_BLOB_BYTES = 64 * 2**20
MAX_BLOBS = 4096
MAX_ITEMS = 1_000_000
MAX_DEPTH = 20
# Keys that were chosen to collide make a dict or a set take the square of their number of steps.
MAX_KEYS = 20_000
_EXACT_INTEGER = 2**53
_LENGTH = struct.Struct(">I")
_ARRAY_KINDS = "biufcSUMm"
# NumPy scalars that JSON holds exactly; a list may hold thousands, too many for an array each.
_INLINE_SCALARS = {
    np.dtype(f"{kind}{size}").name: np.dtype(f"{kind}{size}").type
    for kind, sizes in (("b", (1,)), ("i", (1, 2, 4, 8)), ("u", (1, 2, 4, 8)), ("f", (2, 4, 8)))
    for size in sizes
}
_FRAME_DTYPES = {"category", "str", "string", "object", "boolean"}


class BorderError(Exception):
    """A message that is not one, or a value that may not cross."""


class BorderClosed(BorderError):
    """The other side is gone."""


class BorderTimeout(BorderError):
    """The other side did not answer in time."""


class Opaque:
    """Stands for a value of a type that does not cross the border; only the type's name came along."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name


class Missing:
    """Stands for a name that is not defined."""


MISSING_NAME = Missing()


def encode(
    value: Any, keep: Callable[[Any], tuple[str, Any] | None] | None = None
) -> tuple[Any, list[bytes], list[Any]]:
    """Return a value as a JSON tree, the raw bytes that it refers to, and the objects kept behind handles.

    Parameters
    ----------
    value : object
        Whatever is to cross.
    keep : callable, optional
        Asked for values that are not data: returns the kind and the details of a handle, or None for a value
        that shall arrive as `Opaque`.

    Raises
    ------
    BorderError
        When the value is too deep or has too many items.
    """
    writer = _Writer(keep)
    tree = writer.write(value, 0)
    return tree, writer.blobs, writer.kept


class _Writer:
    def __init__(self, keep: Callable[[Any], tuple[str, Any] | None] | None) -> None:
        self.keep = keep
        self.blobs: list[bytes] = []
        self.kept: list[Any] = []
        self.items = 0
        self.keys = 0

    def write(self, value: Any, depth: int) -> Any:
        self.items += 1
        if depth > MAX_DEPTH:
            raise BorderError("the value is nested too deeply")
        if self.items > MAX_ITEMS:
            raise BorderError("the value has too many items")
        if isinstance(value, (Mapping, set, frozenset)):
            self.keys += len(value)
            if self.keys > MAX_KEYS:
                raise BorderError("the value has too many keys")
        if value is None or value is True or value is False:
            return value
        if value is ...:
            return {"t": "ellipsis"}
        if value is MISSING_NAME:
            return {"t": "missing"}
        if isinstance(value, np.generic) and value.dtype.name in _INLINE_SCALARS:
            plain_scalar = np.generic.item(value)
            exact = not isinstance(plain_scalar, float) or math.isfinite(plain_scalar)
            return {"t": "scalar", "d": value.dtype.name, "v": plain_scalar if exact else repr(plain_scalar)}
        if isinstance(value, (np.generic, np.ndarray)):
            return self._array(value, depth)
        if isinstance(value, int):
            number = int.__index__(value)
            return number if abs(number) < _EXACT_INTEGER else {"t": "int", "v": _integer_text(number)}
        if isinstance(value, float):
            plain = float.__float__(value)
            return plain if math.isfinite(plain) else {"t": "float", "v": repr(plain)}
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, Fraction):
            return {"t": "fraction", "v": [_integer_text(value.numerator), _integer_text(value.denominator)]}
        if isinstance(value, Decimal):
            return {"t": "decimal", "v": str(value)}
        if isinstance(value, pd.Series):
            return {"t": "series", "v": self._column(value, depth), "i": self._index(value.index, depth),
                    "n": self._label(value.name, depth)}  # fmt: skip
        if isinstance(value, pd.DataFrame):
            columns = [self._column(value.iloc[:, position], depth) for position in range(value.shape[1])]
            return {"t": "frame", "v": columns, "i": self._index(value.index, depth),
                    "n": [self._label(name, depth) for name in value.columns], "rows": len(value)}  # fmt: skip
        if isinstance(value, pd.Index):
            return {"t": "index", "v": self._index(value, depth)}
        if isinstance(value, range):
            if len(value) > MAX_ITEMS:
                raise BorderError("the range is too long")
            return {"t": "range", "v": [value.start, value.stop, value.step]}
        for name, kind in (("list", list), ("tuple", tuple), ("set", (set, frozenset))):
            if isinstance(value, kind):
                return {"t": name, "v": [self.write(item, depth + 1) for item in list(value)]}
        if isinstance(value, Mapping):
            pairs = [[self.write(k, depth + 1), self.write(v, depth + 1)] for k, v in list(value.items())]
            return {"t": "dict", "v": pairs}
        return self._handle(value, depth)

    def _array(self, value: Any, depth: int) -> Any:
        scalar = isinstance(value, np.generic)
        array = np.asarray(value)
        if array.dtype.kind == "O":
            items = [self.write(item, depth + 1) for item in array.ravel().tolist()]
            return {"t": "objects", "v": items, "shape": list(array.shape)}
        if array.dtype.kind not in _ARRAY_KINDS:
            return {"t": "opaque", "v": "numpy array of records"}
        buffer = io.BytesIO()
        np.lib.format.write_array(buffer, np.ascontiguousarray(array).reshape(array.shape), allow_pickle=False)
        if len(self.blobs) == MAX_BLOBS:
            raise BorderError("the value has too many arrays")
        self.blobs.append(buffer.getvalue())
        return {"t": "scalar" if scalar else "array", "b": len(self.blobs) - 1}

    def _column(self, column: Any, depth: int) -> Any:
        dtype = str(column.dtype)
        if isinstance(column.dtype, np.dtype) and column.dtype.kind != "O":
            return {"d": dtype, "v": self._array(column.to_numpy(), depth)}
        dtype = dtype if dtype in _FRAME_DTYPES else "object"
        return {"d": dtype, "v": self._array(np.asarray(column, dtype=object), depth)}

    def _index(self, index: Any, depth: int) -> Any:
        if isinstance(index, pd.RangeIndex):
            return {"t": "range", "v": [index.start, index.stop, index.step]}
        if isinstance(index, pd.MultiIndex):
            return self._array(np.array([str(item) for item in index], dtype=object), depth)
        return self._array(np.asarray(index), depth)

    def _label(self, name: Any, depth: int) -> Any:
        return self.write(name if name is None or isinstance(name, (str, int, float)) else str(name), depth + 1)

    def _handle(self, value: Any, depth: int) -> Any:
        found = self.keep(value) if self.keep else None
        if found is None:
            return {"t": "opaque", "v": type(value).__name__[:80]}
        kind, details = found
        tree = self.write(details, depth + 1)
        self.kept.append(value)
        return {"t": "handle", "k": kind, "h": len(self.kept) - 1, "v": tree}


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
        return MISSING_NAME

    def _read_int(self, tree: Any, value: Any, depth: int) -> int:
        return int(_text(value, 4000))

    def _read_float(self, tree: Any, value: Any, depth: int) -> float:
        return float(_text(value, 40))

    def _read_fraction(self, tree: Any, value: Any, depth: int) -> Fraction:
        return Fraction(int(_text(value[0], 4000)), int(_text(value[1], 4000)))

    def _read_decimal(self, tree: Any, value: Any, depth: int) -> Decimal:
        return Decimal(_text(value, 4000))

    def _read_opaque(self, tree: Any, value: Any, depth: int) -> Opaque:
        return Opaque(_text(value, 100))

    def _read_list(self, tree: Any, value: Any, depth: int) -> list[Any]:
        return [self.read(item, depth + 1) for item in _list(value)]

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
        self.keys += len(_list(value))
        if self.keys > MAX_KEYS:
            raise BorderError("the value has too many keys")

    def _read_range(self, tree: Any, value: Any, depth: int) -> range:
        start, stop, step = (int(part) for part in _list(value))
        found = range(start, stop, step)
        if len(found) > MAX_ITEMS:
            raise BorderError("the range is too long")
        return found

    def _read_array(self, tree: Any, value: Any, depth: int) -> np.ndarray:
        return _array_from(self.blobs[_position(tree["b"])])

    def _read_scalar(self, tree: Any, value: Any, depth: int) -> Any:
        if "d" in tree:
            kind = _INLINE_SCALARS[tree["d"]]
            number = float(_text(value, 4)) if isinstance(value, str) else value
            whole = issubclass(kind, np.integer)
            if type(number) is not (bool if kind is np.bool_ else int if whole else float):
                raise BorderError("a scalar of another type than it says")
            return kind(number)
        array = self._read_array(tree, value, depth)
        if array.shape != ():
            raise BorderError("a scalar with a shape")
        return array[()]

    def _read_objects(self, tree: Any, value: Any, depth: int) -> np.ndarray:
        items = self._read_list(tree, value, depth)
        array = np.empty(len(items), dtype=object)
        for position, item in enumerate(items):
            array[position] = item
        return array.reshape([_position(side) for side in _list(tree["shape"])])

    def _read_index(self, tree: Any, value: Any, depth: int) -> pd.Index:
        return pd.Index(self._read_labels(value, depth))

    def _read_series(self, tree: Any, value: Any, depth: int) -> pd.Series:
        return self._column(value, self._read_labels(tree["i"], depth), self.read(tree["n"], depth + 1), depth)

    def _read_frame(self, tree: Any, value: Any, depth: int) -> pd.DataFrame:
        names = [self.read(name, depth + 1) for name in _list(tree["n"])]
        index = pd.Index(self._read_labels(tree["i"], depth))
        columns = [self._column(column, index, None, depth) for column in _list(value)]
        if len(index) != _position(tree["rows"]) or len(names) != len(columns):
            raise BorderError("a table whose parts do not fit")
        frame = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=index)
        frame.columns = pd.Index(names)
        return frame

    def _read_handle(self, tree: Any, value: Any, depth: int) -> Any:
        if self.handle is None or tree["k"] not in ("function", "model", "figure"):
            raise BorderError("unknown kind of handle")
        return self.handle(tree["k"], _position(tree["h"]), self.read(value, depth + 1))

    def _read_labels(self, tree: Any, depth: int) -> Any:
        return self.read(tree, depth + 1)

    def _column(self, tree: Any, index: Any, name: Any, depth: int) -> pd.Series:
        values = self.read(tree["v"], depth + 1)
        if not isinstance(values, np.ndarray) or values.ndim != 1 or len(values) != len(index):
            raise BorderError("a column that does not fit its table")
        dtype = tree["d"] if tree["d"] in _FRAME_DTYPES else None
        return pd.Series(values, index=index, name=name, dtype=dtype)


def _integer_text(number: int) -> str:
    if number.bit_length() > 12_000:
        raise BorderError("the number is too long")
    return str(int(number))


def _array_from(blob: bytes) -> np.ndarray:
    """Read an npy array, holding what its header claims against what came before anything is allocated."""
    if blob[:6] != b"\x93NUMPY" or blob[6] not in (1, 2, 3):
        raise BorderError("not an array")
    width = 2 if blob[6] == 1 else 4
    length = int.from_bytes(blob[8 : 8 + width], "little")
    if length > 4096:
        raise BorderError("an array header that is too long")
    start = 8 + width + length
    header = ast.literal_eval(blob[8 + width : start].decode("ascii").strip())
    if not isinstance(header["descr"], str) or set(header) != {"descr", "fortran_order", "shape"}:
        raise BorderError("an array of records")
    dtype = np.dtype(header["descr"])
    shape = tuple(_position(side) for side in header["shape"])
    if dtype.kind not in _ARRAY_KINDS or len(shape) > 8:
        raise BorderError("an array of a type that does not cross")
    if math.prod(shape) * dtype.itemsize != len(blob) - start:
        raise BorderError("an array that claims another size than it has")
    flat = np.frombuffer(blob, dtype=dtype, offset=start)
    return (flat.reshape(shape[::-1]).T if header["fortran_order"] else flat.reshape(shape)).copy()


def _position(number: Any) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise BorderError("not a position")
    return number


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise BorderError("not a short text")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise BorderError("not a list")
    return value


def send(channel: socket.socket, message: dict[str, Any], blobs: list[bytes]) -> None:
    """Send one message.

    Raises
    ------
    BorderClosed
        When the other side is gone.
    """
    header = json.dumps({"m": message, "b": [len(blob) for blob in blobs]}).encode()
    if len(header) > MAX_HEADER_BYTES or sum(map(len, blobs)) > MAX_BLOB_BYTES:
        raise BorderError("the value is too large")
    try:
        channel.sendall(_LENGTH.pack(len(header)) + header)
        for blob in blobs:
            channel.sendall(blob)
    except TimeoutError:
        raise BorderTimeout("the other side does not read") from None
    except OSError:
        raise BorderClosed("the other side is gone") from None


def receive(channel: socket.socket, deadline: float | None = None) -> tuple[dict[str, Any], list[bytes]]:
    """Receive one message.

    Parameters
    ----------
    deadline : float, optional
        Seconds on the monotonic clock by which the whole message must have come.

    Raises
    ------
    BorderError
        When the message is malformed or too large; `BorderClosed` when the other side is gone, `BorderTimeout`
        when it was too slow.
    """
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size, deadline))
    if length > MAX_HEADER_BYTES:
        raise BorderError("a message that is too long")
    try:
        header = json.loads(_exactly(channel, length, deadline))
        message, sizes = header["m"], [_position(size) for size in _list(header["b"])]
    except BorderError:
        raise
    except Exception:
        raise BorderError("not a message") from None
    if not isinstance(message, dict) or len(sizes) > MAX_BLOBS or sum(sizes) > MAX_BLOB_BYTES:
        raise BorderError("not a message of this border")
    return message, [_exactly(channel, size, deadline) for size in sizes]


def _exactly(channel: socket.socket, count: int, deadline: float | None) -> bytes:
    parts = []
    while count:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise BorderTimeout("no answer in time")
            channel.settimeout(left)
        try:
            part = channel.recv(min(count, 2**20))
        except TimeoutError:
            raise BorderTimeout("no answer in time") from None
        except OSError:
            raise BorderClosed("the other side is gone") from None
        if not part:
            raise BorderClosed("the other side is gone")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
