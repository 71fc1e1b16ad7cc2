"""The checks of lesson 1: why imbalance is hard, and why accuracy lies."""

from imbalanced_course.checks.challenge.further import (
    bonus_pairs,
    bonus_positive_class,
    find_the_bug,
    quick_check_1,
    quick_check_2,
)
from imbalanced_course.checks.challenge.guards import dummy_against_model, lazy_guard
from imbalanced_course.checks.challenge.labels import imbalance_ratio, six_problems
from imbalanced_course.checks.challenge.own_problems import five_problems

__all__ = [
    "bonus_pairs",
    "bonus_positive_class",
    "dummy_against_model",
    "find_the_bug",
    "five_problems",
    "imbalance_ratio",
    "lazy_guard",
    "quick_check_1",
    "quick_check_2",
    "six_problems",
]
