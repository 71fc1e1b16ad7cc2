"""Multiple-choice questions: the learner writes a letter, and every option answers with its reason.

The question and its options stand as text in the lesson, so that they read on a static page, on paper and with a
screen reader; the answer is a plain text in a code cell, so that no mouse is needed. A question's task is named
`quick-check-1`, `quick-check-2` …, and together they make the course's quick check. In a workspace the first answer to
a question is noted (`first_answers.py`), because that one counts in the score shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imbalanced_course.checks.compare import describe
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING


def choice(name: str, answer: Any, *, right: str, reasons: Mapping[str, str]) -> Finding:
    """Judge the letter that a learner chose, and say why the option holds or not.

    Parameters
    ----------
    name : str
        The answer's name in the notebook.
    answer : object
        The letter as text; case, blanks and a bracket or full stop after it do not matter.
    right : str
        The letter of the right option.
    reasons : mapping of str to str
        For each option's letter why it is right or wrong. A wrong option's reason does not name the right one.

    Raises
    ------
    ValueError
        When `right` is none of the options.
    """
    if right not in reasons:
        raise ValueError(f"the right option {right!r} has no reason")
    letters = list(reasons)
    asked = f"{', '.join(letters[:-1])}{',' * (len(letters) > 2)} or {letters[-1]}, in quotes"
    if answer is MISSING:
        return Finding(name, "not attempted", "is not defined. Run the answer cell above.")
    if answer is ...:
        return Finding(name, "not attempted", f"is still `...`. Replace it with the letter of your choice: {asked}.")
    letter = answer.strip().strip("().").strip().casefold() if isinstance(answer, str) else ""
    if letter not in reasons:
        return Finding(name, "wrong", f"you have {describe(answer)}; it should be one letter: {asked}.")
    if letter == right:
        return Finding(name, "right", f"{letter} is right. {reasons[letter]}")
    return Finding(name, "wrong", f"not {letter}. {reasons[letter]}", mistake=reasons[letter])
