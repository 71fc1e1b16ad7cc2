"""Four ratios side by side: a figure judged by what it shows and says."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from imbalanced_course.checks.border import figure_description
from imbalanced_course.checks.compare import value
from imbalanced_course.checks.intuition.words import (
    class_in,
    first_feature_along,
    is_feature,
    names_a_feature,
    says_rows_per_minority,
    says_share,
)
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, task
from imbalanced_course.checks.values import describe, not_attempted

# The lesson's setup cell makes these four datasets.
SHARES = (0.5, 0.1, 0.01, 0.001)
PARTS = ("panels", "classes", "minority", "words")


@task(
    "four-ratios",
    points=5,
    consequence="Even at 999:1 your ten rare rows show. And over these ranges, overlap moves the ranking; the share "
    "hardly does.",
)
def four_ratios(figure: Any, ranks_worst: Any) -> Iterable[Finding]:
    """Four panels with both classes of one set, the minority on top, words that say what is what; and what is hard."""
    yield from _picture(figure)
    yield value(
        "ranks_worst",
        ranks_worst.strip().upper() if isinstance(ranks_worst, str) else ranks_worst,
        "A",
        mistakes={
            "B has few positives, but its classes are far apart. In section 3, what moved the ROC AUC more, the share "
            "or `class_sep`?": "B",
            "C is the rarest, but its classes are farther apart than A's. In section 3, what moved the ROC AUC more, "
            "the share or `class_sep`?": "C",
        },
        kind='"A", "B", or "C"',
    )


def _picture(figure: Any) -> list[Finding]:
    """Return a finding for each part of the figure, or one worth them all where there is none."""
    if figure is MISSING:
        message = "is not defined. Run the answer cell above; if it ends in an error, fix that first."
        return [Finding("figure", "not attempted", message, share=len(PARTS))]
    if not_attempted(figure):
        message = "is still `...`: put your answer in its place."
        return [Finding("figure", "not attempted", message, share=len(PARTS))]
    shown = _shown(figure)
    if shown is None:
        told = (
            f"should be the figure that `plt.subplots` returns first, or its axes; you have {describe(figure)}. "
            "Write `figure, axes = plt.subplots(…)`, and it has its name."
        )
        return [Finding("figure", "wrong", told, share=len(PARTS))]
    panels = [axes for axes in shown.get("axes", []) if axes["visible"] and not axes["colorbar"] and _points(axes)]
    looks = (_panels(shown, panels), _classes(panels), _minority(panels), _words(shown, panels))
    return [
        Finding(f"figure → {part}", "wrong" if wrong else "right", wrong or "right.", wrong or None)
        for part, wrong in zip(PARTS, looks, strict=True)
    ]


def _shown(figure: Any) -> Mapping[str, Any] | None:
    """Return what the figure shows, None where there is no figure."""
    try:
        return figure_description(figure)
    except TypeError:
        return None


def _points(axes: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what is drawn as points, without the empty scatters that only make a legend."""
    return [points for points in axes["points"] if points["count"] > 0]


@functools.lru_cache(maxsize=1)
def _sets() -> list[dict[int, tuple[int, np.ndarray]]]:
    """Return for each set and class the number of rows, and centre and spread of its points."""
    from imbalanced_course import datasets

    found = []
    for share in SHARES:
        X, y = datasets.make_two_features(minority_share=share)
        parts = {label: X[y == label].to_numpy() for label in (0, 1)}
        found.append(
            {label: (len(part), np.array([part.mean(axis=0), part.std(axis=0)])) for label, part in parts.items()}
        )
    return found


def _is(points: Mapping[str, Any], part: tuple[int, np.ndarray]) -> bool:
    """Return whether these points are the rows of a class, whichever feature lies on which axis."""
    count, where = part
    drawn = np.array([points["centre"], points["spread"]])
    return (
        points["count"] == count
        and drawn.shape == (2, 2)
        and any(np.allclose(one, where, atol=1e-4) for one in (drawn, drawn[:, ::-1]))
    )


def _set_of(panel: Mapping[str, Any]) -> int | None:
    """Return which of the four sets a panel shows with both classes, each drawn by a call of its own."""
    for number, parts in enumerate(_sets()):
        if all(any(_is(points, parts[label]) for points in _points(panel)) for label in (0, 1)):
            return number
    return None


def _in_one_call(panel: Mapping[str, Any]) -> bool:
    """Return whether all rows of a set are drawn by one call."""
    return [points["count"] for points in _points(panel)] == [_rows(0)]


def _coloured_by_class(panel: Mapping[str, Any]) -> int | None:
    """Return which set a panel shows whose one scatter has a colour for each class."""
    for number, parts in enumerate(_sets()):
        counts = sorted(count for count, _ in parts.values())
        if _in_one_call(panel) and sorted(_points(panel)[0]["groups"]) == counts:
            return number
    return None


def _rows(number: int) -> int:
    return sum(count for count, _ in _sets()[number].values())


def _panels(shown: Mapping[str, Any], panels: list[Mapping[str, Any]]) -> str:
    if len(panels) == len(SHARES):
        return ""
    if not panels:
        return "No panel has points in it. Plot with `ax.scatter`, in the axes of this figure."
    if len(panels) == 1 and len(shown["axes"]) == 1:
        return (
            "Everything is in one panel. Make four with `plt.subplots(2, 2)`, once before the loop, because a figure "
            "made inside the loop has only the last dataset."
        )
    return f"{len(panels)} of {len(SHARES)} panels have points in them. Go through all four datasets."


def _classes(panels: list[Mapping[str, Any]]) -> str:
    if not panels:
        return "Neither class is in the figure. Hint 2 shows the lines."
    found = [_set_of(panel) for panel in panels]
    found = [_coloured_by_class(panel) if one is None else one for one, panel in zip(found, panels, strict=True)]
    if set(found) == set(range(len(SHARES))):
        return ""
    counts = [[points["count"] for points in _points(panel)] for panel in panels]
    whole = [{count for count, _ in parts.values()} for parts in _sets()]
    if all(_in_one_call(panel) for panel in panels):
        return "All rows look the same, so their class can't be seen. Plot each class with a call of its own."
    if len(panels) > 1 and None not in found and len(set(found)) == 1:
        return "Every panel shows the same dataset. Plot the `X, y` that the loop has just taken."
    if None not in found and len(set(found)) == len(panels):
        return (
            f"{len(panels)} of {len(SHARES)} datasets {'is' if len(panels) == 1 else 'are'} in it. Go through all four."
        )
    twice = next((place for place, one in enumerate(found) if one in found[:place]), None)
    if None not in found and twice is not None:
        return (
            f"Panels {found.index(found[twice]) + 1} and {twice + 1} show the same dataset. Give each of the four "
            "a panel of its own."
        )
    for label, name, other in ((0, "majority", "minority"), (1, "minority", "majority")):
        sizes = [[parts[label][0]] for parts in _sets()]
        if all(count in sizes for count in counts):
            return f"Only the {name} can be seen in the panels. Plot the {other} as well, so that it shows."
    if all(set(count) in whole for count in counts):
        return (
            "The numbers of points are right, but their places aren't. Plot the two features of `four_sets`, one along "
            "each axis."
        )
    wrong = next(i for i, one in enumerate(found) if one is None or found.index(one) != i)
    return (
        f"Panel {wrong + 1} doesn't show both classes of a dataset that no other panel shows. It has "
        f"{' + '.join(f'{count:,}' for count in counts[wrong])} points."
    )


def _minority(panels: list[Mapping[str, Any]]) -> str:
    if any(_coloured_by_class(panel) is not None or _in_one_call(panel) for panel in panels):
        return (
            "One call plots both classes, so they share a marker and the majority can hide the minority. Call "
            "`scatter` for each class, the minority last."
        )
    pairs = [(panel, _set_of(panel)) for panel in panels]
    if not pairs or any(number is None for _, number in pairs):
        return "Not every panel has both classes, so there's nothing to compare yet."
    for panel, number in pairs:
        drawn = _points(panel)
        places = {
            label: max(i for i, points in enumerate(drawn) if _is(points, _sets()[number or 0][label]))
            for label in (0, 1)
        }
        if places[1] < places[0]:
            return "The majority is plotted over the minority (class 1). Plot the minority last."
        if drawn[places[0]]["marker"] == drawn[places[1]]["marker"]:
            return (
                "Both classes have the same marker, so they look the same in gray. Give the minority its own, for "
                'example `marker="^"`.'
            )
    return ""


def _words(shown: Mapping[str, Any], panels: list[Mapping[str, Any]]) -> str:
    if not panels:
        return "There's nothing to label yet."
    wanting = []
    if not (shown["xlabel"] or _labelled(panels, "xlabel", "columns")):
        wanting.append("a label on the x axis of every panel (`xlabel`)")
    if not (shown["ylabel"] or _labelled(panels, "ylabel", "rows")):
        wanting.append("a label on the y axis (`ylabel`)")
    titles = [panel["title"].strip() for panel in panels]
    if not all(titles):
        wanting.append("a title on every panel")
    elif len(set(titles)) < len(titles):
        wanting.append("titles that differ from panel to panel")
    visible = [axes for axes in shown["axes"] if axes["visible"]]  # a legend may have axes of its own
    if max(len(legend) for legend in (shown["legend"], *(axes["legend"] for axes in visible))) < 2:
        wanting.append("a legend that names both classes (`label=` in each call, then `legend()`)")
    if wanting:
        return f"These are missing: {'; '.join(wanting)}."
    return _titles(panels) or _legends(shown, panels) or _axis_labels(shown, panels)


def _titles(panels: list[Mapping[str, Any]]) -> str:
    """Return what is wrong with titles that stand over other sets than they say."""
    for place, panel in enumerate(panels, start=1):
        number, title = _set_of(panel), panel["title"].strip()
        if number is None:
            number = _coloured_by_class(panel)
        if number is None or says_share(title, SHARES[number]):
            continue
        if any(says_share(title, share) for share in SHARES):
            return f"Panel {place} shows another dataset than its title {title[:40]!r} says."
        if says_rows_per_minority(title, SHARES[number]):
            return (
                f"The title {title[:40]!r} of panel {place} divides all rows by the minority. A ratio divides the "
                "majority by it."
            )
        return f"The title {title[:40]!r} of panel {place} doesn't say the share or the ratio of its dataset."
    return ""


def _legends(shown: Mapping[str, Any], panels: list[Mapping[str, Any]]) -> str:
    """Return what is wrong with legends whose entries name something else than what stands beside them."""
    signs: dict[int, list[tuple[Any, Any]]] = {0: [], 1: []}
    for panel in panels:
        number = _set_of(panel)
        for label in (0, 1):
            parts = (
                [] if number is None else [points for points in _points(panel) if _is(points, _sets()[number][label])]
            )
            signs[label] += [(points["marker"], points["colour"]) for points in parts]
    legends = [shown["entries"], *(axes["entries"] for axes in shown["axes"] if axes["visible"])]
    for legend in legends:
        for entry in legend:
            if is_feature(entry["text"]):
                return f"The legend names a feature, {entry['text'][:30]!r}. It should name the classes."
            beside = [label for label in (0, 1) if (entry["marker"], entry["colour"]) in signs[label]]
            named = class_in(entry["text"])
            if named is not None and beside == [1 - named]:
                return (
                    f"The legend is swapped, because {entry['text'][:30]!r} is beside the sign of class {beside[0]}. "
                    "Give each class its own label."
                )
    texts = [entry["text"] for legend in legends for entry in legend]
    if texts and not any(class_in(text) is not None for text in texts):
        return (
            f"The legend says {texts[0][:30]!r}, which names no class. Write class 0 and class 1, or majority and "
            "minority."
        )
    return ""


def _axis_labels(shown: Mapping[str, Any], panels: list[Mapping[str, Any]]) -> str:
    """Return what is wrong with axis labels that name the other feature."""

    def label_of(panel: Mapping[str, Any], name: str, lane: str) -> str:
        own = panel[name].strip() or shown[name]
        shared = [other[name] for other in panels if other[name].strip() and other[lane] == panel[lane]]
        return str(own or (shared[0] if shared else ""))

    for panel in panels:
        xlabel, ylabel = label_of(panel, "xlabel", "columns").strip(), label_of(panel, "ylabel", "rows").strip()
        if xlabel == ylabel:
            return f"Both axes are labeled {xlabel[:30]!r}. Each should name the feature along it."
        unnamed = [label for label in (xlabel, ylabel) if not names_a_feature(label)]
        if unnamed:
            return f"The axis label {unnamed[0][:30]!r} names no feature. Write `feature_1` and `feature_2`, as in `X`."
        number = _set_of(panel)
        if number is None:
            continue
        said = first_feature_along(xlabel, ylabel)
        part = next(points for points in _points(panel) if _is(points, _sets()[number][0]))
        first_along_x = np.allclose([part["centre"], part["spread"]], _sets()[number][0][1], atol=1e-4)
        if said is not None and said != ("x" if first_along_x else "y"):
            return "The axis labels are swapped. Each should name the feature along it."
    return ""


def _labelled(panels: list[Mapping[str, Any]], name: str, lane: str) -> bool:
    """Return whether each panel has the label, or shares its row or column of the grid with one that has it."""
    labelled = [tuple(panel[lane]) for panel in panels if panel[name].strip() and panel[lane]]
    return all(panel[name].strip() or (panel[lane] and tuple(panel[lane]) in labelled) for panel in panels)
