"""Figures described as data: what checks may know of a picture without holding it."""

from __future__ import annotations

import json

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from imbalanced_course.normal_form.figures_and_models import describe_figure, is_figure


@pytest.fixture
def axes():
    figure, panels = plt.subplots(1, 2)
    yield panels
    plt.close(figure)


def test_figure_axes_and_containers_of_axes_tell_the_same(axes):
    axes[0].scatter([1, 2], [3, 4])
    forms = (axes[0].figure, axes[1], axes, list(axes), tuple(axes))
    assert all(is_figure(form) for form in forms)
    assert all(describe_figure(form) == describe_figure(axes[0].figure) for form in forms)


@pytest.mark.parametrize("other", [None, 4, plt, [], [1, 2], np.arange(3), "figure", plt.Figure])
def test_what_is_no_figure_is_refused(other):
    assert not is_figure(other)
    with pytest.raises(TypeError):
        describe_figure(other)


def test_points_come_in_the_order_of_painting_with_centre_and_spread(axes):
    axes[0].scatter([0, 2], [1, 5], zorder=5, label="top")
    axes[0].scatter([7], [7], marker="^", label="bottom")
    bottom, top = describe_figure(axes)["axes"][0]["points"]
    assert (bottom["label"], bottom["count"], top["label"], top["count"]) == ("bottom", 1, "top", 2)
    assert (top["centre"], top["spread"]) == ([1, 3], [1, 2])


def test_equal_markers_are_equal_for_scatters_lines_and_pandas(axes):
    table = pd.DataFrame({"x": [1.0, 2.0], "y": [2.0, 1.0]})
    axes[0].scatter([1], [1], marker="^")
    axes[0].plot([1], [1], "^")
    table.plot.scatter("x", "y", marker="^", ax=axes[0])
    axes[0].scatter([1], [1], marker="o")
    panel = describe_figure(axes)["axes"][0]
    markers = [points["marker"] for points in sorted(panel["points"], key=lambda points: points["count"])]
    assert len(panel["points"]) == 4
    assert len(set(markers)) == 2
    assert panel["xlabel"] == "x"


@pytest.mark.parametrize(
    "look",
    [{"alpha": 0}, {"c": "white"}, {"s": 0}, {"c": "none", "edgecolors": "none"}, {"c": [[0, 0, 0, 0]]}],
    ids=str,
)
def test_points_that_cannot_be_seen_are_none(axes, look):
    axes[0].scatter([1, 2], [3, 4], **look)
    axes[0].plot([1], [1], "o", alpha=0)
    assert describe_figure(axes)["axes"][0]["points"] == []


@pytest.mark.parametrize("look", [{"alpha": 0.02}, {"c": "white", "edgecolors": "black"}, {"c": [1, 2]}], ids=str)
def test_faint_points_and_hollow_ones_are_points(axes, look):
    axes[0].scatter([1, 2], [3, 4], **look)
    assert len(describe_figure(axes)["axes"][0]["points"]) == 1


def test_lines_without_markers_and_hidden_points_are_no_points(axes):
    axes[0].plot([1, 2], [1, 2])
    axes[0].scatter([1], [1]).set_visible(False)
    panel = describe_figure(axes)["axes"][0]
    assert (panel["points"], panel["lines"]) == ([], [2])


def test_groups_are_the_points_of_each_colour_and_none_on_a_scale(axes):
    x = np.arange(20)
    axes[0].scatter(x, x, c=np.arange(20) > 14)
    axes[0].scatter(x, x, c=["k"] * 5 + ["w"] * 15)
    axes[0].scatter(x, x, c=x)
    axes[0].scatter(x, x)
    assert [sorted(points["groups"]) for points in describe_figure(axes)["axes"][0]["points"]] == [
        [5, 15],
        [5, 15],
        [],
        [20],
    ]


def test_words_places_and_colour_bars_are_told():
    figure, panels = plt.subplots(2, 2)
    dots = panels[1, 0].scatter([1, 2], [1, 2], c=[0, 1])
    panels[1, 0].set_title("left", loc="left")
    figure.colorbar(dots, ax=panels[1, 0])
    figure.suptitle("all")
    figure.supxlabel("x")
    figure.legend(["dots"])
    told = describe_figure(figure)
    plt.close(figure)
    assert (told["title"], told["xlabel"], told["ylabel"], told["legend"]) == ("all", "x", "", ["dots"])
    assert [panel["colorbar"] for panel in told["axes"]] == [False, False, False, False, True]
    assert (told["axes"][2]["title"], told["axes"][2]["rows"], told["axes"][2]["columns"]) == ("left", [1, 1], [0, 0])


def test_missing_and_masked_places_do_no_harm(axes):
    axes[0].scatter([1, np.nan], [np.nan, 2])
    axes[0].scatter(np.ma.masked_invalid([np.nan]), [1])
    axes[0].scatter([], [])
    points = describe_figure(axes)["axes"][0]["points"]
    assert points[0]["centre"] == [1, 2] or points[0]["centre"] == []
    json.dumps(points)
