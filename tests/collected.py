"""What `course grade` finds in a folder, without grading it: one reading process serves all tests."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from typing import Any

from coursework.grading.copies import settle
from coursework.grading.lesson_plan import course_lesson
from coursework.grading.reader import Reader
from coursework.intake.collection import collect
from coursework.intake.hand_in import Collected, HandIn, Settled


@cache
def reader() -> Reader:
    made = Reader("none")
    atexit.register(made.close)
    return made


def choose(alike: list[HandIn]) -> Settled:
    return settle(alike, course_lesson(alike[0].lesson), reader())


def collected_from(place: Path, laid_out: Path, **options: Any) -> Collected:
    return collect(place, laid_out, reader(), choose, **options)


def find_submissions(place: Path, laid_out: Path) -> list[HandIn]:
    return collected_from(place, laid_out).submissions
