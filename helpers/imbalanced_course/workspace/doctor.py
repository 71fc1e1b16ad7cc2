"""`course doctor`: what the course needs of this machine, what is wrong, and the exact fix."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from imbalanced_course.workspace.lab import FIRST_PORT, is_free
from imbalanced_course.workspace.packages import (
    OLDEST_PYTHON,
    how_to_install,
    installed_version,
    package_problems,
    pinned_versions,
)

Level = Literal["ok", "warning", "problem"]
_GIGABYTE = 1e9


@dataclass(frozen=True)
class Finding:
    """One line of the report; `fix` says what to do, and is empty where nothing is to be done."""

    level: Level
    subject: str
    message: str
    fix: str = ""


def examine(folder: Path | None = None) -> Iterator[Finding]:
    """Yield what is found, one part after the other.

    Parameters
    ----------
    folder : Path, optional
        Where a workspace is or will be; the current folder when None.
    """
    yield _python()
    yield from _packages()
    yield _kernel()
    yield from _sandbox()
    yield from _disk(folder or Path.cwd())
    yield _port()


def _python() -> Finding:
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        return Finding("problem", "Python", version, "install Python 3.11 or newer and set the course up again")
    return Finding("ok", "Python", f"{version} in {sys.prefix}")


def _packages() -> Iterator[Finding]:
    problems = list(package_problems())
    for sentence in problems:
        yield Finding("problem", "packages", sentence, f"run {how_to_install()}")
    if problems:
        return
    pinned = pinned_versions()
    differing = [
        f"{name} {installed} (tested with {version})"
        for name, version in pinned.items()
        if (installed := installed_version(name)) not in (None, version)
    ]
    if differing:
        shown = ", ".join(differing[:3]) + (f" and {len(differing) - 3} more" if len(differing) > 3 else "")
        yield Finding("warning", "packages", f"other versions than the pinned ones: {shown}", f"run {how_to_install()}")
    else:
        yield Finding("ok", "packages", "all there, " + ("in the pinned versions" if pinned else "in tested versions"))


def _kernel() -> Finding:
    """Start the notebook kernel of this environment and let it add two numbers."""
    try:
        from nbclient import NotebookClient
        from nbformat import v4

        from imbalanced_course.workspace.run import environment_kernel

        cell = v4.new_code_cell("import imbalanced_course; 1 + 1")
        client = NotebookClient(v4.new_notebook(cells=[cell]), km=environment_kernel(), timeout=60, startup_timeout=60)
        client.shutdown_kernel = "immediate"
        with client.setup_kernel(cleanup_kc=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            client.execute_cell(cell, 0)
    except Exception as error:  # whatever it is, the line below is what a user can act on
        words = " ".join(str(error).split())[:100] or type(error).__name__
        return Finding("problem", "kernel", f"it does not run ({words})", f"run {how_to_install()}")
    return Finding("ok", "kernel", "starts and computes")


def _sandbox() -> Iterator[Finding]:
    from imbalanced_course.grading.provisioner import NAME, is_registered
    from imbalanced_course.grading.sandbox import why_no_sandbox

    problem = why_no_sandbox()
    if problem is not None:
        reason, fix = problem
        yield Finding("warning", "sandbox", f"{reason}; only grading needs it", f"to grade, {fix}")
        return
    yield Finding("ok", "sandbox", "bubblewrap works")
    if is_registered():
        words = f"set JUPYTER_DEFAULT_PROVISIONER_NAME={NAME} and it runs in the sandbox, too"
        yield Finding("ok", "stock nbgrader", words)
    else:
        fix = f"run {how_to_install()}"
        yield Finding("warning", "stock nbgrader", "its kernels cannot be put into the sandbox", fix)


def _disk(folder: Path) -> Iterator[Finding]:
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < 0.1 * _GIGABYTE:
        yield Finding("problem", "disk", f"{free / 1e6:.0f} MB free for {folder}", "free at least 1 GB")
    elif free < _GIGABYTE:
        yield Finding("warning", "disk", f"{free / 1e6:.0f} MB free for {folder}", "free at least 1 GB")
    else:
        yield Finding("ok", "disk", f"{free / _GIGABYTE:.0f} GB free for {folder}")
    if not os.access(folder, os.W_OK):
        yield Finding(
            "problem", "disk", f"{folder} is read-only for you", "go to another folder, or name one with `--workspace`"
        )


def _port() -> Finding:
    if is_free(FIRST_PORT):
        return Finding("ok", "port", f"{FIRST_PORT} is free")
    return Finding(
        "warning",
        "port",
        f"{FIRST_PORT} is in use, perhaps by another JupyterLab",
        "nothing: `course lab` takes the next free one",
    )
