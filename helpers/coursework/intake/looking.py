"""What the content of a file tells: a notebook's lesson, the people in Gradescope's list.

This happens in the reader's process only.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from coursework.intake.platforms import seconds, since_1970
from coursework.lessons.catalogue import UnknownLesson, find_lesson, written_lessons
from coursework.lessons.notebook import COURSE_KEY, grade_id, is_answer
from imbalanced_course.errors import CourseError

# Without nbgrader's metadata only cell ids are left, of which one may be somebody's own.
FEWEST_IDS = 2
MOST_SUBMITTERS = 20


def names_of_tasks() -> dict[str, list[str]]:
    """Return by each lesson's folder the names of its answer cells, from our own notebooks."""
    names = {}
    for lesson in written_lessons():
        path = lesson.release_path if lesson.release_path.exists() else lesson.solution_path
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"] if path.exists() else []
        names[lesson.folder] = [str(grade_id(cell)) for cell in cells if is_answer(cell)]
    return names


def told_lesson(content: bytes, tasks: Mapping[str, list[str]]) -> tuple[str, str]:
    """Tell a notebook's lesson by its metadata, else by the names of its cells; nothing where it doesn't say.

    Returns
    -------
    lesson, told_by : str
        The lesson's folder, and what told it.
    """
    try:
        notebook = json.loads(content)
    except (ValueError, RecursionError):
        return "", ""
    try:
        return find_lesson(str(notebook["metadata"][COURSE_KEY]["lesson"])).folder, "its metadata"
    except (KeyError, TypeError, IndexError, UnknownLesson):
        pass
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    cells = [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
    grade_ids, ids = {_grade_id(cell) for cell in cells}, {str(cell.get("id")) for cell in cells}
    for names, fewest in ((grade_ids, 1), (ids, FEWEST_IDS)):
        counts = Counter({lesson: len(names & set(of_lesson)) for lesson, of_lesson in tasks.items()}).most_common(2)
        if counts and counts[0][1] >= fewest and (len(counts) == 1 or counts[0][1] > counts[1][1]):
            return counts[0][0], "its tasks"
    return "", ""


def submitters(content: bytes) -> dict[str, Any]:
    """Return from Gradescope's list of submissions by each folder's name the submitters and the time.

    Raises
    ------
    CourseError
        When it is no such list.
    """
    import yaml  # type: ignore[import-untyped]

    try:
        # As texts: one date that is none must not cost the list.
        listed = yaml.load(content, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        raise CourseError("the list of submissions is not valid YAML") from None
    if not isinstance(listed, dict):
        raise CourseError("the list of submissions is not Gradescope's")
    found = {}
    for folder, entry in listed.items():
        people = entry.get(":submitters") if isinstance(entry, dict) else None
        if not isinstance(people, list):
            continue
        persons = [
            ["" if one.get(key) in (None, "~", "null") else str(one[key])[:200] for key in (":name", ":sid", ":email")]
            for one in people[:MOST_SUBMITTERS]
            if isinstance(one, dict)
        ]
        created = entry.get(":created_at")
        found[str(folder)[:200]] = {"people": persons, "time": _seconds(created)}
    return found


def _grade_id(cell: Mapping[str, Any]) -> str:
    try:
        return str(grade_id(cell))
    except AttributeError:  # metadata that is no table
        return ""


def _seconds(text: object) -> float | None:
    if not isinstance(text, str):
        return None
    try:
        return seconds(text) or since_1970(datetime.fromisoformat(text))
    except ValueError:
        return None
