"""What `course check` tells: the points of the lessons checked, what is open, and the progress over the whole course.

The keys of `--json` are stable::

    {"workspace": "/…/my-lessons",
     "complete": false,                     all machine-graded tasks of the lessons checked are right
     "lessons": [                           the lessons checked now
       {"lesson": "03-metrics", "title": "Metrics", "points": 12.0, "max_points": 20.0, "complete": false,
        "problem": null, "note": null,      a sentence when the notebook could not be run, or is an older release
        "bonus": {"done": 0, "of": 3}, "quiz": {"done": 1, "of": 2},
        "tasks": [{"name": "two-metrics", "kind": "task", "status": "wrong", "points": 2.0, "max_points": 4.0,
                   "reason": "recall: …"}]}],
     "progress": [                          every lesson of the course
       {"lesson": "03-metrics", "title": "Metrics", "state": "checked", "points": 12.0, "max_points": 20.0,
        "quiz": {"done": 1, "of": 2}}],
     "total": {"points": 12.0, "max_points": 20.0},
     "quiz": {"done": 1, "of": 2, "pass_share": 0.7}}

`done` of a quiz counts the questions whose first answer was right, where the workspace has noted it; a question's
`status` is that of its present answer. `kind` is *task*, *bonus*, *quiz*, *before* (a question from before) or
*manual*; `status` is *right*, *wrong*, *not attempted* or *not checked*; `state` is *checked*, *changed since its
check*, *not checked yet*, *not in the workspace* or *not released yet*.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from coursework.lessons.catalogue import Lesson, all_lessons
from coursework.workspace.learner_notebook import lesson_file
from coursework.workspace.outcome import LessonOutcome, TaskKind
from coursework.workspace.own_files import sha256
from coursework.workspace.progress import PASS_SHARE
from imbalanced_course.first_answers import first_answers


def make_report(workspace: Path, outcomes: list[LessonOutcome], checked: dict[str, Any]) -> dict[str, Any]:
    """Return the report that the module describes.

    Parameters
    ----------
    workspace : Path
        Where the notebooks are.
    outcomes : list of LessonOutcome
        Of the lessons checked now.
    checked : dict
        By lesson folder what the workspace noted of each lesson's last check.
    """
    rows = [_progress_row(workspace, lesson, checked.get(lesson.folder)) for lesson in all_lessons()]
    counted = [row for row in rows if row["max_points"] is not None]
    return {
        "workspace": str(workspace),
        "complete": all(outcome.complete for outcome in outcomes),
        "lessons": [
            {
                "lesson": outcome.lesson.folder,
                "title": outcome.lesson.title,
                **summary(outcome, workspace),
                "complete": outcome.complete,
                "problem": outcome.problem,
                "note": outcome.note,
                "tasks": [
                    {
                        "name": task.name,
                        "kind": task.kind,
                        "status": task.status,
                        "points": task.points,
                        "max_points": task.max_points,
                        "reason": task.reason,
                    }
                    for task in outcome.tasks
                ],
            }
            for outcome in outcomes
        ],
        "progress": rows,
        "total": {key: float(sum(row[key] for row in counted)) for key in ("points", "max_points")},
        "quiz": {**{key: sum(row["quiz"][key] for row in counted) for key in ("done", "of")}, "pass_share": PASS_SHARE},
    }


def summary(outcome: LessonOutcome, workspace: Path) -> dict[str, Any]:
    """Return the points of a lesson, and how many of its bonuses and quiz questions are done."""
    first = first_answers(workspace, outcome.lesson.folder)

    def count(kind: TaskKind) -> dict[str, int]:
        found = [task for task in outcome.tasks if task.kind == kind]
        noted = first if kind == "quiz" else {}
        return {"done": sum(noted.get(task.name, task.status == "right") for task in found), "of": len(found)}

    return {
        "points": float(outcome.points),
        "max_points": float(outcome.max_points),
        "bonus": count("bonus"),
        "quiz": count("quiz"),
    }


def _progress_row(workspace: Path, lesson: Lesson, known: dict[str, Any] | None) -> dict[str, Any]:
    path = lesson_file(workspace, lesson)
    row = {"lesson": lesson.folder, "title": lesson.title, "points": None, "max_points": None, "quiz": None}
    if not lesson.release_path.exists():
        return {**row, "state": "not released yet"}
    if not path.is_file():
        return {**row, "state": "not in the workspace"}
    try:
        counts = {
            "points": float(known["points"]),  # type: ignore[index]
            "max_points": float(known["max_points"]),  # type: ignore[index]
            "quiz": {key: int(known["quiz"][key]) for key in ("done", "of")},  # type: ignore[index]
        }
        current = known["sha256"] == sha256(path.read_bytes())  # type: ignore[index]
    except (TypeError, KeyError, ValueError):
        return {**row, "state": "not checked yet"}
    return {**row, **counts, "state": "checked" if current else "changed since its check"}


def as_json(report: dict[str, Any]) -> str:
    """Return the report as JSON text."""
    return json.dumps(report, indent=2, ensure_ascii=False)
