"""What the checks in a learner's notebook said, task by task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from coursework.lessons.catalogue import Lesson
from coursework.lessons.notebook import BEFORE_PREFIX, QUIZ_PREFIX, LessonTask, grade_id, source_text
from coursework.workspace.progress import saved_result
from imbalanced_course.checks.result import AS_IT_CAME

if TYPE_CHECKING:
    from nbformat import NotebookNode

TaskKind = Literal["task", "bonus", "quiz", "before", "manual"]
TaskStatus = Literal["right", "wrong", "not attempted", "not checked"]


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


def task_outcome(
    task: LessonTask, notebook: NotebookNode, released: dict[str | None, str], *, older: bool
) -> TaskOutcome:
    """Return what the check of one task said in a notebook that was run; `older` is a check of an older release."""
    if task.manual:
        return _manual(task, notebook, released)
    found = [cell for cell in notebook.cells if grade_id(cell) == task.check_id]
    if not found:
        return not_checked(task, f"its check cell is missing: {_restore()}")
    if len(found) > 1:
        return not_checked(task, "its check cell appears twice: delete the copy.")
    check = found[0]
    if not older and source_text(check).strip() != released.get(task.check_id, ""):
        return not_checked(task, f"its check cell was changed: {_restore()}")
    result = saved_result(check)
    if result is None:
        return not_checked(task, _why_no_result(check))
    status: TaskStatus = result["status"] if result["status"] in ("right", "wrong", "not attempted") else "wrong"
    kind, reason = _kind(task), _reason(status, result["findings"])
    if status != "right":
        reason = _answer_error(task, notebook) or reason
    if kind == "bonus" and status == "wrong" and _untouched(task, notebook, released):
        status, reason = "not attempted", AS_IT_CAME
    return TaskOutcome(task.name, kind, status, min(result["points"], task.points), task.points, reason)


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


def _untouched(task: LessonTask, notebook: NotebookNode, released: dict[str | None, str]) -> bool:
    """Return whether the answer cell is as it was released."""
    return [source_text(cell).strip() for cell in notebook.cells if grade_id(cell) == task.name] == [
        released.get(task.name)
    ]


def _manual(task: LessonTask, notebook: NotebookNode, released: dict[str | None, str]) -> TaskOutcome:
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


def not_checked(task: LessonTask, reason: str) -> TaskOutcome:
    """Return that a task has no result, and why."""
    return TaskOutcome(task.name, _kind(task), "not checked", 0.0, task.points, reason)


def _restore() -> str:
    return "undo the change, or reset the lesson and copy your answers over."


def _why_no_result(check: NotebookNode) -> str:
    if check.cell_type != "code":
        return "its check cell is no longer a code cell: change its type back to Code."
    error = _error(check)
    return f"its check stopped with {error}" if error else "its check didn't run to the end."


def _answer_error(task: LessonTask, notebook: NotebookNode) -> str | None:
    for cell in notebook.cells:
        if grade_id(cell) == task.name:
            error = _error(cell)
            return f"its answer cell stops with {error}" if error else None
    return "its answer cell is missing."


def _error(cell: NotebookNode) -> str | None:
    for output in cell.get("outputs", []):
        if output.get("output_type") == "error":
            lines = str(output.get("evalue", "")).strip().splitlines()
            return f"{output.get('ename', 'an error')}: {lines[0] if lines else ''}".rstrip(": ") + "."
    return None
