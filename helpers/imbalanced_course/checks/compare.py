"""Compare an answer with what is right: values in any equivalent form, and functions on fresh inputs."""

from __future__ import annotations

import copy
import functools
import math
import numbers
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ParamSpec

import numpy as np
import pandas as pd

from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, TookTooLong

# Half a unit of the third decimal: an answer rounded to three decimals is right, one rounded to two is told so.
TOLERANCE = 6e-4


P = ParamSpec("P")


def _robust(find: Callable[P, Finding]) -> Callable[P, Finding]:
    """Make a finding of whatever an answer's own code raises while it is compared.

    An answer can be any object; one that breaks the comparison must not cost the points of the task's other names.
    """

    @functools.wraps(find)
    def safe(*arguments: P.args, **named: P.kwargs) -> Finding:
        try:
            return find(*arguments, **named)
        except (KeyboardInterrupt, TookTooLong):
            raise
        except BaseException as error:
            told = f"could not be compared: it raises {type(error).__name__}."
            share: Any = named.get("share", 1.0)
            return Finding(str(arguments[0]), "wrong", told, share=share)

    return safe


@_robust
def value(
    name: str,
    answer: Any,
    expected: Any,
    *,
    mistakes: Mapping[str, Any] | None = None,
    tolerance: float = TOLERANCE,
    kind: str | None = None,
    share: float = 1.0,
) -> Finding:
    """Compare a value: a number, truth value, text, None, or a list or mapping of them.

    Parameters
    ----------
    name : str
        The answer's name in the notebook.
    answer : object
        What the learner has; `...` and `MISSING` mean not attempted.
    expected : object
        The right value. Lists, tuples, arrays and Series are taken for each other, and so are dicts and Series
        with the same keys.
    mistakes : mapping of str to object, optional
        Known wrong values: the sentence that names the mistake, and the value that shows it.
    tolerance : float
        Largest absolute difference of a number that still passes; whole numbers beyond 1 also pass within
        a millionth of their size.
    kind : str, optional
        What is asked for in words; told by the type of `expected` when not given.
    share : float
        How much of the task's points this name carries, relative to the other findings.
    """
    unset = _unset(name, answer, share)
    if unset:
        return unset
    if matches(answer, expected, tolerance):
        return Finding(name, "right", "right.", share=share)
    for sentence, wrong in (mistakes or {}).items():
        if matches(answer, wrong, tolerance):
            return Finding(name, "wrong", f"you have {describe(answer)}. {_sentence(sentence)}", sentence, share)
    kind = kind or kind_of(expected)
    percent = _percent(answer, expected, tolerance)
    if percent:
        return Finding(name, "wrong", f"you have {describe(answer)}. {percent}", percent, share)
    return Finding(
        name, "wrong", f"you have {describe(answer)}; expected is {kind}{_how_far(answer, expected)}.", share=share
    )


@_robust
def function(
    name: str,
    answer: Any,
    right: Callable[..., Any],
    inputs: Iterable[tuple[Any, ...]],
    *,
    mistakes: Mapping[str, Callable[..., Any]] | None = None,
    about: Sequence[str] | None = None,
    errors: Mapping[str, str] | None = None,
    agree: Callable[..., bool] | None = None,
    tolerance: float = TOLERANCE,
    kind: str | None = None,
    share: float = 1.0,
) -> Finding:
    """Call the learner's function on fresh inputs and compare what it returns with what `right` returns.

    Each call gets its own copy of the inputs. A known mistake is named when a wrong function of `mistakes` agrees
    with the answer on every input on which the answer is wrong.

    Parameters
    ----------
    name : str
        The function's name in the notebook.
    answer : callable
        The learner's function.
    right : callable
        A correct function of the same arguments.
    inputs : iterable of tuples
        Positional arguments, one tuple a call.
    mistakes : mapping of str to callable, optional
        Known wrong functions, by the sentence that names the mistake.
    about : sequence of str, optional
        What each input is, in words, for messages: "a day without a single alert".
    errors : mapping of str to str, optional
        For errors that a known mistake leads to: a part of the error's text, and the sentence that names the mistake.
    agree : callable, optional
        `agree(came, expected, *arguments)` tells whether a returned value is as good as the expected one; by
        default the two must match.
    tolerance, kind, share
        As in `value`.
    """
    unset = _unset(name, answer, share)
    if unset:
        return unset
    calls = list(inputs)
    came = _call_all(name, answer, calls, about, errors, share)
    if isinstance(came, Finding):
        return came
    return _judge(name, came, right, calls, mistakes, about, agree, tolerance, kind, share=share)


def entries(
    name: str,
    answer: Any,
    right: Callable[..., Mapping[str, Any]],
    inputs: Iterable[tuple[Any, ...]],
    *,
    mistakes: Mapping[str, Mapping[str, Callable[..., Any]]] | None = None,
    about: Sequence[str] | None = None,
    errors: Mapping[str, str] | None = None,
    tolerance: float = TOLERANCE,
    share: float = 1.0,
) -> list[Finding]:
    """Call the learner's function, which returns a dict, on fresh inputs; one finding for each of its keys.

    Parameters
    ----------
    right : callable
        A correct function; its keys are those asked for.
    mistakes : mapping of str to mapping, optional
        For each key the known wrong functions of the same arguments, each returning that key's value.
    share : float
        How much of the task's points the whole function carries; each key gets an equal part.

    The other parameters are those of `function`.
    """
    unset = _unset(name, answer, share)
    if unset:
        return [unset]
    calls = list(inputs)
    came = _call_all(name, answer, calls, about, errors, share)
    if isinstance(came, Finding):
        return [came]
    keys = list(right(*copy.deepcopy(calls[0])))
    tables = [_mapping(one) for one in came]
    if any(table is None for table in tables):
        wrong = next(one for one, table in zip(came, tables, strict=True) if table is None)
        told = f"returned {describe(wrong)}; expected is a dict with the keys {', '.join(keys)}."
        return [Finding(name, "wrong", told, share=share)]
    findings = []
    for key in keys:
        label, part = f"{name} → {key}", share / len(keys)
        values = [table.get(key, MISSING) for table in tables if table is not None]
        if any(one is MISSING for one in values):
            findings.append(Finding(label, "wrong", f"the dict has no key {key!r}.", share=part))
        elif all(_not_attempted(one) for one in values):
            findings.append(
                Finding(label, "not attempted", "is still `...`: put your answer in its place.", share=part)
            )
        else:
            one_key = functools.partial(_entry, right, key)
            known = (mistakes or {}).get(key)
            findings.append(_judge(label, values, one_key, calls, known, about, None, tolerance, None, share=part))
    return findings


def _entry(returns_dict: Callable[..., Mapping[str, Any]], key: str, *arguments: Any) -> Any:
    return returns_dict(*arguments)[key]


def _call_all(
    name: str,
    answer: Any,
    calls: Sequence[tuple[Any, ...]],
    about: Sequence[str] | None,
    errors: Mapping[str, str] | None,
    share: float,
) -> list[Any] | Finding:
    """Return what the answer returned on every input, or the finding where there is nothing to compare."""
    if not callable(answer):
        return Finding(name, "wrong", f"should be a function; you have {describe(answer)}.", share=share)
    came = []
    for i, arguments in enumerate(calls):
        try:
            came.append(answer(*copy.deepcopy(arguments)))
        except KeyboardInterrupt:
            raise
        except TookTooLong:
            told = f"did not come back when called with {_input(i, calls, about)}: does a loop never end?"
            return Finding(name, "wrong", told, share=share)
        except BaseException as error:
            text = describe_error(error)
            told = f"stopped with {text} when called with {_input(i, calls, about)}."
            for part, sentence in (errors or {}).items():
                if part.casefold() in text.casefold():
                    return Finding(name, "wrong", f"{told} {_sentence(sentence)}", sentence, share)
            return Finding(name, "wrong", told, share=share)
    if came and all(_not_attempted(one) for one in came):
        return Finding(name, "not attempted", "returns `...`: nothing is filled in yet.", share=share)
    return came


@_robust
def _judge(
    name: str,
    came: Sequence[Any],
    right: Callable[..., Any],
    calls: Sequence[tuple[Any, ...]],
    mistakes: Mapping[str, Callable[..., Any]] | None,
    about: Sequence[str] | None,
    agree: Callable[..., bool] | None,
    tolerance: float,
    kind: str | None,
    *,
    share: float,
) -> Finding:
    """Compare what came on each input with what is right, then with what the known mistakes would give."""

    def same(one: Any, other: Any, arguments: tuple[Any, ...]) -> bool:
        if agree is not None:
            return agree(one, other, *arguments)
        return matches(one, other, tolerance)

    expected = [right(*copy.deepcopy(arguments)) for arguments in calls]
    off = [i for i, call in enumerate(calls) if not same(came[i], expected[i], call)]
    if not off:
        return Finding(name, "right", f"right, also on {len(calls)} inputs you have not seen.", share=share)
    # First the mistakes that explain every value that came, then those that explain the wrong ones.
    for explained in (range(len(calls)), off):
        for sentence, wrong in (mistakes or {}).items():
            if all(_shows(wrong, came[i], calls[i], tolerance) for i in explained):
                return Finding(name, "wrong", _sentence(sentence), sentence, share)
    if all(came[i] is None for i in off) and any(expected[i] is not None for i in off):
        return Finding(name, "wrong", "returned None: does it end in `return`?", share=share)
    first = off[0]
    asked = kind or kind_of(expected[first])
    told = (
        f"is wrong on {len(off)} of {len(calls)} inputs. For {_input(first, calls, about)} it gave "
        f"{describe(came[first])}; expected is {asked}{_how_far(came[first], expected[first])}."
    )
    return Finding(name, "wrong", told, share=share)


def _shows(wrong: Callable[..., Any], came: Any, arguments: tuple[Any, ...], tolerance: float) -> bool:
    """Return whether the wrong function `wrong` explains what came."""
    try:
        return matches(came, wrong(*copy.deepcopy(arguments)), tolerance)
    except Exception:  # a mistake that cannot be made on this input
        return False


def _input(i: int, calls: Sequence[tuple[Any, ...]], about: Sequence[str] | None) -> str:
    return about[i] if about is not None else describe_call(calls[i])


def matches(answer: Any, expected: Any, tolerance: float = TOLERANCE) -> bool:
    """Return whether `answer` is `expected`, whatever equivalent type it comes in."""
    if expected is None or answer is None:
        return answer is None and expected is None
    if isinstance(expected, str):
        return isinstance(answer, str) and answer.strip().casefold() == expected.strip().casefold()
    if isinstance(expected, (bool, np.bool_)):
        single = _single(answer)
        return isinstance(single, (bool, np.bool_)) and bool(single) == bool(expected)
    if isinstance(expected, Mapping):
        given = _mapping(answer)
        return (
            given is not None
            and set(given) == set(expected)
            and all(matches(given[key], expected[key], tolerance) for key in expected)
        )
    if _is_number(expected):
        number = _number(answer)
        if number is None:
            return False
        wanted = float(expected)
        if math.isnan(wanted) or math.isnan(number):
            return math.isnan(wanted) and math.isnan(number)
        if math.isinf(wanted) or math.isinf(number):
            return number == wanted
        return abs(number - wanted) <= max(tolerance, 1e-6 * abs(wanted))
    items, wanted_items = _items(answer), _items(expected)
    if items is None or wanted_items is None or len(items) != len(wanted_items):
        return False
    return all(matches(a, e, tolerance) for a, e in zip(items, wanted_items, strict=True))


def kind_of(expected: Any) -> str:
    """Return in words what kind of value is asked for."""
    if expected is None:
        return "None"
    if isinstance(expected, (bool, np.bool_)):
        return "True or False"
    if isinstance(expected, str):
        return "a text"
    if isinstance(expected, numbers.Integral):
        return "a whole number"
    if _is_number(expected):
        return "a number from 0 to 1" if 0 <= float(expected) <= 1 else "a number"
    if isinstance(expected, Mapping):
        return f"a dict with the keys {', '.join(map(str, expected))}"
    items = _items(expected)
    return f"{len(items)} values" if items is not None else "another kind of value"


def describe(answer: Any) -> str:
    """Return a short, harmless description of an answer; only values of known types are quoted."""
    if _not_attempted(answer):
        return "`...`"
    if answer is None:
        return "None"
    if isinstance(answer, (bool, np.bool_)):
        return str(bool(answer))
    if isinstance(answer, (numbers.Integral, np.integer)):
        return str(int(answer)) if abs(int(answer)) < 10**15 else "a very large whole number"
    if isinstance(answer, (float, np.floating)):
        return f"{float(answer):.4g}"
    if isinstance(answer, str):
        return f"the text {answer[:40]!r}" if len(answer) <= 40 else f"the text {answer[:40]!r}…"
    if isinstance(answer, Mapping):
        return f"a dict with {len(answer)} entries"
    if isinstance(answer, pd.DataFrame):
        return f"a DataFrame of {answer.shape[0]} rows and {answer.shape[1]} columns"
    if isinstance(answer, np.ndarray) and answer.ndim > 1:
        return f"an array of shape {answer.shape}"
    items = _items(answer)
    if items is not None:
        if 0 < len(items) <= 4 and all(_is_number(item) for item in items):
            return f"the values {', '.join(describe(item) for item in items)}"
        return f"{len(items)} values"
    number = _number(answer)
    if number is not None:
        return f"{number:.4g}"
    if callable(answer):
        return "a function (call it: are the brackets missing?)"
    return f"something of type {getattr(answer, 'type_name', type(answer).__name__)}"


def describe_call(arguments: Sequence[Any]) -> str:
    """Return a short description of the arguments of a call."""
    return ", ".join(describe(argument) for argument in arguments) if arguments else "no arguments"


def describe_error(error: BaseException) -> str:
    """Return an exception as one short line of text."""
    text = " ".join(str(error).split())
    kind = getattr(error, "type_name", type(error).__name__)  # an error from another process brings its own
    return f"{kind}: {text[:160]}" if text else str(kind)


def _unset(name: str, answer: Any, share: float) -> Finding | None:
    if answer is MISSING:
        message = "is not defined. Run the answer cell above; if it ends in an error, mend that first."
        return Finding(name, "not attempted", message, share=share)
    if _not_attempted(answer):
        return Finding(name, "not attempted", "is still `...`: put your answer in its place.", share=share)
    return None


def _not_attempted(answer: Any) -> bool:
    if answer is ...:
        return True
    if isinstance(answer, (list, tuple)):
        return bool(answer) and all(item is ... for item in answer)
    return isinstance(answer, dict) and bool(answer) and all(item is ... for item in answer.values())


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _is_number(candidate: Any) -> bool:
    return isinstance(candidate, (numbers.Number, np.number, Decimal)) and not isinstance(
        candidate, (bool, np.bool_, complex, np.complexfloating)
    )


def _single(answer: Any) -> Any:
    """Return the one element of a container with one element, else the answer itself."""
    if isinstance(answer, (np.ndarray, pd.Series)) and answer.size == 1:
        return np.asarray(answer, dtype=object).ravel()[0]
    if isinstance(answer, (list, tuple)) and len(answer) == 1:
        return answer[0]
    return answer


def _number(answer: Any) -> float | None:
    answer = _single(answer)
    if not _is_number(answer):
        return None
    try:
        return float(answer)
    except (TypeError, ValueError, OverflowError):
        return None


def _items(answer: Any) -> list[Any] | None:
    if isinstance(answer, (pd.Series, pd.Index, np.ndarray)):
        return list(np.asarray(answer, dtype=object)) if getattr(answer, "ndim", 1) >= 1 else None
    if isinstance(answer, pd.DataFrame):
        return [list(row) for row in answer.itertuples(index=False)]
    if isinstance(answer, (list, tuple, range)):
        return list(answer)
    return None


def _mapping(answer: Any) -> Mapping[Any, Any] | None:
    if isinstance(answer, pd.Series):
        return answer.to_dict()
    return answer if isinstance(answer, Mapping) else None


def _percent(answer: Any, expected: Any, tolerance: float) -> str | None:
    if not _is_number(expected) or isinstance(expected, numbers.Integral) or not 0 < float(expected) <= 1:
        return None
    number = _number(answer)
    if number is not None and abs(number - 100 * float(expected)) <= 100 * tolerance:
        return "That is in percent: give the share, from 0 to 1."
    return None


def _how_far(answer: Any, expected: Any) -> str:
    """Return a word on what is off in kind, never the expected value itself."""
    if isinstance(expected, Mapping):
        given = _mapping(answer)
        if given is None:
            return ""
        missing = [str(key) for key in expected if key not in given]
        extra = [str(key)[:30] for key in given if key not in expected]
        if missing or extra:
            return "".join(
                [
                    f"; missing: {', '.join(missing)}" if missing else "",
                    f"; too many: {', '.join(extra[:5])}" if extra else "",
                ]
            )
        off = [str(key) for key in expected if not matches(given[key], expected[key])]
        return f"; the wrong ones are: {', '.join(off)}" if off else ""
    if _is_number(expected):
        number = _number(answer)
        if number is None:
            return ""
        if math.isnan(number):
            return "; yours is not a number (nan)"
        if math.isnan(float(expected)):
            return ""
        if round(number, 2) == round(float(expected), 2) and 0 <= float(expected) <= 1:
            return "; yours is close: keep at least three decimals"
        return "; yours is too large" if number > float(expected) else "; yours is too small"
    return ""
