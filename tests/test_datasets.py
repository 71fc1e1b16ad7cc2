"""The course's data: the file, its generator, its card and the loaders."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.pipeline import make_pipeline
from threadpoolctl import threadpool_limits

from imbalanced_course.course_files import course_file
from imbalanced_course.datasets import (
    CATEGORIES,
    NUMBERS,
    features_and_target,
    load_transactions,
    make_two_features,
    split_by_week,
    transactions_preprocessor,
)
from imbalanced_course.simulation.payment_profiles import PROFILES, USUAL_AMOUNT
from imbalanced_course.simulation.transactions import (
    COLUMNS,
    FILE_ROWS,
    FILE_SEED,
    make_transactions,
    make_week,
    transactions_csv,
    true_fraud_probability,
)

FOLDER = course_file("datasets") / "transactions"


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Threads that wait for each other make boosting many times slower on a busy machine."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def transactions() -> pd.DataFrame:
    return load_transactions()


@pytest.fixture(scope="module")
def figures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("figures", FOLDER / "figures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def ranking(figures: ModuleType) -> pd.DataFrame:
    return figures.ranking()


def card_table(first_column: str) -> pd.DataFrame:
    """Return the table of the data card whose first column has that heading, as text."""
    lines = (FOLDER / "CARD.md").read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(first_column))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().strip("`") for cell in line.strip("|").split("|")])
    return pd.DataFrame(rows[2:], columns=rows[0])


class TestFile:
    def test_is_what_the_generator_makes_to_the_byte(self) -> None:
        made = transactions_csv(make_transactions(FILE_ROWS, seed=FILE_SEED))
        assert (FOLDER / "transactions.csv").read_bytes() == made

    def test_bytes_are_pinned(self) -> None:
        # The generator may change only together with every stored result that was computed from the file.
        digest = hashlib.sha256((FOLDER / "transactions.csv").read_bytes()).hexdigest()
        assert digest == "7806d1c740bc9150f19e9ef2784ed0b52820890a714b30f7395cf9b9e53b189b"

    def test_is_small_enough_for_the_repository(self) -> None:
        assert (FOLDER / "transactions.csv").stat().st_size < 1_500_000

    def test_has_unix_line_ends_and_no_empty_field(self) -> None:
        text = (FOLDER / "transactions.csv").read_bytes()
        assert text.count(b"\n") == FILE_ROWS + 1
        assert b"\r" not in text
        assert b",," not in text

    @pytest.mark.parametrize(("spoil", "exit_code"), [(False, 0), (True, 1)])
    def test_make_check_notices_a_changed_byte_and_changes_nothing(
        self, tmp_path: Path, spoil: bool, exit_code: int
    ) -> None:
        script = tmp_path / "make.py"
        script.write_bytes((FOLDER / "make.py").read_bytes())
        data = (FOLDER / "transactions.csv").read_bytes()
        if spoil:
            data = data.replace(b"fuel", b"fool", 1)
        (tmp_path / "transactions.csv").write_bytes(data)
        assert subprocess.run([sys.executable, script, "--check"], capture_output=True).returncode == exit_code
        assert (tmp_path / "transactions.csv").read_bytes() == data

    def test_make_writes_the_file(self, tmp_path: Path) -> None:
        script = tmp_path / "make.py"
        script.write_bytes((FOLDER / "make.py").read_bytes())
        subprocess.run([sys.executable, script], capture_output=True, check=True)
        assert (tmp_path / "transactions.csv").read_bytes() == (FOLDER / "transactions.csv").read_bytes()


class TestLoadTransactions:
    def test_equals_the_generated_frame_in_every_value_and_dtype(self, transactions: pd.DataFrame) -> None:
        pd.testing.assert_frame_equal(transactions, make_transactions(FILE_ROWS, seed=FILE_SEED))

    def test_dtypes_are_whole_numbers_floats_and_categories(self, transactions: pd.DataFrame) -> None:
        found = {name: str(dtype) for name, dtype in transactions.dtypes.items()}
        categories = dict.fromkeys(("merchant_category", "entry_mode", "card_type"), "category")
        floats = dict.fromkeys(("amount", "distance_km"), "float64")
        assert found == {**dict.fromkeys(COLUMNS, "int64"), **categories, **floats}

    def test_is_in_the_order_of_time(self, transactions: pd.DataFrame) -> None:
        assert (transactions["day"] * 24 + transactions["hour"]).is_monotonic_increasing

    def test_each_call_gives_a_frame_of_its_own(self, transactions: pd.DataFrame) -> None:
        mine = load_transactions()
        mine["amount"] = 0.0
        assert load_transactions().equals(transactions)

    def test_every_week_has_about_one_percent_fraud(self, transactions: pd.DataFrame) -> None:
        weeks = transactions.groupby((transactions["day"] - 1) // 7)["is_fraud"]
        assert weeks.mean().between(0.008, 0.012).all()
        assert weeks.sum().between(40, 60).all()

    def test_importing_the_loaders_loads_no_learning_library(self) -> None:
        code = "import sys, imbalanced_course.datasets; print(*sys.modules)"
        modules = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
        assert not {"sklearn", "imblearn", "matplotlib", "scipy"} & set(modules)


class TestGenerator:
    def test_same_seed_gives_the_same_bytes(self) -> None:
        assert transactions_csv(make_week(500, seed=3)) == transactions_csv(make_week(500, seed=3))

    def test_another_seed_gives_other_payments_of_the_same_make(self, transactions: pd.DataFrame) -> None:
        week, other = make_week(500, seed=3), make_week(500, seed=4)
        assert not week.equals(other)
        assert list(week.columns) == list(transactions.columns)
        assert (week.dtypes == transactions.dtypes).all()

    @pytest.mark.parametrize(("week", "first", "last"), [(1, 1, 7), (3, 15, 21), (4, 22, 28)])
    def test_a_week_has_its_seven_days(self, week: int, first: int, last: int) -> None:
        assert sorted(make_week(2000, seed=0, week=week)["day"].unique()) == list(range(first, last + 1))

    def test_a_single_payment_on_a_single_day_can_be_made(self) -> None:
        assert make_transactions(1, seed=0, first_day=5, last_day=5)["day"].tolist() == [5]

    def test_prevalence_is_one_percent_whatever_the_seed(self) -> None:
        # 100,000 rows: a standard deviation of 0.03 percentage points.
        for seed in range(3):
            for week in (1, 4):
                assert make_week(100_000, seed=seed, week=week)["is_fraud"].mean() == pytest.approx(0.01, abs=0.0013)

    def test_a_week_of_50000_payments_takes_no_more_than_ten_draws_of_as_many_numbers(self) -> None:
        # Processor time of both, the best of three: a busy machine slows them alike.
        def seconds(work: Callable[[], object]) -> float:
            return min(timeit.repeat(work, number=1, repeat=3, timer=time.process_time))

        draw = seconds(lambda: np.random.default_rng(0).normal(size=(50_000, 30)))
        assert seconds(lambda: make_week(50_000, seed=0)) < 10 * draw

    def test_text_read_back_is_the_same_frame(self, tmp_path: Path) -> None:
        week = make_week(3000, seed=8)
        (tmp_path / "week.csv").write_bytes(transactions_csv(week))
        pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "week.csv", dtype=week.dtypes.to_dict()), week)

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            ({"n_rows": 0}, "n_rows must be a whole number, 1 or more, not 0"),
            ({"n_rows": 2.5}, "n_rows must be a whole number, 1 or more, not 2.5"),
            ({"n_rows": True}, "n_rows must be a whole number, 1 or more, not True"),
            ({"n_rows": "many"}, "n_rows must be a whole number, 1 or more, not 'many'"),
            ({"seed": -1}, "seed must be a whole number, from 0 to 4294967295, not -1"),
            ({"seed": None}, "seed must be a whole number, from 0 to 4294967295, not None"),
            ({"first_day": 0}, "first_day must be a whole number, from 1 to 28, not 0"),
            ({"last_day": 29}, "last_day must be a whole number, from 1 to 28, not 29"),
            ({"first_day": 9, "last_day": 8}, "last_day must be a whole number, from 9 to 28, not 8"),
        ],
    )
    def test_arguments_out_of_range_are_refused_in_one_sentence(self, arguments: dict, sentence: str) -> None:
        with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
            make_transactions(**{"n_rows": 10, "seed": 0, **arguments})

    def test_a_fifth_week_is_refused(self) -> None:
        with pytest.raises(ValueError, match=r"^week must be a whole number, from 1 to 4, not 5$"):
            make_week(10, seed=0, week=5)

    def test_every_profile_is_well_formed(self) -> None:
        for profile in PROFILES:
            assert len(profile.hours) == 24
            assert set(profile.categories) <= set(CATEGORIES["merchant_category"])
            assert set(profile.entry_modes) <= set(CATEGORIES["entry_mode"])
            assert set(profile.card_types) <= set(CATEGORIES["card_type"])
            assert 0 <= profile.new_merchant <= 100
        quantiles = [q for p in PROFILES for q in (p.distance_km, p.card_age_days, p.amount) if q is not None]
        for values in [*quantiles, *USUAL_AMOUNT.values()]:
            assert len(values) == 9
            assert np.all(np.diff(values) > 0)


class TestTrueFraudProbability:
    @pytest.mark.parametrize("week", [3, 4])
    def test_as_many_frauds_happen_as_it_says(self, week: int) -> None:
        payments = make_week(100_000, seed=5, week=week)
        probability = true_fraud_probability(payments)
        assert np.isfinite(probability).all()
        bands = pd.cut(probability, [0, 0.001, 0.01, 0.1, 0.5, 1], include_lowest=True)
        table = pd.DataFrame({"said": probability, "seen": payments["is_fraud"]}).groupby(bands, observed=True)
        said, rows = table["said"].sum(), table.size()
        error = np.sqrt(said * (1 - said / rows))
        assert (abs(table["seen"].sum() - said) < 4 * error).all()

    def test_does_not_read_the_label(self) -> None:
        payments = make_week(300, seed=6)
        flipped = payments.assign(is_fraud=1 - payments["is_fraud"])
        assert np.array_equal(true_fraud_probability(payments), true_fraud_probability(flipped))

    def test_is_better_than_a_fitted_model_by_every_measure(self, transactions: pd.DataFrame) -> None:
        week = make_week(20_000, seed=7)
        model = make_pipeline(transactions_preprocessor(), LogisticRegression())
        scores = model.fit(*features_and_target(transactions)).predict_proba(features_and_target(week)[0])[:, 1]
        truth, fraud = true_fraud_probability(week), week["is_fraud"]
        assert average_precision_score(fraud, truth) > average_precision_score(fraud, scores)
        assert brier_score_loss(fraud, truth) < brier_score_loss(fraud, scores)


class TestWhatModelsReach:
    def test_logistic_regression_is_good_and_far_from_perfect(self, ranking: pd.DataFrame) -> None:
        linear = ranking[ranking["model"] == "logistic regression"]
        assert linear["ROC AUC"].between(0.85, 0.95).all()
        assert linear["average precision"].between(0.3, 0.5).all()

    def test_boosting_has_clearly_more_average_precision(self, ranking: pd.DataFrame) -> None:
        table = ranking.pivot(index="evaluation", columns="model", values="average precision")
        assert (table["histogram boosting"] - table["logistic regression"]).between(0.08, 0.2).all()
        assert (table["the true probability"] > table["histogram boosting"]).all()

    def test_a_fixed_threshold_loses_a_little_in_the_last_week(self, figures: ModuleType) -> None:
        table = figures.fixed_threshold().set_index(["model", "days"])
        loss = table.xs("15-21", level="days") - table.xs("22-28", level="days")
        assert loss["precision"].between(0.01, 0.15).all()
        assert 0.01 < loss.loc["logistic regression", "recall"] < 0.15

    def test_the_drift_is_in_the_generator_and_not_the_luck_of_one_file(
        self, figures: ModuleType, transactions: pd.DataFrame
    ) -> None:
        train, *_ = split_by_week(transactions)
        for make_model in figures.MODELS.values():
            model, precision = make_model(), []
            for week in (3, 4):
                payments = make_week(100_000, seed=21, week=week)
                scores = figures.fitted_scores(model, train, payments)
                precision.append(average_precision_score(payments["is_fraud"], scores))
            assert 0.01 < precision[0] - precision[1] < 0.1


class TestCard:
    def test_names_the_files_columns_in_order_with_their_types(self, transactions: pd.DataFrame) -> None:
        card = card_table("| column |")
        assert card["column"].tolist() == list(transactions.columns)
        assert card["type when loaded"].tolist() == [str(dtype) for dtype in transactions.dtypes]

    def test_values_of_every_column_are_those_stated(self, transactions: pd.DataFrame) -> None:
        many = pd.concat([transactions, make_transactions(50_000, seed=1)])
        for name, values in card_table("| column |").set_index("column")["values"].items():
            if name in CATEGORIES:
                assert values.split(", ") == CATEGORIES[name] == transactions[name].cat.categories.tolist()
            else:
                low, high = map(float, values.split(" to "))
                assert many[name].between(low, high).all(), name

    def test_states_the_prevalence_of_every_week(self, transactions: pd.DataFrame) -> None:
        for _, row in card_table("| days |").iterrows():
            first, last = map(int, row["days"].split("-"))
            part = transactions.loc[transactions["day"].between(first, last), "is_fraud"]
            assert row["payments"] == f"{len(part):,}"
            assert row["frauds"] == f"{part.sum()}"
            assert row["share"] == f"{part.mean():.2%}".replace("%", " %")

    def test_states_what_the_models_reach(self, ranking: pd.DataFrame) -> None:
        card = card_table("| model | evaluation |").set_index(["model", "evaluation"]).astype(float)
        # Boosting differs a little between releases of scikit-learn.
        pd.testing.assert_frame_equal(card, ranking.set_index(["model", "evaluation"]), atol=0.03, rtol=0)


class TestSplitByWeek:
    def test_parts_are_two_weeks_one_week_and_one_week(self, transactions: pd.DataFrame) -> None:
        parts = split_by_week(transactions)
        assert [(part["day"].min(), part["day"].max()) for part in parts] == [(1, 14), (15, 21), (22, 28)]
        pd.testing.assert_frame_equal(pd.concat(parts), transactions)

    def test_without_days_or_with_an_empty_part_says_what_is_missing(self, transactions: pd.DataFrame) -> None:
        with pytest.raises(ValueError, match="need the column 'day'"):
            split_by_week(transactions.drop(columns="day"))
        with pytest.raises(ValueError, match="no payments in one of the parts"):
            split_by_week(make_week(100, seed=0))


class TestFeaturesAndTarget:
    def test_features_hold_neither_the_target_nor_the_date(self, transactions: pd.DataFrame) -> None:
        X, y = features_and_target(transactions)
        assert set(X.columns) == {*NUMBERS, *CATEGORIES}
        assert y.equals(transactions["is_fraud"])

    def test_without_the_target_says_so(self, transactions: pd.DataFrame) -> None:
        with pytest.raises(ValueError, match="no column 'is_fraud'"):
            features_and_target(transactions.drop(columns="is_fraud"))


class TestTransactionsPreprocessor:
    def test_gives_21_named_columns_the_numbers_scaled(self, transactions: pd.DataFrame) -> None:
        preprocessor = transactions_preprocessor()
        values = preprocessor.fit_transform(features_and_target(transactions)[0])
        assert values.shape == (20_000, 21)
        assert preprocessor.get_feature_names_out()[:7].tolist() == [*NUMBERS, "merchant_category_clothing"]
        assert values[:, :6].mean(axis=0) == pytest.approx(0, abs=1e-9)
        assert values[:, :6].std(axis=0) == pytest.approx(1)
        assert set(np.unique(values[:, 6:])) == {0.0, 1.0}

    def test_the_whole_frame_leaks_neither_target_nor_date(self, transactions: pd.DataFrame) -> None:
        rows = transactions.head(500)
        whole = transactions_preprocessor().fit_transform(rows)
        assert np.array_equal(whole, transactions_preprocessor().fit_transform(features_and_target(rows)[0]))

    def test_columns_stay_the_same_where_a_category_is_missing(self, transactions: pd.DataFrame) -> None:
        few = transactions[transactions["entry_mode"] == "chip"].head(50)
        assert transactions_preprocessor().fit_transform(few).shape == (50, 21)

    def test_categories_as_text_give_the_same(self, transactions: pd.DataFrame) -> None:
        rows = transactions.head(500)
        text = rows.astype(dict.fromkeys(CATEGORIES, object))
        assert np.array_equal(
            transactions_preprocessor().fit_transform(rows), transactions_preprocessor().fit_transform(text)
        )


class TestMakeTwoFeatures:
    def test_default_is_the_set_of_9900_and_100(self) -> None:
        X, y = make_two_features()
        assert y.value_counts().to_dict() == {0: 9900, 1: 100}
        assert list(X.columns) == ["feature_1", "feature_2"]
        assert (y.name, str(y.dtype)) == ("target", "int64")

    def test_is_scikit_learns_own_set(self) -> None:
        from sklearn.datasets import make_classification

        X, y = make_classification(
            n_samples=10000,
            n_features=2,
            n_redundant=0,
            n_clusters_per_class=1,
            weights=[0.99, 0.01],
            flip_y=0,
            random_state=1,
        )
        ours, target = make_two_features()
        assert np.array_equal(ours, X)
        assert np.array_equal(target, y)

    @pytest.mark.parametrize(
        ("rows", "share", "minority"),
        [(100, 0.29, 29), (1000, 0.01, 10), (10_000, 0.001, 10), (10, 0.5, 5), (7, 0.9, 6)],
    )
    def test_the_share_is_met_to_the_row(self, rows: int, share: float, minority: int) -> None:
        _, y = make_two_features(rows, minority_share=share)
        assert (len(y), y.sum()) == (rows, minority)

    def test_flipped_labels_raise_the_share_of_a_rare_class(self) -> None:
        assert make_two_features(flip_y=0.01)[1].mean() == pytest.approx(0.015, abs=0.002)

    def test_class_sep_moves_the_classes_apart(self) -> None:
        def gap(class_sep: float) -> float:
            X, y = make_two_features(1000, minority_share=0.5, class_sep=class_sep)
            return float(np.linalg.norm(X[y == 1].mean() - X[y == 0].mean()))

        assert gap(0.2) < gap(1) < gap(3)

    def test_another_seed_gives_another_set(self) -> None:
        assert not make_two_features(50, minority_share=0.2)[0].equals(
            make_two_features(50, minority_share=0.2, seed=2)[0]
        )

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            ({"n_samples": 1}, "n_samples must be a whole number, 2 or more, not 1"),
            ({"n_samples": 1e4}, "n_samples must be a whole number, 2 or more, not 10000.0"),
            ({"minority_share": 0}, "minority_share must be a number between 0 and 1, not 0"),
            ({"minority_share": 1.0}, "minority_share must be a number between 0 and 1, not 1.0"),
            ({"minority_share": "1 %"}, "minority_share must be a number between 0 and 1, not '1 %'"),
            ({"minority_share": float("nan")}, "minority_share must be a number between 0 and 1, not nan"),
            ({"n_samples": 20}, "a share of 0.01 of 20 rows leaves a class empty: ask for more rows"),
            ({"class_sep": 0}, "class_sep must be a number above 0, not 0"),
            ({"flip_y": 1.5}, "flip_y must be a number from 0 to 1, not 1.5"),
            ({"seed": -1}, "seed must be a whole number, from 0 to 4294967295, not -1"),
        ],
    )
    def test_arguments_out_of_range_are_refused_in_one_sentence(self, arguments: dict, sentence: str) -> None:
        with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
            make_two_features(**arguments)
