"""Pictures of imbalanced classification; each function draws on `ax` or on a new small figure and returns the axes."""

from imbalanced_course.plots.captions import captioned
from imbalanced_course.plots.classes import before_and_after, class_scatter, score_histogram
from imbalanced_course.plots.comparison import scoreboard
from imbalanced_course.plots.curves import precision_recall_curve, reliability_curve, roc_curve
from imbalanced_course.plots.decisions import confusion_matrix, cost_curve, decision_curve, threshold_curves

__all__ = [
    "before_and_after",
    "captioned",
    "class_scatter",
    "confusion_matrix",
    "cost_curve",
    "decision_curve",
    "precision_recall_curve",
    "reliability_curve",
    "roc_curve",
    "score_histogram",
    "scoreboard",
    "threshold_curves",
]
