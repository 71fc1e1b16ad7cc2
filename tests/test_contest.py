"""The stored contest: complete, on equal folds, and what its recipes give."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from imbalanced_course.course_files import course_file
from imbalanced_course.datasets import features_and_target, load_transactions
from imbalanced_course.scoreboard import (
    CONTEST_FOLDS,
    CONTEST_MODELS,
    CUT_FREE,
    DEFAULT_CUT,
    METRICS,
    TUNED_CUT,
    corrected_interval,
    difference,
    load_contest,
    load_resampling_times,
    make_folds,
    table,
)

FOLDER = course_file("datasets") / "contest"
FOLDS = CONTEST_FOLDS["n_splits"] * CONTEST_FOLDS["n_repeats"]
ALONE = "leave the data alone"


@pytest.fixture(scope="module")
def contest() -> pd.DataFrame:
    return load_contest()


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("contest_make", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_has_both_cuts_of_every_fold_for_every_strategy(contest):
    sizes = contest.groupby(["model", "strategy", "cut"])["fold"].agg(["size", "nunique"])
    assert (sizes == FOLDS).all(axis=None)
    assert set(contest["cut"]) == {DEFAULT_CUT, TUNED_CUT}
    assert set(METRICS) <= set(contest.columns)
    assert not contest.isna().any(axis=None)


def test_every_strategy_was_judged_on_the_same_folds(contest):
    keys = contest.groupby(["model", "strategy", "cut"])["fold_key"].agg(tuple)
    assert keys.nunique() == 1


def test_the_folds_are_those_of_the_scoreboard_and_keep_the_prevalence(contest):
    labels = load_transactions()["is_fraud"].to_numpy()
    folds = make_folds(labels, **CONTEST_FOLDS)
    stored = contest[(contest["strategy"] == "perfect") & (contest["cut"] == DEFAULT_CUT)].sort_values("fold")
    assert stored["n_test"].tolist() == [len(fold.test) for fold in folds]
    assert stored["n_positive"].tolist() == [int(labels[fold.test].sum()) for fold in folds]


def test_the_script_and_the_file_have_the_same_contestants(contest, script):
    stored = set(contest[contest["model"] != "none"].groupby(["model", "strategy"]).groups)
    extra = {(model, "threshold from costs") for model in script.MODELS}
    assert stored == set(script.contestants()) | extra


@pytest.mark.parametrize("strategy", [ALONE, "SMOTE"])
def test_a_cheap_strategy_computed_again_gives_its_stored_rows(contest, script, strategy):
    X, y = features_and_target(load_transactions())
    pipeline = script.contestants()["logistic regression", strategy]
    folds = CONTEST_FOLDS | {"n_repeats": 1}
    with threadpool_limits(1):
        again = script.judge("logistic regression", strategy, pipeline, X, y, folds)
    stored = contest[(contest["model"] == "logistic regression") & contest["strategy"].isin(again["strategy"])]
    stored = stored[stored["fold"] < CONTEST_FOLDS["n_splits"]]
    order = ["strategy", "cut", "fold"]
    again, stored = (part.sort_values(order).reset_index(drop=True) for part in (again, stored))
    assert again["fold_key"].tolist() == stored["fold_key"].tolist()
    np.testing.assert_allclose(again[list(METRICS)], stored[list(METRICS)], rtol=1e-4, atol=1e-6)


def test_the_threshold_from_the_costs_changes_decisions_and_nothing_else(contest):
    for model in CONTEST_MODELS[:-1]:
        part = load_contest(model)
        one, other = (
            part[part["strategy"] == name].set_index(["cut", "fold"]) for name in ("threshold from costs", ALONE)
        )
        pd.testing.assert_frame_equal(one[list(CUT_FREE)], other[list(CUT_FREE)])
        assert np.allclose(one.loc[DEFAULT_CUT, "threshold"], 10 / 1010, rtol=1e-4)
        assert (one.loc[TUNED_CUT, "cost"] == other.loc[TUNED_CUT, "cost"]).all()


@pytest.mark.parametrize("model", CONTEST_MODELS)
def test_one_models_rows_go_with_the_baselines_into_the_scoreboard(model):
    part = load_contest(model)
    summary = table(part)
    assert len(summary) == 2 * part["strategy"].nunique()
    assert set(part["model"]) == {"none", model}
    found = difference(part, "perfect", "dummy, base rate", "cost")
    assert found.high < 0


def test_no_strategy_costs_less_than_leaving_the_data_alone_by_more_than_noise(contest):
    tuned = contest[contest["cut"] == TUNED_CUT]
    for model in CONTEST_MODELS[:-1]:
        by_fold = tuned[tuned["model"] == model].pivot(index="fold", columns="strategy", values="cost")
        for strategy in by_fold.columns.drop([ALONE, "threshold from costs"]):
            found = corrected_interval(by_fold[strategy] - by_fold[ALONE], n_train=16_000, n_test=4_000)
            assert found.high >= 0, (model, strategy)


def test_an_unknown_model_is_refused():
    with pytest.raises(ValueError, match="there are logistic regression, random forest"):
        load_contest("perceptron")


def test_the_card_tells_each_strategy_and_the_sizes(contest):
    card = (FOLDER / "CARD.md").read_text(encoding="utf-8")
    for strategy in contest["strategy"].unique():
        assert strategy.removesuffix(", shrinkage 0.2") in card, strategy
    assert f"{len(contest):,} rows" in card
    assert f"{len(load_resampling_times())} rows" in card


def test_what_the_card_says_of_costs_is_in_the_file(contest):
    means = contest.groupby(["model", "strategy", "cut"])["cost"].mean()
    lines = (FOLDER / "CARD.md").read_text(encoding="utf-8").split("## Figures")[1].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][2:]
    assert len(rows) >= 10
    for model, strategy, _, _, default, tuned in rows:
        assert default == f"{means[model, strategy, DEFAULT_CUT]:,.0f}"
        assert tuned == f"{means[model, strategy, TUNED_CUT]:,.0f}"


def test_times_of_smoteenn_grow_faster_than_the_rows_and_undersampling_first_mends_it():
    times = load_resampling_times()
    wide = times[times["columns"] == 20].pivot(index="rows", columns="way", values="seconds")
    growth = wide.loc[40_000] / wide.loc[5_000]
    assert growth["SMOTEENN"] > 3 * 8
    assert (wide["undersample to 0.1, then SMOTEENN"] < wide["SMOTEENN"] / 5).all()


def test_one_models_rows_are_numbered_anew_with_the_same_columns(contest):
    forest = load_contest("random forest")
    assert list(forest.columns) == list(contest.columns)
    assert forest.index.tolist() == list(range(len(forest)))
