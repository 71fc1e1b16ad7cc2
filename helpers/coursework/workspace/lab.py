"""Opening JupyterLab on a workspace, set up for learners, without touching the user's own Jupyter settings."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coursework.workspace.folder import OWN_FOLDER
from coursework.workspace.own_files import replace_file
from coursework.workspace.start_page import START_PAGE
from imbalanced_course.errors import CourseError

FIRST_PORT = 8888
PORTS_TRIED = 100
_START_SECONDS = 300.0  # a first start on a busy machine; a server that ends is noticed at once
_STOP_SECONDS = 10.0

# nbgrader's panels for teachers; its Validate button stays.
_TEACHER_PANELS = ("assignment-list", "course-list", "create-assignment", "formgrader", "menu")
_SAVE_SECONDS = 15  # what a learner checks or submits is the saved file
# JupyterLab's own record of what is open where, under the name that it gives the default one.
_LAYOUT_FILE = "default-37a8.jupyterlab-workspace"
_PANELS: dict[str, Any] = {
    "left": {
        "collapsed": False,
        "visible": True,
        "current": "@jupyterlab/toc:plugin",
        "widgets": ["filebrowser", "running-sessions", "@jupyterlab/toc:plugin"],
    },
    "right": {"collapsed": True, "visible": True, "widgets": []},
    "relativeSizes": [0.2, 0.8, 0],
}
_TEACHER_SERVERS = ("assignment_list", "course_list", "formgrader")


def open_lab(workspace: Path, *, port: int | None, browser: bool, ready: Callable[[str], None]) -> None:
    """Run JupyterLab on a workspace until it is stopped.

    Parameters
    ----------
    workspace : Path
        An existing workspace.
    port : int or None
        The port to use; the first free one from 8888 when None.
    browser : bool
        Whether to open a browser on the start page.
    ready : callable
        Called with the address of the start page as soon as the server answers.

    Raises
    ------
    CourseError
        When the port is taken or JupyterLab does not start.
    """
    port = _usable_port(port)
    token = secrets.token_hex(24)
    log_file = workspace / OWN_FOLDER / "lab.log"
    settings = write_settings(workspace)
    replace_file(log_file, b"")
    url = f"http://localhost:{port}/lab/tree/{START_PAGE}?token={token}"
    signal.signal(signal.SIGTERM, _interrupt)  # whoever ends this process means the server
    with log_file.open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *_options(workspace, settings, port, browser)],
            cwd=workspace,
            env=_environment(settings, token),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_ready(server, f"http://127.0.0.1:{port}/api/status?token={token}", log_file)
        ready(url)
        server.wait()
    except KeyboardInterrupt:
        pass
    finally:
        _stop(server)
    if server.returncode not in (0, -signal.SIGINT, -signal.SIGTERM):
        raise CourseError(f"JupyterLab ended with code {server.returncode}; its messages are in {log_file}")


def write_settings(workspace: Path) -> Path:
    """Write the Jupyter settings of a workspace into its `.course/jupyter` folder and return that folder.

    They take effect through the environment and the options of this one server: no panels for teachers, no news,
    no questions, the table of contents open at first, pages of text shown rather than edited, and a `python3` kernel
    that is this environment's, whatever the user has installed elsewhere.
    """
    from ipykernel.kernelspec import get_kernel_dict

    folder = workspace / OWN_FOLDER / "jupyter"
    kernel = {**get_kernel_dict(), "display_name": "Python 3 (ipykernel)"}
    files: dict[str, Any] = {
        "config/labconfig/page_config.json": {
            "disabledExtensions": {
                **{f"@jupyter/nbgrader:{panel}": True for panel in _TEACHER_PANELS},
                "@jupyterlab/apputils-extension:announcements": True,
                "@jupyterlab/extensionmanager-extension:plugin": True,
                "@jupyter-notebook/lab-extension": True,
                "jupyterlab-jupytext": True,
            }
        },
        "config/jupyter_server_config.json": {
            "ServerApp": {
                "jpserver_extensions": {
                    **{f"nbgrader.server_extensions.{name}": False for name in _TEACHER_SERVERS},
                    "jupyterlab_jupytext": False,
                },
                "terminado_settings": _terminal(),
            },
            "LanguageServerManager": {"autodetect": False},  # looking for them starts npm, which writes to the home
        },
        "data/kernels/python3/kernel.json": kernel,
        "settings/overrides.json": {
            "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
            "@jupyterlab/notebook-extension:tracker": {"codeCellConfig": {"lineNumbers": False, "lineWrap": True}},
            "@jupyterlab/docmanager-extension:plugin": {
                "autosaveInterval": _SAVE_SECONDS,
                "defaultViewers": {"markdown": "Markdown Preview"},
            },
        },
    }
    for name, content in files.items():
        replace_file(folder / name, (json.dumps(content, indent=1) + "\n").encode())
    layout = folder / "workspaces" / _LAYOUT_FILE
    replace_file(layout, json.dumps(_layout(layout)).encode())
    return folder


def _layout(path: Path) -> dict[str, Any]:
    """Return how JupyterLab's window looks at its start: the side panels as they were left, and only the start page.

    Notebooks that were open would come back in front of the start page, and each would start a kernel.
    """
    panels = dict(_PANELS)
    try:
        before = json.loads(path.read_text(encoding="utf-8"))["data"]["layout-restorer:data"]
        panels |= {part: before[part] for part in _PANELS if isinstance(before.get(part), type(_PANELS[part]))}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # none yet, or not what JupyterLab writes
    return {"data": {"layout-restorer:data": panels}, "metadata": {"id": "default"}}


def _terminal() -> dict[str, list[str]]:
    """Return the terminal's shell: no login shell, because those set PATH anew and then do not find `course`."""
    shell = os.environ.get("SHELL") or shutil.which("sh")
    return {"shell_command": [shell]} if os.name == "posix" and shell else {}


def _options(workspace: Path, settings: Path, port: int, browser: bool) -> list[str]:
    options = [
        f"--ServerApp.root_dir={workspace}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.answer_yes=True",
        f"--LabApp.default_url=/lab/tree/{START_PAGE}",
        f"--LabApp.app_settings_dir={settings / 'settings'}",
        f"--LabApp.workspaces_dir={settings / 'workspaces'}",
        "--LabApp.extension_manager=readonly",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if not browser:
        options.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    return options


def _environment(settings: Path, token: str) -> dict[str, str]:
    """Return the server's environment; the token goes this way because other users can read a command line.

    The user's own server settings are left out: a password or a base address in them would shut this server's page.
    How JupyterLab looks and which keys do what stays as the user set it.
    """
    from jupyter_core.paths import jupyter_config_dir

    environment = dict(os.environ)
    environment.setdefault("JUPYTERLAB_SETTINGS_DIR", str(Path(jupyter_config_dir()) / "lab" / "user-settings"))
    environment["JUPYTER_CONFIG_DIR"] = str(settings / "own-config")
    for name, folder in (("JUPYTER_CONFIG_PATH", "config"), ("JUPYTER_PATH", "data")):
        others = environment.get(name)
        environment[name] = os.pathsep.join([str(settings / folder), *([others] if others else [])])
    programs = os.pathsep.join([sysconfig.get_path("scripts"), environment.get("PATH", os.defpath)])
    return {**environment, "JUPYTER_PREFER_ENV_PATH": "1", "JUPYTER_TOKEN": token, "PATH": programs}


def _usable_port(port: int | None) -> int:
    if port is not None:
        if not is_free(port):
            raise CourseError(
                f"port {port} is in use, perhaps by another JupyterLab: choose another one, or leave out `--port`"
            )
        return port
    for candidate in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        if is_free(candidate):
            return candidate
    raise CourseError(f"no port from {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} is free: choose one with `--port`")


def is_free(port: int) -> bool:
    """Return whether a server can listen on a port of this machine.

    Raises
    ------
    CourseError
        When the system does not let this user listen there at all.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise CourseError(f"you aren't allowed to use port {port}: choose one above 1023") from error
        except OSError:
            return False
    return True


def _wait_until_ready(server: subprocess.Popen[bytes], address: str, log_file: Path) -> None:
    limit = time.monotonic() + _START_SECONDS
    while time.monotonic() < limit:
        if server.poll() is not None:
            said = log_file.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            reason = f" ({said[-1].strip()})" if said else ""
            raise CourseError(f"JupyterLab didn't start{reason}; its messages are in {log_file}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)  # not there yet, or a server that came first and does not know our token
    raise CourseError(f"JupyterLab didn't answer within {_START_SECONDS:.0f} s; its messages are in {log_file}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.terminate()
    try:
        server.wait(timeout=_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
