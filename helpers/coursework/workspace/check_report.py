"""`course check`: the points of the lessons named, what is open, and the progress over the whole course.

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

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

from coursework.lessons.catalogue import Lesson, all_lessons, released_lessons
from coursework.terminal import WIDTH
from coursework.workspace.folder import existing_workspace
from coursework.workspace.last_check import as_remembered, fingerprint, remembered
from coursework.workspace.learner_notebook import lesson_file
from coursework.workspace.outcome import LessonOutcome, TaskKind
from coursework.workspace.own_files import sha256
from coursework.workspace.progress import PASS_SHARE
from coursework.workspace.state import read_state, write_state
from coursework.workspace.update import released_lesson
from imbalanced_course.errors import CourseError
from imbalanced_course.first_answers import first_answers

_WORDS = {"right": "right", "wrong": "not yet", "not attempted": "open", "not checked": "open"}


def check_workspace(folder: Path | None, names: Iterable[str] = (), *, timeout: float = 120.0) -> dict[str, Any]:
    """Run the learner's notebooks and return the report that the module describes.

    Parameters
    ----------
    folder : Path, optional
        The workspace; the one around the current folder, or `my-lessons`, when None.
    names : iterable of str
        Lessons to check; all that are released when empty.
    timeout : float
        Seconds that one cell may take.

    Raises
    ------
    CourseError
        When the folder is no workspace or a lesson is unknown.
    """
    workspace = existing_workspace(folder)
    lessons = list(dict.fromkeys(released_lesson(name) for name in names)) or released_lessons()
    state = read_state(workspace)
    seen, checksums, outcomes = {}, {}, {}
    for lesson in lessons:  # before they are run: what is saved meanwhile counts as changed
        path = lesson_file(workspace, lesson)
        checksums[lesson] = sha256(path.read_bytes()) if path.is_file() else None
        seen[lesson] = fingerprint(workspace, lesson)
        if known := remembered(state["checked"].get(lesson.folder), lesson, seen[lesson]):
            outcomes[lesson] = known
    outcomes |= _run(workspace, [lesson for lesson in lessons if lesson not in outcomes], timeout)
    state = read_state(workspace)  # anew: `course reset` may have changed it meanwhile
    for lesson in lessons:
        if outcomes[lesson].problem is None:
            state["checked"][lesson.folder] = {
                "sha256": checksums[lesson],
                "status": {task.name: task.status for task in outcomes[lesson].tasks},
                **as_remembered(outcomes[lesson], seen[lesson]),
                **_summary(outcomes[lesson], workspace),
            }
    try:
        write_state(workspace, state)
    except CourseError as error:  # the points are still worth showing
        print(f"course: this outcome could not be stored ({error})", file=sys.stderr)
    return _report(workspace, [outcomes[lesson] for lesson in lessons], state["checked"])


def as_json(report: dict[str, Any]) -> str:
    """Return the report as JSON text."""
    return json.dumps(report, indent=2, ensure_ascii=False)


def show(report: dict[str, Any]) -> None:
    """Print the report to standard output: a table within 80 columns, without colors when it is no terminal."""
    from rich.console import Console

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a message may hold a sign that the terminal's encoding lacks
    console = Console(highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    for lesson in report["lessons"]:
        _show_lesson(console, lesson)
    _show_progress(console, report)


def _show_lesson(console: Any, lesson: dict[str, Any]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=f"{lesson['lesson']} · {lesson['title']}", title_justify="left")
    table.add_column("task", no_wrap=True, max_width=24)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("what is open", overflow="fold")
    for task in lesson["tasks"]:
        points = f"{task['points']:g} of {task['max_points']:g}" if task["kind"] == "task" else task["kind"]
        word = "done" if task["status"] == "right" and task["kind"] != "task" else _WORDS[task["status"]]
        if task["kind"] == "manual" and task["status"] == "not checked":
            word = "written"
        style = {"right": "green", "wrong": "yellow"}.get(task["status"], "")
        table.add_row(task["name"], points, Text(word, style=style), _plain(task["reason"]))
    console.print(table)
    bonus, quiz = lesson["bonus"], lesson["quiz"]
    parts = [f"{lesson['points']:g} of {lesson['max_points']:g} points"]
    parts += [f"bonus {bonus['done']} of {bonus['of']} done"] if bonus["of"] else []
    parts += [f"quick check {quiz['done']} of {quiz['of']} right at the first answer"] if quiz["of"] else []
    console.print("  " + " · ".join(parts))
    for sentence in (lesson["problem"], lesson["note"]):
        if sentence:
            console.print(f"  Note: {sentence}")
    console.print()


def _show_progress(console: Any, report: dict[str, Any]) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title="Your progress", title_justify="left")
    for name in ("lesson", "points", "quick check", "state"):
        table.add_column(name, no_wrap=True, justify="right" if name in ("points", "quick check") else "left")
    for row in report["progress"]:
        known = row["max_points"] is not None
        points = f"{row['points']:g} of {row['max_points']:g}" if known else "-"
        quiz = f"{row['quiz']['done']} of {row['quiz']['of']}" if known and row["quiz"]["of"] else "-"
        table.add_row(row["lesson"], points, quiz, row["state"])
    total, quiz = report["total"], report["quiz"]
    table.add_section()
    table.add_row("all", f"{total['points']:g} of {total['max_points']:g}", f"{quiz['done']} of {quiz['of']}", "")
    console.print(table)
    if quiz["of"]:
        share = quiz["done"] / quiz["of"]
        word = "passed so far" if share >= PASS_SHARE else "not passed yet"
        console.print(f"  Quick check: {share:.0%} right at the first answer. You pass with {PASS_SHARE:.0%}: {word}.")


def _plain(text: str) -> str:
    """Return a message without the backticks that only HTML shows as code."""
    return text.replace("`", "")


def _report(workspace: Path, outcomes: list[LessonOutcome], remembered: dict[str, Any]) -> dict[str, Any]:
    rows = [_progress_row(workspace, lesson, remembered.get(lesson.folder)) for lesson in all_lessons()]
    counted = [row for row in rows if row["max_points"] is not None]
    return {
        "workspace": str(workspace),
        "complete": all(outcome.complete for outcome in outcomes),
        "lessons": [
            {
                "lesson": outcome.lesson.folder,
                "title": outcome.lesson.title,
                **_summary(outcome, workspace),
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


def _summary(outcome: LessonOutcome, workspace: Path) -> dict[str, Any]:
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


def _run(workspace: Path, lessons: list[Lesson], timeout: float) -> dict[Lesson, LessonOutcome]:
    """Run the notebooks of these lessons, as many at a time as there are processors."""
    if not lessons:
        return {}
    from coursework.workspace.notebook_run import check_lesson, end_kernels

    processors = os.cpu_count() or 1
    threads = max(1, processors // len(lessons)) if len(lessons) > 1 else None
    stopped = Event()

    def before_cell(shown: Callable[[int, int], None]) -> Callable[[int, int], None]:
        def called(done: int, of: int) -> None:
            if stopped.is_set():  # a kernel that was only starting couldn't be ended
                raise CourseError("interrupted")
            shown(done, of)

        return called

    with _progress_bars(lessons) as shown, ThreadPoolExecutor(max_workers=processors) as pool:
        runs = [
            pool.submit(check_lesson, workspace, one, timeout=timeout, on_cell=before_cell(shown[one]), threads=threads)
            for one in lessons
        ]
        try:
            return {lesson: run.result() for lesson, run in zip(lessons, runs, strict=True)}
        except BaseException:  # Ctrl-C, too: nothing goes on behind the learner's back
            stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            end_kernels()
            raise


@contextlib.contextmanager
def _progress_bars(lessons: list[Lesson]) -> Iterator[dict[Lesson, Callable[[int, int], None]]]:
    """Show on standard error how far the runs are, where that is a terminal; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("cell {task.completed} of {task.total}"))
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:

        def shown(lesson: Lesson) -> Callable[[int, int], None]:
            task = bar.add_task(f"running {lesson.folder}", total=None, visible=False)
            return lambda done, of: bar.update(task, completed=done, total=of, visible=True)

        yield {lesson: shown(lesson) for lesson in lessons}
