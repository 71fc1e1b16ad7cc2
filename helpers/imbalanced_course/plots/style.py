"""Colors, markers and line styles that tell groups apart in color, in gray and by shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from imbalanced_course.scoreboard import as_labels, as_scores

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The palette of Okabe and Ito (2008), safe for color-blind readers, with a wine red of Tol's (2021) and three grays.
SKY, BLUE, GREEN, VERMILLION, PURPLE, ORANGE, WINE, BLACK = (
    "#56B4E9",
    "#0072B2",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#E69F00",
    "#882255",
    "#000000",
)
GREY, MID_GREY, PALE_GREY = "#666666", "#949494", "#C4C4C4"

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "negative": SKY,
        "positive": VERMILLION,
        "model": BLUE,
        "threshold": BLACK,
        "reference": MID_GREY,
        "highlighted": WINE,
        "interval": PALE_GREY,
        "precision": GREEN,
        "recall": ORANGE,
    }
)
"""One color for one role through the whole course. The first seven differ in lightness, so a gray print shows them too.

`reference` is what a model is held against: a dummy, a chance level, a diagonal. `interval` fills bands.
"""

MAJORITY: dict[str, Any] = {"color": ROLES["negative"], "marker": "o"}
MINORITY: dict[str, Any] = {"color": ROLES["positive"], "marker": "^"}

# Several models in one picture. Plain dashes are kept for what is held against them, and the colors of the two classes
# for the classes.
LINES: tuple[dict[str, Any], ...] = (
    {"color": BLUE, "linestyle": "-", "marker": "o"},
    {"color": ORANGE, "linestyle": "-.", "marker": "^"},
    {"color": WINE, "linestyle": ":", "marker": "s"},
    {"color": GREEN, "linestyle": (0, (5, 1, 1, 1, 1, 1)), "marker": "D"},
    {"color": PURPLE, "linestyle": (0, (3, 1, 3, 1, 1, 1)), "marker": "v"},
    {"color": BLACK, "linestyle": (0, (1, 1)), "marker": "x"},
)

REFERENCE: dict[str, Any] = {"color": ROLES["reference"], "linestyle": "--", "linewidth": 1.4}
MARK: dict[str, Any] = {"color": ROLES["threshold"], "linestyle": (0, (1, 2)), "linewidth": 1.6}

WIDEST = 7.0
"""Inches: JupyterLab beside its open outline leaves no more on a small laptop."""

FIGSIZE = (5.5, 4.4)
DPI = 100

# Room for a tick's and an axis' label between a panel and its legend; and what an entry takes of a row.
_POINTS_BELOW_AXES = 38
_INCHES_OF_A_LETTER, _INCHES_OF_A_SIGN = 0.078, 0.5


def axes_or_new(ax: Axes | None, *, figsize: tuple[float, float] = FIGSIZE) -> Axes:
    """Return `ax`, or the axes of a new small figure."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=figsize, dpi=DPI, layout="constrained")[1]


def legend_below(ax: Axes, handles: Sequence[Any] = (), texts: Sequence[str] = ()) -> Any:
    """Put a legend below the axis labels of `ax`, where it hides no data.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to put it.
    handles : sequence of matplotlib artists
        What is explained; by default all that is plotted on `ax` with a label.
    texts : sequence of str
        One explanation per handle.

    Returns
    -------
    matplotlib.legend.Legend
        With as many columns as fit into the width of `ax`.

    See Also
    --------
    matplotlib.axes.Axes.legend : Makes the legend.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> from imbalanced_course.plots.style import REFERENCE, legend_below
    >>> ax = plt.subplots(figsize=(4, 3))[1]
    >>> _ = ax.plot([0, 1], [0, 1], label="chance level", **REFERENCE)
    >>> [text.get_text() for text in legend_below(ax).get_texts()]
    ['chance level']
    """
    from matplotlib.transforms import ScaledTranslation

    if not handles:
        handles, texts = ax.get_legend_handles_labels()
    width = ax.bbox.width / ax.figure.dpi
    widest = _INCHES_OF_A_SIGN + _INCHES_OF_A_LETTER * max(map(len, texts), default=1)
    below = ax.transAxes + ScaledTranslation(0, -_POINTS_BELOW_AXES / 72, ax.figure.dpi_scale_trans)
    return ax.legend(
        handles,
        texts,
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        bbox_transform=below,
        borderaxespad=0,
        ncols=max(1, min(len(texts), int(width / widest))),
        frameon=False,
    )


def line_style(number: int) -> dict[str, Any]:
    """Return how to draw curve `number`: line style and sparse markers differ, not only the color."""
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
