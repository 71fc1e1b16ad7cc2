"""What redrawn labels do to the rare class."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from imbalanced_course.checks.compare import entries, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task


@functools.lru_cache(maxsize=1)
def _counted() -> int:
    """Return the rows of class 1 in the worked example's set with the default `flip_y`."""
    from sklearn.datasets import make_classification

    _, y = make_classification(
        n_samples=10_000,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[0.99, 0.01],
        random_state=1,
    )
    return int(y.sum())


@task("flip-effect", points=4)
def flip_effect(minority_rows: Any, after_flips: Any) -> Iterable[Finding]:
    """The minority of the worked example with flips by default, counted; and what to expect of any share."""
    counted = _counted()
    yield value(
        "minority_rows",
        minority_rows,
        counted,
        mistakes={
            "that is the set without flips (`flip_y=0`), or the number asked for: leave `flip_y` out and count": 100,
            "that is the number of rows of class 0": 10_000 - counted,
            "that is the share: give the number of rows": counted / 10_000,
            "that is what to expect on average: this set has another number, so count it": 149,
        },
    )
    rng = fresh_generator("flip-effect")
    inputs = [
        (round(float(rng.uniform(0.01, 0.03)), 3), round(float(rng.uniform(0.02, 0.05)), 3)),
        (round(float(rng.uniform(0.05, 0.1)), 3), round(float(rng.uniform(0.1, 0.2)), 3)),
        (round(float(rng.uniform(0.15, 0.25)), 3), 0.0),
    ]

    def share(s: float, f: float) -> float:
        return (1 - f) * s + f / 2

    yield from entries(
        "after_flips",
        after_flips,
        lambda s, f: {"share": share(s, f), "from_majority": (1 - s) * f / 2 / share(s, f)},
        inputs,
        about=[f"minority share {s}, flip_y {f}" for s, f in inputs],
        mistakes={
            "share": {
                "flip_y is forgotten: that is the share before the flips": lambda s, f: s,
                "that adds the redrawn rows that become class 1, and forgets that rows of class 1 are redrawn, too": (
                    lambda s, f: s + f / 2
                ),
                "redrawn is not turned round: half of the redrawn rows get class 0 again": (
                    lambda s, f: s * (1 - f) + (1 - s) * f
                ),
                "that gives class 1 to every redrawn row: it is half of them": lambda s, f: (1 - f) * s + f,
                "that only takes away: half of the redrawn rows become class 1": lambda s, f: (1 - f) * s,
            },
            "from_majority": {
                "that is a share of all rows: divide by the share of class 1 after the flips": (
                    lambda s, f: (1 - s) * f / 2
                ),
                "that counts all redrawn rows of class 1: some of them were of class 1 before": (
                    lambda s, f: f / 2 / share(s, f)
                ),
                "that is the share of the rows that were of class 1 from the start": (
                    lambda s, f: 1 - (1 - s) * f / 2 / share(s, f)
                ),
                "that divides by the share before the flips: divide by the one after them": (
                    lambda s, f: (1 - s) * f / 2 / s
                ),
            },
        },
        errors={"positional argument": "the check calls after_flips(minority_share, flip_y)"},
        share=3,
    )
