"""The checks of every lesson: each known answer gets the verdict, the points and the message that it deserves."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest
from lesson_answers import cells, known_answers, outcome, source, stub, tasks, tried

from coursework.authoring.try_command import faults_of
from coursework.lessons.catalogue import Lesson, finished_lessons, written_lessons
from coursework.lessons.notebook import is_answer, is_check, lesson_tasks

LESSONS = written_lessons()
# The ids begin with the lesson: by it they are shared out among processes.
TASKS = [pytest.param(lesson, name, id=f"{lesson.notebook}: {name}") for lesson in LESSONS for name in tasks(lesson)]
KNOWN = [
    pytest.param(lesson, known, id=f"{lesson.notebook}: {known.task}: {known.kind}, {known.name}")
    for lesson in LESSONS
    for known in known_answers(lesson)
]
EACH_LESSON = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.notebook)
EACH_FINISHED_LESSON = pytest.mark.parametrize("lesson", finished_lessons(), ids=lambda lesson: lesson.notebook)


def assert_verdict(lesson, known, seeds, record_property):
    """Each seed gives the verdict deserved, and the very points: the marks of a sample class are made of them."""
    record_property("verdict", [lesson.folder, known.task, known.kind, known.name])
    most = tasks(lesson)[known.task].points
    verdicts = tried(lesson).verdicts(known.task, known.code, seeds)
    assert faults_of(known, verdicts, None, most) == []
    deserved = most if known.kind == "right" else known.points
    named = f"solutions/{lesson.folder}/answers.py: {known.task} | {known.kind} | {known.name}"
    assert deserved is not None, f"{named}: write behind the name what it earns, `| 0 | part of the message`"
    assert {verdict.points for verdict in verdicts} == {deserved}, verdicts[0].message
    assert {verdict.noise for verdict in verdicts} == {""}


@pytest.mark.parametrize(("lesson", "known"), KNOWN)
def test_a_known_answer_gets_its_verdict(lesson, known, record_property):
    assert_verdict(lesson, known, range(3), record_property)


@pytest.mark.long
@pytest.mark.parametrize(("lesson", "known"), KNOWN)
def test_a_known_answer_gets_its_verdict_with_other_seeds(lesson, known, record_property):
    assert_verdict(lesson, known, range(3, 20), record_property)


@pytest.mark.parametrize(("lesson", "name"), TASKS)
def test_the_reference_solution_earns_all_points(lesson, name):
    result = outcome(lesson, name, cells(lesson)[name])
    deserved = ("right", tasks(lesson)[name].points, "")
    alone = f"solutions/{lesson.folder}/{lesson.notebook}.py: the solution of {name} must be right by itself, as a cell"
    told = f"{alone} is graded without the other answers: {result.message}"
    assert (result.status, result.points, result.noise) == deserved, told


@pytest.mark.parametrize(("lesson", "name"), TASKS)
def test_an_untouched_task_is_not_attempted(lesson, name):
    result = outcome(lesson, name, stub(lesson, name))
    if name.startswith("find-the-bug"):  # its cell holds wrong code, not an empty stub
        assert (result.status, result.points, result.noise) == ("wrong", 0.0, "")
        assert re.search("Not fixed yet", result.message)
    else:
        told = (
            f"solutions/{lesson.folder}/{lesson.notebook}.py, cell {name}: untouched, its names or its function must "
            "give `...`: write `result = ...` before BEGIN SOLUTION and `return result` after END SOLUTION"
        )
        assert (result.status, result.points, result.noise) == ("not attempted", 0.0, ""), told


@pytest.mark.parametrize(("lesson", "name"), TASKS)
def test_a_task_whose_cell_was_not_run_is_not_attempted(lesson, name):
    result = outcome(lesson, name, "pass")
    assert (result.status, result.points, result.noise) == ("not attempted", 0.0, "")
    assert "is not defined" in result.message


@pytest.mark.parametrize(("lesson", "name"), TASKS)
def test_each_task_has_three_right_and_three_wrong_known_answers_with_messages_of_their_own(lesson, name):
    known = [answer for answer in known_answers(lesson) if answer.task == name]
    least = 1 if lesson.draft else 3
    right = sum(answer.kind == "right" for answer in known)
    wrong = len({answer.message for answer in known if answer.kind == "wrong"})
    counted = f"{name} has {right} right answers and {wrong} wrong ones with different messages"
    assert min(right, wrong) >= least, (
        f"solutions/{lesson.folder}/answers.py: {counted}; write {least} of each at least"
    )


@EACH_FINISHED_LESSON
def test_each_listed_mistake_is_among_the_known_answers(lesson):
    names = [known.name for known in known_answers(lesson) if known.kind == "wrong"]
    missing = [mistake for mistake in lesson.mistakes if not any(mistake in name for name in names)]
    told = f"solutions/{lesson.folder}/"
    assert lesson.mistakes, f"{told}lesson.toml: write `mistakes = [...]`, the names of at least two"
    assert missing == [], f"{told}answers.py: no wrong answer has this mistake of lesson.toml in its name"


@EACH_LESSON
def test_known_answers_belong_to_tasks_of_the_lesson(lesson):
    answered = {known.task for known in known_answers(lesson)}
    told = f"solutions/{lesson.folder}/answers.py: each task of the lesson needs answers, and no other has any"
    assert answered == set(tasks(lesson)), told


@EACH_FINISHED_LESSON
def test_the_lesson_is_worth_20_points(lesson):
    points = sum(task.points for task in lesson_tasks(source(lesson)))
    told = f"solutions/{lesson.folder}/{lesson.notebook}.py: its tasks have {points:g} points; a finished lesson has 20"
    assert points == 20, f"{told}, in the check cells' `points` and in the checks' `@task`"


@EACH_LESSON
def test_only_further_tasks_are_worth_nothing(lesson):
    further = {task.name for task in lesson_tasks(source(lesson)) if task.points == 0}
    assert all(name.startswith(("bonus-", "find-the-bug", "quick-check-", "before-")) for name in further), further


@EACH_LESSON
def test_no_other_cell_sets_a_name_that_a_check_reads(lesson):
    read = {name for task in tasks(lesson).values() for name in task.reads}
    for cell in source(lesson).cells:
        if cell.cell_type != "code" or is_answer(cell) or is_check(cell):
            continue
        stored = {
            node.id if isinstance(node, ast.Name) else node.name
            for node in ast.walk(ast.parse(cell.source))
            if isinstance(node, ast.FunctionDef) or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
        }
        told = f"solutions/{lesson.folder}/{lesson.notebook}.py: a cell sets what a check reads; use another name for"
        assert not stored & read, f"{told} {', '.join(sorted(stored & read))} in:\n{cell.source}"


@EACH_LESSON
def test_importing_the_checks_loads_no_heavy_library(lesson: Lesson):
    code = (
        f"import sys, imbalanced_course.checks.{lesson.notebook};"
        "print({'sklearn', 'imblearn', 'matplotlib', 'IPython'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "set()"
