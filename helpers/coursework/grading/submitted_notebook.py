"""A submitted notebook, read from its bytes without trusting them; this happens in the reader's process only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from coursework.intake.content import A_NOTEBOOK, MOST_BYTES_OF_A_HEAD, kind_of
from coursework.intake.opening import UnreadableSubmission

MOST_CELL_CHARACTERS = 2**20


def submitted_notebook(raw: bytes, *, most_characters: int = MOST_CELL_CHARACTERS) -> dict[str, Any]:
    """Return what grading reads of a notebook: its cells in the types that it expects, and its metadata.

    Parameters
    ----------
    raw : bytes
        The file's content.
    most_characters : int
        How much text all cells together may hold.

    Raises
    ------
    UnreadableSubmission
        When it is not a notebook.
    """
    try:
        notebook = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableSubmission(f"the file is not UTF-8 text{_but(raw)}") from None
    except (ValueError, RecursionError):
        raise UnreadableSubmission(f"the file is not a notebook: it is not valid JSON{_but(raw)}") from None
    if not isinstance(notebook, dict):
        raise UnreadableSubmission("the file is JSON, but not a notebook")
    if "cells" not in notebook and isinstance(notebook.get("worksheets"), list):
        raise UnreadableSubmission("the notebook's format is from before 2015: open it in JupyterLab and save it")
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        raise UnreadableSubmission("the file is JSON, but not a notebook: it has no cells")
    kept = [cell for cell in map(_as_cell, cells) if cell]
    if sum(len(cell["source"]) for cell in kept) > most_characters:
        raise UnreadableSubmission("the notebook's cells contain more than a megabyte of text")
    return {"cells": kept, "metadata": notebook.get("metadata")}


def _but(raw: bytes) -> str:
    """Return what the file is instead, where its first bytes tell."""
    kind = kind_of(raw[:MOST_BYTES_OF_A_HEAD])
    return f", but {kind}" if kind not in ("", A_NOTEBOOK) else ""


def whole_characters(text: str) -> str:
    """Return the text without halves of surrogate pairs, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _as_cell(cell: Any) -> dict[str, Any] | None:
    """Return what grading reads of a cell, in the types it expects; outputs are left behind."""
    if not isinstance(cell, Mapping):
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    kind = cell.get("cell_type")
    if kind == "code" and isinstance(source, str) and source.startswith("%md\n"):  # as Databricks saves text
        kind, source = "markdown", source.removeprefix("%md\n")
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    return {
        "cell_type": kind,
        "id": cell.get("id"),
        "source": whole_characters(source) if isinstance(source, str) else "",
        "metadata": {"nbgrader": dict(found)} if isinstance(found, Mapping) else {},
    }
