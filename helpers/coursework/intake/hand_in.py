"""One hand-in, from the file that was found to the row in the table of grades."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

MOST_CHARACTERS_OF_A_PLACE = 200
# By which nbgrader's exchange knows a hand-in; it lies beside the notebook.
SECRET_FILE = "submission_secret.txt"
MOST_BYTES_OF_A_SECRET = 1000
# Platforms whose numbers say nothing about another assignment.
NEW_IN_EACH_ASSIGNMENT = ("moodle", "canvas-anonymous")


@dataclass(frozen=True)
class Origin:
    """What a platform said of a learner.

    `system` is the platform's short name, `number` how it tells its learners apart, `name` theirs; `late` is None where
    the platform says nothing about it.
    """

    system: str
    number: str
    name: str
    late: bool | None = None


@dataclass(frozen=True)
class HandIn:
    """One file that somebody handed in.

    Attributes
    ----------
    student, lesson : str
        Whose it is and the lesson's folder; either may be unknown where there is a problem.
    path : Path
        Where its content lies.
    problem : str
        Why it cannot be graded, if so.
    note, doubt : str
        What is worth telling with the grade, and why a person should look.
    origin : Origin, optional
        What a platform said of the learner.
    shown : str
        The file's name as it is told: in a learner's folder the name there, else the whole name.
    file : str
        The whole name, with the folders and archives that it is in.
    seen : str
        How it was told whose and of which lesson it is.
    order : tuple of float
        Higher for a later one, where a platform or our own commands tell it.
    when : float
        The file's time, in seconds since 1970.
    tie : tuple of int
        Decides between files of one time.
    time : float, optional
        When it was handed in, in seconds since 1970, where the platform says so.
    readable : bool
        Whether it can be graded as soon as it is known whose and of which lesson it is.
    beside : bool
        Whether it is no notebook, and only worth a word with the grade of the learner who handed it in.
    """

    student: str
    lesson: str
    path: Path
    problem: str = ""
    note: str = ""
    doubt: str = ""
    origin: Origin | None = None
    shown: str = ""
    file: str = ""
    seen: str = ""
    order: tuple[float, ...] = ()
    when: float = 0.0
    tie: tuple[int, ...] = ()
    time: float | None = None
    readable: bool = False
    beside: bool = False


@dataclass
class Collected:
    """A class's hand-ins.

    Attributes
    ----------
    submissions : list of HandIn
        Each lesson of a learner once; what does not count has a problem.
    passed_over : dict
        By place and kind the files that are no hand-ins.
    sentence : str
        What was seen.
    """

    submissions: list[HandIn] = field(default_factory=list)
    passed_over: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    sentence: str = ""

    def lines(self) -> list[str]:
        """Return a line for each kind of file that was passed over in a place."""
        lines = []
        for (place, what), names in sorted(self.passed_over.items()):
            shown = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
            lines.append(f"{place}: {what}: {shown}" + (f" ({len(names):,} files)" if len(names) > 1 else ""))
        return lines


@dataclass
class Settled:
    """The notebook that counts; those that do not, with the reason; and those of which a word in the list is enough."""

    best: HandIn
    doubtful: bool = False
    lost: list[HandIn] = field(default_factory=list)
    spare: list[tuple[HandIn, str]] = field(default_factory=list)


def short_name(name: str) -> str:
    """Return a file's name in one line and in the room that the gradebook has for it; two long ones stay different."""
    whole = name.encode("utf-8", "replace").decode("utf-8")
    shown = "".join("?" if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in whole)
    if len(shown) <= MOST_CHARACTERS_OF_A_PLACE:
        return shown
    return f"…{shown[-150:]} {hashlib.sha256(shown.encode()).hexdigest()[:8]}"


def each_in_a_row_of_its_own(found: list[HandIn]) -> Iterator[HandIn]:
    """Yield the hand-ins so that no two are one row: what counts keeps its lesson's name, others get a number."""
    seen: set[tuple[str, str]] = {(one.student, one.lesson) for one in found if not one.problem}
    for one in found:
        place, number = one.lesson, 1
        while one.problem and (one.student, place) in seen:
            number += 1
            place = f"{one.lesson} ({number})".strip()
        seen.add((one.student, place))
        yield replace(one, lesson=place)
