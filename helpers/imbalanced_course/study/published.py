"""The study of this course on real sets and on fresh draws, as `datasets/evidence` keeps its differences."""

from __future__ import annotations

import pandas as pd

from imbalanced_course.course_files import course_file


def load_differences() -> pd.DataFrame:
    """Load what each treatment changed on each dataset, compared with not resampling for the same model.

    Returns
    -------
    DataFrame
        `set`, `title`, `kind` ("real", or the name of the simulated dataset that a row is a fresh draw of), `rows`,
        `positives` and `categories` (columns that are categories) of a real dataset, `model`, `version` ("default" or
        "tuned"), `treatment`, `metric` (of `METRICS`), and `difference` with the ends `low` and `high` of its corrected
        interval over the folds (missing for a draw, which is judged once). Ensembles with trees of their own are
        compared with tuned boosting.

    Raises
    ------
    CourseError
        When the installation has no data folder.

    See Also
    --------
    over_sets : Sums up one treatment over datasets.
    differences : Computes such rows from your own measurements.

    Examples
    --------
    >>> from imbalanced_course.study import load_differences
    >>> found = load_differences()
    >>> sorted(found["version"].unique())
    ['default', 'tuned']
    >>> found.query("kind == 'real'")["set"].nunique() > 10
    True
    """
    return pd.read_csv(course_file("datasets") / "evidence" / "differences.csv.gz")
