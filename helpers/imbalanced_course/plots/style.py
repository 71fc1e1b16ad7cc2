"""Colours, markers and line styles that tell groups apart in colour, in grey and by shape."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from imbalanced_course.scoreboard import as_labels, as_scores

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The palette of Okabe and Ito (2008), safe for colour-blind readers.
SKY, BLUE, GREEN, VERMILLION, PURPLE, ORANGE, BLACK, GREY = (
    "#56B4E9",
    "#0072B2",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#E69F00",
    "#000000",
    "#666666",
)

MAJORITY: dict[str, Any] = {"color": SKY, "marker": "o"}
MINORITY: dict[str, Any] = {"color": VERMILLION, "marker": "^"}

# Plain dashes are kept for chance levels and diagonals, so no curve uses them.
LINES: tuple[dict[str, Any], ...] = (
    {"color": BLUE, "linestyle": "-", "marker": "o"},
    {"color": VERMILLION, "linestyle": "-.", "marker": "^"},
    {"color": GREEN, "linestyle": ":", "marker": "s"},
    {"color": PURPLE, "linestyle": (0, (5, 1, 1, 1, 1, 1)), "marker": "D"},
    {"color": ORANGE, "linestyle": (0, (3, 1, 3, 1, 1, 1)), "marker": "v"},
    {"color": BLACK, "linestyle": (0, (1, 1)), "marker": "x"},
)

REFERENCE: dict[str, Any] = {"color": GREY, "linestyle": "--", "linewidth": 1.2}
MARK: dict[str, Any] = {"color": BLACK, "linestyle": (0, (1, 2)), "linewidth": 1.6}

FIGSIZE = (5.0, 4.0)
DPI = 100


def axes_or_new(ax: Axes | None, *, figsize: tuple[float, float] = FIGSIZE) -> Axes:
    """Return `ax`, or the axes of a new small figure."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=figsize, dpi=DPI, layout="constrained")[1]


def line_style(number: int) -> dict[str, Any]:
    """Return how to draw curve `number`: line style and sparse markers differ, not the colour alone."""
    style = LINES[number % len(LINES)]
    return {**style, "linewidth": 1.8, "markersize": 5, "markevery": (0.03 * (number % len(LINES)), 0.2)}


def named_scores(y_true: Any, scores: Any) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return labels, and scores by name; one array alone gets the empty name.

    Raises
    ------
    ValueError
        When labels or scores do not fit, or one of the classes is absent.
    """
    labels = as_labels(y_true)
    if labels.min() == labels.max():
        raise ValueError("this picture needs rows of both classes; y_true holds only one")
    given = scores if isinstance(scores, Mapping) else {"": scores}
    return labels, {str(name): as_scores(values, len(labels)) for name, values in given.items()}


def with_name(name: str, text: str) -> str:
    """Return a legend entry: the figure in words, after the curve's name where it has one."""
    return f"{name}: {text}" if name else text


def numbered(named: Mapping[str, Any]) -> Any:
    """Return number, name and value of each curve."""
    return zip(count(), named.keys(), named.values(), strict=False)
