"""The checks of lesson 1: why imbalance is hard, and why accuracy misleads."""

from imbalanced_course.checks.challenge.believable import believable_model
from imbalanced_course.checks.challenge.further import (
    bonus_pairs,
    bonus_positive_class,
    find_the_bug,
    quick_check_1,
    quick_check_2,
)
from imbalanced_course.checks.challenge.guards import dummy_against_model, lazy_guard
from imbalanced_course.checks.challenge.labels import imbalance_ratio

__all__ = [
    "believable_model",
    "bonus_pairs",
    "bonus_positive_class",
    "dummy_against_model",
    "find_the_bug",
    "imbalance_ratio",
    "lazy_guard",
    "quick_check_1",
    "quick_check_2",
]
