"""Compare an answer with what is right: values in any equivalent form, and functions on fresh inputs."""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any, ParamSpec

from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, TookTooLong
from imbalanced_course.checks.values import (
    TOLERANCE,
    as_mapping,
    describe,
    describe_call,
    describe_error,
    how_far_off,
    is_empty,
    kind_of,
    matches,
    new_inputs,
    not_attempted,
    shortened,
    shows,
    told_in_percent,
)
from imbalanced_course.normal_form import normal

__all__ = ["TOLERANCE", "describe", "entries", "function", "judged", "matches", "value"]

LONGEST_ERROR = 100
# The part of a tolerance within which a wrong value shows one mistake and no other.
EXACT = 1e-3

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
        Known wrong values: the sentence that names the mistake, and the value that shows it. A value that two of
        them show names neither.
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
    named = [sentence for sentence, wrong in (mistakes or {}).items() if shows(answer, wrong, tolerance)]
    if len(named) > 1:  # a wide tolerance is for right values: of wrong ones take the one that is shown exactly
        named = [one for one in named if matches(answer, (mistakes or {})[one], tolerance * EXACT)]
    if len(named) == 1:
        return Finding(name, "wrong", f"you have {describe(answer)}. {_sentence(named[0])}", named[0], share)
    kind = kind or kind_of(expected)
    percent = told_in_percent(answer, expected, tolerance)
    if percent:
        return Finding(name, "wrong", f"you have {describe(answer)}. {percent}", percent, share)
    told = f"you have {describe(answer)}{_asked(answer, kind)}{how_far_off(answer, expected, tolerance)}."
    return Finding(name, "wrong", told, share=share)


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

    Each call gets its own copy of the inputs. A known mistake is named where its wrong function, and no other one of
    `mistakes`, agrees with the answer on every input.

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
        `agree(came, expected, *arguments)` tells whether a returned value is as good as the expected one, or as
        that of a known mistake; by default the two must match.
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
    kinds: Mapping[str, str] | None = None,
    share: float = 1.0,
) -> list[Finding]:
    """Call the learner's function, which returns a dict, on fresh inputs; one finding for each of its keys.

    Parameters
    ----------
    right : callable
        A correct function; its keys are those asked for.
    mistakes : mapping of str to mapping, optional
        For each key the known wrong functions of the same arguments, each returning that key's value.
    kinds : mapping of str to str, optional
        For keys whose `expected` does not say it: what is asked for in words.
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
    tables = [as_mapping(one) for one in came]
    if any(table is None for table in tables):
        wrong = next(one for one, table in zip(came, tables, strict=True) if table is None)
        told = f"returned {describe(wrong)}; it should be a dict with the keys {', '.join(keys)}."
        return [Finding(name, "wrong", told, share=share)]
    findings = []
    for key in keys:
        label, part = f"{name} → {key}", share / len(keys)
        values = [table.get(key, MISSING) for table in tables if table is not None]
        if any(one is MISSING for one in values):
            told = f"the dict has no key {key!r}{_keys_given(tables)}."
            findings.append(Finding(label, "wrong", told, share=part))
        elif all(not_attempted(one) for one in values):
            findings.append(
                Finding(label, "not attempted", "is still `...`: put your answer in its place.", share=part)
            )
        else:
            one_key = functools.partial(_entry, right, key)
            known = (mistakes or {}).get(key)
            kind = (kinds or {}).get(key)
            findings.append(_judge(label, values, one_key, calls, known, about, None, tolerance, kind, share=part))
    return findings


def judged(
    name: str,
    answer: Any,
    fault: Callable[..., str | None],
    inputs: Iterable[tuple[Any, ...]],
    *,
    about: Sequence[str],
    known: Container[str] | None = None,
    errors: Mapping[str, str] | None = None,
    share: float = 1.0,
) -> Finding:
    """Call the learner's function, which has many right values, on fresh inputs and look at each value by itself.

    Parameters
    ----------
    fault : callable
        `fault(came, *arguments)` returns the sentence that says what is wrong, and nothing where all is right.
    known : container of str, optional
        The sentences that name a known mistake; all of them by default.

    The other parameters are those of `function`.
    """
    unset = _unset(name, answer, share)
    if unset:
        return unset
    calls = list(inputs)
    came = _call_all(name, answer, calls, about, errors, share)
    return came if isinstance(came, Finding) else _look(name, came, fault, calls, about, known, share=share)


def _entry(returns_dict: Callable[..., Mapping[str, Any]], key: str, *arguments: Any) -> Any:
    return returns_dict(*arguments)[key]


def _keys_given(tables: Sequence[Any]) -> str:
    """Return in words the keys that a returned dict has, so that a slip like `F1` for `f1` can be seen."""
    texts = [repr(key[:30]) for key in next(iter(tables)) if isinstance(key, str)]
    return f"; it has {', '.join(texts[:6])}" if texts else ""


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
    answer, came = normal(answer), []
    for i, arguments in enumerate(calls):
        try:
            came.append(answer(*arguments))
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
                    # Of an error whose cause is named the first words are enough.
                    short = f"stopped with {shortened(text, LONGEST_ERROR)} when called with {_input(i, calls, about)}."
                    return Finding(name, "wrong", f"{short} {_sentence(sentence)}", sentence, share)
            return Finding(name, "wrong", told, share=share)
    if came and all(not_attempted(one) for one in came):
        return Finding(name, "not attempted", "returns `...`: nothing is filled in yet.", share=share)
    return came


@_robust
def _look(
    name: str,
    came: Sequence[Any],
    fault: Callable[..., str | None],
    calls: Sequence[tuple[Any, ...]],
    about: Sequence[str],
    known: Container[str] | None,
    *,
    share: float,
) -> Finding:
    if all(one is None for one in came):
        return Finding(name, "wrong", "returned None: does it end in `return`?", share=share)
    said = [
        "it returned None: does it end in `return`?" if one is None else fault(one, *arguments)
        for one, arguments in zip(came, calls, strict=True)
    ]
    wrong = [i for i, sentence in enumerate(said) if sentence]
    if not wrong:
        return Finding(name, "right", f"right, also on {new_inputs(len(calls))} you have not seen.", share=share)
    sentence = str(said[wrong[0]])
    told = f"is wrong on {len(wrong)} of {len(calls)} inputs. For {about[wrong[0]]}: {_sentence(sentence)}"
    return Finding(name, "wrong", told, sentence if known is None or sentence in known else None, share)


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
        return Finding(name, "right", f"right, also on {new_inputs(len(calls))} you have not seen.", share=share)

    def explains(wrong: Callable[..., Any]) -> bool:
        try:
            return all(same(one, wrong(*copy.deepcopy(call)), call) for one, call in zip(came, calls, strict=True))
        except Exception:  # a mistake that cannot be made on these inputs
            return False

    named = [sentence for sentence, wrong in (mistakes or {}).items() if explains(wrong)]
    if len(named) == 1:
        return Finding(name, "wrong", _sentence(named[0]), named[0], share)
    if all(came[i] is None for i in off) and any(expected[i] is not None for i in off):
        return Finding(name, "wrong", "returned None: does it end in `return`?", share=share)
    percent = [told_in_percent(came[i], expected[i], tolerance) for i in off]
    if percent[0] and all(percent):
        return Finding(name, "wrong", percent[0], percent[0], share)
    first = off[0]
    asked = _asked(came[first], kind or kind_of(expected[first]))
    told = (
        f"is wrong on {len(off)} of {len(calls)} inputs. For {_input(first, calls, about)} it gave "
        f"{describe(came[first])}{asked}{how_far_off(came[first], expected[first], tolerance)}."
    )
    if len(off) == len(calls) > 1 and not is_empty(came[0]) and all(matches(one, came[0], 0.0) for one in came):
        told += " It gave the same for all of them: does it use its arguments?"
    return Finding(name, "wrong", told, share=share)


def _asked(answer: Any, kind: str) -> str:
    """Say which form a value should have, unless it's one of the values that are named there."""
    word = str(answer) if isinstance(answer, (bool, str)) else ""
    named = re.search(rf"(?<![\w]){re.escape(word)}(?![\w])", kind) if word else None
    return ", which isn't right here" if named else f"; it should be {kind}"


def _input(i: int, calls: Sequence[tuple[Any, ...]], about: Sequence[str] | None) -> str:
    return about[i] if about is not None else describe_call(calls[i])


def _unset(name: str, answer: Any, share: float) -> Finding | None:
    if answer is MISSING:
        message = "is not defined. Run the answer cell above; if it ends in an error, fix that first."
        return Finding(name, "not attempted", message, share=share)
    if not_attempted(answer):
        return Finding(name, "not attempted", "is still `...`: put your answer in its place.", share=share)
    return None


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
