"""What each task did: how many got it right, whether it tells strong from weak learners, which mistakes came up."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from coursework.reporting.records import ClassRecords, Kind, TaskInfo

# Below this the interval around a correlation near 0 is wider than ± 0.36, and the figure says nothing about the task.
FEWEST_FOR_DISCRIMINATION = 30
STATUSES = ("right", "wrong", "not attempted", "waiting")


@dataclass(frozen=True)
class Discrimination:
    """A correlation with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class TaskFigures:
    """How a task went: the number of learners in each of `STATUSES`, and the discrimination where it says something."""

    task: TaskInfo
    counts: dict[str, int]
    discrimination: Discrimination | None

    @property
    def learners(self) -> int:
        """How many graded hand-ins have this task."""
        return sum(self.counts.values())

    def share(self, status: str) -> float:
        """Return which part of the learners ended in a status; of *right*, it is the task's difficulty index."""
        return self.counts[status] / self.learners if self.learners else 0.0


def analyse_lesson(records: ClassRecords, lesson: str) -> list[TaskFigures]:
    """Return the figures of each task of a lesson, in the lesson's order."""
    outcomes = records.outcomes[records.outcomes["lesson"] == lesson]
    scores = outcomes.pivot(index="student", columns="task", values="score")
    right = outcomes.assign(right=(outcomes["status"] == "right").astype(float))
    right = right.pivot(index="student", columns="task", values="right")
    statuses = outcomes.groupby("task")["status"].value_counts()
    graded = [task.name for task in records.tasks[lesson] if task.kind == "task" and task.name in scores.columns]
    whole = scores[graded].sum(axis=1)
    figures = []
    for task in records.tasks[lesson]:
        counts = {status: int(statuses.get((task.name, status), 0)) for status in STATUSES}
        found = None
        if task.name in scores.columns:
            item = scores[task.name] if task.max_points else right[task.name]
            rest = whole - scores[task.name].fillna(0.0) if task.name in graded else whole
            found = discrimination(item, rest)
        figures.append(TaskFigures(task, counts, found))
    return figures


def discrimination(item: pd.Series, rest: pd.Series) -> Discrimination | None:
    """Return the corrected item-total correlation of a task: of its score with the score of the rest of the lesson.

    For a task that is right or wrong this is the point-biserial correlation; *corrected* means that the task itself is
    left out of the total, which would else correlate with itself. The rest is the points of the lesson's other
    machine-graded tasks. Read it as in Ebel and Frisbie, Essentials of Educational Measurement, 5th edition (1991),
    chapter on item analysis, and Nunnally and Bernstein, Psychometric Theory, 3rd edition (1994). The interval is
    Fisher's.

    Parameters
    ----------
    item, rest : Series
        Scores by learner; learners whose item is nan are left out.

    Returns
    -------
    Discrimination or None
        None with fewer than 30 learners, or where all of them have the same score.
    """
    from scipy.stats import pearsonr

    known = item.notna() & rest.notna()
    item, rest = item[known], rest[known]
    if len(item) < FEWEST_FOR_DISCRIMINATION or item.nunique() < 2 or rest.nunique() < 2:
        return None
    found = pearsonr(item.to_numpy(dtype=float), rest.to_numpy(dtype=float))
    interval = found.confidence_interval(confidence_level=0.95)
    value = float(found.statistic)
    return None if math.isnan(value) else Discrimination(value, float(interval.low), float(interval.high))


def commonest_mistakes(records: ClassRecords, kinds: Collection[Kind]) -> pd.DataFrame:
    """Return the mistakes that checks named in tasks of some kinds, the commonest first.

    Returns
    -------
    DataFrame
        `lesson`, `task`, `sentence`, `learners` who made it, and `of`, the graded hand-ins of the lesson.
    """
    tasks = [
        {"lesson": lesson, "task": task.name}
        for lesson, tasks in records.tasks.items()
        for task in tasks
        if task.kind in kinds
    ]
    named = records.mistakes.merge(pd.DataFrame(tasks, columns=["lesson", "task"]), on=["lesson", "task"])
    counted = named.groupby(["lesson", "task", "sentence"], as_index=False).agg(learners=("student", "nunique"))
    graded = records.hand_ins[records.hand_ins["status"] == "graded"].groupby("lesson").size()
    counted["of"] = counted["lesson"].map(graded).fillna(0).astype(int)
    return counted.sort_values(
        ["learners", "lesson", "task", "sentence"], ascending=[False, True, True, True], ignore_index=True
    )
