"""Outputs of answers, held to what a notebook may show: a stranger may have taken over the process they come from."""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Mapping
from typing import Any, TypeGuard

# A little more than the megabyte that the answer's own side keeps, so that its note on the cut comes through.
MAX_OUTPUT_BYTES = 2**20 + 2**16
# A few kilobytes can unfold to gigabytes in the reader's browser.
MAX_PIXELS = 40_000_000
_WIDEST_ON_PAGE = 2000
_OVERHEAD = 100
_STREAMS = ("stdout", "stderr")


class OutputGate:
    """Lets text and pictures through, up to a size for the whole submission; no HTML, no scripts."""

    def __init__(self, limit: int = MAX_OUTPUT_BYTES) -> None:
        self.left = limit

    def admit(self, outputs: Any) -> list[dict[str, Any]]:
        """Return the outputs of one cell in notebook form, made anew from what was sent."""
        if not isinstance(outputs, list):
            return []
        admitted = []
        for output in outputs:
            made = _rebuilt(output)
            if made is None:
                continue
            size = _OVERHEAD + _size(made)
            if size > self.left:
                break
            self.left -= size
            admitted.append(made)
        return admitted


def is_picture(text: Any) -> TypeGuard[str]:
    """Return whether this is a PNG file in base64, of a size that a browser can show."""
    if not isinstance(text, str):
        return False
    try:
        head = base64.b64decode("".join(text.split()), validate=True)[:24]
    except (binascii.Error, ValueError):
        return False
    if len(head) < 24 or not head.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"):
        return False
    width, height = (int(pixels) for pixels in struct.unpack(">II", head[16:]))
    return 0 < width * height <= MAX_PIXELS


def _rebuilt(output: Any) -> dict[str, Any] | None:
    if not isinstance(output, Mapping):
        return None
    kind = output.get("output_type")
    if kind == "stream":
        name, text = output.get("name"), output.get("text")
        return {"output_type": kind, "name": name, "text": text} if name in _STREAMS and isinstance(text, str) else None
    if kind == "error":
        lines = output.get("traceback")
        lines = [line for line in lines if isinstance(line, str)] if isinstance(lines, list) else []
        return {"output_type": kind, "ename": _text(output.get("ename")), "evalue": _text(output.get("evalue")),
                "traceback": lines}  # fmt: skip
    if kind not in ("display_data", "execute_result") or not isinstance(output.get("data"), Mapping):
        return None
    data = output["data"]
    kept = {}
    if isinstance(data.get("text/plain"), str):
        kept["text/plain"] = data["text/plain"]
    if is_picture(data.get("image/png")):
        kept["image/png"] = "".join(data["image/png"].split())
    if not kept:
        return None
    made: dict[str, Any] = {"output_type": kind, "data": kept, "metadata": {}}
    if "image/png" in kept and (said := _said_of_picture(output.get("metadata"))):
        made["metadata"] = {"image/png": said}
    return made | ({"execution_count": None} if kind == "execute_result" else {})


def _said_of_picture(metadata: Any) -> dict[str, Any]:
    """Return what is known of a picture: its alternative text, and how wide it is on the page."""
    picture = metadata.get("image/png") if isinstance(metadata, Mapping) else None
    if not isinstance(picture, Mapping):
        return {}
    alt = _text(picture.get("alt"))
    width = picture.get("width")
    shown = {"width": width} if type(width) is int and 0 < width <= _WIDEST_ON_PAGE else {}
    return ({"alt": alt} if alt else {}) | shown


def _text(value: Any) -> str:
    return value[:1000] if isinstance(value, str) else ""


def _size(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_size, value.values()))
    return sum(_OVERHEAD // 10 + _size(item) for item in value) if isinstance(value, list) else 0
