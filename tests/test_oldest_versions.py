"""The oldest versions that `pyproject.toml` allows: that they are what is tested, and that the course works with them.

The newest are those of `constraints.txt`, which all other tests run with.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from built_wheel import ROOT, Environment, build, copy_of_the_clone, pinned_environment, pins
from class_marks import assert_deserved
from conftest import need
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

NEEDS = [
    Requirement(line)
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
]
# What tests a user's numbers: every known answer of every lesson, the data, the scoreboard, the projects' solutions.
TESTS = (
    "tests/test_lesson_checks.py",
    "tests/test_checks_core.py",
    "tests/test_datasets.py",
    "tests/test_simulated_sets.py",
    "tests/test_scoreboard.py",
    "tests/test_contest.py",
    "tests/test_quiz.py",
    "tests/test_projects.py::test_our_solution_reaches_the_reference_and_breaks_no_constraint",
)
_KNOWN_ANSWER = "tests/test_lesson_checks.py::test_a_known_answer_gets_its_verdict"
DIFFERENT = (
    # pandas before 3 takes `counts[0]` by position where no class is called 0: as wrong, told in other words.
    *(f"{_KNOWN_ANSWER}[challenge: imbalance-ratio: wrong, classes by the names 0 and 1-{n}]" for n in (0, 20260101)),
    # A card states figures of the pinned set; scikit-learn 1.7 boosts 30 defects to a lower ROC AUC.
    "tests/test_simulated_sets.py::TestDefects::test_models_reach_what_the_card_states",
)


def bound(need: Requirement, operator: str) -> Version | None:
    return next((Version(part.version) for part in need.specifier if part.operator == operator), None)


@pytest.fixture(scope="module")
def oldest(tmp_path_factory: pytest.TempPathFactory) -> tuple[Environment, Path]:
    """An environment of the wheel and the oldest versions, and the clone's files without the package."""
    clone = copy_of_the_clone(tmp_path_factory.mktemp("clone"))
    wheel = build(clone, tmp_path_factory.mktemp("dist"))
    shutil.rmtree(clone / "helpers")
    versions = pins("constraints.txt", "constraints-oldest.txt")
    folder = tmp_path_factory.mktemp("oldest") / "env"
    return pinned_environment(folder, wheel, versions, also=["pytest", "hypothesis"]), clone


@pytest.mark.parametrize("requirement", NEEDS, ids=lambda requirement: requirement.name)
def test_every_lower_bound_stands_in_the_oldest_set(requirement: Requirement):
    lowest = bound(requirement, ">=")
    tested = Version(pins("constraints-oldest.txt")[canonicalize_name(requirement.name)])
    assert lowest is not None
    assert tested.release[: len(lowest.release)] == lowest.release  # 2.32.2 for 2.32, whose first files were withdrawn


@pytest.mark.parametrize("name", ["scikit-learn", "imbalanced-learn"])
def test_the_pinned_set_has_the_newest_release_that_is_allowed(name):
    (requirement,) = [need for need in NEEDS if need.name == name]
    major, minor = bound(requirement, "<").release[:2]
    assert Version(pins("constraints.txt")[name]).release[:2] == (major, minor - 1)


@pytest.mark.long
def test_the_oldest_set_is_what_is_installed(oldest, tmp_path: Path):
    environment, _ = oldest
    names = ("scikit-learn", "imbalanced-learn", "numpy", "pandas", "scipy")
    code = f"from importlib.metadata import version; print(*map(version, {names}))"
    said = environment.run("python", "-c", code, cwd=tmp_path).stdout.split()
    assert said == [pins("constraints-oldest.txt")[name] for name in names]
    examined = environment.run("course", "doctor", cwd=tmp_path)
    assert examined.returncode == 0, examined.stdout


@pytest.mark.long
def test_every_known_answer_and_every_row_of_data_is_as_with_the_newest(oldest):
    environment, clone = oldest
    options = ["-q", "-p", "no:cacheprovider", "-W", "ignore", *(f"--deselect={test}" for test in DIFFERENT)]
    done = environment.run("python", "-m", "pytest", *options, *TESTS, cwd=clone)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.long
def test_every_solution_checks_to_full_points(oldest, tmp_path: Path):
    environment, clone = oldest
    made = environment.run(
        "python", "-c", "from pathlib import Path\nfrom coursework.workspace.update import update_workspace\n"
        "update_workspace(Path('my-lessons'))", cwd=tmp_path,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    for solution in (clone / "solutions").glob("*/*.ipynb"):
        shutil.copy(solution, tmp_path / "my-lessons" / solution.parent.name / solution.name)
    checked = environment.run("course", "check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stderr == ""


@pytest.mark.long
def test_a_class_gets_the_marks_that_it_deserves(oldest, tmp_path: Path):
    need("bubblewrap")
    environment, _ = oldest
    assert environment.run("course", "sample-class", "class", "--students", "12", cwd=tmp_path).returncode == 0
    environment.run("course", "grade", "class", cwd=tmp_path)
    assert_deserved(tmp_path / "class", tmp_path / "graded")
