"""`course doctor`, and the one sentence for a package that is missing or untested."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from coursework.grading.trial import REFUSED
from coursework.workspace import doctor
from coursework.workspace.update import update_workspace
from imbalanced_course import versions


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
    command = [sys.executable, "-m", "coursework.cli", *arguments]
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, timeout=600)


def test_a_sound_machine_has_no_problem(tmp_path: Path):
    levels = {finding.subject: finding.level for finding in doctor.examine(tmp_path)}
    always = {"Python", "packages", "kernel", "sandbox", "disk", "Jupyter's folder", "port"}
    assert set(levels) == always | ({"stock nbgrader"} if levels["sandbox"] == "ok" else set())
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


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["click"], "not the tested versions: click {} (tested with 0)"),
        (["click", "rich", "numpy", "pandas", "scipy"], "numpy {} (tested with 0) and 2 more"),
    ],
)
def test_other_versions_than_the_pinned_ones_are_named_three_at_most(names, told, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(doctor, "pinned_versions", lambda: dict.fromkeys(names, "0"))
    found = next(finding for finding in doctor.examine(tmp_path) if finding.subject == "packages")
    assert found.level == "warning"
    assert found.message.endswith(told.format(versions.installed_version(names[:3][-1])))


def test_help_works_with_an_untested_version(fake_package, tmp_path: Path):
    assert course("check", "--help", env=fake_package("scikit_learn", "9.0"), cwd=tmp_path).returncode == 0


def test_a_missing_package_is_named_with_its_fix(monkeypatch, run_course, tmp_path: Path):
    installed = versions.installed_version
    monkeypatch.setattr(versions, "installed_version", lambda name: None if name == "nbgrader" else installed(name))
    result = run_course("check")
    assert result.exit_code == 1
    assert "the package nbgrader is missing; to install" in result.stderr


def test_a_package_that_cannot_be_imported_gives_one_sentence(tmp_path: Path):
    (tmp_path / "pandas.py").write_text("raise ModuleNotFoundError('gone', name='pandas')")
    result = course("measure", "table.csv", "--target", "ill", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr == "course: the package pandas is missing: run `course doctor` to see how to install it\n"


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


def fake_bubblewrap(folder: Path, says: str, monkeypatch: pytest.MonkeyPatch, code: int = 1) -> None:
    """Put a bubblewrap first on the path that only says this and fails, on a system with nothing special."""
    program = folder / "bin/bwrap"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{says}' >&2\nexit {code}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("KUBERNETES_SERVICE_HOST", raising=False)
    monkeypatch.setattr("coursework.grading.sandbox._ROOT", folder / "system")


@pytest.mark.parametrize(
    ("says", "mark", "content", "reason", "fix"),
    [
        (
            "bwrap: Creating new namespace failed: Operation not permitted",
            ".dockerenv",
            "",
            "blocked by the container",
            "`--security-opt seccomp=unconfined`",
        ),
        (
            "bwrap: setting up uid map: Permission denied",
            "proc/sys/kernel/apparmor_restrict_unprivileged_userns",
            "1",
            "blocked by Ubuntu's AppArmor rule",
            "`sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`",
        ),
        (
            "bwrap: No permissions to create new namespace",
            "proc/sys/kernel/unprivileged_userns_clone",
            "0",
            "only root may use user namespaces",
            "`sudo sysctl kernel.unprivileged_userns_clone=1`",
        ),
        (
            "bwrap: Creating new namespace failed: No space left on device",
            "proc/sys/user/max_user_namespaces",
            "0",
            "allows no user namespaces",
            "`sudo sysctl user.max_user_namespaces=15000`",
        ),
        (
            "ModuleNotFoundError: No module named imbalanced_course",
            ".dockerenv",
            "",
            "Python does not run inside it (ModuleNotFoundError: No module named imbalanced_course)",
            "`make clean setup`",
        ),
        (
            "bwrap: execvp /somewhere/bin/python: No such file or directory",
            ".dockerenv",
            "",
            "Python does not run inside it",
            "`make clean setup`",
        ),
        ("bwrap: Unknown option --perms", ".dockerenv", "", "too old", "bubblewrap 0.5 or newer"),
        ("bwrap: something else", "nothing", "", "bwrap: something else", "allow user namespaces"),
    ],
)
def test_a_blocked_bubblewrap_is_explained_with_its_fix(
    tmp_path: Path, monkeypatch, says: str, mark: str, content: str, reason: str, fix: str
):
    fake_bubblewrap(tmp_path, says, monkeypatch)
    sign = tmp_path / "system" / mark
    sign.parent.mkdir(parents=True, exist_ok=True)
    sign.write_text(f"{content}\n")

    (finding,) = doctor._sandbox()

    assert finding.level == "warning"
    assert reason in finding.message
    assert "only grading needs it" in finding.message
    assert fix in finding.fix


def test_what_the_kernel_refuses_inside_bubblewrap_is_the_containers_fault(tmp_path: Path, monkeypatch):
    fake_bubblewrap(tmp_path, "mount: Operation not permitted", monkeypatch, code=REFUSED)
    (tmp_path / "system").mkdir()
    (tmp_path / "system/.dockerenv").touch()
    (finding,) = doctor._sandbox()
    assert "blocked by the container" in finding.message


def test_what_ubuntus_profile_refuses_inside_bubblewrap_is_told_apart(tmp_path: Path, monkeypatch):
    fake_bubblewrap(tmp_path, "mount: Operation not permitted", monkeypatch, code=REFUSED)
    profile = tmp_path / "system/etc/apparmor.d/bwrap-userns-restrict"
    profile.parent.mkdir(parents=True)
    profile.touch()
    (finding,) = doctor._sandbox()
    assert "Ubuntu's AppArmor profile" in finding.message
    assert "`sudo apparmor_parser -R /etc/apparmor.d/bwrap-userns-restrict`" in finding.fix


def test_a_package_that_only_one_question_needs_is_named_and_the_others_are_answered(tmp_path: Path, monkeypatch):
    monkeypatch.setitem(sys.modules, "jupyter_core.paths", None)
    monkeypatch.setattr(doctor, "_kernel", lambda: doctor.Diagnosis("ok", "kernel", "not asked"))
    found = {finding.subject: finding for finding in doctor.examine(tmp_path)}
    assert "the package jupyter_core is missing" in found["Jupyter's folder"].message
    assert "`make clean setup`" in found["Jupyter's folder"].fix
    assert "port" in found


def test_a_missing_bubblewrap_is_a_warning_that_names_the_package(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    (finding,) = doctor._sandbox()
    assert "`sudo apt install bubblewrap`" in finding.fix


def test_a_kernel_that_does_not_start_is_a_problem_with_its_fix(tmp_path: Path):
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit('broken')")
    result = course("doctor", env={**os.environ, "PYTHONPATH": str(tmp_path)}, cwd=tmp_path)
    assert result.returncode == 1
    assert "problem  kernel: it doesn't run" in result.stdout
    assert "→ run `make clean setup`" in result.stdout


@pytest.mark.parametrize(("free", "level"), [(5e7, "problem"), (5e8, "warning")])
def test_a_disk_that_is_nearly_full_says_how_much_to_free(tmp_path: Path, monkeypatch, free: float, level: str):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": free}))
    (finding,) = doctor._disk(tmp_path)
    assert (finding.level, finding.fix) == (level, "free at least 1 GB")


def test_a_folder_that_cannot_be_written_names_the_option(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(doctor.os, "access", lambda folder, mode: False)
    assert "`--workspace`" in list(doctor._disk(tmp_path))[-1].fix
    assert "`export JUPYTER_RUNTIME_DIR=$(mktemp -d)`" in next(doctor._jupyter_folder()).fix


@pytest.mark.parametrize("command", ["doctor", "lab"])
def test_a_user_without_a_home_is_told_how_to_name_one(monkeypatch, run_course, command: str):
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    result = run_course(command)
    assert result.exit_code == 1
    assert result.stderr == "course: this user has no home folder: set one, as in `export HOME=$(mktemp -d)`\n"


def test_an_old_python_names_the_commands(monkeypatch):
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (99, 0))
    assert "`make clean setup PYTHON=python3.11`" in doctor._python().fix


def test_with_no_port_free_it_names_the_option(monkeypatch):
    monkeypatch.setattr(doctor, "is_free", lambda port: False)
    assert "`course lab --port 9999`" in doctor._port().fix


def test_a_damaged_and_a_missing_lesson_are_named_with_their_fix(small_course: Path, tmp_path: Path):
    update_workspace(tmp_path / "ws")
    notebook = tmp_path / "ws/03-metrics/metrics.ipynb"
    notebook.write_text("{ not json")
    (damaged,) = doctor._workspace(tmp_path / "ws")
    notebook.unlink()
    (missing,) = doctor._workspace(tmp_path / "ws")
    assert damaged.fix.endswith("run `course reset metrics`")
    assert missing.fix.startswith("`course lab`")


def test_the_report_fits_80_columns_and_keeps_commands_whole():
    command = "`sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`"
    finding = doctor.Diagnosis("warning", "sandbox", "word " * 40, f"run this one long command: {command}, then go on")
    lines = doctor.report_lines(finding)
    assert max(map(len, lines)) <= 80
    assert any(command in line for line in lines)
