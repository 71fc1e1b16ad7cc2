"""Which differences of the contest are noise: the corrected interval, and verdicts by it."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs
from imbalanced_course.scoreboard import DEFAULT_CUT, METRICS, TUNED_CUT, corrected_interval, load_contest

ALONE = "leave the data alone"
# The lesson's comparisons with ALONE: model, strategy and metric, by the key that the answer uses.
COMPARISONS = {
    "a": ("logistic regression", "SMOTEENN", "cost"),
    "b": ("logistic regression", "SMOTEENN", "average_precision"),
    "c": ("logistic regression", "SMOTE + original weights", "cost"),
    "d": ("random forest", "SMOTETomek", "average_precision"),
    "e": ("random forest", "balanced random forest", "cost"),
    "f": ("histogram boosting", "random undersampling", "average_precision"),
}


def _right(differences: Any, n_train: Any, n_test: Any) -> list[float]:
    return list(corrected_interval(differences, n_train=n_train, n_test=n_test)[1:])


def _around(differences: Any, factor: float, width: float) -> list[float]:
    """Return mean minus and plus `width` times the root of `factor` times the variance."""
    half = width * math.sqrt(factor * float(np.var(differences, ddof=1)))
    return [float(np.mean(differences)) - half, float(np.mean(differences)) + half]


@task("corrected-interval", points=3)
def corrected_interval_by_hand(interval: Any) -> Iterable[Finding]:
    """The corrected interval of Nadeau and Bengio from the differences fold by fold."""
    from scipy.stats import t

    rng = fresh_generator("corrected-interval")

    def draw() -> list[tuple[Any, ...]]:
        return [
            (np.round(rng.normal(-60, 40, size=10), 1), 16_000, 4_000),
            (np.round(rng.normal(15, 30, size=25), 1), 1_600, 400),
            (np.round(rng.normal(5, 20, size=6), 1), 900, 450),
        ]

    def quantile(k: int) -> float:
        return float(t.ppf(0.975, k - 1))

    def sharing(differences: Any, n_train: Any, n_test: Any) -> float:
        return 1 / len(differences) + n_test / n_train

    def with_population_variance(differences: Any, n_train: Any, n_test: Any) -> list[float]:
        k = len(differences)
        return _around(differences, sharing(differences, n_train, n_test) * (k - 1) / k, quantile(k))

    def without_root(differences: Any, n_train: Any, n_test: Any) -> list[float]:
        half = quantile(len(differences)) * sharing(differences, n_train, n_test) * np.std(differences, ddof=1)
        return [float(np.mean(differences) - half), float(np.mean(differences) + half)]

    naive = "that is the naive interval, which takes the folds for independent: add n_test / n_train to 1/k"
    mistakes: dict[str, Callable[..., Any]] = {
        naive: lambda d, n, m: _around(d, 1 / len(d), quantile(len(d))),
        f"{naive}, and take t for 1.96": lambda d, n, m: _around(d, 1 / len(d), 1.96),
        "the ratio is upside down: n_test / n_train, which is below 1": (
            lambda d, n, m: _around(d, 1 / len(d) + n / m, quantile(len(d)))
        ),
        "that takes 1.96, which belongs to many independent values: take `t.ppf(0.975, k - 1)`": (
            lambda d, n, m: _around(d, sharing(d, n, m), 1.96)
        ),
        "that takes k degrees of freedom: there are k - 1": (
            lambda d, n, m: _around(d, sharing(d, n, m), float(t.ppf(0.975, len(d))))
        ),
        "that leaves out 2.5 % at each end only in name: 95 % in the middle needs `t.ppf(0.975, k - 1)`, not 0.95": (
            lambda d, n, m: _around(d, sharing(d, n, m), float(t.ppf(0.95, len(d) - 1)))
        ),
        "its variance divides by k: `ddof=1` divides by k - 1": with_population_variance,
        "the root is missing: sd times the root of (1/k + n_test/n_train)": without_root,
        "that leaves out 1/k: both parts belong under the root": (
            lambda d, n, m: _around(d, m / n, quantile(len(d)))
        ),
        "it divides by all rows: the share is n_test / n_train, test rows over training rows": (
            lambda d, n, m: _around(d, 1 / len(d) + m / (n + m), quantile(len(d)))
        ),
        "these are the mean and half the width: return the ends, mean minus and mean plus it": (
            lambda d, n, m: [float(np.mean(d)), (_right(d, n, m)[1] - _right(d, n, m)[0]) / 2]
        ),
        "high comes before low": lambda d, n, m: _right(d, n, m)[::-1],
        "these are mean, low and high: return low and high": (
            lambda d, n, m: list(corrected_interval(d, n_train=n, n_test=m))
        ),
        "that is half the width: return the ends, mean minus and mean plus it": (
            lambda d, n, m: (_right(d, n, m)[1] - _right(d, n, m)[0]) / 2
        ),
    }  # fmt: skip
    inputs = telling_inputs(draw, _right, mistakes.values(), tolerance=0.02)
    yield function(
        "interval",
        interval,
        _right,
        inputs,
        about=[f"{len(d)} differences, n_train={n} and n_test={m}" for d, n, m in inputs],
        mistakes=mistakes,
        errors={"positional argument": "the check calls interval(differences, n_train, n_test)"},
        tolerance=0.02,
        kind="two numbers, low and high",
    )


def _fresh_results(
    rng: np.random.Generator, *, metric: str, tuned: float, default: float, cheaper: float
) -> pd.DataFrame:
    """Return results of two strategies, in random order, whose mean differences are so many standard deviations.

    The folds differ much more from each other than the strategies do, so only folds side by side tell them apart.
    `cheaper` is how far the strategy left alone is from itself at the other cut.
    """
    k = 10
    rows = []
    folds = rng.normal(10_000, 3_000, size=k)
    for cut, mean, shift in ((TUNED_CUT, tuned, 0.0), (DEFAULT_CUT, default, 200 * cheaper)):
        noise = rng.normal(size=k)
        apart = 200 * (mean + (noise - noise.mean()) / noise.std(ddof=1))
        for strategy, values in ((ALONE, folds + shift), ("new", folds + shift + apart)):
            for fold, number in enumerate(values):
                sizes = {"fold": fold, "fold_key": f"rows-{fold:08x}", "n_train": 800, "n_test": 200}
                rows.append({"strategy": strategy, "cut": cut, **sizes, **dict.fromkeys(METRICS, 0.0), metric: number})
    results = pd.DataFrame(rows)
    results[[name for name in METRICS if name != metric]] += rng.normal(size=(len(results), len(METRICS) - 1))
    return results.iloc[rng.permutation(len(results))].reset_index(drop=True)


def _differences(results: pd.DataFrame, one: str, other: str, metric: str, cuts: tuple[str, str]) -> np.ndarray:
    # In arrays: every submission pays for this many times.
    strategies, at, folds, values = (results[name].to_numpy() for name in ("strategy", "cut", "fold", metric))
    parts = []
    for strategy, cut in zip((one, other), cuts, strict=True):
        of = (strategies == strategy) & (at == cut)
        parts.append(values[of][np.argsort(folds[of])])
    return np.subtract(*parts)


def _is_noise(results: pd.DataFrame, one: str, other: str, metric: str) -> bool:
    apart = _differences(results, one, other, metric, (TUNED_CUT, TUNED_CUT))
    return _holds_zero(_right(apart, results["n_train"].iloc[0], results["n_test"].iloc[0]))


def _holds_zero(ends: Any) -> bool:
    return bool(ends[0] <= 0 <= ends[1])


def _wrong_verdicts() -> dict[str, Callable[..., bool]]:
    """Return the known mistakes as functions of the task's arguments."""

    def at(*cuts: str) -> Callable[..., bool]:
        def verdict(results: Any, one: str, other: str, metric: str) -> bool:
            return _holds_zero(_right(_differences(results, one, other, metric, (cuts[0], cuts[1])), 800, 200))

        return verdict

    def naive(results: Any, one: str, other: str, metric: str) -> bool:
        apart = _differences(results, one, other, metric, (TUNED_CUT, TUNED_CUT))
        return _holds_zero(_around(apart, 1 / len(apart), 2.0))

    def overlap(results: Any, one: str, other: str, metric: str) -> bool:
        ends = []
        for strategy in (one, other):
            rows = results[(results["strategy"] == strategy) & (results["cut"] == TUNED_CUT)]
            ends.append(_right(rows[metric].to_numpy(), 800, 200))
        return ends[0][0] <= ends[1][1] and ends[1][0] <= ends[0][1]

    def ends(results: Any, one: str, other: str, metric: str) -> list[float]:
        return _right(_differences(results, one, other, metric, (TUNED_CUT, TUNED_CUT)), 800, 200)

    def turned(*arguments: Any) -> bool:
        return not _is_noise(*arguments)

    return {
        "it is turned round: True where the interval holds 0": turned,
        "it judges at the default cut: compare both at their tuned threshold": at(DEFAULT_CUT, DEFAULT_CUT),
        "it compares a tuned threshold with the default cut: give both a tuned threshold": at(TUNED_CUT, DEFAULT_CUT),
        "it takes the naive interval, which takes the folds for independent": naive,
        "it asks whether two separate intervals overlap: take the differences fold by fold, then one interval": overlap,
        "it says noise whatever comes": lambda *a: True,
        "it never says noise: a mean that is not 0 can be luck": lambda *a: False,
        "it asks about one end alone: 0 is in the interval when low is at most 0 *and* high at least 0": (
            lambda *a: ends(*a)[0] <= 0
        ),
        "it asks about the high end alone: 0 is in the interval when low is at most 0 *and* high at least 0": (
            lambda *a: ends(*a)[1] >= 0
        ),
    }


@task("noise", points=3)
def noise(is_noise: Any, verdicts: Any) -> Iterable[Finding]:
    """Verdicts by the corrected interval: on fresh results, and on six comparisons of the stored contest."""
    rng = fresh_generator("noise")
    # In standard deviations of the difference: the corrected interval reaches 1.34 to either side, the naive 0.72.
    # Each known mistake gives another row of verdicts on these.
    cases = (
        ("cost", 1.0, -3.0, 3.0),
        ("cost", -2.5, 0.2, -2.5),
        ("brier", 0.3, 2.5, 0.0),
        ("average_precision", 2.0, 2.0, -1.0),
        ("cost", -1.1, -0.4, 0.0),
        ("cost", 60.0, 60.0, 0.0),
    )
    inputs = [
        (_fresh_results(rng, metric=metric, tuned=tuned, default=default, cheaper=cheaper), "new", ALONE, metric)
        for metric, tuned, default, cheaper in cases
    ]
    yield function(
        "is_noise",
        is_noise,
        _is_noise,
        inputs,
        about=[f"results of two strategies, shuffled, with metric={metric!r}" for metric, *_ in cases],
        mistakes=_wrong_verdicts(),
        errors={
            "positional argument": "the check calls is_noise(results, one, other, metric)",
            "not judged on the same folds": "compare rows of the same cut and fold",
        },
        kind="True or False",
        share=2,
    )
    compared = {key: _compared(*which) for key, which in COMPARISONS.items()}
    expected = {key: _is_noise(*arguments) for key, arguments in compared.items()}
    asked = "a dict from each letter, a to f, to True (noise) or False"
    finding = value("verdicts", verdicts, expected, kind=asked, share=1)
    if finding.status == "wrong":
        wrong = {
            told.replace("it ", "all six: it ", 1): {key: verdict(*compared[key]) for key in compared}
            for told, verdict in _wrong_verdicts().items()
        }
        # Six verdicts are few: what two mistakes lead to, and a guess as well, shows neither.
        wrong = {told: six for told, six in wrong.items() if list(wrong.values()).count(six) == 1}
        finding = value("verdicts", verdicts, expected, mistakes=wrong, kind=asked, share=1)
    yield finding


def _compared(model: str, strategy: str, metric: str) -> tuple[pd.DataFrame, str, str, str]:
    """Return the arguments of a verdict on the stored contest."""
    results = _stored()
    return results[(results["model"] == model) & results["strategy"].isin([strategy, ALONE])], strategy, ALONE, metric


@functools.cache
def _stored() -> pd.DataFrame:
    return load_contest()
