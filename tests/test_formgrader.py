"""nbgrader's formgrader opens what `course grade` made: the scores are listed and a submission can be read."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import need

from imbalanced_course.catalogue import find_lesson
from imbalanced_course.cli import main

LESSON = find_lesson("metrics")
START_SECONDS = 60


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a Jupyter server on a graded folder, and its token."""
    need("bubblewrap")
    place = tmp_path_factory.mktemp("formgrader")
    hand_in = place / "in/ada" / LESSON.folder / f"{LESSON.notebook}.ipynb"
    hand_in.parent.mkdir(parents=True)
    shutil.copy(LESSON.solution_path, hand_in)
    assert CliRunner().invoke(main, ["grade", str(place / "in"), "--out", str(place / "out")]).exit_code == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(8)
    scripts = str(Path(sys.executable).parent)
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "JUPYTER_TOKEN": token, "HOME": str(place)}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.port={port}", "--allow-root"]
    with (place / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=place / "out", env=environment, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{base}/api/status", token)
        yield base, token
    finally:
        server.terminate()
        server.wait(timeout=30)


def get(address: str, token: str) -> str:
    request = urllib.request.Request(address, headers={"Authorization": f"token {token}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        text: str = answer.read().decode()
    return text


def _wait(address: str, token: str) -> None:
    limit = time.monotonic() + START_SECONDS
    while True:
        try:
            get(address, token)
            return
        except OSError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.2)


def test_the_scores_are_listed_and_a_submission_opens(formgrader):
    base, token = formgrader
    (submission,) = json.loads(get(f"{base}/formgrader/api/submissions/{LESSON.folder}", token))
    assert (submission["student"], submission["score"], submission["max_score"]) == ("ada", 20.0, 20.0)
    assert submission["autograded"] is True
    (notebook,) = json.loads(get(f"{base}/formgrader/api/submitted_notebooks/{LESSON.folder}/{LESSON.notebook}", token))
    page = get(f"{base}/formgrader/submissions/{notebook['id']}/?index=0", token)
    assert "Six metrics from four counts" in page
    assert "Right · 3 of 3 points" in page
