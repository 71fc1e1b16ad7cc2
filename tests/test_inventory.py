"""The concept inventory: its questions are fair, and a notebook's answers are read as they stand."""

from __future__ import annotations

import json
import os
from collections import Counter

import pytest
from small_course import make_course

from coursework.reporting.inventory_gain import class_gain
from coursework.workspace.inventory_page import inventory_page
from imbalanced_course.errors import WrongUsage
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


@pytest.fixture
def workspace(tmp_path, small_course):
    from coursework.workspace.update import update_workspace

    update_workspace(tmp_path / "ws")
    return tmp_path / "ws"


def shown(workspace):
    from coursework.workspace.cell_output import progress_output
    from coursework.workspace.progress import course_progress

    return progress_output(course_progress(workspace)).text


def answer(workspace, when, letters):
    path = workspace / f"inventory-{when}.ipynb"
    notebook = json.loads(path.read_text())
    for number, letter in enumerate(letters, start=1):
        (one,) = [cell for cell in notebook["cells"] if cell["id"] == f"answer-{number}"]
        one["source"] = f"answer_{number} = {letter!r}"
    path.write_text(json.dumps(notebook))


def test_a_new_learner_is_led_to_the_questions_which_hold_no_right_letter(workspace):
    assert "inventory-before.ipynb" in shown(workspace)
    text = (workspace / "inventory-before.ipynb").read_text()
    assert text.count("answer_12 = ...") == 1
    assert "right" not in [cell["source"] for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]


def test_the_gain_is_shown_item_by_item_once_both_are_answered(workspace):
    right = [question.right for question in questions()]
    answer(workspace, "before", ["a"] * 12)
    assert "inventory" not in shown(workspace)
    answer(workspace, "after", [*right[:11], "x"])
    said = shown(workspace)
    assert "3 right before lesson 1, 11 after lesson 7" in said
    assert f"{questions()[0].concept}: before ✘ not right, after ✔ right" in said
    assert f"{questions()[11].concept}: before ✘ not right, after ○ open" in said


def test_submitting_the_last_lesson_leads_to_the_questions_until_they_are_answered(
    workspace, small_course, run_course, monkeypatch
):
    from coursework.workspace import cell_commands
    from coursework.workspace.update import update_workspace

    make_course(small_course, lessons=("07-cost-sensitive",))
    update_workspace(workspace)
    monkeypatch.chdir(workspace)
    assert "inventory" not in run_course("submit", "metrics").output
    assert "see what you've gained: inventory-after.ipynb" in run_course("submit").output
    assert "<a href='inventory-after.ipynb'>" in cell_commands.submit(7).html
    answer(workspace, "after", ["a"])
    assert "inventory" not in run_course("submit", "cost-sensitive").output


def test_answers_are_never_written_over(workspace):
    from coursework.workspace.update import update_workspace

    answer(workspace, "before", ["b"])
    before = (workspace / "inventory-before.ipynb").read_bytes()
    update_workspace(workspace)
    assert (workspace / "inventory-before.ipynb").read_bytes() == before


RIGHT = [question.right for question in questions()]
WRONG = ["a" if letter != "a" else "b" for letter in RIGHT]


def hand_in(folder, name, when, letters):
    """Lay a learner's notebook where a teacher has collected it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = json.loads(inventory_page(when))
    for cell in notebook["cells"]:
        if cell["id"].startswith("answer-"):
            number = int(cell["id"].removeprefix("answer-"))
            cell["source"] = f"answer_{number} = {letters[number - 1]!r}"
    path.write_text(json.dumps(notebook))


def test_the_gain_of_a_class_counts_who_answered_twice(tmp_path):
    for learner, before, after in (("ada", 2, 10), ("ben", 4, 8), ("cem", 3, 6)):
        for when, number in (("before", before), ("after", after)):
            hand_in(tmp_path, f"{learner}/inventory-{when}.ipynb", when, [*RIGHT[:number], *WRONG[number:]])
    hand_in(tmp_path, "dora/inventory-before.ipynb", "before", RIGHT)
    gain = class_gain(tmp_path)
    assert (gain.learners, gain.only_one, gain.before, gain.after) == (3, 1, 3.0, 8.0)
    # The gains are 8, 4 and 3: mean 5, standard error 1.528, t 4.303.
    assert gain.interval == pytest.approx((-1.572, 11.572), abs=0.01)
    third = gain.concepts[2]
    assert (third.before, third.after, third.gained, third.lost) == (2, 3, 1, 0)
    # By hand: (1.5 - 0.5) / 5 and 1.96 sqrt((2 / 5 - 0.04) / 5).
    assert (third.low, third.high) == pytest.approx((0.2 - 0.526, 0.2 + 0.526), abs=0.001)


def test_a_learner_is_the_same_in_two_downloads_of_a_platform(tmp_path):
    for when, moodle, file in (("before", 2001, 7), ("after", 3001, 8)):
        hand_in(tmp_path, f"Ada Lovelace_{moodle}_assignsubmission_file/inventory-{when}.ipynb", when, RIGHT)
        hand_in(tmp_path, f"kaybo_1001_{file}_inventory-{when}.ipynb", when, RIGHT)
        hand_in(tmp_path, f"inventory-{when}-cem.ipynb", when, RIGHT)
    assert (class_gain(tmp_path).learners, class_gain(tmp_path).only_one) == (3, 0)


def test_what_is_no_inventory_is_passed_over_and_an_empty_folder_is_said(tmp_path):
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada/inventory-before.ipynb").write_text("[" * 100_000)
    (tmp_path / "ada/metrics.ipynb").write_text("{}")
    (tmp_path / "ben").mkdir()
    os.mkfifo(tmp_path / "ben/inventory-before.ipynb")
    (tmp_path / "ada/inventory-after.ipynb").symlink_to(tmp_path / "ada/metrics.ipynb")
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(WrongUsage, match="inventory"):
            class_gain(folder)
