"""The checks of lesson 4: undersampling, and what it does to a report, a ranking and probabilities."""

from imbalanced_course.checks.undersampling.dropping import bonus_undersampling_by_hand, random_undersampling
from imbalanced_course.checks.undersampling.further import (
    before_1,
    before_2,
    bonus_enn_settings,
    bonus_find_the_sampler,
    find_the_bug,
    quick_check_1,
    quick_check_2,
)
from imbalanced_course.checks.undersampling.links import bonus_tomek_links
from imbalanced_course.checks.undersampling.probabilities import prior_correction
from imbalanced_course.checks.undersampling.report import balanced_report
from imbalanced_course.checks.undersampling.scoring import pipeline
from imbalanced_course.checks.undersampling.splitting import bonus_split_first, lines_in_order

__all__ = [
    "balanced_report",
    "before_1",
    "before_2",
    "bonus_enn_settings",
    "bonus_find_the_sampler",
    "bonus_split_first",
    "bonus_tomek_links",
    "bonus_undersampling_by_hand",
    "find_the_bug",
    "lines_in_order",
    "pipeline",
    "prior_correction",
    "quick_check_1",
    "quick_check_2",
    "random_undersampling",
]
