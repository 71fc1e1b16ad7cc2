"""The number of positives against the ratio, and the detectors that do without any."""

import numpy as np

from measurements import Figures

DRAWS = 5


def ratio_is_what_hurts() -> Figures:
    """Vary the number of positives at a fixed share, then the share at a fixed number, with the same test rows."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import average_precision_score

    share, train_rows, test_rows, penalty = 0.01, 210_000, 50_000, 10
    counts = {"few": 20, "some": 100, "many": 500, "most": 2_000}
    ratios = {"low": 9, "same": 99, "high": 399}
    sizes = {name: (count, 99 * count) for name, count in counts.items()}
    sizes |= {f"ratio_{name}": (counts["many"], ratio * counts["many"]) for name, ratio in ratios.items()}
    models = {
        "boosting": HistGradientBoostingClassifier(early_stopping=False, random_state=0),
        "penalised": HistGradientBoostingClassifier(early_stopping=False, random_state=0, l2_regularization=penalty),
        "logistic": LogisticRegression(max_iter=1000),
    }
    found: dict[str, list[float]] = {}
    for draw in range(DRAWS):
        X, y = _world(draw, rows=train_rows + test_rows, share=share)
        X_test, y_test = X[train_rows:], y[train_rows:]
        positive, negative = (np.flatnonzero(y[:train_rows] == label) for label in (1, 0))
        for size, (positives, negatives) in sizes.items():
            rows = np.concatenate([positive[:positives], negative[:negatives]])
            for name, model in models.items():
                # Both lists of sizes have the one with 500 positives at 1:99.
                if size == "ratio_same":
                    ranking = found[f"{name}_many"][-1]
                else:
                    scores = model.fit(X[rows], y[rows]).predict_proba(X_test)[:, 1]
                    ranking = float(average_precision_score(y_test, scores))
                found.setdefault(f"{name}_{size}", []).append(ranking)
    return {
        "draws": DRAWS,
        "share": share,
        "test_rows": test_rows,
        "penalty": penalty,
        **counts,
        **{f"ratio_{name}": ratio for name, ratio in ratios.items()},
        **{name: float(np.mean(values)) for name, values in found.items()},
        **{
            f"{name}_gains": int(np.sum(np.array(found[f"{name}_ratio_high"]) > np.array(found[f"{name}_ratio_low"])))
            for name in models
        },
    }


def isolation_forest() -> Figures:
    """Train isolation forests on normal rows; compare with logistic regression on the same rows and five positives."""
    from sklearn.ensemble import IsolationForest
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import average_precision_score

    from imbalanced_course.datasets import load_transactions, split_by_week, transactions_preprocessor

    contamination, normal_rows, labels_given, draws = 0.01, 5_000, 5, 10
    learn, choose, last = split_by_week(load_transactions())
    prepare = transactions_preprocessor().fit(learn)
    X_learn, y_learn = prepare.transform(learn), learn["is_fraud"].to_numpy()
    test = np.vstack([prepare.transform(choose), prepare.transform(last)])
    y_test = np.concatenate([choose["is_fraud"], last["is_fraud"]])

    # Outliers in the plain sense of the word: normal rows form one cloud, positives lie anywhere in a wide box, and
    # in any direction, so that five of them tell little about the next.
    rng = np.random.default_rng(0)
    cloud, box = rng.normal(size=(normal_rows, 10)), rng.uniform(-6, 6, size=(labels_given * draws, 10))
    far_test = np.vstack([rng.normal(size=(9_900, 10)), rng.uniform(-6, 6, size=(100, 10))])
    far_labels = np.repeat([0, 1], [9_900, 100])

    found: dict[str, list[float]] = {
        name: []
        for name in ("trained", "false_alarms", "precision", "recall", "forest", "five", "far_forest", "far_five")
    }
    for draw in range(draws):
        rng = np.random.default_rng(draw)
        normal = X_learn[rng.choice(np.flatnonzero(y_learn == 0), size=normal_rows, replace=False)]
        five = X_learn[rng.choice(np.flatnonzero(y_learn == 1), size=labels_given, replace=False)]
        detector = IsolationForest(contamination=contamination, random_state=draw).fit(normal)
        flagged = detector.predict(test) == -1
        found["trained"].append(float((detector.predict(normal) == -1).mean()))
        found["false_alarms"].append(float(flagged[y_test == 0].mean()))
        found["precision"].append(float(y_test[flagged].mean()))
        found["recall"].append(float(flagged[y_test == 1].mean()))
        found["forest"].append(float(average_precision_score(y_test, -detector.score_samples(test))))
        labels = np.repeat([0, 1], [normal_rows, labels_given])
        learnt = LogisticRegression(max_iter=1000).fit(np.vstack([normal, five]), labels)
        found["five"].append(float(average_precision_score(y_test, learnt.decision_function(test))))

        far_five = box[draw * labels_given : (draw + 1) * labels_given]
        learnt = LogisticRegression(max_iter=1000).fit(np.vstack([cloud, far_five]), labels)
        found["far_five"].append(float(average_precision_score(far_labels, learnt.decision_function(far_test))))
        detector = IsolationForest(random_state=draw).fit(cloud)
        found["far_forest"].append(float(average_precision_score(far_labels, -detector.score_samples(far_test))))
    prevalence = float(y_test.mean())
    return {
        "contamination": contamination,
        "normal_rows": normal_rows,
        "labels_given": labels_given,
        "draws": draws,
        "prevalence": prevalence,
        # If every positive were found and the false-positive rate were the contamination:
        "precision_bound": 0.01 / (0.01 + 0.99 * contamination),
        **{name: float(np.mean(values)) for name, values in found.items()},
        "five_wins": int(np.sum(np.array(found["five"]) > np.array(found["forest"]))),
    }


def _world(seed: int, *, rows: int, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Draw a problem of any size, in random order."""
    from sklearn.datasets import make_classification

    X, y = make_classification(
        n_samples=rows,
        n_features=10,
        n_informative=6,
        n_redundant=2,
        n_clusters_per_class=3,
        weights=[1 - share],
        flip_y=0,
        random_state=seed,
    )
    return X.astype(np.float32), y
