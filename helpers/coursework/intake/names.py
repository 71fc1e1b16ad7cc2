"""What names tell: a learner's for the gradebook, a lesson's in a file's name, which of several copies it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import PurePosixPath

from coursework.lessons.catalogue import Lesson, UnknownLesson, all_lessons, find_lesson, written_lessons

MOST_CHARACTERS = 128  # of a student's id in nbgrader's gradebook
MOST_BYTES = 240  # of a folder's name on most disks, with some room
MOST_OF_A_PART = 255  # of any file's or folder's name; patterns take long on more
NOTEBOOK = re.compile(r"\.ipynb(\.(json|txt))?$", re.IGNORECASE)
READ_ARCHIVE = re.compile(r"\.(zip|tar|tgz|tbz2?|txz|tar\.(gz|bz2|xz))$", re.IGNORECASE)
OTHER_ARCHIVE = re.compile(r"\.(7z|rar|gz|bz2|xz|zst|lzma|cab|iso|arj|zipx)$", re.IGNORECASE)
TEAM = re.compile(r"(?:team|group|gruppe|groupe|grupo|gruppo)[\W_]*\w{1,4}", re.IGNORECASE)

_MARKUP = str.maketrans({"<": "‹", ">": "›", '"': "”"})
_COPY = re.compile(
    r"[\s_-]*(?:\((?P<one>\d{1,3})\)|-(?P<two>\d{1,3})|- ?copy(?P<three>\d{0,3})|_copy(?P<four>\d{0,3}))$",
    re.IGNORECASE,
)
# As our own commands name what they will not overwrite: an older notebook, a newer zip.
_DATED = re.compile(r"-(?P<date>\d{8})-(?P<time>\d{6})(?:-\d{1,3})?$")
_NUMBERED_WORDS = ("lesson", "assignment", "notebook", "homework", "hw", "week", "unit", "lab", "exercise", "module",
                   "session")  # fmt: skip
_NUMBERED = re.compile(rf"(?<![^\W_])(?:{'|'.join(_NUMBERED_WORDS)})[\s_-]*0*(\d{{1,2}})(?!\d)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
# Words of folders that are nobody's: a platform's, a download's, a repository's, our own workspace's.
_NOBODYS = frozenset(
    re.findall(
        r"\w+",
        """
    lesson lessons my hand in ins handin handins submission submissions submitted repo main master download downloads
    assignment assignments homework hw week unit lab exercise exercises module session class classes classroom course
    files file work workspace notebook notebooks answers attachment attachments s all home users takeout drive inbound
    abgabe abgaben aufgabe aufgaben upload uploads collect collected export exported archive zip working version
    imbalanced classification final new folder copy of untitled solution solutions old backup draft attempt try
    release source autograded feedback
""",
    )
)
_FILLERS = ("of", "in", "s")
# As Colab and Jupyter name a new notebook: `Untitled0`, `Untitled1`.
_UNNAMED = re.compile(r"(?:untitled|notebook)\d+")
_ATTEMPT = re.compile(r"(?:version|v|attempt|try|revision|submission|draft|old|backup|copy|final|new)?[\s\W\d_]*", re.I)


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
    return None if not name or name.startswith(".") or _is_too_long(name) else name


def why_no_name(text: str) -> str:
    """Return why a text can be no learner's name, after *the folder's name* or *the learner's name*."""
    if any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in text):
        return "contains a tab, a line break, or another character that can't be seen: rename it"
    if _is_too_long(text):
        return f"is longer than {MOST_CHARACTERS} characters or {MOST_BYTES} bytes: shorten it"
    return "is not readable text: rename it"


def _is_too_long(name: str) -> bool:
    return len(name) > MOST_CHARACTERS or len(name.encode("utf-8", "replace")) > MOST_BYTES


def plain_stem(name: str) -> str:
    """Return a file's name without the ending of a notebook (also `.ipynb.json`) or of an archive that is read."""
    return READ_ARCHIVE.sub("", NOTEBOOK.sub("", name))


def without_copy(stem: str) -> str:
    """Return a file's name without what browsers, platforms and our own commands add to keep it apart from another."""
    stem = re.sub(r"^(?:copy of|kopie von|copia de|copie de)\s+", "", stem, flags=re.IGNORECASE)
    return _COPY.sub("", _DATED.sub("", stem))


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


def owner_by_name(file: str) -> str:
    """Return what is left of a file's name without the lesson: `ada-metrics.ipynb` is Ada's; nothing if no lesson is.

    A lesson named by its number needs a word before it, as in `Ada Lovelace Lesson 3.ipynb`.
    """
    stem = without_copy(plain_stem(file))
    for name in [name for names in _names_of_lessons().values() for name in names]:
        rest = re.sub(rf"(?:^|[\s_.-]+){re.escape(name)}(?:[\s_.-]+|$)", "", stem, flags=re.IGNORECASE)
        if rest != stem:
            rest = _NUMBERED.sub("", rest).strip(" _.-")
            return "" if says_nobody(rest) else rest
    rest = _NUMBERED.sub("", stem).strip(" _.-")
    if rest == stem:  # `homework_Ada Lovelace`
        sides = [side for side in re.split(r"_| - ", stem) if not says_nobody(side)]
        rest = sides[0] if len(sides) == 1 and sides[0] != stem else ""
    return "" if says_nobody(rest) else rest


@lru_cache(maxsize=100_000)
def says_nobody(name: str) -> bool:
    """Return whether a folder's or archive's name has no word that could be a person's: a lesson's, a platform's."""
    words = [word.casefold() for word in _WORD.findall(without_copy(plain_stem(name)))]
    return any(not word.isdigit() and word not in _FILLERS for word in words) and all(
        word.isdigit() or word in _NOBODYS or word in _words_of_lessons() or _UNNAMED.fullmatch(word) for word in words
    )


def is_attempt(name: str) -> bool:
    """Return whether a folder's name tells one attempt from another: `Version 2`, `old`, a date or a number."""
    return _ATTEMPT.fullmatch(plain_stem(name)) is not None


def is_lesson(name: str) -> bool:
    """Return whether a name is that of a lesson."""
    try:
        return bool(find_lesson(name))
    except UnknownLesson:
        return False


def without_lesson_words(words: Sequence[str]) -> list[str]:
    """Return the words after an assignment's, with which a repository's name begins; all where it names no lesson."""
    start, telling = 0, False
    while start < len(words) and (words[start].isdigit() or says_nobody(words[start])):
        # Not a number alone: `007-bond` is a student's folder in a tree.
        telling |= words[start].casefold() in {*_words_of_lessons(), *_NUMBERED_WORDS}
        start += 1
    return list(words[start:] if telling else words)


def lesson_by_names(told: Iterable[str]) -> Lesson | None:
    """Tell a notebook's lesson by a folder's or the file's name.

    Parameters
    ----------
    told : iterable of str
        The folders that the notebook is in, without the learner's, and its own name.
    """
    *folders, file = told
    for folder in reversed(folders):
        try:
            return find_lesson(plain_stem(folder))
        except UnknownLesson:
            continue
    named = _lessons_named_in(plain_stem(file))
    if len(named) != 1 and folders:
        # A zip within a zip may have the lesson's name, and the notebook in it another.
        named = [lesson for folder in folders for lesson in _lessons_named_in(plain_stem(folder))]
    return find_lesson(named[0]) if len(set(named)) == 1 else None


def _lessons_named_in(stem: str) -> list[str]:
    """Return the folders of the lessons whose name stands as a word in a file's name, or whose number does."""
    text = without_copy(stem).casefold()
    named = [
        folder
        for folder, names in _names_of_lessons().items()
        if any(re.search(rf"(?:^|[^a-z]){re.escape(name.casefold())}(?:[^a-z]|$)", text) for name in names)
    ]
    numbers = {int(number) for number in _NUMBERED.findall(text)}
    return named or [lesson.folder for lesson in written_lessons() if lesson.number in numbers]


def _names_of_lessons() -> dict[str, list[str]]:
    return {lesson.folder: [lesson.folder, lesson.notebook, lesson.name] for lesson in written_lessons()}


def _words_of_lessons() -> frozenset[str]:
    """Return the words of the lessons' names and titles, which are no learner's."""
    return _words_in(tuple(name for lesson in all_lessons() for name in (lesson.name, lesson.title)))


@cache
def _words_in(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for name in names for word in _WORD.findall(name)) - {"the", "learning"}
