"""A learner's first minutes, in a real browser: start page, lesson, answer, check, plot, Validate."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import need

from imbalanced_course.catalogue import find_lesson
from imbalanced_course.lesson_notebook import grade_id, lesson_tasks, source_text

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def chromium() -> Path:
    return need("chromium")


@pytest.fixture
def start_address(tmp_path: Path) -> Iterator[str]:
    """The address of the start page, served by `course lab` on a new workspace for a user without settings."""
    home = tmp_path / "home"
    home.mkdir()
    with socket.socket() as probe:  # another test may start a server at the same moment
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "imbalanced_course.cli", "lab", "--no-browser", "--port", port]
    lab = subprocess.Popen(
        command, cwd=tmp_path, env={**os.environ, "HOME": str(home)}, stdout=subprocess.PIPE, text=True
    )
    assert lab.stdout is not None
    try:
        yield next(line.strip() for line in iter(lab.stdout.readline, "") if line.startswith("http"))
    finally:
        lab.terminate()
        lab.wait(timeout=30)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots go."""
    folder = Path(os.environ.get("COURSE_SCREENSHOTS", tmp_path / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_a_learner_solves_a_task_and_validates(chromium: Path, start_address: str, pictures: Path):
    from playwright.sync_api import expect, sync_playwright

    lesson = find_lesson("metrics")
    release = json.loads(lesson.release_path.read_text())
    solution = json.loads(lesson.solution_path.read_text())
    task, open_task, *_ = [task for task in lesson_tasks(release) if not task.manual and task.points]
    place = {grade_id(cell): index for index, cell in enumerate(release["cells"])}
    call_of = {grade_id(cell): source_text(cell).strip().splitlines()[-1] for cell in release["cells"]}
    answer = next(source_text(cell) for cell in solution["cells"] if grade_id(cell) == task.name)
    answer = "\n".join(line for line in answer.splitlines() if not line.startswith("### "))

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)

        page.goto(start_address)
        link = page.get_by_role("link", name=f"Lesson {lesson.number}: {lesson.title}")
        expect(link).to_be_visible()
        expect(
            page.locator(".jp-NotebookPanel:visible .jp-Notebook-ExecutionIndicator[data-status=idle]")
        ).to_be_visible()
        page.screenshot(path=pictures / "1-start.png")

        link.click()
        notebook = page.locator(".jp-NotebookPanel:visible")
        expect(page.get_by_role("tab", name="metrics.ipynb")).to_be_visible()
        expect(notebook.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.screenshot(path=pictures / "2-lesson.png")

        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        cells = notebook.locator(".jp-Notebook .jp-Cell")
        check = cells.nth(place[task.check_id])
        expect(check).to_contain_text("Not attempted")
        expect(notebook.locator(".jp-InputPrompt", has_text="[*]")).to_have_count(0)
        expect(notebook.locator("[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)
        page.screenshot(path=pictures / "3-run-all.png")

        editor = cells.nth(place[task.name]).locator(".cm-content")
        editor.click()
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.insert_text(answer)
        page.keyboard.press("Shift+Enter")
        page.keyboard.press("Shift+Enter")
        expect(check).to_contain_text(f"Right · {task.points:g} of {task.points:g} points")
        check.scroll_into_view_if_needed()
        page.screenshot(path=pictures / "4-right.png")
        page.keyboard.press("ControlOrMeta+S")
        plot = notebook.locator(".jp-OutputArea-output img").first
        plot.scroll_into_view_if_needed()
        expect(plot).to_be_visible()
        assert plot.evaluate("image => image.naturalWidth") > 100
        page.screenshot(path=pictures / "5-plot.png")

        notebook.get_by_role("button", name="Validate").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("Validation Results")
        expect(dialog).to_contain_text(call_of[open_task.check_id])
        expect(dialog).not_to_contain_text(call_of[task.check_id])
        page.screenshot(path=pictures / "6-validate.png")
        browser.close()
