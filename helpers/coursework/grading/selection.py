"""Which hand-ins a run grades: all that it finds, or those of some learners and lessons, or one task's part of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coursework.grading.lesson_plan import course_lesson
from coursework.intake.hand_in import HandIn
from coursework.lessons.catalogue import find_lesson
from imbalanced_course.errors import WrongUsage


@dataclass(frozen=True)
class Selection:
    """The learners and the lessons' folders that are meant, all where none is named; and the one `task`, if any."""

    students: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    task: str = ""

    def chosen(self, found: Sequence[HandIn]) -> list[HandIn]:
        """Return the hand-ins that are meant.

        Raises
        ------
        WrongUsage
            When one of the learners or lessons has none.
        """
        for named, there, what in (
            (self.students, {one.student for one in found}, "by"),
            (self.lessons, {one.lesson for one in found}, "of lesson"),
        ):
            if missing := [name for name in named if name not in there]:
                raise WrongUsage(f"there is no hand-in {what} {missing[0]!r}: write names as in grades.csv")
        return [
            one
            for one in found
            if (not self.students or one.student in self.students) and (not self.lessons or one.lesson in self.lessons)
        ]

    def results_to_keep(self, before: Mapping[str, Any] | None, sha256: str) -> dict[str, Any]:
        """Return by task the results that stay as they were: those of the same file's other tasks."""
        if not self.task or not before or before["status"] != "graded" or before["sha256"] != sha256:
            return {}
        results = json.loads(before["details"])["results"]
        return {result["task"]: result for result in results if result["task"] != self.task}


EVERYTHING = Selection()


def selection(students: Sequence[str], lessons: Sequence[str], task: str | None, *, regrade: bool) -> Selection:
    """Return what was asked for.

    Raises
    ------
    WrongUsage
        When a lesson isn't known, or a task is named that no lesson has or without saying which lesson's.
    """
    folders = tuple(find_lesson(name).folder for name in lessons)
    if task:
        if len(folders) != 1 or not regrade:
            raise WrongUsage("--task needs --regrade and one --lesson, as in `--regrade --lesson metrics --task NAME`")
        checked = [one.name for one in course_lesson(folders[0]).tasks if not one.manual]
        if task not in checked:
            raise WrongUsage(f"{folders[0]} has no task {task!r} with a check: it has {', '.join(checked)}")
    return Selection(tuple(students), folders, task or "")
