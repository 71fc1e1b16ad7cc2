"""The sandbox for ordinary Jupyter kernels, so that stock nbgrader runs submissions in it, too.

It is chosen by its name, without any change to nbgrader:

    JUPYTER_DEFAULT_PROVISIONER_NAME=imbalanced-course-sandbox nbgrader autograde 03-metrics

The kernel then has no network, a read-only system, a copy of its folder without the notebooks, and sees neither the
gradebook nor other submissions nor the solutions. It does not protect the checks themselves: they run in the same
kernel as the answers, where an answer can change them. `course grade` does.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from coursework.grading.sandbox import font_list_folder, hidden_from_answers, sandbox_command

NAME = "imbalanced-course-sandbox"
NOBODY = "65534"
_MEMORY = 4 * 2**30
_FILE = 64 * 2**20
_CPU_SECONDS = 1800


class SandboxProvisioner(LocalProvisioner):
    """Starts a kernel of this environment inside bubblewrap; messages go over sockets that are files."""

    _folder: Path | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Give the manager sockets in a folder of their own, and wrap the kernel's command."""
        manager: Any = self.parent
        # A socket's path may have 107 characters: the system's own folder for temporary files is short.
        self._folder = Path(tempfile.mkdtemp(prefix="kernel-"))
        shared, work = self._folder / "s", self._folder / "w"
        shared.mkdir()
        shared.chmod(0o777)  # the folder around it is closed to others
        _copy_without_notebooks(Path(kwargs.get("cwd") or Path.cwd()), work)
        manager.transport = "ipc"
        manager.ip = str(shared / "k")
        manager.cache_ports = False
        manager.kernel_spec.interrupt_mode = "message"  # a signal would reach bubblewrap, not the kernel
        prepared = await super().pre_launch(**kwargs)
        connection = shared / "connection.json"
        connection.write_bytes(Path(manager.connection_file).read_bytes())
        prepared["cmd"] = [
            *_limits(),
            *sandbox_command(
                hidden=hidden_from_answers(checked_elsewhere=False),
                scratch=font_list_folder(),
                shared=(shared, work),
            ),
            *_as_nobody(),
            *(part.replace(manager.connection_file, str(connection)) for part in prepared["cmd"]),
        ]
        prepared["cwd"] = str(work)
        return prepared

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the sockets and the copied folder."""
        await super().cleanup(restart)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def _copy_without_notebooks(source: Path, target: Path) -> None:
    """Copy a notebook's folder, leaving out notebooks (they hold the hidden tests) and links."""

    def left_out(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name.endswith(".ipynb") or (Path(folder) / name).is_symlink()]

    shutil.copytree(source, target, ignore=left_out)
    for place in (target, *target.rglob("*")):
        with contextlib.suppress(OSError):
            place.chmod(0o777 if place.is_dir() else 0o666)


def _limits() -> list[str]:
    return ["prlimit", f"--as={_MEMORY}", f"--fsize={_FILE}", f"--cpu={_CPU_SECONDS}", "--core=0"]


def _as_nobody() -> list[str]:
    if os.getuid() != 0:
        return []
    return ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--no-new-privs"]


def is_registered() -> bool:
    """Return whether Jupyter finds this provisioner by its name, which it learns from the installation."""
    return any(point.name == NAME for point in entry_points(group="jupyter_client.kernel_provisioners"))
