"""Runs a plan: resumable, seeded, the same rows whatever the number of workers."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.scoreboard import Fold
from imbalanced_course.study.measures import METRICS, judge
from imbalanced_course.study.models import Parameters, tuned_parameters
from imbalanced_course.study.plan import TUNED, Contender, Plan, Problem
from imbalanced_course.study.table import Table
from imbalanced_course.study.treatments import make_pipeline, preparation

KEYS = ["repeat", "fold", "model", "version", "treatment"]
"""The columns that name a row."""

COUNTS = ["n_fit", "n_test", "n_positive"]
_DIGITS = 5


@dataclass
class Stored:
    """What a run has found so far.

    Attributes
    ----------
    rows : DataFrame
        `KEYS`, `COUNTS`, `fold_key` (the same for the same test rows with the same labels) and `METRICS`, with five
        significant digits, sorted by `KEYS`; metrics are NaN if a treatment couldn't be fitted.
    tuned : dict
        For each model, the parameters that were found for it.

    See Also
    --------
    measure : Finds the rows.
    recompute : Computes some of them again.

    Examples
    --------
    >>> from imbalanced_course.study import Stored
    >>> len(Stored().rows), Stored().tuned
    (0, {})
    """

    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*KEYS, *COUNTS, "fold_key", *METRICS]))
    tuned: dict[str, dict[str, Any]] = field(default_factory=dict)


def measure(
    problem: Problem,
    plan: Plan,
    *,
    known: Stored | None = None,
    keep: Callable[[Stored], None] = lambda _: None,
    advance: Callable[[int, int], None] = lambda done, total: None,
    workers: int = 1,
) -> Stored:
    """Measure every contender of a plan on every fold.

    Parameters
    ----------
    problem : callable
        Gives each repeat's table and folds (see `problem_of`).
    plan : Plan
        What is measured.
    known : Stored, optional
        What an earlier run of the same plan found; it is not measured again.
    keep : callable, optional
        Called with everything found so far, whenever there is more. If you store it, a run that was stopped can
        continue.
    advance : callable, optional
        Called with the number of pipelines done and the total, for a progress bar.
    workers : int
        Processes that work at the same time, one thread each.

    Returns
    -------
    Stored
        All rows.

    Raises
    ------
    ValueError
        When the table can't be measured.

    See Also
    --------
    differences : Compares the contenders.
    recompute : Computes stored rows again.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from imbalanced_course import study
    >>> rng = np.random.default_rng(0)
    >>> frame = pd.DataFrame({"size": rng.normal(size=400), "color": rng.choice(["red", "blue"], 400)})
    >>> frame["broken"] = (frame["size"] + rng.normal(size=400) > 2).astype(int)
    >>> table = study.as_table(frame, "broken")
    >>> plan = study.Plan(models=("logistic regression",), versions=("default",), treatments=("none", "weights"),
    ...                   own_trees=(), n_splits=2, n_repeats=1)
    >>> stored = study.measure(study.problem_of(table, plan), plan)
    >>> stored.rows[["fold", "treatment", "n_test", "n_positive"]]
       fold treatment  n_test  n_positive
    0     0      none     200          13
    1     0   weights     200          13
    2     1      none     200          13
    3     1   weights     200          13

    Nothing is measured twice:

    >>> again = study.measure(study.problem_of(table, plan), plan, known=stored)
    >>> len(again.rows)
    4
    """
    from joblib import Parallel, delayed

    found = known or Stored()
    have = {tuple(row) for row in found.rows[KEYS].itertuples(index=False)}
    total = done = len(have)
    todo: list[tuple[int, int, list[Contender]]] = []
    for repeat in range(plan.n_repeats):
        table, folds = problem(repeat)
        if repeat == 0 and TUNED in plan.versions:
            _tune(table, folds[0], plan, found, keep, workers)
        for number in range(len(folds)):
            missing = [one for one in plan.contenders() if (repeat, number, *one) not in have]
            # One job for the versions of one model: short enough to share out evenly, long enough to be worth it.
            for model in dict.fromkeys((one.model, one.version) for one in missing):
                part = [one for one in missing if (one.model, one.version) == model]
                todo.append((repeat, number, part))
                total += len(part)
    advance(done, total)
    jobs = (delayed(_rows)(problem, plan.seed, repeat, number, part, found.tuned) for repeat, number, part in todo)
    for rows in Parallel(workers, return_as="generator_unordered", pre_dispatch="2*n_jobs")(jobs):
        found.rows = _sorted([found.rows, pd.DataFrame(rows)])
        done += len(rows)
        keep(found)
        advance(done, total)
    return found


def recompute(problem: Problem, plan: Plan, stored: Stored, keys: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """Compute stored rows again, from the stored parameters.

    Parameters
    ----------
    problem, plan, stored : callable, Plan, Stored
        What was measured, and what `measure` returned.
    keys : iterable of tuple
        The values of `KEYS` of the rows to compute.

    Returns
    -------
    DataFrame
        As `Stored.rows`, one row for each of `keys`.

    See Also
    --------
    measure : Computes all rows.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from imbalanced_course import study
    >>> rng = np.random.default_rng(0)
    >>> frame = pd.DataFrame({"size": rng.normal(size=400), "color": rng.choice(["red", "blue"], 400)})
    >>> frame["broken"] = (frame["size"] + rng.normal(size=400) > 2).astype(int)
    >>> table = study.as_table(frame, "broken")
    >>> plan = study.Plan(models=("logistic regression",), versions=("default",), treatments=("none", "weights"),
    ...                   own_trees=(), n_splits=2, n_repeats=1)
    >>> problem = study.problem_of(table, plan)
    >>> stored = study.measure(problem, plan)
    >>> again = study.recompute(problem, plan, stored, [(0, 1, "logistic regression", "default", "weights")])
    >>> again["brier"].tolist() == stored.rows.query("fold == 1 and treatment == 'weights'")["brier"].tolist()
    True
    """
    rows = []
    for repeat, number, *contender in keys:
        rows += _rows(problem, plan.seed, repeat, number, [Contender(*contender)], stored.tuned)
    return _sorted([pd.DataFrame(rows)])


def _tune(table: Table, fold: Fold, plan: Plan, found: Stored, keep: Callable[[Stored], None], workers: int) -> None:
    """Tune each model once, on the rows that the very first fold fits on."""
    from joblib import Parallel, delayed

    lacking = [model for model in plan.models if model not in found.tuned]
    jobs = (delayed(tune)(model, table, fold.fit, plan.seed) for model in lacking)
    for model, best in zip(lacking, Parallel(workers)(jobs), strict=True):
        found.tuned[model] = best
    if lacking:
        keep(found)


def tune(model: str, table: Table, rows: np.ndarray, seed: int) -> dict[str, Any]:
    """Return the parameters of a small random search for a model on some rows of a table.

    They have the lowest log loss in three folds, with nothing resampled and nothing weighted.

    Parameters
    ----------
    model : str
        One of `MODELS`.
    table : Table
        Where the rows come from.
    rows : ndarray of int
        Positions of the rows to search on.
    seed : int
        Of the draws, the folds, and the model.

    Returns
    -------
    dict
        Parameters by name, as JSON keeps them; floats have six digits.

    Raises
    ------
    ValueError
        When there is no such model, or a class has too few rows.

    See Also
    --------
    make_model : Takes the parameters.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from imbalanced_course import study
    >>> rng = np.random.default_rng(0)
    >>> frame = pd.DataFrame({"size": rng.normal(size=400), "color": rng.choice(["red", "blue"], 400)})
    >>> frame["broken"] = (frame["size"] + rng.normal(size=400) > 2).astype(int)
    >>> table = study.as_table(frame, "broken")
    >>> sorted(study.tune("logistic regression", table, np.arange(100), seed=0))
    ['C']
    """
    with _quiet():
        return tuned_parameters(model, preparation(table), table.X.iloc[rows], table.y[rows], seed)


def probabilities(
    one: Contender, table: Table, fold: Fold, seed: int, parameters: Parameters | None = None
) -> tuple[np.ndarray, np.ndarray] | None:
    """Fit a contender on a fold and return its probabilities for the validation rows and the test rows.

    Parameters
    ----------
    one : Contender
        What is fitted.
    table : Table
        Where the rows come from.
    fold : Fold
        Row positions to fit on, to choose thresholds on, and to be judged on.
    seed : int
        Of the sampler and the model.
    parameters : mapping, optional
        Of the model, as `tune` returns them.

    Returns
    -------
    validation, test : numpy.ndarray, or None
        Probabilities of class 1, 0 to 1. None instead of both if the contender can't be fitted there, for example
        because a sampler finds no neighbors.

    Raises
    ------
    ValueError
        When there is no such model or treatment.

    See Also
    --------
    judge : Judges the probabilities.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from imbalanced_course import study
    >>> rng = np.random.default_rng(0)
    >>> frame = pd.DataFrame({"size": rng.normal(size=400), "color": rng.choice(["red", "blue"], 400)})
    >>> frame["broken"] = (frame["size"] + rng.normal(size=400) > 2).astype(int)
    >>> table = study.as_table(frame, "broken")
    >>> _, folds = study.problem_of(table, study.Plan(n_splits=2))(0)
    >>> one = study.Contender("logistic regression", "default", "weights")
    >>> validation, test = study.probabilities(one, table, folds[0], seed=0)
    >>> test.shape == folds[0].test.shape
    True
    """
    pipeline = make_pipeline(one.treatment, one.model, table, seed, parameters)
    with _quiet():
        try:
            fitted = pipeline.fit(table.X.iloc[fold.fit], table.y[fold.fit])
        except (ValueError, RuntimeError):
            return None
        validation, test = (
            np.clip(fitted.predict_proba(table.X.iloc[rows])[:, 1], 0, 1) for rows in (fold.validation, fold.test)
        )
    return validation, test


def _rows(
    problem: Problem,
    seed: int,
    repeat: int,
    number: int,
    contenders: Iterable[Contender],
    tuned: Mapping[str, Parameters],
) -> list[dict[str, Any]]:
    """Return the rows of some pipelines on one fold."""
    table, folds = problem(repeat)
    fold = folds[number]
    drawn = int(np.random.SeedSequence([seed, repeat, number]).generate_state(1)[0])
    truth = table.y[fold.test]
    facts = {
        "n_fit": len(fold.fit),
        "n_test": len(fold.test),
        "n_positive": int(truth.sum()),
        "fold_key": f"rows-{zlib.crc32(np.concatenate([fold.test, truth]).astype('<i8').tobytes()):08x}",
    }
    rows = []
    for one in contenders:
        parameters = tuned[one.model] if one.version == TUNED else None
        metrics = _metrics(probabilities(one, table, fold, drawn, parameters), table, fold)
        rows.append({"repeat": repeat, "fold": number, **one._asdict(), **facts, **metrics})
    return rows


def _metrics(found: tuple[np.ndarray, np.ndarray] | None, table: Table, fold: Fold) -> dict[str, float]:
    if found is None:  # the row tells by its lack of figures
        return dict.fromkeys(METRICS, float("nan"))
    validation, test = found
    figures = judge(table.y[fold.test], test, table.y[fold.validation], validation)
    return {metric: float(f"{figure:.{_DIGITS}g}") for metric, figure in figures.items()}


@contextmanager
def _quiet() -> Iterator[None]:
    """One thread, and no warnings: thousands of fits would bury the progress bar; what failed is in the rows."""
    from threadpoolctl import threadpool_limits

    with warnings.catch_warnings(), threadpool_limits(1):
        warnings.simplefilter("ignore")
        yield


def _sorted(parts: list[pd.DataFrame]) -> pd.DataFrame:
    rows = pd.concat([part for part in parts if len(part)], ignore_index=True)
    return rows.sort_values(KEYS, ignore_index=True)[[*KEYS, *COUNTS, "fold_key", *METRICS]]
