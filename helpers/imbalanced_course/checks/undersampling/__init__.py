"""The checks of lesson 4: undersampling, and what it does to a judgement and to probabilities."""

from imbalanced_course.checks.undersampling.dropping import random_undersampling, undersampling_by_hand
from imbalanced_course.checks.undersampling.further import (
    bonus_enn_settings,
    bonus_find_the_sampler,
    find_the_bug,
    quick_check_1,
    quick_check_2,
)
from imbalanced_course.checks.undersampling.links import tomek_links
from imbalanced_course.checks.undersampling.probabilities import prior_correction
from imbalanced_course.checks.undersampling.splitting import pipeline, split_first

__all__ = [
    "bonus_enn_settings",
    "bonus_find_the_sampler",
    "find_the_bug",
    "pipeline",
    "prior_correction",
    "quick_check_1",
    "quick_check_2",
    "random_undersampling",
    "split_first",
    "tomek_links",
    "undersampling_by_hand",
]
