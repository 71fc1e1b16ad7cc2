"""Where a submission's cells stand in our lesson: told by their names, and by their texts where those got lost.

All of it is told from strangers' texts, so it happens in the reader's process only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coursework.grading.lesson_plan import HEADING, LessonParts, Taken
from coursework.grading.names_used import names_bound
from coursework.lessons.notebook import content_id, is_answer, is_check, source_text

_LONGEST_TEXT_IN_CODE = 20_000
_LONGEST_TO_HEADING = 500  # a heading further down is no lesson's
_MAGIC = re.compile(r"^[%!?][^\n]*$", re.MULTILINE)


@dataclass
class Places:
    """The positions in our lesson at which cells stand, by their positions in the submission.

    `checks` has the nameless cells in which a check is called, `others` the rest that could be told.
    """

    checks: dict[int, int] = field(default_factory=dict)
    others: dict[int, int] = field(default_factory=dict)

    def of(self, position: int) -> int | None:
        """Return where a cell stands in our lesson, None where nothing tells."""
        return self.others.get(position, self.checks.get(position))

    def after_check(self, position: int) -> int:
        """Return which cell of ours is followed by what comes after this check: never one past a check below it."""
        below = [place - 1 for later, place in self.checks.items() if later > position]
        return min([self.checks[position], *below])


def places_of(lesson: LessonParts, cells: Sequence[Mapping[str, Any]], owner: Sequence[str | None]) -> Places:
    """Return where cells stand; of several that call one check the last, with which the learner ended."""
    found = Places()
    calls = {call: lesson.positions[name] for name, call in lesson.calls.items() if name not in owner}
    called: dict[int, int] = {}
    texts = _positions_of_texts(lesson)
    for position, (cell, name) in enumerate(zip(cells, owner, strict=True)):
        text = source_text(cell)
        if name is not None:
            found.others[position] = lesson.positions[name]
        elif cell.get("cell_type") == "code":
            called.update((place, position) for call, place in calls.items() if call in text)
        else:
            known = [texts[key] for key in (text.strip(), *_heading(text)) if key in texts]
            if known:
                found.others[position] = known[0]
    for place, position in sorted(called.items()):
        found.checks[position] = place
    return found


def texts_outside(
    lesson: LessonParts, cells: Sequence[Mapping[str, Any]], owner: Sequence[str | None], places: Places
) -> Iterator[tuple[str, str]]:
    """Yield for tasks that a person reads what a learner wrote near the answer's cell, and not in it."""
    ours = _lines_of_ours(lesson)
    for task in lesson.tasks:
        if not task.manual:
            continue
        begin, end = _around(lesson, lesson.positions[task.name])
        written, at = [], -1
        for position, (cell, name) in enumerate(zip(cells, owner, strict=True)):
            place = places.of(position)
            at = at if place is None else place
            if begin <= at < end and name != task.name:
                written.append(_written(cell, name, ours))
        if text := "\n\n".join(filter(None, written)):
            yield task.name, text


def answered_below(lesson: LessonParts, taken: Taken, is_open: Mapping[str, bool]) -> Iterator[str]:
    """Yield the tasks without an answer in their own cells of which names are set below the check, and not above it."""
    stubs = {text.strip() for text in lesson.stubs.values()}
    texts: list[tuple[float, str, set[str]]] = [
        (lesson.positions[name], text, set(lesson.reads.get(name, ()))) for name, text in taken.answers.items()
    ]
    texts += [(at + 0.5, text, set()) for at, group in taken.inserted.items() for text in group]
    for task in lesson.tasks:
        reads = set(lesson.reads.get(task.name, ())) - lesson.shown_names
        if task.manual or not task.points or not is_open.get(task.name, True) or not reads:
            continue
        above: set[str] = set()
        below: set[str] = set()
        for at, text, own in texts:
            if text.strip() not in stubs and any(name in text for name in reads):
                (above if at < lesson.positions[task.check_id] else below).update(
                    set(names_bound(_MAGIC.sub("", text))) - own
                )
        if (below - above) & reads:
            yield task.name


def _positions_of_texts(lesson: LessonParts) -> dict[str, int]:
    """Return the positions of our texts, and of the headings in them, where there is only one such."""
    found: dict[str, int] = {}
    twice = set()
    for position, cell in enumerate(lesson.cells):
        if cell["cell_type"] == "markdown" and not is_answer(cell):
            text = source_text(cell)
            for key in {text.strip(), *_heading(text)}:
                twice |= {key} & set(found)
                found[key] = position
    return {key: position for key, position in found.items() if key not in twice}


def _heading(text: str) -> list[str]:
    return HEADING.findall(text[:_LONGEST_TO_HEADING])[:1]


def _lines_of_ours(lesson: LessonParts) -> set[str]:
    texts = [source_text(cell) for cell in lesson.cells if cell["cell_type"] == "markdown" and not is_answer(cell)]
    return {line.strip() for text in (*texts, *lesson.stubs.values()) for line in text.splitlines()}


def _around(lesson: LessonParts, answer: int) -> tuple[int, int]:
    """Return from which cell of ours to before which one a task is: from its heading to the next heading or task."""
    bounds = [position for position, cell in enumerate(lesson.cells) if _begins_something(cell)]
    before = [position for position in bounds if position < answer]
    after = [position for position in bounds if position > answer]
    return (before or [0])[-1], (after or [len(lesson.cells)])[0]


def _begins_something(cell: Mapping[str, Any]) -> bool:
    heading = cell["cell_type"] == "markdown" and HEADING.search(source_text(cell))
    return is_answer(cell) or is_check(cell) or bool(heading)


def _written(cell: Mapping[str, Any], name: str | None, ours: set[str]) -> str:
    """Return what a learner wrote into a cell of text: its lines that are not ours."""
    text = source_text(cell)
    if cell.get("cell_type") == "code":
        return text[:_LONGEST_TEXT_IN_CODE] if name is None and _is_only_text(text) else ""
    if str(cell.get("id")).partition("-")[0] == content_id(text):  # as it came with another release
        return ""
    lines = [line for line in text.splitlines() if line.strip() not in ours]
    return "\n".join(lines).strip()


def _is_only_text(source: str) -> bool:
    """Return whether a cell of code holds only a text in quotes, or comments."""
    lines = source.strip().splitlines()
    return source.strip()[:1] in ("'", '"') or all(line.lstrip()[:1] in ("", "#") for line in lines)
