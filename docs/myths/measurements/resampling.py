"""What resampling does to the ranking, to the risks and to the recall at 0.5."""

from functools import cache

import numpy as np
import pandas as pd

from imbalanced_course.scoreboard import decision_scores
from measurements import Figures
from measurements.problems import (
    FEATURES,
    MODELS,
    PROBLEMS,
    SHARES,
    TEST_ROWS,
    TRAIN_ROWS,
    TREES,
    contestant,
    gain,
    judged,
    model,
    problem,
    recall_with_as_many_alerts,
    samplers,
)


def balancing_helps() -> Figures:
    """Compare SMOTE to 1:1 with leaving the data alone: ranking, Brier score and recall at 0.5."""
    figures: Figures = {
        "problems": PROBLEMS,
        "train_rows": TRAIN_ROWS,
        "test_rows": TEST_ROWS,
        "features": FEATURES,
        "trees": TREES,
        "lowest_share": min(SHARES),
        "highest_share": max(SHARES),
    }
    for name in MODELS:
        figures |= _named(f"{name}_ap", gain(name, "smote", "none"))
        for strategy in ("none", "smote"):
            means = judged(name, strategy).mean()
            figures[f"{name}_ap_{strategy}"] = means["average_precision"]
            figures[f"{name}_brier_{strategy}"] = means["brier"]
            figures[f"{name}_recall_{strategy}"] = means["recall"]
            figures[f"{name}_precision_{strategy}"] = means["precision"]
        figures[f"{name}_recall_same_alerts"] = recall_with_as_many_alerts(name, "none", "smote")
    return figures | _payments_figures("smote", "none")


def smote_beats_copies() -> Figures:
    """Compare SMOTE with copies, both to 1:1, by average precision."""
    figures: Figures = {"problems": PROBLEMS}
    for name in (*MODELS, "tree"):
        figures |= _named(f"{name}_ap", gain(name, "smote", "copies"))
        difference = judged(name, "smote")["average_precision"] - judged(name, "copies")["average_precision"]
        figures[f"{name}_better"] = int((difference > 0).sum())
    return figures | _payments_figures("smote", "copies")


def adasyn_is_better() -> Figures:
    """Ask where ADASYN puts its points, how it ranks beside SMOTE, and what it does when there is no border."""
    from imblearn.over_sampling import ADASYN, SMOTE
    from scipy.stats import spearmanr
    from sklearn.neighbors import NearestNeighbors
    from sklearn.preprocessing import StandardScaler

    related: dict[str, list[float]] = {"adasyn": [], "smote": []}
    for seed in range(PROBLEMS):
        X, y = StandardScaler().fit_transform(problem(seed).X_train), problem(seed).y_train
        rare = X[y == 1]
        neighbours = NearestNeighbors(n_neighbors=6).fit(X).kneighbors(rare, return_distance=False)[:, 1:]
        hardness = (y[neighbours] == 0).mean(axis=1)
        for strategy, sampler in (("adasyn", ADASYN(random_state=seed)), ("smote", SMOTE(random_state=seed))):
            made = sampler.fit_resample(X, y)[0][len(X) :]
            counts = _points_at_each(rare, made)
            related[strategy].append(float(spearmanr(hardness, counts).statistic))

    rng = np.random.default_rng(0)
    apart = np.vstack([rng.normal(size=(200, 2)), rng.normal(loc=20, size=(20, 2))])
    try:
        ADASYN(random_state=0).fit_resample(apart, np.repeat([0, 1], [200, 20]))
        raises = 0
    except RuntimeError:  # no minority row has a majority row among its neighbours
        raises = 1

    figures: Figures = {
        "problems": PROBLEMS,
        "correlation_adasyn": float(np.nanmean(related["adasyn"])),
        "correlation_smote": float(np.nanmean(related["smote"])),
        "raises_when_separable": raises,
    }
    for name in MODELS:
        figures |= _named(f"{name}_ap", gain(name, "adasyn", "smote"))
        difference = judged(name, "adasyn")["average_precision"] - judged(name, "smote")["average_precision"]
        figures[f"{name}_below"] = float((difference < 0).mean())
    return figures


def copies_overfit() -> Figures:
    """Compare copies with balanced weights and with nothing, on the test rows and on the rows learnt from."""
    figures: Figures = {"problems": PROBLEMS}
    for name in ("logistic", "tree", "forest", "boosting"):
        figures |= _named(f"{name}_against_weights", gain(name, "copies", "weights"))
        figures |= _named(f"{name}_against_none", gain(name, "copies", "none"))
        for strategy in ("none", "copies"):
            means = judged(name, strategy).mean()
            figures[f"{name}_train_{strategy}"] = means["train_average_precision"]
            figures[f"{name}_test_{strategy}"] = means["average_precision"]
    return figures


def recall_always_rises() -> Figures:
    """Count how often the recall at 0.5 is higher, equal or lower than with the data left alone."""
    figures: Figures = {"problems": PROBLEMS}
    for strategy in ("tomek", "copies", "smote"):
        changes = {name: np.sign(judged(name, strategy)["recall"] - judged(name, "none")["recall"]) for name in MODELS}
        together = np.concatenate(list(changes.values()))
        figures |= {f"{strategy}_{name}_higher": int((change > 0).sum()) for name, change in changes.items()}
        figures |= {f"{strategy}_runs": len(together), f"{strategy}_higher": int((together > 0).sum())}

    figures["splits"] = 30
    for name, strategy in (("logistic", "tomek"), ("forest", "copies")):
        changes = [_recall_on_two_features(name, strategy, seed) for seed in range(30)]
        figures[f"two_{strategy}_{name}_equal"] = changes.count(0)
        figures[f"two_{strategy}_{name}_lower"] = changes.count(-1)
    return figures


def _recall_on_two_features(name: str, strategy: str, seed: int) -> int:
    """Return 1, 0 or -1: does the strategy raise the recall at 0.5 on a two-feature set of 1 %, half held out?"""
    from sklearn.model_selection import train_test_split

    from imbalanced_course.datasets import make_two_features

    X, y = make_two_features(seed=seed)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
    before, after = (
        decision_scores(
            y_test, contestant(name, one, seed=seed).fit(X_train, y_train).predict_proba(X_test)[:, 1], 0.5
        )["recall"]
        for one in ("none", strategy)
    )
    return (after > before) - (after < before)


def _points_at_each(rare: np.ndarray, made: np.ndarray) -> np.ndarray:
    """Count the synthetic points for which each minority row is the nearest minority row."""
    from sklearn.neighbors import NearestNeighbors

    nearest = NearestNeighbors(n_neighbors=1).fit(rare).kneighbors(made, return_distance=False)[:, 0]
    return np.bincount(nearest, minlength=len(rare))


def _named(start: str, interval: tuple[float, float, float]) -> Figures:
    mean, low, high = interval
    return {f"{start}_mean": mean, f"{start}_low": low, f"{start}_high": high}


@cache
def _payments(name: str, strategy: str) -> pd.DataFrame:
    """Judge a strategy on the course's card payments, on the five folds of the scoreboard."""
    from imblearn.pipeline import make_pipeline

    from imbalanced_course.datasets import features_and_target, load_transactions, transactions_preprocessor
    from imbalanced_course.scoreboard import evaluate

    X, y = features_and_target(load_transactions())
    steps = [transactions_preprocessor(), *samplers(strategy), model(name)]
    return evaluate(strategy, make_pipeline(*steps), X, y)


def _payments_figures(first: str, second: str) -> Figures:
    """Return the difference in average precision on the payments, with the corrected interval over the folds."""
    from imbalanced_course.scoreboard import difference

    one = _payments(MODELS[0], first)
    figures: Figures = {
        "payments_folds": one["fold"].nunique(),
        "payments_rows": int(one["n_train"].iloc[0] + one["n_test"].iloc[0]),
        "payments_positives": int(one.loc[one["cut"] == "tuned threshold", "n_positive"].sum()),
    }
    for name in MODELS:
        both = pd.concat([_payments(name, first), _payments(name, second)])
        figures |= _named(f"payments_{name}_ap", difference(both, first, second, "average_precision"))
    return figures
