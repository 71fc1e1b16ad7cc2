"""The attacks as submissions: those of `tests/attacks/`, and those on the notebook's metadata."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursework.lessons.catalogue import find_lesson
from coursework.lessons.notebook import grade_id, grader_metadata, is_answer, is_check, lesson_tasks

LESSON = find_lesson("metrics")
FOLDER = Path(__file__).parent / "attacks"
GROUPS = {
    "tests_code": "the tests' code",
    "tests_data": "the tests' data",
    "result": "the result",
    "database": "the database",
    "sources": "the sources",
    "machine": "the machine",
    "others": "other submissions",
    "checker": "the checker",
}
_HEADER = re.compile(r"^# %% (.+)$", re.MULTILINE)

Notebook = dict[str, Any]

_WRONG = """
try:
    {name} = EVIL
except NameError:
    try:
        {name}
    except NameError:
        {name} = 0.123
"""


@dataclass(frozen=True)
class Attack:
    """One submission that deserves 0 points; `safe` when it harms no machine that it runs on unconfined."""

    name: str
    group: str
    notebook: Notebook
    safe: bool


def attacks() -> list[Attack]:
    """Return every attack of the suite."""
    found = []
    for file, group in GROUPS.items():
        parts = _HEADER.split((FOLDER / f"{file}.py").read_text(encoding="utf-8"))[1:]
        for header, code in zip(parts[::2], parts[1::2], strict=True):
            name, _, mark = (part.strip() for part in header.partition("|"))
            found.append(Attack(name, group, with_cell(code), mark == "safe"))
    for change in _METADATA:
        notebook = wrong_answers()
        change(notebook["cells"])
        found.append(Attack(str(change.__doc__).rstrip("."), "the tests' code", notebook, True))
    return found


def wrong_answers() -> Notebook:
    """Return a hand-in in which every answer is wrong, unless an attack gave its names other values."""
    notebook: Notebook = json.loads(LESSON.release_path.read_text(encoding="utf-8"))
    reads = {task.name: task.reads for task in lesson_tasks(notebook)}
    for cell in notebook["cells"]:
        if is_answer(cell):
            cell["source"] = "\n".join(_WRONG.format(name=name) for name in reads[str(grade_id(cell))])
    return notebook


def with_cell(code: str) -> Notebook:
    notebook = wrong_answers()
    first = next(position for position, cell in enumerate(notebook["cells"]) if is_answer(cell))
    cell = {"cell_type": "code", "id": "attack", "metadata": {}, "execution_count": None, "outputs": [], "source": code}
    notebook["cells"].insert(first, cell)
    return notebook


def _skip_execution(cells: list[Any]) -> None:
    """Tag skip-execution on the checks."""
    for cell in cells:
        if is_check(cell):
            cell["metadata"]["tags"] = ["skip-execution"]


def _no_checks(cells: list[Any]) -> None:
    """Checks deleted."""
    cells[:] = [cell for cell in cells if not is_check(cell)]


def _edited_checks(cells: list[Any]) -> None:
    """Checks edited to say full marks."""
    for cell in cells:
        if is_check(cell):
            cell["source"] = "3.0"


def _checks_as_text(cells: list[Any]) -> None:
    """Checks turned into text."""
    for cell in cells:
        if is_check(cell):
            cell["cell_type"] = "markdown"


def _more_points(cells: list[Any]) -> None:
    """Points raised in the metadata."""
    for cell in cells:
        if is_check(cell):
            grader_metadata(cell)["points"] = 1000


def _unlocked(cells: list[Any]) -> None:
    """Checks unlocked and made into answers."""
    for cell in cells:
        if is_check(cell):
            grader_metadata(cell).update(solution=True, locked=False)
            cell["source"] = "3.0"


def _copied_checks(cells: list[Any]) -> None:
    """Copies of the checks with an easier question come last."""
    for cell in [cell for cell in cells if is_check(cell)]:
        twin = copy.deepcopy(cell)
        twin["id"] += "-twin"
        twin["source"] = "3.0"
        cells.append(twin)


def _answer_with_checks_name(cells: list[Any]) -> None:
    """Answer cells that carry the checks' grade_id."""
    for cell in cells:
        if is_answer(cell):
            grader_metadata(cell).update(grade_id=f"{grade_id(cell)}-check", grade=True, points=3)


def _stored_outputs(cells: list[Any]) -> None:
    """Outputs with full marks stored in the file."""
    for cell in cells:
        if is_check(cell):
            cell["outputs"] = [
                {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "3.0"}}
            ]


_METADATA: tuple[Callable[[list[Any]], None], ...] = (
    _skip_execution,
    _no_checks,
    _edited_checks,
    _checks_as_text,
    _more_points,
    _unlocked,
    _copied_checks,
    _answer_with_checks_name,
    _stored_outputs,
)
