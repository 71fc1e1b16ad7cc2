"""The checks of lesson 5: oversampling, and what it does to scores, tables, and probabilities."""

from imbalanced_course.checks.oversampling.choosing import which_treatment
from imbalanced_course.checks.oversampling.copies import random_oversampling
from imbalanced_course.checks.oversampling.folds import bonus_own_sampler, inside_or_before
from imbalanced_course.checks.oversampling.further import (
    before_1,
    before_2,
    bonus_shrinkage,
    find_the_bug,
    quick_check_1,
    quick_check_2,
)
from imbalanced_course.checks.oversampling.mixed import mixed_columns
from imbalanced_course.checks.oversampling.risks import corrected_risks
from imbalanced_course.checks.oversampling.synthetic import smote_by_hand, smote_counts

__all__ = [
    "before_1",
    "before_2",
    "bonus_own_sampler",
    "bonus_shrinkage",
    "corrected_risks",
    "find_the_bug",
    "inside_or_before",
    "mixed_columns",
    "quick_check_1",
    "quick_check_2",
    "random_oversampling",
    "smote_by_hand",
    "smote_counts",
    "which_treatment",
]
