"""The study: what resampling, weights and balanced ensembles do on real data, and on fresh draws of simulated data.

    make evidence                                 go on where the last run was stopped, then write docs/evidence.md
    make evidence ARGS="--minutes 60"             no set is begun after an hour
    make evidence ARGS="--repeats 2 mortgages"    a second repeat of one set
    make evidence ARGS="--quick"                  three sets, default models, one repeat: kept nowhere, printed
    make evidence ARGS="--check"                  compute 40 stored rows again; fail where one differs

What was expected, written before the first run
-----------------------------------------------
(after a trial of the engine on one fold of `mortgages` and of `page_blocks`)

A comparison is a treatment minus "none" of the same model and version (default or tuned), averaged over the folds of
a set. Sets are the unit: the interval is a t interval over them. Ranking is decided by average precision (AP),
probabilities by log loss, decisions by the cost at 25:1 with the threshold tuned on validation rows. Everything else
is reported, and decides nothing.

1. Log loss gets worse by weights, copies, SMOTE, ADASYN, undersampling, SMOTETomek and SMOTEENN in at least 9 of 10
   sets with a logistic regression, a tuned forest and tuned boosting.
2. AP: with a logistic regression each of them loses on average, by less than 0.03. With tuned boosting and a tuned
   forest SMOTE, ADASYN, undersampling and SMOTEENN lose, by less than 0.03; weights and copies change less than 0.01.
3. Default boosting gains from copies with shrinkage where positives are few, and does not when it is tuned.
4. ROC AUC changes less than AP, and can rise where AP falls, in a forest above all.
5. Balanced bagging and the balanced forest lose less AP than undersampling once, and are no better than the tuned
   model left as it is.
6. F1 at 0.5 rises by all treatments; F1 at the tuned threshold does not: most of what balancing gives to a decision is
   a lower threshold.
7. The cost at the tuned threshold differs by less than 3 % of what the decision without a model costs, whatever the
   treatment. With the threshold from the prices, every treatment but "none" and shrinkage costs more.
8. RUSBoost with trees of depth 4 and easy ensemble stay below tuned boosting in AP.

A difference smaller than half the width of its interval could not have been seen, and the page says so. Models are
tuned once a set without any treatment, which favours "none" a little; rows of the search come back in other folds'
tests, alike for all treatments.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import store
from draws import SIMULATED
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sets import load_set, real_sets
from write import write_page

from imbalanced_course.errors import CourseError
from imbalanced_course.study import KEYS, METRICS, Plan, Problem, Stored, as_table, measure, problem_of, recompute

REPEATS = 1
"""Of the five folds. All sets come before a second repeat of any: sets are the unit, so they narrow the intervals."""
DRAWS = 20
"""Of each simulated set."""
QUICK = ("mortgages", "page_blocks", "screening")
TOLERANCE = 1e-3
CHECKED = 40


def main() -> int:
    """Measure, check or write, as asked; return the exit code."""
    arguments = _parse()
    names = arguments.sets or [*(card.name for card in real_sets()), *SIMULATED]
    try:
        if arguments.check:
            return _check(arguments)
        if arguments.quick:
            return _quick(arguments)
        _run(names, arguments)
        write_page()
    except (CourseError, ValueError) as error:
        print(f"evidence: {error}", file=sys.stderr)
        return 1
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known = [*SIMULATED, *(card.name for card in real_sets())]
    parser.add_argument("sets", nargs="*", metavar="SET", help="all by default; an unknown name lists them")
    parser.add_argument("--quick", action="store_true", help="a small part, kept nowhere")
    parser.add_argument("--check", action="store_true", help="compute stored rows again; change nothing")
    parser.add_argument("--repeats", type=int, default=REPEATS, help=f"of the five folds; {REPEATS} by default")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count(), help="processes; as many as processors by default"
    )
    parser.add_argument("--minutes", type=float, default=float("inf"), help="no set is begun after these")
    parser.add_argument("--stored", type=Path, default=store.FOLDER, help="the folder of the rows; folds by default")
    parser.add_argument("--rows", type=int, default=CHECKED, help=f"to check; {CHECKED} by default")
    parser.add_argument("--seed", type=int, default=None, help="of the sample to check; a new one by default")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.sets if name not in known]
    if unknown:
        parser.error(f"no set {', '.join(unknown)}; there are {', '.join(known)}")
    return arguments


def _problem(name: str, plan: Plan) -> tuple[Problem, dict]:
    """Return a set as a problem, and what its rows depend on."""
    if name in SIMULATED:
        problem: Problem = SIMULATED[name]
        return problem, store.facts_of(problem(0)[0], plan)
    frame, card = load_set(name)
    table = as_table(frame, "target", group=card.group, time=card.time)
    return problem_of(table, plan), store.facts_of(table, plan)


def _plan(name: str, repeats: int) -> Plan:
    """Return the plan of a set; of a simulated one, a repeat is a draw."""
    return Plan(n_splits=1, n_repeats=DRAWS) if name in SIMULATED else Plan(n_repeats=repeats)


def _run(names: list[str], arguments: argparse.Namespace) -> None:
    """Measure all sets, a repeat of each before the next one of any: stopped early, no set is left out."""
    started = time.monotonic()
    for repeats in range(1, arguments.repeats + 1):
        for name in names:
            if (time.monotonic() - started) / 60 > arguments.minutes:
                print(f"stopped after {arguments.minutes:g} minutes; the same command goes on", file=sys.stderr)
                return
            plan = _plan(name, repeats)
            problem, facts = _problem(name, plan)
            folder = arguments.stored
            store.require_same(name, facts, folder)

            def keep(found: Stored, name: str = name, facts: dict = facts) -> None:
                store.save(name, found, facts, arguments.stored)

            _measured(name, problem, plan, arguments.workers, store.load(name, folder), keep)
    print(f"{len(names)} sets, {arguments.repeats} repeats: {(time.monotonic() - started) / 3600:.2f} hours.")


def _measured(
    name: str, problem: Problem, plan: Plan, workers: int, known: Stored, keep: Callable[[Stored], None]
) -> Stored:
    columns = (TextColumn("{task.description:24}"), BarColumn(24), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as progress:
        bar = progress.add_task(f"{name}, {plan.n_repeats} x {plan.n_splits}")
        return measure(
            problem,
            plan,
            known=known,
            keep=keep,
            advance=lambda done, total: progress.update(bar, completed=done, total=total),
            workers=workers,
        )


def _quick(arguments: argparse.Namespace) -> int:
    """Measure a small part, keep nothing, and print its means."""
    for name in arguments.sets or QUICK:
        plan = replace(_plan(name, 1), versions=("default",), n_repeats=1)
        problem, _ = _problem(name, plan)
        found = _measured(name, problem, plan, arguments.workers, Stored(), lambda _: None)
        means = found.rows.groupby(["model", "treatment"], sort=False)[list(METRICS)].mean()
        print(means[["average_precision", "roc_auc", "log_loss", "cost_25_tuned"]].round(3).to_string())
    return 0


def _check(arguments: argparse.Namespace) -> int:
    """Compute a random sample of stored rows again, and say where one differs."""
    drawn = int(np.random.SeedSequence().generate_state(1)[0])
    seed = drawn if arguments.seed is None else arguments.seed
    folder = arguments.stored
    rows = store.all_rows(folder)
    rows = rows[rows["set"].isin(arguments.sets or store.stored_names(folder))]
    if rows.empty:
        raise CourseError("nothing is stored of these sets")
    sample = rows.sample(min(arguments.rows, len(rows)), random_state=seed)
    differ = []
    for name, part in sample.groupby("set"):
        plan = _plan(str(name), int(part["repeat"].max()) + 1)
        problem, facts = _problem(str(name), plan)
        store.require_same(str(name), facts, folder)
        stored = store.load(str(name), folder)
        again = recompute(problem, plan, stored, part[KEYS].itertuples(index=False, name=None))
        both = part.merge(again, on=KEYS, suffixes=("", "_again"))
        for metric in METRICS:
            same = np.isclose(both[metric], both[f"{metric}_again"], rtol=TOLERANCE, atol=1e-5, equal_nan=True)
            differ += [
                f"{name} {', '.join(map(str, row[KEYS]))}: {metric} stored {row[metric]:g}, "
                f"now {row[metric + '_again']:g}"
                for _, row in both[~same].iterrows()
            ]
    told = f"{len(sample)} of {len(rows):,} rows computed again (--seed {seed}): "
    print("\n".join(differ) or told + "all as stored.", file=sys.stderr if differ else sys.stdout)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
