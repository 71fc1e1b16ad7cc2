"""Print what plain models reach on defects.csv; the data card shows the same (takes some 10 seconds)."""

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, recall_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline

from imbalanced_course.datasets import defects_preprocessor, load_defects
from imbalanced_course.simulation.defects import make_defects, true_defect_probability

MODELS = {
    "logistic regression": lambda: make_pipeline(defects_preprocessor(), LogisticRegression()),
    "the same, balanced weights": lambda: make_pipeline(
        defects_preprocessor(), LogisticRegression(class_weight="balanced")
    ),
    "histogram boosting": lambda: HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=50, max_leaf_nodes=6, early_stopping=False, random_state=0
    ),
}
REVIEWED = 0.01  # share of the parts that people look at


def scores(y: pd.Series, risks: np.ndarray) -> list[float]:
    """Return ROC AUC, average precision and the share of the defects that is among the parts reviewed."""
    reviewed = np.zeros(len(y), dtype=int)
    reviewed[np.argsort(-risks, kind="stable")[: round(REVIEWED * len(y))]] = 1
    return [roc_auc_score(y, risks), average_precision_score(y, risks), recall_score(y, reviewed)]


def ranking() -> pd.DataFrame:
    """Return the three scores of each model: means of five folds, and on 300,000 fresh parts after the whole file."""
    parts, fresh = load_defects(), make_defects(300_000, seed=101)
    X, y = parts.drop(columns="defect"), parts["defect"]
    pairs = [
        ("five folds", X.iloc[past], y.iloc[past], X.iloc[later], y.iloc[later])
        for past, later in StratifiedKFold(5, shuffle=True, random_state=0).split(X, y)
    ]
    pairs.append(("fresh parts", X, y, fresh.drop(columns="defect"), fresh["defect"]))
    rows = []
    for name, make_model in {**MODELS, "the true probability": None}.items():
        for evaluation, X_fit, y_fit, X_test, y_test in pairs:
            if make_model:
                risks = make_model().fit(X_fit, y_fit).predict_proba(X_test)[:, 1]
            else:
                risks = true_defect_probability(X_test)
            rows.append((name, evaluation, *scores(y_test, risks)))
    columns = ["model", "evaluation", "ROC AUC", "average precision", "recall in the first 1 %"]
    table = pd.DataFrame(rows, columns=columns)
    return table.groupby(["model", "evaluation"], sort=False).mean().reset_index()


if __name__ == "__main__":
    print(ranking().round(2).to_string(index=False))
