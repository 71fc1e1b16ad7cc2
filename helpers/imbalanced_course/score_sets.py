"""Days of payments that a model has scored already: made-up scores whose quality can be set, for lesson and checks."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd


def scored_day(
    *, roc_auc: float, seed: int | list[int], payments: int = 20_000, prevalence: float = 0.01, decimals: int = 4
) -> pd.DataFrame:
    """Return one day of payments with what they were and the score that a model gave them.

    A model's evidence is drawn from a normal distribution for honest payments, and from the same one, shifted, for
    fraud (the binormal model [1]_). The shift is sqrt(2) times the normal quantile of the ROC AUC. The score is the
    probability of fraud that follows by Bayes' rule, so scores are calibrated at any prevalence.

    Parameters
    ----------
    roc_auc : float
        The ROC AUC that the scores have on average, above 0.5 and below 1.
    seed : int or list of int
        The same seed gives the same day.
    payments : int
        Number of rows, 1 or more.
    prevalence : float
        Share of fraud, above 0 and below 1. The count is rounded, and it's at least 1.
    decimals : int
        Scores are rounded to these decimals, so that some of them tie.

    Returns
    -------
    DataFrame of shape (payments, 2)
        `is_fraud` (0 or 1) and `score` (a probability), in random order.

    Raises
    ------
    ValueError
        When `roc_auc` is not above 0 and below 1.

    See Also
    --------
    imbalanced_course.scoreboard.score_quality : Judges such scores.

    References
    ----------
    .. [1] Green, D. M., and Swets, J. A. (1966). "Signal detection theory and psychophysics." Wiley.

    Examples
    --------
    >>> from imbalanced_course.score_sets import scored_day
    >>> from imbalanced_course.scoreboard import score_quality
    >>> day = scored_day(roc_auc=0.95, seed=0)
    >>> day.shape, int(day["is_fraud"].sum())
    ((20000, 2), 200)

    In a single day the ROC AUC is close to what you ask for, and calibrated scores have the prevalence as their mean:

    >>> round(score_quality(day["is_fraud"], day["score"])["roc_auc"], 2)
    0.94
    >>> round(float(day["score"].mean()), 3)
    0.01
    """
    rng = np.random.default_rng(seed)
    is_fraud = np.zeros(payments, dtype=int)
    is_fraud[: max(1, round(payments * prevalence))] = 1
    rng.shuffle(is_fraud)
    shift = np.sqrt(2) * NormalDist().inv_cdf(roc_auc)
    evidence = rng.normal(size=payments) + shift * is_fraud
    log_odds = np.log(prevalence / (1 - prevalence)) + shift * evidence - shift**2 / 2
    score = np.round(1 / (1 + np.exp(-log_odds)), decimals)
    return pd.DataFrame({"is_fraud": is_fraud, "score": score})
