"""Curves that judge scores over all thresholds: ranking and calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from imbalanced_course.plots.style import (
    GREY,
    REFERENCE,
    axes_or_new,
    legend_below,
    line_style,
    named_scores,
    numbered,
    with_name,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A little more than 0 to 1, so that markers at the border are whole; a panel is as wide as its place in the figure.
_UNIT_SQUARE: dict[str, Any] = {"xlim": (-0.02, 1.02), "ylim": (-0.02, 1.02), "aspect": "auto"}


def roc_curve(y_true: Any, scores: Any, *, ax: Axes | None = None) -> Axes:
    """Plot recall against the false positive rate, with the ROC AUC of each curve.

    The ROC AUC is the chance that a positive row scores higher than a negative one, where a tie counts half [1]_. It
    does not depend on the prevalence.

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    scores : array-like of shape (n,), or dict of str to such
        Scores of the positive class; a dict plots one curve per name.
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
    precision_recall_curve : Depends on the prevalence, as precision does.
    sklearn.metrics.RocCurveDisplay : Computes and plots the points.

    References
    ----------
    .. [1] Fawcett, T. (2006). "An introduction to ROC analysis." Pattern Recognition Letters, 27(8), 861-874.

    Examples
    --------
    >>> from imbalanced_course.plots import roc_curve
    >>> from imbalanced_course.score_sets import scored_day
    >>> day = scored_day(roc_auc=0.95, seed=0, payments=2000)
    >>> ax = roc_curve(day["is_fraud"], {"a model": day["score"]})
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['a model: ROC AUC 0.983', 'chance level: 0.500']
    """
    from sklearn.metrics import RocCurveDisplay

    labels, named = named_scores(y_true, scores)
    ax = axes_or_new(ax)
    for number, name, values in numbered(named):
        curve = RocCurveDisplay.from_predictions(labels, values, ax=ax)
        curve.line_.set(label=with_name(name, f"ROC AUC {curve.roc_auc:.3f}"), **line_style(number))
    ax.plot([0, 1], [0, 1], label="chance level: 0.500", **REFERENCE)
    ax.set(xlabel="false positive rate", ylabel="recall (true positive rate)", **_UNIT_SQUARE)
    legend_below(ax)
    return ax


def precision_recall_curve(y_true: Any, scores: Any, *, ax: Axes | None = None) -> Axes:
    """Plot precision against recall as the steps they are, with the average precision of each curve.

    Between two thresholds there is no point that a straight line could go through [1]_. The chance level is the
    prevalence of these rows, so state it whenever you state an average precision.

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    scores : array-like of shape (n,), or dict of str to such
        Scores of the positive class; a dict plots one curve per name.
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
    roc_curve : Doesn't depend on the prevalence.
    sklearn.metrics.PrecisionRecallDisplay : Computes and plots the points.

    References
    ----------
    .. [1] Davis, J., and Goadrich, M. (2006). "The relationship between precision-recall and ROC curves." Proceedings
       of the 23rd International Conference on Machine Learning, 233-240.

    Examples
    --------
    >>> from imbalanced_course.plots import precision_recall_curve
    >>> from imbalanced_course.score_sets import scored_day
    >>> day = scored_day(roc_auc=0.95, seed=0, payments=2000)
    >>> ax = precision_recall_curve(day["is_fraud"], {"a model": day["score"]})
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['a model: average precision 0.715', 'chance level: prevalence 0.01']
    """
    from sklearn.metrics import PrecisionRecallDisplay

    labels, named = named_scores(y_true, scores)
    prevalence = float(labels.mean())
    ax = axes_or_new(ax)
    for number, name, values in numbered(named):
        curve = PrecisionRecallDisplay.from_predictions(labels, values, ax=ax)
        label = with_name(name, f"average precision {curve.average_precision:.3f}")
        curve.line_.set(label=label, **line_style(number))
    ax.axhline(prevalence, label=f"chance level: prevalence {prevalence:.3g}", **REFERENCE)
    ax.set(xlabel="recall", ylabel="precision", **_UNIT_SQUARE)
    legend_below(ax)
    return ax


def reliability_curve(
    y_true: Any,
    probabilities: Any,
    *,
    n_bins: int = 10,
    strategy: str = "quantile",
    log: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Plot how often positives occur against how often they were predicted to, with each Brier score.

    Predictions are calibrated if, among the rows with a probability of 10%, 10% are positive [1]_. Then the curve
    follows the diagonal.

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    probabilities : array-like of shape (n,), or dict of str to such
        Probabilities of the positive class, 0 to 1; a dict plots one curve per name.
    n_bins : int
        Number of bins that the rows are put in by their probability.
    strategy : {"quantile", "uniform"}
        Bins of equally many rows, as nearly as ties allow, or of equal width.
    log : bool
        Whether both axes are logarithmic, which small probabilities need. A bin without any positive has no place
        there, so a triangle at the lower edge marks it. The legend says how many rows a dot represents.
    ax : Axes, optional
        Where to plot; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        What was drawn on.

    Raises
    ------
    ValueError
        When labels or probabilities do not fit, or one of the classes is absent.

    See Also
    --------
    imbalanced_course.scoreboard.score_quality : Computes the Brier score and the log loss.
    sklearn.calibration.calibration_curve : Computes the points.

    References
    ----------
    .. [1] DeGroot, M. H., and Fienberg, S. E. (1983). "The comparison and evaluation of forecasters." The Statistician,
       32(1-2), 12-22.

    Examples
    --------
    >>> from imbalanced_course.plots import reliability_curve
    >>> from imbalanced_course.score_sets import scored_day
    >>> day = scored_day(roc_auc=0.95, seed=0, payments=2000)
    >>> ax = reliability_curve(day["is_fraud"], {"a model": day["score"]}, n_bins=5, log=True)
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['perfectly calibrated', 'a model: Brier score 0.0051', 'bin without a positive']
    >>> ax.get_legend().get_title().get_text()
    'each dot: 274 to 530 rows'
    """
    from sklearn.calibration import calibration_curve
    from sklearn.metrics import brier_score_loss

    labels, named = named_scores(y_true, probabilities)
    ax = axes_or_new(ax)
    curves = {
        name: calibration_curve(labels, values, n_bins=n_bins, strategy=strategy) for name, values in named.items()
    }
    seen = [value for observed, predicted in curves.values() for value in (*observed, *predicted) if value > 0]
    low, high = (min(seen) / 2, 1.0) if log else (0.0, min(1.0, max(seen) * 1.05))
    ax.plot([low, high], [low, high], label="perfectly calibrated", **REFERENCE)
    empty = False
    for number, name, (observed, predicted) in numbered(curves):
        style = {**line_style(number), "markevery": None}
        text = with_name(name, f"Brier score {brier_score_loss(labels, named[name]):.4f}")
        shown = (observed > 0) & (predicted > 0) if log else observed >= 0
        ax.plot(predicted[shown], observed[shown], label=text, **style)
        without = ~shown & (predicted > 0)
        empty = empty or bool(without.any())
        if without.any():
            ax.plot(
                predicted[without],
                [low] * int(without.sum()),
                linestyle="none",
                marker="v",
                color=style["color"],
                markerfacecolor="none",
                clip_on=False,
            )
    if empty:
        ax.plot(
            [], [], linestyle="none", marker="v", color=GREY, markerfacecolor="none", label="bin without a positive"
        )
    if log:
        ax.set(xscale="log", yscale="log")
    ax.set(
        xlabel="mean predicted probability", ylabel="observed share of positives", xlim=(low, high), ylim=(low, high)
    )
    sizes = [size for values in named.values() for size in _bin_sizes(values, n_bins, strategy)]
    fewest, most = min(sizes), max(sizes)
    legend_below(ax).set_title(f"each dot: {fewest:,} {'rows' if fewest == most else f'to {most:,} rows'}")
    return ax


def _bin_sizes(values: np.ndarray, n_bins: int, strategy: str) -> list[int]:
    """Return how many rows each bin of scikit-learn's `calibration_curve` holds, empty ones left out."""
    parts = np.linspace(0, 1, n_bins + 1)
    edges = parts if strategy == "uniform" else np.percentile(values, 100 * parts)
    sizes = np.bincount(np.searchsorted(edges[1:-1], values))
    return [int(size) for size in sizes if size]
