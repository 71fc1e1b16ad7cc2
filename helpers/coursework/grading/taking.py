"""What is taken from a submission: the texts of its answer cells and of the cells that it inserted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from coursework.grading.lesson_plan import LessonParts, Taken, is_illustration, name_of
from coursework.grading.names_used import may_use, names_bound
from coursework.grading.places import answered_below, places_of, texts_outside
from coursework.grading.submitted_notebook import MOST_CELL_CHARACTERS
from coursework.intake.opening import UnreadableSubmission
from coursework.lessons.notebook import COURSE_KEY, content_id, is_check, source_text

_TASK_NAME = re.compile(r"[a-z0-9-]{1,64}")
_MOST_GONE = 50
_MOST_NOTES, _MOST_CHARACTERS_OF_A_NOTE = 200, 300


def take(lesson: LessonParts, submission: Mapping[str, Any]) -> Taken:
    """Take what counts from a submission; its tags, metadata and check cells change nothing.

    Of several answer cells of one task that which differs from the stub counts; of several such the last, and the task
    is doubtful where they differ from each other.
    """
    tasks = {task.name for task in lesson.tasks}
    cells = submission["cells"]
    owner = [name_of(lesson, cell) for cell in cells]
    taken = Taken(release=_release(lesson, submission), gone=_gone(lesson, submission))
    chosen = _chosen(lesson, cells, owner, taken)
    places = places_of(lesson, cells, owner)
    taken.is_lesson = bool(places.checks or places.others)
    earlier: list[tuple[int, str]] = []  # unchanged illustrations of another release
    anchor = -1
    for position, (cell, name) in enumerate(zip(cells, owner, strict=True)):
        text = source_text(cell)
        if name is not None and name in tasks:
            if chosen[name] == position:
                anchor = lesson.positions[name]
            if chosen[name] == position or is_stub(lesson, name, text):
                continue
        elif name is not None:
            anchor = max(anchor, lesson.positions[name])
        if cell.get("cell_type") != "code" or not text.strip() or (name is None and is_check(cell)):
            continue
        if name is None and str(cell.get("id")).partition("-")[0] == content_id(text):
            earlier.append((anchor, text))
            continue
        ours = lesson.cells[lesson.positions[name]] if name is not None else None
        if ours is None or name in tasks or (is_illustration(ours) and source_text(ours).strip() != text.strip()):
            taken.inserted.setdefault(anchor, []).append(text)
        if position in places.checks:
            anchor = max(anchor, places.after_check(position))
    for name, text in texts_outside(lesson, cells, owner, places):
        if is_stub(lesson, name, taken.answers.get(name, "")):
            taken.answers[name] = text
            taken.notes.append(f"the text of {name} isn't in its own cell: what was written beside it is taken for it")
    bound = frozenset(name for _, text in earlier for name in names_bound(text))
    if any(may_use(text, bound) for text in _code(lesson, taken)):
        for anchor, text in earlier:
            taken.inserted.setdefault(anchor, []).insert(0, text)
    taken.with_illustrations = any(may_use(text, lesson.shown_names) for text in _code(lesson, taken))
    is_open = {name: is_stub(lesson, name, text) for name, text in taken.answers.items()}
    taken.below = list(answered_below(lesson, taken, is_open))
    if taken.below:
        taken.notes.append(f"answered below the check, which comes first and found no answer: {', '.join(taken.below)}")
    return taken


def is_stub(lesson: LessonParts, name: str, text: str) -> bool:
    """Return whether an answer cell of this task holds what it held when the lesson was opened, or nothing."""
    return not text.strip() or (name in lesson.stubs and _plain(lesson.stubs[name]) == _plain(text))


def answered(lesson: LessonParts, taken: Taken) -> dict[str, str]:
    """Return the answers that differ from the stub."""
    return {name: text for name, text in taken.answers.items() if not is_stub(lesson, name, text)}


def as_message(taken: Taken) -> dict[str, Any]:
    """Return what was taken in the form in which the reader sends it."""
    return {**asdict(taken), "inserted": sorted(taken.inserted.items())}


def from_message(lesson: LessonParts, message: Mapping[str, Any]) -> Taken:
    """Return what a reader sent, each part held to what it may be: strangers' texts passed through that process.

    Raises
    ------
    UnreadableSubmission
        When it is anything else.
    """
    tasks = {task.name for task in lesson.tasks}
    try:
        taken = Taken(
            answers={name: _text(message["answers"][name]) for name in message["answers"] if name in tasks},
            inserted={int(position): list(map(_text, texts)) for position, texts in message["inserted"]},
            notes=[_text(note)[:_MOST_CHARACTERS_OF_A_NOTE] for note in message["notes"][:_MOST_NOTES]],
            doubtful=[name for name in message["doubtful"] if name in tasks],
            below=[name for name in message["below"] if name in tasks],
            is_lesson=message["is_lesson"] is not False,
            with_illustrations=message["with_illustrations"] is not False,
            gone=[name for name in map(_text, message["gone"][:_MOST_GONE]) if _TASK_NAME.fullmatch(name)],
            release={name: _text(message["release"][name])[:64] for name in message["release"] if name in tasks},
        )
    except (TypeError, ValueError, KeyError, AttributeError):
        raise UnreadableSubmission("the notebook could not be read") from None
    texts = [*taken.answers.values(), *(text for group in taken.inserted.values() for text in group)]
    if sum(map(len, texts)) > MOST_CELL_CHARACTERS or not all(-1 <= at < len(lesson.cells) for at in taken.inserted):
        raise UnreadableSubmission("the notebook could not be read")
    return taken


def _chosen(lesson: LessonParts, cells: list[Any], owner: list[str | None], taken: Taken) -> dict[str, int]:
    """Note each task's answer in `taken`, and return by task the position of the cell that counts."""
    places: dict[str, list[int]] = defaultdict(list)
    for position, name in enumerate(owner):
        if name is not None and any(task.name == name for task in lesson.tasks):
            places[name].append(position)
    chosen: dict[str, int] = {}
    for name, positions in places.items():
        kind = lesson.cells[lesson.positions[name]]["cell_type"]
        same_kind = [position for position in positions if cells[position].get("cell_type") == kind]
        if not same_kind:
            taken.notes.append(f"the answer cell of {name} was turned into another kind of cell")
            chosen[name] = positions[-1]
            if any(task.name == name and task.manual for task in lesson.tasks):  # a person can read it all the same
                taken.answers[name] = source_text(cells[positions[-1]])
            continue
        touched = [position for position in same_kind if not is_stub(lesson, name, source_text(cells[position]))]
        chosen[name] = (touched or same_kind)[-1]
        taken.answers[name] = source_text(cells[chosen[name]])
        if len({_plain(source_text(cells[position])) for position in touched}) > 1:
            taken.doubtful.append(name)
            taken.notes.append(f"the task {name} is answered more than once, in different ways; the last answer counts")
    return chosen


def _code(lesson: LessonParts, taken: Taken) -> Iterator[str]:
    """Yield the learner's texts that are run: free text for a person is not."""
    manual = {task.name for task in lesson.tasks if task.manual}
    yield from (text for name, text in taken.answers.items() if name not in manual)
    for group in taken.inserted.values():
        yield from group


def _release(lesson: LessonParts, submission: Mapping[str, Any]) -> dict[str, str]:
    known = _known_tasks(submission)
    return {task.name: str(known[task.name])[:64] for task in lesson.tasks if task.name in known}


def _gone(lesson: LessonParts, submission: Mapping[str, Any]) -> list[str]:
    """Return the tasks of the submission's release that the lesson has no more."""
    ours = {task.name for task in lesson.tasks}
    names = [name for name in _known_tasks(submission) if isinstance(name, str) and _TASK_NAME.fullmatch(name)]
    return [name for name in names if name not in ours][:_MOST_GONE]


def _known_tasks(submission: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = submission.get("metadata")
    course = metadata.get(COURSE_KEY) if isinstance(metadata, Mapping) else None
    known = course.get("tasks") if isinstance(course, Mapping) else None
    return known if isinstance(known, Mapping) else {}


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
