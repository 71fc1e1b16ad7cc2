"""Find the submissions in a folder or a zip, and account for every file: here names are read, and no content."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from coursework.grading.copies import settle
from coursework.grading.handin_data import HandIn
from coursework.grading.handin_names import by_name, learner_name, of_moodle, of_platform, without_copy
from coursework.grading.handins import (
    ARCHIVE,
    MOST_BYTES_OF_A_CLASS,
    NO_ZIP,
    NOT_HANDED_IN,
    NOTEBOOK,
    hand_ins_of_file,
    lesson_by_names,
    notebook_stem,
)
from coursework.grading.lesson_plan import LessonParts
from coursework.grading.reader import Reader, open_hand_in, sha256_of
from coursework.grading.submissions import Collected, Submission, each_in_a_row_of_its_own, short_name
from coursework.grading.submitted_notebook import UnreadableSubmission
from coursework.lessons.catalogue import UnknownLesson, find_lesson, find_project
from imbalanced_course.errors import WrongUsage

MOST_FOLDERS_DEEP = 30
LINKED = "it is a symbolic link, which the grader doesn't follow"


def collect(
    place: Path, laid_out: Path, reader: Reader, parts_of: Callable[[str], LessonParts], *, out: Path | None = None
) -> Collected:
    """Return the hand-ins in a folder or a zip, each lesson of a learner once, in the order of the names.

    A folder at the top is a learner's; notebooks and zips may lie anywhere in it. Single notebooks, zips, and what a
    learning management system gives for download are laid out below another folder first. Links are not followed.

    Parameters
    ----------
    place : Path
        The folder or zip.
    laid_out : Path
        Where what comes out of zips, and single notebooks, are written in the form of a tree.
    reader : Reader
        Parses what was handed in.
    parts_of : callable
        Returns a lesson by its folder.
    out : Path, optional
        The grading folder, which is no hand-in wherever it lies.

    Raises
    ------
    WrongUsage
        When there is no such place, or it holds no submission.
    CourseError
        When the zip is refused.
    """
    require_place(place)
    collection = _Collection(place, laid_out, reader, out)
    try:
        if is_zip(place):
            with open_hand_in(place, MOST_BYTES_OF_A_CLASS) as file:
                collection.hand_ins += reader.hand_ins(file, place.name, collection.keep, whole=True)
        else:
            collection.walk()
        found = collection.settled(parts_of)
    finally:
        shutil.rmtree(collection.incoming, ignore_errors=True)
    if not found.submissions:
        raise WrongUsage(f"{str(place)!r} contains no submissions: it needs <student>/<lesson>/<notebook>.ipynb")
    return found


def is_zip(path: Path) -> bool:
    """Return whether this is a file that says it is a zip."""
    return path.is_file() and not path.is_symlink() and path.suffix.lower() == ".zip"


def require_place(place: Path) -> None:
    """Refuse what is neither a folder nor a zip."""
    if not place.is_dir() and not is_zip(place):
        raise WrongUsage(f"there is no folder {str(place)!r} with submissions, and no such zip")


def collected_at() -> datetime:
    """Return the time of collection, in UTC without a zone, as nbgrader stores it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


class _Collection:
    """What was found on a walk through a folder, until it is settled what counts."""

    def __init__(self, place: Path, laid_out: Path, reader: Reader, out: Path | None) -> None:
        self.place = place
        self.laid_out = laid_out
        self.incoming = laid_out / ".incoming"
        self.reader = reader
        self.out = out.resolve() if out else None
        self.hand_ins: list[HandIn] = []
        self.passed_over: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._kept = 0

    def walk(self) -> None:
        """Go through the folder: what lies at the top is a learner's folder, or a file whose name tells whose it is."""
        folder = _without_folder_around(self.place)
        alike = _names_alike(folder)
        for entry in _entries(folder):
            name = _shown(entry.name)
            if NOT_HANDED_IN.match(entry.name):
                self._pass_over(".", "hidden, or left there by a system", name)
            elif entry.is_symlink():
                self._refuse(name, "", LINKED, Path(entry.path))
            elif entry.is_dir(follow_symlinks=False):
                if self._is_grading_folder(entry):
                    self._pass_over(".", "a grading folder", name)
                elif of_moodle(entry.name):
                    for path, shown in self._files_in(entry, ""):
                        self._loose(path, f"{name}/{shown}")
                elif alike.get(entry.name):
                    twin = alike[entry.name]
                    why = f"another folder has the same name, written in other characters ({twin}): rename one of them"
                    self._refuse(learner_name(entry.name) or name, name, why, Path(entry.path))
                else:
                    self._learner(entry)
            elif entry.is_file(follow_symlinks=False):
                self._loose(Path(entry.path), name)
            else:
                self._pass_over(".", "a pipe, a socket or a device", name)

    def keep(self, content: Iterator[bytes]) -> Path:
        """Write what came out of a file to a place of its own for now."""
        self.incoming.mkdir(parents=True, exist_ok=True)
        self._kept += 1
        path = self.incoming / str(self._kept)
        with path.open("wb") as file:
            file.writelines(content)
        return path

    def settled(self, parts_of: Callable[[str], LessonParts]) -> Collected:
        """Return what counts, what does not and why, and what was passed over."""
        asides: dict[str, list[str]] = defaultdict(list)
        several: dict[tuple[str, str], list[HandIn]] = defaultdict(list)
        found: list[Submission] = []
        for one in self.hand_ins:
            if one.aside:
                asides[_raw_name(one)].append(one.shown)
            elif one.problem:
                found.append(self._unmatched(one))
            else:
                several[one.student, one.lesson].append(one)
        for (student, lesson), alike in several.items():
            settled = settle(alike, parts_of(lesson), self.reader) if len(alike) > 1 else None
            best = settled.best if settled else alike[0]
            notes = ["handed in late"] if best.origin and best.origin.late else []
            beside = [PurePosixPath(name).name for name in asides.pop(_raw_name(best), []) if best.origin]
            notes += [f"handed in beside it and not read: {', '.join(beside)[:200]}"] if beside else []
            doubt = ""
            if settled:
                reason = f"{lesson} was handed in more than once; this one does not count"
                found += [self._unmatched(replace(one, problem=one.problem or reason)) for one in settled.lost]
                for one, what in settled.spare:
                    self._pass_over(student, what, one.shown)
                if settled.doubtful:
                    doubt = (f"handed in more than once with different answers; {short_name(best.shown)} counts, "
                             "being the last")  # fmt: skip
            found.append(
                Submission(student, lesson, self._laid(best), "", "; ".join(notes), doubt, best.origin, best.shown)
            )
        for names in asides.values():
            for name in names:
                found += self._alone(name)
        found.sort(key=lambda one: (one.student, one.lesson, bool(one.problem), str(one.path)))
        return Collected(list(each_in_a_row_of_its_own(found)), dict(self.passed_over))

    def _learner(self, entry: os.DirEntry[str]) -> None:
        """Find what is in a learner's folder, at any depth."""
        name, shown_name = learner_name(entry.name), _shown(entry.name)
        if name is None:
            self._refuse(shown_name, "", "the folder's name is not readable text, or too long", Path(entry.path))
            return
        before, passed = len(self.hand_ins), sum(map(len, self.passed_over.values()))
        for path, shown in self._files_in(entry, name):
            parts = PurePosixPath(shown).parts
            if NOTEBOOK.search(path.name):
                self._notebook(name, path, parts)
            elif path.suffix.lower() == ".zip":
                self._read(path, f"{name}/{shown}", student=name)
            elif ARCHIVE.search(path.name):
                self._refuse(name, shown, NO_ZIP, path)
            else:
                self._pass_over(name, f"not read ({path.suffix.lower()[:20] or 'no ending'})", shown)
        if len(self.hand_ins) == before:
            if sum(map(len, self.passed_over.values())) > passed:
                self._refuse(name, "", "there is no notebook in the folder, and no zip", Path(entry.path))
            else:
                self._pass_over(".", "an empty folder", shown_name)

    def _files_in(self, folder: os.DirEntry[str], student: str) -> Iterator[tuple[Path, str]]:
        """Yield the regular files below a folder with their names in it; the rest is passed over or refused."""
        whose = student or _shown(folder.name)
        waiting = [(Path(folder.path), "", 0)]
        while waiting:
            place, prefix, depth = waiting.pop()
            try:
                entries = _entries(place)
            except OSError as error:
                self._refuse(whose, prefix.rstrip("/"), f"the folder cannot be read ({error.strerror})", place)
                continue
            if NOTEBOOK.search(place.name) and not entries:
                self._refuse(whose, prefix.rstrip("/"), "it is a folder, not a notebook", place)
            for entry in entries:
                shown = prefix + _shown(entry.name)
                if NOT_HANDED_IN.match(entry.name):
                    self._pass_over(whose, "hidden, or left there by a system", shown)
                elif entry.is_symlink():
                    if NOTEBOOK.search(entry.name) or entry.name.lower().endswith(".zip") or _is_lesson(entry.name):
                        self._refuse(whose, shown, LINKED, Path(entry.path))
                    else:
                        self._pass_over(whose, "symbolic links, which are not followed", shown)
                elif entry.is_dir(follow_symlinks=False):
                    if depth < MOST_FOLDERS_DEEP:
                        waiting.append((Path(entry.path), f"{shown}/", depth + 1))
                    else:
                        self._refuse(whose, shown, f"more than {MOST_FOLDERS_DEEP} folders deep", Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    yield Path(entry.path), shown
                elif NOTEBOOK.search(entry.name):
                    self._refuse(whose, shown, "it is a pipe, a socket or a device, not a notebook", Path(entry.path))
                else:
                    self._pass_over(whose, "a pipe, a socket or a device", shown)

    def _notebook(self, student: str, path: Path, parts: tuple[str, ...]) -> None:
        shown, stem = "/".join(parts), notebook_stem(parts[-1])
        if find_project(without_copy(stem).replace("_", "-")):
            self._pass_over(student, "a project, which has no points", shown)
            return
        lesson = lesson_by_names(parts)
        try:
            if lesson is None:
                with open_hand_in(path) as file:
                    told = self.reader.lesson_of(file, parts)
                lesson = find_lesson(told) if told else None
            facts = path.stat()
        except (UnreadableSubmission, OSError) as error:
            self._refuse(student, shown, str(error), path)
            return
        if lesson is None:
            reason = f"{parts[-1]!r} doesn't say which lesson it is: put it in a folder with the lesson's name"
            if len(parts) > 1:
                try:
                    find_lesson(parts[-2])
                except UnknownLesson as error:
                    reason = f"{reason} ({error})"
            self._refuse(student, shown, reason, path)
            return
        dated, number = by_name(f"{stem}.ipynb")
        tie = (int(lesson.folder in parts), int(without_copy(stem) == lesson.notebook), number)
        order = (dated, number if dated else 0)
        self.hand_ins.append(
            HandIn(student, lesson.folder, shown, order=order, when=facts.st_mtime, tie=tie, file=path)
        )

    def _loose(self, path: Path, shown: str) -> None:
        """Take a single file, or one in a folder that Moodle named: its name tells whose it is."""
        if NOTEBOOK.search(path.name) or path.suffix.lower() == ".zip":
            self._read(path, shown)
        else:
            self.hand_ins += [one for one in hand_ins_of_file(shown, b"") if isinstance(one, HandIn)]

    def _read(self, path: Path, shown: str, *, student: str | None = None) -> None:
        try:
            with open_hand_in(path) as file:
                when = os.fstat(file.fileno()).st_mtime
                for one in self.reader.hand_ins(file, shown, self.keep, student=student):
                    self.hand_ins.append(one if one.when or one.origin else replace(one, when=when))
        except UnreadableSubmission as error:
            self._refuse(student or "", shown, str(error), path)

    def _refuse(self, student: str, shown: str, problem: str, path: Path) -> None:
        self.hand_ins.append(HandIn(student, "", shown, problem=problem, file=path))

    def _pass_over(self, place: str, what: str, name: str) -> None:
        self.passed_over[place, what].append(name)

    def _is_grading_folder(self, entry: os.DirEntry[str]) -> bool:
        folder = Path(entry.path)
        return folder.resolve() == self.out or (
            (folder / "nbgrader_config.py").exists() and (folder / "feedback").is_dir()
        )

    def _unmatched(self, one: HandIn) -> Submission:
        student = (learner_name(one.student) or short_name(one.student)) if one.student else ""
        path = one.file if one.file and self.incoming not in one.file.parents else self.place / one.shown
        return Submission(student, short_name(one.shown), path, one.problem, origin=one.origin)

    def _alone(self, shown: str) -> Iterator[Submission]:
        """Yield a file that is no notebook as a row where it is all that somebody handed in through a platform."""
        for one in hand_ins_of_file(shown, b""):
            if isinstance(one, HandIn) and one.origin:
                yield self._unmatched(one)
            else:
                self._pass_over(".", f"not read ({PurePosixPath(shown).suffix.lower()[:20] or 'no ending'})", shown)

    def _laid(self, one: HandIn) -> Path:
        """Return where a hand-in lies to be graded: a tree is read where it is, the rest is laid out as one."""
        assert one.file is not None
        if self.incoming not in one.file.parents:
            return one.file
        path = self.laid_out / one.student / one.lesson / f"{find_lesson(one.lesson).notebook}.ipynb"
        if not path.is_file() or _digest(path) != _digest(one.file):
            path.parent.mkdir(parents=True, exist_ok=True)
            one.file.replace(path)
        return path


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _without_folder_around(place: Path) -> Path:
    """Return the folder in which a platform's files lie: an unpacked zip often has one folder around them."""
    entries = [entry for entry in _entries(place) if not NOT_HANDED_IN.match(entry.name)]
    if len(entries) == 1 and entries[0].is_dir(follow_symlinks=False) and not of_moodle(entries[0].name):
        inner = _entries(Path(entries[0].path))
        if any(of_moodle(entry.name) or of_platform(entry.name, entry.name) for entry in inner):
            return Path(entries[0].path)
    return place


def _names_alike(folder: Path) -> dict[str, str]:
    """Return for each learner's folder the other one whose name differs in characters that nobody sees, if any."""
    names: dict[str | None, list[str]] = defaultdict(list)
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False) and not of_moodle(entry.name):
            names[learner_name(entry.name)].append(entry.name)
    twins = (group for name, group in names.items() if name is not None and len(group) > 1)
    return {name: ascii(next(other for other in group if other != name)) for group in twins for name in group}


def _is_lesson(name: str) -> bool:
    try:
        return bool(find_lesson(name))
    except UnknownLesson:
        return False


def _raw_name(hand_in: HandIn) -> str:
    """Return the name that a platform's files have, which the gradebook may have in a tidier form."""
    return f"{hand_in.origin.name}_{hand_in.origin.number}" if hand_in.origin else hand_in.student


def _shown(name: str) -> str:
    """Return a file's name with bytes that are no text as \\x…, so that two names stay two."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return sha256_of(file)
