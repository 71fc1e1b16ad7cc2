"""What the tree holds: light helpers, releases without answers, no stray file. What may import what: `lint-imports`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_importing_the_learner_helpers_loads_no_heavy_library():
    code = (
        "import sys, imbalanced_course.checks.metrics, imbalanced_course.plots, imbalanced_course.datasets, "
        "imbalanced_course.scoreboard, imbalanced_course.checks.quiz; "
        "print([n for n in ('sklearn', 'matplotlib', 'scipy', 'imblearn', 'nbgrader', 'IPython') if n in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_no_command_makes_a_parser_of_international_addresses_which_takes_longer_than_all_else():
    code = "import sys, coursework.cli, nbformat; print('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"


def test_the_process_that_leads_the_grading_of_a_class_computes_nothing_and_loads_nothing_for_it():
    code = (
        "import sys, coursework.grading.grade_command, coursework.grading.run, coursework.workspace.check_workspace; "
        "print([n for n in ('numpy', 'pandas', 'matplotlib', 'IPython') if n in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_releases_hold_no_answers_and_lie_alone():
    for folder in (path for path in (ROOT / "lessons").iterdir() if path.is_dir()):
        files = [path for path in folder.iterdir() if path.name != ".ipynb_checkpoints"]
        assert [path.suffix for path in files] == [".ipynb"], folder.name
        text = files[0].read_text(encoding="utf-8")
        for mark in ("BEGIN SOLUTION", "HIDDEN TESTS", '"jupytext"'):
            assert mark not in text


def test_the_clone_holds_no_lock_file_and_no_database():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    assert [name for name in tracked if name.endswith((".lock", ".db", "package-lock.json"))] == []


def test_no_notebook_is_too_large_to_review():
    notebooks = [path for place in ("lessons", "solutions", "projects") for path in (ROOT / place).rglob("*.ipynb")]
    assert notebooks
    assert {path.name: path.stat().st_size for path in notebooks if path.stat().st_size > 1_000_000} == {}
