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
    """Draw rows of two features by class, the minority last so that nothing hides it.

    Parameters
    ----------
    X : DataFrame or array of shape (n, 2)
        The two features; a DataFrame's column names become the axis labels.
    y : array-like of shape (n,)
        Labels: 0 is the majority, 1 the minority.
    labels : (str, str)
        What to call the two classes; their counts are added.
    ax : Axes, optional
        Where to draw; a new figure when not given.

    Raises
    ------
    ValueError
        When `X` does not have two columns, or as many rows as `y`.
    """
    return _scatter(X, y, labels=labels, crowd=len(as_labels(y)), few=int(as_labels(y).sum()), ax=axes_or_new(ax))


def _scatter(X: Any, y: Any, *, labels: tuple[str, str], crowd: int, few: int, ax: Axes) -> Axes:
    """Draw the points; the more rows (`crowd`) and minority rows (`few`), the smaller."""
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
        if handle is not None:
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
    """Draw two class scatters side by side on the same scales.

    Parameters
    ----------
    X, y, X_resampled, y_resampled
        Two features and labels, as in `class_scatter`, before and after resampling.
    labels : (str, str)
        What to call the two classes.
    titles : (str, str)
        Titles of the two panels.
    ax : sequence of two Axes, optional
        Where to draw; a new figure when not given.

    Returns
    -------
    array of two Axes
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
    """Draw how the scores of both classes are spread, with counts on a log scale so that few rows show.

    Parameters
    ----------
    y_true : array-like of shape (n,)
        Labels 0 and 1.
    scores : array-like of shape (n,)
        Scores of the positive class.
    threshold : float, optional
        Where to draw a vertical mark.
    n_bins : int
        Bars, the same for both classes.
    ax : Axes, optional
        Where to draw; a new figure when not given.

    Raises
    ------
    ValueError
        When labels or scores do not fit, or one of the classes is absent.
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
