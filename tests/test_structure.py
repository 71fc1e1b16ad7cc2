"""The rules between the parts: what may import what, and what may not lie in the tree."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "helpers" / "imbalanced_course"
LEARNER_PARTS = ("checks", "plots", "scoreboard", "simulation", "projects", "datasets.py", "public_data.py", "quiz.py",
                 "portraits.py")  # fmt: skip
COMMAND_PARTS = ("authoring", "workspace", "grading", "reporting", "cli", "nbgrader_course")


def modules_of(part: str) -> list[Path]:
    path = PACKAGE / part
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.removeprefix("imbalanced_course.").split(".")[0] for name in names if "imbalanced_course" in name}


@pytest.mark.parametrize("part", LEARNER_PARTS)
def test_what_notebooks_import_never_imports_what_commands_import(part):
    for path in modules_of(part):
        assert not imported(path) & {*COMMAND_PARTS, "answering"}, path.name


def test_the_learners_side_of_the_border_knows_no_check_and_no_grading():
    for path in modules_of("answering"):
        assert not imported(path) & {*COMMAND_PARTS, "checks"}, path.name


def test_importing_the_learner_helpers_loads_no_heavy_library():
    code = (
        "import sys, imbalanced_course.checks.metrics, imbalanced_course.plots, imbalanced_course.datasets, "
        "imbalanced_course.scoreboard, imbalanced_course.quiz; "
        "print([n for n in ('sklearn', 'matplotlib', 'scipy', 'imblearn', 'nbgrader', 'IPython') if n in sys.modules])"
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
