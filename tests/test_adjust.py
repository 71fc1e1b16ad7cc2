"""`course adjust`, and grading one learner, lesson or task again: what a teacher does about a faulty task."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import need
from nbgrader.api import Gradebook
from small_course import edit, make_class, make_course

from coursework.cli import main
from coursework.reporting.records import read_class

THREE = "03-metrics"
AGAIN = ("grade", "submitted", "--out", "graded", "--regrade", "--workers", "1")
ALL_RIGHT, NO_RECALL = "student-02", "student-03"  # 4 + 6 points of the checks; 0 + 0


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class of five, of whom two wrote a text that waits for a person."""
    need("bubblewrap")
    course = make_class(make_course(tmp_path_factory.mktemp("course")), 5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("imbalanced_course.course_files._REPOSITORY", course)
        outcome = CliRunner().invoke(main, ["grade", str(course / "submitted"), "--out", str(course / "graded")])
    assert outcome.exit_code == 0, outcome.output
    return course


@pytest.fixture
def course(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same class in a folder of the test's own."""
    place = tmp_path / "course"
    shutil.copytree(template, place)
    monkeypatch.setattr("imbalanced_course.course_files._REPOSITORY", place)
    monkeypatch.chdir(place)
    return place


def marks(course: Path) -> dict[str, tuple[float, float]]:
    """Return each learner's points and the most that can be had, as grades.csv has them."""
    with (course / "graded/grades.csv").open(newline="") as file:
        return {row["student"]: (float(row["points"]), float(row["max_points"])) for row in csv.DictReader(file)}


def in_nbgrader(course: Path, student: str) -> tuple[float, float]:
    """Return a learner's score and the most that can be had, as nbgrader has them."""
    with Gradebook(f"sqlite:///{course / 'graded/gradebook.db'}") as book:
        found = book.find_submission(THREE, student)
        return found.score, found.max_score


def mark(course: Path, student: str, cell: str, **columns: object) -> None:
    """Give what a teacher gives in the formgrader."""
    with Gradebook(f"sqlite:///{course / 'graded/gradebook.db'}") as book:
        grade = book.find_grade(cell, "metrics", THREE, student)
        for name, value in columns.items():
            setattr(grade, name, value)
        book.db.commit()


def page(course: Path, student: str) -> str:
    return (course / f"graded/feedback/{student}/{THREE}/metrics.html").read_text()


def test_a_dropped_task_counts_for_nobody_and_the_lesson_gives_fewer_points(course, run_course):
    outcome = run_course("adjust", "metrics", "precision", "--drop", "--reason", "The <data> were wrong.")
    assert outcome.exit_code == 0, outcome.output
    assert (marks(course)[ALL_RIGHT], marks(course)[NO_RECALL]) == ((4.0, 9.0), (0.0, 9.0))
    assert in_nbgrader(course, ALL_RIGHT) == (4.0, 9.0)
    assert "4 of 9 points" in page(course, ALL_RIGHT)
    records = read_class(course / "graded")
    assert set(records.hand_ins["max_points"]) == {9.0}
    assert "precision (dropped)" in [task.title for task in records.tasks[THREE]]
    assert "doesn&#x27;t count, for anyone in the class. The &lt;data&gt; were wrong." in page(course, ALL_RIGHT)


def test_a_task_given_to_everyone_is_full_points_in_every_place(course, run_course):
    run_course("adjust", "metrics", "precision", "--give-all")
    assert (marks(course)[ALL_RIGHT], marks(course)[NO_RECALL]) == ((10.0, 15.0), (6.0, 15.0))
    assert in_nbgrader(course, NO_RECALL) == (6.0, 15.0)
    assert "6 of 15 points" in page(course, NO_RECALL)
    assert run_course("export", "--format", "csv").exit_code == 0
    with (course / "graded/export/class.csv").open(newline="") as file:
        assert {row["student"]: row["total"] for row in csv.DictReader(file)}[NO_RECALL] == "6"


@pytest.mark.parametrize(("task", "change"), [("precision", "--drop"), ("essay", "--give-all")])
def test_undone_everything_is_as_it_was(change, task, course, run_course):
    files = [course / "graded/grades.csv", *(course / "graded/feedback").rglob("*.html")]
    before = [path.read_bytes() for path in files]
    run_course("adjust", "metrics", task, change)
    assert [path.read_bytes() for path in files] != before
    outcome = run_course("adjust", "metrics", task, "--undo")
    assert outcome.exit_code == 0, outcome.output
    assert [path.read_bytes() for path in files] == before


@pytest.mark.parametrize("change", ["--drop", "--give-all"])
def test_a_text_that_no_longer_counts_or_is_given_need_not_be_read(change, course, run_course):
    run_course("adjust", "metrics", "essay", change)
    with Gradebook(f"sqlite:///{course / 'graded/gradebook.db'}") as book:
        notebooks = [one for found in book.assignment_submissions(THREE) for one in found.notebooks]
        waiting = [one.needs_manual_grade for notebook in notebooks for one in notebook.grades if one.name == "essay"]
    assert not any(waiting)
    most = {"--drop": 10.0, "--give-all": 15.0}[change]
    assert marks(course)[ALL_RIGHT] == (most, most)


def test_what_a_person_gave_survives(course, run_course):
    mark(course, NO_RECALL, "precision-check", manual_score=2.0, extra_credit=0.5)
    run_course("adjust", "metrics", "precision", "--give-all")
    assert marks(course)[NO_RECALL][0] == 6.5
    run_course("adjust", "metrics", "precision", "--drop")
    assert marks(course)[NO_RECALL][0] == 0.5
    run_course("adjust", "metrics", "precision", "--undo")
    assert marks(course)[NO_RECALL][0] == 2.5


def test_it_holds_for_what_is_marked_handed_in_or_graded_again_later(course, run_course):
    run_course("adjust", "metrics", "precision", "--give-all")
    mark(course, NO_RECALL, "precision-check", manual_score=1.0)
    edit(course / f"submitted/{ALL_RIGHT}/{THREE}/metrics.ipynb", {"precision": "precision = 0.9"})
    (course / "submitted/new").mkdir()
    shutil.copytree(course / f"submitted/{NO_RECALL}/{THREE}", course / f"submitted/new/{THREE}")
    outcome = run_course(*AGAIN)
    assert outcome.exit_code == 0, outcome.output
    assert {student: marks(course)[student][0] for student in (ALL_RIGHT, NO_RECALL, "new")} == {
        ALL_RIGHT: 10.0, NO_RECALL: 6.0, "new": 6.0,
    }  # fmt: skip


def test_what_was_done_is_listed_with_its_reason(course, run_course):
    assert run_course("adjust").output == "No task was adjusted.\n"
    run_course("adjust", "metrics", "recall", "--drop", "--reason", "Two answers fit.")
    run_course("adjust", "metrics", "recall", "--undo")
    first, second = run_course("adjust").output.splitlines()
    assert first.endswith("UTC  03-metrics, recall: dropped (Two answers fit.)")
    assert second.endswith("UTC  03-metrics, recall: as it was")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["metrics", "juggling", "--drop"], "03-metrics has no task 'juggling': it has recall, precision, essay"),
        (["juggling", "recall", "--drop"], "there is no lesson 'juggling'"),
        (["metrics", "more-recall", "--drop"], "more-recall of 03-metrics gives no points"),
        (["metrics", "recall", "--undo"], "recall of 03-metrics was not adjusted"),
        (["metrics", "recall"], "name lesson, task and what to do"),
        (["metrics", "--drop"], "name lesson, task and what to do"),
        (["metrics", "recall", "--drop", "--out", "nowhere"], "there is no grading folder 'nowhere'"),
    ],
)
def test_bad_input_gets_one_sentence_and_changes_nothing(arguments, said, course, run_course):
    before = (course / "graded/grades.csv").read_bytes()
    outcome = run_course("adjust", *arguments)
    assert outcome.exit_code == 2, outcome.output
    assert said in outcome.stderr
    assert (course / "graded/grades.csv").read_bytes() == before
    assert run_course("adjust").output == "No task was adjusted.\n"


def expect_otherwise(course: Path, *names: str) -> None:
    """Make the lesson's own checks of these values expect something else, as mended checks would."""
    path = course / f"solutions/{THREE}/metrics.ipynb"
    path.write_text(re.sub(rf"({'|'.join(names)}), 0\.[0-9]+\)", r"\1, 0.9)", path.read_text()))


def test_only_one_learner_is_graded_again(course, run_course):
    expect_otherwise(course, "recall")
    outcome = run_course(*AGAIN, "--student", ALL_RIGHT, "--lesson", "metrics")
    assert outcome.stdout.startswith("graded: 1   kept from before: 0 ")
    assert (marks(course)[ALL_RIGHT][0], marks(course)["student-04"][0]) == (6.0, 10.0)


def test_only_one_task_is_graded_again(course, run_course):
    path = course / f"solutions/{THREE}/metrics.ipynb"
    path.write_text(
        path.read_text().replace("recall, 0.5)", "recall, 0.9)").replace("precision, 0.25)", "precision, 0.9)")
    )
    outcome = run_course(*AGAIN, "--lesson", "metrics", "--task", "recall")
    assert outcome.exit_code == 0, outcome.output
    assert marks(course)[ALL_RIGHT][0] == 6.0
    assert "Right · 6 of 6 points" in page(course, ALL_RIGHT)
    assert "0 of 4 points" in page(course, ALL_RIGHT)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--student", "nobody"], "there is no hand-in by 'nobody'"),
        (["--lesson", "juggling"], "there is no lesson 'juggling'"),
        (["--task", "recall"], "--task needs --regrade and one --lesson"),
        (
            ["--lesson", "metrics", "--task", "juggling"],
            "03-metrics has no task 'juggling' with a check: it has",
        ),
        (["--lesson", "metrics", "--task", "essay"], "03-metrics has no task 'essay' with a check"),
    ],
)
def test_who_or_what_is_not_there_gets_one_sentence(options, said, course, run_course):
    before = (course / "graded/grades.csv").read_bytes()
    outcome = run_course(*AGAIN, *options)
    assert outcome.exit_code == 2, outcome.output
    assert said in outcome.stderr
    assert (course / "graded/grades.csv").read_bytes() == before
