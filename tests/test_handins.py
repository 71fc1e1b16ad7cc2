"""Hand-ins as learners and learning management systems leave them: each lands where it belongs, or says why not."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest

from imbalanced_course.errors import CourseError
from imbalanced_course.grading.collection import Submission, find_submissions


def notebook(mark: str = "", lesson: str | None = None) -> str:
    metadata = {"imbalanced_course": {"lesson": lesson}} if lesson else {}
    return json.dumps({"cells": [], "metadata": {**metadata, "mark": mark}, "nbformat": 4, "nbformat_minor": 5})


def zipped(files: dict[str, str | bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return memory.getvalue()


def put(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def collected(place: Path, tmp_path: Path) -> dict[tuple[str, str], Submission]:
    found = find_submissions(place, tmp_path / "laid-out")
    return {(one.student, one.lesson): one for one in sorted(found, key=lambda one: not one.problem)}


def mark(submission: Submission) -> str:
    return str(json.loads(submission.path.read_text())["metadata"]["mark"])


CANVAS = {
    "lovelaceada_1001_50001_metrics.ipynb": notebook("first"),
    "lovelaceada_1001_50009_metrics-1.ipynb": notebook("second"),
    "turingalan_LATE_1002_50002_metrics.ipynb": notebook("late"),
    "王芳_1003_50003_metrics (2).ipynb": notebook("wang"),
    "noethere_1004_50004_03-metrics.zip": zipped({"03-metrics/metrics.ipynb": notebook("zipped")}),
    "hopper_1005_50005_homework.ipynb": notebook("by metadata", lesson="03-metrics"),
    "bohr_1006_50006_essay.pdf": "no notebook",
}


@pytest.mark.parametrize("form", ["folder", "zip", "zip with a folder around"])
def test_what_canvas_gives_for_download(form, tmp_path):
    place = put(tmp_path / "in", CANVAS)
    if form != "folder":
        around = "submissions/" if "around" in form else ""
        place = tmp_path / "submissions.zip"
        place.write_bytes(zipped({around + name: content for name, content in CANVAS.items()}))
    found = collected(place, tmp_path)
    took = {student: mark(one) for (student, _), one in found.items() if not one.problem}
    assert took == {
        "lovelaceada_1001": "second",
        "turingalan_1002": "late",
        "王芳_1003": "wang",
        "noethere_1004": "zipped",
        "hopper_1005": "by metadata",
    }
    assert found["turingalan_1002", "03-metrics"].note == "handed in late"


def test_what_moodle_gives_for_download(tmp_path):
    files = {
        "Ada Lovelace_2001_assignsubmission_file_/metrics.ipynb": notebook("ada"),
        "Ada Lovelace_2001_assignsubmission_file_/undersampling.ipynb": notebook("ada 4"),
        "José Ñandú_2002_assignsubmission_file_/hand-in/03-metrics.zip": zipped(
            {"03-metrics/metrics.ipynb": notebook("jose")}
        ),
        "Bo Ek_2003_assignsubmission_onlinetext_/onlinetext.html": "<p>words</p>",
    }
    place = tmp_path / "course-Hand-in-3-777.zip"
    place.write_bytes(zipped(files))
    for one in (place, put(tmp_path / "unpacked", files)):
        found = collected(one, tmp_path)
        assert {key: mark(submission) for key, submission in found.items() if not submission.problem} == {
            ("Ada Lovelace_2001", "03-metrics"): "ada",
            ("Ada Lovelace_2001", "04-undersampling"): "ada 4",
            ("José Ñandú_2002", "03-metrics"): "jose",
        }


def test_a_folder_of_notebooks_named_after_learner_and_lesson(tmp_path):
    names = ("ada-metrics.ipynb", "metrics_bo.ipynb", "chidi 03-metrics (1).ipynb", "metrics.ipynb", "dana.ipynb")
    found = collected(put(tmp_path / "in", {name: notebook(name) for name in names}), tmp_path)
    took = {key: mark(one) for key, one in found.items() if not one.problem}
    assert took == {
        ("ada", "03-metrics"): "ada-metrics.ipynb",
        ("bo", "03-metrics"): "metrics_bo.ipynb",
        ("chidi", "03-metrics"): "chidi 03-metrics (1).ipynb",
    }
    assert {one.problem for one in found.values() if one.problem} == {
        "metrics.ipynb: its name does not tell whose it is",
        "dana.ipynb: neither its name nor its metadata tells its lesson",
    }


def test_an_earlier_attempt_is_told_and_an_exact_copy_is_not_worth_a_word(tmp_path):
    files = {
        "ada_1_1_metrics.ipynb": notebook("one"),
        "ada_1_2_metrics-2.ipynb": notebook("three"),
        "ada_1_3_metrics-1.ipynb": notebook("two"),
        "ada_1_4_metrics-3.ipynb": notebook("three"),
    }
    found = find_submissions(put(tmp_path / "in", files), tmp_path / "laid-out")
    assert [mark(one) for one in found if not one.problem] == ["three"]
    assert [one.problem.partition(":")[0] for one in found if one.problem] == [
        "ada_1_1_metrics.ipynb",
        "ada_1_3_metrics-1.ipynb",
    ]


def test_a_tree_is_read_where_it_lies_beside_loose_files(tmp_path):
    place = put(tmp_path / "in", {"ada/03-metrics/metrics.ipynb": notebook("tree"), "bo-metrics.ipynb": notebook("bo")})
    found = collected(place, tmp_path)
    assert found["ada", "03-metrics"].path == place / "ada/03-metrics/metrics.ipynb"
    assert found["bo", "03-metrics"].path.is_relative_to(tmp_path / "laid-out")


def test_what_was_laid_out_before_and_is_the_same_is_left_alone(tmp_path):
    place = put(tmp_path / "in", {"ada-metrics.ipynb": notebook("ada"), "bo-metrics.ipynb": notebook("bo")})
    first = {one.path: one.path.stat().st_mtime_ns for one in find_submissions(place, tmp_path / "out")}
    find_submissions(place, tmp_path / "out")
    assert first == {path: path.stat().st_mtime_ns for path in first}


@pytest.mark.parametrize(
    ("files", "students"),
    [
        ({"ada/03-metrics/metrics.ipynb": "a"}, {"ada"}),
        ({"class/ada/03-metrics/metrics.ipynb": "a", "class/bo/03-metrics/metrics.ipynb": "b"}, {"ada", "bo"}),
        ({"03-metrics/metrics.ipynb": "a"}, {""}),
    ],
)
def test_a_zip_of_a_tree_tells_learners_by_their_folders(files, students, tmp_path):
    place = tmp_path / "tree.zip"
    place.write_bytes(zipped({name: notebook(text) for name, text in files.items()}))
    assert {one.student for one in find_submissions(place, tmp_path / "laid-out")} == students


def link() -> bytes:
    info = zipfile.ZipInfo("03-metrics/metrics.ipynb")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return memory.getvalue()


HARMFUL = {
    "climbs": (zipped({"../../metrics.ipynb": notebook()}), "climbs out of it"),
    "absolute": (zipped({"/tmp/metrics.ipynb": notebook()}), "climbs out of it"),
    "windows": (zipped({"..\\..\\metrics.ipynb": notebook()}), "climbs out of it"),
    "links": (link(), "a symbolic link"),
    "bomb": (zipped({"metrics.ipynb": b" " * 300 * 2**20}), "unpacks to 300 MB"),
    "none": (b"not a zip at all", "is not a zip that can be read"),
    "cut": (zipped({"03-metrics/metrics.ipynb": notebook()})[:-30], "is not a zip that can be read"),
    "empty": (zipped({"readme.txt": "hello"}), "the zip holds no notebook"),
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_learners_zip_that_could_do_harm_is_refused_and_the_others_are_taken(kind, tmp_path):
    content, said = HARMFUL[kind]
    files = {"ada_1_1_03-metrics.zip": content, "bo_2_2_metrics.ipynb": notebook("bo")}
    found = find_submissions(put(tmp_path / "in", files), tmp_path / "laid-out")
    assert [one.student for one in found if not one.problem] == ["bo_2"]
    (refused,) = [one for one in found if one.problem]
    assert refused.student == "ada_1"
    assert said in refused.problem
    assert [path.name for path in tmp_path.rglob("metrics.ipynb")] == ["metrics.ipynb"]


@pytest.mark.parametrize("kind", ["climbs", "links", "bomb", "none"])
def test_a_zip_of_a_class_that_could_do_harm_is_refused_in_one_sentence(kind, tmp_path):
    content, said = HARMFUL[kind]
    place = tmp_path / "class.zip"
    place.write_bytes(content)
    with pytest.raises(CourseError, match=said):
        find_submissions(place, tmp_path / "laid-out")
    assert not (tmp_path / "laid-out").exists()


@pytest.mark.parametrize("name", ["../ada_1_1_metrics.ipynb", ".._1_1_metrics.ipynb", "a\nb_1_1_metrics.ipynb"])
def test_a_name_never_becomes_a_path_elsewhere(name, tmp_path):
    place = tmp_path / "class.zip"
    place.write_bytes(zipped({name: notebook("x"), "bo_2_2_metrics.ipynb": notebook("bo")}))
    try:
        found = find_submissions(place, tmp_path / "laid-out")
    except CourseError:
        return
    for one in found:
        assert one.problem or one.path.resolve().is_relative_to((tmp_path / "laid-out").resolve())


def test_our_own_hand_in_zip_is_graded_from_a_download(tmp_path, run_course, monkeypatch):
    from conftest import need

    from imbalanced_course.catalogue import find_lesson

    need("bubblewrap")
    lesson = find_lesson("challenge")
    solved = lesson.solution_path.read_text(encoding="utf-8")
    files = {
        "Ada_1_assignsubmission_file_/01-challenge.zip": zipped({"01-challenge/challenge.ipynb": solved}),
        "Bo_2_assignsubmission_file_/notes.ipynb": "{}",
    }
    (tmp_path / "class.zip").write_bytes(zipped(files))
    outcome = run_course("grade", str(tmp_path / "class.zip"), "--out", str(tmp_path / "graded"))
    assert outcome.exit_code == 1
    assert "Bo_2/Bo_2_assignsubmission_file_/notes.ipynb" in outcome.output
    assert "neither its name nor its metadata tells its lesson" in outcome.output
    assert "Ada_1,01-challenge,16" in (tmp_path / "graded/grades.csv").read_text()
