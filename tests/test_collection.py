"""Which hand-ins are found in a folder, and which are refused with the reason."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path

import pytest
from collected import find_submissions

from coursework.grading.submitted_notebook import submitted_notebook
from coursework.intake.opening import UnreadableSubmission
from coursework.intake.sheet import sheet_text

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


COLAB = '{"nbformat": 4, "nbformat_minor": 0, "metadata": {}, "cells": []}'
KAGGLE = '{"metadata":{"kernelspec":{"name":"python3"}},"nbformat":4,"cells":[]}'
ZIP = "PK\x03\x04"


@pytest.mark.parametrize("form", ["folder", "zip", "tar.gz"])
@pytest.mark.parametrize(
    ("name", "content", "right"),
    [
        ("metrics", EMPTY, "metrics.ipynb"),
        ("metrics.json", f"\ufeff\n {EMPTY}", "metrics.ipynb"),
        ("metrics.txt", COLAB, "metrics.ipynb"),
        ("metrics.ipynb.download", KAGGLE, "metrics.ipynb"),
        ("metrics.ipynb ", EMPTY, "metrics.ipynb"),
        ("metrics.ipynb~", EMPTY, "metrics.ipynb"),
        ("metrics_ipynb", EMPTY, "metrics.ipynb"),
        ("metrics.ipnyb", EMPTY, "metrics.ipynb"),
        ("my work v1.2 of metrics", EMPTY, "my work v1.2 of metrics.ipynb"),
        ("hand-in", ZIP, "hand-in.zip"),
        ("hand-in.zip.download", ZIP, "hand-in.zip"),
    ],
)
def test_what_is_a_notebook_by_its_first_bytes_is_listed_with_its_right_name(name, content, right, form, tmp_path):
    put(tmp_path / "in/ada/03-metrics" / name, content)
    put(tmp_path / "in/bo/03-metrics/metrics.ipynb")
    place = tmp_path / "in"
    if form != "folder":
        kind = {"zip": "zip", "tar.gz": "gztar"}[form]
        place = Path(shutil.make_archive(str(tmp_path / "class"), kind, tmp_path / "in"))
    found = {one.student: one for one in find_submissions(place, tmp_path / "laid-out")}
    kind = "a zip" if content == ZIP else "a notebook"
    assert {student: one.problem for student, one in found.items()} == {
        "ada": f"it looks like {kind}: rename it to {right}", "bo": ""
    }  # fmt: skip
    assert found["ada"].file == f"ada/03-metrics/{name}"


@pytest.mark.parametrize("name", ["ada_metrics.json", "metrics_ada.txt", "ada - metrics", "ada-metrics.ipynb~"])
def test_the_table_of_hand_ins_has_a_line_for_a_notebook_with_another_ending(name, tmp_path):
    put(tmp_path / name)
    put(tmp_path / "bo_metrics.ipynb")
    table = csv.DictReader(sheet_text(find_submissions(tmp_path, tmp_path / "laid-out")).splitlines())
    assert {row["file"]: "rename it" in row["what was seen"] for row in table} == {
        name: True,
        "bo_metrics.ipynb": False,
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("metrics.ipynb~", EMPTY),
        ("metrics.json", EMPTY),
        ("data.json", '{"metadata": {"source": "a bank"}, "rows": []}'),
        ("cells.json", '{"cells": 3}'),
        ("notes.txt", "My notebook has cells."),
        ("report.docx", ZIP),
        ("requirements.txt", ""),
    ],
)
def test_a_copy_and_what_is_no_notebook_are_passed_over_beside_one(name, content, tmp_path):
    put(tmp_path / "ada/03-metrics/metrics.ipynb")
    put(tmp_path / "ada/03-metrics" / name, content)
    assert [one.problem for one in find_submissions(tmp_path, tmp_path / "laid-out")] == [""]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "it is not valid JSON, but empty"),
        (b"<!DOCTYPE html>\n<html>", "it is not valid JSON, but a web page"),
        (b"%PDF-1.7\n", "it is not valid JSON, but a PDF"),
        (b"version https://git-lfs.github.com/spec/v1\n", "it is not valid JSON, but a Git LFS pointer"),
        (b"PK\x03\x04\xff", "the file is not UTF-8 text, but a zip"),
        (b"\x1f\x8b\x08", "the file is not UTF-8 text, but a gzip archive"),
        (EMPTY.encode("utf-16"), "the file is not UTF-8 text, but UTF-16 text"),
        (b"\xff", "the file is not UTF-8 text"),
        (EMPTY.encode()[:-1], "it is not valid JSON"),
    ],
)
def test_a_file_that_is_no_notebook_is_told_by_what_it_is(raw, said):
    with pytest.raises(UnreadableSubmission, match=f"{said}$"):
        submitted_notebook(raw)


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
