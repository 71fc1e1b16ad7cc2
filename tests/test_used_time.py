"""Limits count the time that is used: a process that is stopped, or waits for a processor, uses none; `sleep` does."""

from __future__ import annotations

import csv
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from class_marks import assert_deserved
from conftest import need
from test_engine import check, outcome, points, run

from coursework.answering.memory import descendants
from coursework.authoring.sample_class import write_sample_class
from coursework.grading import run as grading_run
from coursework.grading.engine import Engine, EngineFailure, EngineSettings
from coursework.grading.run import grade_folder
from coursework.lessons.catalogue import find_lesson
from imbalanced_course.checks.compare import value
from imbalanced_course.checks.task import task
from imbalanced_course.used_time import UsedTime

LIMIT = 0.6
SLOW = "import time\ntime.sleep(0.4)\np = 0.5"


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """A pair of processes with a short limit."""
    need("bubblewrap")
    engine = Engine(EngineSettings(sandbox="bwrap", cell_seconds=LIMIT, total_seconds=4, memory_bytes=2**29))
    engine.start()
    outcome(engine, run("p = 0.5"), check("first"))  # the lesson's process is there from now on
    yield engine
    engine.close()


def processes(engine: Engine) -> dict[str, list[int]]:
    """The numbers of the answers' processes, from the outermost to the answer itself, and of the checks' ones."""
    both = {"answers": engine._answers, "checks": engine._checker}
    return {name: [root.pid, *map(int, descendants(str(root.pid)))] for name, root in both.items()}


def graded(engine: Engine, act: Callable[[dict[str, list[int]]], None], *steps: dict[str, Any]) -> dict[str, Any]:
    """Grade while `act` does something to the processes, once the answer's own one is there."""
    at_rest = len(processes(engine)["answers"])

    def later() -> None:
        until = time.monotonic() + 30
        while len(processes(engine)["answers"]) == at_rest and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.1)
        act(processes(engine))

    thread = threading.Thread(target=later)
    thread.start()
    try:
        return outcome(engine, *steps)
    finally:
        thread.join()


def stop(*numbers: int) -> None:
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    time.sleep(3 * LIMIT)
    for number in numbers:
        os.kill(number, signal.SIGCONT)


@pytest.mark.parametrize(
    "which",
    [
        lambda found: found["answers"][-1:],
        lambda found: found["answers"][-2:-1],
        lambda found: found["checks"],
        lambda found: found["answers"] + found["checks"],
    ],
    ids=["the answer", "who watches it", "the checks", "all of them"],
)
def test_a_process_that_is_stopped_for_three_times_the_limit_costs_nothing(engine, which):
    came = graded(engine, lambda found: stop(*which(found)), run(SLOW), check("first"))
    assert points(came) == [2.0]
    assert came["notes"] == []


def test_sleep_uses_the_time(engine):
    came = outcome(engine, run("import time\ntime.sleep(60)\np = 0.5"), check("first"))
    assert points(came) == [0.0]
    assert came["notes"] == ["the cell 'answer' was stopped after 0.6 s"]


def test_a_call_that_uses_up_its_time_is_named(engine):
    call = check("first").copy()
    call["source"] = call["source"].replace("value('p', p, 0.5)", "value('p', p(), 0.5)")
    came = outcome(engine, run("import time\ndef p():\n    time.sleep(60)"), call)
    assert points(came) == [0.0]
    assert came["notes"] == ["'first-check' stopped the answer, which had used its 0.6 s"]


def kill(found: dict[str, list[int]]) -> None:
    os.kill(found["answers"][-1], signal.SIGKILL)


def test_an_answer_that_vanishes_once_is_run_again(engine):
    came = graded(engine, kill, run("q = 1"), run(SLOW), check("first"))
    assert points(came) == [2.0]
    assert came["notes"] == []


def test_an_answer_that_vanishes_twice_costs_its_own_task_and_says_why(engine):
    came = outcome(engine, run("import os\nos._exit(3)"), check("first"), run("p = 0.5"), check("second"))
    assert points(came) == [0.0, 2.0]
    assert came["notes"] == ["the cell 'answer' ended the Python process: it exited"]


def test_the_checks_process_that_is_killed_once_costs_nothing(engine):
    came = graded(engine, lambda found: os.kill(found["checks"][-1], signal.SIGKILL), run(SLOW), check("first"))
    assert points(came) == [2.0]
    assert came["notes"] == []


def test_what_ran_before_the_time_was_used_up_keeps_its_points(engine):
    slow = run("import time\ntime.sleep(0.5)\np = 0.5")
    came = outcome(engine, *[step for _ in range(9) for step in (slow, check("first"))])
    assert points(came)[:6] == [2.0] * 6
    assert came["notes"][-1].startswith("not run, since the answers had used up their 4 s together: answer")


def test_cells_that_the_learner_added_do_not_use_up_the_time_of_the_answers(engine):
    added = {**run("import time\ntime.sleep(0.5)"), "added": True}
    came = outcome(engine, *[added] * 9, run("p = 0.5"), check("first"))
    assert points(came) == [2.0]
    assert came["notes"][0].startswith("a cell that the learner added was stopped after 0.")


@pytest.mark.long
def test_an_answer_that_stands_still_without_end_is_for_a_person_to_look_at(engine):
    def stop_whatever_runs() -> None:
        until = time.monotonic() + 60
        while not done.is_set() and time.monotonic() < until:
            for number in processes(engine)["answers"][at_rest:]:
                os.kill(number, signal.SIGSTOP)
            time.sleep(0.05)

    at_rest, done = len(processes(engine)["answers"]), threading.Event()
    stopper = threading.Thread(target=stop_whatever_runs)
    stopper.start()
    try:
        came = outcome(engine, run(SLOW), check("first"))
    finally:
        done.set()
        stopper.join()
    assert came["review"] == ["first-check"]
    assert "stalled" in came["notes"][0]


def notebook_check(code: str) -> Any:
    """What a check with a limit of half a second says of an answer, in this process."""
    space: dict[str, Any] = {}
    exec(f"import os, signal, subprocess, time\ndef p():\n    {code}\n    return 0.5", space)
    return task("t", points=2)(lambda p: [value("p", p(), 0.5)])(space["p"])


@pytest.fixture
def half_a_second(monkeypatch):
    monkeypatch.setattr("imbalanced_course.checks.task.SECONDS_A_CHECK", 0.5)
    monkeypatch.setattr("imbalanced_course.checks.task._LOOK_SECONDS", 0.1)


@pytest.mark.parametrize("code", ["time.sleep(60)", "while True: pass"], ids=["sleeps", "loops"])
def test_a_check_in_a_notebook_ends_what_uses_up_its_time(half_a_second, code):
    assert "took too long" in notebook_check(code).findings[0].message


def test_a_check_in_a_notebook_does_not_count_the_time_that_its_process_is_stopped(half_a_second):
    command = "f'kill -STOP {os.getpid()}; sleep 1.5; kill -CONT {os.getpid()}'"
    assert notebook_check(f"subprocess.Popen(['sh', '-c', {command}]); time.sleep(0.3)").points == 2.0


def busy() -> None:
    while True:
        pass


@pytest.mark.long
def test_thirty_busy_processes_beside_a_class_cost_no_points(tmp_path):
    """With more workers than cores, and limits that a quiet machine needs a fraction of."""
    need("bubblewrap")
    write_sample_class(tmp_path / "class", students=20)
    others = [multiprocessing.get_context("fork").Process(target=busy, daemon=True) for _ in range(30)]
    for other in others:
        other.start()
    try:
        settings = EngineSettings(sandbox="bwrap", cell_seconds=15, total_seconds=90)
        grade_folder(tmp_path / "class", tmp_path / "out", settings, workers=2 * (os.cpu_count() or 1))
    finally:
        for other in others:
            other.kill()
    given = assert_deserved(tmp_path / "class", tmp_path / "out")
    flagged = csv.DictReader((tmp_path / "out/grades.csv").read_text().splitlines())
    honest = [row for row in flagged if not row["reason"].startswith("the file is not a notebook")]
    assert sum(row["status"] == "flagged" for row in honest) <= 0.01 * len(given)


def test_what_the_grader_failed_at_is_run_again_only_when_asked_for(tmp_path, monkeypatch):
    class Broken:
        runs = 0

        def grade(self, job: dict[str, Any]) -> dict[str, Any]:
            Broken.runs += 1
            raise EngineFailure("the sandbox is gone")

    monkeypatch.setattr(grading_run, "engine_of_this_thread", lambda settings: Broken())
    monkeypatch.setattr("coursework.grading.pool.Engine.start", lambda self: None)
    lesson = find_lesson("03-metrics")
    place = tmp_path / "in/ada" / lesson.folder / f"{lesson.notebook}.ipynb"
    place.parent.mkdir(parents=True)
    place.write_bytes(lesson.solution_path.read_bytes())
    settings = EngineSettings(sandbox="none")
    for runs, regrade in ((1, False), (1, False), (2, True)):
        grade_folder(tmp_path / "in", tmp_path / "out", settings, workers=1, regrade=regrade)
        assert Broken.runs == runs
    (row,) = csv.DictReader((tmp_path / "out/grades.csv").read_text().splitlines())
    assert (row["needs_review"], row["status"]) == ("True", "flagged")
    assert "the sandbox is gone" in row["reason"]


def test_where_waiting_is_not_counted_a_tenth_of_the_idle_time_is_used(monkeypatch):
    monkeypatch.setattr(Path, "exists", lambda path: False)  # as on macOS and Windows
    used = UsedTime(lambda: ["self"])
    monkeypatch.undo()
    begin = time.monotonic()
    time.sleep(0.5)
    used.look()
    assert 0.04 < used.since(begin)[0] < 0.25
