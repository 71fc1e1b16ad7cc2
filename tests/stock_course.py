"""Stock nbgrader on what a clone holds, by its own command lines."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from nbgrader.api import Gradebook

from imbalanced_course.course_files import course_file


def make_stock_course(folder: Path) -> Path:
    """Copy what stock nbgrader needs of the clone."""
    folder.mkdir(parents=True)
    shutil.copy(course_file("nbgrader_config.py"), folder)
    shutil.copytree(course_file("solutions"), folder / "solutions")
    return folder


def nbgrader(course: Path, *arguments: str, sandbox: bool = False) -> subprocess.CompletedProcess[str]:
    """Run one nbgrader command in a course folder, with its kernels in the sandbox if that is said."""
    scripts = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}
    if sandbox:
        environment["JUPYTER_DEFAULT_PROVISIONER_NAME"] = "imbalanced-course-sandbox"
    return subprocess.run(
        [f"{scripts}/nbgrader", *arguments], cwd=course, env=environment, capture_output=True, text=True
    )


def scores(database: Path, lesson: str) -> dict[tuple[str, str], float | None]:
    """Return each cell's automatic score by student and `grade_id`."""
    with Gradebook(f"sqlite:///{database}") as book:
        return {
            (submission.student_id, grade.name): grade.auto_score
            for submission in book.assignment_submissions(lesson)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
