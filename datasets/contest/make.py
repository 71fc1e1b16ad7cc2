"""Run the contest: every strategy, with every model, on the same folds of the transactions; write contest.csv.

It takes about a quarter of an hour of one core. What is done already is kept in unfinished.csv, so that a run that
was stopped goes on where it was; delete that file after a change of a recipe. Everything but the run times comes out
the same again.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from imblearn import combine, ensemble, over_sampling, under_sampling
from imblearn.pipeline import make_pipeline
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier
from threadpoolctl import threadpool_limits

from imbalanced_course.datasets import (
    CATEGORIES,
    NUMBERS,
    features_and_target,
    load_transactions,
    transactions_preprocessor,
)
from imbalanced_course.scoreboard import (
    CONTEST_FOLDS,
    COST_FALSE_ALARM,
    COST_MISS,
    DEFAULT_CUT,
    baselines,
    decision_scores,
    evaluate,
    make_folds,
)

FILE = Path(__file__).with_name("contest.csv")
UNFINISHED = Path(__file__).with_name("unfinished.csv")
SEED = 0
RATIO = 0.5
ORIGINAL_WEIGHTS = {0: 1.0, 1: 100.0}
# What the study's search by log loss finds on 12,000 payments of a fresh draw, with nothing resampled.
TUNED = {"learning_rate": 0.08, "max_iter": 50, "max_leaf_nodes": 8, "min_samples_leaf": 5, "l2_regularization": 1.0}
THRESHOLD_FROM_COSTS = COST_FALSE_ALARM / (COST_FALSE_ALARM + COST_MISS)


def make_model(name: str, class_weight: Any = None) -> Any:
    """Return one of the models, unfitted."""
    if name == "logistic regression":
        return LogisticRegression(class_weight=class_weight, max_iter=1000)
    if name == "random forest":
        return RandomForestClassifier(n_estimators=100, class_weight=class_weight, random_state=SEED)
    tuned = TUNED if name == "tuned boosting" else {}
    return HistGradientBoostingClassifier(class_weight=class_weight, early_stopping=False, random_state=SEED, **tuned)


MODELS = ("logistic regression", "random forest", "histogram boosting", "tuned boosting")


def samplers() -> dict[str, Any]:
    """Return each resampling strategy's steps between preparing the columns and the model."""
    under, over, both = under_sampling, over_sampling, combine
    to_ratio = {"sampling_strategy": RATIO, "random_state": SEED}
    return {
        "random undersampling": [under.RandomUnderSampler(**to_ratio)],
        "NearMiss": [under.NearMiss(sampling_strategy=RATIO)],
        "Tomek links": [under.TomekLinks()],
        "ENN": [under.EditedNearestNeighbours()],
        "NCR": [under.NeighbourhoodCleaningRule()],
        "OSS": [under.OneSidedSelection(random_state=SEED)],
        "cluster centroids": [under.ClusterCentroids(**to_ratio)],
        "random oversampling": [over.RandomOverSampler(**to_ratio)],
        "random oversampling, shrinkage 0.2": [over.RandomOverSampler(shrinkage=0.2, **to_ratio)],
        "SMOTE": [over.SMOTE(**to_ratio)],
        "SMOTE 0.1": [over.SMOTE(sampling_strategy=0.1, random_state=SEED)],
        "BorderlineSMOTE": [over.BorderlineSMOTE(**to_ratio)],
        "SVMSMOTE": [over.SVMSMOTE(**to_ratio)],
        "ADASYN": [over.ADASYN(**to_ratio)],
        "SMOTE 0.1, then undersampling": [
            over.SMOTE(sampling_strategy=0.1, random_state=SEED),
            under.RandomUnderSampler(**to_ratio),
        ],
        "SMOTETomek": [both.SMOTETomek(**to_ratio)],
        "SMOTEENN": [both.SMOTEENN(**to_ratio)],
    }


def smotenc(model: Any) -> Any:
    """Return SMOTENC with a model: numbers are scaled before it, categories made 0/1 columns after it."""
    measured = [name for name in NUMBERS if name != "new_merchant"]
    categories = ["new_merchant", *CATEGORIES]
    scaled = ColumnTransformer(
        [("numbers", StandardScaler(), measured), ("categories", "passthrough", categories)],
        verbose_feature_names_out=False,
    ).set_output(transform="pandas")
    one_hot = OneHotEncoder(categories=list(CATEGORIES.values()), sparse_output=False)
    coded = ColumnTransformer([("categories", one_hot, list(CATEGORIES))], remainder="passthrough")
    sampler = over_sampling.SMOTENC(categories, sampling_strategy=RATIO, random_state=SEED)
    return make_pipeline(scaled, sampler, coded, model)


def contestants() -> dict[tuple[str, str], Any]:
    """Return the unfitted pipelines by model and strategy, in the order of the table."""
    found: dict[tuple[str, str], Any] = {}
    for name in MODELS:
        strategies = {
            "leave the data alone": make_pipeline(transactions_preprocessor(), make_model(name)),
            "class weights": make_pipeline(transactions_preprocessor(), make_model(name, "balanced")),
        }
        for strategy, steps in samplers().items():
            strategies[strategy] = make_pipeline(transactions_preprocessor(), *steps, make_model(name))
            if strategy == "SMOTE":
                strategies["SMOTENC"] = smotenc(make_model(name))
                for label, weights in (("balanced", "balanced"), ("original", ORIGINAL_WEIGHTS)):
                    strategies[f"SMOTE + {label} weights"] = make_pipeline(
                        transactions_preprocessor(), *steps, make_model(name, weights)
                    )
        if name != "random forest":
            bagged = ensemble.BalancedBaggingClassifier(make_model(name), n_estimators=10, random_state=SEED)
            strategies["balanced bagging"] = make_pipeline(transactions_preprocessor(), bagged)
        else:
            forest = ensemble.BalancedRandomForestClassifier(
                n_estimators=100, sampling_strategy="all", replacement=True, bootstrap=False, random_state=SEED
            )
            strategies["balanced random forest"] = make_pipeline(transactions_preprocessor(), forest)
        found |= {(name, strategy): pipeline for strategy, pipeline in strategies.items()}
    own = {
        "balanced bagging": ensemble.BalancedBaggingClassifier(n_estimators=100, random_state=SEED),
        "easy ensemble": ensemble.EasyEnsembleClassifier(n_estimators=10, random_state=SEED),
        "RUSBoost": ensemble.RUSBoostClassifier(
            DecisionTreeClassifier(max_depth=4), n_estimators=100, learning_rate=0.1, random_state=SEED
        ),
    }
    for strategy, one in own.items():
        found["trees of its own", strategy] = make_pipeline(transactions_preprocessor(), one)
    return found


class Watched(ClassifierMixin, BaseEstimator):
    """A model that notes the processor seconds of each `fit` and the scores that it gave."""

    def __init__(self, model: Any, seconds: list[float], scores: list[np.ndarray]):
        self.model, self.seconds, self.scores = model, seconds, scores

    def __sklearn_clone__(self) -> Watched:
        return Watched(clone(self.model), self.seconds, self.scores)

    def fit(self, X: Any, y: Any) -> Watched:
        """Fit the model and note how long that took the processor."""
        started = time.process_time()
        self.model.fit(X, y)
        self.seconds.append(time.process_time() - started)
        self.classes_ = self.model.classes_
        return self

    def predict_proba(self, X: Any) -> np.ndarray:
        """Ask the model and note what it says."""
        probabilities = self.model.predict_proba(X)
        self.scores.append(probabilities[:, list(self.classes_).index(1)])
        return probabilities


def judge(model: str, strategy: str, pipeline: Any, X: Any, y: Any, folds: dict[str, int]) -> pd.DataFrame:
    """Return the rows of one contestant; of the untouched model also those of the threshold from the costs."""
    seconds: list[float] = []
    scores: list[np.ndarray] = []
    rows = evaluate(strategy, Watched(pipeline, seconds, scores), X, y, **folds)
    rows["fit_seconds"] = np.repeat(seconds, 2)
    parts = [rows]
    if strategy == "leave the data alone":
        same = rows.assign(strategy="threshold from costs")
        labels = y.to_numpy()
        # Scores come in pairs: of a fold's validation rows and of its test rows.
        for number, fold in enumerate(make_folds(labels, **folds)):
            decided = decision_scores(labels[fold.test], scores[2 * number + 1], THRESHOLD_FROM_COSTS)
            there = (same["fold"] == number) & (same["cut"] == DEFAULT_CUT)
            same.loc[there, "threshold"] = THRESHOLD_FROM_COSTS
            for metric in ("precision", "recall", "f1", "cost"):
                same.loc[there, metric] = decided[metric]
        parts.append(same)
    joined = pd.concat(parts, ignore_index=True)
    joined.insert(0, "model", model)
    return joined


def as_csv(results: pd.DataFrame) -> str:
    """Return the table as the file has it: measures with six significant digits, seconds with four decimals."""
    told = results.assign(fit_seconds=results["fit_seconds"].round(4), cost=results["cost"].astype(int))
    return told.to_csv(index=False, float_format="%.6g", lineterminator="\n")


def main() -> int:
    """Run what is not yet in unfinished.csv, then write contest.csv."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=CONTEST_FOLDS["n_repeats"], help="fewer for a quick look")
    folds = CONTEST_FOLDS | {"n_repeats": parser.parse_args().repeats}
    X, y = features_and_target(load_transactions())
    count = folds["n_splits"] * folds["n_repeats"]
    done = pd.read_csv(UNFINISHED) if UNFINISHED.exists() else pd.DataFrame({"model": [], "strategy": [], "fold": []})
    floor = baselines(X, y, **folds).assign(fit_seconds=0.0)
    floor.insert(0, "model", "none")
    results = [floor]
    keys = set(floor["fold_key"])
    # Rows of other folds, or of fewer, are not taken over.
    kept = {
        key: part
        for key, part in done.groupby(["model", "strategy"])
        if part["fold"].nunique() == count and set(part["fold_key"]) == keys
    }
    for (model, strategy), pipeline in contestants().items():
        extra = (model, "threshold from costs")
        if (model, strategy) in kept and (strategy != "leave the data alone" or extra in kept):
            parts = [kept[model, strategy], *([kept[extra]] if strategy == "leave the data alone" else [])]
            part = pd.concat(parts)
        else:
            started = time.perf_counter()
            part = judge(model, strategy, pipeline, X, y, folds)
            print(f"{model}, {strategy}: {time.perf_counter() - started:.1f} s", file=sys.stderr)
        results.append(part)
        UNFINISHED.write_text(as_csv(pd.concat(results)), encoding="utf-8")
    UNFINISHED.replace(FILE)
    print(f"wrote {FILE.name}: {len(contestants())} contestants on {count} folds, {FILE.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    # Run times and cluster centroids depend on the number of threads.
    with threadpool_limits(1):
        sys.exit(main())
