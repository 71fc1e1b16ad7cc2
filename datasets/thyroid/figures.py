"""Print what plain models reach on the thyroid patients, and each column alone; the data card shows the same."""

import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from imbalanced_course.real_data import THYROID_TARGET, load_thyroid

FOLDS = StratifiedGroupKFold(5, shuffle=True, random_state=0)
SCORES = {"ROC AUC": "roc_auc", "average precision": "average_precision", "Brier score": "neg_brier_score"}
MODELS = {
    "logistic regression": make_pipeline(
        make_column_transformer(
            (
                make_pipeline(SimpleImputer(strategy="median"), StandardScaler()),
                make_column_selector(dtype_include="number"),
            ),
            (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_include="category")),
        ),
        LogisticRegression(max_iter=1000),
    ),
    "histogram boosting": HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=100, early_stopping=False, random_state=0
    ),
}


def features_target_and_groups() -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Return the features, the target, and a number for each patient that equal ones share: a fold gets all of them."""
    X = load_thyroid()
    y = X.pop(THYROID_TARGET)
    return X, y, X.groupby(list(X), dropna=False, observed=True).ngroup()


def ranking() -> pd.DataFrame:
    """Return the scores of each model, with all columns and without the laboratory's: means of five folds."""
    X, y, groups = features_target_and_groups()
    laboratory = list(X.loc[:, "tsh_measured":"tbg"])
    rows = []
    for name, model in MODELS.items():
        for columns, part in (("all", X), ("without the laboratory", X.drop(columns=laboratory))):
            found = cross_validate(model, part, y, groups=groups, cv=FOLDS, scoring=SCORES)
            rows.append((name, columns, *(abs(found[f"test_{score}"].mean()) for score in SCORES)))
    return pd.DataFrame(rows, columns=["model", "columns", *SCORES])


def columns_alone() -> pd.Series:
    """Return the mean ROC AUC in five folds of a small boosting that sees one column only."""
    X, y, groups = features_target_and_groups()
    small = HistGradientBoostingClassifier(max_iter=30, early_stopping=False, random_state=0)
    found = {
        name: cross_validate(small, X[[name]], y, groups=groups, cv=FOLDS, scoring="roc_auc")["test_score"].mean()
        for name in X
    }
    return pd.Series(found).sort_values(ascending=False)


if __name__ == "__main__":
    print(ranking().round(3).to_string(index=False))
    print("\nROC AUC of one column alone\n" + columns_alone().round(2).to_string())
