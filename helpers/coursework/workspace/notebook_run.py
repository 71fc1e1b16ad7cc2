"""Running a copy of a learner's notebook and reading what its checks say."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from typing import Any, Literal

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from coursework.grading.lesson_plan import lesson_parts, light_sources
from coursework.lessons.catalogue import Lesson
from coursework.lessons.notebook import (
    BEFORE_PREFIX,
    QUIZ_PREFIX,
    LessonTask,
    grade_id,
    lesson_tasks,
    source_text,
)
from coursework.workspace.learner_notebook import lesson_file, read_notebook
from coursework.workspace.progress import saved_result
from coursework.workspace.releases import task_changes, task_fingerprints
from imbalanced_course.errors import CourseError

TaskKind = Literal["task", "bonus", "quiz", "before", "manual"]
TaskStatus = Literal["right", "wrong", "not attempted", "not checked"]

_PATIENCE = 5.0  # seconds for a kernel to come back after an interrupt


@dataclass(frozen=True)
class TaskOutcome:
    """What one check of a lesson said: `reason` is one line a finding, or why there is no result."""

    name: str
    kind: TaskKind
    status: TaskStatus
    points: float
    max_points: float
    reason: str


@dataclass(frozen=True)
class LessonOutcome:
    """What a learner's notebook of one lesson earns; `problem` says why it could not be run to its end."""

    lesson: Lesson
    tasks: tuple[TaskOutcome, ...]
    problem: str | None = None
    note: str | None = None

    @property
    def points(self) -> float:
        """Points earned in the tasks that a machine grades."""
        return sum(task.points for task in self.tasks if task.kind == "task")

    @property
    def max_points(self) -> float:
        """The most that those tasks can earn."""
        return sum(task.max_points for task in self.tasks if task.kind == "task")

    @property
    def complete(self) -> bool:
        """Whether all of them are right."""
        return self.problem is None and all(task.status == "right" for task in self.tasks if task.kind == "task")


def check_lesson(
    workspace: Path,
    lesson: Lesson,
    *,
    timeout: float = 120.0,
    on_cell: Callable[[int, int], None] | None = None,
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
    """
    release = read_notebook(lesson.release_path)
    tasks = lesson_tasks(release)
    path = lesson_file(workspace, lesson)
    try:
        notebook = read_notebook(path)
        # What only shows something is not run again: it takes most of a lesson's time and no check reads it.
        for position, left in light_sources(lesson_parts(lesson.folder, release), notebook).items():
            notebook.cells[position].source = left
        problem = _run(notebook, path.parent, timeout, on_cell)
    except CourseError as error:
        return LessonOutcome(lesson, tuple(_open(task, "the notebook couldn't be run.") for task in tasks), str(error))

    released = {grade_id(cell): source_text(cell).strip() for cell in release.cells if grade_id(cell)}
    current = task_fingerprints(release)
    theirs = task_fingerprints(notebook)
    outcomes = tuple(
        _outcome(task, notebook, released, older=theirs.get(task.name, current[task.name]) != current[task.name])
        for task in tasks
    )
    note = None
    if theirs and theirs != current:
        note = (
            f"your notebook is from an older release ({task_changes(notebook, release)}); "
            f"to get the current one and keep your work as a dated copy, run `course reset {lesson.name}`."
        )
    return LessonOutcome(lesson, outcomes, problem, note)


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
    notebook: nbformat.NotebookNode, folder: Path, timeout: float, on_cell: Callable[[int, int], None] | None
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
    number = 0
    try:
        # What the kernel's process writes past its channels must not mix with what the command prints.
        with client.setup_kernel(cwd=str(folder), cleanup_kc=True, stdout=DEVNULL, stderr=DEVNULL):
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
        where = f"at cell {number} ({_first_line(notebook.cells[code[number - 1]])})" if number else "at its start"
        return f"the Python process ended {where}, so the rest wasn't run: did it run out of memory or call exit?"
    except (RuntimeError, OSError) as error:
        raise CourseError(f"the kernel didn't start ({error}): run `course doctor` to see what to fix") from error
    return problem


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


def _outcome(
    task: LessonTask, notebook: nbformat.NotebookNode, released: dict[str | None, str], *, older: bool
) -> TaskOutcome:
    if task.manual:
        return _manual(task, notebook, released)
    found = [cell for cell in notebook.cells if grade_id(cell) == task.check_id]
    if not found:
        return _open(task, f"its check cell is missing: {_restore()}")
    if len(found) > 1:
        return _open(task, "its check cell appears twice: delete the copy.")
    check = found[0]
    if not older and source_text(check).strip() != released.get(task.check_id, ""):
        return _open(task, f"its check cell was changed: {_restore()}")
    result = saved_result(check)
    if result is None:
        return _open(task, _why_no_result(check))
    status: TaskStatus = result["status"] if result["status"] in ("right", "wrong", "not attempted") else "wrong"
    reason = _reason(status, result["findings"])
    if status != "right":
        reason = _answer_error(task, notebook) or reason
    return TaskOutcome(task.name, _kind(task), status, min(result["points"], task.points), task.points, reason)


def _reason(status: TaskStatus, findings: list[dict[str, Any]]) -> str:
    """Return what is open, one line a finding; of a task that was not attempted only the names to fill in."""
    names = [str(finding.get("name", "")) for finding in findings]
    if status == "not attempted":
        return "fill in " + ", ".join(dict.fromkeys(name.partition(" (")[0] for name in names))
    lines = [
        f"{name}: {finding.get('message', '')}"
        for name, finding in zip(names, findings, strict=True)
        if finding.get("status") != "right"
    ]
    return "\n".join(lines)


def _manual(task: LessonTask, notebook: nbformat.NotebookNode, released: dict[str | None, str]) -> TaskOutcome:
    found = [cell for cell in notebook.cells if grade_id(cell) == task.name]
    text = source_text(found[0]).strip() if found else ""
    attempted = bool(text) and text != released.get(task.name, "")
    status: TaskStatus = "not checked" if attempted else "not attempted"
    reason = "written; a person will read and grade it." if attempted else "not written yet; a person will grade it."
    return TaskOutcome(task.name, "manual", status, 0.0, task.points, reason)


def _kind(task: LessonTask) -> TaskKind:
    if task.manual:
        return "manual"
    if task.points:
        return "task"
    if task.name.startswith(BEFORE_PREFIX):
        return "before"
    return "quiz" if task.name.startswith(QUIZ_PREFIX) else "bonus"


def _open(task: LessonTask, reason: str) -> TaskOutcome:
    return TaskOutcome(task.name, _kind(task), "not checked", 0.0, task.points, reason)


def _restore() -> str:
    return "undo the change, or reset the lesson and copy your answers over."


def _why_no_result(check: nbformat.NotebookNode) -> str:
    if check.cell_type != "code":
        return "its check cell is no longer a code cell: change its type back to Code."
    error = _error(check)
    return f"its check stopped with {error}" if error else "its check didn't run to the end."


def _answer_error(task: LessonTask, notebook: nbformat.NotebookNode) -> str | None:
    for cell in notebook.cells:
        if grade_id(cell) == task.name:
            error = _error(cell)
            return f"its answer cell stops with {error}" if error else None
    return "its answer cell is missing."


def _error(cell: nbformat.NotebookNode) -> str | None:
    for output in cell.get("outputs", []):
        if output.get("output_type") == "error":
            lines = str(output.get("evalue", "")).strip().splitlines()
            return f"{output.get('ename', 'an error')}: {lines[0] if lines else ''}".rstrip(": ") + "."
    return None


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
