"""The course's three real sets as pandas DataFrames: bank calls, thyroid patients, and abalone.

They were collected by others, who gave them to the UCI Machine Learning Repository under CC BY 4.0. What is known of
each, and what it's good for, is in its data card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from imbalanced_course.course_files import course_file

_NO_YES = ["no", "yes"]

BANK_CALLS_TARGET = "subscribed"
BANK_CALLS_LEAK = "duration"
BANK_CALLS_CATEGORIES = {
    "job": [
        "admin.",
        "blue-collar",
        "entrepreneur",
        "housemaid",
        "management",
        "retired",
        "self-employed",
        "services",
        "student",
        "technician",
        "unemployed",
        "unknown",
    ],
    "marital": ["divorced", "married", "single"],
    "education": ["primary", "secondary", "tertiary", "unknown"],
    "default": _NO_YES,
    "housing": _NO_YES,
    "loan": _NO_YES,
    "contact": ["cellular", "telephone", "unknown"],
    "month": ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    "poutcome": ["failure", "other", "success", "unknown"],
}

THYROID_TARGET = "hypothyroid"
THYROID_NUMBERS = ["age", "tsh", "t3", "tt4", "t4u", "fti", "tbg"]
THYROID_CATEGORIES = {
    "sex": ["female", "male"],
    "on_thyroxine": _NO_YES,
    "query_on_thyroxine": _NO_YES,
    "on_antithyroid_medication": _NO_YES,
    "thyroid_surgery": _NO_YES,
    "query_hypothyroid": _NO_YES,
    "query_hyperthyroid": _NO_YES,
    "pregnant": _NO_YES,
    "sick": _NO_YES,
    "tumor": _NO_YES,
    "lithium": _NO_YES,
    "goiter": _NO_YES,
    **{f"{name}_measured": _NO_YES for name in THYROID_NUMBERS[1:]},
}

ABALONE_TARGET = "is_19"
ABALONE_SEXES = ["female", "infant", "male"]


def load_bank_calls() -> pd.DataFrame:
    """Load 45,211 real calls of a bank that sold term deposits by telephone, in the order of time.

    Moro, Cortez, and Rita [1]_ describe them. A model may not use `duration`, because how long a call takes is known
    only after it, when its outcome is known, too.

    Returns
    -------
    pandas.DataFrame
        45,211 rows: `age` (years), `job`, `marital` and `education` (categorical), `default` (has credit in default),
        `balance` (yearly average, euro), `housing` and `loan` (has such a loan), `contact` (how the client was called),
        `day` (of the month) and `month` of the last call, its `duration` (seconds), `campaign` (calls to this client in
        this campaign), `pdays` (days since an earlier campaign, -1 without one), `previous` (calls before this
        campaign), `poutcome` (how the earlier campaign ended), and the target `subscribed` (0 or 1, 11.7% ones).
        Numbers are int64, the others categorical with "unknown" as a category. The data card is
        `datasets/bank_calls/CARD.md`.

    Raises
    ------
    CourseError
        When the installation has no data folder.

    See Also
    --------
    imbalanced_course.projects.known_calls : The half of them that a project starts from.

    References
    ----------
    .. [1] Moro, S., Cortez, P., and Rita, P. (2014). "A data-driven approach to predict the success of bank
       telemarketing." Decision Support Systems, 62, 22-31.

    Examples
    --------
    >>> from imbalanced_course.real_data import BANK_CALLS_LEAK, load_bank_calls
    >>> calls = load_bank_calls()
    >>> calls.shape
    (45211, 17)
    >>> round(float(calls["subscribed"].mean()), 3)
    0.117
    >>> features = calls.drop(columns=["subscribed", BANK_CALLS_LEAK])
    >>> "duration" in features
    False
    """
    return _load("bank_calls/bank_calls.csv.gz", BANK_CALLS_CATEGORIES)


def load_thyroid() -> pd.DataFrame:
    """Load 3,163 real patients whose thyroid was tested [1]_, 151 of them with an underactive one.

    Returns
    -------
    pandas.DataFrame
        3,163 rows: `age` (years) and the laboratory's `tsh`, `t3`, `tt4`, `t4u`, `fti` and `tbg` (float64, NaN where
        missing); `sex` (categorical, NaN where missing); 11 findings and treatments, and `tsh_measured` to
        `tbg_measured` (categorical, "no" or "yes"); and the target `hypothyroid` (int64, 0 or 1, 4.8% ones). All
        positive rows come first. The data card is `datasets/thyroid/CARD.md`.

    Raises
    ------
    CourseError
        When the installation has no data folder.

    See Also
    --------
    load_bank_calls : A real dataset with more rows and fewer missing values.

    References
    ----------
    .. [1] Quinlan, R. (1986). "Thyroid disease." UCI Machine Learning Repository, doi:10.24432/C5D010.

    Examples
    --------
    >>> from imbalanced_course.real_data import load_thyroid
    >>> patients = load_thyroid()
    >>> len(patients), int(patients["hypothyroid"].sum())
    (3163, 151)

    `tsh` is missing exactly where `tsh_measured` says so:

    >>> bool((patients["tsh"].isna() == (patients["tsh_measured"] == "no")).all())
    True
    """
    return _load("thyroid/thyroid.csv", THYROID_CATEGORIES)


def load_abalone() -> pd.DataFrame:
    """Load 4,174 real shellfish [1]_, 32 of them with 19 rings: an example of 1 positive in 130.

    Returns
    -------
    pandas.DataFrame
        4,174 rows: `sex` (categorical: female, infant, male), `length`, `diameter` and `height` (mm / 200),
        `whole_weight`, `shucked_weight`, `viscera_weight` and `shell_weight` (g / 200), all float64, and the target
        `is_19` (int64, 0 or 1, 0.8% ones). The data card is `datasets/abalone/CARD.md`.

    Raises
    ------
    CourseError
        When the installation has no data folder.

    See Also
    --------
    load_thyroid : A real dataset that is less imbalanced.

    References
    ----------
    .. [1] Nash, W., Sellers, T., Talbot, S., Cawthorn, A., and Ford, W. (1994). "Abalone." UCI Machine Learning
       Repository, doi:10.24432/C55C7W.

    Examples
    --------
    >>> from imbalanced_course.real_data import load_abalone
    >>> shellfish = load_abalone()
    >>> len(shellfish), int(shellfish["is_19"].sum())
    (4174, 32)
    >>> shellfish["sex"].cat.categories.tolist()
    ['female', 'infant', 'male']
    """
    return _load("abalone/abalone.csv", {"sex": ABALONE_SEXES})


def _load(file: str, categories: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Read a real set; a column without categories becomes int64 if all its values are whole, and float64 otherwise."""
    dtypes = {name: pd.CategoricalDtype(list(values)) for name, values in categories.items()}
    return pd.read_csv(course_file("datasets") / file, dtype=dtypes)
