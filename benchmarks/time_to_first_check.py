"""Seconds from `course lab` to the first cell run and to the first verdict of a check, in Chromium.

Each round starts with a folder without a workspace, an empty home and a new server; the browser is open already. The
first cell is the start page's. The first verdict is that of lesson 1: the lesson is opened from the start page, what
stands above its first task is run, the answer is put in, and the answer and its check are run. Nobody reads or thinks
in between, so the times are what the machine takes.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from shutil import which
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright
from rich.console import Console
from rich.table import Table

from coursework.lessons.catalogue import find_lesson
from coursework.lessons.notebook import grade_id, lesson_tasks, source_text

LESSON = find_lesson("1")
STEPS = ("the server answers", "the start page is there", "the first cell has run", "the first check says right")


def first_answer() -> tuple[str, str]:
    """Return the heading of the lesson's first task and its reference answer."""
    solution = json.loads(LESSON.solution_path.read_text(encoding="utf-8"))
    task = lesson_tasks(solution)[0]
    answer = next(source_text(cell) for cell in solution["cells"] if grade_id(cell) == task.name)
    lines = [line for line in answer.splitlines() if not line.strip().startswith("### ")]
    return f"Task {LESSON.number}.1", "\n".join(lines)


def measure(browser: Browser, folder: Path) -> list[float]:
    """Go the whole way once, and return the seconds from the command to the end of each step."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    home = folder / "home"
    home.mkdir()
    command = [sys.executable, "-m", "coursework.cli", "lab", "--no-browser", "--port", port]
    began = time.perf_counter()
    lab = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert lab.stdout is not None
    try:
        address = next(line.strip() for line in lab.stdout if line.startswith("http"))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        return [end - began for end in (time.perf_counter(), *_walk(page, address))]
    finally:
        lab.terminate()
        lab.wait()


def _walk(page: Any, address: str) -> list[float]:
    """Return the moments at which the steps in the browser end."""
    task, answer = first_answer()
    page.set_default_timeout(60_000)
    page.goto(address)
    notebook = page.locator(".jp-NotebookPanel:visible")
    cell = notebook.locator(".jp-CodeCell").first  # its code is folded
    expect(cell).to_be_visible()
    ends = [time.perf_counter()]

    _wait_for_kernel(page)
    cell.locator(".jp-Placeholder").click()
    page.keyboard.press("Shift+Enter")
    expect(cell.locator(".jp-OutputArea-output").first).to_be_visible()
    ends.append(time.perf_counter())

    notebook.get_by_role("link", name=f"Lesson {LESSON.number}:").first.click()
    expect(page.get_by_role("tab", name=f"{LESSON.notebook}.ipynb")).to_be_visible()
    page.locator(".jp-TableOfContents").get_by_text(task).click()
    _wait_for_kernel(page)
    last_line = answer.splitlines()[-1]
    name = last_line.split("=")[0].strip()
    notebook.locator(".jp-CodeCell", has_text=f"{name} = ...").locator(".cm-content").first.click()
    page.keyboard.press("Escape")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Above Selected Cell").click()
    notebook.locator(".jp-CodeCell", has_text=f"{name} = ...").locator(".cm-content").first.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(answer)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    expect(notebook.locator(".jp-OutputArea-output", has_text="✔ Right").first).to_be_visible()
    return [*ends, time.perf_counter()]


def _wait_for_kernel(page: Any) -> None:
    """Wait until a cell can be run; before, JupyterLab drops what is to be run."""
    expect(page.locator(".jp-NotebookPanel:visible .jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often to go the whole way")
    rounds = parser.parse_args().rounds
    program = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := which(name))), None
    )
    if program is None:
        sys.exit("the time to the first check needs Chromium: sudo apt install chromium")
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        taken = []
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                taken.append(measure(browser, Path(folder)))
        browser.close()
    table = Table("seconds from `course lab` until", "median", "fastest", "slowest", title="Time to the first check")
    for step, seconds in zip(STEPS, zip(*taken, strict=True), strict=True):
        table.add_row(step, *(f"{how(seconds):.1f}" for how in (statistics.median, min, max)))
    Console(width=80).print(table)


if __name__ == "__main__":
    main()
