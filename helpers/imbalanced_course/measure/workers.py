"""Jobs in several processes, with a moment at which they end: what runs then is stopped, and nobody waits for it."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

_MOST_WORKERS = 4

_do: Callable[[Any, Any], Any]
_shared: Any


class Runner:
    """Does jobs, one after another or in a pool."""

    def __init__(self, do: Callable[[Any, Any], Any], shared: Any, workers: int, pool: Any = None):
        self.workers = workers
        self._do, self._shared, self._pool = do, shared, pool

    def __call__(self, jobs: Iterable[Any], deadline: float) -> Iterator[Any]:
        """Yield the results in the order in which they come, until the deadline (of `time.monotonic`)."""
        if self._pool is None:
            for job in jobs:
                if time.monotonic() > deadline:
                    return
                yield self._do(self._shared, job)
            return
        results = self._pool.imap_unordered(_work, jobs)
        while True:
            try:
                yield results.next(max(0.0, deadline - time.monotonic()))
            except (StopIteration, multiprocessing.TimeoutError):
                return


@contextmanager
def run_jobs(do: Callable[[Any, Any], Any], shared: Any, workers: int | None = None) -> Iterator[Runner]:
    """Give what does jobs: `do(shared, job)` for each, in processes that end with this block.

    Parameters
    ----------
    do : callable
        A function of a module, so that other processes find it.
    shared : object
        What all jobs need, sent to each process once.
    workers : int, optional
        How many processes; with 1 the jobs are done in this one. By default one per processor, and four at most.
    """
    from joblib import cpu_count

    count = workers or min(cpu_count(), _MOST_WORKERS)
    if count == 1:
        yield Runner(do, shared, 1)
        return
    with without_interrupts():
        pool = multiprocessing.get_context("spawn").Pool(count, _begin, (do, shared))
    with pool:
        yield Runner(do, shared, count, pool)


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Ignore Ctrl-C, also in processes that begin here: it reaches all of a terminal, and one decides what ends."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def _begin(do: Callable[[Any, Any], Any], shared: Any) -> None:
    global _do, _shared
    _do, _shared = do, shared


def _work(job: Any) -> Any:
    return _do(_shared, job)
