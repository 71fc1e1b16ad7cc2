"""The lists of lessons in the clone's pages: each is built between two marks, from what the lessons' folders say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from coursework.lessons.catalogue import Lesson, finished_lessons
from imbalanced_course.errors import CourseError

BEGIN, END = "the list of lessons, which course build writes", "end of the list of lessons"

_LIST = re.compile(
    rf"^(?P<begin> *(?:<!-- |# ){BEGIN}(?: -->)?\n)(?P<list>.*?)(?P<end>^ *(?:<!-- |# ){END}(?: -->)?$)",
    re.MULTILINE | re.DOTALL,
)
_SUM = re.compile(r"^\| Sum \| (\d+) \|", re.MULTILINE)
_PLANS = ("one day, if time is left", "one week, in addition", "a lesson a week, in addition")

# A day of lessons, in minutes; without a break, a class follows longer before lunch than after it.
_START, _NOON = 9 * 60, 12 * 60
_WELCOME, _CLOSE = 15, 20
_PAUSES = {"break": 15, "lunch": 55}
_LONGEST_MORNING, _LONGEST_AFTERNOON = 110, 90


def pages_with_lists(top: Path) -> list[tuple[Path, str]]:
    """Return the pages of a clone that list lessons, each with the text that it should have."""
    lessons = listed_lessons()
    return [
        (path, _filled(path, [make(lessons) for make in makers]))
        for place, makers in _LISTS.items()
        if (path := top / place).is_file()
    ]


def listed_lessons() -> list[Lesson]:
    """Return the finished lessons.

    Raises
    ------
    CourseError
        When one of them lacks what the lists say of it.
    """
    lessons = finished_lessons()
    for lesson in lessons:
        if not (lesson.question and lesson.can):
            raise CourseError(f"solutions/{lesson.folder}/lesson.toml: a finished lesson needs `question` and `can`")
    return lessons


def _filled(path: Path, lists: Sequence[str]) -> str:
    text = path.read_text(encoding="utf-8")
    if len(_LIST.findall(text)) != len(lists):
        number = "one line" if len(lists) == 1 else f"{len(lists)} lines"
        raise CourseError(f"{path.name} needs {number} {BEGIN!r} and {END!r}: `course build` writes between them")
    left = iter(lists)
    return _LIST.sub(lambda found: found["begin"] + next(left) + found["end"], text)


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


def _one_day(lessons: Sequence[Lesson]) -> str:
    """Return a day's plan with all lessons: when each begins and ends, and the breaks between them."""
    lengths = {f"lesson {lesson.number}": _minutes_in_class(lesson) for lesson in lessons}
    rows, clock, breaks = [], _START, 0
    for what, minutes in _steps_of_a_day(lengths):
        rows.append((_hour(clock), _hour(clock + minutes), what))
        clock += minutes
        breaks += minutes if what in _PAUSES else 0
    taught = sum(lengths.values())
    said = f"It has {taught} minutes of lessons and {breaks} of breaks, from {_hour(_START)} to {_hour(clock)}."
    return f"\n{said}\n{_table(('from', 'to', 'what'), rows)}"


def _steps_of_a_day(lengths: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield what happens in a day, each with its minutes; the first break after noon is lunch."""
    yield "welcome; everyone's kernel answers", _WELCOME
    clock, sitting, had_lunch = _START + _WELCOME, 0, False
    for lesson, minutes in lengths.items():
        if sitting and sitting + minutes > (_LONGEST_AFTERNOON if had_lunch else _LONGEST_MORNING):
            pause = "lunch" if clock >= _NOON and not had_lunch else "break"
            yield pause, _PAUSES[pause]
            clock, sitting, had_lunch = clock + _PAUSES[pause], 0, had_lunch or pause == "lunch"
        yield lesson, minutes
        clock, sitting = clock + minutes, sitting + minutes
    yield "the decision guide with two problems from the room; where to go on", _CLOSE


def _hour(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _one_week(lessons: Sequence[Lesson]) -> str:
    """Return a plan of half days: a lesson fills half a sitting, or as many halves as its teachers' page names."""
    halves = []
    for lesson in lessons:
        parts = [f", {part}" for part in _told(lesson, "one week, halves").split("; ") if part] or [""]
        halves += [(f"lesson {lesson.number}{part}", "") for part in parts]
        halves[-1] = (halves[-1][0], _told(lesson, "one week, at home"))
    halves += [("a project", "the project, if wanted")] * (2 - len(halves) % 2)
    rows = [
        (str(day), first[0], second[0], "; ".join(dict.fromkeys(home for _, home in (first, second) if home)))
        for day, (first, second) in enumerate(zip(halves[::2], halves[1::2], strict=True), 1)
    ]
    days = len(rows)
    said = f"{days} sittings of three hours make {3 * days} hours, and about {days} more at home."
    return f"\n{said}\n{_table(('day', 'first half', 'second half', 'at home, about an hour'), rows)}"


def _lesson_a_week(lessons: Sequence[Lesson]) -> str:
    """Return a plan of weekly sittings; the last one's homework ends with a project."""
    rows = []
    for week, lesson in enumerate(lessons, 1):
        more = _told(lesson, "a lesson a week, in the sitting")
        home = [_told(lesson, "a lesson a week, at home"), "a project" if week == len(lessons) else ""]
        rows.append((str(week), f"lesson {lesson.number}{more and ', '}{more}", "; ".join(filter(None, home))))
    return _table(("week", "sitting", "at home"), rows)


def _optional_sections(lessons: Sequence[Lesson]) -> str:
    """Return which optional sections go with which plan; no row for a lesson whose page names none."""
    rows = [(str(lesson.number), *(_told(lesson, plan) for plan in _PLANS)) for lesson in lessons]
    return _table(("lesson", *_PLANS), [row for row in rows if any(row[1:])])


def _told(lesson: Lesson, label: str) -> str:
    """Return what a row of the teachers' page says, empty where it has no such row."""
    found = re.search(rf"^\| {label} \| (.+) \|$", lesson.teaching_path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else ""


def _coverage(lessons: Sequence[Lesson]) -> str:
    """Return what each lesson teaches and tests, from the `coverage.md` beside its source."""
    parts = [lesson.coverage_path.read_text(encoding="utf-8") for lesson in lessons if lesson.coverage_path.is_file()]
    return "".join(f"\n{part.strip()}\n" for part in parts) + "\n"


def _options(lessons: Sequence[Lesson]) -> str:
    return "".join(f"        - Lesson {lesson.number}, {lesson.title}\n" for lesson in lessons)


# The lists of each page, in the order in which they stand there.
_LISTS: dict[str, tuple[Callable[[Sequence[Lesson]], str], ...]] = {
    "README.md": (_questions,),
    "docs/index.md": (_linked_questions,),
    "docs/teach/README.md": (_teachers_pages, _one_day, _one_week, _lesson_a_week, _optional_sections),
    "docs/coverage.md": (_coverage,),
    ".github/ISSUE_TEMPLATE/unclear-lesson.yml": (_options,),
}
