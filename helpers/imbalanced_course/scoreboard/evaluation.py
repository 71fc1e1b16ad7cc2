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
    """Row positions of one fold: to fit on, to choose the threshold on, and to be judged on."""

    fit: np.ndarray
    validation: np.ndarray
    test: np.ndarray


def make_folds(
    y: Any, *, n_splits: int = 5, n_repeats: int = 1, seed: int = 0, validation_share: float = 0.25
) -> list[Fold]:
    """Return the folds that every strategy is judged on; they depend on the labels and these numbers alone.

    Parameters
    ----------
    y : array-like of shape (n,)
        Labels 0 and 1; each fold and each validation part keeps their prevalence.
    n_splits, n_repeats : int
        Folds of one cross-validation, and how often it is done with other folds.
    seed : int
        Seed of the shuffles.
    validation_share : float
        Part of a fold's training rows that is held out to choose the threshold on.

    Raises
    ------
    ValueError
        When there are not enough rows of a class: a fold's training rows need two.
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
    validation part, which the model has not seen. Both cuts are then judged on the fold's test rows, which
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
    n_splits, n_repeats, seed, validation_share
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
        When the model gives no probabilities, or rows and labels do not fit (see `make_folds`).
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

    "dummy, most frequent" gives every row the score 0: at the default cut it flags nobody, at the tuned threshold
    nobody or everybody, whichever is cheaper. "dummy, base rate" flags rows at random as often as positives occur:
    its precision and its recall are the prevalence on average, and one draw of few positives scatters around it.
    "perfect" knows the labels.

    Parameters
    ----------
    X, y, n_splits, n_repeats, seed, validation_share, cost_miss, cost_false_alarm
        As in `evaluate`.

    Returns
    -------
    DataFrame
        As `evaluate`, for three strategies.
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
