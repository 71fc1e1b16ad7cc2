"""Judge eight treatments of abalone on 200 splits; write splits.csv (two minutes).

Each split holds out a fifth, stratified. The splits' numbers are their seeds; the treatments' seeds are the same.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pandas as pd
from imblearn.over_sampling import SMOTE, RandomOverSampler
from imblearn.pipeline import make_pipeline
from imblearn.under_sampling import RandomUnderSampler
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from imbalanced_course.real_data import load_abalone

FILE = Path(__file__).with_name("splits.csv")
SPLITS = 200


def logistic(**settings: Any) -> LogisticRegression:
    """Return the model of the published table."""
    return LogisticRegression(tol=1e-6, max_iter=100_000, **settings)


TREATMENTS: dict[str, Callable[[int], Any]] = {
    "none": lambda seed: logistic(),
    "none, scaled": lambda seed: make_pipeline(StandardScaler(), logistic()),
    "balanced weights": lambda seed: logistic(class_weight="balanced"),
    "balanced weights, scaled": lambda seed: make_pipeline(StandardScaler(), logistic(class_weight="balanced")),
    "random oversampling": lambda seed: make_pipeline(RandomOverSampler(random_state=seed), logistic()),
    "SMOTE": lambda seed: make_pipeline(SMOTE(random_state=seed), logistic()),
    "random undersampling": lambda seed: make_pipeline(RandomUnderSampler(random_state=seed), logistic()),
    "random undersampling, scaled": lambda seed: make_pipeline(
        StandardScaler(), RandomUnderSampler(random_state=seed), logistic()
    ),
}


def judge(abalone: pd.DataFrame, split: int) -> list[tuple[Any, ...]]:
    """Return split, treatment, ROC AUC and average precision for one split."""
    y = abalone["is_19"]
    X = pd.get_dummies(abalone.drop(columns="is_19"), columns=["sex"], drop_first=True, dtype=int)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, stratify=y, random_state=split)
    rows = []
    for treatment, make in TREATMENTS.items():
        scores = make(split).fit(X_train, y_train).predict_proba(X_test)[:, 1]
        auc, precision = roc_auc_score(y_test, scores), average_precision_score(y_test, scores)
        rows.append((split, treatment, round(auc, 4), round(precision, 4)))
    return rows


@click.command(help=__doc__)
def main() -> None:
    """Write the file."""
    abalone = load_abalone()
    columns = ["split", "treatment", "roc_auc", "average_precision"]
    results = pd.DataFrame([row for split in range(SPLITS) for row in judge(abalone, split)], columns=columns)
    results.to_csv(FILE, index=False, lineterminator="\n")
    summary = results.groupby("treatment", sort=False)[columns[2:]].agg(["mean", "std"]).round(3)
    click.echo(f"wrote {FILE.name}: {SPLITS} splits, {len(TREATMENTS)} treatments\n{summary.to_string()}")


if __name__ == "__main__":
    sys.exit(main())
