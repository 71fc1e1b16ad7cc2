"""Describe a figure or a model as plain data, so that a check can judge it without holding the object itself."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np

# What differs less than this from what is behind it, out of 1, cannot be seen.
FAINTEST = 0.01
# A scatter with more colours than this has a colour scale, not groups.
MOST_GROUPS = 10


def is_figure(candidate: Any) -> bool:
    """Return whether this is a matplotlib figure, a part of one, or a container of nothing but its parts."""
    return _figure_of(candidate) is not None


def describe_figure(candidate: Any) -> dict[str, Any]:
    """Return what a figure shows, as plain data.

    Parameters
    ----------
    candidate : Figure, Axes, another part of a figure, or a container of them
        The whole figure is described.

    Returns
    -------
    dict
        `title`, `xlabel`, `ylabel`, `legend` (list of texts) and `entries` of the whole figure, and `axes`, one dict
        for each: `title`, `xlabel`, `ylabel`, `legend`, `entries`, `xscale`, `yscale`; `lines` and `scatters` (numbers
        of points), `bars` (heights); `visible`, `colorbar` (whether it is one), `rows` and `columns` (first and last
        place in the grid of panels, None outside a grid); and `points`.

        `entries` has a dict for each line of the legends: its `text`, and `marker` and `colour` of the sign beside it
        (None where it is no marker).

        `points` has a dict for each scatter, and each line with markers, that can be seen, in the order in which they
        are painted (the last lies on top): `count`; `marker` (a number, equal for equal markers); `colour` of the first
        point; `label`; `groups` (numbers of points of each colour, in the order of the colours; empty for a colour
        scale), and `centre` and `spread`, the means and standard deviations of the points as [x, y].

    Raises
    ------
    TypeError
        When it is not a figure.
    """
    figure = _figure_of(candidate)
    if figure is None:
        raise TypeError("not a matplotlib figure or axes")
    return {
        "title": figure.get_suptitle(),
        "xlabel": figure.get_supxlabel(),
        "ylabel": figure.get_supylabel(),
        "legend": [text.get_text() for legend in figure.legends for text in legend.get_texts()],
        "entries": [entry for legend in figure.legends for entry in _entries(legend)],
        "axes": [_describe_axes(axes) for axes in figure.axes],
    }


def is_model(candidate: Any) -> bool:
    """Return whether this is a scikit-learn style estimator (an object, not its class)."""
    return not isinstance(candidate, type) and all(
        callable(getattr(candidate, name, None)) for name in ("fit", "get_params", "set_params")
    )


def describe_model(model: Any) -> dict[str, Any]:
    """Return an estimator's class path and its own parameters: `{"class": …, "params": {…}}`.

    A parameter that is one of NumPy's types, as encoders have it, is given by the type's name: it means the same.
    """
    kind = type(model)
    params = {
        name: np.dtype(value).name if isinstance(value, type) and issubclass(value, np.generic) else value
        for name, value in model.get_params(deep=False).items()
    }
    return {"class": f"{kind.__module__}.{kind.__qualname__}", "params": params}


def _figure_of(candidate: Any) -> Any:
    if "matplotlib.figure" not in sys.modules:
        return None
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    if isinstance(candidate, Figure):
        return candidate
    if isinstance(candidate, Artist):
        found = candidate.get_figure()
        return found if isinstance(found, Figure) else None
    if isinstance(candidate, np.ndarray):
        candidate = candidate.ravel().tolist() if candidate.dtype.kind == "O" else ()
    if not isinstance(candidate, (list, tuple, dict)):
        return None
    # Panels, as `subplots` and `subplot_mosaic` return them, with the figure or without it.
    first = None
    for part in candidate.values() if isinstance(candidate, dict) else candidate:
        found = _figure_of(part)
        if found is None or first not in (None, found):
            return None
        first = found
    return first


def _describe_axes(axes: Any) -> dict[str, Any]:
    legend = axes.get_legend()
    titles = [axes.get_title(loc=place) for place in ("center", "left", "right")]
    place = axes.get_subplotspec()
    place = place.get_topmost_subplotspec() if place else None  # a colour bar splits the place of its panel
    return {
        "title": next((title for title in titles if title), ""),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "xscale": axes.get_xscale(),
        "yscale": axes.get_yscale(),
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "entries": _entries(legend) if legend else [],
        "lines": [len(line.get_xdata()) for line in axes.get_lines()],
        "scatters": [len(points.get_offsets()) for points in axes.collections if hasattr(points, "get_offsets")],
        "bars": [float(patch.get_height()) for patch in axes.patches if hasattr(patch, "get_height")],
        "visible": bool(axes.get_visible()),
        "colorbar": axes.get_label() == "<colorbar>",
        "rows": [place.rowspan.start, place.rowspan.stop - 1] if place else None,
        "columns": [place.colspan.start, place.colspan.stop - 1] if place else None,
        "points": list(_describe_points(axes)),
    }


def _entries(legend: Any) -> list[dict[str, Any]]:
    """Describe the lines of a legend: what each says, and the sign beside it."""
    signs = zip(legend.get_texts(), legend.legend_handles, strict=False)
    return [{"text": text.get_text(), **_sign(handle)} for text, handle in signs]


def _sign(artist: Any) -> dict[str, Any]:
    """Return marker and colour of a scatter, or of a line with markers; None for both where it is neither."""
    from matplotlib.collections import PathCollection
    from matplotlib.colors import to_hex
    from matplotlib.lines import Line2D

    if isinstance(artist, PathCollection):
        faces = np.asarray(artist.get_facecolor())
        colours = faces if len(faces) else np.asarray(artist.get_edgecolor())
        return {"marker": _shape(artist.get_paths()[:1]), "colour": to_hex(colours[0]) if len(colours) else None}
    if isinstance(artist, Line2D) and artist.get_marker() not in (None, "None", "none", "", " "):
        colour = artist.get_markerfacecolor()
        colour = artist.get_markeredgecolor() if isinstance(colour, str) and colour == "none" else colour
        return {"marker": _shape(_marker_of_line(artist)), "colour": to_hex(colour)}
    return {"marker": None, "colour": None}


def _shape(paths: Any) -> int:
    """Return a number that is equal for equal markers."""
    return zlib.crc32(repr([np.round(np.asarray(path.vertices), 6).tolist() for path in paths]).encode())


def _describe_points(axes: Any) -> Iterator[dict[str, Any]]:
    """Describe what is drawn as separate points, from the bottom to the top."""
    from matplotlib.collections import PathCollection
    from matplotlib.lines import Line2D

    for artist in sorted(axes.get_children(), key=lambda artist: artist.get_zorder()):
        if not artist.get_visible() or not _can_be_seen(artist, axes.get_facecolor()):
            continue
        if isinstance(artist, PathCollection):
            places = _plain(artist.get_offsets())
            groups = _groups(artist, len(places))
        elif isinstance(artist, Line2D) and artist.get_marker() not in (None, "None", "none", "", " "):
            places = _plain(artist.get_xydata())
            groups = [len(places)]
        else:
            continue
        yield {
            "count": len(places),
            **_sign(artist),
            "label": str(artist.get_label()),
            "groups": groups,
            "centre": np.nanmean(places, axis=0).tolist() if np.isfinite(places).any() else [],
            "spread": np.nanstd(places, axis=0).tolist() if np.isfinite(places).any() else [],
        }


def _can_be_seen(artist: Any, background: Any) -> bool:
    """Return whether a scatter, or a line with markers, has a size and a colour that differs from what is behind it."""
    from matplotlib.collections import PathCollection
    from matplotlib.colors import to_rgba
    from matplotlib.lines import Line2D

    if isinstance(artist, PathCollection):
        if artist.get_alpha() is None and artist.get_array() is not None:
            return True
        sizes = list(artist.get_sizes())
        colours = [*artist.get_facecolor(), *artist.get_edgecolor()]
    elif isinstance(artist, Line2D):
        sizes = [artist.get_markersize()]
        colours = [
            to_rgba(colour, artist.get_alpha())
            for colour in (artist.get_markerfacecolor(), artist.get_markeredgecolor())
        ]
    else:
        return True
    behind = np.array(to_rgba(background)[:3])
    contrast = [alpha * np.abs(np.array(rgb) - behind).max() for *rgb, alpha in colours]
    return bool(np.max(sizes, initial=0) > 0 and max(contrast, default=0) > FAINTEST)


def _plain(values: Any) -> np.ndarray:
    """Return numbers of which some may be masked as an array in which these are nan."""
    return np.ma.filled(np.ma.array(values, dtype=float), np.nan)


def _marker_of_line(line: Any) -> list[Any]:
    from matplotlib.markers import MarkerStyle

    style = MarkerStyle(line.get_marker(), fillstyle=line.get_fillstyle())
    return [style.get_path().transformed(style.get_transform())]


def _groups(scatter: Any, count: int) -> list[int]:
    """Return the number of points of each colour; none where the colours make a scale."""
    values = scatter.get_array()
    colours = np.asarray(scatter.get_facecolors()) if values is None else _plain(values).reshape(-1, 1)
    if len(colours) != count or count == 0:
        return [count]
    sizes = np.unique(colours, axis=0, return_counts=True)[1]
    return [int(size) for size in sizes] if len(sizes) <= MOST_GROUPS else []
