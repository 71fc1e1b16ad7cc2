"""The start page of a workspace: how far a learner is, a link to each lesson and project, and what one can do here."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from coursework.lessons.catalogue import Project
from coursework.lessons.notebook import source_text
from coursework.workspace.notebook_page import code_cell, notebook_page, text_cell
from coursework.workspace.own_files import sha256

if TYPE_CHECKING:
    from coursework.workspace.cell_output import CellOutput

START_PAGE = "start.ipynb"

_WELCOME = """\
# Imbalanced classification

You have a class that's rare, such as fraud, disease, or defects. In seven lessons you'll learn to measure a model, to
change the data or the costs, and to decide. Every task tells you at once whether your answer is right, and if it isn't,
why.

To bring this page up to date, click the table below and press **Shift+Enter**."""

_PROJECTS = """\
## After lesson 7: projects

Each project gives you a brief, data, and a function that scores your result. There are no points."""

_HOW = """\
## How it works

**Run a cell.** Click it and press **Shift+Enter**. The cells of a lesson build on each other, so run them from top to
bottom.

**Answer a task.** Replace each `...` in the answer cell and run it. Then run the check cell below it. The check says
*not attempted*, *not yet* with the reason, or *right*. You can try as often as you like. If you're stuck, open the
hints one at a time.

**Look up a term.** The [glossary](glossary.md) defines every term in one sentence. The [cheat sheet](cheat-sheet.md) is
the course on one page, to print.

**Work without a mouse.** **Tab** and **Shift+Tab** move between links, and **Enter** opens one. In a notebook, the
arrow keys move between cells, **Enter** starts editing, and **Esc** stops it.

**Get out of trouble.** If a cell never ends, choose *Kernel › Interrupt Kernel*. If something looks wrong, choose
*Kernel › Restart Kernel and Run All Cells…*.

Your work is yours. No update of the course changes a file in this folder that you've worked on."""

_COMMANDS = """\
## Check, hand in, look up, start over

Save the lesson first (**Ctrl+S**), because these cells work on the saved file. Then replace the dots in one of them
with the lesson's number, as in `check(3)`, and press **Shift+Enter**. You can also use a terminal (*File › New ›
Terminal*): `course check`, `course submit`, and so on do the same, and `course doctor` tells you what's wrong with the
setup and how to fix it."""

_ACTIONS = {
    "check": "runs the lesson from the start and shows your points",
    "submit": "packs the lesson into hand-in/, for a teacher",
    "reveal": "puts the reference solution next to your notebook",
    "reset": "starts the lesson over and keeps your work as a dated copy",
}
_REFRESH = "# How far you are"  # what JupyterLab shows of the folded cell
_FROM = "from coursework.workspace.cell_commands import"
_END = 'Use a project\'s name instead of a number, as in `reveal("whom-to-call")`.'

# What pages of an earlier release say there, as patterns.
_EARLIER = (
    r"runs the lesson \w+: your points, and what is open",
    "packs the lesson into hand-in/, for a teacher",
    "puts the reference solution beside your notebook",
    "starts the lesson over; your work is kept as a dated copy",
)

# What a learner types into an action's brackets is no change of the page, nor is it when our comment goes with it.
_COMMENTS = "|".join((*map(re.escape, _ACTIONS.values()), *_EARLIER))
_CALL = re.compile(
    rf"^({'|'.join(_ACTIONS)})\((?:\.\.\.|\d+|\"[\w-]*\"|'[\w-]*'|[ ,])*\)"
    rf"(?: *# (?:{_COMMENTS}))? *$",
    re.MULTILINE,
)


def start_page(progress: CellOutput, projects: Sequence[Project] = ()) -> bytes:
    """Return the start page as the bytes of a notebook, its first code cell with the output that it would have now."""
    cells = [
        text_cell("welcome", _WELCOME),
        code_cell("progress", f"{_REFRESH}\n{_FROM} progress\n\nprogress()", progress, folded=True),
        text_cell("how", _HOW),
        text_cell("commands", _COMMANDS),
        *(code_cell(name, f"{_FROM} {name}\n\n{name}(...)  # {does}") for name, does in _ACTIONS.items()),
    ]
    if projects:
        cells.insert(2, text_cell("projects", _project_links(projects)))
        cells.append(text_cell("names", _END))
    return notebook_page(cells)


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
