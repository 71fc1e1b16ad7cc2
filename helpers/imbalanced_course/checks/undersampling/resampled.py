"""Judge functions that draw rows at random: no two right answers are equal, so each returned set is looked at."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, TookTooLong
from imbalanced_course.checks.values import describe, describe_error, new_inputs, not_attempted

# Of an error whose cause is named the first words are enough.
LONGEST_ERROR = 100

# What the check functions of this lesson say of errors that known mistakes lead to.
UPSIDE_DOWN = "that is majority over minority: `sampling_strategy` is minority over majority, so at most 1"
CANNOT_ADD = (
    "undersampling cannot add rows: with this number the majority would have to grow. `sampling_strategy` is minority "
    "over majority, the ratio after resampling"
)
RATIO_ERRORS = {
    "float in the range (0.0, 1.0]": UPSIDE_DOWN,
    "should be in the range": UPSIDE_DOWN,
    "remove samples": CANNOT_ADD,
    "less or equal to the original number": CANNOT_ADD,
    "larger sample than population": "it asks for more majority rows than there are: is the ratio upside down?",
}


def fresh_table(rng: np.random.Generator, *, rows: int, positives: int) -> pd.DataFrame:
    """Return rows of two features and `target`, in random order, with row labels that are no positions.

    No two rows have the same `feature_1`, so a row can be known by it whatever became of its label.
    """
    target = (np.arange(rows) < positives).astype(int)
    features = rng.normal(size=(rows, 2)) + 1.5 * target[:, None]
    order = rng.permutation(rows)
    labels = rng.permutation(np.arange(1000, 1000 + rows))
    table = pd.DataFrame(features[order], columns=["feature_1", "feature_2"], index=labels)
    return table.assign(target=target[order])


def judge_calls(
    name: str,
    answer: Any,
    calls: Sequence[tuple[Any, ...]],
    fault: Callable[..., str | None],
    *,
    about: Sequence[str],
    errors: Mapping[str, str] | None = None,
    share: float = 1.0,
) -> Finding:
    """Call the learner's function on fresh inputs and ask `fault` what is wrong with each thing it returned.

    Parameters
    ----------
    name : str
        The function's name in the notebook.
    answer : callable
        The learner's function.
    calls : sequence of tuples
        Positional arguments, one tuple a call; each call gets its own copy.
    fault : callable
        `fault(came, *arguments)` returns the sentence that names what is wrong, or None.
    about : sequence of str
        What each input is, in words.
    errors : mapping of str to str, optional
        For errors that a known mistake leads to: a part of the error's text, and the sentence that names the mistake.
    share : float
        How much of the task's points this function carries.
    """
    if answer is MISSING or not_attempted(answer):
        return value(name, answer, None, share=share)
    if not callable(answer):
        return Finding(name, "wrong", f"should be a function; you have {describe(answer)}.", share=share)
    came = []
    for arguments, words in zip(calls, about, strict=True):
        try:
            came.append(answer(*copy.deepcopy(arguments)))
        except KeyboardInterrupt:
            raise
        except TookTooLong:
            return Finding(name, "wrong", f"did not come back when called with {words}.", share=share)
        except BaseException as error:
            text = describe_error(error)
            known = next((told for part, told in (errors or {}).items() if part in text), None)
            if known and len(text) > LONGEST_ERROR:
                text = f"{text[: text.rfind(' ', 0, LONGEST_ERROR)]} …"
            ending = f" {known[:1].upper()}{known[1:]}." if known else ""
            return Finding(name, "wrong", f"stopped with {text} when called with {words}.{ending}", known, share)
    if all(not_attempted(one) for one in came):
        return Finding(name, "not attempted", "returns `...`: nothing is filled in yet.", share=share)
    for one, arguments, words in zip(came, calls, about, strict=True):
        if one is None:
            return Finding(name, "wrong", "returned None: does it end in `return`?", share=share)
        told = fault(one, *arguments)
        if told:
            return Finding(name, "wrong", f"for {words}: {told}.", told, share)
    return Finding(name, "right", f"right, also on {new_inputs(len(calls))} you have not seen.", share=share)


def rows_of(came: Any, table: pd.DataFrame) -> np.ndarray | None:
    """Return which rows of `table` these are, as positions, by their `feature_1`; None where a row is not of it."""
    column = first_feature(came)
    if column is None:
        return None
    known = {number: position for position, number in enumerate(table["feature_1"].tolist())}
    try:
        return np.array([known[number] for number in column.tolist()], dtype=int)
    except (KeyError, TypeError):
        return None


def first_feature(came: Any) -> np.ndarray | None:
    """Return the column `feature_1` of a table, or an array's first column; None for anything else."""
    if isinstance(came, pd.DataFrame):
        return came["feature_1"].to_numpy() if "feature_1" in came.columns else None
    return came[:, 0] if isinstance(came, np.ndarray) and came.ndim == 2 and came.shape[1] else None


def labels_of(came: Any) -> np.ndarray | None:
    """Return labels as a flat array of numbers, whatever holds them; None for what are no labels."""
    if isinstance(came, pd.DataFrame) and came.shape[1] == 1:
        came = came.iloc[:, 0]
    if not isinstance(came, (pd.Series, pd.Index, np.ndarray, list, tuple)):
        return None
    array = np.asarray(came)
    return array if array.ndim == 1 and (array.dtype.kind in "iufb" or len(array) == 0) else None


def ratio_fault(labels: np.ndarray, positives: int, wanted: float) -> str | None:
    """Return what is wrong with the counts of undersampled labels, or None.

    Parameters
    ----------
    labels : array of 0 and 1
        After undersampling.
    positives : int
        Minority rows before.
    wanted : float
        Majority rows that there should be.
    """
    majority, minority = int(np.sum(labels == 0)), int(np.sum(labels == 1))
    if minority < positives:
        return f"only {minority} of {positives} minority rows are left: undersampling drops majority rows alone"
    if abs(majority - wanted) <= 1:
        return None
    # wanted = positives * k; upside down they are positives / k.
    if wanted > positives and abs(majority - positives * positives / wanted) <= 1:
        return f"the ratio is majority over minority upside down: {majority} majority rows for {minority} minority rows"
    if majority == minority:
        return "both classes have the same number of rows: the ratio asked for is another one"
    return f"{majority} majority rows are left for {minority} minority rows; expected is another number"
