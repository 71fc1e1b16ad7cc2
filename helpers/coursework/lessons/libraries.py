"""Which libraries the lessons use: the process of the answers imports them once, before it is forked for each answer."""

from __future__ import annotations

import re

from coursework.lessons.catalogue import released_lessons

LIBRARIES = (
    "numpy", "pandas", "matplotlib.pyplot", "scipy.stats", "sklearn.compose", "sklearn.datasets", "sklearn.dummy",
    "sklearn.ensemble", "sklearn.linear_model", "sklearn.metrics", "sklearn.model_selection", "sklearn.neighbors",
    "sklearn.pipeline", "sklearn.preprocessing", "sklearn.calibration", "imblearn.over_sampling",
    "imblearn.under_sampling", "imblearn.combine", "imblearn.ensemble", "imblearn.pipeline", "imblearn.metrics",
    "imbalanced_course.datasets", "imbalanced_course.plots", "imbalanced_course.scoreboard",
)  # fmt: skip


def libraries_of_lessons() -> list[str]:
    """Return those of `LIBRARIES` whose package the text of a released lesson names; numpy in any case."""
    words: set[str] = set()
    for lesson in released_lessons():
        words |= set(re.findall(r"\w+", lesson.release_path.read_text(encoding="utf-8", errors="replace")))
    return [name for name in LIBRARIES if name == "numpy" or _packages(name) <= words]


def _packages(module: str) -> set[str]:
    """Return the words that name it: of the course's own package every module counts for itself."""
    first, _, rest = module.partition(".")
    return {first, rest} if first == "imbalanced_course" else {first}
