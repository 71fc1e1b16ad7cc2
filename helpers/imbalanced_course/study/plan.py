"""What is measured: the models, the treatments, the folds; and where the rows of each repeat come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from imbalanced_course.scoreboard import Fold
from imbalanced_course.study.folds import folds_of
from imbalanced_course.study.models import MODELS
from imbalanced_course.study.table import Table
from imbalanced_course.study.treatments import NONE, OWN_TREES, TREATMENTS, TREES

DEFAULT, TUNED = "default", "tuned"
Problem = Callable[[int], tuple[Table, list[Fold]]]
"""Gives for the number of a repeat (from 0) a table and its folds: the same table, or a fresh draw."""


class Contender(NamedTuple):
    """One pipeline of a fold: a model, its version (`DEFAULT` or `TUNED`), and a treatment.

    Attributes
    ----------
    model, version, treatment : str
        As in `Plan`; the model of an ensemble with its own trees is "trees of its own".

    See Also
    --------
    Plan : Lists its contenders.

    Examples
    --------
    >>> from imbalanced_course.study import Contender
    >>> Contender("random forest", "default", "SMOTE").treatment
    'SMOTE'
    """

    model: str
    version: str
    treatment: str


@dataclass(frozen=True)
class Plan:
    """What is measured: models, treatments, and folds.

    Attributes
    ----------
    models, versions, treatments : tuple of str
        Names in `MODELS`, (`DEFAULT`, `TUNED`), and `TREATMENTS`. The treatment "none" must be one of them, because the
        others are compared with it.
    own_trees : tuple of str
        Names in `OWN_TREES`.
    n_splits, n_repeats : int
        Folds of one cross-validation, and how often it is done, each 1 or more.
    max_train : int
        The most rows that a fold learns from, to fit and to choose thresholds; 100 or more.
    seed : int
        From which everything is drawn, 0 or more.

    Raises
    ------
    ValueError
        When a name is unknown, "none" is missing, or a number is too small.

    See Also
    --------
    measure : Carries out a plan.

    Examples
    --------
    >>> from imbalanced_course.study import Plan
    >>> plan = Plan(models=("logistic regression",), versions=("default",), treatments=("none", "SMOTE"), own_trees=())
    >>> [contender.treatment for contender in plan.contenders()]
    ['none', 'SMOTE']
    >>> Plan(treatments=("SMOTE",))
    Traceback (most recent call last):
        ...
    ValueError: a plan needs the treatment 'none': the others are compared with it
    """

    models: tuple[str, ...] = MODELS
    versions: tuple[str, ...] = (DEFAULT, TUNED)
    treatments: tuple[str, ...] = TREATMENTS
    own_trees: tuple[str, ...] = OWN_TREES
    n_splits: int = 5
    n_repeats: int = 5
    max_train: int = 5000
    seed: int = 0

    def __post_init__(self) -> None:
        known = {"models": MODELS, "versions": (DEFAULT, TUNED), "treatments": TREATMENTS, "own_trees": OWN_TREES}
        for field, allowed in known.items():
            unknown = [name for name in getattr(self, field) if name not in allowed]
            if unknown:
                raise ValueError(f"a plan's {field} can be {', '.join(allowed)}, not {unknown[0]!r}")
        if NONE not in self.treatments:
            raise ValueError(f"a plan needs the treatment {NONE!r}: the others are compared with it")
        for field, least in (("n_splits", 1), ("n_repeats", 1), ("max_train", 100), ("seed", 0)):
            if getattr(self, field) < least:
                raise ValueError(f"a plan's {field} is at least {least}, not {getattr(self, field)}")

    def contenders(self) -> list[Contender]:
        """Return every pipeline of a fold."""
        found = [
            Contender(model, version, treatment)
            for model in self.models
            for version in self.versions
            for treatment in self.treatments
        ]
        return found + [Contender(TREES, DEFAULT, treatment) for treatment in self.own_trees]

    def recipe(self) -> dict[str, Any]:
        """Return what a stored row depends on; more repeats change no row."""
        return {name: value for name, value in asdict(self).items() if name != "n_repeats"}


def problem_of(table: Table, plan: Plan) -> Problem:
    """Return one table as a problem: each repeat deals its rows into other folds.

    Parameters
    ----------
    table : Table
        What is measured.
    plan : Plan
        Says how many folds, how many training rows at most, and the seed.

    Returns
    -------
    callable
        Gives for the number of a repeat, from 0, the table and a list of its folds. It raises what `folds_of` raises.

    See Also
    --------
    folds_of : Deals the rows.
    measure : Takes a problem.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from imbalanced_course import study
    >>> rng = np.random.default_rng(0)
    >>> frame = pd.DataFrame({"size": rng.normal(size=400), "color": rng.choice(["red", "blue"], 400)})
    >>> frame["broken"] = (frame["size"] + rng.normal(size=400) > 2).astype(int)
    >>> table = study.as_table(frame, "broken")
    >>> problem = study.problem_of(table, study.Plan(n_splits=3))
    >>> same, folds = problem(0)
    >>> same is table, len(folds)
    (True, 3)
    """

    def of_repeat(repeat: int) -> tuple[Table, list[Fold]]:
        return table, folds_of(table, n_splits=plan.n_splits, repeat=repeat, seed=plan.seed, max_train=plan.max_train)

    return of_repeat
