"""The pictures: what is drawn, labelled and said, looked at as objects; and how a figure is shown with its caption."""

import struct
import subprocess
import sys
from base64 import b64decode
from itertools import combinations

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.text import Text
from nbclient import NotebookClient

from imbalanced_course import plots
from imbalanced_course.plots import style
from imbalanced_course.scoreboard import METRICS, TUNED_CUT, baselines, net_benefit, table

pytestmark = pytest.mark.filterwarnings("error")

COSTS = {"cost_miss": 1000, "cost_false_alarm": 10}
OF_A_DECISION = ["threshold 0.5", "threshold tuned for cost", "95% interval"]


@pytest.fixture(autouse=True)
def no_windows():
    with mpl.rc_context():
        plt.switch_backend("agg")
        yield
        plt.close("all")


@pytest.fixture(scope="module")
def truth() -> np.ndarray:
    return np.repeat([0, 1], [380, 20])


@pytest.fixture(scope="module")
def scores(truth) -> np.ndarray:
    rng = np.random.default_rng(3)
    return np.clip(rng.beta(1, 12, len(truth)) + 0.4 * truth * rng.random(len(truth)), 0, 1)


@pytest.fixture(scope="module")
def summary(truth) -> pd.DataFrame:
    return table(baselines(np.zeros((len(truth), 1)), truth))


def every_picture(truth, scores, *, axes=None) -> dict[str, Axes]:
    """Draw every picture, on new figures or on the given axes in turn."""
    two = np.column_stack([scores, scores])
    place = iter([None] * 9 if axes is None else axes)
    return {
        "class_scatter": plots.class_scatter(two, truth, ax=next(place)),
        "score_histogram": plots.score_histogram(truth, scores, threshold=0.3, ax=next(place)),
        "confusion_matrix": plots.confusion_matrix(truth, scores > 0.3, ax=next(place)),
        "roc_curve": plots.roc_curve(truth, scores, ax=next(place)),
        "precision_recall_curve": plots.precision_recall_curve(truth, scores, ax=next(place)),
        "reliability_curve": plots.reliability_curve(truth, scores, ax=next(place)),
        "threshold_curves": plots.threshold_curves(truth, scores, threshold=0.3, ax=next(place)),
        "cost_curve": plots.cost_curve(truth, scores, **COSTS, ax=next(place)),
        "decision_curve": plots.decision_curve(truth, scores, ax=next(place)),
    }


def words(ax: Axes) -> list[str]:
    legend = ax.get_legend()
    return [text.get_text() for text in legend.get_texts()] if legend else []


def drawn(ax: Axes, label: str):
    return next(line for line in ax.lines if str(line.get_label()).startswith(label))


def test_every_picture_has_labelled_axes_and_a_figure_of_its_own(truth, scores) -> None:
    pictures = every_picture(truth, scores)
    assert len({id(ax.figure) for ax in pictures.values()}) == len(pictures)
    for name, ax in pictures.items():
        assert isinstance(ax, Axes), name
        assert ax.get_xlabel(), name
        assert ax.get_ylabel(), name
        assert ax.figure.get_size_inches()[0] <= 7, name
        ax.figure.canvas.draw()


def test_every_picture_draws_where_it_is_told_to(truth, scores) -> None:
    panels = plt.subplots(3, 3)[1].ravel()
    pictures = every_picture(truth, scores, axes=panels)
    assert all(came is panel for came, panel in zip(pictures.values(), panels, strict=True))
    assert len(plt.get_fignums()) == 1


def test_the_minority_is_drawn_last_with_its_own_marker_and_both_are_counted() -> None:
    frame = pd.DataFrame({"age": [1, 2, 3, 4], "income": [4, 3, 2, 1]}, index=[9, 8, 7, 6])
    ax = plots.class_scatter(frame, [1, 0, 0, 0], labels=("honest", "fraud"))
    majority, minority = ax.collections
    assert minority.get_zorder() > majority.get_zorder()
    assert minority.get_offsets().tolist() == [[1, 4]]
    assert not np.array_equal(majority.get_paths()[0].vertices, minority.get_paths()[0].vertices)
    assert words(ax) == ["honest (3)", "fraud (1)"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("age", "income")


def test_a_scatter_needs_two_columns() -> None:
    with pytest.raises(ValueError, match=r"two columns .* \(2, 3\)"):
        plots.class_scatter(np.zeros((2, 3)), [0, 1])


def test_before_and_after_share_scales_and_marker_sizes() -> None:
    rng = np.random.default_rng(0)
    few, many = rng.normal(size=(50, 2)), rng.normal(size=(5000, 2))
    before, after = plots.before_and_after(few, [0] * 45 + [1] * 5, many, [0] * 2500 + [1] * 2500)
    assert before.get_xlim() == after.get_xlim()
    assert before.get_title() == "before"
    for one, other in zip(before.collections, after.collections, strict=True):
        assert one.get_sizes().tolist() == other.get_sizes().tolist()


def test_the_score_histogram_counts_both_classes_on_a_log_scale(truth, scores) -> None:
    ax = plots.score_histogram(truth, scores, threshold=0.25)
    assert ax.get_yscale() == "log"
    assert words(ax) == ["negative (380)", "positive (20)", "threshold 0.25"]
    assert drawn(ax, "threshold").get_xdata()[0] == 0.25


def test_the_confusion_matrix_says_counts_and_shares_in_words() -> None:
    ax = plots.confusion_matrix([0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 0, 1], labels=("honest", "fraud"))
    assert [text.get_text().split("\n") for text in ax.texts] == [
        ["TN", "3", "75.0%", "of the row"],
        ["FP", "1", "25.0%", "of the row"],
        ["FN", "1", "50.0%", "of the row"],
        ["TP", "1", "50.0%", "of the row"],
    ]
    assert [text.get_text() for text in ax.get_xticklabels()] == ["honest", "fraud"]
    # The actual classes are the rows: TN and FP stand above FN and TP.
    assert ax.texts[0].get_position() == (0, 0)
    assert ax.texts[1].get_position() == (1, 0)


def test_few_of_many_are_not_none_and_nearly_all_are_not_all() -> None:
    ax = plots.confusion_matrix([0] * 4950 + [1] * 20_000, [1] + [0] * 4950 + [1] * 19_999)
    assert [text.get_text().split("\n")[2] for text in ax.texts] == [
        "99.98%",
        "0.02%",
        "0.005%",
        "99.995%",
    ]


def test_a_confusion_matrix_without_positives_draws() -> None:
    ax = plots.confusion_matrix([0, 0], [0, 1])
    assert ax.texts[3].get_text() == "TP\n0\nno such rows"


def test_the_roc_curve_says_its_area_and_chance_level() -> None:
    ax = plots.roc_curve([0, 1, 0, 1], [0.1, 0.4, 0.6, 0.9])
    assert words(ax) == ["ROC AUC 0.750", "chance level: 0.500"]
    chance = drawn(ax, "chance")
    assert chance.get_linestyle() == "--"
    assert np.array_equal(chance.get_xdata(), chance.get_ydata())


def test_the_precision_recall_curve_is_a_staircase_whose_chance_level_is_the_prevalence(truth, scores) -> None:
    ax = plots.precision_recall_curve(truth, scores)
    assert drawn(ax, "average precision").get_drawstyle() == "steps-post"
    chance = drawn(ax, "chance")
    assert chance.get_ydata()[0] == 0.05
    assert chance.get_linestyle() == "--"
    assert words(ax)[-1] == "chance level: prevalence 0.05"


def test_average_precision_stands_in_the_legend() -> None:
    ax = plots.precision_recall_curve([0, 1, 0, 1], {"model": [0.1, 0.4, 0.6, 0.9]})
    assert words(ax)[0] == "model: average precision 0.833"


@pytest.mark.parametrize("draw", [plots.roc_curve, plots.precision_recall_curve, plots.reliability_curve])
def test_a_dict_draws_a_curve_a_name_told_apart_without_colour(draw, truth, scores) -> None:
    ax = draw(truth, {"first": scores, "second": 1 - scores, "third": scores**2})
    curves = [drawn(ax, name) for name in ("first", "second", "third")]
    for how in (lambda line: line.get_marker(), lambda line: str(line._dash_pattern), lambda line: line.get_color()):
        assert len({how(line) for line in curves}) == 3


def test_a_perfectly_calibrated_set_lies_on_the_diagonal() -> None:
    ax = plots.reliability_curve([0, 0, 0, 1] * 10 + [0, 1] * 20, [0.25] * 40 + [0.5] * 40, n_bins=2)
    assert drawn(ax, "Brier score 0.2188").get_xydata() == pytest.approx(np.array([[0.25, 0.25], [0.5, 0.5]]))
    diagonal = drawn(ax, "perfectly calibrated")
    assert np.array_equal(diagonal.get_xdata(), diagonal.get_ydata())


@pytest.mark.parametrize(
    ("strategy", "said"), [("quantile", "each dot: 40 rows"), ("uniform", "each dot: 30 to 50 rows")]
)
def test_the_calibration_plot_says_how_many_rows_stand_behind_a_dot(strategy, said) -> None:
    probabilities = np.concatenate([np.linspace(0.1, 0.4, 30), np.linspace(0.6, 0.9, 50)])
    ax = plots.reliability_curve([0, 1] * 40, probabilities, n_bins=2, strategy=strategy)
    assert ax.get_legend().get_title().get_text() == said


def test_a_legend_hides_no_data(truth, scores) -> None:
    for name, ax in every_picture(truth, scores).items():
        if legend := ax.get_legend():
            ax.figure.draw_without_rendering()
            assert not legend.get_window_extent().overlaps(ax.bbox), name


def test_a_bin_without_a_positive_is_shown_on_log_scales() -> None:
    truth = [0] * 100 + [0] * 90 + [1] * 10
    ax = plots.reliability_curve(truth, [0.001] * 100 + [0.1] * 100, n_bins=2, log=True)
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    assert "bin without a positive" in words(ax)
    assert drawn(ax, "Brier").get_xydata() == pytest.approx(np.array([[0.1, 0.1]]))
    ax.figure.canvas.draw()


def test_threshold_curves_hold_the_metrics_at_each_threshold() -> None:
    ax = plots.threshold_curves([0, 0, 0, 1, 1, 1], [0.1, 0.2, 0.7, 0.3, 0.8, 0.9], threshold=0.5)
    assert words(ax) == ["precision", "recall", "F1", "threshold 0.5"]
    at = drawn(ax, "F1").get_xdata().tolist().index(0.7)
    assert [drawn(ax, name).get_ydata()[at] for name in ("precision", "recall", "F1")] == pytest.approx([2 / 3] * 3)
    assert plots.threshold_curves([0, 1], [0.1, 0.2], log=True).get_xscale() == "log"


def test_the_cost_curve_marks_its_minimum_and_prices_the_threshold() -> None:
    truth, scores = [0, 0, 0, 1, 1, 1], [0.1, 0.2, 0.7, 0.3, 0.8, 0.9]
    ax = plots.cost_curve(truth, scores, **COSTS, threshold=0.5)
    assert words(ax) == ["cost", "cheapest: 10 at 0.3", "threshold 0.5: 1,010"]
    assert drawn(ax, "cheapest").get_xydata().tolist() == [[0.3, 10]]
    assert drawn(ax, "cost").get_ydata().tolist() == [30, 20, 10, 1010, 1000, 2000, 3000]
    assert ax.get_xscale() == "linear"


def test_the_cost_curve_is_logarithmic_where_the_cheapest_threshold_is_small(truth, scores) -> None:
    small = scores / 100
    assert plots.cost_curve(truth, small, **COSTS).get_xscale() == "log"
    assert plots.cost_curve(truth, small, **COSTS, log=False).get_xscale() == "linear"


def test_the_decision_curve_shows_each_model_beside_everyone_and_no_one(truth, scores) -> None:
    ax = plots.decision_curve(truth, {"model": scores, "useless": np.full(len(truth), 0.05)}, highest=0.5)
    assert words(ax) == ["model", "useless", "flag everyone", "flag no one"]
    cuts, everyone = drawn(ax, "flag everyone").get_data()
    assert everyone == pytest.approx(0.05 - 0.95 * cuts / (1 - cuts))
    assert drawn(ax, "model").get_ydata() == pytest.approx([net_benefit(truth, scores, cut) for cut in cuts])
    useless = drawn(ax, "useless").get_ydata()
    assert useless == pytest.approx(np.where(cuts <= 0.05, everyone, 0))


def test_one_class_alone_is_refused_in_a_sentence() -> None:
    for draw in (plots.roc_curve, plots.precision_recall_curve, plots.threshold_curves, plots.score_histogram):
        with pytest.raises(ValueError, match="rows of both classes"):
            draw([0, 0], [0.1, 0.2])


def test_two_columns_of_probabilities_are_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="predict_proba"):
        plots.roc_curve([0, 1], [[0.9, 0.1], [0.2, 0.8]])


def test_the_scoreboard_draws_a_panel_for_each_question(summary) -> None:
    panels = plots.scoreboard(summary)
    assert [panel.get_xlabel().split("\n")[0] for panel in panels] == [
        "average precision",
        "Brier score",
        "F1",
        "cost (euro)",
    ]
    assert [text.get_text() for text in panels[0].get_yticklabels()] == [
        "dummy, most frequent",
        "dummy, base rate",
        "perfect",
    ]
    (legend,) = panels[0].figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["at any threshold", *OF_A_DECISION]
    assert legend.figure.get_size_inches()[0] <= 7
    places = [panel.get_subplotspec() for panel in panels]
    assert [(place.rowspan.start, place.colspan.start) for place in places] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_the_scoreboard_has_the_same_limits_whatever_the_strategies(summary) -> None:
    for rows in (summary, summary[summary["strategy"] == "perfect"], summary[summary["strategy"] != "perfect"]):
        ranking, brier, f1, cost = plots.scoreboard(rows)
        assert ranking.get_xlim() == f1.get_xlim() == (-0.02, 1.02)
        assert all(-0.03 * panel.get_xlim()[1] < panel.get_xlim()[0] < 0 for panel in (brier, cost))


def test_the_scoreboard_says_which_interval_it_draws(truth) -> None:
    ax = plots.scoreboard(table(baselines(np.zeros((len(truth), 1)), truth), confidence=0.9), metric="cost")
    assert ax.figure.legends[0].get_texts()[-1].get_text() == "90% interval"


def test_the_scoreboard_puts_each_dot_at_its_mean_between_its_ends(summary) -> None:
    ax = plots.scoreboard(summary, metric="cost")
    assert isinstance(ax, Axes)
    dots = next(one for one in ax.containers if one.get_label() == "threshold tuned for cost")
    rows = summary[summary["cut"] == TUNED_CUT]
    assert dots[0].get_xdata().tolist() == rows["cost"].tolist()
    ends = [segment[:, 0] for segment in dots[2][0].get_segments()]
    assert np.array(ends) == pytest.approx(rows[["cost_low", "cost_high"]].to_numpy())
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the table's first row is at the top


def test_the_scoreboard_draws_where_it_is_told_to(summary) -> None:
    _, ax = plt.subplots()
    assert plots.scoreboard(summary, metric="recall", ax=ax) is ax
    assert words(ax) == OF_A_DECISION


def test_every_metric_of_the_scoreboard_can_be_drawn(summary) -> None:
    assert len(plots.scoreboard(summary, metric=list(METRICS))) == len(METRICS)
    with pytest.raises(ValueError, match="no metric 'accuracy'; it has average_precision"):
        plots.scoreboard(summary, metric="accuracy")


def test_a_picture_has_only_colors_with_a_role(truth, scores, summary) -> None:
    pictures = every_picture(truth, scores)
    for name, ax in pictures.items():
        assert {to_hex(line.get_color()) for line in ax.lines} <= {color.lower() for color in style.ROLES.values()}, (
            name
        )
    negative, positive, model = (style.ROLES[role].lower() for role in ("negative", "positive", "model"))
    assert [to_hex(dots.get_facecolor()[0]) for dots in pictures["class_scatter"].collections] == [negative, positive]
    for name in ("roc_curve", "precision_recall_curve", "reliability_curve", "cost_curve"):
        curves = [line for line in pictures[name].lines if len(line.get_xdata()) > 2]
        assert [to_hex(line.get_color()) for line in curves] == [model], name


def test_colors_of_several_models_are_none_of_the_classes() -> None:
    assert not {line["color"] for line in style.LINES} & {style.MAJORITY["color"], style.MINORITY["color"]}


def luminance(colour: str) -> float:
    """How light a colour is in grey, from 0 to 1 (WCAG 2.2, relative luminance)."""
    return float(np.dot(linear(colour), (0.2126, 0.7152, 0.0722)))


def linear(colour: str) -> np.ndarray:
    return np.array([part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)])


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


# Pairs of roles that one picture may hold.
PAIRS = [
    *combinations(("negative", "positive", "model", "threshold", "reference", "highlighted", "interval"), 2),
    *combinations(("precision", "recall", "highlighted", "threshold"), 2),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_in_gray_the_roles_of_a_picture_differ_in_lightness(one, other) -> None:
    assert contrast(style.ROLES[one], style.ROLES[other]) > 1.25


def test_in_gray_the_classes_differ_in_lightness_and_in_shape() -> None:
    assert contrast(style.MAJORITY["color"], style.MINORITY["color"]) > 1.6
    assert style.MAJORITY["marker"] != style.MINORITY["marker"]


def with_deuteranopia(colour: str) -> np.ndarray:
    """Return a color as it is seen without the middle cones (Machado and others 2009), in CIELAB."""
    seen = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(np.array(to_xyz) @ np.clip(np.array(seen) @ linear(colour), 0, 1) / (0.9505, 1, 1.089))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_with_deuteranopia_the_roles_of_a_picture_differ(one, other) -> None:
    first, second = (with_deuteranopia(style.ROLES[role]) for role in (one, other))
    assert np.linalg.norm(first - second) > 15  # a difference of 2 can just be seen, side by side


@pytest.mark.parametrize("line", [*style.LINES, style.REFERENCE, style.MARK], ids=lambda line: line["color"])
def test_in_grey_each_line_stands_out_from_white(line) -> None:
    assert 1.05 / (luminance(line["color"]) + 0.05) > 2


def test_no_two_line_styles_share_a_marker_or_a_pattern() -> None:
    for part in ("marker", "linestyle"):
        assert len({str(line[part]) for line in style.LINES}) == len(style.LINES)
    assert not {str(line["linestyle"]) for line in style.LINES} & {"--", str(style.MARK["linestyle"])}


def test_lines_of_one_picture_differ_by_more_than_colour(truth, scores, summary) -> None:
    several = {"first": scores, "second": 1 - scores, "third": scores**2}
    pictures = [*every_picture(truth, scores).values(), plots.scoreboard(summary, metric="cost")]
    pictures += [draw(truth, several) for draw in (plots.roc_curve, plots.precision_recall_curve)]
    for ax in pictures:
        named = [line for line in ax.get_legend_handles_labels()[0] if hasattr(line, "get_marker")]
        looks = [(str(line.get_marker()), str(line._dash_pattern)) for line in named]
        assert len(set(looks)) == len(looks), ax.get_ylabel()


def test_words_are_large_enough_for_a_laptop(truth, scores, summary) -> None:
    for ax in [*every_picture(truth, scores).values(), *plots.scoreboard(summary)]:
        small = {text.get_text() for text in ax.figure.findobj(Text) if text.get_text() and text.get_fontsize() < 9}
        assert small == set(), ax.get_ylabel()


@pytest.fixture
def shell():
    shell = InteractiveShell.instance()
    shell.display_pub = CapturingDisplayPublisher()
    yield shell
    InteractiveShell.clear_instance()


def test_a_captioned_figure_is_shown_once_with_alternative_text_and_a_visible_line(shell) -> None:
    _, ax = plt.subplots()
    assert plots.captioned(ax, "Recall < 1 &\n  rising.") is None
    picture, line = shell.display_pub.outputs
    assert set(picture["data"]) == {"image/png", "text/plain"}
    assert b64decode(picture["data"]["image/png"]).startswith(b"\x89PNG")
    assert picture["metadata"]["image/png"]["alt"] == "Recall < 1 & rising."
    assert line["data"]["text/plain"] == "Figure: Recall < 1 & rising."
    assert "Figure: Recall &lt; 1 &amp; rising." in line["data"]["text/html"]
    assert plt.get_fignums() == []


def test_any_way_to_name_the_figure_will_do(shell) -> None:
    for grid in (plt.subplots(2, 2)[1], list(plt.subplots(1, 2)[1]), plt.figure(), plt.figure().subfigures(1, 2)[0]):
        plots.captioned(grid, "Panels.")
    assert len(shell.display_pub.outputs) == 8
    assert plt.get_fignums() == []


def test_the_same_picture_has_the_same_bytes_and_names_no_software(shell, truth, scores) -> None:
    for _ in range(2):
        plots.captioned(plots.roc_curve(truth, scores), "A curve.")
    first, _, second, _ = shell.display_pub.outputs
    assert first["data"] == second["data"]
    png = b64decode(first["data"]["image/png"])
    assert b"Software" not in png
    assert b"matplotlib" not in png.lower()


def test_a_picture_of_thousands_of_points_is_small(shell) -> None:
    axes = plt.subplots(1, 3, figsize=(12, 3.6))[1]
    for ax in axes:
        ax.scatter(*np.random.default_rng(0).normal(size=(2, 2000)), alpha=0.5)
    plots.captioned(axes, "Three clouds of points.")
    assert len(b64decode(shell.display_pub.outputs[0]["data"]["image/png"])) < 100_000


def test_a_picture_is_sharp_on_sharp_screens_and_as_large_as_it_was_drawn(shell) -> None:
    plots.captioned(plt.subplots(figsize=(5, 3))[1], "An empty frame.")
    picture = shell.display_pub.outputs[0]
    width = picture["metadata"]["image/png"]["width"]
    assert width == pytest.approx(500, abs=60)  # what is empty at the edges is cut off
    assert struct.unpack(">I", b64decode(picture["data"]["image/png"])[16:20])[0] == pytest.approx(2 * width, abs=1)


def test_an_untouched_task_shows_nothing(shell) -> None:
    plots.captioned(..., "What you will draw.")
    assert shell.display_pub.outputs == []


def test_a_picture_needs_a_caption_and_a_figure(shell) -> None:
    with pytest.raises(ValueError, match="needs a caption"):
        plots.captioned(plt.figure(), "  ")
    with pytest.raises(TypeError, match="got DataFrame"):
        plots.captioned(pd.DataFrame({"a": [1]}), "A table.")


def test_outside_ipython_nothing_is_shown_and_the_figure_closed(capsys) -> None:
    assert plots.captioned(plt.subplots()[1], "Nothing to see.") is None
    assert capsys.readouterr() == ("", "")
    assert plt.get_fignums() == []


def test_in_a_kernel_the_picture_appears_once_with_its_alternative_text() -> None:
    cell = (
        "from imbalanced_course import plots\n"
        "plots.captioned(plots.roc_curve([0, 1, 0, 1], [.1, .4, .6, .9]), 'A staircase.')"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    NotebookClient(
        notebook, kernel_name="python3", shutdown_kernel="immediate", extra_arguments=["--IPKernelApp.log_level=ERROR"]
    ).execute()
    picture, line = notebook.cells[0].outputs
    assert (picture.output_type, line.output_type) == ("display_data", "display_data")
    assert picture.metadata["image/png"]["alt"] == "A staircase."
    assert b64decode(picture.data["image/png"]).startswith(b"\x89PNG")
    assert line.data["text/plain"] == "Figure: A staircase."


def test_importing_is_light() -> None:
    code = (
        "import sys, imbalanced_course.plots; "
        "assert not {'sklearn', 'scipy', 'matplotlib', 'imblearn', 'IPython'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_a_lesson_draws_by_itself_has_the_colours_of_the_helpers():
    with plt.style.context("imbalanced_course.plots.course"):
        cycle = [to_hex(entry["color"]) for entry in mpl.rcParams["axes.prop_cycle"]]
    assert cycle == [to_hex(line["color"]) for line in style.LINES]
