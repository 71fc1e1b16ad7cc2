"""Notebooks that the course writes into a workspace, made of cells of text and of code."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from coursework.lessons.notebook import PYTHON

if TYPE_CHECKING:
    from coursework.workspace.cell_output import CellOutput


def notebook_page(cells: Sequence[dict[str, Any]]) -> bytes:
    """Return a page of the workspace as the bytes of a notebook."""
    notebook = {
        "cells": list(cells),
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            # as the kernel would write it, or opening the page would count as a change
            "language_info": {**PYTHON, "version": platform.python_version()},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()


def text_cell(name: str, source: str) -> dict[str, Any]:
    """Return a cell of text whose id is `name`."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source.splitlines(keepends=True)}


def code_cell(name: str, source: str, shown: CellOutput | None = None, *, folded: bool = False) -> dict[str, Any]:
    """Return a cell of code whose id is `name`, with what it would show now."""
    outputs = []
    if shown:
        data = {"text/html": shown.html, "text/plain": shown.text}
        outputs = [{"data": data, "metadata": {}, "output_type": "display_data"}]
    metadata = {"jupyter": {"source_hidden": True}} if folded else {}
    return {
        **text_cell(name, source),
        "cell_type": "code",
        "metadata": metadata,
        "execution_count": None,
        "outputs": outputs,
    }
