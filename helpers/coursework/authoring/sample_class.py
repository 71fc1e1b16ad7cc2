"""A made-up class: submissions as teachers get them, with the marks they deserve.

The marks come from the known answers' files, where a person wrote them, and not from the checks.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coursework.authoring.known_answers import KnownAnswer, read_known_answers
from coursework.lessons.catalogue import Lesson, released_lessons
from coursework.lessons.notebook import grade_id, lesson_tasks
from imbalanced_course.errors import CourseError, WrongUsage

KINDS = ("right", "partly right", "known mistakes", "untouched", "right another way", "broken")
# What a learner who answers tasks writes where a person reads.
_WRITTEN = """\
*Frost in May*: such nights are rare by nature, so few examples weigh most; good is to have announced nearly all.
*Urgent calls*: most callers have time, and a miss costs more than a false alarm; good is a high recall."""
_WRITERS = ("right", "right another way", "partly right")
_GIVEN = ("ada", "bo", "chidi", "dana", "emil", "farah", "gael", "hana", "ivo", "june", "kofi", "lena")


def write_sample_class(folder: Path, *, students: int = 12, seed: int = 0) -> list[str]:
    """Write a class and its `expected.csv`; return one line for each kind of learner.

    Parameters
    ----------
    folder : Path
        A folder that does not exist yet or is empty.
    students : int
        How many learners; each hands in every released lesson.
    seed : int
        Decides who makes which mistakes.

    Raises
    ------
    WrongUsage
        When the folder holds something already.
    """
    if students < 1:
        raise WrongUsage("--students is 1 or more")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUsage(f"{str(folder)!r} isn't an empty folder, and a sample class overwrites nothing")
    lessons = released_lessons()
    if not lessons:
        raise CourseError("no lesson has been released yet: run `course build` first")
    rows, counts = [], dict.fromkeys(KINDS, 0)
    draw = random.Random(seed)
    for number in range(students):
        kind = KINDS[number % len(KINDS)]
        counts[kind] += 1
        student = f"{_GIVEN[number % len(_GIVEN)]}-{number + 1:02d}"
        for lesson in lessons:
            text, points = _hand_in(lesson, kind, draw)
            path = folder / student / lesson.folder / f"{lesson.notebook}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            rows.append((student, lesson.folder, f"{points:g}"))
    with (folder / "expected.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("student", "lesson", "points"))
        table.writerows(rows)
    return [f"{count:4} {kind}" for kind, count in counts.items() if count]


def _hand_in(lesson: Lesson, kind: str, draw: random.Random) -> tuple[str, float]:
    """Return one learner's notebook and the points that it deserves."""
    notebook = json.loads(lesson.release_path.read_text(encoding="utf-8"))
    solution = json.loads(lesson.solution_path.read_text(encoding="utf-8"))
    answers = read_known_answers(lesson.answers_path)
    solved = {grade_id(cell): "".join(cell["source"]) for cell in solution["cells"]}
    points = 0.0
    for task in lesson_tasks(solution):
        if task.manual:
            if kind in _WRITERS:
                _cell(notebook, task.name)["source"] = _WRITTEN
            continue
        known = [answer for answer in answers if answer.task == task.name]
        text, earned = _answers_of[kind](solved[task.name], task.points, known, draw)
        points += earned
        if text is not None:
            _cell(notebook, task.name)["source"] = text
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    return (text[: len(text) // 2], 0.0) if kind == "broken" else (text, points)


def _cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if grade_id(cell) == name)


def _right(solved: str, points: float, known: list[KnownAnswer], draw: random.Random) -> tuple[str | None, float]:
    return solved, points


def _another_way(solved: str, points: float, known: list[KnownAnswer], draw: random.Random) -> tuple[str | None, float]:
    ways = [answer for answer in known if answer.kind == "right"]
    return (draw.choice(ways).code, points) if ways else (solved, points)


def _mistaken(solved: str, points: float, known: list[KnownAnswer], draw: random.Random) -> tuple[str | None, float]:
    wrong = [answer for answer in known if answer.kind == "wrong"]
    if not wrong:
        return None, 0.0
    chosen = draw.choice(wrong)
    return chosen.code, chosen.points or 0.0


def _untouched(solved: str, points: float, known: list[KnownAnswer], draw: random.Random) -> tuple[str | None, float]:
    return None, 0.0


def _partly(solved: str, points: float, known: list[KnownAnswer], draw: random.Random) -> tuple[str | None, float]:
    return draw.choice((_right, _mistaken, _untouched, _another_way))(solved, points, known, draw)


_Answer = Callable[[str, float, list[KnownAnswer], random.Random], tuple[str | None, float]]
_answers_of: dict[str, _Answer] = {
    "right": _right,
    "right another way": _another_way,
    "known mistakes": _mistaken,
    "untouched": _untouched,
    "partly right": _partly,
    "broken": _right,
}
