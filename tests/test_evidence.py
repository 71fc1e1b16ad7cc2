"""The stored study: complete, within its limits, and computed again in part."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from imbalanced_course.study import KEYS, METRICS, MODELS, Plan, Stored, load_differences
from imbalanced_course.study.models import search_space

EVIDENCE = Path(__file__).resolve().parent.parent / "datasets" / "evidence"
FOLDS = EVIDENCE / "folds"
NAMES = sorted(path.stem for path in FOLDS.glob("*.json"))
SIMULATED = ("defects", "payments", "screening")

sys.path.insert(0, str(EVIDENCE))
import store  # noqa: E402


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, EVIDENCE / "run.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def rows_of(name: str) -> pd.DataFrame:
    return store.load(name).rows


@pytest.mark.parametrize("name", NAMES)
def test_every_contender_of_a_set_is_judged_on_the_same_folds(name):
    rows = rows_of(name)
    assert not rows.duplicated(KEYS).any()
    contenders = Plan().contenders()
    for _, fold in rows.groupby(["repeat", "fold"]):
        assert len(fold) == len(contenders)
        assert fold["fold_key"].nunique() == 1
    # ADASYN finds no neighbors, or a booster is worse than chance: the library gives up, and the row says so.
    failed = rows[rows["average_precision"].isna()]
    assert set(failed["treatment"]) <= {"ADASYN", "RUSBoost"}


@pytest.mark.parametrize("model", MODELS)
def test_what_was_chosen_for_a_model_is_what_the_search_can_choose(model):
    space, _ = search_space(model)
    chosen = [store.load_facts(name)["tuned"][model] for name in NAMES]
    for parameter, values in space.items():
        found = {one[parameter] for one in chosen}
        if isinstance(values, list):
            assert found <= set(values)
        else:
            low, high = values.support()
            assert low <= min(found)
            assert max(found) <= high


def test_the_stored_rows_are_small():
    sizes = [path.stat().st_size for path in FOLDS.iterdir()]
    assert max(sizes) <= 1_400_000
    assert sum(sizes) <= 5_000_000


def test_rows_are_stored_as_they_are_and_twice_the_same(tmp_path):
    rows = pd.DataFrame([dict.fromkeys(KEYS, 0) | {"fold_key": "a"} | dict.fromkeys(METRICS, 0.123456)])
    for folder in ("one", "two"):
        store.save("small", Stored(rows, {"random forest": {"max_features": 0.3}}), {"rows": 5}, tmp_path / folder)
    one, two = ((tmp_path / folder / "small.csv.gz").read_bytes() for folder in ("one", "two"))
    assert one == two
    again = store.load("small", tmp_path / "one")
    pd.testing.assert_frame_equal(again.rows, rows)
    assert again.tuned == {"random forest": {"max_features": 0.3}}


def test_rows_of_other_data_are_not_joined(tmp_path):
    store.save("small", Stored(), {"rows": 5}, tmp_path)
    with pytest.raises(store.CourseError, match=r"small: the stored rows were made with other rows \(5, now 6\)"):
        store.require_same("small", {"rows": 6}, tmp_path)


def test_a_stored_row_comes_out_again():
    outcome = run("--check", "screening", "--rows", "3", "--seed", "1")
    assert outcome.returncode == 0, outcome.stderr
    assert "3 of" in outcome.stdout


def test_a_row_that_was_changed_is_told(tmp_path):
    for path in FOLDS.glob("screening.*"):
        shutil.copy(path, tmp_path)
    table = tmp_path / "screening.csv.gz"
    rows = pd.read_csv(table).iloc[[0]].assign(roc_auc=0.5)
    table.write_bytes(gzip.compress(rows.to_csv(index=False).encode()))
    outcome = run("--check", "screening", "--stored", tmp_path)
    assert outcome.returncode == 1
    assert "roc_auc stored 0.5, now 0." in outcome.stderr


@pytest.mark.long
def test_a_random_sample_of_all_rows_comes_out_again():
    outcome = run("--check")
    assert outcome.returncode == 0, outcome.stderr


def test_page_pictures_and_differences_are_what_the_rows_and_the_text_give():
    command = [sys.executable, EVIDENCE / "write.py", "--check"]
    outcome = subprocess.run(command, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr


def test_the_course_can_load_each_difference_of_the_study():
    found = load_differences()
    real = found[found["kind"] == "real"]
    assert real["set"].nunique() == len(set(NAMES) - set(SIMULATED)) >= 30
    assert real["title"].nunique() == real["set"].nunique()
    one = real[(real["metric"] == "log_loss") & (real["version"] == "tuned") & (real["treatment"] == "SMOTE")]
    assert one.groupby("model")["set"].nunique().eq(real["set"].nunique()).all()
    assert set(found["metric"]) == set(METRICS)
    assert (real["low"].dropna() <= real["difference"][real["low"].notna()]).all()


@pytest.mark.parametrize("name", NAMES)
def test_a_set_says_what_its_rows_depend_on(name):
    facts = json.loads((FOLDS / f"{name}.json").read_text(encoding="utf-8"))
    plan = Plan(n_splits=1) if name in SIMULATED else Plan()
    assert facts["plan"] == json.loads(json.dumps(plan.recipe()))
    assert set(facts["tuned"]) == set(plan.models)
