"""The checks of lesson 7: costs and thresholds, calibration, weights, net benefit, and a decision worth its money."""

from imbalanced_course.checks.cost_sensitive.benefit import net_benefit
from imbalanced_course.checks.cost_sensitive.bonus import bonus_focal_loss, bonus_many_classes, bonus_row_costs
from imbalanced_course.checks.cost_sensitive.calibrated import calibrated_threshold
from imbalanced_course.checks.cost_sensitive.capstone import capstone
from imbalanced_course.checks.cost_sensitive.costs import expected_cost, threshold_from_costs
from imbalanced_course.checks.cost_sensitive.further import (
    before_1,
    before_2,
    find_the_bug,
    quick_check_1,
    quick_check_2,
)
from imbalanced_course.checks.cost_sensitive.repairs import which_repair
from imbalanced_course.checks.cost_sensitive.thresholds import bonus_tuned_threshold
from imbalanced_course.checks.cost_sensitive.weights import balanced_weights, bonus_weighted_model

__all__ = [
    "balanced_weights",
    "before_1",
    "before_2",
    "bonus_focal_loss",
    "bonus_many_classes",
    "bonus_row_costs",
    "bonus_tuned_threshold",
    "bonus_weighted_model",
    "calibrated_threshold",
    "capstone",
    "expected_cost",
    "find_the_bug",
    "net_benefit",
    "quick_check_1",
    "quick_check_2",
    "threshold_from_costs",
    "which_repair",
]
