"""The lessons and projects of the course: their numbers, names and files, and how a person may name one.

A lesson is a folder `solutions/NN-name/` with a `lesson.toml`: its title, its question, and what it makes one able to do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from imbalanced_course.course_files import course_file
from imbalanced_course.errors import CourseError, WrongUsage


class UnknownLesson(WrongUsage):
    """A name that no lesson of the course has."""


AIDS = ("glossary.md", "cheat-sheet.md")  # pages beside the lessons, which the workspace gets too


@dataclass(frozen=True)
class Lesson:
    """One lesson: `folder` is its nbgrader assignment, `notebook` its file's stem.

    A `draft` is built, checked and graded like any other; it need not have all the parts of a lesson yet. `question` is
    what the lesson answers, and `can` says in one sentence what a learner can do after it. Each of the `mistakes` is in
    the name of a wrong known answer.
    """

    number: int
    name: str
    title: str
    question: str = ""
    can: str = ""
    draft: bool = False
    mistakes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # TOML and JSON give a list, which would make the lesson unhashable.
        object.__setattr__(self, "mistakes", tuple(self.mistakes))

    @property
    def folder(self) -> str:
        """The folder's name, as in `03-metrics`."""
        return f"{self.number:02d}-{self.name}"

    @property
    def notebook(self) -> str:
        """The notebook's name without its ending; Python-like, so `cost_sensitive`."""
        return self.name.replace("-", "_")

    @property
    def label(self) -> str:
        """The lesson in a sentence, as in `lesson 3, Metrics`."""
        return f"lesson {self.number}, {self.title}"

    @property
    def release_path(self) -> Path:
        """The released notebook, as learners get it."""
        return course_file("lessons") / self.folder / f"{self.notebook}.ipynb"

    @property
    def solution_path(self) -> Path:
        """The executed notebook with the answers."""
        return course_file("solutions") / self.folder / f"{self.notebook}.ipynb"

    @property
    def source_path(self) -> Path:
        """The hand-written text that everything else is built from."""
        return self.solution_path.with_suffix(".py")

    @property
    def answers_path(self) -> Path:
        """The known answers, right and wrong ones."""
        return self.solution_path.with_name("answers.py")

    @property
    def teaching_path(self) -> Path:
        """The teacher's page."""
        return self.solution_path.with_name("teach.md")

    @property
    def coverage_path(self) -> Path:
        """What the lesson teaches and what tests it, as a section of the page on all lessons."""
        return self.solution_path.with_name("coverage.md")


@dataclass(frozen=True)
class Project:
    """One ungraded project for after the lessons; `aim` says in a few words what it asks for."""

    name: str
    title: str
    aim: str

    @property
    def folder(self) -> str:
        """The folder in a learner's workspace that all projects share."""
        return "projects"

    @property
    def notebook(self) -> str:
        """The notebook's name without its ending; Python-like, so `fraud_alerts`."""
        return self.name.replace("-", "_")

    @property
    def label(self) -> str:
        """The project in a sentence, as in `project, Fraud alerts`."""
        return f"project, {self.title}"

    @property
    def source_path(self) -> Path:
        """The hand-written text that the notebook is built from."""
        return course_file("projects") / self.name / f"{self.notebook}.py"

    @property
    def release_path(self) -> Path:
        """The notebook, as learners get it."""
        return self.source_path.with_suffix(".ipynb")

    @property
    def solution_path(self) -> Path:
        """The text of the reference solution."""
        return course_file("project-solutions") / f"{self.notebook}.py"


PROJECTS = (
    Project("fraud-alerts", "Fraud alerts", "the highest recall at a precision of 0.9 or more"),
    Project("whom-to-call", "Whom to call", "which clients to call, with probabilities that come true"),
    Project("defects", "Defects", "a model from 3,000 rows, a threshold for 100 reviews a day"),
)


_FOLDER = re.compile(r"\d\d-[a-z][a-z0-9-]*")
_told_lessons: tuple[Lesson, ...] | None = None


def all_lessons() -> tuple[Lesson, ...]:
    """Return the lessons of the course in their order.

    Raises
    ------
    CourseError
        When a `lesson.toml` isn't one.
    """
    if _told_lessons is not None:
        return _told_lessons
    try:
        place = course_file("syllabus")
    except CourseError:  # a course without lessons
        return ()
    return _lessons_in(place, place.stat().st_mtime_ns)


@cache
def _lessons_in(place: Path, _time: int) -> tuple[Lesson, ...]:
    """Return the lessons of a folder; its time changes where a lesson comes or goes."""
    folders = sorted(path for path in place.glob("*/") if _FOLDER.fullmatch(path.name))
    return tuple(_lesson_of(folder / "lesson.toml") for folder in folders)


def _lesson_of(path: Path) -> Lesson:
    """Return the lesson of a `lesson.toml`; without the file it is a draft, called like its folder."""
    number, _, name = path.parent.name.partition("-")
    told: dict[str, Any] = {"title": name.replace("-", " ").capitalize(), "draft": True}
    try:
        if path.exists():
            told = tomllib.loads(path.read_text(encoding="utf-8"))
        return Lesson(int(number), name, **told)
    except (tomllib.TOMLDecodeError, TypeError) as error:
        place = f"{path.parent.name}/{path.name}"
        raise CourseError(f"{place} needs a title, and may have a question, can, mistakes, and draft: {error}") from None


def written_lessons() -> list[Lesson]:
    """Return the lessons whose source exists, in the order of the syllabus."""
    return [lesson for lesson in all_lessons() if _is_written(lesson)]


def _is_written(lesson: Lesson) -> bool:
    return _told_lessons is not None or lesson.source_path.exists()


def take_for_written(lessons: Iterable[Mapping[str, Any]]) -> None:
    """Have these be the lessons, given as their fields, in a process that does not see the course's files."""
    global _told_lessons
    _told_lessons = tuple(Lesson(**fields) for fields in lessons)


def released_lessons() -> list[Lesson]:
    """Return the lessons that learners can open, in the order of the syllabus."""
    return [lesson for lesson in all_lessons() if lesson.release_path.exists()]


def finished_lessons() -> list[Lesson]:
    """Return the lessons that are no drafts: they have all the parts of a lesson."""
    return [lesson for lesson in all_lessons() if not lesson.draft]


def find_lesson(name: str) -> Lesson:
    """Return the lesson that `name` means: a number, a name or both (`3`, `metrics`, `03-metrics`).

    Raises
    ------
    UnknownLesson
        When no lesson has that name, or the lesson is not part of this release.
    """
    wanted = name.strip().strip("/").lower()
    for lesson in all_lessons():
        names = (str(lesson.number), f"{lesson.number:02d}", lesson.name, lesson.notebook, lesson.folder)
        if wanted in names and _is_written(lesson):
            return lesson
    known = ", ".join(lesson.folder for lesson in written_lessons())
    raise UnknownLesson(f"there is no lesson {name!r}; this release has: {known}")


def written_projects() -> list[Project]:
    """Return the projects whose source exists, in the order of the syllabus."""
    return _projects_with("source_path")


def released_projects() -> list[Project]:
    """Return the projects that learners can open, in the order of the syllabus."""
    return _projects_with("release_path")


def find_project(name: str) -> Project | None:
    """Return the project that `name` means (`fraud-alerts`, `fraud_alerts`, `projects/fraud-alerts`), or None."""
    wanted = name.strip().strip("/").lower().removeprefix("projects/")
    return next((project for project in written_projects() if wanted in (project.name, project.notebook)), None)


def find_work(name: str) -> Lesson | Project:
    """Return the lesson or the project that `name` means.

    Raises
    ------
    UnknownLesson
        When neither a lesson nor a project has that name.
    """
    project = find_project(name)
    if project:
        return project
    try:
        return find_lesson(name)
    except UnknownLesson as error:
        projects = ", ".join(project.name for project in written_projects())
        raise UnknownLesson(f"{error}; projects: {projects}" if projects else str(error)) from None


def _projects_with(file: str) -> list[Project]:
    try:
        return [project for project in PROJECTS if getattr(project, file).exists()]
    except CourseError:  # a course without projects
        return []
