"""Two tables that circulate, computed again: a popular example of 5 % positives, and abalone."""

import numpy as np

from measurements import Figures

PUBLISHED = {
    "none": 0.683957,
    "copies": 0.838963,
    "shrinkage": 0.805991,
    "smote": 0.791315,
    "undersampling": 0.646562,
    "tomek": 0.683957,
    "smote_tomek": 0.791315,
    "centroids": 0.637716,
    "weights": 0.827503,
    "hundred": 0.837555,
}
"""ROC AUC of each treatment of abalone as the table in circulation has it."""


def popular_example() -> Figures:
    """Fit the strategies of the 5 % example on its one split, then compare costs over other draws."""
    from imblearn.ensemble import BalancedRandomForestClassifier
    from imblearn.over_sampling import SMOTE, RandomOverSampler
    from imblearn.pipeline import make_pipeline
    from imblearn.under_sampling import RandomUnderSampler
    from sklearn.datasets import make_classification
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict, train_test_split

    from imbalanced_course.scoreboard import decision_scores, tune_threshold
    from measurements.problems import mean_interval

    def draw(seed: int) -> tuple[np.ndarray, np.ndarray]:
        X, y = make_classification(
            n_samples=10_000, n_features=20, n_informative=10, n_redundant=5, weights=[0.95, 0.05], random_state=seed
        )
        return X, y

    X, y = draw(42)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

    def logistic(weight: str | None = None) -> LogisticRegression:
        return LogisticRegression(class_weight=weight, max_iter=1000)

    strategies = {
        "none": logistic(),
        "weights": logistic("balanced"),
        "copies": make_pipeline(RandomOverSampler(random_state=42), logistic()),
        "smote": make_pipeline(SMOTE(random_state=42), logistic()),
        "undersampling": make_pipeline(RandomUnderSampler(random_state=42), logistic()),
        "forest": RandomForestClassifier(random_state=42),
        "balanced_forest": BalancedRandomForestClassifier(
            sampling_strategy="all", replacement=True, bootstrap=False, random_state=42
        ),
    }
    figures: Figures = {
        "miss": 1_000,
        "alarm": 10,
        "positives": int(y.sum()),
        "test_rows": len(y_test),
        "test_positives": int(y_test.sum()),
    }
    costs = {}
    for name, model in strategies.items():
        risks = model.fit(X_train, y_train).predict_proba(X_test)[:, 1]
        # As `predict` decides: of a forest's rows at exactly one half none is flagged.
        judged = decision_scores(y_test, model.predict(X_test), 1)
        figures |= {f"f1_{name}": judged["f1"], f"recall_{name}": judged["recall"]}
        costs[name] = judged["cost"]
        if name == "none":
            figures["cost_none_from_costs"] = decision_scores(y_test, risks, 10 / 1_010)["cost"]
    figures |= {"cost_none": costs["none"], "cost_weights": costs["weights"]}
    figures["cost_everybody"] = 10 * int((y_test == 0).sum())

    draws = 30
    paid: dict[str, list[float]] = {"none": [], "weights": []}
    for seed in range(draws):
        X_fit, X_judge, y_fit, y_judge = train_test_split(*draw(seed), test_size=0.2, random_state=seed)
        for name in paid:
            model = strategies[name]
            inside = cross_val_predict(model, X_fit, y_fit, cv=5, method="predict_proba")[:, 1]
            cut = tune_threshold(y_fit, inside)
            risks = model.fit(X_fit, y_fit).predict_proba(X_judge)[:, 1]
            paid[name].append(decision_scores(y_judge, risks, cut)["cost"])
    apart = mean_interval(np.subtract(paid["weights"], paid["none"]))
    return figures | {
        "draws": draws,
        "tuned_none": float(np.mean(paid["none"])),
        "tuned_weights": float(np.mean(paid["weights"])),
        "weights_minus_none_mean": apart.mean,
        "weights_minus_none_low": apart.low,
        "weights_minus_none_high": apart.high,
        "weights_cheaper": float(np.mean(np.array(paid["weights"]) < np.array(paid["none"]))),
    }


def abalone_table() -> Figures:
    """Compute the published table of abalone again, then the same over 200 splits, with and without scaling."""
    import pandas as pd
    from imblearn.combine import SMOTETomek
    from imblearn.over_sampling import SMOTE, RandomOverSampler
    from imblearn.pipeline import make_pipeline
    from imblearn.under_sampling import ClusterCentroids, RandomUnderSampler, TomekLinks
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import average_precision_score, roc_auc_score
    from sklearn.model_selection import train_test_split
    from sklearn.preprocessing import StandardScaler

    from imbalanced_course.real_data import load_abalone

    rows = load_abalone()
    y = rows.pop("is_19").to_numpy()
    # With pandas' default of boolean columns, synthetic points are cast back to booleans: other figures come out.
    X = pd.get_dummies(rows, columns=["sex"], drop_first=True, dtype=int)

    def logistic(weight: object = None) -> LogisticRegression:
        # Of the unscaled columns lbfgs takes thousands of steps to this tolerance.
        return LogisticRegression(class_weight=weight, tol=1e-6, max_iter=100_000)

    def strategies(seed: int) -> dict[str, list[object]]:
        return {
            "none": [logistic()],
            "copies": [RandomOverSampler(random_state=seed), logistic()],
            "smote": [SMOTE(random_state=seed), logistic()],
            "undersampling": [RandomUnderSampler(random_state=seed), logistic()],
            "tomek": [TomekLinks(), logistic()],
            "smote_tomek": [SMOTETomek(random_state=seed), logistic()],
            "centroids": [ClusterCentroids(random_state=seed), logistic()],
            "weights": [logistic("balanced")],
            "shrinkage": [RandomOverSampler(shrinkage=0.1, random_state=seed), logistic()],
            "hundred": [logistic({0: 1, 1: 100})],
        }

    figures: Figures = {"rows": len(y), "positives": int(y.sum())}
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, stratify=y, random_state=888)
    figures |= {"test_rows": len(y_test), "test_positives": int(y_test.sum())}
    for name, steps in strategies(888).items():
        fitted = make_pipeline(*steps).fit(X_train, y_train)
        figures[f"told_{name}"] = PUBLISHED[name]
        figures[f"again_{name}"] = float(roc_auc_score(y_test, fitted.predict_proba(X_test)[:, 1]))

    splits = 200
    found: dict[str, list[float]] = {}
    for seed in range(splits):
        X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
        for name in ("none", "copies", "smote", "undersampling", "weights"):
            for scaling, first in (("raw", []), ("scaled", [StandardScaler()])):
                scores = make_pipeline(*first, *strategies(seed)[name]).fit(X_train, y_train).decision_function(X_test)
                found.setdefault(f"auc_{name}_{scaling}", []).append(float(roc_auc_score(y_test, scores)))
                found.setdefault(f"ap_{name}_{scaling}", []).append(float(average_precision_score(y_test, scores)))
    gaps = {name: abs(figures[f"told_{name}"] - figures[f"again_{name}"]) for name in PUBLISHED}
    figures["treatments"] = len(gaps)
    figures["same_to_six_decimals"] = sum(gap < 1e-6 for gap in gaps.values())
    figures |= {name: float(np.mean(values)) for name, values in found.items()}
    figures["auc_spread"] = float(np.std(found["auc_none_raw"], ddof=1))
    better = np.array(found["auc_smote_raw"]) > np.array(found["auc_copies_raw"])
    return figures | {"splits": splits, "smote_beats_copies": float(better.mean())}
