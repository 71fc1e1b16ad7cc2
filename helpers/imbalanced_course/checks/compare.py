"""Compare an answer with what is right: values in any equivalent form, and functions on fresh inputs."""

from __future__ import annotations

import copy
import math
import numbers
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING

# Half a unit of the third decimal: an answer rounded to three decimals is right, one rounded to two is told so.
TOLERANCE = 6e-4


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


def function(
    name: str,
    answer: Any,
    right: Callable[..., Any],
    inputs: Iterable[tuple[Any, ...]],
    *,
    mistakes: Mapping[str, Callable[..., Any]] | None = None,
    tolerance: float = TOLERANCE,
    kind: str | None = None,
    share: float = 1.0,
) -> Finding:
    """Call the learner's function on fresh inputs and compare what it returns with what `right` returns.

    Each call gets its own copy of the inputs. A known mistake is named when a wrong function of `mistakes` agrees
    with the answer on every input and differs from `right` on at least one.

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
    tolerance, kind, share
        As in `value`.
    """
    unset = _unset(name, answer, share)
    if unset:
        return unset
    if not callable(answer):
        return Finding(name, "wrong", f"should be a function; you have {describe(answer)}.", share=share)
    calls = list(inputs)
    came: list[Any] = []
    for arguments in calls:
        try:
            came.append(answer(*copy.deepcopy(arguments)))
        except Exception as error:
            wanted = describe_call(arguments)
            return Finding(
                name, "wrong", f"stopped with {describe_error(error)} when called with {wanted}.", share=share
            )
    if all(_not_attempted(one) for one in came):
        return Finding(name, "not attempted", "returns `...`: nothing is filled in yet.", share=share)
    expected = [right(*copy.deepcopy(arguments)) for arguments in calls]
    wrong_calls = [i for i, (c, e) in enumerate(zip(came, expected, strict=True)) if not matches(c, e, tolerance)]
    if not wrong_calls:
        return Finding(name, "right", f"right, also on {len(calls)} inputs you have not seen.", share=share)
    for sentence, wrong in (mistakes or {}).items():
        if all(matches(c, wrong(*copy.deepcopy(a)), tolerance) for c, a in zip(came, calls, strict=True)):
            return Finding(name, "wrong", _sentence(sentence), sentence, share)
    first = wrong_calls[0]
    asked = kind or kind_of(expected[first])
    return Finding(
        name,
        "wrong",
        f"is wrong on {len(wrong_calls)} of {len(calls)} inputs. Called with {describe_call(calls[first])} it returned "
        f"{describe(came[first])}; expected is {asked}{_how_far(came[first], expected[first])}.",
        share=share,
    )


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
        return number == wanted or abs(number - wanted) <= max(tolerance, 1e-6 * abs(wanted))
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
        return str(int(answer))
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
    return f"something of type {type(answer).__name__}"


def describe_call(arguments: Sequence[Any]) -> str:
    """Return a short description of the arguments of a call."""
    return ", ".join(describe(argument) for argument in arguments) if arguments else "no arguments"


def describe_error(error: BaseException) -> str:
    """Return an exception as one short line of text."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:160]}" if text else type(error).__name__


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
        candidate, (bool, np.bool_, complex)
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
