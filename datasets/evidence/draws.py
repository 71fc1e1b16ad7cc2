"""The simulated sets as problems: each repeat is a fresh draw to learn from, and a fresh, larger one to judge on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from imbalanced_course.datasets import DEFECTS_TARGET, SCREENING_TARGET, TARGET
from imbalanced_course.scoreboard import Fold
from imbalanced_course.simulation.defects import make_defects
from imbalanced_course.simulation.screening import make_screening
from imbalanced_course.simulation.transactions import make_transactions
from imbalanced_course.study import Table, as_table

_FIRST_SEED = 1000  # the seeds of the course's own files are lower


@dataclass(frozen=True)
class Simulated:
    """A generator: how many rows to fit on, to choose thresholds on, and to be judged on."""

    make: Callable[[int, int], pd.DataFrame]
    target: str
    fit: int
    validation: int
    test: int

    def __call__(self, repeat: int) -> tuple[Table, list[Fold]]:
        """Return the draw of a repeat: its table, and its only fold."""
        sizes = (self.fit, self.validation, self.test)
        parts = [self.make(n, _FIRST_SEED + 3 * repeat + place) for place, n in enumerate(sizes)]
        table = as_table(pd.concat(parts, ignore_index=True), self.target)
        fit, validation, test = np.split(np.arange(sum(sizes)), np.cumsum(sizes)[:-1])
        return table, [Fold(fit, validation, test)]


def _payments(n: int, seed: int) -> pd.DataFrame:
    # The first three weeks: the drift of the fourth is another subject.
    return make_transactions(n, seed=seed, last_day=21).drop(columns="day")


SIMULATED = {
    "payments": Simulated(_payments, TARGET, 12_000, 4_000, 40_000),
    "screening": Simulated(make_screening, SCREENING_TARGET, 3_750, 1_250, 20_000),
    "defects": Simulated(make_defects, DEFECTS_TARGET, 20_000, 10_000, 60_000),
}
