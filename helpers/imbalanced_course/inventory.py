"""The concept inventory: twelve questions before lesson 1 and again after lesson 7, with no reasons in between.

The answers stay in the learner's notebooks; the start page compares the two.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_LONGEST = 2_000  # characters of a cell with an answer; a longer text is a stranger's


@dataclass(frozen=True)
class Question:
    """One question: the `concept` it asks for, its `options` by letter, and the letter that is `right`."""

    concept: str
    text: str
    right: str
    options: Mapping[str, str]


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions in their order."""
    text = Path(__file__).with_name("inventory.toml").read_text(encoding="utf-8")
    return tuple(Question(**entry) for entry in tomllib.loads(text)["question"])


def note(*answers: Any) -> None:
    """Print how many questions have an answer, and nothing about which are right."""
    given = sum(_letter(answer) is not None for answer in answers)
    odd = [
        f"answer_{number}"
        for number, answer in enumerate(answers, start=1)
        if answer is not ... and _letter(answer) is None
    ]
    print(f"{given} of {len(questions())} questions answered. Save the notebook (Ctrl+S) to keep your answers.")
    if odd:
        print(f"Not a, b, c, or d in quotes: {', '.join(odd)}.")


def answers_in(notebook: Mapping[str, Any]) -> tuple[str | None, ...]:
    """Return the letter given to each question in a learner's notebook, None where there is none."""
    found: list[str | None] = [None] * len(questions())
    cells = notebook.get("cells")
    for cell in cells if isinstance(cells, list) else []:
        try:
            source = cell["source"]
            text = source if isinstance(source, str) else "".join(source)
            tree = ast.parse(text if len(text) <= _LONGEST else "")
        except (KeyError, TypeError, SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                for name in node.targets:
                    number = _number(name)
                    if number is not None:
                        found[number] = _letter(node.value.value)
    return tuple(found)


def _number(name: ast.expr) -> int | None:
    """Return the place of `answer_3` among the questions, which is 2."""
    text = name.id.removeprefix("answer_") if isinstance(name, ast.Name) else ""
    return int(text) - 1 if text.isdecimal() and 1 <= int(text) <= len(questions()) else None


def _letter(answer: Any) -> str | None:
    letter = answer.strip().strip("().").strip().casefold() if isinstance(answer, str) else ""
    return letter if letter in ("a", "b", "c", "d") else None
