"""Who runs submissions: threads on this machine, or the workers of a Dask cluster; one pair of processes a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

from coursework.grading.engine import Engine, EngineSettings
from imbalanced_course.errors import CourseError

CONNECT_SECONDS = 15

# The engines of this process, one a thread: they outlive a submission, and a cluster's worker outlives a run.
_engines: dict[int, Engine] = {}


def engine_of_this_thread(settings: EngineSettings) -> Engine:
    """Return the calling thread's engine, started anew when the settings are others."""
    thread = threading.get_ident()
    engine = _engines.get(thread)
    if engine is None or engine.settings != settings:
        if engine is not None:
            engine.close()
        engine = _engines[thread] = Engine(settings)
    return engine


def close_engines() -> None:
    """Stop every engine of this process."""
    while _engines:
        _engines.popitem()[1].close()


@contextmanager
def open_pool(
    settings: EngineSettings, workers: int, scheduler: str | None = None, *, warm: bool = True
) -> Iterator[tuple[Executor, int]]:
    """Yield an executor and how many submissions it runs at the same time.

    Parameters
    ----------
    settings : EngineSettings
        How answers are run.
    workers : int
        Threads of the local pool; a cluster has as many as its workers have.
    scheduler : str, optional
        The address of a Dask scheduler; its workers need this course, and bubblewrap, installed.
    warm : bool
        Whether a local pool starts its first pair right away, while the caller reads what there is to do.

    Raises
    ------
    CourseError
        When the cluster cannot be used.
    """
    if scheduler:
        yield from _cluster(scheduler)
        return
    pool = ThreadPoolExecutor(workers)
    try:
        # One pair only: the others would take the processors from the caller's own start. They start with their first
        # job.
        if warm:
            pool.submit(lambda: engine_of_this_thread(settings).start())
        yield pool, workers
    finally:
        pool.shutdown(cancel_futures=True, wait=False)
        # What still runs when the caller has failed ends here; a thread that has only just begun gets its engine later.
        ended = threading.Thread(target=pool.shutdown)
        ended.start()
        while ended.is_alive():
            close_engines()
            ended.join(0.1)
        close_engines()


def _cluster(address: str) -> Iterator[tuple[Executor, int]]:
    try:
        from distributed import Client
    except ImportError:
        raise CourseError(
            "--scheduler needs Dask: install the course with its extra, `pip install 'imbalanced-course[cluster]'`"
        ) from None
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CourseError(f"no Dask scheduler answers at {address!r} ({error})") from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise CourseError(f"the Dask scheduler at {address!r} has no workers yet: start some and try again")
        try:
            # Not pure: the same work handed in twice is run twice. A lost worker's submissions go to another.
            yield client.get_executor(pure=False, retries=3), threads
        finally:
            client.run(close_engines, on_error="ignore")
