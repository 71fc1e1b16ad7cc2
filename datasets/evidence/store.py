"""The study's stored results: for each set a compressed table of all rows, and what they depend on."""

from __future__ import annotations

import gzip
import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from imbalanced_course.errors import CourseError
from imbalanced_course.study import KEYS, METRICS, Plan, Stored, Table

FOLDER = Path(__file__).with_name("folds")
LIBRARIES = ("imbalanced-learn", "numpy", "pandas", "scikit-learn", "scipy")


def facts_of(table: Table, plan: Plan) -> dict[str, Any]:
    """Return what the rows of a set depend on, and what the page tells of it."""
    return {
        "rows": len(table.y),
        "positives": int(table.y.sum()),
        "numbers": len(table.numbers),
        "categories": len(table.categories),
        "duplicates": table.duplicates,
        "plan": json.loads(json.dumps(plan.recipe())),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "versions": {name: version(name) for name in LIBRARIES},
    }


def stored_names(folder: Path = FOLDER) -> list[str]:
    """Return the sets that have results."""
    return sorted(path.stem for path in folder.glob("*.json"))


def load_facts(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """Return what `facts_of` gave when the set was measured, and `tuned`, by model the parameters."""
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return found


def load(name: str, folder: Path = FOLDER) -> Stored:
    """Return a set's results; none where there are none yet."""
    if not (folder / f"{name}.json").exists():
        return Stored()
    rows = pd.read_csv(folder / f"{name}.csv.gz")
    rows[list(METRICS)] = rows[list(METRICS)].astype(float)
    return Stored(rows, load_facts(name, folder)["tuned"])


def save(name: str, stored: Stored, facts: dict[str, Any], folder: Path = FOLDER) -> None:
    """Write a set's results; a run that is killed meanwhile leaves the former ones."""
    folder.mkdir(exist_ok=True)
    text = stored.rows.to_csv(index=False, lineterminator="\n")
    # Neither time nor name goes into the file: the same rows give the same bytes.
    _replace(folder / f"{name}.csv.gz", gzip.compress(text.encode(), mtime=0))
    told = {**facts, "tuned": {model: stored.tuned[model] for model in sorted(stored.tuned)}}
    _replace(folder / f"{name}.json", (json.dumps(told, indent=1) + "\n").encode())


def require_same(name: str, facts: dict[str, Any], folder: Path = FOLDER) -> None:
    """Stop where stored rows can't be joined with new ones.

    Raises
    ------
    CourseError
        When data, plan or versions are others than those of the stored rows.
    """
    if not (folder / f"{name}.json").exists():
        return
    before = load_facts(name, folder)
    for what, now in facts.items():
        if before.get(what) != now:
            raise CourseError(
                f"{name}: the stored rows were made with other {what} ({before.get(what)}, now {now}); "
                f"delete {name}.json and {name}.csv.gz to measure the set again"
            )


def all_rows(folder: Path = FOLDER) -> pd.DataFrame:
    """Return the rows of all sets, with the column `set` before `KEYS`."""
    parts = []
    for name in stored_names(folder):
        rows = load(name, folder).rows
        rows.insert(0, "set", name)
        parts.append(rows)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["set", *KEYS, *METRICS])


def _replace(path: Path, content: bytes) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)
