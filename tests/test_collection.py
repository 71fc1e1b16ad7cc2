"""Which hand-ins are found in a folder, and which are refused with the reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from collected import find_submissions

from coursework.grading.submitted_notebook import submitted_notebook
from coursework.intake.opening import UnreadableSubmission

EMPTY = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def answered(task: str, answer: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "id": task, "metadata": {}, "source": answer}]})


def put(path: Path, text: str = EMPTY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_lesson_handed_in_more_than_once_counts_from_its_own_folder(tmp_path):
    for place in ("3/metrics.ipynb", "03-metrics/metrics.ipynb", "metrics.ipynb"):
        put(tmp_path / "ada" / place, answered("metrics-by-hand", place))
    found = {
        (one.lesson, one.path.relative_to(tmp_path / "ada").as_posix()): one
        for one in find_submissions(tmp_path, tmp_path / "laid-out")
    }
    assert not found.pop(("03-metrics", "03-metrics/metrics.ipynb")).problem
    assert [one.problem for one in found.values()] == [
        "03-metrics was handed in more than once; this one does not count"
    ] * 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (b"caf\xe9", "is not readable text: rename it"),
        (b"two\nlines", "contains a tab, a line break, or another character that can't be seen: rename it"),
        (b"a tab\there", "contains a tab, a line break, or another character that can't be seen: rename it"),
        (b"a" * 200, "is longer than 128 characters or 240 bytes: shorten it"),
    ],
)
def test_a_folder_name_that_no_gradebook_can_hold_is_flagged_with_what_is_wrong(name, said, tmp_path):
    put(tmp_path / os.fsdecode(name) / "03-metrics/metrics.ipynb")
    (one,) = find_submissions(tmp_path, tmp_path / "laid-out")
    assert one.problem == f"the folder's name {said}"
    one.student.encode("utf-8")


def test_more_than_a_megabyte_of_code_is_refused():
    cell = {"cell_type": "code", "source": ["x = 1\n"] * 200_000, "metadata": {}}
    with pytest.raises(UnreadableSubmission, match="more than a megabyte"):
        submitted_notebook(json.dumps({"cells": [cell]}).encode())


def test_half_a_character_in_a_cell_becomes_a_question_mark():
    text = '{"cells": [{"cell_type": "code", "source": "a = \'\\ud800\'", "metadata": {}}]}'
    notebook = submitted_notebook(text.encode())
    assert notebook["cells"][0]["source"] == "a = '?'"


def test_the_line_that_tells_the_formgrader_of_another_database_is_shown_until_it_is_there(tmp_path, run_course):
    put(tmp_path / "in/ada/03-metrics/metrics.ipynb", "{")
    url = f"sqlite:///{tmp_path / 'other.db'}"
    arguments = ("grade", tmp_path / "in", "--out", tmp_path / "graded", "--db", url, "--sandbox", "none")
    line = f"c.CourseDirectory.db_url = {url!r}"
    assert line in run_course(*arguments).stderr
    with (tmp_path / "graded/nbgrader_config.py").open("a") as file:
        file.write(f"\n{line}\n")
    assert "db_url" not in run_course(*arguments).stderr
