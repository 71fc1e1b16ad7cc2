"""How much memory an answer uses with all the processes that it started: a process's own limit does not see them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def memory_of_children() -> int:
    """Return the bytes that this process's children and their children hold, shared pages counted once.

    Returns 0 where there is no `/proc`. The numbers of processes are those of the mounted `/proc`, which may belong to
    another namespace than the caller's.
    """
    found = list(descendants())
    resident = sum(_resident(process) for process in found)
    own = _resident("self")
    # What a fork shares with the process it came from counts for both; only then is the slow, exact number needed.
    return resident if resident <= own or not found else sum(map(_proportional, found))


def memory_of_this_process() -> int:
    """Return the bytes that this process holds."""
    return _resident("self")


def descendants(process: str = "thread-self") -> Iterator[str]:
    """Yield the numbers of all that a process started, and these started, as the mounted `/proc` names them."""
    tasks = [Path("/proc/thread-self")] if process == "thread-self" else _tasks(process)
    for task in tasks:
        for child in _words(task / "children"):
            yield child
            yield from descendants(child)


def _tasks(process: str) -> list[Path]:
    try:
        return list(Path(f"/proc/{process}/task").iterdir())
    except OSError:
        return []


def _resident(process: str) -> int:
    words = _words(Path(f"/proc/{process}/statm"))
    return int(words[1]) * _PAGE if len(words) > 1 else 0


def _proportional(process: str) -> int:
    words = _words(Path(f"/proc/{process}/smaps_rollup"))
    return int(words[words.index("Pss:") + 1]) * 1024 if "Pss:" in words else _resident(process)


def _words(path: Path) -> list[str]:
    try:
        return path.read_text().split()
    except OSError:  # the process is gone
        return []
