"""axe, an accessibility checker, finds nothing serious on what people read in a browser."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from built_site import WIDTHS, built_site, chromium

from coursework.grading.engine import EngineSettings
from coursework.grading.run import grade_folder
from coursework.grading.sandbox import why_no_sandbox
from coursework.lessons.catalogue import find_lesson
from coursework.lessons.notebook import grade_id
from coursework.reporting.report import write_report

pytestmark = pytest.mark.browser

SERIOUS = ("serious", "critical")
DESKTOP, PHONE = WIDTHS["desktop"], WIDTHS["phone"]
# Page, width, light or dark: of each kind of page one, since axe takes seconds on a long lesson. Neither of colours and
# width changes the other: in the dark only contrast is looked at, on a phone all but contrast.
ON_A_DESK = ("index", "lessons/04-undersampling", "glossary", "evidence", "coverage", "teach/README", "run-a-class",
             "how-grading-works", "commands", "search")  # fmt: skip
ON_A_PHONE = ("index", "lessons/02-intuition", "evidence", "cheat-sheet", "teach/README", "commands")
IN_THE_DARK = ("index", "lessons/02-intuition", "how-grading-works", "commands")
SITE = [
    *((name, DESKTOP, "light") for name in ON_A_DESK),
    *((name, PHONE, "light") for name in ON_A_PHONE),
    *((name, DESKTOP, "dark") for name in IN_THE_DARK),
]


# What else is read in a browser: how its pages come out of a grading folder.
OTHERS: dict[str, Callable[[Path], list[Path]]] = {
    "feedback": lambda graded: sorted((graded / "feedback").rglob("*.html")),
    "report": lambda graded: [graded / "report.html"],
}


def serious(browser, page: Path, *, width: int, scheme: str = "light") -> list[str]:
    """Return what axe finds on a page: the rule, and the first place."""
    from axe_playwright_python.sync_playwright import Axe

    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if scheme == "dark":
        options["runOnly"] = ["color-contrast"]
    elif width == PHONE:
        options["rules"] = {"color-contrast": {"enabled": False}}
    tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab.goto(page.as_uri())
    found = Axe().run(tab, options=options).response["violations"]
    tab.close()
    return [
        f"{page.stem} at {width} px, {scheme}: {one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in SERIOUS
    ]


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    return built_site(tmp_path_factory)


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Path:
    """The grading folder of a right, an untouched and a wrong hand-in of a lesson with pictures, and its report."""
    folder, lesson = tmp_path_factory.mktemp("class"), find_lesson("intuition")
    wrong = json.loads(lesson.release_path.read_text(encoding="utf-8"))
    cell = next(cell for cell in wrong["cells"] if grade_id(cell) == "four-reports")
    cell["source"] = "order = 'along' * 60  # a long line, and one without a space\nprint(order)\n1 / 0"
    for student in ("right", "untouched", "wrong"):
        path = folder / "class" / student / lesson.folder / f"{lesson.notebook}.ipynb"
        path.parent.mkdir(parents=True)
        shutil.copy(lesson.solution_path if student == "right" else lesson.release_path, path)
    path.write_text(json.dumps(wrong))
    sandbox = "none" if why_no_sandbox() else "bwrap"
    grade_folder(folder / "class", folder / "graded", EngineSettings(sandbox=sandbox), workers=1)
    write_report(folder / "graded")
    return folder / "graded"


@pytest.mark.parametrize(("name", "width", "scheme"), SITE)
def test_axe_finds_nothing_serious_on_the_site(browser, site, name, width, scheme):
    assert serious(browser, site / f"{name}.html", width=width, scheme=scheme) == []


def test_axe_does_find_what_is_serious(browser, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><title>A page</title><p style='color: #aaa'>grey</p><img src='x.png'>")
    assert sorted(line.split()[5] for line in serious(browser, page, width=DESKTOP)) == [
        "color-contrast",
        "html-has-lang",
        "image-alt",
    ]


@pytest.mark.parametrize("kind", OTHERS)
def test_axe_finds_nothing_serious_elsewhere(browser, graded, kind):
    pages = OTHERS[kind](graded)
    assert pages
    ways = [*((width, "light") for width in WIDTHS.values()), (DESKTOP, "dark")]
    found = [serious(browser, page, width=width, scheme=scheme) for page in pages for width, scheme in ways]
    assert [line for lines in found for line in lines] == []


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_read_elsewhere_is_dark_where_the_reader_wants_it(browser, graded, kind):
    page = OTHERS[kind](graded)[0]
    brightness = {}
    for scheme in ("light", "dark"):
        tab = browser.new_page(color_scheme=scheme)
        tab.goto(page.as_uri())
        color = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness[scheme] = sum(map(int, re.findall(r"\d+", color)[:3])) / 765
        tab.close()
    assert brightness["light"] > 0.9
    assert brightness["dark"] < 0.2


def test_the_first_page_of_the_report_is_what_is_printed_unless_all_of_it_is_wanted(browser, graded):
    tab = browser.new_page()
    tab.goto((graded / "report.html").as_uri())
    pages = []
    for box in (False, True):
        tab.set_checked("#print-all", box)
        pages.append(len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format="A4"))))
    tab.close()
    assert pages[0] == 1 < pages[1]


def test_in_the_dark_a_picture_of_the_site_is_as_drawn_and_its_caption_is_text_of_the_page(browser, site):
    tab = browser.new_page(color_scheme="dark")
    tab.goto((site / "lessons" / "02-intuition.html").as_uri())
    style = "element => [getComputedStyle(element).filter, getComputedStyle(element).backgroundColor]"
    pictures = tab.locator("article div.cell_output img")
    captions = tab.locator("article div.cell_output .text_html", has_text="Figure:")
    assert pictures.count() == captions.count() > 0
    assert pictures.first.evaluate(style)[0] == "none"
    assert captions.first.evaluate(style)[1] == "rgba(0, 0, 0, 0)"
    tab.close()
