"""The lists of lessons in pages: `course build` writes them, and whoever adds or removes a lesson edits no page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_course import make_course

from coursework.authoring.build import build_lessons, find_drift
from coursework.authoring.lesson_lists import BEGIN, END, pages_with_lists
from imbalanced_course.errors import CourseError

ROOT = Path(__file__).resolve().parent.parent
README = f"before\n\n<!-- {BEGIN} -->\n<!-- {END} -->\n\nafter\n"
FORM = f"options:\n        # {BEGIN}\n        - Lesson 9, Gone\n        # {END}\n        - A project\n"


@pytest.fixture
def course(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of two lessons with pages that list them; only pages are built in it."""
    make_course(small_course, lessons=("01-challenge", "03-metrics"))
    (small_course / ".github/ISSUE_TEMPLATE").mkdir(parents=True)
    (small_course / ".github/ISSUE_TEMPLATE/unclear-lesson.yml").write_text(FORM)
    (small_course / "README.md").write_text(README)
    monkeypatch.setattr("coursework.authoring.build._chosen", lambda names: [])
    return small_course


def test_the_clones_pages_list_its_lessons():
    for path, text in pages_with_lists(ROOT):
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run `course build --words`"


def test_a_page_lists_each_lesson_and_keeps_what_is_around(course: Path):
    list(build_lessons())
    text = (course / "README.md").read_text()
    assert "| 1 Challenge | What does challenge ask? |\n| 3 Metrics | What does metrics ask? |\n" in text
    assert (text.startswith("before\n\n<!--"), text.endswith("-->\n\nafter\n")) == (True, True)
    form = (course / ".github/ISSUE_TEMPLATE/unclear-lesson.yml").read_text().splitlines()
    assert form[2:4] == ["        - Lesson 1, Challenge", "        - Lesson 3, Metrics"]
    assert (form[-1], len(form)) == ("        - A project", 6)
    assert find_drift() == []


def test_a_lesson_whose_folder_is_removed_leaves_the_lists_and_takes_its_release_along(course: Path):
    list(build_lessons())
    shutil.rmtree(course / "solutions/01-challenge")
    own = course / "lessons/09-mine/notes.ipynb"
    own.parent.mkdir()
    own.write_text("{}")
    assert [line.partition(": ")[2] for line in find_drift()] == [
        "is not what it is built from",
        "is not what it is built from",
        "its lesson is gone",
    ]
    list(build_lessons())
    assert "Challenge" not in (course / "README.md").read_text()
    assert not (course / "lessons/01-challenge").exists()
    assert own.exists()
    assert find_drift() == []


def test_building_one_lesson_writes_the_lists_and_removes_nothing(course: Path):
    list(build_lessons())
    shutil.rmtree(course / "solutions/01-challenge")
    list(build_lessons(["metrics"]))
    assert "Challenge" not in (course / "README.md").read_text()
    assert (course / "lessons/01-challenge").exists()


@pytest.mark.parametrize("lacking", ["question", "can"])
def test_a_finished_lesson_that_lacks_what_the_lists_say_stops_the_build(course: Path, lacking: str):
    told = course / "solutions/03-metrics/lesson.toml"
    told.write_text("".join(line for line in told.open() if not line.startswith(f"{lacking} = ")))
    with pytest.raises(CourseError, match=r"^solutions/03-metrics/lesson\.toml: .* needs `question` and `can`$"):
        list(build_lessons(["metrics"]))


def test_the_plan_of_a_day_has_breaks_by_the_minutes_of_the_lessons(course: Path):
    page = course / "docs/teach/README.md"
    page.parent.mkdir(parents=True)
    page.write_text(README * 5)
    for folder, minutes in {"01-challenge": 60, "03-metrics": 115}.items():
        timing = f"| Sum | {minutes} | |\n| one week, in addition | *Find the bug* |\n"
        (course / "solutions" / folder / "teach.md").write_text(timing)
    list(build_lessons())
    text = page.read_text()
    assert "It has 175 minutes of lessons and 15 of breaks, from 09:00 to 12:45." in text
    assert "| 09:15 | 10:15 | lesson 1 |\n| 10:15 | 10:30 | break |\n| 10:30 | 12:25 | lesson 3 |" in text
    assert "| 1 | | *Find the bug* | |\n| 3 | | *Find the bug* | |\n" in text


def test_the_week_plans_take_halves_and_homework_from_the_teachers_pages(course: Path):
    page = course / "docs/teach/README.md"
    page.parent.mkdir(parents=True)
    page.write_text(README * 5)
    told = "| one week, halves | first sitting; second sitting |\n| one week, at home | task 3.2 |\n"
    told += "| a lesson a week, in the sitting | a talk |\n| a lesson a week, at home | the optional part |\n"
    for folder, more in {"01-challenge": "", "03-metrics": told}.items():
        (course / "solutions" / folder / "teach.md").write_text(f"| Sum | 40 | |\n{more}")
    list(build_lessons())
    text = page.read_text()
    assert "2 sittings of three hours make 6 hours" in text
    assert "| 1 | lesson 1 | lesson 3, first sitting | |\n" in text
    assert "| 2 | lesson 3, second sitting | a project | task 3.2; the project, if wanted |\n" in text
    assert "| 1 | lesson 1 | |\n| 2 | lesson 3, a talk | the optional part; a project |\n" in text


def test_a_page_without_its_marks_is_named(course: Path):
    (course / "README.md").write_text("no list")
    with pytest.raises(CourseError, match=r"README\.md needs one line"):
        list(build_lessons())
