"""Answers whose verdict is known: right ones by different ways, and wrong ones with what they earn and are told."""

from __future__ import annotations

import math
import re
import warnings
from dataclasses import dataclass
from pathlib import Path

from imbalanced_course.errors import WrongUsage

_HEADER = re.compile(r"^# %%(.*)$", re.MULTILINE)
FORM = "'# %% task | right | name' or '# %% task | wrong | name | most points | part of the message'"


@dataclass(frozen=True)
class KnownAnswer:
    """One known answer.

    `task` is the `grade_id` of the answer cell whose place `code` takes, `kind` is "right" or "wrong", and `name` says
    in a few words what it does; `line` is where it begins. A right answer earns all points. A wrong one earns at most
    `points` (less than all where that is None), and the message has the text `message` in it.
    """

    task: str
    kind: str
    name: str
    points: float | None
    message: str | None
    code: str
    line: int = 0


def read_known_answers(path: Path) -> list[KnownAnswer]:
    """Return the known answers of a file in their order.

    The file is py:percent text with one cell for each answer. A cell's first line names it,
    `# %% task | right | name` or `# %% task | wrong | name | most points | part of the message`, of which the last two
    may be left out; the rest of the cell takes the place of the answer cell. What comes before the first cell is a
    comment.

    Parameters
    ----------
    path : Path
        A file like a lesson's `answers.py`.

    Raises
    ------
    WrongUsage
        When the file can't be read, a first line is not of this form, two cells have the same name, or a cell is not
        Python.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WrongUsage(f"{path.name}: the answers can't be read ({error.strerror})") from error
    except UnicodeDecodeError:
        raise WrongUsage(f"{path.name}: the answers can't be read (the file is not UTF-8 text)") from None
    headers = list(_HEADER.finditer(text))
    ends = [*(header.start() for header in headers[1:]), len(text)]
    found: list[KnownAnswer] = []
    for header, end in zip(headers, ends, strict=False):
        line = text.count("\n", 0, header.start()) + 1
        answer = _read_cell(header.group(1), text[header.end() : end].strip(), path.name, line)
        if any((answer.task, answer.kind, answer.name) == (one.task, one.kind, one.name) for one in found):
            raise WrongUsage(f"{path.name}, line {line}: {answer.task} has another {answer.kind} {answer.name!r}")
        found.append(answer)
    return found


def _read_cell(header: str, code: str, file: str, line: int) -> KnownAnswer:
    place = f"{file}, line {line}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(code, file, "exec")
    except SyntaxError as error:
        raise WrongUsage(f"{place}: this answer is not Python ({error.msg}, {(error.lineno or 1)} lines on)") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise WrongUsage(f"{place}: this answer is not Python ({error})") from None
    parts = [part.strip() for part in header.split("|", 4)]
    task, kind, name, points, message = parts + [""] * (5 - len(parts))
    if not (task and name and (kind == "wrong" or (kind == "right" and len(parts) == 3))):
        raise WrongUsage(f"{place}: expected {FORM}")
    return KnownAnswer(task, kind, name, _points(points, place), message or None, code, line)


def _points(text: str, place: str) -> float | None:
    if not text:
        return None
    try:
        points = float(text)
    except ValueError:
        points = math.nan
    if not (math.isfinite(points) and points >= 0):
        raise WrongUsage(f"{place}: the points {text!r} are not a number")
    return points
