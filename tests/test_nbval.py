"""Every executed solution runs again and prints what it stored, by nbval."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from imbalanced_course.catalogue import written_lessons


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
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    environment = {**os.environ, **threads, "IMBALANCED_COURSE_CACHE": str(folder)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder)


@pytest.mark.parametrize("lesson", written_lessons(), ids=lambda lesson: lesson.folder)
def test_a_solution_prints_what_it_stored(lesson, tmp_path):
    outcome = nbval(lesson.solution_path, tmp_path)
    assert outcome.returncode == 0, outcome.stdout[-3000:]


def test_another_output_is_caught(tmp_path):
    notebook = {
        "cells": [
            {
                "cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": "print(1 + 1)",
                "outputs": [{"output_type": "stream", "name": "stdout", "text": "3\n"}],
            }
        ],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }  # fmt: skip
    path = tmp_path / "wrong.ipynb"
    path.write_text(json.dumps(notebook))
    assert nbval(path, tmp_path).returncode == 1
