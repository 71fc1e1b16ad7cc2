"""Every executed solution runs again and prints what it stored, by nbval, without what only the commands need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coursework.lessons.catalogue import written_lessons

# What `pip install --no-deps` of the course and its ten packages for notebooks (docs/notebooks-alone.md) leaves out.
ONLY_FOR_COMMANDS = ("coursework", "click", "jupyterlab", "jupytext", "nbclient", "nbconvert", "nbformat", "nbgrader",
                     "rapidfuzz", "requests", "rich")  # fmt: skip
# Python runs a module of this name at its start; here, only a kernel's.
WITHOUT_THEM = f"""\
import sys

sys.modules["rfc3987_syntax"] = None  # its import takes longer than that of the rest of nbformat, which can do without

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {ONLY_FOR_COMMANDS}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

if "ipykernel_launcher" in " ".join(sys.orig_argv):
    sys.meta_path.insert(0, Hidden())
"""


def nbval(notebook: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "-q",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        str(notebook),
    ]
    (folder / "sitecustomize.py").write_text(WITHOUT_THEM)
    own = {"PYTHONHASHSEED": "0", "IMBALANCED_COURSE_CACHE": str(folder), "PYTHONPATH": str(folder)}
    environment = {**os.environ, **own}
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder)


@pytest.mark.parametrize("lesson", written_lessons(), ids=lambda lesson: lesson.folder)
def test_a_solution_prints_what_it_stored(lesson, tmp_path):
    outcome = nbval(lesson.solution_path, tmp_path)
    assert outcome.returncode == 0, outcome.stdout[-3000:]


@pytest.mark.parametrize(("printed", "code"), [("3", 1), ("2", 0)])
def test_another_output_is_caught(tmp_path, printed, code):
    assert nbval(one_cell(tmp_path, "print(1 + 1)", printed), tmp_path).returncode == code


def test_a_notebook_that_needs_the_commands_is_caught(tmp_path):
    assert nbval(one_cell(tmp_path, "import coursework; print(2)", "2"), tmp_path).returncode == 1


def one_cell(folder: Path, source: str, printed: str) -> Path:
    """Write a notebook of one cell with what it printed."""
    notebook = {
        "cells": [
            {
                "cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": source,
                "outputs": [{"output_type": "stream", "name": "stdout", "text": f"{printed}\n"}],
            }
        ],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }  # fmt: skip
    path = folder / "one_cell.ipynb"
    path.write_text(json.dumps(notebook))
    return path
