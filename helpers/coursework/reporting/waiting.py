"""What waits for a person: texts to read, hand-ins that could not be graded, points to look at again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from coursework.lessons.catalogue import find_lesson
from coursework.reporting.records import ClassRecords


@dataclass(frozen=True)
class Item:
    """One thing to look at: whose, of which lesson (or which file), what it is, and where to read it, if anywhere."""

    student: str
    lesson: str
    what: str
    link: str = ""


@dataclass(frozen=True)
class Waiting:
    """All that waits; `notes` is what was noted about hand-ins that were graded."""

    texts: list[Item]
    flagged: list[Item]
    again: list[Item]
    notes: list[Item]


def what_waits(records: ClassRecords, out: Path) -> Waiting:
    """Return what a person should look at; links are relative to the grading folder `out`."""
    titles = {(lesson, task.name): task.title for lesson, tasks in records.tasks.items() for task in tasks}
    unread = records.outcomes[records.outcomes["status"] == "waiting"]
    unread = unread.sort_values(
        ["lesson", "task"], kind="stable"
    )  # after a text comes the same task of the next learner
    texts = [
        Item(student, lesson, titles[lesson, task], feedback_link(out, student, lesson, task))
        for student, lesson, task in zip(unread["student"], unread["lesson"], unread["task"], strict=True)
    ]
    doubtful = records.outcomes[records.outcomes["look_again"] != ""]
    again = [
        Item(row["student"], row["lesson"], f"{titles[row['lesson'], row['task']]}: {row['look_again']}",
             feedback_link(out, row["student"], row["lesson"], row["task"]))
        for row in doubtful.to_dict("records")
    ]  # fmt: skip
    flagged, notes = [], []
    for row in records.hand_ins.to_dict("records"):
        link = feedback_link(out, row["student"], row["lesson"])
        if row["status"] == "flagged":
            flagged.append(Item(row["student"], row["lesson"], row["reason"]))
        elif row["reason"]:
            notes.append(Item(row["student"], row["lesson"], row["reason"], link))
    flagged += [Item(student, name, reason) for student, name, reason in records.unmatched]
    return Waiting(texts, flagged, again, notes)


def feedback_link(out: Path, student: str, lesson: str, task: str = "") -> str:
    """Return the address of a hand-in's feedback page, at a task; nothing where there is no page beside the report."""
    page = _feedback_page(out, student, lesson)
    return f"{page}#{quote(task)}" if page and task else page


@cache
def _feedback_page(out: Path, student: str, lesson: str) -> str:
    place = Path("feedback") / student / lesson / f"{find_lesson(lesson).notebook}.html"
    return quote(place.as_posix()) if (out / place).is_file() else ""
