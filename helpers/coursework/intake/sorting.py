"""Each file that was found as a hand-in of somebody's, of a lesson, or with the reason why it is none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from coursework.intake.found import HIDDEN, NOT_HANDED_IN, Found, shown
from coursework.intake.hand_in import NEW_IN_EACH_ASSIGNMENT, HandIn, Origin, short_name
from coursework.intake.learners import FOLDERS, NAMES, Whose, doubts, students, twins, whose
from coursework.intake.names import (
    READ_ARCHIVE,
    by_name,
    lesson_by_names,
    plain_stem,
    why_no_name,
    without_copy,
)
from coursework.intake.platforms import BY_SYSTEM, WORKING, Download, attempt_of, seconds
from coursework.lessons.catalogue import Lesson, UnknownLesson, find_lesson, find_project

# Pages that a learner's workspace has beside the lessons.
_PAGES = re.compile(r"start|inventory[-_ ](?:before|after)", re.IGNORECASE)
_TITLES = {FOLDERS: "folders named after learners", NAMES: "files named after learners"}


@dataclass
class Sorted:
    """The hand-ins of a class, before it is settled which of several counts; what was passed over; what was seen.

    Files that a platform gave and that are no notebooks are among the hand-ins, as `beside`.
    """

    hand_ins: list[HandIn] = field(default_factory=list)
    passed_over: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    sentence: str = ""


def sort(
    place: Path,
    found: Sequence[Found],
    download: Download,
    known: Mapping[tuple[str, str], Origin],
    learners: Collection[str] = (),
) -> Sorted:
    """Tell of each file whose it is and of which lesson.

    Parameters
    ----------
    place : Path
        The class's folder or archive.
    found : sequence of Found
        The files in it.
    download : Download
        What recognizers may know of all of them.
    known : mapping of (str, str) to Origin
        What platforms said in earlier runs, by learner and lesson.
    learners : collection of str
        The names of learners that are known already.
    """
    before: dict[str, set[str]] = defaultdict(set)
    for origin in known.values():
        if origin.system == "canvas":
            before[origin.number].add(origin.name)
    told = whose(found, download, learners, before)
    numbers = {
        (one.system, one.number): student
        for (student, _), one in sorted(known.items())
        if one.number and one.system not in NEW_IN_EACH_ASSIGNMENT
    }
    names = students((who for several in told for who in several), numbers)
    alike = twins(found, told)
    result = Sorted()
    full = {one.parts[:depth] for one in found if not one.is_beside for depth in range(1, len(one.parts) + 1)}
    lessons = {
        number: lesson.folder for number, (one, several) in enumerate(zip(found, told, strict=True))
        if one.is_notebook and (lesson := _HandInMaker(place, one, several[0], "").lesson()[0])
    }  # fmt: skip
    unclear = doubts(found, told, lessons)
    for number, (one, several) in enumerate(zip(found, told, strict=True)):
        for who in several:
            _sort_one(result, place, one, who, names[who], alike.get(number, ""), unclear.get(number, ""))
            folder = one.parts[: who.at + 1]
            if who.system == FOLDERS and folder not in full and not any(map(NOT_HANDED_IN.match, folder)):
                full.add(folder)
                problem = "there is no notebook in the folder, and no zip"
                row = _HandInMaker(place, replace(one, parts=folder), who, names[who]).refused(problem)
                result.hand_ins.append(row)
    result.sentence = _sentence(found, told, result.hand_ins)
    return result


def _sort_one(result: Sorted, place: Path, one: Found, who: Whose, student: str, twin: str, doubt: str) -> None:
    """Put one file where it belongs."""
    made = _HandInMaker(place, one, who, student)
    if one.is_beside:
        own = bool(who.sign and who.sign.own) or one.is_read_beside
        in_archive = any(map(READ_ARCHIVE.search, one.parts[:-1]))
        if who.sign and who.sign.name and not own and not in_archive and one.is_not_read:
            row = made.refused("it is neither a notebook nor a zip")
            result.hand_ins.append(replace(row, beside=True))
        else:
            where, name = made.where
            result.passed_over[where, "the platform's own" if own and one.aside != HIDDEN else one.aside].append(name)
    elif one.problem:
        result.hand_ins.append(made.refused(one.problem))
    elif who.sign and who.sign.own:
        result.passed_over[".", "the platform's own"].append(one.shown)
    elif made.has_no_points:
        where, name = made.where
        what = "a project, which has no points" if made.is_project else "a page of the course, which has no points"
        result.passed_over[where, what].append(name)
    else:
        result.hand_ins.append(made.hand_in(twin, doubt))


class _HandInMaker:
    """Makes a hand-in of one file of one learner."""

    def __init__(self, place: Path, one: Found, who: Whose, student: str) -> None:
        self.one, self.who, self.student = one, who, student
        self.path = one.file or place.joinpath(*one.parts)
        self.before, self.inner = self._names()
        self.stem = plain_stem(self.inner[-1]) if self.inner else ""

    def _names(self) -> tuple[list[str], list[str]]:
        """Return the names that tell the lesson: those before the learner's, and the learner's own."""
        parts, at, sign = self.one.parts, self.who.at, self.who.sign
        before, inner = list(parts[:at]), list(parts[at + 1 :])
        if self.who.system == NAMES or not inner:
            return before, [sign.file if sign and sign.file else parts[-1]] if parts else []
        if READ_ARCHIVE.search(parts[at]):
            own = sign.file if sign and sign.file != parts[-1] else parts[at]
            return before, [own, *inner]
        return before, inner

    @property
    def where(self) -> tuple[str, str]:
        """The folder of a learner, and the file's name in it."""
        if self.who.system == FOLDERS:
            parts, at = self.one.parts, self.who.at + 1
            return shown("/".join(parts[:at])), shown("/".join(parts[at:]))
        return ".", self.one.shown

    @property
    def is_project(self) -> bool:
        return find_project(without_copy(self.stem).replace("_", "-")) is not None

    @property
    def has_no_points(self) -> bool:
        """Whether it is a notebook of the course that is no lesson."""
        return not self.one.lesson and (self.is_project or _PAGES.fullmatch(without_copy(self.stem)) is not None)

    @property
    def _is_working_copy(self) -> bool:
        """Whether it lies where Teams keeps what a learner still works on, and hasn't submitted."""
        return any(part.casefold() == WORKING for part in self.before)

    def refused(self, problem: str) -> HandIn:
        """Return it with the reason why it is not graded."""
        student = self.student or short_name(shown(self.who.raw))
        name = self.where[1]
        return HandIn(
            student, "", self.path, problem=problem, origin=self._origin(), shown=name,
            file=self.one.shown, seen=self._seen(""),
        )  # fmt: skip

    def hand_in(self, twin: str, doubt: str) -> HandIn:
        """Return a notebook; with the reason where it is unclear whose or of which lesson it is."""
        lesson, told_by = self.lesson()
        made = replace(
            self.refused(""), lesson=lesson.folder if lesson else "", seen=self._seen(told_by), readable=True
        )  # fmt: skip
        if lesson:
            made = replace(made, **self._order(lesson))
        if self._is_working_copy:
            made = replace(made, doubt="this is a working copy of Teams, not a submitted one")
        return replace(made, problem=self._problem(lesson, twin) or doubt)

    def _problem(self, lesson: Lesson | None, twin: str) -> str:
        in_folder = self.who.system == FOLDERS
        if twin:
            what = "folder" if in_folder else "file"
            return f"another {what} has the same name, written in other characters ({twin}): rename one of them"
        if self.who.raw and not self.student:
            what = "folder's" if in_folder else "learner's"
            return f"the {what} name {why_no_name(self.who.raw)}"
        if lesson is None:
            return self._no_lesson()
        return "" if self.student else "its name doesn't say whose it is"

    def _no_lesson(self) -> str:
        if self.one.told_by:  # it took too much to look into
            return self.one.told_by
        if self.who.system != FOLDERS:
            return "neither its name nor its metadata says which lesson it is"
        reason = f"{shown(self.inner[-1])!r} doesn't say which lesson it is: put it in a folder with the lesson's name"
        if len(self.inner) > 1:
            try:
                find_lesson(self.inner[-2])
            except UnknownLesson as error:
                reason = f"{reason} ({error})"
        return reason

    def lesson(self) -> tuple[Lesson | None, str]:
        """Return the lesson, and what told it."""
        if self.one.lesson:
            return find_lesson(self.one.lesson), self.one.told_by
        sign = self.who.sign
        for names in (self.inner, [sign.title] if sign and sign.title else [], [*self.before, ""]):
            if names and (lesson := lesson_by_names(names)):
                return lesson, "its name"
        return None, ""

    def _order(self, lesson: Lesson) -> dict[str, Any]:
        """Return what tells which of several of one lesson is the last."""
        sign, folders = self.who.sign, self.one.parts[self.who.at + 1 : -1]
        named, exact = int(without_copy(self.stem) == lesson.notebook), int(self.stem == lesson.notebook)
        archives = [name for name in [*self.one.parts[self.who.at :], *self.inner] if READ_ARCHIVE.search(name)]
        dated, number = max(map(by_name, [self.inner[-1], *archives]))
        time = sign.time if sign else None
        dated_folder = next(filter(None, map(seconds, folders)), 0.0)  # the learner's, so it only orders
        attempt = (sign.attempt if sign else 0.0) or attempt_of(folders)
        if self._is_working_copy:
            attempt = -1.0
        tie = (int(lesson.folder in self.inner[:-1]), named, number, exact)
        if sign and sign.system.startswith("canvas"):
            # Each file has a number of its own there: of several handed in together the lesson's own name counts.
            order: tuple[float, ...] = (named, attempt, dated, number)
        elif sign:
            order = (attempt, time or dated_folder, named, dated, number)
        else:
            order = (attempt, dated_folder, dated, number if dated else 0)
        return {"order": order, "time": time, "tie": tie, "when": self.one.when}

    def _origin(self) -> Origin | None:
        sign = self.who.sign
        if sign and sign.name and sign.number and sign.system != "ids":  # these are new each time
            return Origin(sign.system, sign.number, sign.name, sign.late)
        return None

    def _seen(self, told_by: str) -> str:
        sign = self.who.sign
        named = _TITLES.get(self.who.system, "") if self.who.raw else "nothing that says whose"
        seen = [BY_SYSTEM[sign.system].title if sign else named]
        if self.who.taken:
            seen.append(f"{self.who.taken} taken for a class")
        if self._is_working_copy:
            seen.append("a working copy of Teams")
        if sign and sign.group:
            seen.append(f"group {sign.group}")
        if sign and sign.time:
            seen.append(f"handed in {datetime.fromtimestamp(sign.time):%Y-%m-%d %H:%M}")
        if told_by:
            seen.append(f"lesson by {told_by}")
        return ", ".join(seen)


def _sentence(found: Sequence[Found], told: Sequence[Sequence[Whose]], hand_ins: Sequence[HandIn]) -> str:
    """Return what was seen, as in *looks like a Moodle download: 30 learners, 34 notebooks, 3 not matched*."""
    systems = Counter(
        several[0].system for one, several in zip(found, told, strict=True) if one.is_notebook and several[0].raw
    )
    titles = list(dict.fromkeys(
        BY_SYSTEM[system].title if system in BY_SYSTEM else _TITLES[system] for system, _ in systems.most_common()
    ))  # fmt: skip
    learners = len({one.student for one in hand_ins if not one.problem})
    notebooks = sum(one.is_notebook for one in found)
    unmatched = len({one.file for one in hand_ins if one.problem and not one.beside})
    counts = [f"{learners:,} learner{'s' * (learners != 1)}", f"{notebooks:,} notebook{'s' * (notebooks != 1)}",
              f"{unmatched:,} not matched"]  # fmt: skip
    sentence = f"looks like {' and '.join(titles) or 'nothing that the course knows'}: {', '.join(counts)}"
    taken = sorted({who.taken for several in told for who in several if who.taken})
    if taken:
        was = "was" if len(taken) == 1 else "were each"
        sentence += (
            f"; {' and '.join(taken)} {was} taken for a class: if it's one learner's, correct hand-ins.csv (--dry-run)"
        )
    return sentence
