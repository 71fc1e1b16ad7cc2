"""The checks of lesson 2: what imbalance looks like, and what a handful of positives can show."""

from imbalanced_course.checks.intuition.further import bonus_other_ratios, bonus_overlap_grid, find_the_bug
from imbalanced_course.checks.intuition.letters import before_1, before_2, quick_check_1, quick_check_2
from imbalanced_course.checks.intuition.picture import four_ratios
from imbalanced_course.checks.intuition.reports import four_reports
from imbalanced_course.checks.intuition.sets import build_and_count
from imbalanced_course.checks.intuition.splits import stratified_split

__all__ = [
    "before_1",
    "before_2",
    "bonus_other_ratios",
    "bonus_overlap_grid",
    "build_and_count",
    "find_the_bug",
    "four_ratios",
    "four_reports",
    "quick_check_1",
    "quick_check_2",
    "stratified_split",
]
