"""`course export` of feedback pages: a zip that Moodle or Canvas takes back, or nbgrader's exchange.

Nothing goes anywhere before a teacher says `--release`, and what a person has still to look at stays behind.

Moodle takes a zip under *Upload multiple feedback files in a zip*. It tells learners by a folder that is named
`Ada Lovelace_2001_assignsubmission_file_`, in which only the number counts: that of the learner in this assignment. A
name may not contain `_`, by which Moodle splits. A group's folder in the download has the group's number, which here
would be that of somebody else. (Moodle, `mod/assign/feedback/file/importziplib.php`.)

Canvas takes a zip under *Re-upload submissions* and attaches each file to a comment. It finds the hand-in by the first
two numbers between `_` in the file's name, which are the learner's and the file's, and so only while that file is the
last that was handed in. Learners see the attachment under the name of their own file, so a notebook has to come back as
a notebook and an archive as an archive. (Canvas, `app/models/abstract_assignment.rb`; instructure/canvas-lms, issue
2406.)
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import re
import sys
import tarfile
import zipfile
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from coursework.grading.original_files import OriginalFile, original_files
from coursework.grading.run import only_run
from coursework.grading.up_to_date import page_path, update_files
from coursework.intake.hand_in import SECRET_FILE
from coursework.intake.identities import Identities, known_identities
from coursework.intake.names import READ_ARCHIVE
from coursework.intake.roster import read_roster
from coursework.lessons.catalogue import Lesson, find_lesson
from coursework.reporting.export_grades import ClassGrades, Learner, read_grades
from coursework.reporting.export_moodle import is_group, participants
from coursework.reporting.graded_folder import how_it_is_made, open_gradebook
from coursework.terminal import one_line, say
from coursework.workspace.own_files import writing
from imbalanced_course.errors import WrongUsage
from imbalanced_course.files import write_whole

FORMATS = ("moodle-feedback", "canvas-feedback", "exchange")
_NEEDED = {
    "moodle-feedback": "Moodle knows a learner by a number: grade its download, or pass --roster with its worksheet, "
    "which also says who is in a group",
    "canvas-feedback": "Canvas knows a hand-in by the name that it gave the file: grade Canvas's download as it came",
    "exchange": f"nbgrader knows a hand-in by {SECRET_FILE}: grade the folder that `nbgrader collect` wrote",
}
_PLACES = {"moodle-feedback": "Moodle", "canvas-feedback": "Canvas", "exchange": "nbgrader's exchange"}


@dataclass(frozen=True)
class _Page:
    """A learner's page, and the name or secret by which the platform knows where it belongs."""

    student: str
    path: Path
    place: str
    notebook: str = ""


@dataclass
class _Ready:
    """The pages of a lesson that can go; learners whose page has no place, and whose waits for a person."""

    lesson: Lesson
    pages: list[_Page] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def feedback_command(
    kind: str,
    out: Path,
    *,
    roster: Path | None,
    lessons: Collection[str],
    url: str | None,
    release: bool,
    unfinished: bool,
) -> None:
    """Say which pages would go back, and let them go where the teacher says so; exits with 1 if one has no place.

    Parameters
    ----------
    kind : str
        One of `FORMATS`.
    release : bool
        Whether anything is written.
    unfinished : bool
        Whether pages go too at which a person has still to look.

    Raises
    ------
    WrongUsage
        When no page has a place on the platform, with what is missing.
    """
    if roster and kind != "moodle-feedback":
        raise WrongUsage("of the feedback formats, only moodle-feedback works with --roster")
    grades = read_grades(out, url, {find_lesson(name).folder for name in lessons})
    with open_gradebook(out, url) as writer, only_run(out):
        update_files(writer, out)
        files, origins = original_files(writer.book.engine), known_identities(writer.book.engine)
    places, wanted = _places(kind, grades, files, origins, roster)
    ready = [_ready(lesson, grades, files, places, out, unfinished=unfinished) for lesson in wanted]
    if not any(one.pages or one.waiting or one.missing for one in ready):
        raise WrongUsage(f"there are no feedback pages yet: {how_it_is_made(out)}")
    if not any(one.pages or one.waiting for one in ready):
        raise WrongUsage(f"no feedback page has a place on the platform. {_NEEDED[kind]}")
    for one in ready:
        lesson = one.lesson.folder
        if release and one.pages:
            say(_write(kind, one, out))
        elif one.pages:
            say(f"{lesson}: {_count(one.pages)} for {_PLACES[kind]}")
        if one.waiting:
            names = ", ".join(map(one_line, one.waiting))
            say(f"{lesson}, held because a person still has to look (--unfinished lets them go): {names}", err=True)
        for student in one.missing:
            say(f"{lesson}, no place for {one_line(student)}", err=True)
    if not release:
        say("course: nothing was written; --release writes it, for learners to see", err=True)
    if any(one.missing for one in ready):
        say(f"course: {_NEEDED[kind]}", err=True)
        sys.exit(1)


def _ready(
    lesson: Lesson,
    grades: ClassGrades,
    files: dict[tuple[str, str], OriginalFile],
    places: Callable[[Learner, Lesson], list[str]],
    out: Path,
    *,
    unfinished: bool,
) -> _Ready:
    found = _Ready(lesson)
    for one in grades.learners:
        path = page_path(out, one.student, lesson.folder)
        if lesson.folder not in one.points or not path.is_file():
            continue
        known = places(one, lesson)
        if not known:
            found.missing.append(one.student)
        elif lesson.folder in one.waiting and not unfinished:
            found.waiting.append(one.student)
        else:
            name = PurePosixPath(files.get((one.student, lesson.folder), OriginalFile("")).name).name
            notebook = name.partition(".ipynb")[0] or lesson.notebook
            found.pages += [_Page(one.student, path, place, notebook) for place in known]
    return found


def _places(
    kind: str,
    grades: ClassGrades,
    files: dict[tuple[str, str], OriginalFile],
    origins: Identities,
    roster: Path | None,
) -> tuple[Callable[[Learner, Lesson], list[str]], list[Lesson]]:
    """Return what says where a learner's page belongs, nowhere or in several places, and for which lessons."""
    if kind == "moodle-feedback" and roster:
        people, lesson = participants(read_roster(roster), grades)
        return lambda one, _: [_moodle_folder(person.name, person.number) for person in people.get(one.student, [])], [
            lesson
        ]

    def by_number(one: Learner, lesson: Lesson) -> list[str]:
        name, number = one.name or one.student, one.moodle.get(lesson.folder, "")
        return [_moodle_folder(name, number)] if number and not is_group(name) else []

    def by_file(one: Learner, lesson: Lesson) -> list[str]:
        file = files.get((one.student, lesson.folder), OriginalFile(""))
        if kind == "exchange":
            return [file.secret] if file.secret else []
        origin = origins.get((one.student, lesson.folder))
        name = _canvas_name(file.name, origin.number) if origin and origin.system.startswith("canvas") else ""
        return [name] if name else []

    return by_number if kind == "moodle-feedback" else by_file, grades.lessons


def _moodle_folder(name: str, number: str) -> str:
    plain = " ".join(re.sub(r"[_/\\]", " ", name).split()) or "Participant"
    return f"{plain}_{number}_assignsubmission_file_"


def _canvas_name(file: str, number: str) -> str:
    """Return the name that Canvas gave a file of the learner with this number, which may be an archive around it."""
    named = re.compile(rf"(?:.+_)?{re.escape(number)}_\d+_.+", re.IGNORECASE | re.DOTALL)
    *folders, last = PurePosixPath(file).parts or ("",)
    return next((part for part in [*filter(READ_ARCHIVE.search, folders), last] if named.fullmatch(part)), "")


def _write(kind: str, ready: _Ready, out: Path) -> str:
    """Let the pages of one lesson go, and return what to print."""
    if kind == "exchange":
        _release_to_exchange(ready, out)
        return f"{ready.lesson.folder}: {_count(ready.pages)} released to {_PLACES[kind]}"
    page_file = f"{ready.lesson.notebook}.html"
    if kind == "moodle-feedback":
        content = [(f"{page.place}/{page_file}", page.path.read_bytes()) for page in ready.pages]
    else:
        content = [(page.place, _as_handed_in(page, page_file)) for page in ready.pages]
    target = out / "export" / f"{kind}-{ready.lesson.folder}.zip"
    with writing(target, option="--out"):
        write_whole(target, _zipped(content))
    return f"{target}: {_count(ready.pages)}"


def _as_handed_in(page: _Page, page_file: str) -> bytes:
    """Return a page in the form of the file that was handed in: in an archive, or as what a notebook's cell shows."""
    if page.place.lower().endswith(".zip"):
        return _zipped([(page_file, page.path.read_bytes())])
    if READ_ARCHIVE.search(page.place):
        return _tarred(page.place, page_file, page.path.read_bytes())
    shown = page.path.read_text(encoding="utf-8").partition("<main>")[2].partition("</main>")[0]
    data = {"text/html": shown, "text/plain": "Your feedback. Open this notebook in JupyterLab to read it."}
    cell: dict[str, Any] = {
        "cell_type": "code", "id": "feedback", "metadata": {}, "source": "", "execution_count": None,
        "outputs": [{"output_type": "display_data", "metadata": {}, "data": data}],
    }  # fmt: skip
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()


def _release_to_exchange(ready: _Ready, out: Path) -> None:
    """Lay the pages out as nbgrader releases them, and let it do so."""
    import tempfile

    from nbgrader.exchange.default import ExchangeReleaseFeedback

    from coursework.lessons.nbgrader_course import NbgraderRefusal, exchange_settings, run_converter

    with tempfile.TemporaryDirectory() as root:
        for page in ready.pages:
            folder = Path(root) / "feedback" / page.student / ready.lesson.folder
            folder.mkdir(parents=True)
            (folder / f"{page.notebook}.html").write_bytes(page.path.read_bytes())
            (folder / SECRET_FILE).write_text(page.place, encoding="ascii")
            (folder / "timestamp.txt").write_text("", encoding="ascii")  # nbgrader logs it
        try:
            run_converter(
                ExchangeReleaseFeedback, exchange_settings(out, Path(root)), assignment_id=ready.lesson.folder
            )
        except NbgraderRefusal as error:
            where = out / "nbgrader_config.py"
            raise WrongUsage(
                f"nbgrader's exchange can't be used ({error}): name its folder in {str(where)!r}, as in "
                '`c.Exchange.root = "/srv/nbgrader/exchange"`'
            ) from None


def _zipped(content: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip of these files, the same whenever it is made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _tarred(name: str, inner: str, data: bytes) -> bytes:
    """Return a tar with one file, packed as its name says, the same whenever it is made."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        info = tarfile.TarInfo(inner)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    packed = tar.getvalue()
    kind = name.lower()
    if kind.endswith("gz"):
        return gzip.compress(packed, mtime=0)
    if kind.endswith(("bz2", "tbz")):
        return bz2.compress(packed)
    return lzma.compress(packed) if kind.endswith("xz") else packed


def _count(pages: Collection[_Page]) -> str:
    return f"{len(pages):,} page{'s' * (len(pages) != 1)}"
