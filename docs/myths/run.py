"""Measure common claims, and write docs/myths.md and its picture from what comes out.

    make myths                                  everything: figures.json, docs/myths.md and its picture
    make myths ARGS="--check"                   measure again and fail where a figure differs; changes nothing
    make myths ARGS="smote_before_split"        only these
    make myths ARGS="--page"                    only the page and its picture, from the figures that are stored
    make myths ARGS="--check --page"            measure nothing; fail where the page or its picture differs

Figures are kept with six significant digits. Two runs agree where figures differ by no more than one in a thousand:
other processors round otherwise, and one row on the other side of a threshold can follow from that.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Mapping
from pathlib import Path

# Sets the number of threads: before anything that brings in NumPy.
from measurements import MODULES, Figures, measurement
from picture import drawn

from coursework.authoring.filled_page import PageError, build

HERE = Path(__file__).resolve().parent
TEXT = HERE / "page.md.in"
FIGURES = HERE / "figures.json"
PAGE = HERE.parent / "myths.md"
PICTURE = HERE.parent / "images" / "myths-ranking.svg"

TOLERANCE = 1e-3
WIDTH = 80


def main() -> int:
    """Measure, compare or write, as asked; return the exit code."""
    arguments = _parse()
    measured: dict[str, Figures] = {}
    if not arguments.page:
        started = time.process_time()
        for myth in arguments.myths or MODULES:
            measured[myth] = _measure(myth)
            if not arguments.check:
                _keep(myth, measured[myth])
        print(f"In all {time.process_time() - started:.0f} s of one core.")
    try:
        if arguments.check:
            return _compare(_stored(), measured, page=not arguments.myths)
        return _write_page()
    except PageError as error:
        print(f"{PAGE.name}: {error}", file=sys.stderr)
        return 1


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("myths", nargs="*", metavar="MYTH", help=f"all by default: {', '.join(MODULES)}")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail where a figure, the page or its picture differs"
    )
    parser.add_argument("--page", action="store_true", help="measure nothing: the page from the stored figures")
    arguments = parser.parse_args()
    unknown = [myth for myth in arguments.myths if myth not in MODULES]
    if unknown:
        parser.error(f"no myth {', '.join(unknown)}; there are {', '.join(MODULES)}")
    if arguments.page and arguments.myths:
        parser.error("--page measures nothing, so it takes no names")
    return arguments


def _measure(myth: str) -> Figures:
    """Measure one myth, print its figures and how long they took, and return them rounded."""
    started = time.process_time()
    found = {name: _rounded(value) for name, value in measurement(myth)().items()}
    seconds = f"{time.process_time() - started:.1f} s"
    print(f"{myth} {seconds:>{WIDTH - len(myth) - 1}}")
    for name, value in found.items():
        print(
            f"  {name:.<{WIDTH - 16}} {value:>12,g}" if abs(value) < 1e5 else f"  {name:.<{WIDTH - 16}} {value:>12,.0f}"
        )
    print(flush=True)
    return found


def _rounded(value: float) -> float:
    """Keep six significant digits; whole numbers stay whole."""
    return value if isinstance(value, int) else float(f"{float(value):.6g}")


def _stored() -> dict[str, Figures]:
    found: dict[str, Figures] = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    return found


def _keep(myth: str, found: Figures) -> None:
    """Store the figures of one myth at once: a run that is stopped loses only the myth it was at."""
    known = {**_stored(), myth: found}
    figures = {name: known[name] for name in MODULES if name in known}
    FIGURES.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _write_page() -> int:
    """Write the page and its picture, where there are figures for all of it."""
    figures = _stored()
    lacking = [myth for myth in MODULES if myth not in figures]
    if lacking:
        print(f"{PAGE.name} is not written: no figures yet for {', '.join(lacking)}", file=sys.stderr)
        return 1
    PAGE.write_text(_page(figures), encoding="utf-8")
    PICTURE.write_bytes(drawn(figures))
    print(f"Wrote {PAGE.name} and {PICTURE.name}.")
    return 0


def _compare(stored: Mapping[str, Figures], measured: Mapping[str, Figures], *, page: bool) -> int:
    """Say where figures, the page or its picture differ from what is stored."""
    differ = []
    for myth, found in measured.items():
        before = stored.get(myth, {})
        for name in dict.fromkeys((*before, *found)):
            old, new = before.get(name, math.nan), found.get(name, math.nan)
            if not math.isclose(old, new, rel_tol=TOLERANCE, abs_tol=1e-6):
                differ.append(f"{myth}.{name}: stored {old:g}, measured {new:g}")
    if page and (not PAGE.exists() or PAGE.read_text(encoding="utf-8") != _page(stored)):
        differ.append(f"{PAGE.name} is not what {FIGURES.name} and {TEXT.name} build: run with --page")
    if page and (not PICTURE.exists() or PICTURE.read_bytes() != drawn(stored)):
        differ.append(f"{PICTURE.name} is not what {FIGURES.name} gives: run with --page")
    print("\n".join(differ) if differ else "Everything as stored.", file=sys.stderr if differ else sys.stdout)
    return 1 if differ else 0


def _page(figures: Mapping[str, Figures]) -> str:
    return build(TEXT.read_text(encoding="utf-8"), figures)


if __name__ == "__main__":
    sys.exit(main())
