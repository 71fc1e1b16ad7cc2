"""Fits models and treatments fold by fold within some minutes: what matters most first, and stopped cleanly."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from imbalanced_course.measure.contenders import by_themselves, worth_trying
from imbalanced_course.measure.decision import PER_ROWS, Goal, alerts_allowed
from imbalanced_course.measure.workers import run_jobs
from imbalanced_course.scoreboard import Fold
from imbalanced_course.study import (
    DEFAULT,
    MODELS,
    NONE,
    TUNED,
    Contender,
    Table,
    folds_of,
    probabilities,
    tune,
)
from imbalanced_course.study.models import search_space

FEWEST_POSITIVES = 10
MINUTES = 5.0
"""By default."""

FOLDS = 5
TUNING_ROWS = 3000
"""A search for settings takes at most so many rows of a fold."""

_TRIAL_ROWS = 2000
_FEWEST_TO_LEARN_FROM = 100  # positives of a sample
_MOST_ROWS = (50_000, 20_000, 10_000, 5000, 2500)
_SHARE_FOR_FITS = 0.85  # of the minutes; the rest is for what comes after, and for a fit that takes longer than thought
_ENOUGH_IN_CLASS, _MOST_REPEATS = 1000, 5  # rows of the rarer class for which dealing the folds once is enough
_SLOWER = 2.0  # what a treatment, or a tuned model, takes more than the default model


class Predicted(NamedTuple):
    """A contender's probabilities on a fold, and the labels to judge them by, in an order drawn for the fold."""

    y_validation: np.ndarray
    validation: np.ndarray
    y: np.ndarray
    test: np.ndarray
    n_train: int


@dataclass
class Comparison:
    """What was found in the time that there was.

    Attributes
    ----------
    table : Table
        The rows.
    found : dict
        By contender, and by repeat and fold, a `Predicted`; each contender has all folds of at least one repeat.
    parameters : dict
        By model, and by repeat and fold, the settings that the search found there.
    n_splits, n_repeats, max_train : int
        Folds of a cross-validation, how often it was to be done, and the most rows that a fold learns from.
    left_out, failed : list of Contender
        For which there was no time, and which can't be fitted on this table.
    interrupted : bool
        Whether it was stopped by hand.
    seconds : float
        How long it took.
    """

    table: Table
    n_splits: int = FOLDS
    n_repeats: int = 1
    max_train: int = _MOST_ROWS[0]
    seed: int = 0
    found: dict[Contender, dict[tuple[int, int], Predicted]] = field(default_factory=dict)
    parameters: dict[str, dict[tuple[int, int], dict[str, Any]]] = field(default_factory=dict)
    left_out: list[Contender] = field(default_factory=list)
    failed: list[Contender] = field(default_factory=list)
    interrupted: bool = False
    seconds: float = 0.0


class _Job(NamedTuple):
    """One contender on one fold; `search` is how many rows to search for settings on, where there are none yet."""

    one: Contender
    place: tuple[int, int]
    fold: Fold
    seed: int
    parameters: dict[str, Any] | None = None
    search: int = 0


def compare(
    table: Table,
    *,
    minutes: float = MINUTES,
    workers: int | None = None,
    seed: int = 0,
    advance: Callable[[int, int], None] = lambda done, total: None,
) -> Comparison:
    """Measure models and treatments on a table's folds within some minutes.

    First come the models as the library gives them, then each tuned in every fold, then the treatments that the study
    found worth trying. How many rows a fold learns from is chosen by timing a first fit. Where a class is small, the
    folds are dealt again as often as the minutes allow. What isn't finished in time is left out; Ctrl-C stops with what
    is known so far.

    Parameters
    ----------
    table : Table
        As `as_table` of `imbalanced_course.study` returns it.
    minutes : float
        How long it may take.
    workers : int, optional
        Processes that work at the same time; by default one per processor, and four at most.
    seed : int
        From which all is drawn.
    advance : callable
        Gets the fits done and those in all, for a progress bar.

    Raises
    ------
    ValueError
        When the table has too few rows of a class, in one sentence.
    """
    started = time.monotonic()
    require_enough(table)
    found = Comparison(table, seed=seed)
    wanted = [*by_themselves(), *_treated(table)]
    try:
        with run_jobs(_do, table, workers) as run:
            _measure(found, wanted, run, started + 60 * minutes * _SHARE_FOR_FITS, advance)
    except KeyboardInterrupt:
        found.interrupted = True
    _keep_whole(found, wanted)
    found.seconds = time.monotonic() - started
    return found


def require_enough(table: Table, goal: Goal | None = None) -> None:
    """Stop where a table has too few rows of a class to be measured, or too few rows for a budget.

    Raises
    ------
    ValueError
        In one sentence.
    """
    positives = int(table.y.sum())
    for count, name in ((positives, "positive"), (len(table.y) - positives, "negative")):
        if count < FEWEST_POSITIVES:
            raise ValueError(
                f"there are {count} {name} rows, and nothing can be measured with fewer than {FEWEST_POSITIVES}: "
                f"collect more {name}s"
            )
    folds = folds_of(table, n_splits=FOLDS, repeat=0, seed=0, max_train=_MOST_ROWS[0])
    rows = min(len(fold.test) for fold in folds)
    if goal is not None and not alerts_allowed(rows, goal):
        raise ValueError(
            f"a budget of {goal.budget:g} alerts per {PER_ROWS:,} rows is less than one alert in a fold of {rows:,} "
            f"rows, so nothing can be measured: give {math.ceil(PER_ROWS / rows)} or more"
        )


def _treated(table: Table) -> list[Contender]:
    return [Contender(*row[:3]) for row in worth_trying(int(table.y.sum())).itertuples(index=False)]


def _measure(
    found: Comparison,
    wanted: list[Contender],
    run: Any,
    deadline: float,
    advance: Callable[[int, int], None],
) -> None:
    """Fill `found`; a repeat of all before the next one, and each contender's folds one after another."""
    total, done = len(wanted) * FOLDS, 0
    advance(done, total)
    _plan(found, wanted, _first_seconds(found, run, deadline), deadline - time.monotonic(), run.workers)
    for repeat in range(_MOST_REPEATS):
        began = time.monotonic()
        folds = folds_of(
            found.table, n_splits=found.n_splits, repeat=repeat, seed=found.seed, max_train=found.max_train
        )
        for stage in _stages(wanted):
            jobs = [job for one in stage for job in _jobs(found, one, repeat, folds)]
            for job, _, parameters, predicted in run(jobs, deadline):
                if parameters is not None:
                    found.parameters.setdefault(job.one.model, {})[job.place] = parameters
                if predicted is None:
                    found.failed += [job.one] * (job.one not in found.failed)
                else:
                    found.found.setdefault(job.one, {})[job.place] = predicted
                done += 1
                advance(done, total)
            if time.monotonic() > deadline:
                return
        if repeat == 0:
            found.n_repeats = _repeats(found, time.monotonic() - began, deadline - time.monotonic())
            total *= found.n_repeats
        if repeat + 1 == found.n_repeats:
            return


def _repeats(found: Comparison, took: float, left: float) -> int:
    """Return how often to deal the folds: a small rarer class needs it more often, and the first time took so long."""
    if found.table.time is not None:
        return 1
    positives = int(found.table.y.sum())
    enough = math.ceil(_ENOUGH_IN_CLASS / min(positives, len(found.table.y) - positives))
    return min(_MOST_REPEATS, enough, 1 + int(left / took))


def _stages(wanted: list[Contender]) -> Iterator[list[Contender]]:
    """Part what is wanted into what has to wait for other results: a treatment of a tuned model needs its settings."""
    yield [one for one in wanted if one.treatment == NONE and one.version == DEFAULT]
    yield [one for one in wanted if one.treatment == NONE and one.version == TUNED]
    yield [one for one in wanted if one.treatment != NONE]


def _jobs(found: Comparison, one: Contender, repeat: int, folds: list[Fold]) -> Iterator[_Job]:
    for number, fold in enumerate(folds):
        place = (repeat, number)
        parameters, search = None, 0
        if one.version == TUNED:
            parameters = found.parameters.get(one.model, {}).get(place)
            search = TUNING_ROWS if parameters is None else 0
            if search and one.treatment != NONE:
                continue  # there was no time to tune the model
        drawn = int(np.random.SeedSequence([found.seed, repeat, number]).generate_state(1)[0])
        yield _Job(one, place, fold, drawn, parameters, search)


def _do(table: Table, job: _Job) -> tuple[_Job, float, dict[str, Any] | None, Predicted | None]:
    """Fit one contender on one fold; return the job, its seconds, the settings that it searched for, and the result."""
    started = time.perf_counter()
    parameters, predicted = job.parameters, None
    # A budget's last alert goes to the first of equal rows, and a file may list its positives first.
    order = np.random.default_rng(job.seed).permutation(len(job.fold.test))
    fold = job.fold._replace(test=job.fold.test[order])
    if job.search:
        parameters = tune(job.one.model, table, _some(table, fold.fit, job.search, job.seed), job.seed)
    if pair := probabilities(job.one, table, fold, job.seed, parameters):
        validation, test = pair
        n_train = len(fold.fit) + len(fold.validation)
        predicted = Predicted(table.y[fold.validation], validation, table.y[fold.test], test, n_train)
    seconds = time.perf_counter() - started
    return job._replace(fold=Fold(*([np.empty(0)] * 3))), seconds, parameters if job.search else None, predicted


def _some(table: Table, rows: np.ndarray, most: int, seed: int) -> np.ndarray:
    """Return at most so many of the rows, with the classes' shares kept where that leaves enough positives."""
    if len(rows) <= most:
        return rows
    chance, positives = np.random.default_rng(seed), rows[table.y[rows] == 1]
    kept = max(round(most * len(positives) / len(rows)), min(len(positives), _FEWEST_TO_LEARN_FROM))
    negatives = rows[table.y[rows] == 0]
    drawn = [chance.choice(positives, kept, replace=False), chance.choice(negatives, most - kept, replace=False)]
    return np.sort(np.concatenate(drawn))


def _first_seconds(found: Comparison, run: Any, deadline: float) -> dict[str, float]:
    """Return the seconds that each default model takes for a row of the table."""
    first = folds_of(found.table, n_splits=FOLDS, repeat=0, seed=found.seed, max_train=_MOST_ROWS[0])[0]
    fit = _some(found.table, first.fit, _TRIAL_ROWS, found.seed)
    fold = Fold(fit, first.validation[:10], first.test[:10])
    seconds = dict.fromkeys(MODELS, math.inf)
    # Twice, because a process imports the libraries with its first fit.
    jobs = [_Job(Contender(model, DEFAULT, NONE), (0, 0), fold, found.seed) for model in (*MODELS, *MODELS)]
    for job, took, *_ in run(jobs, deadline):
        seconds[job.one.model] = min(seconds[job.one.model], took / len(fit))
    return seconds


def _plan(found: Comparison, wanted: list[Contender], seconds: dict[str, float], left: float, workers: int) -> None:
    """Choose the rows that a fold learns from, so that all that is wanted fits into the time left."""
    for most in _MOST_ROWS:
        found.max_train = most
        work = found.n_splits * sum(_work(one, seconds, _rows_to_fit(found)) for one in wanted)
        if work <= left * workers:
            break


def _rows_to_fit(found: Comparison) -> int:
    # A quarter of a fold's training rows is for choosing thresholds.
    share = (found.n_splits - 1) / found.n_splits
    return int(0.75 * min(found.max_train, share * len(found.table.y)))


def _work(one: Contender, seconds: dict[str, float], rows: int) -> float:
    """Return a contender's seconds on one fold."""
    if one.version == DEFAULT and one.treatment == NONE:
        return rows * seconds[one.model]
    fits = _SLOWER * rows * seconds[one.model]
    if one.treatment != NONE:
        return fits
    _, draws = search_space(one.model)
    return fits + _SLOWER * draws * 3 * min(rows, TUNING_ROWS) * 2 / 3 * seconds[one.model]


def _keep_whole(found: Comparison, wanted: list[Contender]) -> None:
    """Leave out contenders without all folds, and repeats that one of the others lacks."""
    folds = {(0, number) for number in range(found.n_splits)}
    found.left_out = [one for one in wanted if one not in found.failed and not folds <= found.found.get(one, {}).keys()]
    for one in (*found.left_out, *found.failed):
        found.found.pop(one, None)
    shared = set.intersection(*(set(places) for places in found.found.values())) if found.found else set()
    whole = {
        repeat
        for repeat in range(found.n_repeats)
        if all((repeat, number) in shared for number in range(found.n_splits))
    }
    for one, places in found.found.items():
        found.found[one] = {place: places[place] for place in sorted(places) if place[0] in whole}
    found.n_repeats = len(whole)
