"""One form for what an answer holds, so that a check sees the same in the notebook and in the grader.

`normal` makes it here. In the grader the answer's process sends what `written` and `returned` make, and the checks'
process reads it with `decode`: the same way, with a wire in between.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, MutableMapping
from typing import Any

from imbalanced_course.normal_form.decoding import decode
from imbalanced_course.normal_form.encoding import Keep, again_and_again, encode, is_iterator
from imbalanced_course.normal_form.figures_and_models import describe_figure, describe_model, is_figure, is_model
from imbalanced_course.normal_form.stand_ins import (
    MISSING,
    AnswerError,
    AnswerFigure,
    AnswerFunction,
    AnswerModel,
    BorderError,
    Stopped,
    Unreadable,
    stand_in,
)

__all__ = ["MISSING", "AnswerError", "AnswerFigure", "AnswerFunction", "AnswerModel", "BorderError",
           "Stopped", "Unreadable", "decode", "encode", "kept_as", "normal", "read_name", "returned", "stand_in",
           "written"]  # fmt: skip


def normal(value: Any) -> Any:
    """Return a value of the learner's in normal form: data of few types, and stand-ins for all else.

    What can't be read comes back as `Unreadable`; a function of the learner's raises `AnswerError` when called.
    """
    return _here(*written(value, _kept_here))


def written(value: Any, keep: Keep = None) -> tuple[Any, list[bytes], list[Any]]:
    """Encode the value of a name; of one that can't be read, why not."""
    try:
        return encode(value, keep)
    except Exception as error:
        found = AnswerError.of(error)
        reason = str(found) if isinstance(error, BorderError) else f"{found.type_name}: {found}"
        return encode(Unreadable(reason))


def returned(target: Callable[..., Any], arguments: Any, named: Any, keep: Keep) -> tuple[Any, list[bytes], list[Any]]:
    """Call something of the learner's and encode what comes back; what it raises is let through."""
    came = target(*arguments, **named)
    try:
        return encode(came, keep)
    except BorderError as error:
        return encode(Unreadable(str(error)))


def read_name(namespace: MutableMapping[str, Any], name: str) -> Any:
    """Return what a name holds, `MISSING` where it isn't defined; an iterator stays as full as it was."""
    value = namespace.get(name, MISSING)
    if is_iterator(value):
        namespace[name], value = again_and_again(value)
    return value


def kept_as(value: Any) -> tuple[str, Any] | None:
    """Return the kind and the details of what stays with the learner, None for anything else."""
    if is_figure(value):
        return "figure", describe_figure(value)
    if is_model(value):
        return "model", describe_model(value)
    return ("function", getattr(value, "__name__", None)) if callable(value) else None


def _kept_here(value: Any) -> tuple[str, Any] | None:
    if isinstance(value, (AnswerFunction, AnswerModel, AnswerFigure)):
        return "same", None
    return kept_as(value)


def _here(tree: Any, blobs: list[bytes], kept: list[Any]) -> Any:
    def handle(kind: str, number: int, details: Any) -> Any:
        thing = kept[number]
        return thing if kind == "same" else stand_in(kind, details, functools.partial(_call_here, thing))

    return decode(tree, blobs, handle)


def _call_here(target: Any, method: str | None, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    copies, named_copies = decode(*encode([list(arguments), named])[:2])
    try:
        call = getattr(target, method) if method else target
        return _here(*returned(call, copies, named_copies, _kept_here))
    except (Exception, SystemExit) as error:
        raise AnswerError.of(error) from None
