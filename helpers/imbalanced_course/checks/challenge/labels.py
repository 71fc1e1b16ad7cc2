"""How imbalanced labels are: ratio, minority share, severity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import entries
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_entries

SLIGHT_UP_TO, SEVERE_FROM = 1.5, 100


def _severity(ratio: float) -> str:
    return "slight" if ratio <= SLIGHT_UP_TO else "moderate" if ratio < SEVERE_FROM else "severe"


def _counts(labels: Any) -> np.ndarray:
    return np.unique(labels, return_counts=True)[1]


def _ratio(labels: Any) -> float:
    counts = _counts(labels)
    return float(counts.max() / counts.min())


def _share(labels: Any) -> float:
    counts = _counts(labels)
    return float(counts.min() / counts.sum())


def _right(labels: Any) -> dict[str, Any]:
    return {"ratio": _ratio(labels), "minority_share": _share(labels), "severity": _severity(_ratio(labels))}


@task(
    "imbalance-ratio",
    points=4,
    consequence="It works on any labels now, so you can try it on your own. In section 3's simulation, you'll see how "
    "little the ratio alone says about difficulty.",
)
def imbalance_ratio(imbalance: Any) -> Iterable[Finding]:
    """A function from labels to ratio, share and severity, for two classes and more."""
    rng = fresh_generator("imbalance-ratio")

    def labels(*counts: int, names: tuple[Any, ...] = (0, 1)) -> tuple[np.ndarray]:
        drawn = rng.permutation(np.repeat(np.array(names), counts))
        if len(counts) > 2:  # the smallest class comes second: neither the first one that is seen nor the last
            smallest, next_to_it = (names[i] for i in np.argsort(counts)[:2])
            for place, name in enumerate((next_to_it, smallest)):
                found = place + np.flatnonzero(drawn[place:] == name)[0]
                drawn[[place, found]] = drawn[[found, place]]
        return (drawn,)

    def draw() -> list[tuple[Any, ...]]:
        extra = int(rng.integers(1, 9))
        return [
            labels(3 * (30 + extra), 2 * (30 + extra)),
            labels(3 * (1_500 + extra) + 1, 2 * (1_500 + extra)),
            labels(99 * (3 + extra), 3 + extra),
            labels(99 * (3 + extra) + extra + 2, 3 + extra),
            labels(100 * (2 + extra), 2 + extra),
            labels(200, 20_000 + 10 * extra + 3),
            # By name, too, the largest and the smallest class are not the first and the last.
            labels(350, 400 + extra, 30, names=("cat", "dog", "owl")),
            labels(150, 300 + extra, 140, names=("cat", "dog", "owl")),
            labels(900, 2_400 + extra, 25, 40, names=("a", "b", "c", "d")),
            labels(900, 2_600 + extra, 25, 40, names=("a", "b", "c", "d")),
        ]

    yield from entries(
        "imbalance",
        imbalance,
        _right,
        telling_entries(draw, _right, _MISTAKES, rounded=("ratio", "minority_share")),
        about=[
            "labels at 6:4",
            "labels slightly beyond 6:4",
            "labels at 99:1",
            "labels slightly beyond 99:1",
            "labels at 100:1",
            "labels with 1 as the majority",
            "three classes, one of them rare",
            "three classes, none of them rare",
            "four classes",
            "four classes, one of them rarer",
        ],
        mistakes=_MISTAKES,
        kinds={"severity": _WORDS},
        errors={
            "has no attribute": "The labels come as an array or a list. `pd.Series(labels)` has `value_counts`.",
            "Cannot cast": "Labels can be texts, and `np.bincount` counts whole numbers only. "
            "`pd.Series(labels).value_counts()` counts any labels.",
            **dict.fromkeys(
                ("KeyError", "ZeroDivision", "did not contain a loop", "unsupported operand", "not supported for"),
                "Labels need not be 0 and 1. Take the largest and the smallest count, whatever the classes are called.",
            ),
        },
    )


_WORDS = '"slight", "moderate" or "severe"'


def _of_two(labels: Any, one: Any) -> tuple[int, int]:
    """Return how many labels are `one`, and how many aren't."""
    count = int(np.sum(np.asarray(labels) == one))
    return count, len(labels) - count


def _ratio_by_name(labels: Any) -> float:
    """Return the ratio of those who count the label 1 against all the others."""
    low, high = sorted(_of_two(labels, 1))
    return high / low if low else float("inf")


_MISTAKES: dict[str, dict[str, Callable[[Any], Any]]] = {
    "ratio": {
        "The ratio is inverted. Divide the largest count by the smallest.": lambda y: 1 / _ratio(y),
        "That divides all rows by the smallest class. For the ratio, divide the largest class by it.": (
            lambda y: 1 / _share(y)
        ),
        "That takes the classes in the order of their names. Take the largest and the smallest count, whatever the "
        "classes are called.": lambda y: _counts(y)[0] / _counts(y)[-1],
        "That compares the class whose name comes first with the one whose name comes last. Take the largest and the "
        "smallest count.": lambda y: max(_counts(y)[[0, -1]]) / min(_counts(y)[[0, -1]]),
        "That counts the label 1 and all the others. Take the largest and the smallest class, whatever they are "
        "called.": _ratio_by_name,
        "That's all the other labels per label 1. Take the largest and the smallest class, whatever they are called.": (
            lambda y: (len(y) - _of_two(y, 1)[0]) / _of_two(y, 1)[0] if _of_two(y, 1)[0] else float("inf")
        ),
        "That takes the second largest class. With more than two classes, take the smallest.": (
            lambda y: np.sort(_counts(y))[-1] / np.sort(_counts(y))[-2]
        ),
        "That divides by all the other classes together. With more than two classes, divide by the smallest.": (
            lambda y: _counts(y).max() / (len(y) - _counts(y).max())
        ),
        "That divides all the other classes together by the smallest. Divide only the largest by it.": (
            lambda y: (len(y) - _counts(y).min()) / _counts(y).min()
        ),
        "That's a whole number. Keep at least three decimals, so divide with `/`.": lambda y: (
            _counts(y).max() // _counts(y).min()
        ),
    },
    "minority_share": {
        "That's the share of the majority. For the minority share, divide the smallest count by all rows.": lambda y: (
            _counts(y).max() / len(y)
        ),
        "That's the ratio. For the share, divide the smallest class by all rows.": _ratio,
        "That divides by the majority. For a share, divide by all rows.": lambda y: 1 / _ratio(y),
        "That's the smaller share of the classes whose names come first and last. Take the smallest class.": (
            lambda y: min(_counts(y)[[0, -1]]) / len(y)
        ),
        "That's the share of the class whose name comes last. Take the smallest class.": (
            lambda y: _counts(y)[-1] / len(y)
        ),
        "That's the share of the label 1. Take the smallest class, whatever it's called.": (
            lambda y: _of_two(y, 1)[0] / len(y)
        ),
        "That's the share of the label 1 or of all the others. Take the smallest class, whatever it's called.": (
            lambda y: min(_of_two(y, 1)) / len(y)
        ),
    },
    "severity": {
        "It draws the line at a share of 1%. The line is a ratio of 100, and 99:1 does not reach it.": (
            lambda y: _severity(SEVERE_FROM if _share(y) <= 0.01 else _ratio(y))
        ),
        "At a ratio of exactly 1.5, imbalance is still slight.": lambda y: _severity(
            max(_ratio(y), 1.6) if _ratio(y) >= SLIGHT_UP_TO else _ratio(y)
        ),
        "At a ratio of exactly 100, imbalance is already severe.": lambda y: _severity(
            _ratio(y) - 1e-9 if _ratio(y) <= SEVERE_FROM else _ratio(y)
        ),
        "It judges a rounded ratio. 99.6 is below 100, and 1.53 is above 1.5. Round afterward.": lambda y: _severity(
            round(_ratio(y), 1 if _ratio(y) < 2 else 0)
        ),
        "It judges a ratio rounded to a few decimals. 1.5003 is above 1.5. Round afterward.": lambda y: _severity(
            round(_ratio(y), 3)
        ),
        "It judges an inverted ratio. Divide the largest count by the smallest first.": lambda y: _severity(
            1 / _ratio(y)
        ),
        "It judges the ratio of the label 1 to all the others. Labels need not be 0 and 1.": (
            lambda y: _severity(_ratio_by_name(y))
        ),
        "It judges the largest class against all the others together. Take the smallest class.": (
            lambda y: _severity(_counts(y).max() / (len(y) - _counts(y).max()))
        ),
        "It judges all the other classes together against the smallest. Take only the largest class.": (
            lambda y: _severity((len(y) - _counts(y).min()) / _counts(y).min())
        ),
        "It judges the largest class against the second largest. With more than two classes, take the smallest.": (
            lambda y: _severity(np.sort(_counts(y))[-1] / np.sort(_counts(y))[-2])
        ),
        "It judges the classes whose names come first and last. Take the largest and the smallest count.": (
            lambda y: _severity(max(_counts(y)[[0, -1]]) / min(_counts(y)[[0, -1]]))
        ),
    },
}
