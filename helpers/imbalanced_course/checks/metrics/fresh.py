"""Fresh inputs that several tasks of the lesson draw."""

from __future__ import annotations

from typing import Any

import numpy as np

from imbalanced_course.score_sets import scored_day


def fresh_scores(rng: np.random.Generator, **options: Any) -> tuple[Any, Any]:
    """Return labels and scores of a small made-up day that `rng` picks."""
    day = scored_day(seed=int(rng.integers(2**31)), **options)
    return day["is_fraud"].to_numpy(), day["score"].to_numpy()
