"""Stock nbgrader on what a clone holds, by its own command lines."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from nbgrader.api import Gradebook

from imbalanced_course.course_files import course_file

# Imports nbgrader once, which takes seconds, and runs each command line in a copy of that process.
_ONE_AFTER_THE_OTHER = """
import json, os, sys
from nbgrader.apps.nbgraderapp import main

for words in json.loads(sys.argv[1]):
    child = os.fork()
    if child == 0:
        sys.argv = ["nbgrader", *words]
        sys.exit(main())
    if os.waitpid(child, 0)[1]:
        sys.exit(f"nbgrader {' '.join(words)} failed")
"""


def make_stock_course(folder: Path) -> Path:
    """Copy what stock nbgrader needs of the clone."""
    folder.mkdir(parents=True)
    shutil.copy(course_file("nbgrader_config.py"), folder)
    shutil.copytree(course_file("solutions"), folder / "solutions")
    return folder


def nbgrader(course: Path, *commands: Sequence[str], sandbox: bool = False) -> subprocess.CompletedProcess[str]:
    """Run nbgrader's commands in a course folder up to the first that fails, with kernels in the sandbox if said."""
    scripts = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    if sandbox:
        environment["JUPYTER_DEFAULT_PROVISIONER_NAME"] = "imbalanced-course-sandbox"
    return subprocess.run(
        [sys.executable, "-c", _ONE_AFTER_THE_OTHER, json.dumps(commands)],
        cwd=course, env=environment, capture_output=True, text=True,
    )  # fmt: skip


def scores(database: Path, lesson: str) -> dict[tuple[str, str], float | None]:
    """Return each cell's automatic score by student and `grade_id`."""
    with Gradebook(f"sqlite:///{database}") as book:
        return {
            (submission.student_id, grade.name): grade.auto_score
            for submission in book.assignment_submissions(lesson)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
