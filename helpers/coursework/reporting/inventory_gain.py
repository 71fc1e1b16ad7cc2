"""What a class gained from before lesson 1 to after lesson 7, by the twelve questions of the concept inventory.

The learners' two notebooks are no hand-in of a lesson, so they are collected into a folder of their own. Only learners
whose two notebooks are there count, and of the notebooks only the letters are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np

from coursework.grading.reader import Reader, confined_reader
from coursework.intake.names import learner_name
from coursework.intake.opening import UnreadableSubmission, open_hand_in
from coursework.intake.platforms import Download, signs_of
from coursework.workspace.inventory_page import Answers
from imbalanced_course.errors import WrongUsage
from imbalanced_course.inventory import questions

MOST_BYTES = 2**20  # of a notebook with twelve letters in it
_NAME = re.compile(r"inventory[-_ ](?P<when>before|after)", re.IGNORECASE)
_Z = 1.96


@dataclass(frozen=True)
class ConceptGain:
    """One question: how many were right `before` and `after`, how many `gained` or `lost` it, and the 95% interval.

    The interval `low` to `high` is that of the difference between the two shares, from pairs (Agresti and Min 2005).
    """

    concept: str
    before: int
    after: int
    gained: int
    lost: int
    low: float
    high: float


@dataclass(frozen=True)
class InventoryGain:
    """The gain of a class: how many `learners` have both notebooks, how many others `only_one`, and each question.

    `before` and `after` are the mean numbers of right answers; `low` to `high` is the 95% interval (t, paired) of their
    difference, None where fewer than two learners count.
    """

    learners: int
    only_one: int
    before: float
    after: float
    interval: tuple[float, float] | None
    concepts: tuple[ConceptGain, ...]


def class_gain(folder: Path) -> InventoryGain:
    """Return the gain of the learners whose two notebooks are in a folder.

    Parameters
    ----------
    folder : Path
        It has a folder for each learner, or the files that Canvas or Moodle let you download.

    Raises
    ------
    WrongUsage
        When there is no such folder, or no such notebook in it.
    """
    found = letters_by_learner(folder)
    both = [answers for _, answers in sorted(found.items()) if len(answers) == 2]
    right = np.array([[_right(answers["before"]), _right(answers["after"])] for answers in both], dtype=bool).reshape(
        -1, 2, len(questions())
    )
    before, after = right[:, 0], right[:, 1]
    totals = after.sum(axis=1).astype(float) - before.sum(axis=1)
    return InventoryGain(
        learners=len(both),
        only_one=len(found) - len(both),
        before=float(before.sum(axis=1).mean()) if both else 0.0,
        after=float(after.sum(axis=1).mean()) if both else 0.0,
        interval=_mean_interval(totals) if len(both) > 1 else None,
        concepts=tuple(
            _concept(question.concept, before[:, at], after[:, at]) for at, question in enumerate(questions())
        ),
    )


def letters_by_learner(folder: Path) -> dict[str, dict[str, Answers]]:
    """Return by learner the letters of each notebook that is there; of several, the last by its path counts."""
    if not folder.is_dir():
        raise WrongUsage(f"there is no folder {str(folder)!r} with inventory notebooks")
    found: dict[str, dict[str, Answers]] = {}
    with confined_reader() as reader:
        for path, when, learner in _notebooks(folder):
            if answers := _letters(reader, path):
                found.setdefault(learner, {})[when] = answers
    if not found:
        raise WrongUsage(f"{str(folder)!r} contains no inventory: it needs <student>/inventory-before.ipynb")
    return found


def _notebooks(folder: Path) -> Iterator[tuple[Path, str, str]]:
    for path in sorted(folder.rglob("*.ipynb")):
        told = _NAME.search(path.name)
        inner = path.relative_to(folder)
        if not told or any(part.startswith(".") for part in inner.parts):
            continue
        if not path.resolve().is_relative_to(folder.resolve()):  # a link out of the folder
            continue
        first = inner.parts[0]
        signs = [sign for [sign, *_] in signs_of(inner.parts, Download()) if sign.at == 0 and sign.number]
        if signs:
            # Moodle's numbers are new in each assignment, so the name has to do.
            sign = signs[0]
            name = sign.name if sign.system == "moodle" else f"{sign.name}_{sign.number}"
        else:
            name = first if len(inner.parts) > 1 else _NAME.sub("", path.stem).strip(" -_.")
        if learner := learner_name(name):
            yield path, told["when"].lower(), learner


def _letters(reader: Reader, path: Path) -> Answers | None:
    """Return the letters of a notebook; it is a stranger's, so another, confined process parses it."""
    try:
        with open_hand_in(path, MOST_BYTES) as file:
            letters = reader.inventory(file)
    except UnreadableSubmission:
        return None
    return letters if len(letters) == len(questions()) else None


def _right(letters: Answers) -> list[bool]:
    return [letter == question.right for letter, question in zip(letters, questions(), strict=True)]


def _mean_interval(values: np.ndarray) -> tuple[float, float]:
    from scipy.special import stdtrit

    half = float(stdtrit(len(values) - 1, 0.975)) * float(values.std(ddof=1)) / sqrt(len(values))
    return float(values.mean()) - half, float(values.mean()) + half


def _concept(concept: str, before: Sequence[bool] | np.ndarray, after: Sequence[bool] | np.ndarray) -> ConceptGain:
    before, after = np.asarray(before, dtype=bool), np.asarray(after, dtype=bool)
    gained, lost = int((after & ~before).sum()), int((before & ~after).sum())
    low, high = _paired_interval(gained, lost, len(before))
    return ConceptGain(concept, int(before.sum()), int(after.sum()), gained, lost, low, high)


def _paired_interval(gained: int, lost: int, learners: int) -> tuple[float, float]:
    """Return the 95% interval of a difference of paired shares, with half a pair added to each of four counts."""
    more, fewer, of = gained + 0.5, lost + 0.5, learners + 2
    middle = (more - fewer) / of
    half = _Z * sqrt((more + fewer) / of - middle**2) / sqrt(of)
    return max(-1.0, middle - half), min(1.0, middle + half)
