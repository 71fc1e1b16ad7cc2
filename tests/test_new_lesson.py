"""`course new-lesson` on a copy of the clone: a lesson is made, built, tested, graded and removed again."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from built_wheel import copy_of_the_clone
from conftest import need

from coursework.lessons.catalogue import all_lessons

NUMBER = len(all_lessons()) + 1
NAME, NOTEBOOK = "made-by-a-test", "made_by_a_test"
FOLDER = f"{NUMBER:02d}-{NAME}"
WRITTEN = {
    f"solutions/{FOLDER}/{NOTEBOOK}.py",
    f"solutions/{FOLDER}/{NOTEBOOK}.ipynb",
    f"lessons/{FOLDER}/{NOTEBOOK}.ipynb",
    f"helpers/imbalanced_course/checks/{NOTEBOOK}/__init__.py",
    f"helpers/imbalanced_course/checks/{NOTEBOOK}/positives.py",
    f"solutions/{FOLDER}/answers.py",
    f"solutions/{FOLDER}/teach.md",
    f"solutions/{FOLDER}/coverage.md",
    f"solutions/{FOLDER}/lesson.toml",
}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_the_clone(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="module")
def programs(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment like ours, in which the copy is what is installed."""
    own, other = Path(sys.prefix), tmp_path_factory.mktemp("environment") / "venv"
    shutil.copytree(
        own,
        other,
        symlinks=True,
        copy_function=linked,
        ignore=shutil.ignore_patterns("imbalanced_course", "coursework", "*imbalanced_course.pth"),
    )
    (packages,) = other.glob("lib/python*/site-packages")
    path_file = packages / "copy_of_the_clone.pth"
    path_file.unlink(missing_ok=True)  # a linked file must not be written: it is another environment's, too
    path_file.write_text(f"{clone / 'helpers'}\n")
    return other / "bin"


def linked(source: str, target: str) -> None:
    """Give a file a second name; copy it where the folders are on different disks."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.fixture(scope="module")
def before(clone: Path) -> dict[str, bytes]:
    return files_of(clone)


@pytest.fixture(scope="module")
def told(clone: Path, programs: Path, before: dict[str, bytes]) -> list[list[str]]:
    """What the command says: for each file what became of it, and its place."""
    made = course(clone, programs, "new-lesson", NAME)
    assert made.returncode == 0, made.stderr
    return [line.split() for line in made.stdout.splitlines()]


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a clone by their place, without what Python and the tests leave."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {"__pycache__", ".pytest_cache", ".ruff_cache"} & set(path.parts)
    }


def run(clone: Path, program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program, *arguments], cwd=clone, capture_output=True, text=True)


def course(clone: Path, programs: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(clone, programs / "python", "-m", "coursework.cli", *arguments)


def test_it_writes_what_it_says_in_two_places_and_changes_nothing(clone, before, told):
    after = files_of(clone)
    assert {place for _, place in told} == WRITTEN
    assert set(after) - set(before) == WRITTEN
    assert [place for place in before if after[place] != before[place]] == []
    told_of_it = tomllib.loads(after[f"solutions/{FOLDER}/lesson.toml"].decode())
    assert told_of_it == {
        "title": "Made by a test",
        "mistakes": ["ratio for share", "the other class"],
        "draft": True,
    }


def test_it_has_a_task_with_its_check_three_hints_a_picture_and_a_question(clone, told):
    notebook = json.loads((clone / f"solutions/{FOLDER}/{NOTEBOOK}.ipynb").read_text())
    names = {cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in notebook["cells"]}
    assert {"setup", "count-positives", "count-positives-check", "quick-check-1", "quick-check-1-check"} <= names
    text = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    assert text.count("<summary>Hint") == 2 * 3  # the task and the bug
    assert text.count("plots.captioned(") == 1


def test_it_has_the_parts_of_a_lesson_in_their_order_with_a_guess_and_a_bet(clone, told):
    notebook = json.loads((clone / f"solutions/{FOLDER}/{NOTEBOOK}.ipynb").read_text())
    text = "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    parts = ("**Time**", "## 1 · ", "### Task ", "## Quick check", "## Key points", "### Tomorrow", "# Optional",
             "### Find the bug", "## Questions from learners", "## Further reading")  # fmt: skip
    places = [text.find(part) for part in parts]
    assert places == sorted(places)
    assert places[0] > 0
    tags = [tag for cell in notebook["cells"] for tag in cell["metadata"].get("tags", [])]
    assert tags == ["guess", "bet"]


def test_its_tests_pass(clone, programs, told):
    parts = ("lesson_checks", "lesson_time", "prose", "teach_pages", "coverage_page")
    tests = [f"tests/test_{name}.py" for name in parts]
    options = ("-q", "-p", "no:cacheprovider", "-k", f"{NAME} or {NOTEBOOK} or teach_pages or coverage_page")
    ran = run(clone, programs / "python", "-m", "pytest", *options, *tests)
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert f"{FOLDER:20}      3      9      9               0" in ran.stdout


def test_its_files_are_clean_and_keep_to_the_rules_between_the_parts(clone, programs, told):
    sources = [place for _, place in told if place.endswith(".py")]
    assert len(sources) == 4
    for command in (["ruff", "check"], ["ruff", "format", "--check"]):
        ran = run(clone, programs / command[0], *command[1:], *sources)
        assert ran.returncode == 0, ran.stdout
    ruled = run(
        clone,
        programs / "python",
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
    )
    assert ruled.returncode == 0, ruled.stdout


@pytest.mark.sandbox
def test_a_solved_and_an_untouched_hand_in_get_what_they_deserve(clone, programs, told, tmp_path):
    need("bubblewrap")
    for student, part in (("ada", "solutions"), ("bo", "lessons")):
        place = tmp_path / "class" / student / FOLDER
        place.mkdir(parents=True)
        shutil.copy(clone / part / FOLDER / f"{NOTEBOOK}.ipynb", place)
    graded = course(clone, programs, "grade", f"{tmp_path}/class", "--out", f"{tmp_path}/graded")
    assert graded.returncode == 0, graded.stderr
    with (tmp_path / "graded/grades.csv").open(encoding="utf-8") as file:
        points = {row["student"]: (row["lesson"], row["points"], row["max_points"]) for row in csv.DictReader(file)}
    assert {student: float(of[1]) / float(of[2]) for student, of in points.items()} == {"ada": 1.0, "bo": 0.0}
    assert {of[0] for of in points.values()} == {FOLDER}


def test_made_twice_it_is_refused(clone, programs, told):
    again = course(clone, programs, "new-lesson", NAME)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == f"course: the name {NAME!r} is taken\n"


def test_without_the_files_that_it_listed_the_clone_is_as_before(clone, before, told):
    kept = {place: (clone / place).read_bytes() for _, place in told}
    for place in WRITTEN:
        (clone / place).unlink()
    try:
        assert files_of(clone) == before
    finally:
        for place, content in kept.items():
            (clone / place).write_bytes(content)


@pytest.fixture
def here(clone: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The clone, for a command that runs in this process."""
    monkeypatch.setattr("imbalanced_course.course_files._REPOSITORY", clone)
    return clone


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Drift", "can't be a lesson's name"),
        ("drift_over_time", "can't be a lesson's name"),
        ("../drift", "can't be a lesson's name"),
        ("8-drift", "can't be a lesson's name"),
        ("lambda", "can't be a lesson's name"),
        ("drift-" * 6 + "x", "can't be a lesson's name"),
        ("metrics", "the name 'metrics' is taken"),
        ("fraud-alerts", "the name 'fraud-alerts' is taken"),
        ("answers", "the name 'answers' is taken"),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_a_sentence(here, run_course: Callable, name, reason):
    before = files_of(here)
    refused = run_course("new-lesson", name)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert reason in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert files_of(here) == before


def test_a_file_in_the_way_stops_it_before_anything_is_written(here, run_course: Callable):
    mine = here / "helpers/imbalanced_course/checks/seasons/mine.py"
    mine.parent.mkdir()
    mine.write_text("# mine\n")
    before = files_of(here)
    refused = run_course("new-lesson", "seasons")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith(
        "course: helpers/imbalanced_course/checks/seasons already exists, and nothing is overwritten"
    )
    assert files_of(here) == before
    shutil.rmtree(mine.parent)


def test_a_module_of_the_checks_is_no_name_for_a_lesson(here, run_course: Callable):
    refused = run_course("new-lesson", "compare")
    assert refused.exit_code == 1
    assert "helpers/imbalanced_course/checks/compare.py already exists" in refused.stderr


def test_an_installed_course_takes_no_new_lesson(here, run_course: Callable, monkeypatch, tmp_path):
    monkeypatch.setattr("imbalanced_course.course_files._BUNDLED", tmp_path)
    refused = run_course("new-lesson", "seasons")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "so it needs a clone, not an installed course" in refused.stderr
