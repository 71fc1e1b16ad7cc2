"""A progress bar for a notebook."""

from __future__ import annotations

from collections.abc import Callable


def notebook_bar() -> Callable[[int, int], None]:
    """Show a progress bar under a notebook's cell, and return what moves it: give it to `compare` as `advance`."""
    from IPython.display import ProgressBar

    bar = ProgressBar(1)
    bar.display()

    def advance(done: int, total: int) -> None:
        bar.total = total
        bar.progress = done

    return advance
