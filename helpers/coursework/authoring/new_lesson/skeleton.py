"""Write the files of a new lesson in its two places: source, known answers, pages, and title; and checks."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from importlib.resources import files
from string import Template

from coursework.authoring.build import build_work
from coursework.lessons.catalogue import PROJECTS, Lesson, all_lessons
from imbalanced_course.course_files import course_file, require_clone
from imbalanced_course.errors import CourseError, WrongUsage

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_NAME = 30
_LAST_NUMBER = 99


def write_lesson(name: str) -> Iterator[str]:
    """Write the skeleton of a lesson after the last one, build it, and yield one line for each file.

    The lesson is a draft (see `catalogue.Lesson`) with one task, a bug to find and a quick question. Each has its
    check, three known wrong and three other right answers: the lesson builds, grades and passes the tests as it is.

    Parameters
    ----------
    name : str
        Small letters, digits and hyphens, as in `drift-over-time`.

    Raises
    ------
    WrongUsage
        When the name cannot be a lesson's, or is taken.
    CourseError
        When the course is installed rather than cloned, or a file is in the way; then nothing is written.
    """
    require_clone("course new-lesson")
    lesson = _lesson(name)
    root = course_file("solutions").parent
    written = {root / place: text for place, text in _texts(lesson).items()}
    in_the_way = [path for path in (*written, lesson.source_path.parent, root / "lessons" / lesson.folder)
                  if path.exists()]  # fmt: skip
    checks = root / "helpers/imbalanced_course/checks"
    in_the_way += [path for path in (checks / lesson.notebook, checks / f"{lesson.notebook}.py") if path.exists()]
    if in_the_way:
        place = in_the_way[0].relative_to(root).as_posix()
        raise CourseError(f"{place} already exists, and nothing is overwritten: choose another name, or remove it")
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        yield f"written    {path.relative_to(root).as_posix()}"
    yield from build_work(lesson)


def _lesson(name: str) -> Lesson:
    """Return the lesson to be, after the last one."""
    number = max((lesson.number for lesson in all_lessons()), default=0) + 1
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or keyword.iskeyword(name):
        raise WrongUsage(
            f"{name!r} can't be a lesson's name: use lowercase letters, digits, and hyphens, as in drift-over-time, "
            f"at most {_LONGEST_NAME}"
        )
    # A module called `answers` would hide the function of that name, which every check cell imports.
    taken = {*(one.name for one in all_lessons()), *(one.name for one in PROJECTS), "projects", "answers"}
    if name in taken:
        raise WrongUsage(f"the name {name!r} is taken")
    if number > _LAST_NUMBER:
        raise WrongUsage(f"there are {_LAST_NUMBER} lessons; their numbers have two digits")
    return Lesson(number, name, name.replace("-", " ").capitalize(), draft=True)


def _texts(lesson: Lesson) -> dict[str, str]:
    """Return the texts of the lesson's files by their place in the clone."""
    checks = f"helpers/imbalanced_course/checks/{lesson.notebook}"
    places = {
        "lesson.py.in": f"solutions/{lesson.folder}/{lesson.notebook}.py",
        "checks_init.py.in": f"{checks}/__init__.py",
        "checks_positives.py.in": f"{checks}/positives.py",
        "lesson.toml.in": f"solutions/{lesson.folder}/lesson.toml",
        "answers.py.in": f"solutions/{lesson.folder}/answers.py",
        "teach.md.in": f"solutions/{lesson.folder}/teach.md",
        "coverage.md.in": f"solutions/{lesson.folder}/coverage.md",
    }
    values = {
        "folder": lesson.folder,
        "module": lesson.notebook,
        "name": lesson.name,
        "number": lesson.number,
        "title": lesson.title,
    }
    folder = files("coursework.authoring.new_lesson") / "templates"
    return {
        place: Template((folder / template).read_text(encoding="utf-8")).substitute(values)
        for template, place in places.items()
    }
