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
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC

from coursework.authoring.execution import run_notebook
from coursework.authoring.source import read_project
from coursework.lessons.catalogue import PROJECTS, Project, released_projects
from coursework.workspace.update import update_workspace
from imbalanced_course import datasets
from imbalanced_course.projects import Placing, judge_defects, judge_fraud_alerts, judge_outreach
from imbalanced_course.projects.fraud_alerts import counted
from imbalanced_course.simulation.defects import true_defect_probability
from imbalanced_course.simulation.screening import true_condition_probability
from imbalanced_course.simulation.transactions import true_fraud_probability

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = "projects/fraud_alerts.ipynb"

each_project = pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)


class Model:
    """A fitted model that says what a function says."""

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
    "outreach": lambda: judge_outreach(Model(true_condition_probability), 12_800),
    "defects": lambda: judge_defects(Model(true_defect_probability), 0.012, 3_000),
}


def text_of(notebook: Any) -> str:
    return "\n".join("".join(cell["source"]) for cell in notebook["cells"])


def numbers_of(placing: Placing) -> dict[str, float]:
    """The first number of each fact."""
    return {name: float(re.findall(r"-?[\d,.]+\d", said)[0].replace(",", "")) for name, said in placing.facts}


# The notebooks


def test_all_three_are_released():
    assert [project.name for project in released_projects()] == ["fraud-alerts", "outreach", "defects"]


def test_the_notebooks_are_what_their_sources_build(run_course):
    outcome = run_course("build", "--check", "projects")
    assert outcome.exit_code == 0, outcome.output


def test_drift_of_a_notebook_is_named_and_build_mends_it(tmp_path, monkeypatch, run_course):
    shutil.copytree(ROOT / "projects", tmp_path / "projects")
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
    for part in ("The situation", "What you deliver", "The start", "The checklist", "Your work", "Deliver"):
        assert f"## {part}" in text
    for word in ("**Split**", "Baselines", "Average precision", "No leak", "Threshold|**N**", "Calibration", "Cost"):
        assert re.search(rf"- \[ \] .*({word})".replace("**", r"\*\*"), text), word
    assert not any(cell.get("outputs") or "nbgrader" in cell["metadata"] for cell in notebook["cells"])
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
    last_code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"][-1]
    assert re.fullmatch(r"judge_\w+\(.*\)", "".join(last_code["source"]))


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

    payments, outreach, defects = (
        import_module(f"imbalanced_course.projects.{name}") for name in ("fraud_alerts", "outreach", "defects")
    )
    for stated in (f"{payments.PAYMENTS:,}", f"costs {payments.COST_MISS} euro", f"costs {payments.COST_ALERT}"):
        assert stated in briefs["fraud-alerts"]
    for stated in (
        f"{outreach.PEOPLE:,}",
        f"{outreach.ROOM:,}",
        f"by {outreach.CALIBRATED}",
        f"from {outreach.USELESS}",
    ):
        assert stated in briefs["outreach"]
    for stated in (
        f"{defects.ROWS_ALLOWED:,} rows",
        f"costs {defects.COST_REVIEW} euro",
        f"defect {defects.COST_SHIPPED}",
    ):
        assert stated in briefs["defects"]


# Our solutions


@pytest.fixture(scope="module", params=PROJECTS, ids=lambda project: project.name)
def solved(request: pytest.FixtureRequest) -> tuple[str, Placing]:
    matplotlib.use("Agg")
    names = runpy.run_path(str(request.param.solution_path))
    outcome = {
        "fraud-alerts": lambda: judge_fraud_alerts(names["model"], names["threshold"]),
        "outreach": lambda: judge_outreach(names["model"], names["n_invited"]),
        "defects": lambda: judge_defects(names["model"], names["threshold"], names["rows_fitted"]),
    }[request.param.name]()
    return request.param.name, outcome


def test_our_solution_reaches_the_reference_and_breaks_no_constraint(solved: tuple[str, Placing]):
    name, placing = solved
    assert placing.share == pytest.approx(1, abs=0.03), name
    assert placing.notes == ()
    assert "No constraint is broken." in repr(placing)


@each_project
def test_the_true_probability_lies_beyond_the_reference(project: Project):
    placing = ORACLES[project.name]()
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
    assert "The constraint is broken: precision is 0.0" in text
    assert "so it is not the drift alone" in text
    assert "these are no probabilities" in text
    assert "No threshold of this model keeps the constraint" in text
    assert "which nobody chose" not in text  # there is none to look for


def test_a_threshold_that_nobody_chose_is_named_where_there_is_a_better_one():
    text = repr(judge_fraud_alerts(Model(true_fraud_probability, PAYMENT_COLUMNS), 0.5))
    assert "The threshold is 0.5, which nobody chose" in text
    assert "No threshold of this model" not in text


def test_a_plain_logistic_regression_does_not_pass_the_floor_as_the_result_says():
    learn, choose, _ = datasets.split_by_week(datasets.load_transactions())
    model = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
    model.fit(*datasets.features_and_target(learn))
    X, y = datasets.features_and_target(choose)
    scores = model.predict_proba(X)[:, 1]
    precisions, _, thresholds = precision_recall_curve(y, scores)
    placing = judge_fraud_alerts(model, thresholds[np.argmax(precisions[:-1] >= 0.9)])
    assert placing.share == 0
    assert "A plain logistic regression does not pass it" in repr(placing)


@pytest.mark.parametrize(("precision", "share"), [(0.95, 1), (0.9, 1), (0.85, 0.4118), (9 / 11, 0), (0.1, 0), (0, 0)])
def test_recall_counts_less_below_the_precision_asked_for(precision: float, share: float):
    assert counted(precision, 0.5) == pytest.approx(0.5 * share, abs=1e-4)


def test_a_threshold_that_nothing_reaches_catches_nothing():
    oracle = Model(true_fraud_probability, PAYMENT_COLUMNS)
    assert "Is it in percent?" in repr(judge_fraud_alerts(oracle, 75))
    careful = judge_fraud_alerts(oracle, 0.97)
    assert "The threshold is too careful" in repr(careful)
    assert careful.share is not None
    assert 0 < careful.share < 1.5


def test_inviting_the_oldest_is_the_floor():
    by_age = Model(lambda X: X["age"] / 100)
    placing = judge_outreach(by_age, 10_000)
    assert placing.share == pytest.approx(0)
    assert "risks are not calibrated" in repr(placing)


def test_risks_that_are_not_calibrated_lose_what_was_gained():
    honest = judge_outreach(Model(true_condition_probability), 12_000)
    raised = judge_outreach(Model(lambda X: 0.5 + true_condition_probability(X) / 2), 12_000)
    little = judge_outreach(Model(lambda X: np.minimum(1, true_condition_probability(X) + 0.02)), 12_000)
    assert numbers_of(raised)["earned"] == numbers_of(honest)["earned"]
    assert raised.share == pytest.approx(0)
    assert "weights or resampling raise the risks" in repr(raised)
    assert honest.share is not None
    assert little.share == pytest.approx(honest.share / 2, rel=0.05)


def test_risks_that_are_too_sure_of_themselves_are_told_by_their_highest_tenth():
    def sure(X: pd.DataFrame) -> Any:
        risk = true_condition_probability(X)
        return np.clip(risk + 0.5 * (risk - risk.mean()), 0, 1)

    text = repr(judge_outreach(Model(sure), 12_000))
    assert "the highest tenth is told 0." in text
    assert "too sure of itself: calibrate it, or fit a simpler one" in text


def test_risks_that_are_not_sure_enough_ask_for_a_model_that_learns_more():
    def timid(X: pd.DataFrame) -> Any:
        risk = true_condition_probability(X)
        return risk.mean() + 0.5 * (risk - risk.mean())

    text = repr(judge_outreach(Model(timid), 12_000))
    assert "not sure enough: fit one that can learn more" in text
    assert "simpler" not in text


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


def test_invitations_beyond_the_room_cost_and_find_nobody():
    oracle = Model(true_condition_probability)
    full, over = judge_outreach(oracle, 15_000), judge_outreach(oracle, 16_000)
    assert numbers_of(over)["earned"] == numbers_of(full)["earned"] - 20 * 1_000
    assert "The constraint is broken: 16,000 are invited" in repr(over)
    assert "invitations are too few for this model" in repr(judge_outreach(oracle, 3_000))
    assert judge_outreach(oracle, 0).headline == "Outreach: below the floor"


def test_reviews_beyond_the_budget_are_shared_out():
    oracle = Model(true_defect_probability)
    good, many = judge_defects(oracle, 0.012, 3_000), judge_defects(oracle, 1e-4, 3_000)
    assert numbers_of(good)["put aside"] == pytest.approx(100, abs=15)
    assert numbers_of(many)["put aside"] > 500
    assert many.share is not None
    assert good.share is not None
    assert many.share < good.share / 2
    assert "The budget is broken" in repr(many)
    assert "thinned rows" in repr(many)
    assert "reviews a day are used" in repr(judge_defects(oracle, 0.1, 3_000))
    assert "nothing is reviewed" in repr(judge_defects(oracle, 1.5, 3_000))


def test_more_rows_than_allowed_count_nothing():
    placing = judge_defects(Model(true_defect_probability), 0.012, 24_000)
    assert placing.figure == 0
    assert placing.notes[0].startswith("The constraint is broken: fitted on 24,000 rows")


def test_scores_of_thinned_rows_are_told_from_risks():
    oracle, beta = Model(true_defect_probability), 0.1

    def thinned(X: pd.DataFrame) -> Any:
        risk = true_defect_probability(X)
        return risk / (risk + beta * (1 - risk))

    assert "correct them before you show one" in repr(judge_defects(Model(thinned), 0.1, 3_000))
    assert "correct them" not in repr(judge_defects(oracle, 0.012, 3_000))


# What cannot be judged


def fitted_on(columns: list[str]) -> Any:
    people = datasets.load_screening()
    people["bmi_high"] = people["bmi"] > 30
    return LogisticRegression(max_iter=1000).fit(people[columns], people["condition"])


@pytest.mark.parametrize(
    ("model", "n_invited", "said"),
    [
        (..., 100, "`model` is still `...`"),
        (LogisticRegression, 100, "is the class LogisticRegression"),
        (LogisticRegression(), 100, "`model` is not fitted"),
        (make_pipeline(datasets.screening_preprocessor(), LogisticRegression()), 100, "`model` is not fitted"),
        (SVC(), 100, "no `predict_proba`"),
        (np.zeros(5), 100, "you|deliver the fitted model itself"),
        (fitted_on(["age", "condition"]), 100, "with `condition` among its columns"),
        (fitted_on(["age", "bmi_high"]), 100, r"do not have \(bmi_high\)"),
        (Model(lambda X: X["age"]), 100, "no probabilities from 0 to 1"),
        (Model(lambda X: [0.5]), 100, "classes 0 and 1"),
        (Model(lambda X: X["weight"]), 100, "failed .KeyError"),
        (Model(lambda X: X["region"].astype(str)), 100, "need a step before the model"),
        (Model(true_condition_probability), ..., "`n_invited` is still `...`"),
        (Model(true_condition_probability), "many", "`n_invited` is the text 'many'"),
        (Model(true_condition_probability), True, "`n_invited` is True"),
        (Model(true_condition_probability), None, "`n_invited` is None"),
        (Model(true_condition_probability), float("nan"), "it should be a number"),
        (Model(true_condition_probability), 0.12, "it should be a whole number of 0 or more"),
        (Model(true_condition_probability), -3, "it should be a whole number of 0 or more"),
        (Model(true_condition_probability), 200_000, "only 100,000 people"),
    ],
)
def test_what_cannot_be_judged_is_answered_with_one_sentence(model: Any, n_invited: Any, said: str):
    placing = judge_outreach(model, n_invited)
    assert placing.share is None
    assert placing.headline == "○ Outreach: not judged"
    assert re.search(said, placing.problem), placing.problem
    assert "\n" not in placing.problem
    assert placing.problem in repr(placing)


def test_a_model_of_some_columns_gets_these_and_numbers_may_come_as_arrays():
    placing = judge_outreach(fitted_on(["bmi", "age"]), np.array([9_000]))
    assert placing.share is not None
    assert numbers_of(placing)["invited"] == 9_000


def test_labels_as_text_are_refused():
    parts = datasets.load_defects()
    words = parts["defect"].map({0: "fine", 1: "broken"})
    model = LogisticRegression(max_iter=1000).fit(parts[["vibration"]], words)
    assert "tells the classes broken, fine apart" in judge_defects(model, 0.1, 3_000).problem


def test_the_html_says_what_the_text_says_and_holds_no_script():
    placing = judge_outreach(Model(true_condition_probability), 16_000)
    html = placing._repr_html_()
    words = re.sub(r"<[^>]+>", " ", html)
    for part in (placing.headline, placing.bar, *placing.notes):
        assert part in words
    assert "<script" not in html
    assert "http" not in html
    assert "<code>model</code>" in judge_outreach(..., 1)._repr_html_()


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
    assert laid == ["defects.ipynb", "fraud_alerts.ipynb", "outreach.ipynb"]
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
    assert "projects: fraud-alerts, outreach, defects" in outcome.stderr
