"""Take the picture in the README: in JupyterLab a wrong answer, and the check that knows the mistake by name.

What it shows is the same each time; lines of text may lie half a pixel apart.

Runs the real `course lab` on a workspace in a temporary folder. Needs Chromium. `make screenshot` runs it.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import expect, sync_playwright

from coursework.lessons.catalogue import find_lesson
from coursework.lessons.notebook import grade_id
from coursework.workspace.learner_notebook import lesson_file
from coursework.workspace.update import update_workspace

PICTURE = Path(__file__).with_name("named-mistake.png")
# Twice the pixels, so that text stays sharp where the page shows the picture.
WINDOW, SCALE = {"width": 1000, "height": 1000}, 2
MARGIN = 6
SECONDS = 120_000
LESSON = find_lesson("metrics")
TASK = "average-precision"
SAID = "0.5 is the chance level of ROC AUC"
# An answer with a mistake that the check knows by name.
ANSWER = """def ranking(y_true, scores):
    reached = average_precision_score(y_true, scores)
    times = reached / np.mean(y_true)
    return {"average_precision": reached, "chance_level": 0.5, "times_chance": times}"""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> None:
    """Write the picture beside this script."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("the picture needs Chromium: apt install chromium")
    with (
        tempfile.TemporaryDirectory() as folder,
        course_lab(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport=WINDOW, device_scale_factor=SCALE)
        page.set_default_timeout(SECONDS)
        expect.set_options(timeout=SECONDS)
        page.goto(address.replace("start.ipynb", f"{LESSON.folder}/{LESSON.notebook}.ipynb"))
        answer, check = show(page)
        answer_box, check_box = answer.bounding_box(), check.bounding_box()
        clip = {
            "x": answer_box["x"],
            "y": answer_box["y"] - MARGIN,
            "width": answer_box["width"],
            "height": check_box["y"] + check_box["height"] - answer_box["y"] + 2 * MARGIN,
        }
        page.screenshot(path=PICTURE, clip=clip)
        browser.close()
    print(PICTURE.relative_to(Path.cwd()) if PICTURE.is_relative_to(Path.cwd()) else PICTURE)


@contextmanager
def course_lab(folder: Path) -> Iterator[str]:
    """Serve a workspace in which the task has its answer; give the address of the start page."""
    workspace = folder / "my-lessons"
    update_workspace(workspace)
    path = lesson_file(workspace, LESSON)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    next(cell for cell in notebook["cells"] if grade_id(cell) == TASK)["source"] = ANSWER
    path.write_text(json.dumps(notebook), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "coursework.cli", "lab", "--no-browser", "--port", port]
    environment = {**os.environ, "HOME": str(folder)}  # nobody's own settings
    lab = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield next(line.strip() for line in iter(lab.stdout.readline, "") if line.startswith("http"))  # type: ignore[union-attr]
    finally:
        lab.terminate()
        lab.wait()


def show(page: Any) -> tuple[Any, Any]:
    """Run the lesson, and return the task's answer cell and its check cell, both in sight."""
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle")
    page.keyboard.press("ControlOrMeta+B")  # no side panel
    choose(page, "Run", "Run All Cells")
    cells = page.locator(".jp-NotebookPanel:visible .jp-Notebook .jp-Cell")
    names = [grade_id(cell) for cell in json.loads(LESSON.release_path.read_text(encoding="utf-8"))["cells"]]
    expect(cells).to_have_count(len(names))
    expect(cells.locator(".jp-InputPrompt", has_text="[*]")).to_have_count(0)
    answer, check = cells.nth(names.index(TASK)), cells.nth(names.index(f"{TASK}-check"))
    page.keyboard.press("ControlOrMeta+S")
    expect(page.locator(".lm-TabBar-tab.jp-mod-dirty")).to_have_count(0)
    settle(answer, "center")
    expect(check.get_by_text(SAID)).to_be_in_viewport()
    return answer, check


def settle(place: Any, block: str) -> None:
    """Scroll to a place until it stays: cells above it are drawn only when they come near, and push it away."""
    at = None
    for _ in range(20):
        place.evaluate("(place, block) => place.scrollIntoView({block})", block)
        place.page.wait_for_timeout(300)
        now = place.bounding_box()["y"]
        if at is not None and abs(now - at) < 1:
            return
        at = now


def choose(page: Any, menu: str, entry: str) -> None:
    """Choose an entry of the menu bar."""
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=entry, exact=True).click()


if __name__ == "__main__":
    main()
