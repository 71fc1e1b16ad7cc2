"""The seed of the checks' fresh inputs: one for each grading folder, the same at each run, for its owner only."""

from __future__ import annotations

import os

import pytest

from coursework.grading.seed import SEED_FILE, seed_of_folder


def test_a_grading_folder_draws_its_seed_once_and_another_draws_another(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one, two = seed_of_folder(tmp_path / "one"), seed_of_folder(tmp_path / "two")
    assert seed_of_folder(tmp_path / "one") == one != two


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_nobody_else_may_read_it(tmp_path):
    seed_of_folder(tmp_path)
    assert (tmp_path / SEED_FILE).stat().st_mode & 0o077 == 0


def test_a_file_that_holds_no_seed_is_replaced(tmp_path):
    (tmp_path / SEED_FILE).write_text("")
    assert seed_of_folder(tmp_path) == seed_of_folder(tmp_path)
