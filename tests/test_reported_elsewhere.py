"""What public bug reports on other graders and platforms tell, tried here; `docs/reported-elsewhere.md` lists them."""

from __future__ import annotations

import csv
import json
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from conftest import need
from nbgrader.api import Gradebook
from reported_inputs import COCALC, HAND_INS, LESSON, NBGRADER, OTTER, answered
from small_course import edit, make_class, make_course

from coursework.cli import main
from coursework.workspace.update import update_workspace

PAGE = Path(__file__).parent.parent / "docs/reported-elsewhere.md"
# Reports whose inputs are not one hand-in, by the test that tries them.
REPORTS: dict[str, tuple[str, ...]] = {}


def reported(*links: str):
    """Note that a test tries what these reports tell."""

    def note(test):
        REPORTS[test.__name__] = links
        return test

    return note


def course(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def grade(submissions: Path, out: Path) -> Result:
    return course("grade", submissions, "--out", out, "--timeout", 1, "--memory", "500M", "--workers", 1)


def rows(out: Path, name: str = "grades.csv") -> dict[str, dict[str, str]]:
    with (out / name).open(newline="", encoding="utf-8") as file:
        return {row["student"].removeprefix("'"): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A course of one small lesson, and all hand-ins graded in one run: its folder is `graded`."""
    need("bubblewrap")
    place = tmp_path_factory.mktemp("reported")
    with pytest.MonkeyPatch.context() as patch:
        small = make_class(make_course(place / "course"), 0)
        patch.setattr("imbalanced_course.course_files._REPOSITORY", small)
        for student, hand_in in HAND_INS.items():
            hand_in.write(place / "in" / student / LESSON)
        (place / "in/nothing handed in" / LESSON).mkdir(parents=True)
        (place / "in/link").mkdir()
        (place / "in/link" / LESSON).symlink_to(place / "in/text left empty" / LESSON)
        outcome = grade(place / "in", place / "graded")
        (place / "said").write_text(f"{outcome.exit_code} {outcome.output}")
        yield place


@pytest.fixture
def out(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the grading folder, in a folder of its own to run commands in."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(place / "graded", tmp_path / "graded"))


def page_of(out: Path, student: str) -> BeautifulSoup:
    return BeautifulSoup((out / "feedback" / student / LESSON / "metrics.html").read_text(), "html.parser")


@pytest.mark.parametrize("student", HAND_INS)
def test_a_hand_in_of_a_reported_kind_gets_its_points_and_a_reason(place, student):
    expected, row = HAND_INS[student], rows(place / "graded")[student]
    if expected.points is None:
        assert row["status"] == "flagged"
    else:
        assert (row["status"], row["points"]) == ("graded", str(expected.points))
        assert row["needs_review"] == str(expected.review)
    assert expected.reason in row["reason"]
    assert bool(expected.reason) == bool(row["reason"]), row["reason"]


@reported(
    NBGRADER + "744", "https://github.com/jupyter/nbgrader/pull/567", "https://github.com/Submitty/Submitty/pull/6710"
)
def test_an_empty_folder_a_link_and_broken_files_do_not_stop_the_class(place):
    said = (place / "said").read_text()
    broken = sum(one.points is None for one in HAND_INS.values())
    cannot = broken + len(["the link", "the empty folder"])
    assert said.startswith("1 ")
    assert f"graded: {len(HAND_INS) - broken}   kept from before: 0   could not be graded: {cannot}" in said
    assert "Traceback" not in said
    assert "symbolic link" in next(row for name, row in rows(place / "graded").items() if name == "link")["reason"]


@reported(NBGRADER + "917", NBGRADER + "1363", OTTER + "495", COCALC + "4781")
def test_feedback_shows_no_check(place):
    pages = [path.read_text() for path in (place / "graded/feedback").rglob("*.html")]
    assert len(pages) == sum(one.points is not None for one in HAND_INS.values())
    assert not [page for page in pages if "answers(" in page or "task(" in page]


def test_feedback_keeps_the_figure_and_cuts_the_flood(place):
    assert page_of(place / "graded", "interactive figure").find("img", src=re.compile("^data:image/png"))
    assert len(str(page_of(place / "graded", "endless and printing"))) < 1_000_000
    assert "SyntaxError" in page_of(place / "graded", "syntax error").text


def test_an_attached_picture_is_not_carried_on(place):
    kept = (place / "graded/autograded/attachment" / LESSON / "metrics.ipynb").read_text()
    assert "AAAA" not in kept


@reported("https://github.com/classroom-resources/autograding-grading-reporter/issues/10",
          "https://github.com/RunestoneInteractive/RunestoneServer/issues/1052",
          "https://github.com/numbas/Numbas/issues/585")  # fmt: skip
def test_a_third_of_a_point_stays_one_and_is_shown_with_two_decimals(out):
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        book.find_grade("essay", "metrics", LESSON, "endless text").manual_score = 1 / 3
        book.db.commit()
    assert course("export", "--format", "csv", "--out", out).exit_code == 0
    assert rows(out, "export/class.csv")["endless text"]["total"] == "10.33"


@reported("https://github.com/unc-csxl/csxl.unc.edu/issues/624", "https://github.com/autolab/Autolab/issues/1971")
def test_canvas_with_a_blank_row_and_somebody_without_a_name(out, tmp_path):
    table = 'Student,ID,SIS Login ID,Section,Metrics (7)\r\n,,,,\r\n    Points Possible,,,,15.00\r\n,,,,\r\n' \
            '"Šimůnková, Zoë",11,zoe,A,\r\n,12,,A,\r\n"Lovelace, Ada",13,ada,A,\r\n'  # fmt: skip
    (tmp_path / "canvas.csv").write_text(table, newline="")
    course("export", "--format", "canvas", "--roster", "canvas.csv", "--out", out)
    came = (out / "export/canvas.csv").read_bytes().decode()
    assert came == table.replace("zoe,A,", "zoe,A,10").replace("ada,A,", "ada,A,10")


@reported("https://github.com/ls1intum/Artemis/issues/10679", "https://github.com/sakaiproject/sakai/pull/4925")
def test_moodle_with_decimal_commas(out, tmp_path):
    table = '\ufeffID,"Vollständiger Name",Bewertung,Bestwertung\n"Teilnehmer/in 1","Zoë Šimůnková",,"15,00"\n'
    (tmp_path / "moodle.csv").write_text(table)
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        book.find_grade("essay", "metrics", LESSON, "Zoë Šimůnková").manual_score = 0.5
        book.db.commit()
    course("export", "--format", "moodle", "--roster", "moodle.csv", "--out", out, "metrics")
    assert (out / f"export/moodle-{LESSON}.csv").read_text() == table.replace('",,"', '","10,5","')


@reported(NBGRADER + "79", "https://github.com/source-academy/frontend/issues/986")
def test_the_report_has_no_long_decimals_and_no_NaN(out):
    assert course("report", "--out", out).exit_code == 0
    page = BeautifulSoup((out / "report.html").read_text(), "html.parser")
    shown = " ".join(cell.text for cell in page.find_all(["td", "th", "p", "li", "h1", "h2"]))
    assert re.findall(r"\d\.\d{3,}|\bnan\b", shown, re.IGNORECASE) == []


@reported("https://github.com/RunestoneInteractive/RunestoneServer/issues/1013", NBGRADER + "723",
          "https://github.com/Submitty/Submitty/issues/1745", NBGRADER + "1409")  # fmt: skip
def test_points_by_hand_stay_and_lateness_goes_with_the_due_date(out, tmp_path, monkeypatch):
    with (out / "nbgrader_config.py").open("a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    hand_in = tmp_path / "in/wrong" / LESSON / "metrics.ipynb"
    hand_in.parent.mkdir(parents=True)
    hand_in.write_text(json.dumps(answered("recall = 0.5")))
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        book.find_grade("precision-check", "metrics", LESSON, "wrong").manual_score = 5.0
        book.db.commit()
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")  # 14 hours before UTC
    time.tzset()
    came = []
    for hours in (1, -1, 1):
        due = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=hours)
        with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
            book.update_or_create_assignment(LESSON, duedate=due)
        assert grade(tmp_path / "in", out).exit_code == 0
        came.append(rows(out)["wrong"]["points"])
    assert came == ["9.0", "0.0", "9.0"]


@pytest.fixture(autouse=True)
def _time_zone() -> Iterator[None]:
    yield
    time.tzset()


@reported("https://github.com/RunestoneInteractive/RunestoneServer/issues/1158",
          "https://github.com/openwebwork/webwork2/issues/1514", "https://github.com/autolab/Autolab/issues/1933",
          "https://github.com/instructure/canvas-lms/issues/224")  # fmt: skip
def test_two_of_one_name_stay_two_and_what_a_mac_adds_to_a_zip_is_nobody(place, tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        for number in (2001, 2002):
            name = f"Ada Lovelace_{number}_assignsubmission_file_/metrics.ipynb"
            archive.writestr(name, "{")
            archive.writestr(f"__MACOSX/{name.replace('metrics', '._metrics')}", b"\0\5\x16\7")
    grade(tmp_path / "class.zip", tmp_path / "graded")
    assert len(rows(tmp_path / "graded")) == 2
    assert all(student.startswith("Ada Lovelace") for student in rows(tmp_path / "graded"))


@reported(NBGRADER + "1844", NBGRADER + "879")
def test_course_check_stops_where_grading_does(place, tmp_path):
    update_workspace(tmp_path / "my-lessons")
    edit(tmp_path / "my-lessons" / LESSON / "metrics.ipynb", {
        "recall": "from pathlib import Path\nrecall = 0.5 if Path('metrics.ipynb').exists() else 0",
        "precision": "precision = 0.25\nname = input('Your name? ')",
    })  # fmt: skip
    report = json.loads(course("check", "metrics", "--json", "--workspace", tmp_path / "my-lessons").stdout)
    tasks = {task["name"]: task for task in report["lessons"][0]["tasks"]}
    assert (tasks["recall"]["points"], tasks["precision"]["points"]) == (4.0, 0.0)
    assert "input" in tasks["precision"]["reason"]


def test_the_page_lists_the_reports_that_are_tried():
    listed = re.findall(r"\]\((https://[^)]+)\)", PAGE.read_text())
    assert len(listed) == len(set(listed)) >= 30
    tried = {link for one in HAND_INS.values() for link in one.reports} | {
        link for one in REPORTS.values() for link in one
    }
    assert set(listed) == tried
