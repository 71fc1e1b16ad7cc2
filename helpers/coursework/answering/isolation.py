"""What keeps one answer's process away from everything else: namespaces, limits, and no privileges.

The outer wall is bubblewrap (`grading/sandbox.py`). Inside it each answer gets process, mount and user namespaces
of its own, so that nothing it leaves running or writes outlives it, and no other answer can be seen.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
from dataclasses import dataclass
from typing import Any

from coursework.answering.system_calls import refuse_system_calls

NOBODY = 65534

_NEW_MOUNTS, _NEW_SHARED_MEMORY, _NEW_USER, _NEW_PROCESSES = 0x00020000, 0x08000000, 0x10000000, 0x20000000
_END_WITH_PARENT, _SET_DUMPABLE, _DROP_BOUNDING_CAPABILITY, _SET_NO_NEW_PRIVILEGES = 1, 4, 24, 38
_NO_SUID, _NO_DEVICES = 0x2, 0x4
_BIND_WITH_ALL_BELOW = 0x1000 | 0x4000


@dataclass(frozen=True)
class Limits:
    """What one answer's process may use: bytes of memory beyond the warm process, seconds of processor, and so on."""

    memory_bytes: int = 2 * 2**30
    cpu_seconds: int = 120
    processes: int = 32
    file_bytes: int = 64 * 2**20
    scratch_bytes: int = 128 * 2**20
    open_files: int = 256


class IsolationError(Exception):
    """The kernel refused a namespace or a mount."""


def drop_root() -> None:
    """Become nobody when started as root: limits on processes do not bind root."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def enter_nursery() -> int:
    """Move into a user and a process namespace of our own, from which each answer gets a fresh one.

    Returns in a child, which is the first process there; the caller's process only waits for it and ends with it.
    Returns a descriptor of the process namespace, to come back to after each fork.
    """
    _own_user_namespace(_NEW_PROCESSES)
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    end_with_parent()
    namespace = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    _call("prctl", _SET_DUMPABLE, 0, 0, 0, 0)  # no answer may read or trace the process it came from
    return namespace


def end_with_parent() -> None:
    """Let this process be killed when the one that forked it ends, however that ends."""
    _call("prctl", _END_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


def fork_first_process(namespace: int) -> int:
    """Fork a child that is the first process of a new process namespace: with it, all it started ends."""
    _call("unshare", _NEW_PROCESSES)
    child = os.fork()
    if child:
        _call("setns", namespace, _NEW_PROCESSES)
    return child


def confine(limits: Limits) -> None:
    """Shut the calling process in: empty `/proc`, scratch of its own, limits, no capabilities, fewer system calls.

    Raises
    ------
    IsolationError
        When the kernel refuses; the caller must not run the answer then.
    """
    _own_user_namespace(_NEW_MOUNTS | _NEW_SHARED_MEMORY)
    set_limits(limits)  # while `/proc` still tells how much memory the warm process holds
    _mount_scratch("/tmp", f"size={limits.scratch_bytes},nr_inodes=20000,mode=1777")
    _mount_scratch("/dev/shm", f"size={limits.scratch_bytes},nr_inodes=2000,mode=1777")
    _mount_empty("/proc", "size=4096,nr_inodes=2,mode=555")
    for capability in range(64):
        _libc().prctl(_DROP_BOUNDING_CAPABILITY, capability, 0, 0, 0)
    _drop_capabilities()
    _call("prctl", _SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    try:
        refuse_system_calls()
    except OSError as error:
        raise IsolationError(str(error)) from None


def set_limits(limits: Limits) -> None:
    """Set the limits that work in any process, also where there are no namespaces."""
    memory = _memory_in_use() + limits.memory_bytes
    for name, most in (
        ("RLIMIT_AS", memory),
        ("RLIMIT_CPU", limits.cpu_seconds),
        ("RLIMIT_NPROC", limits.processes),
        ("RLIMIT_FSIZE", limits.file_bytes),
        ("RLIMIT_NOFILE", limits.open_files),
        ("RLIMIT_CORE", 0),
    ):
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        with contextlib.suppress(ValueError, OSError):  # a hard limit below ours stays
            resource.setrlimit(kind, (most, most))


def _memory_in_use() -> int:
    try:
        with open("/proc/self/statm") as table:  # noqa: PTH123  (a path object here costs a millisecond a fork)
            return int(table.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _own_user_namespace(flags: int) -> None:
    user, group = os.getuid(), os.getgid()
    _call("prctl", _SET_DUMPABLE, 1, 0, 0, 0)  # else the maps below belong to root
    _call("unshare", _NEW_USER | flags)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as table:  # noqa: PTH123
            table.write(text)


def _mount_scratch(place: str, options: str) -> None:
    """Cover a folder with an empty one; what bubblewrap shows below it, a Python installed there perhaps, stays."""
    kept = [(folder, os.open(folder, os.O_PATH | os.O_CLOEXEC)) for folder in _folders_mounted_below(place)]
    _mount_empty(place, options)
    for folder, descriptor in kept:
        os.makedirs(folder)  # noqa: PTH103
        os.fchdir(descriptor)  # the only way to it, now that it is covered
        _call("mount", b".", os.fsencode(folder), None, _BIND_WITH_ALL_BELOW, None)
        os.close(descriptor)


def _folders_mounted_below(place: str) -> list[str]:
    """Return the outermost folders that are mounted below a folder."""
    with open("/proc/self/mountinfo", "rb") as table:  # noqa: PTH123
        fields = [line.split(b" ", 5)[4] for line in table]
    points = [os.fsdecode(field.decode("unicode_escape").encode("latin-1")) for field in fields]  # a space is \\040
    found: list[str] = []
    for point in sorted({point for point in points if point.startswith(f"{place}/")}):
        if not any(point.startswith(f"{outer}/") for outer in found):
            found.append(point)
    return [point for point in found if os.path.isdir(point)]  # noqa: PTH112


def _mount_empty(place: str, options: str) -> None:
    _call("mount", b"tmpfs", place.encode(), b"tmpfs", _NO_SUID | _NO_DEVICES, options.encode())


def _drop_capabilities() -> None:
    class Header(ctypes.Structure):
        _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))

    header, sets = Header(0x20080522, 0), (ctypes.c_uint32 * 6)()
    _call("capset", ctypes.byref(header), ctypes.byref(sets))


def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: Any) -> None:
    if getattr(_libc(), name)(*arguments) != 0:
        code = ctypes.get_errno()
        raise IsolationError(f"{name}: {os.strerror(code)}")
