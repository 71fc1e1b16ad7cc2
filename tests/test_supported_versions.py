"""The versions that the course works with, and the one sentence where scikit-learn or imbalanced-learn is another."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat import v4

from imbalanced_course import versions
from imbalanced_course.versions import UnsupportedVersions, package_problems, require_supported_libraries

SUPPORTED = [("1.7.0", "0.14.0"), ("1.8.0", "0.14.1"), ("1.9.1", "0.14.2")]
UNSUPPORTED = [
    ("1.6.1", "0.14.2", "scikit-learn 1.6.1 is untested: the course needs >=1.7,<1.10"),
    ("1.10.0", "0.14.2", "scikit-learn 1.10.0 is untested: the course needs >=1.7,<1.10"),
    ("1.9.1", "0.13.0", "imbalanced-learn 0.13.0 is untested: the course needs >=0.14,<0.15"),
    ("1.9.1", "0.15.0", "imbalanced-learn 0.15.0 is untested: the course needs >=0.14,<0.15"),
    ("1.9.1", "0.14.1", "imbalanced-learn 0.14.1 does not work with scikit-learn 1.9.1, which needs 0.14.2 or newer"),
    ("1.9.1", "0.14.0", "imbalanced-learn 0.14.0 does not work with scikit-learn 1.9.1, which needs 0.14.2 or newer"),
    ("1.8.0", "0.14.0", "imbalanced-learn 0.14.0 does not work with scikit-learn 1.8.0, which needs 0.14.1 or newer"),
]


@pytest.fixture
def with_pair(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Let the course find these two versions, in this process."""
    real = versions.installed_version

    def pretend(sklearn: str, imblearn: str) -> None:
        pair = {"scikit-learn": sklearn, "imbalanced-learn": imblearn}
        monkeypatch.setattr(versions, "installed_version", lambda name: pair.get(name) or real(name))

    return pretend


@pytest.fixture
def old_pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every Python that is started find an imbalanced-learn that is too old for the scikit-learn beside it."""
    for name, version in (("scikit_learn", "1.8.0"), ("imbalanced_learn", "0.14.0")):
        info = tmp_path / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.parametrize(("sklearn", "imblearn"), SUPPORTED)
def test_a_supported_pair_is_taken(with_pair, sklearn, imblearn):
    with_pair(sklearn, imblearn)
    assert list(package_problems()) == []
    require_supported_libraries()


@pytest.mark.parametrize(("sklearn", "imblearn", "sentence"), UNSUPPORTED)
def test_an_unsupported_pair_gets_its_sentence_in_commands_and_in_notebooks(
    with_pair, run_course, sklearn, imblearn, sentence
):
    with_pair(sklearn, imblearn)
    refused = run_course("data", "list")
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert refused.stderr.splitlines() == [refused.stderr.strip()]
    assert refused.stderr.startswith(f"course: {sentence}; to install what the course needs, run `make clean setup`")
    with pytest.raises(UnsupportedVersions, match="then restart the kernel") as stopped:
        require_supported_libraries()
    assert str(stopped.value).startswith(f"{sentence}. To install versions that fit, run `python -m pip install ")


def test_two_unsupported_libraries_are_told_in_one_go_with_one_command(with_pair):
    with_pair("1.5.2", "0.12.4")
    with pytest.raises(UnsupportedVersions) as stopped:
        require_supported_libraries()
    assert "imbalanced-learn 0.12.4 is untested" in str(stopped.value)
    assert "scikit-learn 1.5.2 is untested" in str(stopped.value)
    assert 'pip install "imbalanced-learn>=0.14,<0.15" "scikit-learn>=1.7,<1.10"`' in str(stopped.value)


@pytest.mark.parametrize("command", [("lab", "--no-browser"), ("check",), ("grade", "."), ("sample-class", "class")])
def test_every_command_that_needs_the_libraries_stops_at_once(old_pair, tmp_path: Path, command):
    here = tmp_path / "here"
    here.mkdir()
    stopped = subprocess.run(
        [sys.executable, "-m", "coursework.cli", *command], cwd=here, capture_output=True, text=True
    )
    assert stopped.returncode == 1
    assert stopped.stderr.startswith("course: imbalanced-learn 0.14.0 does not work with scikit-learn 1.8.0")
    assert len(stopped.stderr.splitlines()) == 1
    assert list(here.iterdir()) == []


def test_the_doctor_names_the_pair_and_the_rest_of_its_findings(old_pair, tmp_path: Path):
    examined = subprocess.run(
        [sys.executable, "-m", "coursework.cli", "doctor"], cwd=tmp_path, capture_output=True, text=True
    )
    assert examined.returncode == 1
    words = " ".join(examined.stdout.split())
    assert "problem packages: imbalanced-learn 0.14.0 does not work with scikit-learn 1.8.0" in words
    assert words.count("problem") == 1


def test_a_notebook_stops_with_the_sentence_and_no_traceback(old_pair):
    cell = v4.new_code_cell("from imbalanced_course import datasets, plots")
    NotebookClient(v4.new_notebook(cells=[cell]), allow_errors=True, timeout=600).execute()
    (error,) = [output for output in cell.outputs if output.output_type == "error"]
    assert error.traceback == [
        "imbalanced-learn 0.14.0 does not work with scikit-learn 1.8.0, which needs 0.14.1 or",
        "newer. To install versions that fit, run",
        '`python -m pip install "imbalanced-learn>=0.14.1"`, then restart the kernel.',
    ]
    assert [output for output in cell.outputs if output.output_type != "error"] == []


def test_a_clone_that_is_only_on_the_path_is_not_refused(monkeypatch):
    monkeypatch.setattr(versions, "DISTRIBUTION", "imbalanced-course-that-nobody-installed")
    require_supported_libraries()
