"""A pair of processes: what an answer sends comes through as data of known kinds; a check that hangs costs itself."""

from __future__ import annotations

import base64
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import need
from course_process import processes_with

from coursework.grading.engine import Engine, EngineFailure, EngineSettings
from coursework.grading.outputs import OutputGate
from coursework.grading.pool import engine_of_this_thread, open_pool
from coursework.lessons.libraries import LIBRARIES, libraries_of_lessons

CHECK = """\
from imbalanced_course.checks import answers
from imbalanced_course.checks.compare import value
from imbalanced_course.checks.task import task

{before}
task({name!r}, points=2)(lambda p: [value('p', p, 0.5)])(*answers('p'))"""


def run(source: str) -> dict[str, Any]:
    return {"kind": "run", "name": "answer", "source": source}


def check(name: str, before: str = "") -> dict[str, Any]:
    source = CHECK.format(name=name, before=before)
    return {"kind": "check", "name": f"{name}-check", "source": source, "names": ["p"], "points": 2.0}


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    need("bubblewrap")
    engine = Engine(EngineSettings(sandbox="bwrap", memory_bytes=2**29))
    yield engine
    engine.close()


def outcome(engine: Engine, *steps: dict[str, Any]) -> dict[str, Any]:
    return engine.grade({"lesson": "03-metrics", "setup": [], "steps": list(steps)})


def points(came: dict[str, Any]) -> list[float]:
    return [step["result"]["points"] for step in came["steps"] if "result" in step]


def left_over(text: str) -> list[str]:
    """Return the processes with a text in their command line that are still there after ten seconds at most."""
    deadline = time.monotonic() + 10
    while (left := processes_with(text)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


def test_a_check_that_ends_its_process_costs_its_own_task_only(engine):
    ends = check("second", "import os; os._exit(3)")
    came = outcome(engine, run("p = 0.5"), check("first"), ends, check("third"))
    assert points(came) == [2.0, 0.0, 2.0]
    assert "took too long" in came["steps"][2]["result"]["findings"][0]["message"]
    assert came["notes"] == ["'second-check' took too long, or more memory than there is, to check."]


def test_a_check_that_needs_more_memory_than_there_is_costs_its_own_task_only(engine):
    greedy = check("second", "block = bytearray(10 * 2**30)")
    assert points(outcome(engine, run("p = 0.5"), greedy, check("third"))) == [0.0, 2.0]


@pytest.mark.long
def test_a_check_that_hangs_in_a_librarys_own_loop_costs_its_own_task_only(engine):
    hangs = check("second", "sum(range(10**15))")
    assert points(outcome(engine, run("p = 0.5"), hangs, check("third"))) == [0.0, 2.0]


def test_a_value_too_large_to_cross_costs_its_own_task_only(engine):
    large = "import numpy as np\np = np.zeros(2 * 10**7)"
    came = outcome(engine, run(large), check("first"), run("p = 0.5"), check("second"))
    assert points(came) == [0.0, 2.0]
    assert "it is too large" in came["steps"][1]["result"]["findings"][0]["message"]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("p = 0.5\n1 / 0", "The answer cell stopped with ZeroDivisionError: division by zero. Fix it"),
        ("p = 0.5\nimport os\nos._exit(1)", "The answer cell ended the Python process: it exited. Fix it"),
    ],
)
def test_an_answer_that_stopped_is_told_so_and_no_old_value_judged(engine, source, told):
    answer = {"kind": "run", "name": "first", "source": source}
    before = {"kind": "run", "name": "inserted cell", "source": "p = 0.5", "added": True}
    came = outcome(engine, before, answer, check("first"))
    assert points(came) == [0.0]
    assert told in came["steps"][-1]["result"]["findings"][0]["message"]


def test_what_the_lessons_name_is_imported_for_all_answers_and_nothing_else(small_course, monkeypatch):
    assert libraries_of_lessons() == ["numpy"]
    monkeypatch.undo()
    assert libraries_of_lessons() == list(LIBRARIES)


def test_parallel_fits_work_in_the_sandbox(engine):
    fits = (
        "from sklearn.datasets import make_classification\nfrom sklearn.linear_model import LogisticRegression\n"
        "from sklearn.model_selection import cross_val_score\nx, y = make_classification(random_state=0)\n"
        "for n in (2, -1):\n    p = 0.5 * (len(cross_val_score(LogisticRegression(), x, y, n_jobs=n)) == 5)"
    )
    came = outcome(engine, run(fits), check("first"))
    assert points(came) == [2.0], came["steps"][0]["outputs"]


def test_processes_that_use_too_much_memory_together_are_ended(engine):
    forks = (
        "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        x = b'x' * 200_000_000; time.sleep(60)\n"
        "time.sleep(60)"
    )
    came = outcome(engine, run("p = 0.5"), check("first"), run(forks), check("second"))
    assert points(came) == [2.0, 2.0]
    assert "used more memory than they may" in came["steps"][2]["outputs"][0]["text"]


def test_outputs_of_known_kinds_come_through_as_they_are():
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\2\0\0\0\2...").decode()  # 2 x 2 pixels
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "<b>"},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["a", "b"]},
        {
            "output_type": "display_data",
            "data": {"text/plain": "Figure", "image/png": picture},
            "metadata": {"image/png": {"alt": "two lines", "width": 300}},
        },
        {"output_type": "execute_result", "data": {"text/plain": "1"}, "metadata": {}, "execution_count": None},
    ]
    assert OutputGate().admit(outputs) == outputs


@pytest.mark.parametrize("width", ["300", 10**6, 0, -1, True, None, 300.5, [300]])
def test_a_picture_is_as_wide_as_a_page_may_be(width):
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\2\0\0\0\2...").decode()
    output = {
        "output_type": "display_data",
        "data": {"image/png": picture},
        "metadata": {"image/png": {"width": width}},
    }
    (came,) = OutputGate().admit([output])
    assert came["metadata"] == {}


@pytest.mark.parametrize(
    "output",
    [
        1,
        None,
        {},
        {"output_type": "stream", "name": "x", "text": "a"},
        {"output_type": "stream", "name": "stdout", "text": ["a"]},
        {"output_type": "display_data", "data": {"text/html": "<script>", "application/javascript": "x"}},
        {"output_type": "display_data", "data": {"image/png": '"><script>'}},
        {"output_type": "execute_result", "data": 5},
    ],
    ids=str,
)
def test_any_other_output_is_left_out(output):
    assert OutputGate().admit([output]) == []


def test_outputs_have_a_size_for_the_whole_submission():
    gate = OutputGate(1000)
    line = {"output_type": "stream", "name": "stdout", "text": "x" * 300}
    assert len(gate.admit([line, line])) == 2
    assert gate.admit([line]) == []
    assert gate.admit("no list") == []


def test_without_a_sandbox_an_answer_has_a_folder_of_its_own_that_goes_with_it(small_course):
    engine = Engine(EngineSettings(sandbox="none"))
    try:
        came = outcome(engine, run("import os\nopen('left.txt', 'w').close()\nprint(os.getcwd())"))
    finally:
        engine.close()
    folder = Path(came["steps"][0]["outputs"][0]["text"].strip())
    assert folder.name.startswith("answer-")
    assert not folder.exists()


@pytest.mark.parametrize("sandbox", ["bwrap", "none"])
def test_a_check_can_import_what_was_not_needed_before(sandbox, small_course):
    (small_course / "datasets").mkdir()
    if sandbox == "bwrap":
        need("bubblewrap")
    engine = Engine(EngineSettings(sandbox=sandbox))
    try:
        came = outcome(engine, run("p = 0.5"), check("first", "import fileinput"))
    finally:
        engine.close()
    assert points(came) == [2.0]


@pytest.mark.parametrize("seconds", [0.0, 0.3, 3.0])
def test_a_pool_that_its_caller_leaves_ends_at_once_in_the_middle_of_its_jobs(small_course, seconds):
    settings = EngineSettings(sandbox="none", cell_seconds=60.0, memory_bytes=1_313_131_313)  # tells its processes
    long_job = {"lesson": "03-metrics", "setup": [], "steps": [run("while True: pass")]}
    with open_pool(settings, 2) as (pool, _):
        jobs = [pool.submit(lambda: engine_of_this_thread(settings).grade(long_job)) for _ in range(4)]
        time.sleep(seconds)
        left = time.monotonic()
    assert time.monotonic() - left < 30  # one job alone would take 60
    assert all(job.cancelled() or isinstance(job.exception(), EngineFailure) for job in jobs)
    assert left_over("1313131313") == []


def test_pairs_that_are_closed_while_they_start_leave_no_process_behind():
    need("bubblewrap")
    chance = random.Random(1)
    settings = EngineSettings(sandbox="bwrap", memory_bytes=1_212_121_212)  # tells its processes from all others
    for _ in range(40):
        started = Engine(settings)
        started.start()
        time.sleep(chance.uniform(0, 0.03))
        started.close()
    assert left_over("1212121212") == []
