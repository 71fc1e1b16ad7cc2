"""The teacher's pages fit the lessons: same sections, sums, tasks, messages, rubrics, links, commands and buttons."""

from __future__ import annotations

import ast
import json
import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from coursework.cli import main
from coursework.lessons.catalogue import Lesson, all_lessons, finished_lessons
from coursework.lessons.notebook import grade_id, lesson_tasks, source_text

ROOT = Path(__file__).resolve().parent.parent
ENTRANCE = ROOT / "docs/teach/README.md"
WRITE_LISTS = "docs/teach/README.md: run `course build --words`, which writes the lists of lessons"
RUNNING = ROOT / "docs/run-a-class.md"
SECTIONS = [
    "Timing",
    "What learners get wrong, and why",
    "Ask the room",
    "On the screen",
    "When time is short",
    "Read by a person",
]
FINISHED = finished_lessons()
each_lesson = pytest.mark.parametrize("lesson", all_lessons(), ids=lambda lesson: lesson.name)
each_finished_lesson = pytest.mark.parametrize("lesson", FINISHED, ids=lambda lesson: lesson.name)
each_page = pytest.mark.parametrize(
    "path", [ENTRANCE, RUNNING, *(lesson.teaching_path for lesson in all_lessons())], ids=lambda path: path.parent.name
)


def place(lesson: Lesson) -> str:
    return f"solutions/{lesson.folder}/teach.md"


def page(lesson: Lesson) -> str:
    return lesson.teaching_path.read_text(encoding="utf-8")


def is_second_edition(lesson: Lesson) -> bool:
    metadata = json.loads(lesson.solution_path.read_text(encoding="utf-8"))["metadata"]
    return str(metadata["imbalanced_course"]["version"]).startswith("2")


def headings(text: str, level: int) -> list[str]:
    return re.findall(rf"^{'#' * level} (.+)$", text, re.MULTILINE)


def section(text: str, name: str) -> str:
    """Return what stands under a heading, down to the next one of its level or above."""
    level, start = next((len(m[1]), m.end()) for m in re.finditer(r"^(#+) (.+)$", text, re.MULTILINE) if m[2] == name)
    following = re.search(rf"^#{{1,{level}}} ", text[start:], re.MULTILINE)
    return text[start : start + following.start()] if following else text[start:]


def rows(text: str) -> list[list[str]]:
    """Return the cells of a text's tables without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    heads = {index - 1 for index, line in enumerate(lines) if line.startswith("| ---")}
    kept = [line for index, line in enumerate(lines) if index not in heads and index - 1 not in heads]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in kept]


def minutes(lesson: Lesson) -> int:
    return int(rows(section(page(lesson), "Timing"))[-1][1])


@cache
def cells(lesson: Lesson) -> list[dict[str, Any]]:
    return list(json.loads(lesson.solution_path.read_text(encoding="utf-8"))["cells"])


def markdown(lesson: Lesson) -> str:
    return "\n".join(source_text(cell) for cell in cells(lesson) if cell["cell_type"] == "markdown")


@cache
def messages(lesson: Lesson) -> str:
    """Return all that the checks of a lesson can say, line breaks in the source undone."""
    folder = ROOT / "helpers/imbalanced_course/checks" / lesson.notebook
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.py"))]
    texts = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    known = lesson.answers_path.read_text(encoding="utf-8")
    return "\n".join([*(text for text in texts if isinstance(text, str)), known]).casefold()


@each_lesson
def test_a_lesson_has_a_page_with_its_name_and_the_same_sections(lesson):
    text = page(lesson)
    named = [f"{headings(markdown(lesson), 1)[0]}: for teachers"]
    assert headings(text, 1) == named, f"{place(lesson)}: write the heading {named[0]!r}"
    prepared = ["Twenty minutes to prepare"] if is_second_edition(lesson) else []
    assert headings(text, 2) == [*prepared, *SECTIONS], f"{place(lesson)}: write these sections in this order"


@each_lesson
def test_the_timing_names_each_core_section_and_adds_up(lesson):
    core = [name for name in headings(markdown(lesson), 2) if re.match(r"\d+ · ", name)]
    table = rows(section(page(lesson), "Timing"))
    timed = ["Opening", *core, "Quick check", "Sum"]
    assert [row[0] for row in table] == timed, f"{place(lesson)}: Timing needs a row for each of {timed}"
    total = sum(int(row[1]) for row in table[:-1])
    assert total == int(table[-1][1]), f"{place(lesson)}: the sum of the minutes is {total}"


def test_the_entrance_lists_each_page_with_its_minutes():
    listed = rows(ENTRANCE.read_text(encoding="utf-8"))[: len(FINISHED) + 1]
    for lesson, (number, link, told) in zip(FINISHED, listed, strict=False):
        assert (number, told) == (str(lesson.number), f"{minutes(lesson)} minutes"), WRITE_LISTS
        assert f"(../../solutions/{lesson.folder}/teach.md)" in link
    assert listed[-1][-1] == f"{sum(map(minutes, FINISHED))} minutes"


def test_the_one_day_plan_gives_each_lesson_its_minutes_without_a_gap():
    def clock(text: str) -> int:
        hours, past = text.split(":")
        return 60 * int(hours) + int(past)

    day = rows(section(ENTRANCE.read_text(encoding="utf-8"), "One day"))
    lengths = {what: clock(to) - clock(start) for start, to, what in day}
    planned = {what: length for what, length in lengths.items() if what.startswith("lesson ")}
    assert planned == {f"lesson {lesson.number}": minutes(lesson) for lesson in FINISHED}, WRITE_LISTS
    assert [row[1] for row in day[:-1]] == [row[0] for row in day[1:]]


@each_finished_lesson
def test_there_are_three_to_five_questions_each_with_the_answer_hoped_for(lesson):
    questions = re.split(r"^\d\. ", section(page(lesson), "Ask the room"), flags=re.MULTILINE)[1:]
    asked = f"{place(lesson)}: Ask the room needs three to five questions"
    assert 3 <= len(questions) <= 5, f"{asked}, numbered `1. `; it has {len(questions)}"
    assert all(re.search(r"Hoped\s+for:", question) for question in questions), f"{asked}, each with `Hoped for:`"


@each_finished_lesson
def test_what_a_page_quotes_is_what_a_check_says(lesson):
    quotes = re.findall(r"“([^”]+)”", section(page(lesson), "What learners get wrong, and why"))
    quoting = f"{place(lesson)}: What learners get wrong must quote five messages of checks in “…”"
    assert len(quotes) >= 5, f"{quoting}; it quotes {len(quotes)}"
    told = messages(lesson)
    unsaid = [quote for quote in quotes if " ".join(quote.split()).casefold() not in told]
    assert unsaid == [], f"{place(lesson)}: no check of the lesson says this; quote it word by word"


@each_page
def test_tasks_that_a_page_names_exist(path):
    known = {
        number
        for lesson in all_lessons()
        for number in re.findall(r"^### Task (\d+\.\d) ·", markdown(lesson), re.MULTILINE)
    }
    # Any number like 3.4 is a task's; figures such as 0.5 and 1.96 look otherwise.
    assert set(re.findall(r"(?<![\d.])[1-9]\d?\.\d(?!\d)", path.read_text(encoding="utf-8"))) <= known


@each_finished_lesson
def test_each_task_that_a_person_grades_has_a_rubric(lesson):
    text, rubrics = section(page(lesson), "Read by a person"), []
    above = ""
    manual = {task.name: task.points for task in lesson_tasks({"cells": cells(lesson)}) if task.manual}
    for cell in cells(lesson):
        if grade_id(cell) in manual:
            rubrics.append(f"{above}: {manual[grade_id(cell)]:g} points")
        elif cell["cell_type"] == "markdown":
            above = next(iter(re.findall(r"^### (Task .+?) \(", source_text(cell), re.MULTILINE)), above)
    assert headings(text, 3) == rubrics, f"{place(lesson)}: Read by a person needs a heading for each such task"
    for rubric in rubrics:
        assert {"2", "1", "0"} <= {row[0] for row in rows(section(text, rubric))}
        assert "An answer worth" in section(text, rubric)
    if not rubrics:
        said = "the machine checks all 20 points"
        assert said in text, f"{place(lesson)}: write under Read by a person: {said}"


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@each_page
def test_relative_links_resolve(path):
    for target in re.findall(r"\]\((?!https://)([^)]+)\)", path.read_text(encoding="utf-8")):
        name, _, part = target.partition("#")
        other = path.parent / name if name else path
        assert other.is_file(), target
        if part:
            text = other.read_text(encoding="utf-8")
            assert part in {anchor(heading) for level in range(1, 5) for heading in headings(text, level)}, target


def code(text: str) -> list[str]:
    """Return each line of the code blocks and each piece of code in the text."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()] + [
        " ".join(piece.split()) for piece in re.findall(r"`([^`]+)`", rest)
    ]


def calls_of(program: str, text: str) -> list[list[str]]:
    found = [re.search(rf"(?:^|&& |[A-Z]+=\S+ ){program} (.+)$", line) for line in code(text)]
    return [shlex.split(match[1], comments=True) for match in found if match]


@each_page
def test_course_commands_that_a_page_names_exist_with_their_options(path):
    for words in calls_of("course", path.read_text(encoding="utf-8")):
        command: click.Command = main
        names = []
        while isinstance(command, click.Group) and words:
            names.append(words.pop(0))
            assert names[-1] in command.commands, names
            command = command.commands[names[-1]]
        assert CliRunner().invoke(main, [*names, "--help"]).exit_code == 0
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, names


def test_options_that_stand_by_themselves_belong_to_grade():
    text = section(RUNNING.read_text(encoding="utf-8"), "Grade")
    options = {option for parameter in main.commands["grade"].params for option in parameter.opts}
    named = {piece.split()[0] for piece in code(text) if piece.startswith("--")}
    assert named
    assert named <= options


def test_make_targets_and_nbgrader_commands_exist():
    from nbgrader.apps import NbGraderApp

    text = RUNNING.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {words[0] for words in calls_of("make", text)} <= targets
    known = {name for name, _ in NbGraderApp().subcommands.items()}
    named = {words[0].replace("_", "-") for words in calls_of("nbgrader", text)}
    assert {"autograde", "export"} <= named <= {name.replace("_", "-") for name in known}


def test_buttons_that_are_to_be_clicked_stand_in_the_formgrader():
    import nbgrader.server_extensions.formgrader as formgrader

    folder = Path(formgrader.__file__).parent
    files = [*folder.rglob("*.tpl"), *folder.rglob("*.j2"), *(folder / "static/js").glob("*.js")]
    shown = "\n".join(path.read_text(encoding="utf-8") for path in files)
    steps = section(RUNNING.read_text(encoding="utf-8"), "Text, graded by hand")
    labels = set(re.findall(r"\*\*([^*]+)\*\*", steps)) - {"Nbgrader", "Formgrader", "Comments to the learners."}
    assert len(labels) >= 6
    assert [label for label in labels if label not in shown] == []


def test_the_further_sections_of_the_plans_exist():
    table = rows(section(ENTRANCE.read_text(encoding="utf-8"), "Which Further sections go with which plan"))
    lessons = {lesson.number: lesson for lesson in FINISHED}
    for number, *plans in table:
        lesson = lessons[int(number)]
        named = re.findall(r"\*([^*]+)\*", " ".join(plans))
        there = {name for level in (2, 3) for name in headings(markdown(lesson), level)}
        assert len(named) == len(set(named)), f"{place(lesson)}: a plan names an optional section twice"
        missing = [name for name in named if name not in there]
        assert missing == [], f"{place(lesson)}: the lesson has no such optional section; then `course build --words`"
