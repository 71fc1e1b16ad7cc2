"""A cell that stopped is told as stopped, and what its names held before is not judged."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell

from imbalanced_course.cell_record import names_set, watch_cells

CHECK = """\
from imbalanced_course.checks import answers
from imbalanced_course.checks.compare import value
from imbalanced_course.checks.task import task

task("t", points=2)(lambda p, q: [value("p", p, 1), value("q", q, 2)])(*answers("p", "q"))"""


@pytest.fixture
def notebook(capsys):
    """Run cells as a notebook's kernel does; return what the check at the end says."""
    shell = InteractiveShell()
    watch_cells(shell)

    def run(*cells: str):
        for cell in (*cells, CHECK):
            result = shell.run_cell(cell)
        return result.result

    yield run
    shell.history_manager.end_session()


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("p, q = 1, 2\nundefined", "stopped with NameError: name 'undefined' is not defined. Fix it"),
        ("p = 1\nq = (2", "stopped with SyntaxError: "),
        ("p, q = 1, 2\nraise KeyboardInterrupt", "was interrupted. Fix it"),
        ("p, q = 1, 2\nraise SystemExit", "stopped with SystemExit. Fix it"),
        ("%time p = 1 / 0", "stopped with ZeroDivisionError: division by zero. Fix it"),
        ("%%time\np, q = 1, 2\nraise ValueError('no')", "stopped with ValueError: no. Fix it"),
        ("def p():\n    pass\n1 / 0", "stopped with ZeroDivisionError"),
        ("for q in [2]:\n    q.nothing", "stopped with AttributeError"),
    ],
)
def test_an_answer_cell_that_stopped_is_told_whatever_was_there_before(notebook, cell, reason):
    result = notebook("p, q = 1, 2", cell)
    assert (result.status, result.points) == ("wrong", 0.0)
    assert f"The answer cell {reason}" in str(result)


@pytest.mark.parametrize(
    "after",
    [
        "p, q = 1, 2",  # mended
        "p = 1; q = 2",
        "%time p, q = 1, 2",
    ],
)
def test_a_cell_that_sets_the_names_anew_lifts_it(notebook, after):
    assert notebook("p, q = 1, 2\n1 / 0", after).points == 2


def test_a_cell_that_sets_one_of_the_names_does_not_lift_it(notebook):
    assert notebook("p, q = 1, 2\n1 / 0", "p = 1").points == 0


@pytest.mark.parametrize(
    "scratch",
    ["1 / 0", "print(p", "p == 3 / 0", "(lambda p: p / 0)(1)", "def f():\n    p = 3\nf() + 1", "f(p=1", "%nothing"],
)
def test_another_cell_that_stops_changes_nothing(notebook, scratch):
    assert notebook("p, q = 1, 2", scratch).points == 2


def test_a_stub_that_ran_is_still_not_attempted(notebook):
    assert notebook("p = ...\nq = ...").status == "not attempted"


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a = b = 1", {"a", "b"}),
        ("(a, *b), c[0] = 1, 2", {"a", "b"}),
        ("import numpy as a\nfrom x import b", {"a", "b"}),
        ("def a(c):\n    global b\n    b = c\n    d = 1", {"a", "b"}),
        ("class a:\n    b = 1", {"a"}),
        ("with open(f) as a:\n    pass\nfor b in c:\n    pass", {"a", "b"}),
        ("if (a := 1):\n    b: int = 2", {"a", "b"}),
        ("[c for c in d]", set()),
        ("a = 1\nb = (", {"a", "b"}),
        ("def a(x:\n    pass", {"a"}),
    ],
)
def test_the_names_that_a_cell_sets(source, names):
    assert names_set(source) == names
