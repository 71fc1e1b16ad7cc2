"""The outer wall: bubblewrap around the answers' process and around the checks' process."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import coursework
import imbalanced_course
from coursework.grading.trial import REFUSED
from coursework.threads import thread_limits
from imbalanced_course.course_files import course_file
from imbalanced_course.errors import CourseError, OnlyOnLinux, WrongUsage

MODES = ("auto", "bwrap", "none")

_PACKAGES = tuple(Path(package.__path__[0]).resolve() for package in (imbalanced_course, coursework))
_SOLUTIONS = ("solutions", "project-solutions")
_ROOT = Path("/")
_TRIAL_SECONDS = 60
_REASON_LENGTH = 120
# What bubblewrap says where a file, not a right, is missing.
_NOT_FOUND = re.compile("^bwrap: (execvp|Can't find source path|Can't chdir)")
# In Ubuntu since 25.04: what bubblewrap starts has no capabilities there, so it can mount nothing.
_UBUNTUS_PROFILE = "etc/apparmor.d/bwrap-userns-restrict"
_CONTAINER_MARKS = (".dockerenv", "run/.containerenv")
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
_SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/alternatives")


def choose_sandbox(mode: str) -> str:
    """Return "bwrap" or "none" for what was asked: `auto` never falls back to none by itself.

    Raises
    ------
    OnlyOnLinux
        On another system, whatever was asked: the channel to an answer is a socket that keeps packets apart, which
        macOS does not have.
    CourseError
        When bubblewrap is wanted and does not work here, with the reason and what to do.
    """
    if mode not in MODES:
        raise WrongUsage(f"--sandbox is one of {', '.join(MODES)}, not {mode!r}")
    if not sys.platform.startswith("linux"):
        raise OnlyOnLinux
    if mode == "none":
        return "none"
    problem = why_no_sandbox()
    if problem:
        raise CourseError(
            f"there is no sandbox ({problem[0]}): to fix it, {problem[1]}. Answers are strangers' programs. If you "
            "accept that they run with your rights, on your files, use `--sandbox none`"
        )
    return "bwrap"


def why_no_sandbox() -> tuple[str, str] | None:
    """Return why answers cannot be shut in on this machine, and the fix; None when they can.

    It goes the whole way that an answer's process goes, not only bubblewrap's own start.
    """
    if not sys.platform.startswith("linux"):
        return "bubblewrap exists only on Linux", "grade on Linux, or in WSL 2 on Windows"
    if shutil.which("bwrap") is None:
        return (
            "bubblewrap is not installed",
            "install it: `sudo apt install bubblewrap` or `sudo dnf install bubblewrap`",
        )
    command = [*sandbox_command(), sys.executable, "-m", "coursework.grading.trial"]
    try:
        trial = subprocess.run(command, capture_output=True, text=True, timeout=_TRIAL_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap doesn't run ({error})"[:_REASON_LENGTH], "install it again, or grade on another machine"
    if trial.returncode == 0:
        return None
    return _why_blocked((trial.stderr + trial.stdout).strip().splitlines(), refused=trial.returncode == REFUSED)


def _why_blocked(said: Sequence[str], *, refused: bool) -> tuple[str, str]:
    """Return why bubblewrap, which is there, does not work, and the fix.

    Parameters
    ----------
    said : sequence of str
        The lines that it and the trial inside it wrote.
    refused : bool
        Whether the trial came as far as asking the kernel, which refused.
    """
    words = (said[-1] if said else "no reason given")[:_REASON_LENGTH]
    if any("nknown option" in line for line in said):
        return "bubblewrap is too old", "install bubblewrap 0.5 or newer (Debian 12, Ubuntu 22.04 and later have it)"
    if not refused and (_NOT_FOUND.search(words) or not any(line.startswith("bwrap:") for line in said)):
        return (
            f"bubblewrap works, but the course's Python does not run inside it ({words})",
            "install the course in a virtual environment of its own, with `make clean setup` in a clone: inside, "
            "Python sees no packages of a user's home or of PYTHONPATH",
        )
    if _kernel_setting("kernel/unprivileged_userns_clone") == "0":
        return (
            "bubblewrap is blocked, because only root may use user namespaces on this system",
            "run `sudo sysctl kernel.unprivileged_userns_clone=1`",
        )
    if _kernel_setting("user/max_user_namespaces") == "0":
        return (
            "bubblewrap is blocked, because this system allows no user namespaces",
            "run `sudo sysctl user.max_user_namespaces=15000`",
        )
    if any((_ROOT / mark).exists() for mark in _CONTAINER_MARKS) or os.environ.get("KUBERNETES_SERVICE_HOST"):
        return (
            "bubblewrap is blocked by the container",
            "start the container with `--security-opt seccomp=unconfined`, `--security-opt apparmor=unconfined` and "
            "`--security-opt systempaths=unconfined`, or grade outside",
        )
    if refused and (_ROOT / _UBUNTUS_PROFILE).exists():
        return (
            "bubblewrap works, but Ubuntu's AppArmor profile for it refuses each answer namespaces of its own",
            f"run `sudo apparmor_parser -R /{_UBUNTUS_PROFILE}` and "
            "`sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`, or grade on Debian 12",
        )
    if _kernel_setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return (
            "bubblewrap is blocked by Ubuntu's AppArmor rule for user namespaces",
            "run `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`, or allow it only for bwrap in an "
            "AppArmor profile",
        )
    return (
        f"bubblewrap isn't allowed to work here ({words})",
        "ask the administrator to allow user namespaces, or grade on another machine",
    )


def _kernel_setting(name: str) -> str:
    """Return a setting of the running kernel, "" where it has none of that name."""
    try:
        return (_ROOT / "proc/sys" / name).read_text().strip()
    except OSError:
        return ""


def sandbox_command(
    *, hidden: Sequence[Path] = (), scratch: Path | None = None, shared: Sequence[Path] = ()
) -> list[str]:
    """Return the bubblewrap command line that a Python command is appended to.

    Everything is read-only, there is no network, no home and no other process; `/tmp` is empty.

    Parameters
    ----------
    hidden : sequence of Path
        Folders that are not to be seen, as from `hidden_from_answers`.
    scratch : Path, optional
        A folder with the font list of matplotlib, which takes seconds to make anew.
    shared : sequence of Path
        Folders that are writable inside and seen outside; the last one is where the command starts.
    """
    command = ["bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
               "--die-with-parent", "--new-session", "--clearenv", "--hostname", "sandbox"]  # fmt: skip
    if os.getuid() == 0:
        # Started as root, the process inside becomes nobody by itself; it needs these two for that.
        command += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    for folder in _SYSTEM:
        path = Path(folder)
        if path.is_symlink():
            command += ["--symlink", str(path.readlink()), folder]
        elif path.exists():
            command += ["--ro-bind", folder, folder]
    for name in _SYSTEM_FILES:
        command += ["--ro-bind-try", name, name]
    command += ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp", "--perms", "1777",
                "--tmpfs", "/dev/shm"]  # fmt: skip
    places = _outermost([Path(sys.base_prefix), Path(sys.prefix), *_PACKAGES, course_file("datasets")])
    places = [
        place for place in places if not any(place.is_relative_to(system) for system in ("/usr", "/lib", "/lib64"))
    ]
    for parent in sorted({parent for place in places for parent in place.parents if parent != Path("/")}):
        command += ["--perms", "0755", "--dir", str(parent)]  # bubblewrap would make them unreadable for nobody
    for place in places:
        command += ["--ro-bind", str(place), str(place)]
    for part in hidden:
        command += ["--tmpfs", str(part), "--remount-ro", str(part)]
    if scratch:
        command += ["--perms", "1777", "--dir", "/tmp/matplotlib"]
        for fonts in scratch.glob("fontlist-*.json"):
            command += ["--ro-bind", str(fonts), f"/tmp/matplotlib/{fonts.name}"]
    for name, value in process_environment().items():
        command += ["--setenv", name, value]
    for place in shared:
        command += ["--perms", "0755", "--dir", str(place.parent), "--bind", str(place), str(place)]
    # The empty places that bubblewrap made would be writable for the user who started it.
    start = str(shared[-1]) if shared else "/tmp"
    return [*command, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", start]


def hidden_from_answers(*, checked_elsewhere: bool) -> list[Path]:
    """Return the folders of the course that an answer's process must not see: all commands but its own, and solutions.

    Parameters
    ----------
    checked_elsewhere : bool
        Whether checks run in another process, so that this one needn't see them; in stock nbgrader's kernel they do.
    """
    course, commands = _PACKAGES
    parts = [part for place in _places_of(commands) for part in place.iterdir() if part.name != "answering"]
    if checked_elsewhere:
        parts += [place / "checks" for place in _places_of(course)]
    return [*solution_folders(), *(part for part in parts if part.is_dir())]


def solution_folders() -> list[Path]:
    """Return the folders that hold answers where the course is installed; a clone's are in no sandbox anyway."""
    folders = [place / "bundled" / name for place in _places_of(_PACKAGES[0]) for name in _SOLUTIONS]
    return [folder for folder in folders if folder.is_dir()]


def _places_of(package: Path) -> list[Path]:
    """Return every place that holds a package or parts of it: an editable install can leave files beside itself."""
    found = (Path(entry) / package.name for entry in sys.path if entry)
    return sorted({package, *(place.resolve() for place in found if place.is_dir())})


def process_environment() -> dict[str, str]:
    """Return the whole environment of a process that runs answers or checks: nothing of the caller's comes along."""
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLCONFIGDIR": "/tmp/matplotlib",
        "MPLBACKEND": "agg",
        "IPYTHONDIR": "/tmp/ipython",
        "IMBALANCED_COURSE_CACHE": "/tmp/cache",
        "LOKY_MAX_CPU_COUNT": "1",  # `n_jobs=-1` means the one processor that a worker is meant to use
        **thread_limits(),
    }


def font_list_folder() -> Path | None:
    """Return where this user's matplotlib keeps its font list, making it first if there is none."""
    import matplotlib
    import matplotlib.font_manager  # the import writes the list

    folder = Path(matplotlib.get_cachedir())
    return folder if any(folder.glob("fontlist-*.json")) else None


def _outermost(places: Sequence[Path]) -> list[Path]:
    """Return the places without those that lie in another one; a symbolic link counts as where it leads."""
    resolved = sorted({place.resolve() for place in places} | {place.absolute() for place in places})
    return [p for p in resolved if not any(p != other and p.is_relative_to(other) for other in resolved)]


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that leads its own group, and all of the group.

    bubblewrap that is killed in its first milliseconds leaves a child behind, which waits for it for good.
    """
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
