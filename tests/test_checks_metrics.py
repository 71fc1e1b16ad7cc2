"""Lesson 3's checks: every known answer gets the verdict, the points and the message that it deserves."""

import ast
import functools
import io
import re
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path

import jupytext
import pytest

from imbalanced_course.authoring.known_answers import read_known_answers
from imbalanced_course.lesson_notebook import grade_id, grader_metadata, is_answer, is_check, lesson_tasks

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "solutions" / "03-metrics" / "metrics.py"
KNOWN = read_known_answers(ROOT / "tests" / "answers" / "metrics.py")
LISTED_MISTAKES = (
    "precision and recall swapped",
    "accuracy for recall",
    "labels for scores",
    "macro average",
    "threshold chosen on the test set",
    "> for >=",
)


@functools.cache
def lesson():
    return jupytext.read(SOURCE, fmt="py:percent")


@functools.cache
def tasks():
    return {task.name: task for task in lesson_tasks(lesson())}


@functools.cache
def cells():
    return {grade_id(cell): cell.source for cell in lesson().cells if grade_id(cell)}


@functools.cache
def set_up():
    names = {}
    for cell in lesson().cells:
        metadata = grader_metadata(cell)
        if metadata.get("locked") and not metadata.get("grade"):
            exec(cell.source, names)
    return names


def outcome(task, answer):
    """Run an answer and its check as a notebook would; return the check's result and what stood on standard error."""
    names = dict(set_up())
    exec(compile(answer, f"<{task}>", "exec"), names)
    *imports, call = cells()[f"{task}-check"].rsplit("\n\n", 1)
    errors = io.StringIO()
    with redirect_stderr(errors):
        exec("".join(imports), names)
        result = eval(call, names)
    return result, errors.getvalue()


def stub(task):
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "# your code here", cells()[task], flags=re.DOTALL)


def label(known):
    return f"{known.task}: {known.kind}, {known.name}"


@pytest.mark.parametrize("seed", ["0", "20260101"])
@pytest.mark.parametrize("known", KNOWN, ids=label)
def test_a_known_answer_gets_its_verdict(known, seed, monkeypatch):
    monkeypatch.setenv("IMBALANCED_COURSE_SEED", seed)
    result, errors = outcome(known.task, known.code)
    assert errors == ""
    assert result.status == known.kind, str(result)
    assert result.points == (tasks()[known.task].points if known.kind == "right" else known.points), str(result)
    if known.message:
        assert known.message.casefold() in str(result).casefold()


@pytest.mark.parametrize("name", list(tasks()))
def test_the_reference_solution_earns_all_points(name):
    result, errors = outcome(name, cells()[name])
    assert (result.status, result.points, errors) == ("right", tasks()[name].points, "")


@pytest.mark.parametrize("name", [name for name in tasks() if name != "find-the-bug"])
def test_an_untouched_task_is_not_attempted(name):
    result, errors = outcome(name, stub(name))
    assert (result.status, repr(result), errors) == ("not attempted", "0.0", "")


def test_the_untouched_bug_is_told_as_not_mended():
    result, _ = outcome("find-the-bug", stub("find-the-bug"))
    assert result.status == "wrong"
    assert str(result).count("Not mended yet") == 2


@pytest.mark.parametrize("name", list(tasks()))
def test_a_task_whose_cell_was_not_run_is_not_attempted(name):
    result, errors = outcome(name, "pass")
    assert (result.status, result.points, errors) == ("not attempted", 0.0, "")
    assert "is not defined" in str(result)


@pytest.mark.parametrize("name", list(tasks()))
def test_each_task_has_three_right_and_three_wrong_known_answers_with_messages_of_their_own(name):
    right = [known for known in KNOWN if known.task == name and known.kind == "right"]
    wrong = [known for known in KNOWN if known.task == name and known.kind == "wrong"]
    assert len(right) >= 3
    assert len({known.message for known in wrong}) >= 3


@pytest.mark.parametrize("mistake", LISTED_MISTAKES)
def test_each_mistake_of_the_syllabus_is_among_the_known_answers(mistake):
    assert any(mistake in known.name for known in KNOWN if known.kind == "wrong")


def test_known_answers_belong_to_tasks_of_the_lesson():
    assert {known.task for known in KNOWN} == set(tasks())


def test_the_lesson_is_worth_20_points_and_further_tasks_none():
    points = {name: task.points for name, task in tasks().items()}
    assert sum(points.values()) == 20
    assert {name for name, worth in points.items() if worth == 0} == {
        "bonus-f-beta-roc-auc",
        "bonus-precision-per-day",
        "bonus-prevalence-shift",
        "find-the-bug",
        "quick-check-1",
        "quick-check-2",
    }


def test_no_other_cell_sets_a_name_that_a_check_reads():
    read = {name for task in tasks().values() for name in task.reads}
    for cell in lesson().cells:
        if cell.cell_type != "code" or is_answer(cell) or is_check(cell):
            continue
        stored = {
            node.id if isinstance(node, ast.Name) else node.name
            for node in ast.walk(ast.parse(cell.source))
            if isinstance(node, ast.FunctionDef) or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
        }
        assert not stored & read, cell.source


def test_messages_of_wrong_answers_do_not_give_the_right_value_away():
    wrong = {
        "metrics-by-hand": ("accuracy = precision = recall = specificity = f1 = balanced_accuracy = 0.123", "0.7490"),
        "alert-budget": ("lowest_recall = highest_recall = 0.123", "0.425"),
    }
    for task, (answer, value) in wrong.items():
        result, _ = outcome(task, answer)
        assert "0.123" in str(result)
        assert value not in str(result)


def test_importing_the_checks_loads_no_heavy_library():
    code = (
        "import sys, imbalanced_course.checks.metrics; print({'sklearn', 'matplotlib', 'IPython'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "set()"
