"""The glossary is complete, in order, short, and right about the lesson that introduces a term."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from coursework.lessons.catalogue import all_lessons

ROOT = Path(__file__).resolve().parent.parent
ROWS = [
    [field.strip() for field in line.strip("| ").split("|")] if not line.endswith("| |") else None
    for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| term", "| ---"))
]
# The syllabus fixes these words and their spelling.
WORDS = """imbalance ratio; minority share; prevalence; positive class; precision; recall; average precision; ROC AUC;
threshold; calibration; resampling; undersampling; oversampling""".replace("\n", " ").split("; ")


def fields(row: list[str]) -> tuple[str, str, str, int]:
    term, meaning, python, lesson = row
    return term, meaning, python, int(lesson)


TERMS = [fields(row) for row in ROWS if row]
SOURCES = {lesson.number: lesson.source_path.read_text(encoding="utf-8") for lesson in all_lessons()}


def imported_names(module: str) -> set[str]:
    """Return what the lessons import from a library."""
    names: set[str] = set()
    for text in SOURCES.values():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(module):
                names |= {alias.name for alias in node.names}
    return names


def test_every_row_has_a_term_one_sentence_and_a_lesson():
    assert None not in ROWS
    for term, meaning, _, lesson in TERMS:
        assert 1 <= lesson <= len(all_lessons()), term
        assert meaning.endswith("."), term
        assert not re.search(r"[.!?] [A-Z]", meaning), term


def test_terms_stand_in_the_order_of_the_alphabet_each_once():
    names = [re.sub(r"[^a-z0-9]", "", term.casefold()) for term, *_ in TERMS]
    assert names == sorted(set(names))


def test_the_words_that_the_course_fixes_are_there():
    assert set(WORDS) <= {term for term, *_ in TERMS}


@pytest.mark.parametrize("module", ["imblearn.over_sampling", "imblearn.under_sampling", "imblearn.combine",
                                    "imblearn.ensemble", "imblearn.metrics"])  # fmt: skip
def test_every_method_of_the_catalogue_is_there(module):
    known = " ".join(python for *_, python, _ in TERMS)
    assert {name for name in imported_names(module) if f"`{name}`" not in known} == set()


def test_each_term_stands_in_its_lesson_and_is_not_defined_in_an_earlier_one():
    for term, _, python, lesson in TERMS:
        name = term.partition(" (")[0].casefold()
        text = " ".join(SOURCES[lesson].replace("\n#", " ").replace("*", "").split()).casefold()
        assert name in text or (python and python.strip("`").casefold() in text), (term, lesson)
        for earlier in range(1, lesson):
            told = " ".join(SOURCES[earlier].replace("\n#", " ").split()).casefold()
            assert f"**{name}**" not in told, (term, earlier)
