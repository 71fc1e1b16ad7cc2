"""How long a lesson's core path takes: a count of what there is to read, to look at and to do.

Words of prose and captions at 200 a minute; visible lines of code at 20 a minute; 20 seconds for each picture or table;
each task its stated minutes; two minutes for the quick check, one and a half for the questions from before. Hints that
are folded, code that is folded, tasks for home and the optional part don't count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from coursework.lessons.notebook import source_text

WORDS_A_MINUTE = 200
CODE_LINES_A_MINUTE = 20
MINUTES_A_PICTURE = 1 / 3
MINUTES_OF_QUESTIONS = {"Quick check": 2.0, "Two questions from before": 1.5}
OPTIONAL = "Optional"
SECOND_SITTING = "Second sitting"

_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_HINT = re.compile(r"<details>.*?</details>", re.DOTALL)
_TASK_MINUTES = re.compile(r"\((?:[^()]*, )?(\d+) minutes(, at home)?\)")
_WORD = re.compile(r"\S*\w\S*")


@dataclass
class Sitting:
    """What one sitting of a lesson's core path holds; `pictures` counts tables, too, `tasks` are their minutes."""

    words: int = 0
    code_lines: int = 0
    pictures: int = 0
    tasks: tuple[int, ...] = ()
    questions: float = 0.0

    @property
    def minutes(self) -> int:
        """The whole minutes that the sitting takes, rounded up."""
        reading = self.words / WORDS_A_MINUTE + self.code_lines / CODE_LINES_A_MINUTE
        return ceil(reading + self.pictures * MINUTES_A_PICTURE + sum(self.tasks) + self.questions - 1e-9)


def sittings(release: Mapping[str, Any], solution: Mapping[str, Any]) -> list[Sitting]:
    """Return what each sitting of a lesson holds.

    Parameters
    ----------
    release : mapping
        The notebook that a learner opens: its text and code are counted.
    solution : mapping
        The executed notebook: its pictures and tables are counted.
    """
    outputs = {cell["id"]: cell.get("outputs", []) for cell in solution["cells"]}
    found = [Sitting()]
    part = ""  # the kind of section that a cell is in
    for cell in release["cells"]:
        text = source_text(cell)
        if cell["cell_type"] == "markdown" and (heading := _HEADING.search(text)):
            level, title = len(heading[1]), heading[2]
            if title.startswith(OPTIONAL) and level == 1:
                break
            if title.startswith(SECOND_SITTING):
                found.append(Sitting())
            task = _TASK_MINUTES.search(title)
            if task or level <= 3:
                part = _kind(title, at_home=bool(task and task[2]))
            if part in MINUTES_OF_QUESTIONS:
                found[-1].questions += MINUTES_OF_QUESTIONS[part]
            elif task and part != "at home":
                found[-1].tasks += (int(task[1]),)
        if part == "":
            _count(cell, text, outputs.get(cell["id"], []), found[-1])
    return found


def _kind(title: str, *, at_home: bool) -> str:
    if at_home:
        return "at home"
    return next((name for name in MINUTES_OF_QUESTIONS if name in title), "")


def _count(cell: Mapping[str, Any], text: str, outputs: list[Any], sitting: Sitting) -> None:
    if cell["cell_type"] == "markdown":
        sitting.words += len(_WORD.findall(_HINT.sub("", text)))
        return
    if not cell["metadata"].get("jupyter", {}).get("source_hidden"):
        sitting.code_lines += sum(bool(line.strip()) for line in text.splitlines())
    for caption in _shown(outputs):
        sitting.pictures += 1
        sitting.words += len(_WORD.findall(caption))


def _shown(outputs: list[Any]) -> Iterator[str]:
    """Yield the caption of each picture, and "" for each table."""
    for output in outputs:
        data = output.get("data", {})
        if "image/png" in data:
            yield str(output.get("metadata", {}).get("image/png", {}).get("alt", ""))
        elif "<table" in "".join(data.get("text/html", "")):
            yield ""
