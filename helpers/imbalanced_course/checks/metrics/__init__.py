"""The checks of lesson 3: judging a classifier when one class is rare."""

from imbalanced_course.checks.metrics.budget import bonus_alert_budget
from imbalanced_course.checks.metrics.choosing import which_metric
from imbalanced_course.checks.metrics.costs import threshold_from_costs
from imbalanced_course.checks.metrics.counts import metrics_by_hand
from imbalanced_course.checks.metrics.further import (
    before_1,
    before_2,
    bonus_f_beta_roc_auc,
    bonus_precision_per_day,
    find_the_bug,
    quick_check_1,
    quick_check_2,
)
from imbalanced_course.checks.metrics.ranking import average_precision, square_roots
from imbalanced_course.checks.metrics.shift import prevalence_shift
from imbalanced_course.checks.metrics.thresholds import bonus_threshold_for_precision, threshold_for_recall

__all__ = [
    "average_precision",
    "before_1",
    "before_2",
    "bonus_alert_budget",
    "bonus_f_beta_roc_auc",
    "bonus_precision_per_day",
    "bonus_threshold_for_precision",
    "find_the_bug",
    "metrics_by_hand",
    "prevalence_shift",
    "quick_check_1",
    "quick_check_2",
    "square_roots",
    "threshold_for_recall",
    "threshold_from_costs",
    "which_metric",
]
