"""Simulated card payments: four weeks of them, or a fresh week of any size.

A payment is first drawn honest or fraudulent, then gets one of the profiles of `payment_profiles`, then its columns.
The probability of fraud given the columns is therefore known, and a model can be held against it.

The same seed must give the same bytes on any machine with any version of NumPy and pandas. Hence:

- random numbers come from `RandomState.random_sample` alone, whose stream NumPy keeps for ever (NEP 19);
- they become values by table look-up and by + - * / on whole arrays, which IEEE 754 rounds alike everywhere. `exp`,
  `log` and normal deviates come from libraries that differ in the last digit, `np.interp` may be compiled to a fused
  multiply-add, and a sum of floats depends on the order that the processor prefers;
- weights are whole numbers, so that their running sums are exact;
- amounts are rounded to whole cents, distances to whole 100 m, and Python's own formatting writes them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from imbalanced_course.simulation.drawing import (
    between_quantiles,
    choose,
    csv_bytes,
    named_weights,
    require_whole,
    running_sums,
    share_within,
    shares,
)
from imbalanced_course.simulation.payment_profiles import (
    CARD_TYPES,
    ENTRY_MODES,
    MERCHANT_CATEGORIES,
    PROFILES,
    USUAL_AMOUNT,
    WEEKDAYS,
)

# The course's file. With 200 frauds much is luck; why this seed is told in datasets/transactions/CARD.md.
FILE_ROWS = 20_000
FILE_SEED = 113

LAST_DAY = 28
FIRST_DRIFTED_DAY = 22
FRAUD_RATE = 0.01

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


def make_transactions(n_rows: int, *, seed: int, first_day: int = 1, last_day: int = LAST_DAY) -> pd.DataFrame:
    """Simulate the card payments of the days `first_day` to `last_day`, in the order of time.

    Parameters
    ----------
    n_rows : int
        Number of payments, 1 or more.
    seed : int
        0 to 2**32 - 1; the same arguments give the same payments with any version of NumPy.
    first_day, last_day : int
        First and last day, 1 to 28. From day 22 on, fraud is different, and so is a little of what honest people do.

    Returns
    -------
    pandas.DataFrame
        `n_rows` rows and the columns `COLUMNS`: whole numbers are int64, `amount` (euro) and `distance_km` float64
        with 2 and 1 decimals, `merchant_category`, `entry_mode` and `card_type` categorical.

    Raises
    ------
    ValueError
        When an argument is out of its range.

    See Also
    --------
    make_week : Simulates one week of them.
    true_fraud_probability : What a perfect model would predict for each.
    imbalanced_course.datasets.load_transactions : The file that the course comes with.

    Examples
    --------
    >>> from imbalanced_course.simulation.transactions import make_transactions
    >>> payments = make_transactions(1000, seed=1)
    >>> payments.shape
    (1000, 11)
    >>> bool(payments["day"].is_monotonic_increasing)
    True

    The same seed gives the same payments:

    >>> payments.equals(make_transactions(1000, seed=1))
    True
    """
    require_whole("n_rows", n_rows, low=1)
    require_whole("seed", seed, low=0, high=2**32 - 1)
    require_whole("first_day", first_day, low=1, high=LAST_DAY)
    require_whole("last_day", last_day, low=first_day, high=LAST_DAY)

    random = np.random.RandomState(seed)
    days = np.arange(first_day, last_day + 1, dtype=np.int64)
    day_weights = np.array([running_sums([WEEKDAYS[(day - 1) % 7] for day in days.tolist()])])

    everyone = np.zeros(n_rows, dtype=np.int64)
    day = days[choose(day_weights, everyone, random.random_sample(n_rows))]
    is_fraud = (random.random_sample(n_rows) < FRAUD_RATE).astype(np.int64)
    profile = choose(_PROFILE_WEIGHTS, _situation(day, is_fraud), random.random_sample(n_rows))
    hour = choose(_HOUR_WEIGHTS, profile, random.random_sample(n_rows))
    category = choose(_CATEGORY_WEIGHTS, profile, random.random_sample(n_rows))
    entry_mode = choose(_ENTRY_MODE_WEIGHTS, profile, random.random_sample(n_rows))
    card_type = choose(_CARD_TYPE_WEIGHTS, profile, random.random_sample(n_rows))
    new_merchant = choose(_NEW_MERCHANT_WEIGHTS, profile, random.random_sample(n_rows))
    payments = choose(_PAYMENTS_WEIGHTS, profile, random.random_sample(n_rows))
    amount = between_quantiles(_AMOUNTS[profile, category], random.random_sample(n_rows))
    distance = between_quantiles(_DISTANCES[profile], random.random_sample(n_rows))
    card_age = between_quantiles(_CARD_AGES[profile], random.random_sample(n_rows))

    frame = pd.DataFrame(
        {
            "day": day,
            "hour": hour,
            "amount": np.floor(amount * 100 + 0.5) / 100,
            "distance_km": np.floor(distance * 10 + 0.5) / 10,
            "merchant_category": pd.Categorical.from_codes(category, categories=pd.Index(MERCHANT_CATEGORIES)),
            "entry_mode": pd.Categorical.from_codes(entry_mode, categories=pd.Index(ENTRY_MODES)),
            "card_type": pd.Categorical.from_codes(card_type, categories=pd.Index(CARD_TYPES)),
            "card_age_days": np.floor(card_age).astype(np.int64),
            "new_merchant": new_merchant,
            "payments_last_24h": payments,
            "is_fraud": is_fraud,
        },
        columns=list(COLUMNS),
    )
    return frame.take(np.lexsort((hour, day))).reset_index(drop=True)


def make_week(n_rows: int, *, seed: int, week: int = 4) -> pd.DataFrame:
    """Simulate the card payments of one week; week 4 (days 22 to 28) is the one that drifts.

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

    See Also
    --------
    make_transactions : Simulates other ranges of days.

    Examples
    --------
    >>> from imbalanced_course.simulation.transactions import make_week
    >>> payments = make_week(1000, seed=1)
    >>> int(payments["day"].min()), int(payments["day"].max())
    (22, 28)
    >>> make_week(1000, seed=1, week=5)
    Traceback (most recent call last):
        ...
    ValueError: week must be a whole number, from 1 to 4, not 5
    """
    require_whole("week", week, low=1, high=4)
    return make_transactions(n_rows, seed=seed, first_day=7 * week - 6, last_day=7 * week)


def true_fraud_probability(transactions: pd.DataFrame) -> np.ndarray:
    """Return the probability of fraud that follows from how the payments are made: no model can rank better on average.

    By Bayes' theorem it is the share of fraud times the likelihood of the payment as a fraud, divided by the same plus
    the same for an honest payment.

    Parameters
    ----------
    transactions : pandas.DataFrame
        Payments as `make_transactions` returns them, all columns except `is_fraud`.

    Returns
    -------
    numpy.ndarray
        Shape (n_rows,), 0 to 1; NaN for a payment that no profile can make.

    See Also
    --------
    make_transactions : Simulates the payments.

    Examples
    --------
    >>> from imbalanced_course.simulation.transactions import make_transactions, true_fraud_probability
    >>> payments = make_transactions(5000, seed=1)
    >>> chances = true_fraud_probability(payments)
    >>> chances.shape
    (5000,)

    The probabilities add up to about the number of frauds that were drawn:

    >>> round(float(chances.sum())), int(payments["is_fraud"].sum())
    (52, 48)
    """
    columns = {name: transactions[name].to_numpy() for name in COLUMNS if name != "is_fraud"}
    category = pd.Categorical(columns["merchant_category"], categories=list(MERCHANT_CATEGORIES)).codes
    entry_mode = pd.Categorical(columns["entry_mode"], categories=list(ENTRY_MODES)).codes
    card_type = pd.Categorical(columns["card_type"], categories=list(CARD_TYPES)).codes

    joint = np.zeros((2, len(transactions)))
    for profile in range(len(PROFILES)):
        amount = np.zeros(len(transactions))
        for code in range(len(MERCHANT_CATEGORIES)):
            here = category == code
            euro = columns["amount"][here]
            amount[here] = share_within(_AMOUNTS[profile, code], euro - 0.005, euro + 0.005)
        likelihood = (
            amount
            * share_within(_DISTANCES[profile], columns["distance_km"] - 0.05, columns["distance_km"] + 0.05)
            * share_within(_CARD_AGES[profile], columns["card_age_days"], columns["card_age_days"] + 1)
            * shares(_HOUR_WEIGHTS[profile])[columns["hour"]]
            * shares(_CATEGORY_WEIGHTS[profile])[category]
            * shares(_ENTRY_MODE_WEIGHTS[profile])[entry_mode]
            * shares(_CARD_TYPE_WEIGHTS[profile])[card_type]
            * shares(_NEW_MERCHANT_WEIGHTS[profile])[columns["new_merchant"]]
            * shares(_PAYMENTS_WEIGHTS[profile])[columns["payments_last_24h"]]
        )
        for is_fraud, rate in enumerate((1 - FRAUD_RATE, FRAUD_RATE)):
            weights = np.array([shares(row)[profile] for row in _PROFILE_WEIGHTS])
            joint[is_fraud] += rate * weights[_situation(columns["day"], is_fraud)] * likelihood
    chances: np.ndarray = joint[1] / joint.sum(axis=0)
    return chances


def transactions_csv(transactions: pd.DataFrame) -> bytes:
    r"""Return payments as CSV text: a header, fields parted by commas, lines ended by `\n`, ASCII.

    Parameters
    ----------
    transactions : pandas.DataFrame
        Payments as `make_transactions` returns them.
    """
    return csv_bytes(transactions, {"amount": 2, "distance_km": 1})


def _situation(day: np.ndarray, is_fraud: np.ndarray | int) -> np.ndarray:
    """Return the row of `_PROFILE_WEIGHTS` that holds for each payment."""
    return 2 * (day >= FIRST_DRIFTED_DAY) + is_fraud


# One row a profile; weights as running sums.
_HOUR_WEIGHTS = np.array([running_sums(p.hours) for p in PROFILES])
_CATEGORY_WEIGHTS = np.array([named_weights(p.categories, MERCHANT_CATEGORIES) for p in PROFILES])
_ENTRY_MODE_WEIGHTS = np.array([named_weights(p.entry_modes, ENTRY_MODES) for p in PROFILES])
_CARD_TYPE_WEIGHTS = np.array([named_weights(p.card_types, CARD_TYPES) for p in PROFILES])
_NEW_MERCHANT_WEIGHTS = np.array([running_sums([100 - p.new_merchant, p.new_merchant]) for p in PROFILES])
_MOST_PAYMENTS = max(len(p.payments) for p in PROFILES)
_PAYMENTS_WEIGHTS = np.array([running_sums([*p.payments, *[0] * (_MOST_PAYMENTS - len(p.payments))]) for p in PROFILES])
_AMOUNTS = np.array([[p.amount or USUAL_AMOUNT[name] for name in MERCHANT_CATEGORIES] for p in PROFILES], dtype=float)
_DISTANCES = np.array([p.distance_km for p in PROFILES], dtype=float)
_CARD_AGES = np.array([p.card_age_days for p in PROFILES], dtype=float)
# One row a situation (honest, fraud, honest and late, fraud and late), one column a profile.
_PROFILE_WEIGHTS = np.array(
    [
        running_sums([(p.late_weight if late else p.weight) if p.fraud == fraud else 0 for p in PROFILES])
        for late in (False, True)
        for fraud in (False, True)
    ]
)
