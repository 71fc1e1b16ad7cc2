"""Build lessons: run the source, keep its outputs, let nbgrader take the answers out, and find what has drifted.

A project is built without being run: its notebook is its text. The glossary and the cheat sheet are copied beside the
lessons, and the pages that list lessons get their lists.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursework.authoring.execution import keep_outputs, run_notebook
from coursework.authoring.lesson_lists import listed_lessons, pages_with_lists
from coursework.authoring.source import read_project, read_source
from coursework.lessons.catalogue import (
    AIDS,
    Lesson,
    Project,
    all_lessons,
    find_work,
    written_lessons,
    written_projects,
)
from coursework.lessons.nbgrader_course import make_release
from coursework.lessons.notebook import COURSE_KEY, grade_id, is_check, lesson_tasks
from imbalanced_course.checks.result import RESULT_MIME
from imbalanced_course.course_files import course_file
from imbalanced_course.errors import CourseError

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}")


def build_lessons(names: Sequence[str] = (), *, words: bool = False) -> Iterator[str]:
    """Build the named lessons and projects, or all that are written, and yield one line for each file.

    The name `projects` means all projects. With `words` nothing runs: the stored outputs are kept. The pages that list
    lessons are written anyhow; only without names the release of a lesson that is gone is removed.

    Raises
    ------
    CourseError
        When a finished lesson has no question, a cell of a source fails, a check is not right, or an output cannot be
        the same twice; with `words`, when code has changed, too.
    """
    listed_lessons()  # before anything runs
    for work in _chosen(names):
        yield from build_work(work, words=words)
    yield from (_written(path, text) for path, text in _pages() if _read(path) != text)
    if not names:
        for path in _left_behind():
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
            yield f"removed    {_shown(path)}"


def build_work(work: Lesson | Project, *, words: bool = False) -> Iterator[str]:
    """Build one lesson or project, and yield one line for each file; it raises as `build_lessons` does."""
    for path, text in _built(work, words=words):
        if path.exists() and not list(_differences(path.read_text(encoding="utf-8"), text)):
            yield f"unchanged  {_shown(path)}"
        else:
            yield _written(path, text)


def find_drift(names: Sequence[str] = (), *, words: bool = False) -> list[str]:
    """Return one line for each cell or file that is not what the sources build; change nothing.

    With `words` nothing runs, and outputs are taken for what they are.
    """
    lines = []
    for work in _chosen(names):
        for path, text in _built(work, words=words):
            if not path.exists():
                lines.append(f"{_shown(path)}: is missing")
                continue
            stored = path.read_text(encoding="utf-8")
            lines += [f"{_shown(path)}: {difference}" for difference in _differences(stored, text)]
        if isinstance(work, Lesson):
            lines += [f"{_shown(path)}: must not be released" for path in _stray_files(work)]
    if not names:
        lines += [f"{_shown(path)}: is not what it is built from" for path, text in _pages() if _read(path) != text]
        lines += [f"{_shown(path)}: its lesson is gone" for path in _left_behind()]
    return lines


def _pages() -> list[tuple[Path, str]]:
    """Return the copies of the glossary and the cheat sheet, and the pages that list lessons, each with its text."""
    top = course_file("solutions").parent
    aids = [(top / "lessons" / name, text) for name in AIDS if (text := _read(top / "docs" / name))]
    return aids + pages_with_lists(top)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _written(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return f"built      {_shown(path)}"


def _built(work: Lesson | Project, *, words: bool) -> list[tuple[Path, str]]:
    """Return the files that the source makes, each with its text: executed solution and release, or the project."""
    if isinstance(work, Project):
        return [(work.release_path, _as_text(read_project(work)))]
    lesson = work
    source, place = read_source(lesson), _shown(lesson.source_path)
    if words:
        notebook = keep_outputs(source, stored=lesson.solution_path, where=place)
    else:
        notebook = run_notebook(source, where=place)
    _verify(notebook, lesson)
    solution = _as_text(notebook)
    with tempfile.TemporaryDirectory() as folder:
        release = make_release(lesson, solution, Path(folder))
    for mark in ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", '"jupytext"'):
        if mark in release:
            raise CourseError(f"lessons/{lesson.folder}: the release still holds {mark}")
    return [(lesson.solution_path, solution), (_release_place(lesson), release)]


def _verify(notebook: NotebookNode, lesson: Lesson) -> None:
    """Hold the executed solution against what every lesson promises."""
    place = _shown(lesson.source_path)
    points = {task.check_id: task.points for task in lesson_tasks(notebook)}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        label = f"{place}: cell {index} ({grade_id(cell) or cell.id})"
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                raise CourseError(f"{label} writes to standard error: {output.text.strip()[:200]}")
            if _ADDRESS.search(_text_of(output)):
                raise CourseError(f"{label} prints a memory address, which is never the same twice")
        if is_check(cell):
            results = [output.data[RESULT_MIME] for output in cell.outputs if RESULT_MIME in output.get("data", {})]
            if len(results) != 1 or cell.outputs[-1].output_type != "execute_result":
                raise CourseError(f"{label} must end in the result of a check")
            if results[0]["status"] != "right":
                said = " ".join(one["message"] for one in results[0]["findings"] if one["status"] != "right")
                raise CourseError(f"{label}: the reference answer is {results[0]['status']}: {said}")
            if results[0]["max_points"] != points[str(grade_id(cell))]:
                raise CourseError(
                    f"{label} is worth {points[str(grade_id(cell))]:g} points, its check {results[0]['max_points']:g}"
                )


def _differences(stored: str, built: str) -> Iterator[str]:
    """Yield what differs, cell by cell; of images only whether there is one."""
    if stored == built:
        return
    import nbformat

    try:
        old, new = nbformat.reads(stored, as_version=4), nbformat.reads(built, as_version=4)
    except Exception:
        yield "is not a notebook"
        return
    if old.metadata != new.metadata:
        yield "the notebook's metadata differs"
    old_cells, new_cells = ({cell.id: cell for cell in notebook.cells} for notebook in (old, new))
    for identity, cell in new_cells.items():
        label = f"cell {grade_id(cell) or identity}"
        before = old_cells.get(identity)
        if before is None:
            yield f"{label} is missing or has another text"
        elif before.source != cell.source:
            yield f"{label} has another text"
        elif before.metadata != cell.metadata or before.cell_type != cell.cell_type:
            yield f"{label} has other metadata"
        elif _comparable(before.get("outputs", ())) != _comparable(cell.get("outputs", ())):
            yield f"{label} has another output"
    for identity, cell in old_cells.items():
        if identity not in new_cells:
            yield f"cell {grade_id(cell) or identity} is not in the source"
    if list(old_cells) != list(new_cells) and set(old_cells) == set(new_cells):
        yield "the cells are in another order"


def _comparable(outputs: Iterable[Any]) -> list[Any]:
    found = []
    for output in outputs:
        plain = dict(output)
        if "data" in plain:
            plain["data"] = {k: (True if k.startswith("image/") else v) for k, v in plain["data"].items()}
            # A picture's width depends on the font's.
            plain["metadata"] = {
                kind: {**told, "width": "width" in told} if kind.startswith("image/") else told
                for kind, told in plain["metadata"].items()
            }
        found.append(plain)
    return found


def _text_of(output: Any) -> str:
    data = output.get("data", {})
    return str(output.get("text", "")) + str(data.get("text/plain", "")) + str(data.get("text/html", ""))


def _as_text(notebook: NotebookNode) -> str:
    import nbformat

    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook, version=4)
    return text + "\n"


def _chosen(names: Sequence[str]) -> list[Lesson | Project]:
    if not names:
        return [*written_lessons(), *written_projects()]
    chosen: list[Lesson | Project] = []
    for name in names:
        chosen += written_projects() if name.strip("/") == "projects" else [find_work(name)]
    return chosen


def _release_place(lesson: Lesson) -> Path:
    """Return where the release goes; it may not exist yet, so it is told from the source's place."""
    return lesson.source_path.parents[2] / "lessons" / lesson.folder / f"{lesson.notebook}.ipynb"


def _left_behind() -> list[Path]:
    """Return the releases of lessons whose folder was removed; another notebook that is there is none of ours."""
    folders = {lesson.folder for lesson in all_lessons()}
    releases = course_file("solutions").parent.glob("lessons/[0-9][0-9]-*/*.ipynb")
    return [path for path in releases if path.parent.name not in folders and _is_release(path)]


def _is_release(path: Path) -> bool:
    try:
        return bool(json.loads(_read(path))["metadata"][COURSE_KEY]["lesson"] == path.parent.name)
    except (ValueError, KeyError, TypeError):
        return False


def _stray_files(lesson: Lesson) -> list[Path]:
    place = _release_place(lesson)
    return [path for path in place.parent.glob("*") if path != place and path.name != ".ipynb_checkpoints"]


def _shown(path: Path) -> str:
    return path.relative_to(course_file("solutions").parent).as_posix()
