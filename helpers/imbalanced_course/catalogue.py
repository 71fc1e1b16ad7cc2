"""The lessons of the course: their numbers, names and files, and how a person may name one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from imbalanced_course.course_files import course_file
from imbalanced_course.errors import WrongUsage


class UnknownLesson(WrongUsage):
    """A name that no lesson of the course has."""


@dataclass(frozen=True)
class Lesson:
    """One lesson: `folder` is its nbgrader assignment, `notebook` its file's stem."""

    number: int
    name: str
    title: str

    @property
    def folder(self) -> str:
        """The folder's name, as in `03-metrics`."""
        return f"{self.number:02d}-{self.name}"

    @property
    def notebook(self) -> str:
        """The notebook's name without its ending; Python-like, so `cost_sensitive`."""
        return self.name.replace("-", "_")

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


SYLLABUS = (
    Lesson(1, "challenge", "The challenge"),
    Lesson(2, "intuition", "Intuition"),
    Lesson(3, "metrics", "Metrics"),
    Lesson(4, "undersampling", "Undersampling"),
    Lesson(5, "oversampling", "Oversampling"),
    Lesson(6, "combining", "Combining"),
    Lesson(7, "cost-sensitive", "Cost-sensitive learning"),
)


def written_lessons() -> list[Lesson]:
    """Return the lessons whose source exists, in the order of the syllabus."""
    return [lesson for lesson in SYLLABUS if lesson.source_path.exists()]


def released_lessons() -> list[Lesson]:
    """Return the lessons that learners can open, in the order of the syllabus."""
    return [lesson for lesson in SYLLABUS if lesson.release_path.exists()]


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
