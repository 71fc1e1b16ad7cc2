"""`course build`: the tree is what its sources build, drift is named, and what cannot be released is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

HEADER = """# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 03-metrics, version: "1.0"}
# ---

# %% [markdown]
# # A small lesson

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
import math

# %%
ILLUSTRATION

# %% nbgrader={"grade_id": "share", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
share = ...  # 0 to 1
### BEGIN SOLUTION
share = ANSWER
### END SOLUTION

# %% nbgrader={"grade_id": "share-check", "points": 2, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers
from imbalanced_course.checks.compare import value
from imbalanced_course.checks.task import task

### BEGIN HIDDEN TESTS
assert share != 0.123
### END HIDDEN TESTS
task("share", points=POINTS)(lambda share: [value("share", share, 0.25)])(*answers("share"))
"""

PICTURE = "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty course with the real nbgrader settings."""
    from imbalanced_course.course_files import course_file

    (tmp_path / "solutions/03-metrics").mkdir(parents=True)
    (tmp_path / "lessons").mkdir()
    (tmp_path / "nbgrader_config.py").write_text(course_file("nbgrader_config.py").read_text())
    monkeypatch.setattr("imbalanced_course.course_files._REPOSITORY", tmp_path)
    return tmp_path


def write(course: Path, *, illustration: str = "print('hello')", answer: str = "0.25", points: str = "2",
          title: str = "A small lesson") -> None:  # fmt: skip
    text = (
        HEADER.replace("A small lesson", title)
        .replace("ILLUSTRATION", illustration)
        .replace("ANSWER", answer)
        .replace("POINTS", points)
    )
    (course / "solutions/03-metrics/metrics.py").write_text(text)


def solution(course: Path) -> Path:
    return course / "solutions/03-metrics/metrics.ipynb"


def release(course: Path) -> Path:
    return course / "lessons/03-metrics/metrics.ipynb"


def test_the_tree_is_what_its_sources_build(run_course):
    outcome = run_course("build", "--check", "--words")  # nbval runs every solution (test_nbval.py)
    assert outcome.exit_code == 0, outcome.output


@pytest.mark.long
def test_the_tree_is_what_its_sources_give_when_they_run(run_course):
    outcome = run_course("build", "--check")
    assert outcome.exit_code == 0, outcome.output


def test_where_only_words_change_the_outputs_are_kept_and_nothing_runs(course, run_course):
    write(course, illustration="print('hello')", title="A small lesson")
    assert run_course("build").exit_code == 0
    stored = solution(course).read_text()
    solution(course).write_text(stored.replace("hello\\n", "kept\\n"))  # running would write it over
    write(course, illustration="print('hello')", title="A better title")
    built = run_course("build", "--words")
    assert built.exit_code == 0, built.output
    assert "A better title" in release(course).read_text()
    outputs = [cell.get("outputs") for cell in json.loads(solution(course).read_text())["cells"]]
    assert outputs[2][0]["text"] == ["kept\n"]


def test_where_code_changed_words_alone_are_refused(course, run_course):
    write(course)
    assert "has never been run: build it without --words" in run_course("build", "--words").output
    assert run_course("build").exit_code == 0
    before = release(course).read_text()
    write(course, illustration="print('other')")
    refused = run_course("build", "--words")
    assert refused.exit_code == 1
    assert "code has changed from the cell \"print('other')\" on: build it without --words" in refused.output
    assert release(course).read_text() == before


def test_a_release_holds_the_stub_and_neither_answer_nor_hidden_test(course, run_course):
    write(course)
    assert run_course("build").exit_code == 0
    cells = {cell["id"]: cell for cell in json.loads(release(course).read_text())["cells"]}
    assert "".join(cells["share"]["source"]) == "share = ...  # 0 to 1\n# your code here"
    assert "0.123" not in release(course).read_text()
    assert all(not cell.get("outputs") for cell in cells.values())
    metadata = json.loads(release(course).read_text())["metadata"]
    assert metadata["imbalanced_course"]["version"] == "1.0"
    assert "jupytext" not in metadata
    assert "0.123" in solution(course).read_text()


def test_building_twice_gives_the_same_bytes(course, run_course):
    write(course, illustration=f"{PICTURE}\nprint('a')\nprint('b')")
    run_course("build")
    first = solution(course).read_bytes(), release(course).read_bytes()
    solution(course).unlink()
    release(course).unlink()
    run_course("build")
    assert (solution(course).read_bytes(), release(course).read_bytes()) == first


def test_drift_is_named_with_its_file_and_cell_and_nothing_is_changed(course, run_course):
    write(course)
    run_course("build")
    notebook = json.loads(solution(course).read_text())
    notebook["cells"][2]["outputs"][0]["text"] = ["good bye\n"]
    solution(course).write_text(json.dumps(notebook))
    edited = json.loads(release(course).read_text())
    edited["cells"][3]["source"] = ["share = 0.25"]
    release(course).write_text(json.dumps(edited))
    before = solution(course).read_bytes()

    outcome = run_course("build", "--check")

    assert outcome.exit_code == 1
    identity = notebook["cells"][2]["id"]
    assert f"solutions/03-metrics/metrics.ipynb: cell {identity} has another output" in outcome.output
    assert "lessons/03-metrics/metrics.ipynb: cell share has another text" in outcome.output
    assert solution(course).read_bytes() == before


def test_of_a_picture_only_its_presence_counts(course, run_course):
    write(course, illustration=PICTURE)
    run_course("build")
    notebook = json.loads(solution(course).read_text())
    picture = next(output for output in notebook["cells"][2]["outputs"] if "image/png" in output.get("data", {}))
    picture["data"]["image/png"] = "iVBORw0KGgo="
    solution(course).write_text(json.dumps(notebook))
    assert run_course("build", "--check").exit_code == 0
    notebook["cells"][2]["outputs"] = []
    solution(course).write_text(json.dumps(notebook))
    assert run_course("build", "--check").exit_code == 1


def test_a_cell_that_depends_on_what_is_installed_keeps_no_output():
    from nbformat import v4

    from coursework.authoring.execution import run_notebook

    cells = [v4.new_code_cell("print(1)", metadata={"tags": tags}) for tags in ([], ["nbval-ignore-output"])]
    ran = run_notebook(v4.new_notebook(cells=cells), where="here")
    assert [len(cell.outputs) for cell in ran.cells] == [1, 0]


def test_a_file_beside_a_release_is_named(course, run_course):
    write(course)
    run_course("build")
    (course / "lessons/03-metrics/metrics.py").write_text("answer = 1")
    outcome = run_course("build", "--check")
    assert "lessons/03-metrics/metrics.py: must not be released" in outcome.output


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"illustration": "1 / 0"}, "does not run"),
        ({"illustration": "import sys; print('x', file=sys.stderr)"}, "writes to standard error"),
        ({"illustration": "object()"}, "prints a memory address"),
        ({"answer": "0.5"}, "the reference answer is wrong"),
        ({"points": "3"}, "is worth 2 points, its check 3"),
    ],
)
def test_a_source_that_breaks_a_promise_is_refused(course, run_course, change, said):
    write(course, **change)
    outcome = run_course("build")
    assert outcome.exit_code == 1
    assert said in outcome.output
    assert not solution(course).exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"grade_id": "share-check"', '"grade_id": "other-check"', "has no check cell"),
        ('"grade_id": "setup"', '"grade_id": "share"', "appear twice: share"),
        ("lesson: 03-metrics", "lesson: 04-else", "must name lesson"),
        ('answers("share")', "answers(name)", "with the names as texts"),
    ],
)
def test_a_source_whose_cells_do_not_fit_is_refused(course, run_course, old, new, said):
    write(course)
    path = course / "solutions/03-metrics/metrics.py"
    path.write_text(path.read_text().replace(old, new))
    outcome = run_course("build")
    assert outcome.exit_code == 1
    assert said in outcome.output


def test_an_answer_that_needs_another_tasks_answer_is_refused(course, run_course):
    write(course)
    path = course / "solutions/03-metrics/metrics.py"
    text = path.read_text()
    second = text[text.index('\n# %% nbgrader={"grade_id": "share"') :].replace("share", "half")
    path.write_text(text + second.replace("half = 0.25", "half = share"))
    outcome = run_course("build")
    assert outcome.exit_code == 1
    assert "the answer of half uses share, the answer of share; each answer must work by itself" in outcome.output


def test_an_unknown_lesson_is_wrong_usage(run_course):
    outcome = run_course("build", "nothing")
    assert outcome.exit_code == 2
    assert "there is no lesson 'nothing'" in outcome.output
