"""Multiple-choice questions: a letter in, a reason out."""

import pytest

from imbalanced_course.checks import MISSING, quiz
from imbalanced_course.checks.task import task

REASONS = {"a": "Too small.", "b": "Just so.", "c": "Too large."}


def judged(answer):
    return quiz.choice("answer_1", answer, right="b", reasons=REASONS)


@pytest.mark.parametrize("answer", ["b", "B", " b ", "b)", "(b)", "b."])
def test_the_right_letter_is_right_however_it_is_written(answer):
    finding = judged(answer)
    assert finding.status == "right"
    assert "Just so." in finding.message


@pytest.mark.parametrize(("answer", "reason"), [("a", "Too small."), ("c", "Too large.")])
def test_a_wrong_letter_gets_its_own_reason_and_not_the_answer(answer, reason):
    finding = judged(answer)
    assert finding.status == "wrong"
    assert reason in finding.message
    assert finding.mistake == reason
    assert "Just so." not in finding.message


@pytest.mark.parametrize("answer", ["d", "ab", "", 2, None, ["b"], b"b", True])
def test_anything_else_is_told_to_be_a_letter(answer):
    finding = judged(answer)
    assert finding.status == "wrong"
    assert "one letter: a, b, or c" in finding.message


@pytest.mark.parametrize("answer", [..., MISSING])
def test_an_open_question_is_not_attempted(answer):
    assert judged(answer).status == "not attempted"


def test_a_question_whose_right_option_has_no_reason_is_refused():
    with pytest.raises(ValueError, match="'d'"):
        quiz.choice("answer_1", "a", right="d", reasons=REASONS)


def test_a_question_is_worth_no_points():
    @task("quick-check-1", points=0, hints=False)
    def check(answer):
        yield quiz.choice("answer_1", answer, right="b", reasons=REASONS)

    assert repr(check("b")) == "0.0"
    assert "done" in str(check("b"))
    assert "hint" not in str(check("a"))
