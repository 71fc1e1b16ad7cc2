"""The lessons and projects of the course: their numbers, names and files, and how a person may name one.

Which lessons there are stands in `lessons.toml`, where `course new-lesson` adds one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from imbalanced_course.course_files import course_file
from imbalanced_course.errors import CourseError, WrongUsage


class UnknownLesson(WrongUsage):
    """A name that no lesson of the course has."""


AIDS = ("glossary.md", "cheat-sheet.md")  # pages beside the lessons, which the workspace gets too


@dataclass(frozen=True)
class Lesson:
    """One lesson: `folder` is its nbgrader assignment, `notebook` its file's stem.

    A `draft` is built, checked and graded like any other; it need not have all the parts of a lesson yet. `question` is
    what the lesson answers, and `can` says in one sentence what a learner can do after it.
    """

    number: int
    name: str
    title: str
    question: str = ""
    can: str = ""
    draft: bool = False

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


LESSONS_FILE = Path(__file__).with_name("lessons.toml")

SYLLABUS = tuple(Lesson(**entry) for entry in tomllib.loads(LESSONS_FILE.read_text(encoding="utf-8"))["lesson"])

PROJECTS = (
    Project("fraud-alerts", "Fraud alerts", "the highest recall at a precision of 0.9 or more"),
    Project("outreach", "Outreach", "whom to invite, with risks that are true"),
    Project("defects", "Defects", "a model from 3,000 rows, a threshold for 100 reviews a day"),
)


_told_written: set[str] | None = None


def written_lessons() -> list[Lesson]:
    """Return the lessons whose source exists, in the order of the syllabus."""
    if _told_written is not None:
        return [lesson for lesson in SYLLABUS if lesson.folder in _told_written]
    return [lesson for lesson in SYLLABUS if lesson.source_path.exists()]


def take_for_written(folders: Iterable[str]) -> None:
    """Have these be the written lessons, in a process that does not see the course's files."""
    global _told_written
    _told_written = set(folders)


def released_lessons() -> list[Lesson]:
    """Return the lessons that learners can open, in the order of the syllabus."""
    return [lesson for lesson in SYLLABUS if lesson.release_path.exists()]


def finished_lessons() -> list[Lesson]:
    """Return the lessons that are no drafts: they have all the parts of a lesson."""
    return [lesson for lesson in SYLLABUS if not lesson.draft]


def find_lesson(name: str) -> Lesson:
    """Return the lesson that `name` means: a number, a name or both (`3`, `metrics`, `03-metrics`).

    Raises
    ------
    UnknownLesson
        When no lesson has that name, or the lesson is not part of this release.
    """
    wanted = name.strip().strip("/").lower()
    for lesson in written_lessons():
        if wanted in (str(lesson.number), f"{lesson.number:02d}", lesson.name, lesson.notebook, lesson.folder):
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
