"""An in-process IPython that runs a cell and returns what a notebook would show for it."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from coursework.answering.jupyter_habits import WithoutAPage, draw_inline_only

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_KEPT_TYPES = ("text/plain", "image/png")
CUT_NOTE = "[the output was cut here: it was longer than a megabyte]"


class OutputLog:
    """The outputs of the cells that ran, in notebook form, held to a size for the whole notebook.

    Parameters
    ----------
    limit : int
        Bytes of output to keep; what comes after is dropped, with one note.
    """

    def __init__(self, limit: int = 2**20) -> None:
        self.left = limit
        self.outputs: list[dict[str, Any]] = []
        self.muted = False

    def take(self) -> list[dict[str, Any]]:
        """Return the outputs since the last call."""
        taken, self.outputs = self.outputs, []
        return taken

    def stream(self, name: str, text: str) -> None:
        """Add text that was printed."""
        text = self._fit(text)
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self.outputs.append({"output_type": "stream", "name": name, "text": text})

    def data(self, kind: str, data: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
        """Add something displayed: its text and its picture, never HTML or scripts."""
        kept = {name: data[name] for name in _KEPT_TYPES if isinstance(data.get(name), (str, bytes))}
        size = sum(len(value) for value in kept.values())
        if self.muted or not kept:
            return
        if size > self.left:
            self.stream("stdout", CUT_NOTE + "\n")
            self.left = 0
            return
        self.left -= size
        told = metadata.get("image/png") if isinstance(metadata, dict) else None
        told = told if isinstance(told, dict) else {}
        said = {name: told[name] for name, kind_of in (("alt", str), ("width", int)) if type(told.get(name)) is kind_of}
        texts = {name: value if isinstance(value, str) else _base64(value) for name, value in kept.items()}
        output: dict[str, Any] = {"output_type": kind, "data": texts, "metadata": {"image/png": said} if said else {}}
        if kind == "execute_result":
            output["execution_count"] = None
        self.outputs.append(output)

    def error(self, name: str, value: str, lines: list[str]) -> None:
        """Add an exception with its traceback."""
        text = self._fit(_ANSI.sub("", "\n".join(lines)))
        if not self.muted:
            self.outputs.append(
                {"output_type": "error", "ename": name, "evalue": value[:1000], "traceback": text.split("\n")}
            )

    def _fit(self, text: str) -> str:
        if self.muted or self.left <= 0:
            return ""
        if len(text) > self.left:
            text, self.left = f"{text[: self.left]}\n{CUT_NOTE}\n", 0
        else:
            self.left -= len(text)
        return text


class _Stream(io.TextIOBase):
    def __init__(self, log: OutputLog, name: str) -> None:
        self.log = log
        self.name = name

    def write(self, text: str) -> int:
        if not self.log.muted:
            self.log.stream(self.name, text)
        return len(text)

    def writable(self) -> bool:
        return True

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"


class _Publisher(DisplayPublisher):
    shell: AnswerShell

    def publish(self, data: Any, metadata: Any = None, **_: Any) -> None:  # type: ignore[override]
        """Keep what a cell displays."""
        self.shell.log_of_outputs.data("display_data", dict(data), metadata)


class _Hook(DisplayHook):
    shell: AnswerShell

    def write_output_prompt(self) -> None:
        """A notebook shows no prompt here."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Keep a cell's last value."""
        self.shell.log_of_outputs.data("execute_result", dict(format_dict), md_dict)

    def finish_displayhook(self) -> None:
        """Nothing to flush."""


class AnswerShell(WithoutAPage, InteractiveShell):
    """IPython without a terminal or a kernel; outputs go to `log_of_outputs`."""

    log_of_outputs = OutputLog()

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.log_of_outputs.error(getattr(etype, "__name__", "Error"), str(evalue), stb)


def start_shell() -> AnswerShell:
    """Return the process's one shell, with the inline backend for pictures."""
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "nocolor"
    settings.InteractiveShell.cache_size = 0
    settings.AnswerShell.display_pub_class = _Publisher
    shell = AnswerShell.instance(config=settings, display_pub_class=_Publisher, displayhook_class=_Hook)
    shell.run_line_magic("matplotlib", "inline")
    draw_inline_only()
    return shell


def run_cell(shell: AnswerShell, source: str) -> tuple[list[dict[str, Any]], bool]:
    """Run one cell; return its outputs and whether it ended without an error."""
    plain: InteractiveShell = shell
    with captured(shell.log_of_outputs):
        result = plain.run_cell(source, store_history=False, silent=False)
    return shell.log_of_outputs.take(), bool(result.success)


@contextlib.contextmanager
def captured(log: OutputLog) -> Iterator[None]:
    """Send what is printed to the log."""
    with contextlib.redirect_stdout(_Stream(log, "stdout")), contextlib.redirect_stderr(_Stream(log, "stderr")):
        yield


def _base64(raw: bytes) -> str:
    import base64

    return base64.b64encode(raw).decode("ascii")
