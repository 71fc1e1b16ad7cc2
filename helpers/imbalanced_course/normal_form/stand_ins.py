"""What stands in a check for a thing of the learner's that isn't data: the same in the notebook and in the grader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

ASKABLE_METHODS = ("predict", "predict_proba", "decision_function", "score_samples", "transform")
# A call of the learner's code: the method's name (None for a function itself), the arguments, the named arguments.
Call = Callable[[str | None, tuple[Any, ...], dict[str, Any]], Any]


class BorderError(Exception):
    """A message that is not one, or a value that may not cross."""


class AnswerError(Exception):
    """An error that the learner's code raised; `type_name` is that of the original."""

    def __init__(self, type_name: str, text: str) -> None:
        super().__init__(text)
        self.type_name = type_name

    @classmethod
    def of(cls, error: BaseException) -> AnswerError:
        """Return what a check gets to see of an error."""
        if isinstance(error, MemoryError):
            return cls("MemoryError", "it needs more memory than there is")
        try:
            return error if isinstance(error, cls) else cls(type(error).__name__, str(error)[:500])
        except Exception:  # an error of the learner's own class can be anything
            return cls("Error", "")


class _Missing:
    """Stands for a name that the answer should have set and did not."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()


class Opaque:
    """Stands for a value of a type that checks don't look into; only the type's name came along."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name


class Unreadable:
    """Stands for a value that can't be read; `reason` says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class Stopped:
    """Stands for a value whose cell did not run to its end; `reason` says how: "stopped with NameError: …"."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class AnswerFunction:
    """A function of the learner's: it gets copies of the arguments, and what it returns comes in normal form."""

    def __init__(self, name: str, call: Call) -> None:
        self.__name__ = name
        self._call = call

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Return what the learner's function returns, or raise `AnswerError`."""
        return self._call(None, arguments, named)


class AnswerModel:
    """A model of the learner's: it can be asked for predictions, or rebuilt from its description."""

    def __init__(self, details: Any, call: Call) -> None:
        self.details = details
        self._call = call

    @property
    def type_name(self) -> str:
        """The name of the model's class."""
        return str(self.details.get("class", "model")).rpartition(".")[2] if isinstance(self.details, dict) else "model"

    def __getattr__(self, name: str) -> Any:
        if name in ASKABLE_METHODS:
            return lambda *arguments, **named: self._call(name, arguments, named)
        raise AttributeError(name)


class AnswerFigure(dict[str, Any]):
    """What a figure of the learner's shows, as `figures_and_models.describe_figure` tells it."""

    def __init__(self, details: Any) -> None:
        super().__init__(details if isinstance(details, Mapping) else {})


def stand_in(kind: str, details: Any, call: Call) -> AnswerFunction | AnswerModel | AnswerFigure:
    """Return what stands for a function, model or figure that `call` reaches."""
    if kind == "figure":
        return AnswerFigure(details)
    return AnswerModel(details, call) if kind == "model" else AnswerFunction(str(details), call)
