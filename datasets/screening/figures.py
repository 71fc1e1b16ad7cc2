"""Print what plain models reach on screening.csv; the data card shows the same (takes some 20 seconds)."""

import numpy as np
import pandas as pd
from imblearn.over_sampling import RandomOverSampler
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn.pipeline import make_pipeline

from imbalanced_course.datasets import load_screening, screening_preprocessor
from imbalanced_course.simulation.screening import make_screening, true_condition_probability

MODELS = {
    "logistic regression": lambda: make_pipeline(screening_preprocessor(), LogisticRegression()),
    "histogram boosting": lambda: HistGradientBoostingClassifier(
        learning_rate=0.05, max_leaf_nodes=8, early_stopping=False, random_state=0
    ),
}
# Positives are 40 % of all people when they are two for three of the others.
TWO_FOR_THREE = 2 / 3


def ranking() -> pd.DataFrame:
    """Return ROC AUC, average precision and Brier score of each model, the means of five folds."""
    people = load_screening()
    X, y = people.drop(columns="condition"), people["condition"]
    folds = list(StratifiedKFold(5, shuffle=True, random_state=0).split(X, y))
    rows = []
    for name, make_model in {**MODELS, "the true probability": None}.items():
        by_fold = []
        for past, later in folds:
            if make_model:
                risks = make_model().fit(X.iloc[past], y.iloc[past]).predict_proba(X.iloc[later])[:, 1]
            else:
                risks = true_condition_probability(X.iloc[later])
            scores = (roc_auc_score, average_precision_score, brier_score_loss)
            by_fold.append([score(y.iloc[later], risks) for score in scores])
        rows.append((name, *np.mean(by_fold, axis=0)))
    return pd.DataFrame(rows, columns=["model", "ROC AUC", "average precision", "Brier score"])


def odds(share):
    """Return p / (1 - p)."""
    return share / (1 - share)


def risks_of_test_half(people: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Fit the logistic regression on one half; return the mean risk and the Brier score of the other, by treatment."""
    X, y = people.drop(columns="condition"), people["condition"]
    X_fit, X_test, y_fit, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=1)
    X_more, y_more = RandomOverSampler(sampling_strategy=TWO_FOR_THREE, random_state=1).fit_resample(X_fit, y_fit)
    make_model = MODELS["logistic regression"]
    told = make_model().fit(X_more, y_more).predict_proba(X_test)[:, 1]
    corrected_odds = odds(told) * odds(y_fit.mean()) / odds(y_more.mean())
    risks = {
        "not resampled": make_model().fit(X_fit, y_fit).predict_proba(X_test)[:, 1],
        "oversampled to 40 %": told,
        "the same, odds corrected": corrected_odds / (1 + corrected_odds),
        "the true probability": true_condition_probability(X_test),
    }
    return {name: (float(risk.mean()), float(brier_score_loss(y_test, risk))) for name, risk in risks.items()}


def oversampling(fresh_sets: int = 20) -> pd.DataFrame:
    """Return mean risks and Brier scores on the file, and the mean risk's mean and deviation over fresh sets."""
    on_file = pd.DataFrame(risks_of_test_half(load_screening()), index=["mean risk", "Brier score"]).T
    fresh = pd.DataFrame(
        [
            {name: mean for name, (mean, _) in risks_of_test_half(make_screening(len(load_screening()), seed)).items()}
            for seed in range(101, 101 + fresh_sets)
        ]
    )
    on_file["fresh sets, mean"], on_file["fresh sets, sd"] = fresh.mean(), fresh.std()
    return on_file.rename_axis("risks").reset_index()


if __name__ == "__main__":
    for table in (ranking(), oversampling()):
        print(table.round(3).to_string(index=False), end="\n\n")
