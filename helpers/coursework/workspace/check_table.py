"""The table that `course check` prints."""

from __future__ import annotations

import sys
from typing import Any

from coursework.terminal import WIDTH
from coursework.workspace.progress import PASS_SHARE

_WORDS = {"right": "right", "wrong": "not yet", "not attempted": "open", "not checked": "open"}


def show(report: dict[str, Any]) -> None:
    """Print the report to standard output: a table within 80 columns, without colors when it is no terminal."""
    from rich.console import Console

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a message may hold a sign that the terminal's encoding lacks
    console = Console(highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    for lesson in report["lessons"]:
        _show_lesson(console, lesson)
    _show_progress(console, report)


def _show_lesson(console: Any, lesson: dict[str, Any]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=f"{lesson['lesson']} · {lesson['title']}", title_justify="left")
    table.add_column("task", no_wrap=True, max_width=24)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("what is open", overflow="fold")
    for task in lesson["tasks"]:
        points = f"{task['points']:g} of {task['max_points']:g}" if task["kind"] == "task" else task["kind"]
        word = "done" if task["status"] == "right" and task["kind"] != "task" else _WORDS[task["status"]]
        if task["kind"] == "manual" and task["status"] == "not checked":
            word = "written"
        style = {"right": "green", "wrong": "yellow"}.get(task["status"], "")
        table.add_row(task["name"], points, Text(word, style=style), _plain(task["reason"]))
    console.print(table)
    bonus, quiz = lesson["bonus"], lesson["quiz"]
    parts = [f"{lesson['points']:g} of {lesson['max_points']:g} points"]
    parts += [f"bonus {bonus['done']} of {bonus['of']} done"] if bonus["of"] else []
    parts += [f"quick check {quiz['done']} of {quiz['of']} right at the first answer"] if quiz["of"] else []
    console.print("  " + " · ".join(parts))
    for sentence in (lesson["problem"], lesson["note"]):
        if sentence:
            console.print(f"  Note: {sentence}")
    console.print()


def _show_progress(console: Any, report: dict[str, Any]) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title="Your progress", title_justify="left")
    for name in ("lesson", "points", "quick check", "state"):
        table.add_column(name, no_wrap=True, justify="right" if name in ("points", "quick check") else "left")
    for row in report["progress"]:
        known = row["max_points"] is not None
        points = f"{row['points']:g} of {row['max_points']:g}" if known else "-"
        quiz = f"{row['quiz']['done']} of {row['quiz']['of']}" if known and row["quiz"]["of"] else "-"
        table.add_row(row["lesson"], points, quiz, row["state"])
    total, quiz = report["total"], report["quiz"]
    table.add_section()
    table.add_row("all", f"{total['points']:g} of {total['max_points']:g}", f"{quiz['done']} of {quiz['of']}", "")
    console.print(table)
    if quiz["of"]:
        share = quiz["done"] / quiz["of"]
        word = "passed so far" if share >= PASS_SHARE else "not passed yet"
        console.print(f"  Quick check: {share:.0%} right at the first answer. You pass with {PASS_SHARE:.0%}: {word}.")


def _plain(text: str) -> str:
    """Return a message without the backticks that only HTML shows as code."""
    return text.replace("`", "")
