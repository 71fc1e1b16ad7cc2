"""The comparison table of the course: every strategy judged on the same folds, by the same four questions.

Ranking (average precision, ROC AUC), calibration (Brier score, log loss), decision (precision, recall, F1 at a
threshold) and cost (money). Fold-by-fold results are plain DataFrames: join those of several strategies with
`pandas.concat`, sum them up with `table`, compare two strategies with `difference`.

Where a metric is undefined nothing warns: precision without any alert, recall without any positive and F1
without either count 0 (`zero_division=0`); average precision and ROC AUC of rows that lack a class are NaN.
"""

from imbalanced_course.scoreboard.contest import CONTEST_FOLDS, CONTEST_MODELS, load_contest, load_resampling_times
from imbalanced_course.scoreboard.evaluation import Fold, baselines, evaluate, make_folds
from imbalanced_course.scoreboard.judging import (
    COST_FALSE_ALARM,
    COST_MISS,
    CUT_FREE,
    DEFAULT_CUT,
    METRICS,
    TUNED_CUT,
    as_labels,
    as_scores,
    costs_by_threshold,
    decision_scores,
    net_benefit,
    score_quality,
    tune_threshold,
)
from imbalanced_course.scoreboard.summary import Interval, compact, corrected_interval, difference, table

__all__ = [
    "CONTEST_FOLDS",
    "CONTEST_MODELS",
    "COST_FALSE_ALARM",
    "COST_MISS",
    "CUT_FREE",
    "DEFAULT_CUT",
    "METRICS",
    "TUNED_CUT",
    "Fold",
    "Interval",
    "as_labels",
    "as_scores",
    "baselines",
    "compact",
    "corrected_interval",
    "costs_by_threshold",
    "decision_scores",
    "difference",
    "evaluate",
    "load_contest",
    "load_resampling_times",
    "make_folds",
    "net_benefit",
    "score_quality",
    "table",
    "tune_threshold",
]
