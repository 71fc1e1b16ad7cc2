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
    """One pipeline of a fold: a model, its version (`DEFAULT` or `TUNED`), and a treatment."""

    model: str
    version: str
    treatment: str


@dataclass(frozen=True)
class Plan:
    """What is measured.

    Attributes
    ----------
    models, versions, treatments : tuple of str
        Of `MODELS`, (`DEFAULT`, `TUNED`) and `TREATMENTS`; the treatment "none" belongs in it, to compare with.
    own_trees : tuple of str
        Of `OWN_TREES`.
    n_splits, n_repeats : int
        Folds of one cross-validation, and how often it is done.
    max_train : int
        The most rows that a fold learns from: to fit on and to choose thresholds on.
    seed : int
        From which all is drawn.
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
    """Return one table as a problem: each repeat deals its rows into other folds."""

    def of_repeat(repeat: int) -> tuple[Table, list[Fold]]:
        return table, folds_of(table, n_splits=plan.n_splits, repeat=repeat, seed=plan.seed, max_train=plan.max_train)

    return of_repeat
