"""The screening and the defects: file, generator, card, loader and preprocessor of each."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score
from threadpoolctl import threadpool_limits

from imbalanced_course import datasets
from imbalanced_course.course_files import course_file
from imbalanced_course.simulation.defects import (
    PROFILES,
    defects_csv,
    make_defects,
    true_defect_probability,
)
from imbalanced_course.simulation.screening import make_screening, screening_csv, true_condition_probability


@dataclass(frozen=True)
class SimulatedSet:
    name: str
    rows: int
    positives: int
    sha256: str
    make: Callable[[int, int], pd.DataFrame]
    seed: int
    csv: Callable[[pd.DataFrame], bytes]
    truth: Callable[[pd.DataFrame], np.ndarray]
    load: Callable[[], pd.DataFrame]
    preprocessor: Callable[[], Any]
    target: str
    numbers: Sequence[str]
    categories: Mapping[str, Sequence[str]]
    columns_out: int

    @property
    def folder(self) -> Path:
        return course_file("datasets") / self.name

    @property
    def file(self) -> Path:
        return self.folder / f"{self.name}.csv"


SCREENING = SimulatedSet(
    name="screening",
    rows=10_000,
    positives=698,
    sha256="9a157ab7f5ca3f65f33809aaf897c32e01875d3fbd02d8ebf8c32a5c51423dfd",
    make=make_screening,
    seed=1,
    csv=screening_csv,
    truth=true_condition_probability,
    load=datasets.load_screening,
    preprocessor=datasets.screening_preprocessor,
    target=datasets.SCREENING_TARGET,
    numbers=datasets.SCREENING_NUMBERS,
    categories=datasets.SCREENING_CATEGORIES,
    columns_out=19,
)
DEFECTS = SimulatedSet(
    name="defects",
    rows=30_000,
    positives=30,
    sha256="d7bcd5433b939bccef6e80c548bda45fca41c635ed2c5cf5bae0dbd0a58ab6a6",
    make=make_defects,
    seed=2,
    csv=defects_csv,
    truth=true_defect_probability,
    load=datasets.load_defects,
    preprocessor=datasets.defects_preprocessor,
    target=datasets.DEFECTS_TARGET,
    numbers=datasets.DEFECTS_NUMBERS,
    categories=datasets.DEFECTS_CATEGORIES,
    columns_out=16,
)


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Threads that wait for each other make boosting many times slower on a busy machine."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module", params=[SCREENING, DEFECTS], ids=lambda one: one.name)
def one(request: pytest.FixtureRequest) -> SimulatedSet:
    return request.param


def figures_of(one: SimulatedSet) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{one.name}_figures", one.folder / "figures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def card_table(one: SimulatedSet, first_column: str) -> pd.DataFrame:
    """Return the table of the data card whose first column has that heading, as text."""
    lines = (one.folder / "CARD.md").read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first_column} |"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().strip("`") for cell in line.strip("|").split("|")])
    return pd.DataFrame(rows[2:], columns=rows[0])


class TestFile:
    def test_is_what_the_generator_makes_to_the_byte(self, one: SimulatedSet) -> None:
        assert one.file.read_bytes() == one.csv(one.make(one.rows, one.seed))

    def test_bytes_are_pinned(self, one: SimulatedSet) -> None:
        # The generator may change only together with every stored result that was computed from the file.
        assert hashlib.sha256(one.file.read_bytes()).hexdigest() == one.sha256

    def test_is_small_enough_for_the_repository(self, one: SimulatedSet) -> None:
        assert one.file.stat().st_size < 1_500_000

    def test_has_unix_line_ends_and_no_empty_field(self, one: SimulatedSet) -> None:
        text = one.file.read_bytes()
        assert text.count(b"\n") == one.rows + 1
        assert b"\r" not in text
        assert b",," not in text

    @pytest.mark.parametrize(("spoil", "exit_code"), [(False, 0), (True, 1)])
    def test_make_check_notices_a_changed_byte_and_changes_nothing(
        self, one: SimulatedSet, tmp_path: Path, spoil: bool, exit_code: int
    ) -> None:
        script, data = tmp_path / "make.py", one.file.read_bytes()
        script.write_bytes((one.folder / "make.py").read_bytes())
        if spoil:
            data = data[:-2] + (b"1" if data[-2:-1] == b"0" else b"0") + b"\n"
        (tmp_path / one.file.name).write_bytes(data)
        assert subprocess.run([sys.executable, script, "--check"], capture_output=True).returncode == exit_code
        assert (tmp_path / one.file.name).read_bytes() == data

    def test_make_writes_the_file_and_says_how_many_are_positive(self, one: SimulatedSet, tmp_path: Path) -> None:
        script = tmp_path / "make.py"
        script.write_bytes((one.folder / "make.py").read_bytes())
        done = subprocess.run([sys.executable, script], capture_output=True, check=True, text=True)
        assert (tmp_path / one.file.name).read_bytes() == one.file.read_bytes()
        assert f", {one.positives} " in done.stdout


class TestLoader:
    def test_equals_the_generated_frame_in_every_value_and_dtype(self, one: SimulatedSet) -> None:
        pd.testing.assert_frame_equal(one.load(), one.make(one.rows, one.seed))

    def test_has_the_stated_number_of_rows_and_positives(self, one: SimulatedSet) -> None:
        assert one.load()[one.target].value_counts().to_dict() == {0: one.rows - one.positives, 1: one.positives}

    def test_categories_are_categorical_and_the_rest_numbers(self, one: SimulatedSet) -> None:
        frame = one.load()
        assert set(frame.columns) == {*one.numbers, *one.categories, one.target}
        assert list(frame.select_dtypes("category").columns) == list(one.categories)
        assert list(frame.select_dtypes("number").columns) == [*one.numbers, one.target]

    def test_each_call_gives_a_frame_of_its_own(self, one: SimulatedSet) -> None:
        mine = one.load()
        mine[one.target] = 1
        assert one.load()[one.target].sum() == one.positives


class TestGenerator:
    def test_same_seed_gives_the_same_bytes_and_another_one_others(self, one: SimulatedSet) -> None:
        made = one.csv(one.make(1000, 3))
        assert one.csv(one.make(1000, seed=3)) == made
        assert one.csv(one.make(1000, 4)) != made

    def test_text_read_back_is_the_same_frame(self, one: SimulatedSet, tmp_path: Path) -> None:
        fresh = one.make(3000, 8)
        (tmp_path / "fresh.csv").write_bytes(one.csv(fresh))
        pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "fresh.csv", dtype=fresh.dtypes.to_dict()), fresh)

    @pytest.mark.parametrize("seed", [-1, 2**32, 0.5, None, True])
    def test_a_seed_out_of_range_is_refused_in_one_sentence(self, one: SimulatedSet, seed: Any) -> None:
        sentence = f"seed must be a whole number, from 0 to 4294967295, not {seed!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
            one.make(1000, seed)

    @pytest.mark.parametrize("n", [0, 1000.0, "many", True])
    def test_a_number_of_rows_out_of_range_is_refused_in_one_sentence(self, one: SimulatedSet, n: Any) -> None:
        least = {"screening": "1", "defects": "1000"}[one.name]
        sentence = f"n must be a whole number, {least} or more, not {n!r}"
        with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
            one.make(n, 0)


class TestTrueProbability:
    def test_as_many_positives_happen_as_it_says(self, one: SimulatedSet) -> None:
        fresh = one.make(300_000, 5)
        probability = one.truth(fresh)
        assert np.isfinite(probability).all()
        bands = pd.cut(probability, [0, 0.001, 0.01, 0.1, 0.5, 1], include_lowest=True)
        table = pd.DataFrame({"said": probability, "seen": fresh[one.target]}).groupby(bands, observed=True)
        said, rows = table["said"].sum(), table.size()
        error = np.sqrt(said * (1 - said / rows))
        assert (abs(table["seen"].sum() - said) < 4 * error).all()

    def test_does_not_read_the_target(self, one: SimulatedSet) -> None:
        fresh = one.make(1000, 6)
        assert np.array_equal(one.truth(fresh), one.truth(fresh.drop(columns=one.target)))

    def test_is_better_than_a_fitted_model_by_every_measure(self, one: SimulatedSet) -> None:
        frame, fresh = one.load(), one.make(100_000, 7)
        model = figures_of(one).MODELS["logistic regression"]()
        model.fit(frame.drop(columns=one.target), frame[one.target])
        fitted, truth = model.predict_proba(fresh)[:, 1], one.truth(fresh)
        y = fresh[one.target]
        assert roc_auc_score(y, truth) > roc_auc_score(y, fitted)
        assert average_precision_score(y, truth) > average_precision_score(y, fitted)
        assert brier_score_loss(y, truth) < brier_score_loss(y, fitted)


class TestPreprocessor:
    def test_gives_named_float_columns_the_numbers_first_and_scaled(self, one: SimulatedSet) -> None:
        preprocessor, frame = one.preprocessor(), one.load()
        values = preprocessor.fit_transform(frame.drop(columns=one.target))
        assert values.shape == (one.rows, one.columns_out)
        assert preprocessor.get_feature_names_out()[:6].tolist() == list(one.numbers)
        assert values[:, :6].mean(axis=0) == pytest.approx(0, abs=1e-9)
        assert values[:, :6].std(axis=0) == pytest.approx(1)
        assert set(np.unique(values[:, 6:])) == {0.0, 1.0}

    def test_the_whole_frame_does_not_leak_the_target(self, one: SimulatedSet) -> None:
        rows = one.load().head(500)
        whole = one.preprocessor().fit_transform(rows)
        assert np.array_equal(whole, one.preprocessor().fit_transform(rows.drop(columns=one.target)))

    def test_columns_stay_the_same_where_a_category_is_missing(self, one: SimulatedSet) -> None:
        frame, name = one.load(), list(one.categories)[-1]
        few = frame[frame[name] == one.categories[name][0]].head(50)
        assert one.preprocessor().fit_transform(few).shape == (50, one.columns_out)

    def test_categories_as_text_give_the_same(self, one: SimulatedSet) -> None:
        rows = one.load().head(500)
        text = rows.astype(dict.fromkeys(one.categories, object))
        assert np.array_equal(one.preprocessor().fit_transform(rows), one.preprocessor().fit_transform(text))


class TestCard:
    def test_names_the_files_columns_in_order_with_their_types(self, one: SimulatedSet) -> None:
        card, frame = card_table(one, "column"), one.load()
        assert card["column"].tolist() == list(frame.columns)
        assert card["type when loaded"].tolist() == [str(dtype) for dtype in frame.dtypes]

    def test_values_of_every_column_are_those_stated(self, one: SimulatedSet) -> None:
        frame = one.load()
        many = pd.concat([frame, one.make(100_000, 9)])
        for name, values in card_table(one, "column").set_index("column")["values"].items():
            if name in one.categories:
                assert values.split(", ") == one.categories[name] == frame[name].cat.categories.tolist()
            else:
                low, high = map(float, values.split(" to "))
                assert many[name].between(low, high).all(), name

    def test_states_the_prevalence(self, one: SimulatedSet) -> None:
        row = card_table(one, {"screening": "people", "defects": "parts"}[one.name]).iloc[0].tolist()
        assert row == [f"{one.rows:,}", f"{one.positives}", f"{one.positives / one.rows:.2%}".replace("%", " %")]

    def test_states_the_size_of_the_file(self, one: SimulatedSet) -> None:
        size = f"`{one.file.name}`, {one.file.stat().st_size / 1e6:.2f} MB"
        assert size in (one.folder / "CARD.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def oversampling() -> pd.DataFrame:
    return figures_of(SCREENING).oversampling(fresh_sets=3).set_index("risks")


class TestScreening:
    def test_a_single_person_can_be_made(self) -> None:
        assert make_screening(1, 0).shape == (1, 11)

    def test_prevalence_is_seven_percent_whatever_the_seed(self) -> None:
        # 100,000 rows: a standard deviation of 0.08 percentage points.
        for seed in range(3):
            assert make_screening(100_000, seed)["condition"].mean() == pytest.approx(0.07, abs=0.003)

    def test_no_probability_lies_where_the_last_digit_of_exp_could_round_it_either_way(self) -> None:
        thousandths = np.arange(-9000, 9001)
        millionths = 1_000_000 / (1 + np.exp(-thousandths / 1000))
        assert abs(millionths - np.floor(millionths) - 0.5).min() > 1e-6

    def test_models_reach_what_the_card_states(self) -> None:
        ranking = figures_of(SCREENING).ranking().set_index("model")
        card = card_table(SCREENING, "model").set_index("model").astype(float)
        # Boosting differs a little between releases of scikit-learn.
        pd.testing.assert_frame_equal(card, ranking, atol=0.01, rtol=0)
        auc = ranking["ROC AUC"]
        assert auc["logistic regression"] == pytest.approx(0.75, abs=0.015)
        assert auc["logistic regression"] + 0.01 < auc["histogram boosting"] < auc["the true probability"]

    def test_oversampling_to_40_percent_raises_the_mean_risk_several_times(self, oversampling: pd.DataFrame) -> None:
        for column in ("mean risk", "fresh sets, mean"):
            assert oversampling.loc["oversampled to 40 %", column] > 4 * 0.07

    def test_corrected_odds_bring_the_mean_risk_back(self, oversampling: pd.DataFrame) -> None:
        corrected = oversampling.loc["the same, odds corrected"]
        for column in ("mean risk", "fresh sets, mean"):
            assert corrected[column] == pytest.approx(0.07, abs=0.006)
        plain = oversampling.loc["not resampled", "Brier score"]
        assert corrected["Brier score"] == pytest.approx(plain, abs=0.001)
        assert oversampling.loc["oversampled to 40 %", "Brier score"] > 2 * plain

    def test_card_states_the_risks(self, oversampling: pd.DataFrame) -> None:
        card = card_table(SCREENING, "risks").set_index("risks").astype(float)
        file_columns = ["mean risk", "Brier score"]
        pd.testing.assert_frame_equal(card[file_columns], oversampling[file_columns], atol=0.002, rtol=0)
        # The card has twenty fresh sets, this test three.
        assert abs(card["fresh sets, mean"] - oversampling["fresh sets, mean"]).max() < 0.01


class TestDefects:
    @pytest.mark.parametrize(("n", "defective"), [(1000, 1), (1499, 1), (1500, 2), (2500, 3), (30_000, 30)])
    @pytest.mark.parametrize("seed", [0, 1])
    def test_one_part_in_a_thousand_is_defective_to_the_part(self, n: int, defective: int, seed: int) -> None:
        assert make_defects(n, seed)["defect"].sum() == defective

    def test_defects_are_anywhere_in_the_file(self) -> None:
        places = np.flatnonzero(make_defects(200_000, 3)["defect"]) / 200_000
        assert np.quantile(places, [0.25, 0.5, 0.75]) == pytest.approx([0.25, 0.5, 0.75], abs=0.1)

    def test_models_reach_what_the_card_states(self) -> None:
        ranking = figures_of(DEFECTS).ranking().set_index(["model", "evaluation"])
        card = card_table(DEFECTS, "model").set_index(["model", "evaluation"]).astype(float)
        # Six defects a fold: boosting of another release may rank one of them elsewhere.
        pd.testing.assert_frame_equal(card, ranking, atol=0.04, rtol=0)
        auc = ranking["ROC AUC"].xs("five folds", level="evaluation")
        assert auc["logistic regression"] == pytest.approx(0.9, abs=0.03)
        assert auc.idxmax() == "the true probability"

    def test_every_profile_is_well_formed(self) -> None:
        for profile in PROFILES:
            for name in datasets.DEFECTS_NUMBERS:
                quantiles = getattr(profile, name)
                assert len(quantiles) == 9
                assert np.all(np.diff(quantiles) > 0)
            for name, values in datasets.DEFECTS_CATEGORIES.items():
                assert set(getattr(profile, name) or values) <= set(values)
