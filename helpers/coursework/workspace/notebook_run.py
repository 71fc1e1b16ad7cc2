"""Running a copy of a learner's notebook."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from coursework.grading.lesson_plan import lesson_parts, light_sources
from coursework.lessons.catalogue import Lesson
from coursework.lessons.notebook import grade_id, lesson_tasks, source_text
from coursework.threads import thread_limits
from coursework.workspace.learner_notebook import lesson_file, read_notebook
from coursework.workspace.outcome import LessonOutcome, not_checked, task_outcome
from coursework.workspace.releases import task_changes, task_fingerprints
from imbalanced_course.errors import CourseError

_PATIENCE = 5.0  # seconds for a kernel to come back after an interrupt


def check_lesson(
    workspace: Path,
    lesson: Lesson,
    *,
    timeout: float = 120.0,
    on_cell: Callable[[int, int], None] | None = None,
    threads: int | None = None,
) -> LessonOutcome:
    """Run a copy of a learner's notebook and return what its checks say.

    The notebook itself is never written. A check cell that is missing or changed counts as open.

    Parameters
    ----------
    workspace : Path
        The learner's workspace.
    lesson : Lesson
        A released lesson.
    timeout : float
        Seconds that one cell may take.
    on_cell : callable, optional
        Called before each cell with the number of cells done and of all cells.
    threads : int, optional
        How many threads each numerical library may use, where several notebooks run at once.
    """
    release = read_notebook(lesson.release_path)
    tasks = lesson_tasks(release)
    path = lesson_file(workspace, lesson)
    try:
        notebook = read_notebook(path)
        # What only shows something is not run again: it takes most of a lesson's time and no check reads it.
        for position, left in light_sources(lesson_parts(lesson.folder, release), notebook).items():
            notebook.cells[position].source = left
        problem = _run(notebook, path.parent, timeout, on_cell, threads)
    except CourseError as error:
        return LessonOutcome(
            lesson, tuple(not_checked(task, "the notebook couldn't be run.") for task in tasks), str(error)
        )

    released = {grade_id(cell): source_text(cell).strip() for cell in release.cells if grade_id(cell)}
    current = task_fingerprints(release)
    theirs = task_fingerprints(notebook)
    outcomes = tuple(
        task_outcome(task, notebook, released, older=theirs.get(task.name, current[task.name]) != current[task.name])
        for task in tasks
    )
    note = None
    if theirs and theirs != current:
        note = (
            f"your notebook is from an older release ({task_changes(notebook, release)}); "
            f"to get the current one and keep your work as a dated copy, run `course reset {lesson.name}`."
        )
    return LessonOutcome(lesson, outcomes, problem, note)


_running: list[NotebookClient] = []


class _QuietClient(NotebookClient):
    """A client that forgets what cells print, so that an endless print cannot fill the memory."""

    def output(self, outs: Any, msg: Any, display_id: Any, cell_index: int) -> Any:
        if msg["msg_type"] == "stream":
            return None
        return super().output(outs, msg, display_id, cell_index)


def environment_kernel() -> AsyncKernelManager:
    """Return a manager of this environment's own kernel, whatever kernel `python3` means to the user elsewhere."""
    return AsyncKernelManager(kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))


def _run(
    notebook: nbformat.NotebookNode,
    folder: Path,
    timeout: float,
    on_cell: Callable[[int, int], None] | None,
    threads: int | None,
) -> str | None:
    """Run the notebook's cells in place; return in one sentence what stopped them, or None."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    client = _QuietClient(
        notebook,
        km=environment_kernel(),
        timeout=timeout,
        allow_errors=True,
        shutdown_kernel="immediate",
        log=_silent(),
    )
    code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    problem = None
    _running.append(client)
    try:
        # What the kernel's process writes past its channels must not mix with what the command prints.
        streams = {"stdout": DEVNULL, "stderr": DEVNULL}
        with client.setup_kernel(cwd=str(folder), env=_environment(threads), cleanup_kc=True, **streams):
            for number, index in enumerate(code, start=1):
                if on_cell:
                    on_cell(number - 1, len(code))
                cell = notebook.cells[index]
                try:
                    client.execute_cell(cell, index)
                except CellTimeoutError:
                    cell.outputs = []
                    stopped = f"cell {number} of {len(code)} ({_first_line(cell)}) ran for more than {timeout:g} s"
                    if problem is not None or not _interrupt(client):
                        return f"{stopped}, so the rest wasn't run: is there a loop that never ends?"
                    problem = f"{stopped} and was stopped: is there a loop that never ends?"
                except DeadKernelError:
                    return (
                        f"the Python process ended at cell {number} ({_first_line(cell)}), so the rest wasn't run: "
                        "did it run out of memory or call exit?"
                    )
    except (RuntimeError, OSError) as error:
        raise CourseError(f"the kernel didn't start ({error}): run `course doctor` to see what to fix") from error
    finally:
        _running.remove(client)
    return problem


def _environment(threads: int | None) -> dict[str, str]:
    """Return the kernel's environment; what the learner has set for the libraries' threads stays."""
    limits = {} if threads is None else thread_limits(threads)
    return {**limits, **os.environ}


def end_kernels() -> None:
    """End the kernels of all notebooks that run now, in other threads: each ends as if its process had died."""
    for client in list(_running):
        provisioner: Any = getattr(client.km, "provisioner", None)
        if provisioner is not None and provisioner.process is not None:
            provisioner.process.kill()


def _interrupt(client: NotebookClient) -> bool:
    """Interrupt what runs and return whether the kernel answers again."""
    manager: Any = client.km
    channels: Any = client.kc

    async def ask() -> bool:
        await manager.interrupt_kernel()
        with contextlib.suppress(RuntimeError, TimeoutError):
            await channels.wait_for_ready(timeout=_PATIENCE)
            return True
        return False

    return bool(run_sync(ask)())


def _first_line(cell: nbformat.NotebookNode) -> str:
    lines = [line.strip() for line in source_text(cell).splitlines() if line.strip()]
    first = lines[0] if lines else "empty"
    return first if len(first) <= 40 else first[:39] + "…"


def _silent() -> Any:
    import logging

    log = logging.getLogger("coursework.workspace.notebook_run")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    return log
