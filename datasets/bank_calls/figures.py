"""Print what plain models reach on the bank calls, and each column alone; the data card shows the same (a minute)."""

import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import get_scorer
from sklearn.model_selection import StratifiedKFold, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from imbalanced_course.real_data import BANK_CALLS_LEAK, BANK_CALLS_TARGET, load_bank_calls

FOLDS = StratifiedKFold(5, shuffle=True, random_state=0)
SCORES = {"ROC AUC": "roc_auc", "average precision": "average_precision", "Brier score": "neg_brier_score"}
MODELS = {
    "logistic regression": make_pipeline(
        make_column_transformer(
            (StandardScaler(), make_column_selector(dtype_include="number")),
            (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_include="category")),
        ),
        LogisticRegression(max_iter=1000),
    ),
    "histogram boosting": HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=200, early_stopping=False, random_state=0
    ),
}


def ranking() -> pd.DataFrame:
    """Return the scores of each model in five folds, with and without the leak, and in the last fifth of the calls."""
    calls = load_bank_calls()
    y = calls.pop(BANK_CALLS_TARGET)
    X = calls.drop(columns=BANK_CALLS_LEAK)
    past = round(0.8 * len(y))
    rows = []
    for name, model in MODELS.items():
        for evaluation, columns in (("five folds", X), ("five folds, with the leak", calls)):
            found = cross_validate(model, columns, y, cv=FOLDS, scoring=SCORES)
            rows.append((name, evaluation, *(abs(found[f"test_{score}"].mean()) for score in SCORES)))
        model.fit(X[:past], y[:past])
        later = (abs(get_scorer(scorer)(model, X[past:], y[past:])) for scorer in SCORES.values())
        rows.append((name, "the last fifth", *later))
    return pd.DataFrame(rows, columns=["model", "evaluation", *SCORES])


def columns_alone() -> pd.Series:
    """Return the mean ROC AUC in five folds of a small boosting that sees one column only."""
    calls = load_bank_calls()
    y = calls.pop(BANK_CALLS_TARGET)
    small = HistGradientBoostingClassifier(max_iter=30, early_stopping=False, random_state=0)
    found = {
        name: cross_validate(small, calls[[name]], y, cv=FOLDS, scoring="roc_auc")["test_score"].mean()
        for name in calls
    }
    return pd.Series(found).sort_values(ascending=False)


if __name__ == "__main__":
    print(ranking().round(3).to_string(index=False))
    print("\nROC AUC of one column alone\n" + columns_alone().round(2).to_string())
