"""The study's engine: what it takes, what it refuses, and that its rows depend on the table and the plan alone."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from imbalanced_course.study import (
    KEYS,
    METRICS,
    OWN_TREES,
    TREATMENTS,
    Plan,
    Stored,
    as_table,
    differences,
    folds_of,
    judge,
    measure,
    over_sets,
    problem_of,
    recompute,
)

SMALL = Plan(
    models=("logistic regression",),
    versions=("default",),
    treatments=("none", "weights", "copies"),
    own_trees=(),
    n_splits=3,
    n_repeats=2,
)


def frame(n: int = 400, seed: int = 0) -> pd.DataFrame:
    """People, a tenth of them positive: a number that helps, one that misses, a category, and a name."""
    chance = np.random.default_rng(seed)
    y = np.zeros(n, dtype=int)
    y[: n // 10] = 1
    dose = chance.normal(size=n) + 1.5 * y
    age = np.where(chance.random(n) < 0.2, np.nan, chance.integers(20, 80, n))
    ward = chance.choice(["north", "south", "east"], n)
    return pd.DataFrame({"dose": dose, "age": age, "ward": ward, "ill": y}).sample(frac=1, random_state=seed)


@pytest.fixture(scope="module")
def found() -> Stored:
    return measure(problem_of(as_table(frame(), "ill"), SMALL), SMALL)


def test_numbers_categories_and_labels_are_told_apart():
    table = as_table(
        frame().assign(code=[str(n % 7) for n in range(400)], flag=[n % 3 == 0 for n in range(400)]), "ill"
    )
    assert (table.numbers, table.categories) == (["dose", "age", "code", "flag"], ["ward"])
    assert table.y.sum() == 40
    assert as_table(frame().assign(ill=frame()["ill"].map({0: "no", 1: "yes"})), "ill").y.sum() == 40  # the rarer
    assert as_table(frame(), "ill", positive=0).y.sum() == 360


@pytest.mark.parametrize(
    ("change", "arguments", "words"),
    [
        ({"ill": 0}, {}, "has one value only, 0"),
        ({"ill": [n % 3 for n in range(400)]}, {}, "has 3 values (0, 1, 2): name the positive one"),
        ({"ill": [None, *frame()["ill"][1:]]}, {}, "is missing in 1 rows"),
        ({"ill": ["a", "b"] * 200}, {}, "equally often"),
        ({}, {"positive": "2"}, "never has the value '2'; it has 0, 1"),
        ({}, {"target": "sick"}, "no column 'sick' for the target"),
        ({}, {"group": "person"}, "no column 'person' for the group"),
        ({"again": frame()["ill"].map({0: "healthy", 1: "ill"})}, {}, "'again' alone gives the target in every row"),
        ({"dose": frame()["ill"] * 10 + np.linspace(0, 1, 400)}, {}, "'dose' alone gives the target"),
        ({"size": frame()["dose"].where(frame()["ill"] == 1)}, {}, "'size' alone gives the target"),  # known if ill
        ({"size": frame()["dose"].where(frame()["ill"] == 0)}, {}, "'size' alone gives the target"),
        ({"name": [f"person {n}" for n in range(400)]}, {}, "'name' holds text with 400 different values"),
        ({"born": pd.date_range("1950-01-01", periods=400)}, {}, "'born' holds dates"),
        ({"born": pd.date_range("1950-01-01", periods=400).astype(str)}, {}, "'born' holds dates"),
        ({"id": 2**60 + np.arange(400)}, {}, "'id' has whole numbers such as 1152921504606846976, too long to keep"),
        ({"id": [f"{2**70 + n}" for n in range(400)]}, {}, "'id' has whole numbers such as"),
        ({"age": " "}, {}, "'age' holds no value at all"),
        ({"age": np.nan}, {}, "'age' holds no value at all"),
        ({"age": np.nan, "dose": None, "ward": None}, {}, "'dose', 'age', 'ward' hold no value at all"),
        ({"dose": np.inf}, {}, "'dose' holds infinite values"),
        ({"day": ["never", "soon"] * 200}, {"time": "day"}, "neither numbers nor dates"),
        ({"person": [None, *range(399)]}, {"group": "person"}, "the group 'person' is missing in 1 rows"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_in_a_sentence(change, arguments, words):
    with pytest.raises(ValueError, match=re.escape(words)) as told:
        as_table(frame().assign(**change), **{"target": "ill", **arguments})
    assert "\n" not in str(told.value)


def test_a_table_without_rows_or_columns_is_refused():
    with pytest.raises(ValueError, match="no rows"):
        as_table(frame().iloc[:0], "ill")
    with pytest.raises(ValueError, match="no column to predict from"):
        as_table(frame()[["ill"]], "ill")
    with pytest.raises(ValueError, match="'dose' more than once"):
        as_table(frame().set_axis(["dose", "dose", "ward", "ill"], axis=1), "ill")


def test_fewer_positives_than_folds_need_are_told():
    few = frame(60)  # six positives
    with pytest.raises(ValueError, match="there are 6 positive rows, 6 of them apart from each other; 5 folds need 8"):
        measure(problem_of(as_table(few, "ill"), Plan()), Plan())
    copied = pd.concat([few[few["ill"] == 1]] * 5 + [few])
    with pytest.raises(ValueError, match="36 positive rows, 6 of them apart"):
        folds_of(as_table(copied, "ill"), n_splits=5, repeat=0, seed=0, max_train=5000)


def test_equal_rows_and_groups_stay_on_one_side():
    people = pd.concat([frame(), frame().iloc[:120]], ignore_index=True)
    people["person"] = [n // 2 for n in range(len(people))]
    table = as_table(people, "ill", group="person")
    assert table.duplicates == 120
    assert "person" not in table.X
    for fold in folds_of(table, n_splits=4, repeat=0, seed=1, max_train=5000):
        sides = [set(table.together[rows]) for rows in fold]
        assert not sides[0] & sides[1]
        assert not sides[0] & sides[2]
        assert not sides[1] & sides[2]
        for one, other in ((fold.fit, fold.test), (fold.fit, fold.validation)):
            assert not set(people["person"].iloc[one]) & set(people["person"].iloc[other])


def test_only_a_group_or_being_equal_holds_rows_together():
    people = frame().assign(person=[n // 2 for n in range(400)])
    assert len(set(as_table(people, "ill", group="person").together)) == 200
    assert len(set(as_table(people, "ill").together)) == 400


def test_folds_deal_positives_evenly_and_every_row_is_judged_once():
    table = as_table(frame(), "ill")
    folds = folds_of(table, n_splits=4, repeat=0, seed=0, max_train=5000)
    assert sorted(np.concatenate([fold.test for fold in folds])) == list(range(400))
    assert {int(table.y[fold.test].sum()) for fold in folds} == {10}
    others = folds_of(table, n_splits=4, repeat=1, seed=0, max_train=5000)
    assert set(folds[0].test) != set(others[0].test)


def test_training_rows_are_capped_and_test_rows_are_not():
    table = as_table(frame(2000), "ill")
    for fold in folds_of(table, n_splits=4, repeat=0, seed=0, max_train=600):
        assert (len(fold.fit) + len(fold.validation), len(fold.test)) == (600, 500)
        assert table.y[np.concatenate(fold[:2])].sum() == 60


def test_the_past_never_learns_from_the_future():
    days = frame(1200).assign(day=np.random.default_rng(3).integers(0, 100, 1200))
    table = as_table(days, "ill", time="day")
    folds = folds_of(table, n_splits=4, repeat=0, seed=0, max_train=5000)
    assert len(folds) == 4
    for fold in folds:
        assert table.time[fold.fit].max() < table.time[fold.validation].min()
        assert table.time[fold.validation].max() < table.time[fold.test].min()
    assert folds_of(table, n_splits=4, repeat=1, seed=0, max_train=5000) == []


@pytest.mark.parametrize("share_of_first", [0.1, 0.9])
@pytest.mark.parametrize("times", [6, 7, 8, 12])
def test_few_times_are_cut_so_that_each_part_has_its_own(times, share_of_first):
    chance = np.random.default_rng(times)
    of_others = (1 - share_of_first) / (times - 1)
    year = chance.choice(times, size=3000, p=[share_of_first, *[of_others] * (times - 1)])
    table = as_table(frame(3000).assign(year=2000 + year), "ill", time="year")
    for fold in folds_of(table, n_splits=4, repeat=0, seed=0, max_train=5000):
        assert table.time[fold.fit].max() < table.time[fold.validation].min()
        assert table.time[fold.validation].max() < table.time[fold.test].min()


def test_too_few_times_are_told():
    table = as_table(frame(1200).assign(year=np.arange(1200) % 5), "ill", time="year")
    with pytest.raises(ValueError, match="the time has 5 different values, and 6 are needed"):
        folds_of(table, n_splits=4, repeat=0, seed=0, max_train=5000)


def test_with_groups_and_time_nobody_who_is_judged_was_learned_from():
    visits = frame(1200).assign(day=np.arange(1200), patient=np.arange(1200) // 6)
    visits.loc[::100, "patient"] = 0  # who comes back all year
    table = as_table(visits, "ill", group="patient", time="day")
    for fold in folds_of(table, n_splits=4, repeat=0, seed=0, max_train=5000):
        assert table.time[np.concatenate(fold[:2])].max() < table.time[fold.test].min()
        for one, other in ((fold.fit, fold.test), (fold.validation, fold.test), (fold.fit, fold.validation)):
            assert not set(table.together[one]) & set(table.together[other])


@pytest.mark.parametrize(
    ("changed", "group", "words"),
    [
        ({"station": np.arange(1200) % 30}, "station", "most groups come at many times: name the group or the time"),
        ({"ill": (np.arange(1200) > 1100).astype(int)}, None, "when the rare class was hardly recorded"),
    ],
)
def test_times_that_leave_nothing_to_learn_from_are_told(changed, group, words):
    table = as_table(frame(1200).assign(day=np.arange(1200), **changed), "ill", group=group, time="day")
    with pytest.raises(ValueError, match=words):
        folds_of(table, n_splits=4, repeat=0, seed=0, max_train=5000)


def test_every_contender_gives_a_row_a_fold(found):
    assert len(found.rows) == 2 * 3 * 3
    assert not found.rows.duplicated(KEYS).any()
    assert found.rows[list(METRICS)].notna().all(axis=None)
    # Copies and weights say the same to a linear model; both make its probabilities worse.
    means = found.rows.groupby("treatment")["log_loss"].mean()
    assert means["none"] < min(means["weights"], means["copies"])
    assert means["weights"] == pytest.approx(means["copies"], abs=0.05)


def test_rows_are_the_same_with_more_workers_and_after_a_stop(found):
    problem = problem_of(as_table(frame(), "ill"), SMALL)
    kept: list[pd.DataFrame] = []

    class Stop(Exception):
        pass

    def stop(stored: Stored) -> None:
        kept.append(stored.rows.copy())
        if len(kept) == 2:
            raise Stop

    with pytest.raises(Stop):
        measure(problem, SMALL, keep=stop)
    steps: list[tuple[int, int]] = []
    again = measure(problem, SMALL, known=Stored(kept[-1]), workers=2, advance=lambda *step: steps.append(step))
    pd.testing.assert_frame_equal(again.rows, found.rows)
    assert steps[0] == (len(kept[-1]), 18)
    assert steps[-1] == (18, 18)


def test_a_stored_row_can_be_computed_again(found):
    keys = found.rows[KEYS].sample(3, random_state=0).itertuples(index=False, name=None)
    again = recompute(problem_of(as_table(frame(), "ill"), SMALL), SMALL, found, keys)
    same = found.rows.merge(again[KEYS], on=KEYS).reset_index(drop=True)
    pd.testing.assert_frame_equal(again, same)


@pytest.mark.parametrize("columns", [["dose", "age", "ward"], ["ward", "unit", "street"], ["dose"]])
def test_all_treatments_fit_numbers_and_categories_and_models_are_tuned_once(columns):
    chance = np.random.default_rng(5)
    letters = list("abcdefghijklmnop")
    people = frame().assign(unit=chance.choice(letters, 400), street=chance.choice(letters, 400))
    own_trees = OWN_TREES if "age" in columns else ()
    plan = Plan(("logistic regression",), ("tuned",), own_trees=own_trees, n_splits=2, n_repeats=1)
    stored = measure(problem_of(as_table(people[[*columns, "ill"]], "ill"), plan), plan)
    assert len(stored.rows) == 2 * (len(TREATMENTS) + len(own_trees))
    assert list(stored.tuned) == ["logistic regression"]
    lacking = stored.rows[stored.rows["average_precision"].isna()]
    assert set(lacking["treatment"]) <= {"ADASYN"}, lacking  # it may find no neighbors among categories


def test_nothing_of_the_test_rows_reaches_the_fit():
    people = frame()
    table = as_table(people, "ill")
    fold = problem_of(table, SMALL)(0)[1][0]
    changed = people.reset_index(drop=True)
    changed.loc[fold.test, "dose"] *= 1000
    other = as_table(changed, "ill")
    # The same rows to fit on, whatever stands in the test: the validation's threshold and the fit don't move.
    same = problem_of(other, SMALL)(0)[1][0]
    assert [list(rows) for rows in same] == [list(rows) for rows in fold]
    from imbalanced_course.study import make_pipeline

    first, second = (
        make_pipeline("SMOTE", "logistic regression", one, 0).fit(one.X.iloc[fold.fit], one.y[fold.fit])
        for one in (table, other)
    )
    np.testing.assert_array_equal(first[-1].coef_, second[-1].coef_)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"models": ("perceptron",)}, "a plan's models can be logistic regression"),
        ({"treatments": ("SMOTE",)}, "a plan needs the treatment 'none'"),
        ({"n_repeats": 0}, "a plan's n_repeats is at least 1"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        Plan(**wrong)


def test_judging_by_hand():
    y = np.array([1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    scores = np.array([0.9, 0.05, 0.3, 0.02, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01])
    told = judge(y, scores, y, scores)
    assert told["net_benefit"] == pytest.approx((1 - 1 / 9) / 10)  # one hit, one false alarm at 0.1
    assert told["f1"] == pytest.approx(2 / 3)
    assert told["f1_tuned"] == pytest.approx(0.8)  # flag from 0.05: two hits, one false alarm
    # At 5:1 (from 1/6) one miss and one false alarm, 6, where to flag everyone costs 8; tuned only the false alarm.
    assert told["cost_5"] == pytest.approx(6 / 8)
    assert told["cost_5_tuned"] == pytest.approx(1 / 8)
    assert told["cost_25"] == pytest.approx(1 / 8)


def test_differences_within_and_over_sets():
    place = {"model": "m", "version": "default", "n_fit": 75, "n_test": 25}
    rows = pd.DataFrame(
        [
            {"set": name, "repeat": 0, "fold": fold, "treatment": treatment, "average_precision": value, **place}
            for name, gain in (("a", 0.1), ("b", 0.0), ("c", -0.1))
            for fold in range(3)
            for treatment, value in (("none", 0.5), ("SMOTE", 0.5 + gain + 0.001 * fold))
        ]
    )
    compared = differences(rows, "average_precision")
    smote = compared[compared["treatment"] == "SMOTE"]
    assert smote["difference"].to_list() == pytest.approx([0.101, 0.001, -0.099])
    told = over_sets(smote, "average_precision")
    assert (told.sets, told.better, told.worse) == (3, pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert told.low < 0 < told.high
    assert told.detectable > (told.high - told.low) / 2
    with pytest.raises(ValueError, match="each of them once"):
        over_sets(pd.concat([smote, smote]), "average_precision")
    with pytest.raises(ValueError, match="no metric"):
        differences(rows, "accuracy")
