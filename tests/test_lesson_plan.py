"""What of a submission is run: its own cells always, the lesson's illustrations only where they could matter."""

from __future__ import annotations

import gc
import json
import time
from concurrent.futures import ThreadPoolExecutor
from html import escape
from typing import Any

import pytest

from coursework.grading.feedback import feedback_page
from coursework.grading.lesson_plan import LessonParts, course_lesson, is_illustration, lesson_parts, plan
from coursework.grading.names_used import imports_of
from coursework.grading.taking import take
from coursework.lessons.catalogue import find_lesson, written_lessons
from coursework.lessons.notebook import is_answer, source_text, syntax_tree

LESSONS = [lesson.folder for lesson in written_lessons()]


def parts_of(name: str) -> LessonParts:
    return course_lesson(name)


def released(name: str) -> dict[str, Any]:
    return json.loads(find_lesson(name).release_path.read_text(encoding="utf-8"))


def steps_of(name: str, submission: dict[str, Any]) -> list[dict[str, Any]]:
    parts = parts_of(name)
    return plan(parts, take(parts, submission)).steps


def run_of_ours(name: str, submission: dict[str, Any]) -> set[str]:
    """Return the sources that are run for a submission and stand as they are in an illustration or answer of ours."""
    ours = {source_text(cell) for cell in released(name)["cells"] if is_illustration(cell) or is_answer(cell)}
    return {step["source"] for step in steps_of(name, submission) if step["kind"] == "run"} & ours


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("solved", [False, True], ids=["untouched", "solved"])
def test_no_illustration_is_run_for_who_does_only_what_the_tasks_ask(name, solved):
    submission = json.loads(find_lesson(name).solution_path.read_text(encoding="utf-8")) if solved else released(name)
    tasks = tasks_of(name)
    answers = {step["source"] for step in steps_of(name, submission) if step["name"] in tasks}
    assert run_of_ours(name, submission) <= answers


@pytest.mark.parametrize("name", LESSONS)
def test_each_setup_cell_behind_the_first_ones_is_run_where_it_stands(name):
    sources = [
        source_text(cell)
        for cell in released(name)["cells"]
        if (cell["metadata"].get("nbgrader") or {}).get("grade_id", "").startswith("setup")
    ]
    later = sources[len(parts_of(name).setup) :]
    run = [step["source"] for step in steps_of(name, released(name)) if step["source"] in later]
    assert run == later


@pytest.mark.parametrize("name", LESSONS)
def test_illustrations_are_run_for_who_uses_one_of_their_names(name):
    submission = released(name)
    used = sorted(parts_of(name).shown_names)[0]
    submission["cells"].append({"cell_type": "code", "id": "own", "metadata": {}, "source": f"print({used})"})
    assert run_of_ours(name, submission) > run_of_ours(name, released(name))


FOLDED = "import numpy as np\nax = np.zeros(3)\nprint(ax)\nprint(2 * ax)"


@pytest.mark.parametrize(
    ("added", "folded"),
    [
        (FOLDED.replace("zeros", "ones"), True),
        ("print(1 + 1)", False),
        (f"{FOLDED}\n" + "print(3)\nprint(4)\n" * 4, True),
    ],
    ids=["changed", "new", "much longer"],
)
def test_folded_code_of_ours_that_was_changed_is_folded_in_feedback(added, folded):
    own = {"cell_type": "code", "id": "draws", "metadata": {"jupyter": {"source_hidden": True}}, "source": FOLDED}
    lesson = lesson_parts("03-metrics", {"cells": [own], "metadata": {}})
    submission = {"cells": [{**own, "source": added}], "metadata": {}}
    made = plan(lesson, take(lesson, submission))
    page = feedback_page(find_lesson("metrics"), {}, "ada", made, [{"outputs": []} for _ in made.steps], [], "0 points")
    assert [entry["folded"] for entry in made.layout] == [folded]
    assert ("<details><summary>Show the code</summary><pre>" in page) == folded
    assert escape(added.splitlines()[0]) in page


def tasks_of(name: str) -> set[str]:
    return {task.name for task in parts_of(name).tasks}


def test_trees_of_cells_are_built_in_any_number_of_threads():
    """In CPython 3.11 a garbage collection that lets another thread build a tree, too, ends in a SystemError."""
    source = "\n".join(f"def f{i}(a=({'(' * 20}1{')' * 20})): return a" for i in range(100))
    gc.callbacks.append(let_others := lambda *_: time.sleep(0))
    usual = gc.get_threshold()
    gc.set_threshold(50)
    try:
        with ThreadPoolExecutor(8) as threads:
            trees = list(threads.map(syntax_tree, [source] * 80))
    finally:
        gc.set_threshold(*usual)
        gc.callbacks.remove(let_others)
    assert len(trees) == 80


def test_of_an_illustration_that_tries_an_import_the_import_is_only_tried():
    space: dict[str, Any] = {}
    tried = "try:\n    import no_such_module\nexcept ImportError:\n    print('not here')"
    exec(imports_of(f"{tried}\nimport json\nx = 1"), space)
    assert space["json"] is json
    assert "x" not in space
