"""The page that a learner gets back: without scripts or outside addresses, and at most a megabyte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from coursework.grading.lesson_plan import SubmissionPlan
from coursework.grading.outputs import is_picture
from coursework.lessons.catalogue import Lesson
from coursework.lessons.notebook import CHECK_SUFFIX
from coursework.standalone_page import templates_of
from imbalanced_course.checks.result import Status, code_spans

if TYPE_CHECKING:
    from jinja2 import Template

MAX_PAGE_BYTES = 900_000
MAX_CELL_TEXT = 20_000
# Between these stands what a person gave (marks.py); no text of a learner's can hold them, since it is escaped.
MARKS_BEGIN, MARKS_END = "<!-- marks -->", "<!-- end of marks -->"
TOTAL_BEGIN, TOTAL_END = "<!-- total -->", "<!-- end of total -->"
# No scripts, no addresses; what a page needs is in it.
PAGE_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_MISSING = "The answer cell is missing from the notebook that was handed in."
_FOUND = "The answer cell had lost its name in the notebook that was handed in; your answer was found all the same."
_LOOKS: Mapping[Status, str] = {"right": "right", "wrong": "wrong", "not attempted": "open"}


@dataclass(frozen=True)
class _Output:
    """What a cell printed or drew: a text, or a PNG picture in base64."""

    text: str = ""
    picture: str = ""
    alt: str = ""
    width: int | None = None


@dataclass(frozen=True)
class _Part:
    """One cell of the learner's, or a sentence in its place."""

    label: str = ""
    said: str = ""
    text: str | None = None
    folded: bool = False
    outputs: list[_Output] = field(default_factory=list)


@dataclass(frozen=True)
class _Section:
    """A task with what was answered, or the learner's cells after the last task."""

    parts: list[_Part]
    task: str = ""
    look: str = ""
    result: Mapping[str, Any] | None = None
    next_step: str = ""


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
    page = ""
    for shortened, pictures, longest in (
        ("", True, MAX_CELL_TEXT),
        ("your outputs are shortened here, because the page would be too large.", False, 1000),
        ("your cells are left out: the page would be too large.", False, 0),
    ):
        page = _template().render(
            lesson=lesson,
            titles=titles,
            student=student,
            notes=notes,
            total=total,
            results=[step["result"] for step in steps if "result" in step],
            sections=_sections(plan, steps, pictures=pictures, longest=longest),
            shortened=shortened,
            longest=longest,
        )
        if len(page.encode()) <= MAX_PAGE_BYTES:
            break
    return page


@cache
def _template() -> Template:
    """Return the page's template, which is read once for all pages; it escapes whatever is filled in."""
    from markupsafe import Markup

    environment = templates_of("coursework.grading")
    environment.filters |= {"code": lambda text: Markup(code_spans(text)), "cut": _cut}
    environment.globals |= {
        "policy": PAGE_POLICY,
        "total_begin": Markup(TOTAL_BEGIN),
        "total_end": Markup(TOTAL_END),
        "marks_begin": Markup(MARKS_BEGIN),
        "marks_end": Markup(MARKS_END),
    }
    return environment.get_template("feedback.html.j2")


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}\n[…]"


def _sections(
    plan: SubmissionPlan, steps: Sequence[Mapping[str, Any]], *, pictures: bool, longest: int
) -> list[_Section]:
    """Return the tasks in their order, each with the cells since the one before; without cells where `longest` is 0."""
    sections: list[_Section] = []
    pending: list[_Part] = []
    right = {step["result"]["task"] for step in steps if "result" in step and step["result"]["status"] == "right"}
    for entry in plan.layout:
        outcome = steps[entry["step"]] if entry["step"] is not None else {}
        if entry["kind"] == "check":
            sections.append(_task_section(outcome["result"], pending))
            pending = []
        elif entry["kind"] == "missing":
            pending.append(_Part(said=_FOUND if entry["name"] in right else _MISSING))
        elif entry["kind"] == "manual":
            read = _Part(said="Read and graded by a person.", text=entry["text"])
            sections.append(_Section([read], entry["name"], "open"))
        elif longest:
            folded = bool(entry.get("folded"))
            label = "Your answer" if entry["kind"] == "answer" else "A cell you added"
            outputs = [_output(output, pictures, longest) for output in outcome.get("outputs", [])]
            label = "A cell of the lesson that you changed" if folded else label
            pending.append(_Part(label, text=entry["text"], folded=folded, outputs=outputs))
    return [*sections, _Section(pending)] if pending else sections


def _task_section(result: Mapping[str, Any], parts: list[_Part]) -> _Section:
    step = result["next_step"]
    if step and result["status"] != "right":
        step = "Next: open hint 1 under this task in your notebook."
    name = result["task"].removesuffix(CHECK_SUFFIX)
    return _Section(parts, name, _LOOKS[result["status"]], result, step)


def _output(output: Mapping[str, Any], pictures: bool, longest: int) -> _Output:
    kind = output.get("output_type")
    if kind == "stream":
        return _Output(str(output.get("text", "")))
    if kind == "error":
        return _Output("\n".join(map(str, output.get("traceback", [])))[-longest:])
    data = output.get("data", {})
    picture = data.get("image/png")
    if pictures and is_picture(picture):
        told = output.get("metadata", {}).get("image/png", {})
        alt = told.get("alt") or "A picture that your cell drew."
        return _Output(picture="".join(picture.split()), alt=alt, width=told.get("width"))
    return _Output(str(data.get("text/plain", "")))
