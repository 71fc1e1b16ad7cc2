"""What was found in a class's folder: the hand-ins, and what was passed over."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursework.grading.handin_names import Origin
from coursework.grading.submitted_notebook import whole_characters

MOST_CHARACTERS_OF_A_PLACE = 200


@dataclass(frozen=True)
class Submission:
    """One hand-in as it was found: `problem` says why it cannot be graded, if so; `lesson` may be unknown then.

    `note` is worth telling with the grade; `doubt` says why a person should look; `origin` is what a platform's file
    name said of the learner; `file` is the name under which it came, with the folders and zips around it.
    """

    student: str
    lesson: str
    path: Path
    problem: str = ""
    note: str = ""
    doubt: str = ""
    origin: Origin | None = None
    file: str = ""


@dataclass
class Collected:
    """The hand-ins, each lesson of a learner once; and by place and kind the files that were passed over."""

    submissions: list[Submission] = field(default_factory=list)
    passed_over: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """Return a line for each kind of file that was passed over in a place."""
        lines = []
        for (place, what), names in sorted(self.passed_over.items()):
            shown = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
            lines.append(f"{place}: {what}: {shown}" + (f" ({len(names):,} files)" if len(names) > 1 else ""))
        return lines


def short_name(name: str) -> str:
    """Return a file's name in one line and in the room that the gradebook has for it; two long ones stay different."""
    shown = "".join(
        "?" if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in whole_characters(name)
    )
    if len(shown) <= MOST_CHARACTERS_OF_A_PLACE:
        return shown
    return f"…{shown[-150:]} {hashlib.sha256(shown.encode()).hexdigest()[:8]}"


def each_in_a_row_of_its_own(found: list[Submission]) -> Iterator[Submission]:
    """Yield the hand-ins so that no two are one row: what counts keeps its lesson's name, others get a number."""
    seen: set[tuple[str, str]] = {(one.student, one.lesson) for one in found if not one.problem}
    for one in found:
        place, number = one.lesson, 1
        while one.problem and (one.student, place) in seen:
            number += 1
            place = f"{one.lesson} ({number})".strip()
        seen.add((one.student, place))
        yield replace(one, lesson=place)
