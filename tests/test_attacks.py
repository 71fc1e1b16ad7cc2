"""Submissions that tamper get what their answers deserve, which is nothing, and harm nobody else's grade."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from attack_suite import LESSON, Attack, attacks
from conftest import need
from stock_attacks import make_pattern, measure, stored

from coursework.grading.engine import EngineSettings
from coursework.grading.run import Report, grade_folder

SUITE = {f"{number:03d}": attack for number, attack in enumerate(attacks(), start=100)}
HONEST = ("000-first", "150-between", "999-last")


def hand_in(folder: Path, student: str, attack: Attack) -> None:
    path = folder / student / LESSON.folder / f"{LESSON.notebook}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(attack.notebook))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, dict[str, dict[str, str]]]:
    """All attacks and three honest submissions, graded in one run."""
    need("bubblewrap")
    place = tmp_path_factory.mktemp("attacks")
    for student, attack in SUITE.items():
        hand_in(place / "in", student, attack)
    for student in HONEST:
        path = place / "in" / student / LESSON.folder / f"{LESSON.notebook}.ipynb"
        path.parent.mkdir(parents=True)
        shutil.copy(LESSON.solution_path, path)
    settings = EngineSettings(sandbox="bwrap", cell_seconds=1, total_seconds=6, memory_bytes=2**29)
    # More workers than processors: many attacks only wait for their limit.
    report = grade_folder(place / "in", place / "out", settings, workers=4)
    with (place / "out" / "grades.csv").open(newline="") as file:
        return report, {row["student"]: row for row in csv.DictReader(file)}


def test_there_are_enough_attacks_of_every_group():
    groups = [attack.group for attack in SUITE.values()]
    assert len(groups) >= 45
    assert all(groups.count(group) >= 4 for group in set(groups))


@pytest.mark.parametrize("student", SUITE, ids=[attack.name for attack in SUITE.values()])
def test_an_attack_earns_nothing(outcome, student):
    _, grades = outcome
    assert float(grades[student]["points"]) == 0


def test_honest_submissions_of_the_same_run_keep_all_their_points(outcome):
    _, grades = outcome
    assert {student: grades[student]["points"] for student in HONEST} == dict.fromkeys(HONEST, "20.0")
    assert set(grades) == {*SUITE, *HONEST}


def test_no_attack_stops_the_grading_of_its_own_submission(outcome):
    report, _ = outcome
    assert report.flagged == []


def test_the_table_of_attacks(outcome, record_property):
    _, grades = outcome
    stock = stored()
    lines = [f"{'attack':58} {'stock':>8} {'here':>6}", "(stock: points of 20 given; '-' is not run without a sandbox)"]
    group = ""
    for student, attack in sorted(SUITE.items(), key=lambda item: item[1].group):
        if attack.group != group:
            group = attack.group
            lines.append(f"-- {group}")
        here = float(grades[student]["points"])
        lines.append(f"{attack.name[:58]:58} {stock.get(attack.name, '-'):>8} {here:>6g}")
    total = sum(float(grades[student]["points"]) for student in SUITE)
    lines.append(f"{len(SUITE)} attacks, undeserved points here: {total:g}")
    record_property("table", "\n".join(lines))
    assert total == 0


def test_the_stock_column_is_complete():
    assert set(stored()) == {attack.name for attack in SUITE.values() if attack.safe}


@pytest.mark.long
def test_the_stock_column_is_what_stock_nbgrader_gives(tmp_path):
    pattern = make_pattern(tmp_path / "pattern")
    measured = {
        attack.name: measure(attack, pattern, tmp_path / student) for student, attack in SUITE.items() if attack.safe
    }
    assert measured == stored()
