"""The checks of the lessons: what a check cell imports, and the parts that checks are made of.

A check cell reads the answer's names with `answers` and ends in the call of its task's check::

    from imbalanced_course.checks import answers, metrics as check

    check.two_metrics(*answers("precision", "recall"))
"""

from imbalanced_course.checks.task import MISSING, answers

__all__ = ["MISSING", "answers"]
