"""What a threshold decides: counts of right and wrong, precision against recall, and money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from imbalanced_course.plots.style import (
    MARK,
    REFERENCE,
    ROLES,
    axes_or_new,
    legend_below,
    line_style,
    named_scores,
    numbered,
)
from imbalanced_course.scoreboard import (
    as_labels,
    as_scores,
    costs_by_threshold,
    decision_scores,
    net_benefit,
    tune_threshold,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def confusion_matrix(
    y_true: Any, y_pred: Any, *, labels: tuple[str, str] = ("negative", "positive"), ax: Axes | None = None
) -> Axes:
    """Plot the four counts of a decision, each with its share of the actual class.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n,)
        Actual and predicted labels 0 and 1.
    labels : (str, str)
        What to call the classes 0 and 1.
    ax : Axes, optional
        Where to plot; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        What was drawn on.

    Raises
    ------
    ValueError
        When the labels are not 0 and 1, or not equally many.

    See Also
    --------
    imbalanced_course.scoreboard.decision_scores : Computes the counts from scores and a threshold.

    Examples
    --------
    >>> from imbalanced_course.plots import confusion_matrix
    >>> ax = confusion_matrix([0, 0, 0, 1, 1], [0, 0, 1, 0, 1], labels=("honest", "fraud"))
    >>> [text.get_text().split()[:2] for text in ax.texts]
    [['TN', '2'], ['FP', '1'], ['FN', '1'], ['TP', '1']]
    """
    from sklearn import metrics

    counts = metrics.confusion_matrix(as_labels(y_true), as_labels(y_pred), labels=[0, 1])
    totals = counts.sum(axis=1, keepdims=True)
    shares = counts / np.maximum(totals, 1)
    ax = axes_or_new(ax)
    ax.imshow(shares, cmap="Blues", vmin=0, vmax=2)  # the upper half is too dark for black words
    for (row, column), short in np.ndenumerate(np.array([["TN", "FP"], ["FN", "TP"]])):
        share = f"{_percent(shares[row, column])}\nof the row" if totals[row, 0] else "no such rows"
        ax.text(
            column,
            row,
            f"{short}\n{counts[row, column]:,}\n{share}",
            ha="center",
            va="center",
        )
    ax.set_xticks([0, 1], labels)
    ax.set_yticks([0, 1], labels, rotation=90, va="center")
    ax.set(xlabel="predicted", ylabel="actual")
    return ax


def _percent(share: float) -> str:
    """Return a share in percent, with decimals enough that few are not none and nearly all are not all."""
    decimals = next((n for n in (1, 2, 3) if share in (0, 1) or 0 < round(100 * share, n) < 100), 4)
    return f"{100 * share:.{decimals}f}%"


def threshold_curves(
    y_true: Any, scores: Any, *, threshold: float | None = None, log: bool = False, ax: Axes | None = None
) -> Axes:
    """Plot precision, recall, and F1 against the threshold; a row is flagged when its score reaches it.

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    scores : array-like of shape (n,)
        Scores of the positive class.
    threshold : float, optional
        Where to put a vertical mark.
    log : bool
        Whether the threshold's axis is logarithmic; scores of 0 and below are then left out.
    ax : Axes, optional
        Where to plot; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        What was drawn on.

    Raises
    ------
    ValueError
        When labels or scores do not fit, or one of the classes is absent.

    See Also
    --------
    cost_curve : Plots the cost against the threshold.
    imbalanced_course.scoreboard.decision_scores : Computes the three numbers at one threshold.

    Examples
    --------
    >>> from imbalanced_course.plots import threshold_curves
    >>> from imbalanced_course.score_sets import scored_day
    >>> day = scored_day(roc_auc=0.95, seed=0, payments=2000)
    >>> ax = threshold_curves(day["is_fraud"], day["score"], threshold=0.25)
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['precision', 'recall', 'F1', 'threshold 0.25']
    """
    from sklearn import metrics

    labels, named = named_scores(y_true, {"": scores})
    precision, recall, cuts = metrics.precision_recall_curve(labels, named[""])
    precision, recall = precision[:-1], recall[:-1]  # the last point belongs to no threshold
    total = precision + recall
    f1 = np.divide(2 * precision * recall, total, out=np.zeros_like(total), where=total > 0)
    ax = axes_or_new(ax)
    for number, name, values in ((0, "precision", precision), (1, "recall", recall), (2, "F1", f1)):
        style = {**line_style(number), "color": ROLES.get(name, ROLES["highlighted"])}
        ax.plot(cuts, values, drawstyle="steps-pre", label=name, **style)
    if threshold is not None:
        ax.axvline(threshold, label=f"threshold {threshold:.3g}", **MARK)
    ax.set(xlabel="threshold" + (" (log scale)" if log else ""), ylabel="precision, recall, F1", ylim=(-0.02, 1.02))
    if log:
        ax.set_xscale("log", nonpositive="mask")
    legend_below(ax)
    return ax


def cost_curve(
    y_true: Any,
    scores: Any,
    *,
    cost_miss: float,
    cost_false_alarm: float,
    threshold: float | None = None,
    log: bool | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Plot the total cost of these rows against the threshold, and mark the cheapest threshold.

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    scores : array-like of shape (n,)
        Scores of the positive class.
    cost_miss, cost_false_alarm : float
        Euro for each positive that is not flagged and for each negative that is.
    threshold : float, optional
        Where to put a vertical mark; its cost is added to the legend.
    log : bool, optional
        Whether the threshold's axis is logarithmic; by default it is if the cheapest threshold is between 0 and 0.1.
    ax : Axes, optional
        Where to plot; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        What was drawn on.

    Raises
    ------
    ValueError
        When labels or scores do not fit.

    See Also
    --------
    imbalanced_course.scoreboard.costs_by_threshold : Computes the costs.
    imbalanced_course.scoreboard.tune_threshold : Returns the cheapest threshold.

    Examples
    --------
    >>> from imbalanced_course.plots import cost_curve
    >>> from imbalanced_course.score_sets import scored_day
    >>> day = scored_day(roc_auc=0.95, seed=0, payments=2000)
    >>> ax = cost_curve(day["is_fraud"], day["score"], cost_miss=500, cost_false_alarm=20, threshold=0.5)
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['cost', 'cheapest: 2,720 at 0.0359', 'threshold 0.5: 6,000']
    """
    labels = as_labels(y_true)
    values = as_scores(scores, len(labels))
    costs = {"cost_miss": cost_miss, "cost_false_alarm": cost_false_alarm}
    found = costs_by_threshold(labels, values, **costs)
    best = tune_threshold(labels, values, **costs)
    lowest = float(found["cost"].min())
    log = 0 < best < 0.1 if log is None else log
    ax = axes_or_new(ax)
    ax.plot(found["threshold"], found["cost"], drawstyle="steps-pre", label="cost", **{**line_style(0), "marker": ""})
    ax.plot(
        [best],
        [lowest],
        linestyle="none",
        marker="*",
        markersize=13,
        color=ROLES["highlighted"],
        label=f"cheapest: {lowest:,.0f} at {best:.3g}",
    )
    if threshold is not None:
        there = decision_scores(labels, values, threshold, **costs)["cost"]
        ax.axvline(threshold, label=f"threshold {threshold:.3g}: {there:,.0f}", **MARK)
    ax.set(xlabel="threshold" + (" (log scale)" if log else ""), ylabel="total cost (euro)")
    if log:
        ax.set_xscale("log", nonpositive="mask")
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_formatter("{x:,.0f}")
    legend_below(ax)
    return ax


def decision_curve(y_true: Any, probabilities: Any, *, highest: float = 0.6, ax: Axes | None = None) -> Axes:
    """Plot net benefit against the threshold, beside flagging everyone and flagging no one.

    Each threshold is another user, for whom a false alarm and a miss cost threshold to 1 - threshold [1]_.

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    probabilities : array-like of shape (n,), or dict of str to such
        Probabilities of the positive class; a dict plots one curve per name.
    highest : float
        The largest threshold, above 0 and below 1.
    ax : Axes, optional
        Where to plot; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        What was drawn on.

    Raises
    ------
    ValueError
        When labels or probabilities do not fit, one of the classes is absent, or `highest` is out of range.

    See Also
    --------
    imbalanced_course.scoreboard.net_benefit : Computes the net benefit.

    References
    ----------
    .. [1] Vickers, A. J., and Elkin, E. B. (2006). "Decision curve analysis: a novel method for evaluating prediction
       models." Medical Decision Making, 26(6), 565-574.

    Examples
    --------
    >>> from imbalanced_course.plots import decision_curve
    >>> from imbalanced_course.score_sets import scored_day
    >>> day = scored_day(roc_auc=0.95, seed=0, payments=2000)
    >>> ax = decision_curve(day["is_fraud"], day["score"], highest=0.3)
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['model', 'flag everyone', 'flag no one']

    At the threshold 1 a false alarm would cost infinitely more than a miss:

    >>> decision_curve(day["is_fraud"], day["score"], highest=1)
    Traceback (most recent call last):
        ...
    ValueError: the highest threshold must be above 0 and below 1, not 1
    """
    if not 0 < highest < 1:
        raise ValueError(f"the highest threshold must be above 0 and below 1, not {highest!r}")
    labels, named = named_scores(y_true, probabilities)
    cuts = np.linspace(highest / 120, highest, 120)
    ax = axes_or_new(ax)
    for number, name, values in numbered(named):
        ax.plot(cuts, net_benefit(labels, values, cuts), label=name or "model", **line_style(number))
    ax.plot(cuts, net_benefit(labels, np.ones(len(labels)), cuts), label="flag everyone", **REFERENCE)
    ax.axhline(0, color=ROLES["threshold"], linewidth=1, label="flag no one")
    top = float(labels.mean())
    ax.set(xlabel="threshold = false alarm / (false alarm + miss)", ylabel="net benefit", xlim=(0, highest))
    ax.set_ylim(-0.4 * top, 1.1 * top)
    legend_below(ax)
    return ax
