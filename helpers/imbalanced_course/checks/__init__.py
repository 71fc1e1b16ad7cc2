"""The checks of the lessons: what a check cell imports, and the parts that checks are made of.

A check cell reads the answer's names with `answers` and ends in the call of its task's check::

    from imbalanced_course.checks import answers, metrics as check

    check.two_metrics(*answers("precision", "recall"))
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imbalanced_course.checks.task import MISSING, answers

__all__ = ["MISSING", "answers"]


def __getattr__(name: str) -> Any:
    # Commands that only read what a check said need no pandas, which takes a third of a second to import.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from imbalanced_course.checks import task

    return getattr(task, name)
