"""The scoreboard as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from imbalanced_course.plots.style import DPI, FIGSIZE, GREY, ROLES, WIDEST, legend_below
from imbalanced_course.scoreboard import CUT_FREE, DEFAULT_CUT, METRICS, TUNED_CUT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FOUR_QUESTIONS = ("average_precision", "brier", "f1", "cost")

_EITHER = "at any threshold"
_STYLES: dict[str, dict[str, Any]] = {
    _EITHER: {"color": ROLES["model"], "marker": "s"},
    DEFAULT_CUT: {"color": GREY, "marker": "o", "markerfacecolor": "white"},
    TUNED_CUT: {"color": ROLES["model"], "marker": "D"},
}
_WORDS = {DEFAULT_CUT: "threshold 0.5", TUNED_CUT: "threshold tuned for cost"}
_FROM_0_TO_1 = ("average_precision", "roc_auc", "precision", "recall", "f1")


def scoreboard(table: pd.DataFrame, *, metric: str | Sequence[str] = FOUR_QUESTIONS, ax: Any = None) -> Any:
    """Plot the scoreboard: a dot with its interval for each strategy and threshold, and a panel for each metric.

    Metrics between 0 and 1 have these limits in every picture; the others begin at 0.

    Parameters
    ----------
    table : DataFrame
        What `imbalanced_course.scoreboard.table` returned.
    metric : str or sequence of str
        Columns to plot; by default one for each of the four questions.
    ax : Axes or sequence of Axes, optional
        Where to plot, one for each metric; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes, or numpy.ndarray of them if `metric` is a sequence
        Strategies from top to bottom in the order of the table.

    Raises
    ------
    ValueError
        When a metric is not a column of the scoreboard, or `ax` has another number of axes than `metric` has metrics.

    See Also
    --------
    imbalanced_course.scoreboard.table : Computes the table.

    Examples
    --------
    >>> from imbalanced_course import plots
    >>> from imbalanced_course.scoreboard import load_contest, table
    >>> ax = plots.scoreboard(table(load_contest("trees of its own")), metric="cost")
    >>> ax.get_xlabel().splitlines()
    ['cost (euro)', '(lower is better)']
    >>> [text.get_text() for text in ax.figure.legends[0].get_texts()]
    ['threshold 0.5', 'threshold tuned for cost', '95% interval']
    """
    import matplotlib.pyplot as plt

    metrics = [metric] if isinstance(metric, str) else list(metric)
    for name in metrics:
        if name not in METRICS or name not in table:
            raise ValueError(
                f"the table has no metric {name!r}; it has {', '.join(one for one in METRICS if one in table)}"
            )
    strategies = list(dict.fromkeys(table["strategy"]))
    figure = None
    if ax is None:
        rows, columns = -(-len(metrics) // 2), min(len(metrics), 2)
        size = (FIGSIZE[0] if columns == 1 else WIDEST, 0.8 + rows * (0.7 + 0.36 * len(strategies)))
        figure, grid = plt.subplots(rows, columns, figsize=size, dpi=DPI, layout="constrained", sharey=True)
        ax = np.ravel(grid)[: len(metrics)]
        for unused in np.ravel(grid)[len(metrics) :]:
            unused.remove()
    panels = np.ravel(np.asarray(ax, dtype=object))
    for panel, name in zip(panels, metrics, strict=True):
        _draw_panel(panel, table, name, strategies)
    panels[0].set(ylim=(len(strategies) - 0.5, -0.5))
    panels[0].set_yticks(range(len(strategies)), strategies)
    panels[-1].errorbar([], [], xerr=[], linestyle="none", capsize=3, color=GREY, label=_interval(table))
    if figure is None:
        legend_below(panels[0], *_entries(panels))
    else:
        figure.legend(*_entries(panels), loc="outside lower center", ncols=2 if len(metrics) > 1 else 1, frameon=False)
    return panels[0] if isinstance(metric, str) else panels


def _entries(panels: Any) -> tuple[list[Any], list[str]]:
    """Return handles and words of a legend for all panels."""
    found = {text: line for panel in panels for line, text in zip(*panel.get_legend_handles_labels(), strict=True)}
    return list(found.values()), list(found)


def _interval(table: pd.DataFrame) -> str:
    return f"{100 * table.attrs.get('confidence', 0.95):g}% interval"


def _draw_panel(ax: Axes, table: pd.DataFrame, metric: str, strategies: list[str]) -> None:
    if metric in CUT_FREE:
        drawn = [(_EITHER, table.drop_duplicates("strategy"), 0.0)]
    else:
        drawn = [(cut, table[table["cut"] == cut], shift) for cut, shift in ((DEFAULT_CUT, -0.16), (TUNED_CUT, 0.16))]
    for label, rows, shift in drawn:
        middle = rows[metric].to_numpy()
        ends = np.abs(rows[[f"{metric}_low", f"{metric}_high"]].to_numpy().T - middle)
        places = [strategies.index(one) + shift for one in rows["strategy"]]
        words = _WORDS.get(label, label)
        ax.errorbar(middle, places, xerr=ends, linestyle="none", capsize=3, markersize=6, label=words, **_STYLES[label])
    label, better = METRICS[metric]
    ax.set_xlabel(f"{label}\n({better} is better)")
    ax.grid(axis="y", color=GREY, alpha=0.25, linewidth=0.8)
    if metric == "cost":
        ax.xaxis.set_major_formatter("{x:,.0f}")
    if metric in _FROM_0_TO_1:
        ax.set_xlim(-0.02, 1.02)
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"])
    else:
        end = max(float(rows[f"{metric}_high"].max()) for _, rows, _ in drawn) or 1.0
        ax.set_xlim(-0.02 * end, 1.04 * end)
        ax.locator_params(axis="x", nbins=4)
