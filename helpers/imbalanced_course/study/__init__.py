"""The course's method on any table: models and treatments, judged fold by fold without looking ahead.

A table, a target and a plan go in (`as_table`, `Plan`); `measure` gives every fold's metrics, `differences` compares
them. Columns are prepared and rows resampled inside the folds; groups, time and equal rows never stand on both sides.
"""

from imbalanced_course.study.folds import folds_of, require_measurable
from imbalanced_course.study.measures import METRICS, judge
from imbalanced_course.study.models import MODELS, make_model
from imbalanced_course.study.plan import DEFAULT, TUNED, Contender, Plan, Problem, problem_of
from imbalanced_course.study.published import load_differences
from imbalanced_course.study.run import KEYS, Stored, measure, probabilities, recompute, tune
from imbalanced_course.study.summary import OverSets, differences, over_sets
from imbalanced_course.study.table import Table, as_table
from imbalanced_course.study.treatments import NONE, OWN_TREES, TREATMENTS, make_pipeline

__all__ = [
    "DEFAULT",
    "KEYS",
    "METRICS",
    "MODELS",
    "NONE",
    "OWN_TREES",
    "TREATMENTS",
    "TUNED",
    "Contender",
    "OverSets",
    "Plan",
    "Problem",
    "Stored",
    "Table",
    "as_table",
    "differences",
    "folds_of",
    "judge",
    "load_differences",
    "make_model",
    "make_pipeline",
    "measure",
    "over_sets",
    "probabilities",
    "problem_of",
    "recompute",
    "require_measurable",
    "tune",
]
