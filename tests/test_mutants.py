"""The list of small changes and of who noticed them is whole: see tests/mutation_run.py."""

from __future__ import annotations

from collections import Counter

from mutation_run import AREAS, LESSONS, ROOT, stored

ROWS = [row for row in stored() if row.area in AREAS]  # a lesson may have gone


def test_each_area_that_was_tried_has_all_its_changes():
    assert len({row.key for row in ROWS}) == len(ROWS)
    tried = Counter(row.area for row in ROWS)
    assert set(AREAS) - set(LESSONS) <= set(tried)  # of a new lesson, `make mutants` makes the rows
    assert tried == {area: AREAS[area].changes for area in tried}, "run `make mutants`"


def test_at_most_one_in_twenty_survives():
    survivors = [f"{row.module}:{row.line}: {row.change}" for row in ROWS if row.outcome == "survived"]
    assert 20 * len(survivors) <= len(ROWS), survivors


def test_each_row_says_who_noticed_or_why_nobody_can():
    for row in ROWS:
        assert (ROOT / "helpers" / row.module).is_file(), row
        assert row.outcome in ("killed", "survived", "equivalent"), row
        assert bool(row.by) == (row.outcome == "killed"), row
        assert row.reason.endswith(".") == (row.outcome == "equivalent"), row
