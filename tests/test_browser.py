"""A learner's ways, in a real browser: open, learn, check, reveal, reset, submit, go on, and all of it by keyboard."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import need

from coursework.lessons.catalogue import Lesson, find_lesson, released_lessons
from coursework.lessons.notebook import LessonTask, grade_id, lesson_tasks, source_text
from coursework.workspace.learner_notebook import lesson_file
from coursework.workspace.update import update_workspace

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
MOST_MILLISECONDS = 240_000  # how long a page may take on a busy machine; nothing waits longer than it must
STARTED = (4, 2)  # lessons with one task solved; the last one was saved last


def notebook_of(lesson: Lesson, *, solved: bool = False) -> dict[str, Any]:
    path = lesson.solution_path if solved else lesson.release_path
    return json.loads(path.read_text(encoding="utf-8"))


def answer_of(lesson: Lesson, task: str) -> str:
    """The reference answer of a task, as a learner would write it."""
    cells = notebook_of(lesson, solved=True)["cells"]
    text = next(source_text(cell) for cell in cells if grade_id(cell) == task)
    return "\n".join(line for line in text.splitlines() if not line.strip().startswith("### "))


def graded_tasks(lesson: Lesson) -> list[LessonTask]:
    return [task for task in lesson_tasks(notebook_of(lesson)) if task.points and not task.manual]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def workspace(folder: Path) -> Path:
    """A workspace in which the first task of some lessons is solved."""
    workspace = folder / "my-lessons"
    update_workspace(workspace)
    for minutes, number in enumerate(STARTED):
        lesson = find_lesson(str(number))
        path, task = lesson_file(workspace, lesson), graded_tasks(lesson)[0].name
        begun = json.loads(path.read_text(encoding="utf-8"))
        next(cell for cell in begun["cells"] if grade_id(cell) == task)["source"] = answer_of(lesson, task)
        path.write_text(json.dumps(begun), encoding="utf-8")
        os.utime(path, (60.0 * minutes, 60.0 * minutes))
    return workspace


@pytest.fixture(scope="module")
def start_address(folder: Path, workspace: Path) -> Iterator[str]:
    """The address of the start page, served by `course lab` for a user without settings."""
    need("chromium")
    (folder / "home").mkdir()
    with socket.socket() as probe:  # another test may start a server at the same moment
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "coursework.cli", "lab", "--no-browser", "--port", port]
    environment = {**os.environ, "HOME": str(folder / "home")}
    lab = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    assert lab.stdout is not None
    try:
        yield next(line.strip() for line in iter(lab.stdout.readline, "") if line.startswith("http"))
    finally:
        lab.terminate()
        lab.wait(timeout=120)


@pytest.fixture(scope="module")
def window(start_address: str) -> Iterator[Any]:
    """One browser window on JupyterLab, shared by all tests because it takes seconds to open."""
    from playwright.sync_api import expect, sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(need("chromium")), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(MOST_MILLISECONDS)
        expect.set_options(timeout=MOST_MILLISECONDS)
        page.goto(start_address)
        yield page
        browser.close()


@pytest.fixture
def page(window: Any) -> Any:
    """The window with the start page in front, its kernel ready."""

    if window.get_by_role("dialog").count():  # a test before this one failed
        window.keyboard.press("Escape")
    window.get_by_role("tab", name="start.ipynb").click()
    wait_for_kernel(window)
    return window


@pytest.fixture
def picture(folder: Path, window: Any) -> Callable[[str], None]:
    """Take a screenshot with a name; COURSE_SCREENSHOTS says where they go."""
    place = Path(os.environ.get("COURSE_SCREENSHOTS", folder / "screenshots"))
    return lambda name: window.screenshot(path=place / f"{name}.png")


def notebook(page: Any) -> Any:
    return page.locator(".jp-NotebookPanel:visible")


def wait_for_kernel(page: Any) -> None:
    """Wait until the notebook in front can run a cell; before, JupyterLab drops what is to be run."""
    from playwright.sync_api import expect

    expect(notebook(page).locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle")


def open_lesson(page: Any, lesson: Lesson) -> None:
    """Follow the lesson's link in the start page's table."""
    from playwright.sync_api import expect

    page.locator(".jp-TableOfContents").get_by_text("Imbalanced classification").click()
    page.get_by_role("row", name=f"Lesson {lesson.number}:").get_by_role("link").click()
    expect(page.get_by_role("tab", name=f"{lesson.notebook}.ipynb")).to_be_visible()
    wait_for_kernel(page)


def act(page: Any, call: str) -> Any:
    """Type a call into its cell of the start page, run it, and return the cell."""
    from playwright.sync_api import expect

    action = call.partition("(")[0]
    page.locator(".jp-TableOfContents").get_by_text("Check, hand in, look up, start over").click()
    cell = notebook(page).locator(".jp-CodeCell", has_text=f"import {action}")
    cell.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(f"from coursework.workspace.cell_commands import {action}\n\n{call}")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(cell.locator(".jp-OutputArea-output")).to_be_visible()
    expect(cell.locator(".jp-InputPrompt", has_text="[*]")).to_have_count(0)
    return cell


def test_open_shows_a_course_and_nothing_else(page: Any, picture):
    """No question, no news, no panels for teachers; the table of contents is open, and one goes on where one was."""
    from playwright.sync_api import expect

    last = find_lesson(str(STARTED[-1]))
    expect(page.get_by_role("heading", name=f"Continue with Lesson {last.number}: {last.title}")).to_be_visible()
    for lesson in released_lessons():
        expect(page.get_by_role("row", name=f"Lesson {lesson.number}: {lesson.title}")).to_be_visible()
    expect(page.locator(".jp-TableOfContents")).to_contain_text("How it works")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".Toastify__toast")).to_have_count(0)
    expect(page.get_by_role("menuitem", name="Nbgrader")).to_have_count(0)
    picture("1-open")
    page.get_by_role("menuitem", name="View", exact=True).click()
    for panel in ("Assignment", "Course List", "Formgrader", "Formgrading"):
        expect(page.locator(".lm-Menu-item", has_text=panel)).to_have_count(0)
    page.keyboard.press("Escape")


def test_one_goes_on_at_the_first_open_task(page: Any, picture):
    from playwright.sync_api import expect

    lesson = find_lesson(str(STARTED[-1]))
    cell = answer_of(lesson, graded_tasks(lesson)[0].name).splitlines()[0]
    page.get_by_role("heading", name="Continue with").get_by_role("link").click()
    expect(page.get_by_role("tab", name=f"{lesson.notebook}.ipynb")).to_be_visible()
    # On a busy machine JupyterLab shows cells above later than it scrolls, and the task's heading is then out of sight.
    expect(notebook(page).locator(".jp-CodeCell", has_text=cell).first).to_be_in_viewport()
    picture("2-go-on")


def test_a_learner_solves_a_task_and_validates(page: Any, picture):
    from playwright.sync_api import expect

    lesson = find_lesson("metrics")
    release = notebook_of(lesson)
    task, open_task, *_ = graded_tasks(lesson)
    place = {grade_id(cell): index for index, cell in enumerate(release["cells"])}
    call_of = {grade_id(cell): source_text(cell).strip().splitlines()[-1] for cell in release["cells"]}

    open_lesson(page, lesson)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    cells = notebook(page).locator(".jp-Notebook .jp-Cell")
    check = cells.nth(place[task.check_id])
    expect(check).to_contain_text("Not attempted")
    expect(notebook(page).locator(".jp-InputPrompt", has_text="[*]")).to_have_count(0)
    expect(notebook(page).locator("[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)

    cells.nth(place[task.name]).locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(answer_of(lesson, task.name))
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    expect(check).to_contain_text(f"Right · {task.points:g} of {task.points:g} points")
    check.scroll_into_view_if_needed()
    picture("3-learn")
    page.keyboard.press("ControlOrMeta+S")
    plot = notebook(page).locator(".jp-OutputArea-output img").first
    plot.scroll_into_view_if_needed()
    expect(plot).to_be_visible()
    assert plot.evaluate("image => image.naturalWidth") > 100

    notebook(page).get_by_role("button", name="Validate").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Validation Results")
    expect(dialog).to_contain_text(call_of[open_task.check_id])
    expect(dialog).not_to_contain_text(call_of[task.check_id])
    picture("4-validate")
    page.get_by_role("button", name="Ok", exact=True).click()


def test_check_tells_points_and_links_to_what_is_open(page: Any, picture):
    from playwright.sync_api import expect

    lesson = find_lesson("2")
    task, open_task, *_ = graded_tasks(lesson)
    most = sum(task.points for task in graded_tasks(lesson))
    cell = act(page, "check(2)")
    expect(cell).to_contain_text(f"Lesson 2: {lesson.title} · {task.points:g} of {most:g} points")
    expect(cell.get_by_role("row", name="Task 2.2")).to_contain_text(f"0 of {open_task.points:g}")
    picture("5-check")


def test_submit_makes_the_zip_and_offers_it_for_download(page: Any, workspace: Path, picture):
    from playwright.sync_api import expect

    cell = act(page, "submit(2)")
    zipped = workspace / "hand-in/02-intuition.zip"
    expect(cell).to_contain_text(str(zipped))
    picture("6-submit")
    with page.expect_download() as download:
        cell.get_by_role("link", name="Download 02-intuition.zip").click()
    assert Path(download.value.path()).read_bytes() == zipped.read_bytes()
    assert zipfile.ZipFile(zipped).namelist() == ["02-intuition/intuition.ipynb"]


def test_reveal_opens_the_reference_solution(page: Any, picture):
    from playwright.sync_api import expect

    act(page, "reveal(2)").get_by_role("link", name="Open intuition-solution.ipynb").click()
    expect(page.get_by_role("tab", name="intuition-solution.ipynb")).to_be_visible()
    expect(notebook(page).get_by_role("heading", name="Lesson 2")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    picture("7-reveal")


def test_reset_starts_over_while_the_lesson_is_open_and_keeps_the_work(page: Any, workspace: Path, picture):
    from playwright.sync_api import expect

    lesson = find_lesson("4")
    work = lesson_file(workspace, lesson).read_bytes()
    open_lesson(page, lesson)
    page.get_by_role("tab", name="start.ipynb").click()
    cell = act(page, "reset(4)")
    picture("8-reset")

    (kept,) = lesson_file(workspace, lesson).parent.glob("undersampling-2*.ipynb")
    task = graded_tasks(lesson)[0].name
    assert answer_of(lesson, task) in [source_text(cell) for cell in json.loads(kept.read_text())["cells"]]
    assert lesson_file(workspace, lesson).read_bytes() == lesson.release_path.read_bytes() != work
    cell.get_by_role("link", name="Open undersampling.ipynb").click()
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.get_by_role("menuitem", name="Reload Notebook from Disk").click()
    page.get_by_role("dialog").get_by_role("button", name="Reload").click()
    page.locator(".jp-TableOfContents").get_by_text("Task 4.1").click()
    expect(notebook(page).locator(".jp-CodeCell .cm-content", has_text="= ...").first).to_be_visible()
    picture("9-reloaded")


def test_a_lesson_is_opened_and_run_without_a_mouse(page: Any):
    from playwright.sync_api import expect

    page.keyboard.press("Escape")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Lesson 1:" in page.evaluate("document.activeElement.innerText || ''")[:20]:
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="challenge.ipynb")).to_be_visible()
    wait_for_kernel(page)
    ran = notebook(page).locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]")).first
    for _ in range(15):  # past the text and the folded cells; a press made while the page still loads is lost
        page.keyboard.press("Shift+Enter")
        if ran.is_visible():
            break
    expect(ran).to_be_visible()


def test_the_glossary_is_shown_not_edited(page: Any):
    from playwright.sync_api import expect

    page.locator(".jp-TableOfContents").get_by_text("How it works").click()
    notebook(page).get_by_role("link", name="glossary").click()
    expect(page.locator(".jp-MarkdownViewer:visible").get_by_role("heading", name="Glossary")).to_be_visible()
