"""`course doctor`, and the one sentence for a package that is missing or untested."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from imbalanced_course.workspace import doctor, packages


@pytest.fixture
def fake_package(tmp_path: Path):
    """Let Python find another version of a package than the one installed; return the environment for it."""

    def fake(name: str, version: str) -> dict[str, str]:
        info = tmp_path / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        return {**os.environ, "PYTHONPATH": str(tmp_path)}

    return fake


def course(*arguments: str, env: dict[str, str] | None = None, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "imbalanced_course.cli", *arguments]
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, timeout=120)


def test_a_sound_machine_has_no_problem(tmp_path: Path):
    levels = {finding.subject: finding.level for finding in doctor.examine(tmp_path)}
    assert set(levels) == {"Python", "packages", "kernel", "sandbox", "stock nbgrader", "disk", "port"}
    assert "problem" not in levels.values()


def test_an_untested_version_stops_a_command_with_one_sentence(fake_package, tmp_path: Path):
    environment = fake_package("scikit_learn", "9.0")
    result = course("check", env=environment, cwd=tmp_path)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert "scikit-learn 9.0 is untested" in result.stderr
    assert result.stdout == ""

    examined = course("doctor", env=environment, cwd=tmp_path)
    assert examined.returncode == 1
    assert "problem  packages: scikit-learn 9.0 is untested" in examined.stdout
    assert "→ run " in examined.stdout


def test_help_works_with_an_untested_version(fake_package, tmp_path: Path):
    assert course("check", "--help", env=fake_package("scikit_learn", "9.0"), cwd=tmp_path).returncode == 0


def test_a_missing_package_is_named_with_its_fix(monkeypatch, run_course, tmp_path: Path):
    installed = packages.installed_version
    monkeypatch.setattr(packages, "installed_version", lambda name: None if name == "nbgrader" else installed(name))
    result = run_course("check")
    assert result.exit_code == 1
    assert "the package nbgrader is missing; install" in result.stderr


def test_a_package_that_cannot_be_imported_gives_one_sentence(tmp_path: Path):
    (tmp_path / "nbclient.py").write_text("raise ModuleNotFoundError('gone', name='nbclient')")
    result = course("check", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr == "course: the package nbclient is missing: `course doctor` says how to install it\n"


def test_a_port_in_use_is_a_warning(tmp_path: Path, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(doctor, "FIRST_PORT", taken.getsockname()[1])
        found = [finding for finding in doctor.examine(tmp_path) if finding.subject == "port"]
    assert [finding.level for finding in found] == ["warning"]


def test_every_finding_that_is_not_ok_names_a_fix(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 1e6}))
    found = list(doctor.examine(tmp_path))
    assert {finding.subject for finding in found if finding.level != "ok"} >= {"sandbox", "disk"}
    assert all(finding.fix for finding in found if finding.level != "ok")
