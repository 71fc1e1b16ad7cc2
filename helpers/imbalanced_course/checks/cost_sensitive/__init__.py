"""The checks of lesson 7: weights, costs, thresholds, and a decision worth its money."""

from imbalanced_course.checks.cost_sensitive.bonus import bonus_focal_loss, bonus_many_classes, bonus_row_costs
from imbalanced_course.checks.cost_sensitive.capstone import capstone
from imbalanced_course.checks.cost_sensitive.costs import expected_cost, threshold_from_costs
from imbalanced_course.checks.cost_sensitive.further import find_the_bug, quick_check_1, quick_check_2
from imbalanced_course.checks.cost_sensitive.thresholds import tuned_threshold
from imbalanced_course.checks.cost_sensitive.weights import balanced_weights, weighted_model

__all__ = [
    "balanced_weights",
    "bonus_focal_loss",
    "bonus_many_classes",
    "bonus_row_costs",
    "capstone",
    "expected_cost",
    "find_the_bug",
    "quick_check_1",
    "quick_check_2",
    "threshold_from_costs",
    "tuned_threshold",
    "weighted_model",
]
