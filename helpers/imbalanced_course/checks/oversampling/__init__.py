"""The checks of lesson 5: oversampling, and what it does to scores, tables, and probabilities."""

from imbalanced_course.checks.oversampling.choosing import which_treatment
from imbalanced_course.checks.oversampling.copies import bonus_random_oversampling
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
from imbalanced_course.checks.oversampling.risks import bonus_corrected_risks
from imbalanced_course.checks.oversampling.synthetic import bonus_smote_counts, smote_by_hand

__all__ = [
    "before_1",
    "before_2",
    "bonus_corrected_risks",
    "bonus_own_sampler",
    "bonus_random_oversampling",
    "bonus_shrinkage",
    "bonus_smote_counts",
    "find_the_bug",
    "inside_or_before",
    "mixed_columns",
    "quick_check_1",
    "quick_check_2",
    "smote_by_hand",
    "which_treatment",
]
