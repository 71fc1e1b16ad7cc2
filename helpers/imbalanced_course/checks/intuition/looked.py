"""Judge a function whose right values are many: look at each value that it returns, and say what is wrong with it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from typing import Any

from imbalanced_course.checks.compare import function
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.values import not_attempted


def judged(
    name: str,
    answer: Any,
    look: Callable[..., str],
    inputs: Sequence[tuple[Any, ...]],
    *,
    about: Sequence[str],
    known: Container[str] = (),
    errors: dict[str, str] | None = None,
    share: float = 1.0,
) -> Finding:
    """Call the learner's function on fresh inputs and look at what it returns.

    Parameters
    ----------
    name, answer, inputs, about, errors, share
        As in `compare.function`.
    look : callable
        `look(came, *arguments)` returns a sentence that says what is wrong, and nothing where all is right.
    known : container of str
        The sentences that name a known mistake.
    """
    said: list[str] = []

    def looked(*arguments: Any) -> Any:
        came = answer(*copy.deepcopy(arguments))
        if not_attempted(came):
            return ...
        said.append(look(came, *arguments))
        return said[-1]

    finding = function(
        name,
        looked if callable(answer) else answer,
        lambda *arguments: "",
        inputs,
        about=about,
        errors=errors,
        share=share,
    )
    wrong = [i for i, sentence in enumerate(said) if sentence]
    if finding.status != "wrong" or not wrong:
        return finding
    sentence = said[wrong[0]]
    told = f"is wrong on {len(wrong)} of {len(inputs)} inputs. For {about[wrong[0]]}: {sentence}."
    return replace(finding, message=told, mistake=sentence if sentence in known else None)
