"""The reader of known answers: what a lesson's checks are tested with, and what a sample class hands in."""

import pytest

from coursework.authoring.known_answers import read_known_answers
from imbalanced_course.errors import CourseError

GOOD = """# A comment before the first cell.

# %% counts | right | by hand
total = 3

# %% counts | wrong | percent | 0.5 | That is in percent | really
total = 300
"""


def written(tmp_path, text):
    path = tmp_path / "some.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_cell_is_one_answer(tmp_path):
    right, wrong = read_known_answers(written(tmp_path, GOOD))
    assert (right.task, right.kind, right.name, right.points, right.message) == (
        "counts",
        "right",
        "by hand",
        None,
        None,
    )
    assert right.code == "total = 3"
    assert (wrong.kind, wrong.points, wrong.message, wrong.code) == (
        "wrong",
        0.5,
        "That is in percent | really",
        "total = 300",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# %% counts\ntotal = 1\n", "line 1: expected"),
        ("# %%\ntotal = 1\n", "line 1: expected"),
        ("# %% counts | perhaps | x\ntotal = 1\n", "line 1: expected"),
        ("# %% counts | right | points | 3\ntotal = 1\n", "line 1: expected"),
        ("\n# %% counts | wrong | odd points | nan\ntotal = 1\n", "line 2: the points 'nan'"),
        ("\n# %% counts | wrong | odd points | few | told\ntotal = 1\n", "line 2: the points 'few'"),
        ("# %% counts | right | broken\ntotal = (\n", "is not Python"),
        (GOOD + "# %% counts | right | by hand\ntotal = 3\n", "another right 'by hand'"),
    ],
)
def test_a_bad_cell_is_told_with_its_line(tmp_path, text, told):
    with pytest.raises(CourseError, match=told):
        read_known_answers(written(tmp_path, text))


def test_points_and_message_of_a_wrong_answer_may_be_left_out(tmp_path):
    text = "# %% a | wrong | x\nb = 1\n# %% a | wrong | y | 2\nb = 1\n# %% a | wrong | z | | told\nb = 1\n"
    found = read_known_answers(written(tmp_path, text))
    assert [(one.points, one.message, one.line) for one in found] == [
        (None, None, 1),
        (2.0, None, 3),
        (None, "told", 5),
    ]


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CourseError, match=r"none\.py"):
        read_known_answers(tmp_path / "none.py")
