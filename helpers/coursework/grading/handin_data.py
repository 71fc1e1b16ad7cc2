"""One file that was handed in, as data: what is known of it, and how it comes out of the reader's process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursework.grading.handin_names import Origin, learner_name
from coursework.lessons.catalogue import UnknownLesson, find_lesson


@dataclass(frozen=True)
class HandIn:
    """One file of one learner.

    `order` is higher for a later one, where a platform or our own commands tell it; `when` is its time, and `tie`
    decides between files of one time. `problem` says why it does not count, if so; `aside` marks what is no notebook
    and was perhaps never meant to be graded; `origin` is what the platform's file name said; `file` is where its
    content lies.
    """

    student: str
    lesson: str
    shown: str
    content: bytes = b""
    order: tuple[int, ...] = ()
    when: float = 0.0
    tie: tuple[int, ...] = ()
    origin: Origin | None = None
    problem: str = ""
    aside: bool = False
    file: Path | None = None

    def as_message(self) -> dict[str, Any]:
        """Return all but the content, as data."""
        return {
            "student": self.student, "lesson": self.lesson, "shown": self.shown, "order": self.order,
            "when": self.when, "tie": self.tie, "problem": self.problem, "aside": self.aside,
            "origin": self.origin and [self.origin.system, self.origin.number, self.origin.name, self.origin.late],
        }  # fmt: skip


@dataclass(frozen=True)
class Member:
    """Which file of a class's zip is read next."""

    number: int
    student: str
    shown: str

    def as_message(self) -> list[Any]:
        """Return it as data."""
        return [self.number, self.student, self.shown]

    @classmethod
    def from_message(cls, message: Any) -> Member:
        """Return what a reader sent, held to its types."""
        number, student, shown = message
        return cls(int(number), _short_text(student), _short_text(shown))


def hand_in_from_message(message: Any) -> HandIn:
    """Return what a reader sent, each part held to what it may be: what comes of it becomes paths and rows.

    Raises
    ------
    ValueError
        When it is anything else.
    """
    try:
        origin = None
        if message["origin"]:
            system, number, name, late = message["origin"]
            origin = Origin(
                _short_text(system), _short_text(number), _short_text(name), None if late is None else bool(late)
            )
        found = HandIn(
            _short_text(message["student"]), _short_text(message["lesson"]), _short_text(message["shown"]),
            order=tuple(map(int, message["order"])), when=float(message["when"]), tie=tuple(map(int, message["tie"])),
            origin=origin, problem=_short_text(message["problem"]), aside=bool(message["aside"]),
        )  # fmt: skip
        if not found.problem and (
            found.student != learner_name(found.student) or find_lesson(found.lesson).folder != found.lesson
        ):
            raise ValueError("no learner or no lesson")
    except (TypeError, KeyError, AttributeError, IndexError, UnknownLesson) as error:
        raise ValueError(str(error)) from None
    return found


def _short_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value[:4096]
