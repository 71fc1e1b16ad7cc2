"""Find the submissions in a folder, and read them without trusting them."""

from __future__ import annotations

import filecmp
import hashlib
import itertools
import json
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from imbalanced_course.catalogue import UnknownLesson, find_lesson
from imbalanced_course.errors import CourseError, WrongUsage
from imbalanced_course.grading.handin_names import Origin, learner_name, of_moodle, of_platform
from imbalanced_course.grading.handins import HandIn, hand_ins_of_file, hand_ins_of_zip, is_zip, lay_out, lesson_of

MAX_NOTEBOOK_BYTES = 100 * 2**20
# A syntax tree takes hundreds of times the room of its text.
MAX_CELL_CHARACTERS = 2**20
MOST_CHARACTERS_OF_A_PLACE = 200


class UnreadableSubmission(CourseError):
    """A submission that cannot be graded, with the reason in one sentence."""


@dataclass(frozen=True)
class Submission:
    """One hand-in as it was found: `problem` says why it cannot be graded, if so; `lesson` may be unknown then.

    `note` is worth telling with the grade; `origin` is what a platform's file name said of the learner.
    """

    student: str
    lesson: str
    path: Path
    problem: str = ""
    note: str = ""
    origin: Origin | None = None


def find_submissions(place: Path, laid_out: Path) -> list[Submission]:
    """Return the hand-ins in a folder or a zip, each lesson of a learner once, in the order of the names.

    A tree `<student>/<lesson>/<notebook>.ipynb` is read where it lies; a notebook in the student's folder itself is
    told by its name or its metadata. Single notebooks, zips, and what a learning management system gives for download
    are laid out below another folder first. Symbolic links are not followed.

    Parameters
    ----------
    place : Path
        The folder or zip.
    laid_out : Path
        Where such hand-ins are written in the form of a tree.

    Raises
    ------
    WrongUsage
        When there is no such place, or it holds no submission.
    CourseError
        When the zip is refused.
    """
    require_place(place)
    if is_zip(place):
        found = _laid_out(hand_ins_of_zip(place, place.name), place, laid_out)
    else:
        folder = _without_folder_around(place)
        entries = _entries(folder)
        loose = [entry for entry in entries if _is_loose(entry)]
        trees = [entry for entry in entries if entry not in loose]
        found = [one for entry in trees for one in _of_student(entry)]
        waiting = (one for entry in loose for one in _hand_ins_of(entry))
        zipped = (one for entry in trees for one in _zips_of(entry))
        found += _laid_out(itertools.chain(waiting, zipped), folder, laid_out)
    if not found:
        raise WrongUsage(f"{str(place)!r} holds no submissions: expected is <student>/<lesson>/<notebook>.ipynb")
    return _once_each(found)


def require_place(place: Path) -> None:
    """Refuse what is neither a folder nor a zip."""
    if not place.is_dir() and not is_zip(place):
        raise WrongUsage(f"there is no folder {str(place)!r} with submissions, and no such zip")


def read_submission(path: Path) -> tuple[dict[str, Any], str]:
    """Return a submitted notebook and the sha256 of its file.

    Raises
    ------
    UnreadableSubmission
        When it is no regular file, too large, or not a notebook.
    """
    raw = _read_regular_file(path)
    digest = hashlib.sha256(raw).hexdigest()
    try:
        notebook = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableSubmission("the file is not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise UnreadableSubmission("the file is not a notebook: it is not valid JSON") from None
    return _as_notebook(notebook), digest


def collected_at() -> datetime:
    """Return the time of collection, in UTC without a zone, as nbgrader stores it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)


def _without_folder_around(place: Path) -> Path:
    """Return the folder in which a platform's files lie: an unpacked zip often has one folder around them."""
    entries = _entries(place)
    if len(entries) == 1 and entries[0].is_dir(follow_symlinks=False) and not of_moodle(entries[0].name):
        inner = _entries(Path(entries[0].path))
        if any(of_moodle(entry.name) or of_platform(entry.name, entry.name) for entry in inner):
            return Path(entries[0].path)
    return place


def _is_loose(entry: os.DirEntry[str]) -> bool:
    """Return whether this is no student's folder: a single file, or a folder that Moodle named."""
    if entry.is_symlink():
        return False
    return entry.is_file(follow_symlinks=False) or of_moodle(entry.name)


def _hand_ins_of(entry: os.DirEntry[str]) -> Iterator[HandIn]:
    """Yield the hand-ins in a loose file or in a folder that Moodle named."""
    files = [Path(entry.path)] if entry.is_file() else [path for path in Path(entry.path).rglob("*") if path.is_file()]
    for path in sorted(files):
        shown = path.relative_to(Path(entry.path).parent).as_posix()
        if path.suffix.lower() in (".ipynb", ".zip"):
            yield from _read_hand_in(path, shown)
        else:
            yield from hand_ins_of_file(_whole_characters(shown), b"")


def _zips_of(student: os.DirEntry[str]) -> Iterator[HandIn]:
    """Yield the hand-ins in the zips that lie in a student's folder or in the folders of the lessons in it."""
    name = learner_name(student.name)
    if student.is_symlink() or not student.is_dir(follow_symlinks=False) or name is None:
        return
    folder = Path(student.path)
    for path in sorted({*folder.glob("*.[zZ][iI][pP]"), *folder.glob("*/*.[zZ][iI][pP]")}):
        if path.is_file() and not path.parent.is_symlink():
            yield from _read_hand_in(path, path.relative_to(folder.parent).as_posix(), student=name)


def _read_hand_in(path: Path, shown: str, *, student: str | None = None) -> Iterator[HandIn]:
    try:
        content = _read_regular_file(path)
    except UnreadableSubmission as error:
        yield HandIn(student or "", "", _whole_characters(shown), problem=str(error))
    else:
        yield from hand_ins_of_file(_whole_characters(shown), content, student=student)


def _laid_out(found: Iterable[HandIn], place: Path, folder: Path) -> list[Submission]:
    """Lay hand-ins out; files that are no notebooks are told of with their learner's notebook, or else alone."""
    laid = lay_out(found, folder)
    asides: dict[str, list[HandIn]] = {}
    for hand_in, _ in laid:
        if hand_in.aside:
            asides.setdefault(hand_in.student, []).append(hand_in)
    submissions = []
    for hand_in, path in laid:
        if hand_in.aside:
            continue
        if hand_in.problem:
            submissions.append(_unmatched(hand_in, place / path))
            continue
        late = ["handed in late"] if hand_in.origin and hand_in.origin.late else []
        others = [PurePosixPath(one.shown).name for one in asides.pop(_raw_name(hand_in), [])]
        beside = [f"handed in beside it and not read: {', '.join(others)[:200]}"] if others else []
        note = "; ".join(late + beside)
        submissions.append(Submission(hand_in.student, hand_in.lesson, path, note=note, origin=hand_in.origin))
    submissions += [_unmatched(one, place / one.shown) for alone in asides.values() for one in alone]
    return sorted(submissions, key=lambda one: (one.student, one.lesson, str(one.path)))


def _raw_name(hand_in: HandIn) -> str:
    """Return the name that a platform's files have, which the gradebook may have in a tidier form."""
    return f"{hand_in.origin.name}_{hand_in.origin.number}" if hand_in.origin else hand_in.student


def _unmatched(hand_in: HandIn, path: Path) -> Submission:
    student = (learner_name(hand_in.student) or "") if hand_in.student else ""
    return Submission(student, _short(hand_in.shown), path, hand_in.problem, origin=hand_in.origin)


def _short(name: str) -> str:
    """Return a file's name in one line and in the room that the gradebook has for it; two long ones stay different."""
    shown = "".join("?" if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in name)
    if len(shown) <= MOST_CHARACTERS_OF_A_PLACE:
        return shown
    return f"…{shown[-150:]} {hashlib.sha256(shown.encode()).hexdigest()[:8]}"


def _once_each(found: list[Submission]) -> list[Submission]:
    """Keep of each lesson of a learner the first; what is the same again goes, what differs is told."""
    first: dict[tuple[str, str], Submission] = {}
    kept = []
    for one in found:
        before = first.setdefault((one.student, one.lesson), one) if not one.problem else one
        if before is one:
            kept.append(one)
        elif not filecmp.cmp(before.path, one.path, shallow=False):
            reason = f"{one.lesson} was handed in more than once; this one does not count"
            kept.append(replace(one, lesson=_short(f"{one.lesson} ({one.path.name})"), problem=reason))
    return kept


def _of_student(student: os.DirEntry[str]) -> Iterator[Submission]:
    """Yield a student's hand-ins, each lesson once; what cannot be used comes with the reason."""
    shown = _whole_characters(student.name)
    if student.is_symlink():
        yield Submission(shown, "", Path(student.path), "the student's folder is a symbolic link")
        return
    if not student.is_dir(follow_symlinks=False):
        return
    name = learner_name(student.name)
    if name is None:
        yield Submission(shown, "", Path(student.path), "the folder's name is not readable text, or too long")
        return
    try:
        found = [hand_in for entry in _entries(Path(student.path)) for hand_in in _of_entry(name, entry)]
    except OSError as error:
        yield Submission(name, "", Path(student.path), f"the folder cannot be read ({error.strerror})")
        return
    # The folder with the lesson's own name comes first; which one counts must not hang on who is graded first.
    found.sort(key=lambda hand_in: hand_in.path.parent.name != hand_in.lesson)
    seen: set[str] = set()
    for hand_in in found:
        if hand_in.lesson and hand_in.lesson in seen:
            place = _whole_characters(str(hand_in.path.relative_to(student.path)))
            reason = f"{hand_in.lesson} was handed in more than once; this one does not count"
            yield Submission(name, place, hand_in.path, reason)
        else:
            seen.add(hand_in.lesson)
            yield hand_in


def _of_entry(student: str, entry: os.DirEntry[str]) -> Iterator[Submission]:
    if entry.is_dir(follow_symlinks=False) and not entry.is_symlink():
        found = _of_lesson_folder(student, entry)
        if found:
            yield found
    elif entry.name.lower().endswith(".ipynb"):
        yield _single(student, Path(entry.path))
    elif entry.is_symlink():
        yield Submission(
            student, _whole_characters(entry.name), Path(entry.path), "the lesson's folder is a symbolic link"
        )


def _of_lesson_folder(student: str, folder: os.DirEntry[str]) -> Submission | None:
    entries = _entries(Path(folder.path))
    notebooks = [entry for entry in entries if entry.name.lower().endswith(".ipynb")]
    try:
        lesson = find_lesson(folder.name)
    except UnknownLesson as error:
        return Submission(student, _whole_characters(folder.name), Path(folder.path), str(error)) if notebooks else None
    wanted = Path(folder.path) / f"{lesson.notebook}.ipynb"
    if any(entry.name == wanted.name for entry in notebooks):
        return Submission(student, lesson.folder, wanted)
    if len(notebooks) == 1:
        return Submission(student, lesson.folder, Path(notebooks[0].path))
    if not notebooks and any(entry.name.lower().endswith(".zip") for entry in entries):
        return None
    reason = f"there are {len(notebooks)} notebooks and none is called {wanted.name}"
    return Submission(student, lesson.folder, wanted, "there is no notebook" if not notebooks else reason)


def _single(student: str, path: Path) -> Submission:
    lesson = lesson_of([path.name], b"")
    if lesson is None:
        try:
            lesson = lesson_of([path.name], _read_regular_file(path))
        except UnreadableSubmission:
            lesson = None
    if lesson is None:
        reason = f"{path.name!r} does not tell its lesson: put it in a folder with its name"
        return Submission(student, _short(_whole_characters(path.name)), path, reason)
    return Submission(student, lesson.folder, path)


def _read_regular_file(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        linked = path.is_symlink()
        raise UnreadableSubmission(
            "the notebook is a symbolic link" if linked else f"the file cannot be read ({error.strerror})"
        ) from None
    with os.fdopen(descriptor, "rb") as file:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableSubmission("the notebook is not a regular file")
        if facts.st_size > MAX_NOTEBOOK_BYTES:
            raise UnreadableSubmission(f"the notebook is larger than {MAX_NOTEBOOK_BYTES // 2**20} MB")
        return file.read(MAX_NOTEBOOK_BYTES + 1)


def _as_notebook(notebook: Any) -> dict[str, Any]:
    if not isinstance(notebook, dict):
        raise UnreadableSubmission("the file is JSON, but not a notebook")
    if "cells" not in notebook and isinstance(notebook.get("worksheets"), list):
        raise UnreadableSubmission("the notebook is of a format before 2015: open it once in JupyterLab and save it")
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        raise UnreadableSubmission("the file is JSON, but not a notebook: it has no cells")
    kept = [cell for cell in map(_as_cell, cells) if cell]
    if sum(len(cell["source"]) for cell in kept) > MAX_CELL_CHARACTERS:
        raise UnreadableSubmission("the notebook's cells hold more than a megabyte of text")
    return {"cells": kept, "metadata": notebook.get("metadata")}


def _whole_characters(text: str) -> str:
    """Return the text without halves of surrogate pairs, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _as_cell(cell: Any) -> dict[str, Any] | None:
    """Return what grading reads of a cell, in the types it expects; outputs are left behind."""
    if not isinstance(cell, Mapping):
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    return {
        "cell_type": cell.get("cell_type"),
        "id": cell.get("id"),
        "source": _whole_characters(source) if isinstance(source, str) else "",
        "metadata": {"nbgrader": dict(found)} if isinstance(found, Mapping) else {},
    }
