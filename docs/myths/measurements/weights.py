"""What class weights do: nothing against overfitting, nothing after SMOTE to 1:1, and not the same at every scale."""

from typing import Any

import numpy as np

from measurements import Figures
from measurements.problems import mean_interval

SEEDS = 20


def weights_do_not_overfit() -> Figures:
    """Fit weighted and unweighted logistic regression where the columns are many: five of them say something."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import average_precision_score

    train_rows, test_rows, columns, telling, prevalence, shift = 400, 10_000, 200, 5, 0.05, 0.6
    found: dict[str, list[float]] = {}
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)

        def rows_of(rows: int, rng: np.random.Generator = rng) -> tuple[np.ndarray, np.ndarray]:
            y = np.zeros(rows, dtype=int)
            y[: round(rows * prevalence)] = 1
            X = rng.normal(size=(rows, columns))
            X[:, :telling] += shift * y[:, None]
            return X, y

        (X_train, y_train), (X_test, y_test) = rows_of(train_rows), rows_of(test_rows)
        for name, settings in (
            ("none", {}),
            ("weights", {"class_weight": "balanced"}),
            ("penalised", {"C": 0.001}),
        ):
            fitted = LogisticRegression(max_iter=1000, **settings).fit(X_train, y_train)
            for part, X, y in (("train", X_train, y_train), ("test", X_test, y_test)):
                found.setdefault(f"{name}_{part}", []).append(
                    float(average_precision_score(y, fitted.decision_function(X)))
                )
    apart = mean_interval(np.subtract(found["weights_test"], found["none_test"]))
    return {
        "draws": SEEDS,
        "train_rows": train_rows,
        "test_rows": test_rows,
        "columns": columns,
        "telling_columns": telling,
        "prevalence": prevalence,
        **{name: float(np.mean(values)) for name, values in found.items()},
        "difference_mean": apart.mean,
        "difference_low": apart.low,
        "difference_high": apart.high,
    }


def smote_with_weights() -> Figures:
    """Stack weights on SMOTE to 1:1, on the two-feature set: balanced ones, and those of the original ratio."""
    from imblearn.over_sampling import SMOTE
    from imblearn.pipeline import make_pipeline
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    from imbalanced_course.scoreboard import decision_scores

    splits = 10
    weights: dict[str, Any] = {"none": None, "balanced": "balanced", "original": {0: 1, 1: 99}}
    risks: dict[str, list[np.ndarray]] = {name: [] for name in weights}
    judged: dict[str, list[dict[str, float]]] = {name: [] for name in weights}
    for seed in range(splits):
        X_train, X_test, y_train, y_test = _two_features(seed)
        for name, weight in weights.items():
            stacked = make_pipeline(
                StandardScaler(), SMOTE(random_state=seed), LogisticRegression(class_weight=weight)
            ).fit(X_train, y_train)
            risks[name].append(stacked.predict_proba(X_test)[:, 1])
            judged[name].append(decision_scores(y_test, risks[name][-1], 0.5))
    figures: Figures = {
        "splits": splits,
        "largest_change": float(np.abs(np.subtract(risks["balanced"], risks["none"])).max()),
        "original_weight": 99,
    }
    for name in ("none", "original"):
        figures[f"precision_{name}"] = float(np.mean([one["precision"] for one in judged[name]]))
        figures[f"recall_{name}"] = float(np.mean([one["recall"] for one in judged[name]]))
        flagged = [
            (one["tp"] + one["fp"]) / sum(one[cell] for cell in ("tn", "fp", "fn", "tp")) for one in judged[name]
        ]
        figures[f"flagged_{name}"] = float(np.mean(flagged))
    return figures


def inverse_shares_are_balanced() -> Figures:
    """Compare the weights {0: 0.01, 1: 0.99} with "balanced": without more ado, and with C made as much larger."""
    from sklearn.linear_model import LogisticRegression

    X, _, y, _ = _two_features(1)
    shares = {0: 0.01, 1: 0.99}
    factor = len(y) / (2 * int((y == 0).sum())) / shares[0]

    def fitted(weight: Any, C: float) -> Any:
        # A tight tolerance: what is compared are the optima, not where the solver stopped.
        model = LogisticRegression(class_weight=weight, C=C, solver="liblinear", tol=1e-10, max_iter=10_000)
        return model.fit(X.to_numpy(), y)

    plain, scaled, balanced = fitted(shares, 1.0), fitted(shares, factor), fitted("balanced", 1.0)
    gap = np.abs(scaled.coef_ - balanced.coef_).max()
    return {
        "factor": factor,
        "shares_first": float(plain.coef_[0, 0]),
        "shares_second": float(plain.coef_[0, 1]),
        "balanced_first": float(balanced.coef_[0, 0]),
        "balanced_second": float(balanced.coef_[0, 1]),
        "gap_with_larger_C": float(np.round(gap, 4)),
    }


def _two_features(seed: int) -> tuple[Any, Any, Any, Any]:
    """Draw the two-feature set of 1 % with this seed and split it into halves."""
    from sklearn.model_selection import train_test_split

    from imbalanced_course.datasets import make_two_features

    X, y = make_two_features(seed=seed)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
    return X_train, X_test, y_train, y_test
