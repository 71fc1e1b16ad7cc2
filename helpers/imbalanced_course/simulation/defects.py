"""Simulated parts from a moulding plant, 1 in 1,000 of them defective, and how probable a defect is for each.

The number of defects is fixed, not drawn: of n parts n/1,000 are defective, rounded to a whole number; which ones is
drawn without replacement. Each part then gets a profile of its class, which says how it came about, and from it its
columns; these are independent of each other within a profile, only that some lines run hotter than others.

Sound parts come out of a steady machine, one that warms up, or one whose tool is worn but still good. Defects are burnt
(hot and slow), short (too little pressure, thin walls), chatter marks (a tool that shakes), or blisters (damp material
of one supplier); some look like any sound part and are out of every model's reach.

That the same seed gives the same bytes on any machine is reached as in `transactions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from imbalanced_course.simulation.drawing import (
    Quantiles,
    between_quantiles,
    choose,
    csv_bytes,
    named_weights,
    require_whole,
    running_sums,
    share_within,
    shares,
)

# The course's file. With 30 defects much is luck; why this seed is told in datasets/defects/CARD.md.
FILE_ROWS = 30_000
FILE_SEED = 2

PARTS_A_DEFECT = 1000

CATEGORIES = {
    "line": ("A", "B", "C", "D"),
    "shift": ("early", "late", "night"),
    "supplier": ("alder", "birch", "cedar"),
}
# Each measured quantity with the number of its decimals.
DECIMALS = {"temperature": 1, "pressure": 0, "vibration": 2, "thickness": 0, "cycle_time": 1, "humidity": 0}
COLUMNS = (*DECIMALS, *CATEGORIES, "defect")

# Degrees by which each line runs hotter than line A.
_HOTTER = np.array([0, 2, -3, 4])


@dataclass(frozen=True)
class PartProfile:
    """One way in which parts come about; weights are whole numbers and count among the parts of the same class.

    A quantity is given by its quantiles at `drawing.LEVELS`; the temperature is that of line A.
    """

    weight: int
    temperature: Quantiles = (206, 211, 216, 220, 224, 228, 232, 236, 244)
    pressure: Quantiles = (760, 830, 880, 910, 940, 965, 985, 1005, 1040)
    vibration: Quantiles = (0.4, 0.8, 1.2, 1.6, 2.1, 2.7, 3.4, 4.2, 6.0)
    thickness: Quantiles = (1900, 1950, 1982, 2000, 2018, 2034, 2048, 2062, 2090)
    cycle_time: Quantiles = (22, 24.5, 26.5, 28, 29.5, 31, 33, 35, 40)
    humidity: Quantiles = (20, 26, 34, 41, 49, 57, 65, 74, 90)
    line: Mapping[str, int] | None = None
    shift: Mapping[str, int] | None = None
    supplier: Mapping[str, int] | None = None


_USUALLY = {
    "line": {"A": 30, "B": 28, "C": 24, "D": 18},
    "shift": {"early": 38, "late": 36, "night": 26},
    "supplier": {"alder": 48, "birch": 32, "cedar": 20},
}

STEADY = PartProfile(weight=90)
WARMING_UP = PartProfile(
    weight=6,
    temperature=(188, 196, 203, 208, 213, 217, 221, 226, 234),
    cycle_time=(24, 27, 30, 32.5, 35, 38, 41, 44, 50),
    shift={"early": 70, "late": 20, "night": 10},
)
WORN_BUT_GOOD = PartProfile(weight=4, vibration=(1.0, 1.8, 2.6, 3.3, 4.1, 5.0, 6.0, 7.2, 9.0))
SOUND = (STEADY, WARMING_UP, WORN_BUT_GOOD)

# Whatever spoils a part also makes most machines shake and work slowly; without that, four kinds of defect that pull in
# different directions would leave a linear model little to learn from 30 of them.
_SHAKING = (0.8, 1.5, 2.2, 2.9, 3.7, 4.6, 5.6, 6.8, 9.0)
_SLOW = (24, 27.5, 30, 32, 34, 36, 39, 42, 48)

BURNT = PartProfile(
    weight=30,
    temperature=(214, 223, 230, 235, 240, 245, 250, 255, 264),
    vibration=_SHAKING,
    cycle_time=_SLOW,
    line={"A": 14, "B": 24, "C": 12, "D": 50},
)
SHORT = PartProfile(
    weight=28,
    pressure=(620, 680, 740, 785, 830, 870, 905, 940, 990),
    vibration=_SHAKING,
    thickness=(1800, 1850, 1895, 1925, 1955, 1980, 2005, 2030, 2060),
    cycle_time=_SLOW,
)
CHATTER = PartProfile(
    weight=22,
    vibration=(1.4, 2.6, 4.0, 5.2, 6.4, 7.6, 9.0, 10.4, 13.0),
    cycle_time=_SLOW,
    shift={"early": 22, "late": 28, "night": 50},
)
BLISTERS = PartProfile(
    weight=14,
    vibration=_SHAKING,
    humidity=(38, 50, 60, 67, 74, 80, 86, 91, 97),
    supplier={"alder": 10, "birch": 10, "cedar": 80},
)
UNREMARKABLE = replace(STEADY, weight=6)
DEFECTIVE = (BURNT, SHORT, CHATTER, BLISTERS, UNREMARKABLE)

PROFILES = (*SOUND, *DEFECTIVE)


def make_defects(n: int, seed: int) -> pd.DataFrame:
    """Simulate measured parts, 1 in 1,000 of them defective.

    Parameters
    ----------
    n : int
        Number of parts, 1,000 or more.
    seed : int
        0 to 2**32 - 1; the same arguments give the same parts with any version of NumPy.

    Returns
    -------
    pandas.DataFrame
        `n` rows and the columns `COLUMNS`: `temperature` (degrees Celsius), `vibration` (mm/s) and `cycle_time` (s) are
        float64, `pressure` (bar), `thickness` (micrometres), `humidity` (%) and the target `defect` int64, and `line`,
        `shift` and `supplier` categorical. The number of defects is n/1,000, rounded, a half upwards.

    Raises
    ------
    ValueError
        When an argument is out of its range.
    """
    require_whole("n", n, low=PARTS_A_DEFECT)
    require_whole("seed", seed, low=0, high=2**32 - 1)

    random = np.random.RandomState(seed)
    defect = np.zeros(n, dtype=np.int64)
    defect[np.argsort(random.random_sample(n), kind="stable")[: _number_of_defects(n)]] = 1
    profile = choose(_PROFILE_WEIGHTS, defect, random.random_sample(n))
    codes = {name: choose(_CATEGORY_WEIGHTS[name], profile, random.random_sample(n)) for name in CATEGORIES}

    columns: dict[str, object] = {}
    for name, digits in DECIMALS.items():
        amount = between_quantiles(_QUANTILES[name][profile], random.random_sample(n))
        if name == "temperature":
            amount = amount + _HOTTER[codes["line"]]
        steps = np.floor(amount * 10**digits + 0.5).astype(np.int64)
        columns[name] = steps / 10**digits if digits else steps
    for name, values in CATEGORIES.items():
        columns[name] = pd.Categorical.from_codes(codes[name], categories=pd.Index(values))
    return pd.DataFrame({**columns, "defect": defect}, columns=list(COLUMNS))


def true_defect_probability(parts: pd.DataFrame) -> np.ndarray:
    """Return the probability of a defect that follows from how the parts are made: no model can rank better.

    By Bayes' theorem from the profiles: rate x likelihood as a defect / (the same + the same as a sound part), with a
    rate of 1 in 1,000.

    Parameters
    ----------
    parts : pandas.DataFrame
        Parts as `make_defects` returns them; `defect` is not read.

    Returns
    -------
    numpy.ndarray
        Shape (n,), 0 to 1; NaN for a part that no profile can make.
    """
    codes = {name: pd.Categorical(parts[name], categories=list(values)).codes for name, values in CATEGORIES.items()}
    amounts = {name: parts[name].to_numpy() for name in DECIMALS}
    amounts["temperature"] = amounts["temperature"] - _HOTTER[codes["line"]]

    joint = np.zeros((2, len(parts)))
    for profile in range(len(PROFILES)):
        likelihood = np.ones(len(parts))
        for name, amount in amounts.items():
            half_a_step = 0.5 / 10 ** DECIMALS[name]
            likelihood *= share_within(_QUANTILES[name][profile], amount - half_a_step, amount + half_a_step)
        for name, code in codes.items():
            likelihood *= shares(_CATEGORY_WEIGHTS[name][profile])[code]
        for defect, rate in enumerate((1 - 1 / PARTS_A_DEFECT, 1 / PARTS_A_DEFECT)):
            joint[defect] += rate * shares(_PROFILE_WEIGHTS[defect])[profile] * likelihood
    chances: np.ndarray = joint[1] / joint.sum(axis=0)
    return chances


def defects_csv(parts: pd.DataFrame) -> bytes:
    r"""Return parts as CSV text: a header, fields parted by commas, lines ended by `\n`, ASCII.

    Parameters
    ----------
    parts : pandas.DataFrame
        Parts as `make_defects` returns them.
    """
    return csv_bytes(parts[list(COLUMNS)], {name: digits for name, digits in DECIMALS.items() if digits})


def _number_of_defects(n: int) -> int:
    return (n + PARTS_A_DEFECT // 2) // PARTS_A_DEFECT


# One row a profile; weights as running sums.
_QUANTILES = {name: np.array([getattr(p, name) for p in PROFILES], dtype=float) for name in DECIMALS}
_CATEGORY_WEIGHTS = {
    name: np.array([named_weights(getattr(p, name) or _USUALLY[name], values) for p in PROFILES])
    for name, values in CATEGORIES.items()
}
# One row a class: sound, defective.
_PROFILE_WEIGHTS = np.array(
    [
        running_sums([p.weight for p in SOUND] + [0] * len(DEFECTIVE)),
        running_sums([0] * len(SOUND) + [p.weight for p in DEFECTIVE]),
    ]
)
