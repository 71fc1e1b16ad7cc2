"""The quick check: the questions of all lessons together, and who would pass.

A hand-in holds only the answer that it was handed in with, so here that one counts, not the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import pandas as pd

from coursework.reporting.item_analysis import TaskFigures, commonest_mistakes
from coursework.reporting.records import ClassRecords
from coursework.workspace.progress import PASS_SHARE


@dataclass(frozen=True)
class QuestionFigures:
    """One question: its lesson, its figures, and the reason that the commonest wrong option was answered with."""

    lesson: str
    figures: TaskFigures
    commonest: str
    chosen_by: int


@dataclass(frozen=True)
class QuickCheck:
    """The quick check of a class.

    Attributes
    ----------
    questions : list of QuestionFigures
        In the order of the course.
    right : Series
        How many of them each learner has right; 0 for those who handed in none.
    needed : int
        How many must be right to pass.
    """

    questions: list[QuestionFigures]
    right: pd.Series
    needed: int

    @property
    def passed(self) -> int:
        """How many learners have enough of them right."""
        return int((self.right >= self.needed).sum()) if self.questions else 0


def quick_check(records: ClassRecords, figures: Mapping[str, Sequence[TaskFigures]]) -> QuickCheck:
    """Return the quick check as far as the class has come; a question that was not handed in is not right.

    Parameters
    ----------
    figures : mapping of str to sequence of TaskFigures
        Those of each lesson's tasks.
    """
    wrong = commonest_mistakes(records, {"quiz"})
    questions = []
    for lesson in records.lessons:
        for one in figures[lesson.folder]:
            if one.task.kind == "quiz":
                of_question = wrong[(wrong["lesson"] == lesson.folder) & (wrong["task"] == one.task.name)]
                first = of_question.iloc[0] if len(of_question) else None
                sentence, times = ("", 0) if first is None else (str(first["sentence"]), int(first["learners"]))
                questions.append(QuestionFigures(lesson.folder, one, sentence, times))
    asked = [{"lesson": question.lesson, "task": question.figures.task.name} for question in questions]
    outcomes = records.outcomes[records.outcomes["status"] == "right"]
    found = outcomes.merge(pd.DataFrame(asked, columns=["lesson", "task"]), on=["lesson", "task"])
    right = found.groupby("student").size().reindex(records.learners, fill_value=0)
    return QuickCheck(questions, right, ceil(PASS_SHARE * len(questions)))
