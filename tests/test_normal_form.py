"""The notebook and the grader judge the same values: the way into a check is one, with or without a wire in between."""

from __future__ import annotations

import array
import collections
import contextlib
import dataclasses
import decimal
import enum
import fractions
import itertools
import json
import socket
import threading
import time
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.utils import Bunch

from coursework.answering.session import Session
from coursework.answering.shell import OutputLog
from coursework.grading.answer_process import AnswerProcess
from imbalanced_course.checks import answers
from imbalanced_course.checks.compare import entries, function, value
from imbalanced_course.normal_form import AnswerFigure, AnswerFunction, AnswerModel, Unreadable, normal


class Shell:
    """What a session needs of its shell."""

    def __init__(self) -> None:
        self.user_ns: dict[str, Any] = {}
        self.log_of_outputs = OutputLog()
        self.events = types.SimpleNamespace(register=lambda event, call: None)


class Lesson:
    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel

    def answer(self) -> socket.socket:
        return self.channel

    def used(self, since: float) -> tuple[float, float]:
        return time.monotonic() - since, 0.0

    def end(self, *, vanished: bool = False) -> str:
        return ""


class Border:
    """An answer's session in a thread, and the grader's hold on it over a socket."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self.shell = Shell()
        self.session = Session(self.shell, theirs, output_limit=1000)  # type: ignore[arg-type]
        self.thread = threading.Thread(target=self.session.answer_requests, daemon=True)
        self.thread.start()
        self.process = AnswerProcess(Lesson(ours))  # type: ignore[arg-type]
        self.process.allow(600)

    def graded(self, answer: Any) -> Any:
        self.shell.user_ns["x"] = answer
        return self.process.values(["x"])[0]


@pytest.fixture(scope="module")
def border() -> Iterator[Border]:
    border = Border()
    yield border
    border.process.close()
    border.thread.join()


def in_notebook(answer: Any) -> Any:
    space = {"answers": answers, "x": answer}
    return eval("answers('x')", space)[0]


def plain(found: Any) -> Any:
    """Return a value in normal form as something that can be compared."""
    if isinstance(found, (pd.DataFrame, pd.Series)):
        frame = found.to_frame() if isinstance(found, pd.Series) else found
        columns = [(str(frame.iloc[:, i].dtype), plain(frame.iloc[:, i].tolist())) for i in range(frame.shape[1])]
        return [type(found).__name__, columns, [str(name) for name in frame.columns], plain(frame.index.tolist())]
    if isinstance(found, pd.Index):
        return ["Index", plain(found.tolist())]
    if isinstance(found, np.ndarray):
        return ["array", found.dtype.str, list(found.shape), plain(found.ravel().tolist())]
    if isinstance(found, AnswerModel):
        return ["model", plain(found.details)]
    if isinstance(found, AnswerFunction):
        return ["function", found.__name__]
    if isinstance(found, dict):
        return [type(found).__name__, [(plain(k), plain(v)) for k, v in found.items()]]
    if isinstance(found, (list, tuple)):
        return [type(found).__name__, [plain(item) for item in found]]
    if isinstance(found, (set, frozenset)):
        return ["set", sorted(repr(plain(item)) for item in found)]
    if hasattr(found, "reason") or hasattr(found, "type_name"):
        return [type(found).__name__, vars(found)]
    return [type(found).__name__, repr(found)]


class Grade(enum.Enum):
    GOOD = "good"


class Count(int):
    pass


@dataclasses.dataclass
class Pair:
    left: int
    right: float


Point = collections.namedtuple("Point", "x y")

# What an answer may be, and what a check sees of it.
FORMS: dict[str, tuple[Callable[[], Any], Any]] = {
    "np.where": (lambda: np.where(True, "yes", "no"), "yes"),
    "np.select": (lambda: np.select([True], ["a"], "b"), "a"),
    "0-d truth value": (lambda: np.array(True), True),
    "0-d object": (lambda: np.array(None, dtype=object), None),
    "zip": (lambda: zip([1], [2], strict=True), [(1, 2)]),
    "map": (lambda: map(str, [1]), ["1"]),
    "filter": (lambda: filter(None, [0, 1]), [1]),
    "generator": (lambda: (i for i in (1, 2)), [1, 2]),
    "reversed": (lambda: reversed([1, 2]), [2, 1]),
    "nested iterators": (lambda: {"a": (map(abs, [-1]),)}, {"a": ([1],)}),
    "dict values": (lambda: {"a": 1}.values(), [1]),
    "dict keys": (lambda: {"a": 1}.keys(), ["a"]),
    "dict items": (lambda: {"a": 1}.items(), [("a", 1)]),
    "range": (lambda: range(3), [0, 1, 2]),
    "deque": (lambda: collections.deque([1]), [1]),
    "Counter": (lambda: collections.Counter("aab"), {"a": 2, "b": 1}),
    "OrderedDict": (lambda: collections.OrderedDict(a=1), {"a": 1}),
    "mapping proxy": (lambda: types.MappingProxyType({"a": 1}), {"a": 1}),
    "UserDict": (lambda: collections.UserDict(a=1), {"a": 1}),
    "Bunch": (lambda: Bunch(a=1), {"a": 1}),
    "namedtuple": (lambda: Point(1, 2), (1, 2)),
    "dataclass": (lambda: Pair(1, 2.5), {"left": 1, "right": 2.5}),
    "namespace": (lambda: types.SimpleNamespace(a=1), {"a": 1}),
    "enum": (lambda: Grade.GOOD, "good"),
    "int subclass": (lambda: Count(3), 3),
    "UserString": (lambda: collections.UserString("a"), "a"),
    "NumPy text": (lambda: np.str_("a"), "a"),
    "NumPy numbers in a dict": (lambda: {np.int64(1): np.float32(0.5)}, {1: 0.5}),
    "long double": (lambda: np.longdouble(0.5), 0.5),
    "Fraction": (lambda: fractions.Fraction(1, 4), 0.25),
    "whole Fraction": (lambda: fractions.Fraction(4, 2), 2),
    "Decimal": (lambda: decimal.Decimal("0.25"), 0.25),
    "huge Decimal": (lambda: decimal.Decimal("1e9999999"), float("inf")),
    "pd.NA": (lambda: pd.NA, None),
    "NaT": (lambda: pd.NaT, None),
    "complex": (lambda: np.complex64(1j), 1j),
    "bytes": (lambda: bytearray(b"ab"), b"ab"),
    "memoryview": (lambda: memoryview(b"ab"), np.array([97, 98], dtype="u1")),
    "array.array": (lambda: array.array("d", [0.5]), np.array([0.5])),
    "sparse matrix": (lambda: scipy.sparse.csr_matrix([[0, 1]]), np.array([[0, 1]])),
    "sparse array": (lambda: pd.arrays.SparseArray([0, 1]), np.array([0, 1])),
    "masked array": (lambda: np.ma.array([1, 2], mask=[False, True]), np.array([1.0, np.nan])),
    "masked": (lambda: np.ma.masked, float("nan")),
    "records": (lambda: np.array([(1, 0.5)], dtype=[("a", int), ("b", float)]), [(1, 0.5)]),
    "Int64": (lambda: pd.Series([1, 2], dtype="Int64"), pd.Series([1, 2])),
    "Int64 with NA": (lambda: pd.Series([1, None], dtype="Int64"), pd.Series([1.0, np.nan])),
    "Float64": (lambda: pd.array([0.5], dtype="Float64"), np.array([0.5])),
    "boolean": (lambda: pd.array([True, False], dtype="boolean"), np.array([True, False])),
    "boolean with NA": (lambda: pd.array([True, None], dtype="boolean"), np.array([True, None], dtype=object)),
    "string": (lambda: pd.array(["a"], dtype="string"), np.array(["a"], dtype=object)),
    "category": (lambda: pd.Series([1, 0], dtype="category"), pd.Series([1, 0])),
    "Index": (lambda: pd.Index([1, 2], dtype="Int64"), pd.Index([1, 2])),
    "convert_dtypes": (
        lambda: pd.DataFrame({"a": [1, 2], "b": [0.5, None]}).convert_dtypes(),
        pd.DataFrame({"a": [1, 2], "b": [0.5, np.nan]}),
    ),
    "five thousand small arrays": (lambda: [np.zeros(1)] * 5_000, [np.zeros(1)] * 5_000),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_check_sees_what_an_answer_is_and_not_its_type(name, border):
    make, seen = FORMS[name]
    assert plain(in_notebook(make())) == plain(seen)
    assert plain(border.graded(make())) == plain(seen)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=5),
    st.fractions(),
    st.sampled_from([..., pd.NA, Grade.GOOD, np.float32(0.1), np.int8(-3), np.bool_(True), 1j, b"x", object(), len]),
)
COLUMNS = st.one_of(
    st.lists(st.one_of(st.none(), st.integers(-(2**31), 2**31)), max_size=4).map(lambda v: pd.array(v, dtype="Int64")),
    st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), max_size=4).map(lambda v: pd.array(v, dtype="Float64")),
    st.lists(st.one_of(st.none(), st.booleans()), max_size=4).map(lambda v: pd.array(v, dtype="boolean")),
    st.lists(st.one_of(st.none(), st.text(max_size=3)), max_size=4).map(lambda v: pd.array(v, dtype="string")),
    st.lists(st.sampled_from("abc"), max_size=4).map(pd.Categorical),
    st.lists(st.integers(0, 9), max_size=4).map(np.array),
    st.lists(st.text(max_size=3), max_size=4).map(lambda v: np.array(v, dtype=object)),
)
# A value is made anew for each path: an iterator is used up by one.
VALUES = st.recursive(
    st.one_of(SCALARS, COLUMNS).map(lambda one: lambda: one),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda makers: lambda: [make() for make in makers]),
        st.lists(inner, max_size=4).map(lambda makers: lambda: tuple(make() for make in makers)),
        st.lists(inner, max_size=4).map(lambda makers: lambda: (make() for make in makers)),
        st.lists(inner, max_size=4).map(lambda makers: lambda: collections.deque(make() for make in makers)),
        st.lists(inner, max_size=3).map(lambda makers: lambda: dict(enumerate(make() for make in makers)).values()),
        st.dictionaries(st.text(max_size=2), inner, max_size=3).map(
            lambda makers: lambda: collections.OrderedDict((key, make()) for key, make in makers.items())
        ),
        COLUMNS.map(lambda column: lambda: pd.Series(column, name="n")),
        COLUMNS.map(lambda column: lambda: pd.DataFrame({"a": column, "b": column})),
        SCALARS.map(lambda one: lambda: np.array([one, None], dtype=object)),
    ),
    max_leaves=6,
)
RIGHT = (0, 1, 0.5, True, None, "a", [0, 1], {"a": 1}, [])


def both_paths_agree(make: Callable[[], Any], border: Border) -> None:
    here, there = in_notebook(make()), border.graded(make())
    assert plain(here) == plain(there)
    assert plain(normal(here)) == plain(here)
    for right in RIGHT:
        assert value("x", here, right) == value("x", there, right)
    here, there = in_notebook(lambda *_: make()), border.graded(lambda *_: make())
    assert plain(here(1)) == plain(there(1))
    calls = [(1,), (2,)]
    assert function("x", here, lambda x: x, calls) == function("x", there, lambda x: x, calls)
    assert entries("x", here, lambda x: {"a": x}, calls) == entries("x", there, lambda x: {"a": x}, calls)


SLOW = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=SLOW)
@given(make=VALUES)
def test_both_paths_see_the_same_and_say_the_same(make, border):
    both_paths_agree(make, border)


@pytest.mark.long
@settings(max_examples=5_000, deadline=None, suppress_health_check=SLOW)
@given(make=VALUES)
def test_both_paths_see_the_same_and_say_the_same_of_many_values(make, border):
    both_paths_agree(make, border)


def deep() -> Any:
    found: list[Any] = []
    for _ in range(50):
        found = [found]
    return found


def endless() -> Any:
    return itertools.count()


def breaks() -> Any:
    yield 1
    raise RuntimeError("no more")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (deep, "it is nested too deeply"),
        (lambda: endless(), "it has too many items"),
        (lambda: dict.fromkeys(range(30_000)), "it has too many keys"),
        (lambda: np.zeros(2 * 10**7), "it is too large"),
        (lambda: scipy.sparse.csr_matrix((10**5, 10**5)), "it is too large"),
        (lambda: 2**100_000, "it has a number that is too long"),
        (lambda: "x" * 2 * 10**7, "it is too large"),
        (breaks, "RuntimeError: no more"),
    ],
    ids=["deep", "endless", "keys", "large", "sparse", "number", "text", "error"],
)
def test_a_limit_is_the_same_and_says_the_same(make, reason, border):
    here, there = in_notebook(make()), border.graded(make())
    assert isinstance(here, Unreadable)
    assert (here.reason, there.reason) == (reason, reason)
    assert f"a value that can't be read ({reason})" in value("x", here, 1).message


@pytest.mark.parametrize("make", [lambda: map(abs, [1, -2]), breaks, lambda: [zip("ab", "cd", strict=True)]])
def test_an_iterator_gives_the_same_however_often_a_check_is_run(make, border):
    space = {"answers": answers, "x": make()}
    first, second = (plain(eval("answers('x')", space)[0]) for _ in range(2))
    assert first == second
    border.shell.user_ns["x"] = make()
    assert [plain(border.process.values(["x"])[0]) for _ in range(2)] == [first, first]


def test_an_iterator_is_as_full_after_a_check_as_before():
    space = {"answers": answers, "x": zip("ab", "cd", strict=True)}
    eval("answers('x')", space)
    assert list(space["x"]) == [("a", "c"), ("b", "d")]  # type: ignore[call-overload]


def test_a_function_gets_copies_and_its_error_comes_as_what_it_is(border):
    def spoils(rows):
        rows[0] = 9
        raise SystemExit("gone")

    for found in (in_notebook(spoils), border.graded(spoils)):
        given_rows = np.zeros(2)
        with pytest.raises(Exception, match="gone") as caught:
            found(given_rows)
        assert (caught.value.type_name, given_rows.tolist()) == ("SystemExit", [0.0, 0.0])


def test_a_model_is_asked_the_same_on_both_ways(border):
    rows, labels = np.arange(20.0).reshape(-1, 1), np.repeat([0, 1], 10)
    model = LogisticRegression(C=np.float64(0.5), random_state=np.random.RandomState(1)).fit(rows, labels)
    here, there = in_notebook(model), border.graded(model)
    assert here.type_name == there.type_name == "LogisticRegression"
    np.testing.assert_array_equal(here.predict_proba(rows), there.predict_proba(rows))
    assert here.details["params"]["random_state"].randint(1000) == there.details["params"]["random_state"].randint(1000)


def test_a_figure_is_known_by_any_of_its_parts(border):
    import matplotlib.figure

    figure = matplotlib.figure.Figure()
    axes = figure.subplots(2)
    for part in (figure, axes, list(axes), axes[0], (figure, axes), axes[0].plot([1])[0]):
        here, there = in_notebook(part), border.graded(part)
        assert isinstance(here, AnswerFigure)
        assert json.dumps(here) == json.dumps(there)


with contextlib.suppress(ImportError):
    import pyarrow  # noqa: F401

    FORMS["Arrow"] = (lambda: pd.Series([1, 2], dtype="int64[pyarrow]"), pd.Series([1, 2]))
