"""What stands in an answer's process where the checks would: everything can be imported and called, nothing happens.

Learners call a check in a cell of their own, or copy one. The check itself runs in another process.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Iterator, Mapping
from typing import Any

_CHECKS = "imbalanced_course.checks"


class _Quiet:
    """Any function, module, or result of a check: it takes everything and shows nothing."""

    def __call__(self, *_: Any, **__: Any) -> _Quiet:
        return self

    def __getattr__(self, name: str) -> _Quiet:
        if name.startswith("_"):  # what Python and IPython look for, such as a picture of it
            raise AttributeError(name)
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __repr__(self) -> str:
        return ""

    def _ipython_display_(self) -> None:
        """Show nothing as a cell's last value."""


class _QuietModule(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _answers if name == "answers" else _Quiet()


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name == _CHECKS or name.startswith(f"{_CHECKS}."):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> types.ModuleType:
        return _QuietModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def without_checks() -> None:
    """Make `imbalanced_course.checks` importable, with nothing in it."""
    sys.meta_path.insert(0, _Finder())


def names_of_checks() -> Mapping[str, Any]:
    """Return what a notebook's check cells define, for a cell that uses it without an import of its own."""
    return {"answers": _answers, "check": _Quiet()}


def _answers(*names: str) -> tuple[Any, ...]:
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return tuple(shell.user_ns.get(name, _Quiet()) if shell else _Quiet() for name in names)
