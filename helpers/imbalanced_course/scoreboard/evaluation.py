"""Fit and judge strategies fold by fold, all on the same folds and by the same procedure."""

from __future__ import annotations

import time
import warnings
import zlib
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from imbalanced_course.scoreboard.judging import (
    COST_FALSE_ALARM,
    COST_MISS,
    DEFAULT_CUT,
    METRICS,
    TUNED_CUT,
    as_labels,
    decision_scores,
    score_quality,
    tune_threshold,
)


class Fold(NamedTuple):
    """Row positions of one fold: to fit on, to choose the threshold on, and to be judged on.

    Attributes
    ----------
    fit, validation, test : numpy.ndarray of int
        Row positions, as for `DataFrame.iloc`; no row is in two of them.

    See Also
    --------
    make_folds : Makes the folds of a comparison.

    Examples
    --------
    >>> from imbalanced_course.scoreboard import make_folds
    >>> fold = make_folds([0] * 90 + [1] * 10)[0]
    >>> len(fold.fit), len(fold.validation), len(fold.test)
    (60, 20, 20)
    """

    fit: np.ndarray
    validation: np.ndarray
    test: np.ndarray


def make_folds(
    y: Any, *, n_splits: int = 5, n_repeats: int = 1, seed: int = 0, validation_share: float = 0.25
) -> list[Fold]:
    """Return the folds that every strategy is judged on; they depend only on the labels and these numbers.

    Parameters
    ----------
    y : array-like of shape (n,)
        Labels 0 and 1; each fold and each validation part keeps their prevalence, as nearly as whole rows allow.
    n_splits, n_repeats : int
        Folds of one cross-validation, and how often it is done with other folds.
    seed : int
        Seed of the shuffles.
    validation_share : float
        Share of a fold's training rows that is held out to choose the threshold on, above 0 and below 1.

    Returns
    -------
    list of Fold
        `n_splits` times `n_repeats` folds.

    Raises
    ------
    ValueError
        When there are not enough rows of a class: a fold's training rows need two.

    See Also
    --------
    evaluate : Judges a strategy on these folds.

    Examples
    --------
    Each of the five test parts has two of the ten positive rows:

    >>> import numpy as np
    >>> from imbalanced_course.scoreboard import make_folds
    >>> y = np.repeat([0, 1], [90, 10])
    >>> folds = make_folds(y, n_splits=5, seed=0)
    >>> [int(y[fold.test].sum()) for fold in folds]
    [2, 2, 2, 2, 2]

    With one positive row, some fold would have none to learn from:

    >>> make_folds([0, 0, 0, 0, 0, 1])
    Traceback (most recent call last):
        ...
    ValueError: a fold's training rows need at least two rows of each class
    """
    from sklearn.model_selection import RepeatedStratifiedKFold, train_test_split

    labels = as_labels(y)
    splitter = RepeatedStratifiedKFold(n_splits=n_splits, n_repeats=n_repeats, random_state=seed)
    folds = []
    with warnings.catch_warnings():
        # A class with fewer rows than folds leaves folds without it: documented above, so no warning.
        warnings.filterwarnings("ignore", message="The least populated class", category=UserWarning)
        for number, (train, test) in enumerate(splitter.split(np.zeros(len(labels)), labels)):
            if min(np.bincount(labels[train], minlength=2)) < 2:
                raise ValueError("a fold's training rows need at least two rows of each class")
            fit, validation = train_test_split(
                train, test_size=validation_share, stratify=labels[train], random_state=seed + number
            )
            folds.append(Fold(np.sort(fit), np.sort(validation), test))
    return folds


def evaluate(
    name: str,
    model: Any,
    X: Any,
    y: Any,
    *,
    n_splits: int = 5,
    n_repeats: int = 1,
    seed: int = 0,
    validation_share: float = 0.25,
    cost_miss: float = COST_MISS,
    cost_false_alarm: float = COST_FALSE_ALARM,
    timed: bool = False,
) -> pd.DataFrame:
    """Judge one strategy fold by fold, at the default cut and at a tuned threshold.

    In each fold a copy of the model is fitted once, on the fitting part. The threshold is the cheapest on the
    validation part, which the model hasn't seen. Both cuts are then judged on the fold's test rows, which
    nothing was chosen on and which keep their natural prevalence.

    Parameters
    ----------
    name : str
        What the strategy is called in the table.
    model : estimator
        Anything with `fit` and `predict_proba`, for example a pipeline that resamples; it is not changed.
    X : DataFrame or array of shape (n, n_features)
        All rows.
    y : array-like of shape (n,)
        Labels 0 and 1.
    n_splits, n_repeats, seed, validation_share : int, int, int, float
        As in `make_folds`; the same values give every strategy the same folds.
    cost_miss, cost_false_alarm : float
        Euro for each positive that is not flagged and for each negative that is.
    timed : bool
        Whether to add `fit_seconds`, which is never the same twice.

    Returns
    -------
    DataFrame
        Two rows a fold: `strategy`, `cut`, `fold`, `fold_key` (the same for the same test rows with the same
        labels), `n_train` (fitting and validation part together), `n_test`, `n_positive` (of the test rows),
        `threshold`, and the columns of `METRICS`; `cost` is the total over the fold's test rows.

    Raises
    ------
    ValueError
        When the model has no `predict_proba`, or rows and labels do not fit (see `make_folds`).

    See Also
    --------
    baselines : Judges the floor and the ceiling on the same folds.
    table : Sums up the folds.
    difference : Compares two strategies.

    Examples
    --------
    >>> from sklearn.linear_model import LogisticRegression
    >>> from imbalanced_course.datasets import make_two_features
    >>> from imbalanced_course.scoreboard import evaluate
    >>> X, y = make_two_features(600, minority_share=0.1)
    >>> results = evaluate("plain", LogisticRegression(), X, y, n_splits=3)
    >>> len(results)
    6
    >>> results.loc[results["fold"] == 0, ["cut", "n_test", "n_positive", "recall", "cost"]].round(2)
                   cut  n_test  n_positive  recall    cost
    0  default cut 0.5     200          20    0.85  3000.0
    1  tuned threshold     200          20    1.00  1790.0
    """
    from sklearn.base import clone

    if not hasattr(model, "predict_proba"):
        raise ValueError(f"{name!r} has no predict_proba; wrap it in sklearn.calibration.CalibratedClassifierCV")
    labels = as_labels(y)
    if len(X) != len(labels):
        raise ValueError(f"X has {len(X)} rows and y {len(labels)}")
    folds = make_folds(labels, n_splits=n_splits, n_repeats=n_repeats, seed=seed, validation_share=validation_share)
    rows: list[dict[str, Any]] = []
    for number, fold in enumerate(folds):
        started = time.perf_counter()
        fitted = clone(model).fit(_rows(X, fold.fit), labels[fold.fit])
        seconds = {"fit_seconds": time.perf_counter() - started} if timed else {}
        judged = _judge(
            name,
            number,
            fold,
            labels,
            _positive_column(fitted, _rows(X, fold.validation)),
            _positive_column(fitted, _rows(X, fold.test)),
            cost_miss=cost_miss,
            cost_false_alarm=cost_false_alarm,
        )
        rows += [row | seconds for row in judged]
    return pd.DataFrame(rows)


def baselines(
    X: Any,
    y: Any,
    *,
    n_splits: int = 5,
    n_repeats: int = 1,
    seed: int = 0,
    validation_share: float = 0.25,
    cost_miss: float = COST_MISS,
    cost_false_alarm: float = COST_FALSE_ALARM,
) -> pd.DataFrame:
    """Judge the floor and the ceiling of a comparison on the same folds as `evaluate`.

    "dummy, most frequent" gives every row the score 0. At the default threshold it flags no row. At the tuned threshold
    it flags no row or every row, whichever is cheaper. "dummy, base rate" flags rows at random as often as positives
    occur, so on average its precision and its recall are the prevalence, and they vary widely if there are few
    positives. "perfect" knows the labels.

    Parameters
    ----------
    X : DataFrame or array of shape (n, n_features)
        All rows.
    y : array-like of shape (n,)
        Labels 0 and 1.
    n_splits, n_repeats, seed, validation_share : int, int, int, float
        As in `make_folds`.
    cost_miss, cost_false_alarm : float
        As in `evaluate`.

    Returns
    -------
    DataFrame
        As `evaluate` returns, for three strategies.

    Raises
    ------
    ValueError
        When rows and labels do not fit (see `make_folds`).

    See Also
    --------
    evaluate : Judges a strategy of your own.

    Examples
    --------
    A perfect model costs nothing. Each fold has 12 positives among 120 rows, so flagging every row costs 108 false
    alarms at €10:

    >>> from imbalanced_course.datasets import make_two_features
    >>> from imbalanced_course.scoreboard import baselines
    >>> X, y = make_two_features(600, minority_share=0.1)
    >>> found = baselines(X, y)
    >>> tuned = found[(found["cut"] == "tuned threshold") & (found["fold"] == 0)]
    >>> dict(zip(tuned["strategy"], tuned["cost"], strict=True))
    {'dummy, most frequent': 1080.0, 'dummy, base rate': 1080.0, 'perfect': 0.0}
    """
    from sklearn.dummy import DummyClassifier

    labels = as_labels(y)
    costs: dict[str, Any] = {"cost_miss": cost_miss, "cost_false_alarm": cost_false_alarm}
    same: dict[str, Any] = {
        "n_splits": n_splits,
        "n_repeats": n_repeats,
        "seed": seed,
        "validation_share": validation_share,
    }
    perfect = [
        row
        for number, fold in enumerate(make_folds(labels, **same))
        for row in _judge("perfect", number, fold, labels, labels[fold.validation], labels[fold.test], **costs)
    ]
    never = DummyClassifier(strategy="most_frequent")
    guess = DummyClassifier(strategy="stratified", random_state=seed)
    parts = [
        evaluate("dummy, most frequent", never, X, labels, **same, **costs),
        evaluate("dummy, base rate", guess, X, labels, **same, **costs),
        pd.DataFrame(perfect),
    ]
    return pd.concat(parts, ignore_index=True)


def _judge(
    name: str,
    number: int,
    fold: Fold,
    labels: np.ndarray,
    validation_scores: np.ndarray,
    test_scores: np.ndarray,
    **costs: float,
) -> list[dict[str, Any]]:
    """Return the two rows of a fold."""
    truth = labels[fold.test]
    tuned = tune_threshold(labels[fold.validation], validation_scores, **costs)
    quality = score_quality(truth, test_scores)
    same_rows = np.concatenate([fold.test, truth]).astype("<i8").tobytes()
    rows = []
    for cut, threshold in ((DEFAULT_CUT, 0.5), (TUNED_CUT, tuned)):
        known = quality | decision_scores(truth, test_scores, threshold, **costs)
        rows.append(
            {
                "strategy": name,
                "cut": cut,
                "fold": number,
                "fold_key": f"rows-{zlib.crc32(same_rows):08x}",
                "n_train": len(fold.fit) + len(fold.validation),
                "n_test": len(fold.test),
                "n_positive": int(truth.sum()),
                "threshold": threshold,
                **{metric: known[metric] for metric in METRICS},
            }
        )
    return rows


def _rows(X: Any, positions: np.ndarray) -> Any:
    return X.iloc[positions] if isinstance(X, pd.DataFrame) else np.asarray(X)[positions]


def _positive_column(fitted: Any, X: Any) -> np.ndarray:
    return np.asarray(fitted.predict_proba(X))[:, list(fitted.classes_).index(1)]
