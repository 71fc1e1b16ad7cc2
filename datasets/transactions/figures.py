"""Print what plain models reach on transactions.csv; the data card shows the same (takes a few seconds)."""

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline

from imbalanced_course.datasets import features_and_target, load_transactions, split_by_week, transactions_preprocessor
from imbalanced_course.simulation.transactions import true_fraud_probability

MODELS = {
    "logistic regression": lambda: make_pipeline(transactions_preprocessor(), LogisticRegression()),
    "histogram boosting": lambda: HistGradientBoostingClassifier(random_state=0),
}
RECALL_WANTED = 0.6


def fitted_scores(model, past: pd.DataFrame, later: pd.DataFrame) -> np.ndarray:
    """Fit a model on past payments and score later ones."""
    return model.fit(*features_and_target(past)).predict_proba(features_and_target(later)[0])[:, 1]


def ranking() -> pd.DataFrame:
    """Return ROC AUC and average precision of each model, by cross-validation and forward in time."""
    payments = load_transactions()
    train, validation, test = split_by_week(payments)
    folds = list(StratifiedKFold(5, shuffle=True, random_state=0).split(payments, payments["is_fraud"]))
    parts = {
        "five folds": [(payments.iloc[past], payments.iloc[later]) for past, later in folds],
        "days 1-14, then 15-21": [(train, validation)],
        "days 1-21, then 22-28": [(pd.concat([train, validation]), test)],
    }
    rows = []
    for name, make_model in {**MODELS, "the true probability": None}.items():
        for evaluation, pairs in parts.items():
            roc_auc, precision = [], []
            for past, later in pairs:
                scores = fitted_scores(make_model(), past, later) if make_model else true_fraud_probability(later)
                roc_auc.append(roc_auc_score(later["is_fraud"], scores))
                precision.append(average_precision_score(later["is_fraud"], scores))
            rows.append((name, evaluation, np.mean(roc_auc), np.mean(precision)))
    return pd.DataFrame(rows, columns=["model", "evaluation", "ROC AUC", "average precision"])


def fixed_threshold() -> pd.DataFrame:
    """Return precision and recall in weeks 3 and 4, at the highest threshold with the recall wanted in week 3."""
    train, validation, test = split_by_week(load_transactions())
    rows = []
    for name, make_model in MODELS.items():
        model = make_model()
        scores = fitted_scores(model, train, validation)
        frauds = np.sort(scores[validation["is_fraud"] == 1])[::-1]
        threshold = frauds[int(np.ceil(RECALL_WANTED * len(frauds))) - 1]
        for week, part in (("15-21", validation), ("22-28", test)):
            alert = model.predict_proba(features_and_target(part)[0])[:, 1] >= threshold
            fraud = part["is_fraud"]
            rows.append((name, week, int(alert.sum()), precision_score(fraud, alert), recall_score(fraud, alert)))
    return pd.DataFrame(rows, columns=["model", "days", "alerts", "precision", "recall"])


if __name__ == "__main__":
    for table in (ranking(), fixed_threshold()):
        print(table.round(2).to_string(index=False), end="\n\n")
