"""`course check`: runs the lessons named, as far as they changed, and notes the outcome in the workspace."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

from coursework.lessons.catalogue import Lesson, released_lessons
from coursework.workspace.check_report import make_report, summary
from coursework.workspace.folder import existing_workspace
from coursework.workspace.last_check import as_remembered, fingerprint, remembered
from coursework.workspace.learner_notebook import lesson_file
from coursework.workspace.outcome import LessonOutcome
from coursework.workspace.own_files import sha256
from coursework.workspace.state import read_state, write_state
from coursework.workspace.update import released_lesson
from imbalanced_course.errors import CourseError


def check_workspace(folder: Path | None, names: Iterable[str] = (), *, timeout: float = 120.0) -> dict[str, Any]:
    """Run the learner's notebooks and return the report that `check_report` describes.

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
                **summary(outcomes[lesson], workspace),
            }
    try:
        write_state(workspace, state)
    except CourseError as error:  # the points are still worth showing
        print(f"course: this outcome could not be stored ({error})", file=sys.stderr)
    return make_report(workspace, [outcomes[lesson] for lesson in lessons], state["checked"])


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
