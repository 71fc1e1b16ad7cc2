"""The start page of a workspace: where a learner lands, with a link to each lesson and project."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Sequence
from typing import Any

from imbalanced_course.catalogue import Lesson, Project
from imbalanced_course.lesson_notebook import source_text
from imbalanced_course.workspace.place import sha256

_MINUTES = re.compile(r"(\d+)\s*(?:to|-|–)\s*(\d+)\s*minutes|(\d+)\s*minutes")

_WELCOME = """\
# Imbalanced classification

Measure first, then change the data or the costs, then decide. Each lesson is one sitting, with tasks that tell you
at once whether your answer is right."""

_HOW = """\
## How it works

**Run a cell**: click it and press **Shift+Enter**. The cells depend on each other, so run them from top to bottom.
Try it on the grey cell below."""

_PROJECTS = """\
A brief, data, and a function that tells how far you have come; no points. `course reveal NAME` shows one solution
(`fraud-alerts`, for instance)."""

_TRY = 'print("It works.")'

_LOOP = """\
**Answer a task**: replace each `...` in the answer cell, run it, then run the check cell under it. The check says
*not attempted*, *not yet* and why, or *right*, as often as you like. Stuck? Open the hints one by one.

**See it all**: the **Validate** button above a lesson saves it, runs it afresh from top to bottom and lists the checks
that do not earn all their points yet.

| in a terminal (*File › New › Terminal*) | does |
| --- | --- |
| `course check` | your points, what is open, your progress over the lessons |
| `course submit` | packs your notebooks into `hand-in/` for a teacher |
| `course reveal LESSON` | puts the reference solution beside your notebook |
| `course reset LESSON` | starts a lesson or a project over and keeps your work as a dated copy |
| `course doctor` | finds out what is wrong with the set-up and how to mend it |

The words of the course, each in a sentence: [glossary](glossary.md).

A cell that never ends: *Kernel › Interrupt Kernel*. Something odd: *Kernel › Restart Kernel and Run All Cells*.
Your work is yours: no update of the course changes a file in this folder that you have worked on."""


def start_page(lessons: list[Lesson], projects: Sequence[Project] = ()) -> bytes:
    """Return the start page as the bytes of a notebook that links to the given lessons and projects."""
    cells = [
        _cell("welcome", _WELCOME),
        _cell("lessons", _links(lessons)),
        _cell("how", _HOW),
        _cell("try", _TRY, code=True),
        _cell("loop", _LOOP),
    ]
    if projects:
        cells.insert(2, _cell("projects", _project_links(projects)))
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

    Outputs and metadata do not count, because JupyterLab changes them when a learner only looks at the page.
    """
    try:
        cells = json.loads(page.decode("utf-8"))["cells"]
        texts = [[cell["cell_type"], source_text(cell)] for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return sha256(json.dumps(texts).encode())


def lesson_time(lesson: Lesson) -> str:
    """Return how long a lesson takes, as its release says in its opening; "" where it does not say."""
    notebook = json.loads(lesson.release_path.read_text(encoding="utf-8"))
    for cell in notebook["cells"][:4]:
        found = _MINUTES.search(source_text(cell))
        if found:
            return f"{found[1]} to {found[2]} minutes" if found[1] else f"{found[3]} minutes"
    return ""


def _links(lessons: list[Lesson]) -> str:
    if not lessons:
        return "## Lessons\n\nThis release of the course has no lesson yet."
    first, *others = lessons
    lines = ["## Your first lesson", "", f"### ➜ {_link(first)}"]
    if others:
        lines += ["", "Then:", "", *(f"- {_link(lesson)}" for lesson in others)]
    return "\n".join(lines)


def _project_links(projects: Sequence[Project]) -> str:
    links = [f"- [{one.title}]({one.folder}/{one.notebook}.ipynb): {one.aim}" for one in projects]
    return "\n".join(["## After lesson 7: projects", "", _PROJECTS, "", *links])


def _link(lesson: Lesson) -> str:
    time = lesson_time(lesson)
    name = f"Lesson {lesson.number}: {lesson.title}"
    return f"[{name}]({lesson.folder}/{lesson.notebook}.ipynb)" + (f" · {time}" if time else "")


def _cell(name: str, source: str, *, code: bool = False) -> dict[str, Any]:
    lines = source.splitlines(keepends=True)
    if code:
        return {
            "cell_type": "code",
            "execution_count": None,
            "id": name,
            "metadata": {},
            "outputs": [],
            "source": lines,
        }
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": lines}
