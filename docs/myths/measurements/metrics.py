"""What the metrics say: of labels, of a perfect ranking, of a bad one, and of the luck of the folds."""

import numpy as np

from measurements import Figures


def metrics_of_labels() -> Figures:
    """Hand labels instead of scores to ROC AUC and average precision, on the last week of the payments."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import average_precision_score, balanced_accuracy_score, roc_auc_score
    from sklearn.pipeline import make_pipeline

    from imbalanced_course.datasets import load_transactions, split_by_week, transactions_preprocessor

    learn, _, last = split_by_week(load_transactions())
    y_test = last["is_fraud"]
    model = make_pipeline(transactions_preprocessor(), LogisticRegression(max_iter=1000)).fit(learn, learn["is_fraud"])
    scores, labels = model.predict_proba(last)[:, 1], model.predict(last)
    return {
        "roc_auc_scores": float(roc_auc_score(y_test, scores)),
        "roc_auc_labels": float(roc_auc_score(y_test, labels)),
        "balanced_accuracy": float(balanced_accuracy_score(y_test, labels)),
        "ap_scores": float(average_precision_score(y_test, scores)),
        "ap_labels": float(average_precision_score(y_test, labels)),
    }


def auc_one_is_perfect() -> Figures:
    """Look for two-feature sets that logistic regression ranks without a mistake, and decide at 0.5."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import train_test_split

    from imbalanced_course.datasets import make_two_features
    from imbalanced_course.scoreboard import decision_scores

    seeds = 200
    recalls = []
    for seed in range(seeds):
        X, y = make_two_features(2_000, minority_share=0.02, class_sep=2.0, seed=seed)
        X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
        scores = LogisticRegression().fit(X_train, y_train).predict_proba(X_test)[:, 1]
        if roc_auc_score(y_test, scores) == 1:
            recalls.append(decision_scores(y_test, scores, 0.5)["recall"])
    return {
        "sets": seeds,
        "ranked_perfectly": len(recalls),
        "of_these_recall_below_one": int(np.sum(np.array(recalls) < 1)),
        "mean_recall": float(np.mean(recalls)),
        "lowest_recall": float(np.min(recalls)),
    }


def expected_average_precision(rows: int, positives: int) -> float:
    """Return the average precision that a random ranking has on average (Bestgen 2015, doi:10.1515/pralin-2015-0007).

    Parameters
    ----------
    rows, positives : int
        How many there are in all, and how many of them are positive.
    """
    harmonic = float((1 / np.arange(1, rows + 1)).sum())
    return ((positives - 1) / (rows - 1) * (rows - harmonic) + harmonic) / rows


def ap_has_a_floor() -> Figures:
    """Rank 835 rows with 6 positives at random, and as badly as can be, and take the average precision."""
    from sklearn.metrics import average_precision_score

    rows, positives, rankings = 835, 6, 4_000
    rng = np.random.default_rng(0)
    y = np.zeros(rows, dtype=int)
    y[:positives] = 1
    order = np.arange(rows)
    reached = np.array([average_precision_score(rng.permutation(y), order) for _ in range(rankings)])
    worst = float(average_precision_score(y, order))
    return {
        "rows": rows,
        "positives": positives,
        "rankings": rankings,
        "prevalence": positives / rows,
        "expected": expected_average_precision(rows, positives),
        "mean": float(reached.mean()),
        "share_below_prevalence": float((reached < positives / rows).mean()),
        "worst": worst,
    }


def naive_interval() -> Figures:
    """Count how often two intervals of a difference over 5 x 5 folds, and one over five, hold the true difference.

    Two pairs of models, small sets of one kind. The truth is the mean difference over many sets of the size of a fold's
    training part, each judged on many fresh rows.
    """
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.metrics import roc_auc_score
    from sklearn.naive_bayes import GaussianNB
    from sklearn.tree import DecisionTreeClassifier

    from imbalanced_course.scoreboard import corrected_interval, make_folds

    rows, splits, repeats, sets, for_truth = 250, 5, 5, 300, 1_000
    fold_rows = rows * (splits - 1) // splits
    share, columns = 0.2, 5
    mixing = np.random.default_rng(0).normal(size=(columns, columns))

    def draw(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
        y = (np.arange(n) < round(n * share)).astype(int)
        return (rng.normal(size=(n, columns)) + 0.5 * y[:, None]) @ mixing, y

    def apart(X_train: np.ndarray, y_train: np.ndarray, X_test: np.ndarray, y_test: np.ndarray) -> list[float]:
        linear, bayes, tree = (
            float(roc_auc_score(y_test, one.fit(X_train, y_train).predict_proba(X_test)[:, 1]))
            for one in (LinearDiscriminantAnalysis(), GaussianNB(), DecisionTreeClassifier(max_depth=3, random_state=0))
        )
        return [linear - bayes, bayes - tree]

    pairs = ("linear_bayes", "bayes_tree")
    rng = np.random.default_rng(1)
    truth = np.mean([apart(*draw(rng, fold_rows), *draw(rng, 2_000)) for _ in range(for_truth)], axis=0)
    held: dict[str, list[bool]] = {}
    wider: list[float] = []
    for number in range(sets):
        X, y = draw(np.random.default_rng([2, number]), rows)
        folds = make_folds(y, n_splits=splits, n_repeats=repeats, seed=number)
        learnt = [np.concatenate([fold.fit, fold.validation]) for fold in folds]
        both = np.array(
            [apart(X[train], y[train], X[fold.test], y[fold.test]) for train, fold in zip(learnt, folds, strict=True)]
        )
        for pair, differences, true in zip(pairs, both.T, truth, strict=True):
            mean, half = differences.mean(), 1.96 * differences.std(ddof=1) / np.sqrt(len(differences))
            corrected = corrected_interval(differences, n_train=fold_rows, n_test=rows - fold_rows)
            held.setdefault(f"naive_{pair}", []).append(abs(mean - true) <= half)
            held.setdefault(f"corrected_{pair}", []).append(corrected.low <= true <= corrected.high)
            once = differences[:splits]  # the first of the repeats by itself
            half_once = 1.96 * once.std(ddof=1) / np.sqrt(splits)
            held.setdefault(f"once_{pair}", []).append(abs(once.mean() - true) <= half_once)
            wider.append((corrected.high - corrected.low) / (2 * half))
    return {
        "rows": rows,
        "splits": splits,
        "repeats": repeats,
        "sets": sets,
        **{f"true_{pair}": float(true) for pair, true in zip(pairs, truth, strict=True)},
        **{name: float(np.mean(values)) for name, values in held.items()},
        "wider": float(np.mean(wider)),
    }
