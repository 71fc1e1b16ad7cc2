"""What a start page's cells show: each result as HTML for JupyterLab, and as plain text for everything else.

Links are relative to the workspace, where the start page is; JupyterLab opens them in a tab.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from typing import Any
from urllib.parse import quote

from coursework.lessons.catalogue import Lesson, find_lesson
from coursework.workspace.inventory_page import QUESTIONS_AGAIN, When, inventory_name
from coursework.workspace.progress import PASS_SHARE, CourseProgress, LessonProgress
from imbalanced_course.checks.result import code_spans
from imbalanced_course.inventory import questions

_STATES = {
    "not begun": "○ not begun",
    "begun": "◐ begun",
    "done": "✔ done",
    "missing": "✘ missing: run `course lab` to put it back",
    "damaged": "✘ damaged: `reset` starts over and keeps this file",
}
_WORDS = {"right": "✔ right", "wrong": "✘ not yet", "not attempted": "○ open", "not checked": "○ open"}
_CELL = "text-align:left;vertical-align:top;white-space:normal"
_SMALL = "font-size:90%"
_WHOLE = "white-space:nowrap"
_BLOCKS = 4  # of the progress strip, for each lesson


@dataclass(frozen=True)
class CellOutput:
    """What a cell shows: HTML, and the same as plain text."""

    html: str
    text: str

    def __repr__(self) -> str:
        """Return the plain text, for programs that show no HTML."""
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": self.text, "text/html": self.html}


def message_output(headline: str, lines: Sequence[str] = (), links: Mapping[str, str] | None = None) -> CellOutput:
    """Return a headline with sentences and links below; `links` maps what a link says to its address."""
    below = "".join(f"<div>{code_spans(line)}</div>" for line in lines)
    html = f"<div role='status'><strong>{code_spans(headline)}</strong>{below}{''.join(_link_lines(links or {}))}</div>"
    return CellOutput(
        html, "\n".join([headline, *lines, *(f"{text}: {place}" for text, place in (links or {}).items())])
    )


def progress_output(progress: CourseProgress) -> CellOutput:
    """Return where to go on, how far each lesson is, and the quick check so far."""
    go_on_html, go_on = _go_on(progress)
    asked_html, asked = _questions(progress)
    total = f"{progress.points:g} of {progress.max_points:g} points"
    strip = " ".join(map(_strip, progress.lessons))
    html_rows, lines = [], [go_on, *asked, f"{strip} {total}"]
    for row in progress.lessons:
        points, state = f"{row.points:g} of {row.max_points:g}", _STATES[row.state]
        name, about = f"Lesson {row.lesson.number}: {row.lesson.title}", _about(row)
        said = "".join(f"<div style='{_SMALL}'>{escape(line)}</div>" for line in about)
        whole = f"<span style='{_WHOLE}'>{code_spans(state)}</span>" if ":" not in state else code_spans(state)
        html_rows.append([_link(name, _notebook(row.lesson)) + said, escape(row.minutes), points, whole])
        lines += [f"{name} · {points} points · {state}", *(f"  {line}" for line in about)]
    gain_html, gain = _gain(progress)
    lines += gain
    below = [_quick_check(progress), _source(progress.lessons), *_newer(progress.lessons)]
    html = f"<div role='status'>{go_on_html}{asked_html}<p><span aria-hidden='true'>{strip}</span> {total}</p>"
    html += _table(("lesson", "time", "points", "state"), html_rows) + gain_html
    html += "".join(f"<div>{code_spans(line)}</div>" for line in below) + "</div>"
    return CellOutput(html, "\n".join([*lines, *below]))


def check_output(
    report: Mapping[str, Any], titles: Mapping[str, Mapping[str, str]], cells: Mapping[str, Mapping[str, str]]
) -> CellOutput:
    """Return what a fresh run said: for each lesson its points and what is open.

    Parameters
    ----------
    report : mapping
        What `course check --json` prints.
    titles : mapping
        For each lesson's folder the headings of its tasks by name.
    cells : mapping
        For each lesson's folder the ids of the cells where its tasks begin, by name.
    """
    html, lines = [], []
    for checked in report["lessons"]:
        lesson = find_lesson(checked["lesson"])
        headline = f"Lesson {lesson.number}: {lesson.title} · {checked['points']:g} of {checked['max_points']:g} points"
        notes = [sentence for sentence in (checked["problem"], checked["note"]) if sentence]
        rows = []
        lines += [headline, *notes]
        for task in checked["tasks"]:
            title = _task_title(task, titles.get(checked["lesson"], {}))
            state = "written" if task["reason"].startswith("written") else _WORDS[task["status"]]
            reason = "" if task["status"] == "right" else task["reason"]
            place = _notebook(lesson) + _fragment(cells.get(checked["lesson"], {}).get(task["name"], ""))
            points = f"{task['points']:g} of {task['max_points']:g}" if task["kind"] == "task" else task["kind"]
            said = "<br>".join(code_spans(line) for line in reason.splitlines())
            rows.append([_link(title, place), points, state, said])
            lines.append(f"{title} · {points} · {state}" + (f" · {'; '.join(reason.splitlines())}" if reason else ""))
        html.append(f"<p><strong>{escape(headline)}</strong></p>")
        html += [f"<div>{code_spans(note)}</div>" for note in notes]
        html.append(_table(("task", "points", "state", "what is open"), rows))
    return CellOutput(f"<div role='status'>{''.join(html)}</div>", "\n".join(lines))


def _strip(row: LessonProgress) -> str:
    """Return a lesson's part of the progress strip; only a lesson with all its points fills it."""
    share = row.points / row.max_points if row.max_points else 0.0
    full = min(int(_BLOCKS * share), _BLOCKS)
    return "■" * full + "□" * (_BLOCKS - full)


def _about(row: LessonProgress) -> list[str]:
    """Return a lesson's question; of one that is done what its learner can do now, and the bet on the next."""
    if row.state != "done":
        return [row.lesson.question] if row.lesson.question else []
    bet = f"Your bet on the next lesson: {row.bet}" if row.bet else ""
    return [line for line in (row.lesson.can, bet) if line]


def _go_on(progress: CourseProgress) -> tuple[str, str]:
    """Return in HTML and in text what to open now."""
    row, left = progress.go_on, progress.left_off
    when = f"You left off in lesson {left.lesson.number}, saved {left.saved:%Y-%m-%d %H:%M}. " if left else ""
    if row is None:
        words = "Every lesson is done. The projects below are next." if progress.lessons else "There is no lesson yet."
        return _paragraph(when + words), when + words
    name = f"Lesson {row.lesson.number}: {row.lesson.title}"
    verb = "Continue with" if left else "Start with"
    place, task, below = _notebook(row.lesson), "", ""
    if row.state == "begun" and row.open_task:
        task, place = f", {_plain_title(row.open_task)}", place + _fragment(row.open_cell)
        below = "Go to that task and run the cells above it first (Run › Run All Above Selected Cell)."
    html = f"<h3>➜ {verb} {_link(name + task, place)}</h3>{_paragraph(below)}"
    return _paragraph(when) + html, f"{when}{verb} {name}{task}. {below}".strip()


def _questions(progress: CourseProgress) -> tuple[str, list[str]]:
    """Return the way to the twelve questions when it is their time: before lesson 1, or after the last one."""
    if progress.lessons and all(row.state == "done" for row in progress.lessons) and not any(progress.after):
        when: When = "after"
        words = QUESTIONS_AGAIN
    elif not progress.left_off and not any(progress.before):
        when, words = "before", "First answer the twelve questions: ten minutes, no points"
    else:
        return "", []
    return f"<p>{_link(words, inventory_name(when))}</p>", [f"{words}: {inventory_name(when)}"]


def _gain(progress: CourseProgress) -> tuple[str, list[str]]:
    """Return what was gained, question by question, once they are answered a second time."""
    if not any(progress.after):
        return "", []
    rows, lines = [], []
    for question, before, after in zip(questions(), progress.before, progress.after, strict=True):
        marks = [_mark(letter, question.right) for letter in (before, after)]
        rows.append([escape(question.concept), *marks])
        lines.append(f"{question.concept}: before {marks[0]}, after {marks[1]}")
    right = [
        sum(letter == question.right for letter, question in zip(letters, questions(), strict=True))
        for letters in (progress.before, progress.after)
    ]
    total = f"The twelve questions: {right[0]} right before lesson 1, {right[1]} after lesson 7."
    return _paragraph(total) + _table(("what they ask for", "before", "after"), rows), [total, *lines]


def _mark(letter: str | None, right: str) -> str:
    return "○ open" if letter is None else "✔ right" if letter == right else "✘ not right"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _quick_check(progress: CourseProgress) -> str:
    right = sum(row.quiz_right for row in progress.lessons)
    answered = sum(row.quiz_answered for row in progress.lessons)
    questions = sum(row.quiz_questions for row in progress.lessons)
    need = ceil(PASS_SHARE * questions)
    word = "You've passed" if questions and right >= need else f"You pass with {need} right"
    return (
        f"Quick check, two questions in each lesson: {answered} of {questions} answered, {right} right at the first "
        f"answer. {word} ({PASS_SHARE:.0%})."
    )


def _source(rows: Iterable[LessonProgress]) -> str:
    worked_on = [row for row in rows if row.state in ("begun", "done")]
    if not worked_on:
        return "Your points appear here after you run a check and save the lesson."
    if all(row.checked for row in worked_on):
        return "These points are from your last `check`, and you've changed nothing since."
    return "These points are from the checks you last ran and saved. To run a whole lesson again, use `check` below."


def _newer(rows: Iterable[LessonProgress]) -> list[str]:
    return [
        f"Lesson {row.lesson.number} has a newer release ({row.newer}). Your notebook stays as it is. "
        f"To get the new one and keep your work as a dated copy, use `reset({row.lesson.number})`."
        for row in rows
        if row.newer
    ]


def _task_title(task: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    title = _plain_title(titles.get(task["name"], task["name"]))
    return f"{title} {task['name'].rpartition('-')[2]}" if task["kind"] in ("quiz", "before") else title


def _plain_title(heading: str) -> str:
    """Return a heading without its points and its code marks."""
    return heading.replace("`", "").partition(" (")[0]


def _notebook(lesson: Lesson) -> str:
    return f"{lesson.folder}/{lesson.notebook}.ipynb"


def _fragment(cell: str) -> str:
    """Return the address of a cell in a notebook, by JupyterLab's rule."""
    return f"#cell-id={quote(cell)}" if cell else ""


def _link(text: str, place: str) -> str:
    return f"<a href='{escape(place)}'>{escape(text)}</a>"


def _link_lines(links: Mapping[str, str]) -> list[str]:
    """Return a line for each link; what JupyterLab cannot open is downloaded."""
    lines = []
    for text, place in links.items():
        download = " download" if place.endswith(".zip") else ""
        lines.append(f"<div><a href='{escape(place)}'{download}>{escape(text)}</a></div>")
    return lines


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th scope='col' style='{_CELL}'>{escape(name)}</th>" for name in names)
    body = "".join("<tr>" + "".join(f"<td style='{_CELL}'>{content}</td>" for content in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
