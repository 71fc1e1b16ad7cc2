"""The learner's folder: `course lab` fills it, `reset`, `reveal` and `submit` work in it, nothing in it is lost."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from small_course import edit, make_course

from coursework.workspace.own_files import dated
from coursework.workspace.update import update_workspace
from imbalanced_course.errors import CourseError, WrongUsage

NOTEBOOK = "03-metrics/metrics.ipynb"


@pytest.fixture
def workspace(small_course: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "my-lessons"
    update_workspace(folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Everything in a workspace that is the learner's."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".course" not in path.parts
    }


def test_a_new_workspace_has_each_lesson_and_a_start_page(small_course: Path, tmp_path: Path):
    lines = update_workspace(tmp_path / "new")

    assert lines == [f"New: {NOTEBOOK} (lesson 3, Metrics)"]
    assert (tmp_path / "new" / NOTEBOOK).read_bytes() == (small_course / "lessons" / NOTEBOOK).read_bytes()
    pages = {"start.ipynb", "inventory-before.ipynb", "inventory-after.ipynb", "your_data.ipynb"}
    assert set(contents(tmp_path / "new")) == {NOTEBOOK, *pages}


def test_the_start_page_is_a_valid_notebook_that_links_to_the_lessons(workspace: Path):
    page = nbformat.read(workspace / "start.ipynb", as_version=4)
    nbformat.validate(page)
    (progress,) = [cell for cell in page.cells if cell.id == "progress"]
    shown = progress.outputs[0].data["text/html"]

    assert f"Start with <a href='{NOTEBOOK}'>Lesson 3: Metrics</a>" in shown
    assert "20 to 30 minutes" in shown


def test_updating_twice_changes_and_says_nothing(workspace: Path):
    before = contents(workspace)
    assert update_workspace(workspace) == []
    assert contents(workspace) == before


def test_a_deleted_lesson_is_put_back(workspace: Path):
    (workspace / NOTEBOOK).unlink()
    assert update_workspace(workspace) == [f"Put back: {NOTEBOOK} was missing."]
    assert (workspace / NOTEBOOK).exists()


def test_a_start_page_with_a_learners_words_is_kept_and_a_new_one_announced(workspace: Path, monkeypatch):
    edit(workspace / "start.ipynb", {"welcome": "my notes"})
    changed = (workspace / "start.ipynb").read_bytes()
    assert update_workspace(workspace) == []
    monkeypatch.setattr("coursework.workspace.start_page._HOW", "## How it works now")

    (line,) = update_workspace(workspace)

    assert (workspace / "start.ipynb").read_bytes() == changed
    assert line.startswith("You've changed start.ipynb")


def test_a_start_page_that_was_only_used_is_renewed(workspace: Path, small_course: Path):
    page = json.loads((workspace / "start.ipynb").read_text())
    cells = {cell["id"]: cell for cell in page["cells"]}
    cells["progress"]["execution_count"] = 1
    cells["submit"]["source"] = "from coursework.workspace.cell_commands import submit\n\nsubmit(3, 'metrics')"
    page["cells"].append({**cells["submit"], "id": "added-by-jupyterlab", "source": ""})
    (workspace / "start.ipynb").write_text(json.dumps(page))
    make_course(small_course, lessons=("01-challenge",))

    update_workspace(workspace)

    page = (workspace / "start.ipynb").read_text()
    assert "01-challenge/challenge.ipynb" in page
    assert "submit(...)" in page


@pytest.mark.parametrize("damage", ["", "not json", "[]", '{"lessons": 3}', '{"lessons": {"03-metrics": 5}}'])
def test_a_damaged_state_file_costs_no_work(workspace: Path, damage: str):
    (workspace / NOTEBOOK).write_text("my own words")
    (workspace / ".course/state.json").write_text(damage)

    update_workspace(workspace)

    assert (workspace / NOTEBOOK).read_text() == "my own words"
    assert update_workspace(workspace) == []


def test_names_of_the_same_second_are_numbered_from_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    class Noon(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 3, 1, 12)

    monkeypatch.setattr("coursework.workspace.own_files.datetime", Noon)
    names = []
    for _ in range(3):
        names.append(dated(tmp_path / "metrics.zip").name)
        (tmp_path / names[-1]).touch()
    assert names == ["metrics-20260301-120000.zip", "metrics-20260301-120000-2.zip", "metrics-20260301-120000-3.zip"]


def test_a_file_in_the_workspaces_place_is_named(small_course: Path, tmp_path: Path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(WrongUsage, match="taken is a file"):
        update_workspace(tmp_path / "taken")


def test_a_file_in_a_lessons_place_is_named_and_kept(small_course: Path, tmp_path: Path):
    (tmp_path / "ws").mkdir()
    (tmp_path / "ws/03-metrics").write_text("a file")
    with pytest.raises(CourseError, match=r"03-metrics is a file"):
        update_workspace(tmp_path / "ws")
    assert (tmp_path / "ws/03-metrics").read_text() == "a file"


def test_a_folder_that_cannot_be_written_gives_one_sentence(small_course: Path):
    with pytest.raises(CourseError, match="cannot write /proc/"):
        update_workspace(Path("/proc/my-lessons"))


def test_the_course_itself_is_no_place_for_a_workspace(small_course: Path):
    for folder in (small_course, small_course / "lessons", Path.home()):
        with pytest.raises(WrongUsage, match="used for something else"):
            update_workspace(folder)


def test_reset_keeps_the_old_work_under_a_dated_name(workspace: Path, small_course: Path, run_course):
    (workspace / NOTEBOOK).write_text("my own words")
    make_course(small_course, version="2.0")

    for _ in range(2):
        assert run_course("reset", "metrics").exit_code == 0

    kept = sorted((workspace / "03-metrics").glob("metrics-2*.ipynb"))
    assert len(kept) == 2
    assert "my own words" in {path.read_text() for path in kept}
    assert (workspace / NOTEBOOK).read_bytes() == (small_course / "lessons" / NOTEBOOK).read_bytes()
    assert update_workspace(workspace) == []


def test_reveal_puts_the_solution_beside_the_notebook(workspace: Path, small_course: Path, run_course):
    before = contents(workspace)
    assert run_course("reveal", "3").exit_code == 0
    after = contents(workspace)

    solution = after.pop("03-metrics/metrics-solution.ipynb")
    assert solution == (small_course / "solutions" / NOTEBOOK).read_bytes()
    assert after == before


def test_reveal_again_keeps_a_solution_that_the_learner_changed(workspace: Path, run_course):
    target = workspace / "03-metrics/metrics-solution.ipynb"
    target.write_text("my notes on it")
    assert run_course("reveal", "metrics").exit_code == 0
    assert target.read_text() == "my notes on it"
    assert len(list(target.parent.glob("metrics-solution-2*.ipynb"))) == 1


def test_submit_packs_the_notebook_alone_and_never_over_an_earlier_zip(workspace: Path, run_course):
    (workspace / "03-metrics/notes.txt").write_text("not for the teacher")
    assert run_course("submit", "03-metrics").exit_code == 0
    first = (workspace / "hand-in/03-metrics.zip").read_bytes()
    result = run_course("submit")

    assert "Packed: " in result.output
    assert (workspace / "hand-in/03-metrics.zip").read_bytes() == first
    packed = sorted((workspace / "hand-in").glob("*.zip"))
    assert len(packed) == 2
    for path in packed:
        with zipfile.ZipFile(path) as archive:
            assert archive.namelist() == [NOTEBOOK]
            assert archive.read(NOTEBOOK) == (workspace / NOTEBOOK).read_bytes()


def test_submit_refuses_a_damaged_notebook(workspace: Path, run_course):
    (workspace / NOTEBOOK).write_text("{ not json")
    result = run_course("submit")
    assert result.exit_code == 1
    assert "isn't a notebook" in result.stderr
    assert not (workspace / "hand-in").exists()


@pytest.mark.parametrize("command", ["check", "submit", "reveal", "reset"])
def test_a_folder_that_is_no_workspace_is_wrong_usage(small_course: Path, tmp_path: Path, run_course, command: str):
    result = run_course(command, "metrics", "--workspace", tmp_path)
    assert result.exit_code == 2
    assert "isn't a workspace" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["check", "submit", "reveal", "reset"])
def test_an_unknown_lesson_is_wrong_usage(workspace: Path, run_course, command: str):
    result = run_course(command, "astrology")
    assert result.exit_code == 2
    assert "there is no lesson 'astrology'" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_commands_find_the_workspace_from_inside_it(workspace: Path, run_course, monkeypatch):
    monkeypatch.chdir(workspace / "03-metrics")
    assert run_course("reveal", "3").exit_code == 0
    assert (workspace / "03-metrics/metrics-solution.ipynb").exists()


@pytest.mark.parametrize("command", ["lab", "check", "submit", "reveal", "reset", "doctor"])
def test_every_command_has_help_with_an_example(run_course, command: str):
    result = run_course(command, "--help")
    assert result.exit_code == 0
    assert f"Example: course {command}" in result.output


@pytest.mark.parametrize("name", ["glossary.md", "cheat-sheet.md"])
def test_a_page_to_look_things_up_is_laid_renewed_and_left_to_who_wrote_into_it(small_course, tmp_path, name):
    source = small_course / "lessons" / name
    source.write_text("# Glossary\n")
    workspace = tmp_path / "my-lessons"
    update_workspace(workspace)
    assert (workspace / name).read_text() == "# Glossary\n"
    source.write_text("# Glossary, longer\n")
    update_workspace(workspace)
    assert (workspace / name).read_text() == "# Glossary, longer\n"
    (workspace / name).write_text("my own words")
    source.write_text("# Glossary, longest\n")
    update_workspace(workspace)
    assert (workspace / name).read_text() == "my own words"
