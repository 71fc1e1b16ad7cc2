"""The report's pictures, as PNG files in base64: they read in grey, and the page has their numbers as tables."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd

from coursework.reporting.quick_check import QuickCheck
from coursework.standalone_page import PagePicture, page_picture
from imbalanced_course.plots.style import BLACK, BLUE, GREY, MARK, ORANGE, SKY

# With more rows than this a picture has neither names nor numbers in it.
MOST_NAMED = 40
DPI = 150
# Inches. A picture is as wide on the page as it was drawn, and on a phone it shrinks: drawn wider, its words would be
# too small there.
_WIDTH = 5.2
_LONGEST_LABEL = 36


def points_picture(points: pd.DataFrame, status: pd.DataFrame, most: Sequence[float]) -> PagePicture:
    """Draw a heat map of learners by lessons, fewest points at the top.

    Parameters
    ----------
    points, status : DataFrame
        As `class_points.points_table` and `class_points.status_table` give them.
    most : sequence of float
        The most points of each lesson.
    """
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Patch

    order = np.argsort(points.sum(axis=1).to_numpy(), kind="stable")
    points, status = points.iloc[order], status.iloc[order]
    small = len(points) <= MOST_NAMED
    height = 1.5 + (0.28 * len(points) if small else min(max(4.0, len(points) / 125), 8.0))
    width = min(_WIDTH, 2.6 + 0.42 * points.shape[1])
    shades = LinearSegmentedColormap.from_list("points", ["#e3eef7", "#2166a5"])
    with _figure(width, height) as (figure, axes):
        share = points.to_numpy(dtype=float) / np.asarray(most, dtype=float)
        pixels = np.ones((*share.shape, 3))
        pixels[~np.isnan(share)] = shades(np.clip(share, 0, 1))[~np.isnan(share)][:, :3]
        pixels[(status == "flagged").to_numpy()] = 0.0
        rows, columns = share.shape
        # Where rows are finer than dots, neighbours are mixed: each lesson is drawn wide, so that lessons are not.
        axes.imshow(np.repeat(pixels, 100, axis=1), aspect="auto", extent=(-0.5, columns - 0.5, rows - 0.5, -0.5),
                    interpolation="nearest" if small else "antialiased")  # fmt: skip
        axes.set_xticks(range(points.shape[1]), [name.split("-", 1)[0].lstrip("0") for name in points.columns])
        axes.set_xlabel("lesson")
        if small:
            _write_cells(axes, points, status, share)
            # A name may hold what matplotlib would take for a formula.
            axes.set_yticks(range(len(points)), [_short(name) for name in points.index], parse_math=False)
        else:
            axes.set_yticks([])
            axes.set_ylabel(f"{len(points):,} learners, fewest points at the top")
        key = [
            Patch(facecolor=shades(0.0), edgecolor=BLACK, label="no points"),
            Patch(facecolor=shades(1.0), edgecolor=BLACK, label="all points"),
            Patch(facecolor="white", edgecolor=BLACK, label="not handed in"),
            Patch(facecolor="black", edgecolor=BLACK, label="could not be graded"),
        ]
        figure.legend(handles=key, loc="outside upper center", ncols=2, frameon=False)
        totals = points.sum(axis=1)
        alt = (
            f"Heat map of {_count(len(points), 'learner')} by {_count(points.shape[1], 'lesson')}: the darker, the "
            f"more points. All lessons together give {sum(most):g} points; the median learner has {totals.median():g}, "
            f"the lowest {totals.min():g}, the highest {totals.max():g}."
        )
        return _picture(figure, alt)


def distribution_picture(points: pd.DataFrame, most: Sequence[float]) -> PagePicture:
    """Draw a histogram of the points for each lesson, in tenths of the lesson's points, with the median."""
    columns = min(3, points.shape[1])
    rows = -(-points.shape[1] // columns)
    width = min(_WIDTH, 1.9 * columns + 0.5)
    with _figure(width, 1.6 * rows + 0.4, rows=rows, columns=columns) as (figure, grid):
        panels = np.ravel(grid)
        for axes, lesson, top in zip(panels, points.columns, most, strict=False):
            graded = points[lesson].dropna().to_numpy(dtype=float)
            top = max(top, graded.max(initial=0.0), 1e-9)
            axes.hist(graded, bins=np.linspace(0, top, 11), color=SKY, edgecolor=BLACK, linewidth=0.6)
            if len(graded):
                axes.axvline(np.median(graded), **MARK)
            axes.set_title(lesson, fontsize=9)
            axes.set_xlim(-0.02 * top, 1.02 * top)
            axes.yaxis.get_major_locator().set_params(integer=True, nbins=4)
        for axes in panels[points.shape[1] :]:
            axes.set_visible(False)
        figure.supxlabel("points", fontsize=9)
        figure.supylabel("learners", fontsize=9)
        medians = "; ".join(
            f"{name} {points[name].median():g}" for name in points.columns if points[name].notna().any()
        )
        alt = f"Histograms of the points, one for each lesson; the dotted line is the median: {medians}."
        return _picture(figure, alt)


def quick_check_picture(test: QuickCheck) -> PagePicture:
    """Draw how many learners have how many questions right, with the mark from which the test is passed."""
    top = len(test.questions)
    counts = test.right.value_counts().reindex(range(top + 1), fill_value=0)
    with _figure(_WIDTH, 2.4) as (figure, axes):
        passing = counts.index >= test.needed
        for chosen, style, label in (
            (~passing, {"color": ORANGE, "hatch": "///"}, "not passed yet"),
            (passing, {"color": BLUE}, "passed"),
        ):
            axes.bar(counts.index[chosen], counts[chosen], edgecolor=BLACK, linewidth=0.6, label=label, **style)
        axes.axvline(test.needed - 0.5, color=GREY, linestyle="--", linewidth=1.2)
        axes.set_xticks(range(top + 1))
        axes.set_xlabel(f"questions right, of {top}")
        axes.set_ylabel("learners")
        axes.yaxis.get_major_locator().set_params(integer=True)
        figure.legend(loc="outside upper center", ncols=2, frameon=False)
        alt = (
            f"Bars: how many learners have how many of the {_count(top, 'question')} right. {test.passed:,} of "
            f"{len(test.right):,} have the {test.needed} or more that pass; the median is {test.right.median():g}."
        )
        return _picture(figure, alt)


def _write_cells(axes: Any, points: pd.DataFrame, status: pd.DataFrame, share: np.ndarray) -> None:
    states, values = status.to_numpy().tolist(), points.to_numpy().tolist()
    for (row, column), value in np.ndenumerate(share):
        state = states[row][column]
        mark = "*" if state == "waiting" else ""
        word = {"flagged": "!", "": "–"}.get(state, f"{values[row][column]:g}{mark}")
        dark = state == "flagged" or value > 0.88  # from there on white stands out more than black
        axes.text(column, row, word, ha="center", va="center", color="white" if dark else "black", fontsize=10)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1] + "…"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


@contextmanager
def _figure(width: float, height: float, *, rows: int = 1, columns: int = 1) -> Iterator[tuple[Any, Any]]:
    """Yield a new figure and its axes, in matplotlib's own style whatever the user's is; it is never shown."""
    from matplotlib import style
    from matplotlib.figure import Figure

    with style.context("default"), warnings.catch_warnings():
        # A name in a script that the font lacks is drawn as boxes; the table beside the picture has it right.
        warnings.filterwarnings("ignore", message="Glyph")
        figure = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
        yield figure, figure.subplots(rows, columns)


def _picture(figure: Any, alt: str) -> PagePicture:
    drawn = BytesIO()
    figure.savefig(drawn, format="png", dpi=DPI, metadata={"Software": None}, pil_kwargs={"optimize": True})
    width = round(figure.get_figwidth() * 100)
    return page_picture(drawn.getvalue(), alt, width)
