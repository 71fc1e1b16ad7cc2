"""The gradebook's one writer: all or nothing, and a person's marks are a person's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from small_course import make_course
from sqlalchemy.exc import IntegrityError

from coursework.grading.gradebook import Graded, GradeWriter
from coursework.lessons.catalogue import find_lesson
from imbalanced_course.course_files import course_file

LESSON = find_lesson("metrics")
NOON, EVENING = datetime(2026, 1, 1, 12), datetime(2026, 1, 1, 20)
SCORES = {"recall-check": 4.0, "precision-check": 2.0, "more-recall-check": 0.0, "quick-check-1-check": 0.0}


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A grading folder of the small course, whose lesson has two graded tasks and an essay that a person reads."""
    course, out = make_course(tmp_path_factory.mktemp("course")), tmp_path_factory.mktemp("graded")
    for place in (course, out):
        shutil.copy(course_file("nbgrader_config.py"), place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("imbalanced_course.course_files._REPOSITORY", course)
        writer = GradeWriter(out)
        writer.prepare(LESSON)
        writer.close()
    return out


@pytest.fixture
def writer(small_course: Path, entered: Path, tmp_path: Path) -> Iterator[GradeWriter]:
    """A writer for a copy of that folder."""
    shutil.copy(entered / "nbgrader_config.py", small_course)
    writer = GradeWriter(shutil.copytree(entered, tmp_path / "graded"))
    yield writer
    writer.close()


def graded(*, sha256: str = "a", essay: bool = True, **changes: object) -> Graded:
    plain = Graded("ada", LESSON.folder, sha256=sha256, max_points=15.0, auto_scores=dict(SCORES),
                   manual={"essay": essay})  # fmt: skip
    for name, value in changes.items():
        setattr(plain, name, value)
    return plain


def row(writer: GradeWriter) -> dict[str, object]:
    (only,) = writer.grades()
    return only


def mark(writer: GradeWriter, points: float) -> None:
    """Mark the essay as the formgrader does."""
    with Gradebook(writer.url) as book:
        grade = book.find_grade("essay", LESSON.notebook, LESSON.folder, "ada")
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()
    writer.book.db.expire_all()


def test_text_waits_for_a_person_and_counts_nothing_until_then(writer):
    writer.record(graded(), NOON)
    assert (row(writer)["points"], row(writer)["needs_review"]) == (6.0, True)


def test_text_that_was_not_written_waits_for_nobody(writer):
    writer.record(graded(essay=False), NOON)
    assert (row(writer)["points"], row(writer)["needs_review"]) == (6.0, False)


def test_a_task_that_was_another_one_in_the_release_handed_in_waits_for_a_person(writer):
    writer.record(graded(essay=False, look_again={"recall-check": "doubtful"}), NOON)
    grades = {grade.name: grade for grade in writer.book.find_submission(LESSON.folder, "ada").notebooks[0].grades}
    assert (grades["recall-check"].auto_score, grades["recall-check"].needs_manual_grade) == (4.0, True)
    assert not grades["precision-check"].needs_manual_grade
    assert row(writer)["needs_review"]


def test_a_task_need_not_be_looked_at_when_the_same_work_is_graded_again_without_trouble(writer):
    writer.record(graded(essay=False, look_again=["recall-check"]), NOON)
    writer.record(graded(essay=False), EVENING)
    assert not row(writer)["needs_review"]


def test_a_persons_mark_counts_and_survives_a_regrade_of_the_same_work(writer):
    writer.record(graded(), NOON)
    mark(writer, 5)
    writer.record(graded(), EVENING)
    assert (row(writer)["points"], row(writer)["needs_review"]) == (11.0, False)


def test_new_work_keeps_the_mark_and_asks_for_another_look(writer):
    writer.record(graded(), NOON)
    mark(writer, 5)
    writer.record(graded(sha256="b"), EVENING)
    assert (row(writer)["points"], row(writer)["needs_review"]) == (11.0, True)


def test_a_write_that_fails_half_way_leaves_everything_as_it_was(writer):
    writer.record(graded(), NOON)
    before = row(writer)
    with writer.book.engine.begin() as connection:
        connection.exec_driver_sql(
            "create trigger full before update on imbalanced_course_record "
            "begin select raise(abort, 'the disk is full'); end"
        )
    with pytest.raises(IntegrityError, match="the disk is full"):
        writer.record(graded(sha256="b", auto_scores={}), EVENING)
    assert row(writer) == before


def test_a_lesson_that_was_entered_in_part_when_a_run_was_killed_is_entered_whole(writer):
    writer.book.db.delete(writer.book.find_grade_cell("precision-check", LESSON.notebook, LESSON.folder))
    writer.book.db.commit()
    writer.prepare(LESSON)
    writer.record(graded(essay=False), NOON)
    assert row(writer)["points"] == 6.0


def test_the_time_is_that_of_the_first_collection_of_the_same_work(writer):
    writer.record(graded(), NOON)
    writer.record(graded(), EVENING)
    assert writer.book.find_submission(LESSON.folder, "ada").timestamp == NOON
    writer.record(graded(sha256="b"), EVENING)
    assert writer.book.find_submission(LESSON.folder, "ada").timestamp == EVENING


@pytest.mark.parametrize(
    ("cell", "changes"),
    [
        ("essay", {"extra_credit": 3.0}),  # of an unread text nbgrader counts none
        ("essay", {"manual_score": 4.0, "extra_credit": 1.0}),
        ("recall-check", {"manual_score": 0.0}),
        ("recall-check", {"extra_credit": -1.0}),
    ],
)
def test_the_total_is_nbgraders_own(writer, cell, changes):
    writer.record(graded(), NOON)
    with Gradebook(writer.url) as book:
        grade = book.find_grade(cell, LESSON.notebook, LESSON.folder, "ada")
        for name, value in changes.items():
            setattr(grade, name, value)
        book.db.commit()
        theirs = book.find_submission(LESSON.folder, "ada").score
    assert row(writer)["points"] == theirs
