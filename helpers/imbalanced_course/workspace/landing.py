"""The start page of a workspace: how far a learner is, a link to each lesson and project, and what one can do here."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Sequence
from typing import Any

from imbalanced_course.catalogue import Project
from imbalanced_course.lesson_notebook import source_text
from imbalanced_course.workspace.cards import Card
from imbalanced_course.workspace.place import sha256

_WELCOME = """\
# Imbalanced classification

Measure first, then change the data or the costs, then decide. Each lesson is one sitting, with tasks that tell you
at once whether your answer is right."""

_PROJECTS = """\
## After lesson 7: projects

A brief, data, and a function that tells how far you have come; no points."""

_HOW = """\
## How it works

**Run a cell**: go to it and press **Shift+Enter**. In a lesson the cells depend on each other, so run them from top to
bottom.

**Answer a task**: replace each `...` in the answer cell, run it, then run the check cell under it. The check says
*not attempted*, *not yet* and why, or *right*, as often as you like. Stuck? Open the hints one by one.

**Without a mouse**: **Tab** and **Shift+Tab** go from link to link and **Enter** opens one; in a notebook the arrow
keys go from cell to cell, **Enter** starts writing and **Esc** ends it.

**Looking for a word?** Each stands in the [glossary](glossary.md) with one sentence.

A cell that never ends: *Kernel › Interrupt Kernel*. Something odd: *Kernel › Restart Kernel and Run All Cells…*.
Your work is yours: no update of the course changes a file in this folder that you have worked on."""

_DESK = """\
## Check, hand in, look up, start over

Put a lesson's number in place of the dots in one of these cells, as in `check(3)`, and press **Shift+Enter**. Save the
lesson before (**Ctrl+S**): all of them work on the saved file. In a terminal (*File › New › Terminal*) `course check`,
`course submit` and so on do the same, and `course doctor` says what is wrong with the set-up and how to mend it."""

_ACTIONS = {
    "check": "runs the lesson afresh: your points, and what is open",
    "submit": "packs the lesson into hand-in/, for a teacher",
    "reveal": "puts the reference solution beside your notebook",
    "reset": "starts the lesson over; your work is kept as a dated copy",
}
_FROM = "from imbalanced_course.workspace.desk import"
_END = 'Projects have names in place of numbers, as in `reveal("outreach")`.'

# What a learner types into an action's brackets is no change of the page, nor is it when our comment goes with it.
_CALL = re.compile(
    rf"^({'|'.join(_ACTIONS)})\((?:\.\.\.|\d+|\"[\w-]*\"|'[\w-]*'|[ ,])*\)"
    rf"(?: *# (?:{'|'.join(map(re.escape, _ACTIONS.values()))}))? *$",
    re.MULTILINE,
)


def start_page(progress: Card, projects: Sequence[Project] = ()) -> bytes:
    """Return the start page as the bytes of a notebook, its first code cell with the output that it would have now."""
    cells = [
        _cell("welcome", _WELCOME),
        _code("progress", f"{_FROM} progress\n\nprogress()  # Shift+Enter: how far you are by now", progress),
        _cell("how", _HOW),
        _cell("desk", _DESK),
        *(_code(name, f"{_FROM} {name}\n\n{name}(...)  # {does}") for name, does in _ACTIONS.items()),
    ]
    if projects:
        cells.insert(2, _cell("projects", _project_links(projects)))
        cells.append(_cell("names", _END))
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {  # as the kernel would write it, or opening the page would count as a change
                "codemirror_mode": {"name": "ipython", "version": 3},
                "file_extension": ".py",
                "mimetype": "text/x-python",
                "name": "python",
                "nbconvert_exporter": "python",
                "pygments_lexer": "ipython3",
                "version": platform.python_version(),
            },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()


def page_fingerprint(page: bytes) -> str | None:
    """Return what tells a start page from a changed one: its cells' texts; None for what is no notebook.

    Outputs and metadata do not count, because JupyterLab changes them when a learner only looks at the page. Nor do
    the lesson that a learner named in an action's cell, and the empty cell that Shift+Enter adds at the end.
    """
    try:
        cells = json.loads(page.decode("utf-8"))["cells"]
        texts = [[cell["cell_type"], _CALL.sub(r"\1(...)", source_text(cell))] for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return sha256(json.dumps([text for text in texts if text[1].strip()]).encode())


def _project_links(projects: Sequence[Project]) -> str:
    links = [f"- [{one.title}]({one.folder}/{one.notebook}.ipynb): {one.aim}" for one in projects]
    return "\n".join([_PROJECTS, "", *links])


def _cell(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source.splitlines(keepends=True)}


def _code(name: str, source: str, shown: Card | None = None) -> dict[str, Any]:
    outputs = []
    if shown:
        data = {"text/html": shown.html, "text/plain": shown.text}
        outputs = [{"data": data, "metadata": {}, "output_type": "display_data"}]
    return {**_cell(name, source), "cell_type": "code", "execution_count": None, "outputs": outputs}
