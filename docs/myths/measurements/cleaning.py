"""How many rows NearMiss keeps, and when edited nearest neighbours drop a row."""

import numpy as np

from measurements import Figures


def nearmiss_keeps_k_each() -> Figures:
    """Count the majority rows that NearMiss keeps, for several k, and see where it ranks among all strategies."""
    from imblearn.under_sampling import NearMiss

    from imbalanced_course.datasets import make_two_features
    from measurements.problems import MODELS, PROBLEMS, judged

    X, y = make_two_features()
    figures: Figures = {"minority": int(y.sum()), "majority": int((y == 0).sum()), "problems": PROBLEMS}
    for name, k in (("small", 1), ("default", 3), ("large", 10)):
        _, kept = NearMiss(version=1, n_neighbors=k).fit_resample(X, y)
        figures[f"k_{name}"] = k
        figures[f"kept_{name}"] = int((kept == 0).sum())
    strategies = ("none", "copies", "smote", "adasyn", "undersampling", "tomek", "nearmiss")
    for name in MODELS:
        ranking = {one: judged(name, one)["average_precision"] for one in strategies}
        worst = np.argmin([ranking[one] for one in strategies], axis=0)
        figures[f"{name}_last"] = int((worst == strategies.index("nearmiss")).sum())
        figures[f"{name}_ap"] = float(ranking["nearmiss"].mean())
        figures[f"{name}_ap_undersampling"] = float(ranking["undersampling"].mean())
        figures[f"{name}_ap_none"] = float(ranking["none"].mean())
    return figures | {"strategies": len(strategies)}


def enn_two_of_three() -> Figures:
    """Count by the number of neighbours that disagree which majority rows each setting of ENN drops."""
    from imblearn.under_sampling import EditedNearestNeighbours
    from sklearn.neighbors import NearestNeighbors

    from imbalanced_course.datasets import make_two_features

    X, y = (part.to_numpy() for part in make_two_features())
    # Four asked for: the first is the row itself.
    nearest = NearestNeighbors(n_neighbors=4).fit(X).kneighbors(X, return_distance=False)[:, 1:]
    against = (y[nearest] != y[:, None]).sum(axis=1)
    majority = y == 0
    figures: Figures = {f"rows_{n}_against": int((majority & (against == n)).sum()) for n in range(4)}
    for setting in ("all", "mode"):
        sampler = EditedNearestNeighbours(kind_sel=setting)
        sampler.fit_resample(X, y)
        dropped = np.ones(len(y), dtype=bool)
        dropped[sampler.sample_indices_] = False
        figures[f"dropped_{setting}"] = int(dropped.sum())
        for n in range(4):
            figures[f"dropped_{setting}_{n}"] = int((dropped & (against == n)).sum())
    default = EditedNearestNeighbours()
    default.fit_resample(X, y)
    return figures | {"dropped_default": len(y) - len(default.sample_indices_)}
