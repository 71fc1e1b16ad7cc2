"""The list of claims: each one is in its source as listed, and rests on something that the list may name."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ["place", "sentence", "before", "rests_on", "where", "verdict"]
SUPPORTS = {"mathematics", "library", "study", "draws", "one run", "published", "definition", "nothing"}
LONGEST = 220

with (ROOT / "docs/claims.csv").open(newline="", encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))
PLACES = sorted({row["place"] for row in ROWS})


@cache
def text_of(place: str) -> str:
    """Return a source as running text: no comment markers, no breaks inside a string, one space between words."""
    text = (ROOT / place).read_text(encoding="utf-8")
    if place.endswith(".py"):
        text = re.sub(r"^# ?", "", text, flags=re.MULTILINE)
        text = re.sub(r'"\s*\n\s*f?"', "", text)
    return one_line(text)


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("place", PLACES)
def test_each_claim_is_in_its_source_as_listed(place):
    listed = [row["sentence"] for row in ROWS if row["place"] == place and row["verdict"] != "deleted"]
    assert [sentence for sentence in listed if one_line(sentence) not in text_of(place)] == []


@pytest.mark.parametrize("place", PLACES)
def test_no_old_wording_is_left(place):
    gone = [row["before"] for row in ROWS if row["place"] == place and row["before"]]
    assert [sentence for sentence in gone if one_line(sentence) in text_of(place)] == []


def test_each_row_says_what_it_rests_on_and_where():
    for row in ROWS:
        assert list(row) == COLUMNS
        assert row["rests_on"] in SUPPORTS, row
        assert row["where"], row
        assert max(len(row["sentence"]), len(row["before"])) <= LONGEST, row
        if row["verdict"] == "deleted":
            assert row["before"], row
            assert not row["sentence"], row
        else:
            assert row["verdict"] in {"kept", "reworded"}, row
            assert row["sentence"], row
            assert bool(row["before"]) == (row["verdict"] == "reworded"), row
            assert row["rests_on"] != "nothing", row


def test_no_claim_is_listed_twice():
    listed = [(row["place"], row["sentence"] or row["before"]) for row in ROWS]
    assert sorted({claim for claim in listed if listed.count(claim) > 1}) == []
