"""Passages of different learners that read alike, for a person to look at; alike is not copied."""

from __future__ import annotations

import difflib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coursework.grading.reader import Reader, confined_reader
from coursework.intake.opening import UnreadableSubmission, open_hand_in
from coursework.lessons.notebook import source_text
from coursework.reporting.records import ClassRecords

# Shorter passages are alike by chance; of code, which a task forces into a shape, more is asked than of free text.
FEWEST_CHARACTERS = {"text": 80, "code": 200}
# One minus the edit distance (Levenshtein) over the length of the longer passage, both counted in words and signs:
# of ten words of free text three may be changed, of ten of code two.
THRESHOLD = {"text": 0.7, "code": 0.8}
# A line that more than this part of the learners and at least this many have comes from somewhere that all know.
COMMON_SHARE, COMMON_LEARNERS = 0.2, 4
MOST_CHARACTERS = 2_000
ROWS_AT_ONCE = 500
MOST_SHOWN = 50

_BLANKS = re.compile(r"\s+")
_WORDS = re.compile(r"\w+|[^\w\s]")
_PIECES = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Passage:
    """Something that a learner wrote: `place` is the task's name, or *inserted cells*; `kind` is *text* or *code*."""

    student: str
    lesson: str
    place: str
    kind: str
    text: str


@dataclass(frozen=True)
class Pair:
    """Two passages that read alike, and how much, from 0 to 1; `others` counts further pairs of the same learners."""

    left: Passage
    right: Passage
    alike: float
    others: int = 0


def similar_passages(
    records: ClassRecords, out: Path, *, advance: Callable[[str], None] = lambda lesson: None
) -> list[Pair]:
    """Return pairs of passages worth a look, the most alike first; one pair for two learners and a place.

    Compared are texts read by a person, cells that learners inserted, and long answers, each with its like. Before
    that all lines fall away that stand in the lesson or in its solution, or that many learners have.

    Parameters
    ----------
    records : ClassRecords
        The class.
    out : Path
        The grading folder, whose `autograded` holds what learners wrote.
    advance : callable
        Told of each lesson before it is read.
    """
    pairs = []
    with confined_reader() as reader:
        for lesson in records.lessons:
            advance(lesson.folder)
            known = _lines_of(lesson.release_path) | _lines_of(lesson.solution_path)
            texts = {task.name for task in records.tasks[lesson.folder] if task.kind == "text"}
            written: dict[str, list[Passage]] = defaultdict(list)
            for student in records.learners:
                path = out / "autograded" / student / lesson.folder / f"{lesson.notebook}.ipynb"
                for passage in _passages_of(reader, path, student, lesson.folder, texts):
                    written[passage.place].append(passage)
            for passages in written.values():
                pairs += _pairs(list(_own_words(passages, known)))
    return sorted(pairs, key=lambda pair: (-pair.alike, -len(pair.left.text), pair.left.lesson, pair.left.place,
                                           pair.left.student, pair.right.student))  # fmt: skip


def marked(left: str, right: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return both texts in pieces, each with whether the other text has it at this place."""
    words = _PIECES.findall(left), _PIECES.findall(right)
    matcher = difflib.SequenceMatcher(None, *words, autojunk=False)
    pieces: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for kind, i, j, k, m in matcher.get_opcodes():
        for side, part in zip(pieces, (words[0][i:j], words[1][k:m]), strict=True):
            if part:
                side.append(("".join(part), kind == "equal"))
    return pieces


def _passages_of(reader: Reader, path: Path, student: str, lesson: str, texts: set[str]) -> Iterator[Passage]:
    """Yield what a learner wrote, from the notebook that grading made of the hand-in."""
    try:
        with open_hand_in(path) as file:
            cells = reader.texts(file)
    except UnreadableSubmission:
        return
    for cell, name, answer, text in cells:
        if cell.startswith("inserted-"):
            yield Passage(student, lesson, "inserted cells", "code", text)
        elif name is None:
            continue
        elif name in texts:
            for paragraph in text.splitlines():
                yield Passage(student, lesson, name, "text", paragraph)
        elif answer:
            yield Passage(student, lesson, name, "code", text)


def _lines_of(path: Path) -> set[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {_plain(line) for cell in cells for line in source_text(cell).splitlines()}


def _own_words(passages: list[Passage], known: set[str]) -> Iterator[Passage]:
    """Yield the passages that are long enough without the lines that the lesson, its solution or many learners have."""
    owners: dict[str, set[str]] = defaultdict(set)
    for passage in passages:
        for line in passage.text.splitlines():
            owners[_plain(line)].add(passage.student)
    most = max(COMMON_LEARNERS, COMMON_SHARE * len({passage.student for passage in passages}))
    common = {line for line, students in owners.items() if len(students) >= most}
    for passage in passages:
        kept = [line for line in passage.text.splitlines() if _plain(line) not in known | common]
        text = "\n".join(kept).strip("\n")[:MOST_CHARACTERS]
        if len(_plain(text)) >= FEWEST_CHARACTERS[passage.kind]:
            yield Passage(passage.student, passage.lesson, passage.place, passage.kind, text)


def _pairs(passages: list[Passage]) -> list[Pair]:
    """Compare each passage with each of another learner; rows are taken in parts, for memory."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    if len(passages) < 2:
        return []
    words = [_WORDS.findall(passage.text.casefold()) for passage in passages]
    threshold = THRESHOLD[passages[0].kind]
    best: dict[tuple[str, str], Pair] = {}
    for start in range(0, len(words), ROWS_AT_ONCE):
        scores = process.cdist(
            words[start : start + ROWS_AT_ONCE],
            words[start:],
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=threshold,
            dtype=np.float32,
            workers=-1,
        )
        for row, column in np.argwhere(scores >= threshold):
            left, right = sorted((passages[start + row], passages[start + column]), key=lambda one: one.student)
            if column <= row or left.student == right.student:  # each two once
                continue
            pair = Pair(left, right, float(scores[row, column]))
            before = best.get((left.student, right.student))
            if before is None:
                best[left.student, right.student] = pair
            else:
                better = max(before, pair, key=lambda one: (one.alike, len(one.left.text)))
                best[left.student, right.student] = Pair(better.left, better.right, better.alike, before.others + 1)
    return list(best.values())


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text).strip().casefold()
