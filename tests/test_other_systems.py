"""Where the course runs beside Linux: without what only Unix has, and in the jobs of GitHub's machines."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from small_course import make_course

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = ROOT / ".github/workflows/tests.yml"
# Windows has none of these.
ONLY_ON_UNIX = ("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty")
WITHOUT_THEM = """\
import json, signal, sys
from pathlib import Path

hidden, course, commands = json.loads(sys.argv[1])
for name in hidden:
    sys.modules[name] = None  # importing it fails as if it were not there
del signal.SIGALRM, signal.setitimer

from click.testing import CliRunner
import imbalanced_course.course_files as files
from coursework.cli import main

files._REPOSITORY = Path(course)
ended = {}
for line in commands:
    result = CliRunner().invoke(main, line.split())
    ended[line] = [result.exit_code, result.output, repr(result.exception)]
print(json.dumps(ended))
"""


@pytest.fixture(scope="module")
def without_unix(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str, str]]:
    """How learners' commands end, one after the other, in a Python that lacks what only Unix has."""
    folder = tmp_path_factory.mktemp("windows")
    course = make_course(folder / "course")
    (course / "datasets").mkdir()
    make = (
        "import imbalanced_course.course_files as files, pathlib, sys; files._REPOSITORY = pathlib.Path(sys.argv[1]); "
    )
    make += "from coursework.workspace.update import update_workspace; update_workspace(pathlib.Path('my-lessons'))"
    subprocess.run([sys.executable, "-c", make, course], cwd=folder, check=True, capture_output=True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        lab = f"lab --no-browser --port {taken.getsockname()[1]}"
        commands = ["--help", lab, "check metrics", "submit metrics", "reveal metrics", "reset metrics", "doctor",
                    "grade my-lessons"]  # fmt: skip
        told = json.dumps([ONLY_ON_UNIX, str(course), commands])
        run = subprocess.run(
            [sys.executable, "-c", WITHOUT_THEM, told], cwd=folder, capture_output=True, text=True, timeout=300
        )
    assert run.returncode == 0, run.stderr
    return {line.split()[0]: ended for line, ended in json.loads(run.stdout.splitlines()[-1]).items()}


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        ("--help", 0, "course lab"),
        ("lab", 1, "is in use"),
        ("check", 1, "of"),
        ("submit", 0, "Packed"),
        ("reveal", 0, "reference solution"),
        ("reset", 0, "is a fresh copy"),
        ("doctor", 0, "kernel: starts and computes"),
        ("grade", 1, "grading runs only on Linux; on Windows, use WSL 2"),
    ],
)
def test_learners_commands_need_nothing_that_only_unix_has(without_unix, command: str, code: int, says: str):
    ended, output, exception = without_unix[command]
    assert ended == code, (output, exception)
    assert says in output


@pytest.mark.parametrize("sandbox", ["auto", "bwrap", "none"])
def test_grading_is_refused_on_macos_with_or_without_a_sandbox(sandbox, run_course, tmp_path, monkeypatch):
    monkeypatch.setattr("coursework.grading.sandbox.sys", SimpleNamespace(platform="darwin"))
    ended = run_course("grade", tmp_path, "--out", tmp_path / "graded", "--sandbox", sandbox)
    assert ended.exit_code == 1
    assert ended.stderr == (
        "course: grading runs only on Linux; on Windows, use WSL 2, and on macOS a virtual machine with Linux\n"
    )
    assert not (tmp_path / "graded").exists()


def workflow() -> dict[str, Any]:
    return yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(WORKFLOW.parent.glob("*.yml")), ids=lambda path: path.stem)
def test_a_workflow_follows_githubs_schema(path):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    held = subprocess.run(command, capture_output=True, text=True)
    assert held.returncode == 0, held.stdout


def test_the_workflow_has_each_system_and_each_python():
    jobs = workflow()["jobs"]
    matrices = [job["strategy"]["matrix"] for job in jobs.values()]
    assert all(matrix["python"] == ["3.11", "3.12", "3.13", "3.14"] for matrix in matrices)
    systems = {jobs["everything"]["runs-on"], *jobs["learning"]["strategy"]["matrix"]["system"]}
    assert systems == {"ubuntu-latest", "macos-latest", "windows-latest"}


def test_the_files_that_the_workflow_names_are_there():
    text = WORKFLOW.read_text(encoding="utf-8")
    named = re.findall(r"\btests/[\w*]+\.py|\.ci/\w+|constraints\.txt", text)
    assert len(named) >= 8
    assert [name for name in named if not list(ROOT.glob(name))] == []
    assert os.access(ROOT / ".ci/run", os.X_OK)
