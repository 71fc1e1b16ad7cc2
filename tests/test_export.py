"""`course export`: the files that a spreadsheet, Canvas and Moodle take, as a teacher gets them in a terminal.

The platforms' tables are written as their exporters write them: Canvas by `lib/gradebook_exporter.rb`, Moodle by
`mod/assign/gradingtable.php`.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import need
from course_process import run_course_process
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from small_course import lesson_notebook, make_class, make_course

from coursework.grading.gradebook import Graded, GradeWriter
from coursework.intake.hand_in import HandIn, Origin
from coursework.intake.identities import keep_identities
from coursework.intake.roster import read_roster
from coursework.lessons.catalogue import find_lesson
from coursework.reporting.export_roster import filled
from coursework.spreadsheet import harmless, number

THREE, FOUR = "03-metrics", "04-undersampling"
NOON = datetime(2026, 10, 16, 12)

# student, what its file's name said, the points of the two checked tasks by lesson, and whether a text waits
CLASS = [
    ("lovelaceada_1001", Origin("canvas", "1001", "lovelaceada", False), {THREE: (4, 6), FOUR: (4, 6)}, False),
    ("turingalan_1002", Origin("canvas", "1002", "turingalan", True), {THREE: (1.25, 0)}, True),
    ("Bo Ek_2001", Origin("moodle", "2001", "Bo Ek"), {THREE: (4, 0)}, False),
    ("=cmd|' /C calc'!A0", None, {THREE: (0, 6)}, False),
    ("anon_x7Kq2", Origin("canvas-anonymous", "x7Kq2", "anon"), {THREE: (4, 6)}, False),
]
CANVAS = """\
"Student","ID","SIS User ID","SIS Login ID","Section","Attendance (70)","Lesson 3: Metrics (71)",Undersampling (72),Final Score\r
    Points Possible,,,,,5.00,15.00,15.00,(read only)\r
"Lovelace, Ada",1001,S-1,ada@example.org,"A and B","3",,,"81.5"\r
"Turing, Alan",1002,S-2,alan@example.org,A,"4",2.00,EX,12\r
"Ek, Bo",1003,S-3,+4179000,A,,,,\r
"=1+1, Evil",1004,"-2+3",@evil,A,,,,\r
"Student, Test",9999,,,A,,,,\r
"""  # noqa: E501
MOODLE = """\
\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 2001","Bo Ek",bo@example.org,"Submitted for grading",,15.00,Yes,"Friday, 16 October 2026, 8:15 AM",-,"Well, done"
"Participant 2002","Ada Lovelace",ada@example.org,"No submission",,15.00,Yes,-,-,
"""  # noqa: E501


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class of five from several sources, on two tiny lessons."""
    place = tmp_path_factory.mktemp("export")
    out = place / "graded"
    out.mkdir()
    config = (Path(__file__).parent.parent / "nbgrader_config.py").read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        course = make_course(place / "course", lessons=(THREE, FOUR))
        patch.setattr("imbalanced_course.course_files._REPOSITORY", course)
        for folder in (course, out):
            (folder / "nbgrader_config.py").write_bytes(config)
        writer = GradeWriter(out)
        for lesson in (THREE, FOUR):
            writer.prepare(find_lesson(lesson))
        found = []
        for student, origin, lessons, waits in CLASS:
            for lesson, points in lessons.items():
                scores = dict(zip(("recall-check", "precision-check"), map(float, points), strict=True))
                writer.record(
                    Graded(student, lesson, sha256="a", max_points=15.0, auto_scores=scores, manual={"essay": waits}),
                    NOON,
                )
                found.append(HandIn(student, lesson, Path(), origin=origin))
        writer.record(Graded("turingalan_1002", FOUR, status="flagged", reason="no notebook", max_points=15.0), NOON)
        writer.record(Graded("", "stray.ipynb", status="flagged", reason="its name doesn't say whose it is"), NOON)
        keep_identities(writer.book.engine, found)
        writer.close()
    return place


@pytest.fixture
def place(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the class in `graded/`, to run commands in."""
    monkeypatch.setattr("imbalanced_course.course_files._REPOSITORY", template / "course")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(template / "graded", tmp_path / "graded")
    (tmp_path / "canvas.csv").write_text(CANVAS, newline="")
    (tmp_path / "moodle.csv").write_text(MOODLE, newline="")
    return tmp_path


def table(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def column(rows: list[dict[str, str]], key: str, value: str) -> dict[str, str]:
    return {row[key]: row[value] for row in rows}


def test_a_table_for_a_spreadsheet_has_a_row_a_learner_and_a_column_a_lesson(place, run_course):
    outcome = run_course("export", "--format", "csv")
    assert outcome.exit_code == 0, outcome.output
    assert table(place / "graded/export/class.csv") == [
        {"student": "'=cmd|' /C calc'!A0", THREE: "6", FOUR: "", "total": "6", "needs_review": "False"},
        {"student": "anon_x7Kq2", THREE: "10", FOUR: "", "total": "10", "needs_review": "False"},
        {"student": "Bo Ek_2001", THREE: "4", FOUR: "", "total": "4", "needs_review": "False"},
        {"student": "lovelaceada_1001", THREE: "10", FOUR: "10", "total": "20", "needs_review": "False"},
        {"student": "turingalan_1002", THREE: "1.25", FOUR: "", "total": "1.25", "needs_review": "True"},
    ]


def test_grades_that_wait_for_a_person_are_told_in_one_sentence(place, run_course):
    outcome = run_course("export", "--format", "csv")
    assert outcome.stderr.startswith("course: not final, because a person still has to look")
    assert "turingalan_1002." in outcome.stderr
    assert "lovelaceada" not in outcome.stderr
    assert outcome.stdout == "graded/export/class.csv: 6 scores\n"


def test_whose_file_could_not_be_told_to_be_of_a_lesson_has_a_row_and_is_not_final(place, run_course):
    writer = GradeWriter(place / "graded")
    writer.record(Graded("Cy Dee", "export.html", status="flagged", reason="it is neither a notebook nor a zip"), NOON)
    writer.close()
    outcome = run_course("export", "--format", "csv")
    assert "Cy Dee" in outcome.stderr
    (row,) = [row for row in table(place / "graded/export/class.csv") if row["student"] == "Cy Dee"]
    assert row == {"student": "Cy Dee", THREE: "", FOUR: "", "total": "0", "needs_review": "True"}


def test_only_the_lessons_that_are_named(place, run_course):
    run_course("export", "--format", "csv", "undersampling")
    header = (place / "graded/export/class.csv").read_text().splitlines()[0]
    assert header == f"student,{FOUR},total,needs_review"


def test_canvas_gets_its_own_table_back_with_nothing_changed_but_scores_and_formulas(place, run_course):
    outcome = run_course("export", "--format", "canvas", "--roster", "canvas.csv")
    came = (place / "graded/export/canvas.csv").read_bytes().decode().split("\r\n")
    assert came == [
        *CANVAS.split("\r\n")[:2],
        '"Lovelace, Ada",1001,S-1,ada@example.org,"A and B","3",10,10,"81.5"',
        '"Turing, Alan",1002,S-2,alan@example.org,A,"4",1.25,EX,12',
        '"Ek, Bo",1003,S-3,+4179000,A,,4,,',
        '"\'=1+1, Evil",1004,"\'-2+3",\'@evil,A,,,,',
        '"Student, Test",9999,,,A,,,,',
        "",
    ]
    assert outcome.stdout == "graded/export/canvas.csv: 4 scores\n"


def test_who_is_not_in_canvas_is_listed_and_the_exit_code_says_so(place, run_course):
    outcome = run_course("export", "--format", "canvas", "--roster", "canvas.csv")
    assert outcome.exit_code == 1
    assert "  no row for =cmd|' /C calc'!A0\n  no row for anon_x7Kq2\n" in outcome.stderr
    assert "2 learners could not be matched" in outcome.stderr


def test_what_is_excused_in_canvas_stays_so_and_is_told(place, run_course):
    (place / "canvas.csv").write_text(CANVAS.replace(",2.00,EX,", ",EX,,"), newline="")
    outcome = run_course("export", "--format", "canvas", "--roster", "canvas.csv")
    assert column(table(place / "graded/export/canvas.csv"), "ID", "Lesson 3: Metrics (71)")["1002"] == "EX"
    assert "turingalan_1002 (03-metrics: EX)" in " ".join(outcome.stderr.split())


def test_a_number_is_believed_before_a_name(place, run_course):
    """Another Alan Turing, with another number, does not get the points of the one who handed in."""
    (place / "canvas.csv").write_text(CANVAS.replace('Turing, Alan",1002', 'Turing, Alan",1007'), newline="")
    outcome = run_course("export", "--format", "canvas", "--roster", "canvas.csv")
    assert column(table(place / "graded/export/canvas.csv"), "ID", "Lesson 3: Metrics (71)")["1007"] == "2.00"
    assert "no row for turingalan_1002" in outcome.stderr


def test_a_name_that_two_have_in_canvas_matches_nobody(place, run_course):
    (place / "canvas.csv").write_text(CANVAS + '"Ek, Bo",1010,S-10,bo2,B,,,,\r\n', newline="")
    outcome = run_course("export", "--format", "canvas", "--roster", "canvas.csv")
    scores = column(table(place / "graded/export/canvas.csv"), "ID", "Lesson 3: Metrics (71)")
    assert (scores["1003"], scores["1010"]) == ("", "")
    assert "no row for Bo Ek_2001" in outcome.stderr


@pytest.mark.parametrize("name", ["+4179000", "S-3", "@evil"])
def test_a_name_that_a_learner_can_choose_is_no_login_in_canvas(name, place, run_course):
    """Nobody gets another's row by taking that one's address, number or login for a name on a platform."""
    origin = Origin("gradescope", "77", name)
    writer = GradeWriter(place / "graded")
    writer.record(Graded(name, THREE, sha256="b", max_points=15.0, auto_scores={"recall-check": 1.0}), NOON)
    keep_identities(writer.book.engine, [HandIn(name, THREE, Path(), origin=origin)])
    writer.close()
    outcome = run_course("export", "--format", "canvas", "--roster", "canvas.csv")
    assert f"no row for {name}" in outcome.stderr
    scores = column(table(place / "graded/export/canvas.csv"), "ID", "Lesson 3: Metrics (71)")
    assert (scores["1003"], scores["1004"]) == ("4", "")


def test_addresses_and_numbers_in_nbgraders_list_match(place, run_course):
    with Gradebook(f"sqlite:///{place / 'graded/gradebook.db'}") as book:
        book.update_or_create_student("=cmd|' /C calc'!A0", email="ALAN@example.org")
        book.update_or_create_student("turingalan_1002", lms_user_id="1004")
    run_course("export", "--format", "canvas", "--roster", "canvas.csv")
    scores = column(table(place / "graded/export/canvas.csv"), "ID", "Lesson 3: Metrics (71)")
    assert (scores["1002"], scores["1004"]) == ("6", "1.25")


def test_canvas_with_semicolons_and_decimal_commas(place, run_course):
    lines = list(csv.reader(io.StringIO(CANVAS)))
    lines[1][6] = "15,00"
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(lines)
    (place / "canvas.csv").write_text("\ufeff" + text.getvalue(), newline="")
    run_course("export", "--format", "canvas", "--roster", "canvas.csv")
    written = place / "graded/export/canvas.csv"
    assert written.read_bytes().startswith(b"\xef\xbb\xbfStudent;ID;")
    assert column(table(written, ";"), "ID", "Lesson 3: Metrics (71)")["1002"] == "1,25"


def test_a_lesson_without_a_column_and_another_maximum_are_told(place, run_course):
    text = CANVAS.replace("Undersampling (72)", "Quiz (72)").replace(",15.00,15.00", ",100.00,15.00")
    (place / "canvas.csv").write_text(text, newline="")
    said = " ".join(run_course("export", "--format", "canvas", "--roster", "canvas.csv").stderr.split())
    assert "04-undersampling was left out: no column has its name" in said
    assert "Canvas counts 100 points for 03-metrics, the lesson gives 15" in said


def test_canvas_without_a_roster_gets_the_columns_that_it_imports(place, run_course):
    outcome = run_course("export", "--format", "canvas")
    rows = table(place / "graded/export/canvas.csv")
    assert list(rows[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", THREE, FOUR]
    assert (rows[0]["Student"], rows[0][THREE]) == ("    Points Possible", "15")
    assert column(rows, "ID", THREE)["1002"] == "1.25"
    assert "'=cmd|' /C calc'!A0" in column(rows, "Student", THREE)
    assert outcome.exit_code == 1  # Canvas does not tell who handed in without a name


def test_moodles_worksheet_comes_back_with_the_grade_filled_in(place, run_course):
    outcome = run_course("export", "--format", "moodle", "--roster", "moodle.csv")
    came = (place / "graded/export/moodle-03-metrics.csv").read_bytes().decode()
    assert came == MOODLE.replace('grading",,15.00', 'grading",4,15.00')
    assert "no row for lovelaceada_1001" in outcome.stderr
    assert outcome.exit_code == 1


def test_moodles_worksheet_in_another_language(place, run_course):
    text = (
        'ID,"Vollständiger Name",E-Mail-Adresse,Status,Bewertung,Bestwertung,"Bewertung kann geändert werden"\n'
        '"Teilnehmer/in 2001","Bo Ek",bo@example.org,Abgegeben,,"15,00",Ja\n'
        '"Teilnehmer/in 2002","Alan Turing",alan@example.org,Abgegeben,,"15,00",Ja\n'
    )
    (place / "moodle.csv").write_text(text)
    with Gradebook(f"sqlite:///{place / 'graded/gradebook.db'}") as book:
        book.update_or_create_student("turingalan_1002", email="alan@example.org")
    run_course("export", "--format", "moodle", "--roster", "moodle.csv")
    grades = column(table(place / "graded/export/moodle-03-metrics.csv"), "ID", "Bewertung")
    assert grades == {"Teilnehmer/in 2001": "4", "Teilnehmer/in 2002": "1,25"}


def test_moodle_without_a_roster_gets_a_worksheet_for_each_lesson(place, run_course):
    outcome = run_course("export", "--format", "moodle")
    rows = table(place / "graded/export/moodle-03-metrics.csv")
    assert list(rows[0])[:6] == ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"]
    assert {"Participant 2001": "4"}.items() <= column(rows, "Identifier", "Grade").items()
    assert (place / "graded/export/moodle-04-undersampling.csv").exists()
    assert "Not every learner of 03-metrics has a participant number" in " ".join(outcome.stderr.split())


def test_what_lateness_costs_is_taken_off(place, run_course):
    with Gradebook(f"sqlite:///{place / 'graded/gradebook.db'}") as book:
        book.update_or_create_assignment(THREE, duedate=NOON - timedelta(hours=1))
    with (place / "graded/nbgrader_config.py").open("a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    run_course("export", "--format", "csv")
    points = column(table(place / "graded/export/class.csv"), "student", THREE)
    assert (points["lovelaceada_1001"], points["turingalan_1002"], points["Bo Ek_2001"]) == ("10", "0", "0")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "excel"], "invalid value for '--format'"),
        ([], "missing option '--format'"),
        (["--format", "csv", "--out", "nowhere"], "there is no grading folder 'nowhere'"),
        (["--format", "csv", "--roster", "canvas.csv"], "--roster works only with"),
        (["--format", "csv", "juggling"], "there is no lesson 'juggling'"),
        (["--format", "canvas", "--roster", "nowhere.csv"], "cannot be read"),
        (["--format", "canvas", "--roster", "moodle.csv"], "is not a gradebook that Canvas exported"),
        (["--format", "moodle", "--roster", "canvas.csv"], "is not a grading worksheet of Moodle"),
        (["--format", "moodle", "--roster", "empty.csv"], "is empty"),
        (["--format", "moodle", "--roster", "excel.xlsx"], "is not UTF-8 text"),
        (["--format", "moodle", "--roster", "unknown.csv"], "doesn't say which lesson it belongs to"),
    ],
)
def test_bad_input_gets_one_sentence_and_writes_nothing(arguments, said, place, run_course):
    (place / "empty.csv").write_text("")
    (place / "excel.xlsx").write_bytes(b"PK\x03\x04\xff\xfe")
    (place / "unknown.csv").write_text(MOODLE.replace("Participant 2001", "Participant 9"))
    outcome = run_course("export", *arguments)
    assert outcome.exit_code == 2, outcome.output
    assert said in outcome.stderr
    assert not (place / "graded/export").exists()


def test_a_roster_in_the_place_of_the_export_is_not_written_over(place, run_course):
    target = place / "graded/export/canvas.csv"
    target.parent.mkdir()
    target.write_text(CANVAS, newline="")
    outcome = run_course("export", "--format", "canvas", "--roster", str(target))
    assert outcome.exit_code == 2
    assert target.read_bytes().decode() == CANVAS


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("\u2060=1", "'\u2060=1"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("ada;=1+1", "ada;'=1+1"),  # a cell of its own where the semicolon separates
        ('ada"\t@SUM(A1)', "ada\"\t'@SUM(A1)"),
        ("one\n- two", "one\n- two"),
        ("  =1+1", "'  =1+1"),
        ("＝1+1", "'＝1+1"),
        ("-3.5", "-3.5"),
        ("+41", "+41"),
        ("-", "-"),
        ("Ada", "Ada"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(cell, safe):
    assert harmless(cell) == safe


@pytest.mark.parametrize(
    ("points", "shown"), [(16.0, "16"), (16.5, "16.5"), (0.0, "0"), (100.0, "100"), (6.666, "6.67")]
)
def test_points_are_plain_numbers(points, shown):
    assert number(points) == shown


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8).filter(
    lambda text: harmless(text) == text
)


@settings(deadline=None)  # a busy machine makes nothing wrong
@given(
    rows=st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=4),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_that_is_not_filled_in_stays_as_it_was_to_the_byte(rows, quoting, end, tmp_path_factory):
    text = io.StringIO()
    csv.writer(text, quoting=quoting, lineterminator=end).writerows([["Student,", "ID"], *rows])
    path = tmp_path_factory.mktemp("roster") / "roster.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    assert filled(read_roster(path), {}) == text.getvalue()


def test_from_a_download_of_canvas_to_its_gradebook_and_back(tmp_path):
    """A class zipped as Canvas zips it, graded in the sandbox, a text marked by hand, and the scores sent back."""
    need("bubblewrap")
    course, out, roster = make_class(make_course(tmp_path / "course"), students=4), tmp_path / "graded", []
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        for learner in range(4):
            name = (
                f"no{learner}learner_{'LATE_' if learner == 3 else ''}{1000 + learner}_{5000 + learner}_metrics.ipynb"
            )
            archive.write(course / f"submitted/student-{learner:02d}/03-metrics/metrics.ipynb", name)
            roster.append(f'"No{learner}, Learner",{1000 + learner},,no{learner}@example.org,A,')
        archive.writestr("no1learner_1001_6001_metrics-1.ipynb", json.dumps(lesson_notebook(THREE, solved=True)))
    (tmp_path / "gradebook.csv").write_text(
        "\n".join(["Student,ID,SIS User ID,SIS Login ID,Section,Metrics (5)", *roster, ""])
    )
    code, said, error = run_course_process(course, "grade", str(tmp_path / "submissions.zip"), "--out", str(out))
    assert (code, said.splitlines()[0].split()[-1]) == (0, "0"), error
    assert "no1learner_1001_5001_metrics.ipynb" in said  # the first attempt of learner 1, which does not count
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        grade = book.find_grade("essay", "metrics", THREE, "no0learner_1000")
        grade.manual_score, grade.needs_manual_grade = 4.5, False
        book.db.commit()
        graded = {one.student.lms_user_id: one.score for one in book.assignment_submissions(THREE)}
    arguments = ("--roster", str(tmp_path / "gradebook.csv"), "--out", str(out))
    code, said, error = run_course_process(course, "export", "--format", "canvas", *arguments)
    assert code == 0, error
    back = column(table(out / "export/canvas.csv"), "ID", "Metrics (5)")
    assert {learner: float(score) for learner, score in back.items()} == graded
    assert (graded["1000"], graded["1001"]) == (6 + 4.5, 10)
    assert "no3learner_1003" in error  # its text waits for a person
    arguments = ("--release", "--unfinished", "--out", str(out))
    code, said, error = run_course_process(course, "export", "--format", "canvas-feedback", *arguments)
    assert code == 0, error
    assert zipfile.ZipFile(out / "export/canvas-feedback-03-metrics.zip").namelist() == [
        "no0learner_1000_5000_metrics.ipynb",
        "no1learner_1001_6001_metrics-1.ipynb",
        "no2learner_1002_5002_metrics.ipynb",
        "no3learner_LATE_1003_5003_metrics.ipynb",
    ]
