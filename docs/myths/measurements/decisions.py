"""Thresholds: how finely they are looked for, whether a budget of alerts can be met, and what a shift does to them."""

import numpy as np

from measurements import Figures

LEVELS = {"low": 0.95, "fair": 0.98, "good": 0.985, "high": 0.99}
"""The ROC AUCs at which a budget of alerts is tried."""


def default_grid_is_optimal() -> Figures:
    """Tune a threshold for costs of 10,000 and 50 euro, on the default grid and on quantiles of the scores."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import confusion_matrix, make_scorer
    from sklearn.model_selection import TunedThresholdClassifierCV
    from sklearn.pipeline import make_pipeline

    from imbalanced_course.datasets import features_and_target, load_transactions, transactions_preprocessor
    from imbalanced_course.scoreboard import make_folds
    from imbalanced_course.simulation.transactions import make_transactions

    miss, alarm, fresh_rows, cuts_tried = 10_000, 50, 50_000, 100

    def saved(y_true: np.ndarray, y_pred: np.ndarray) -> float:
        _, alarms, misses, _ = confusion_matrix(y_true, y_pred, labels=[0, 1]).ravel()
        return -float(misses * miss + alarms * alarm)

    money = make_scorer(saved)
    X, y = features_and_target(load_transactions())
    paid: dict[str, list[float]] = {"from_costs": []}
    cuts: dict[str, list[float]] = {}
    below_second_cut = []
    folds = make_folds(y, n_splits=5, n_repeats=2)
    for number, fold in enumerate(folds):
        fitted = make_pipeline(transactions_preprocessor(), LogisticRegression(max_iter=1000))
        fitted.fit(X.iloc[fold.fit], y.iloc[fold.fit])
        fresh, is_fraud = features_and_target(make_transactions(fresh_rows, seed=1_000 + number))
        sets = {
            "few": (X.iloc[fold.validation], y.iloc[fold.validation]),
            "many": features_and_target(make_transactions(fresh_rows, seed=2_000 + number)),
        }
        for size, (X_choose, y_choose) in sets.items():
            scores = fitted.predict_proba(X_choose)[:, 1]
            quantiles = np.unique(np.quantile(scores, np.linspace(0, 1, 201)))
            for name, thresholds in (("grid", cuts_tried), ("quantiles", quantiles)):
                tuned = TunedThresholdClassifierCV(
                    fitted, scoring=money, thresholds=thresholds, cv="prefit", refit=False
                ).fit(X_choose, y_choose)
                cuts.setdefault(f"{name}_{size}", []).append(float(tuned.best_threshold_))
                paid.setdefault(f"{name}_{size}", []).append(-float(money(tuned, fresh, is_fraud)))
        below_second_cut.append(float((scores < np.linspace(scores.min(), scores.max(), 100)[1]).mean()))
        flagged = fitted.predict_proba(fresh)[:, 1] >= alarm / (alarm + miss)
        paid["from_costs"].append(-saved(is_fraud.to_numpy(), flagged.astype(int)))
    return {
        "miss": miss,
        "alarm": alarm,
        "cuts": cuts_tried,
        "repetitions": len(folds),
        "few_rows": len(folds[0].validation),
        "few_positives": int(y.iloc[folds[0].validation].sum()),
        "fresh_rows": fresh_rows,
        "fresh_positives": int(is_fraud.sum()),
        "best_cut": alarm / (alarm + miss),
        **{f"paid_{name}": float(np.mean(values)) for name, values in paid.items()},
        **{f"cut_{name}": float(np.median(values)) for name, values in cuts.items()},
        **{
            f"grid_dearer_{size}": int(np.sum(np.array(paid[f"grid_{size}"]) > np.array(paid[f"quantiles_{size}"])))
            for size in ("few", "many")
        },
        "costs_cheaper_than_grid_few": int(np.sum(np.array(paid["from_costs"]) < np.array(paid["grid_few"]))),
        "below_second_cut": float(np.mean(below_second_cut)),
    }


def good_auc_is_enough() -> Figures:
    """Ask 100 alerts of a day of 20,000 payments, 1 % fraud, to be right in 85 of 100, at several ROC AUCs."""
    from sklearn.metrics import average_precision_score

    from imbalanced_course.score_sets import scored_day

    payments, prevalence, alerts, wanted, days = 20_000, 0.01, 100, 0.85, 300
    frauds = round(payments * prevalence)
    figures: Figures = {
        "payments": payments,
        "prevalence": prevalence,
        "alerts": alerts,
        "wanted": wanted,
        "days": days,
        "hits": round(wanted * alerts),
        "lowest_recall": wanted * alerts / frauds,
        "highest_recall": alerts / frauds,
    }
    at_cut: list[float] = []
    for number_of_row, (name, roc_auc) in enumerate(LEVELS.items()):
        precisions, rankings = [], []
        cut = None
        for number in range(days):
            day = scored_day(roc_auc=roc_auc, seed=[number_of_row, number])
            ranked = day.sort_values("score", ascending=False, kind="stable")
            precisions.append(float(ranked["is_fraud"].iloc[:alerts].mean()))
            rankings.append(float(average_precision_score(day["is_fraud"], day["score"])))
            if name == "good":
                # Yesterday's cut, where it met the demand, is today's threshold.
                if cut is not None:
                    flagged = day.loc[day["score"] >= cut, "is_fraud"]
                    at_cut.append(float(flagged.mean()))
                cut = float(ranked["score"].iloc[alerts - 1]) if precisions[-1] >= wanted else None
        figures[f"roc_auc_{name}"] = roc_auc
        figures[f"precision_{name}"] = float(np.mean(precisions))
        figures[f"met_{name}"] = float(np.mean(np.array(precisions) >= wanted))
        figures[f"ap_{name}"] = float(np.mean(rankings))
    figures |= _top_of_the_payments(alerts / payments)
    figures["fresh_days"] = len(at_cut)
    figures["missed_on_fresh_days"] = float(np.mean(np.array(at_cut) < wanted))
    return figures


def _top_of_the_payments(share: float) -> Figures:
    """Let boosting rank a fresh simulated week, whose ROC curve has another shape than that of normal scores.

    Parameters
    ----------
    share : float
        Which share of the payments is alerted.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.metrics import roc_auc_score

    from imbalanced_course.datasets import features_and_target, load_transactions, split_by_week
    from imbalanced_course.simulation.transactions import make_week

    X_learn, y_learn = features_and_target(split_by_week(load_transactions())[0])
    X_week, y_week = features_and_target(make_week(50_000, seed=7, week=3))
    scores = HistGradientBoostingClassifier(random_state=1).fit(X_learn, y_learn).predict_proba(X_week)[:, 1]
    highest = np.argsort(-scores, kind="stable")[: round(share * len(scores))]
    return {
        "roc_auc_payments": float(roc_auc_score(y_week, scores)),
        "precision_payments": float(y_week.iloc[highest].mean()),
    }


def threshold_stays_right() -> Figures:
    """Take a threshold with a precision of 0.85, keep it, and change how frequent fraud is."""
    from imbalanced_course.score_sets import scored_day
    from imbalanced_course.scoreboard import decision_scores

    day = scored_day(roc_auc=0.985, seed=0, payments=400_000, decimals=6)
    ranked = day.sort_values("score", ascending=False, kind="stable")
    precision = ranked["is_fraud"].cumsum() / np.arange(1, len(ranked) + 1)
    cut = float(ranked["score"][precision >= 0.85].iloc[-1])
    fraud, honest = (day[day["is_fraud"] == label] for label in (1, 0))
    rng = np.random.default_rng(0)
    worlds = {
        "same": (fraud, honest),
        "half": (fraud.iloc[rng.permutation(len(fraud))[: len(fraud) // 2]], honest),
        "more": (fraud, honest.iloc[rng.permutation(len(honest))[: len(honest) * 2 // 3]]),
    }
    figures: Figures = {"payments": len(day), "cut": cut}
    for name, (some_fraud, some_honest) in worlds.items():
        y = np.repeat([1, 0], [len(some_fraud), len(some_honest)])
        judged = decision_scores(y, np.concatenate([some_fraud["score"], some_honest["score"]]), cut)
        figures[f"prevalence_{name}"] = float(y.mean())
        figures[f"precision_{name}"] = judged["precision"]
        figures[f"recall_{name}"] = judged["recall"]
    # Bayes' rule: the odds of an alert being right change as the odds of fraud do.
    base, odds = (_odds(figures[f"{what}_same"]) for what in ("prevalence", "precision"))
    for name in ("half", "more"):
        shifted = odds * _odds(figures[f"prevalence_{name}"]) / base
        figures[f"by_formula_{name}"] = shifted / (1 + shifted)
    return figures


def _odds(share: float) -> float:
    return share / (1 - share)
