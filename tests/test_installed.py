"""Installed, not only cloned: what the wheel carries, and the `course` command in an environment that has no clone."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest
from built_wheel import (
    ROOT,
    Environment,
    build,
    copy_of_the_clone,
    linked_environment,
    own_environment,
    pinned_environment,
    pins,
)
from class_marks import assert_deserved
from conftest import need

BUNDLED = "imbalanced_course/bundled"
LESSONS = ("03-metrics", "05-oversampling")
PROBE = """\
import json, os, re
said = [os.path.join(top, name) for top, _, names in os.walk("/") if not top.startswith("/sys") for name in names]
print("SEEN" + json.dumps([path for path in said if re.search("/(imbalanced_course|coursework)/", path)]))"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_the_clone(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="module")
def wheel(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(clone, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Below the folder for temporary files, of which answers see nothing but this environment."""
    return linked_environment(tmp_path_factory.mktemp("installed") / "env", wheel)


@pytest.fixture(scope="module")
def workspace(installed: Environment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that `course lab` made in some folder, with what JupyterLab answered beside it."""
    here = tmp_path_factory.mktemp("anywhere")
    address, page, kernels = open_lab(installed, here)
    assert address.split("?")[0].endswith("/lab/tree/start.ipynb")
    assert "jupyter-config-data" in page
    assert kernels["kernelspecs"]["python3"]["spec"]["argv"][0] == str(installed.python)
    return here / "my-lessons"


@pytest.fixture(scope="module")
def graded(installed: Environment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up class of two lessons, and one learner who looks around, graded in the sandbox."""
    need("bubblewrap")
    here = tmp_path_factory.mktemp("teacher")
    made = installed.run("course", "sample-class", "class", "--students", "6", cwd=here)
    assert made.returncode == 0, made.stderr
    for lesson in (here / "class").glob("*/*"):
        if lesson.is_dir() and lesson.name not in LESSONS:
            shutil.rmtree(lesson)
    notebook = json.loads((here / "class/ada-01/03-metrics/metrics.ipynb").read_text())
    notebook["cells"].append(
        {"cell_type": "code", "id": "probe", "metadata": {}, "outputs": [], "execution_count": None, "source": PROBE}
    )
    probe = here / "class/zoe-99/03-metrics/metrics.ipynb"
    probe.parent.mkdir(parents=True)
    probe.write_text(json.dumps(notebook))
    done = installed.run("course", "grade", "class", "--workers", "2", cwd=here)
    assert "could not be graded: 2" in done.stdout + done.stderr, done.stderr  # the class has two broken notebooks
    return here


def open_lab(environment: Environment, here: Path) -> tuple[str, str, dict]:
    """Run `course lab` until it serves the start page; return the address, the page and the kernels that it has."""
    command = [str(environment.folder / "bin/course"), "lab", "--no-browser"]
    lab = subprocess.Popen(command, cwd=here, env=own_environment(), stdout=subprocess.PIPE, text=True)
    try:
        assert lab.stdout is not None
        address = next(line.strip() for line in iter(lab.stdout.readline, "") if line.startswith("http"))
        base, token = re.fullmatch(r"(http://[^/]+)/.*token=(\w+)", address).groups()
        with urllib.request.urlopen(address, timeout=120) as answer:
            page = answer.read().decode()
        with urllib.request.urlopen(f"{base}/api/kernelspecs?token={token}", timeout=120) as answer:
            kernels = json.load(answer)
    finally:
        lab.send_signal(signal.SIGTERM)
        lab.communicate(timeout=120)
    return address, page, kernels


def files_below(clone: Path, *places: str) -> dict[str, bytes]:
    """Return the files of these folders of a clone, by their path."""
    found = (path for place in places for path in (clone / place).rglob("*") if path.is_file())
    return {path.relative_to(clone).as_posix(): path.read_bytes() for path in found}


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# What the wheel carries


def test_the_wheel_carries_every_lesson_solution_project_and_data_file(clone: Path, wheel: Path):
    carried = contents(wheel)
    wanted = files_below(clone, "lessons", "solutions", "projects", "datasets")
    study = {name for name in wanted if name.startswith("datasets/evidence/") and "differences" not in name}
    for name, content in ((name, wanted[name]) for name in wanted.keys() - study):
        # Which lessons there are is asked where no solution may be seen.
        place = name.replace("solutions/", "syllabus/") if name.endswith("/lesson.toml") else name
        assert carried[f"{BUNDLED}/{place}"] == content, name
    assert [name for name in study if f"{BUNDLED}/{name}" in carried] == []
    assert carried[f"{BUNDLED}/lessons/glossary.md"]
    assert carried[f"{BUNDLED}/lessons/cheat-sheet.md"]
    assert f"{BUNDLED}/nbgrader_config.py" in carried


def test_whatever_the_package_asks_of_the_courses_files_is_in_the_wheel(clone: Path, wheel: Path):
    code = "".join(path.read_text(encoding="utf-8") for path in (clone / "helpers").rglob("*.py"))
    wanted = set(re.findall(r'course_file\("([^"]+)"\)', code))
    names = contents(wheel)
    assert len(wanted) >= 7
    assert [one for one in wanted if not any(f"{name}/".startswith(f"{BUNDLED}/{one}/") for name in names)] == []


def test_of_the_tests_the_wheel_carries_the_answers_of_a_sample_class_and_the_projects_solutions_alone(
    clone: Path, wheel: Path
):
    own = {path.relative_to(clone / "helpers").as_posix() for path in (clone / "helpers").glob("*/*")}
    bundled = {f"{BUNDLED}/{name}" for name in ("lessons", "solutions", "projects", "datasets", "nbgrader_config.py",
                                                "syllabus", "project-solutions")}  # fmt: skip
    places = {"/".join(name.split("/")[: 3 if name.startswith(BUNDLED) else 2]) for name in contents(wheel)}
    assert {place for place in places if ".dist-info" not in place} == own | bundled
    assert [name for name in contents(wheel) if re.search(r"(^|/)(test_|conftest|attack)", name)] == []


def test_the_wheel_stays_small_enough_to_mail(wheel: Path, record_property):
    record_property("table", f"the wheel: {wheel.stat().st_size / 1e6:.1f} MB, {len(contents(wheel))} files")
    assert wheel.stat().st_size < 6_000_000


def test_a_clone_that_was_worked_in_builds_the_same_wheel(clone: Path, wheel: Path, tmp_path: Path):
    used = tmp_path / "used"
    shutil.copytree(clone, used)
    for litter in (
        "lessons/.ipynb_checkpoints/metrics-checkpoint.ipynb",
        "lessons/03-metrics/.ipynb_checkpoints/metrics-checkpoint.ipynb",
        "solutions/gradebook.db",
        "datasets/contest/unfinished.csv",
        "datasets/transactions/__pycache__/make.cpython-311.pyc",
        "helpers/imbalanced_course/__pycache__/datasets.cpython-311.pyc",
        "my-lessons/start.ipynb",
    ):
        (used / litter).parent.mkdir(parents=True, exist_ok=True)
        (used / litter).write_text("litter")
    assert build(used, tmp_path / "dist").read_bytes() == wheel.read_bytes()


def test_the_source_distribution_builds_the_same_wheel(clone: Path, wheel: Path, tmp_path: Path):
    archive = build(clone, tmp_path / "sdist", "sdist")
    shutil.unpack_archive(archive, tmp_path / "unpacked")
    (source,) = (tmp_path / "unpacked").iterdir()
    assert contents(build(source, tmp_path / "dist")) == contents(wheel)


# What it does where it is installed


def test_the_installed_course_knows_nothing_of_the_clone(installed: Environment, tmp_path: Path):
    code = "import imbalanced_course, sys; print(imbalanced_course.__file__, *sys.path, sep='\\n')"
    lines = installed.run("python", "-c", code, cwd=tmp_path).stdout.splitlines()
    assert lines[0] == str(installed.packages / "imbalanced_course/__init__.py")
    assert [line for line in lines if line.startswith(str(ROOT))] == []


def test_the_doctor_finds_nothing_to_mend(installed: Environment, tmp_path: Path):
    examined = installed.run("course", "doctor", cwd=tmp_path)
    assert examined.returncode == 0, examined.stdout
    assert "packages: installed in tested versions" in examined.stdout


def test_lab_lays_every_lesson_and_project_into_a_workspace(clone: Path, workspace: Path):
    laid = {path.relative_to(workspace).as_posix(): path for path in workspace.glob("[!.]*/*.ipynb")}
    lessons = {f"{path.parent.name}/{path.name}": path for path in (clone / "lessons").glob("*/*.ipynb")}
    projects = {f"projects/{path.name}": path for path in (clone / "projects").glob("*/*.ipynb")}
    assert set(laid) == set(lessons | projects)
    for name, release in (lessons | projects).items():
        assert laid[name].read_bytes() == release.read_bytes(), name
    assert (workspace / "glossary.md").read_bytes() == (clone / "lessons/glossary.md").read_bytes()


def test_a_revealed_solution_checks_to_full_points(installed: Environment, workspace: Path):
    revealed = installed.run("course", "reveal", "metrics", cwd=workspace)
    assert revealed.returncode == 0, revealed.stderr
    lesson = workspace / "03-metrics"
    shutil.copy(lesson / "metrics-solution.ipynb", lesson / "metrics.ipynb")
    checked = installed.run("course", "check", "metrics", cwd=workspace)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "20 of 20 points" in checked.stdout


def test_a_projects_solution_is_revealed(installed: Environment, workspace: Path):
    assert installed.run("course", "reveal", "fraud-alerts", cwd=workspace).returncode == 0
    assert "BEGIN" not in (workspace / "projects/fraud_alerts-solution.ipynb").read_text()


def test_a_class_gets_the_marks_that_it_deserves(graded: Path):
    assert len(assert_deserved(graded / "class", graded / "graded", LESSONS)) == 6 * len(LESSONS)


def test_an_answer_sees_the_course_and_its_data_but_no_check_solution_or_known_answer(graded: Path):
    notebook = json.loads((graded / "graded/autograded/zoe-99/03-metrics/metrics.ipynb").read_text())
    said = ["".join(output.get("text", "")) for cell in notebook["cells"] for output in cell.get("outputs", [])]
    (seen,) = [json.loads(text.removeprefix("SEEN")) for text in said if text.startswith("SEEN")]
    parts = {re.search("(imbalanced_course|coursework)/(.*/)?", path)[0].rstrip("/") for path in seen}
    parts -= {part for part in parts if part.endswith("__pycache__")}
    assert {"imbalanced_course/plots", f"{BUNDLED}/datasets/transactions", "coursework/answering"} <= parts
    assert {part for part in parts if part.startswith("coursework")} == {"coursework", "coursework/answering"}
    secrets = tuple(f"{BUNDLED}/{one}" for one in ("solutions", "project-solutions"))
    assert [part for part in parts if part.startswith(("imbalanced_course/checks", *secrets))] == []


def test_the_data_sets_are_listed(clone: Path, installed: Environment, tmp_path: Path):
    listed = installed.run("course", "data", "list", cwd=tmp_path)
    assert listed.returncode == 0
    for card in (clone / "datasets").glob("*/CARD.md"):
        assert card.parent.name in listed.stdout


def test_an_unsupported_pair_gets_the_command_that_mends_it(installed: Environment, tmp_path: Path):
    info = tmp_path / "imbalanced_learn-0.14.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: imbalanced-learn\nVersion: 0.14.0\n")
    refused = installed.run("course", "check", cwd=tmp_path, variables={"PYTHONPATH": str(tmp_path)})
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert refused.stderr.startswith("course: imbalanced-learn 0.14.0 does not work with scikit-learn 1.")
    assert refused.stderr.endswith('run `python -m pip install "imbalanced-learn>=0.14.2"`\n')


def test_an_installed_course_is_not_built_anew(installed: Environment, tmp_path: Path):
    refused = installed.run("course", "build", "metrics", cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr == (
        "course: `course build` changes the course's own files, so it needs a clone, not an installed course\n"
    )


# From the registry


@pytest.mark.long
def test_in_an_empty_environment_pip_installs_what_the_course_needs(wheel: Path, tmp_path: Path):
    need("bubblewrap")
    environment = pinned_environment(tmp_path / "env", wheel, pins("constraints.txt"))
    here = tmp_path / "anywhere"
    here.mkdir()
    examined = environment.run("course", "doctor", cwd=here)
    assert examined.returncode == 0, examined.stdout
    open_lab(environment, here)
    for command in (("reveal", "challenge"), ("submit", "challenge"), ("data", "list")):
        done = environment.run("course", *command, cwd=here)
        assert done.returncode == 0, (command, done.stderr)
    lesson = here / "my-lessons/01-challenge"
    shutil.copy(lesson / "challenge-solution.ipynb", lesson / "challenge.ipynb")
    checked = environment.run("course", "check", "challenge", cwd=here)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert environment.run("course", "sample-class", "class", "--students", "1", cwd=here).returncode == 0
    done = environment.run("course", "grade", "class", cwd=here)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.long
@pytest.mark.parametrize("python", ["3.11.0", "3.14.0"])
def test_each_pinned_package_can_be_had_for_the_oldest_and_for_the_newest_python(python: str, tmp_path: Path):
    """Only looked up, for a Python that is not here: a pin may ask for a newer one than the course does."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--no-deps"]
    elsewhere = ["--python-version", python, "--only-binary", ":all:", "--target", str(tmp_path)]
    done = subprocess.run([*command, *elsewhere, "-r", str(ROOT / "constraints.txt")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
