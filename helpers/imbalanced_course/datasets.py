"""The course's data as pandas DataFrames: payments, screening, defects, and two-feature sets to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from imbalanced_course.course_files import course_file
from imbalanced_course.simulation import defects, screening
from imbalanced_course.simulation.drawing import require_whole
from imbalanced_course.simulation.payment_profiles import CARD_TYPES, ENTRY_MODES, MERCHANT_CATEGORIES
from imbalanced_course.versions import require_supported_libraries

if TYPE_CHECKING:
    from sklearn.compose import ColumnTransformer

require_supported_libraries()  # here, because every lesson and project imports this module

TARGET = "is_fraud"
CATEGORIES = {
    "merchant_category": list(MERCHANT_CATEGORIES),
    "entry_mode": list(ENTRY_MODES),
    "card_type": list(CARD_TYPES),
}
NUMBERS = ["hour", "amount", "distance_km", "card_age_days", "new_merchant", "payments_last_24h"]

# Categorical rather than text: every part of the data keeps the same categories, histogram boosting and SMOTENC see by
# the dtype which columns are categories, and one-hot coding works as before.
_DTYPES: dict[str, Any] = {
    "day": "int64",
    "hour": "int64",
    "amount": "float64",
    "distance_km": "float64",
    **{name: pd.CategoricalDtype(values) for name, values in CATEGORIES.items()},
    "card_age_days": "int64",
    "new_merchant": "int64",
    "payments_last_24h": "int64",
    TARGET: "int64",
}

SCREENING_TARGET = "condition"
SCREENING_CATEGORIES = {
    "sex": list(screening.SEXES),
    "smoking": list(screening.SMOKING),
    "activity": list(screening.ACTIVITY),
    "region": list(screening.REGIONS),
}
SCREENING_NUMBERS = ["age", "bmi", "systolic_pressure", "glucose", "visits", "family_history"]

DEFECTS_TARGET = "defect"
DEFECTS_CATEGORIES = {name: list(values) for name, values in defects.CATEGORIES.items()}
DEFECTS_NUMBERS = list(defects.DECIMALS)


def load_transactions() -> pd.DataFrame:
    """Load the 20,000 simulated card payments of four weeks, in the order of time.

    Returns
    -------
    pandas.DataFrame
        20,000 rows: `day` (1 to 28), `hour` (0 to 23), `amount` (euro), `distance_km` (from the cardholder's home),
        `merchant_category`, `entry_mode` and `card_type` (categorical), `card_age_days`, `new_merchant` (0 or 1),
        `payments_last_24h`, and the target `is_fraud` (0 or 1, about 1% ones). Whole numbers are int64, the others
        float64. The data card is `datasets/transactions/CARD.md`.

    Raises
    ------
    CourseError
        When the installation has no data folder.

    See Also
    --------
    split_by_week : Splits them into a training, a validation, and a test set.
    imbalanced_course.simulation.transactions.make_transactions : Simulates more of them.

    Examples
    --------
    >>> from imbalanced_course.datasets import load_transactions
    >>> payments = load_transactions()
    >>> payments.shape
    (20000, 11)
    >>> int(payments["is_fraud"].sum())
    198
    """
    path = course_file("datasets") / "transactions" / "transactions.csv"
    return pd.read_csv(path, dtype=_DTYPES)


def split_by_week(transactions: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Split payments by time, as a model meets them: learn on the past, choose on the next week, test on the last.

    Parameters
    ----------
    transactions : pandas.DataFrame
        With the column `day`.

    Returns
    -------
    train, validation, test : pandas.DataFrame
        The rows of days 1 to 14, 15 to 21 and 22 to 28, with all columns and the rows' index.

    Raises
    ------
    ValueError
        When there is no column `day`, or a part would be empty.

    See Also
    --------
    features_and_target : Separates each part into features and target.

    Examples
    --------
    >>> from imbalanced_course.datasets import load_transactions, split_by_week
    >>> train, validation, test = split_by_week(load_transactions())
    >>> [(int(part["day"].min()), int(part["day"].max())) for part in (train, validation, test)]
    [(1, 14), (15, 21), (22, 28)]

    Payments of one week can't be split:

    >>> split_by_week(train[train["day"] <= 7])
    Traceback (most recent call last):
        ...
    ValueError: there are no payments in one of the parts: days 1 to 14, 15 to 21 and 22 to 28 are all needed
    """
    if "day" not in transactions.columns:
        raise ValueError("the payments need the column 'day' to be split by week")
    day = transactions["day"]
    parts = transactions[day <= 14], transactions[(day > 14) & (day <= 21)], transactions[day > 21]
    if any(part.empty for part in parts):
        raise ValueError(
            "there are no payments in one of the parts: days 1 to 14, 15 to 21 and 22 to 28 are all needed"
        )
    return parts


def features_and_target(transactions: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Separate payments into what a model may see and what it should predict.

    Parameters
    ----------
    transactions : pandas.DataFrame
        With the columns that `load_transactions` describes.

    Returns
    -------
    X : pandas.DataFrame
        Every column except `is_fraud` and `day`, because what a model learns of a date is of no use on a later one.
    y : pandas.Series
        `is_fraud`.

    Raises
    ------
    ValueError
        When there is no column `is_fraud`.

    See Also
    --------
    load_transactions : Describes the columns.
    transactions_preprocessor : Prepares the features for a model.

    Examples
    --------
    >>> from imbalanced_course.datasets import features_and_target, load_transactions
    >>> payments = load_transactions()
    >>> X, y = features_and_target(payments)
    >>> sorted(set(payments.columns) - set(X.columns))
    ['day', 'is_fraud']
    >>> y.name
    'is_fraud'
    """
    if TARGET not in transactions.columns:
        raise ValueError(f"the payments have no column {TARGET!r}")
    return transactions.drop(columns=[TARGET, "day"], errors="ignore"), transactions[TARGET]


def transactions_preprocessor() -> ColumnTransformer:
    """Make the first step of a pipeline for payments: categories to 0/1 columns, numbers to mean 0 and sd 1.

    It picks its nine columns by name and drops all others, `day` and `is_fraud` included.

    Returns
    -------
    sklearn.compose.ColumnTransformer
        Unfitted; gives 21 float columns, the six numbers first.

    See Also
    --------
    load_transactions : Describes the columns.
    sklearn.compose.ColumnTransformer : What it is made of.

    Examples
    --------
    >>> from sklearn.linear_model import LogisticRegression
    >>> from sklearn.pipeline import make_pipeline
    >>> from imbalanced_course.datasets import features_and_target, load_transactions, transactions_preprocessor
    >>> X, y = features_and_target(load_transactions().head(2000))
    >>> model = make_pipeline(transactions_preprocessor(), LogisticRegression()).fit(X, y)
    >>> model.predict_proba(X).shape
    (2000, 2)
    >>> len(model[:-1].get_feature_names_out())
    21
    """
    return _preprocessor(NUMBERS, CATEGORIES)


def load_screening() -> pd.DataFrame:
    """Load the 10,000 simulated people of a health screening.

    Returns
    -------
    pandas.DataFrame
        10,000 rows: `age` (years), `bmi` (kg/m2), `systolic_pressure` (mmHg), `glucose` (mmol/l), `visits` (to a doctor
        in the last year), `sex`, `smoking`, `activity` and `region` (categorical), `family_history` (0 or 1), and the
        target `condition` (0 or 1, about 7% ones). Whole numbers are int64, `bmi` and `glucose` float64. The data card
        is `datasets/screening/CARD.md`.

    Raises
    ------
    CourseError
        When the installation has no data folder.

    See Also
    --------
    screening_preprocessor : Prepares the columns for a model.

    Examples
    --------
    >>> from imbalanced_course.datasets import load_screening
    >>> people = load_screening()
    >>> people.shape
    (10000, 11)
    >>> people["smoking"].cat.categories.tolist()
    ['never', 'former', 'current']
    """
    dtypes: dict[str, Any] = dict.fromkeys(screening.COLUMNS, "int64") | dict.fromkeys(("bmi", "glucose"), "float64")
    dtypes |= {name: pd.CategoricalDtype(values) for name, values in SCREENING_CATEGORIES.items()}
    return pd.read_csv(course_file("datasets") / "screening" / "screening.csv", dtype=dtypes)


def screening_preprocessor() -> ColumnTransformer:
    """Make the first step of a pipeline for the screening: categories to 0/1 columns, numbers to mean 0 and sd 1.

    It picks its ten columns by name and drops all others, `condition` included.

    Returns
    -------
    sklearn.compose.ColumnTransformer
        Unfitted; gives 19 float columns, the six numbers first (`family_history` is one of them).

    See Also
    --------
    load_screening : Describes the columns.
    sklearn.compose.ColumnTransformer : What it is made of.

    Examples
    --------
    >>> from imbalanced_course.datasets import load_screening, screening_preprocessor
    >>> people = load_screening()
    >>> prepared = screening_preprocessor().fit_transform(people)
    >>> prepared.shape
    (10000, 19)
    >>> bool(abs(prepared[:, 0].mean()) < 1e-9)
    True
    """
    return _preprocessor(SCREENING_NUMBERS, SCREENING_CATEGORIES)


def load_defects() -> pd.DataFrame:
    """Load the 30,000 simulated parts from a molding plant, 30 of them defective.

    Returns
    -------
    pandas.DataFrame
        30,000 rows: `temperature` (degrees Celsius), `pressure` (bar), `vibration` (mm/s), `thickness` (micrometres),
        `cycle_time` (s), `humidity` (%), `line`, `shift` and `supplier` (categorical), and the target `defect` (0 or 1,
        1 in 1,000 ones). Temperature, vibration and cycle time are float64, the other numbers int64. The data card is
        `datasets/defects/CARD.md`.

    Raises
    ------
    CourseError
        When the installation has no data folder.

    See Also
    --------
    defects_preprocessor : Prepares the columns for a model.

    Examples
    --------
    >>> from imbalanced_course.datasets import load_defects
    >>> parts = load_defects()
    >>> len(parts), int(parts["defect"].sum())
    (30000, 30)
    """
    dtypes: dict[str, Any] = {name: "float64" if digits else "int64" for name, digits in defects.DECIMALS.items()}
    dtypes |= {name: pd.CategoricalDtype(values) for name, values in DEFECTS_CATEGORIES.items()}
    dtypes[DEFECTS_TARGET] = "int64"
    return pd.read_csv(course_file("datasets") / "defects" / "defects.csv", dtype=dtypes)


def defects_preprocessor() -> ColumnTransformer:
    """Make the first step of a pipeline for the parts: categories to 0/1 columns, numbers to mean 0 and sd 1.

    It picks its nine columns by name and drops all others, `defect` included.

    Returns
    -------
    sklearn.compose.ColumnTransformer
        Unfitted; gives 16 float columns, the six numbers first.

    See Also
    --------
    load_defects : Describes the columns.
    sklearn.compose.ColumnTransformer : What it is made of.

    Examples
    --------
    >>> from imbalanced_course.datasets import defects_preprocessor, load_defects
    >>> parts = load_defects().head(5000)
    >>> step = defects_preprocessor().fit(parts)
    >>> step.get_feature_names_out()[:3].tolist()
    ['temperature', 'pressure', 'vibration']
    >>> step.transform(parts).shape
    (5000, 16)
    """
    return _preprocessor(DEFECTS_NUMBERS, DEFECTS_CATEGORIES)


def _preprocessor(numbers: Sequence[str], categories: Mapping[str, Sequence[str]]) -> ColumnTransformer:
    """Scale numbers, code categories one-hot and drop every other column."""
    from sklearn.compose import ColumnTransformer
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    # Categories are stated, so that a fold without a rare one has the same columns.
    one_hot = OneHotEncoder(categories=list(categories.values()), sparse_output=False)
    return ColumnTransformer(
        [("numbers", StandardScaler(), list(numbers)), ("categories", one_hot, list(categories))],
        verbose_feature_names_out=False,
    )


def make_two_features(
    n_samples: int = 10_000,
    *,
    minority_share: float = 0.01,
    class_sep: float = 1.0,
    flip_y: float = 0.0,
    seed: int = 1,
) -> tuple[pd.DataFrame, pd.Series]:
    """Draw a dataset of two classes with two features, for a scatter plot; by default it has 9,900 and 100 rows.

    It is scikit-learn's `make_classification`, which follows Guyon [1]_, with one cluster per class and no redundant
    feature.

    Parameters
    ----------
    n_samples : int
        Number of rows, 2 or more.
    minority_share : float
        Share of class 1 before labels are flipped, above 0 and below 1. The number of rows is rounded, and each class
        needs at least one.
    class_sep : float
        Half the side of the square on whose corners the two classes are centered; above 0.
    flip_y : float
        Share of rows whose label is drawn again, with equal chances for both classes; 0 to 1.
    seed : int
        0 to 2**32 - 1; the same seed gives the same rows.

    Returns
    -------
    X : pandas.DataFrame
        Shape (n_samples, 2), float64 columns `feature_1` and `feature_2`.
    y : pandas.Series
        Shape (n_samples,), int64, named `target`: 1 for the minority class.

    Raises
    ------
    ValueError
        When an argument is out of its range, or a class would have no row.

    See Also
    --------
    sklearn.datasets.make_classification : Does the drawing.
    imbalanced_course.plots.class_scatter : Plots the two features.

    References
    ----------
    .. [1] Guyon, I. (2003). "Design of experiments of the NIPS 2003 variable selection benchmark." Technical report of
       the NIPS 2003 workshop on feature extraction.

    Examples
    --------
    >>> from imbalanced_course.datasets import make_two_features
    >>> X, y = make_two_features(1000, minority_share=0.05)
    >>> X.shape, int(y.sum())
    ((1000, 2), 50)

    Labels that are drawn again add noise, and rows to the rare class:

    >>> _, noisy = make_two_features(1000, minority_share=0.05, flip_y=0.2)
    >>> int(noisy.sum())
    142

    Each class needs a row:

    >>> make_two_features(50, minority_share=0.001)
    Traceback (most recent call last):
        ...
    ValueError: a share of 0.001 of 50 rows leaves a class empty: ask for more rows
    """
    from sklearn.datasets import make_classification

    require_whole("n_samples", n_samples, low=2)
    require_whole("seed", seed, low=0, high=2**32 - 1)
    _require_number("minority_share", minority_share, "between 0 and 1", lambda share: 0 < share < 1)
    _require_number("class_sep", class_sep, "above 0", lambda distance: 0 < distance < float("inf"))
    _require_number("flip_y", flip_y, "from 0 to 1", lambda share: 0 <= share <= 1)
    minority = round(n_samples * minority_share)
    if not 0 < minority < n_samples:
        raise ValueError(f"a share of {minority_share} of {n_samples} rows leaves a class empty: ask for more rows")

    # scikit-learn cuts n_samples * weight down to a whole number: half a row more keeps 0.29 x 100 from becoming 28.
    weights = [(n_samples - minority + 0.5) / n_samples, (minority + 0.5) / n_samples]
    X, y = make_classification(
        n_samples=n_samples,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=weights,
        class_sep=class_sep,
        flip_y=flip_y,
        random_state=seed,
    )
    return pd.DataFrame(X, columns=["feature_1", "feature_2"]), pd.Series(y, name="target", dtype="int64")


def _require_number(name: str, value: object, limits: str, fits: Callable[[Any], bool]) -> None:
    """Refuse what is no number or does not fit the limits."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.number) or not fits(value):
        raise ValueError(f"{name} must be a number {limits}, not {value!r}")
