"""The site builds offline, its links lead somewhere, its pages show lessons without their answers."""

from __future__ import annotations

import importlib.util
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from attack_suite import attacks
from bs4 import BeautifulSoup
from built_site import ROOT, WIDTHS, build_site, built_site, chromium, served
from stock_attacks import stored

from coursework.lessons.catalogue import Lesson, released_lessons, released_projects
from coursework.lessons.notebook import is_answer, source_text

PAGES = sorted(
    path
    for path in [*(ROOT / "docs").glob("*.md"), ROOT / "docs/teach/README.md", *(ROOT / "solutions").glob("*/teach.md")]
    if path.name not in ("contributing.md", "changelog.md")  # the site's copies
)
EACH_LESSON = pytest.mark.parametrize("lesson", released_lessons(), ids=lambda lesson: lesson.folder)
_SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_site(tmp_path_factory)


def pages(site: Path) -> list[Path]:
    return sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)


@cache
def read(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


@cache
def anchors(page: Path) -> set[str]:
    return {str(tag["id"]) for tag in read(page).find_all(id=True)}


def targets(page: Path) -> list[str]:
    """Return every address that a page links to or loads."""
    return [
        str(tag[name])
        for name in ("href", "src", "action", "poster")
        for tag in read(page).find_all(attrs={name: True})
    ]


# What is there


def test_there_is_a_page_for_each_lesson_and_project(site):
    wanted = {f"lessons/{lesson.folder}.html" for lesson in released_lessons()}
    wanted |= {f"projects/{project.name}.html" for project in released_projects()}
    assert wanted == {
        path.relative_to(site).as_posix() for kind in ("lessons", "projects") for path in (site / kind).glob("*")
    }


def test_each_command_of_the_course_has_its_help_and_its_example_on_the_commands_page(site):
    import click

    from coursework.cli import main

    text = " ".join(read(site / "commands.html").get_text().split()).replace("\u2019", "'")  # the site sets quotes
    assert "Path(" not in text
    for name, command in main.commands.items():
        if isinstance(command, click.Group):
            continue
        sentence, _, example = str(command.help).partition("Example:")
        assert sentence.split("\n")[0] in text, name
        assert " ".join(example.split()) in text, name
        for option in command.params:
            assert all(flag in text for flag in option.opts if flag.startswith("--")), (name, option.name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_names_only_commands_and_make_targets_that_exist(page):
    from coursework.cli import main

    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    code = "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"^course ([a-z][a-z-]*)", code, re.MULTILINE)) <= set(main.commands)
    assert set(re.findall(r"^make ([a-z-]+)", code, re.MULTILINE)) <= known


def test_the_figures_of_the_attacks_are_those_of_the_suite():
    text = " ".join((ROOT / "docs/how-grading-works.md").read_text(encoding="utf-8").split())
    stock = Counter(
        "stopped" if points in ("aborts", "hangs") else "points" if float(points) else "none"
        for points in stored().values()
    )
    assert f"**{len(attacks())} attacks**" in text
    assert f"Of the {stock.total()} attacks that harm no machine, {stock['points']} earn points" in text
    assert f"{stock['stopped']} stop it or never end" in text


@pytest.mark.long
def test_the_same_pages_build_the_same_site_to_the_byte(site, tmp_path):
    again = build_site(tmp_path)
    files = [path.relative_to(again) for path in again.rglob("*") if path.is_file()]
    assert [str(path) for path in files if (again / path).read_bytes() != (site / path).read_bytes()] == []


# Links


def test_every_link_inside_the_site_leads_to_a_file_and_an_anchor(site):
    broken = []
    for page in pages(site):
        for target in targets(page):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc or target == "#":
                continue
            file = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            anchor = unquote(parts.fragment) if file.suffix == ".html" else ""
            if not file.is_file() or (anchor and anchor not in anchors(file)):
                broken.append((page.name, target))
    assert broken == []


def test_addresses_elsewhere_are_well_formed_and_only_linked_to(site):
    for page in pages(site):
        for target in targets(page):
            parts = urlsplit(target)
            if parts.scheme in ("http", "https"):
                assert "." in parts.netloc, (page.name, target)
                assert not re.search(r"\s|[<>]", target), (page.name, target)
            else:
                assert parts.scheme in ("", "data"), (page.name, target)
        for tag in read(page).find_all(["script", "img", "link", "iframe"]):
            address = str(tag.get("src") or tag.get("href") or "")
            assert not urlsplit(address).netloc, (page.name, address)


def test_the_links_of_a_page_also_lead_somewhere_in_the_repository():
    broken = []
    for page in PAGES:
        prose = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        for target in re.findall(r"\]\(([^)#\s]+)", prose):
            if not urlsplit(target).scheme and not (page.parent / target).exists():
                broken.append((page.name, target))
    assert broken == []


@pytest.mark.parametrize(
    ("place", "written", "on_the_site"),
    [
        ("docs/myths.md", "[5](../lessons/05-oversampling/oversampling.ipynb)", "[5](lessons/05-oversampling.ipynb)"),
        ("docs/teach/README.md", "[a](../myths.md#copies)", "[a](../myths.md#copies)"),
        ("docs/teach/README.md", "[main](../../README.md)", "[main](../index.md)"),
        ("docs/teach/README.md", "[1](../../solutions/01-challenge/teach.md)", "[1](01-challenge.md)"),
        ("solutions/01-challenge/teach.md", "[all](../../docs/teach/README.md#a)", "[all](README.md#a)"),
        ("CONTRIBUTING.md", "[words](docs/glossary.md)", "[words](glossary.md)"),
        ("docs/coverage.md", "[the `code`](../helpers/coursework/cli.py)", "the `code`"),
        (
            "docs/myths.md",
            "[paper](https://doi.org/10.1/x) [above](#here)",
            "[paper](https://doi.org/10.1/x) [above](#here)",
        ),
    ],
)
def test_links_that_work_in_the_repository_work_on_the_site(place, written, on_the_site):
    assert site_pages().links_for_the_site(written, place) == on_the_site


# No answers


@EACH_LESSON
def test_the_page_of_a_lesson_holds_no_line_of_an_answer_that_the_lesson_itself_does_not(site, lesson: Lesson):
    shown = squeezed(read(site / "lessons" / f"{lesson.folder}.html").get_text())
    released = squeezed("\n".join(map(source_text, cells(lesson.release_path))))
    source = lesson.source_path.read_text(encoding="utf-8")
    lines = [squeezed(line) for block in _SOLUTION.findall(source) for line in block.splitlines()]
    # Shorter ones, such as `a = 1`, are no answer by themselves and may stand anywhere.
    secret = {line for line in lines if len(line) >= 15 and line not in released}
    assert secret
    assert [line for line in secret if line in shown] == []
    assert "BEGINSOLUTION" not in shown
    assert "HIDDENTESTS" not in shown


@EACH_LESSON
def test_the_page_of_a_lesson_shows_pictures_and_folds_hints_and_checks(site, lesson: Lesson):
    page = read(site / "lessons" / f"{lesson.folder}.html").find("article")
    summaries = [summary.get_text().strip() for summary in page.find_all("summary")]
    hints = sum(source_text(cell).count("<summary>Hint") for cell in cells(lesson.release_path))
    checks = sum(source_text(cell).startswith("from imbalanced_course.checks") for cell in cells(lesson.release_path))
    assert sum(summary.startswith("Hint ") for summary in summaries) == hints > 0
    assert sum("Show the check" in summary for summary in summaries) == checks > 0
    pictures = page.find_all("img")
    assert pictures
    assert all(len(picture.get("alt", "")) > 30 for picture in pictures)


def cells(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def squeezed(text: str) -> str:
    """Return a text without what a page drops of it: spaces, and the marks of code."""
    return re.sub(r"[\s`]", "", text)


def a_cell(name: str, source: str, output: str = "", **nbgrader: Any) -> dict[str, Any]:
    outputs = [{"output_type": "stream", "name": "stdout", "text": output}] if output else []
    metadata = {"nbgrader": {"grade_id": name, **nbgrader}} if nbgrader else {}
    return {"cell_type": "code", "id": name, "metadata": metadata, "source": source, "outputs": outputs}


@cache
def site_pages() -> Any:
    spec = importlib.util.spec_from_file_location("site_pages", ROOT / "docs/site_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page_of(release: list[dict[str, Any]], solution: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    metadata = {"kernelspec": {}, "language_info": {}}
    page = site_pages().lesson_page({"cells": release, "metadata": metadata}, {"cells": solution})
    return {cell["id"]: cell for cell in page["cells"]}


def test_a_page_has_the_outputs_of_what_no_answer_led_to():
    answer = {"solution": True, "grade": False}
    check = {"solution": False, "grade": True, "points": 1}
    solution = [
        a_cell("before", "print(1)", "1"),
        a_cell("task", "a = 1 + 1", "2", **answer),
        a_cell("task-check", "check(a)", "Right", **check),
        a_cell("uses", "b = a", "secret"),
        a_cell("uses-it-in-turn", "print(b)", "secret"),
        a_cell("sets-it-anew", "a = 3", "3"),
        a_cell("after", "print(a)", "3"),
    ]
    release = [dict(cell, outputs=[]) for cell in solution]
    release[1]["source"] = "a = ..."
    page = page_of(release, solution)
    assert [name for name, cell in page.items() if cell.get("outputs")] == ["before", "sets-it-anew", "after"]
    assert page["task"]["source"] == "a = ..."
    assert page["task-check"]["metadata"]["tags"] == ["hide-input"]
    assert is_answer(solution[1])


def test_code_that_is_folded_in_jupyterlab_is_folded_on_the_page():
    shown, folded = a_cell("shown", "print(1)", "1"), a_cell("folded", "print(2)", "2")
    folded["metadata"]["jupyter"] = {"source_hidden": True}
    drawn = a_cell("drawn", "print(3)")
    drawn["metadata"]["jupyter"] = {"source_hidden": True}
    metadata = {"image/png": {"alt": "A cloud.", "width": 550}}
    drawn["outputs"] = [{"output_type": "display_data", "data": {"image/png": "abc"}, "metadata": metadata}]
    page = page_of([shown, folded, drawn], [shown, folded, drawn])
    assert page["shown"]["metadata"] == {}
    fold = {"code_prompt_show": "Show the code", "code_prompt_hide": "Hide the code"}
    assert page["folded"]["metadata"] == {"tags": ["hide-input"], "mystnb": fold}
    assert page["folded"]["outputs"] == folded["outputs"]
    assert page["drawn"]["metadata"]["mystnb"] == {**fold, "image": {"alt": "A cloud.", "width": "550px"}}


def is_drawn(cell: dict[str, Any]) -> bool:
    return any("image/png" in output.get("data", {}) for output in cell.get("outputs", []))


@EACH_LESSON
def test_a_lessons_page_shows_every_picture_but_those_that_a_learner_draws(site, lesson: Lesson):
    drawn = [cell for cell in cells(lesson.solution_path) if is_drawn(cell)]
    free = [cell for cell in drawn if not is_answer(cell)]
    shown = len(read(site / "lessons" / f"{lesson.folder}.html").find("article").find_all("img"))
    assert shown == len(free) > 0


@pytest.mark.parametrize(
    ("drawing", "shown"),
    [
        ("figure, ax = subplots()\nax.plot(1)", True),
        ("ax.plot(1)\nfigure, ax = subplots()", False),
        ("ax = ax.twinx()", False),
        ("ax += 1", False),
        ("if True:\n    ax = 1\nprint(ax)", False),
        ("if True:\n    ax = 1\nelse:\n    ax = 2\nprint(ax)", True),
        ("for ax in panels:\n    ax.plot(1)", True),
        ("for ax in panels:\n    pass\nprint(ax)", False),
        ("with figure() as ax:\n    ax.plot(1)", True),
        ("print([ax for ax in panels])", True),
        ("print([ax for panel in panels])", False),
        ("print([ax for ax in ax])", False),
        ("def draw(ax):\n    ax.plot(1)", True),
        ("def draw(ax=ax):\n    ax.plot(1)", False),
        ("def draw():\n    return ax", False),
        ("print((lambda ax: ax + 1)(1))", True),
        ("try:\n    ax = 1\nexcept ValueError:\n    pass\nprint(ax)", False),
        ("import ax", True),
    ],
)
def test_what_a_cell_sets_itself_is_not_read_from_an_answer(drawing, shown):
    answer = a_cell("task", "ax = 1", **{"solution": True, "grade": False})
    solution = [answer, a_cell("draws", drawing, "drawn")]
    assert bool(page_of(solution, solution)["draws"]["outputs"]) == shown


@pytest.mark.parametrize(
    ("spoils", "shown"),
    [
        ("b = a", False),
        ("b['share'] = a", False),
        ("b.share = a", False),
        ("for b in a:\n    pass", False),
        ("def b():\n    return a", False),
        ("import a as b", True),
        ("c = a", True),
    ],
)
def test_what_an_answer_changed_is_not_shown(spoils, shown):
    answer = a_cell("task", "a = 1", **{"solution": True, "grade": False})
    solution = [answer, a_cell("spoils", spoils), a_cell("reads", "print(b)", "b")]
    assert bool(page_of(solution, solution)["reads"]["outputs"]) == shown


# In a browser


@pytest.fixture(scope="module")
def looked_at(site: Path) -> dict[str, dict[str, list[str]]]:
    """What Chromium met on each page: requests elsewhere, files that are missing, errors, and widths that overflow."""
    met = {}
    with chromium() as browser, browser.new_context() as context, served(site) as address:
        for page in pages(site):
            name = page.relative_to(site).as_posix()
            found: dict[str, list[str]] = {"elsewhere": [], "missing": [], "errors": [], "too wide": []}
            tab = context.new_page()
            tab.on(
                "request", lambda one, f=found: one.url.startswith((address, "data:")) or f["elsewhere"].append(one.url)
            )
            tab.on("response", lambda one, f=found: one.status < 400 or f["missing"].append(one.url))
            tab.on("pageerror", lambda error, f=found: f["errors"].append(str(error)))
            tab.goto(f"{address}/{name}")
            for width in WIDTHS.values():
                tab.set_viewport_size({"width": width, "height": 900})
                if tab.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                    found["too wide"].append(str(width))
            tab.close()
            met[name] = found
    return met


@pytest.mark.browser
@pytest.mark.parametrize("trouble", ["elsewhere", "missing", "errors", "too wide"])
def test_no_page_asks_elsewhere_misses_a_file_fails_or_scrolls_sideways(looked_at, trouble):
    assert {name: found[trouble] for name, found in looked_at.items() if found[trouble]} == {}


@pytest.mark.browser
def test_the_search_finds_a_word_without_a_network(site):
    with chromium() as browser, served(site) as address:
        page = browser.new_page()
        page.goto(f"{address}/search.html?q=undersampling")
        page.wait_for_selector("#search-results li a")
        assert page.locator("#search-results li a").count() >= 3


@pytest.mark.browser
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_cheat_sheet_is_printed_on_one_page(site, paper):
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
    with chromium() as browser:
        page = browser.new_page()
        page.goto((site / "cheat-sheet.html").as_uri())
        assert re.findall(rb"/Type /Page\b", page.pdf(format=paper, margin=margin)) == [b"/Type /Page"]
