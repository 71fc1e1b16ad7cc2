"""The start page: how far one is, where one left off, and the commands as cells of the start page."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from small_course import edit, make_course

from coursework.lessons.catalogue import find_lesson
from coursework.workspace import cell_commands
from coursework.workspace.progress import course_progress, saved_result
from coursework.workspace.start_page import page_fingerprint
from coursework.workspace.update import update_workspace
from imbalanced_course.checks import challenge
from imbalanced_course.checks.result import RESULT_MIME

METRICS = "03-metrics/metrics.ipynb"
CHALLENGE = "01-challenge/challenge.ipynb"


@pytest.fixture
def workspace(small_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh workspace with lessons 1 and 3; the current folder, as it is for a start page's kernel."""
    make_course(small_course, lessons=("01-challenge",))
    update_workspace(tmp_path / "ws")
    monkeypatch.chdir(tmp_path / "ws")
    return tmp_path / "ws"


def save_results(path: Path, results: dict[str, tuple[str, float]], *, at: int) -> None:
    """Save what checks said, status and points by task, as JupyterLab does; `at` is the file's time."""
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        task = cell["id"].removesuffix("-check")
        if cell["id"].endswith("-check") and task in results:
            status, points = results[task]
            data = {"status": status, "points": points, "max_points": points, "findings": []}
            output = {
                "output_type": "execute_result",
                "execution_count": 1,
                "metadata": {},
                "data": {RESULT_MIME: data},
            }
            cell["outputs"] = [output]
    path.write_text(json.dumps(notebook))
    os.utime(path, (at, at))


def row(workspace: Path, number: int) -> Any:
    return next(found for found in course_progress(workspace).lessons if found.lesson.number == number)


def test_a_fresh_workspace_begins_with_the_first_lesson(workspace: Path):
    progress = course_progress(workspace)
    assert [found.state for found in progress.lessons] == ["not begun", "not begun"]
    assert progress.left_off is None
    assert progress.go_on.lesson.number == 1
    assert (progress.points, progress.max_points) == (0.0, 20.0)
    assert str(cell_commands.progress()).startswith("Start with Lesson 1: Challenge")


def test_points_and_quick_check_are_those_of_the_last_run_that_was_saved(workspace: Path):
    save_results(workspace / METRICS, {"recall": ("right", 4.0), "quick-check-1": ("wrong", 0.0)}, at=2000)
    found = row(workspace, 3)
    assert (found.state, found.points, found.checked) == ("begun", 4.0, False)
    assert (found.quiz_right, found.quiz_answered, found.quiz_questions) == (0, 1, 1)
    assert "These points are from the checks you last ran and saved" in str(cell_commands.progress())


def test_the_first_answer_to_a_question_counts_and_later_ones_are_practice(workspace: Path, monkeypatch):
    monkeypatch.chdir(workspace / "03-metrics")
    challenge.quick_check_1("5")  # not an option
    assert row(workspace, 3).quiz_answered == 0
    challenge.quick_check_1("a")
    challenge.quick_check_1("c")
    save_results(workspace / METRICS, {"quick-check-1": ("right", 0.0)}, at=2000)
    assert (row(workspace, 3).quiz_right, row(workspace, 3).quiz_answered) == (0, 1)
    monkeypatch.chdir(workspace / "01-challenge")
    challenge.quick_check_1("c")
    challenge.quick_check_1("a")
    assert (row(workspace, 1).quiz_right, row(workspace, 1).quiz_answered) == (1, 1)
    monkeypatch.chdir(workspace)
    assert "2 of 2 answered, 1 right at the first answer" in str(cell_commands.progress())


def test_a_solution_that_is_run_and_a_folder_elsewhere_note_no_first_answer(workspace: Path, tmp_path, monkeypatch):
    monkeypatch.chdir(workspace / "03-metrics")
    monkeypatch.setenv("JPY_SESSION_NAME", "03-metrics/metrics-solution.ipynb")
    challenge.quick_check_1("c")
    assert row(workspace, 3).quiz_answered == 0
    (tmp_path / "elsewhere/03-metrics").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "elsewhere/03-metrics")
    monkeypatch.delenv("JPY_SESSION_NAME")
    challenge.quick_check_1("c")
    assert list((tmp_path / "elsewhere").rglob("*.json")) == []


@pytest.mark.parametrize("content", ["", "[]", "3", '{"quick-check-1": "b"}'])
def test_notes_of_first_answers_that_cannot_be_read_count_as_none(workspace: Path, content: str):
    notes = workspace / ".course/first-answers/03-metrics.json"
    notes.parent.mkdir()
    notes.write_text(content)
    assert row(workspace, 3).quiz_answered == 0


def test_a_lesson_done_says_what_one_can_do_now_and_shows_the_bet(workspace: Path):
    path = workspace / METRICS
    save_results(path, {"recall": ("right", 4.0)}, at=2000)
    assert find_lesson("metrics").question in str(cell_commands.progress())
    save_results(path, {"recall": ("right", 4.0), "precision": ("right", 6.0)}, at=2000)
    notebook = json.loads(path.read_text())
    notebook["cells"].append(
        {"cell_type": "code", "id": "bet", "metadata": {"tags": ["bet"]}, "source": "bet = '<b>0.9</b>'", "outputs": []}
    )
    path.write_text(json.dumps(notebook))
    card = cell_commands.progress()
    assert find_lesson("metrics").can in str(card)
    assert find_lesson("metrics").question not in str(card)
    assert "Your bet on the next lesson: <b>0.9</b>" in str(card)
    assert "<b>0.9" not in card.html


def test_the_strip_fills_up_with_the_points(workspace: Path):
    assert "□□□□ □□□□ 0 of 20 points" in str(cell_commands.progress())
    save_results(workspace / METRICS, {"recall": ("right", 4.0), "precision": ("right", 5.9)}, at=2000)
    assert "□□□□ ■■■□ 9.9 of 20 points" in str(cell_commands.progress())


def test_one_goes_on_where_one_left_off_at_the_first_open_task(workspace: Path):
    save_results(workspace / CHALLENGE, {"recall": ("right", 4.0)}, at=1000)
    save_results(workspace / METRICS, {"recall": ("right", 4.0)}, at=2000)
    progress = course_progress(workspace)
    assert (progress.left_off.lesson.number, progress.go_on.lesson.number) == (3, 3)
    assert progress.go_on.open_task == "precision"


def test_after_a_finished_lesson_one_goes_on_with_the_next_that_is_not(workspace: Path):
    save_results(workspace / METRICS, {"recall": ("right", 4.0), "precision": ("right", 6.0)}, at=2000)
    progress = course_progress(workspace)
    assert row(workspace, 3).state == "done"
    assert progress.go_on.lesson.number == 1


def test_with_every_lesson_done_the_projects_are_next(workspace: Path):
    for place in (CHALLENGE, METRICS):
        save_results(workspace / place, {"recall": ("right", 4.0), "precision": ("right", 6.0)}, at=2000)
    assert "Every lesson is done" in str(cell_commands.progress())


def test_written_but_never_checked_counts_as_begun(workspace: Path):
    edit(workspace / METRICS, {"recall": "recall = 0.1"})
    assert (row(workspace, 3).state, row(workspace, 3).points) == ("begun", 0.0)


@pytest.mark.parametrize("content", ["", "{ not json", '{"cells": 3}', '{"cells": [5]}', "[]"])
def test_a_damaged_notebook_is_named_and_stops_nothing(workspace: Path, content: str):
    (workspace / METRICS).write_text(content)
    assert row(workspace, 3).state == "damaged"
    assert "damaged" in str(cell_commands.progress())
    assert update_workspace(workspace) == []


def test_more_points_than_a_task_has_are_not_believed(workspace: Path):
    save_results(workspace / METRICS, {"recall": ("right", 400.0)}, at=2000)
    assert row(workspace, 3).points == 4.0


def test_a_fresh_check_counts_until_the_notebook_changes(workspace: Path, run_course):
    edit(workspace / METRICS, {"recall": "recall = 0.5"})
    run_course("check", "3")
    assert (row(workspace, 3).points, row(workspace, 3).checked, row(workspace, 3).open_task) == (
        4.0,
        True,
        "precision",
    )
    assert "These points are from your last `check`" in str(cell_commands.progress())

    edit(workspace / METRICS, {"recall": "recall = 0.7"})
    assert (row(workspace, 3).points, row(workspace, 3).checked) == (0.0, False)


def test_course_lab_brings_the_start_page_up_to_date(workspace: Path):
    save_results(workspace / METRICS, {"recall": ("right", 4.0)}, at=2000)
    before = page_fingerprint((workspace / "start.ipynb").read_bytes())
    update_workspace(workspace)
    page = (workspace / "start.ipynb").read_text()
    assert "4 of 10" in page
    assert page_fingerprint(page.encode()) == before


def test_what_a_learner_wrote_is_shown_as_text_not_as_html(workspace: Path):
    save_results(workspace / METRICS, {"recall": ("<script>alert(1)</script>", 4.0)}, at=2000)
    assert "<script" not in cell_commands.progress().html


@pytest.mark.parametrize(
    "action", [cell_commands.check, cell_commands.submit, cell_commands.reveal, cell_commands.reset]
)
def test_with_dots_in_place_of_a_lesson_nothing_happens(workspace: Path, action):
    before = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    said = str(action(...))
    assert f"`{action.__name__}(3)`" in said
    assert {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("action", [cell_commands.submit, cell_commands.reveal, cell_commands.reset])
def test_an_unknown_lesson_gives_a_sentence_no_traceback(workspace: Path, action):
    assert "There is no lesson '9'" in str(action(9))


def test_outside_a_workspace_the_desk_says_so(workspace: Path, monkeypatch):
    monkeypatch.chdir("/")
    assert "make one with `course lab`" in str(cell_commands.progress())


def test_submit_makes_the_zip_and_says_where_it_is(workspace: Path):
    card = cell_commands.submit(3)
    path = workspace / "hand-in/03-metrics.zip"
    with zipfile.ZipFile(path) as archive:
        assert archive.read(METRICS) == (workspace / METRICS).read_bytes()
    assert str(path) in str(card)
    assert "<a href='hand-in/03-metrics.zip' download>Download 03-metrics.zip</a>" in card.html


def test_submit_tells_how_many_points_the_saved_notebook_had(workspace: Path):
    save_results(workspace / METRICS, {"recall": ("right", 4.0)}, at=2000)
    assert "It had 4 of 10 points when its checks last ran" in str(cell_commands.submit("metrics"))


def test_reveal_links_to_the_solution(workspace: Path):
    assert "<a href='03-metrics/metrics-solution.ipynb'>" in cell_commands.reveal(3).html
    assert (workspace / "03-metrics/metrics-solution.ipynb").exists()


def test_reset_links_to_the_fresh_notebook_and_to_the_old_work(workspace: Path):
    edit(workspace / METRICS, {"recall": "recall = 0.1"})
    card = cell_commands.reset(3)
    (kept,) = (workspace / "03-metrics").glob("metrics-2*.ipynb")
    assert f"<a href='03-metrics/{kept.name}'>" in card.html
    assert f"<a href='{METRICS}'>" in card.html
    assert "recall = 0.1" in kept.read_text()


def test_check_shows_points_and_what_is_open_with_links_to_the_tasks(tmp_path: Path, monkeypatch):
    update_workspace(tmp_path / "ws")  # of the real course: the check runs in a process of its own
    monkeypatch.chdir(tmp_path / "ws")
    card = cell_commands.check(1)
    assert "Lesson 1: The challenge · 0 of 16 points" in str(card)
    assert "Task 1.1 · Count what a silent guard does · 0 of 4 · ○ open" in str(card)
    assert "<a href='01-challenge/challenge.ipynb#cell-id=" in card.html


def test_a_check_that_cannot_be_made_says_why(tmp_path: Path, monkeypatch):
    update_workspace(tmp_path / "ws")
    monkeypatch.chdir(tmp_path / "ws")
    assert "There is no lesson 'astrology'" in str(cell_commands.check("astrology"))


@pytest.mark.parametrize(
    "shown",
    ["right", {}, {"status": "right"}, {"status": "right", "points": "many", "max_points": 4, "findings": []}],
    ids=str,
)
def test_what_a_cell_shows_is_no_result_unless_it_has_all_of_one(shown):
    result = {"status": "right", "points": 4.0, "max_points": 4.0, "findings": []}
    outputs = [{"data": {RESULT_MIME: result}}, {"data": {RESULT_MIME: shown}}, {"name": "stdout", "text": "right"}]
    assert saved_result({"outputs": outputs}) == result
    assert saved_result({"outputs": outputs[1:]}) is None
