"""Simulated card payments: a file of four weeks, and fresh weeks of any size.

Every payment follows one of the profiles below. Honest and fraudulent profiles overlap, so no rule tells them apart
without error; because a payment is first drawn honest or fraudulent and then described, the probability of fraud given
the columns is a well-defined number that a model can estimate.

The text of a data set must be the same bytes with any version of NumPy and pandas on any machine. Hence:

- random numbers come from `RandomState.random_sample` alone, whose stream NumPy has promised never to change (NEP 19);
- they become values by table look-up, linear interpolation and elementwise + - * /, which IEEE 754 rounds alike
  everywhere. `exp`, `log` and the normal distribution come from libraries that differ in the last digit, `np.interp`
  may be compiled to fused multiply-add, and sums of floats depend on the order that the processor prefers;
- weights are whole numbers, so that cumulative weights are exact;
- floats are rounded to whole cents or whole hundred metres before they are divided, and are written by Python's own
  formatting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd

FILE_ROWS = 20_000
FILE_SEED = 28
DAYS = 28
FIRST_DRIFTED_DAY = 22
FRAUD_RATE = 0.01

MERCHANT_CATEGORIES = (
    "clothing",
    "digital_services",
    "electronics",
    "fuel",
    "gift_cards",
    "groceries",
    "restaurants",
    "travel",
)
ENTRY_MODES = ("chip", "contactless", "magstripe", "online")
CARD_TYPES = ("credit", "debit", "prepaid")

COLUMNS = (
    "day",
    "hour",
    "amount",
    "distance_km",
    "merchant_category",
    "entry_mode",
    "card_type",
    "card_age_days",
    "new_merchant",
    "payments_last_24h",
    "is_fraud",
)

# A quantity is described by its quantiles at these levels; between two of them it is uniform.
LEVELS = (0.0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.97, 0.995, 1.0)
Quantiles = tuple[float, ...]

WEEKDAYS = (13, 13, 14, 15, 17, 16, 12)

#                0           4           8               12              16              20
DAYTIME = (1, 1, 0, 0, 0, 1, 3, 10, 22, 30, 34, 40, 48, 46, 40, 40, 46, 56, 54, 42, 28, 18, 10, 4)
EVENING = (8, 4, 2, 1, 1, 2, 6, 12, 18, 22, 24, 26, 30, 28, 26, 26, 28, 32, 38, 48, 56, 54, 40, 20)
NIGHT = (40, 46, 48, 44, 34, 20, 8, 3, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 5, 7, 9, 14, 22, 30)
ANY_TIME = (10, 8, 6, 5, 5, 6, 8, 12, 16, 18, 18, 18, 18, 18, 18, 18, 18, 18, 18, 18, 17, 16, 14, 12)

# What an ordinary payment costs, in euro.
USUAL_AMOUNT: Mapping[str, Quantiles] = {
    "clothing": (5, 12, 28, 48, 85, 150, 260, 420, 900),
    "digital_services": (0.5, 1.5, 5, 10, 16, 35, 70, 120, 300),
    "electronics": (6, 14, 35, 90, 240, 600, 1100, 1700, 2600),
    "fuel": (8, 18, 38, 55, 72, 90, 115, 150, 220),
    "gift_cards": (5, 10, 20, 25, 50, 100, 150, 250, 500),
    "groceries": (1, 4, 12, 26, 52, 95, 150, 220, 400),
    "restaurants": (2, 4, 11, 22, 42, 75, 130, 220, 450),
    "travel": (3, 9, 35, 95, 240, 520, 1100, 1900, 3200),
}

NEAR_HOME: Quantiles = (0, 0.2, 1, 3, 8, 18, 35, 60, 120)
SHOP_ONLINE: Quantiles = (0, 1, 8, 40, 160, 380, 700, 1200, 2500)
FAR_AWAY: Quantiles = (40, 70, 160, 380, 900, 1600, 2600, 5000, 9000)
CARD_AGE: Quantiles = (0, 40, 250, 620, 1050, 1400, 1750, 2100, 2600)
YOUNG_CARD: Quantiles = (0, 5, 30, 90, 260, 700, 1200, 1800, 2600)


CARDS = {"credit": 30, "debit": 62, "prepaid": 8}
CARDS_OFTEN_ATTACKED = {"credit": 48, "debit": 32, "prepaid": 20}

FEW_PAYMENTS = (34, 30, 18, 9, 5, 2, 1, 1)
BUSY_DAY = (2, 5, 9, 14, 18, 17, 13, 9, 6, 4, 2, 1)
BURST = (1, 2, 4, 6, 9, 12, 14, 14, 12, 10, 7, 5, 3, 1)


@dataclass(frozen=True)
class Profile:
    """One way in which payments come about; weights are whole numbers and need not sum to anything.

    `weight` counts among the honest, or among the fraudulent, profiles on days 1 to 21, `late_weight` from day 22 on.
    `amount` None means the usual amounts of the merchant category. `new_merchant` is a percentage, and `payments`
    weighs 0, 1, 2, … payments with the same card in the 24 hours before.
    """

    fraud: bool
    weight: int
    late_weight: int
    hours: Sequence[int]
    categories: Mapping[str, int]
    entry_modes: Mapping[str, int]
    distance_km: Quantiles
    new_merchant: int
    payments: Sequence[int] = FEW_PAYMENTS
    amount: Quantiles | None = None
    card_types: Mapping[str, int] = field(default_factory=lambda: CARDS)
    card_age_days: Quantiles = CARD_AGE


EVERYDAY = Profile(
    fraud=False,
    weight=640,
    late_weight=615,
    hours=DAYTIME,
    categories={"groceries": 42, "restaurants": 22, "fuel": 13, "clothing": 12, "electronics": 5, "travel": 6},
    entry_modes={"contactless": 62, "chip": 37, "magstripe": 1},
    distance_km=NEAR_HOME,
    new_merchant=9,
)
ONLINE = Profile(
    fraud=False,
    weight=210,
    late_weight=215,
    hours=EVENING,
    categories={
        "clothing": 30,
        "digital_services": 22,
        "electronics": 16,
        "groceries": 14,
        "travel": 12,
        "gift_cards": 6,
    },
    entry_modes={"online": 100},
    distance_km=SHOP_ONLINE,
    new_merchant=26,
)
SUBSCRIPTION = Profile(
    fraud=False,
    weight=50,
    late_weight=50,
    hours=NIGHT,
    categories={"digital_services": 92, "travel": 8},
    entry_modes={"online": 100},
    distance_km=SHOP_ONLINE,
    new_merchant=3,
    amount=(0.5, 1, 4, 8, 13, 20, 40, 60, 90),
)
BUSY = Profile(
    fraud=False,
    weight=60,
    late_weight=60,
    hours=DAYTIME,
    categories={"groceries": 26, "restaurants": 30, "clothing": 24, "fuel": 6, "electronics": 6, "gift_cards": 8},
    entry_modes={"contactless": 66, "chip": 32, "magstripe": 2},
    distance_km=NEAR_HOME,
    new_merchant=30,
    payments=BUSY_DAY,
)
AWAY = Profile(
    fraud=False,
    weight=40,
    late_weight=60,
    hours=ANY_TIME,
    categories={"restaurants": 34, "travel": 30, "groceries": 14, "fuel": 12, "clothing": 8, "electronics": 2},
    entry_modes={"contactless": 46, "chip": 46, "magstripe": 8},
    distance_km=FAR_AWAY,
    new_merchant=80,
    payments=(14, 20, 20, 16, 12, 8, 5, 3, 2),
    card_types={"credit": 60, "debit": 34, "prepaid": 6},
)

STOLEN_NUMBER = Profile(
    fraud=True,
    weight=28,
    late_weight=17,
    hours=NIGHT,
    categories={"electronics": 62, "travel": 20, "clothing": 14, "gift_cards": 4},
    entry_modes={"online": 100},
    distance_km=(0, 5, 90, 320, 900, 2200, 5000, 8000, 12000),
    new_merchant=88,
    payments=(14, 20, 20, 16, 12, 8, 5, 3, 2),
    amount=(40, 90, 220, 430, 760, 1200, 1800, 2400, 3200),
    card_types=CARDS_OFTEN_ATTACKED,
)
STOLEN_NUMBER_LATE = replace(
    STOLEN_NUMBER,
    weight=0,
    late_weight=11,
    hours=EVENING,
    categories={"gift_cards": 55, "electronics": 25, "digital_services": 10, "clothing": 10},
    amount=(25, 50, 100, 200, 350, 500, 800, 1200, 1600),
)
COPIED_STRIPE = Profile(
    fraud=True,
    weight=20,
    late_weight=20,
    hours=ANY_TIME,
    categories={"fuel": 34, "electronics": 26, "clothing": 24, "groceries": 16},
    entry_modes={"magstripe": 88, "chip": 12},
    distance_km=FAR_AWAY,
    new_merchant=92,
    payments=(10, 16, 20, 18, 14, 10, 6, 4, 2),
    card_types={"credit": 52, "debit": 44, "prepaid": 4},
)
CARD_TEST = Profile(
    fraud=True,
    weight=20,
    late_weight=20,
    hours=NIGHT,
    categories={"digital_services": 78, "gift_cards": 22},
    entry_modes={"online": 100},
    distance_km=SHOP_ONLINE,
    new_merchant=94,
    payments=BURST,
    amount=(0.5, 0.6, 0.9, 1.2, 1.9, 2.6, 3.5, 5, 8),
    card_types=CARDS_OFTEN_ATTACKED,
    card_age_days=YOUNG_CARD,
)
LOST_CARD = Profile(
    fraud=True,
    weight=20,
    late_weight=20,
    hours=EVENING,
    categories={"groceries": 54, "fuel": 16, "restaurants": 16, "clothing": 14},
    entry_modes={"contactless": 100},
    distance_km=NEAR_HOME,
    new_merchant=74,
    payments=BURST,
    amount=(12, 26, 38, 43, 46.5, 48.5, 49.5, 49.9, 50),
)
UNREMARKABLE = tuple(
    replace(profile, fraud=True, weight=weight, late_weight=weight, new_merchant=profile.new_merchant + 15)
    for profile, weight in ((EVERYDAY, 4), (ONLINE, 8))
)
PROFILES = (
    EVERYDAY,
    ONLINE,
    SUBSCRIPTION,
    BUSY,
    AWAY,
    STOLEN_NUMBER,
    STOLEN_NUMBER_LATE,
    COPIED_STRIPE,
    CARD_TEST,
    LOST_CARD,
    *UNREMARKABLE,
)


def make_transactions(n_rows: int, *, seed: int, first_day: int = 1, last_day: int = DAYS) -> pd.DataFrame:
    """Simulate card payments of the days `first_day` to `last_day`, in the order of time.

    Parameters
    ----------
    n_rows : int
        Number of payments, 1 or more.
    seed : int
        0 to 2**32 - 1; the same seed gives the same payments with any version of NumPy.
    first_day, last_day : int
        First and last day, within 1 to 28. From day 22 on fraud, and a little of what honest people do, differs.

    Returns
    -------
    pandas.DataFrame
        `n_rows` rows with the columns `COLUMNS`; whole numbers are int64, `amount` (euro) and `distance_km` are
        float64 rounded to 2 and 1 decimals, and the three named columns are categorical.

    Raises
    ------
    ValueError
        When an argument is out of its range.
    """
    _require_whole("n_rows", n_rows, low=1)
    _require_whole("seed", seed, low=0, high=2**32 - 1)
    _require_whole("first_day", first_day, low=1, high=DAYS)
    _require_whole("last_day", last_day, low=first_day, high=DAYS)
    random = np.random.RandomState(seed)

    days = np.arange(first_day, last_day + 1)
    day = days[_choose([_cumulative([WEEKDAYS[(d - 1) % 7] for d in days])], 0, random.random_sample(n_rows))]
    is_fraud = random.random_sample(n_rows) < FRAUD_RATE
    situation = 2 * (day >= FIRST_DRIFTED_DAY) + is_fraud
    profile = _choose(_PROFILE_TABLE, situation, random.random_sample(n_rows))
    hour = _choose(_HOUR_TABLE, profile, random.random_sample(n_rows))
    category = _choose(_CATEGORY_TABLE, profile, random.random_sample(n_rows))
    amount = _interpolate(_AMOUNT_TABLE, profile * len(MERCHANT_CATEGORIES) + category, random.random_sample(n_rows))
    entry_mode = _choose(_ENTRY_TABLE, profile, random.random_sample(n_rows))
    distance = _interpolate(_DISTANCE_TABLE, profile, random.random_sample(n_rows))
    card_type = _choose(_CARD_TABLE, profile, random.random_sample(n_rows))
    card_age = _interpolate(_AGE_TABLE, profile, random.random_sample(n_rows))
    new_merchant = _choose(_NEW_TABLE, profile, random.random_sample(n_rows))
    payments = _choose(_PAYMENTS_TABLE, profile, random.random_sample(n_rows))

    order = np.lexsort((hour, day))
    frame = pd.DataFrame(
        {
            "day": day,
            "hour": hour,
            "amount": np.floor(amount * 100 + 0.5) / 100,
            "distance_km": np.floor(distance * 10 + 0.5) / 10,
            "merchant_category": pd.Categorical.from_codes(category, list(MERCHANT_CATEGORIES)),
            "entry_mode": pd.Categorical.from_codes(entry_mode, list(ENTRY_MODES)),
            "card_type": pd.Categorical.from_codes(card_type, list(CARD_TYPES)),
            "card_age_days": np.floor(card_age).astype(np.int64),
            "new_merchant": new_merchant,
            "payments_last_24h": payments,
            "is_fraud": is_fraud.astype(np.int64),
        }
    )
    return frame.take(order).reset_index(drop=True)


def make_week(n_rows: int, *, seed: int, week: int = 4) -> pd.DataFrame:
    """Simulate a fresh week of card payments; week 4 (days 22 to 28) is the one that drifts.

    Parameters
    ----------
    n_rows : int
        Number of payments, 1 or more.
    seed : int
        0 to 2**32 - 1.
    week : {1, 2, 3, 4}
        Which of the four weeks.

    Returns
    -------
    pandas.DataFrame
        As `make_transactions` returns.

    Raises
    ------
    ValueError
        When an argument is out of its range.
    """
    _require_whole("week", week, low=1, high=4)
    return make_transactions(n_rows, seed=seed, first_day=7 * week - 6, last_day=7 * week)


def transactions_csv(frame: pd.DataFrame) -> bytes:
    r"""Return payments as CSV text: a header, fields parted by commas, lines ended by `\n`, ASCII."""
    decimals = {"amount": ".2f", "distance_km": ".1f"}
    columns = [[format(value, decimals.get(name, "")) for value in frame[name].tolist()] for name in COLUMNS]
    lines = [",".join(COLUMNS), *map(",".join, zip(*columns, strict=True))]
    return ("\n".join(lines) + "\n").encode("ascii")


def _require_whole(name: str, value: object, *, low: int, high: int | None = None) -> None:
    """Refuse what is no whole number between `low` and `high`, both included."""
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or value < low or (high is not None and value > high):  # type: ignore[operator]
        limits = f"{low} or more" if high is None else f"from {low} to {high}"
        raise ValueError(f"{name} must be a whole number, {limits}, not {value!r}")


def _cumulative(weights: Sequence[int]) -> list[int]:
    return list(accumulate(int(weight) for weight in weights))


def _choose(cumulative: Any, row: Any, uniform: np.ndarray) -> np.ndarray:
    """Draw an index with the cumulative whole-number weights of each element's `row`."""
    table = np.asarray(cumulative)[row]
    return (uniform[:, None] * table[..., -1:] >= table).sum(axis=1)


def _interpolate(table: np.ndarray, row: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """Draw a quantity from the quantiles at `LEVELS` in each element's `row`."""
    levels = np.asarray(LEVELS)
    left = np.searchsorted(levels, uniform, side="right") - 1
    share = (uniform - levels[left]) / (levels[left + 1] - levels[left])
    low = table[row, left]
    return low + share * (table[row, left + 1] - low)


def _weights(choices: Mapping[str, int], names: Sequence[str]) -> list[int]:
    if unknown := set(choices) - set(names):
        raise ValueError(f"not among {names}: {sorted(unknown)}")
    return _cumulative([choices.get(name, 0) for name in names])


def _payments(weights: Sequence[int]) -> list[int]:
    longest = max(len(profile.payments) for profile in PROFILES)
    return _cumulative([*weights, *[0] * (longest - len(weights))])


_PROFILE_TABLE = np.array(
    [
        _cumulative([(p.late_weight if late else p.weight) if p.fraud == fraud else 0 for p in PROFILES])
        for late in (False, True)
        for fraud in (False, True)
    ]
)
_HOUR_TABLE = np.array([_cumulative(p.hours) for p in PROFILES])
_CATEGORY_TABLE = np.array([_weights(p.categories, MERCHANT_CATEGORIES) for p in PROFILES])
_ENTRY_TABLE = np.array([_weights(p.entry_modes, ENTRY_MODES) for p in PROFILES])
_CARD_TABLE = np.array([_weights(p.card_types, CARD_TYPES) for p in PROFILES])
_NEW_TABLE = np.array([[100 - p.new_merchant, 100] for p in PROFILES])
_PAYMENTS_TABLE = np.array([_payments(p.payments) for p in PROFILES])
_AMOUNT_TABLE = np.array(
    [p.amount or USUAL_AMOUNT[name] for p in PROFILES for name in MERCHANT_CATEGORIES], dtype=float
)
_DISTANCE_TABLE = np.array([p.distance_km for p in PROFILES], dtype=float)
_AGE_TABLE = np.array([p.card_age_days for p in PROFILES], dtype=float)
