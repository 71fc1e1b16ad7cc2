"""How many threads numerical libraries use in the processes that are started."""

from __future__ import annotations

_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def thread_limits(threads: int = 1) -> dict[str, str]:
    """Return the variables of an environment in which each library uses at most so many threads."""
    return dict.fromkeys(_VARIABLES, str(threads))
