"""Days of payments that a model has scored already: made-up scores whose quality can be set, for lesson and checks."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd


def scored_day(
    *, roc_auc: float, seed: int | list[int], payments: int = 20_000, prevalence: float = 0.01, decimals: int = 4
) -> pd.DataFrame:
    """Return one day of payments with what they were and the score that a model gave them.

    A model's evidence is drawn from one normal distribution for honest payments and from the same one, shifted, for
    fraud (the binormal model); the score is the probability of fraud that follows from it by Bayes' rule, so the
    scores are calibrated at any prevalence.

    Parameters
    ----------
    roc_auc : float
        The ROC AUC that the scores have on average, above 0.5 and below 1.
    seed : int or list of int
        The same seed gives the same day.
    payments : int
        Rows.
    prevalence : float
        Share of fraud, 0 to 1; the count is rounded, and at least 1.
    decimals : int
        Scores are rounded to these decimals, so that some of them tie.

    Returns
    -------
    DataFrame of shape (payments, 2)
        `is_fraud` (0 or 1) and `score` (a probability), in random order.

    Notes
    -----
    The shift is sqrt(2) times the normal quantile of the ROC AUC (Green and Swets 1966, Signal Detection Theory and
    Psychophysics).
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
