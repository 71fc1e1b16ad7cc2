"""One function for each myth: it runs a seeded experiment on one thread and returns its figures by name."""

import importlib
import os
from collections.abc import Callable

# The order in which threads add up changes the last digits, so there is one thread; NumPy and OpenMP read this once,
# when they are first imported.
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"

Figures = dict[str, float]

MODULES = {
    "balancing_helps": "resampling",
    "smote_beats_copies": "resampling",
    "adasyn_is_better": "resampling",
    "copies_overfit": "resampling",
    "weights_do_not_overfit": "weights",
    "recall_always_rises": "resampling",
    "ratio_is_what_hurts": "few_positives",
    "isolation_forest": "few_positives",
    "smote_before_split": "leakage",
    "undersample_then_split": "leakage",
    "smote_with_weights": "weights",
    "inverse_shares_are_balanced": "weights",
    "nearmiss_keeps_k_each": "cleaning",
    "enn_two_of_three": "cleaning",
    "risks_need_no_correction": "calibration",
    "metrics_of_labels": "metrics",
    "auc_one_is_perfect": "metrics",
    "ap_has_a_floor": "metrics",
    "naive_interval": "metrics",
    "default_grid_is_optimal": "decisions",
    "good_auc_is_enough": "decisions",
    "threshold_stays_right": "decisions",
    "popular_example": "published",
    "abalone_table": "published",
}
"""The myths in the order of the page, and the module that has the function of this name."""


def measurement(myth: str) -> Callable[[], Figures]:
    """Return the function that measures a myth.

    Parameters
    ----------
    myth : str
        A key of `MODULES`.
    """
    module = importlib.import_module(f"{__name__}.{MODULES[myth]}")
    found: Callable[[], Figures] = getattr(module, myth)
    return found
