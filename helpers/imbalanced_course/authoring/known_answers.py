"""Read the known answers of a lesson: right ones by different ways, and wrong ones with the message they must get."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from imbalanced_course.errors import CourseError

_HEADER = re.compile(r"^# %%(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class KnownAnswer:
    """One known answer.

    `task` is the `grade_id` of the answer cell that `code` stands in for, `kind` is "right" or "wrong", and `name`
    says in a few words what it does. A wrong answer earns `points` and is told a `message` that holds this text; a
    right one earns all points, so that both are None.
    """

    task: str
    kind: str
    name: str
    points: float | None
    message: str | None
    code: str


def read_known_answers(path: Path) -> list[KnownAnswer]:
    """Return the known answers of a file in the order in which they stand there.

    The file is py:percent text with one cell an answer. A cell's first line names it,
    `# %% task | right | name` or `# %% task | wrong | name | points | part of the message`; the rest of the cell
    takes the place of the answer cell. What stands before the first cell is a comment.

    Parameters
    ----------
    path : Path
        A file of `tests/answers/`.

    Raises
    ------
    CourseError
        When the file is missing, a first line is not of this form, two cells have the same name, or a cell is not
        Python.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(f"{path.name}: the known answers cannot be read ({error.strerror})") from error
    headers = list(_HEADER.finditer(text))
    ends = [header.start() for header in headers[1:]] + [len(text)]
    found: list[KnownAnswer] = []
    for header, end in zip(headers, ends, strict=True):
        line = text.count("\n", 0, header.start()) + 1
        answer = _read_cell(header.group(1), text[header.end() : end].strip(), f"{path.name}, line {line}")
        if any((answer.task, answer.kind, answer.name) == (one.task, one.kind, one.name) for one in found):
            raise CourseError(f"{path.name}, line {line}: {answer.task} has another {answer.kind} {answer.name!r}")
        found.append(answer)
    return found


def _read_cell(header: str, code: str, place: str) -> KnownAnswer:
    task, kind, *rest = [part.strip() for part in header.split("|", 4)] + [""] * (2 - min(2, header.count("|") + 1))
    try:
        compile(code, place, "exec")
    except (SyntaxError, ValueError) as error:
        raise CourseError(f"{place}: this answer is not Python ({error})") from error
    if task and kind == "right" and len(rest) == 1 and rest[0]:
        return KnownAnswer(task, kind, rest[0], None, None, code)
    if task and kind == "wrong" and len(rest) == 3 and all(rest):
        name, points, message = rest
        try:
            return KnownAnswer(task, kind, name, float(points), message, code)
        except ValueError:
            raise CourseError(f"{place}: the points {points!r} are not a number") from None
    raise CourseError(
        f"{place}: expected '# %% task | right | name' or '# %% task | wrong | name | points | part of the message'"
    )
