"""The lists of lessons in the clone's pages: each is built between two marks, from what the lessons' folders say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from coursework.lessons.catalogue import Lesson, finished_lessons
from imbalanced_course.errors import CourseError

BEGIN, END = "the list of lessons, which course build writes", "end of the list of lessons"

_LIST = re.compile(
    rf"^(?P<begin> *(?:<!-- |# ){BEGIN}(?: -->)?\n)(?P<list>.*?)(?P<end>^ *(?:<!-- |# ){END}(?: -->)?$)",
    re.MULTILINE | re.DOTALL,
)
_SUM = re.compile(r"^\| Sum \| (\d+) \|", re.MULTILINE)


def pages_with_lists(top: Path) -> list[tuple[Path, str]]:
    """Return the pages of a clone that list lessons, each with the text that it should have."""
    lessons = finished_lessons()
    return [
        (path, _filled(path, make(lessons)))
        for place, make in _LISTS.items()
        if (path := top / place).is_file()
    ]  # fmt: skip


def _filled(path: Path, listed: str) -> str:
    text = path.read_text(encoding="utf-8")
    if len(_LIST.findall(text)) != 1:
        raise CourseError(f"{path.name} needs one line {BEGIN!r} and one {END!r}: `course build` writes between them")
    return _LIST.sub(lambda found: found["begin"] + listed + found["end"], text)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rows)]
    return "\n" + "\n".join(line.replace("|  |", "| |") for line in lines) + "\n\n"


def _questions(lessons: Sequence[Lesson]) -> str:
    rows = [(f"{lesson.number} {lesson.title}", lesson.question) for lesson in lessons]
    return _table(("lesson", "the question it answers"), rows)


def _linked_questions(lessons: Sequence[Lesson]) -> str:
    rows = [
        (f"[{lesson.number} {lesson.title}](../lessons/{lesson.folder}/{lesson.notebook}.ipynb)", lesson.question)
        for lesson in lessons
    ]
    return _table(("lesson", "the question it answers"), rows)


def _teachers_pages(lessons: Sequence[Lesson]) -> str:
    """Return the teachers' pages with the sum of each page's minutes."""
    minutes = [_minutes_in_class(lesson) for lesson in lessons]
    rows = [
        (str(lesson.number), f"[{lesson.title}](../../solutions/{lesson.folder}/teach.md)", f"{count} minutes")
        for lesson, count in zip(lessons, minutes, strict=True)
    ]
    return _table(("lesson", "page", "in class"), [*rows, ("", "together", f"{sum(minutes)} minutes")])


def _minutes_in_class(lesson: Lesson) -> int:
    found = _SUM.search(lesson.teaching_path.read_text(encoding="utf-8"))
    if found is None:
        raise CourseError(f"{lesson.folder}/teach.md has no row `| Sum | minutes |` under Timing")
    return int(found[1])


def _coverage(lessons: Sequence[Lesson]) -> str:
    """Return what each lesson teaches and tests, from the `coverage.md` beside its source."""
    parts = [lesson.coverage_path.read_text(encoding="utf-8") for lesson in lessons if lesson.coverage_path.is_file()]
    return "".join(f"\n{part.strip()}\n" for part in parts) + "\n"


def _options(lessons: Sequence[Lesson]) -> str:
    return "".join(f"        - Lesson {lesson.number}, {lesson.title}\n" for lesson in lessons)


_LISTS: dict[str, Callable[[Sequence[Lesson]], str]] = {
    "README.md": _questions,
    "docs/index.md": _linked_questions,
    "docs/teach/README.md": _teachers_pages,
    "docs/coverage.md": _coverage,
    ".github/ISSUE_TEMPLATE/unclear-lesson.yml": _options,
}
