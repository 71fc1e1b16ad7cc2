"""Each mistake that a check names gets its sentence: a sentence that nobody can get would help nobody.

Each check runs on the reference solution. Whatever it compares is compared once more with each of its known mistakes in
the answer's place.
"""

from __future__ import annotations

import copy
import importlib
import sys

import pytest
from lesson_answers import cells, outcome, tasks

from coursework.lessons.catalogue import written_lessons
from imbalanced_course.checks import compare

# A find-the-bug task tells its mistakes by several names at once.
TASKS = [
    pytest.param(lesson, name, id=f"{lesson.notebook}: {name}")
    for lesson in written_lessons()
    for name in tasks(lesson)
    if name != "find-the-bug"
]


class Comparisons:
    """`value`, `function` and `entries`, which also try each known mistake and keep what it would be told."""

    def __init__(self):
        self.unnamed: list[tuple[str, str, str]] = []

    def look(self, finding, sentence):
        named = sentence.rstrip(".") in finding.message
        if not named and finding.status != "right":  # some mistakes give the right value on some data
            self.unnamed.append((finding.name, sentence, finding.message))

    def value(self, name, answer, expected, *, mistakes=None, **options):
        for sentence, wrong in (mistakes or {}).items():
            self.look(compare.value(name, wrong, expected, mistakes=mistakes, **options), sentence)
        return compare.value(name, answer, expected, mistakes=mistakes, **options)

    def function(self, name, answer, right, inputs, *, mistakes=None, agree=None, **options):
        inputs = list(inputs)
        options |= {"mistakes": mistakes, "agree": agree}
        if agree is None:  # with `agree`, a mistake may return all values that show it
            for sentence, wrong in (mistakes or {}).items():
                self.look(compare.function(name, wrong, right, inputs, **options), sentence)
        return compare.function(name, answer, right, inputs, **options)

    def entries(self, name, answer, right, inputs, *, mistakes=None, **options):
        inputs = list(inputs)
        for key, wrongs in (mistakes or {}).items():
            for sentence, wrong in wrongs.items():

                def one_entry(*arguments, key=key, wrong=wrong):
                    return {**right(*copy.deepcopy(arguments)), key: wrong(*arguments)}

                findings = compare.entries(name, one_entry, right, inputs, mistakes=mistakes, **options)
                if len(findings) > 1:  # else it stopped on an input
                    self.look(next(one for one in findings if one.name.endswith(key)), sentence)
        return compare.entries(name, answer, right, inputs, mistakes=mistakes, **options)


@pytest.mark.parametrize(("lesson", "name"), TASKS)
def test_each_named_mistake_gets_its_sentence(lesson, name, monkeypatch):
    spied = Comparisons()
    importlib.import_module(f"imbalanced_course.checks.{lesson.notebook}")
    for module in [module for key, module in sys.modules.items() if key.startswith("imbalanced_course.checks.")]:
        for comparison in ("value", "function", "entries"):
            if module is not compare and vars(module).get(comparison) is getattr(compare, comparison):
                monkeypatch.setattr(module, comparison, getattr(spied, comparison))
    assert outcome(lesson, name, cells(lesson)[name]).status == "right"
    assert spied.unnamed == []
