"""The scoreboard as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from imbalanced_course.plots.style import BLACK, BLUE, DPI, GREY, VERMILLION
from imbalanced_course.scoreboard import CUT_FREE, DEFAULT_CUT, METRICS, TUNED_CUT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FOUR_QUESTIONS = ("average_precision", "brier", "f1", "cost")

_EITHER = "at any cut"
_STYLES: dict[str, dict[str, Any]] = {
    DEFAULT_CUT: {"color": VERMILLION, "marker": "o", "markerfacecolor": "white"},
    TUNED_CUT: {"color": BLUE, "marker": "D"},
    _EITHER: {"color": BLACK, "marker": "s"},
}


def scoreboard(table: pd.DataFrame, *, metric: str | Sequence[str] = FOUR_QUESTIONS, ax: Any = None) -> Any:
    """Draw the scoreboard: a dot with its interval for each strategy and cut, a panel for each metric.

    Parameters
    ----------
    table : DataFrame
        What `imbalanced_course.scoreboard.table` returned.
    metric : str or sequence of str
        Columns to draw; by default one for each of the four questions.
    ax : Axes or sequence of Axes, optional
        Where to draw, one for each metric; a new figure when not given.

    Returns
    -------
    Axes, or array of Axes when several metrics are asked for
        Strategies from top to bottom in the order of the table.

    Raises
    ------
    ValueError
        When a metric is not a column of the scoreboard.
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
        size = (5.5 if len(metrics) == 1 else 2.0 + 2.1 * len(metrics), 1.5 + 0.42 * len(strategies))
        figure, ax = plt.subplots(1, len(metrics), figsize=size, dpi=DPI, layout="constrained", sharey=True)
    panels = np.ravel(np.asarray(ax, dtype=object))
    for panel, name in zip(panels, metrics, strict=True):
        _draw_panel(panel, table, name, strategies)
    panels[0].set(ylabel="strategy", ylim=(len(strategies) - 0.5, -0.5))
    panels[0].set_yticks(range(len(strategies)), strategies)
    entries = {text: line for panel in panels for line, text in zip(*panel.get_legend_handles_labels(), strict=True)}
    if figure is None:
        panels[0].legend(entries.values(), entries.keys())
    else:
        figure.legend(entries.values(), entries.keys(), loc="outside lower center", ncols=len(entries))
    return panels[0] if isinstance(metric, str) else panels


def _draw_panel(ax: Axes, table: pd.DataFrame, metric: str, strategies: list[str]) -> None:
    if metric in CUT_FREE:
        drawn = [(_EITHER, table.drop_duplicates("strategy"), 0.0)]
    else:
        drawn = [(cut, table[table["cut"] == cut], shift) for cut, shift in ((DEFAULT_CUT, -0.16), (TUNED_CUT, 0.16))]
    for label, rows, shift in drawn:
        middle = rows[metric].to_numpy()
        ends = np.abs(rows[[f"{metric}_low", f"{metric}_high"]].to_numpy().T - middle)
        places = [strategies.index(one) + shift for one in rows["strategy"]]
        ax.errorbar(middle, places, xerr=ends, linestyle="none", capsize=3, markersize=6, label=label, **_STYLES[label])
    label, better = METRICS[metric]
    ax.set_xlabel(f"{label}\n({better} is better)")
    ax.grid(axis="y", color=GREY, alpha=0.25, linewidth=0.8)
    if metric == "cost":
        ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.locator_params(axis="x", nbins=4)
