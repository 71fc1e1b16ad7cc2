"""What `course grade` finds in a folder, without grading it: one reading process serves all tests."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path

from coursework.grading.collection import collect
from coursework.grading.lesson_plan import course_lesson
from coursework.grading.reader import Reader
from coursework.grading.submissions import Collected, Submission


@cache
def reader() -> Reader:
    made = Reader("none")
    atexit.register(made.close)
    return made


def collected_from(place: Path, laid_out: Path) -> Collected:
    return collect(place, laid_out, reader(), course_lesson)


def find_submissions(place: Path, laid_out: Path) -> list[Submission]:
    return collected_from(place, laid_out).submissions
