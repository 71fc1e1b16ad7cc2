"""The picture of the page: differences in ranking on the simulated problems, each with its interval."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

MODELS = {"logistic": "logistic regression", "tree": "one deep tree", "forest": "forest", "boosting": "boosting"}

GROUPS = (
    ("SMOTE minus no treatment", "balancing_helps", "ap"),
    ("copies minus no treatment", "copies_overfit", "against_none"),
    ("copies minus weights", "copies_overfit", "against_weights"),
    ("SMOTE minus copies", "smote_beats_copies", "ap"),
    ("ADASYN minus SMOTE", "adasyn_is_better", "ap"),
)
"""For each panel its title, the myth whose figures it shows, and the middle of their names."""

_BLUE = "#0072B2"
# The same figures give the same bytes: the ids in the file come from this salt.
_STYLE = {"svg.hashsalt": "myths", "svg.fonttype": "path", "font.size": 10, "axes.grid": False}


def drawn(figures: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Return the forest plot as SVG: a panel for each comparison, a row for each model."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt

    panels = [(title, rows(figures, myth, middle)) for title, myth, middle in GROUPS]
    with plt.rc_context(_STYLE):
        figure, axes = plt.subplots(
            len(panels), 1, figsize=(5.2, 6.6), sharex=True, layout="constrained",
            height_ratios=[len(found) + 0.6 for _, found in panels],
        )  # fmt: skip
        for ax, (title, found) in zip(axes, panels, strict=True):
            for place, (mean, low, high) in enumerate(found.values()):
                ax.errorbar(mean, place, xerr=[[mean - low], [high - mean]], marker="o", color=_BLUE, capsize=3)
            ax.axvline(0, color="#000000", linewidth=1)
            ax.set_yticks(range(len(found)), found)
            ax.set_ylim(len(found) - 0.4, -0.6)
            ax.set_title(title, loc="left", fontweight="bold", fontsize=10)
        axes[-1].set_xlabel("difference in average precision\n(right of 0: the first one ranks better)")
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Date": None}, facecolor="white")
        plt.close(figure)
    return file.getvalue()


def rows(figures: Mapping[str, Mapping[str, Any]], myth: str, middle: str) -> dict[str, tuple[float, float, float]]:
    """Return the mean, low and high end of each model that a comparison has figures for."""
    return {
        name: tuple(figures[myth][f"{model}_{middle}_{end}"] for end in ("mean", "low", "high"))
        for model, name in MODELS.items()
        if f"{model}_{middle}_mean" in figures[myth]
    }
