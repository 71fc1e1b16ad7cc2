"""What a teacher corrects: the table of hand-ins that `--dry-run` writes, and the class list."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from collected import collected_from
from small_course import make_class, make_course
from test_platforms import LESSON, put

from coursework.intake.corrections import Corrections
from coursework.intake.hand_in import Collected, Origin
from imbalanced_course.errors import WrongUsage

FILES = ["ada/metrics.ipynb", "bo/metrics.ipynb", "bo/old/metrics.ipynb", "homework.ipynb", "=1+1/metrics.ipynb"]
ROSTER = "name,email\nAda Lovelace,ada\nBo Ek,bo@example.org\nDee Em,dee@example.org\n=1+1,one@example.org\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return put(tmp_path / "in", FILES)


def table_of(place: Path, **given: Path | None) -> list[dict[str, str]]:
    corrections = Corrections(given.get("roster"), given.get("sheet"))
    collected_from(place, place.parent / "out", correct=corrections)
    return list(csv.DictReader(io.StringIO(corrections.table)))


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path


def graded(place: Path, **given: Path | None) -> tuple[Collected, Corrections]:
    corrections = Corrections(given.get("roster"), given.get("sheet"))
    return collected_from(place, place.parent / "out", correct=corrections), corrections


def rows(found: Collected) -> list[tuple[str, str, str, str]]:
    return [(one.file, one.student, one.lesson, one.problem) for one in found.submissions]


def test_the_table_has_a_row_for_each_file_and_what_was_seen(place):
    table = table_of(place)
    assert [row["file"] for row in table] == sorted(["'=1+1/metrics.ipynb", *FILES[:4]])
    told = {row["file"]: (row["student"], row["lesson"], row["attempt"]) for row in table}
    assert told["ada/metrics.ipynb"] == ("ada", LESSON, "1")
    assert {told["bo/metrics.ipynb"][2], told["bo/old/metrics.ipynb"][2]} == {"1", "2"}
    assert told["homework.ipynb"] == ("", LESSON, "")
    assert "its name doesn't say whose it is" in {row["file"]: row["what was seen"] for row in table}["homework.ipynb"]


def test_the_table_as_it_was_written_changes_nothing(place, tmp_path):
    sheet = written(tmp_path / "hand-ins.csv", table_of(place))
    assert rows(graded(place, sheet=sheet)[0]) == rows(graded(place)[0])


def test_a_corrected_table_says_whose_and_of_which_lesson_a_file_is(place, tmp_path):
    table = table_of(place)
    for row in table:
        if row["file"] == "homework.ipynb":
            row.update(student="Cy Dee", lesson="4")
        if row["file"] == "ada/metrics.ipynb":
            row.update(student="")
        if row["file"].startswith("bo/"):
            row.update(attempt="2" if "old" in row["file"] else "1")
    found = graded(place, sheet=written(tmp_path / "hand-ins.csv", table))[0]
    told = {one.file: one for one in found.submissions}
    assert (told["homework.ipynb"].student, told["homework.ipynb"].lesson) == ("Cy Dee", "04-undersampling")
    assert told["ada/metrics.ipynb"].problem == "hand-ins.csv doesn't say whose it is, or which lesson"
    assert not told["bo/old/metrics.ipynb"].problem
    assert told["bo/metrics.ipynb"].problem


def test_a_file_that_the_table_leaves_out_is_told(place, tmp_path):
    sheet = written(tmp_path / "hand-ins.csv", [row for row in table_of(place) if "ada" not in row["file"]])
    assert ("ada/metrics.ipynb", "it isn't in hand-ins.csv") in {
        (one.file, one.problem) for one in graded(place, sheet=sheet)[0].submissions
    }


def test_a_class_list_corrects_names_and_tells_who_never_handed_in(place, tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER)
    found, corrections = graded(place, roster=tmp_path / "roster.csv")
    assert {one.student for one in found.submissions if not one.problem} == {"Ada Lovelace", "bo", "=1+1"}
    assert corrections.on_roster is not None
    assert corrections.on_roster.never == ["Bo Ek", "Dee Em"]
    assert corrections.on_roster.unknown == ["bo"]


@pytest.mark.parametrize(
    "roster",
    [
        'Student,ID,SIS Login ID,Section\n    Points Possible,,,\n"Lovelace, Ada",1001,al,A\n"Ek, Bo",1002,be,A\n',
        "Identifier,Full name,Email address\nParticipant 1001,Ada Lovelace,a@x.org\nParticipant 1002,Bo Ek,b@x.org\n",
        "Teilnehmer,Vollständiger Name,Post\nTeilnehmer 1001,Ada Lovelace,a@x.org\nTeilnehmer 1002,Bo Ek,b@x.org\n",
        "First name;Last name;Email\nAda;Lovelace;a@x.org\nBo;Ek;b@x.org\n",
    ],
)
def test_each_platforms_list_is_read(roster, tmp_path):
    place = put(tmp_path / "in", ["lovelaceada_1001_50001_metrics.ipynb", "Bo Ek/metrics.ipynb"])
    (tmp_path / "roster.csv").write_text(roster)
    _, corrections = graded(place, roster=tmp_path / "roster.csv")
    assert corrections.on_roster is not None
    told = corrections.on_roster.hand_ins
    assert "Bo Ek" in {one.student for one in told}
    assert {one.student for one in told} <= {"Bo Ek", "Ada Lovelace", "lovelaceada_1001"}


def test_whoever_the_gradebook_knows_keeps_that_name(place, tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER)
    corrections = Corrections(tmp_path / "roster.csv", None)
    corrections.kept = {"ada"}
    found = collected_from(place, tmp_path / "out", correct=corrections)
    assert "ada" in {one.student for one in found.submissions}


HEAD = "file,student,lesson,attempt\n"
BAD_TABLES = {
    "a lesson that isn't there": (HEAD + "ada/metrics.ipynb,ada,99-nothing,1\n", "line 2 .*there is no lesson '99-not"),
    "a file that isn't there": (HEAD + "eve/metrics.ipynb,eve,3,1\n", "line 2 .*'eve/metrics.ipynb' isn't among"),
    "a doubled row": (HEAD + "ada/metrics.ipynb,ada,3,1\n" * 2, "line 3 .*is there more than once"),
    "a doubled attempt": (
        HEAD + "ada/metrics.ipynb,bo,3,1\nbo/metrics.ipynb,bo,3,1\n", "line 3 .*'bo' has an attempt 1 .* in line 2"
    ),
    "no column": ("file,who\nada/metrics.ipynb,ada\n", "line 1 .*has no column 'student'"),
    "an attempt that is none": (HEAD + "ada/metrics.ipynb,ada,3,last\n", "line 2 .*an attempt is a number"),
    "a name that is none": (HEAD + "ada/metrics.ipynb,../ada,3,1\n", "line 2 .*can be no learner's name"),
    "nothing": ("", "is empty"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD_TABLES)
def test_a_table_that_cannot_be_meant_is_told_with_the_line(kind, place, tmp_path):
    text, said = BAD_TABLES[kind]
    (tmp_path / "hand-ins.csv").write_text(text)
    with pytest.raises(WrongUsage, match=said):
        graded(place, sheet=tmp_path / "hand-ins.csv")


BAD_ROSTERS = {
    "last year's": ("name\n" + "".join(f"Old {n}\n" for n in range(30)), "hardly the list.*line 2 is 'Old 0'"),
    "a doubled login": ("name,email\nAda,a@x.org\nBo,a@x.org\n", "line 3 .*'a@x.org' is in line 2, too"),
    "no column": ("points,section\n1,A\n", "line 1 .*has no column name, email or login"),
    "nobody": ("name,email\n", "has nobody on it"),
}


@pytest.mark.parametrize("kind", BAD_ROSTERS)
def test_a_class_list_that_cannot_be_meant_is_told_with_the_line(kind, place, tmp_path):
    text, said = BAD_ROSTERS[kind]
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(WrongUsage, match=said):
        graded(place, roster=tmp_path / "roster.csv")


def test_a_student_who_is_not_on_the_class_list_is_told_with_the_line(place, tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER)
    (tmp_path / "hand-ins.csv").write_text(HEAD + "ada/metrics.ipynb,Eve,3,1\n")
    with pytest.raises(WrongUsage, match=r"line 2 .*'Eve' isn't on the roster"):
        graded(place, roster=tmp_path / "roster.csv", sheet=tmp_path / "hand-ins.csv")


def test_a_dry_run_grades_nothing_and_says_what_it_saw(place, tmp_path, run_course: Callable[..., Result]):
    (tmp_path / "roster.csv").write_text(ROSTER)
    out = tmp_path / "graded"
    arguments = ("grade", place, "--out", out, "--roster", tmp_path / "roster.csv", "--sandbox", "none", "--dry-run")
    outcome = run_course(*arguments)
    assert outcome.exit_code == 0, outcome.output
    assert "looks like folders named after learners: 3 learners, 5 notebooks, 1 not matched" in outcome.stdout
    assert "on the roster and handed in nothing: 2 (Bo Ek, Dee Em)" in outcome.stdout
    assert [path.name for path in out.iterdir()] == ["hand-ins.csv"]


def test_a_bad_table_ends_the_command_and_nothing_is_written(place, tmp_path, run_course: Callable[..., Result]):
    (tmp_path / "hand-ins.csv").write_text(BAD_TABLES["a doubled row"][0])
    arguments = ("--hand-ins", tmp_path / "hand-ins.csv", "--sandbox", "none")
    outcome = run_course("grade", place, "--out", tmp_path / "graded", *arguments)
    assert outcome.exit_code == 2
    assert "Traceback" not in outcome.output
    assert not (tmp_path / "graded").exists()


def test_a_file_that_a_teacher_gave_a_name_is_no_complaint_any_more(tmp_path, monkeypatch, run_course):
    course = make_class(make_course(tmp_path / "course"), 0)
    monkeypatch.setattr("imbalanced_course.course_files._REPOSITORY", course)
    release = (course / f"lessons/{LESSON}/metrics.ipynb").read_bytes()
    for name in (f"ada/{LESSON}/metrics.ipynb", "homework.ipynb"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(release)
    grade = ("grade", tmp_path / "in", "--out", tmp_path / "graded", "--sandbox", "none")
    assert run_course(*grade).exit_code == 1
    run_course(*grade, "--dry-run")
    with (tmp_path / "graded/hand-ins.csv").open(newline="", encoding="utf-8") as file:
        table = [{**row, "student": row["student"] or "bo"} for row in csv.DictReader(file)]
    corrected = run_course(*grade, "--hand-ins", written(tmp_path / "corrected.csv", table))
    assert corrected.exit_code == 0, corrected.output
    with (tmp_path / "graded/grades.csv").open(newline="", encoding="utf-8") as file:
        assert [(row["student"], row["status"]) for row in csv.DictReader(file)] == [
            ("ada", "graded"),
            ("bo", "graded"),
        ]


def on_list(place: Path, roster: str, **given: Path | None) -> tuple[Collected, Corrections]:
    (place.parent / "roster.csv").write_text(roster)
    return graded(place, roster=place.parent / "roster.csv", **given)


@pytest.mark.parametrize(
    "name",
    ["ekbo_1001_50001_metrics.ipynb", "Bo Ek_1001_assignsubmission_file_/metrics.ipynb",
     "1001-901 - Bo Ek - Oct 15, 2026 1011 PM/metrics.ipynb"],
)  # fmt: skip
def test_a_number_of_an_own_list_is_not_a_platforms(name, tmp_path):
    found, _ = on_list(put(tmp_path / "in", [name]), "id,name\n1001,Ada Lovelace\n1002,Bo Ek\n")
    assert {one.student for one in found.submissions} <= {"Bo Ek", "ekbo_1001"}


def test_a_number_tells_where_the_name_agrees(tmp_path):
    place = put(tmp_path / "in", ["ekbo_1002_50002_metrics.ipynb"])
    found, _ = on_list(place, "id,name\n1001,Bo Ek\n1002,Bo Ek\n")
    assert [one.student for one in found.submissions] == ["Bo Ek (1002)"]


def test_a_worksheet_of_another_assignment_of_moodle_has_other_numbers(tmp_path):
    files = [f"{name}_{number}_assignsubmission_file_/metrics.ipynb"
             for number, name in enumerate(["Ada Li", "Bo Ek", "Cy Dee"], start=1)]  # fmt: skip
    roster = "Identifier,Full name\nParticipant 2,Ada Li\nParticipant 3,Bo Ek\nParticipant 4,Cy Dee\n"
    found, _ = on_list(put(tmp_path / "in", files), roster)
    assert sorted(one.file.partition("_")[0] for one in found.submissions if one.file.startswith(one.student)) == [
        "Ada Li", "Bo Ek", "Cy Dee"
    ]  # fmt: skip


def test_a_folder_may_have_the_number_of_an_own_list(tmp_path):
    found, _ = on_list(put(tmp_path / "in", ["1001/metrics.ipynb"]), "id,name\n1001,Ada Lovelace\n")
    assert [one.student for one in found.submissions] == ["Ada Lovelace"]


def test_rows_that_nobody_touched_are_taken_whether_or_not_they_are_on_the_list(place, tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER)
    for roster in (None, tmp_path / "roster.csv"):
        sheet = written(tmp_path / "hand-ins.csv", table_of(place, roster=roster))
        found, _ = graded(place, roster=tmp_path / "roster.csv", sheet=sheet)
        assert rows(found) == rows(graded(place, roster=tmp_path / "roster.csv")[0])


def test_a_changed_attempt_is_compared_with_those_that_were_left(tmp_path):
    place = put(tmp_path / "in", [f"Ada/Lesson 3/Version {number}/metrics.ipynb" for number in (1, 2, 3)])
    table = table_of(place)
    for row in table:
        row["attempt"] = {"1": "2", "2": "1"}.get(row["attempt"], row["attempt"])
    found, _ = graded(place, sheet=written(tmp_path / "hand-ins.csv", table))
    assert [one.file for one in found.submissions if not one.problem] == ["Ada/Lesson 3/Version 3/metrics.ipynb"]


def test_who_handed_in_a_file_that_cannot_be_graded_did_not_hand_in_nothing(tmp_path):
    place = put(tmp_path / "in", ["Ada Li/metrics.ipynb"], {"Bo Ek/answers.7z": ""})
    place = put(place, [], {"Cy Dee_2003_assignsubmission_file_/essay.pdf": ""})
    _, corrections = on_list(place, "name\nAda Li\nBo Ek\nCy Dee\nDee Em\n")
    assert corrections.on_roster is not None
    assert corrections.on_roster.never == ["Dee Em"]


def test_two_of_one_name_on_the_list_stay_the_same_with_the_table_that_it_made(tmp_path):
    place = put(tmp_path / "in", ["a@x.org/metrics.ipynb", "b@x.org/metrics.ipynb"])
    roster = "name,email\nAda Li,a@x.org\nAda Li,b@x.org\n"
    names = {"Ada Li (a@x.org)", "Ada Li (b@x.org)"}
    first, _ = on_list(place, roster)
    sheet = written(tmp_path / "hand-ins.csv", table_of(place, roster=tmp_path / "roster.csv"))
    again, corrections = on_list(place, roster, sheet=sheet)
    assert {one.student for one in first.submissions} == {one.student for one in again.submissions} == names
    assert corrections.on_roster is not None
    assert corrections.on_roster.never == corrections.on_roster.unknown == []


def test_a_table_can_give_the_names_that_make_the_list_fit(tmp_path):
    place = put(tmp_path / "in", [f"account{number}/metrics.ipynb" for number in range(4)])
    table = table_of(place)
    for number, row in enumerate(table):
        row["student"] = f"Learner {number}"
    roster = "name\n" + "".join(f"Learner {number}\n" for number in range(4))
    found, _ = on_list(place, roster, sheet=written(tmp_path / "hand-ins.csv", table))
    assert {one.student for one in found.submissions} == {f"Learner {number}" for number in range(4)}


def test_a_first_hand_in_of_somebody_who_is_not_on_the_list_is_no_reason_to_stop(tmp_path):
    _, corrections = on_list(put(tmp_path / "in", ["eve/metrics.ipynb"]), "name\nAda Li\nBo Ek\n")
    assert corrections.on_roster is not None
    assert corrections.on_roster.unknown == ["eve"]


@pytest.mark.parametrize("name", [" ada", "metrics.ipynb "])
def test_a_file_whose_name_has_blanks_at_its_ends_is_found_again(name, tmp_path):
    place = put(tmp_path / "in", [f"{name}/03-metrics/metrics.ipynb", "bo/metrics.ipynb"])
    table = table_of(place)
    for rows_of in (table, [{**row, "file": row["file"].strip()} for row in table]):
        found, _ = graded(place, sheet=written(tmp_path / "hand-ins.csv", rows_of))
        assert not [one.problem for one in found.submissions if one.problem]


RENAMED = ["ada_1001_50001_metrics.ipynb", "bo_1002_50002_metrics.ipynb"]


@pytest.mark.parametrize(("to", "number"), [("Ada Lovelace", "1001"), ("bo_1002", None)])
def test_a_learner_who_gets_another_name_stays_who_the_platform_says_and_another_learner_does_not(to, number, tmp_path):
    place = put(tmp_path / "in", RENAMED)
    table = [{**row, "student": to, "attempt": ""} if "ada" in row["student"] else row for row in table_of(place)]
    found, _ = graded(place, sheet=written(tmp_path / "hand-ins.csv", table))
    (of_ada,) = [one for one in found.submissions if one.file == RENAMED[0]]
    assert (of_ada.origin.number if of_ada.origin else None) == number


def test_what_was_handed_in_beside_a_notebook_goes_with_its_learner(tmp_path):
    files = ["lovelaceada_1001_50001_metrics.ipynb", "ekbo_1002_50002_metrics.ipynb"]
    place = put(tmp_path / "in", files, {"lovelaceada_1001_50003_plot.png": ""})
    table = [{**row, "student": row["student"].replace("lovelaceada_1001", "Ada Lovelace")} for row in table_of(place)]
    for given in ({"sheet": written(tmp_path / "hand-ins.csv", table)}, {}):
        found, _ = on_list(place, 'name,login,id\n"Lovelace, Ada",ada,9\n"Ek, Bo",bo,8\n', **given)
        notes = {one.student: one.note for one in found.submissions}
        assert notes == {
            "Ada Lovelace": "handed in beside it and not read: lovelaceada_1001_50003_plot.png",
            "Bo Ek": "",
        }


def test_a_place_without_hand_ins_says_what_was_seen(tmp_path):
    place = put(tmp_path / "in", [], {"README.md": ""})
    with pytest.raises(WrongUsage, match=r"no notebook.* at any depth\. Seen: .*README\.md.*"):
        graded(place)


def submitted(*learners: tuple[str, str]) -> str:
    """Return Gradescope's list of learners' names and addresses, a hand-in each."""
    return "".join(
        f"submission_{number}:\n  :submitters:\n  - :name: {name}\n    :email: {email}\n"
        for number, (name, email) in enumerate(learners, start=1)
    )


def test_a_name_that_a_learner_can_choose_is_no_login(tmp_path):
    listed = submitted(("Ada Lovelace", "a@x.org"), ("alovelace", "mlory@x.org"))
    files = ["submission_1/metrics.ipynb", "submission_2/metrics.ipynb"]
    place = put(tmp_path / "in", files, {"submission_metadata.yml": listed})
    found, corrections = on_list(place, "name,login\nAda Lovelace,alovelace\nBo Ek,bek\n")
    assert {one.file: one.student for one in found.submissions} == dict(
        zip(files, ["Ada Lovelace", "alovelace"], strict=True)
    )
    assert corrections.on_roster is not None
    assert (corrections.on_roster.unknown, corrections.on_roster.never) == (["alovelace"], ["Bo Ek"])


def test_two_learners_who_could_be_one_of_the_list_stay_two(tmp_path):
    place = put(tmp_path / "in", ["alovelace/metrics.ipynb", "al@x.org/metrics.ipynb", "Bo Ek/metrics.ipynb"])
    found, corrections = on_list(place, "name,login,email\nAda Lovelace,alovelace,al@x.org\nBo Ek,bek,b@x.org\n")
    assert {one.student for one in found.submissions if not one.problem} == {"alovelace", "al@x.org", "Bo Ek"}
    assert corrections.on_roster is not None
    assert corrections.on_roster.unknown == ["al@x.org", "alovelace"]
    assert corrections.on_roster.never == []


@pytest.mark.parametrize(
    "roster",
    [
        "name,id\nAda Lovelace,A1\nBo Ek,B1\n",
        "id,name\nA1,Ada Lovelace\nB1,Bo Ek\n",
        "name,id,student id\nAda Lovelace,1,A1\nBo Ek,2,B1\n",
        "name,id\nLearner 1,A1\nLearner 2,B1\n",
    ],
)
def test_a_number_on_an_own_list_is_taken_as_it_is_written(roster, tmp_path):
    found, corrections = on_list(put(tmp_path / "in", ["A1/metrics.ipynb", "b1/metrics.ipynb"]), roster)
    names = ["Learner 1", "Learner 2"] if "Learner" in roster else ["Ada Lovelace", "Bo Ek"]
    assert sorted(one.student for one in found.submissions) == names
    assert corrections.on_roster is not None
    assert corrections.on_roster.never == []


@pytest.mark.parametrize(("folder", "student"), [("1", "Ada Lovelace"), ("4711", "Ada Lovelace"), ("14711", "14711")])
def test_two_columns_of_numbers_are_two_numbers(folder, student, tmp_path):
    place = put(tmp_path / "in", [f"{folder}/03-metrics/metrics.ipynb", "Bo Ek/03-metrics/metrics.ipynb"])
    found, _ = on_list(place, "name,id,student id\nAda Lovelace,1,4711\nBo Ek,2,4712\n")
    assert {one.student for one in found.submissions} == {student, "Bo Ek"}


@pytest.mark.parametrize(("number", "student"), [("m1", "Ada Lovelace (m1)"), ("s1", "Ada Lovelace")])
def test_a_namesake_who_is_not_on_the_list_is_not_the_learner_whom_the_gradebook_has(number, student, tmp_path):
    place = put(tmp_path / "in", [f"Lovelace, Ada({number})/Submission attachment(s)/metrics.ipynb"])
    (tmp_path / "roster.csv").write_text("name,email\nAda Lovelace,a@x.org\nBo Ek,b@x.org\n")
    corrections = Corrections(tmp_path / "roster.csv", None)
    corrections.kept = {"Ada Lovelace"}
    corrections.known = {("Ada Lovelace", "04-undersampling"): Origin("sakai", "s1", "Ada Lovelace")}
    found = collected_from(place, tmp_path / "out", known=corrections.known, correct=corrections)
    assert [one.student for one in found.submissions] == [student]
    assert corrections.on_roster is not None
    assert corrections.on_roster.unknown == ([] if number == "s1" else [student])
