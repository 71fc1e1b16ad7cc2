"""Messages between the answers' process and the checks': a JSON header and the raw bytes of its arrays."""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any

from imbalanced_course.normal_form.decoding import list_of, position
from imbalanced_course.normal_form.encoding import MAX_BLOB_BYTES, MAX_BLOBS, MAX_TREE_BYTES
from imbalanced_course.normal_form.stand_ins import BorderError

# A tree's size is an estimate, and its message has more than the tree.
MAX_HEADER_BYTES = MAX_TREE_BYTES * 3 // 2
_MOST_BLOB_BYTES = MAX_BLOB_BYTES + MAX_BLOBS * 4096
_LENGTH = struct.Struct(">I")


class BorderClosed(BorderError):
    """The other side is gone."""


class BorderTimeout(BorderError):
    """The other side did not answer in time."""


def send(channel: socket.socket, message: dict[str, Any], blobs: list[bytes]) -> None:
    """Send one message.

    Raises
    ------
    BorderClosed
        When the other side is gone.
    """
    header = json.dumps({"m": message, "b": [len(blob) for blob in blobs]}).encode()
    if len(header) > MAX_HEADER_BYTES or sum(map(len, blobs)) > _MOST_BLOB_BYTES:
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
        message, sizes = header["m"], [position(size) for size in list_of(header["b"])]
    except BorderError:
        raise
    except Exception:
        raise BorderError("not a message") from None
    if not isinstance(message, dict) or len(sizes) > MAX_BLOBS or sum(sizes) > _MOST_BLOB_BYTES:
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
