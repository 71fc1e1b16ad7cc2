"""Print what plain models reach on the abalone, and each column alone; the data card shows the same."""

import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import RepeatedStratifiedKFold, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from imbalanced_course.real_data import ABALONE_TARGET, load_abalone

# Six or seven positives a fold: five folds once depend on luck.
FOLDS = RepeatedStratifiedKFold(n_splits=5, n_repeats=5, random_state=0)
SCORES = {"ROC AUC": "roc_auc", "average precision": "average_precision", "Brier score": "neg_brier_score"}
MODELS = {
    "logistic regression": make_pipeline(
        make_column_transformer(
            (StandardScaler(), make_column_selector(dtype_include="number")), (OneHotEncoder(), ["sex"])
        ),
        LogisticRegression(max_iter=1000),
    ),
    "histogram boosting": HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=50, max_leaf_nodes=6, early_stopping=False, random_state=0
    ),
}


def ranking() -> pd.DataFrame:
    """Return the scores of each model: means of five times five folds."""
    abalone = load_abalone()
    y = abalone.pop(ABALONE_TARGET)
    rows = []
    for name, model in MODELS.items():
        found = cross_validate(model, abalone, y, cv=FOLDS, scoring=SCORES)
        rows.append((name, *(abs(found[f"test_{score}"].mean()) for score in SCORES)))
    return pd.DataFrame(rows, columns=["model", *SCORES])


def columns_alone() -> pd.Series:
    """Return the ROC AUC of each number as it is."""
    abalone = load_abalone()
    y = abalone.pop(ABALONE_TARGET)
    found = {name: roc_auc_score(y, abalone[name]) for name in abalone.drop(columns="sex")}
    return pd.Series(found).sort_values(ascending=False)


if __name__ == "__main__":
    print(ranking().round(4).to_string(index=False))
    print("\nROC AUC of one column alone\n" + columns_alone().round(2).to_string())
