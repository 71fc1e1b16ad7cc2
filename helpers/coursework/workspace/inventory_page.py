"""The two notebooks of the concept inventory, before lesson 1 and after lesson 7, and what they hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from coursework.workspace.notebook_page import code_cell, notebook_page, text_cell
from imbalanced_course.inventory import Question, answers_in, questions

When = Literal["before", "after"]
QUESTIONS_AGAIN = "Answer the twelve questions again to see what you've gained"
Answers = tuple[str | None, ...]

_OPENING = {
    "before": """\
# Before lesson 1: twelve questions

Ten minutes, no points. You can't know most of this yet, so guess where you have to. You won't see which answers are
right: the same questions come again after lesson 7, and then the start page shows what you've gained.""",
    "after": """\
# After lesson 7: the twelve questions again

Ten minutes, no points. When you've answered and saved, run the first cell of the start page. It compares these answers
with the ones from before lesson 1.""",
}
_HOW = 'Write the letter of your choice in quotes, as in `answer_1 = "b"`. Then run the cell.'


def inventory_name(when: When) -> str:
    """Return the file's name in the workspace."""
    return f"inventory-{when}.ipynb"


def inventory_page(when: When) -> bytes:
    """Return one of the two notebooks as bytes."""
    cells = [text_cell("opening", f"{_OPENING[when]}\n\n{_HOW}")]
    for number, question in enumerate(questions(), start=1):
        cells.append(text_cell(f"question-{number}", _text(number, question)))
        cells.append(code_cell(f"answer-{number}", f"answer_{number} = ..."))
    names = ", ".join(f"answer_{number}" for number in range(1, len(questions()) + 1))
    source = f"from imbalanced_course import inventory\n\ninventory.note(\n    {names}\n)"
    return notebook_page([*cells, code_cell("note", source)])


def inventory_answers(workspace: Path, when: When) -> Answers:
    """Return the letters that a learner has written there; None for each question without one."""
    try:
        notebook = json.loads((workspace / inventory_name(when)).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        notebook = {}
    return answers_in(notebook if isinstance(notebook, dict) else {})


def _text(number: int, question: Question) -> str:
    options = "\n".join(f"- **{letter}** {text}" for letter, text in question.options.items())
    return f"**{number}.** {question.text}\n\n{options}"
