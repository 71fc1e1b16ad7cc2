"""Which cells of a notebook ran, what they set, and which of them stopped: so that no check judges an old value."""

from __future__ import annotations

import contextlib
import re
import symtable
import sys
import warnings
from collections.abc import Iterator, MutableMapping
from typing import Any

# Magic commands that run Python; any other is left out before a cell is read.
_RUNS_THE_CELL = re.compile(r"\A\s*%%(?:time|timeit|capture|prun)\b[^\n]*\n")
_RUNS_THE_LINE = re.compile(r"^(\s*)%(?:time|timeit|prun)\b(?: +-\w+(?: +\d+)?)* *", re.MULTILINE)
_OTHER_MAGIC = re.compile(r"^\s*[%!?][^\n]*$", re.MULTILINE)
# What looks as if it set names, in a cell that isn't Python.
_SETS = re.compile(r"^[ \t]*(?:([\w*][\w ,*:\t]*)=(?!=)|(?:async +)?def +(\w+)|class +(\w+))", re.MULTILINE)
_LONGEST_ERROR = 160
_PLACE = "_imbalanced_course_cells"


class CellRecord:
    """How the last cell ended that set a name."""

    def __init__(self) -> None:
        self._stopped: dict[str, str | None] = {}

    def note(self, source: str, error: BaseException | None) -> None:
        """Remember a cell that ran, and the error that it stopped with."""
        reason = None if error is None else f"stopped with {error_line(error)}"
        if isinstance(error, KeyboardInterrupt):
            reason = "was interrupted"
        for name in names_set(source):
            self._stopped[name] = reason

    def unfinished(self, name: str) -> str | None:
        """Return how the last cell that sets `name` stopped ("stopped with …"); None where it ran to its end."""
        return self._stopped.get(name)


def cells_of(namespace: MutableMapping[str, Any]) -> CellRecord:
    """Return the record of the cells that ran in a namespace; it's kept there."""
    record = namespace.setdefault(_PLACE, CellRecord())
    return record if isinstance(record, CellRecord) else CellRecord()


def watch_cells(shell: Any) -> None:
    """Note each cell that an IPython shell runs from now on."""

    def after_cell(result: Any) -> None:
        with contextlib.suppress(Exception):  # an error here would be printed below the learner's cell
            cells_of(shell.user_ns).note(result.info.raw_cell, result.error_before_exec or result.error_in_exec)

    shell.events.register("post_run_cell", after_cell)


def watch_this_notebook() -> None:
    """Note the cells of the notebook in which this is called; nothing where there is none."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None:
        watch_cells(shell)


def names_set(source: str) -> set[str]:
    """Return the global names that a cell sets when it runs."""
    source = _RUNS_THE_CELL.sub("", source)
    source = _OTHER_MAGIC.sub("", _RUNS_THE_LINE.sub(r"\1", source))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return set(_names_of(symtable.symtable(source, "<cell>", "exec")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {name for found in _SETS.findall(source) for name in re.findall(r"\w+", " ".join(found))}


def error_line(error: BaseException) -> str:
    """Return an error as one short line of text."""
    try:
        text = " ".join(str(error).split())
    except Exception:  # an error of the learner's own class can be anything
        text = ""
    if isinstance(error, SyntaxError):
        text = " ".join(str(error.msg).split()) + (f" (line {error.lineno})" if error.lineno else "")
    if len(text) > _LONGEST_ERROR:
        text = text[: max(text.rfind(" ", 0, _LONGEST_ERROR), _LONGEST_ERROR // 2)] + " …"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _names_of(table: symtable.SymbolTable) -> Iterator[str]:
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        sets = symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
        if sets and (top or symbol.is_declared_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _names_of(child)
