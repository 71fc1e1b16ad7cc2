"""How long each lesson computes on one core beside its imports; exits with 1 where a limit is passed.

The whole solution is run in one kernel after the imports. Counted is processor time, in hundredths of a second: a busy
machine changes it less than it changes the time by the clock. A lesson has 5 s, its reference answers and checks 1 s
of them (every submission pays these again), and no cell takes 2 s.
"""

from __future__ import annotations

import argparse
import ast
import os
import sys
import tempfile
from itertools import pairwise
from typing import NamedTuple

import jupytext
import psutil
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from rich.console import Console
from rich.table import Table

from coursework.lessons.catalogue import Lesson, find_lesson, written_lessons
from coursework.lessons.libraries import LIBRARIES
from coursework.lessons.notebook import grade_id, is_answer, is_check, source_text
from imbalanced_course.course_files import course_file

MOST_LESSON, MOST_ANSWERS, MOST_CELL = 5.0, 1.0, 2.0


class Times(NamedTuple):
    """Seconds of one lesson: all of its cells, its answers and checks, and its slowest cell with its first line."""

    lesson: Lesson
    total: float
    answers: float
    slowest: float
    where: str

    @property
    def within_limits(self) -> bool:
        """Whether no limit is passed."""
        return self.total <= MOST_LESSON and self.answers <= MOST_ANSWERS and self.slowest <= MOST_CELL


def measure(lesson: Lesson) -> Times:
    """Run a lesson's solution once and return its times."""
    source = course_file("solutions") / lesson.folder / f"{lesson.notebook}.py"
    notebook = jupytext.read(source, fmt="py:percent")
    notebook.cells.insert(0, new_code_cell(_imports(notebook)))
    spent: dict[int, float] = {}

    def read_clock(cell_index: int, **_: object) -> None:
        used = psutil.Process(client.km.provisioner.pid).cpu_times()
        spent[cell_index] = used.user + used.system

    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=120,
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
            shutdown_kernel="immediate",
            resources={"metadata": {"path": folder}},
            on_cell_executed=read_clock,
        )
        one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        client.execute(env={**os.environ, **one_thread, "IMBALANCED_COURSE_CACHE": folder})
    code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    seconds = [spent[index] - spent[before] for before, index in pairwise(code)]
    cells = [notebook.cells[index] for index in code[1:]]
    graded = [taken for cell, taken in zip(cells, seconds, strict=True) if is_answer(cell) or is_check(cell)]
    slowest = max(range(len(cells)), key=seconds.__getitem__)
    return Times(lesson, sum(seconds), sum(graded), seconds[slowest], _name(cells[slowest]))


def _imports(notebook: NotebookNode) -> str:
    lines = [f"import {name}" for name in LIBRARIES]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            nodes = ast.walk(ast.parse(cell.source))
            lines += [ast.unparse(node) for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom))]
    tolerant = [f"try:\n    {line}\nexcept ImportError:\n    pass" for line in dict.fromkeys(lines)]
    return "\n".join(tolerant)


def _name(cell: NotebookNode) -> str:
    return grade_id(cell) or next(line for line in source_text(cell).splitlines() if line.strip())[:30]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="number or name; all lessons by default")
    asked = [find_lesson(name) for name in parser.parse_args().lessons] or written_lessons()
    measured = [measure(lesson) for lesson in asked]
    table = Table("lesson", "all, s", "answers + checks, s", "slowest cell, s", "which", title="Computing on one core")
    for times in measured:
        table.add_row(
            times.lesson.folder,
            f"{times.total:.1f}",
            f"{times.answers:.2f}",
            f"{times.slowest:.2f}",
            times.where,
            style=None if times.within_limits else "bold",
        )
    table.add_row("at most", f"{MOST_LESSON:g}", f"{MOST_ANSWERS:g}", f"{MOST_CELL:g}", "")
    Console(width=80).print(table)
    sys.exit(not all(times.within_limits for times in measured))


if __name__ == "__main__":
    main()
