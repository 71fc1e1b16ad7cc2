"""Thresholds that meet a requirement on recall or on precision."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.metrics.fresh import ARRAYS_COME, crowded_day, ranked_rows, two_days
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs

# A threshold that lies so little above a score flags its row as well: single precision is enough.
SLACK = 5e-7
GRIDS = (100, 101, 201, 501, 1_000, 1_001, 2_001, 5_001, 10_001)


class _AnyOf(list[Any]):
    """The values of a mistake that is made in several ways."""


def _flagged(scores: Any, threshold: Any) -> int | None:
    """Return how many rows a threshold flags, or None where it is no threshold."""
    try:
        cut = float(threshold)
    except Exception:  # an answer can be any object
        return None
    return None if np.isnan(cut) else int(np.sum(scores >= cut - SLACK))


def _grids(scores: Any) -> list[np.ndarray]:
    """Return evenly spaced thresholds as learners try them."""
    return [np.linspace(low, high, n) for n in GRIDS for low, high in ((0, 1), (scores.min(), scores.max()))]


def _alike(same: Callable[..., bool]) -> Callable[..., bool]:
    """Extend a comparison of two thresholds to mistakes that are made in several ways."""

    def compare(one: Any, other: Any, *arguments: Any) -> bool:
        ones, others = (value if isinstance(value, _AnyOf) else [value] for value in (one, other))
        return any(same(a, b, *arguments) for a in ones for b in others)

    return compare


@_alike
def _flags_the_same(came: Any, expected: Any, y_true: Any, scores: Any, wanted: float) -> bool:
    return came is not None and _flagged(scores, came) == _flagged(scores, expected)


def _counts(y_true: Any, scores: Any) -> tuple[Any, Any, Any]:
    """Return the distinct scores from high to low, and for each the hits and the alerts when it is the threshold."""
    cuts, place = np.unique(scores, return_inverse=True)
    alerts = np.cumsum(np.bincount(place)[::-1])
    hits = np.cumsum(np.bincount(place, weights=y_true)[::-1])
    return cuts[::-1], hits, alerts


def _for_recall(y_true: Any, scores: Any, wanted: float) -> float:
    """Return the highest score that, as threshold, reaches the wanted recall."""
    cuts, hits, _ = _counts(y_true, scores)
    return float(cuts[np.argmax(hits / np.sum(y_true) >= wanted)])


def _for_recall_strictly_above(y_true: Any, scores: Any, wanted: float) -> float:
    """Return the threshold of those who flag scores above it only, a known mistake."""
    cuts = np.unique(scores)[::-1]
    reached = [np.mean(scores[y_true == 1] > cut) >= wanted for cut in cuts]
    return float(cuts[np.argmax(reached)]) if any(reached) else float("nan")


# `precision_recall_curve` ends in a point that learners forget.
LAST_POINT = "`precision_recall_curve` has one point more than thresholds, so leave its last point out."


@task(
    "threshold-for-recall",
    points=4,
    consequence="On `test` the recall is below 0.75. A threshold that just meets a requirement on one day often misses "
    "it on the next, so leave a margin.",
)
def threshold_for_recall(
    threshold_for_recall: Any, threshold: Any, test_recall: Any, test_precision: Any
) -> Iterable[Finding]:
    """The highest threshold for a wanted recall: a function, then chosen on one day and reported on the next."""
    rng = fresh_generator("threshold-for-recall")

    def draw() -> list[tuple[Any, ...]]:
        sizes = ((400, 20, 0.75), (460, 23, 0.75), (500, 30, 0.5), (400, 40, 0.9), (430, 43, 0.9), (400, 24, 0.7))
        return [
            (*crowded_day(rng, roc_auc=0.95, payments=rows, prevalence=positives / rows, decimals=3), wanted)
            for rows, positives, wanted in sizes
        ] + [
            # Ties among the positives that decide, and a precision that rises again below the threshold.
            (*ranked_rows(rng, "(+++)-(++)---+--++--", rows=200, positives=8), 0.6),
            (*ranked_rows(rng, "+-----++++++--", rows=300, positives=7), 0.25),
        ]

    def closest(y_true: Any, scores: Any, wanted: float) -> float:
        cuts, hits, _ = _counts(y_true, scores)
        return float(cuts[::-1][np.argmin(np.abs(hits / np.sum(y_true) - wanted)[::-1])])

    def more_than(y_true: Any, scores: Any, wanted: float) -> float:
        cuts, hits, _ = _counts(y_true, scores)
        return float(cuts[np.argmax(hits / np.sum(y_true) > wanted)])

    def from_grid(y_true: Any, scores: Any, wanted: float) -> Any:
        found = np.sort(scores[y_true == 1])
        recalls = [(grid, 1 - np.searchsorted(found, grid) / len(found)) for grid in _grids(scores)]
        return _AnyOf(float(grid[recall >= wanted - 1e-12].max()) for grid, recall in recalls)

    def quantile(*methods: Any) -> Callable[..., Any]:
        return lambda y_true, scores, wanted: _AnyOf(
            float(np.quantile(scores[y_true == 1], 1 - wanted, method=method)) for method in methods
        )

    def kth(y_true: Any, scores: Any, place: int) -> float:
        return float(np.sort(scores[y_true == 1])[::-1][place])

    def ties_once(y_true: Any, scores: Any, wanted: float) -> float:
        cuts = np.unique(scores[y_true == 1])[::-1]
        return float(cuts[int(np.ceil(wanted * len(cuts) - 1e-9)) - 1])

    def most_precise(y_true: Any, scores: Any, wanted: float) -> float:
        cuts, hits, alerts = _counts(y_true, scores)
        return float(cuts[np.argmax(np.where(hits / np.sum(y_true) >= wanted, hits / alerts, -1))])

    def by_precision(y_true: Any, scores: Any, wanted: float) -> float:
        cuts, hits, alerts = _counts(y_true, scores)
        return float(cuts[hits / alerts >= wanted].min())

    def first_precise(y_true: Any, scores: Any, wanted: float) -> float:
        cuts, hits, alerts = _counts(y_true, scores)
        return float(cuts[np.argmax(hits / alerts >= wanted)])

    mistakes: dict[str, Callable[..., Any]] = {
        "It flags scores > threshold. The rule is score >= threshold, so the threshold itself is flagged, too.": (
            _for_recall_strictly_above
        ),
        "It goes one score too low where a threshold reaches exactly the wanted recall. At least means >=, so exactly "
        "is enough.": more_than,
        "That's the lowest threshold, at which everything is flagged. Take the highest that still reaches the "
        "recall.": lambda y_true, scores, wanted: scores.min(),
        "That's the threshold whose recall is closest to the wanted one. At least means not below it.": closest,
        "That's a threshold for precision. Recall divides by all positives.": by_precision,
        "That's the highest threshold for a precision. Recall divides by all positives.": first_precise,
        "It tries evenly spaced thresholds. The only ones that matter are the scores themselves.": from_grid,
        "That's a quantile of the positives' scores, which can miss the requirement. Count positives and take a "
        "score.": quantile("linear", "midpoint", "nearest", "higher"),
        "That's a quantile of the positives' scores, rounded down, which can flag too many. Count positives.": (
            quantile("lower")
        ),
        "That's a quantile of all scores. Recall is about the scores of the positives.": (
            lambda y_true, scores, wanted: np.quantile(scores, 1 - wanted)
        ),
        "It counts positives with the same score once. Each of them counts.": ties_once,
        "That's the threshold with the best precision among those that reach the recall. Take the highest that reaches "
        "it.": most_precise,
        "It goes one positive too far. The k-th highest is at place k - 1 of a list, and its own score is the "
        "threshold, which flags scores >= it.": (
            lambda y_true, scores, wanted: kth(y_true, scores, int(np.ceil(wanted * y_true.sum())))
        ),
        "It rounds the number of positives down, so the recall falls short. Round it up.": (
            lambda y_true, scores, wanted: kth(y_true, scores, int(wanted * y_true.sum()) - 1)
        ),
    }
    inputs = telling_inputs(draw, _for_recall, mistakes.values(), same=_flags_the_same)
    yield function(
        "threshold_for_recall",
        threshold_for_recall,
        _for_recall,
        inputs,
        about=[f"{len(y)} rows with {y.sum()} positives and wanted={wanted}" for y, _, wanted in inputs],
        agree=_flags_the_same,
        mistakes=mistakes,
        errors={
            **ARRAYS_COME,
            "positional argument": "The check calls threshold_for_recall(y_true, scores, wanted).",
            "boolean index did not match": LAST_POINT,
            "out of bounds": LAST_POINT,
        },
        kind="the highest threshold that reaches the wanted recall",
        share=2,
    )

    y_val, s_val, y_test, s_test = two_days()

    def recall_at(y: Any, s: Any, cut: float) -> float:
        return float(np.mean(s[y == 1] >= cut))

    def precision_at(y: Any, s: Any, cut: float) -> float:
        return float(np.mean(y[s >= cut]))

    chosen, peeked = _for_recall(y_val, s_val, 0.75), _for_recall(y_test, s_test, 0.75)
    on_test = (
        "That threshold was chosen on the test set, so its numbers there are no longer a test. Choose on `validation`."
    )
    elsewhere = "That's the value on `validation`, where the threshold was chosen. Report it on `test`."
    # With a wrong threshold the two numbers for the test day can only be right for that threshold.
    own_cut = float(threshold) if _flagged(s_test, threshold) else float("inf")
    follows = "That's right for your `threshold`, but the threshold isn't right yet. Fix that first."
    alerts = _flagged(s_test, own_cut)
    was_peeked = _flagged(s_test, threshold) == _flagged(s_test, peeked)
    same_rows = _flagged(s_val, threshold) == _flagged(s_val, chosen)
    rounded = "A rounded threshold flags other rows. Keep all its decimals"
    yield value(
        "threshold",
        chosen if same_rows else threshold,
        chosen,
        mistakes={
            on_test: peeked,
            "That's the default threshold. A required recall needs its own, so use your function.": 0.5,
            "It flags scores > threshold. The rule is score >= threshold.": _for_recall_strictly_above(
                y_val, s_val, 0.75
            ),
            "That's the required recall. The threshold is the score at which rows begin to be flagged.": 0.75,
            "It asks for a recall > 0.75. At least means >=, so exactly 0.75 is enough.": more_than(y_val, s_val, 0.75),
            "That's the lowest score, which flags everything. Take the highest that reaches the recall.": s_val.min(),
            rounded: round(chosen, 3),
            f"{rounded}, and try the scores themselves, not round numbers": round(chosen, 2),
        },
        kind="the highest score that, as threshold, reaches the recall",
        tolerance=5e-5,
        share=1,
    )
    yield value(
        "test_recall",
        test_recall,
        recall_at(y_test, s_test, chosen),
        mistakes={
            "That's the precision. For recall, divide by all frauds of the day.": precision_at(y_test, s_test, chosen),
            "That's the recall at 0.5. Use your threshold.": recall_at(y_test, s_test, 0.5),
            on_test if was_peeked else elsewhere: 0.75,
            "That's the accuracy. Recall counts only the positives.": float(np.mean((s_test >= chosen) == y_test)),
            **({} if was_peeked else {follows: recall_at(y_test, s_test, own_cut)}),
        },
        share=0.5,
    )
    yield value(
        "test_precision",
        test_precision,
        precision_at(y_test, s_test, chosen),
        mistakes={
            "That's the recall. For precision, divide by the flagged rows.": recall_at(y_test, s_test, chosen),
            "That's the precision at 0.5. Use your threshold.": precision_at(y_test, s_test, 0.5),
            on_test: precision_at(y_test, s_test, peeked),
            elsewhere: precision_at(y_val, s_val, chosen),
            "That's the accuracy. Precision looks only at the flagged rows.": float(
                np.mean((s_test >= chosen) == y_test)
            ),
            **({} if was_peeked else {follows: precision_at(y_test, s_test, own_cut) if alerts else 0.0}),
        },
        share=0.5,
    )


def _for_precision(y_true: Any, scores: Any, wanted: float) -> float | None:
    """Return the threshold of highest recall among those that reach the wanted precision, None where none does."""
    cuts, hits, alerts = _counts(y_true, scores)
    reached = hits / alerts >= wanted
    if not reached.any():
        return None
    return float(cuts[reached][np.argmax(hits[reached])])


def _hits_met(cut: Any, y_true: Any, scores: Any, wanted: float) -> int | None:
    """Return the hits of a threshold that reaches the wanted precision, None for one that does not."""
    if not _flagged(scores, cut):
        return None
    flagged = scores >= float(cut) - SLACK
    return int(y_true[flagged].sum()) if np.mean(y_true[flagged]) >= wanted else None


@_alike
def _as_precise(came: Any, expected: Any, y_true: Any, scores: Any, wanted: float) -> bool:
    """Return whether a threshold flags the same rows as another, or reaches the precision with as many hits."""
    if expected is None or came is None:
        return came is None and expected is None
    if _flagged(scores, came) == _flagged(scores, expected) is not None:
        return True
    hits = _hits_met(came, y_true, scores, wanted)
    return hits is not None and hits == _hits_met(expected, y_true, scores, wanted)


@task("bonus-threshold-for-precision", points=0)
def bonus_threshold_for_precision(threshold_for_precision: Any) -> Iterable[Finding]:
    """The threshold of highest recall with a wanted precision: where one reaches it, and where none does."""
    rng = fresh_generator("bonus-threshold-for-precision")

    def draw() -> list[tuple[Any, ...]]:
        extra = int(rng.integers(0, 4))
        return [
            (
                *ranked_rows(
                    rng, "+" * (5 + extra) + "-" + "+" * 6 + "--" + "+" * 18 + "-----", rows=300, positives=40
                ),
                0.9,
            ),
            (*ranked_rows(rng, "-" + "+" * 9 + "----", rows=200, positives=14), 0.9),
            (*ranked_rows(rng, "+" * (8 + extra) + "(++---)" + "-" * 6, rows=250, positives=20), 0.9),
            (*ranked_rows(rng, "+" * (7 + extra) + "(---++)" + "-" * 6, rows=250, positives=20), 0.9),
            (*ranked_rows(rng, "(+++++-++++)" + "++++--" + "-" * 6, rows=250, positives=20), 0.9),
            (*crowded_day(rng, roc_auc=0.985, payments=800, prevalence=0.05, decimals=4), 0.8),
        ]

    met = [
        "scores whose precision falls and rises again",
        "scores on which the precision reaches exactly wanted=0.9",
        "scores with ties and wanted=0.9",
        "other scores with ties and wanted=0.9",
        "scores that begin with ties and wanted=0.9",
        "a simulated day and wanted=0.8",
    ]
    not_met = ["scores on which no threshold reaches wanted=0.9", "a day without a single positive"]

    def among(pick: Callable[..., Any], *, strict: bool = False) -> Callable[..., float]:
        def chosen(y_true: Any, scores: Any, wanted: float) -> float:
            cuts, hits, alerts = _counts(y_true, scores)
            reached = hits / alerts > wanted if strict else hits / alerts >= wanted
            return float(pick(cuts[reached]))

        return chosen

    def first_failure(y_true: Any, scores: Any, wanted: float) -> float | None:
        cuts, hits, alerts = _counts(y_true, scores)
        failed = np.append(hits / alerts < wanted, True)
        return float(cuts[np.argmax(failed) - 1]) if np.argmax(failed) else None

    def row_by_row(y_true: Any, scores: Any, wanted: float, *, from_the_back: bool = False) -> float:
        order = np.argsort(scores, kind="stable")[::-1] if from_the_back else np.argsort(-scores, kind="stable")
        precision = np.cumsum(y_true[order]) / np.arange(1, len(scores) + 1)
        return float(scores[order][precision >= wanted].min())

    def strictly_above(y_true: Any, scores: Any, wanted: float) -> float:
        cuts = np.unique(scores)[:-1]
        return float(min(cut for cut in cuts if np.mean(y_true[scores > cut]) >= wanted))

    def from_grid(y_true: Any, scores: Any, wanted: float) -> Any:
        found, everything = np.sort(scores[y_true == 1]), np.sort(scores)
        lowest = _AnyOf()
        for grid in _grids(scores):
            alerts = len(everything) - np.searchsorted(everything, grid)
            hits = len(found) - np.searchsorted(found, grid)
            reached = grid[(alerts > 0) & (hits >= wanted * alerts - 1e-9)]
            lowest.append(float(reached.min()) if len(reached) else None)
        return lowest

    def most_precise(y_true: Any, scores: Any, wanted: float) -> float:
        cuts, hits, alerts = _counts(y_true, scores)
        return float(cuts[np.argmax(hits / alerts)])

    mistakes: dict[str, Callable[..., Any]] = {
        "That's the highest threshold with this precision, so the lowest recall. Go as low as the requirement "
        "allows.": among(np.max),
        "It stops where precision first falls short. Precision goes up and down as the threshold falls.": first_failure,
        "It asks for a precision > wanted. At least means >=, so exactly the wanted value is enough.": (
            lambda *a: _or_none(among(np.min, strict=True), *a)
        ),
        "It flags scores > threshold. The rule is score >= threshold.": strictly_above,
        "It goes row by row. Rows with the same score are flagged together or not at all.": row_by_row,
        "It goes row by row, and backwards through ties. Rows with the same score are flagged together.": (
            functools.partial(row_by_row, from_the_back=True)
        ),
        "It tries evenly spaced thresholds. The only ones that matter are the scores themselves.": from_grid,
        "That's a threshold for recall. Here precision is required, and recall is what you get.": _for_recall,
        "That's the threshold of the highest precision. Take the highest recall that meets the requirement.": (
            most_precise
        ),
    }
    reachable = telling_inputs(draw, _for_precision, mistakes.values(), same=_as_precise)
    unreachable = [
        (*ranked_rows(rng, "---" + "+" * 4 + "--+-", rows=250, positives=16), 0.9),
        (np.zeros(200, dtype=int), np.round(0.95 * rng.random(200), 3), 0.9),
    ]
    yield function(
        "threshold_for_precision (requirement can be met)",
        threshold_for_precision,
        _for_precision,
        reachable,
        about=met,
        agree=_as_precise,
        mistakes=mistakes,
        errors={
            "positional argument": "The check calls threshold_for_precision(y_true, scores, wanted).",
            "empty": "Is the requirement `>=`, so that exactly the wanted value is enough?",
            "zero-size": "Is the requirement `>=`, so that exactly the wanted value is enough?",
            "boolean index did not match": LAST_POINT,
            **ARRAYS_COME,
        },
        kind="the threshold of highest recall that meets the requirement",
        share=2.5,
    )
    fallback = "No threshold meets the requirement here, so return None"
    nothing_left = (
        "No threshold meets the requirement here, so nothing is left to choose from. Look first, and return None."
    )
    last_point = (
        "The curve's last point (precision 1, recall 0) belongs to no threshold. Leave it out, and return None where "
        "no other point meets the requirement."
    )
    yield function(
        "threshold_for_precision (requirement can't be met)",
        threshold_for_precision,
        _for_precision,
        unreachable,
        about=not_met,
        mistakes={
            f"{fallback}. You return the threshold of the highest precision as if it met it.": most_precise,
            f"{fallback}. You return infinity, which flags no one without saying so.": lambda *a: float("inf"),
            f"{fallback}. You return 1, which reads like a threshold.": lambda *a: 1.0,
            f"{fallback}. You return 0, which flags everyone.": lambda *a: 0.0,
            f"{fallback}. You return 0.5, the default threshold.": lambda *a: 0.5,
            f"{fallback}. You return nan.": lambda *a: float("nan"),
            f"{fallback}. You return the highest score.": lambda y_true, scores, wanted: scores.max(),
            f"{fallback}. You return the lowest score, which flags everyone.": (
                lambda y_true, scores, wanted: scores.min()
            ),
        },
        errors={
            "empty": nothing_left,
            "zero-size": nothing_left,
            "positional argument": "The check calls threshold_for_precision(y_true, scores, wanted).",
            "out of bounds": last_point,
            "boolean index did not match": LAST_POINT,
        },
        kind="None",
        share=1.5,
    )


def _or_none(chosen: Callable[..., float], *arguments: Any) -> float | None:
    try:
        return chosen(*arguments)
    except ValueError:
        return None
