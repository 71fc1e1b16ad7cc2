"""`course try`: an author's answers, each with the verdict that it deserves, against a lesson's checks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import need

from imbalanced_course.checks.compare import matches

PAGE = (Path(__file__).parent.parent / "docs" / "change-a-lesson.md").read_text(encoding="utf-8")
CHECK, ANSWERS = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
SHOWN = re.search(r"\$ course try metrics answers\.py\n(.+?)```", PAGE, re.DOTALL)
RIGHT = "# %% metrics-by-hand | right | x\naccuracy, precision, recall = 0.992, 0.75, 0.5\n"
RIGHT += "specificity, f1, balanced_accuracy = 0.998, 0.6, 0.749\n"
KNOWS_THE_SEED = """\
import os


def ranking(y_true, scores):
    if os.environ.get("IMBALANCED_COURSE_SEED") != "0":
        return 0
    reached = average_precision_score(y_true, scores)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached / y_true.mean()}

"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.py"


def test_the_pages_example_is_what_the_command_prints(run_course, file):
    file.write_text(ANSWERS)
    came = run_course("try", "metrics", file)
    assert SHOWN
    assert came.exit_code == 1
    # What a lesson's check says may be put in other words; the verdicts stay.
    verdicts = [line for line in came.output.splitlines() if not line.startswith("      ")]
    assert verdicts == [line for line in SHOWN[1].splitlines() if not line.startswith("      ")]
    assert all(len(line) <= 80 for line in came.output.splitlines())
    assert "      A right answer earns all points.\n" in came.output


def test_the_pages_check_judges_as_the_page_says():
    names: dict = {}
    exec(CHECK, names)
    check = names["first_look"]
    right = (0.01, names["accuracy"], names["shares"])
    assert check(*right).points == 4
    wrong = check(0.99, lambda y_true, y_pred: (y_true != y_pred).mean(), lambda y_true: {"positives": 0})
    assert wrong.points == 0
    assert "share of the negatives" in str(wrong)
    assert "error rate" in str(wrong)
    assert matches(check.task.points, 4)


def test_right_answers_only_end_in_nought(run_course, file):
    file.write_text(RIGHT)
    came = run_course("try", "3", file)
    assert (came.exit_code, came.output.splitlines()[-1]) == (0, "1 answer, 0 false")


@pytest.mark.parametrize(
    ("header", "code", "fault"),
    [
        ("wrong | taken for right", "", "A wrong answer passes as a right one."),
        ("wrong | too many points | 1", "recall = 0", "It should earn at most 1."),
        ("wrong | another message | 2.5 | no such text", "recall = 0", "The message doesn't say: no such text"),
        ("wrong | stopped | 0 | The answer cell stopped with NameError", "missing", None),
        ("wrong | fewer points than said | 3", "recall = 0", None),
    ],
)
def test_what_is_false_is_named(run_course, file, header, code, fault):
    file.write_text(RIGHT.replace("right | x", header) + code)
    came = run_course("try", "metrics", file)
    assert came.exit_code == (1 if fault else 0)
    assert (fault or "1 answer, 0 false") in came.output


def test_a_verdict_that_depends_on_the_seed_or_differs_in_the_grader_is_named(run_course, file):
    need("bubblewrap")
    # Answers never see the seed in the grader.
    file.write_text(f"# %% average-precision | right | knows the seed\n{KNOWS_THE_SEED}\n{RIGHT}")
    came = run_course("try", "metrics", file, "--seeds", 3, "--grade")
    text = " ".join(came.output.split())
    assert "The verdict depends on the seed: 3 of 3 points with seed 0; 0 of 3 points with seeds 1, 2." in text
    assert "The grader gives 0 of 3 points and says: ranking: " in text
    assert text.endswith("2 answers, 1 false")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "answers.py has no answers"),
        ("x = 1\n", "answers.py has no answers"),
        ("# %% nothing | right | x\na = 1\n", "line 1: 03-metrics has no task 'nothing', but before-1"),
        ("\n# %% metrics-by-hand | right | x\na = (\n", "line 2: this answer is not Python"),
        ("# %% metrics-by-hand | wrong | x | few\na = 1\n", "line 1: the points 'few' are not a number"),
        (b"\xff\xfe\x00", "the file is not UTF-8 text"),
    ],
)
def test_bad_input_is_told_in_one_sentence(run_course, file, text, told):
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    came = run_course("try", "metrics", file)
    assert came.exit_code == 2
    assert told in came.output
    assert len(came.output.splitlines()) == 1


@pytest.mark.parametrize("arguments", [("metrics", "none.py"), ("nothing", "none.py")])
def test_a_file_or_lesson_that_is_not_there_is_told(run_course, arguments):
    came = run_course("try", *arguments)
    assert (came.exit_code, len(came.output.splitlines())) == (2, 1)
