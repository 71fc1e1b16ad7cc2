"""Every file below the folder ends in a row or in a line of the list; no learner is merged or lost."""

from __future__ import annotations

import json
import os
import socket
import unicodedata
import zipfile
from pathlib import Path

import pytest
from collected import collected_from, find_submissions

from coursework.intake.hand_in import Collected

TASK = "metrics-by-hand"


def notebook(answer: str) -> str:
    cell = {"cell_type": "code", "id": TASK, "metadata": {}, "source": f"accuracy = {answer!r}"}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def put(path: Path, content: str | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook(path.parts[-2]) if content is None else content)
    return path


# What a learner's folder may hold; each is one learner's only file.
GRADED = [
    "03-metrics/metrics.ipynb",
    "metrics.ipynb",
    "hand-in/03-metrics/metrics.ipynb",
    "repo-main/lessons/03-metrics/metrics.ipynb",
    "03-metrics/metrics.ipynb.json",
    "03-metrics/metrics.ipynb.txt",
    "03-metrics/metrics.ipynb/metrics.ipynb",
    "03-metrics/METRICS.IPYNB",
    "a/b/c/d/e/metrics (1).ipynb",
]
TOLD = [
    "answers.7z",
    "03-metrics/metrics.rar",
    "metrics.tar.gz",
    "homework.ipynb",
    "99-nothing/x.ipynb",
    "notes.pdf",
    "03-metrics/metrics.html",
    ".hidden/metrics.ipynb",
    "/".join("d" * 40) + "/metrics.ipynb",
    "broken.zip",
    "no ending",
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Collected]:
    place = tmp_path_factory.mktemp("tree")
    for number, name in enumerate([*GRADED, *TOLD]):
        put(place / f"in/learner-{number:02d}" / name)
    for name in ("class list.csv", "bo-metrics.ipynb", "x.ipynb", ".DS_Store"):
        put(place / "in" / name)
    return place / "in", collected_from(place / "in", place / "laid-out")


@pytest.mark.parametrize("number", range(len(GRADED)))
def test_a_notebook_is_graded_where_learner_and_lesson_are_clear(number, tree):
    place, found = tree
    (one,) = [one for one in found.submissions if one.student == f"learner-{number:02d}"]
    assert (one.lesson, one.problem) == ("03-metrics", "")
    assert one.path == place / one.student / GRADED[number]


@pytest.mark.parametrize("number", range(len(TOLD)))
def test_what_is_not_graded_is_a_row_with_the_reason(number, tree):
    rows = [one for one in tree[1].submissions if one.student == f"learner-{len(GRADED) + number:02d}"]
    assert rows
    assert all(one.problem for one in rows)


def test_every_file_ends_in_a_row_or_in_a_line(tree):
    place, found = tree
    told = {one.path for one in found.submissions} | {place / "bo-metrics.ipynb"}  # this one is laid out elsewhere
    for (where, _), names in found.passed_over.items():
        told |= {place / where / name for name in names}
    lost = [path for path in place.rglob("*") if path.is_file() and not told & {path, *path.parents}]
    assert lost == []


def test_files_of_one_kind_in_one_place_are_one_line(tmp_path):
    put(tmp_path / "in/ada/metrics.ipynb")
    for number in range(50):
        put(tmp_path / f"in/ada/data/{number}.csv", "1,2")
    assert [line for line in collected_from(tmp_path / "in", tmp_path / "out").lines() if ".csv" in line] == [
        "ada: not read (.csv): data/0.csv, data/1.csv, data/10.csv, … (50 files)"
    ]


def test_pipes_sockets_and_links_stop_nobody(tmp_path):
    put(tmp_path / "in/ada/03-metrics/metrics.ipynb")
    (tmp_path / "in/bo/03-metrics").mkdir(parents=True)
    os.mkfifo(tmp_path / "in/bo/03-metrics/metrics.ipynb")
    os.mkfifo(tmp_path / "in/pipe")
    with socket.socket(socket.AF_UNIX) as channel:
        (tmp_path / "in/cy").mkdir()
        channel.bind(os.path.relpath(tmp_path / "in/cy/socket"))
        (tmp_path / "in/cy/loop").symlink_to(tmp_path / "in/cy", target_is_directory=True)
        (tmp_path / "in/cy/03-metrics").symlink_to(tmp_path / "in/ada/03-metrics", target_is_directory=True)
        (tmp_path / "in/dee").symlink_to(tmp_path / "in/dee")
        found = find_submissions(tmp_path / "in", tmp_path / "out")
    assert [one.student for one in found if not one.problem] == ["ada"]
    reasons = {one.student: one.problem for one in found if one.problem}
    assert "a pipe" in reasons["bo"]
    assert "symbolic link" in reasons["cy"]
    assert "symbolic link" in reasons["dee"]


def test_a_folder_that_cannot_be_read_costs_its_own_learner(tmp_path, monkeypatch):
    put(tmp_path / "in/ada/03-metrics/metrics.ipynb")
    put(tmp_path / "in/bo/03-metrics/metrics.ipynb")
    scandir = os.scandir

    def refusing(folder):
        if Path(folder).name == "bo":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr("os.scandir", refusing)
    found = {one.student: one.problem for one in find_submissions(tmp_path / "in", tmp_path / "out")}
    assert found == {"ada": "", "bo": "the folder cannot be read (Permission denied)"}


def test_four_learners_whose_names_are_not_utf_8_have_four_rows(tmp_path):
    for name in (b"caf\xe9", b"caf\xe8", b"caf\xea", b"\xff"):
        put(tmp_path / "in" / os.fsdecode(name) / "03-metrics/metrics.ipynb")
    found = find_submissions(tmp_path / "in", tmp_path / "out")
    assert len({(one.student, one.lesson) for one in found}) == 4
    assert all("not readable text" in one.problem for one in found)


def test_two_folders_whose_names_look_the_same_are_not_put_together(tmp_path):
    for form in ("NFC", "NFD"):
        put(tmp_path / "in" / unicodedata.normalize(form, "Zoë") / "03-metrics/metrics.ipynb", notebook(form))
    for name in ("Ada", "ada"):
        put(tmp_path / "in" / name / "03-metrics/metrics.ipynb", notebook(name))
    found = find_submissions(tmp_path / "in", tmp_path / "out")
    assert {one.student for one in found if not one.problem} == {"Ada", "ada"}
    assert ["another folder has the same name" in one.problem for one in found if one.problem] == [True, True]
    assert len({(one.student, one.lesson) for one in found}) == 4


def test_the_grading_folder_is_no_learner_wherever_it_lies(tmp_path):
    put(tmp_path / "in/ada/03-metrics/metrics.ipynb")
    put(tmp_path / "in/graded/autograded/eve/03-metrics/metrics.ipynb")
    put(tmp_path / "in/graded of last year/feedback/eve/03-metrics/metrics.html")
    put(tmp_path / "in/graded of last year/nbgrader_config.py", "")
    put(tmp_path / "in/graded of last year/autograded/eve/03-metrics/metrics.ipynb")
    out = tmp_path / "in/graded"
    found = collected_from(tmp_path / "in", out / "submitted", out=out)
    assert [one.student for one in found.submissions] == ["ada"]
    assert found.lines() == [".: a grading folder: graded, graded of last year (2 files)"]


# Which of two files counts, by their names and seconds; both are answered, in different ways.
COPIES = [
    ({"metrics.ipynb": 0, "metrics (1).ipynb": 0}, "metrics (1).ipynb"),
    ({"metrics.ipynb": 100, "metrics (1).ipynb": 0}, "metrics.ipynb"),
    ({"metrics.ipynb": 0, "metrics (1).ipynb": 100}, "metrics (1).ipynb"),
    ({"metrics.ipynb": 0, "metrics (2).ipynb": 0, "metrics (10).ipynb": 0}, "metrics (10).ipynb"),
    ({"metrics.ipynb": 0, "metrics_final.ipynb": 100}, "metrics_final.ipynb"),
    ({"metrics.ipynb": 100, "metrics_old.ipynb": 0}, "metrics.ipynb"),
]


def of_ada(place: Path, files: dict[str, tuple[str, int]]) -> Path:
    for name, (text, seconds) in files.items():
        path = put(place / "in/ada/03-metrics" / name, text)
        os.utime(path, (10**9 + seconds, 10**9 + seconds))
    return place / "in"


@pytest.mark.parametrize(("files", "counts"), COPIES)
def test_of_two_answered_copies_the_last_counts_and_a_person_is_asked(files, counts, tmp_path):
    place = of_ada(tmp_path, {name: (notebook(name), seconds) for name, seconds in files.items()})
    found = find_submissions(place, tmp_path / "out")
    (best,) = [one for one in found if not one.problem]
    assert best.path.name == counts
    assert best.doubt == f"handed in more than once with different answers; 03-metrics/{counts} counts, being the last"
    assert len(found) == len(files)


UNTOUCHED = json.dumps({"cells": [{"cell_type": "code", "id": TASK, "metadata": {}, "source": ""}]})


@pytest.mark.parametrize(
    "files",
    [
        {"metrics.ipynb": (UNTOUCHED, 100), "metrics (1).ipynb": (notebook("it"), 0)},
        {"metrics.ipynb": (notebook("it"), 0), "metrics (1).ipynb": (UNTOUCHED, 0)},
        {"metrics.ipynb": (notebook("it"), 0), "scratch.ipynb": (json.dumps({"cells": []}), 100)},
        {"metrics.ipynb": (notebook("it"), 0), "metrics (1).ipynb": (notebook("it") + " ", 100)},
    ],
)
def test_an_untouched_copy_or_other_notebook_never_counts_and_asks_nobody(files, tmp_path):
    found = collected_from(of_ada(tmp_path, files), tmp_path / "out")
    (one,) = found.submissions
    assert notebook("it") in one.path.read_text()
    assert one.doubt == ""
    assert len(found.lines()) == 1


def test_a_revealed_solution_beside_the_learners_own_answers_does_not_count(tmp_path):
    files = {"metrics.ipynb": (notebook("mine"), 0), "metrics-solution.ipynb": (notebook("theirs"), 100)}
    (one,) = find_submissions(of_ada(tmp_path, files), tmp_path / "out")
    assert one.path.name == "metrics.ipynb"


def test_a_file_of_a_class_that_is_too_much_to_read_does_not_cost_the_others(tmp_path):
    place = tmp_path / "class.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada_1_1_metrics.ipynb", notebook("ada"))
        archive.writestr("bo_2_2_homework.ipynb", '{"cells": [' + '{"":0},' * 6_000_000 + "0]}")
        archive.writestr("cy_3_3_metrics.ipynb", notebook("cy"))
    found = {one.student: one.problem for one in find_submissions(place, tmp_path / "out")}
    assert found.pop("bo_2")
    assert found == {"ada_1": "", "cy_3": ""}
