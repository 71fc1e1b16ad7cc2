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

from coursework.terminal import WIDTH
from coursework.workspace.folder import default_workspace, is_workspace
from coursework.workspace.lab import FIRST_PORT, PORTS_TRIED, is_free
from coursework.workspace.packages import (
    OLDEST_PYTHON,
    how_to_install,
    installation_problems,
    pinned_versions,
)
from imbalanced_course.versions import installed_version
from imbalanced_course.wrapping import wrapped

Level = Literal["ok", "warning", "problem"]
_GIGABYTE = 1e9
_INDENT = " " * 9


@dataclass(frozen=True)
class Diagnosis:
    """One line of the report; `fix` says what to do, and is empty where nothing is to be done."""

    level: Level
    subject: str
    message: str
    fix: str = ""


def examine(folder: Path | None = None) -> Iterator[Diagnosis]:
    """Yield what is found, one part after the other.

    Parameters
    ----------
    folder : Path, optional
        Where a workspace is or will be; the current folder when None.
    """
    yield _python()
    yield from _packages()
    yield _kernel()
    yield from _unless_missing("sandbox", _sandbox())
    yield from _disk((folder or Path.cwd()).absolute())
    yield from _unless_missing("Jupyter's folder", _jupyter_folder())
    yield _port()
    workspace = folder or default_workspace()
    if is_workspace(workspace):
        yield from _unless_missing("your lessons", _workspace(workspace.absolute()))


def _unless_missing(subject: str, diagnoses: Iterator[Diagnosis]) -> Iterator[Diagnosis]:
    """Yield diagnoses; a package that looking for them needs and that is missing is what there is to say instead."""
    try:
        yield from diagnoses
    except ModuleNotFoundError as error:
        package = (error.name or str(error)).partition(".")[0]
        yield Diagnosis("problem", subject, f"the package {package} is missing", f"run {how_to_install()}")


def report_lines(diagnosis: Diagnosis) -> list[str]:
    """Return a diagnosis in lines of at most 80 columns; only a long command, which is to be copied, stays whole."""
    lines = wrapped(f"{diagnosis.level:8} {diagnosis.subject}: {diagnosis.message}", WIDTH, rest=_INDENT)
    return lines + (wrapped(f"→ {diagnosis.fix}", WIDTH, first=_INDENT, rest=_INDENT) if diagnosis.fix else [])


def _python() -> Diagnosis:
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        fix = "install Python 3.11 or newer, then run `make clean setup PYTHON=python3.11` (or the newer one)"
        return Diagnosis("problem", "Python", version, fix)
    return Diagnosis("ok", "Python", f"{version} in {sys.prefix}")


def _packages() -> Iterator[Diagnosis]:
    problems = installation_problems()
    for problem in problems:
        yield Diagnosis("problem", "packages", problem.sentence, f"run {how_to_install([problem])}")
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
        yield Diagnosis("warning", "packages", f"not the tested versions: {shown}", f"run {how_to_install()}")
    else:
        yield Diagnosis(
            "ok", "packages", "installed in the pinned versions" if pinned else "installed in tested versions"
        )


def _kernel() -> Diagnosis:
    """Start the notebook kernel of this environment and let it add two numbers."""
    try:
        from nbclient import NotebookClient
        from nbformat import v4

        from coursework.workspace.notebook_run import environment_kernel

        cell = v4.new_code_cell("import imbalanced_course; 1 + 1")
        client = NotebookClient(
            v4.new_notebook(cells=[cell]), km=environment_kernel(), timeout=180, startup_timeout=180
        )
        client.shutdown_kernel = "immediate"
        with client.setup_kernel(cleanup_kc=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            client.execute_cell(cell, 0)
    except Exception as error:  # whatever it is, the line below is what a user can act on
        words = " ".join(str(error).split())[:100] or type(error).__name__
        return Diagnosis("problem", "kernel", f"it doesn't run ({words})", f"run {how_to_install()}")
    return Diagnosis("ok", "kernel", "starts and computes")


def _sandbox() -> Iterator[Diagnosis]:
    from coursework.grading.provisioner import NAME, is_registered
    from coursework.grading.sandbox import why_no_sandbox

    problem = why_no_sandbox()
    if problem is not None:
        reason, fix = problem
        yield Diagnosis("warning", "sandbox", f"{reason}; only grading needs it", f"to grade, {fix}")
        return
    yield Diagnosis("ok", "sandbox", "bubblewrap works")
    if is_registered():
        words = f"to run it in the sandbox too, set JUPYTER_DEFAULT_PROVISIONER_NAME={NAME}"
        yield Diagnosis("ok", "stock nbgrader", words)
    else:
        fix = f"run {how_to_install()}"
        yield Diagnosis("warning", "stock nbgrader", "its kernels can't run in the sandbox", fix)


def _disk(folder: Path) -> Iterator[Diagnosis]:
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < 0.1 * _GIGABYTE:
        yield Diagnosis("problem", "disk", f"{free / 1e6:.0f} MB free for {folder}", "free at least 1 GB")
    elif free < _GIGABYTE:
        yield Diagnosis("warning", "disk", f"{free / 1e6:.0f} MB free for {folder}", "free at least 1 GB")
    else:
        yield Diagnosis("ok", "disk", f"{free / _GIGABYTE:.0f} GB free for {folder}")
    if not os.access(folder, os.W_OK):
        yield Diagnosis(
            "problem", "disk", f"you can't write to {folder}", "use another folder, or name one with `--workspace`"
        )


def _jupyter_folder() -> Iterator[Diagnosis]:
    """Look at where Jupyter notes its running servers: without that, neither JupyterLab nor a kernel starts."""
    from jupyter_core.paths import jupyter_runtime_dir

    folder = place = Path(jupyter_runtime_dir())
    while not place.exists():
        place = place.parent
    if place.is_dir() and os.access(place, os.W_OK):
        yield Diagnosis("ok", "Jupyter's folder", f"you can write to {folder}")
        return
    fix = "set JUPYTER_RUNTIME_DIR to a folder of your own, as in `export JUPYTER_RUNTIME_DIR=$(mktemp -d)`"
    yield Diagnosis("problem", "Jupyter's folder", f"you can't write to {place}", fix)


def _workspace(workspace: Path) -> Iterator[Diagnosis]:
    from coursework.workspace.progress import course_progress

    lessons = course_progress(workspace).lessons
    for row in lessons:
        if row.state == "damaged":
            fix = f"to start over and keep this file as a dated copy, run `course reset {row.lesson.name}`"
            yield Diagnosis("problem", "your lessons", f"{row.lesson.label}, is no longer a notebook", fix)
        if row.state == "missing":
            yield Diagnosis("warning", "your lessons", f"{row.lesson.label}, is missing", "`course lab` puts it back")
    if all(row.state not in ("damaged", "missing") for row in lessons):
        yield Diagnosis("ok", "your lessons", f"all in {workspace}")


def _port() -> Diagnosis:
    last = FIRST_PORT + PORTS_TRIED - 1
    if is_free(FIRST_PORT):
        return Diagnosis("ok", "port", f"{FIRST_PORT} is free")
    if any(is_free(port) for port in range(FIRST_PORT, last + 1)):
        said, fix = "perhaps by another JupyterLab", "nothing to do: `course lab` uses the next free one"
        return Diagnosis("warning", "port", f"{FIRST_PORT} is in use, {said}", fix)
    fix = "choose a free one, as in `course lab --port 9999`"
    return Diagnosis("problem", "port", f"none from {FIRST_PORT} to {last} is free", fix)
