"""The course's method on your own table: what the data are, what models reach, what a decision costs, what to do.

A table and a goal go in (`as_table` of `imbalanced_course.study`, `goal_for`); `compare` fits models fold by fold
within the minutes that it gets, `judged` puts figures on each fold, and `advise` says what to do and what the table
can't tell.
"""

from imbalanced_course.measure.advice import Advice, advise, fit_advised, settings
from imbalanced_course.measure.comparing import MINUTES, Comparison, compare, require_enough
from imbalanced_course.measure.contenders import FLOORS, title, worth_trying
from imbalanced_course.measure.decision import PER_ROWS, Goal, calibrated, flagged, goal_for
from imbalanced_course.measure.facts import Facts, facts_of
from imbalanced_course.measure.judging import (
    METRICS,
    NAMES,
    choose,
    chosen_honestly,
    contenders,
    differences,
    in_text,
    judged,
    mean_of,
    table,
)
from imbalanced_course.measure.pictures import (
    CAPTIONS,
    benefit_picture,
    interval_picture,
    reliability_picture,
    time_picture,
)
from imbalanced_course.measure.progress import notebook_bar

__all__ = [
    "CAPTIONS",
    "FLOORS",
    "METRICS",
    "MINUTES",
    "NAMES",
    "PER_ROWS",
    "Advice",
    "Comparison",
    "Facts",
    "Goal",
    "advise",
    "benefit_picture",
    "calibrated",
    "choose",
    "chosen_honestly",
    "compare",
    "contenders",
    "differences",
    "facts_of",
    "fit_advised",
    "flagged",
    "goal_for",
    "in_text",
    "interval_picture",
    "judged",
    "mean_of",
    "notebook_bar",
    "reliability_picture",
    "require_enough",
    "settings",
    "table",
    "time_picture",
    "title",
    "worth_trying",
]
