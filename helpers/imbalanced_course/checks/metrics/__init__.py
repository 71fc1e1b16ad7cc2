"""The checks of lesson 3: judging a classifier when one class is rare."""

from imbalanced_course.checks.metrics.budget import alert_budget
from imbalanced_course.checks.metrics.counts import metrics_by_hand, metrics_with_library
from imbalanced_course.checks.metrics.further import (
    bonus_f_beta_roc_auc,
    bonus_precision_per_day,
    bonus_prevalence_shift,
    find_the_bug,
    quick_check_1,
    quick_check_2,
)
from imbalanced_course.checks.metrics.ranking import average_precision
from imbalanced_course.checks.metrics.thresholds import threshold_for_precision, threshold_for_recall

__all__ = [
    "alert_budget",
    "average_precision",
    "bonus_f_beta_roc_auc",
    "bonus_precision_per_day",
    "bonus_prevalence_shift",
    "find_the_bug",
    "metrics_by_hand",
    "metrics_with_library",
    "quick_check_1",
    "quick_check_2",
    "threshold_for_precision",
    "threshold_for_recall",
]
