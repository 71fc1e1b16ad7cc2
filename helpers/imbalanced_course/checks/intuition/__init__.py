"""The checks of lesson 2: what imbalance looks like, and what a handful of positives can tell."""

from imbalanced_course.checks.intuition.flips import flip_effect
from imbalanced_course.checks.intuition.further import (
    bonus_other_ratios,
    bonus_overlap_grid,
    find_the_bug,
    quick_check_1,
    quick_check_2,
)
from imbalanced_course.checks.intuition.picture import four_ratios
from imbalanced_course.checks.intuition.sets import build_and_count, share_to_counts
from imbalanced_course.checks.intuition.splits import stratified_split

__all__ = [
    "bonus_other_ratios",
    "bonus_overlap_grid",
    "build_and_count",
    "find_the_bug",
    "flip_effect",
    "four_ratios",
    "quick_check_1",
    "quick_check_2",
    "share_to_counts",
    "stratified_split",
]
