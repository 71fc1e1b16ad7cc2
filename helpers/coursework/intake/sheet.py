"""The table of hand-ins that a teacher can correct: written by `--dry-run`, taken back by `--hand-ins`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coursework.intake.hand_in import HandIn
from coursework.intake.names import learner_name
from coursework.intake.roster import Roster, read_roster
from coursework.lessons.catalogue import UnknownLesson, find_lesson
from coursework.spreadsheet import harmless, table_text
from coursework.terminal import one_line
from imbalanced_course.errors import WrongUsage

COLUMNS = ("file", "student", "lesson", "attempt", "what was seen")


@dataclass(frozen=True)
class _Row:
    """One line of the table."""

    line: int
    file: str
    student: str
    lesson: str
    attempt: int | None


def sheet_text(hand_ins: Sequence[HandIn]) -> str:
    """Return the table as CSV: a row for each file that could be a hand-in, also where it is unclear whose it is."""
    attempts = _attempts(hand_ins)
    rows = [
        [one_line(one.file), one_line(one.student), one.lesson, str(attempts.get(number, "")),
         one_line("; ".join(filter(None, [one.seen, one.problem])))]
        for number, one in _in_order(hand_ins)
    ]  # fmt: skip
    return table_text([COLUMNS, *rows], end="\n")


@dataclass(frozen=True)
class Sheet:
    """A table that came back."""

    path: Path
    rows: list[_Row]


def read_sheet(path: Path) -> Sheet:
    """Read a table of hand-ins.

    Raises
    ------
    WrongUsage
        When it is none, or names a lesson that there is not; the sentence has the line.
    """
    return Sheet(path, _rows(read_roster(path)))


def corrected(hand_ins: Sequence[HandIn], sheet: Sheet, roster: Collection[str] | None = None) -> list[HandIn]:
    """Return the hand-ins as a teacher's table says; what it leaves out is not graded.

    Parameters
    ----------
    roster : collection of str, optional
        The names of all learners, where they are known.

    Raises
    ------
    WrongUsage
        When the table says what cannot be; the sentence has the line.
    """
    path = sheet.path
    waiting: dict[str, list[int]] = defaultdict(list)
    for number, one in _in_order(hand_ins):
        waiting[harmless(one_line(one.file))].append(number)
    known = set(waiting)
    attempts, result = _attempts(hand_ins), list(hand_ins)
    left = set(range(len(hand_ins)))
    seen: dict[tuple[str, str, int], int] = {}
    for row in sheet.rows:
        if not waiting[row.file]:
            twice = row.file in known
            reason = "is there more than once" if twice else "isn't among the hand-ins"
            raise WrongUsage(f"{_at(path, row.line)}: the file {row.file!r} {reason}: correct or remove the line")
        number = waiting[row.file].pop(0)
        left.discard(number)
        result[number] = _as_told(hand_ins[number], row, attempts.get(number), path)
        told = result[number]
        if roster is not None and row.student and told.student not in roster:
            raise WrongUsage(f"{_at(path, row.line)}: {row.student!r} isn't on the roster: correct the name")
        if row.attempt is not None and not told.problem:
            before = seen.setdefault((told.student, told.lesson, row.attempt), row.line)
            if before != row.line:
                raise WrongUsage(
                    f"{_at(path, row.line)}: {row.student!r} has an attempt {row.attempt} for {told.lesson} in line "
                    f"{before}, too: give each attempt a number of its own"
                )
    for number in left:
        result[number] = replace(hand_ins[number], problem=f"it isn't in {path.name}")
    return result


def _as_told(one: HandIn, row: _Row, attempt: int | None, path: Path) -> HandIn:
    """Return a hand-in as a row of the table says."""
    if not row.student or not row.lesson:
        problem = one.problem or f"{path.name} doesn't say whose it is, or which lesson"
        return replace(one, student=row.student, lesson=row.lesson, problem=problem)
    told = replace(one, student=row.student, lesson=row.lesson, problem="" if one.readable else one.problem)
    if (row.student, row.lesson) != (one.student, one.lesson):
        # What a platform's name said is of another learner.
        told = replace(told, seen=f"{path.name}", origin=one.origin if row.student == one.student else None)
    if row.attempt is not None and row.attempt != attempt:
        told = replace(told, order=(float("inf"), row.attempt))
    return told


def _at(path: Path, line: int) -> str:
    return f"line {line} of {str(path)!r}"


def _rows(table: Roster) -> list[_Row]:
    path = table.path
    header = [name.casefold() for name in table.header]
    for name in COLUMNS[:4]:
        if name not in header:
            columns = ", ".join(COLUMNS[:4])
            raise WrongUsage(f"{_at(path, 1)} has no column {name!r}: the table needs {columns}")
    places = [header.index(name) for name in COLUMNS[:4]]
    rows = []
    for number, cells in enumerate(table.rows[1:], start=1):
        if not any(cell.strip() for cell in cells):
            continue
        line = table.line(number)
        file, student, lesson, attempt = (cells[place].strip() if place < len(cells) else "" for place in places)
        student = student.removeprefix("'") if harmless(student.removeprefix("'")) == student else student
        name = learner_name(student) or ""
        if student and not name:
            raise WrongUsage(f"{_at(path, line)}: {student!r} can be no learner's name: correct it")
        try:
            folder = find_lesson(lesson).folder if lesson else ""
        except UnknownLesson as error:
            raise WrongUsage(f"{_at(path, line)}: {error}") from None
        if attempt and not attempt.isdecimal():
            raise WrongUsage(f"{_at(path, line)}: an attempt is a number, as in 1 or 2, not {attempt!r}")
        rows.append(_Row(line, file, name, folder, int(attempt) if attempt else None))
    return rows


def _in_order(hand_ins: Sequence[HandIn]) -> list[tuple[int, HandIn]]:
    return sorted(enumerate(hand_ins), key=lambda item: (item[1].file, item[1].student))


def _attempts(hand_ins: Sequence[HandIn]) -> dict[int, int]:
    """Return by the number of a hand-in which attempt of its learner at its lesson it is, the last the highest."""
    several: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(hand_ins):
        if one.student and one.lesson and not one.problem:
            several[one.student, one.lesson].append(number)
    attempts = {}
    for numbers in several.values():
        numbers.sort(key=lambda number: (hand_ins[number].order, hand_ins[number].when, hand_ins[number].tie))
        attempts.update({number: attempt for attempt, number in enumerate(numbers, start=1)})
    return attempts
