"""What the name of a hand-in tells: whose it is, who says so, whether it is late, which of several is the last.

Canvas names what it gives for download `lovelaceada_LATE_1001_50002_metrics.ipynb`: the sortable name in lower case
with nothing in it but letters, marks, digits and `_`; LATE where the platform counts it so; the user's number, the
file's number, and the name that the learner gave. Where names are hidden it begins `anon_` or `LATE_anon_`; a text that
was typed in ends in `_1001_text.html`. A group's hand-in has the group's name and the number of one member. (Canvas,
`lib/content_zipper.rb`.)

Moodle gives a folder `Ada Lovelace_2001_assignsubmission_file/` or, if the teacher wants no folders, puts the same
before the file's name; older versions end the folder in `_`. The number is the learner's in this one assignment: in the
next assignment the same learner has another one. (Moodle, `mod/assign/classes/downloader.php`.)
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

MOST_CHARACTERS = 128  # of a student's id in nbgrader's gradebook
MOST_BYTES = 240  # of a folder's name on most disks, with some room
_MARKUP = str.maketrans({"<": "‹", ">": "›", '"': "”"})

_CANVAS = re.compile(
    r"(?:(?P<hidden_late>late_)?anon_(?P<hidden>[0-9a-z]+)|(?P<name>.+?)_(?P<late>late_)?(?P<user>\d+))"
    r"_(?:(?P<number>\d+)_(?P<file>.+)|(?P<typed>text|link)\.html)",
    re.IGNORECASE | re.DOTALL,
)
_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<user>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?", re.IGNORECASE | re.DOTALL
)
_COPY = re.compile(
    r"[\s_-]*(?:\((?P<one>\d{1,3})\)|-(?P<two>\d{1,3})|- ?copy(?P<three>\d{0,3})|_copy(?P<four>\d{0,3}))$",
    re.IGNORECASE,
)
# As our own commands name what they will not overwrite: an older notebook, a newer zip.
_DATED = re.compile(r"-(?P<date>\d{8})-(?P<time>\d{6})(?:-\d{1,3})?$")


@dataclass(frozen=True)
class Origin:
    """What a platform's file name said of a learner.

    `system` is *canvas*, *canvas-anonymous* or *moodle*; `number` and `name` are theirs; `late` is None where the
    platform says nothing about it.
    """

    system: str
    number: str
    name: str
    late: bool | None = None


@dataclass(frozen=True)
class Owner:
    """Whose a file is: `student` for the gradebook, `file` the learner's part of its name, `order` higher if later."""

    student: str
    file: str
    order: tuple[int, ...] = ()
    origin: Origin | None = None


def owner_by_platform(first: str, file: str) -> Owner | None:
    """Tell whose a file is by the name that Canvas or Moodle gave it, or return None.

    Parameters
    ----------
    first : str
        The outermost folder that the file is in, or the file's name where it is in none.
    file : str
        The file's name.
    """
    if found := _MOODLE.fullmatch(first):
        own = (found["file"] or "") if first == file else file
        origin = Origin("moodle", found["user"], found["name"].strip())
        return Owner(_with_number(origin), own or file, (0, *by_name(own)), origin)
    if first == file and (found := _CANVAS.fullmatch(file)):
        own = found["file"] or f"{found['typed']}.html"
        late = bool(found["late"] or found["hidden_late"])
        if found["hidden"]:
            origin = Origin("canvas-anonymous", found["hidden"], "anon", late)
        else:
            origin = Origin("canvas", found["user"], found["name"], late)
        return Owner(_with_number(origin), own, (int((found["number"] or "0")[:18]), *by_name(own)), origin)
    return None


def owner_by_name(file: str, lessons: dict[str, list[str]]) -> Owner:
    """Tell whose a single file is by what is left of its name without the lesson: `ada-metrics.ipynb` is Ada's.

    Parameters
    ----------
    lessons : dict of str to list of str
        By each lesson's folder the names that it may have in a file's name.
    """
    stem = without_copy(PurePosixPath(file).stem)
    for names in lessons.values():
        for name in names:
            rest = re.sub(rf"(?:^|[\s_.-]+){re.escape(name)}(?:[\s_.-]+|$)", "", stem, flags=re.IGNORECASE)
            if rest != stem:
                return Owner(rest.strip(), file, (0, *by_name(file)))
    return Owner("", file, (0, *by_name(file)))


def of_moodle(name: str) -> bool:
    """Return whether a folder is named as Moodle names one learner's hand-in."""
    return _MOODLE.fullmatch(name) is not None


def of_platform(first: str, file: str) -> bool:
    """Return whether Canvas or Moodle gave a file its name."""
    return owner_by_platform(first, file) is not None


def learner_name(text: str) -> str | None:
    """Return a learner's name as the gradebook keeps it, or None where it can be no name.

    Names of every script stay as they are, but for what cannot be seen: composed and decomposed letters are one, every
    blank is a plain one, direction marks go. Joiners stay, since Persian and Indic names are written with them. The
    formgrader puts names into its pages as they are, so what would begin a tag or end a text there is replaced.
    """
    kept = []
    for letter in unicodedata.normalize("NFC", text).translate(_MARKUP):
        kind = unicodedata.category(letter)
        if kind in ("Cc", "Cs", "Co", "Zl", "Zp") or letter in "/\\":
            return None
        if kind == "Zs":
            kept.append(" ")
        elif kind != "Cf" or letter in "\u200c\u200d":
            kept.append(letter)
    name = " ".join("".join(kept).split())
    if not name or name.startswith(".") or len(name) > MOST_CHARACTERS or len(name.encode()) > MOST_BYTES:
        return None
    return name


def lessons_named_in(stem: str, lessons: dict[str, list[str]]) -> list[str]:
    """Return the folders of the lessons whose name stands as a word in a file's name."""
    text = without_copy(stem).casefold()
    return [
        folder
        for folder, names in lessons.items()
        if any(re.search(rf"(?:^|[^a-z]){re.escape(name)}(?:[^a-z]|$)", text) for name in names)
    ]


def without_copy(stem: str) -> str:
    """Return a file's name without what browsers, platforms and our own commands add to keep it apart from another."""
    return _COPY.sub("", _DATED.sub("", stem))


def _with_number(origin: Origin) -> str:
    return f"{origin.name}_{origin.number}"


def by_name(file: str) -> tuple[int, int]:
    """Return which of several files of one name this is: dated notebooks are the oldest, dated zips the newest."""
    path = PurePosixPath(file)
    if dated := _DATED.search(path.stem):
        return (1 if path.suffix.lower() == ".zip" else -1), int(dated["date"] + dated["time"])
    found = _COPY.search(path.stem)
    if not found:
        return 0, 0
    number = next((text for text in found.groups() if text), "")
    return 0, int(number) if number else 1
