"""Simulated people of a health screening, and the probability of the condition that each of them has.

First a person's columns are drawn, then the log-odds of the condition are added up from them, then the condition is
drawn with the probability that follows. Most of it is what a logistic regression can say: every number adds its part in
a straight line, every category a constant. The rest bends: glucose counts little up to 6.5 mmol/l and much from there
to 9.5, a BMI below 20 is a risk too, the family counts more before 50 years of age, and smoking more with high
pressure.

That the same seed gives the same bytes on any machine is reached as in `transactions`, and log-odds are whole
thousandths and probabilities whole millionths, so that the last digit of `exp` cannot decide about a row.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from imbalanced_course.simulation.drawing import between_quantiles, choose, csv_bytes, require_whole, running_sums

# The course's file.
FILE_ROWS = 10_000
FILE_SEED = 1

SEXES = ("female", "male")
SMOKING = ("never", "former", "current")
ACTIVITY = ("low", "moderate", "high")
REGIONS = ("centre", "east", "north", "south", "west")

COLUMNS = (
    "age",
    "bmi",
    "systolic_pressure",
    "glucose",
    "visits",
    "sex",
    "smoking",
    "activity",
    "region",
    "family_history",
    "condition",
)

# Quantiles at the levels of `drawing.LEVELS`; everything here is invented.
_AGE = np.array([[30, 32, 42, 53, 64, 71, 75, 78, 80]], dtype=float)
# A row for each of ACTIVITY.
_BMI = np.array(
    [
        [16.5, 20.2, 24.6, 28.0, 31.8, 36.0, 40.0, 45.0, 52.0],
        [16.0, 19.6, 23.4, 26.2, 29.4, 32.8, 36.4, 41.0, 48.0],
        [15.5, 19.0, 21.8, 24.0, 26.6, 29.4, 32.4, 36.0, 42.0],
    ]
)
# Of a person aged 50 with a BMI of 25.
_PRESSURE = np.array([[88, 102, 115, 124, 134, 145, 156, 170, 190]], dtype=float)
_GLUCOSE = np.array([[3.4, 4.3, 4.9, 5.3, 5.9, 6.8, 8.4, 11.5, 16.0]])

# A row for each of SEXES.
_SMOKING_WEIGHTS = np.array([running_sums([60, 24, 16]), running_sums([46, 32, 22])])
# A row for each age band: below 50, 50 to 64, 65 and more.
_ACTIVITY_WEIGHTS = np.array([running_sums([30, 44, 26]), running_sums([38, 42, 20]), running_sums([50, 38, 12])])
_REGION_WEIGHTS = np.array([running_sums([30, 18, 14, 22, 16])])
_VISITS_WEIGHTS = np.array(
    [
        running_sums([22, 25, 20, 13, 8, 5, 3, 2, 1, 1, 0, 0]),
        running_sums([14, 21, 20, 16, 11, 7, 4, 3, 2, 1, 1, 0]),
        running_sums([7, 14, 18, 17, 14, 11, 7, 5, 3, 2, 1, 1]),
    ]
)
_HALF = np.array([[50, 100]])
_FAMILY_WEIGHTS = np.array([[78, 100]])

# Thousandths of log-odds.
_BASE = -4335
_SMOKING_PART = np.array([0, 200, 700])
_ACTIVITY_PART = np.array([400, 0, -400])
_REGION_PART = np.array([0, 150, 250, -100, -200])


def make_screening(n: int, seed: int) -> pd.DataFrame:
    """Simulate the people of a screening.

    Parameters
    ----------
    n : int
        Number of people, 1 or more.
    seed : int
        0 to 2**32 - 1; the same arguments give the same people with any version of NumPy.

    Returns
    -------
    pandas.DataFrame
        `n` rows and the columns `COLUMNS`: `bmi` (kg/m2) and `glucose` (mmol/l) are float64 with one decimal, `sex`,
        `smoking`, `activity` and `region` categorical, the others int64. About 7 % have the `condition`; the count is
        drawn, not fixed.

    Raises
    ------
    ValueError
        When an argument is out of its range.
    """
    require_whole("n", n, low=1)
    require_whole("seed", seed, low=0, high=2**32 - 1)

    random = np.random.RandomState(seed)
    everyone = np.zeros(n, dtype=np.int64)
    age = np.floor(between_quantiles(_AGE[everyone], random.random_sample(n))).astype(np.int64)
    band = (age >= 50).astype(np.int64) + (age >= 65)
    sex = choose(_HALF, everyone, random.random_sample(n))
    smoking = choose(_SMOKING_WEIGHTS, sex, random.random_sample(n))
    activity = choose(_ACTIVITY_WEIGHTS, band, random.random_sample(n))
    region = choose(_REGION_WEIGHTS, everyone, random.random_sample(n))
    family = choose(_FAMILY_WEIGHTS, everyone, random.random_sample(n))
    visits = choose(_VISITS_WEIGHTS, band, random.random_sample(n))
    # Tenths as whole numbers.
    bmi = np.floor(between_quantiles(_BMI[activity], random.random_sample(n)) * 10 + 0.5).astype(np.int64)
    pressure = np.floor(between_quantiles(_PRESSURE[everyone], random.random_sample(n))).astype(np.int64)
    pressure += (40 * (age - 50) + 6 * (bmi - 250)) // 100
    glucose = np.floor(between_quantiles(_GLUCOSE[everyone], random.random_sample(n)) * 10 + 0.5).astype(np.int64)
    glucose += np.maximum(bmi - 250, 0) // 25

    frame = pd.DataFrame(
        {
            "age": age,
            "bmi": bmi / 10,
            "systolic_pressure": pressure,
            "glucose": glucose / 10,
            "visits": visits,
            "sex": pd.Categorical.from_codes(sex, categories=pd.Index(SEXES)),
            "smoking": pd.Categorical.from_codes(smoking, categories=pd.Index(SMOKING)),
            "activity": pd.Categorical.from_codes(activity, categories=pd.Index(ACTIVITY)),
            "region": pd.Categorical.from_codes(region, categories=pd.Index(REGIONS)),
            "family_history": family,
        }
    )
    millionths = np.floor(random.random_sample(n) * 1_000_000).astype(np.int64)
    frame["condition"] = (millionths < _probability_in_millionths(frame)).astype(np.int64)
    return frame


def true_condition_probability(people: pd.DataFrame) -> np.ndarray:
    """Return the probability with which the generator gives each person the condition: no model can do better.

    Parameters
    ----------
    people : pandas.DataFrame
        People as `make_screening` returns them; `condition` is not read.

    Returns
    -------
    numpy.ndarray
        Shape (n,), above 0 and below 1.
    """
    return _probability_in_millionths(people) / 1_000_000


def screening_csv(people: pd.DataFrame) -> bytes:
    r"""Return people as CSV text: a header, fields parted by commas, lines ended by `\n`, ASCII.

    Parameters
    ----------
    people : pandas.DataFrame
        People as `make_screening` returns them.
    """
    return csv_bytes(people[list(COLUMNS)], {"bmi": 1, "glucose": 1})


def _probability_in_millionths(people: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the logistic function of each person's log-odds, in whole millionths."""
    log_odds = _log_odds_in_thousandths(people)
    return np.rint(1_000_000 / (1 + np.exp(-log_odds / 1000))).astype(np.int64)


def _log_odds_in_thousandths(people: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Add up what each column says; all in whole numbers, and hence exact in any order."""
    age, pressure, visits, family = (
        people[name].to_numpy() for name in ("age", "systolic_pressure", "visits", "family_history")
    )
    bmi, glucose = (np.rint(people[name].to_numpy() * 10).astype(np.int64) for name in ("bmi", "glucose"))
    smoking, activity, region = (
        pd.Categorical(people[name], categories=list(values)).codes
        for name, values in (("smoking", SMOKING), ("activity", ACTIVITY), ("region", REGIONS))
    )
    straight: npt.NDArray[np.int64] = (
        _BASE
        + 46 * (age - 50)
        + 3 * (bmi - 250)
        + 12 * (pressure - 125)
        + 4 * (glucose - 53)
        + 100 * visits
        + 250 * (people["sex"] == "male").to_numpy()
        + 350 * family
        + _SMOKING_PART[smoking]
        + _ACTIVITY_PART[activity]
        + _REGION_PART[region]
    )
    bent: npt.NDArray[np.int64] = (
        45 * np.clip(glucose - 65, 0, 30)
        + 70 * np.maximum(200 - bmi, 0)
        + 1000 * family * (age < 50)
        + 1000 * (smoking == 2) * (pressure >= 140)
    )
    return straight + bent
