"""The checks of lesson 3's further sections: bonus tasks, find the bug, and the quick check."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks import quiz
from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.metrics.fresh import ARRAYS_COME
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import rounding, telling_inputs
from imbalanced_course.score_sets import scored_day


@task("bonus-f-beta-roc-auc", points=0)
def bonus_f_beta_roc_auc(f_beta: Any, roc_auc: Any) -> Iterable[Finding]:
    """F-beta from precision and recall, and ROC AUC from labels and scores with ties."""
    from sklearn import metrics

    rng = fresh_generator("bonus-f-beta-roc-auc")

    def right(precision: float, recall: float, beta: float) -> float:
        below = beta**2 * precision + recall
        return (1 + beta**2) * precision * recall / below if below else 0.0

    beta_mistakes: dict[str, Callable[..., float]] = {
        "Beta isn't squared. F-beta weighs recall by beta squared.": lambda p, r, b: (
            (1 + b) * p * r / (b * p + r) if p + r else 0.0
        ),
        "Precision and recall are swapped. With beta 2, recall counts more.": lambda p, r, b: right(r, p, b),
        "That's F1 whatever beta is. Use beta squared as the weight of recall.": lambda p, r, b: right(p, r, 1.0),
        "That's a weighted arithmetic mean. F-beta is a harmonic mean.": lambda p, r, b: (p + b**2 * r) / (1 + b**2),
    }

    def of_beta() -> list[tuple[Any, ...]]:
        pairs = [tuple(float(x) for x in rng.uniform(0.1, 0.9, size=2)) for _ in range(3)]
        return [(p, r, beta) for (p, r), beta in zip(pairs, (2.0, 0.5, 1.0), strict=True)] + [(0.0, 0.0, 2.0)]

    betas = telling_inputs(of_beta, right, [*beta_mistakes.values(), *rounding(right)])
    yield function(
        "f_beta",
        f_beta,
        right,
        betas,
        about=[f"precision {p:.2f}, recall {r:.2f}, beta {b:g}" for p, r, b in betas],
        mistakes=beta_mistakes,
        errors={"ZeroDivision": "Where precision and recall are both 0, F-beta is 0. Test for that first."},
    )

    def one_set(payments: int) -> tuple[Any, Any]:
        day = scored_day(roc_auc=0.85, seed=int(rng.integers(2**31)), payments=payments, prevalence=0.1, decimals=1)
        return day["is_fraud"].to_numpy(), day["score"].to_numpy()

    def worse_than_chance(payments: int) -> tuple[Any, Any]:
        y_true, scores = one_set(payments)
        return y_true, 1 - scores

    def pairs_won(y_true: Any, scores: Any, *, tie: float) -> float:
        gap = scores[y_true == 1][:, None] - scores[y_true == 0][None, :]
        return float(np.mean((gap > 0) + tie * (gap == 0)))

    area_mistakes: dict[str, Callable[..., float]] = {
        "Ties count nothing. A positive and a negative with the same score make half a win.": lambda y, s: pairs_won(
            y, s, tie=0.0
        ),
        "Ties count as wins. A positive and a negative with the same score make half a win.": lambda y, s: pairs_won(
            y, s, tie=1.0
        ),
        "That's the share of pairs that the negative wins. Subtract the other way around.": lambda y, s: (
            1 - metrics.roc_auc_score(y, s)
        ),
        "That's computed from labels, scores compared with 0.5. Use the scores.": lambda y, s: metrics.roc_auc_score(
            y, s >= 0.5
        ),
        "That's the average precision. Count pairs instead.": metrics.average_precision_score,
    }
    sets = telling_inputs(
        lambda: [one_set(200), one_set(300), worse_than_chance(200)],
        metrics.roc_auc_score,
        [*area_mistakes.values(), *rounding(metrics.roc_auc_score)],
    )
    yield function(
        "roc_auc",
        roc_auc,
        metrics.roc_auc_score,
        sets,
        about=["200 rows with ties", "300 rows with ties", "200 rows that are ranked worse than chance"],
        mistakes=area_mistakes,
        errors={"continuous format": "Are the arguments swapped? The true labels come first, then the scores."},
    )


@task("bonus-precision-per-day", points=0)
def bonus_precision_per_day(precision_per_day: Any) -> Iterable[Finding]:
    """Precision at k, day by day, on fresh days of unequal size."""
    rng = fresh_generator("bonus-precision-per-day")

    def days(sizes: tuple[int, ...]) -> tuple[Any, Any, Any, int]:
        parts = [
            scored_day(roc_auc=0.8 + 0.03 * i, seed=int(rng.integers(2**31)), payments=n, prevalence=0.08, decimals=1)
            for i, n in enumerate(sizes)
        ]
        day = np.repeat(rng.choice(60, size=len(sizes), replace=False), sizes)
        y_true = np.concatenate([part["is_fraud"] for part in parts])
        scores = np.concatenate([part["score"] for part in parts])
        order = rng.permutation(len(day))
        return day[order], y_true[order], scores[order], 10

    def top(y_true: Any, scores: Any, k: int) -> float:
        return float(np.mean(y_true[np.argsort(-scores, kind="stable")[:k]]))

    def from_the_back(y_true: Any, scores: Any, k: int) -> float:
        return float(np.mean(y_true[np.argsort(scores, kind="stable")[::-1][:k]]))

    def unstable(y_true: Any, scores: Any, k: int) -> float:
        return float(np.mean(y_true[np.argsort(-scores)[:k]]))

    def per_day(day: Any, y_true: Any, scores: Any, k: int, best: Callable[..., float] = top) -> list[float]:
        return [best(y_true[day == d], scores[day == d], k) for d in np.unique(day)]

    def recall_per_day(day: Any, y_true: Any, scores: Any, k: int) -> float:
        hits = np.array(per_day(day, y_true, scores, k)) * k
        return float(np.mean(hits / np.array([np.sum(y_true[day == d]) for d in np.unique(day)])))

    def right(*arguments: Any) -> float:
        return float(np.mean(per_day(*arguments)))

    mistakes: dict[str, Callable[..., Any]] = {
        "It takes the k highest scores of all days together. Each day has its own k alerts.": (
            lambda day, y, s, k: top(y, s, k)
        ),
        "It takes the k times days highest scores of all days together. A busy day would use up the alerts of a "
        "quiet one, so select each day first.": lambda day, y, s, k: top(y, s, k * len(np.unique(day))),
        "That's the recall at k. Precision divides by the k alerts.": recall_per_day,
        "That's the list of the days. Return their mean.": per_day,
        "That's the sum over the days. Return the mean.": lambda *a: float(np.sum(per_day(*a))),
        "It takes the lowest scores of each day. Sort from high to low.": (
            lambda day, y, s, k: float(np.mean(per_day(day, y, -s, k)))
        ),
        "It takes ties from the back. Ties go to the earlier row.": (
            lambda day, y, s, k: float(np.mean(per_day(day, y, s, k, from_the_back)))
        ),
        "Its sort doesn't keep the order of ties. Give it kind='stable', so that ties go to the earlier row.": (
            lambda day, y, s, k: float(np.mean(per_day(day, y, s, k, unstable)))
        ),
    }
    inputs = telling_inputs(
        lambda: [days((100, 300, 200)), days((400, 150, 150, 100))], right, [*mistakes.values(), *rounding(right)]
    )
    yield function(
        "precision_per_day",
        precision_per_day,
        right,
        inputs,
        about=["three days of 100, 300 and 200 payments, k=10", "four days of unequal size, k=10"],
        mistakes=mistakes,
        errors={**ARRAYS_COME, "positional argument": "The check calls precision_per_day(day, y_true, scores, k)."},
    )


@functools.cache
def _worked_example() -> tuple[Any, Any, Any, Any, Any]:
    """Return the test rows' true labels, the model's scores and labels for them; the training rows' labels, scores."""
    from sklearn.compose import make_column_selector, make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    from imbalanced_course.real_data import THYROID_TARGET, load_thyroid

    unseen = [f"{name}{end}" for name in ("tsh", "tt4", "fti") for end in ("", "_measured")]
    X = load_thyroid().drop_duplicates().drop(columns=unseen)
    y = X.pop(THYROID_TARGET)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=1)
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    prepare = make_column_transformer(
        (numbers, make_column_selector(dtype_include="number")),
        (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_include="category")),
    )
    model = make_pipeline(prepare, LogisticRegression(max_iter=1000)).fit(X_train, y_train)
    on_test, on_train = (model.predict_proba(rows)[:, 1] for rows in (X_test, X_train))
    return y_test, on_test, model.predict(X_test), y_train, on_train


@task("find-the-bug", points=0)
def find_the_bug(model_roc_auc: Any, model_average_precision: Any) -> Iterable[Finding]:
    """ROC AUC and average precision of the worked example, which the cell as given computes from labels."""
    from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

    y_test, scores, labels, *trained = _worked_example()
    yield value(
        "model_roc_auc",
        model_roc_auc,
        roc_auc_score(y_test, scores),
        mistakes={
            "Not fixed yet. This is the balanced accuracy in disguise. What does `predict` return, and what does a "
            "ranking need?": roc_auc_score(y_test, labels),
            "That ranks by the probability of class 0. Take the other column.": roc_auc_score(y_test, -scores),
            "That's the average precision. Compute the ROC AUC here.": average_precision_score(y_test, scores),
            "That's measured on the training rows. Use the test rows.": roc_auc_score(*trained),
        },
    )
    yield value(
        "model_average_precision",
        model_average_precision,
        average_precision_score(y_test, scores),
        mistakes={
            "Not fixed yet. Labels have two values, so this curve has one corner. What does a ranking need?": (
                average_precision_score(y_test, labels)
            ),
            "That ranks by the probability of class 0. Take the other column.": average_precision_score(
                y_test, -scores
            ),
            "That's the ROC AUC. Compute the average precision here.": roc_auc_score(y_test, scores),
            "That's the F1 at 0.5. Compute the average precision of the scores.": f1_score(y_test, labels),
            "That's measured on the training rows. Use the test rows.": average_precision_score(*trained),
        },
    )


@task("before-1", points=0, hints=False)
def before_1(before_1: Any) -> Iterable[Finding]:
    """How exactly recall is known from eight positives among a million rows."""
    yield quiz.choice(
        "before_1",
        before_1,
        right="d",
        reasons={
            "a": "The negatives don't enter recall at all, so a million of them say nothing about it.",
            "b": "No number of rows guarantees that. With eight positives, one more hit moves recall by 0.125.",
            "c": "Recall is 6 of 8 here. It's only undefined when a test set has no positive at all.",
            "d": "Recall counts positives only, and 6 of 8 is consistent with a mediocre and with an excellent model.",
        },
    )


@task("before-2", points=0, hints=False)
def before_2(before_2: Any) -> Iterable[Finding]:
    """Accuracy and recall of a dummy that never says theft."""
    yield quiz.choice(
        "before_2",
        before_2,
        right="b",
        reasons={
            "a": "It finds none of the five thefts, so its recall can't be high.",
            "b": "It's right on 495 of 500 days and finds 0 of 5 thefts. That's why accuracy isn't enough.",
            "c": "Those belong to the opposite dummy, which says theft every day.",
            "d": "Chance isn't a half here. Count the days on which the dummy is right.",
        },
    )


@task("quick-check-1", points=0, hints=False)
def quick_check_1(answer_1: Any) -> Iterable[Finding]:
    """What an average precision says."""
    yield quiz.choice(
        "answer_1",
        answer_1,
        right="c",
        reasons={
            "a": "A half is the chance level of ROC AUC. Average precision has another one, far below 0.3 here.",
            "b": "That would be the precision at one threshold. Average precision is a mean over the whole curve.",
            "c": "Chance is about the prevalence, 0.01, so this is about thirty times chance, on 500 frauds.",
            "d": "There, chance is at another level. Compare average precisions on the same dataset only.",
        },
    )


@task("quick-check-2", points=0, hints=False)
def quick_check_2(answer_2: Any) -> Iterable[Finding]:
    """What F1 = 0 with a high ROC AUC means."""
    yield quiz.choice(
        "answer_2",
        answer_2,
        right="a",
        reasons={
            "a": "The positives are near the top of the ranking, but none reaches 0.5. A lower threshold changes that.",
            "b": "A model that learned nothing ranks like a coin, with a ROC AUC near 0.5. This one ranks very well.",
            "c": "Balanced classes would raise the scores and so flag more rows. A lower threshold does that, too, and "
            "the probabilities stay right.",
            "d": "Swapped labels would reverse the ranking as well, and the ROC AUC would be near 0.",
        },
    )
