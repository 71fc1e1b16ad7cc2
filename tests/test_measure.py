"""`course measure`: what it refuses in one sentence, and what it says of a small table."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from course_process import start_course
from held_out_advice import COURSE, PAGE, held_out, load, with_table

from coursework.measured_report.numbers import numbers_of
from coursework.measured_report.page import page_of
from coursework.workspace.own_data_page import own_data_page
from imbalanced_course import measure
from imbalanced_course.measure import Goal, advice, comparing, flagged, goal_for
from imbalanced_course.measure.contenders import EVERYONE, NO_ONE
from imbalanced_course.measure.judging import cheapest_floor
from imbalanced_course.study import DEFAULT, NONE, Contender, as_table

ROOT = Path(__file__).resolve().parent.parent


def people(n: int = 400, seed: int = 0) -> pd.DataFrame:
    """People, a tenth of them ill: a number that helps, one that is missing at times, and a category."""
    chance = np.random.default_rng(seed)
    ill = np.zeros(n, dtype=int)
    ill[: n // 10] = 1
    frame = pd.DataFrame(
        {
            "dose": chance.normal(size=n) + 1.5 * ill,
            "age": np.where(chance.random(n) < 0.2, np.nan, chance.integers(20, 80, n)),
            "ward": chance.choice(["north", "south", "east"], n),
            "ill": ill,
        }
    )
    return frame.sample(frac=1, random_state=seed).reset_index(drop=True)


def nearly(ill: pd.Series) -> pd.Series:
    """Return the labels with a few negatives that are wrong."""
    return ill.mask(ill.index % 100 == 50, 1)


def changed(**columns: object) -> pd.DataFrame:
    return people().assign(**columns)


REFUSED = {
    "no such column": (changed(), "--target sick", "there is no column 'sick' for the target"),
    "one class": (changed(ill=0), "--target ill", "has one value only, 0"),
    "seven positives": (changed(ill=[1] * 7 + [0] * 393), "--target ill", "there are 7 positive rows"),
    "forty values": (changed(ill=[n % 40 for n in range(400)]), "--target ill", "has 40 values"),
    "a leak": (changed(again=people()["ill"]), "--target ill", "'again' alone gives the target in every row"),
    "only leaks": (
        people()[["ill"]].assign(late=lambda one: nearly(one["ill"]) + np.random.default_rng(0).normal(0, 0.1, 400)),
        "--target ill",
        "every column alone ranks the rows nearly perfectly",
    ),
    "dates": (changed(born=pd.date_range("1950-01-01", periods=400)), "--target ill", "'born' holds dates"),
    "free text": (changed(note=[f"note {n}" for n in range(400)]), "--target ill", "'note' holds text"),
    "all missing": (changed(dose=None, age=None, ward=None), "--target ill", "hold no value at all"),
    "one cost": (changed(), "--target ill --cost-miss 5", "one cost says nothing without the other one"),
    "a negative budget": (changed(), "--target ill --budget -1", "give a number above 0"),
    "a huge cost": (
        changed(),
        "--target ill --cost-miss 1e308 --cost-alarm 1",
        "from 1e-09 to 1e+09",
    ),
    "five years": (
        changed(year=[2019 + number % 5 for number in range(400)]),
        "--target ill --time year",
        "the time has 5 different values, and 7 are needed",
    ),
    "a budget below one alert": (changed(), "--target ill --budget 1", "less than one alert in a fold of 80 rows"),
    "positives at one time": (
        changed(day=people()["ill"].rank(method="first")),
        "--target ill --time day",
        "measure without `--time`, or leave out the times",
    ),
    "groups that come at all times": (
        changed(day=range(400), ward=[number % 10 for number in range(400)]),
        "--target ill --time day --group ward",
        "measure with `--group` or with `--time`, not with both",
    ),
    "no column to drop": (changed(), "--target ill --drop name", "has no column 'name' to drop"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_table_that_cannot_be_measured_is_refused_in_one_sentence(what: str, tmp_path: Path, run_course):
    frame, options, words = REFUSED[what]
    frame.to_csv(tmp_path / "table.csv", index=False)
    assert_refused(run_course, tmp_path, words, *options.split())


def test_a_file_that_is_no_table_is_refused(tmp_path: Path, run_course):
    (tmp_path / "table.csv").write_bytes(bytes(range(256)) * 9)
    assert_refused(run_course, tmp_path, "isn't a table", "--target", "ill")


def test_a_file_of_two_gigabytes_is_refused(tmp_path: Path, run_course):
    with (tmp_path / "table.csv").open("wb") as file:
        file.truncate(2_000_000_000)
    assert_refused(run_course, tmp_path, "save a random sample of its rows", "--target", "ill")


def assert_refused(run_course: Callable[..., Any], folder: Path, words: str, *options: str) -> None:
    done = run_course("measure", folder / "table.csv", *options, "--out", folder / "out")
    reading, sentence = done.stderr.splitlines()
    assert reading.startswith("Reading ")
    assert words in sentence
    assert sentence.startswith("course: ")
    assert (done.exit_code, done.stdout) == (2, "")
    assert [path.name for path in folder.iterdir()] == ["table.csv"]


def test_costs_budget_or_neither_make_a_goal():
    y = np.array([1] * 10 + [0] * 990)
    assert goal_for(y, 30, 10).threshold == 0.25
    assert goal_for(y, budget=5) == Goal(1.0, 0.0, 5)
    assert (goal_for(y).cost_miss, goal_for(y).assumed) == (99, True)
    assert goal_for(1 - y).cost_miss == 0.01


def test_a_budget_flags_the_highest_and_of_equals_the_first():
    probabilities = np.array([0.2, 0.9, 0.9, 0.9, 0.1])
    assert flagged(probabilities, Goal(1, 0, budget=400)).tolist() == [False, True, True, False, False]
    assert flagged(probabilities, Goal(1, 1, budget=900)).tolist() == [False, True, True, True, False]


def test_a_budget_is_never_passed():
    goal = Goal(1, 0, budget=5)
    assert [int(flagged(np.linspace(0, 1, rows), goal).sum()) for rows in (199, 200, 300, 399, 400)] == [0, 1, 1, 1, 2]


def test_the_order_of_a_file_gives_nothing_away():
    """Of rows with equal probabilities the first ones get the alerts, and a file may list its positives first."""
    frame = people().sort_values("ill", ascending=False)
    comparison = measure.compare(as_table(frame, "ill"), minutes=60, workers=1, advance=stop_after(1))
    (places,) = comparison.found.values()
    assert [place for place, part in places.items() if part.y[: part.y.sum()].all()] == []


def test_a_sample_to_search_on_keeps_positives_of_a_class_that_is_very_rare():
    table = as_table(pd.DataFrame({"x": np.arange(60_000) % 977, "ill": np.arange(60_000) % 5000 == 0}), "ill")
    rows = comparing._some(table, np.arange(60_000), 3000, seed=0)
    assert (len(rows), table.y[rows].sum()) == (3000, 12)


def test_the_saving_is_that_of_the_honest_cost(parts):
    rows, given = parts[3], parts[-1]
    floor = measure.mean_of(rows, given.floor, "cost").mean
    assert given.saves.mean == pytest.approx(floor - given.cost.mean)


def test_numbers_in_sentences_have_no_exponents():
    assert [advice._amount(value) for value in (0.01234, 1.5, 28.04, 1206, 12345.6)] == [
        "0.0123",
        "1.50",
        "28.0",
        "1,210",
        "12,300",
    ]


def test_positives_that_are_needed_are_more_than_there_are():
    assert [advice._rows_needed(140, visible, 100) for visible in (9, 10.2, 30)] == [0, 150, 1300]


def test_a_report_that_cannot_be_written_is_refused_before_the_minutes(tmp_path: Path, run_course):
    people().to_csv(tmp_path / "table.csv", index=False)
    refused = run_course("measure", tmp_path / "table.csv", "--target", "ill", "--out", tmp_path / "table.csv/out")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "is a file: name a folder with `--out`" in refused.stderr


@pytest.mark.parametrize("minutes", ["nan", "inf", "1e9"])
def test_minutes_that_cannot_be_meant_are_refused(minutes: str, tmp_path: Path, run_course):
    people().to_csv(tmp_path / "table.csv", index=False)
    refused = run_course("measure", tmp_path / "table.csv", "--target", "ill", "--minutes", minutes, "--out", tmp_path)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "give at most 1,440 with `--minutes`" in refused.stderr


def test_other_files_in_the_folder_are_not_replaced(tmp_path: Path, run_course):
    people().to_csv(tmp_path / "table.csv", index=False)
    (tmp_path / "report.html").write_text("<p>Mine</p>")
    refused = run_course("measure", tmp_path / "table.csv", "--target", "ill", "--out", tmp_path)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "report.html isn't a report of this command: name another folder" in refused.stderr
    assert (tmp_path / "report.html").read_text() == "<p>Mine</p>"


def test_calibration_corrects_probabilities_that_are_too_high():
    chance = np.random.default_rng(0)
    true = chance.uniform(0, 0.2, 20_000)
    y = (chance.random(20_000) < true).astype(int)
    too_high = 10 * true / (10 * true + 1 - true)
    assert abs(measure.calibrated(y, too_high, too_high) - true).mean() < 0.01


def test_what_the_data_are():
    frame = people().assign(number=range(400), same=1, when=range(400))
    frame = frame.assign(again=nearly(frame["ill"]))
    frame = pd.concat([frame, frame.head(3)], ignore_index=True)
    facts = measure.facts_of(as_table(frame, "ill", time="when"))
    assert (facts.rows, facts.duplicates) == (403, 3)
    assert (facts.suspects, facts.identifiers, facts.constants) == (["again"], ["number"], ["same"])
    assert set(facts.missing) == {"age"}
    assert facts.over_time["rows"].sum() == 403
    assert "number" in facts.drifting


def test_names_that_differ_in_every_row_are_an_identifier():
    frame = people(90).assign(name=[f"person {n}" for n in range(90)])
    facts = measure.facts_of(as_table(frame, "ill"))
    assert facts.identifiers == ["name"]
    assert any("'name' has a different value in nearly every row" in one for one in advice._what_to_look_at(facts))


def test_a_column_that_is_filled_in_for_positives_only_is_told():
    frame = people()
    reason = np.where((frame["ill"] == 1) & (frame.index % 9 > 0), "reason " + frame.index.astype(str), None)
    facts = measure.facts_of(as_table(frame.assign(reason=reason), "ill"))
    assert (facts.suspects, facts.known_for_one) == ([], ["reason"])
    assert "'reason' is filled in for rows of one class only" in advice._what_to_look_at(facts)[0]


def test_a_column_that_picks_out_most_positives_is_suspected():
    frame = people()
    frame["refund"] = frame["ill"] * np.arange(1, 401.0)
    frame.loc[frame.index[frame["ill"] == 1][::10], "refund"] = 0  # not for three of the positives
    facts = measure.facts_of(as_table(frame, "ill"))
    assert (facts.suspects, facts.alone["refund"] < 0.97) == (["refund"], True)


def test_a_leak_that_is_known_for_half_of_the_rows_is_suspected():
    frame = people(1000)
    late = frame["ill"].where(np.random.default_rng(0).random(1000) < 0.5)
    assert measure.facts_of(as_table(frame.assign(late=late), "ill")).suspects == ["late"]


def test_the_stored_advice_is_in_the_page():
    assert with_table(PAGE.read_text(encoding="utf-8")) == PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def stopped() -> measure.Comparison:
    """What is known when somebody stops it as soon as the three default models are measured."""

    return measure.compare(as_table(people(300), "ill"), minutes=60, workers=1, advance=stop_after(3))


def stop_after(contenders: int) -> Callable[[int, int], None]:
    """Return what stops a comparison, as Ctrl-C does, when so many contenders have their five folds."""

    def advance(done: int, total: int) -> None:
        if done == 5 * contenders:
            raise KeyboardInterrupt

    return advance


GOAL = Goal(20, 1)


@pytest.fixture(scope="module")
def parts(stopped: measure.Comparison) -> tuple[Any, ...]:
    """All that a report is made of."""
    rows = measure.judged(stopped, GOAL)
    facts = measure.facts_of(stopped.table)
    return "table.csv", "ill", stopped, rows, facts, GOAL, measure.advise(stopped, rows, facts, GOAL)


def test_what_is_stopped_keeps_what_was_measured_whole(stopped: measure.Comparison):
    assert stopped.interrupted
    assert [measure.title(one) for one in stopped.found] == [
        "logistic regression",
        "histogram boosting",
        "random forest",
    ]
    assert {len(places) for places in stopped.found.values()} == {5}
    assert stopped.left_out


@pytest.mark.parametrize(
    ("positives", "minutes", "with_time", "repeats"),
    [(30, 60, False, 5), (300, 60, False, 4), (30, 60, True, 1), (30, 0.001, False, 0)],
)
def test_a_small_class_has_its_folds_dealt_again_in_the_time_left(monkeypatch, positives, minutes, with_time, repeats):
    logistic = Contender("logistic regression", DEFAULT, NONE)
    monkeypatch.setattr(comparing, "by_themselves", lambda: [logistic])
    monkeypatch.setattr(comparing, "_treated", lambda table: [])
    frame = people(10 * positives)
    table = as_table(frame.assign(day=frame.index), "ill", time="day" if with_time else None)
    assert measure.compare(table, minutes=minutes, workers=1).n_repeats == repeats


def test_the_advice_names_its_threshold_its_cost_and_the_smallest_visible_difference(parts):
    given = parts[-1]
    said = " ".join([*given.do, *given.cannot])
    assert "flag a row whose probability is 0.0476 or more" in said
    assert "Expect a cost of" in said
    assert "Of 1,000 rows, about" in said
    assert "With 30 positives and 5 folds, a difference below" in said
    assert "It was stopped before these were measured on every fold: tuned logistic regression" in said


def test_a_model_that_cannot_beat_no_model_is_not_advised():
    chance = np.random.default_rng(0)
    frame = pd.DataFrame({"nothing": chance.normal(size=300), "ill": [1] * 12 + [0] * 288})

    comparison = measure.compare(as_table(frame, "ill"), minutes=60, workers=1, advance=stop_after(1))
    rows = measure.judged(comparison, goal := goal_for(comparison.table.y))
    given = measure.advise(comparison, rows, measure.facts_of(comparison.table), goal)
    assert "Collect more positives" in " ".join(given.do)
    assert (given.one in measure.FLOORS) == (given.saves.mean <= 0)
    assert "a difference below" in given.cannot[0]  # though no other model was measured


def test_where_both_decisions_without_a_model_cost_the_same_no_one_is_flagged(stopped: measure.Comparison):
    for goal in (goal_for(stopped.table.y), Goal(9.4, 1)):  # 9 negatives for each positive, and up to rounding
        assert cheapest_floor(measure.judged(stopped, goal)) == NO_ONE
    assert cheapest_floor(measure.judged(stopped, GOAL)) == EVERYONE


def test_where_most_rows_are_positive_the_figures_rest_on_the_negatives(parts):
    table, rows, facts = parts[2], parts[3], parts[4]
    given = measure.advise(table, rows, replace(facts, positives=facts.rows - 30), GOAL)
    assert "With 30 negatives and 5 folds" in given.cannot[0]


def test_a_model_that_looks_cheaper_only_because_it_was_chosen_is_not_advised(parts):
    """Each fold has another model that happens to be cheap there, and one of them has the lowest mean."""
    rows = parts[3].copy()
    models = [one for one in measure.contenders(rows) if one not in measure.FLOORS]
    for number, one in enumerate(models):
        here = (rows[measure.NAMES] == list(one)).all(axis=1)
        cheap = here & (rows["fold"] % len(models) == number)
        rows.loc[here, ["cost", "cost_around"]] = [1000, 1.0]
        rows.loc[cheap, ["cost", "cost_around"]] = [0, 0.0]
    assert measure.choose(rows) not in measure.FLOORS
    given = measure.advise(parts[2], rows, *parts[4:6])
    assert (given.saves.mean <= 0, given.one in measure.FLOORS) == (True, True)


def test_what_is_advised_predicts_new_rows(parts, stopped: measure.Comparison):
    one = next(iter(stopped.found))
    probabilities = measure.fit_advised(stopped, one)(people(200, seed=1).drop(columns="ill"))
    assert probabilities.shape == (200,)
    assert 0.05 < probabilities.mean() < 0.2  # a tenth of them is ill


def test_the_page_stands_alone_and_names_every_picture(parts):
    from bs4 import BeautifulSoup

    page = BeautifulSoup(page_of(*parts), "html.parser")
    pictures = page.find_all("img")
    assert len(pictures) == 4
    assert all(one["alt"] and one["src"].startswith("data:image/png") for one in pictures)
    assert page.find_all(["script", "link"]) == []
    assert "This run was stopped by hand." in page.text


def test_the_numbers_have_every_contender_with_its_interval(parts):
    numbers = json.loads(json.dumps(numbers_of(*parts), allow_nan=False))
    mean, low, high = numbers["contenders"]["logistic regression"]["average_precision"]
    assert low < mean < high
    assert numbers["contenders"]["flag no one"]["cost"][0] == pytest.approx(2000, rel=0.1)
    assert numbers["advice"]["smallest_visible_difference"]["average_precision"] > 0


def test_the_notebook_for_own_data_is_python_and_explains_each_cell():
    cells = json.loads(own_data_page())["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert len(code) == 10
    for source in code:
        compile(source, "cell", "exec")


@pytest.mark.long
def test_the_notebook_for_own_data_runs(tmp_path: Path):
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.reads(own_data_page().decode(), as_version=4)
    NotebookClient(notebook, timeout=900).execute(cwd=str(tmp_path))
    assert "flag" in str(notebook.cells[-1].outputs)


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_ctrl_c_ends_with_what_is_known(tmp_path: Path):
    import pty

    people().to_csv(tmp_path / "table.csv", index=False)
    arguments = ["measure", str(tmp_path / "table.csv"), "--target", "ill", "--minutes", "60", "--out", f"{tmp_path}/o"]
    ours, theirs = pty.openpty()  # only a terminal gets the bar, which says when the first model is measured
    process = start_course(ROOT, *arguments, start_new_session=True, stderr=theirs)
    os.close(theirs)
    said = ""
    while not re.search(r"\b([5-9]|\d\d)/", said):
        said += os.read(ours, 65536).decode()
    os.killpg(process.pid, signal.SIGINT)
    with contextlib.suppress(OSError):  # Linux says so when the other end is closed
        while part := os.read(ours, 65536):
            said += part.decode()
    out, _ = process.communicate(timeout=120)
    os.close(ours)
    assert "Traceback" not in said
    assert process.returncode == 0
    assert f"report: {tmp_path}/o/report.html" in out


@pytest.mark.long
@pytest.mark.parametrize("name", COURSE)
def test_the_advice_holds_on_rows_that_it_never_saw(name: str, record_property):
    found = held_out(load(name), minutes=5)
    record_property("table", f"{name}: {found}")
    assert found.low <= 1.1  # within a tenth of the best that was tried, as far as these rows can tell
    assert found.cost < found.floor_cost


def test_the_advice_holds_on_rows_of_a_simulation_that_it_never_saw():
    found = held_out(as_table(people(1500), "ill"), minutes=60, workers=1, advance=stop_after(3))
    assert found.cost < found.floor_cost
    assert found.low <= 1.1
