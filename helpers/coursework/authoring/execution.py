"""Run a notebook from top to bottom in conditions that are the same on every machine, or keep what it put out."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from coursework.lessons.notebook import grade_id
from coursework.threads import thread_limits
from imbalanced_course.errors import CourseError

if TYPE_CHECKING:
    from nbformat import NotebookNode

CELL_LIMIT_SECONDS = 60
# What such a cell shows depends on what is installed: nbval does not compare it, and the build does not keep it.
OPTIONAL_TAG = "nbval-ignore-output"


def run_notebook(notebook: NotebookNode, *, where: str) -> NotebookNode:
    """Return the notebook with its outputs.

    It runs in an empty folder, with an empty data cache and one thread a library, so that neither what was
    fetched before nor the number of cores shows in an output. Optional cells keep none.

    Parameters
    ----------
    notebook : NotebookNode
        A notebook without outputs; it is changed in place.
    where : str
        How to call the notebook in an error.

    Raises
    ------
    CourseError
        When a cell raises or takes longer than a minute.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, **thread_limits(), "PYTHONHASHSEED": "0", "IMBALANCED_COURSE_CACHE": folder}
        environment.pop("IMBALANCED_COURSE_SEED", None)
        client = NotebookClient(
            notebook,
            timeout=CELL_LIMIT_SECONDS,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,  # in how many pieces a text arrives depends on the machine
            extra_arguments=["--IPKernelApp.log_level=ERROR"],  # it warns that local sockets are not encrypted
            shutdown_kernel="immediate",
            resources={"metadata": {"path": folder}},
        )
        try:
            client.execute(env=environment)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            raise CourseError(f"{where} does not run: {str(error).strip()}") from None
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if OPTIONAL_TAG in cell.metadata.get("tags", []):
            cell.outputs = []
    notebook.metadata.get("language_info", {}).pop("version", None)
    return notebook


def keep_outputs(notebook: NotebookNode, *, stored: Path, where: str) -> NotebookNode:
    """Return the notebook with the outputs of the stored one, whose code must be the same.

    Raises
    ------
    CourseError
        When no notebook is stored, or a cell's code is another one.
    """
    import nbformat

    if not stored.exists():
        raise CourseError(f"{where} has never been run: build it without --words")
    executed = nbformat.read(stored, as_version=4)
    old, new = ([cell for cell in one.cells if cell.cell_type == "code"] for one in (executed, notebook))
    for number, cell in enumerate(new):
        if number == len(old) or cell.source != old[number].source:
            name = grade_id(cell) or (cell.source.strip().splitlines() or ["an empty one"])[0]
            raise CourseError(f"{where}: code has changed from the cell {name!r} on: build it without --words")
        cell.outputs, cell.execution_count = old[number].outputs, old[number].execution_count
    if len(old) > len(new):
        raise CourseError(f"{where}: it has fewer code cells than were run: build it without --words")
    notebook.metadata = executed.metadata | notebook.metadata
    return notebook
