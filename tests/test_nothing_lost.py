"""`course grade` killed, locked out and without room: no grade is lost, and the same command finishes the rest."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import need
from course_process import _CODE, processes_with, run_course_process, start_course
from nbgrader.api import Gradebook
from small_course import make_class, make_course

from coursework.grading.gradebook import GradeWriter

Contents = tuple[str, list[tuple[Any, ...]]]
STUDENTS = 16
KILLS = 100
_MEMORY_OF_ITS_OWN = 1_234_567_890  # tells the processes of one test from all others


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course with a class that hands in work of every quality, one of them broken."""
    need("bubblewrap")
    return make_class(make_course(tmp_path_factory.mktemp("course")), STUDENTS)


def contents(out: Path) -> Contents:
    """Return what `grades.csv` says and every grade in the gradebook."""
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        grades = [
            (submission.student_id, grade.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade)
            for submission in book.assignment_submissions("03-metrics")
            for notebook in submission.notebooks
            for grade in notebook.grades
        ]
    return (out / "grades.csv").read_text(), sorted(grades)


@pytest.fixture(scope="module")
def undisturbed(course: Path) -> Contents:
    code, out, error = run_course_process(course, "grade", str(course / "submitted"), "--out", str(course / "calm"))
    assert code == 1, out + error  # one hand-in is broken
    assert "not valid JSON" in out, error
    return contents(course / "calm")


def kill_at_random_moments(course: Path, out: Path, times: int, seed: int) -> int:
    """Start grading `times` times and kill all of it after a while; return how many runs were killed in their work."""
    chance = random.Random(seed)
    killed = 0
    for _ in range(times):
        run = start_course(
            course, "grade", str(course / "submitted"), "--out", str(out), "--regrade", start_new_session=True
        )
        try:
            run.communicate(timeout=chance.uniform(0.5, 6))
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.communicate()
            killed += 1
    return killed


@pytest.mark.parametrize("times", [3, pytest.param(KILLS, marks=pytest.mark.long)])
def test_killed_at_random_moments_it_ends_with_the_gradebook_of_an_undisturbed_run(course, undisturbed, times):
    out = course / f"killed-{times}"
    killed = kill_at_random_moments(course, out, times, seed=times)
    code, said, error = run_course_process(course, "grade", str(course / "submitted"), "--out", str(out))
    assert code == 1, said + error
    assert contents(out) == undisturbed
    assert killed > 0


@pytest.mark.parametrize("seconds", [0.8, 1.1, 1.4, 1.8, 4.0])
def test_a_killed_run_leaves_no_process_behind(course, seconds):
    mark = f"--memory {_MEMORY_OF_ITS_OWN}"
    run = start_course(
        course, "grade", str(course / "submitted"), "--out", str(course / "orphans"), "--regrade",
        "--memory", f"{_MEMORY_OF_ITS_OWN}",
    )  # fmt: skip
    time.sleep(seconds)
    run.kill()
    run.communicate()
    deadline = time.monotonic() + 10
    while (left := processes_with(mark)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert left == []


@pytest.mark.parametrize("seconds", [4, pytest.param(60, marks=pytest.mark.long)])
def test_a_gradebook_that_another_program_has_locked_is_waited_for(course, undisturbed, seconds):
    out = course / f"locked-{seconds}"
    out.mkdir()
    GradeWriter(out).close()  # an empty gradebook, as a run makes it first
    book = sqlite3.connect(out / "gradebook.db", isolation_level=None, check_same_thread=False)
    book.execute("begin exclusive")
    release = threading.Timer(seconds, lambda: book.execute("commit"))
    release.start()
    code, said, error = run_course_process(course, "grade", str(course / "submitted"), "--out", str(out))
    release.join()
    book.close()
    assert code == 1, said + error
    assert contents(out) == undisturbed


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (450_000, "the same command finishes the rest"),
        pytest.param(40_000, "the gradebook cannot be opened: database or disk is full", marks=pytest.mark.long),
    ],
)
def test_a_full_disk_is_told_in_one_sentence_and_the_same_command_finishes(course, undisturbed, tmp_path, left, words):
    need("bubblewrap")
    room = tmp_path / "room"
    room.mkdir()
    grade = f'"$PYTHON" -c "$CODE" {course} grade {course}/submitted --out {room}/graded --sandbox none'
    script = f"""
        head -c $((4 * 1024 * 1024 - {left})) /dev/zero >{room}/filler
        {grade} 2>{tmp_path}/full.txt; echo $? >{tmp_path}/full-code.txt
        rm {room}/filler
        {grade} 2>/dev/null; echo $? >{tmp_path}/room-code.txt
        cp -r {room}/graded {tmp_path}/graded
    """
    size = str(4 * 2**20)
    in_the_room = ["bwrap", "--dev-bind", "/", "/", "--size", size, "--tmpfs", str(room), "bash", "-c", script]
    environment = {**os.environ, "PYTHON": sys.executable, "CODE": _CODE}
    done = subprocess.run(in_the_room, env=environment, capture_output=True, text=True, timeout=600)
    assert (tmp_path / "full-code.txt").read_text().strip() == "1", done.stderr
    said = (tmp_path / "full.txt").read_text().strip().splitlines()
    assert words in said[-1]
    assert "Traceback" not in "".join(said)
    assert (tmp_path / "room-code.txt").read_text().strip() == "1"
    assert contents(tmp_path / "graded") == undisturbed


def test_the_gradebook_is_copied_before_each_run_and_the_newest_copies_stay(course, undisturbed):
    out = shutil.copytree(course / "calm", course / "copied")
    run_course_process(course, "grade", str(course / "submitted"), "--out", str(out))
    (copy,) = (out / "copies").iterdir()
    with contextlib.closing(sqlite3.connect(copy)) as book:
        assert book.execute("select count(*) from imbalanced_course_record").fetchone() == (STUDENTS,)


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        ("nonsense", 2, "--db needs an address, as in"),
        ("sqlite:////nowhere/at/all/gradebook.db", 1, "the gradebook cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_one_sentence(course, run_course, monkeypatch, url, code, said):
    monkeypatch.setattr("imbalanced_course.course_files._REPOSITORY", course)
    outcome = run_course("grade", course / "submitted", "--out", course / "no-database", "--db", url)
    assert outcome.exit_code == code, outcome.output
    assert said in outcome.output
    assert "Traceback" not in outcome.output
