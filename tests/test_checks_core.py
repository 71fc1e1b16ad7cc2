"""The core of the checks: whatever an answer is, a check ends in points and a message, and never in an error."""

import contextlib
import json
import os
import signal
import sys
import time
import warnings
from collections import OrderedDict
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from imbalanced_course.checks import MISSING, answers
from imbalanced_course.checks import task as task_module
from imbalanced_course.checks.compare import TOLERANCE, entries, function, matches, value
from imbalanced_course.checks.result import RESULT_MIME, Finding, Result
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_entries, telling_inputs


def check_of(*names_and_expected, points=4):
    """Make a check of values for these tests."""

    @task("a-task", points=points)
    def check(*given):
        for (name, expected), answer in zip(names_and_expected, given, strict=True):
            yield value(name, answer, expected)

    return check


def result_of(*states, points=4.0, **options):
    return Result(
        "a-task", tuple(Finding(f"name{i}", state, "told.") for i, state in enumerate(states)), points, **options
    )


class Hostile:
    """An answer whose every method raises."""

    def _refuse(self, *_):
        raise RuntimeError("no")

    __eq__ = __bool__ = __float__ = __len__ = __iter__ = __getitem__ = __array__ = __str__ = __repr__ = _refuse
    __hash__ = None


class HostileNumber(float):
    def __float__(self):
        raise SystemExit("bye")

    def __format__(self, spec):
        raise RuntimeError("no")


class HostileMapping(dict):
    def __getitem__(self, key):
        raise RuntimeError("no")

    def get(self, *_):
        raise RuntimeError("no")


# the result


def test_its_repr_is_the_points_as_a_plain_float():
    assert repr(result_of("right", "wrong")) == "2.0"
    assert repr(result_of("right", points=np.float64(3))) == "3.0"
    assert repr(result_of("right", "right", "wrong", points=1)) == "0.67"


def test_shares_divide_the_points():
    findings = (Finding("a", "right", "", share=3), Finding("b", "wrong", "", share=1))
    assert Result("a-task", findings, 4).points == 3.0


@pytest.mark.parametrize(
    ("states", "status", "badge"),
    [
        (["right", "right"], "right", "✔ Right · 4 of 4 points"),
        (["not attempted", "not attempted"], "not attempted", "○ Not attempted · 0 of 4 points"),
        (["right", "not attempted"], "wrong", "✘ Not yet · 2 of 4 points"),
        (["wrong", "wrong"], "wrong", "✘ Not yet · 0 of 4 points"),
    ],
)
def test_it_has_three_outcomes(states, status, badge):
    result = result_of(*states)
    assert result.status == status
    assert str(result).startswith(badge)
    assert badge in result.as_html()


def test_a_task_without_points_always_ends_in_zero_and_says_whether_it_is_done():
    assert repr(result_of("right", points=0)) == "0.0"
    assert "done" in str(result_of("right", points=0))
    assert "done" not in str(result_of("wrong", points=0))


def test_its_html_escapes_what_an_answer_brings():
    finding = Finding("<b>name</b>", "wrong", "you have '<script>alert(1)</script>' & `x < 1`")
    html = Result("a-task", (finding,), 1).as_html()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "<code>x &lt; 1</code>" in html


def test_the_notebook_gets_points_message_and_data():
    bundle = result_of("right", "wrong")._repr_mimebundle_()
    assert bundle["text/plain"] == "2.0"
    data = json.loads(json.dumps(bundle[RESULT_MIME]))
    assert (data["task"], data["status"], data["points"], data["max_points"]) == ("a-task", "wrong", 2.0, 4.0)
    assert [finding["status"] for finding in data["findings"]] == ["right", "wrong"]


def test_a_question_without_hints_points_to_none():
    assert "hint" in str(result_of("wrong")).lower()
    assert "hint" not in str(result_of("wrong", hints=False)).lower()


# reading the answer's names


def test_answers_are_read_from_the_notebook_and_missing_names_are_told():
    notebook = {"answers": answers, "one": 1}
    one, two = eval("answers('one', 'two')", notebook)
    assert one == 1
    assert two is MISSING
    result = check_of(("two", 2))(two)
    assert result.status == "not attempted"
    assert "not defined" in str(result)


@pytest.mark.parametrize("stub", [..., [..., ...], (...,), {"a": ...}])
def test_an_ellipsis_means_not_attempted(stub):
    assert value("x", stub, 0.5).status == "not attempted"
    assert function("f", lambda: stub, lambda: 0.5, [()]).status == "not attempted"


# values


@pytest.mark.parametrize(
    "same",
    [
        0.75,
        np.float64(0.75),
        np.float32(0.75),
        np.array(0.75),
        np.array([0.75]),
        pd.Series([0.75]),
        [0.75],
        Fraction(3, 4),
        Decimal("0.75"),
        0.7501,
        0.7496,
    ],
    ids=lambda same: f"{type(same).__name__} {same}",
)
def test_equivalent_numbers_are_right(same):
    assert value("x", same, 0.75).status == "right"


@pytest.mark.parametrize(
    "wrong", [0.76, "0.75", True, None, np.nan, np.inf, 0.75 + 1j, np.complex64(0.75), [0.75, 0.75]]
)
def test_other_values_are_wrong(wrong):
    assert value("x", wrong, 0.75).status == "wrong"


def test_a_table_is_compared_row_by_row_whatever_its_labels_are():
    rows = pd.DataFrame([[1, 2], [3, 4]], index=[7, 9])
    assert value("x", rows, [[1, 2], [3, 4]]).status == "right"
    assert value("x", rows, [[1, 2], [3, 5]]).status == "wrong"


@pytest.mark.parametrize("kind", [list, tuple, np.array, pd.Series, pd.Index])
def test_equivalent_sequences_are_right(kind):
    assert value("x", kind([1, 2, 3]), [1, 2, 3]).status == "right"
    assert value("x", kind([1, 2, 4]), [1, 2, 3]).status == "wrong"
    assert value("x", kind([1, 2]), [1, 2, 3]).status == "wrong"


def test_equivalent_mappings_are_right():
    expected = {"a": 0.5, "b": 2}
    for same in (OrderedDict(b=2, a=0.5), pd.Series(expected), {"a": np.float32(0.5), "b": np.int64(2)}):
        assert value("x", same, expected).status == "right"
    missing = value("x", {"a": 0.5}, expected)
    assert missing.status == "wrong"
    assert "missing: b" in missing.message


def test_truth_values_and_texts():
    assert value("x", np.bool_(True), True).status == "right"
    assert value("x", " Yes ", "yes").status == "right"
    assert value("x", None, None).status == "right"


def test_infinity_matches_itself_only():
    assert matches(np.inf, float("inf"))
    assert not matches(1.0, float("inf"))
    assert not matches(float("inf"), 1.0)
    assert matches(np.nan, float("nan"))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (50, "percent"),
        (0.25, "That is the half of it."),
        (0.9, "too large"),
        (0.1, "too small"),
        ("0.5", "the text '0.5'"),
        (None, "you have None"),
        (np.nan, "nan"),
        (len, "a function"),
        (10**5000, "a very large whole number"),
        ([1.0] * 9, "9 values"),
        ([], "you have 0 values"),
        ([1.5, 2, 3, 4], "the values 1.5, 2, 3, 4"),
        (["a", "b", "c", "d"], "the texts 'a', 'b', 'c', 'd'"),
        ("a half", "the text 'a half'; it should be a number from 0 to 1"),
    ],
    ids=[
        *("percent", "known", "large", "small", "text", "None", "nan", "function", "huge", "list"),
        *("nothing", "four numbers", "four texts", "no number"),
    ],
)
def test_a_wrong_value_is_told_what_came_and_what_is_off(answer, told):
    finding = value("x", answer, 0.5, mistakes={"that is the half of it": 0.25})
    assert finding.status == "wrong"
    assert told in finding.message


@pytest.mark.parametrize(
    ("answer", "expected", "tolerance", "told"),
    [
        (0.12, 0.1234, TOLERANCE, "rounded: keep at least three decimals"),
        (24.8, 24.75, TOLERANCE, "rounded: keep at least three decimals"),
        (0.1235, 0.123456, 1e-5, "rounded: keep at least 5 decimals"),
        (12_346, 12_345.6, TOLERANCE, "rounded: keep at least two decimals"),
        (12_300_000, 12_345_678, TOLERANCE, "rounded: keep all digits"),
        (1_230_000, 1_234_567, TOLERANCE, "rounded: keep all digits"),
        ([0.12, 0.5], [0.1234, 0.5], TOLERANCE, "rounded: keep at least three decimals"),
        ({"a": 0.33}, {"a": 1 / 3}, TOLERANCE, "rounded: keep at least three decimals"),
    ],
    ids=str,
)
def test_a_right_value_that_is_rounded_too_far_is_told_so(answer, expected, tolerance, told):
    assert told in value("x", answer, expected, tolerance=tolerance).message


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (1, 0.75),
        (0, 0.3),
        (0.5, 0.46),
        (0, 0.04),
        (1, 0.97),
        (0.1239, 0.123),
        (20, 24.75),
        (0.1201, 0.1234),
        (120_000, 123_456),
    ],
)
def test_a_wrong_value_is_not_called_rounded(answer, expected):
    assert "rounded" not in value("x", answer, expected).message


@pytest.mark.parametrize(("answer", "expected"), [("0.5", 0.5), (" True ", False), ("none", None)])
def test_a_value_in_quotes_is_told_so(answer, expected):
    assert "leave out the quotes" in value("x", answer, expected).message


@pytest.mark.parametrize(("answer", "expected"), [("half", 0.5), ("true", "false"), ("none", 1), ("1", True)])
def test_a_text_of_another_kind_is_not_told_to_leave_out_its_quotes(answer, expected):
    assert "quotes" not in value("x", answer, expected).message


@pytest.mark.parametrize(("off", "status"), [(0.9e-6, "right"), (1.1e-6, "wrong")])
def test_a_large_number_may_be_off_by_a_millionth(off, status):
    assert value("x", 4_000_000 * (1 + off), 4_000_000).status == status


@pytest.mark.parametrize(("off", "status"), [(5.9e-4, "right"), (6.1e-4, "wrong")])
def test_a_share_may_be_off_by_half_a_unit_of_its_third_decimal(off, status):
    assert value("x", 0.25 + off, 0.25).status == status


@pytest.mark.parametrize("yes", [True, 1, 1.0, np.True_, np.int8(1), np.array(True), np.array([1])], ids=repr)
def test_a_truth_value_may_be_a_one(yes):
    assert value("x", yes, True).status == "right"
    assert value("x", yes, False).status == "wrong"


@pytest.mark.parametrize("no", [2, 0.5, "True", None], ids=repr)
def test_nothing_else_is_a_truth_value(no):
    assert value("x", no, True).status == "wrong"


def test_a_truth_value_is_no_number():
    assert value("x", True, 1).status == "wrong"


def test_keys_of_another_kind_are_told():
    assert "its keys are texts; use numbers as keys: 0, 1" in value("x", {"0": 1, "1": 9}, {0: 1, 1: 9}).message
    assert "its keys are numbers; use texts as keys: '0', '1'" in value("x", {0: 1, 1: 9}, {"0": 1, "1": 9}).message


def test_percent_is_named_wherever_it_comes_from():
    percent = "That is in percent: give the share, from 0 to 1."
    assert percent in value("x", {"a": 25, "b": 0}, {"a": 0.25, "b": 0}).message
    assert function("f", lambda x: 100 * x, lambda x: x, [(0.25,), (0.0,), (0.5,)]).message == percent
    assert function("f", lambda x: 100 * x, lambda x: x, [(0.25,), (2.0,)]).mistake is None
    assert entries("f", lambda x: {"a": 100 * x}, lambda x: {"a": x}, [(0.25,), (0.5,)])[0].message == percent


def test_a_message_never_holds_the_expected_value():
    for answer in (0.9, "a", None, [1, 2], {"a": 1}, 43.21 * 2):
        assert "0.4321" not in value("x", answer, 0.4321).message


# functions


def double(x):
    return 2 * x


def test_a_function_is_called_on_every_input():
    assert function("f", lambda x: x + x, double, [(1,), (2.5,)]).status == "right"
    wrong = function("f", lambda x: 2, double, [(1,), (2.5,)])
    assert wrong.status == "wrong"
    assert "1 of 2 inputs" in wrong.message


def test_a_known_mistake_is_named_when_it_explains_the_wrong_values():
    mistakes = {"it squares": lambda x: x**2}
    assert function("f", lambda x: x**2, double, [(2,), (3,)], mistakes=mistakes).mistake == "it squares"
    assert function("f", lambda x: x**3, double, [(2,), (3,)], mistakes=mistakes).mistake is None


def test_the_mistake_that_explains_all_values_goes_first():
    mistakes = {"it gives 9 for 3": lambda x: 9, "it squares": lambda x: x**2}
    assert function("f", lambda x: x**2, double, [(2,), (3,)], mistakes=mistakes).mistake == "it squares"


def test_an_error_is_told_with_the_input_and_the_mistake_that_leads_to_it():
    finding = function(
        "f",
        lambda x: min([]),
        double,
        [(1,)],
        about=["an empty day"],
        errors={"EMPTY": "look first whether it is empty"},
    )
    assert finding.status == "wrong"
    assert "ValueError" in finding.message
    assert "an empty day" in finding.message
    assert "Look first whether it is empty." in finding.message


def test_a_function_cannot_change_the_inputs_of_the_others():
    data = np.array([1.0, 2.0])

    def spoil(x):
        x[:] = 0
        return 2 * np.array([1.0, 2.0])

    assert function("f", spoil, double, [(data,)]).status == "right"
    assert data.tolist() == [1.0, 2.0]


def test_an_answer_as_good_as_the_expected_one_passes():
    assert function("f", lambda x: -x, lambda x: x, [(3,)], agree=lambda a, b, x: abs(a) == abs(b)).status == "right"


def test_something_that_is_no_function_is_told():
    assert "should be a function" in function("f", 3, double, [(1,)]).message
    assert "return" in function("f", lambda x: None, double, [(1,)]).message


def test_a_function_that_returns_a_dict_gets_a_finding_a_key():
    def right(x):
        return {"twice": 2 * x, "square": x**2}

    both = entries("f", lambda x: {"twice": 2 * x, "square": 2 * x}, right, [(3,), (4,)], share=3)
    assert [(one.name, one.status, one.share) for one in both] == [
        ("f → twice", "right", 1.5),
        ("f → square", "wrong", 1.5),
    ]
    named = entries(
        "f", lambda x: {"twice": x, "square": x**2}, right, [(3,)], mistakes={"twice": {"not twice": lambda x: x}}
    )
    assert named[0].mistake == "not twice"
    assert "no key" in entries("f", lambda x: {"twice": 2 * x}, right, [(3,)])[1].message
    assert "should be a dict" in entries("f", lambda x: [1], right, [(3,)])[0].message
    assert entries("f", lambda x: {"twice": ..., "square": x**2}, right, [(3,)])[0].status == "not attempted"


# nothing breaks a check


@pytest.mark.parametrize("hostile", [Hostile(), HostileNumber(0.5), HostileMapping(a=1), Hostile, [Hostile()]])
def test_hostile_answers_are_wrong_and_cost_no_other_name(hostile, capsys):
    result = check_of(("good", 0.5), ("bad", 0.75), ("worse", {"a": 1.0}))(0.5, hostile, hostile)
    assert (result.status, result.points) == ("wrong", 1.33)
    assert capsys.readouterr() == ("", "")


def _raise(error):
    raise error


def _recurse(x):
    return _recurse(x)


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: _raise(ValueError("<b>no</b>")),
        lambda x: _raise(SystemExit(1)),
        lambda x: _raise(GeneratorExit()),
        lambda x: exit(),
        _recurse,
        lambda x: Hostile(),
        lambda x: HostileNumber(1),
        lambda: 1,
        lambda x: (print("noise", file=sys.stderr), warnings.warn("noise", stacklevel=1), os.environ["NO_SUCH_NAME"]),
    ],
    ids=["error", "exit", "generator exit", "exit()", "recursion", "hostile", "number", "arguments", "noise"],
)
def test_functions_that_misbehave_are_wrong_and_silent(answer, capsys):
    @task("a-task", points=2)
    def check(f):
        yield value("other", 1, 1)
        yield function("f", f, double, [(1,), (2,)])

    result = check(answer)
    assert (result.status, result.points) == ("wrong", 1.0)
    assert "<b>" not in result.as_html()
    assert capsys.readouterr() == ("", "")


def test_what_an_answer_prints_warns_or_draws_stays_inside(capsys):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    def noisy(x):
        print("noise")
        print("noise", file=sys.stderr)
        warnings.warn("noise", stacklevel=1)
        plt.figure()
        return 2 * x

    @task("a-task", points=1)
    def check(f):
        yield function("f", f, double, [(1,)])

    open_before = plt.get_fignums()
    assert check(noisy).status == "right"
    assert plt.get_fignums() == open_before
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this platform has no interval timer")
def test_a_loop_without_end_is_stopped_and_costs_its_own_name_only(monkeypatch):
    monkeypatch.setattr(task_module, "SECONDS_A_CHECK", 0.2)

    def forever(x):
        while True:
            with contextlib.suppress(Exception):
                time.sleep(0.01)

    @task("a-task", points=2)
    def check(f):
        yield value("other", 1, 1)
        yield function("f", f, double, [(1,)])

    started = time.monotonic()
    result = check(forever)
    assert time.monotonic() - started < 3
    assert (result.status, result.points) == ("wrong", 1.0)
    assert "loop" in str(result)
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_the_learner_can_still_interrupt():
    @task("a-task", points=1)
    def check(f):
        yield function("f", f, double, [(1,)])

    with pytest.raises(KeyboardInterrupt):
        check(lambda x: _raise(KeyboardInterrupt()))


def test_a_check_that_is_called_with_too_few_values_still_ends_in_a_result():
    assert check_of(("a", 1))().status == "wrong"


@pytest.mark.parametrize(
    ("expected", "kind"), [(1.0, "a number from 0 to 1"), (0.0, "a number from 0 to 1"), (1.5, "a number")]
)
def test_what_is_asked_for_is_told_in_words(expected, kind):
    assert f"it should be {kind}." in value("x", "?", expected).message


# fresh inputs


def test_inputs_are_drawn_until_they_tell_the_mistakes_apart():
    """Of 0 and 2 the square is the double; the third draw tells."""
    for telling, mistakes in (
        (telling_inputs, [lambda x: x**2]),
        (telling_entries, {"a": {"it squares": lambda x: x**2}}),
    ):
        draws = iter([[(0,)], [(2,)], [(3,)], [(4,)]])
        right = double if telling is telling_inputs else lambda x: {"a": 2 * x}
        assert telling(lambda draws=draws: next(draws), right, mistakes) == [(3,)]


def test_fresh_inputs_depend_on_the_task_and_on_the_seed(monkeypatch):
    monkeypatch.delenv("IMBALANCED_COURSE_SEED", raising=False)
    first, again, other = (fresh_generator(name).random() for name in ("a", "a", "b"))
    assert first == again != other
    monkeypatch.setenv("IMBALANCED_COURSE_SEED", "7")
    assert fresh_generator("a").random() != first
