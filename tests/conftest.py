"""Shared by all tests: tools that only some tests need, a small course, and the `course` command."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_course import make_course
from xdist.scheduler import LoadScopeScheduling

from coursework.threads import thread_limits

# One thread a library, here and in all that tests start: two processes on two cores would else wait for each other.
os.environ.update(thread_limits())

_TOOLS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "bubblewrap": ("bwrap",),
    "make": ("make",),
    "initdb": ("initdb", *map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb"))),  # Debian keeps it off the path
}


def need(tool: str) -> Path:
    """Return the path of a program that works, skip the test where there is none; with CI=true fail instead."""
    program, reason = _find(tool)
    if program is not None:
        return program
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"{reason}, and CI=true allows no skips", pytrace=False)
    pytest.skip(reason)


@cache
def _find(tool: str) -> tuple[Path | None, str]:
    for name in _TOOLS[tool]:
        found = shutil.which(name)
        if found is None:
            continue
        if tool == "bubblewrap":
            trial = subprocess.run([found, "--ro-bind", "/", "/", "--unshare-all", "true"], capture_output=True)
            if trial.returncode:
                return None, "bubblewrap is installed but not allowed to make namespaces here"
        return Path(found), ""
    return None, f"{tool} is not installed"


# Files that take longest, the longest first, by the processor time that a run needed: begun first, none of them is what
# one process still works at when the other has nothing left.
_LONGEST = (
    "attacks", "grade_command", "lesson_checks", "stock_nbgrader", "nbval", "browser", "accessibility", "nothing_lost",
    "projects", "installed", "site", "new_lesson", "postgresql", "terminal", "cluster", "isolation", "malformed",
    "report", "provisioner", "engine", "build", "formgrader", "measure", "first_edition", "used_time",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the files that take longest to the front."""
    place = {f"test_{name}": number for number, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


class _ByFile(LoadScopeScheduling):
    """Run a file's tests in one process, which makes their fixtures once; what is tried against a lesson by lesson."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        lesson = re.search(r"\[(\w+): ", test)
        return f"{file} {lesson[1]}" if lesson else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> _ByFile:
    config.option.loadscopereorder = False  # it would begin with the files that have most tests
    return _ByFile(config, log)


@pytest.fixture
def small_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of one tiny lesson that stands in for the real one; `course` commands run beside it."""
    course = make_course(tmp_path / "course")
    monkeypatch.setattr("imbalanced_course.course_files._REPOSITORY", course)
    monkeypatch.chdir(tmp_path)
    return course


@pytest.fixture
def run_course() -> Callable[..., Result]:
    """Run the `course` command in this process: `run_course("check", "3")`."""
    from coursework.cli import main

    return lambda *arguments: CliRunner().invoke(main, [str(one) for one in arguments], prog_name="course")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the tables that tests recorded."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "table":
                terminalreporter.write_line("")
                terminalreporter.write_line(value)
    verdicts = [
        (report.failed, *value)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        for name, value in report.user_properties
        if name == "verdict"
    ]
    if verdicts:
        terminalreporter.write_line("")
        for line in _verdict_table(verdicts):
            terminalreporter.write_line(line)


def _verdict_table(verdicts: list[tuple[bool, str, str, str, str]]) -> list[str]:
    """Return for each lesson how many known answers its tasks were held against, and how many were misjudged."""
    lines = [f"{'known answers':20} {'tasks':>6} {'wrong':>6} {'right':>6} {'false verdicts':>15}"]
    for lesson in [*sorted({verdict[1] for verdict in verdicts}), "all"]:
        of_lesson = [verdict for verdict in verdicts if lesson in ("all", verdict[1])]
        counts = [len({verdict[1:] for verdict in of_lesson if verdict[3] == kind}) for kind in ("wrong", "right")]
        tasks = len({verdict[1:3] for verdict in of_lesson})
        misjudged = sum(verdict[0] for verdict in of_lesson)
        lines.append(f"{lesson:20} {tasks:6} {counts[0]:6} {counts[1]:6} {misjudged:15}")
    return lines
