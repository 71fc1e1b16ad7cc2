"""Where the two classes lie: in two features, before and after resampling, and along a model's scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from imbalanced_course.plots.style import DPI, MAJORITY, MARK, MINORITY, WIDEST, axes_or_new, legend_below, named_scores
from imbalanced_course.scoreboard import as_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def class_scatter(
    X: Any, y: Any, *, labels: tuple[str, str] = ("majority", "minority"), ax: Axes | None = None
) -> Axes:
    """Plot rows of two features by class, the minority last so that nothing hides it.

    Parameters
    ----------
    X : DataFrame or array of shape (n, 2)
        The two features; a DataFrame's column names become the axis labels.
    y : array-like of shape (n,)
        Labels: 0 is the majority, 1 the minority.
    labels : (str, str)
        What to call the two classes; their counts are added.
    ax : Axes, optional
        Where to plot; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        What was drawn on.

    Raises
    ------
    ValueError
        When `X` does not have two columns, or as many rows as `y`, or the labels are not 0 and 1.

    See Also
    --------
    before_and_after : Plots two datasets side by side.
    imbalanced_course.datasets.make_two_features : Draws such a dataset.

    Examples
    --------
    >>> from imbalanced_course.datasets import make_two_features
    >>> from imbalanced_course.plots import class_scatter
    >>> ax = class_scatter(*make_two_features(1000), labels=("honest", "fraud"))
    >>> ax.get_xlabel()
    'feature_1'
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['honest (990)', 'fraud (10)']

    What is on the axes already, such as a line between the classes, stays there and in the legend:

    >>> import matplotlib.pyplot as plt
    >>> ax = plt.subplots()[1]
    >>> _ = ax.plot([0, 0], [-3, 3], label="border")
    >>> ax = class_scatter(*make_two_features(1000), ax=ax)
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['border', 'majority (990)', 'minority (10)']
    """
    return _scatter(X, y, labels=labels, crowd=len(as_labels(y)), few=int(as_labels(y).sum()), ax=axes_or_new(ax))


def _scatter(X: Any, y: Any, *, labels: tuple[str, str], crowd: int, few: int, ax: Axes) -> Axes:
    """Draw the points; the more rows (`crowd`) and minority rows (`few`), the smaller."""
    from matplotlib.collections import PathCollection

    names = [str(name) for name in X.columns] if isinstance(X, pd.DataFrame) else ["feature 1", "feature 2"]
    points, classes = np.asarray(X, dtype=float), as_labels(y)
    if points.shape != (len(classes), 2):
        raise ValueError(f"X must have two columns and a row for each label; its shape is {points.shape}")
    for value, label, style, size, alpha in (
        (0, labels[0], MAJORITY, *((14, 0.6) if crowd <= 3000 else (8, 0.35))),
        (1, labels[1], MINORITY, *((34, 0.95) if few <= 300 else (16, 0.7) if few <= 1500 else (8, 0.35))),
    ):
        chosen = points[classes == value]
        ax.scatter(
            chosen[:, 0],
            chosen[:, 1],
            s=size,
            alpha=alpha,
            label=f"{label} ({len(chosen):,})",
            edgecolors="none" if value == 0 or few > 1500 else "black",
            linewidths=0.4 if few <= 300 else 0.2,
            zorder=2 + value,
            **style,
        )
    ax.set(xlabel=names[0], ylabel=names[1])
    for handle in legend_below(ax).legend_handles:
        if isinstance(handle, PathCollection):  # `ax` may have lines, too
            handle.set(alpha=1, sizes=[30])
    return ax


def before_and_after(
    X: Any,
    y: Any,
    X_resampled: Any,
    y_resampled: Any,
    *,
    labels: tuple[str, str] = ("majority", "minority"),
    titles: tuple[str, str] = ("before", "after"),
    ax: Any = None,
) -> np.ndarray:
    """Plot two class scatters side by side on the same scales, to see what resampling changes.

    Parameters
    ----------
    X, X_resampled : DataFrame or array of shape (n, 2)
        The two features before and after resampling; the number of rows may differ.
    y, y_resampled : array-like of shape (n,)
        Labels 0 (majority) and 1 (minority) before and after resampling.
    labels : (str, str)
        What to call the two classes.
    titles : (str, str)
        Titles of the two panels.
    ax : sequence of two Axes, optional
        Where to plot; a new figure by default.

    Returns
    -------
    numpy.ndarray of two matplotlib.axes.Axes
        The left and the right panel.

    Raises
    ------
    ValueError
        When features and labels do not fit (see `class_scatter`), or `ax` is not two axes.

    See Also
    --------
    class_scatter : Plots one dataset.

    Examples
    --------
    >>> from imblearn.under_sampling import RandomUnderSampler
    >>> from imbalanced_course.datasets import make_two_features
    >>> from imbalanced_course.plots import before_and_after
    >>> X, y = make_two_features(1000, minority_share=0.05)
    >>> panels = before_and_after(X, y, *RandomUnderSampler(random_state=0).fit_resample(X, y))
    >>> [[text.get_text() for text in panel.get_legend().get_texts()] for panel in panels]
    [['majority (950)', 'minority (50)'], ['majority (50)', 'minority (50)']]
    """
    import matplotlib.pyplot as plt

    if ax is None:
        ax = plt.subplots(1, 2, figsize=(WIDEST, 3.9), dpi=DPI, layout="constrained", sharex=True, sharey=True)[1]
    panels = np.ravel(np.asarray(ax, dtype=object))
    both = [as_labels(y), as_labels(y_resampled)]
    crowd, few = max(map(len, both)), max(int(classes.sum()) for classes in both)
    for panel, points, classes, title in zip(panels, (X, X_resampled), both, titles, strict=True):
        _scatter(points, classes, labels=labels, crowd=crowd, few=few, ax=panel)
        panel.set_title(title)
        panel.label_outer()
    return panels


def score_histogram(
    y_true: Any, scores: Any, *, threshold: float | None = None, n_bins: int = 40, ax: Axes | None = None
) -> Axes:
    """Plot how the scores of both classes are spread, with counts on a log scale so that a few rows are visible.

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    scores : array-like of shape (n,)
        Scores of the positive class.
    threshold : float, optional
        Where to put a vertical mark.
    n_bins : int
        Bars, the same for both classes.
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
    threshold_curves : Shows what each threshold gives.

    Examples
    --------
    >>> from imbalanced_course.plots import score_histogram
    >>> from imbalanced_course.score_sets import scored_day
    >>> day = scored_day(roc_auc=0.95, seed=0, payments=2000)
    >>> ax = score_histogram(day["is_fraud"], day["score"], threshold=0.5)
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['negative (1,980)', 'positive (20)', 'threshold 0.5']
    """
    classes, named = named_scores(y_true, {"": scores})
    values = named[""]
    edges = np.histogram_bin_edges(values, bins=n_bins).tolist()
    ax = axes_or_new(ax)
    negatives, positives = values[classes == 0], values[classes == 1]
    ax.hist(
        negatives, bins=edges, label=f"negative ({len(negatives):,})", color=MAJORITY["color"], alpha=0.55, zorder=2
    )
    ax.hist(
        positives,
        bins=edges,
        label=f"positive ({len(positives):,})",
        histtype="stepfilled",
        facecolor="none",
        edgecolor=MINORITY["color"],
        hatch="////",
        linewidth=1.6,
        zorder=3,
    )
    if threshold is not None:
        ax.axvline(threshold, label=f"threshold {threshold:.3g}", zorder=4, **MARK)
    ax.set(xlabel="score", ylabel="rows in the bin (log scale)", yscale="log")
    ax.set_ylim(bottom=0.7)
    legend_below(ax)
    return ax
