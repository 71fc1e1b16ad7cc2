"""`course sample-class` and `course grade` as a teacher uses them."""

from __future__ import annotations

import csv
import errno
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from class_marks import assert_deserved
from conftest import need
from course_process import start_course

from coursework.grading.engine import Engine
from coursework.lessons.catalogue import find_lesson, released_lessons
from coursework.lessons.notebook import lesson_tasks
from imbalanced_course.checks.result import AS_IT_CAME

ROOT = Path(__file__).resolve().parent.parent
# A sample class of 6 has one learner of each kind; the broken hand-ins are those of one of them.
STUDENTS, BROKEN = 6, 1
GRADED = STUDENTS - BROKEN


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def graded_class(tmp_path_factory) -> Path:
    """A sample class with a learner of each kind, graded by the real command in the real sandbox."""
    from click.testing import CliRunner

    from coursework.cli import main

    need("bubblewrap")
    place = tmp_path_factory.mktemp("class")
    made = CliRunner().invoke(main, ["sample-class", str(place / "class"), "--students", str(STUDENTS)])
    assert made.exit_code == 0, made.output
    # A second worker would work out each lesson's reference answers for itself.
    grade = ["grade", str(place / "class"), "--out", str(place / "graded"), "--workers", "1"]
    outcome = CliRunner().invoke(main, grade)
    (place / "said.txt").write_text(outcome.output)
    (place / "exit.txt").write_text(str(outcome.exit_code))
    return place


def test_the_marks_equal_those_that_a_person_wrote_down(graded_class):
    came = assert_deserved(graded_class / "class", graded_class / "graded")
    assert max(came.values()) == 20
    assert len(set(came.values())) > 3


def test_broken_hand_ins_are_flagged_in_one_sentence_and_the_exit_code_says_so(graded_class):
    flagged = [row for row in rows(graded_class / "graded/grades.csv") if row["status"] == "flagged"]
    assert len(flagged) == BROKEN * len(released_lessons())
    assert {row["reason"] for row in flagged} == {"the file is not a notebook: it is not valid JSON"}
    assert (graded_class / "exit.txt").read_text() == "1"
    assert "Traceback" not in (graded_class / "said.txt").read_text()


def test_what_a_person_has_to_read_waits_for_one(graded_class):
    waiting = [row for row in rows(graded_class / "graded/grades.csv") if row["needs_review"] == "True"]
    written = {row["student"] for row in waiting if row["status"] == "graded"}
    assert written == {"ada-01", "bo-02", "emil-05"}
    assert {row["lesson"] for row in waiting if row["status"] == "graded"} == {"01-challenge"}


def test_grades_csv_ties_each_grade_to_the_file_that_was_graded(graded_class):
    import hashlib

    for row in rows(graded_class / "graded/grades.csv"):
        lesson = find_lesson(row["lesson"])
        path = graded_class / "class" / row["student"] / lesson.folder / f"{lesson.notebook}.ipynb"
        if row["status"] == "graded":
            assert row["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
            assert row["max_points"] == "20.0" or lesson.draft


def test_every_learner_gets_a_page_without_active_content_or_outside_addresses(graded_class):
    pages = list((graded_class / "graded/feedback").rglob("*.html"))
    assert len(pages) == GRADED * len(released_lessons())
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert len(text.encode()) < 1_000_000
        for active in ("<script", "http://", "https://", "onerror=", "HIDDEN TESTS"):
            assert active not in text, (page, active)


def test_a_feedback_page_has_a_place_for_each_task_that_a_report_can_link_to(graded_class):
    lesson = find_lesson("metrics")
    tasks = {task.name for task in lesson_tasks(json.loads(lesson.solution_path.read_text(encoding="utf-8")))}
    page = next((graded_class / "graded/feedback").rglob("metrics.html")).read_text(encoding="utf-8")
    assert set(re.findall(r'<section class="\w+" id="([^"]+)">', page)) == tasks


def test_a_bug_that_nobody_has_touched_is_open(graded_class):
    page = (graded_class / "graded/feedback/dana-04/03-metrics/metrics.html").read_text(encoding="utf-8")
    assert AS_IT_CAME in page
    assert "✘" not in page


def test_the_same_command_again_keeps_what_is_graded_and_starts_nothing_that_runs_answers(
    graded_class, run_course, monkeypatch
):
    started: list[Engine] = []
    monkeypatch.setattr(Engine, "start", started.append)
    before = (graded_class / "graded/grades.csv").read_text()
    outcome = run_course("grade", str(graded_class / "class"), "--out", str(graded_class / "graded"))
    assert f"graded: 0   kept from before: {GRADED * len(released_lessons())}" in outcome.output
    assert (graded_class / "graded/grades.csv").read_text() == before
    assert started == []


@pytest.mark.parametrize(
    "lessons",
    [
        ["01-challenge", "03-metrics"],
        pytest.param([lesson.folder for lesson in released_lessons()], marks=pytest.mark.long),
    ],
)
def test_the_same_points_in_another_order_with_two_workers_and_other_fresh_inputs(
    graded_class, run_course, tmp_path, lessons
):
    others = [lesson.folder for lesson in released_lessons() if lesson.folder not in lessons]
    shutil.copytree(graded_class / "class", tmp_path / "class", ignore=shutil.ignore_patterns(*others))
    run_course("grade", tmp_path / "class", "--out", tmp_path / "out", "--workers", "2", "--seed", "7")
    came, first = (rows(place / "grades.csv") for place in (tmp_path / "out", graded_class / "graded"))
    points = [(row["student"], row["lesson"], row["points"]) for row in came]
    assert points == [(row["student"], row["lesson"], row["points"]) for row in first if row["lesson"] in lessons]


@pytest.mark.long
def test_a_thousand_hand_ins_killed_three_times_get_the_marks_that_they_deserve(run_course, tmp_path):
    need("bubblewrap")
    made = tmp_path / "class"
    assert run_course("sample-class", str(made), "--students", "143").exit_code == 0
    grade = ["grade", str(made), "--out", str(tmp_path / "graded")]
    for seconds in (10, 35, 60):
        run = start_course(ROOT, *grade, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with pytest.raises(subprocess.TimeoutExpired):
            run.wait(seconds)
        run.kill()
        run.wait()
    assert run_course(*grade).exit_code == 1  # every sample class holds broken hand-ins
    assert len(assert_deserved(made, tmp_path / "graded")) == 143 * len(released_lessons())


def test_a_sample_class_is_the_same_for_the_same_seed(run_course, tmp_path):
    for name in ("one", "two"):
        run_course("sample-class", str(tmp_path / name), "--students", "4")
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) == 4 * len(released_lessons()) + 1  # and expected.csv
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["sample-class", "FULL"], 2, "isn't an empty folder"),
        (["sample-class", "new", "--students", "0"], 2, "--students is 1 or more"),
        (["grade", "nowhere"], 2, "there is no folder"),
        (["grade", "EMPTY"], 2, "contains no submissions"),
        (["grade", "FULL", "--memory", "lots"], 2, "--memory needs a size"),
        (["grade", "FULL", "--sandbox", "maybe"], 2, "--sandbox is one of"),
        (["grade", "FULL", "--out", "FILE"], 2, "is a file"),
    ],
)
def test_bad_input_gets_one_sentence(arguments, code, said, run_course, tmp_path, monkeypatch):
    need("bubblewrap")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "EMPTY").mkdir()
    (tmp_path / "FILE").write_text("")
    hand_in = tmp_path / "FULL/ada/03-metrics/metrics.ipynb"
    hand_in.parent.mkdir(parents=True)
    hand_in.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    outcome = run_course(*arguments)
    assert outcome.exit_code == code, outcome.output
    assert said in outcome.output
    assert "Traceback" not in outcome.output


def test_a_submission_that_does_not_tell_its_lesson_is_flagged(run_course, tmp_path):
    need("bubblewrap")
    for name in ("ada/homework.ipynb", "bo/99-nothing/x.ipynb"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    outcome = run_course("grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"))
    assert outcome.exit_code == 1
    assert "doesn't say which lesson it is" in outcome.output
    assert "there is no lesson '99-nothing'" in outcome.output


def test_a_name_acts_neither_in_a_terminal_nor_in_a_spreadsheet(run_course, tmp_path):
    for name in ("=cmd|' ''C calc'!A0", "eve\x1b]0;title\x07\u202e\rgraded: 99", "<b>bo<b>"):
        path = tmp_path / "in" / name / "03-metrics/metrics.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text("{")
    shown = run_course("grade", tmp_path / "in", "--out", tmp_path / "graded", "--sandbox", "none")
    assert [letter for letter in shown.output if not letter.isprintable() and letter != "\n"] == []
    assert sum(line.startswith("graded:") for line in shown.output.splitlines()) == 1
    names = [row["student"] for row in rows(tmp_path / "graded/grades.csv")]
    assert names == ["'=cmd|' ''C calc'!A0", "eve?]0;title???graded: 99", "‹b›bo‹b›"]


def test_a_grading_folder_that_cannot_be_written_gets_one_sentence(run_course, tmp_path, monkeypatch):
    def refusing(path, text):
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr("coursework.grading.run.write_whole", refusing)
    (tmp_path / "in").mkdir()
    outcome = run_course("grade", tmp_path / "in", "--out", tmp_path / "out", "--sandbox", "none")
    assert outcome.exit_code == 1
    assert "cannot be written (Read-only file system): choose another --out" in outcome.output
    assert "Traceback" not in outcome.output


@pytest.mark.parametrize("place", ["out", "out/feedback"])
def test_the_grading_folder_is_not_taken_for_submissions(place, run_course, tmp_path):
    (tmp_path / "out/feedback").mkdir(parents=True)
    outcome = run_course("grade", tmp_path / place, "--out", tmp_path / "out", "--sandbox", "none")
    assert outcome.exit_code == 2
    assert "name the folder with the hand-ins" in outcome.output
