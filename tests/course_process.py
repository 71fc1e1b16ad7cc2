"""The `course` command as a process of its own, on a course in another folder than the clone's."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path
from typing import Any

_CODE = """\
import sys
from pathlib import Path

import imbalanced_course.course_files as files

files._REPOSITORY = Path(sys.argv.pop(1))
from coursework.cli import main

main()
"""


def start_course(course: Path, *arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Start `course ARGUMENTS` with the lessons of the course in this folder."""
    command = [sys.executable, "-c", _CODE, str(course), *arguments]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, text=True, **{**streams, **options})


def run_course_process(course: Path, *arguments: str) -> tuple[int, str, str]:
    """Run it to its end; return the exit code and what it wrote to standard output and standard error."""
    process = start_course(course, *arguments)
    out, error = process.communicate(timeout=600)
    return process.returncode, out, error


def processes_with(text: str) -> list[str]:
    """Return the numbers of the processes on this machine whose command line has a text."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if text in (folder / "cmdline").read_text().replace("\0", " "):
                found.append(folder.name)
    return found
