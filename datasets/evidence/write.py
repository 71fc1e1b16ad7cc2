"""Write docs/evidence.md and its pictures from the stored rows of the study and the text beside this file.

python datasets/evidence/write.py            write
python datasets/evidence/write.py --check    change nothing; fail where the page isn't what the rows and the text give
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import figures
import store
from draws import SIMULATED
from sets import real_sets

from imbalanced_course.authoring.filled_page import PageError, build

LEAST_SETS = 30
"""A claim about a technique rests on at least so many real sets; before, there is no page."""

TEXT = Path(__file__).with_name("page.md.in")
DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "evidence.md"
IMAGES = DOCS / "images"


def main() -> int:
    """Write or compare, as asked; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail where the page differs")
    check = parser.parse_args().check
    try:
        if not check:
            write_page()
            return 0
        with tempfile.TemporaryDirectory() as folder:
            same = PAGE.exists() and page(Path(folder)) == PAGE.read_text(encoding="utf-8")
    except PageError as error:
        print(f"{PAGE.name}: {error}", file=sys.stderr)
        return 1
    if not same:
        print(f"{PAGE.name} is not what {TEXT.name} and the stored rows give: run without --check", file=sys.stderr)
    return 0 if same else 1


def write_page() -> None:
    """Write the page and its pictures, where enough sets are measured."""
    measured = len(set(store.stored_names()) - set(SIMULATED))
    if measured < LEAST_SETS:
        print(f"{PAGE.name} is not written: {measured} of at least {LEAST_SETS} real sets are measured so far.")
        return
    PAGE.write_text(page(IMAGES), encoding="utf-8")
    print(f"Wrote {PAGE.name} and its pictures.")


def page(images: Path) -> str:
    """Return the text of the page and draw its pictures into a folder."""
    rows = store.all_rows()
    cards = {card.name: card for card in real_sets()}
    names = [name for name in store.stored_names() if name in cards]
    real = figures.Comparisons(rows[rows["set"].isin(names)], {name: store.load_facts(name) for name in names})
    found = figures.figures(real)
    found["study"] |= {"sources": len({cards[name].source for name in names})}
    tables = {
        "ap": figures.comparison_table(real, "average_precision"),
        "ap_shares": figures.share_table(real, "average_precision"),
        "auc": figures.comparison_table(real, "roc_auc"),
        "ll": figures.comparison_table(real, "log_loss"),
        "ll_shares": figures.share_table(real, "log_loss"),
        "cost": figures.comparison_table(real, "cost_25_tuned"),
        "cost_prices": figures.comparison_table(real, "cost_25"),
        "f1": figures.comparison_table(real, "f1"),
        "f1_tuned": figures.comparison_table(real, "f1_tuned"),
        "kinds": figures.kind_table(real),
        "own_trees": figures.own_trees_table(real),
    }
    for name in SIMULATED:
        drawn = rows[rows["set"] == name]
        if drawn["repeat"].nunique() > 1:
            tables[f"{name}_ap"] = figures.draws_table(drawn, "average_precision")
            tables[f"{name}_ll"] = figures.draws_table(drawn, "log_loss")
            found["study"][f"{name}_draws"] = drawn["repeat"].nunique()
    titles = {name: cards[name].title for name in names}
    figures.draw_treatments(real, "average_precision", images / "evidence-ranking.svg")
    figures.draw_treatments(real, "log_loss", images / "evidence-probabilities.svg")
    figures.draw_treatments(real, "cost_25_tuned", images / "evidence-decisions.svg")
    figures.draw_sets(
        real, "average_precision", ("histogram boosting", "tuned", "SMOTE"), titles, images / "evidence-sets.svg"
    )
    return build(TEXT.read_text(encoding="utf-8"), {**found, "table": tables})


if __name__ == "__main__":
    sys.exit(main())
