"""The course's real sets: the file, the script that makes it, the loader and the card of each."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from imbalanced_course import real_data
from imbalanced_course.course_files import course_file


@dataclass(frozen=True)
class RealSet:
    name: str
    file_name: str
    rows: int
    positives: int
    sha256: str  # of the table, not compressed
    load: Callable[[], pd.DataFrame]
    target: str
    text: str  # in the form of the source, written for the tests
    table: str  # what the script makes of it

    @property
    def folder(self) -> Path:
        return course_file("datasets") / self.name

    @property
    def file(self) -> Path:
        return self.folder / self.file_name

    @property
    def card(self) -> str:
        return (self.folder / "CARD.md").read_text(encoding="utf-8")


BANK_CALLS = RealSet(
    name="bank_calls",
    file_name="bank_calls.csv.gz",
    rows=45_211,
    positives=5_289,
    sha256="38de1e6acae7fb7d38c0031d64e060f4bf7cd9d3a6478f22fa556117e9234987",
    load=real_data.load_bank_calls,
    target=real_data.BANK_CALLS_TARGET,
    text='"age";"job";"duration";"y"\n40;"baker";7;"no"\n31;"un, known";90;"yes"\n',
    table='age,job,duration,subscribed\n40,baker,7,0\n31,"un, known",90,1\n',
)
THYROID = RealSet(
    name="thyroid",
    file_name="thyroid.csv",
    rows=3_163,
    positives=151,
    sha256="a6633211d85f767e78910d02428ddcc05d68a94299ae07ef3a5dd18e14b9739c",
    load=real_data.load_thyroid,
    target=real_data.THYROID_TARGET,
    text=f"hypothyroid,50,F{',t' * 11}{',y,1.50' * 6}\nnegative,?,?{',f' * 11}{',n,?' * 6}\n",
    table=f"HEADER\n50,female{',yes' * 11}{',yes,1.50' * 6},1\n,{',no' * 11}{',no,' * 6},0\n",
)
ABALONE = RealSet(
    name="abalone",
    file_name="abalone.csv",
    rows=4_174,
    positives=32,
    sha256="e9cf2268e8bfbb9f4595fb119852a7b74867bba5b185a3863c3e7512f1228dbe",
    load=real_data.load_abalone,
    target=real_data.ABALONE_TARGET,
    text="F,1,2,3,4,5,6,7.50,19\nI,1,2,3,4,5,6,7,9\nM,1,2,3,4,5,6,7,20\n",
    table="HEADER\nfemale,1,2,3,4,5,6,7.50,1\ninfant,1,2,3,4,5,6,7,0\nmale,1,2,3,4,5,6,7,0\n",
)
SETS = (BANK_CALLS, THYROID, ABALONE)


@pytest.fixture(params=SETS, ids=lambda one: one.name)
def one(request: pytest.FixtureRequest) -> RealSet:
    return request.param


@pytest.fixture
def one_thread() -> Iterator[None]:
    """Threads that wait for each other make boosting many times slower on a busy machine."""
    with threadpool_limits(1):
        yield


def content(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def script(one: RealSet, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{one.name}_{name}", one.folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def transformed(one: RealSet, text: str) -> str:
    return getattr(script(one, "make"), f"{one.name}_csv")(text)


def expected(one: RealSet) -> str:
    return one.table.replace("HEADER", getattr(script(one, "make"), "HEADER", ""))


def card_table(one: RealSet, first_column: str) -> pd.DataFrame:
    """Return the table of the data card whose first column has that heading, as text."""
    lines = one.card.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first_column} |"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().strip("`") for cell in line.removeprefix("|").removesuffix("|").split("|")])
    return pd.DataFrame(rows[2:], columns=rows[0])


class TestFile:
    def test_content_is_pinned(self, one: RealSet) -> None:
        assert hashlib.sha256(content(one.file)).hexdigest() == one.sha256

    def test_has_unix_line_ends_and_a_line_for_each_row(self, one: RealSet) -> None:
        assert content(one.file).count(b"\n") == one.rows + 1
        assert b"\r" not in content(one.file)

    def test_all_three_are_under_one_megabyte(self) -> None:
        assert sum(one.file.stat().st_size for one in SETS) < 1_000_000

    def test_a_compressed_file_holds_no_time(self) -> None:
        assert BANK_CALLS.file.read_bytes()[4:8] == bytes(4)


class TestMake:
    def test_a_small_text_becomes_the_table_that_is_expected(self, one: RealSet) -> None:
        assert transformed(one, one.text) == expected(one)

    @pytest.mark.parametrize("text", ["1,2,3\n", "<!doctype html>\n"])
    def test_another_text_is_refused_in_one_sentence(self, one: RealSet, text: str) -> None:
        with pytest.raises(ValueError, match=r"^this isn't the text of [\w.-]+: [^\n]+$"):
            transformed(one, text)

    def test_the_three_rows_that_the_published_set_lacks_are_left_out(self) -> None:
        female, infant, _ = ABALONE.text.splitlines()
        lines = [infant] * 4_177
        for row in (716, 805, 4_176):
            lines[row] = female
        made = transformed(ABALONE, "\n".join(lines)).splitlines()
        assert len(made) == 1 + 4_174
        assert not any(line.startswith("female") for line in made)

    @pytest.fixture
    def make(self, one: RealSet, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
        """Return a runner of a copy of make.py, beside a package that has the small text."""
        folder = tmp_path / one.name
        folder.mkdir()
        (folder / "make.py").write_bytes((one.folder / "make.py").read_bytes())
        stored = one.text.encode()
        stored = gzip.compress(stored) if one.file.suffix == ".gz" else stored
        (tmp_path / "evidence").mkdir()
        (tmp_path / "evidence/packages.py").write_text(f"def read_member(package, member):\n    return {stored!r}\n")
        return lambda *options: subprocess.run(
            [sys.executable, folder / "make.py", *options], capture_output=True, text=True, check=False
        )

    def test_writes_the_file_and_says_how_many_rows(self, one: RealSet, tmp_path: Path, make) -> None:
        done = make()
        assert done.returncode == 0, done.stderr
        assert f"wrote {one.file_name}: {len(one.text.splitlines()) - (one is BANK_CALLS)} " in done.stdout
        assert content(tmp_path / one.name / one.file_name).decode() == expected(one)

    def test_check_notices_another_value_and_changes_nothing(self, one: RealSet, tmp_path: Path, make) -> None:
        file = tmp_path / one.name / one.file_name
        assert make("--check").returncode == 1
        make()
        assert make("--check").returncode == 0
        spoiled = expected(one).replace("1\n", "0\n").encode()
        spoiled = gzip.compress(spoiled) if file.suffix == ".gz" else spoiled
        file.write_bytes(spoiled)
        assert make("--check").returncode == 1
        assert file.read_bytes() == spoiled

    def test_without_the_package_there_is_one_sentence(self, one: RealSet, tmp_path: Path, make) -> None:
        (tmp_path / "evidence/packages.py").write_text(
            "from imbalanced_course.errors import CourseError\n"
            "def read_member(package, member):\n    raise CourseError('no network')\n"
        )
        done = make()
        assert (done.returncode, done.stderr) == (1, "no network\n")


def test_check_compares_what_is_in_a_compressed_file_and_takes_no_damaged_one(tmp_path: Path, monkeypatch) -> None:
    from imbalanced_course.simulation.data_file import write_or_check

    def check() -> int:
        return write_or_check(tmp_path / "some.csv.gz", b"a,b\n1,2\n", rows="1 row", about=None)

    monkeypatch.setattr(sys, "argv", ["make.py", "--check"])
    (tmp_path / "some.csv.gz").write_bytes(gzip.compress(b"a,b\n1,2\n", compresslevel=1))
    assert check() == 0
    for damaged in (b"", b"a,b\n1,2\n", gzip.compress(b"a,b\n1,2\n")[:-3]):
        (tmp_path / "some.csv.gz").write_bytes(damaged)
        assert check() == 1


class TestLoader:
    def test_has_the_stated_number_of_rows_and_positives(self, one: RealSet) -> None:
        frame = one.load()
        assert frame[one.target].value_counts().to_dict() == {0: one.rows - one.positives, 1: one.positives}
        assert frame.columns[-1] == one.target
        assert str(frame[one.target].dtype) == "int64"

    def test_no_two_columns_are_the_same(self, one: RealSet) -> None:
        frame = one.load()
        assert frame.columns.is_unique
        assert [pair for pair in combinations(frame, 2) if frame[pair[0]].equals(frame[pair[1]])] == []

    def test_has_only_numbers_and_categories_that_all_occur(self, one: RealSet) -> None:
        frame = one.load()
        categories = frame.select_dtypes("category")
        assert set(frame) == {*categories, *frame.select_dtypes("number")}
        assert all(set(values.cat.categories) == set(values.dropna()) for _, values in categories.items())

    def test_each_call_gives_a_frame_of_its_own(self, one: RealSet) -> None:
        mine = one.load()
        mine[one.target] = 1
        assert one.load()[one.target].sum() == one.positives

    def test_a_laboratory_value_is_missing_where_it_was_not_measured(self) -> None:
        patients = real_data.load_thyroid()
        for name in real_data.THYROID_NUMBERS[1:]:
            assert ((patients[f"{name}_measured"] == "no") == patients[name].isna()).all()

    def test_the_leak_of_the_bank_calls_is_named_and_warned_of(self) -> None:
        assert real_data.BANK_CALLS_LEAK in real_data.load_bank_calls()
        for text in (real_data.load_bank_calls.__doc__ or "", BANK_CALLS.card):
            assert "model may not use `duration`" in text


class TestCard:
    def test_names_the_files_columns_in_order_with_their_types(self, one: RealSet) -> None:
        card, frame = card_table(one, "column"), one.load()
        assert card["column"].tolist() == list(frame.columns)
        assert card["type when loaded"].tolist() == [str(dtype) for dtype in frame.dtypes]

    def test_values_of_every_column_are_those_stated(self, one: RealSet) -> None:
        frame = one.load()
        for name, values in card_table(one, "column").set_index("column")["values"].items():
            if str(frame[name].dtype) == "category":
                assert values.split(", ") == frame[name].cat.categories.tolist()
            else:
                assert [*map(float, values.split(" to "))] == [frame[name].min(), frame[name].max()], name

    def test_states_what_is_missing(self, one: RealSet) -> None:
        card, missing = card_table(one, "column").set_index("column"), one.load().isna().sum()
        if "missing" in card:
            assert card["missing"].astype(int).to_dict() == missing.to_dict()
        else:
            assert missing.sum() == 0

    def test_states_the_prevalence(self, one: RealSet) -> None:
        first = {"bank_calls": "part of the file", "thyroid": "patients", "abalone": "shellfish"}[one.name]
        row = card_table(one, first).iloc[-1].tolist()[-3:]
        assert row == [f"{one.rows:,}", f"{one.positives:,}", f"{one.positives / one.rows:.2%}"]

    def test_states_how_the_share_rises_from_fifth_to_fifth_of_the_calls(self) -> None:
        calls = BANK_CALLS.load()
        parts = calls.groupby(pd.RangeIndex(len(calls)) * 5 // len(calls))["subscribed"].agg(["size", "sum"])
        stated = card_table(BANK_CALLS, "part of the file").iloc[:-1, 1:].to_numpy().tolist()
        assert stated == [[f"{n:,}", f"{yes:,}", f"{yes / n:.2%}"] for n, yes in parts.to_numpy()]

    def test_states_size_license_and_source(self, one: RealSet) -> None:
        assert f"`{one.file_name}`, {one.file.stat().st_size / 1e6:.2f} MB" in one.card
        assert "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)" in one.card
        assert "UCI Machine Learning Repository" in one.card
        assert "https://doi.org/10.24432/" in one.card

    @pytest.mark.parametrize(
        "one",
        [
            pytest.param(BANK_CALLS, marks=pytest.mark.long, id="bank_calls"),
            pytest.param(THYROID, marks=pytest.mark.long, id="thyroid"),
            pytest.param(ABALONE, id="abalone"),
        ],
    )
    def test_states_what_models_and_single_columns_reach(self, one: RealSet, one_thread: None) -> None:
        figures = script(one, "figures")
        ranking = figures.ranking()
        keys = ranking.select_dtypes(exclude="number").columns.tolist()
        card = card_table(one, "model").set_index(keys).astype(float)
        # Boosting differs a little between releases of scikit-learn.
        pd.testing.assert_frame_equal(card, ranking.set_index(keys), atol=0.01, rtol=0)
        stated = card_table(one, "column").set_index("column")["alone"]
        stated = stated[stated != ""].astype(float)
        alone = figures.columns_alone()
        assert set(stated.index) == set(alone.index)
        assert (stated - alone).abs().max() < 0.015

    def test_what_it_says_of_the_thyroids_target_and_duplicates(self) -> None:
        patients = THYROID.load()
        low = patients.loc[(patients["tsh"] > 6) & (patients["fti"] < 65), "hypothyroid"]
        assert f"both true in {len(low)} rows, and {low.sum()} of these are positive" in " ".join(THYROID.card.split())
        assert f"{patients.duplicated().sum()} rows equal an earlier one" in THYROID.card
        assert patients.drop(columns="hypothyroid").duplicated().sum() == patients.duplicated().sum() + 1
        assert patients["hypothyroid"].head(151).eq(1).all()

    @pytest.mark.parametrize("one", [BANK_CALLS, ABALONE], ids=lambda one: one.name)
    def test_no_row_is_there_twice(self, one: RealSet) -> None:
        assert "No row is there twice." in one.card
        assert not one.load().duplicated().any()
