"""Layouts in which platforms give hand-ins: each learner is told, and nobody is merged or lost.

The listings are those of `platforms.toml`, and layouts that teachers make themselves.
"""

from __future__ import annotations

import io
import json
import tarfile
import time
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from collected import collected_from

import coursework.intake
from coursework.intake.hand_in import Collected, Origin
from coursework.intake.platforms import BY_SYSTEM, PLATFORMS, Download, signs_of

LESSON = "03-metrics"
LISTINGS: dict[str, Any] = tomllib.loads(
    (Path(coursework.intake.__file__).parent / "platforms.toml").read_text(encoding="utf-8")
)


def notebook(answer: str) -> str:
    """Return a notebook whose lesson only nbgrader's metadata tells."""
    cell = {"cell_type": "code", "id": "one", "metadata": {"nbgrader": {"grade_id": "metrics-by-hand"}}}
    return json.dumps({"cells": [{**cell, "source": f"accuracy = {answer!r}"}], "metadata": {}})


def zipped(files: dict[str, str]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return memory.getvalue()


def tarred(files: dict[str, str]) -> bytes:
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))
    return memory.getvalue()


def put(place: Path, names: list[str], beside: dict[str, str] | None = None) -> Path:
    """Write a class: a name in a `.zip/` becomes a file in an archive of that name."""
    archives: dict[str, dict[str, str]] = {}
    for name, content in {**{name: notebook(name) for name in names}, **(beside or {})}.items():
        outer, inside, inner = name.partition(".zip/")
        if inside:
            archives.setdefault(f"{outer}.zip", {})[inner] = content
            continue
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    for name, files in archives.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(zipped(files))
    return place


def learners(found: Collected) -> dict[str, str]:
    """Return by file whose it is, of those that are graded."""
    return {one.file: one.student for one in found.submissions if not one.problem and one.lesson == LESSON}


def test_each_platform_has_a_listing():
    assert set(LISTINGS) == {platform.system for platform in PLATFORMS}


FORMS = [
    (system, form)
    for system, listing in LISTINGS.items()
    for form in ("folder", "one folder around", "zip", "tgz")
    if form not in ("zip", "tgz") or not any(".zip/" in name for name in listing["examples"])
]


@pytest.mark.parametrize(("system", "form"), FORMS)
def test_a_platforms_listing_tells_each_learner(system, form, tmp_path):
    expected, beside = LISTINGS[system]["examples"], LISTINGS[system].get("beside", {})
    place = tmp_path / "in"
    if form in ("folder", "one folder around"):
        put(place / "download" if "around" in form else place, list(expected), beside)
    else:
        files = {**{name: notebook(name) for name in expected}, **beside}
        place = tmp_path / f"class.{form}"
        place.write_bytes(zipped(files) if form == "zip" else tarred(files))
    found = collected_from(place, tmp_path / "out")
    assert sorted(learners(found).values()) == sorted(expected.values())
    assert found.sentence.startswith(f"looks like {BY_SYSTEM[system].title}: {len(expected)} learners")


# What teachers and learners make themselves; after each file whose it is.
BY_HAND = {
    "lesson and student": {
        "Lesson 3/ada/metrics.ipynb": "ada", "Lesson 3/bo/metrics.ipynb": "bo",
        "Week 4/ada/undersampling.ipynb": "ada", "Week 4/bo/metrics.ipynb": "",
    },
    "sections": {
        "Monday/ada/03-metrics/metrics.ipynb": "ada", "Monday/bo/03-metrics/metrics.ipynb": "bo",
        "Friday/cy/03-metrics/metrics.ipynb": "cy", "Friday/dee/03-metrics/metrics.ipynb": "dee",
    },
    "a folder around": {"class of 2026/ada/03-metrics/metrics.ipynb": "ada", "class of 2026/bo/m.ipynb": "bo"},
    "workspaces": {
        "ada/my-lessons/03-metrics/metrics.ipynb": "ada", "bo.zip/my-lessons/03-metrics/metrics.ipynb": "bo",
        "cy/my-lessons/start.ipynb": "", "cy/my-lessons/03-metrics/metrics.ipynb": "cy",
    },
    "files": {"ada.ipynb": "ada", "bo ek.ipynb": "bo ek", "metrics_Cy Dee.ipynb": "Cy Dee", "metrics.ipynb": ""},
    "a form's question": {
        "Question 1/metrics_Ada Li.ipynb": "Ada Li", "Question 1/metrics_Bo Ek 1.ipynb": "Bo Ek 1",
        "Question 1/homework_Cy Dee.ipynb": "Cy Dee",
    },
    "Teams without versions": {
        "Submitted files/Ada Li/Lesson 3/metrics.ipynb": "Ada Li", "Submitted files/Bo/Lesson 3/metrics.ipynb": "Bo",
        "Working files/Ada Li/Lesson 3/metrics.ipynb": "",
    },
    "archives": {"ada-metrics.zip/metrics.ipynb": "ada", "bo.zip/work/metrics.ipynb": "bo"},
    "other endings": {"ada/metrics.ipynb.json": "ada", "bo/metrics.ipynb.txt": "bo", "cy/METRICS.IPYNB": "cy"},
    "new notebooks of Colab": {
        "Lesson 3/Ada Lovelace - Untitled0.ipynb": "Ada Lovelace", "Lesson 3/Copy of Bo Ek - Untitled1.ipynb": "Bo Ek",
        "Lesson 3/Untitled12 - Cy Dee.ipynb": "Cy Dee", "Lesson 3/Dee Em - Untitled.ipynb": "Dee Em",
    },
    "names with hyphens on Moodle": {
        f"{name}_{number}_assignsubmission_file_/metrics.ipynb": f"{name}_{number}"
        for number, name in enumerate(["X Æ A-12", "X Y-Z", "J. D-12", "Jo 3-Li", "Ana B-Lee Ek", "Ana B-Lee Ek"], 11)
    },
    "groups on Moodle": {
        "Tue 9-Ada Li_1_assignsubmission_file_/metrics.ipynb": "Ada Li_1",
        "Tue 9-Bo Ek_2_assignsubmission_file_/metrics.ipynb": "Bo Ek_2",
        "Class B-Cy Dee_3_assignsubmission_file_/metrics.ipynb": "Cy Dee_3",
    },
    "names that begin as an assignment's": {
        f"{name}/03-metrics/metrics.ipynb": name for name in ("lesson-x", "notebook-twice", "homework-bo", "emil")
    },
    "repositories beside a learner": {
        "homework-ada/metrics.ipynb": "ada", "homework-bo/metrics.ipynb": "bo", "cy/metrics.ipynb": "cy",
    },
    "versions": {"ada/work/Lesson 3/Version 1/metrics.ipynb": "ada", "bo/work/Lesson 3/Version 1/m.ipynb": "bo"},
    "versions of one learner": {"ada/work/Lesson 3/Version 1/metrics.ipynb": "ada"},
    "one learner": {"ada/03-metrics/metrics.ipynb": "ada"},
}  # fmt: skip


@pytest.mark.parametrize("kind", BY_HAND)
def test_layouts_made_by_hand(kind, tmp_path):
    expected = {name: student for name, student in BY_HAND[kind].items() if student and "under" not in name}
    found = collected_from(put(tmp_path / "in", list(BY_HAND[kind])), tmp_path / "out")
    assert {name: student for name, student in learners(found).items() if name in expected} == expected


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["A/ada/metrics.ipynb", "B/ada/metrics.ipynb", "A/bo/metrics.ipynb", "B/cy/metrics.ipynb"],
         "learners of one name are in A, B"),
        (["ada/metrics.ipynb", "bo/metrics.ipynb", "cy/metrics.ipynb", "late/dee/metrics.ipynb",
          "late/eve/metrics.ipynb"], "one folder has this lesson from dee, eve"),
        (["submission_1/metrics.ipynb", "submission_2/metrics.ipynb"], "its name doesn't say whose it is"),
        (["zip 1/h.zip/metrics.ipynb", "zip 2/h.zip/metrics.ipynb"], "learners of one name are in zip 1, zip 2"),
        (["New folder/work/metrics.ipynb", "New folder/h/metrics.ipynb", "New folder (2)/h/metrics.ipynb",
          "download/03-metrics/x.zip/m.ipynb", "zip/03-metrics/x.zip/m.ipynb"], "learners of one name are in download"),
    ],
)  # fmt: skip
def test_two_learners_are_never_merged_by_a_guess(names, said, tmp_path):
    found = collected_from(put(tmp_path / "in", names), tmp_path / "out").submissions
    assert len(found) == len(names)
    assert sum(one.problem.startswith(said) for one in found) == 2


@pytest.mark.parametrize(
    "names",
    [
        ["Attempt 1/ada.zip/metrics.ipynb", "Attempt 1/bo.zip/metrics.ipynb", "Attempt 2/ada.zip/metrics.ipynb"],
        ["Submitted files/ada/Lesson 3/metrics.ipynb", "Working files/ada/Lesson 3/metrics.ipynb"],
        ["ada.zip/metrics.ipynb", "New folder/ada.zip/metrics.ipynb"],
    ],
)
def test_a_learner_may_be_in_two_of_a_classs_folders(names, tmp_path):
    found = collected_from(put(tmp_path / "in", names), tmp_path / "out")
    assert "ada" in learners(found).values()
    assert not any("of one name" in one.problem for one in found.submissions)


@pytest.mark.parametrize("around", ["", "Student Work/", "9A Statistics - Student Work/"])
def test_a_working_copy_of_teams_counts_where_nothing_was_submitted_and_says_so(around, tmp_path):
    names = ["Submitted files/Ada Li/Lesson 3/Version 1", "Working files/Ada Li/Lesson 3",
             "Working files/Bo Ek/Lesson 3", "Submitted files/Cy Dee/Lesson 3/Version 2"]  # fmt: skip
    place = put(tmp_path / "in", [f"{around}{name}/metrics.ipynb" for name in names])
    found = {one.student: one for one in collected_from(place, tmp_path / "out").submissions if not one.problem}
    assert {student: one.file.removeprefix(around) for student, one in found.items()} == {
        name.split("/")[1]: f"{name}/metrics.ipynb" for name in (names[0], *names[2:])
    }
    assert {student for student, one in found.items() if "working copy" in one.doubt} == {"Bo Ek"}
    assert "working copy" in found["Bo Ek"].seen


def test_who_handed_in_together_has_a_row_each(tmp_path):
    listed = "submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: '1'\n  - :name: Bo\n    :sid: '2'\n"
    place = put(tmp_path / "in", ["submission_1/metrics.ipynb"], {"submission_metadata.yml": listed})
    assert {one.student for one in collected_from(place, tmp_path / "out").submissions} == {"Ada", "Bo"}


def test_two_of_one_name_are_told_apart_by_the_platforms_numbers(tmp_path):
    names = [f"{number}-901 - Ada Lovelace - Oct 15, 2026 1011 PM/metrics.ipynb" for number in (285, 286)]
    found = collected_from(put(tmp_path / "in", names), tmp_path / "out")
    assert sorted(learners(found).values()) == ["Ada Lovelace (285)", "Ada Lovelace (286)"]


def test_numbers_that_are_new_in_each_lesson_make_nobody_another_one(tmp_path):
    names = ["Lesson 3/Ada Lovelace_4711/metrics.ipynb", "Lesson 4/Ada Lovelace_5822/metrics.ipynb"]
    found = collected_from(put(tmp_path / "in", names), tmp_path / "out")
    assert {one.student for one in found.submissions} == {"Ada Lovelace"}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Lesson 3_ada_attempt_2026-10-14-20-11-04_metrics.ipynb", "Lesson 3_ada_attempt_2026-10-15-09-00-00_m.ipynb"),
        ("285-1 - Ada - Oct 15, 2026 926 AM/metrics.ipynb", "285-1 - Ada - Oct 15, 2026 1011 PM/metrics.ipynb"),
        ("ada+03-metrics+2026-10-14 20:11:04 UTC+a/metrics.ipynb", "ada+03-metrics+2026-10-15 08:11:04 UTC+b/x.ipynb"),
        ("Ada/Lesson 3/Version 9/metrics.ipynb", "Ada/Lesson 3/Version 10/metrics.ipynb"),
        ("Ada Li - metrics.ipynb", "Ada Li - metrics (1).ipynb"),
    ],
)
def test_the_last_attempt_counts_and_nobody_has_to_look(first, last, tmp_path):
    (best,) = [
        one for one in collected_from(put(tmp_path / "in", [last, first]), tmp_path / "out").submissions
        if not one.problem
    ]  # fmt: skip
    assert (best.file, best.doubt) == (last, "")


def test_the_time_that_a_platform_says_is_kept(tmp_path):
    place = put(tmp_path / "in", ["ada+03-metrics+2026-10-14 20:11:04 UTC+a/metrics.ipynb"])
    (one,) = collected_from(place, tmp_path / "out").submissions
    assert one.time == 1_792_008_664


def test_vocareums_folder_tells_when_it_was_handed_in(tmp_path):
    place = put(tmp_path / "in", ["ada@x.org/2026-10-20-23-44-55/metrics.ipynb", "bo@x.org/metrics.ipynb"])
    assert [bool(one.time) for one in collected_from(place, tmp_path / "out").submissions] == [True, False]


@pytest.mark.parametrize(
    "name",
    [
        "eve/2020-01-01-00-00-00/metrics.ipynb",
        "Eve_2005_assignsubmission_file_/2020-01-01-00-00-00/metrics.ipynb",
        "eve@x.org.zip/2020-01-01-00-00-00/metrics.ipynb",
    ],
)
def test_a_date_in_a_learners_own_folder_is_no_time_of_handing_in(name, tmp_path):
    (one,) = collected_from(put(tmp_path / "in", [name]), tmp_path / "out").submissions
    assert (one.time, one.problem) == (None, "")


IMPLAUSIBLE = ["9999-12-31", "0001-01-01", "2026-13-01", "2026-02-30", "1969-01-01"]


@pytest.mark.parametrize("date", IMPLAUSIBLE)
@pytest.mark.parametrize(
    "name",
    ["ada+03-metrics+{} 23:59:59 UTC+a/metrics.ipynb", "L_ada_attempt_{}-23-59-59_metrics.ipynb",
     "285-901 - ada - {} 23-59-59/metrics.ipynb", "ada/{}-23-59-59/metrics.ipynb"],
)  # fmt: skip
def test_a_date_that_cannot_be_is_passed_over(name, date, tmp_path):
    place = put(tmp_path / "in", [name.format(date), "bo+03-metrics+2026-10-14 20:11:04 UTC+a/metrics.ipynb"])
    found = {one.student: one for one in collected_from(place, tmp_path / "out").submissions}
    assert (found["ada"].time, found["ada"].problem) == (None, "")


@pytest.mark.parametrize("date", IMPLAUSIBLE)
def test_a_date_that_cannot_be_costs_gradescopes_list_nothing(date, tmp_path):
    listed = f"submission_1:\n  :submitters:\n  - :name: Ada\n  :created_at: {date} 20:11:04.123456000 Z\n"
    place = put(tmp_path / "in", ["submission_1/metrics.ipynb"], {"submission_metadata.yml": listed})
    (one,) = collected_from(place, tmp_path / "out").submissions
    assert (one.student, one.time) == ("Ada", None)


def test_gradescopes_list_tells_when_it_was_handed_in(tmp_path):
    listed = "submission_1:\n  :submitters:\n  - :name: Ada\n  :created_at: 2026-10-14 20:11:04.123456000 Z\n"
    place = put(tmp_path / "in", ["submission_1/metrics.ipynb"], {"submission_metadata.yml": listed})
    assert collected_from(place, tmp_path / "out").submissions[0].time == 1_792_008_664


def test_a_number_that_is_new_in_each_assignment_names_nobody_in_another(tmp_path):
    known = {("Ada_2001", LESSON): Origin("moodle", "2001", "Ada")}
    place = put(tmp_path / "in", ["Bo_2001_assignsubmission_file_/undersampling.ipynb"])
    (place / "Bo_2001_assignsubmission_file_/undersampling.ipynb").write_text('{"cells": []}')
    (one,) = collected_from(place, tmp_path / "out", known=known).submissions
    assert (one.student, one.lesson) == ("Bo_2001", "04-undersampling")


def test_content_tells_the_lesson_before_names_do(tmp_path):
    place = put(tmp_path / "in", ["ada/04-undersampling/undersampling.ipynb"])
    assert learners(collected_from(place, tmp_path / "out")) == {"ada/04-undersampling/undersampling.ipynb": "ada"}


def test_in_nbgraders_tree_each_folder_is_a_learners_whatever_it_is_called(tmp_path):
    names = ["ada", "new", "attachment", "of version 3", "000-first", "150-between"]
    place = put(tmp_path / "in", [f"{name}/03-metrics/metrics.ipynb" for name in names])
    assert set(learners(collected_from(place, tmp_path / "out")).values()) == set(names)


MOODLE, CANVAS = "Ada_2001_assignsubmission_file_", "ada_1001_50001_"
LISTED = "submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: '1'\n"
# What Eve handed in beside Ada and Bo, so that it looks like Ada's.
IN_EVES_HAND = {
    "a folder as Moodle names it": ["ada/m/metrics.ipynb", "bo/metrics.ipynb", f"eve/{MOODLE}/metrics.ipynb"],
    "a zip with such a folder": ["ada/m/metrics.ipynb", "bo.zip/metrics.ipynb", f"eve.zip/{MOODLE}/metrics.ipynb"],
    "a file as Canvas names it": ["ada/metrics.ipynb", "bo/metrics.ipynb", f"eve/{CANVAS}metrics.ipynb"],
    "addresses": ["ada@x.org/metrics.ipynb", "bo@x.org/metrics.ipynb", "eve/ada@x.org/metrics.ipynb",
                  "eve/bo@x.org/metrics.ipynb"],
    "a class with one other": ["ada/metrics.ipynb", "eve/ada/metrics.ipynb", "eve/bo/metrics.ipynb"],
    "a file with an address": ["Ada Li - metrics.ipynb", "Bo Ek - metrics.ipynb", "Eve - ada@x.org.ipynb"],
    "Moodle's name in a zip of Canvas": [f"{CANVAS}m.ipynb", "bo_1002_50002_m.ipynb",
                                         f"eve_1003_50003_m.zip/{MOODLE}/metrics.ipynb"],
    "Moodle's name for a file of Canvas": [f"{CANVAS}m.ipynb", "bo_1002_50002_m.ipynb",
                                           f"eve_1003_50003_{MOODLE}metrics.ipynb"],
    "Gradescope's list in a folder": ["ada/m.ipynb", "bo/m.ipynb", "eve/submission_1/metrics.ipynb"],
    "Gradescope's list in a zip of Canvas": [f"{CANVAS}m.ipynb", "bo_1002_50002_m.ipynb",
                                             "eve_1003_50003_m.zip/submission_1/metrics.ipynb"],
    "a group": ["Group A/metrics.ipynb", f"Group B/{MOODLE}/metrics.ipynb"],
    "a second attempt of Blackboard": [
        "L_ada_attempt_2026-10-14-20-11-04_m.ipynb", "L_bo_attempt_2026-10-14-20-11-04_m.ipynb",
        "L_eve_attempt_2026-10-14-20-11-04_L_ada_attempt_2026-10-15-20-11-04_m.ipynb"],
    "a repository": ["ada/m.ipynb", "bo/m.ipynb", "eve/hw-submissions/hw-ada/m.ipynb"],
}  # fmt: skip


@pytest.mark.parametrize("kind", IN_EVES_HAND)
def test_nothing_in_a_learners_own_folder_archive_or_file_name_makes_it_anothers(kind, tmp_path):
    names = IN_EVES_HAND[kind]
    listed = {f"{name.partition('/submission_')[0]}/submission_metadata.yml": LISTED
              for name in names if "/submission_" in name}  # fmt: skip
    found = collected_from(put(tmp_path / "in", names, listed), tmp_path / "out")
    of_eve = [one for one in found.submissions if "eve" in one.file.lower() or "Group B" in one.file]
    assert of_eve
    for one in of_eve:
        assert one.problem or "eve" in one.student or one.student in ("Eve - ada@x.org", "Group B")
        assert not one.origin or one.origin.number not in ("1001", "2001")
    assert len(learners(found)) >= len(names) - len(of_eve)


LOOSE = ["ada-metrics.ipynb", "bea-metrics.ipynb"]
OF_MOODLE = [f"{MOODLE}/metrics.ipynb", "Bea B_2002_assignsubmission_file_/metrics.ipynb"]
NUMBERED = ["Ada Lovelace_4711/metrics.ipynb", "Bo Ek_4712/metrics.ipynb"]
LIKE_A_CLASS = {
    "names of others": (LOOSE, ["ada/metrics.ipynb", "bea/metrics.ipynb"]),
    "names of Moodle's": (OF_MOODLE, ["Ada_2001/metrics.ipynb", "Bea B_2002/metrics.ipynb"]),
    "names of Moodle's, which is in a folder": (
        [f"Lesson 3/{name}" for name in OF_MOODLE], ["Ada_2001/metrics.ipynb", "Bea B_2002/metrics.ipynb"]),
    "two copies of a disk": (LOOSE, ["Desktop/metrics.ipynb", "Documents/metrics.ipynb"]),
    "folders with numbers, beside Moodle's in a lesson's folder": (
        [f"Lesson 3/{name}" for name in OF_MOODLE], NUMBERED),
    "names of Moodle's, beside learners in a lesson's folder": (
        ["Lesson 3/ada/metrics.ipynb", "Lesson 3/bea/metrics.ipynb"], OF_MOODLE),
    "names of others, beside Canvas's in a lesson's folder": (
        [f"Lesson 4/{CANVAS}m.ipynb", "Lesson 4/bo_1002_50002_m.ipynb"], ["ada/metrics.ipynb", "bo/metrics.ipynb"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", LIKE_A_CLASS)
@pytest.mark.parametrize("around", ["mal.zip", "mal", "mal.zip/work", "Lesson 3/mal.zip"])
def test_an_archive_beside_notebooks_is_no_class_however_it_looks(kind, around, tmp_path):
    names, of_mal = LIKE_A_CLASS[kind]
    found = collected_from(put(tmp_path / "in", [*names, *(f"{around}/{name}" for name in of_mal)]), tmp_path / "out")
    assert set(learners(found)) == set(names)
    told = {one.student: one.problem for one in found.submissions if one.problem}
    assert set(told) == {"mal"}
    assert "one folder has this lesson from" in told["mal"]


@pytest.mark.parametrize("around", ["late/eve", "eve.zip", "eve/03-metrics"])
def test_a_learner_who_is_known_is_no_class_even_alone(around, tmp_path):
    place = put(tmp_path / "in", [f"{around}/{MOODLE}/m.ipynb", f"{around}/Bo_2002_assignsubmission_file_/m.ipynb"])
    found = collected_from(place, tmp_path / "out", learners={"Eve", "Ada_2001"})
    assert learners(found) == {}


def test_a_folder_that_one_learner_is_in_is_not_guessed_to_be_a_class(tmp_path):
    found = collected_from(put(tmp_path / "in", [f"BIO-301/{MOODLE}/metrics.ipynb"]), tmp_path / "out")
    (one,) = found.submissions
    assert "BIO-301 could be a learner's own or a class's, and in it is something of Ada's" in one.problem


@pytest.mark.parametrize("around", ["BIO-301", "Statistics 2026", "lesson-3-monday", "BIO-301/Monday"])
def test_a_download_may_be_in_a_folder_of_any_name(around, tmp_path):
    names = [f"{around}/{MOODLE}/metrics.ipynb", f"{around}/Bo_2002_assignsubmission_file_/metrics.ipynb"]
    found = collected_from(put(tmp_path / "in", names), tmp_path / "out")
    assert sorted(learners(found).values()) == ["Ada_2001", "Bo_2002"]


@pytest.mark.parametrize("names", [OF_MOODLE, NUMBERED, ["ada/metrics.ipynb", "bea/metrics.ipynb"]])
def test_a_folder_that_is_alone_is_taken_for_a_class_aloud(names, tmp_path):
    """Nothing in a listing tells a class's folder from a learner's who made some for others, so a person is told."""
    place = put(tmp_path / "in", [f"mal/{name}" for name in names])
    told = collected_from(place, tmp_path / "out")
    assert "mal was taken for a class: if it's one learner's, correct hand-ins.csv (--dry-run)" in told.sentence
    assert all("mal taken for a class" in one.seen for one in told.submissions)
    known = collected_from(place, tmp_path / "out", learners={"Ada", "Bea B", "Bea", "Ada Lovelace", "Bo Ek"})
    assert "taken for a class" not in known.sentence
    assert len(learners(known)) == len(learners(told)) == 2


def test_downloads_of_two_sections_may_lie_side_by_side(tmp_path):
    names = [f"Monday/{MOODLE}/metrics.ipynb", "Friday/Bo_2002_assignsubmission_file_/metrics.ipynb"]
    found = collected_from(put(tmp_path / "in", names), tmp_path / "out")
    assert sorted(learners(found).values()) == ["Ada_2001", "Bo_2002"]


LONGER, DEEPER = "longer than 255 characters: it is not read", "more than 30 folders deep: it is not read"


@pytest.mark.parametrize(
    ("strange", "words"),
    [
        ("m" * 60_000 + "/", LONGER),
        (" " * 60_000 + "!/", LONGER),
        ("m" * 300, LONGER),
        ("d/" * 30_000, DEEPER),
        ("d/" * 31, DEEPER),
        ("e" * 200 + "/" + "d/" * 5_000, DEEPER),
    ],
    ids=["a long folder", "blanks", "a long name", "thirty thousand folders", "one too many", "long and deep"],
)
def test_a_name_that_no_disk_takes_costs_nobody_else_anything(strange, words, tmp_path):
    names = ["ada.zip/metrics.ipynb", f"ada.zip/{strange}metrics.ipynb", "bo.zip/metrics.ipynb"]
    begun = time.process_time()
    found = collected_from(put(tmp_path / "in", names), tmp_path / "out")
    assert time.process_time() - begun < 10
    assert learners(found) == {"ada.zip/metrics.ipynb": "ada", "bo.zip/metrics.ipynb": "bo"}
    (refused,) = [one for one in found.submissions if one.problem]
    assert refused.student == "ada"
    assert words in refused.problem
    assert len(refused.file) < 400


INBOUND = "inbound/ada+03-metrics+2026-10-14 20:11:04 UTC+c2Vj"


@pytest.mark.parametrize("form", ["folder", "zip", "tgz"])
def test_a_packed_exchange_keeps_the_time_and_what_nbgrader_knows_a_hand_in_by(form, tmp_path):
    files = {f"{INBOUND}/metrics.ipynb": notebook(""), f"{INBOUND}/submission_secret.txt": "a1" * 64,
             f"{INBOUND}/timestamp.txt": "", f"{INBOUND.replace('ada', 'bo')}/metrics.ipynb": notebook("")}  # fmt: skip
    if form == "folder":
        place = put(tmp_path / "in", [], files)
    else:
        place = tmp_path / f"inbound.{form}"
        place.write_bytes(zipped(files) if form == "zip" else tarred(files))
    found = {one.student: one for one in collected_from(place, tmp_path / "out").submissions}
    assert found["ada"].path.with_name("submission_secret.txt").read_text() == "a1" * 64
    assert not found["bo"].path.with_name("submission_secret.txt").exists()
    assert found["ada"].time == 1_792_008_664
    assert "secret" not in found["ada"].note


def test_a_zip_with_nothing_but_what_a_platform_writes_beside_is_told(tmp_path):
    names = [f"ada.zip/{name}" for name in ("submission_secret.txt", "submission_metadata.yml")]
    found = collected_from(put(tmp_path / "in", ["bo/metrics.ipynb"], dict.fromkeys(names, "")), tmp_path / "out")
    assert [one.problem for one in found.submissions if one.file == "ada.zip"] == ["the zip contains no notebook"]


@pytest.mark.long
@pytest.mark.parametrize(
    "name",
    [
        "learner-{0:04d}/03-metrics/metrics.ipynb",
        "BIO/Learner {0:04d}_2{0:04d}_assignsubmission_file_/metrics.ipynb",
        "learner{0:04d}_1{0:04d}_5{0:04d}_metrics.ipynb",
    ],
)
def test_three_thousand_hand_ins_are_sorted_soon(name, tmp_path):
    place = put(tmp_path / "in", [name.format(number) for number in range(3000)])
    begun = time.process_time()
    assert len(set(learners(collected_from(place, tmp_path / "out")).values())) == 3000
    assert time.process_time() - begun < 15  # the reader's process takes about as long


@pytest.mark.parametrize("name", ["a" + " " * 253 + "!", "a" + " b" * 40 + " " * 170 + "!", "a b" + " -" * 120 + "!"])
def test_a_name_with_many_blanks_is_looked_at_once(name):
    begun = time.process_time()
    for _ in range(100):
        assert not BY_SYSTEM["ids"].pattern.fullmatch(name)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    "folder", [MOODLE, "Ada Lovelace_4711", "lesson-3-ada-l", "285-901 - Ada - Oct 15, 2026 926 AM"]
)
def test_a_long_name_in_a_learners_folder_leaves_the_folder_its_learners(folder):
    told, usual = (signs_of((folder, name, "metrics.ipynb"), Download()) for name in ("m" * 300, "m"))
    assert [(sign.system, sign.name) for [sign] in told] == [(sign.system, sign.name) for [sign] in usual]
    assert told


@pytest.mark.parametrize("folder", ["", "Lesson 3/"])
def test_a_date_in_files_names_is_no_number_of_canvas(folder, tmp_path):
    names = [f"{folder}{name}_2026_10_metrics.ipynb" for name in ("ada", "bea", "cy")]
    found = collected_from(put(tmp_path / "in", [*names, "Lesson 4/dee_2026_10_metrics.ipynb"]), tmp_path / "out")
    assert {name: learners(found)[name] for name in names} == {
        name: f"{student}_2026_10" for name, student in zip(names, ("ada", "bea", "cy"), strict=True)
    }
    assert not any(one.origin for one in found.submissions)


TRUE = ["ada_1001_50001_metrics.ipynb", "bea_LATE_1002_50002_metrics.ipynb"]


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("", "mal_1001_5_m.ipynb"),  # mailed, and put beside Canvas's
        ("", "mal_1001_1003_50003_m.ipynb"),  # as Canvas names a file of somebody who is called `mal_1001`
        ("Lesson 4/", "mal_1001_1003_50003_m.ipynb"),
    ],
)
def test_a_number_of_canvas_that_two_names_have_is_told_and_nobody_is_another(folder, name, tmp_path):
    names = [f"Lesson 3/{one}" for one in TRUE]
    names.append(f"{folder or 'Lesson 3/'}{name}")
    found = collected_from(put(tmp_path / "in", names), tmp_path / "out").submissions
    assert {one.file: one.student for one in found} == {
        names[0]: "ada_1001", names[1]: "bea_1002", names[2]: "mal_1001"
    }  # fmt: skip
    contested = {one.file: one.problem for one in found if one.problem}
    assert set(contested) == ({names[0], names[2]} if not folder else {names[2]})
    assert all("another name has the number 1001, too" in problem for problem in contested.values())
    assert {one.origin.number for one in found if one.origin} == ({"1002"} if not folder else {"1001", "1002"})


@pytest.mark.parametrize(("name", "student"), [("mal", "mal_1001"), ("ada", "ada_1001")])
def test_a_name_that_ends_in_anothers_number_is_not_the_learner_of_an_earlier_run(name, student, tmp_path):
    place = put(tmp_path / "in", [f"{name}_1001_1003_50003_m.ipynb", TRUE[1]])
    known = {("ada_1001", "04-undersampling"): Origin("canvas", "1001", "ada")}
    found = {one.student: one for one in collected_from(place, tmp_path / "out", known=known).submissions}
    assert set(found) == {student, "bea_1002"}
    assert ("another name has the number 1001" in found[student].problem) == (name == "mal")


SHARED = {
    "moodle": ["Ada_2001_assignsubmission_file_/m.ipynb", "mal_2001_assignsubmission_file_m.ipynb"],
    "brightspace": ["285-9 - Ada - Oct 15, 2026 926 AM/m.ipynb", "285-9 - mal - Oct 16, 2026 926 AM/m.ipynb"],
    "sakai": ["Li, Ada(ada)/Submission attachment(s)/m.ipynb", "Mal, A(ada)_Submission attachment(s)_m.ipynb"],
    "ilias": ["Li_Ada_ada_4711/m.ipynb", "Mal_A_ada_4712/m.ipynb"],
    "schoology": ["Li, Ada - 1234567/m.ipynb", "Mal, A - 1234567/m.ipynb"],
}


@pytest.mark.parametrize("system", SHARED)
def test_no_platforms_number_is_two_names(system, tmp_path):
    found = collected_from(put(tmp_path / "in", SHARED[system]), tmp_path / "out").submissions
    assert len({one.student for one in found}) == 2
    for one in found:
        assert "another name has the number" in one.problem
        assert not one.origin


def test_a_file_that_begins_with_a_number_is_no_reason_to_doubt_a_name_of_canvas(tmp_path):
    names = [*TRUE, "cy_1003_50003_3_metrics.ipynb"]
    found = collected_from(put(tmp_path / "in", names), tmp_path / "out")
    assert sorted(learners(found).values()) == ["ada_1001", "bea_1002", "cy_1003"]


def test_a_learner_of_canvas_with_another_name_in_the_next_download_stays_one(tmp_path):
    names = ["Lesson 3/lovelaceada_1001_50001_metrics.ipynb", "Lesson 4/kingada_1001_50002_metrics.ipynb"]
    found = collected_from(put(tmp_path / "in", names), tmp_path / "out")
    assert len({one.student for one in found.submissions}) == 1
