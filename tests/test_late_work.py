"""Late work by nbgrader's own settings: due dates and extra time in the gradebook, the rule in `nbgrader_config.py`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from small_course import make_course

from coursework.grading.gradebook import Graded, GradeWriter
from coursework.grading.late_work import assign_late_penalties
from coursework.intake.hand_in import Origin
from coursework.lessons.catalogue import find_lesson
from imbalanced_course.errors import CourseError

LESSON = find_lesson("metrics")
DUE = datetime(2026, 10, 16, 7)
SCORES = {"recall-check": 4.0, "precision-check": 6.0, "more-recall-check": 0.0, "quick-check-1-check": 0.0}
A_TENTH_A_DAY = """
import math

from nbgrader.plugins import LateSubmissionPlugin


class TenthADay(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 0.1 * score * math.ceil(total_seconds_late / 86400)
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A grading folder: the lesson was due on a morning; `in-time` and `late` have 10 points each, a day apart."""
    place = tmp_path_factory.mktemp("late")
    out = place / "graded"
    out.mkdir()
    config = (Path(__file__).parent.parent / "nbgrader_config.py").read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        course = make_course(place / "course")
        patch.setattr("imbalanced_course.course_files._REPOSITORY", course)
        for folder in (course, out):
            (folder / "nbgrader_config.py").write_bytes(config)
        writer = GradeWriter(out)
        writer.prepare(LESSON)
        writer.record(graded("in-time"), DUE - timedelta(hours=1))
        writer.record(graded("late"), DUE + timedelta(hours=23))
        set_due(writer, DUE)
        writer.close()
    return out


@pytest.fixture
def writer(template: Path, small_course: Path, tmp_path: Path) -> Iterator[GradeWriter]:
    writer = GradeWriter(shutil.copytree(template, tmp_path / "graded"))
    yield writer
    writer.close()


def graded(student: str) -> Graded:
    return Graded(student, LESSON.folder, sha256=student, max_points=15.0, auto_scores=dict(SCORES),
                  manual={"essay": False})  # fmt: skip


def set_due(writer: GradeWriter, due: datetime | None) -> None:
    with Gradebook(writer.url, "imbalanced-classification") as book:
        book.update_or_create_assignment(LESSON.folder, duedate=due)
    writer.book.db.expire_all()


def settings(writer: GradeWriter, line: str) -> None:
    with (writer.out / "nbgrader_config.py").open("a") as file:
        file.write(f"\n{line}\n")


def points(writer: GradeWriter, identities: dict[tuple[str, str], Origin] | None = None) -> dict[str, float]:
    assign_late_penalties(writer.book.db, writer.out, identities or {})
    return {row["student"]: row["points"] for row in writer.grades()}


def test_nothing_is_taken_off_unless_the_settings_say_so(writer):
    assert points(writer) == {"in-time": 10.0, "late": 10.0}


def test_nbgraders_own_rule_takes_all_points_of_late_work(writer):
    settings(writer, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    assert points(writer) == {"in-time": 10.0, "late": 0.0}
    late = next(row for row in writer.grades() if row["student"] == "late")
    assert late["reason"] == "10 points taken off for lateness"


def test_a_rule_of_ones_own_beside_the_settings(writer):
    (writer.out / "late.py").write_text(A_TENTH_A_DAY)
    settings(writer, 'c.AssignLatePenalties.plugin_class = "late.TenthADay"')
    assert points(writer) == {"in-time": 10.0, "late": 9.0}


def test_extra_time_given_by_nbgraders_api_counts(writer):
    settings(writer, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    with Gradebook(writer.url) as book:
        book.grant_extension(LESSON.folder, "late", days=1)
    assert points(writer)["late"] == 10.0


def test_a_due_date_that_is_taken_back_gives_the_points_back(writer):
    settings(writer, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    assert points(writer)["late"] == 0.0
    set_due(writer, None)
    assert points(writer)["late"] == 10.0


def test_points_given_by_hand_change_the_penalty(writer):
    (writer.out / "late.py").write_text(A_TENTH_A_DAY)
    settings(writer, 'c.AssignLatePenalties.plugin_class = "late.TenthADay"')
    assert points(writer)["late"] == 9.0
    with Gradebook(writer.url) as book:
        book.find_grade("essay", LESSON.notebook, LESSON.folder, "late").manual_score = 5
        book.db.commit()
    writer.book.db.expire_all()
    assert points(writer)["late"] == 13.5


def test_a_penalty_takes_no_more_than_there_is(writer):
    settings(writer, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    assert points(writer)["late"] == 0.0
    with Gradebook(writer.url) as book:
        book.find_grade("essay", LESSON.notebook, LESSON.folder, "late").extra_credit = -12
        book.db.commit()
    writer.book.db.expire_all()
    assert {row["student"]: row["points"] for row in writer.grades()}["late"] == -2.0


def test_nbgraders_export_and_formgrader_see_the_same_penalty(writer):
    settings(writer, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    points(writer)
    with Gradebook(writer.url) as book:
        assert book.find_submission(LESSON.folder, "late").late_submission_penalty == 10.0


@pytest.mark.parametrize(("marked", "left"), [(False, 10.0), (True, 0.0), (None, 0.0)])
def test_what_canvas_did_not_mark_as_late_is_in_time_whenever_it_is_downloaded(marked, left, writer):
    settings(writer, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    identities = {("late", LESSON.folder): Origin("canvas", "1001", "late", marked)}
    assert points(writer, identities)["late"] == left


@pytest.mark.parametrize(("rule", "left"), [("-3", 10.0), ("99", 0.0), ("None", 10.0)])
def test_a_penalty_is_never_below_nothing_or_above_the_points(rule, left, writer):
    (writer.out / "odd_rule.py").write_text(A_TENTH_A_DAY.partition("return")[0] + f"return {rule}\n")
    settings(writer, 'c.AssignLatePenalties.plugin_class = "odd_rule.TenthADay"')
    try:
        assert points(writer)["late"] == left
    finally:
        sys.modules.pop("odd_rule")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("this is no Python", "invalid syntax"),
        ('c.AssignLatePenalties.plugin_class = "nowhere.Rule"', "nowhere"),
        ('c.LateSubmissionPlugin.penalty_method = "half"', "penalty_method"),
    ],
)
def test_settings_that_fail_are_told_in_one_sentence_and_nothing_changes(line, said, writer):
    settings(writer, line)
    with pytest.raises(CourseError, match=said):
        points(writer)
    assert {row["points"] for row in writer.grades()} == {10.0}


def test_the_due_date_that_nbgraders_own_command_sets_counts(writer):
    settings(writer, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    set_due(writer, None)
    command = ["db", "assignment", "add", LESSON.folder, "--duedate=2026-10-16 09:00 Europe/Zurich"]
    environment = {**os.environ, "HOME": str(writer.out)}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command], cwd=writer.out, capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    writer.book.db.expire_all()
    assert writer.book.find_assignment(LESSON.folder).duedate == DUE
    assert points(writer) == {"in-time": 10.0, "late": 0.0}
