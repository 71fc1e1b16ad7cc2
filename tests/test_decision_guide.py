"""The decision guide asks the same six questions everywhere, and ten problems end as the page says."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/decision-guide.md").read_text(encoding="utf-8")
LESSON = (ROOT / "solutions/07-cost-sensitive/cost_sensitive.py").read_text(encoding="utf-8")
SHEET = (ROOT / "docs/cheat-sheet.md").read_text(encoding="utf-8")
ENOUGH, MEMORY = 50, 16e9
REQUIRED = {7: 0.04, 10: 0.12}  # the threshold that reaches the required recall
MOVED = {6}  # only the prevalence differs


def rows(text: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in text.splitlines()
        if re.match(r"\| \d+ ", line)
    ]


def number(text: str) -> float:
    return float(re.sub(r"[^\d.−-]", "", text).replace("−", "-"))


FACTS, ENDS = rows(PAGE)[:10], rows(PAGE)[10:]


def promised_is_found(text: str) -> bool:
    promised, found = (number(one) for one in text.split(", "))
    return abs(promised - found) <= 2 * math.sqrt(promised)


def walk(facts: list[str]) -> list[str]:
    """Return what the guide says of a problem: data, what to train on, scores, threshold."""
    name, positives, size, gain, everywhere, near, costs, budget = facts
    place = int(name.split()[0])
    if number(positives) < ENOUGH:
        return ["collect labels", "few models, with intervals", "", ""]
    fits = 8 * math.prod(number(one) for one in size.split(" × ")) <= MEMORY
    wins = number(gain.split(" to ")[0]) > 0
    calibrated = promised_is_found(everywhere) and promised_is_found(near)
    data = "enough positives, fits" if fits else "enough positives, doesn't fit"
    rows_and_technique = f"{'all' if fits else 'undersampled'} rows, {'with the winner' if wins else 'neither'}"
    scores = "use as they are" if calibrated else "correct the odds" if place in MOVED else "calibrate"
    if not fits:
        scores = "correct the odds, then use" if calibrated else "correct the odds, then calibrate"
    threshold = REQUIRED.get(place, math.nan)
    if costs != "unknown":
        false_alarm, miss = (number(one) for one in costs.split(", "))
        threshold = false_alarm / (false_alarm + miss)
    elif math.isnan(threshold):
        return [
            data,
            rows_and_technique,
            scores,
            r"a decision curve, and each clinic's own t\*",
        ]
    fails = ""
    if budget != "none":
        reach = number(budget.split(", ")[1])
        fails = ", and the required recall may fail" if costs == "unknown" and reach > threshold else ""
        threshold = max(threshold, reach)
    return [
        data,
        rows_and_technique,
        scores,
        f"{round(threshold, 4):g}{fails}",
    ]


def test_there_are_ten_problems():
    assert [int(row[0].split()[0]) for row in FACTS] == [int(row[0]) for row in ENDS] == list(range(1, 11))


@pytest.mark.parametrize("place", range(10))
def test_the_guide_leads_where_the_page_says(place):
    assert walk(FACTS[place]) == ENDS[place][1:]


def test_each_branch_is_taken():
    ends = [" ".join(walk(facts)) for facts in FACTS]
    for branch in ("collect", "doesn't fit", "winner", "correct the odds", "calibrate", "decision curve", "may fail"):
        assert any(branch in end for end in ends), branch


def test_lesson_and_cheat_sheet_ask_the_same_questions_with_the_same_numbers():
    for words in (
        "50 positives?",
        "fit into memory?",
        "weighting or resampling win",
        "calibrated",
        "costs known?",
        "budget",
    ):
        assert any(words in line for line in LESSON.splitlines() if line.startswith("# | ")), words
        assert any(words in line for line in SHEET.splitlines() if line.startswith("| ")), words
    for number_of_it in ("2√S", "80 to 120", "95% interval", "0.05", "0.08"):
        assert number_of_it in LESSON, number_of_it
        assert number_of_it in SHEET, number_of_it
