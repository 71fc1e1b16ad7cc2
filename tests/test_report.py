"""`course report`: what a teacher reads of a class, and what the class may read of itself."""

from __future__ import annotations

import ast
import json
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag
from large_class import write_large_class
from nbgrader.api import Gradebook
from small_course import TASKS, edit, lesson_notebook, make_course

from coursework.authoring.known_answers import read_known_answers
from coursework.grading.gradebook import OTHER_RELEASE, Graded, GradeWriter
from coursework.lessons.catalogue import find_lesson
from coursework.reporting.item_analysis import discrimination
from imbalanced_course.course_files import course_file

NOON = datetime(2026, 1, 1, 12)
LESSON = "03-metrics"
REPOSITORY = "imbalanced_course.course_files._REPOSITORY"
POINTS = {name: float(points) for name, points, *_ in TASKS}
ALL_RIGHT = dict.fromkeys(POINTS, "right")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course, and a grading folder whose gradebook knows its one lesson, and nobody's work."""
    place = tmp_path_factory.mktemp("report")
    config = course_file("nbgrader_config.py").read_bytes()
    course = make_course(place / "course")
    (course / "datasets").mkdir()
    (course / "nbgrader_config.py").write_bytes(config)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(REPOSITORY, course)
        out = place / "graded"
        out.mkdir()
        writer = GradeWriter(out)
        writer.prepare(find_lesson(LESSON))
        writer.close()
    return place


@pytest.fixture
def out(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(REPOSITORY, prepared / "course")
    return Path(shutil.copytree(prepared / "graded", tmp_path / "graded"))


def graded(student: str, *, essay: bool = False, mistake: str = "", reason: str = "", **statuses: str) -> Graded:
    """Return a graded hand-in; tasks that are not named were not attempted."""
    made = Graded(student, LESSON, sha256="a", max_points=15.0, manual={"essay": essay}, reason=reason)
    for task, most in POINTS.items():
        status = statuses.get(task.replace("-", "_"), statuses.get(task, "not attempted"))
        named = mistake if status == "wrong" else None
        # The same mistake in two names of one answer.
        findings = [{"name": name, "status": status, "message": status, "mistake": named} for name in ("a", "b")]
        points = most if status == "right" else 0.0
        made.results.append(
            {"task": task, "status": status, "points": points, "max_points": most, "findings": findings}
        )
        made.auto_scores[f"{task}-check"] = points
    return made


def flagged(student: str, reason: str, lesson: str = LESSON) -> Graded:
    return Graded(student, lesson, status="flagged", reason=reason, max_points=15.0)


def record(out: Path, *hand_ins: Graded) -> None:
    writer = GradeWriter(out)
    for hand_in in hand_ins:
        writer.record(hand_in, NOON)
    writer.close()


def write_answers(out: Path, student: str, **texts: str) -> None:
    """Write the notebook that grading leaves; `inserted` is a cell of the learner's own."""
    inserted = texts.pop("inserted", None)
    path = out / "autograded" / student / LESSON / "metrics.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(lesson_notebook(LESSON)))
    edit(path, dict(texts))
    if inserted:
        notebook = json.loads(path.read_text())
        notebook["cells"].append({"cell_type": "code", "id": "inserted-9", "metadata": {}, "source": inserted})
        path.write_text(json.dumps(notebook))


@pytest.fixture
def report(run_course: Callable[..., Any], out: Path) -> Callable[..., BeautifulSoup]:
    """Run the command on the grading folder and return the page."""

    def run(*options: str) -> BeautifulSoup:
        outcome = run_course("report", "--out", out, *options)
        assert outcome.exit_code == 0, outcome.output
        return BeautifulSoup((out / "report.html").read_text(encoding="utf-8"), "html.parser")

    return run


def table(page: BeautifulSoup, caption: str) -> list[list[str]]:
    """Return the rows of the table whose caption has this id, without the head."""
    found = page.find(id=caption)
    assert isinstance(found, Tag), f"no table {caption}"
    whole = found.find_parent("table")
    assert isinstance(whole, Tag)
    return [[" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])] for row in whole.find_all("tr")][
        1:
    ]


def section(page: BeautifulSoup, name: str) -> str:
    found = page.find("section", attrs={"aria-labelledby": name})
    return " ".join(found.get_text().split()) if found else ""


def test_points_stand_by_name_with_what_is_unread_broken_and_missing(out, report):
    record(out, graded("Bo", recall="right"), graded("ada", essay=True, **ALL_RIGHT), flagged("cy", "broken"))
    with Gradebook(f"sqlite:///{out}/gradebook.db") as book:
        book.add_student("dana")
    assert table(report(), "everybody") == [
        ["ada", "10*", "10"],
        ["Bo", "4", "4"],
        ["cy", "!", "0"],
        ["dana", "–", "0"],
    ]


def test_points_that_a_person_gave_count(out, report):
    record(out, graded("ada", essay=True, **ALL_RIGHT))
    with Gradebook(f"sqlite:///{out}/gradebook.db") as book:
        grade = book.find_grade("essay", "metrics", LESSON, "ada")
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        book.db.commit()
    page = report()
    assert table(page, "everybody") == [["ada", "13", "13"]]
    assert ["essay", "5", "0 of 1 (0%, 0 to 79%)", "1 ada", "0"] in table(page, "tasks-03-metrics")


def test_who_may_need_help_comes_first_with_the_reason(out, report):
    record(
        out,
        graded("well", **ALL_RIGHT),
        graded("half", precision="right"),
        graded("weak", recall="right"),
        graded("idle"),
        flagged("torn", "not JSON"),
    )
    rows = table(report(), "needs")
    assert rows == [
        ["idle", "0", "nothing attempted: 03-metrics"],
        ["torn", "0", "could not be graded: 03-metrics"],
        ["weak", "4", "fewer than half of the points: 03-metrics"],
        ["half", "6", "fewer than half of the points: 03-metrics"],
    ]


def test_an_unread_text_makes_nobody_weak(out, report):
    record(out, graded("ada", essay=True, precision="right"))
    assert "No one." in section(report(), "standing")


def test_each_task_has_its_share_right_with_its_interval_and_the_names_of_those_who_are_stuck(out, report):
    record(out, graded("a", **ALL_RIGHT), graded("b", recall="right", precision="wrong"), graded("c", recall="wrong"))
    rows = table(report(), "tasks-03-metrics")
    assert rows[0] == ["recall", "4", "2 of 3 (67%, 21 to 94%)", "1 c", "0"]
    assert rows[1] == ["precision", "6", "1 of 3 (33%, 6 to 79%)", "1 b", "1"]


def test_a_handful_gets_a_sentence_in_place_of_a_discrimination(out, report):
    record(out, *(graded(f"s{number}", recall="right") for number in range(9)))
    page = report()
    assert "9 hand-ins were graded. Discrimination is shown for 10 hand-ins or more" in section(page, "tasks")
    assert len(table(page, "tasks-03-metrics")[0]) == 5


def test_discrimination_is_the_correlation_with_the_other_tasks(out, report):
    statuses = (
        [("right", "right")] * 16 + [("right", "wrong")] * 4 + [("wrong", "right")] * 4 + [("wrong", "wrong")] * 16
    )
    record(
        out, *(graded(f"s{number:02d}", recall=one, precision=other) for number, (one, other) in enumerate(statuses))
    )
    rows = table(report(), "tasks-03-metrics")
    # Two tasks of which each is the other's rest: 16 and 16 alike, 4 and 4 not, so (16 · 16 - 4 · 4) / 20².
    assert [row[5].split()[0] for row in rows[:2]] == ["0.60", "0.60"]
    assert rows[0][5] == "0.60 (0.35 to 0.77), separates"
    assert rows[2][5] == "–"


def test_for_a_task_that_is_right_or_wrong_it_is_the_point_biserial_correlation():
    random = np.random.default_rng(0)
    item = pd.Series(random.integers(0, 2, 50).astype(float))
    rest = pd.Series(random.normal(size=50)) + item
    share = item.mean()
    apart = rest[item == 1].mean() - rest[item == 0].mean()
    found = discrimination(item, rest)
    assert found is not None
    assert found.value == pytest.approx(apart / rest.std(ddof=0) * np.sqrt(share * (1 - share)))
    assert found.low < found.value < found.high


def test_a_mistake_counts_once_a_learner_and_the_commonest_comes_first(out, report):
    rare, common = "that is the `accuracy`", "that is the precision"
    record(
        out,
        graded("a", recall="wrong", mistake=common),
        graded("b", recall="wrong", mistake=common),
        graded("c", recall="wrong", mistake=rare),
        graded("d", more_recall="wrong", mistake="a bonus"),
    )
    page = report()
    assert table(page, "mistakes-1") == [
        ["2 of 4", "3", "recall", common, "a, b"],
        ["1 of 4", "3", "recall", "that is the accuracy", "c"],
    ]
    assert table(page, "mistakes-2") == [["1 of 4", "3", "more-recall", "a bonus", "d"]]


def test_the_quick_check_says_who_passes_and_what_was_chosen_instead(out, report):
    record(
        out,
        graded("a", quick_check_1="right"),
        graded("b", quick_check_1="wrong", mistake="Not that one."),
        graded("c", recall="right"),
    )
    page = report()
    assert "There is 1 question so far, and a learner passes with 1 right (70%): 1 of 3 learners" in section(
        page, "quick-check"
    )
    assert table(page, "questions") == [
        ["03-metrics, question 1", "1 of 3 (33%)", "1", "1", "Not that one. (1 learner)"]
    ]
    assert "Not that one." not in section(page, "mistakes")


def test_the_gain_in_the_twelve_questions_is_shown_when_asked_for(out, report, tmp_path):
    record(out, graded("ada"))
    assert section(report(), "gain") == ""
    for learner in ("ada", "ben"):
        for when, letter in (("before", "c"), ("after", "b")):
            path = tmp_path / "inventories" / learner / f"inventory-{when}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": f"answer_1 = {letter!r}"}]}))
    page = report("--inventory", str(tmp_path / "inventories"))
    assert "2 learners answered both" in section(page, "gain")
    assert "a gain of -1.0 (95% interval -1.0 to -1.0)" in section(page, "gain")
    first = table(page, "concepts")[0]
    assert first[:5] == ["accuracy is not recall", "2", "0", "0", "2"]


def test_what_waits_for_a_person_has_a_link_or_a_reason(out, report):
    feedback = out / "feedback" / "ada l" / LESSON / "metrics.html"
    feedback.parent.mkdir(parents=True)
    feedback.write_text("page")
    record(out, graded("ada l", essay=True), flagged("bo", "not valid JSON"), flagged("", "no lesson", "notes.ipynb"))
    page = report()
    assert table(page, "texts") == [["ada l", "03-metrics", "essay"]]
    link = page.find("caption", id="texts").find_parent("table").a["href"]
    assert link == "feedback/ada%20l/03-metrics/metrics.html#essay"
    assert table(page, "flagged") == [["bo", "03-metrics", "not valid JSON"], ["not known", "notes.ipynb", "no lesson"]]


def test_a_later_hand_in_that_broke_is_noted(out, report):
    record(out, graded("ada", **ALL_RIGHT), flagged("ada", "empty"))
    assert table(report(), "notes") == [["ada", "03-metrics", "a later hand-in could not be graded: empty"]]


def test_points_changed_by_a_person_for_earlier_work_wait(out, report):
    record(out, graded("ada", **ALL_RIGHT))
    with Gradebook(f"sqlite:///{out}/gradebook.db") as book:
        book.find_grade("recall-check", "metrics", LESSON, "ada").manual_score = 1.0
        book.db.commit()
    record(out, replace(graded("ada", **ALL_RIGHT), sha256="b"))
    (row,) = table(report(), "again")
    assert row == ["ada", "03-metrics", "recall: handed in again after a person had changed the points"]


def test_a_task_of_another_release_waits(out, report):
    record(out, replace(graded("ada", **ALL_RIGHT), look_again={"precision-check": OTHER_RELEASE}))
    (row,) = table(report(), "again")
    assert row == ["ada", "03-metrics", "precision: made with another release of the lesson, in which the task differs"]


def test_the_page_needs_no_network_and_no_script(out, report):
    record(out, graded("ada", essay=True, **ALL_RIGHT))
    page = report("--similar")
    text = str(page)
    assert not page.find_all(["script", "link", "iframe", "object", "form"])
    assert not re.search(r"https?:|//[a-z]|@import|url\(| on\w+=", re.sub(r"base64,[^\"]+", "", text))
    assert all(image["src"].startswith("data:image/png;base64,") for image in page.find_all("img"))


def test_the_page_can_be_read_without_seeing_it(out, report):
    record(
        out, graded("ada", essay=True, **ALL_RIGHT), graded("bo", recall="wrong", mistake="swapped"), flagged("cy", "x")
    )
    page = report("--similar")
    assert page.html["lang"] == "en"
    assert all(image["alt"] for image in page.find_all("img"))
    assert all(found.caption and found.find_all("th", scope="col") for found in page.find_all("table"))
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [found["id"] for found in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_names_reasons_and_texts_are_shown_as_text(out, report):
    name = f"eve {SCRIPT.replace('/', '')} $x$"
    record(
        out,
        graded(name, essay=True, recall="wrong", mistake=SCRIPT, reason=SCRIPT),
        graded("mallory", essay=True),
        flagged("trent", SCRIPT),
    )
    text = f"{SCRIPT} " + "one two three four five six seven eight nine ten " * 3
    write_answers(out, "mallory", essay=text)
    write_answers(out, name.replace("/", ""), essay=text)
    page = report("--similar")
    assert not page.find_all("script")
    assert name in page.get_text()
    assert page.get_text().count(SCRIPT) >= 4


def test_the_same_gradebook_gives_the_same_page_to_the_byte(out, report):
    record(out, *(graded(f"s{number}", essay=True, recall="right") for number in range(5)))
    report()
    first = (out / "report.html").read_bytes()
    report()
    assert (out / "report.html").read_bytes() == first


def test_one_learner_is_a_class(out, report):
    record(out, graded("ada", recall="right"))
    assert table(report(), "everybody") == [["ada", "4", "4"]]


def test_a_class_of_which_nothing_could_be_graded_has_a_report(out, report):
    record(out, flagged("ada", "not JSON"), flagged("", "no lesson", "notes.ipynb"))
    page = report()
    assert table(page, "everybody") == [["ada", "!", "0"]]
    assert "No hand-in of this lesson could be graded." in section(page, "tasks")


def test_a_folder_of_which_no_file_could_be_matched_has_a_report(out, report):
    record(out, flagged("", "no lesson", "notes.ipynb"))
    assert table(report(), "flagged") == [["not known", "notes.ipynb", "no lesson"]]


def test_without_names_nothing_tells_who_wrote_what(out, report):
    record(
        out,
        graded("ada", essay=True, recall="wrong", mistake="swapped", reason="ada.ipynb came late"),
        flagged("bo", "bo's file is broken"),
        flagged("cy", "no lesson", "cy-notes.ipynb"),
    )
    text = report("--anonymous").get_text()
    assert not re.search(r"\b(ada|bo|cy)\b|ipynb|broken", text)
    assert "swapped" in text
    assert "Learner 1" in text


def test_without_names_the_order_hangs_on_no_name(out, prepared, tmp_path, run_course):
    other = Path(shutil.copytree(prepared / "graded", tmp_path / "other"))
    work = [{"recall": "right"}, {"precision": "right"}, {"recall": "wrong"}, ALL_RIGHT]
    record(out, *(graded(name, **one) for name, one in zip("abcd", work, strict=True)))
    record(other, *(graded(name, **one) for name, one in zip("zkbx", work, strict=True)))
    for folder in (out, other):
        assert run_course("report", "--out", folder, "--anonymous").exit_code == 0
    assert (out / "report.html").read_bytes() == (other / "report.html").read_bytes()


def stuck(page: BeautifulSoup, caption: str = "stuck-first") -> dict[str, list[str]]:
    """Return the marks of the two tasks with points by learner, after the number of open ones."""
    return {learner: marks for learner, *marks in table(page, caption)[1:]}


def test_who_is_stuck_where_is_a_table_of_learners_by_tasks_most_open_first(out, report):
    record(
        out,
        graded("ada", **ALL_RIGHT),
        graded("bo", recall="right", precision="wrong"),
        graded("cy", recall="wrong"),
        flagged("dana", "broken"),
    )
    with Gradebook(f"sqlite:///{out}/gradebook.db") as book:
        book.add_student("emil")
    assert list(stuck(report()).items()) == [
        ("cy", ["2", "✗", "○"]),
        ("bo", ["1", "✓", "✗"]),
        ("ada", ["0", "✓", "✓"]),
        ("dana", ["0", "!", "!"]),
        ("emil", ["0", "–", "–"]),
        ("✗ not right yet", ["1", "1"]),
        ("of those who tried", ["3", "2"]),
    ]


def test_what_is_not_right_yet_leads_to_the_feedback_at_that_task(out, report):
    feedback = out / "feedback" / "bo" / LESSON / "metrics.html"
    feedback.parent.mkdir(parents=True)
    feedback.write_text("page")
    record(out, graded("bo", precision="wrong", mistake="swapped"))
    page = report()
    for name in ("stuck-first", "mistakes-1", "tasks-03-metrics"):
        links = page.find(id=name).find_parent("table").find_all("a")
        assert [link["href"] for link in links] == ["feedback/bo/03-metrics/metrics.html#precision"], name


def test_of_a_large_class_those_with_most_tasks_open_are_shown_and_the_others_folded(out, report):
    record(out, *(graded(f"s{number:02d}", recall="right", precision="right") for number in range(44)), graded("weak"))
    page = report()
    assert next(iter(stuck(page))) == "weak"
    assert len(stuck(page)) == 25 + 2
    assert len(stuck(page, "stuck-others")) == 20
    assert page.find(id="stuck-others").find_parent("details")


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Metrics (7)
    Points Possible,,,,,15
"Lovelace, Ada",1,,ada,A,
"Bool, Bo",2,,bo,A,
"Zuse, Cy",3,,cy,A,
"""
MOODLE = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Feedback comments
Participant 2001,ada,ada@example.org,Submitted for grading,,15.00,
Participant 2002,Cy Zuse,cy@example.org,No submission,,15.00,
"""


@pytest.mark.parametrize(
    ("roster", "told"),
    [
        pytest.param(CANVAS, "1 of 3 on the class list: Zuse, Cy.", id="Canvas"),
        pytest.param(
            MOODLE, "1 of 2 on the class list: Cy Zuse. 1 learner handed in and couldn't be matched", id="Moodle"
        ),
        pytest.param(
            "ID,name\n71,ada\n72,Cy Zuse\n",
            "1 of 2 on the class list: Cy Zuse. 1 learner handed in and couldn't be matched",
            id="own",
        ),
    ],
)
def test_who_never_handed_in_is_told_by_the_class_list(out, report, tmp_path, roster, told):
    record(out, graded("ada"), flagged("bo", "broken"))
    (tmp_path / "roster.csv").write_text(roster)
    assert f"Who never handed in {told}" in section(report("--roster", str(tmp_path / "roster.csv")), "short")


def test_without_a_class_list_the_gradebook_tells_who_never_handed_in(out, report):
    record(out, graded("ada"))
    with Gradebook(f"sqlite:///{out}/gradebook.db") as book:
        book.add_student("bo")
    assert "Who never handed in 1 of 2 on the gradebook's list: bo." in section(report(), "short")


def test_whose_file_cannot_be_read_is_not_among_those_who_never_handed_in(report, out):
    record(out, graded("ada", recall="right"), graded("eve", recall="right"))
    record(out, flagged("cy", "it is neither a notebook nor a zip", "export.html"))
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        book.update_or_create_student("cy")
    page = report()
    assert "Who never handed in 0 of 3 on the gradebook's list." in section(page, "short")
    (out / "roster.csv").write_text("name\nada\neve\ncy\n")
    listed = section(report("--roster", str(out / "roster.csv")), "short")
    assert "Who never handed in 0 of 3 on the class list." in listed
    assert "a file that couldn't be read" in next(row for row in table(page, "needs") if row[0] == "cy")[2]


def test_a_class_list_that_is_none_is_said_in_a_sentence(out, run_course, tmp_path):
    record(out, graded("ada"))
    (tmp_path / "roster.csv").write_text("points\n20\n")
    outcome = run_course("report", "--out", out, "--roster", tmp_path / "roster.csv")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert "has no column name, email or login" in outcome.stderr
    assert not (out / "report.html").exists()


def gave(student: str, message: str, **statuses: str) -> Graded:
    """Return a hand-in whose wrong answers have no name; the check says of each what it gave."""
    hand_in = graded(student, **statuses)
    for result in hand_in.results:
        for finding in result["findings"]:
            if finding["status"] == "wrong":
                finding.update(mistake=None, message=message)
    return hand_in


def test_wrong_answers_without_a_name_are_grouped_by_what_they_gave(out, report):
    record(
        out,
        *(gave(name, "you have 0.4", recall="wrong") for name in "abc"),
        *(gave(name, "you have 0.3", recall="wrong") for name in "de"),
        gave("f", "you have 0.2", recall="wrong"),
        graded("g", recall="wrong", mistake="swapped"),
    )
    page = report()
    assert [row for row in table(page, "groups") if row[3].startswith("a:")] == [
        ["3", "3", "recall", "a: you have 0.4", "a, b, c"],
        ["2", "3", "recall", "a: you have 0.3", "d, e"],
    ]
    assert "2 results that only one learner has aren't listed" in section(page, "unnamed")


HOSTILE = "%%time\n# %% recall | right | forged\n\x00\x1b[2Jimport os\r\u2028os.system('true')\n\tif x:\n(((("


def test_wrong_answers_without_a_name_are_written_as_known_answers_in_which_nothing_runs(out, report, tmp_path):
    record(
        out,
        *(gave(name, "you have 0.4", recall="wrong", precision="right") for name in ("ada", "bo")),
        gave("eve", f"you have {SCRIPT}\n# %% recall | right | forged", recall="wrong"),
    )
    for name, text in (("ada", "recall = 2 / 5"), ("bo", "recall = 2 / 5"), ("eve", HOSTILE)):
        write_answers(out, name, recall=text)
    report("--unnamed", str(tmp_path / "new"))
    (path,) = (tmp_path / "new").iterdir()
    assert path.name == "metrics.py"
    first, second = read_known_answers(path)
    assert (first.task, first.kind, first.points, first.message) == ("recall", "wrong", 0.0, None)
    assert first.code.splitlines() == [
        "# 2 learners. The check said:", "#     a: you have 0.4", "#     b: you have 0.4", "#", "# recall = 2 / 5",
    ]  # fmt: skip
    assert not ast.parse(second.code).body
    assert "\x1b" not in second.code
    assert "import os" in second.code


@pytest.mark.parametrize(
    ("options", "told"),
    [
        pytest.param(["--unnamed", "."], "isn't an empty folder", id="a folder with something in it"),
        pytest.param(["--unnamed", "new", "--anonymous"], "can't be combined with --anonymous", id="without names"),
    ],
)
def test_wrong_answers_overwrite_nothing_and_are_not_for_the_class(out, run_course, monkeypatch, options, told):
    record(out, graded("ada"))
    monkeypatch.chdir(out)
    outcome = run_course("report", "--out", out, *options)
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert told in outcome.stderr
    assert not (out / "report.html").exists()


def test_a_task_that_the_best_do_not_have_right_may_be_faulty(out, report):
    record(
        out,
        *(graded(f"strong-{number}", recall="right", precision="wrong") for number in range(5)),
        *(graded(f"weak-{number}", recall="wrong", precision="right") for number in range(10)),
    )
    page = report()
    told = "precision: Of the 5 who do best in the lesson's other tasks, 0 have it right."
    assert told in section(page, "tasks")
    assert told in section(page, "short")


def test_a_class_of_fifteen_is_told_what_its_intervals_allow(out, report):
    able = [graded(f"a{number}", recall="right", precision="right") for number in range(9)]
    record(out, *able, *(graded(f"w{number}", recall="wrong", precision="wrong") for number in range(5)), graded("x"))
    figures = {row[0]: row[5] for row in table(report(), "tasks-03-metrics")}
    assert figures["recall"] == "1.00 (1.00 to 1.00), separates"


def test_a_wrong_result_that_many_share_and_no_check_knows_may_be_a_faulty_task(out, report):
    record(
        out,
        *(gave(f"s{number}", "you have 0.4", recall="wrong", precision="right") for number in range(3)),
        *(graded(f"t{number}", recall="right", precision="right") for number in range(9)),
    )
    told = "recall: 3 of the 12 who tried it have the same wrong result, and no check knows it."
    assert told in section(report(), "tasks")


def test_without_names_nobody_is_behind_a_mistake_and_nothing_is_quoted(out, report, tmp_path):
    (tmp_path / "roster.csv").write_text(CANVAS)
    record(
        out,
        *(gave(name, "you have the text 'I am ada'", recall="wrong") for name in ("ada", "bo")),
        graded("cyd", precision="wrong", mistake="swapped"),
    )
    page = report("--anonymous", "--roster", str(tmp_path / "roster.csv"))
    assert not re.search(r"\b(ada|bo|cyd|zuse)\b", page.get_text(), re.IGNORECASE)
    assert table(page, "mistakes-1") == [["1 of 3", "3", "precision", "swapped"]]
    assert ["2", "3", "recall", "a: the same result"] in table(page, "groups")
    assert "Who never handed in 1 of 3 on the class list." in section(page, "short")


ESSAY = "A missed fraud costs the shop the whole payment, while a false alarm costs one telephone call of a minute."
ALIKE = "A missed fraud costs the shop the whole amount, while a false alarm costs one telephone call of two minutes."
OTHER = "Ill people who are sent home come back later and worse; healthy ones who are called again lose a morning only."


def pairs(page: BeautifulSoup) -> list[tuple[str, str]]:
    found = [[name.get_text() for name in pair.find_all("h4")] for pair in page.find_all(class_="pair")]
    return [(left, right) for left, right in found]


def test_texts_that_read_alike_stand_side_by_side_as_worth_a_look(out, report):
    record(out, *(graded(name, essay=True) for name in ("ada", "bo", "cy")))
    for name, text in (("ada", ESSAY), ("bo", ALIKE), ("cy", OTHER)):
        write_answers(out, name, essay=text)
    page = report("--similar")
    assert pairs(page) == [("ada", "bo")]
    assert [mark.get_text() for mark in page.find_all("mark")] == ["payment", "a", "minute", "amount", "two", "minutes"]
    assert "worth a look, no more" in section(page, "similar")
    assert not re.search(r"cheat|plagiar|copied", page.get_text(), re.IGNORECASE)


def test_nobody_looks_for_similar_passages_unless_asked(out, report):
    record(out, *(graded(name, essay=True) for name in ("ada", "bo")))
    for name in ("ada", "bo"):
        write_answers(out, name, essay=ESSAY)
    assert "alike" not in report().get_text()


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"essay": "Misses cost more than alarms."}, id="short texts"),
        pytest.param({"recall": "recall = 0.5"}, id="the solution"),
        pytest.param({}, id="what the lesson has"),
    ],
)
def test_what_says_nothing_is_not_shown(out, report, texts):
    record(out, *(graded(name, essay=True) for name in ("ada", "bo")))
    for name in ("ada", "bo"):
        write_answers(out, name, **texts)
    assert pairs(report("--similar")) == []


def test_what_many_have_comes_from_somewhere_else(out, report):
    names = [f"s{number}" for number in range(6)]
    record(out, *(graded(name, essay=True) for name in names))
    for name in names:
        write_answers(out, name, essay=ESSAY)
    assert pairs(report("--similar")) == []


@pytest.mark.parametrize("place", ["inserted", "precision"])
def test_inserted_cells_and_long_answers_are_compared_too(out, report, place):
    code = "\n".join(f"step_{number} = np.sort(values_{number})[: len(values_{number}) // 2]" for number in range(6))
    record(out, *(graded(name) for name in ("ada", "bo")))
    for name in ("ada", "bo"):
        write_answers(out, name, **{place: code})
    assert pairs(report("--similar")) == [("ada", "bo")]


def test_similar_passages_have_names_so_they_are_refused_without(out, run_course):
    outcome = run_course("report", "--out", out, "--similar", "--anonymous")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert "can't be combined with --anonymous" in outcome.stderr


def test_a_gradebook_without_hand_ins_is_said_in_a_sentence(out, run_course):
    outcome = run_course("report", "--out", out)
    assert outcome.exit_code == 1
    assert "has no hand-ins yet" in outcome.stderr
    assert not (out / "report.html").exists()


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_was_never_graded_into_is_said_in_a_sentence(tmp_path, run_course, there):
    folder = tmp_path / "nothing"
    if there:
        folder.mkdir()
    outcome = run_course("report", "--out", folder)
    assert outcome.exit_code == 2
    assert "course grade SUBMISSIONS" in outcome.stderr
    assert not list(folder.glob("*"))


def test_another_database_is_read(out, tmp_path, run_course):
    record(out, graded("ada", recall="right"))
    (out / "gradebook.db").rename(tmp_path / "elsewhere.db")
    outcome = run_course("report", "--out", out, "--db", f"sqlite:///{tmp_path}/elsewhere.db")
    assert outcome.exit_code == 0
    assert "1 learner, 1 hand-in" in outcome.stdout


@pytest.mark.long
def test_a_thousand_learners_and_seven_lessons_fit_into_five_megabytes_and_a_minute(tmp_path, run_course):
    out = tmp_path / "graded"
    write_large_class(out, students=1000)
    start = time.monotonic()
    assert run_course("report", "--out", out).exit_code == 0
    assert time.monotonic() - start < 60
    assert (out / "report.html").stat().st_size < 5_000_000
    assert run_course("report", "--out", out, "--similar").exit_code == 0
    page = BeautifulSoup((out / "report.html").read_text(encoding="utf-8"), "html.parser")
    assert len(table(page, "everybody")) == 1000
    assert {right[-2:] for _, right in pairs(page)} == {"99"}  # those who have the answers of another
