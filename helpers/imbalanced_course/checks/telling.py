"""Fresh inputs that tell: on them the right answer and every known mistake differ from one another."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Any

from imbalanced_course.checks.values import TOLERANCE, matches

MOST_DRAWS = 100

Inputs = list[tuple[Any, ...]]


def telling_inputs(
    draw: Callable[[], Inputs],
    right: Callable[..., Any],
    mistakes: Iterable[Callable[..., Any]],
    *,
    same: Callable[..., bool] | None = None,
    tolerance: float = TOLERANCE,
) -> Inputs:
    """Return inputs on which no two of the right function and the known wrong ones agree everywhere.

    Random inputs rarely hide a mistake, but with thousands of submissions rarely happens: the verdict would depend on
    the seed.

    Parameters
    ----------
    draw : callable
        Draws a list of inputs, each a tuple of arguments.
    right : callable
        A correct function of these arguments.
    mistakes : iterable of callable
        Known wrong functions. One that stops with an error shows itself.
    same : callable, optional
        `same(one, other, *arguments)` tells whether two values count as equal; by default they must match.
    tolerance : float
        That of the check; values have to differ by more than twice as much.
    """
    equal = same or (lambda one, other, *_: matches(one, other, 2 * tolerance))
    functions = [right, *mistakes]
    for _ in range(MOST_DRAWS):
        inputs = draw()
        values = [[_value(one, arguments) for arguments in inputs] for one in functions]
        if all(_differ(one, other, inputs, equal) for one, other in combinations(values, 2)):
            break
    return inputs


def rounding(right: Callable[..., Any], key: str | None = None) -> list[Callable[..., Any]]:
    """Return the mistakes of those who round to two, one or no decimals: a right value needs three."""

    def rounded(decimals: int) -> Callable[..., Any]:
        def wrong(*arguments: Any) -> Any:
            value = right(*arguments)
            return round(float(value if key is None else value[key]), decimals)

        return wrong

    return [rounded(decimals) for decimals in (2, 1, 0)]


def telling_entries(
    draw: Callable[[], Inputs],
    right: Callable[..., Mapping[str, Any]],
    mistakes: Mapping[str, Mapping[str, Callable[..., Any]]],
    *,
    rounded: Iterable[str] = (),
) -> Inputs:
    """Return inputs that tell for each key of a function that returns a dict; `rounded` are keys of decimal numbers."""
    rounded = set(rounded)

    def one_key(key: str) -> Callable[..., Any]:
        return lambda *arguments: right(*arguments)[key]

    groups = {
        key: [one_key(key), *known.values(), *(rounding(right, key) if key in rounded else [])]
        for key, known in mistakes.items()
    }
    for _ in range(MOST_DRAWS):
        inputs = draw()
        tables = [[[_value(one, arguments) for arguments in inputs] for one in group] for group in groups.values()]
        if all(_differ(one, other, inputs, _same) for table in tables for one, other in combinations(table, 2)):
            break
    return inputs


def _value(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    try:
        return function(*copy.deepcopy(arguments))
    except Exception as error:
        return error


def _same(one: Any, other: Any, *_: Any) -> bool:
    return matches(one, other, 2 * TOLERANCE)


def _differ(one: list[Any], other: list[Any], inputs: Inputs, same: Callable[..., bool]) -> bool:
    return any(
        isinstance(a, Exception) or isinstance(b, Exception) or not same(a, b, *arguments)
        for a, b, arguments in zip(one, other, inputs, strict=True)
    )
