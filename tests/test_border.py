"""Values cross the border as what they are; anything else that comes is refused, and never judged as right."""

from __future__ import annotations

import json
import random
import socket
import struct
import threading
from typing import Any

import numpy as np
import pandas as pd
import pytest

from coursework.answering.channel import receive, send
from coursework.grading.answer_process import AnswerEnded, AnswerProcess
from imbalanced_course.checks.border import NotAllowed, rebuilt
from imbalanced_course.checks.compare import matches
from imbalanced_course.normal_form import AnswerError, AnswerModel, BorderError, decode, encode

VALUES = {
    "none": None,
    "number": 2.5,
    "whole number": 10**30,
    "infinity": float("inf"),
    "text": "ä 😀",
    "nested": [1, (2.0, {"a": [True, None]}), {3, 4}],
    "set of sets": {frozenset({1, 2}), frozenset({3})},
    "array": np.arange(6.0).reshape(2, 3),
    "fortran array": np.asfortranarray(np.arange(6).reshape(2, 3)),
    "scalar": np.float32(0.5),
    "true scalar": np.True_,
    "large scalar": np.uint64(2**64 - 1),
    "infinite scalar": np.float64("-inf"),
    "complex scalar": np.complex128(1 + 2j),
    "date scalar": np.datetime64("2026-01-31"),
    "ten thousand scalars": list(np.arange(10_000) / 7),
    "truth values": np.array([True, False]),
    "objects": np.array(["a", None], dtype=object),
    "series": pd.Series([1, 2], index=["a", "b"], name="n"),
    "table": pd.DataFrame({"x": [1, 2], "y": ["a", "b"], "z": pd.Categorical(["u", "v"])}, index=[5, 6]),
}


def crossed(value: Any) -> Any:
    tree, blobs, _ = encode(value)
    return decode(json.loads(json.dumps(tree)), blobs)


@pytest.mark.parametrize("name", VALUES)
def test_what_a_check_sends_arrives_as_it_left(name):
    value, came = VALUES[name], crossed(VALUES[name])
    assert type(came) is type(value)
    if isinstance(value, pd.DataFrame):
        pd.testing.assert_frame_equal(came, value)
    elif isinstance(value, pd.Series):
        pd.testing.assert_series_equal(came, value)
    elif isinstance(value, np.ndarray):
        np.testing.assert_array_equal(came, value)
        assert came.dtype == value.dtype
    else:
        assert came == value


def test_a_value_of_too_many_arrays_is_refused_before_it_is_sent():
    with pytest.raises(BorderError, match="too many arrays"):
        encode([np.zeros(200)] * 5_000)


def test_nan_and_not_attempted_arrive():
    assert np.isnan(crossed(float("nan")))
    assert crossed(...) is ...


class Liar(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


def test_a_number_that_lies_arrives_as_the_number_it_is():
    came = crossed(Liar(0.1))
    assert type(came) is float
    assert not matches(came, 0.75)


@pytest.mark.parametrize(
    "tree",
    [
        {"t": "array", "d": "<f8", "s": [1], "b": 5},
        {"t": "array", "d": "<f8", "s": [1], "b": -1},
        {"t": "array", "d": "|O", "s": [1], "b": 0},
        {"t": "array", "d": "<f8", "s": [1], "v": "no base 64"},
        {"t": "nothing"},
        {"t": "inline", "d": "int8", "v": 300},
        {"t": "inline", "d": "float64", "v": True},
        {"t": "inline", "d": "float64", "v": "00000"},
        {"t": "inline", "d": "void", "v": 1},
        {"t": "inline", "d": ["int8"], "v": 1},
        {"t": "init", "v": 1},
        {"t": []},
        {},
        [],
        {"t": "range", "v": [0, 10**18, 1]},
        {"t": "handle", "k": "function", "h": 0, "v": None},
        {"t": "frame", "v": [], "n": ["a"], "i": {"t": "list", "v": []}, "rows": 3},
        {"t": "dict", "v": [[{"t": "list", "v": []}, 1]]},
        {"t": "int", "v": "9" * 5000},
    ],
    ids=lambda tree: str(tree)[:40],
)
def test_a_malformed_value_is_refused(tree):
    with pytest.raises(BorderError):
        decode(tree, [bytes(8)])


def test_an_array_that_claims_more_than_it_brings_is_refused_before_anything_is_allocated():
    with pytest.raises(BorderError, match="another size"):
        decode({"t": "array", "d": "<f8", "s": [2**40], "b": 0}, [bytes(8)])


def test_a_value_that_is_too_deep_does_not_leave():
    deep: list[Any] = []
    for _ in range(50):
        deep = [deep]
    with pytest.raises(BorderError, match="deep"):
        encode(deep)


@pytest.mark.parametrize(
    "details",
    [
        {"class": "os.system", "params": {"command": "true"}},
        {"class": "sklearn.utils.os.system", "params": {}},
        {"class": "sklearn.preprocessing.FunctionTransformer", "params": {}},
        {"class": "sklearn.nothing.Nothing", "params": {}},
        {"class": "sklearn.base.clone", "params": {}},
        {"class": "sklearn.linear_model.LogisticRegression", "params": {"C": len}},
        {"class": "__main__.Mine", "params": {}},
        {"class": 5},
        None,
    ],
    ids=str,
)
def test_a_model_that_is_not_on_the_list_is_not_built(details):
    with pytest.raises(NotAllowed):
        rebuilt(AnswerModel(details, lambda *a: None))


def test_a_parameter_that_is_a_type_of_numpys_is_rebuilt():
    from imbalanced_course.datasets import features_and_target, load_transactions, transactions_preprocessor

    X, _ = features_and_target(load_transactions().head(50))
    again = rebuilt(transactions_preprocessor())
    np.testing.assert_array_equal(again.fit_transform(X), transactions_preprocessor().fit_transform(X))


def test_models_of_the_libraries_are_rebuilt_the_same_here_and_across_the_border():
    from imblearn.pipeline import make_pipeline
    from imblearn.under_sampling import RandomUnderSampler
    from sklearn.linear_model import LogisticRegression

    model = make_pipeline(RandomUnderSampler(random_state=1), LogisticRegression(C=0.5))
    steps = dict(rebuilt(model).steps)
    assert steps["logisticregression"].C == 0.5
    details = {"class": "sklearn.linear_model.LogisticRegression", "params": {"C": 0.5}}
    assert rebuilt(AnswerModel(details, lambda *a: None)).C == 0.5


class Lesson:
    """A lesson whose answers are played by the test at the other end of a socket."""

    def __init__(self) -> None:
        self.other: socket.socket | None = None

    def answer(self) -> socket.socket:
        ours, self.other = socket.socketpair()
        return ours

    def interrupt(self) -> None:
        pass

    def end(self, *, vanished: bool = False) -> str:
        assert self.other is not None
        self.other.close()
        return ""


def asked(reply: bytes) -> Any:
    """Return what the checker gets for `p` when the answer's process sends these bytes."""
    lesson = Lesson()
    process = AnswerProcess(lesson)  # type: ignore[arg-type]
    process.allow(0.5)
    other = lesson.other
    assert other is not None

    def play() -> None:
        try:
            request, _ = receive(other)
            other.sendall(reply.replace(NONCE.encode(), request["nonce"].encode()))
            other.shutdown(socket.SHUT_WR)
        except (OSError, BorderError):
            pass

    player = threading.Thread(target=play)
    player.start()
    try:
        return process.values(["p"])
    finally:
        if process.alive:
            process.close()
        player.join()


NONCE = "the-nonce-to-put"


def framed(message: Any, sizes: Any = ()) -> bytes:
    header = json.dumps({"m": message, "b": list(sizes)}).encode()
    return struct.pack(">I", len(header)) + header


def test_a_good_reply_is_taken():
    assert asked(framed({"nonce": NONCE, "value": 0.75, "first": 0})) == [0.75]


def test_a_reply_sent_in_advance_is_not_taken():
    with pytest.raises(AnswerEnded):
        asked(framed({"nonce": "0" * 16, "value": 0.75, "first": 0}))


def malformed(count: int) -> None:
    """Send mutated replies: each is refused, or is a value that no check takes for the right one."""
    draw = random.Random(20260101)
    good = framed({"nonce": NONCE, "value": {"t": "array", "d": "<f8", "s": [1], "b": 0}, "first": 0}, [8])
    for _ in range(count):
        raw = bytearray(good + bytes(8))
        for _ in range(draw.randint(1, 8)):
            kind, position = draw.randrange(4), draw.randrange(len(raw))
            if kind == 0:
                raw[position] = draw.randrange(256)
            elif kind == 1:
                del raw[position : position + draw.randint(1, 20)]
            elif kind == 2:
                raw[position:position] = draw.randbytes(draw.randint(1, 20))
            else:
                raw[position:position] = draw.choice([b'{"t":"range","v":[0,9,1]}', b"[[[[", b'"v":', b"NaN", b"-1"])
            if not raw:
                raw = bytearray(b"x")
        try:
            came = asked(bytes(raw))
        except (AnswerEnded, AnswerError):
            continue
        assert not matches(came[0], 0.75)


def test_a_thousand_malformed_replies_change_no_verdict():
    malformed(1000)


@pytest.mark.long
def test_ten_thousand_malformed_replies_change_no_verdict():
    malformed(10_000)


def test_messages_have_limits():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(b"\xff\xff\xff\xff")
        with pytest.raises(BorderError, match="too long"):
            receive(theirs)
        ours.sendall(framed({}, [10**12]))
        with pytest.raises(BorderError):
            receive(theirs)
        send(ours, {"a": 1}, [b"xyz"])
        assert receive(theirs) == ({"a": 1}, [b"xyz"])
