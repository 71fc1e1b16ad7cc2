"""What a lesson's notebook is made of: answer cells, check cells, and the names that tie them."""

from __future__ import annotations

import ast
import hashlib
import re
import threading
from dataclasses import dataclass
from typing import Any

CHECK_SUFFIX = "-check"
QUIZ_PREFIX = "quick-check-"
BEFORE_PREFIX = "before-"  # the two questions from before that a lesson opens with
COURSE_KEY = "imbalanced_course"
# CPython 3.11 counts the depth of a tree for all threads together: with two at once, one stops with a SystemError.
_one_tree_at_a_time = threading.Lock()

_SOLUTION = re.compile(r"^[^\n]*BEGIN SOLUTION.*?END SOLUTION[^\n]*\n?", re.DOTALL | re.MULTILINE)

# What a notebook says of its language; the kernel adds the version.
PYTHON = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}


@dataclass(frozen=True)
class LessonTask:
    """One task of a lesson.

    `name` is the `grade_id` of its answer cell, `reads` the names that its check reads, `points` the most it can
    earn. A task with `manual` is read and graded by a person and has no check cell of its own.
    """

    name: str
    points: float
    reads: tuple[str, ...]
    manual: bool
    fingerprint: str

    @property
    def check_id(self) -> str:
        """The `grade_id` of the cell that holds the points."""
        return self.name if self.manual else self.name + CHECK_SUFFIX


def grader_metadata(cell: Any) -> dict[str, Any]:
    """Return a cell's nbgrader metadata, empty where it has none."""
    found = cell.get("metadata", {}).get("nbgrader", {})
    return found if isinstance(found, dict) else {}


def grade_id(cell: Any) -> str | None:
    """Return a cell's `grade_id`, or None."""
    found = grader_metadata(cell).get("grade_id")
    return found if isinstance(found, str) else None


def is_answer(cell: Any) -> bool:
    """Return whether the learner writes in this cell."""
    return bool(grader_metadata(cell).get("solution"))


def is_check(cell: Any) -> bool:
    """Return whether this cell is a check: it carries points and no answer."""
    metadata = grader_metadata(cell)
    return bool(metadata.get("grade")) and not metadata.get("solution")


def is_folded(cell: Any) -> bool:
    """Return whether JupyterLab shows only what this cell put out, with a bar to click for its code."""
    found = cell.get("metadata", {}).get("jupyter", {})
    return isinstance(found, dict) and found.get("source_hidden") is True


def source_text(cell: Any) -> str:
    """Return a cell's source as one text."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def syntax_tree(source: str) -> ast.Module:
    """Return what `ast.parse` does, in any number of threads."""
    with _one_tree_at_a_time:
        return ast.parse(source)


def names_read(check_source: str) -> tuple[str, ...]:
    """Return the answer's names that a check cell reads, from the syntax tree of its calls of `answers`.

    Raises
    ------
    ValueError
        When `answers` is called with something else than texts.
    """
    names: list[str] = []
    for node in ast.walk(syntax_tree(check_source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "answers":
            for argument in node.args:
                if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                    raise ValueError("a check cell must call answers(…) with the names as texts")
                names.append(argument.value)
    return tuple(dict.fromkeys(names))


def lesson_tasks(notebook: Any) -> list[LessonTask]:
    """Return the tasks of a lesson's notebook in their order.

    Raises
    ------
    ValueError
        When an answer cell has no check cell, or a check cell no answer.
    """
    checks = {grade_id(cell): cell for cell in notebook["cells"] if is_check(cell)}
    tasks = []
    for cell in notebook["cells"]:
        if not is_answer(cell):
            continue
        metadata, name = grader_metadata(cell), str(grade_id(cell))
        stub = _SOLUTION.sub("", source_text(cell))
        if metadata.get("grade"):
            tasks.append(LessonTask(name, float(metadata["points"]), (), True, _fingerprint(name)))
            continue
        check = checks.pop(name + CHECK_SUFFIX, None)
        if check is None:
            raise ValueError(f"the answer cell {name!r} has no check cell {name + CHECK_SUFFIX!r}")
        text = source_text(check)
        points = float(grader_metadata(check)["points"])
        tasks.append(LessonTask(name, points, names_read(text), False, _fingerprint(stub, text)))
    if checks:
        raise ValueError(f"check cells without an answer cell: {', '.join(sorted(map(str, checks)))}")
    return tasks


def content_id(source: str) -> str:
    """Return the id that the build gives a cell without a `grade_id`: it tells an unchanged cell of any release."""
    return hashlib.sha256(source.encode()).hexdigest()[:8]


def _fingerprint(*texts: str) -> str:
    return hashlib.sha256("\0".join(text.strip() for text in texts).encode()).hexdigest()[:12]
