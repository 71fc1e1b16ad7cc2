"""What works in a learner's Jupyter must not cost a task here, where there is no window and no network.

A picture is drawn inline, whatever backend is asked for; what joblib would do in other processes it does in threads;
magic commands that only a notebook's page has, and installing packages, do nothing and say so.
"""

from __future__ import annotations

import contextlib
import re
import sys
from typing import Any

_INLINE = ("module://matplotlib_inline.backend_inline", "inline")
_INTO_FILES = ("agg", "cairo", "pdf", "pgf", "ps", "svg", "template")
_INSTALLS = re.compile(r"\s*(?:\S+\s+-m\s+)?(?:uv\s+)?(?:pip|pip3|conda|mamba|micromamba)\b")
_NOTHING_INSTALLED = "Packages are not installed where this is graded."
_OF_THE_PAGE = ("autosave", "clear", "connect_info", "edit", "less", "man", "more", "qtconsole", "subshell")


def draw_inline_only() -> None:
    """Make matplotlib draw inline where an answer asks for a backend that needs a window or a page."""
    import matplotlib
    import matplotlib.pyplot as plt

    use, switch_backend = matplotlib.use, plt.switch_backend

    def use_or_stay(backend: str, *, force: bool = True) -> None:
        if _can_be_used(backend):
            use(backend, force=force)
        else:
            switch_or_stay(backend)

    def switch_or_stay(newbackend: str) -> None:
        if _can_be_used(newbackend):
            switch_backend(newbackend)
        elif matplotlib.get_backend().lower() not in _INLINE:
            switch_backend(_INLINE[0])

    matplotlib.use, plt.switch_backend = use_or_stay, switch_or_stay


def _can_be_used(backend: str) -> bool:
    return str(backend).lower() in (*_INLINE, *_INTO_FILES)


def stay_in_process() -> None:
    """Make joblib use threads, also where other processes are asked for: these look for themselves in `/proc`."""
    from joblib import parallel_config
    from joblib.parallel import BACKENDS, ThreadingBackend

    class InThreads(ThreadingBackend):  # type: ignore[misc]  # joblib has no types
        supports_inner_max_num_threads = True

    parallel_config("threading")
    BACKENDS.update(loky=InThreads, multiprocessing=InThreads)


def find_thread_pools_without_proc() -> None:
    """Let threadpoolctl ask the loader for the libraries: beside other threads it reads `/proc`, which answers lack."""
    with contextlib.suppress(ImportError, AttributeError):  # older versions have no such function, and need none
        from threadpoolctl import ThreadpoolController as Controller

        Controller._find_libraries_with_linux = Controller._find_libraries_with_dl_iterate_phdr


class WithoutAPage:
    """For a shell: magic commands that need a notebook's page, or are not installed, cost nothing but themselves."""

    def init_magics(self) -> None:
        """Add what a kernel has beyond a plain shell, and what does nothing here."""
        super().init_magics()  # type: ignore[misc]
        shell: Any = self
        for name in _OF_THE_PAGE:
            shell.register_magic_function(lambda line="": None, "line", name)
        for name in ("pip", "conda", "mamba", "micromamba", "uv"):
            shell.register_magic_function(lambda line="": _say(_NOTHING_INSTALLED), "line", name)

    def enable_gui(self, gui: Any = None) -> None:
        """There is no event loop to join; the inline backend asks all the same."""

    def enable_matplotlib(self, gui: Any = None) -> Any:
        """Draw inline, whatever is asked for."""
        return super().enable_matplotlib("inline")  # type: ignore[misc]

    def system(self, command: str) -> Any:
        """Run a command as `!command` does, unless it installs something."""
        if _INSTALLS.match(command):
            return _say(_NOTHING_INSTALLED)
        return super().system_piped(command)  # type: ignore[misc]

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """Run a `%magic`; an unknown one, or an extension that is not installed, is told and passed over."""
        shell: Any = self
        if shell.find_line_magic(magic_name) is None:
            return _say(f"%{magic_name} is not installed where this is graded.")
        with _told_if_missing(magic_name == "load_ext"):
            return super().run_line_magic(magic_name, line, _stack_depth=_stack_depth + 1)  # type: ignore[misc]

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """Run a `%%magic`; below an unknown one the cell is run as Python."""
        shell: Any = self
        if shell.find_cell_magic(magic_name) is None:
            _say(f"%%{magic_name} is not installed where this is graded.")
            return shell.ex(shell.transform_cell(cell))
        return super().run_cell_magic(magic_name, line, cell)  # type: ignore[misc]


@contextlib.contextmanager
def _told_if_missing(extension: bool) -> Any:
    try:
        yield
    except ImportError as error:
        if not extension:
            raise
        _say(f"{error} where this is graded.")


def _say(text: str) -> None:
    print(text, file=sys.stderr)
