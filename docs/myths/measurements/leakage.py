"""Resampling before the split: what an oversampler and an undersampler do to the score."""

import numpy as np

from measurements import Figures
from measurements.metrics import expected_average_precision

PREVALENCE = 0.05
ROWS = 2_000
COLUMNS = 10
SEEDS = 5


def smote_before_split() -> Figures:
    """Score three models on pure noise, with SMOTE inside the folds and before them."""
    from imblearn.over_sampling import SMOTE
    from imblearn.pipeline import make_pipeline
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_score
    from sklearn.neighbors import KNeighborsClassifier

    models = {
        "logistic": LogisticRegression(max_iter=1000),
        "neighbours": KNeighborsClassifier(5),
        "forest": RandomForestClassifier(n_estimators=50, random_state=0),
    }
    found: dict[str, list[float]] = {f"{name}_{way}": [] for name in models for way in ("inside", "before")}
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        X, y = rng.normal(size=(ROWS, COLUMNS)), rng.permutation(np.arange(ROWS) < ROWS * PREVALENCE).astype(int)
        folds, smote = StratifiedKFold(5, shuffle=True, random_state=seed), SMOTE(random_state=seed)
        more_X, more_y = smote.fit_resample(X, y)
        for name, model in models.items():
            inside = make_pipeline(smote, model)
            for way, one, rows, labels in (("inside", inside, X, y), ("before", model, more_X, more_y)):
                scores = cross_val_score(one, rows, labels, cv=folds, scoring="average_precision")
                found[f"{name}_{way}"].append(float(scores.mean()))
    return {
        "seeds": SEEDS,
        "rows": ROWS,
        "columns": COLUMNS,
        "prevalence": PREVALENCE,
        "balanced_prevalence": 0.5,
        "chance": expected_average_precision(ROWS // 5, round(ROWS * PREVALENCE) // 5),
        **{name: float(np.mean(values)) for name, values in found.items()},
    }


def undersample_then_split() -> Figures:
    """Undersample the screening to 1:1 before the split, or only its training part; the model is the same kind."""
    from imblearn.under_sampling import RandomUnderSampler
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split
    from sklearn.pipeline import make_pipeline

    from imbalanced_course.datasets import load_screening, screening_preprocessor
    from imbalanced_course.scoreboard import decision_scores, score_quality

    seeds = 20
    people = load_screening()
    X, y = people.drop(columns="condition"), people["condition"]
    found: dict[str, list[float]] = {}
    for seed in range(seeds):
        sampler = RandomUnderSampler(random_state=seed)
        split = {"test_size": 0.2, "random_state": seed}

        fewer_X, fewer_y = sampler.fit_resample(X, y)
        wrong = train_test_split(fewer_X, fewer_y, stratify=fewer_y, **split)
        X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y, **split)
        kept_X, kept_y = sampler.fit_resample(X_train, y_train)
        for way, (fit_X, judge_X, fit_y, judge_y) in (
            ("before", wrong),
            ("after", (kept_X, X_test, kept_y, y_test)),
        ):
            fitted = make_pipeline(screening_preprocessor(), LogisticRegression(max_iter=1000)).fit(fit_X, fit_y)
            risks = fitted.predict_proba(judge_X)[:, 1]
            told = score_quality(judge_y, risks) | decision_scores(judge_y, risks, 0.5)
            told |= {"rows": len(judge_y), "prevalence": float(judge_y.mean())}
            for name in ("rows", "prevalence", "precision", "recall", "average_precision", "roc_auc"):
                found.setdefault(f"{name}_{way}", []).append(told[name])
    return {"seeds": seeds, **{name: float(np.mean(values)) for name, values in found.items()}}
