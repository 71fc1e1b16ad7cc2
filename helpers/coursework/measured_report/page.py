"""The page of `course measure`: one file that needs no network and no scripts."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from coursework.standalone_page import PagePicture, page_picture, templates_of
from imbalanced_course.measure import (
    CAPTIONS,
    FLOORS,
    PER_ROWS,
    Advice,
    Comparison,
    Facts,
    Goal,
    benefit_picture,
    contenders,
    in_text,
    interval_picture,
    reliability_picture,
    settings,
    table,
    time_picture,
    title,
    worth_trying,
)
from imbalanced_course.plots.captions import as_png
from imbalanced_course.scoreboard import Interval
from imbalanced_course.study import TUNED, Contender

SIGN = "course measure"
"""Says in a page what wrote it."""

_MOST_COLUMNS = 12
_TABLES = {
    "ranking": ("average_precision", "roc_auc"),
    "probabilities": ("log_loss", "log_loss_calibrated", "brier"),
    "decision": ("cost", "precision", "recall", "alerts"),
    "thresholds": ("cost", "cost_prices", "cost_tuned"),
}


def page_of(
    name: str,
    target: str,
    comparison: Comparison,
    rows: pd.DataFrame,
    facts: Facts,
    goal: Goal,
    advice: Advice,
    notes: Sequence[str] = (),
) -> str:
    """Return the page's HTML; names of files and columns are escaped, and notes on how the file was read come first."""
    environment = templates_of("coursework.measured_report")
    environment.filters |= {"interval": in_text, "percent": lambda share: f"{100 * share:.3g}%"}
    judged_ones = contenders(rows)
    shown = advice.one if advice.one not in FLOORS else judged_ones[0]
    return (
        environment.get_template("page.html.j2").render(
            name=name,
            target=target,
            comparison=comparison,
            facts=facts,
            goal=goal,
            advice=advice,
            notes=notes,
            sign=SIGN,
            title=title,
            shown=shown,
            tables={name: table(rows, metrics) for name, metrics in _TABLES.items()},
            columns=list(facts.alone.items())[:_MOST_COLUMNS],
            missing=list(facts.missing.items())[:_MOST_COLUMNS],
            settings=[(title(one), settings(comparison, one)) for one in _tuned(comparison)],
            treatments=_treatments(facts.positives),
            per_rows=PER_ROWS,
            pictures=_pictures(comparison, rows, facts, goal, advice, shown),
        )
        + "\n"
    )


def _tuned(comparison: Comparison) -> list[Contender]:
    return [one for one in comparison.found if one.version == TUNED and one.treatment == "none"]


def _treatments(positives: int) -> list[tuple[str, Interval, int]]:
    return [
        (
            title(Contender(row["model"], row["version"], row["treatment"])),
            Interval(row["cost"], row["low"], row["high"]),
            row["sets"],
        )
        for row in worth_trying(positives).to_dict("records")
    ]


def _pictures(
    comparison: Comparison, rows: pd.DataFrame, facts: Facts, goal: Goal, advice: Advice, shown: Contender
) -> dict[str, PagePicture]:
    found = {
        "ranking": _drawn(lambda: interval_picture(rows, "average_precision", advised=advice.one), "ranking"),
        "cost": _drawn(lambda: interval_picture(rows, "cost", advised=advice.one), "cost"),
        "reliability": _drawn(lambda: reliability_picture(comparison, shown), "reliability"),
        "benefit": _drawn(lambda: benefit_picture(comparison, shown, goal), "benefit"),
    }
    if facts.over_time is not None:
        found["time"] = _drawn(lambda: time_picture(facts), "time")
    return found


def _drawn(draw: Callable[[], Any], kind: str) -> PagePicture:
    """Draw a picture in matplotlib's own style, whatever the user's is; it's never shown."""
    from matplotlib import pyplot, style

    with style.context("default"), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")
        figure = draw().figure
        data, width = as_png(figure)
        pyplot.close(figure)
    return page_picture(data, CAPTIONS[kind], width)
