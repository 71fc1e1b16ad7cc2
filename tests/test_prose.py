"""What can be checked of how a lesson reads: its parts, its lengths, its pictures' words, its links and its figures."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from coursework.lessons.catalogue import Lesson, finished_lessons, released_lessons
from coursework.lessons.notebook import grader_metadata, is_answer, source_text

MOST_CODE_LINES = 15
MOST_PARAGRAPH_LINES = 6
PARTS = (
    "Quick check",
    "Key points",
    "Tomorrow",
    "Optional",
    "Find the bug",
    "Questions from learners",
    "Further reading",
)
PARTS_OF_THE_FIRST_EDITION = (
    "Further",
    "Find the bug",
    "Learners asked",
    "Quick check",
    "What you take away",
    "Where to read on",
)
# A line that is no running text: heading, list, table, quotation, fence, HTML, formula.
NOT_PROSE = re.compile(r"\s*(#|[-*+] |\d+\. |\||>|```|<|\$\$|$)")
FIGURE = re.compile(r"(?<![\w.])(?:0?\.\d{2,}|\d+\.\d+(?= ?%)|\d{1,3}(?= ?%))(?![\w.])")

each_lesson = pytest.mark.parametrize("lesson", released_lessons(), ids=lambda lesson: lesson.name)
each_finished_lesson = pytest.mark.parametrize("lesson", finished_lessons(), ids=lambda lesson: lesson.name)


def place(lesson: Lesson) -> str:
    return f"solutions/{lesson.folder}/{lesson.notebook}.py"


def cells(lesson: Lesson, *, released: bool = False) -> list[dict[str, Any]]:
    path = lesson.release_path if released else lesson.solution_path
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def markdown(lesson: Lesson) -> list[str]:
    return [source_text(cell) for cell in cells(lesson) if cell["cell_type"] == "markdown"]


def paragraphs(text: str) -> list[str]:
    """Return the running text of a markdown cell, paragraph by paragraph, hints included."""
    lines = ["" if NOT_PROSE.match(line) else line for line in text.splitlines()]
    return [part.strip() for part in "\n".join(lines).split("\n\n") if part.strip()]


def is_second_edition(lesson: Lesson) -> bool:
    metadata = json.loads(lesson.release_path.read_text(encoding="utf-8"))["metadata"]
    return str(metadata["imbalanced_course"]["version"]).startswith("2")


def lines_of_code(text: str) -> list[str]:
    """Return a cell's lines without blank ones and comments."""
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


@each_finished_lesson
def test_it_opens_with_what_you_will_be_able_to_do_how_long_it_takes_and_what_it_needs(lesson):
    opening = "\n".join(markdown(lesson)[:2])
    for word in ("you can", "**Time**", "**Needs**", "**Points** 20"):
        assert word in opening, f"{place(lesson)}: the opening must say {word}"
    objectives = len(re.findall(r"^\d\. ", opening, re.MULTILINE))
    told = f"{place(lesson)}: the opening lists {objectives} things that you can do after it"
    assert 3 <= objectives <= 5, f"{told}; list three to five, numbered `1. `"


@each_finished_lesson
def test_it_has_every_part_of_a_lesson(lesson):
    headings = re.findall(r"^#{1,4} (.+)$", "\n".join(markdown(lesson)), re.MULTILINE)
    parts = PARTS if is_second_edition(lesson) else PARTS_OF_THE_FIRST_EDITION
    missing = [part for part in parts if not any(part in heading for heading in headings)]
    assert missing == [], f"{place(lesson)}: write sections with these headings, in the order {parts}"
    if is_second_edition(lesson):  # nobody misses the summary because it came after the points
        places = [next(i for i, heading in enumerate(headings) if part in heading) for part in parts]
        assert places == sorted(places), f"{place(lesson)}: put these sections in the order {parts}"


@each_lesson
def test_each_graded_task_has_three_folded_hints_and_the_capstone_two(lesson):
    text = "\n".join(markdown(lesson))
    parts = re.split(r"^(?=### )", text, flags=re.MULTILINE)
    tasks = [part for part in parts if part.startswith(("### Task", "### Bonus"))]
    least = 1 if lesson.draft else 6
    enough = len(tasks) >= least  # by itself, so that a failure doesn't print the tasks
    assert enough, f"{place(lesson)}: {len(tasks)} tasks begin with `### Task` or `### Bonus`; write {least} at least"
    hints = {part[:60]: part.count("<summary>Hint") for part in tasks}
    others = {name: n for name, n in hints.items() if n != (2 if "Capstone" in name else 3)}
    assert others == {}, f"{place(lesson)}: write three folded hints after these tasks, and two after a capstone"
    assert text.count("<details>") == text.count("</details>"), f"{place(lesson)}: a hint has no </details>"


@each_lesson
def test_no_cell_of_code_is_long(lesson):
    shown = [
        source_text(cell)
        for cell in cells(lesson, released=True)
        if cell["cell_type"] == "code" and not is_answer(cell) and not grader_metadata(cell).get("locked")
    ]
    long = [text[:80] for text in shown if len(lines_of_code(text)) > MOST_CODE_LINES]
    assert long == [], f"{place(lesson)}: shorten or split these cells; {MOST_CODE_LINES} lines at most"


@each_lesson
def test_no_paragraph_is_long(lesson):
    long = [
        part[:80]
        for text in markdown(lesson)
        for part in paragraphs(text)
        if len(part.splitlines()) > MOST_PARAGRAPH_LINES
    ]
    assert long == [], f"{place(lesson)}: break these paragraphs; {MOST_PARAGRAPH_LINES} lines at most"


@each_lesson
def test_each_picture_says_in_words_what_it_shows(lesson):
    for cell in cells(lesson):
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                alt = output.get("metadata", {}).get("image/png", {}).get("alt", "")
                assert len(alt) >= 40, source_text(cell)[:80]
                assert alt in json.dumps(cell["outputs"], ensure_ascii=False).replace("&#x27;", "'"), alt


@each_lesson
def test_no_word_in_a_picture_is_tiny(lesson):
    text = "\n".join(source_text(cell) for cell in cells(lesson))
    assert [size for size in re.findall(r"fontsize=([\d.]+)", text) if float(size) < 8] == []


@each_lesson
def test_links_lead_somewhere(lesson):
    text = "\n".join(markdown(lesson))
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if not target.startswith(("https://", "#", "attachment:")):
            path = lesson.release_path.parent / target.partition("#")[0]
            assert path.exists(), target


@each_finished_lesson
def test_sources_are_named_with_their_year(lesson):
    heading = "Further reading" if is_second_edition(lesson) else "Where to read on"
    last = next(text for text in reversed(markdown(lesson)) if heading in text)
    entries = re.findall(r"^- (.+(?:\n  .+)*)", last, re.MULTILINE)
    told = f"{place(lesson)}: {heading} lists {len(entries)} sources"
    assert len(entries) >= 3, f"{told}; list three at least, each beginning with `- `"
    undated = [entry[:60] for entry in entries if not re.search(r"\b(19|20)\d\d\b", entry)]
    assert undated == [], f"{place(lesson)}: write the year of these sources, from 1900 on"


@each_lesson
def test_no_figure_that_the_lesson_prints_is_typed_into_its_prose(lesson):
    printed = set()
    for cell in cells(lesson):
        for output in cell.get("outputs", []):
            text = "".join(output.get("text", "")) + "".join(output.get("data", {}).get("text/plain", ""))
            printed |= {figure.lstrip("0") for figure in FIGURE.findall(text) if "." in figure}
    typed = []
    for text in markdown(lesson):
        if re.search(r"^### (Task|Bonus|Find)|<summary>|^\*\*Question", text, re.MULTILINE):
            continue  # a task states what is given
        for part in paragraphs(text):
            typed += [
                figure for figure in FIGURE.findall(re.sub(r"`[^`]*`", "", part)) if figure.lstrip("0") in printed
            ]
    assert typed == [], f"{place(lesson)}: a cell prints these figures; don't type them into the text, too"


def test_the_right_letters_of_the_quick_checks_are_spread_over_the_course():
    code = "\n".join(
        source_text(cell) for lesson in finished_lessons() for cell in cells(lesson) if cell["cell_type"] == "code"
    )
    right = Counter(re.findall(r'^answer_\d = "([a-d])"', code, re.MULTILINE))
    assert set(right) == set("abcd")
    assert max(right.values()) - min(right.values()) <= 1, f"{right}: give a question of yours a rarer right letter"
