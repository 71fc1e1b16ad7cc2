"""A class's hand-ins in a folder or an archive: found, told whose they are, each lesson of a learner once."""

from __future__ import annotations

import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from coursework.intake.finding import ContentReader, Finder
from coursework.intake.hand_in import (
    MOST_BYTES_OF_A_SECRET,
    SECRET_FILE,
    Collected,
    HandIn,
    Origin,
    Settled,
    each_in_a_row_of_its_own,
    short_name,
)
from coursework.intake.identities import same_learners
from coursework.intake.names import READ_ARCHIVE
from coursework.intake.opening import MOST_NOTEBOOK_BYTES, UnreadableSubmission, open_hand_in, sha256_of
from coursework.intake.platforms import Download
from coursework.intake.sorting import Sorted, sort
from coursework.lessons.catalogue import find_lesson
from imbalanced_course.errors import WrongUsage

MOST_LINES_SEEN = 3
Correction = Callable[[list[HandIn]], list[HandIn]]


def collect(
    place: Path,
    laid_out: Path,
    reader: ContentReader,
    choose: Callable[[list[HandIn]], Settled],
    *,
    out: Path | None = None,
    known: Mapping[tuple[str, str], Origin] | None = None,
    learners: Collection[str] = (),
    correct: Correction = lambda hand_ins: hand_ins,
) -> Collected:
    """Return the hand-ins in a folder or an archive, each lesson of a learner once, in the order of the names.

    Parameters
    ----------
    place : Path
        The folder or archive.
    laid_out : Path
        Where what comes out of archives is written in the form of a tree.
    reader : ContentReader
        Parses what was handed in.
    choose : callable
        Settles which of a learner's notebooks of one lesson counts.
    out : Path, optional
        The grading folder, which is no hand-in wherever it lies.
    known : mapping of (str, str) to Origin, optional
        What platforms said in earlier runs, by learner and lesson.
    learners : collection of str
        The names of learners whom the gradebook or the class list knows.
    correct : callable, optional
        Corrects whose and of which lesson they are, by what the teacher knows.

    Raises
    ------
    WrongUsage
        When there is no such place, or it holds no hand-in.
    CourseError
        When the archive is refused.
    """
    require_place(place)
    finder = Finder(reader, laid_out / ".incoming", out)
    try:
        found = finder.find(place)
        download = Download([one.parts for one in found], finder.submitters(found))
        known = known or {}
        result = sort(place, found, download, known, {*learners, *(one.name for one in known.values())})
        result.hand_ins = correct(same_learners(result.hand_ins, known))
        collected = _settled(result, choose, laid_out, finder.incoming, finder.secrets(found))
    finally:
        shutil.rmtree(finder.incoming, ignore_errors=True)
    if not collected.submissions:
        seen = "; ".join(collected.lines()[:MOST_LINES_SEEN]) or "nothing at all"
        raise WrongUsage(
            f"{str(place)!r} contains no submissions: no notebook, and no zip or tar, at any depth. Seen: {seen}"
        )
    return collected


def is_archive(path: Path) -> bool:
    """Return whether this is a file that says it is an archive."""
    return path.is_file() and not path.is_symlink() and READ_ARCHIVE.search(path.name) is not None


def require_place(place: Path) -> None:
    """Refuse what is neither a folder nor an archive."""
    if not place.is_dir() and not is_archive(place):
        raise WrongUsage(f"there is no folder {str(place)!r} with submissions, and no such zip")


def collected_at() -> datetime:
    """Return the time of collection, in UTC without a zone, as nbgrader stores it."""
    return as_stored(time.time())


def as_stored(seconds: float) -> datetime:
    """Return a time in seconds since 1970 as nbgrader stores it."""
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None, microsecond=0)


def _settled(
    result: Sorted,
    choose: Callable[[list[HandIn]], Settled],
    laid_out: Path,
    incoming: Path,
    secrets: Mapping[Path, Path],
) -> Collected:
    """Return what counts, what does not and why, and what was passed over."""
    several: dict[tuple[str, str], list[HandIn]] = defaultdict(list)
    beside: dict[str, list[HandIn]] = defaultdict(list)
    rows: list[HandIn] = []
    for one in result.hand_ins:
        if one.beside:
            beside[one.student].append(one)
        elif one.problem:
            rows.append(_row(one))
        else:
            several[one.student, one.lesson].append(one)
    for (student, lesson), alike in several.items():
        settled = choose(alike) if len(alike) > 1 else Settled(alike[0])
        best = settled.best
        notes = ["handed in late"] if best.origin and best.origin.late else []
        names = [PurePosixPath(one.shown).name for one in beside.pop(student, [])]
        notes += [f"handed in beside it and not read: {', '.join(names)[:200]}"] if names else []
        reason = f"{lesson} was handed in more than once; this one does not count"
        rows += [_row(replace(one, problem=one.problem or reason)) for one in settled.lost]
        for one, what in settled.spare:
            result.passed_over[student, what].append(one.shown)
        doubt = ""
        if settled.doubtful:
            doubt = (f"handed in more than once with different answers; {short_name(best.shown)} counts, "
                     "being the last")  # fmt: skip
        note = "; ".join(filter(None, [best.note, *notes]))
        path = _laid(best, laid_out, incoming, secrets)
        rows.append(replace(best, path=path, note=note, doubt="; ".join(filter(None, [best.doubt, doubt]))))
    rows += [_row(one) for alone in beside.values() for one in alone]
    rows.sort(key=lambda one: (one.student, one.lesson, bool(one.problem), str(one.path)))
    return Collected(list(each_in_a_row_of_its_own(rows)), dict(result.passed_over), result.sentence)


def _row(one: HandIn) -> HandIn:
    """Return what is not graded as it stands in the table: its place is the file's name."""
    return replace(one, lesson=short_name(one.shown))


def _laid(one: HandIn, laid_out: Path, incoming: Path, secrets: Mapping[Path, Path]) -> Path:
    """Return where a hand-in lies to be graded: a tree is read where it is, the rest is laid out as one."""
    if incoming not in one.path.parents and one.shown != one.file:  # it lies in the learner's own folder
        return one.path
    path = laid_out / one.student / one.lesson / f"{find_lesson(one.lesson).notebook}.ipynb"
    try:
        _copied(one.path, path, MOST_NOTEBOOK_BYTES)
    except UnreadableSubmission:  # whoever reads it meets the same error
        return one.path
    secret = path.with_name(SECRET_FILE)
    try:  # by it nbgrader's exchange takes feedback back
        _copied(secrets[one.path], secret, MOST_BYTES_OF_A_SECRET)
    except (KeyError, UnreadableSubmission):
        secret.unlink(missing_ok=True)
    return path


def _copied(source: Path, target: Path, most_bytes: int) -> None:
    """Copy what was handed in, unless it is there already.

    Raises
    ------
    UnreadableSubmission
        When it cannot be opened.
    """
    with open_hand_in(source, most_bytes) as file:
        if not target.is_file() or _digest(target) != sha256_of(file):
            target.parent.mkdir(parents=True, exist_ok=True)
            file.seek(0)
            with target.open("wb") as copy:
                shutil.copyfileobj(file, copy)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return sha256_of(file)
