"""The table of hand-ins that a teacher can correct: written by `--dry-run`, taken back by `--hand-ins`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coursework.intake.hand_in import NEW_IN_EACH_ASSIGNMENT, HandIn
from coursework.intake.names import learner_name
from coursework.intake.roster import Roster, only, read_roster
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
        for number, one in _in_order(hand_ins) if not one.beside
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
        if one.beside:
            continue
        waiting[_cell(one.file)].append(number)
    stripped = only({}, ((file.strip(), file) for file in waiting))  # a spreadsheet may have taken blanks off
    known = set(waiting)
    attempts, result = _attempts(hand_ins), list(hand_ins)
    left = {number for number, one in enumerate(hand_ins) if not one.beside}
    seen: dict[tuple[str, str, int], int] = {}
    told_attempts: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    changed: set[tuple[str, str]] = set()
    for row in sheet.rows:
        file = row.file if row.file in known else stripped.get(row.file.strip(), row.file)
        if not waiting[file]:
            reason = "is there more than once" if file in known else "isn't among the hand-ins"
            raise WrongUsage(f"{_at(path, row.line)}: the file {row.file!r} {reason}: correct or remove the line")
        number = waiting[file].pop(0)
        left.discard(number)
        result[number] = told = _as_told(hand_ins[number], row, path)
        is_new = told.student not in (hand_ins[number].student, "")
        if roster is not None and is_new and told.student not in roster:
            raise WrongUsage(f"{_at(path, row.line)}: {row.student!r} isn't on the roster: correct the name")
        if row.attempt is not None and not told.problem:
            before = seen.setdefault((told.student, told.lesson, row.attempt), row.line)
            if before != row.line:
                raise WrongUsage(
                    f"{_at(path, row.line)}: {row.student!r} has an attempt {row.attempt} for {told.lesson} in line "
                    f"{before}, too: give each attempt a number of its own"
                )
            told_attempts[told.student, told.lesson][number] = row.attempt
            if row.attempt != attempts.get(number):
                changed.add((told.student, told.lesson))
    for number in left:
        result[number] = replace(hand_ins[number], problem=f"it isn't in {path.name}")
    for key in changed:  # then the table's numbers tell of all of them which is the last
        for number, attempt in told_attempts[key].items():
            result[number] = replace(result[number], order=(float("inf"), attempt))
    return _with_origins(hand_ins, _beside_moved(hand_ins, result))


def _as_told(one: HandIn, row: _Row, path: Path) -> HandIn:
    """Return a hand-in as a row of the table says."""
    if not row.student or not row.lesson:
        problem = one.problem or f"{path.name} doesn't say whose it is, or which lesson"
        return replace(one, student=row.student, lesson=row.lesson, problem=problem)
    told = replace(one, student=row.student, lesson=row.lesson, problem="" if one.readable else one.problem)
    if (row.student, row.lesson) != (one.student, one.lesson):
        told = replace(told, seen=path.name)
    return told


def _beside_moved(before: Sequence[HandIn], told: Sequence[HandIn]) -> list[HandIn]:
    """Return the corrected hand-ins; what was handed in beside a learner's goes where all of these went."""
    names: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for old, one in zip(before, told, strict=True):
        if not one.beside and one.student:
            names[_identity(old)].add(one.student)
    return [
        replace(one, student=next(iter(names[_identity(one)])))
        if one.beside and len(names[_identity(one)]) == 1
        else one
        for one in told
    ]


def _with_origins(before: Sequence[HandIn], told: Sequence[HandIn]) -> list[HandIn]:
    """Return the corrected hand-ins; what a platform said of another learner than the one who is named now is left out.

    A learner whose hand-ins all have the new name, and who shares it with nobody, was only renamed.
    """
    names: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for old, one in zip(before, told, strict=True):
        names[_identity(old)].add(one.student)
    owners: dict[str, set[str]] = defaultdict(set)
    for old, one in zip(before, told, strict=True):
        owners[one.student].add(old.student)
    result = []
    for old, one in zip(before, told, strict=True):
        renamed = names[_identity(old)] == {one.student} and owners[one.student] == {old.student}
        result.append(one if one.student == old.student or renamed else replace(one, origin=None))
    return result


def _identity(one: HandIn) -> tuple[str, ...]:
    """Return by what a platform tells a learner from others, else the name."""
    if one.origin and one.origin.system not in NEW_IN_EACH_ASSIGNMENT:
        return one.origin.system, one.origin.number
    return ("", one.student)


def _cell(file: str) -> str:
    """Return a file's name as the table has it."""
    return harmless(one_line(file))


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
        file, *others = (cells[place] if place < len(cells) else "" for place in places)
        student, lesson, attempt = (cell.strip() for cell in others)
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
