"""What the generators share: turn uniform random numbers into columns, and columns into a file.

Table look-up and plain arithmetic alone, for the reason told in `transactions`: the same seed shall give the same bytes
on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import pandas as pd

# A quantity is described by its quantiles at these levels; between two of them it is uniform.
LEVELS = (0.0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.97, 0.995, 1.0)
Quantiles = tuple[float, ...]

_LEVELS = np.array(LEVELS)


def require_whole(name: str, value: object, *, low: int, high: int | None = None) -> None:
    """Refuse what is no whole number from `low` to `high`, both included."""
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or value < low or (high is not None and value > high):  # type: ignore[operator]
        limits = f"{low} or more" if high is None else f"from {low} to {high}"
        raise ValueError(f"{name} must be a whole number, {limits}, not {value!r}")


def running_sums(weights: Sequence[int]) -> list[int]:
    """Return the running sums of whole weights, the form that `choose` reads."""
    return list(accumulate(weights))


def named_weights(choices: Mapping[str, int], names: Sequence[str]) -> list[int]:
    """Return the running sums of the weights of `names`; a name that is no key weighs nothing."""
    return running_sums([choices.get(name, 0) for name in names])


def shares(sums: np.ndarray) -> np.ndarray:
    """Turn running sums of weights into probabilities."""
    found: npt.NDArray[np.float64] = np.diff(sums, prepend=0) / sums[-1]
    return found


def share_within(quantiles: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return how probable a quantity with these quantiles lies between `low` and `high`."""
    below_high: npt.NDArray[np.float64] = np.interp(high, quantiles, _LEVELS)
    below_low: npt.NDArray[np.float64] = np.interp(low, quantiles, _LEVELS)
    return below_high - below_low


def choose(weights: np.ndarray, row: np.ndarray, uniform: np.ndarray) -> npt.NDArray[np.int64]:
    """Turn uniform numbers into indices; `weights[row]` are the running sums of each element's weights."""
    aim = uniform * weights[row, -1]
    index = np.zeros(len(uniform), dtype=np.int64)
    for column in range(weights.shape[1] - 1):
        index += aim >= weights[row, column]
    return index


def between_quantiles(quantiles: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """Turn uniform numbers into quantities; `quantiles` has a row for each element and a column for each of LEVELS."""
    left = np.searchsorted(_LEVELS, uniform, side="right") - 1
    share: npt.NDArray[np.float64] = (uniform - _LEVELS[left]) / (_LEVELS[left + 1] - _LEVELS[left])
    everyone = np.arange(len(uniform))
    low: npt.NDArray[np.float64] = quantiles[everyone, left]
    high: npt.NDArray[np.float64] = quantiles[everyone, left + 1]
    return low + share * (high - low)


def csv_bytes(frame: pd.DataFrame, decimals: Mapping[str, int]) -> bytes:
    r"""Return a frame as CSV text: a header, fields parted by commas, lines ended by `\n`, ASCII.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any columns that Python's own formatting writes.
    decimals : mapping of str to int
        How many decimals a column gets; a column not named is written as it is.
    """
    formats = {name: f".{digits}f" for name, digits in decimals.items()}
    columns = [[format(value, formats.get(name, "")) for value in frame[name].tolist()] for name in frame.columns]
    lines = [",".join(frame.columns), *map(",".join, zip(*columns, strict=True))]
    return ("\n".join(lines) + "\n").encode("ascii")
