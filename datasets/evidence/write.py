"""Write docs/evidence.md, its pictures and differences.csv.gz from the study's stored rows and the text page.md.in.

python datasets/evidence/write.py            write
python datasets/evidence/write.py --check    change nothing; fail where a file isn't what the rows and the text give
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
from pathlib import Path

import figures
import store
from draws import SIMULATED
from sets import real_sets

from coursework.authoring.filled_page import PageError, build

LEAST_SETS = 30
"""A claim about a technique rests on at least so many real sets; before, there is no page."""

TEXT = Path(__file__).with_name("page.md.in")
DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "evidence.md"
DIFFERENCES = Path(__file__).with_name("differences.csv.gz")
IMAGES = DOCS / "images"


def main() -> int:
    """Write or compare, as asked; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail where a file differs")
    check = parser.parse_args().check
    try:
        return compare() if check else write_page()
    except PageError as error:
        print(f"{PAGE.name}: {error}", file=sys.stderr)
        return 1


def write_page() -> int:
    """Write the page, its pictures and the differences, where enough sets are measured; return the exit code."""
    stored = set(store.stored_names())
    measured, lacking = len(stored - set(SIMULATED)), [name for name in SIMULATED if name not in stored]
    if measured < LEAST_SETS or lacking:
        also = f", and no draw of {', '.join(lacking)}" if lacking else ""
        print(f"{PAGE.name} is not written: {measured} of at least {LEAST_SETS} real sets are measured so far{also}.")
        return 0
    page, differences = results(IMAGES)
    PAGE.write_text(page, encoding="utf-8")
    DIFFERENCES.write_bytes(differences)
    print(f"Wrote {PAGE.name}, its pictures, and {DIFFERENCES.name}.")
    return 0


def compare() -> int:
    """Say which files differ from what would be written; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        page, differences = results(Path(folder))
        files = {IMAGES / path.name: path.read_bytes() for path in Path(folder).iterdir()}
    files |= {PAGE: page.encode(), DIFFERENCES: differences}
    other = [path.name for path, content in files.items() if not path.exists() or path.read_bytes() != content]
    if other:
        print(f"{', '.join(other)}: not what the text and the stored rows give; run without --check", file=sys.stderr)
    return 1 if other else 0


def results(images: Path) -> tuple[str, bytes]:
    """Return the text of the page and the file of differences, and draw the page's pictures into a folder."""
    rows = store.all_rows()
    cards = {card.name: card for card in real_sets()}
    names = [name for name in store.stored_names() if name in cards]
    titles = {name: cards[name].title for name in names}
    real = figures.Comparisons(rows[rows["set"].isin(names)], {name: store.load_facts(name) for name in names})
    found = figures.figures(real)
    found["study"]["sources"] = len({cards[name].source for name in names})
    tables = {
        "ap": figures.comparison_table(real, "average_precision"),
        "ap_shares": figures.share_table(real, "average_precision"),
        "auc": figures.comparison_table(real, "roc_auc"),
        "ll": figures.comparison_table(real, "log_loss"),
        "ll_shares": figures.share_table(real, "log_loss"),
        "cost": figures.comparison_table(real, "cost_25_tuned"),
        "cost_5": figures.comparison_table(real, "cost_5_tuned"),
        "cost_prices": figures.comparison_table(real, "cost_25"),
        "f1": figures.comparison_table(real, "f1"),
        "f1_tuned": figures.comparison_table(real, "f1_tuned"),
        "rivals": figures.rivals_table(real, "average_precision"),
        "kinds": figures.kind_table(real),
        "own_trees": figures.own_trees_table(real),
    }
    drawn = {name: figures.of_draws(rows[rows["set"] == name]) for name in SIMULATED}
    for name, draws in drawn.items():
        made = SIMULATED[name]
        found[name] = figures.draw_figures(draws) | {"fit": made.fit, "validation": made.validation, "test": made.test}
        tables |= {
            f"{name}_{figures.METRIC_KEYS[one]}": figures.comparison_table(draws, one) for one in figures.DRAW_METRICS
        }
    figures.draw_treatments(real, "average_precision", images / "evidence-ranking.svg")
    figures.draw_treatments(real, "log_loss", images / "evidence-probabilities.svg")
    figures.draw_treatments(real, "cost_25_tuned", images / "evidence-decisions.svg")
    figures.draw_sets(
        real, "average_precision", ("histogram boosting", "tuned", "SMOTE"), titles, images / "evidence-sets.svg"
    )
    published = figures.published(real, titles, drawn).to_csv(index=False, float_format="%.5g", lineterminator="\n")
    page = build(TEXT.read_text(encoding="utf-8"), {**found, "table": tables})
    return page, gzip.compress(published.encode(), mtime=0)


if __name__ == "__main__":
    sys.exit(main())
