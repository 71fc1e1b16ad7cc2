"""What lesson 3's checks say beyond the verdicts of its known answers."""

import pytest
from lesson_answers import outcome, stub

from coursework.lessons.catalogue import find_lesson

METRICS = find_lesson("metrics")


def test_the_bug_is_told_for_both_numbers():
    result = outcome(METRICS, "find-the-bug", stub(METRICS, "find-the-bug"))
    assert result.message.count("Not fixed yet") == 2


@pytest.mark.parametrize(
    ("task", "answer", "value"),
    [
        (
            "metrics-by-hand",
            "accuracy = precision = recall = specificity = f1 = balanced_accuracy = 0.123",
            "0.7490",
        ),
        ("bonus-alert-budget", "lowest_recall = highest_recall = 0.123", "0.425"),
    ],
)
def test_messages_of_wrong_answers_do_not_give_the_right_value_away(task, answer, value):
    result = outcome(METRICS, task, answer)
    assert "0.123" in result.message
    assert value not in result.message
