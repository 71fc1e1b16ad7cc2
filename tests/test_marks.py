"""Points and comments that a person gives in the formgrader stand on the learner's feedback page after the next run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import need
from course_process import run_course_process
from nbgrader.api import Comment, Grade, Gradebook
from small_course import make_class, make_course

from coursework.grading.feedback import MARKS_BEGIN, MARKS_END, TOTAL_BEGIN, TOTAL_END
from coursework.grading.marks import Mark, show_marks
from coursework.grading.reused_comments import reused_comments
from coursework.grading.totals import Total
from imbalanced_course.errors import WrongUsage

ESSAY = ("essay", "metrics", "03-metrics")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need("bubblewrap")
    return make_class(make_course(tmp_path_factory.mktemp("course")), 2)


def page_after(course: Path, give: Callable[[Grade, Comment], None] | None = None) -> str:
    """Grade, let a person mark the first learner's essay, grade again; return the learner's page."""
    command = ["grade", str(course / "submitted"), "--out", str(course / "graded")]
    run_course_process(course, *command)
    learner = sorted(path.name for path in (course / "graded/feedback").iterdir())[0]
    if give:
        with Gradebook(f"sqlite:///{course / 'graded/gradebook.db'}") as book:
            give(book.find_grade(*ESSAY, learner), book.find_comment(*ESSAY, learner))
            book.db.commit()
        code, out, error = run_course_process(course, *command)
        assert code == 0, out + error
    return (course / "graded/feedback" / learner / "03-metrics/metrics.html").read_text()


def test_points_and_comments_come_onto_the_page_and_go_when_they_are_taken_back(course):
    def mark(grade: Grade, comment: Comment) -> None:
        grade.manual_score, comment.manual_comment = 4.5, "Well argued.\nNow <b>shorter</b>."

    def take_back(grade: Grade, comment: Comment) -> None:
        grade.manual_score, comment.manual_comment = None, ""

    before = page_after(course)
    marked = page_after(course, mark)
    assert "From your teacher" not in before
    assert "4.5 of 5 points" in marked
    assert "Well argued.<br>Now &lt;b&gt;shorter&lt;/b&gt;." in marked
    assert page_after(course, take_back) == before


def test_a_short_form_comes_onto_the_page_as_the_whole_comment(course):
    def mark(grade: Grade, comment: Comment) -> None:
        comment.manual_comment = "#why #Both, and #unknown; C#1."

    def take_back(grade: Grade, comment: Comment) -> None:
        comment.manual_comment = ""

    before = page_after(course)
    table = course / "graded/comments.csv"
    table.write_text('short,comment,task\nwhy,Say <why>.,essay\n#both,"There are two,\nnot one",\nboth,no,recall\n')
    assert "Say &lt;why&gt;. There are two,<br>not one, and #unknown; C#1." in page_after(course, mark)
    table.unlink()
    assert page_after(course, take_back) == before


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("short,text\nwhy,a\n", r"line 1 of '.*comments.csv' has no column 'comment'"),
        ("short,comment\nwhy,a\n\n#WHY,b\n", r"line 4 of '.*comments.csv': #why is there twice"),
        ("short,comment\nwhy not,a\n", r"line 2 of '.*comments.csv': a short form is one word"),
        ("short,comment\n,a\n", r"line 2 of '.*comments.csv': a short form is one word"),
    ],
)
def test_a_table_of_comments_that_cannot_be_meant_is_told_with_the_line(table, said, tmp_path):
    (tmp_path / "comments.csv").write_text(table)
    with pytest.raises(WrongUsage, match=said):
        reused_comments(tmp_path)


def test_marks_survive_that_the_work_is_graded_again(course):
    def mark(grade: Grade, comment: Comment) -> None:
        grade.extra_credit = 1.0

    page_after(course, mark)
    code, out, error = run_course_process(
        course, "grade", str(course / "submitted"), "--out", str(course / "graded"), "--regrade"
    )
    assert code == 0, out + error
    assert "+1 points" in page_after(course)


def test_what_lateness_costs_comes_onto_the_page_and_goes_with_the_penalty(tmp_path):
    page, place = tmp_path / "page.html", ("ada", "03-metrics")
    page.write_text(f"<h1>{TOTAL_BEGIN}8 of 10 points{TOTAL_END}</h1>{MARKS_BEGIN}{MARKS_END}<p>after</p>")
    untouched = page.read_text()
    show_marks([(place, page)], {}, {place: Total(8.0, late=2.5)}, {place: 10.0}, {}, {})
    assert "<dt>Handed in late</dt><dd><strong>-2.5 points</strong></dd>" in page.read_text()
    assert f"{TOTAL_BEGIN}5.5 of 10 points{TOTAL_END}" in page.read_text()
    show_marks([(place, page)], {}, {place: Total(8.0)}, {place: 10.0}, {}, {})
    assert page.read_text() == untouched


def test_a_mark_stands_under_its_tasks_title_with_all_that_was_given(tmp_path):
    page, place = tmp_path / "page.html", ("ada", "03-metrics")
    page.write_text(f"<h1>{TOTAL_BEGIN}{TOTAL_END}</h1>{MARKS_BEGIN}{MARKS_END}<p>after</p>")
    given = [Mark("recall", extra=-1.0), Mark("essay", points=4.0, most=5.0, extra=0.5, comment="Good.\n<More>")]
    titles, adjusted = {"03-metrics": {"essay": "Which & why?"}}, {"03-metrics": {"recall": "It counts for nobody."}}
    nobody = ("bob", "03-metrics"), tmp_path / "no-page.html"
    show_marks([nobody, (place, page)], {place: given}, {place: Total(8.0)}, {place: 10.0}, titles, adjusted)
    assert page.read_text() == (
        f"<h1>{TOTAL_BEGIN}8 of 10 points{TOTAL_END}</h1>{MARKS_BEGIN}"
        '<section class="by-hand"><h2>From your teacher</h2><dl>'
        "<dt>Which &amp; why?</dt>"
        "<dd><strong>4 of 5 points</strong><br><strong>+0.5 points</strong><br>Good.<br>&lt;More&gt;</dd>"
        "<dt>recall</dt><dd>It counts for nobody.<br><strong>-1 points</strong></dd>"
        f"</dl></section>{MARKS_END}<p>after</p>"
    )
