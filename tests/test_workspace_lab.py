"""`course lab`: the server it starts, and what it says when it cannot."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from coursework.workspace.lab import write_settings

LAYOUT = "workspaces/default-37a8.jupyterlab-workspace"


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_port_in_use_gives_one_sentence_with_the_remedy(small_course: Path, run_course, taken_port: int):
    result = run_course("lab", "--no-browser", "--port", taken_port)
    assert result.exit_code == 1
    last = result.stderr.splitlines()[-1]
    assert last.startswith(f"course: port {taken_port} is in use")
    assert "leave out `--port`" in last


def test_a_port_that_is_none_is_wrong_usage(small_course: Path, run_course):
    assert run_course("lab", "--port", "70000").exit_code == 2
    assert not (small_course.parent / "my-lessons").exists()


def test_the_settings_name_this_environments_kernel(tmp_path: Path):
    settings = write_settings(tmp_path)
    kernel = json.loads((settings / "data/kernels/python3/kernel.json").read_text())
    assert kernel["argv"][0] == sys.executable


def test_the_first_layout_is_read_by_jupyterlab_and_has_the_table_of_contents_open(tmp_path: Path):
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    settings = write_settings(tmp_path)
    (layout,) = WorkspacesManager(str(settings / "workspaces")).list_workspaces()
    assert layout["metadata"]["id"] == "default"
    assert WorkspacesManager(str(settings / "workspaces")).load("default")["data"]
    assert layout["data"]["layout-restorer:data"]["left"]["current"] == "@jupyterlab/toc:plugin"


def test_a_later_start_keeps_the_panels_as_left_and_only_the_start_page_open(tmp_path: Path):
    layout = write_settings(tmp_path) / LAYOUT
    left = json.loads(layout.read_text())
    left["data"]["notebook:metrics.ipynb"] = {"data": {"path": "metrics.ipynb"}}
    left["data"]["layout-restorer:data"] |= {
        "left": {"collapsed": False, "visible": True, "current": "filebrowser", "widgets": ["filebrowser"]},
        "main": {"current": "notebook:metrics.ipynb"},
    }
    layout.write_text(json.dumps(left))

    write_settings(tmp_path)

    (kept,) = json.loads(layout.read_text())["data"].values()
    assert kept["left"]["current"] == "filebrowser"
    assert "main" not in kept


@pytest.mark.parametrize("content", ["", "[]", '{"data": 3}', '{"data": {"layout-restorer:data": {"left": 3}}}'])
def test_a_damaged_layout_is_started_anew(tmp_path: Path, content: str):
    layout = write_settings(tmp_path) / LAYOUT
    first = layout.read_text()
    layout.write_text(content)
    write_settings(tmp_path)
    assert layout.read_text() == first


def test_lab_serves_the_start_page_with_this_kernel_whatever_the_user_has_set_and_stops_when_asked(tmp_path: Path):
    home = tmp_path / "home"
    other = home / ".local/share/jupyter/kernels/python3"
    other.mkdir(parents=True)
    (other / "kernel.json").write_text(
        json.dumps({"argv": ["/nowhere/python", "{connection_file}"], "display_name": "Another", "language": "python"})
    )
    theirs = home / ".jupyter/jupyter_server_config.json"
    theirs.parent.mkdir()
    theirs.write_text(json.dumps({"ServerApp": {"base_url": "/mine/"}, "IdentityProvider": {"token": "mine"}}))
    command = [sys.executable, "-m", "coursework.cli", "lab", "--no-browser", "--workspace", "ws"]
    environment = {**os.environ, "HOME": str(home)}
    lab = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert lab.stdout is not None
        lines = iter(lab.stdout.readline, "")
        url = next(line.strip() for line in lines if line.startswith("http"))
        address, token = url.split("?token=")
        base = address.removesuffix("/lab/tree/start.ipynb")
        with urllib.request.urlopen(f"{base}/api/kernelspecs?token={token}", timeout=120) as answer:
            kernel = json.load(answer)["kernelspecs"]["python3"]
        with urllib.request.urlopen(f"{address}?token={token}", timeout=120) as answer:
            page = answer.read().decode()
    finally:
        lab.send_signal(signal.SIGTERM)
        code = lab.wait(timeout=120)

    assert kernel["spec"]["argv"][0] == sys.executable
    config = json.loads(page.split('id="jupyter-config-data" type="application/json">')[1].split("</script>")[0])
    assert "@jupyter/nbgrader:formgrader" in config["disabledExtensions"]
    assert "@jupyter/nbgrader:validate-assignment" not in config["disabledExtensions"]
    assert code == 0
    left = [str(path.relative_to(home)) for path in home.rglob("*") if path.is_file() and "runtime" not in path.parts]
    assert sorted(left) == [".jupyter/jupyter_server_config.json", ".local/share/jupyter/kernels/python3/kernel.json"]
