"""What a learner gets back: a page without scripts or outside addresses, and the notebook that a teacher opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from coursework.grading.inert import inert_markdown
from coursework.grading.lesson_plan import LessonParts, SubmissionPlan
from coursework.grading.outputs import is_picture
from coursework.lessons.catalogue import Lesson
from coursework.lessons.notebook import CHECK_SUFFIX, grade_id, is_check, source_text
from imbalanced_course.checks.result import Status, code_spans

MAX_PAGE_BYTES = 900_000
MAX_CELL_TEXT = 20_000
# Between these stands what a person gave (marks.py); no text of a learner's can hold them, since it is escaped.
MARKS_BEGIN, MARKS_END = "<!-- marks -->", "<!-- end of marks -->"
TOTAL_BEGIN, TOTAL_END = "<!-- total -->", "<!-- end of total -->"
# No scripts, no addresses; what a page needs is in it.
PAGE_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_STYLE = """
:root { color-scheme: light dark; --text: #1a1a1a; --page: #fff; --code: #f4f4f4; --line: #777; }
@media screen and (prefers-color-scheme: dark) {
  :root { --text: #e4e4e4; --page: #1c1c1c; --code: #2b2b2b; --line: #9a9a9a; }
}
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
body { color: var(--text); background: var(--page); overflow-wrap: break-word; }
section { border-left: 4px solid var(--line); padding: .2rem 1rem; margin: 1.5rem 0; }
section.right { border-style: none none none solid; }
section.wrong { border-left-style: dashed; }
section.open { border-left-style: dotted; }
pre { background: var(--code); padding: .6rem; white-space: pre-wrap; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem 1rem .2rem 0; }
img { max-width: 100%; height: auto; background: #fff; border-radius: .25rem; }
summary { cursor: pointer; padding: .3rem 0; text-decoration: underline; }
@media print { pre { white-space: pre-wrap; } section { break-inside: avoid; } }
"""
_CLASSES: Mapping[Status, str] = {"right": "right", "wrong": "wrong", "not attempted": "open"}


def feedback_page(
    lesson: Lesson,
    titles: Mapping[str, str],
    student: str,
    plan: SubmissionPlan,
    steps: Sequence[Mapping[str, Any]],
    notes: Sequence[str],
    total: str,
) -> str:
    """Return the feedback page's HTML, at most a megabyte.

    Parameters
    ----------
    titles : mapping of str to str
        The heading of each task in the lesson.
    plan : SubmissionPlan
        What was run, with the learner's texts.
    steps : sequence of dict
        The outcome of each step of the plan.
    notes : sequence of str
        What the learner should know about the run.
    total : str
        What it earned, in words.
    """
    results = [step["result"] for step in steps if "result" in step]
    head = [
        f"<h1>{escape(lesson.title)}: {TOTAL_BEGIN}{escape(total)}{TOTAL_END}</h1>",
        f"<p>Feedback for {escape(student)} · lesson {escape(lesson.folder)}</p>",
        MARKS_BEGIN + MARKS_END,
        *(f"<p>Note: {escape(note)}</p>" for note in notes),
        _overview(results, titles),
    ]
    sections = _sections(plan, titles, steps)
    page = _page(lesson, "\n".join([*head, *sections]))
    if len(page.encode()) > MAX_PAGE_BYTES:
        slim = _sections(plan, titles, steps, pictures=False, longest=1000)
        note = "<p>Note: your outputs are shortened here, because the page would be too large.</p>"
        page = _page(lesson, "\n".join([*head, note, *slim]))
    if len(page.encode()) > MAX_PAGE_BYTES:
        checks = _sections(plan, titles, steps, pictures=False, longest=0)
        page = _page(
            lesson, "\n".join([*head, "<p>Note: your cells are left out: the page would be too large.</p>", *checks])
        )
    return page


def graded_notebook(
    parts: LessonParts, plan: SubmissionPlan, steps: Sequence[Mapping[str, Any]], kernelspec: Any
) -> dict[str, Any]:
    """Return the notebook that stands under `autograded/`: our lesson with the learner's texts, outputs and results."""
    entries = {entry["name"]: entry for entry in plan.layout if entry["kind"] != "inserted"}
    cells: list[dict[str, Any]] = []
    queue = list(plan.layout)
    for cell in parts.cells:
        entry = entries.get(str(grade_id(cell) or cell.get("id")))
        source, outputs = source_text(cell), []
        if entry is not None:
            while queue[0] is not entry:
                cells.append(_inserted_cell(len(cells), queue.pop(0), steps))
            queue.pop(0)
            step = steps[entry["step"]] if entry["step"] is not None else {}
            if is_check(cell):
                outputs = [_result_output(step["result"])]
            elif cell["cell_type"] == "markdown":
                source = inert_markdown(entry["text"])
            else:
                source, outputs = entry["text"], list(step.get("outputs", []))
        cells.append(_cell(cell, source, outputs))
    cells += [_inserted_cell(len(cells) + number, entry, steps) for number, entry in enumerate(queue)]
    return {"cells": cells, "metadata": {"kernelspec": kernelspec}, "nbformat": 4, "nbformat_minor": 5}


def _page(lesson: Lesson, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{PAGE_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Feedback: {escape(lesson.title)}</title><style>{_STYLE}</style></head>\n<body><main>\n{body}\n"
        "</main></body></html>\n"
    )


def _overview(results: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> str:
    rows = "".join(
        f"<tr><td>{code_spans(titles.get(result['task'], result['task']))}</td>"
        f"<td>{escape(result['headline'])}</td></tr>"
        for result in results
    )
    return f"<table><thead><tr><th>Task</th><th>Outcome</th></tr></thead><tbody>{rows}</tbody></table>"


def _sections(
    plan: SubmissionPlan,
    titles: Mapping[str, str],
    steps: Sequence[Mapping[str, Any]],
    *,
    pictures: bool = True,
    longest: int = MAX_CELL_TEXT,
) -> list[str]:
    sections, pending = [], ""
    for entry in plan.layout:
        outcome = steps[entry["step"]] if entry["step"] is not None else {}
        if entry["kind"] == "check":
            name = entry["name"].removesuffix(CHECK_SUFFIX)
            sections.append(_task_section(titles.get(name, name), outcome["result"], pending))
            pending = ""
        elif entry["kind"] == "missing":
            pending += "<p>The answer cell is missing from the notebook that was handed in.</p>"
        elif entry["kind"] == "manual":
            sections.append(
                f'<section class="open" id="{escape(entry["name"])}"><h2>{code_spans(titles[entry["name"]])}</h2>'
                "<p>Read and graded by a person.</p>"
                f"{_pre(entry['text'], longest)}</section>"
            )
        else:
            label = "Your answer" if entry["kind"] == "answer" else "A cell you added"
            if longest:
                code = _pre(entry["text"], longest)
                if entry.get("folded"):
                    label = "A cell of the lesson that you changed"
                    code = f"<details><summary>Show the code</summary>{code}</details>"
                pending += f"<h3>{label}</h3>{code}"
                pending += "".join(_output(output, pictures, longest) for output in outcome.get("outputs", []))
    if pending:
        sections.append(f"<section>{pending}</section>")
    return sections


def _task_section(name: str, result: Mapping[str, Any], answer: str) -> str:
    findings = "".join(
        f"<li><code>{escape(finding['name'])}</code>: {code_spans(finding['message'])}</li>"
        for finding in result["findings"]
    )
    step = result["next_step"]
    if step and result["status"] != "right":
        step = "Next: open hint 1 under this task in your notebook."
    step = f"<p>{code_spans(step)}</p>" if step else ""
    return (
        f'<section class="{_CLASSES[result["status"]]}" id="{escape(result["task"])}"><h2>{code_spans(name)}</h2>'
        f"<p><strong>{escape(result['headline'])}</strong></p><ul>{findings}</ul>{step}{answer}</section>"
    )


def _pre(text: str, longest: int) -> str:
    cut = "\n[…]" if len(text) > longest else ""
    return f"<pre>{escape(text[:longest])}{cut}</pre>"


def _output(output: Mapping[str, Any], pictures: bool, longest: int) -> str:
    kind = output.get("output_type")
    if kind == "stream":
        return _pre(str(output.get("text", "")), longest)
    if kind == "error":
        return _pre("\n".join(map(str, output.get("traceback", [])))[-longest:], longest)
    data = output.get("data")
    if not isinstance(data, Mapping):
        return ""
    picture = data.get("image/png")
    if pictures and is_picture(picture):
        told = output.get("metadata", {}).get("image/png", {})
        alt = escape(told.get("alt") or "A picture that your cell drew.")
        width = f' width="{told["width"]}"' if "width" in told else ""
        return f'<img alt="{alt}"{width} src="data:image/png;base64,{"".join(picture.split())}">'
    return _pre(str(data.get("text/plain", "")), longest)


def _cell(cell: Mapping[str, Any], source: str, outputs: list[Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "cell_type": cell["cell_type"],
        "id": cell["id"],
        "metadata": cell["metadata"],
        "source": source,
    }
    if cell["cell_type"] == "code":
        made |= {"execution_count": None, "outputs": outputs}
    return made


def _inserted_cell(number: int, entry: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    outputs = list(steps[entry["step"]].get("outputs", []))
    cell = {"cell_type": "code", "id": f"inserted-{number}", "metadata": {}}
    return _cell(cell, entry["text"], outputs)


def _result_output(result: Mapping[str, Any]) -> dict[str, Any]:
    text = "\n".join([result["headline"], *(f"{f['name']}: {f['message']}" for f in result["findings"])])
    return {"output_type": "stream", "name": "stdout", "text": text + "\n"}
