"""Fraud alerts: the highest recall at a precision of 0.9 or more, judged on a week that drifts."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imbalanced_course.projects.delivered import CannotJudge, number, probabilities
from imbalanced_course.projects.placing import Placing, euros

if TYPE_CHECKING:
    import pandas as pd

# The project's text states these.
PRECISION = 0.9
PAYMENTS = 200_000
COST_MISS, COST_ALERT = 500, 20

REFERENCE = 0.243  # recall of tests/projects/fraud_alerts.py; a test computes it again
SEED = 777
WEEK, WEEK_BEFORE = 4, 3
USEFUL = 0.05  # a model that reaches less recall than this within the constraint needs no other threshold


def judge_fraud_alerts(model: Any, threshold: Any) -> Placing:
    """Judge a model and a threshold on 200,000 new payments of days 22 to 28.

    The figure is the recall if precision is 0.9 or more. Below 0.9, each false alarm too many takes off the nine caught
    frauds that would have made up for it. With precision p, recall counts 2 - 9 (1 - p) / p times, which is 1 at 0.9
    and 0 at 9/11. Frauds are counted by the true probability of each payment. With other seeds the figure of the
    reference varies by 1% of itself (standard deviation). It never raises: a delivery that can't be judged is answered
    with one sentence.

    Parameters
    ----------
    model : object
        Fitted, with `predict_proba`; gets the columns of `datasets.features_and_target`, or those it was fitted on.
    threshold : float
        An alert is raised where the probability of fraud is `threshold` or more.

    Returns
    -------
    Placing
        The floor is a recall of 0, for raising no alert.

    See Also
    --------
    imbalanced_course.datasets.load_transactions : The payments to learn from.

    Examples
    --------
    Here are the predictions where the model itself belongs:

    >>> from imbalanced_course.projects import judge_fraud_alerts
    >>> placing = judge_fraud_alerts([0.2, 0.7], threshold=0.5)
    >>> print(placing.headline)
    ○ Fraud alerts: not judged
    >>> placing.figure is None, "predict_proba" in placing.problem
    (True, True)
    """
    placing = functools.partial(
        Placing,
        title="Fraud alerts",
        measure="Recall that counts, at precision 0.9 or more",
        floor=0.0,
        reference=REFERENCE,
        floor_is="raising no alert, with a recall of 0. A plain logistic regression doesn't get past it, because even "
        "its best alerts are right less than nine times in ten",
    )
    try:
        lowest = number("threshold", threshold, what="an alert is raised at this probability, 0 to 1, or above")
        scores, chances = _scores(model, WEEK)
    except CannotJudge as error:
        return placing(problem=str(error))
    alerts, hits, frauds = _counts(scores, chances, lowest)
    precision, recall = hits / alerts if alerts else float("nan"), hits / frauds
    figure = counted(precision, recall)
    saved = COST_MISS * hits - COST_ALERT * alerts
    facts = (
        ("alerts", f"{alerts:,} in {PAYMENTS:,} payments, {hits:,.0f} of {frauds:,.0f} frauds among them"),
        ("precision", f"{precision:.3f}" if alerts else "undefined without an alert"),
        ("recall", f"{recall:.3f}"),
        ("saved", f"{euros(saved)} compared with raising no alert"),
    )
    return placing(figure=figure, facts=facts, notes=tuple(_notes(model, lowest, scores, chances, figure)))


def counted(precision: float, recall: float) -> float:
    """Return the part of a recall that counts at a precision, 0 to 1; 0 without any alert."""
    if not precision > 0:
        return 0.0
    if precision >= PRECISION:
        return recall
    per_false_alarm = PRECISION / (1 - PRECISION)
    return recall * max(0.0, 2 - per_false_alarm * (1 - precision) / precision)


def _notes(
    model: Any, threshold: float, scores: npt.NDArray[np.float64], chances: npt.NDArray[np.float64], figure: float
) -> list[str]:
    notes = []
    alerts, hits, _ = _counts(scores, chances, threshold)
    best, best_threshold = _best(scores, chances)
    if alerts == 0:
        percent = " Is it in percent?" if threshold > 1 else ""
        notes.append(f"No payment reaches the threshold {threshold:g}, so no fraud is caught.{percent}")
    elif hits / alerts < PRECISION:
        notes.append(
            f"The constraint is broken, because precision is {hits / alerts:.3f} and not {PRECISION}. Each false alarm "
            f"too many takes nine caught frauds off the count.{_why_too_low(model, threshold, best)}"
        )
    elif best >= USEFUL and figure < 0.85 * best and threshold > best_threshold:
        notes.append(
            f"The threshold is too careful. With {best_threshold:.2f}, this model's recall would count {best:.3f}."
        )
    if best < USEFUL:
        notes.append(
            "No threshold of this model meets the constraint and catches more than a few frauds, because its highest "
            "scores aren't pure enough. Look at the left end of its precision-recall curve, and try another model."
        )
    predicted, true = float(np.mean(scores)), float(np.mean(chances))
    if not 1 / 1.5 < predicted / true < 1.5:
        notes.append(
            f"The mean score is {predicted:.3f}, and a share of {true:.3f} is fraud. Such scores can rank, but they "
            "aren't probabilities. Weights and resampling have this effect."
        )
    return notes


def _why_too_low(model: Any, threshold: float, best: float) -> str:
    """Give one reason why the precision is too low, or none where no threshold would help."""
    if best < USEFUL:
        return ""
    if threshold == 0.5:
        return (
            " The threshold 0.5 is the default and knows nothing of the constraint. Choose one with a margin, on rows "
            "that the model hasn't seen."
        )
    alerts, hits, _ = _counts(*_scores(model, WEEK_BEFORE), threshold)
    earlier = hits / alerts if alerts else 0.0
    if earlier >= PRECISION:
        return (
            f" On payments like those of days 15 to 21 it's {earlier:.3f}, so the drift of the last week took the rest."
        )
    return (
        f" On payments like those of days 15 to 21 it's already {earlier:.3f}, so the drift isn't the only reason. A "
        "threshold looks better on the rows that chose it than on others, so choose it with a margin."
    )


def _counts(
    scores: npt.NDArray[np.float64], chances: npt.NDArray[np.float64], threshold: float
) -> tuple[int, float, float]:
    """Return the alerts, the frauds expected among them, and all frauds expected."""
    raised = scores >= threshold
    return int(raised.sum()), float(chances[raised].sum()), float(chances.sum())


def _best(scores: npt.NDArray[np.float64], chances: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return the highest recall that a threshold reaches within the constraint, and that threshold."""
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(chances[order])
    last_of_ties = np.append(ranked[:-1] > ranked[1:], True)
    kept = np.flatnonzero(last_of_ties & (hits >= PRECISION * np.arange(1, len(hits) + 1)))
    return (float(hits[kept[-1]] / hits[-1]), float(ranked[kept[-1]])) if len(kept) else (0.0, 1.0)


def _scores(model: Any, week: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the model's scores for a new week's payments, and the true probability of fraud."""
    payments, chances = _fresh(week)
    columns = [name for name in payments.columns if name != "day"]
    return probabilities(model, payments, columns=columns, target="is_fraud"), chances


@functools.cache
def _fresh(week: int) -> tuple[pd.DataFrame, npt.NDArray[np.float64]]:
    from imbalanced_course.simulation.transactions import make_week, true_fraud_probability

    payments = make_week(PAYMENTS, seed=SEED, week=week)
    return payments.drop(columns="is_fraud"), true_fraud_probability(payments)
