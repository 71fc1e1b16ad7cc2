"""`course grade --scheduler`: a Dask cluster gives the same points as this machine, also when a worker dies."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from class_marks import assert_deserved
from conftest import need

from coursework.grading.engine import EngineSettings
from coursework.grading.run import grade_folder

LESSONS = ("01-challenge", "03-metrics")
SETTINGS = EngineSettings(sandbox="bwrap")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own: its address, and the workers."""
    file = tmp_path / "scheduler.json"

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        return subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)

    scheduler = start(
        "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
    )
    deadline = time.monotonic() + 60
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    workers = [
        start("worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard",
              "--local-directory", str(tmp_path / f"worker-{number}"))
        for number in range(2)
    ]  # fmt: skip
    import json

    from distributed import Client

    address = json.loads(file.read_text())["address"]
    with Client(address, timeout=300, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=300)
    yield address, workers
    for process in (*workers, scheduler):
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()


def test_a_cluster_that_loses_a_worker_gives_the_marks_that_a_person_wrote_down(cluster, tmp_path, run_course):
    need("bubblewrap")
    address, workers = cluster
    run_course("sample-class", tmp_path / "class", "--students", "6")
    for folder in (tmp_path / "class").glob("*/*/"):
        if folder.name not in LESSONS:  # two lessons are enough to lose a worker in
            shutil.rmtree(folder)

    def kill_one(done: int, total: int, name: str) -> None:
        if done == 2:
            workers[0].kill()

    report = grade_folder(
        tmp_path / "class", tmp_path / "out", SETTINGS, workers=1, scheduler=address, advance=kill_one
    )
    assert workers[0].poll() is not None
    assert report.graded + len(report.flagged) == sum(1 for _ in (tmp_path / "class").glob("*/*/*.ipynb"))
    assert_deserved(tmp_path / "class", tmp_path / "out", LESSONS)


def test_no_scheduler_at_the_address_is_told_in_one_sentence(tmp_path, run_course):
    need("bubblewrap")
    run_course("sample-class", tmp_path / "class", "--students", "1")
    outcome = run_course("grade", tmp_path / "class", "--out", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9")
    assert outcome.exit_code == 1
    assert "no Dask scheduler answers at 'tcp://127.0.0.1:9'" in outcome.output
    assert "Traceback" not in outcome.output
