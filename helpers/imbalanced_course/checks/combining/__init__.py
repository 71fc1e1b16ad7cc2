"""The checks of lesson 6: over- and undersampling together, and a fair contest."""

from imbalanced_course.checks.combining.further import (
    bonus_order_reversed,
    bonus_own_combination,
    find_the_bug,
    find_the_bug_ratio,
    quick_check_1,
    quick_check_2,
)
from imbalanced_course.checks.combining.intervals import corrected_interval_by_hand, noise
from imbalanced_course.checks.combining.search import ratio_search
from imbalanced_course.checks.combining.steps import combination_by_hand, smoteenn_counts

__all__ = [
    "bonus_order_reversed",
    "bonus_own_combination",
    "combination_by_hand",
    "corrected_interval_by_hand",
    "find_the_bug",
    "find_the_bug_ratio",
    "noise",
    "quick_check_1",
    "quick_check_2",
    "ratio_search",
    "smoteenn_counts",
]
