"""Stock nbgrader with its kernels in the sandbox: the same points, and nothing in reach of an answer but its folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import need
from stock_course import make_stock_course, nbgrader, scores

from coursework.lessons.catalogue import find_lesson
from coursework.lessons.notebook import grade_id

LESSON = find_lesson("metrics")
SPY = """\
import os, pathlib, socket

def tried(name, probe):
    try:
        print(name, "open:", probe())
    except Exception as error:
        print(name, "blocked")

tried("network", lambda: socket.create_connection(("1.1.1.1", 80), 2))
tried("gradebook", lambda: open({gradebook!r}, "ab"))
tried("neighbour", lambda: open({neighbour!r}).read()[:20])
tried("own notebook", lambda: open("metrics.ipynb").read()[:20])
tried("solution", lambda: open({solution!r}).read()[:20])
tried("grading code", lambda: __import__("coursework.grading.run"))
tried("other processes", lambda: [p for p in os.listdir("/proc") if p.isdigit() and int(p) > 100] or 1 / 0)
tried("system", lambda: open("/usr/mine", "w"))
print("user", os.getuid() != 0)
print("data", pathlib.Path("notes.txt").read_text())
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A solved submission with a file beside it, and one that looks around, graded by stock nbgrader."""
    need("bubblewrap")
    course = make_stock_course(tmp_path_factory.mktemp("stock") / "course")
    name = f"{LESSON.folder}/{LESSON.notebook}.ipynb"
    spy = SPY.format(
        gradebook=str(course / "gradebook.db"),
        neighbour=str(course / "submitted/honest" / name),
        solution=str(LESSON.solution_path),
    )
    for learner in ("honest", "spy"):
        place = course / "submitted" / learner / name
        place.parent.mkdir(parents=True)
        notebook = json.loads(LESSON.solution_path.read_text())
        notebook["cells"] = [cell for cell in notebook["cells"] if grade_id(cell)]  # stock runs every illustration
        if learner == "spy":
            cell = next(cell for cell in notebook["cells"] if grade_id(cell) == "metrics-by-hand")
            cell["source"] = spy
            place.with_name("notes.txt").write_text("mine")
        place.write_text(json.dumps(notebook))
    steps = (("generate_assignment", LESSON.folder, "--force"), ("autograde", LESSON.folder))
    done = nbgrader(course, *steps, sandbox=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return course


def points(course: Path, learner: str) -> float:
    of_lesson = scores(course / "gradebook.db", LESSON.folder)
    return sum(score or 0 for (student, _), score in of_lesson.items() if student == learner)


def test_honest_work_earns_what_it_earns_without_the_sandbox(graded):
    assert points(graded, "honest") == 20


def test_an_answer_reaches_nothing_but_the_files_beside_it(graded):
    notebook = json.loads((graded / "autograded/spy" / LESSON.folder / f"{LESSON.notebook}.ipynb").read_text())
    cell = next(cell for cell in notebook["cells"] if grade_id(cell) == "metrics-by-hand")
    said = "".join("".join(output["text"]) for output in cell["outputs"] if output.get("name") == "stdout")
    assert said.splitlines() == [
        *(f"{name} blocked" for name in ("network", "gradebook", "neighbour", "own notebook", "solution")),
        *(f"{name} blocked" for name in ("grading code", "other processes", "system")),
        "user True",
        "data mine",
    ]


def test_the_doctor_tells_how_to_switch_it_on(run_course):
    need("bubblewrap")
    assert "JUPYTER_DEFAULT_PROVISIONER_NAME=imbalanced-course-sandbox" in run_course("doctor").output
