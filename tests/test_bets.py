"""A bet stays in its notebook, and the next lesson shows it."""

from __future__ import annotations

import json

import pytest

from imbalanced_course.bets import bet_in, last_bet


def notebook(source):
    return {"cells": [{"cell_type": "code", "metadata": {"tags": ["bet"]}, "source": source}]}


@pytest.mark.parametrize(
    ("source", "bet"),
    [
        ("bet = ...", None),
        ("bet = 0.9  # a number", "0.9"),
        ("bet = 'about\\n half'", "about half"),
        ("bet = 1 / 2", "1 / 2"),
        ("other = 3", None),
        ("bet = (", None),
        (["bet = ", "0.2"], "0.2"),
    ],
)
def test_a_bet_is_what_was_written(source, bet):
    assert bet_in(notebook(source)) == bet


@pytest.mark.parametrize("odd", [{}, {"cells": 3}, {"cells": [None, {"metadata": None}]}])
def test_an_odd_notebook_holds_no_bet(odd):
    assert bet_in(odd) is None


def in_lesson_two(folder, monkeypatch, text):
    for name in ("01-challenge", "02-intuition"):
        (folder / name).mkdir()
    (folder / "01-challenge/challenge.ipynb").write_text(text)
    monkeypatch.chdir(folder / "02-intuition")


def test_the_next_lesson_shows_it(tmp_path, monkeypatch, capsys):
    in_lesson_two(tmp_path, monkeypatch, json.dumps(notebook("bet = 'four of five'")))
    last_bet("challenge")
    assert capsys.readouterr().out == "Your bet: four of five\n"


@pytest.mark.parametrize("text", [json.dumps(notebook("bet = ...")), "no notebook"])
def test_without_a_bet_one_can_be_made(text, tmp_path, monkeypatch, capsys):
    in_lesson_two(tmp_path, monkeypatch, text)
    last_bet("challenge")
    assert "haven't made a bet" in capsys.readouterr().out
