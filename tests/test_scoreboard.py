"""The scoreboard: what it counts, how it chooses thresholds, and that every strategy is judged alike."""

import math
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.datasets import make_classification
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from imbalanced_course.scoreboard import (
    COST_FALSE_ALARM,
    COST_MISS,
    DEFAULT_CUT,
    METRICS,
    TUNED_CUT,
    baselines,
    compact,
    corrected_interval,
    costs_by_threshold,
    decision_scores,
    difference,
    evaluate,
    make_folds,
    net_benefit,
    score_quality,
    table,
    tune_threshold,
)

pytestmark = pytest.mark.filterwarnings("error")

# Six rows: at 0.5 two hits, one miss, one false alarm, two rightly left alone.
TRUTH = [0, 0, 0, 1, 1, 1]
SCORES = [0.1, 0.2, 0.7, 0.3, 0.8, 0.9]


@pytest.fixture(scope="module")
def rows() -> tuple[np.ndarray, np.ndarray]:
    return make_classification(n_samples=1000, n_features=5, weights=[0.9], flip_y=0, random_state=0)


@pytest.fixture(scope="module")
def results(rows) -> pd.DataFrame:
    weighted = LogisticRegression(class_weight="balanced")
    parts = [baselines(*rows), evaluate("plain", LogisticRegression(), *rows), evaluate("weighted", weighted, *rows)]
    return pd.concat(parts, ignore_index=True)


class Spy(ClassifierMixin, BaseEstimator):
    """Notes which rows it is fitted on and asked about; the first column is the row's number, and half its score."""

    def __init__(self, log: list | None = None):
        self.log = log

    def __sklearn_clone__(self) -> "Spy":
        return Spy(self.log)

    def fit(self, X, y):
        self.classes_ = np.array([0, 1])
        self.log.append(("fit", X[:, 0].astype(int)))
        return self

    def predict_proba(self, X):
        self.log.append(("predict", X[:, 0].astype(int)))
        chance = X[:, 0] / 2000
        return np.column_stack([1 - chance, chance])


def test_a_decision_is_counted_and_priced_by_hand() -> None:
    found = decision_scores(TRUTH, SCORES, 0.5)
    assert [found[name] for name in ("tn", "fp", "fn", "tp")] == [2, 1, 1, 2]
    assert found["precision"] == found["recall"] == found["f1"] == pytest.approx(2 / 3)
    assert found["cost"] == COST_MISS + COST_FALSE_ALARM == 1010


def test_a_score_equal_to_the_threshold_is_flagged() -> None:
    assert decision_scores(TRUTH, SCORES, 0.3)["fn"] == 0
    assert decision_scores(TRUTH, SCORES, 0.3 + 1e-9)["fn"] == 1


def test_net_benefit_charges_false_alarms_at_the_odds_of_the_threshold() -> None:
    assert net_benefit(TRUTH, SCORES, 0.5) == pytest.approx((2 - 1) / 6)
    assert net_benefit(TRUTH, SCORES, [0.5, 0.2]) == pytest.approx([1 / 6, (3 - 2 / 4) / 6])
    for threshold in (0.1, 0.3, 0.8):
        costs = {"cost_miss": 1 - threshold, "cost_false_alarm": threshold}
        cost = decision_scores(TRUTH, SCORES, threshold, **costs)["cost"] / 6
        assert cost == pytest.approx((1 - threshold) * (0.5 - net_benefit(TRUTH, SCORES, threshold)))
    assert net_benefit([0, 0, 0, 1], [0.1, 0.1, 0.3, 0.6], 0.2) == pytest.approx((1 - 1 / 4) / 4)
    assert net_benefit(TRUTH, SCORES, 0) == pytest.approx(1 / 2)  # everybody is flagged, and false alarms cost nothing
    with pytest.raises(ValueError, match="below 1"):
        net_benefit(TRUTH, SCORES, 1)


def test_costs_can_be_stated() -> None:
    assert decision_scores(TRUTH, SCORES, 0.5, cost_miss=7, cost_false_alarm=3)["cost"] == 10


@pytest.mark.parametrize("truth", [TRUTH, [0] * 6])
def test_no_alert_gives_zeros_without_a_warning(truth) -> None:
    found = decision_scores(truth, SCORES, 2.0)
    assert (found["precision"], found["recall"], found["f1"]) == (0, 0, 0)


def test_no_positive_leaves_ranking_undefined_and_calibration_defined() -> None:
    found = score_quality([0, 0], [0.0, 0.5])
    assert math.isnan(found["average_precision"])
    assert math.isnan(found["roc_auc"])
    assert found["brier"] == pytest.approx(0.125)
    assert found["log_loss"] == pytest.approx(math.log(2) / 2)


def test_only_positives_leave_ranking_undefined() -> None:
    assert math.isnan(score_quality([1, 1], [0.0, 0.5])["average_precision"])


def test_quality_of_scores_by_hand() -> None:
    found = score_quality([0, 1, 0, 1], [0.1, 0.4, 0.6, 0.9])
    assert found["average_precision"] == pytest.approx((1 + 2 / 3) / 2)
    assert found["roc_auc"] == pytest.approx(3 / 4)
    assert found["brier"] == pytest.approx((0.01 + 0.36 + 0.36 + 0.01) / 4)


def test_labels_and_scores_come_in_any_equivalent_type() -> None:
    want = decision_scores(TRUTH, SCORES, 0.5)
    assert decision_scores(np.array(TRUTH, dtype=bool), np.array(SCORES), 0.5) == want
    assert decision_scores(pd.Series(TRUTH, index=range(6, 0, -1)), tuple(SCORES), 0.5) == want


@pytest.mark.parametrize(
    ("truth", "scores", "message"),
    [
        ([0, 2], [0.1, 0.2], "0 .negative. and 1"),
        (["no", "yes"], [0.1, 0.2], "0 .negative. and 1"),
        ([0, float("nan")], [0.1, 0.2], "0 .negative. and 1"),
        ([], [], "one value a row"),
        ([0, 1], [[0.9, 0.1], [0.2, 0.8]], "predict_proba"),
        ([0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.1, 0.9]], "predict_proba"),
        ([0, 1], [0.1], "one number a row"),
        ([0, 1], [0.1, float("nan")], "missing"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(truth, scores, message) -> None:
    with pytest.raises(ValueError, match=message):
        decision_scores(truth, scores, 0.5)


def test_scores_beyond_0_and_1_are_no_probabilities() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        score_quality([0, 1], [-1.0, 2.0])


def test_costs_of_every_threshold_by_hand() -> None:
    found = costs_by_threshold([0, 1, 0], [0.1, 0.5, 0.5])
    assert found["threshold"].round(6).tolist() == [0.1, 0.5, 0.5]
    assert found["misses"].tolist() == [0, 0, 1]
    assert found["false_alarms"].tolist() == [2, 1, 0]
    assert found["cost"].tolist() == [20, 10, 1000]


def test_every_threshold_costs_what_its_decision_costs() -> None:
    rng = np.random.default_rng(0)
    truth, scores = rng.integers(0, 2, 60), rng.integers(0, 20, 60) / 20
    for row in costs_by_threshold(truth, scores).itertuples():
        assert row.cost == decision_scores(truth, scores, row.threshold)["cost"]


def test_the_tuned_threshold_is_the_cheapest() -> None:
    assert tune_threshold(TRUTH, SCORES) == 0.3
    assert tune_threshold(TRUTH, SCORES, cost_miss=10, cost_false_alarm=1000) == 0.8


def test_of_equally_cheap_thresholds_the_highest_is_taken() -> None:
    assert tune_threshold([1, 0, 1], [0.1, 0.2, 0.3], cost_miss=1, cost_false_alarm=1) == 0.3


def test_flagging_nobody_is_a_choice() -> None:
    assert tune_threshold([0, 0], [0.2, 0.9]) > 0.9


def test_folds_part_all_rows_and_keep_the_prevalence(rows) -> None:
    y = rows[1]
    folds = make_folds(y)
    assert np.array_equal(np.sort(np.concatenate([fold.test for fold in folds])), np.arange(len(y)))
    for fold in folds:
        assert np.array_equal(np.sort(np.concatenate(fold)), np.arange(len(y)))
        assert [len(part) for part in fold] == [600, 200, 200]
        assert all(y[part].mean() == pytest.approx(y.mean(), abs=0.005) for part in fold)


def test_too_few_positives_are_refused_and_few_make_folds_without_one() -> None:
    for few in ([1, 1] + [0] * 98, [0] * 100):
        with pytest.raises(ValueError, match="at least two rows of each class"):
            make_folds(few)
    y = np.array([1, 1, 1] + [0] * 97)
    found = evaluate("plain", LogisticRegression(), np.random.default_rng(0).normal(size=(100, 2)), y)
    assert found["n_positive"].min() == 0
    assert found.loc[found["n_positive"] == 0, "roc_auc"].isna().all()
    assert found.loc[found["n_positive"] == 0, "recall"].eq(0).all()


def test_two_strategies_get_the_same_folds_and_each_is_fitted_once_a_fold(rows) -> None:
    y = rows[1]
    numbers = np.column_stack([np.arange(len(y)), np.zeros(len(y))])
    first, second = Spy([]), Spy([])
    frames = [evaluate("first", first, numbers, y), evaluate("second", second, numbers, y)]
    assert [what for what, _ in first.log] == ["fit", "predict", "predict"] * 5
    for (_, one), (_, other) in zip(first.log, second.log, strict=True):
        assert np.array_equal(one, other)
    assert frames[0]["fold_key"].equals(frames[1]["fold_key"])


def test_test_rows_are_neither_fitted_nor_tuned_on(rows) -> None:
    y = rows[1]
    spy = Spy([])
    found = evaluate("spy", spy, np.column_stack([np.arange(len(y)), np.zeros(len(y))]), y)
    calls = iter(spy.log)
    for fold in range(5):
        fit, validation, test = (set(next(calls)[1].tolist()) for _ in range(3))
        assert not test & (fit | validation)
        assert not fit & validation
        chosen = np.array(sorted(validation))
        tuned = found[(found["fold"] == fold) & (found["cut"] == TUNED_CUT)].iloc[0]
        assert tuned["threshold"] == tune_threshold(y[chosen], chosen / 2000)
        assert (tuned["n_test"], tuned["n_positive"]) == (len(test), y[sorted(test)].sum())


def test_every_strategy_has_a_row_at_both_cuts(results) -> None:
    counts = results.groupby(["strategy", "cut"]).size()
    assert len(counts) == 10
    assert counts.eq(5).all()
    assert results.loc[results["cut"] == DEFAULT_CUT, "threshold"].eq(0.5).all()


def test_evaluating_twice_gives_the_same(rows) -> None:
    model = LogisticRegression()
    pd.testing.assert_frame_equal(evaluate("a", model, *rows), evaluate("a", model, *rows))
    assert not hasattr(model, "coef_")


def test_a_dataframe_and_an_array_give_the_same(rows) -> None:
    X, y = rows
    frame = pd.DataFrame(X, columns=list("abcde"), index=range(5000, 6000))
    named = evaluate("a", LogisticRegression(), frame, pd.Series(y, index=frame.index))
    pd.testing.assert_frame_equal(named, evaluate("a", LogisticRegression(), X, y))


def test_run_time_is_measured_when_asked_for(rows) -> None:
    found = evaluate("a", LogisticRegression(), *rows, timed=True)
    assert found["fit_seconds"].gt(0).all()
    assert "fit_seconds" not in evaluate("a", LogisticRegression(), *rows)


def test_a_model_without_probabilities_is_refused(rows) -> None:
    with pytest.raises(ValueError, match="CalibratedClassifierCV"):
        evaluate("svm", LinearSVC(), *rows)


def test_rows_and_labels_must_be_equally_many(rows) -> None:
    with pytest.raises(ValueError, match="X has 999 rows and y 1000"):
        evaluate("a", LogisticRegression(), rows[0][:-1], rows[1])


def test_the_floor_and_the_ceiling(results, rows) -> None:
    prevalence = rows[1].mean()
    found = table(results).set_index(["strategy", "cut"])
    never = found.loc[("dummy, most frequent", DEFAULT_CUT)]
    assert (never["precision"], never["recall"], never["roc_auc"]) == (0, 0, 0.5)
    assert never["average_precision"] == never["brier"] == pytest.approx(prevalence)
    # 1,000 for each of the 99 positives against 10 for each of the 901 negatives: flagging everybody is cheaper.
    assert never["cost"] == COST_MISS * rows[1].sum() / 5
    assert found.loc[("dummy, most frequent", TUNED_CUT), "cost"] == COST_FALSE_ALARM * (1 - rows[1]).sum() / 5
    for cut in (DEFAULT_CUT, TUNED_CUT):
        perfect = found.loc[("perfect", cut)]
        assert perfect[["average_precision", "roc_auc", "precision", "recall", "f1"]].eq(1).all()
        assert perfect[["brier", "cost"]].eq(0).all()


def test_precision_and_recall_of_the_base_rate_dummy_are_the_prevalence() -> None:
    y = np.array([1, 0, 0, 0, 0] * 4000)
    found = table(baselines(np.zeros((len(y), 1)), y)).set_index(["strategy", "cut"])
    guess = found.loc[("dummy, base rate", DEFAULT_CUT)]
    assert guess[["precision", "recall", "average_precision"]].to_numpy(float) == pytest.approx(0.2, abs=0.02)


def test_baselines_and_models_share_their_folds(results) -> None:
    assert results.groupby("fold")["fold_key"].nunique().eq(1).all()


def test_the_corrected_interval_by_hand() -> None:
    # mean 3, variance 2.5, factor 1/5 + 1/4: half = 2.776445 * sqrt(0.45 * 2.5) = 2.944865
    found = corrected_interval([1, 2, 3, 4, 5], n_train=80, n_test=20)
    assert found.mean == 3
    assert found.high - found.mean == pytest.approx(2.944865, abs=1e-6)
    assert found.mean - found.low == pytest.approx(2.944865, abs=1e-6)


def test_the_corrected_interval_is_wider_than_the_naive_one() -> None:
    values = [1, 2, 3, 4, 5]
    naive = 2.776445 * np.std(values, ddof=1) / np.sqrt(5)
    assert corrected_interval(values, n_train=80, n_test=20).high - 3 == pytest.approx(1.5 * naive, rel=1e-6)


def test_two_folds_have_an_interval() -> None:
    # mean 2, variance 2, factor 1/2 + 1/4: half = 12.706205 * sqrt(0.75 * 2)
    assert corrected_interval([1, 3], n_train=80, n_test=20).high == pytest.approx(2 + 12.706205 * 1.5**0.5)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_that_no_interval_has_is_refused(confidence) -> None:
    with pytest.raises(ValueError, match="above 0 and below 1"):
        corrected_interval([1, 2, 3], n_train=80, n_test=20, confidence=confidence)


def test_one_fold_has_no_interval_and_a_missing_value_no_mean() -> None:
    assert math.isnan(corrected_interval([1.0], n_train=80, n_test=20).low)
    assert math.isnan(corrected_interval([1.0, math.nan], n_train=80, n_test=20).mean)


def test_the_table_has_a_row_for_each_strategy_and_cut_in_their_order(results) -> None:
    found = table(results)
    assert found["strategy"].drop_duplicates().tolist() == [
        "dummy, most frequent",
        "dummy, base rate",
        "perfect",
        "plain",
        "weighted",
    ]
    assert found["cut"].tolist() == [DEFAULT_CUT, TUNED_CUT] * 5
    for metric in METRICS:
        assert (found[f"{metric}_low"] <= found[metric]).all()
        assert (found[metric] <= found[f"{metric}_high"]).all()


def test_the_table_holds_the_mean_over_folds_and_its_interval(results) -> None:
    folds = results[(results["strategy"] == "plain") & (results["cut"] == TUNED_CUT)]
    row = table(results).set_index(["strategy", "cut"]).loc[("plain", TUNED_CUT)]
    want = corrected_interval(folds["cost"], n_train=800, n_test=200)
    assert (row["cost"], row["cost_low"], row["cost_high"]) == pytest.approx(want)


def test_results_read_back_from_a_file_give_the_same_table(results, tmp_path) -> None:
    results.to_csv(tmp_path / "folds.csv", index=False)
    pd.testing.assert_frame_equal(table(pd.read_csv(tmp_path / "folds.csv")), table(results), check_dtype=False)


def test_the_compact_form_is_eight_rounded_columns(results) -> None:
    found = compact(table(results), intervals=("cost",))
    assert list(found.columns) == [label for label, _ in METRICS.values()]
    assert found.loc[("perfect", TUNED_CUT), "F1"] == "1.000"
    assert found.loc[("dummy, most frequent", DEFAULT_CUT), "cost (euro)"] == "19,800 ± 833"


def test_of_stored_results_with_fewer_metrics_the_others_are_shown(results) -> None:
    first, *others = METRICS
    found = table(results.drop(columns=first))
    assert [name for name in METRICS if name in found] == others
    assert list(compact(found).columns) == [METRICS[name][0] for name in others]


def test_rows_of_the_baselines_have_labels_of_their_own(rows) -> None:
    assert baselines(*rows).index.tolist() == list(range(30))


def test_one_fold_that_is_there_twice_is_refused(results) -> None:
    with pytest.raises(ValueError, match="'perfect' stands in the results twice"):
        table(pd.concat([results, results[results["strategy"] == "perfect"].iloc[:1]]))


def test_the_same_strategy_twice_is_refused(results) -> None:
    with pytest.raises(ValueError, match="'perfect' stands in the results twice"):
        table(pd.concat([results, results[results["strategy"] == "perfect"]]))


@pytest.mark.parametrize("options", [{"seed": 1}, {"n_splits": 4}])
def test_other_folds_are_refused(results, rows, options) -> None:
    other = evaluate("other", LogisticRegression(), *rows, **options)
    with pytest.raises(ValueError, match="not judged on the same folds"):
        table(pd.concat([results, other]))


def test_a_difference_is_paired_by_fold(results) -> None:
    found = difference(results, "plain", ("weighted", DEFAULT_CUT), "cost")
    one = results[(results["strategy"] == "plain") & (results["cut"] == TUNED_CUT)]
    other = results[(results["strategy"] == "weighted") & (results["cut"] == DEFAULT_CUT)]
    want = corrected_interval(one["cost"].to_numpy() - other["cost"].to_numpy(), n_train=800, n_test=200)
    assert found == pytest.approx(want)
    shuffled = results.sample(frac=1, random_state=0)
    assert difference(shuffled, "plain", ("weighted", DEFAULT_CUT), "cost") == pytest.approx(want)


def test_a_strategy_differs_from_itself_by_nothing(results) -> None:
    assert difference(results, "plain", "plain", "f1") == (0, 0, 0)


def test_unknown_names_are_answered_with_those_there_are(results) -> None:
    with pytest.raises(ValueError, match=r"no rows for 'smote'.*'plain'"):
        difference(results, "smote", "plain", "cost")
    with pytest.raises(ValueError, match="no metric 'accuracy'; there are average_precision"):
        difference(results, "plain", "weighted", "accuracy")


def test_repeated_folds_are_numbered_on(rows) -> None:
    found = evaluate("dummy", DummyClassifier(), *rows, n_repeats=2)
    assert found["fold"].unique().tolist() == list(range(10))
    assert found["fold_key"].nunique() == 10


def test_nothing_is_warned_about(rows) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compact(table(baselines(*rows)))


def test_importing_is_light() -> None:
    code = (
        "import sys, imbalanced_course.scoreboard; "
        "assert not {'sklearn', 'scipy', 'matplotlib', 'imblearn'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
