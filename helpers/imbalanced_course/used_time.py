"""How long processes are at work: wall clock less waiting for a processor and standing still.

A busy machine, a stopped process or a suspended machine must not use up anybody's time; `sleep` does.

Linux counts in `/proc` how long each thread waited for a processor. Where that is missing (macOS, Windows), the time of
this process is its processor time and a tenth of the rest, and that of others is the wall clock.
"""

from __future__ import annotations

import bisect
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

# What stands still uses no time, but is not waited for without end: so many times its limit.
MOST_WALL = 10
# A wait is only counted when it is over: so much of it may be taken off later.
_MOST_OWED = 5.0
_SHARE_OF_IDLE_TIME = 0.1
_NANOSECOND = 1e-9


class UsedTime:
    """The time that some processes use, from now on; it has to be looked at several times a second.

    Parameters
    ----------
    processes : callable
        Returns the numbers of the processes as `/proc` names them, the main one first; `["self"]` is this process.
    """

    def __init__(self, processes: Callable[[], Sequence[str]]) -> None:
        self._processes = processes
        self._counted = Path("/proc/self/schedstat").exists()
        self._before: dict[Path, tuple[float, float]] = {}
        self._own_before = time.process_time()
        self._owed = 0.0
        self._looks = [(time.monotonic(), 0.0, 0.0)]  # moment, used and waited until then
        if processes() == ["self"]:
            self._spent_and_waited(["self"])  # what it did before does not count

    def look(self, late: float = 0.0) -> None:
        """Add up what was used since the last look.

        Parameters
        ----------
        late : float
            Seconds by which this look comes later than it was to: the looking process stood still itself.
        """
        last, used, waited = self._looks[-1]
        now = time.monotonic()
        passed = now - last
        processes = self._processes()
        spent, wait = self._spent_and_waited(processes)
        idle = max(0.0, passed - spent)
        still = min(idle, passed if processes and _is_stopped(processes[0]) else late)
        self._owed += wait
        excused = min(idle - still, self._owed)
        self._owed = min(self._owed - excused, _MOST_OWED)
        self._looks.append((now, used + passed - still - excused, waited + excused))

    def since(self, moment: float) -> tuple[float, float]:
        """Return the seconds used, and those spent waiting for a processor, since a moment of the monotonic clock."""
        place = bisect.bisect(self._looks, (moment, float("inf"), 0.0))
        _, used_now, waited_now = self._looks[-1]
        if place == len(self._looks):
            return 0.0, 0.0
        after = self._looks[place]
        if place == 0:
            return used_now, waited_now
        before = self._looks[place - 1]
        share = (moment - before[0]) / (after[0] - before[0])
        used, waited = (before[i] + share * (after[i] - before[i]) for i in (1, 2))
        return used_now - used, waited_now - waited

    def _spent_and_waited(self, processes: Sequence[str]) -> tuple[float, float]:
        """Return the seconds of processor, and of waiting for one, since the last call."""
        if not self._counted:
            if list(processes) != ["self"]:
                return 0.0, 0.0
            before, self._own_before = self._own_before, time.process_time()
            spent = self._own_before - before
            return spent, (1 - _SHARE_OF_IDLE_TIME) * (time.monotonic() - self._looks[-1][0] - spent)
        now = {thread: times for process in processes for thread, times in _threads(process)}
        steps = [(times, self._before.get(thread, (0.0, 0.0))) for thread, times in now.items()]
        self._before = now
        return sum(new[0] - old[0] for new, old in steps), sum(new[1] - old[1] for new, old in steps)


def waited_by_this_thread() -> float:
    """Return the seconds that this thread has waited for a processor; 0 where nobody counts them."""
    return _times(Path("/proc/thread-self"))[1]


def _threads(process: str) -> Iterator[tuple[Path, tuple[float, float]]]:
    try:
        folders = list(Path(f"/proc/{process}/task").iterdir())
    except OSError:  # the process is gone
        return
    for folder in folders:
        yield folder, _times(folder)


def _times(thread: Path) -> tuple[float, float]:
    try:
        spent, waited = (thread / "schedstat").read_text().split()[:2]
    except (OSError, ValueError):
        return 0.0, 0.0
    return int(spent) * _NANOSECOND, int(waited) * _NANOSECOND


def _is_stopped(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in ("T", "t")
    except (OSError, IndexError):
        return False
