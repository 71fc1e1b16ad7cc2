"""What is run for a submission: our lesson, with the texts of its answer cells and the cells that it inserted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coursework.grading.names_used import imports_of, may_use, names_bound
from coursework.lessons.catalogue import find_lesson
from coursework.lessons.notebook import (
    CHECK_SUFFIX,
    COURSE_KEY,
    LessonTask,
    grade_id,
    grader_metadata,
    is_answer,
    is_check,
    is_folded,
    lesson_tasks,
    source_text,
)

HEADING = re.compile(r"^#{2,6} +(.+?) *$", re.MULTILINE)
_CALL = re.compile(r"\bcheck\.\w+\(")


@dataclass(frozen=True)
class LessonParts:
    """A lesson as grading needs it, made once from our own solution notebook.

    `calls` tells a check cell by the call in its text, such as `check.lazy_guard(`, where no other check's is the same;
    `reads` has by task the names that its check reads.
    """

    folder: str
    version: str
    cells: tuple[Mapping[str, Any], ...]
    tasks: tuple[LessonTask, ...]
    setup: tuple[str, ...]
    shown_names: frozenset[str]
    titles: Mapping[str, str]
    positions: Mapping[str, int]
    stubs: Mapping[str, str]
    calls: Mapping[str, str]
    reads: Mapping[str, tuple[str, ...]]

    @property
    def max_points(self) -> float:
        """The most that the lesson can earn."""
        return sum(task.points for task in self.tasks)


@dataclass
class Taken:
    """What a submission gives: all that comes from it into grading.

    Attributes
    ----------
    answers : mapping of str to str
        The texts of the answer cells, by task.
    inserted : mapping of int to list of str
        The texts of the cells that the learner added, by the position of the cell of ours that they follow.
    notes : list of str
        What was seen on the way.
    doubtful : list of str
        The tasks that were answered more than once, in different ways.
    below : list of str
        The tasks that were answered only below their checks.
    is_lesson : bool
        Whether any cell is the lesson's, by its name or its text.
    with_illustrations : bool
        Whether a text of the learner's could use what the lesson's illustrations set.
    release : mapping of str to str
        The fingerprints of the tasks in the release from which it comes.
    gone : list of str
        The tasks of that release that the lesson has no more.
    """

    answers: dict[str, str] = field(default_factory=dict)
    inserted: dict[int, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    is_lesson: bool = True
    with_illustrations: bool = True
    release: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


@dataclass
class SubmissionPlan:
    """What to run for one submission: `steps` for the checker, and what was seen on the way.

    `manual` holds the texts that a person reads, by task; `missing` the tasks without an answer cell; `layout` the
    cells in their order for feedback: kind, name, text and the step that belongs to them; of an inserted cell whether
    its code is `folded`.
    """

    steps: list[dict[str, Any]] = field(default_factory=list)
    manual: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    layout: list[dict[str, Any]] = field(default_factory=list)


def lesson_parts(folder: str, notebook: Mapping[str, Any], release: Mapping[str, Any] | None = None) -> LessonParts:
    """Take a lesson's executed solution apart; the release tells what its answer cells hold untouched."""
    cells = tuple(notebook["cells"])
    setup = []
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        if not _is_setup(cell):
            break
        setup.append(source_text(cell))
    shown = {name for cell in cells if is_illustration(cell) for name in names_bound(source_text(cell))}
    positions = {}
    for position, cell in enumerate(cells):
        positions[str(cell.get("id"))] = position
        positions[str(grade_id(cell) or cell.get("id"))] = position
    told = notebook["metadata"].get(COURSE_KEY, {})
    tasks = tuple(lesson_tasks(notebook))
    untouched = release["cells"] if release else ()
    return LessonParts(
        folder=folder,
        version=str(told.get("version", "")),
        cells=cells,
        tasks=tasks,
        setup=tuple(setup),
        shown_names=frozenset(shown),
        titles=_titles(cells),
        positions=positions,
        stubs={str(grade_id(cell)): source_text(cell) for cell in untouched if is_answer(cell)},
        calls=told.get("calls") or _calls(cells),
        reads=told.get("reads") or {task.name: task.reads for task in tasks},
    )


def course_lesson(name: str) -> LessonParts:
    """Return one of the course's lessons, taken apart."""
    lesson = find_lesson(name)
    release = json.loads(lesson.release_path.read_text(encoding="utf-8")) if lesson.release_path.exists() else None
    return lesson_parts(lesson.folder, json.loads(lesson.solution_path.read_text(encoding="utf-8")), release)


def outline(lesson: LessonParts) -> dict[str, Any]:
    """Return a lesson as a notebook without answers and checks: all that reading a submission needs to know of it."""
    cells = []
    for cell in lesson.cells:
        name = str(grade_id(cell))
        source = lesson.stubs.get(name, "") if is_answer(cell) else "" if is_check(cell) else source_text(cell)
        kept = {"nbgrader": grader_metadata(cell)} if grader_metadata(cell) else {}
        cells.append({"cell_type": cell["cell_type"], "id": cell.get("id"), "metadata": kept, "source": source})
    return {"cells": cells, "metadata": {COURSE_KEY: {"calls": lesson.calls, "reads": lesson.reads}}}


def plan(lesson: LessonParts, taken: Taken) -> SubmissionPlan:
    """Return what to run for a submission.

    The lesson's illustrations are left out where no text of the learner's could use their names: they are the same
    for everybody, and no check reads them.
    """
    made = SubmissionPlan(notes=list(taken.notes))
    tasks = {task.name: task for task in lesson.tasks}
    setup_left = len(lesson.setup)
    _add_inserted(made, lesson, taken.inserted.get(-1, []))
    for position, cell in enumerate(lesson.cells):
        name = str(grade_id(cell) or cell.get("id"))
        if cell["cell_type"] == "code" and setup_left:
            setup_left -= 1
        elif is_answer(cell):
            _add_answer(made, tasks[name], taken.answers.get(name))
        elif is_check(cell):
            _add_check(made, cell, name, tasks[name.removesuffix(CHECK_SUFFIX)])
        elif cell["cell_type"] == "code":
            whole = taken.with_illustrations or _is_setup(cell)  # what a later task rests on is run where it stands
            source = source_text(cell) if whole else imports_of(source_text(cell))
            if source:
                made.steps.append({"kind": "run", "name": name, "source": source})
        _add_inserted(made, lesson, taken.inserted.get(position, []))
    return made


def light_sources(lesson: LessonParts, notebook: Mapping[str, Any]) -> dict[int, str]:
    """Return for each unchanged illustration in a learner's notebook, by the cell's position, what is left of it.

    That is its imports, where no text of the learner's could use the names that illustrations set; nothing is returned
    where one could. Either way every answer and check comes out the same.
    """
    illustrations: dict[int, str] = {}
    texts = []
    for position, cell in enumerate(notebook["cells"]):
        if cell.get("cell_type") != "code":
            continue
        name, text = name_of(lesson, cell), source_text(cell)
        ours = lesson.cells[lesson.positions[name]] if name is not None else None
        same = ours is not None and source_text(ours).strip() == text.strip()
        if ours is not None and same and is_illustration(ours):
            illustrations[position] = imports_of(text)
        elif not (ours is not None and same and (_is_setup(ours) or is_check(ours))):
            texts.append(text)
    return {} if any(may_use(text, lesson.shown_names) for text in texts) else illustrations


def changed_tasks(lesson: LessonParts, taken: Taken) -> list[LessonTask]:
    """Return the tasks that were other ones in the release from which the submission comes."""
    return [task for task in lesson.tasks if taken.release.get(task.name, task.fingerprint) != task.fingerprint]


def new_tasks(lesson: LessonParts, taken: Taken) -> list[LessonTask]:
    """Return the tasks that the release from which the submission comes didn't have."""
    if not taken.release and not taken.gone:  # it doesn't say
        return []
    return [task for task in lesson.tasks if task.name not in taken.release]


def name_of(lesson: LessonParts, cell: Mapping[str, Any]) -> str | None:
    """Return which cell of ours this is: by its `grade_id`, else by its id where nbgrader's metadata got lost."""
    for name in (grade_id(cell), cell.get("id")):
        if isinstance(name, str) and name in lesson.positions:
            return str(name)
    return None


def _calls(cells: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return by the names of the check cells the call in each that is in no other."""
    found = {str(grade_id(cell)): _CALL.findall(source_text(cell))[-1:] for cell in cells if is_check(cell)}
    said = [call for calls in found.values() for call in calls]
    return {name: calls[0] for name, calls in found.items() if calls and said.count(calls[0]) == 1}


def _titles(cells: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the heading under which each answer cell stands, by the task's name."""
    titles, heading = {}, ""
    for cell in cells:
        if cell["cell_type"] == "markdown" and (found := HEADING.findall(source_text(cell))):
            heading = found[-1]
        if is_answer(cell):
            titles[str(grade_id(cell))] = heading or str(grade_id(cell))
    return titles


def _add_answer(made: SubmissionPlan, task: LessonTask, text: str | None) -> None:
    if text is None:
        made.missing.append(task.name)
        made.layout.append({"kind": "missing", "name": task.name, "text": "", "step": None})
    elif task.manual:
        made.manual[task.name] = text
        made.layout.append({"kind": "manual", "name": task.name, "text": text, "step": None})
    else:
        made.layout.append({"kind": "answer", "name": task.name, "text": text, "step": len(made.steps)})
        made.steps.append({"kind": "run", "name": task.name, "source": text, "answer": True})


def _add_check(made: SubmissionPlan, cell: Mapping[str, Any], name: str, task: LessonTask) -> None:
    source = source_text(cell)
    made.layout.append({"kind": "check", "name": name, "text": source, "step": len(made.steps)})
    made.steps.append(
        {
            "kind": "check",
            "name": name,
            "source": source,
            "names": list(task.reads),
            "points": task.points,
        }
    )


def _add_inserted(made: SubmissionPlan, lesson: LessonParts, texts: list[str]) -> None:
    for text in texts:
        entry = {"kind": "inserted", "name": "inserted cell", "text": text, "step": len(made.steps)}
        made.layout.append({**entry, "folded": _was_folded(lesson, text)})
        made.steps.append({"kind": "run", "name": "inserted cell", "source": text, "added": True})


def _was_folded(lesson: LessonParts, text: str) -> bool:
    """Return whether a cell is one of ours whose code is folded, changed here and there: half of its lines are ours."""
    lines = _lines(text)
    return any(2 * len(lines & _lines(source_text(cell))) >= len(lines) for cell in lesson.cells if is_folded(cell))


def _lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines() if line.strip()}


def _is_setup(cell: Mapping[str, Any]) -> bool:
    metadata = grader_metadata(cell)
    return bool(metadata.get("locked")) and not metadata.get("grade") and not metadata.get("solution")


def is_illustration(cell: Mapping[str, Any]) -> bool:
    """Return whether no task depends on this code cell of ours."""
    return cell["cell_type"] == "code" and not is_answer(cell) and not is_check(cell) and not _is_setup(cell)
