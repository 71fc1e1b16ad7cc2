"""`course export` of feedback: what Moodle, Canvas and nbgrader need to tell whose page it is.

The naming rules are the platforms' own: Moodle's `mod/assign/feedback/file/importziplib.php`, Canvas's
`app/models/abstract_assignment.rb`. nbgrader is installed, so it fetches the feedback itself.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tarfile
import zipfile
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeFetchFeedback, ExchangeList
from small_course import make_course
from traitlets.config import Config

from coursework.grading.gradebook import Graded, GradeWriter
from coursework.grading.original_files import keep_original_files
from coursework.grading.up_to_date import page_path
from coursework.intake.hand_in import HandIn, Origin
from coursework.intake.identities import keep_identities
from coursework.lessons.catalogue import find_lesson

NOON = datetime(2026, 10, 16, 12)
THREE = "03-metrics"
ZIP = "turingalan_LATE_1002_50002_03-metrics.zip"
ADA, ALAN, BO, CY, DI = "lovelaceada_1001", "turingalan_1002", "Bo Ek_2001", "cy", "anon_x7Kq2"
# student, what the platform's file name said, the file, whether a text waits for a person
CLASS = [
    (ADA, Origin("canvas", "1001", "lovelaceada", False), "lovelaceada_1001_50001_metrics-2.ipynb", False),
    (
        ALAN,
        Origin("canvas", "1002", "turingalan", True),
        f"{ZIP}/metrics.ipynb",
        True,
    ),
    (DI, Origin("canvas-anonymous", "x7Kq2", "anon", False), "anon_x7Kq2_50003_metrics.ipynb", False),
    (BO, Origin("moodle", "2001", "Bo Ek"), "Bo Ek_2001_assignsubmission_file_/metrics.ipynb", False),
    (CY, None, "03-metrics/metrics.ipynb", False),
]
PAGE = "<html><body><main><h1><!-- total --><!-- end of total --></h1>Well done, {}</main></body></html>"
WORKSHEET = """\
Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed"
"Participant 3001","Ek, Bo",bo@example.org,Submitted,,15.00,Yes
"Participant 3005",Cy,cy@example.org,Submitted,,15.00,Yes
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class whose hand-ins came from Canvas, from Moodle, and as a tree."""
    place = tmp_path_factory.mktemp("feedback")
    out = place / "graded"
    out.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        course = make_course(place / "course", lessons=(THREE, "04-undersampling"))
        patch.setattr("imbalanced_course.course_files._REPOSITORY", course)
        for folder in (course, out):
            shutil.copy(Path(__file__).parent.parent / "nbgrader_config.py", folder)
        writer = GradeWriter(out)
        writer.prepare(find_lesson(THREE))
        scores = {"recall-check": 4.0, "precision-check": 6.0}
        found = []
        for student, origin, file, waits in CLASS:
            graded = Graded(student, THREE, max_points=15.0, auto_scores=scores, manual={"essay": waits})
            writer.record(graded, NOON)
            found.append(HandIn(student, THREE, place / "in/metrics.ipynb", origin=origin, file=file))
            page = page_path(out, student, THREE)
            page.parent.mkdir(parents=True)
            page.write_text(PAGE.format(student))
        keep_identities(writer.book.engine, found)
        keep_original_files(writer.book.engine, found)
        writer.close()
    return place


@pytest.fixture
def place(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the class in `graded/`, to run commands in."""
    monkeypatch.setattr("imbalanced_course.course_files._REPOSITORY", template / "course")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(template / "graded", tmp_path / "graded")
    (tmp_path / "worksheet.csv").write_text(WORKSHEET)
    return tmp_path


def packed(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("kind", ["canvas-feedback", "moodle-feedback"])
def test_nothing_is_written_before_the_teacher_says_so(kind, place, run_course):
    outcome = run_course("export", "--format", kind)
    assert "nothing was written; --release writes it" in outcome.stderr
    assert not (place / "graded/export").exists()


def test_exporting_grades_sends_no_feedback(place, run_course):
    run_course("export", "--format", "csv")
    assert [path.name for path in (place / "graded/export").iterdir()] == ["class.csv"]


def test_moodle_gets_a_folder_with_the_learners_number_in_this_assignment(place, run_course):
    outcome = run_course("export", "--format", "moodle-feedback", "--release")
    came = packed(place / "graded/export/moodle-feedback-03-metrics.zip")
    assert list(came) == ["Bo Ek_2001_assignsubmission_file_/metrics.html"]
    assert b"Well done, Bo Ek_2001" in came["Bo Ek_2001_assignsubmission_file_/metrics.html"]
    assert f"03-metrics, no place for {CY}\n" in outcome.stderr
    assert outcome.exit_code == 1


def test_moodles_worksheet_tells_who_is_who_where_hand_ins_came_otherwise(place, run_course):
    with Gradebook(f"sqlite:///{place / 'graded/gradebook.db'}") as book:
        book.update_or_create_student(CY, first_name="C_Y", last_name="Cy", email="cy@example.org")
    run_course("export", "--format", "moodle-feedback", "--roster", "worksheet.csv", "--release")
    came = packed(place / "graded/export/moodle-feedback-03-metrics.zip")
    assert list(came) == ["Cy_3005_assignsubmission_file_/metrics.html"]  # Bo has the number 2001, not 3001


GROUPS = """\
Identifier,"Full name","Email address",Status,{header},Grade,"Maximum Grade","Grade can be changed"
"Participant 31",Di,di@example.org,Submitted,Bats,,15.00,Yes
"Participant 32","Ek, Bo",bo@example.org,Submitted,"{group}",,15.00,Yes
"Participant 33",Cy,cy@example.org,Submitted,"{group}",,15.00,Yes
"""


@pytest.mark.parametrize("group", ["Owls: 1st row", "Group 7"])
@pytest.mark.parametrize("header", ["Group", "Grúpa"])
def test_where_groups_hand_in_each_member_gets_the_page_and_nobody_else(group, header, place, run_course):
    student = f"{group.replace(':', '')}_31"  # the group's number, which is Di's among learners
    writer = GradeWriter(place / "graded")
    writer.record(Graded(student, THREE, max_points=15.0, auto_scores={"recall-check": 3.0}), NOON)
    origin = Origin("moodle", "31", student.removesuffix("_31"))
    keep_identities(writer.book.engine, [HandIn(student, THREE, place / "m.ipynb", origin=origin)])
    writer.close()
    page = page_path(place / "graded", student, THREE)
    page.parent.mkdir(parents=True)
    page.write_text(PAGE.format("owls"))
    (place / "worksheet.csv").write_text(GROUPS.format(group=group, header=header))
    outcome = run_course("export", "--format", "moodle-feedback", "--roster", "worksheet.csv", "--release")
    assert f"no place for {BO}" in outcome.stderr  # who handed in alone besides
    came = packed(place / "graded/export/moodle-feedback-03-metrics.zip")
    assert {name for name, text in came.items() if b"owls" in text} == {
        "Ek, Bo_32_assignsubmission_file_/metrics.html", "Cy_33_assignsubmission_file_/metrics.html"
    }  # fmt: skip
    run_course("export", "--format", "moodle", "--roster", "worksheet.csv")
    with (place / "graded/export/moodle-03-metrics.csv").open(encoding="utf-8", newline="") as file:
        assert [row["Grade"] for row in csv.DictReader(file)] == ["", "3", "3"]
    outcome = run_course("export", "--format", "moodle-feedback", "--release")
    if group == "Group 7":  # no other name tells that it is one
        assert f"no place for {student}" in outcome.stderr


def test_moodle_reads_every_folder_name(place, run_course):
    """Between the first `_` and the second stands the number, whatever is in the name."""
    with Gradebook(f"sqlite:///{place / 'graded/gradebook.db'}") as book:
        book.update_or_create_student(BO, first_name="B/o_", last_name="_E_k")
    run_course("export", "--format", "moodle-feedback", "--release")
    (name,) = packed(place / "graded/export/moodle-feedback-03-metrics.zip")
    folder, page = name.split("/")
    assert folder.split("_", 4)[1:] == ["2001", "assignsubmission", "file", ""]
    assert page == "metrics.html"


def test_canvas_gets_its_own_names_back_and_what_waits_is_held(place, run_course):
    outcome = run_course("export", "--format", "canvas-feedback", "--release")
    came = packed(place / "graded/export/canvas-feedback-03-metrics.zip")
    assert sorted(came) == ["anon_x7Kq2_50003_metrics.ipynb", "lovelaceada_1001_50001_metrics-2.ipynb"]
    assert f"held because a person still has to look (--unfinished lets them go): {ALAN}" in outcome.stderr


def test_canvas_shows_the_learners_own_file_name_so_its_kind_stays(place, run_course):
    run_course("export", "--format", "canvas-feedback", "--release", "--unfinished")
    came = packed(place / "graded/export/canvas-feedback-03-metrics.zip")
    notebook = nbformat.reads(came["lovelaceada_1001_50001_metrics-2.ipynb"], as_version=4)
    nbformat.validate(notebook)
    assert f"Well done, {ADA}" in notebook.cells[0].outputs[0]["data"]["text/html"]
    inner = zipfile.ZipFile(io.BytesIO(came[ZIP]))
    assert f"Well done, {ALAN}" in inner.read("metrics.html").decode()


@pytest.mark.parametrize("ending", [".tgz", ".tar.gz", ".tar", ".TBZ2", ".tar.xz"])
def test_canvas_gets_a_tar_back_where_a_tar_was_handed_in(ending, place, run_course):
    file = f"lovelaceada_1001_50001_work{ending}"
    writer = GradeWriter(place / "graded")
    keep_original_files(writer.book.engine, [HandIn(ADA, THREE, place / "m.ipynb", file=f"{file}/metrics.ipynb")])
    writer.close()
    run_course("export", "--format", "canvas-feedback", "--release")
    came = packed(place / "graded/export/canvas-feedback-03-metrics.zip")
    with tarfile.open(fileobj=io.BytesIO(came[file])) as archive:
        page = archive.extractfile("metrics.html")
        assert page is not None
        assert f"Well done, {ADA}" in page.read().decode()


@pytest.mark.parametrize("file", ["x.ipynb.json", "x.ipynb.txt", "homework 3"])
def test_canvas_gets_its_own_name_back_whatever_the_learners_file_was_called(file, place, run_course):
    file = f"lovelaceada_1001_50001_{file}"
    writer = GradeWriter(place / "graded")
    keep_original_files(writer.book.engine, [HandIn(ADA, THREE, place / "m.ipynb", file=file)])
    writer.close()
    run_course("export", "--format", "canvas-feedback", "--release")
    assert file in packed(place / "graded/export/canvas-feedback-03-metrics.zip")


def test_pages_have_the_points_that_were_given_by_hand_since(place, run_course):
    with Gradebook(f"sqlite:///{place / 'graded/gradebook.db'}") as book:
        grade = book.find_grade("essay", "metrics", THREE, BO)
        grade.manual_score, grade.needs_manual_grade = 4.5, False
        book.db.commit()
    run_course("export", "--format", "moodle-feedback", "--release")
    (page,) = packed(place / "graded/export/moodle-feedback-03-metrics.zip").values()
    assert b"14.5 of 15 points" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--format", "exchange", "--release"],
            "has a place on the platform. nbgrader knows a hand-in",
        ),
        (["--format", "canvas-feedback", "--roster", "worksheet.csv"], "only moodle-feedback works with --roster"),
        (["--format", "moodle-feedback", "undersampling"], "there are no feedback pages yet: create it with"),
        (["--format", "csv", "--release"], "--release and --unfinished are for feedback"),
        (["--format", "moodle-feedback", "--roster", "nowhere.csv", "--release"], "cannot be read"),
    ],
)
def test_bad_input_gets_one_sentence_and_writes_nothing(arguments, said, place, run_course):
    outcome = run_course("export", *arguments)
    assert outcome.exit_code == 2, outcome.output
    assert said in outcome.stderr
    assert not (place / "graded/export").exists()


@pytest.fixture
def exchange(place: Path) -> Path:
    """An exchange in which Bo handed in by nbgrader's own command, as its cache on his side has it."""
    folder = place / "exchange"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    cached = place / "cache/imbalanced-classification" / f"bo+{THREE}+2026-10-16 12:00:00.000000 UTC"
    cached.mkdir(parents=True)
    (cached / "metrics.ipynb").write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    (cached / "submission_secret.txt").write_text("a1" * 64)
    with (place / "graded/nbgrader_config.py").open("a") as file:
        file.write(f"\nc.Exchange.root = {str(folder)!r}\n")
    collected = place / "submitted/Bo Ek_2001" / THREE
    shutil.copytree(cached, collected)
    writer = GradeWriter(place / "graded")
    path = collected / "metrics.ipynb"
    keep_original_files(writer.book.engine, [HandIn(BO, THREE, path, file=f"{THREE}/metrics.ipynb")])
    writer.close()
    return folder


def fetched(place: Path, exchange: Path) -> list[Path]:
    """Let nbgrader list and fetch Bo's feedback, as the hub's Assignment List does; return what he has then."""
    settings = Config()
    settings.Exchange.root, settings.Exchange.cache = str(exchange), str(place / "cache")
    settings.Exchange.assignment_dir = str(place / "bo")
    settings.CourseDirectory.course_id = "imbalanced-classification"
    course = CourseDirectory(config=settings, student_id="bo", assignment_id=THREE)
    listing = ExchangeList(coursedir=course, authenticator=Authenticator(), config=settings, cached=True)
    (listed,) = listing.start()
    if listed["submissions"][0]["has_exchange_feedback"]:
        ExchangeFetchFeedback(coursedir=course, config=settings).start()
    return list((place / "bo").rglob("*.html"))


def test_nbgrader_fetches_from_the_exchange_what_was_released(place, exchange, run_course):
    held = run_course("export", "--format", "exchange")
    assert "03-metrics: 1 page for nbgrader's exchange" in held.output
    assert fetched(place, exchange) == []
    outcome = run_course("export", "--format", "exchange", "--release")
    assert "03-metrics: 1 page released to nbgrader's exchange" in outcome.output
    (page,) = fetched(place, exchange)
    assert page.name == "metrics.html"
    assert f"Well done, {BO}" in page.read_text()


def test_an_exchange_that_is_not_there_is_told_in_one_sentence(place, exchange, run_course):
    exchange.rmdir()
    outcome = run_course("export", "--format", "exchange", "--release")
    assert outcome.exit_code == 2
    assert "nbgrader's exchange can't be used" in outcome.stderr
    assert "Traceback" not in outcome.output
