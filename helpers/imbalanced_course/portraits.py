"""Describe a figure or a model as plain data, so that a check can judge it without holding the object itself."""

from __future__ import annotations

import sys
from typing import Any


def is_figure(candidate: Any) -> bool:
    """Return whether this is a matplotlib Figure or Axes, or a list or array of Axes."""
    return _figure_of(candidate) is not None


def describe_figure(candidate: Any) -> dict[str, Any]:
    """Return what a figure shows: `{"axes": [one dict for each axes]}`.

    Each axes' dict has `title`, `xlabel`, `ylabel`, `legend` (list of texts), `lines` (list of numbers of points),
    `scatters` (list of numbers of points), `bars` (list of heights), `xscale` and `yscale`.

    Raises
    ------
    TypeError
        When it is not a figure.
    """
    figure = _figure_of(candidate)
    if figure is None:
        raise TypeError("not a matplotlib figure or axes")
    return {"axes": [_describe_axes(axes) for axes in figure.axes]}


def is_model(candidate: Any) -> bool:
    """Return whether this is a scikit-learn style estimator (an object, not its class)."""
    return not isinstance(candidate, type) and all(
        callable(getattr(candidate, name, None)) for name in ("fit", "get_params", "set_params")
    )


def describe_model(model: Any) -> dict[str, Any]:
    """Return an estimator's class path and its own parameters: `{"class": …, "params": {…}}`."""
    kind = type(model)
    return {"class": f"{kind.__module__}.{kind.__qualname__}", "params": dict(model.get_params(deep=False))}


def _figure_of(candidate: Any) -> Any:
    if "matplotlib.figure" not in sys.modules:
        return None
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    if isinstance(candidate, Figure):
        return candidate
    if isinstance(candidate, Axes):
        return candidate.get_figure()
    return None


def _describe_axes(axes: Any) -> dict[str, Any]:
    legend = axes.get_legend()
    return {
        "title": axes.get_title(),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "xscale": axes.get_xscale(),
        "yscale": axes.get_yscale(),
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "lines": [len(line.get_xdata()) for line in axes.get_lines()],
        "scatters": [len(points.get_offsets()) for points in axes.collections if hasattr(points, "get_offsets")],
        "bars": [float(patch.get_height()) for patch in axes.patches if hasattr(patch, "get_height")],
    }
