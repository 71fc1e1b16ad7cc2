"""What of a submission is run, and where: our lesson, the texts of its answer cells, and the cells it inserted."""

from __future__ import annotations

import ast
import re
import symtable
import unicodedata
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from imbalanced_course.lesson_notebook import (
    CHECK_SUFFIX,
    COURSE_KEY,
    LessonTask,
    content_id,
    grade_id,
    grader_metadata,
    is_answer,
    is_check,
    lesson_tasks,
    source_text,
)

_HEADING = re.compile(r"^#{2,6} +(.+?) *$", re.MULTILINE)
_WORD = re.compile(r"\w+")
# With one of these an answer can reach names without writing them.
_INDIRECT = {"exec", "eval", "globals", "locals", "vars", "dir", "get_ipython", "In", "Out"}


@dataclass(frozen=True)
class LessonParts:
    """A lesson as grading needs it, made once from our own solution notebook."""

    folder: str
    version: str
    cells: tuple[Mapping[str, Any], ...]
    tasks: tuple[LessonTask, ...]
    setup: tuple[str, ...]
    shown_names: frozenset[str]
    titles: Mapping[str, str]
    positions: Mapping[str, int]

    @property
    def max_points(self) -> float:
        """The most that the lesson can earn."""
        return sum(task.points for task in self.tasks)


@dataclass
class Plan:
    """What to run for one submission: `steps` for the checker, and what was seen on the way.

    `manual` holds the texts that a person reads, by task; `missing` the tasks without an answer cell; `layout` the
    cells in their order for feedback: kind, name, text and the step that belongs to them.
    """

    steps: list[dict[str, Any]] = field(default_factory=list)
    manual: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    layout: list[dict[str, Any]] = field(default_factory=list)


def lesson_parts(folder: str, notebook: Mapping[str, Any]) -> LessonParts:
    """Take a lesson's executed solution apart."""
    cells = tuple(notebook["cells"])
    setup = []
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        if not _is_setup(cell):
            break
        setup.append(source_text(cell))
    shown = {name for cell in cells if _is_illustration(cell) for name in _names_bound(source_text(cell))}
    positions = {}
    for position, cell in enumerate(cells):
        positions[str(cell.get("id"))] = position
        positions[str(grade_id(cell) or cell.get("id"))] = position
    version = str(notebook["metadata"].get(COURSE_KEY, {}).get("version", ""))
    return LessonParts(
        folder=folder,
        version=version,
        cells=cells,
        tasks=tuple(lesson_tasks(notebook)),
        setup=tuple(setup),
        shown_names=frozenset(shown),
        titles=_titles(cells),
        positions=positions,
    )


def plan(lesson: LessonParts, submission: Mapping[str, Any]) -> Plan:
    """Return what to run for a submission; its tags, metadata and check cells change nothing.

    The lesson's illustrations are left out where no text of the learner's could use their names: they are the same
    for everybody, and no check reads them.
    """
    answers, inserted, notes = _taken(lesson, submission)
    made = Plan(notes=notes)
    tasks = {task.name: task for task in lesson.tasks}
    with_illustrations = any(_may_use(text, lesson.shown_names) for text in _code(tasks, answers, inserted))
    setup_left = len(lesson.setup)
    _add_inserted(made, inserted.get(-1, []))
    for position, cell in enumerate(lesson.cells):
        name = str(grade_id(cell) or cell.get("id"))
        if cell["cell_type"] == "code" and setup_left:
            setup_left -= 1
        elif is_answer(cell):
            _add_answer(made, tasks[name], answers.get(name))
        elif is_check(cell):
            _add_check(made, cell, name, tasks[name.removesuffix(CHECK_SUFFIX)])
        elif cell["cell_type"] == "code":
            source = source_text(cell) if with_illustrations else _imports_of(source_text(cell))
            if source:
                made.steps.append({"kind": "run", "name": name, "source": source})
        _add_inserted(made, inserted.get(position, []))
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
        name, text = _name_of(lesson, cell), source_text(cell)
        ours = lesson.cells[lesson.positions[name]] if name is not None else None
        same = ours is not None and source_text(ours).strip() == text.strip()
        if ours is not None and same and _is_illustration(ours):
            illustrations[position] = _imports_of(text)
        elif not (ours is not None and same and (_is_setup(ours) or is_check(ours))):
            texts.append(text)
    return {} if any(_may_use(text, lesson.shown_names) for text in texts) else illustrations


def changed_tasks(lesson: LessonParts, submission: Mapping[str, Any]) -> list[LessonTask]:
    """Return the tasks that were other ones in the release from which the submission comes."""
    metadata = submission.get("metadata")
    course = metadata.get(COURSE_KEY) if isinstance(metadata, Mapping) else None
    known = course.get("tasks") if isinstance(course, Mapping) else None
    if not isinstance(known, Mapping):
        return []
    return [task for task in lesson.tasks if known.get(task.name, task.fingerprint) != task.fingerprint]


def _taken(
    lesson: LessonParts, submission: Mapping[str, Any]
) -> tuple[dict[str, str], dict[int, list[str]], list[str]]:
    """Return the texts of the answer cells by task, and of the inserted cells by the cell of ours they follow."""
    tasks = {task.name: task for task in lesson.tasks}
    cells = submission["cells"]
    owner = [_name_of(lesson, cell) for cell in cells]
    last = {name: position for position, name in enumerate(owner) if name in tasks}
    answers: dict[str, str] = {}
    inserted: dict[int, list[str]] = {}
    notes: list[str] = []
    earlier: list[tuple[int, str]] = []  # unchanged illustrations of another release
    anchor = -1
    for position, (cell, name) in enumerate(zip(cells, owner, strict=True)):
        text = source_text(cell)
        if name in tasks and last[name] == position:
            anchor = lesson.positions[name]
        elif name is not None and name not in tasks:
            anchor = max(anchor, lesson.positions[name])
        if name in tasks and last[name] == position:
            if cell.get("cell_type") == lesson.cells[lesson.positions[name]]["cell_type"]:
                answers[name] = text
            else:
                notes.append(f"the answer cell of {name} was turned into another kind of cell")
            continue
        if name in tasks:
            notes.append(f"the answer cell of {name} stands there more than once; the last one counts")
        if cell.get("cell_type") != "code" or not text.strip():
            continue
        if name is None and str(cell.get("id")).partition("-")[0] == content_id(text):
            earlier.append((anchor, text))
            continue
        ours = lesson.cells[lesson.positions[name]] if name is not None else None
        if ours is None or name in tasks or (_is_illustration(ours) and source_text(ours).strip() != text.strip()):
            inserted.setdefault(anchor, []).append(text)
    bound = frozenset(name for _, text in earlier for name in _names_bound(text))
    if any(_may_use(text, bound) for text in _code(tasks, answers, inserted)):
        for anchor, text in earlier:
            inserted.setdefault(anchor, []).insert(0, text)
    return answers, inserted, notes


def _code(
    tasks: Mapping[str, LessonTask], answers: Mapping[str, str], inserted: Mapping[int, list[str]]
) -> Iterator[str]:
    """Yield the learner's texts that are run: free text for a person is not."""
    yield from (text for name, text in answers.items() if not tasks[name].manual)
    for group in inserted.values():
        yield from group


def _name_of(lesson: LessonParts, cell: Mapping[str, Any]) -> str | None:
    """Return which cell of ours this is: by its `grade_id`, else by its id where nbgrader's metadata got lost."""
    for name in (grade_id(cell), cell.get("id")):
        if isinstance(name, str) and name in lesson.positions:
            return str(name)
    return None


def _titles(cells: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the heading under which each answer cell stands, by the task's name."""
    titles, heading = {}, ""
    for cell in cells:
        if cell["cell_type"] == "markdown" and (found := _HEADING.findall(source_text(cell))):
            heading = found[-1]
        if is_answer(cell):
            titles[str(grade_id(cell))] = heading or str(grade_id(cell))
    return titles


def _add_answer(made: Plan, task: LessonTask, text: str | None) -> None:
    if text is None:
        made.missing.append(task.name)
        made.layout.append({"kind": "missing", "name": task.name, "text": "", "step": None})
    elif task.manual:
        made.manual[task.name] = text
        made.layout.append({"kind": "manual", "name": task.name, "text": text, "step": None})
    else:
        made.layout.append({"kind": "answer", "name": task.name, "text": text, "step": len(made.steps)})
        made.steps.append({"kind": "run", "name": task.name, "source": text})


def _add_check(made: Plan, cell: Mapping[str, Any], name: str, task: LessonTask) -> None:
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


def _add_inserted(made: Plan, texts: list[str]) -> None:
    for text in texts:
        made.layout.append({"kind": "inserted", "name": "inserted cell", "text": text, "step": len(made.steps)})
        made.steps.append({"kind": "run", "name": "inserted cell", "source": text})


def _is_setup(cell: Mapping[str, Any]) -> bool:
    metadata = grader_metadata(cell)
    return bool(metadata.get("locked")) and not metadata.get("grade") and not metadata.get("solution")


def _is_illustration(cell: Mapping[str, Any]) -> bool:
    return cell["cell_type"] == "code" and not is_answer(cell) and not is_check(cell) and not _is_setup(cell)


def _may_use(text: str, names: frozenset[str]) -> bool:
    """Return whether a cell could read one of these names; when in doubt, it could."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
            # Most cells hold none of the names. Python reads names in this normal form.
            if not (names | _INDIRECT) & set(_WORD.findall(unicodedata.normalize("NFKC", text))):
                return False
            read = _global_reads(symtable.symtable(text, "<cell>", "exec"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True  # a magic command, or a cell that only IPython can run
    read |= {
        node.target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    return bool(read & (names | _INDIRECT))


def _global_reads(table: symtable.SymbolTable) -> set[str]:
    """Return the names that a cell takes from outside: read at its top and not set there, or global in a function."""
    symbols = table.get_symbols()
    if table.get_type() == "module":
        own = {symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()}
        read = {symbol.get_name() for symbol in symbols if symbol.is_referenced()}
    else:
        own = set()
        read = {symbol.get_name() for symbol in symbols if symbol.is_referenced() and symbol.is_global()}
    for child in table.get_children():
        read |= _global_reads(child)
    return read - own


@lru_cache(maxsize=1000)  # called with the lessons' own cells only, the same ones for each submission
def _imports_of(source: str) -> str:
    tree = ast.parse(source)
    kept = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    return "\n".join(ast.unparse(node) for node in kept)


def _names_bound(source: str) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id != "_":
            yield node.id
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
