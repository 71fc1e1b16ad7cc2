"""The checks of lesson 2's optional part: the bonus tasks and find the bug."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import entries, judged
from imbalanced_course.checks.intuition.sets import KNOWN, look_at_set, with_seeds
from imbalanced_course.checks.intuition.splits import labelled_rows, unlucky_seed
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.values import describe, not_attempted

GRID_ROWS = 2_000
# Find the bug: with how many seeds one table is split, and the recall on noise that a model can only remember.
SEEDS, MEMORIZED = 10, 0.8


@functools.cache  # so that what was fitted for one answer is there for the next
def _cell(
    score: Callable[..., float], *, stratify: bool = True, on: int = 1, ranked: bool = False
) -> Callable[..., float]:
    """Return a function that fits one cell of the grid and scores it: `on` 1 for the test half, 0 for training.

    It scores the labels that the model predicts, or where `ranked` its probabilities.
    """

    @functools.lru_cache(maxsize=256)
    def fitted(separation: float, share: float, seed: int) -> float:
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import train_test_split

        from imbalanced_course import datasets

        X, y = datasets.make_two_features(GRID_ROWS, minority_share=share, class_sep=separation, seed=seed)
        parts = train_test_split(X, y, test_size=0.5, stratify=y if stratify else None, random_state=seed)
        model = LogisticRegression().fit(parts[0], parts[2])
        came = model.predict_proba(parts[on])[:, 1] if ranked else model.predict(parts[on])
        return score(parts[2 + on], came)

    return fitted


def _recall(truth: Any, labels: Any) -> float:
    return float(np.mean(labels[truth == 1]))


def _precision(truth: Any, labels: Any) -> float:
    return float(np.mean(truth[labels == 1] == 1)) if np.any(labels == 1) else 0.0


def _roc_auc(truth: Any, scores: Any) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(truth, scores))


def _accuracy(truth: Any, labels: Any) -> float:
    return float(np.mean(labels == truth))


@task("bonus-overlap-grid", points=0)
def bonus_overlap_grid(recall_grid: Any) -> Iterable[Finding]:
    """A table of recall by overlap and minority share."""
    rng = fresh_generator("bonus-overlap-grid")
    first = int(rng.integers(100))
    inputs = [([0.6], [0.4, 0.05], [first, first + 1]), ([0.4, 0.9], [0.1], [first + 2])]

    recall = _cell(_recall)

    def grid(cell: Callable[..., float], separations: Any, shares: Any, seeds: Any) -> Any:
        return [[float(np.mean([cell(gap, share, s) for s in seeds])) for share in shares] for gap in separations]

    def right(separations: Any, shares: Any, seeds: Any) -> dict[str, Any]:
        return {"index": separations, "columns": shares, "values": grid(recall, separations, shares, seeds)}

    def taken_apart(*arguments: Any) -> Any:
        came = recall_grid(*arguments)
        if not_attempted(came) or not isinstance(came, pd.DataFrame):
            return came
        return {"index": came.index, "columns": came.columns, "values": came.to_numpy(dtype=float).tolist()}

    def turned(separations: Any, shares: Any, seeds: Any) -> Any:
        return np.transpose(grid(recall, separations, shares, seeds)).tolist()

    yield from entries(
        "recall_grid",
        taken_apart if callable(recall_grid) else recall_grid,
        right,
        inputs,
        about=["one separation, two shares, two seeds", "two separations, one share, one seed"],
        mistakes={
            "index": {"Rows and columns are swapped. Give each separation a row.": lambda g, s, seeds: s},
            "columns": {"Rows and columns are swapped. Give each share a column.": lambda g, s, seeds: g},
            "values": {
                "Rows and columns are swapped. Give each separation a row and each share a column.": turned,
                "That's the accuracy. Recall counts only the rows of class 1.": lambda *a: grid(_cell(_accuracy), *a),
                "That's the ROC AUC of section 3. The task asks for the recall of the labels from `predict`.": (
                    lambda *a: grid(_cell(_roc_auc, ranked=True), *a)
                ),
                "That's the precision. Recall divides by the rows of class 1.": lambda *a: grid(_cell(_precision), *a),
                "That's the recall on the training half. Predict the other half.": lambda *a: grid(
                    _cell(_recall, on=0), *a
                ),
                "That splits without `stratify=y`. Add it.": lambda *a: grid(_cell(_recall, stratify=False), *a),
                "That's the sum over the seeds. The task asks for the mean.": lambda g, s, seeds: (
                    np.array(grid(recall, g, s, seeds)) * len(seeds)
                ).tolist(),
                "That's only the first seed. The task asks for the mean over all.": lambda g, s, seeds: grid(
                    recall, g, s, seeds[:1]
                ),
            },
        },
        errors={"positional argument": "The check calls recall_grid(separations, shares, seeds)."},
    )


@task("bonus-other-ratios", points=0)
def bonus_other_ratios(ratio_set: Any) -> Iterable[Finding]:
    """A function that makes a dataset with an exact ratio."""
    rng = fresh_generator("bonus-other-ratios")
    # At 48 to 1 rows × weight comes out slightly too small, so that a row gets lost.
    inputs = [
        (int(rng.integers(12, 16)), 48, 1),
        (int(rng.integers(30, 50)), 4, 2),
        (int(rng.integers(8, 12)), 250, 3),
    ]
    inputs += [(*inputs[1][:2], 4), inputs[1]]

    def look(came: Any, minority: int, ratio: int, seed: int) -> str:
        rows = minority * (ratio + 1)
        return look_at_set(came, rows=rows, minority=minority, mistaken_minority=int(rows / ratio), seed=seed)

    yield judged(
        "ratio_set",
        ratio_set,
        with_seeds(look),
        inputs,
        about=[f"{minority} minority rows, ratio {ratio}, seed {seed}" for minority, ratio, seed in inputs],
        known=KNOWN,
        errors={"positional argument": "The check calls ratio_set(n_minority, ratio, seed)."},
    )


def _other_metrics(X: Any, y: Any, seed: int) -> list[float]:
    """Return what is taken for the recall of a fixed `judge_once`: other metrics, and the recall on training rows."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.model_selection import train_test_split

    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
    model = LogisticRegression().fit(X_train, y_train)
    predicted, on_training = model.predict(X_test), model.predict(X_train)
    others = [_precision(y_test, predicted), _accuracy(y_test, predicted), float(f1_score(y_test, predicted))]
    return [*others, _recall(y_train, on_training)]


def _honest_recall(X: Any, y: Any, seed: int) -> float:
    """Return the recall of a fixed `judge_once`."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split

    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
    return _recall(y_test, LogisticRegression().fit(X_train, y_train).predict(X_test))


def _patternless(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.Series]:
    """Return rows with so many columns of noise that a model knows the rows it learned from, and no others."""
    X = pd.DataFrame(rng.normal(size=(250, 200))).add_prefix("feature_")
    return X, pd.Series((rng.permutation(250) < 50).astype(int), name="target")


def _is_count(number: float) -> bool:
    # Three decimals of a recall are enough.
    return abs(number - round(number)) <= 6e-3


@task("find-the-bug", points=0)
def find_the_bug(judge_once: Any) -> Iterable[Finding]:
    """A recall and the positives behind it, which the cell as given leaves to the luck of a plain split."""
    rng = fresh_generator("find-the-bug")
    inputs: list[tuple[Any, ...]] = []
    for rows, positives in ((300, 55), (400, 65), (350, 85)):
        for _ in range(100):
            # The model finds some of the positives, so that no other metric times their number is a whole number.
            X, y = labelled_rows(rng, rows=rows, positives=positives, shift=2.0)
            seed = unlucky_seed(y, rows // 5, int(rng.integers(1000)))
            if not any(_is_count(metric * positives / 5) for metric in _other_metrics(X, y, seed)):
                break
        inputs.append((X, y, seed))
    first, first_y, _ = inputs[0]
    for _ in range(100):
        seeds = rng.choice(10_000, size=SEEDS, replace=False).tolist()
        if len({_honest_recall(first, first_y, seed) for seed in seeds}) >= 3:
            break
    inputs += [(first, first_y, seed) for seed in seeds]
    for _ in range(100):
        noise, noise_y = _patternless(rng)
        if _honest_recall(noise, noise_y, seeds[0]) < MEMORIZED / 2:
            break
    inputs.append((noise, noise_y, seeds[0]))
    by_seed: dict[int, float] = {}
    same_for_all = "Every seed gives the same recall. Pass `seed` to the split as `random_state`."
    has_seen = (
        "These rows are noise, and it still finds nearly every positive, so the model has seen the rows that it's "
        "judged on. Fit it only on the other four fifths."
    )
    plain = (
        "not fixed yet: how many positives the test set gets is still up to luck. Which argument of "
        "`train_test_split` takes care of that?"
    )
    training = "That counts the positives of the training set. Recall was measured on the test set, so count there."

    def look(came: Any, X: Any, y: Any, seed: int) -> str:
        from sklearn.model_selection import train_test_split

        if not isinstance(came, (tuple, list)) or len(came) != 2:
            return f"It returned {describe(came)}. Return the recall and the number of positives behind it."
        recall, behind = (float(part) for part in came)
        if behind != y.sum() // 5:
            by_luck = train_test_split(y, test_size=0.2, random_state=seed)[1].sum()
            if behind == y.sum() - y.sum() // 5:
                return training
            told = f"{behind:g} positives are behind the recall, of {y.sum()} in all rows. Hold out a fifth of them."
            return plain if behind == by_luck else told
        if not 0 <= recall <= 1 or not _is_count(recall * behind):
            return "That isn't the recall. Divide the positives found by the positives of the test set."
        if X is noise:
            return has_seen if recall >= MEMORIZED else ""
        if X is first:
            by_seed[seed] = recall
        return same_for_all if len(by_seed) > SEEDS // 2 and len(set(by_seed.values())) == 1 else ""

    finding = judged(
        "judge_once",
        judge_once,
        look,
        inputs,
        about=[f"{len(y)} rows with {y.sum()} positives, seed {seed}" for _, y, seed in inputs],
        known={plain, training, same_for_all, has_seen},
        errors={"positional argument": "The check calls judge_once(X, y, seed)."},
    )
    if finding.mistake == plain:
        finding = Finding("judge_once", "wrong", plain[:1].upper() + plain[1:], plain)
    yield finding
