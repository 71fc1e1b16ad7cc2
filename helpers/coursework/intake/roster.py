"""A class list that a platform or a teacher gave as a table: who is on it, and who never handed in."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from coursework.intake.hand_in import NEW_IN_EACH_ASSIGNMENT, HandIn, Origin
from coursework.intake.names import learner_name
from imbalanced_course.errors import WrongUsage

MOST_BYTES = 50 * 2**20
# Fewer who handed in may all be on no list: their names are shown instead.
FEWEST_TO_DOUBT_A_LIST = 3


@dataclass(frozen=True)
class Roster:
    """A platform's table.

    Attributes
    ----------
    path : Path
        Where it came from.
    rows : list of list of str
        All rows, the header first.
    written : list of list of str
        The same cells as they stand in the file, with their quotes.
    ends : list of str
        How each line ends.
    delimiter, mark : str
        What stands between cells, and at the beginning of the file (a byte-order mark or nothing).
    """

    path: Path
    rows: list[list[str]]
    written: list[list[str]]
    ends: list[str]
    delimiter: str
    mark: str

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [cell.strip() for cell in self.rows[0]]

    def line(self, row: int) -> int:
        """Return the line of the file in which a row begins; a cell may have more than one."""
        before = zip(self.written[:row], self.ends[:row], strict=True)
        return 1 + sum("".join([*cells, end]).count("\n") for cells, end in before)


@dataclass(frozen=True)
class Person:
    """One row of a platform's table: its number, its logins (addresses and the like), and its name."""

    row: int
    number: str
    logins: tuple[str, ...]
    name: str


def read_roster(path: Path) -> Roster:
    """Read a table that a platform gave as CSV.

    Raises
    ------
    WrongUsage
        When it is no such file.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise WrongUsage(f"{str(path)!r} is larger than {MOST_BYTES // 2**20} MB: it can't be a class list")
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise WrongUsage(f"the file {str(path)!r} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise WrongUsage(f"{str(path)!r} is not UTF-8 text: use the file as the platform gave it") from None
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = io.StringIO(text.removeprefix(mark), newline="").readlines()
    if not lines:
        raise WrongUsage(f"{str(path)!r} is empty")
    delimiter = max(",;\t", key=lambda one: len(next(csv.reader(lines[:1], delimiter=one), [])))
    roster = Roster(path, [], [], [], delimiter, mark)
    reader = csv.reader(lines, delimiter=delimiter)
    begun = 0
    try:
        for row in reader:
            raw = "".join(lines[begun : reader.line_num])
            begun = reader.line_num
            line = raw.rstrip("\r\n")
            roster.rows.append(row)
            roster.written.append(_as_written(line, row, delimiter))
            roster.ends.append(raw[len(line) :])
    except csv.Error as error:
        raise WrongUsage(f"{str(path)!r} is not a table in CSV: {error}") from None
    return roster


def people_on(roster: Roster) -> list[Person]:
    """Return who is on a class list: Canvas's gradebook, Moodle's worksheet or list of participants, or any table.

    A table of one's own needs a column *name* (or *first name* and *last name*), *email* or *login*; *id* may be there.

    Raises
    ------
    WrongUsage
        When it has no such column, or one login or number twice.
    """
    columns = _columns_of(roster)
    if not columns:
        raise WrongUsage(
            f"line 1 of {str(roster.path)!r} has no column name, email or login: add one, or use a platform's file"
        )
    is_canvas, is_moodles = {"Student", "ID"} <= set(roster.header), _is_moodles(roster)
    people: list[Person] = []
    lines: dict[str, int] = {}
    for number, row in enumerate(roster.rows[1:], start=1):
        cells = {kind: [row[at].strip() for at in places if at < len(row) and row[at].strip()]
                 for kind, places in columns.items()}  # fmt: skip
        name = " ".join(cells.get("name", [])) or " ".join([*cells.get("first", []), *cells.get("last", [])])
        if "Points Possible" in name or not (name or cells.get("login")):
            continue
        # The first of several numbers tells who somebody is; learners may go by the others all the same.
        identifier, *others = cells.get("number", []) or [""]
        logins = [*cells.get("login", []), *others]
        if is_moodles:
            identifier = re.sub(r"^\D+", "", identifier)
        elif not is_canvas:  # an own list's: folders may be named by it
            logins = [*logins, *filter(None, [identifier])]
        person = Person(number, identifier, tuple(dict.fromkeys(logins)), name)
        for key in filter(None, [person.number, *map(as_login, person.logins)]):
            line = lines.setdefault(key, roster.line(number))
            if line != roster.line(number):
                raise WrongUsage(
                    f"line {roster.line(number)} of {str(roster.path)!r}: {key!r} is in line {line}, too: remove one"
                )
        people.append(person)
    if not people:
        raise WrongUsage(f"{str(roster.path)!r} has nobody on it after line 1: use a list of the class")
    return people


@dataclass
class OnRoster:
    """Hand-ins with the names of the class list; who on it never handed in, and who handed in and isn't on it."""

    hand_ins: list[HandIn]
    students: dict[str, Person] = field(default_factory=dict)
    never: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Named:
    """A learner as the gradebook or a platform's files name one.

    `number` is a platform's, which may be new in each assignment; `anonymous` learners have a name that says nothing.
    A name that a platform has is its learner's choice (`chosen`), and so it is no login.
    """

    student: str
    name: str = ""
    email: str = ""
    number: str = ""
    anonymous: bool = False
    chosen: bool = False


def persons(learners: Sequence[Named], people: Sequence[Person], numbers: Mapping[str, str]) -> dict[str, Person]:
    """Return by student the person on a class list, where it is clear who that is.

    The number on the list's own platform decides. Else a login tells, else a number of any platform together with the
    name, else the name where nobody else has it. A number that is not on the list of its own platform is somebody
    else's than the one of the same name who is.

    Parameters
    ----------
    numbers : mapping of str to str
        The list's platform's number of each learner whose number is known.
    """
    by_number = only({}, ((person.number, person) for person in people))
    by_login = only({}, ((as_login(login), person) for person in people for login in person.logins))
    by_name = only({}, ((name, person) for person in people for name in names_of(person.name)))
    alike = only({}, ((name, one.student) for one in learners for name in names_of(one.name or one.student)))
    shown = _display_names(people)
    by_display = {shown[person.row]: person for person in people}
    found: dict[str, Person | None] = {}
    for one in learners:
        names = names_of(one.name or one.student)
        person = by_number.get(numbers.get(one.student, ""))
        if one.student in numbers or one.anonymous:
            found[one.student] = person
            continue
        # A number alone is another platform's, or another assignment's; a platform may have logins for numbers.
        logins_of = [*([] if one.chosen else [one.student, one.name]), one.email,
                     "" if one.number.isdigit() else one.number]  # fmt: skip
        person = by_display.get(one.student) or next(
            filter(None, (by_login.get(as_login(one)) for one in logins_of)), None
        )
        numbered = by_number.get(one.number)
        if not person and numbered and _agree(one.name or one.student, numbered.name):
            person = numbered
        for name in names:
            person = person or (by_name.get(name) if name in alike else None)
        found[one.student] = person
    return {student: person for student, person in found.items() if person}


def numbers_on(
    roster: Roster,
    people: Sequence[Person],
    names: Mapping[str, str],
    canvas: Mapping[str, str],
    moodle: Mapping[str, Mapping[str, str]],
) -> Mapping[str, str]:
    """Return the learners' numbers on the platform that made a class list; an own list's numbers mean something else.

    Moodle has new ones in each assignment: those of the assignment in which names agree with the list, if any.

    Parameters
    ----------
    names : mapping of str to str
        By student the name.
    canvas : mapping of str to str
        By student the number in Canvas.
    moodle : mapping of str to mapping
        By lesson, by student the number in Moodle.
    """
    if {"Student", "ID"} <= set(roster.header):
        return canvas
    if not _is_moodles(roster):
        return {}
    here = {person.number: person.name for person in people}

    def agreeing(numbers: Mapping[str, str]) -> int:
        there = [(student, here[number]) for student, number in numbers.items() if number in here]
        agree = sum(not listed or _agree(names[student], listed) for student, listed in there)
        return agree if 2 * agree > len(there) else 0

    best = max(moodle.values(), key=agreeing, default={})
    return best if agreeing(best) else {}


def on_roster(
    hand_ins: Sequence[HandIn],
    roster: Roster,
    kept: Collection[str],
    known: Mapping[tuple[str, str], Origin] | None = None,
) -> OnRoster:
    """Give learners the names that the class list has, where it is clear who they are; the same again changes nothing.

    Who is known from earlier runs keeps the name that the gradebook has.

    Parameters
    ----------
    kept : collection of str
        The students whom the gradebook knows.
    known : mapping of (str, str) to Origin, optional
        What platforms said in earlier runs, by learner and lesson.
    """
    people = people_on(roster)
    learners = _named(hand_ins)
    numbers = _numbers_of(hand_ins, learners, roster, people)
    shown = _display_names(people)
    before = _numbers_by_student((student, origin) for (student, _), origin in (known or {}).items())
    now = _numbers_by_student((one.student, one.origin) for one in hand_ins)

    def is_another(student: str, name: str) -> bool:
        """Return whether the gradebook has a name for somebody with another number on the same platform."""
        theirs = before.get(name, {})
        return student != name and any(
            system in theirs and not own & theirs[system] for system, own in now.get(student, {}).items()
        )

    claimed = {
        student: person
        for student, person in persons(list(learners.values()), people, numbers).items()
        if not is_another(student, shown[person.row])
    }
    rows = Counter(person.row for person in claimed.values())
    # Two learners are never made one: who has the row's number or its very name keeps it.
    found = {
        student: person
        for student, person in claimed.items()
        if rows[person.row] == 1 or student in numbers or student == shown[person.row]
    }
    names = {student: student if student in kept else shown[person.row] for student, person in found.items()}
    result = OnRoster([replace(one, student=names.get(one.student, one.student)) for one in hand_ins])
    handed_in = {person.row for person in claimed.values()}
    in_book = {person.row: names[student] for student, person in found.items()}
    result.students = {in_book.get(person.row, shown[person.row]): person for person in people}
    result.never = [shown[person.row] for person in people if person.row not in handed_in]
    result.unknown = [student for student in learners if student not in found]
    return result


def require_list_of(result: OnRoster, roster: Roster) -> None:
    """Refuse a class list that is another class's.

    Raises
    ------
    WrongUsage
        When hardly anybody who handed in is on it.
    """
    learners = {one.student for one in result.hand_ins if one.student}
    there = len(learners) - len(result.unknown)
    if len(learners) >= FEWEST_TO_DOUBT_A_LIST and 5 * there < len(learners):
        first = people_on(roster)[0]
        raise WrongUsage(
            f"{str(roster.path)!r} is hardly the list of this class: of {len(learners):,} learners who handed in, "
            f"{there:,} are on it; {result.unknown[0]!r} isn't, and line {roster.line(first.row)} is "
            f"{first.name or first.logins[0]!r}"
        )


def _named(hand_ins: Iterable[HandIn]) -> dict[str, Named]:
    """Return by student what hand-ins say of the learner."""
    learners: dict[str, Named] = {}
    for one in hand_ins:
        if one.student and (one.origin or one.student not in learners):
            told = one.origin or Origin("", "", one.student)
            hidden = told.system == "canvas-anonymous"
            learners[one.student] = Named(
                one.student, told.name, number=told.number, anonymous=hidden, chosen=one.origin is not None
            )
    return learners


def _numbers_by_student(origins: Iterable[tuple[str, Origin | None]]) -> dict[str, dict[str, set[str]]]:
    """Return by student, by platform the numbers there; those that are new in each assignment tell nothing."""
    numbers: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for student, origin in origins:
        if origin and origin.number and origin.system not in NEW_IN_EACH_ASSIGNMENT:
            numbers[student][origin.system].add(origin.number)
    return dict(numbers)


def _numbers_of(
    hand_ins: Iterable[HandIn], learners: Mapping[str, Named], roster: Roster, people: Sequence[Person]
) -> Mapping[str, str]:
    canvas: dict[str, str] = {}
    moodle: dict[str, dict[str, str]] = {}
    for one in hand_ins:
        if one.origin and one.origin.system == "canvas":
            canvas[one.student] = one.origin.number
        elif one.origin and one.origin.system == "moodle":
            moodle.setdefault(one.lesson, {})[one.student] = one.origin.number
    return numbers_on(roster, people, {one.student: one.name for one in learners.values()}, canvas, moodle)


def _display_names(people: Sequence[Person]) -> dict[int, str]:
    """Return by row the name that a learner gets: the list's, with a login where two have the same."""
    names = {}
    for person in people:
        last, comma, first = person.name.partition(",")
        names[person.row] = f"{first.strip()} {last.strip()}" if comma else person.name
    counts = list(names.values())
    for person in people:
        other = next(iter([*person.logins, person.number]), "")
        if not names[person.row]:
            names[person.row] = other
        elif counts.count(names[person.row]) > 1:
            names[person.row] = f"{names[person.row]} ({other or person.row})"
    return {row: learner_name(name) or f"row {row}" for row, name in names.items()}


def _is_moodles(roster: Roster) -> bool:
    """Return whether a list is a worksheet of Moodle: its rows begin with one word and a number, `Participant 2001`."""
    begun = [re.fullmatch(r"(\D+)\d+", row[0].strip()) for row in roster.rows[1:] if row]
    return (
        _columns_of(roster).get("number", [])[:1] == [0]
        and all(begun)
        and len({found[1] for found in begun if found}) == 1
    )


def _columns_of(roster: Roster) -> dict[str, list[int]]:
    """Return the columns that say who somebody is, by what they hold."""
    kinds = {
        "name": ("name", "full name", "student", "student name", "display name"),
        "first": ("first name", "firstname", "given name"),
        "last": ("last name", "lastname", "surname", "family name"),
        "login": ("email", "email address", "e-mail", "login", "username", "user name", "user", "sis login id",
                  "sis user id", "integration id", "github_username", "account"),
        "number": ("id", "identifier", "id number", "number", "student id", "sid"),
    }  # fmt: skip
    header = [name.casefold() for name in roster.header]
    found = {kind: [header.index(name) for name in names if name in header] for kind, names in kinds.items()}
    if found["name"]:
        found["name"] = found["name"][:1]
    if not (found["name"] or found["first"] or found["last"] or found["login"]):
        # Moodle's worksheet in another language: *Participant 2001*, the name, addresses.
        if len(header) > 1 and all(re.fullmatch(r"\D+\d+", row[0].strip()) for row in roster.rows[1:] if row):
            return {"number": [0], "name": [1], "login": [at for at, cell in enumerate(roster.rows[-1]) if "@" in cell]}
        return {}
    return found


def names_of(name: str) -> set[str]:
    """Return the forms in which two tables may have one name: without blanks, marks and case, either part first."""
    last, comma, first = name.partition(",")
    forms = {_plain(name)} | ({_plain(first + last)} if comma else set())
    return {form for form in forms if form}


def _agree(one: str, other: str) -> bool:
    """Return whether two names can be one person's, whichever part comes first; too little to tell who somebody is."""
    forms = []
    for name in (one, other):
        first, _, last = name.replace(",", " ").strip().rpartition(" ")
        forms.append(names_of(name) | names_of(last + first))
    return bool(forms[0] & forms[1])


def _plain(text: str) -> str:
    kept = [letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter)[0] in "LMN"]
    return "".join(kept).casefold()


def as_login(text: str) -> str:
    """Return a login as it is compared."""
    return text.strip().casefold()


def only(start: dict[str, list[Any]], pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return by key the one thing that has it; keys of several things, and empty ones, are left out."""
    found: dict[str, list[Any]] = start
    for key, thing in pairs:
        if key and thing not in found.setdefault(key, []):
            found[key].append(thing)
    return {key: things[0] for key, things in found.items() if len(things) == 1}


def _as_written(line: str, row: list[str], delimiter: str) -> list[str]:
    """Return a row's cells with the quotes that they have in the file, read off with the help of their values."""
    cells, place = [], 0
    for value in row:
        cell = in_quotes(value) if line.startswith('"', place) else value
        if not line.startswith(cell, place):
            break
        cells.append(cell)
        place += len(cell) + len(delimiter)
    if len(cells) == len(row) and place == len(line) + (len(delimiter) if row else 0):
        return cells
    return [in_quotes(value) if any(mark in value for mark in (delimiter, '"', "\n", "\r")) else value for value in row]


def in_quotes(value: str) -> str:
    """Return a cell in quotes."""
    return '"' + value.replace('"', '""') + '"'
