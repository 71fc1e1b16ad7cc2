"""Tasks to look at before the learners: those that may be faulty, with what speaks against them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coursework.reporting.item_analysis import POOR, TaskFigures, share_interval
from coursework.reporting.records import TaskInfo
from coursework.reporting.unnamed import UnnamedGroup

# Fewer learners than these agree by chance.
FEWEST_ALIKE, SHARE_ALIKE = 3, 0.2
HALF = 0.5


@dataclass(frozen=True)
class DoubtfulTask:
    """A task and the reasons, each in a sentence."""

    lesson: str
    task: TaskInfo
    reasons: list[str]


def doubtful_tasks(figures: Mapping[str, Sequence[TaskFigures]], groups: Sequence[UnnamedGroup]) -> list[DoubtfulTask]:
    """Return the tasks that may be faulty, those with most reasons first.

    A reason is an interval of the discrimination that ends below `POOR`, that of those who do best in the lesson's
    other tasks fewer than half have it right, beyond chance, or a wrong result without a name that many of those who
    tried have in common.
    """
    alike: dict[tuple[str, str], int] = {}
    for group in groups:
        alike.setdefault((group.lesson, group.task), len(group.students))  # the largest comes first
    found = []
    for lesson, tasks in figures.items():
        for one in tasks:
            if one.task.kind == "task" and (reasons := _reasons(one, alike.get((lesson, one.task.name), 0))):
                found.append(DoubtfulTask(lesson, one.task, reasons))
    return sorted(found, key=lambda one: -len(one.reasons))


def _reasons(one: TaskFigures, alike: int) -> list[str]:
    tried, reasons = one.counts["right"] + one.counts["wrong"], []
    if share_interval(one.best_right, one.best)[1] < HALF:
        reasons.append(
            f"Of the {one.best} who do best in the lesson's other tasks, {one.best_right} "
            f"{'has' if one.best_right == 1 else 'have'} it right."
        )
    if one.discrimination and one.discrimination.high < POOR:
        reasons.append(
            "Learners who do well in the lesson's other tasks don't do better here "
            f"(discrimination {one.discrimination.told})."
        )
    if alike >= max(FEWEST_ALIKE, SHARE_ALIKE * tried):
        reasons.append(f"{alike} of the {tried} who tried it have the same wrong result, and no check knows it.")
    return reasons
