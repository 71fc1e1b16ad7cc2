"""What oversampling does to predicted risks, and what the correction of the odds can mend."""

import numpy as np

from measurements import Figures

SPLITS = 10
ASKED_SHARE = 0.4


def risks_need_no_correction() -> Figures:
    """Raise the screening's cases to 40 % by SMOTE; judge the risks as told, and corrected to the true share."""
    from imblearn.over_sampling import SMOTE
    from imblearn.pipeline import make_pipeline
    from sklearn.base import clone
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import brier_score_loss
    from sklearn.model_selection import train_test_split

    from imbalanced_course.datasets import load_screening, screening_preprocessor

    people = load_screening()
    X, y = people.drop(columns="condition"), people["condition"]
    share = float(y.mean())
    factor = (share / (1 - share)) / (ASKED_SHARE / (1 - ASKED_SHARE))
    found: dict[str, list[float]] = {}
    for seed in range(SPLITS):
        X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
        models = {
            "logistic": LogisticRegression(max_iter=1000),
            "forest": RandomForestClassifier(n_estimators=50, random_state=seed),
        }
        ratio = ASKED_SHARE / (1 - ASKED_SHARE)
        for name, model in models.items():
            untouched = make_pipeline(screening_preprocessor(), clone(model)).fit(X_train, y_train)
            raised = make_pipeline(
                screening_preprocessor(), SMOTE(sampling_strategy=ratio, random_state=seed), clone(model)
            ).fit(X_train, y_train)
            told = raised.predict_proba(X_test)[:, 1]
            # odds x factor, turned back into a risk without a division by zero
            ways = {
                "untouched": untouched.predict_proba(X_test)[:, 1],
                "told": told,
                "corrected": factor * told / (factor * told + 1 - told),
            }
            for way, risks in ways.items():
                found.setdefault(f"{name}_mean_{way}", []).append(float(risks.mean()))
                found.setdefault(f"{name}_brier_{way}", []).append(float(brier_score_loss(y_test, risks)))
    return {
        "splits": SPLITS,
        "share": share,
        "raised_share": ASKED_SHARE,
        **{name: float(np.mean(values)) for name, values in found.items()},
    }
