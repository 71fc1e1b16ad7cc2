"""The marks that a class was given, held against those that it deserves; where they differ, why."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from nbgrader.api import Gradebook

Marks = dict[tuple[str, str], float]


def marks_of(path: Path) -> Marks:
    """Return the points of each student and lesson in `grades.csv` or `expected.csv`."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["student"], row["lesson"]): float(row["points"]) for row in csv.DictReader(file)}


def assert_deserved(made: Path, out: Path, lessons: Iterable[str] | None = None) -> Marks:
    """Hold `grades.csv` against the class's `expected.csv`; return the marks, of the lessons named or of all."""
    chosen = None if lessons is None else set(lessons)
    deserved = {
        key: points for key, points in marks_of(made / "expected.csv").items() if not chosen or key[1] in chosen
    }
    given = {key: points for key, points in marks_of(out / "grades.csv").items() if key in deserved}
    wrong = [key for key in deserved if given.get(key) != deserved[key]]
    assert not wrong, [(key, deserved[key], given.get(key), _details(out, *key)) for key in wrong]
    return given


def _details(out: Path, student: str, lesson: str) -> tuple[str, dict[str, float]]:
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["student"], row["lesson"]) == (student, lesson)]
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        notebooks = book.find_submission(lesson, student).notebooks
        points = {grade.name: grade.score for notebook in notebooks for grade in notebook.grades}
    seed = (out / ".seed").read_text().strip() if (out / ".seed").exists() else "as said"
    return f"{rows[0]['reason'] if rows else 'no row'} (seed {seed})", points
