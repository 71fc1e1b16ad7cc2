"""The concept inventory: its questions are fair, and a notebook's answers are read as they stand."""

from __future__ import annotations

from collections import Counter

import pytest

from imbalanced_course.inventory import answers_in, note, questions


def test_there_are_twelve_questions_and_guessing_one_letter_gets_three():
    assert len(questions()) == 12
    assert Counter(question.right for question in questions()) == dict.fromkeys("abcd", 3)
    assert all(list(question.options) == list("abcd") for question in questions())


def test_the_longest_option_is_no_hint():
    longest = [max(question.options, key=lambda letter: len(question.options[letter])) for question in questions()]
    assert sum(letter == question.right for letter, question in zip(longest, questions(), strict=True)) <= 4


def cell(source):
    return {"cell_type": "code", "source": source}


@pytest.mark.parametrize(
    ("source", "first"),
    [
        ('answer_1 = "b"', "b"),
        (["answer_1 = ", "' B) '"], "b"),
        ("answer_1 = ...", None),
        ("answer_1 = 'x'", None),
        ("answer_1 = ('", None),
        ("answer_0 = 'a'\nanswer_13 = 'a'", None),
    ],
)
def test_an_answer_is_the_letter_written(source, first):
    assert answers_in({"cells": [cell(source)]}) == (first, *[None] * 11)


@pytest.mark.parametrize("odd", [{}, {"cells": 1}, {"cells": [None, {}]}])
def test_an_odd_notebook_holds_no_answers(odd):
    assert set(answers_in(odd)) == {None}


def test_the_note_tells_how_many_are_answered_and_not_which_are_right(capsys):
    note("a", "B.", ..., "maybe", *[...] * 8)
    said = capsys.readouterr().out
    assert said.startswith("2 of 12 questions answered.")
    assert "answer_4" in said
    assert "right" not in said
