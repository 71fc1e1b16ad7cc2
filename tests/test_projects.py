"""The three projects: their notebooks, the functions that judge them, our solutions, and their way to the learner."""

from __future__ import annotations

import ast
import json
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import pytest
from lesson_minutes import sittings
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC

from coursework.authoring.execution import run_notebook
from coursework.authoring.source import read_project
from coursework.lessons.catalogue import PROJECTS, Project, released_projects
from coursework.workspace.update import update_workspace
from imbalanced_course import datasets, real_data
from imbalanced_course.projects import Placing, judge_defects, judge_fraud_alerts, judge_whom_to_call, known_calls
from imbalanced_course.projects.fraud_alerts import counted
from imbalanced_course.projects.placing import euros
from imbalanced_course.simulation.defects import true_defect_probability
from imbalanced_course.simulation.transactions import true_fraud_probability

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = "projects/fraud_alerts.ipynb"

each_project = pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)


class Model:
    """A fitted model that predicts what a function says."""

    classes_ = np.array([0, 1])

    def __init__(self, function: Any, columns: list[str] | None = None) -> None:
        self.function = function
        if columns:
            self.feature_names_in_ = np.array(columns, dtype=object)

    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        risk = np.asarray(self.function(X), dtype=float)
        return np.column_stack([1 - risk, risk])


PAYMENT_COLUMNS = [name for name in datasets.load_transactions().columns if name != "is_fraud"]
ORACLES = {
    "fraud-alerts": lambda: judge_fraud_alerts(Model(true_fraud_probability, PAYMENT_COLUMNS), 0.75),
    "defects": lambda: judge_defects(Model(true_defect_probability), 0.012, 3_000),
}


def text_of(notebook: Any) -> str:
    return "\n".join("".join(cell["source"]) for cell in notebook["cells"])


def numbers_of(placing: Placing) -> dict[str, float]:
    """The first number of each fact."""
    return {name: float(re.findall(r"-?[\d,.]+\d", said)[0].replace(",", "")) for name, said in placing.facts}


# The notebooks


def test_all_three_are_released():
    assert [project.name for project in released_projects()] == ["fraud-alerts", "whom-to-call", "defects"]


def test_the_notebooks_are_what_their_sources_build(run_course):
    outcome = run_course("build", "--check", "projects")
    assert outcome.exit_code == 0, outcome.output


def test_drift_of_a_notebook_is_named_and_build_mends_it(tmp_path, monkeypatch, run_course):
    shutil.copytree(ROOT / "projects", tmp_path / "projects")
    (tmp_path / "solutions").mkdir()  # a clone without a lesson
    monkeypatch.setattr("imbalanced_course.course_files._REPOSITORY", tmp_path)
    path = tmp_path / "projects/defects/defects.ipynb"
    built = path.read_bytes()
    path.write_bytes(built.replace(b"10,000 parts", b"20,000 parts"))

    outcome = run_course("build", "--check", "defects")
    assert outcome.exit_code == 1
    assert "projects/defects/defects.ipynb: cell" in outcome.output
    assert run_course("build", "projects").exit_code == 0
    assert path.read_bytes() == built


@each_project
def test_a_notebook_has_its_parts_and_no_outputs_and_no_points(project: Project):
    notebook = json.loads(project.release_path.read_text())
    text = text_of(notebook)
    parts = ["The situation", "What you deliver", "The start", "Your work", "Deliver", "The checklist"]
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == parts
    for word in ("Split", "Baselines", "Average precision", "No leak", "Threshold|N", "Calibration", "Cost", "Told"):
        assert re.search(rf"^- \[ \] \*\*({word})", text, re.MULTILINE), word
    assert not any(cell.get("outputs") or "nbgrader" in cell["metadata"] for cell in notebook["cells"])
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
    last_code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"][-1]
    assert re.fullmatch(r"judge_\w+\(.*\)", "".join(last_code["source"]))


@each_project
def test_the_stated_time_is_ten_minutes_to_read_and_ten_for_each_item_of_the_checklist(project: Project):
    notebook = json.loads(project.release_path.read_text())
    items = len(re.findall(r"^- \[ \] ", text_of(notebook), re.MULTILINE))
    assert f"**Time** {10 + 10 * items} minutes, which is 10 for reading and 10 for each item" in text_of(notebook)
    (reading,) = sittings(notebook, notebook)
    assert reading.minutes <= 10


@each_project
def test_an_untouched_notebook_runs_through_and_says_what_to_fill_in(project: Project):
    notebook = run_notebook(read_project(project), where=project.name)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert all(output.get("name") != "stderr" for output in outputs)
    assert "is still `...`" in outputs[-1].data["text/plain"]


def test_what_the_briefs_state_is_what_is_judged():
    briefs = {project.name: text_of(json.loads(project.release_path.read_text())) for project in PROJECTS}
    assert counted(0.88, 1.0) == pytest.approx(0.75, abs=0.03)
    assert counted(0.82, 1.0) == pytest.approx(0, abs=0.03)
    from importlib import import_module

    payments, bank, defects = (
        import_module(f"imbalanced_course.projects.{name}") for name in ("fraud_alerts", "whom_to_call", "defects")
    )
    for stated in (f"{payments.PAYMENTS:,}", f"costs €{payments.COST_MISS}", f"costs €{payments.COST_ALERT}"):
        assert stated in briefs["fraud-alerts"]
    for stated in (
        f"{bank.CLIENTS:,} clients",
        f"{len(known_calls()):,} calls",
        f"{bank.ROOM:,} calls",
        f"costs €{bank.COST_CALL}",
        f"brings €{bank.WORTH_SUBSCRIPTION}",
        f"by {bank.CALIBRATED}",
        f"from {bank.USELESS}",
    ):
        assert stated in briefs["whom-to-call"]
    for stated in (
        f"{defects.ROWS_ALLOWED:,} rows",
        f"costs €{defects.COST_REVIEW}",
        f"defect €{defects.COST_SHIPPED}",
    ):
        assert stated in briefs["defects"]


# Our solutions


@pytest.fixture(scope="module", params=PROJECTS, ids=lambda project: project.name)
def solved(request: pytest.FixtureRequest) -> tuple[str, Placing]:
    matplotlib.use("Agg")
    names = runpy.run_path(str(request.param.solution_path))
    outcome = {
        "fraud-alerts": lambda: judge_fraud_alerts(names["model"], names["threshold"]),
        "whom-to-call": lambda: judge_whom_to_call(names["model"], names["n_calls"]),
        "defects": lambda: judge_defects(names["model"], names["threshold"], names["rows_fitted"]),
    }[request.param.name]()
    return request.param.name, outcome


def test_our_solution_reaches_the_reference_and_breaks_no_constraint(solved: tuple[str, Placing]):
    name, placing = solved
    assert placing.share == pytest.approx(1, abs=0.03), name
    assert placing.notes == ()
    assert "No constraint is broken." in repr(placing)


@pytest.mark.parametrize("name", ORACLES)
def test_the_true_probability_lies_beyond_the_reference(name: str):
    placing = ORACLES[name]()
    assert placing.share is not None
    assert placing.share > 1.1
    assert "beyond it" in placing.headline
    assert placing.notes == ()


# What is judged


@pytest.fixture(scope="module")
def weighted_payments() -> Any:
    X, y = datasets.features_and_target(datasets.load_transactions())
    model = LogisticRegression(class_weight="balanced", max_iter=1000)
    return make_pipeline(datasets.transactions_preprocessor(), model).fit(X, y)


def test_the_same_delivery_gets_the_same_answer(weighted_payments: Any):
    assert judge_fraud_alerts(weighted_payments, 0.9) == judge_fraud_alerts(weighted_payments, np.float64(0.9))


def test_alerts_below_the_precision_asked_for_are_named_with_their_reason(weighted_payments: Any):
    placing = judge_fraud_alerts(weighted_payments, 0.5)
    text = repr(placing)
    assert placing.figure == 0
    assert "The constraint is broken, because precision is 0.0" in text
    assert "they aren't probabilities" in text
    assert "No threshold of this model meets the constraint" in text
    for advice in ("margin", "the default", "drift"):  # no threshold helps, so none is asked for
        assert advice not in text


@pytest.mark.parametrize(
    ("threshold", "reason", "others"),
    [
        (0.5, "The threshold 0.5 is the default", ("drift", "rows that chose it", "No threshold")),
        (0.501, "looks better on the rows that chose it", ("the default", "took the rest", "No threshold")),
        (0.97, "The threshold is too careful", ("the default", "drift", "broken", "No threshold")),
    ],
)
def test_a_threshold_gets_one_reason_and_none_that_contradicts_it(
    threshold: float, reason: str, others: tuple[str, ...]
):
    (note,) = judge_fraud_alerts(Model(true_fraud_probability, PAYMENT_COLUMNS), threshold).notes
    assert reason in note
    assert [other for other in others if other in note] == []


def test_a_plain_logistic_regression_does_not_pass_the_floor_as_the_result_says():
    learn, choose, _ = datasets.split_by_week(datasets.load_transactions())
    model = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
    model.fit(*datasets.features_and_target(learn))
    X, y = datasets.features_and_target(choose)
    scores = model.predict_proba(X)[:, 1]
    precisions, _, thresholds = precision_recall_curve(y, scores)
    placing = judge_fraud_alerts(model, thresholds[np.argmax(precisions[:-1] >= 0.9)])
    assert placing.share == 0
    assert "A plain logistic regression doesn't get past it" in repr(placing)


@pytest.mark.parametrize(("precision", "share"), [(0.95, 1), (0.9, 1), (0.85, 0.4118), (9 / 11, 0), (0.1, 0), (0, 0)])
def test_recall_counts_less_below_the_precision_asked_for(precision: float, share: float):
    assert counted(precision, 0.5) == pytest.approx(0.5 * share, abs=1e-4)


def test_a_threshold_that_nothing_reaches_catches_nothing():
    oracle = Model(true_fraud_probability, PAYMENT_COLUMNS)
    assert "Is it in percent?" in repr(judge_fraud_alerts(oracle, 75))


# The bank's list is the half of the calls that `known_calls` leaves out. These predictions are calibrated exactly: each
# tenth of the list gets the share that subscribed, in the order of a simple ranking.


@pytest.fixture(scope="module")
def exact() -> pd.Series:
    clients = real_data.load_bank_calls().drop(index=known_calls().index)
    ranked = known_calls().groupby(["poutcome", "month", "contact"], observed=True)["subscribed"].mean()
    rank = clients.join(ranked.rename("share"), on=["poutcome", "month", "contact"])["share"].fillna(0)
    tenths = np.array_split(rank.sort_values(ascending=False, kind="stable").index, 10)
    return pd.concat([pd.Series(clients.loc[tenth, "subscribed"].mean(), index=tenth) for tenth in tenths])


def predicting(values: pd.Series, columns: list[str] | None = None) -> Model:
    return Model(lambda X: values[X.index].to_numpy(), columns)


def odds_times(values: pd.Series, factor: float) -> pd.Series:
    return factor * values / (factor * values + 1 - values)


def stretched(values: pd.Series, factor: float) -> pd.Series:
    """Predictions further apart, or closer together, with the same mean."""
    return values.mean() + factor * (values - values.mean())


def test_the_known_calls_and_the_list_share_no_call():
    calls = known_calls()
    assert calls.index.is_unique
    assert len(calls) == len(real_data.load_bank_calls()) - 22_606
    assert not calls.index.is_monotonic_increasing  # neither half is earlier
    calls["subscribed"] = 0
    assert known_calls()["subscribed"].sum() > 2_000


def test_calling_those_whom_an_earlier_campaign_won_is_the_floor():
    won = Model(lambda X: (X["poutcome"] == "success") * 0.9)
    placing = judge_whom_to_call(won, 773)
    assert placing.share == pytest.approx(0)
    assert "the 773 clients whom an earlier campaign won" in repr(placing)


@pytest.mark.parametrize(
    ("off", "counts", "said"), [(0.0149, 1, ""), (0.0151, 0.996, "Only a part"), (0.0275, 0.5, "Only a part"),
                                (0.0399, 0.004, "Only a part"), (0.0401, 0, "Nothing above the floor counts")]
)  # fmt: skip
def test_the_gain_counts_as_far_as_the_probabilities_are_calibrated(
    exact: pd.Series, off: float, counts: float, said: str
):
    honest, shifted = (judge_whom_to_call(predicting(values), 2_200) for values in (exact, exact + off))
    assert honest.notes == ()
    assert numbers_of(shifted)["probabilities"] == pytest.approx(off, abs=0.00051)
    assert honest.share is not None
    assert shifted.share == pytest.approx(honest.share * counts, abs=1e-6)
    assert ("The probabilities aren't calibrated" in repr(shifted)) == bool(said)
    assert said in repr(shifted)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda p: odds_times(p, 7.5), "Weights and resampling raise all probabilities"),
        (lambda p: odds_times(p, 0.2), "Probabilities this low come from other calls"),
        (lambda p: stretched(p, 1.4).clip(0, 1), "overconfident, because its probabilities are too far apart"),
        (lambda p: stretched(p, 0.6), "underconfident, because its probabilities are too close together"),
        (lambda p: p + 0.025 * (p > p.min()) * (p < p.max()), "Both ends fit, so the error is between them"),
    ],
    ids=["raised", "lowered", "overconfident", "underconfident", "bent"],
)  # fmt: skip
def test_what_is_wrong_with_probabilities_is_named_in_the_right_direction(exact: pd.Series, change: Any, said: str):
    (note,) = judge_whom_to_call(predicting(change(exact)), 2_200).notes
    assert said in note
    assert note.count("is predicted") >= 1


def test_a_boosting_of_few_rounds_is_told_to_learn_more_and_not_to_become_simpler():
    calls = known_calls().head(5_000)
    few = HistGradientBoostingClassifier(max_iter=8, learning_rate=0.05, random_state=1)
    placing = judge_whom_to_call(few.fit(calls[["age", "balance", "pdays", "day"]], calls["subscribed"]), 3_000)
    assert "underconfident" in repr(placing)
    assert "simpler" not in repr(placing)


def test_the_length_of_the_call_is_named_where_it_changes_a_prediction(exact: pd.Series):
    columns = [name for name in known_calls().columns if name != "subscribed"]
    assert judge_whom_to_call(predicting(exact, columns), 2_200).notes == ()  # is given the column and drops it
    leaking = Model(lambda X: exact[X.index] + 0.001 * (X["duration"] > 1_000), columns)
    (note,) = judge_whom_to_call(leaking, 2_200).notes
    assert "The model uses `duration`" in note
    assert "would seem to earn €" in note


def test_a_real_model_with_the_leak_earns_less_than_it_seems_to():
    calls = known_calls().head(5_000)
    model = LogisticRegression(max_iter=1000).fit(calls[["duration", "pdays"]], calls["subscribed"])
    placing = judge_whom_to_call(model, 3_000)
    seems = float(re.findall(r"seem to earn €([\d,]+)", placing.notes[0])[0].replace(",", ""))
    assert seems > 2 * numbers_of(placing)["earned"]
    assert placing.headline == "Whom to call: below the floor"


@pytest.mark.parametrize(("hits", "named"), [(800, False), (801, True)])
def test_a_model_that_knows_the_outcomes_counts_nothing(exact: pd.Series, hits: int, named: bool):
    outcomes = real_data.load_bank_calls().loc[exact.index, "subscribed"]
    first = [*outcomes[outcomes == 1].index[:hits], *outcomes[outcomes == 0].index[: 1_000 - hits]]
    placing = judge_whom_to_call(predicting(exact.where(~exact.index.isin(first), 0.9)), 1_000)
    assert ("Nothing counts: 801 of the first 1,000" in repr(placing)) == named
    assert (placing.figure == 0) == named


def test_calls_beyond_the_room_cost_and_reach_no_one(exact: pd.Series):
    full, over = (judge_whom_to_call(predicting(exact), calls) for calls in (6_000, 6_001))
    assert numbers_of(over)["earned"] == numbers_of(full)["earned"] - 8
    assert "The constraint is broken" not in repr(full)
    assert "The constraint is broken: 6,001 calls are ordered" in repr(over)


def test_a_number_of_calls_is_told_in_which_direction_it_is_off(exact: pd.Series):
    assert "500 calls are too few for this model" in repr(judge_whom_to_call(predicting(exact), 500))
    assert "6,000 calls are too many for this model" in repr(judge_whom_to_call(predicting(exact), 6_000))
    assert judge_whom_to_call(predicting(exact), 0).headline == "Whom to call: below the floor"


def test_the_number_that_is_best_on_the_list_is_asked_about(exact: pd.Series):
    seen: list[pd.Index] = []
    judge_whom_to_call(Model(lambda X: seen.append(X.index) or exact[X.index]), 100)
    order = exact[seen[0]].sort_values(ascending=False, kind="stable").index
    earned = (40 * real_data.load_bank_calls().loc[order, "subscribed"] - 8).cumsum()
    best = int(np.argmax(earned[:6_000])) + 1
    (note,) = judge_whom_to_call(predicting(exact), best).notes
    assert f"{best:,} is exactly the number that earns most on this list" in note
    assert judge_whom_to_call(predicting(exact), best - 1).notes == ()


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (9.9, "below the floor"),
        (9.96, "0% of the way from the floor to the reference"),
        (19.7, "97% of the way from the floor to the reference"),
        (19.8, "98% of the way from the floor to the reference, as good as it"),
        (20.3, "103% of the way from the floor to the reference, as good as it"),
        (20.4, "104% of the way from the floor to the reference, and beyond it"),
    ],
)
def test_the_headline_says_how_far_a_result_is(figure: float, said: str):
    placing = Placing(title="T", measure="", floor=10.0, reference=20.0, floor_is="", figure=figure)
    assert placing.headline.removeprefix("T: ").replace("-0%", "0%") == said


def test_reviews_beyond_the_budget_are_shared_out():
    oracle = Model(true_defect_probability)
    good, many = judge_defects(oracle, 0.012, 3_000), judge_defects(oracle, 1e-4, 3_000)
    assert numbers_of(good)["put aside"] == pytest.approx(100, abs=15)
    assert numbers_of(many)["put aside"] > 500
    assert many.share is not None
    assert good.share is not None
    assert many.share < good.share / 2
    assert "The budget is broken" in repr(many)
    assert "undersampled rows" in repr(many)
    assert "reviews per day are used" in repr(judge_defects(oracle, 0.1, 3_000))
    assert "nothing is reviewed or found" in repr(judge_defects(oracle, 1.5, 3_000))


def test_more_rows_than_allowed_count_nothing():
    placing = judge_defects(Model(true_defect_probability), 0.012, 24_000)
    assert placing.figure == 0
    assert "fitted on 24,000 rows" in placing.notes[0]


def test_scores_of_thinned_rows_are_told_from_risks():
    oracle, beta = Model(true_defect_probability), 0.1

    def thinned(X: pd.DataFrame) -> Any:
        risk = true_defect_probability(X)
        return risk / (risk + beta * (1 - risk))

    assert "correct them before you show one" in repr(judge_defects(Model(thinned), 0.1, 3_000))
    assert "correct them" not in repr(judge_defects(oracle, 0.012, 3_000))


# What cannot be judged


def fitted_on(columns: list[str]) -> Any:
    calls = known_calls().head(2_000)
    calls["rich"] = calls["balance"] > 5_000
    return LogisticRegression(max_iter=1000).fit(calls[columns], calls["subscribed"])


BY_AGE = Model(lambda X: X["age"] / 1000)


@pytest.mark.parametrize(
    ("model", "n_calls", "said"),
    [
        (..., 100, "`model` is still `...`"),
        (LogisticRegression, 100, "is the class LogisticRegression"),
        (LogisticRegression(), 100, "`model` isn't fitted"),
        (make_pipeline(datasets.screening_preprocessor(), LogisticRegression()), 100, "`model` isn't fitted"),
        (SVC(), 100, "no `predict_proba`"),
        (np.zeros(5), 100, "Deliver the fitted model itself"),
        (fitted_on(["age", "subscribed"]), 100, "with `subscribed` among its columns"),
        (fitted_on(["age", "rich"]), 100, r"doesn't have \(rich\)"),
        (Model(lambda X: X["age"]), 100, "aren't probabilities from 0 to 1"),
        (Model(lambda X: [0.5]), 100, "know 0 and 1"),
        (Model(lambda X: X["salary"]), 100, r"new rows \(KeyError"),
        (Model(lambda X: X["job"].astype(str)), 100, "need a step before the model"),
        (BY_AGE, ..., "`n_calls` is still `...`"),
        (BY_AGE, "many", "`n_calls` is the text 'many'"),
        (BY_AGE, True, "`n_calls` is True"),
        (BY_AGE, None, "`n_calls` is None"),
        (BY_AGE, float("nan"), "It should be a number"),
        (BY_AGE, 0.12, "It should be a whole number of 0 or more"),
        (BY_AGE, -3, "It should be a whole number of 0 or more"),
        (BY_AGE, 22_607, "only 22,606 clients"),
    ],
)
def test_what_cannot_be_judged_is_answered_with_what_to_do(model: Any, n_calls: Any, said: str):
    placing = judge_whom_to_call(model, n_calls)
    assert placing.share is None
    assert placing.headline == "○ Whom to call: not judged"
    assert re.search(said, placing.problem), placing.problem
    assert "\n" not in placing.problem
    assert placing.problem in repr(placing)


def test_a_model_of_some_columns_gets_these_and_numbers_may_come_as_arrays():
    placing = judge_whom_to_call(fitted_on(["balance", "age"]), np.array([900]))
    assert placing.share is not None
    assert numbers_of(placing)["called"] == 900


@pytest.mark.parametrize(("amount", "written"), [(1234.4, "€1,234"), (0, "€0"), (-0.4, "€0"), (-9733.2, "-€9,733")])
def test_money_is_written_as_in_the_texts(amount: float, written: str):
    assert euros(amount) == written


def test_labels_as_text_are_refused():
    parts = datasets.load_defects()
    words = parts["defect"].map({0: "fine", 1: "broken"})
    model = LogisticRegression(max_iter=1000).fit(parts[["vibration"]], words)
    assert "knows the classes broken, fine" in judge_defects(model, 0.1, 3_000).problem


def test_the_html_says_what_the_text_says_and_holds_no_script():
    placing = judge_whom_to_call(Model(lambda X: X["age"] / 100), 7_000)
    html = placing._repr_html_()
    words = re.sub(r"<[^>]+>", " ", html)
    for part in (placing.headline, placing.bar, *placing.notes):
        assert part in words
    assert "<script" not in html
    assert "http" not in html
    assert "<code>model</code>" in judge_whom_to_call(..., 1)._repr_html_()


def test_what_notebooks_import_is_light_and_knows_no_command():
    commands = {"authoring", "workspace", "grading", "reporting", "cli", "nbgrader_course", "answering"}
    for path in (ROOT / "helpers/imbalanced_course/projects").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            assert not commands & set(module.split(".")), path.name
    code = (
        "import sys, imbalanced_course.projects; "
        "print([n for n in ('sklearn', 'matplotlib', 'scipy', 'imblearn', 'nbformat') if n in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


# The way to the learner


@pytest.fixture
def workspace(small_course: Path, tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "projects", small_course / "projects")
    shutil.copytree(ROOT / "tests/projects", small_course / "tests/projects")
    folder = tmp_path / "my-lessons"
    update_workspace(folder)
    return folder


def test_a_workspace_holds_the_notebooks_and_not_their_texts(workspace: Path):
    laid = sorted(path.name for path in (workspace / "projects").iterdir())
    assert laid == ["defects.ipynb", "fraud_alerts.ipynb", "whom_to_call.ipynb"]
    start = text_of(json.loads((workspace / "start.ipynb").read_text()))
    assert "After lesson 7" in start
    assert f"[Fraud alerts]({NOTEBOOK})" in start
    assert update_workspace(workspace) == []


def test_a_learners_project_is_never_overwritten(workspace: Path, small_course: Path):
    (workspace / NOTEBOOK).write_text("my own words")
    release = small_course / "projects/fraud-alerts/fraud_alerts.ipynb"
    release.write_text(release.read_text().replace("The situation", "The story"))

    (line,) = update_workspace(workspace)

    assert (workspace / NOTEBOOK).read_text() == "my own words"
    assert line.startswith("Newer release: project, Fraud alerts.")
    assert "`course reset fraud-alerts`" in line


def test_a_deleted_project_is_put_back(workspace: Path):
    (workspace / NOTEBOOK).unlink()
    assert update_workspace(workspace) == [f"Put back: {NOTEBOOK} was missing."]


def test_reset_keeps_the_old_work_under_a_dated_name(workspace: Path, run_course):
    fresh = (workspace / NOTEBOOK).read_bytes()
    (workspace / NOTEBOOK).write_text("my own words")
    assert run_course("reset", "fraud-alerts").exit_code == 0
    (kept,) = workspace.glob("projects/fraud_alerts-2*.ipynb")
    assert kept.read_text() == "my own words"
    assert (workspace / NOTEBOOK).read_bytes() == fresh


@each_project
def test_reveal_puts_a_solution_that_runs_beside_the_learners_notebook(workspace: Path, run_course, project: Project):
    before = (workspace / f"projects/{project.notebook}.ipynb").read_bytes()
    outcome = run_course("reveal", project.name)
    assert outcome.exit_code == 0, outcome.output
    revealed = json.loads((workspace / f"projects/{project.notebook}-solution.ipynb").read_text())
    last = [cell for cell in revealed["cells"] if cell["cell_type"] == "code"][-1]
    assert "".join(last["source"]).startswith("judge_")
    assert (workspace / f"projects/{project.notebook}.ipynb").read_bytes() == before
    assert "already there" in run_course("reveal", project.notebook).output


def test_projects_are_neither_checked_nor_handed_in(workspace: Path, run_course):
    assert run_course("submit").exit_code == 0
    assert [path.name for path in (workspace / "hand-in").iterdir()] == ["03-metrics.zip"]
    assert run_course("check", "fraud-alerts").exit_code == 2


def test_an_unknown_name_lists_the_projects_too(workspace: Path, run_course):
    outcome = run_course("reveal", "astrology")
    assert outcome.exit_code == 2
    assert "projects: fraud-alerts, whom-to-call, defects" in outcome.stderr
