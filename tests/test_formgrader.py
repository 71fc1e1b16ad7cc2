"""nbgrader's formgrader opens what `course grade` made: scores are listed, and whatever a learner wrote is text."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from built_site import chromium
from click.testing import CliRunner
from conftest import need
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from script_vectors import FORMULAS, INSTRUMENT, MARKDOWN, NAMES, OUTPUTS, PROVOKE, TAGS, numbered

from coursework.cli import main
from coursework.lessons.catalogue import find_lesson
from coursework.lessons.notebook import grade_id, grader_metadata
from coursework.reporting.report import write_report

LESSON = find_lesson("challenge")
READ_BY_A_PERSON = "five-problems-reasons"
START_SECONDS = 300
WRITTEN = numbered(TAGS + MARKDOWN + FORMULAS, 1)
SHOWN = numbered([json.dumps(data) for data in OUTPUTS], 1 + len(WRITTEN))
CALLED = numbered(NAMES, 1 + len(WRITTEN) + len(SHOWN))
# A teacher reads what is meant: emphasis, a table, code, formulas; and a heading named as a field for points.
READABLE = """\
**Bold**, *italic* and `x < 1 and y > 2`, [a link](https://example.org), "R&D".

# dummy-against-model-check

| a | b |
|---|---|
| 1 | 2 |

- $\\frac{1}{2} <x$ and $$\\begin{aligned} a &= b \\\\ c &< d \\end{aligned}$$

dummy-against-model-check
-

```python
# a comment
List<int>
```
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The grading folder of a learner who writes plainly, one who tries everything, and some with odd names."""
    need("bubblewrap")
    place = tmp_path_factory.mktemp("formgrader")
    hand_in(place / "in/ada", {READ_BY_A_PERSON: READABLE})
    answer = "from IPython.display import display\n" + "".join(
        f"display({json.loads(data)!r}, raw=True)\n" for data in SHOWN.values()
    )
    answer += "print('<img src=x onerror=ran(0)>')\nraise ValueError('<img src=x onerror=ran(0)>')\n"
    text = "\n\n".join(WRITTEN.values())
    hand_in(place / "in/eve", {READ_BY_A_PERSON: text, "dummy-against-model": answer, "bonus-pairs": text})
    for name in CALLED.values():
        hand_in(place / "in" / name, {})
    (place / "in/<img src=x onerror=ran(0)>.ipynb").write_text("{}")
    ran = CliRunner().invoke(main, ["grade", str(place / "in"), "--out", str(place / "out"), "--workers", "2"])
    assert ran.exit_code == 1, ran.output  # one file is of no lesson
    return place / "out"


def hand_in(folder: Path, answers: dict[str, str]) -> None:
    """Write a solved notebook with other answers, and with attachments, outputs and metadata that act."""
    notebook = json.loads(LESSON.solution_path.read_text(encoding="utf-8"))
    act = "<img src=x onerror=ran(0)>"
    for cell in notebook["cells"]:
        cell["source"] = answers.get(str(grade_id(cell)), cell["source"])
        cell["metadata"] |= {"trusted": True, "tags": [f'"{act}'], "jupytext": {"cell_marker": act}}
        if cell["cell_type"] == "markdown":
            cell["attachments"] = {"a.svg": {"image/svg+xml": f"<svg>{act}</svg>", "image/png": f'">{act}'}}
        else:
            cell["outputs"] = [{"output_type": "display_data", "data": {"text/html": act}, "metadata": {}}]
    state = {"application/vnd.jupyter.widget-state+json": {"state": {}, "x": f"</script>{act}"}}
    notebook["metadata"] |= {"widgets": state, "kernelspec": {"name": act, "display_name": act}, "title": act}
    path = folder / LESSON.folder / f"{LESSON.notebook}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook))


@pytest.fixture(scope="module")
def formgrader(graded: Path) -> Iterator[tuple[str, str]]:
    """The address of a Jupyter server on the graded folder, and its token."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(8)
    scripts = str(Path(sys.executable).parent)
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "JUPYTER_TOKEN": token, "HOME": str(graded.parent)}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.port={port}", "--allow-root"]
    with (graded.parent / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=graded, env=environment, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{base}/api/status", token)
        yield base, token
    finally:
        server.kill()
        server.wait()


@pytest.fixture(scope="module")
def window() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


class Beacon:
    """A window of Chromium on pages of one origin, and what they asked of any other."""

    def __init__(self, window: Any, origin: str, token: str = "") -> None:
        self.acted: set[str] = set()
        headers = {"Authorization": f"token {token}"} if token else {}
        self.context = window.new_context(extra_http_headers=headers)
        self.context.add_init_script(INSTRUMENT)
        self.context.set_default_timeout(240_000)
        self.context.route(re.compile(f"^(?!data:|{re.escape(origin)})"), self._answer)

    def _answer(self, route: Any) -> None:
        address = route.request.url
        if "/mathjax/2.7" in address:  # the formgrader itself asks for it
            route.abort()
        else:
            self.acted.add(address.removeprefix("http://beacon.invalid/"))
            route.fulfill(body="")

    def see(self, address: str, *, provoke: str = "", seconds: float = 0.3) -> Any:
        """Open a page, do what a reader may do with what is in the elements `provoke`, and return the page."""
        for before in self.context.pages:
            before.close()
        page = self.context.new_page()
        page.goto(address)
        page.wait_for_timeout(1000 * seconds)
        if provoke:
            page.eval_on_selector_all(provoke, PROVOKE)
            page.wait_for_timeout(1000 * seconds)
        return page


def get(address: str, token: str) -> Any:
    request = urllib.request.Request(address, headers={"Authorization": f"token {token}"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.loads(answer.read().decode())


def _wait(address: str, token: str) -> None:
    limit = time.monotonic() + START_SECONDS
    while True:
        try:
            get(address, token)
            return
        except OSError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="module")
def pages(formgrader: tuple[str, str]) -> dict[str, str]:
    """The formgrader's page of each learner's notebook."""
    base, token = formgrader
    found = get(f"{base}/formgrader/api/submitted_notebooks/{LESSON.folder}/{LESSON.notebook}", token)
    return {one["student"]: f"{base}/formgrader/submissions/{one['id']}/?index=0" for one in found}


@pytest.fixture
def beacon(window: Any, formgrader: tuple[str, str]) -> Iterator[Beacon]:
    made = Beacon(window, *formgrader)
    yield made
    made.context.close()


@pytest.mark.browser
def test_a_submission_opens_with_its_score_and_what_was_written_is_readable(formgrader, pages, beacon):
    base, token = formgrader
    submissions = get(f"{base}/formgrader/api/submissions/{LESSON.folder}", token)
    ada = next(one for one in submissions if one["student"] == "ada")
    assert (ada["autograded"], ada["needs_manual_grade"], ada["score"], ada["max_score"]) == (True, True, 16.0, 20.0)
    page = beacon.see(pages["ada"])
    assert "Right · 4 of 4 points" in page.inner_text("body")
    answer = page.locator(".nbgrader_cell", has=page.locator(f"#{READ_BY_A_PERSON}")).locator(".rendered_html")
    assert [answer.locator(one).count() for one in ("strong", "em", "table", "pre", "a[href*=example]")] == [
        1,
        1,
        1,
        1,
        0,
    ]
    shown = answer.inner_text()
    for text in (
        "x < 1 and y > 2",
        "[a link] (https:// example.org)",
        '"R&D"',
        r"$\frac{1}{2} < x$",
        "a &= b",
        "List<",
    ):
        assert text in shown


@pytest.mark.browser
def test_no_heading_of_a_learner_takes_the_place_of_a_field_for_points(pages, beacon):
    page = beacon.see(pages["ada"])
    cells = json.loads(LESSON.solution_path.read_text(encoding="utf-8"))["cells"]
    names = [grade_id(cell) for cell in cells if grader_metadata(cell).get("grade")]
    tags = page.evaluate("names => names.map(name => document.getElementById(name).tagName)", names)
    assert set(tags) == {"INPUT"}


@pytest.mark.browser
def test_nothing_that_a_learner_wrote_or_named_acts(graded, formgrader, pages, beacon, window, record_property):
    base, _ = formgrader
    beacon.see(pages["eve"], provoke=".rendered_html *, .output_area *")
    for student in set(pages) - {"ada", "eve"}:
        beacon.see(f"{base}/formgrader/manage_students/{student}/{LESSON.folder}", seconds=0.1)
    beacon.see(pages[max(set(pages) - {"ada", "eve"})], seconds=0.1)  # long; each has the name in the same place
    beacon.see(f"{base}/formgrader/manage_students")
    beacon.see(f"{base}/formgrader/manage_submissions/{LESSON.folder}")
    beacon.see(f"{base}/formgrader/gradebook/{LESSON.folder}/{LESSON.notebook}")
    write_report(graded)
    files = Beacon(window, graded.as_uri())
    for page in [graded / "report.html", *(graded / "feedback/eve").rglob("*.html")]:
        files.see(page.as_uri(), provoke="body *", seconds=0.1)
    files.context.close()
    acted = beacon.acted | files.acted
    counts = [sum(one.startswith(kind) for one in acted) for kind in ("ran/", "loaded/")]
    vectors = len(WRITTEN) + len(SHOWN) + len(CALLED)
    record_property("table", f"script vectors: {vectors}, ran: {counts[0]}, loaded: {counts[1]}")
    assert acted == set()


@pytest.mark.browser
@pytest.mark.long
def test_most_of_it_does_act_as_nbconvert_shows_it_by_itself(window, record_property):
    """Without this the test above could be blind: each text alone on a page, and each output, as they came."""
    export = HTMLExporter(template_name="classic")
    picture = {"a.svg": {"image/svg+xml": ""}}
    alone = {number: new_markdown_cell(text, attachments=picture) for number, text in WRITTEN.items()}
    for number, data in SHOWN.items():
        alone[number] = new_code_cell(outputs=[new_output("display_data", json.loads(data))])
    origin = "http://stock.invalid/"
    stock = Beacon(window, origin)
    shown = {f"{origin}{number}": new_notebook(cells=[cell]) for number, cell in alone.items()}

    def serve(route: Any) -> None:
        notebook = shown.get(route.request.url)
        page = export.from_notebook_node(notebook)[0] if notebook else ""
        route.fulfill(body=page, content_type="text/html")

    stock.context.route(f"{origin}*", serve)
    for address in shown:
        stock.see(address, provoke=".rendered_html *, .output_area *", seconds=0.2)
    stock.context.close()
    acted = {int(found[1]) for one in stock.acted if (found := re.match(r"(?:ran|loaded)/(\d+)", one))}
    silent = sorted(set(alone) - acted)
    record_property("table", f"the same as stock nbconvert shows it: {len(acted)} of {len(alone)} act, not {silent}")
    assert len(acted) > 0.6 * len(alone)
