"""The checks of lesson 6: over- and undersampling together, and a fair contest."""

from imbalanced_course.checks.combining.further import (
    before_1,
    before_2,
    bonus_order_reversed,
    bonus_own_combination,
    find_the_bug,
    find_the_bug_ratio,
    quick_check_1,
    quick_check_2,
)
from imbalanced_course.checks.combining.intervals import bonus_corrected_interval, what_it_allows, which_to_ship
from imbalanced_course.checks.combining.search import ratio_search
from imbalanced_course.checks.combining.steps import bonus_combine, combination_by_hand

__all__ = [
    "before_1",
    "before_2",
    "bonus_combine",
    "bonus_corrected_interval",
    "bonus_order_reversed",
    "bonus_own_combination",
    "combination_by_hand",
    "find_the_bug",
    "find_the_bug_ratio",
    "quick_check_1",
    "quick_check_2",
    "ratio_search",
    "what_it_allows",
    "which_to_ship",
]
