"""Small hand-ins of our own, each of the kind that a public bug report on another grader or platform is about."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from small_course import lesson_notebook

Notebook = dict[str, Any]
LESSON = "03-metrics"
NBGRADER, OTTER = "https://github.com/jupyter/nbgrader/issues/", "https://github.com/ucbds-infra/otter-grader/issues/"
COCALC = "https://github.com/sagemathinc/cocalc/issues/"


@dataclass(frozen=True)
class HandIn:
    """A hand-in and what becomes of it.

    `reports` are the links; `content` is the notebook or the file's bytes. `points` is None where it cannot be graded,
    `reason` is a part of the sentence in its row, and `review` says whether a person is asked to look. `name` is the
    file's name, and `beside` holds texts of other files by their names.
    """

    reports: tuple[str, ...]
    content: Notebook | bytes
    points: float | None = 10.0
    reason: str = ""
    review: bool = False
    name: str = "metrics.ipynb"
    beside: Mapping[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        content = self.content if isinstance(self.content, bytes) else json.dumps(self.content).encode()
        (folder / self.name).write_bytes(content)
        for name, text in self.beside.items():
            (folder / name).write_text(text)


def solved() -> Notebook:
    """Return the lesson with both tasks right (4 and 6 points) and no text for a person to read."""
    notebook = answered("", "essay", lesson_notebook(LESSON, solved=True))
    del notebook["metadata"]["imbalanced_course"]["tasks"]  # made-up fingerprints, which say "another release"
    return notebook


def place_of(notebook: Notebook, name: str) -> int:
    return [cell.get("id") for cell in notebook["cells"]].index(name)


def answered(text: str, task: str = "recall", notebook: Notebook | None = None) -> Notebook:
    """Return the notebook with another text in the answer cell of a task."""
    notebook = notebook or solved()
    notebook["cells"][place_of(notebook, task)]["source"] = text
    return notebook


def first(text: str) -> Notebook:
    """Return the solved notebook with something before its first answer."""
    return answered(f"{text}\nrecall = 0.5")


def added(*texts: str, after: str = "setup", kind: str = "code", **fields: Any) -> Notebook:
    """Return the solved notebook with cells that the learner put in."""
    notebook = solved()
    place = place_of(notebook, after) + 1
    notebook["cells"][place:place] = [{"cell_type": kind, "metadata": {}, "source": text, **fields} for text in texts]
    return notebook


def without(*names: str) -> Notebook:
    notebook = solved()
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in names]
    return notebook


def each_cell(change: Callable[[dict[str, Any]], None]) -> Notebook:
    notebook = solved()
    for cell in notebook["cells"]:
        change(cell)
    return notebook


def copied(name: str, *texts: str) -> Notebook:
    """Return the solved notebook in which one cell is there several times, all with its metadata."""
    notebook = solved()
    place = place_of(notebook, name)
    notebook["cells"][place : place + 1] = [{**notebook["cells"][place], "source": text} for text in texts]
    return notebook


def turned_into(kind: str, name: str) -> Notebook:
    notebook = solved()
    notebook["cells"][place_of(notebook, name)]["cell_type"] = kind
    return notebook


def with_metadata(**metadata: Any) -> Notebook:
    notebook = solved()
    notebook["metadata"].update(metadata)
    return notebook


def as_colab_saves_it() -> Notebook:
    """Return the notebook with cell ids in the metadata, where Colab keeps them."""
    notebook = {**each_cell(lambda cell: cell["metadata"].update(id=cell.pop("id"))), "nbformat_minor": 0}
    notebook["metadata"]["colab"] = {"provenance": []}
    return notebook


WIDGET = {"output_type": "display_data", "metadata": {}, "data": {"application/vnd.jupyter.widget-view+json": {}}}
STOPPED = "the cell 'recall' was stopped after 1 s"

HAND_INS: dict[str, HandIn] = {
    # Cells
    "answer cell copied": HandIn(
        (NBGRADER + "1083", NBGRADER + "108", COCALC + "6687"),
        copied("recall", "recall = 0.1", "recall = 0.5"),
        reason="answered more than once",
        review=True,
    ),
    "cell split": HandIn(
        ("https://github.com/jeflem/ananke/issues/12",),
        copied("recall", "half = 1 / 2", "recall = half"),
        reason="answered more than once",
        review=True,
    ),
    "check copied": HandIn(
        ("https://github.com/TU-Wien-dataLAB/grader-service/issues/51",), copied("recall-check", "4.0", "assert False")
    ),
    "check deleted": HandIn((NBGRADER + "1682",), without("recall-check", "precision-check")),
    "check edited": HandIn((NBGRADER + "878",), answered("4.0", "recall-check", answered("recall = 0.1")), 6.0),
    "check as markdown": HandIn((NBGRADER + "92",), turned_into("markdown", "recall-check")),
    "answer as markdown": HandIn(
        (NBGRADER + "1941",), turned_into("markdown", "recall"), 6.0, "recall was turned into another kind of cell"
    ),
    "metadata lost": HandIn((NBGRADER + "424", NBGRADER + "1398"), each_cell(lambda cell: cell.update(metadata={}))),
    "from Colab": HandIn((NBGRADER + "1273",), as_colab_saves_it()),
    "cell added": HandIn((COCALC + "4916",), answered("recall = half()", notebook=added("def half():\n    return .5"))),
    "zero points": HandIn((NBGRADER + "1353",), answered("more_recall = 0.75", "more-recall")),
    "text left empty": HandIn((NBGRADER + "993",), solved()),
    # What the code does
    "kernel dies": HandIn(
        (COCALC + "4588", COCALC + "4951"),
        answered("import os\nos._exit(1)"),
        6.0,
        "the cell 'recall' ended the Python process",
    ),
    "leaves with quit": HandIn(
        ("https://github.com/alexmojaki/futurecoder/issues/267",), answered("quit()"), 6.0, "the cell 'recall' stopped"
    ),
    "endless": HandIn(
        (OTTER + "469", OTTER + "813", NBGRADER + "1033", "https://github.com/hazelgrove/hazel/issues/1981"),
        answered("while True:\n    pass"),
        6.0,
        STOPPED,
    ),
    "endless and printing": HandIn(
        ("https://github.com/France-ioi/taskgrader/issues/80", "https://github.com/ipython/ipython/issues/6516"),
        answered("while True:\n    print()"),
        6.0,
        STOPPED,
    ),
    "endless text": HandIn((NBGRADER + "913",), answered("while True:\n    pass", "essay"), review=True),
    "too much memory": HandIn(
        (NBGRADER + "1429",), answered("recall = list(bytearray(2**33))"), 6.0, "it needed more memory than it may use"
    ),
    "asks": HandIn(
        (NBGRADER + "1844", NBGRADER + "1210"),
        answered("recall = 0.5\nname = input('Your name? ')"),
        6.0,
        "it asked for input, and nobody types where it was graded",
    ),
    "own file": HandIn(
        (NBGRADER + "894",),
        answered("recall = float(open('data/share.txt').read())"),
        6.0,
        "the file 'data/share.txt' is not there where it was graded",
    ),
    "module that is not there": HandIn(
        (NBGRADER + "1876", NBGRADER + "1295"),
        answered("import a_module_of_mine"),
        6.0,
        "the module 'a_module_of_mine' is not installed",
    ),
    "installs": HandIn((NBGRADER + "729",), first("%pip install pyspark\n!pip install pyspark")),
    "cell magic": HandIn((OTTER + "604",), answered("%%time\nrecall = 0.5")),
    "interactive figure": HandIn(
        (NBGRADER + "1070", "https://github.com/moorepants/resonance/issues/40"),
        first("%matplotlib notebook\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"),
    ),
    "asyncio": HandIn(
        ("https://github.com/jupyter/notebook/issues/4312",),
        answered("async def half():\n    return 0.5\nrecall = await half()"),
    ),
    "raise left behind": HandIn(
        (NBGRADER + "1154",),
        answered("recall = 0.5\nraise NotImplementedError()"),
        6.0,
        "the cell 'recall' stopped with NotImplementedError",
    ),
    "warns": HandIn(
        ("https://github.com/jupyter/nbgrader/pull/1904",),
        first("import sys, warnings\nwarnings.warn('old')\nprint('odd processor', file=sys.stderr)"),
    ),
    "errors hidden": HandIn(
        ("https://github.com/jupyter/nbgrader/pull/1324",),
        answered(
            "from IPython.core.interactiveshell import InteractiveShell\n"
            "InteractiveShell.showtraceback = lambda *a, **k: None\nrecall = 0.1"
        ),
        6.0,
    ),
    "name used again": HandIn((OTTER + "793",), added("recall = 4", after="precision-check")),
    "names of the checks": HandIn((OTTER + "817", OTTER + "890"), first("t = task = check = value = answers = 1")),
    "seeds": HandIn((OTTER + "346",), first("import numpy as np\nnp.random.seed(1)")),
    "syntax error": HandIn(
        ("https://github.com/PrairieLearn/PrairieLearn/issues/3015",),
        answered("recall = = 1"),
        6.0,
        "the cell 'recall' stopped with SyntaxError",
    ),
    "other letters": HandIn(
        (NBGRADER + "1297", "https://github.com/okpy/ok-client/issues/281"),
        first("# x₀ ≤ x² → 🎉 \ud83d\nprint('x₀ ≤ x² → 🎉', '\\ud83d')"),
    ),
    # Values
    "not a number": HandIn(
        ("https://github.com/inducer/relate/issues/651", "https://github.com/DMOJ/judge-server/issues/279"),
        answered("recall = float('nan')"),
        6.0,
    ),
    "huge number": HandIn(
        ("https://github.com/PrairieLearn/PrairieLearn/issues/953",), answered("recall = 10**400"), 6.0
    ),
    "sum of floats": HandIn((OTTER + "457",), answered("recall = 0.1 + 0.2 + 0.2")),
    "NumPy's numbers": HandIn(
        ("https://github.com/scipy/scipy_doctest/issues/60",), answered("recall = np.float64(0.5)")
    ),
    "wrong": HandIn((NBGRADER + "1339",), answered("recall = 0.9"), 6.0),
    # Files
    "kernel of another name": HandIn(
        (NBGRADER + "1375", NBGRADER + "417", OTTER + "706"),
        with_metadata(kernelspec={"name": "conda-env-x-py", "display_name": "Python [root]", "language": "python"}),
    ),
    "ids too early": HandIn(("https://github.com/jupytext/jupytext/issues/1463",), {**solved(), "nbformat_minor": 2}),
    "outputs in markdown": HandIn(
        ("https://github.com/snakemake/snakemake/issues/718",), added("text", kind="markdown", outputs=[])
    ),
    "widgets": HandIn(
        ("https://github.com/jupyter/nbconvert/pull/2288", "https://github.com/jupyter/nbformat/issues/161"),
        {**added("1", outputs=[WIDGET]), "metadata": {"widgets": {"application/vnd.jupyter.widget-state+json": {}}}},
    ),
    "attachment": HandIn(
        (NBGRADER + "950",),
        added(
            "![mine](attachment:mine.png)",
            kind="markdown",
            attachments={"mine.png": {"image/png": "AAAA"}},
        ),
    ),
    "of version 3": HandIn(
        (NBGRADER + "29",), b'{"worksheets": [{"cells": []}], "nbformat": 3}', None, "is from before 2015"
    ),
    "a page as notebook": HandIn(
        ("https://github.com/jupyter/help/issues/67",), b"<!DOCTYPE HTML>\n<html></html>", None, "is not valid JSON"
    ),
    "byte order mark": HandIn(
        ("https://github.com/microsoft/markitdown/pull/2425",), b"\xef\xbb\xbf" + json.dumps(solved()).encode()
    ),
    "renamed": HandIn((NBGRADER + "1302", NBGRADER + "416", OTTER + "433"), solved(), name="Ada's metrics (2).ipynb"),
    "page beside it": HandIn((NBGRADER + "1211",), solved(), beside={"metrics.html": "<p>mine</p>"}),
    "modules beside it": HandIn((NBGRADER + "1842",), solved(), beside={"numpy.py": "1 / 0", "random.py": "1 / 0"}),
    # Names
    "Lovelace, Ada": HandIn(("https://github.com/TEAMMATES/teammates/issues/1247",), solved()),
    "Zoë Šimůnková": HandIn(("https://github.com/chamilo/chamilo-lms/issues/2302",), solved()),
    "=cmd|' C calc'!A0": HandIn(("https://github.com/knoxiboy/DoubtDesk/issues/984",), solved()),
    "Ada+03 [b] (1)": HandIn((NBGRADER + "928", NBGRADER + "1843"), solved()),
}
