"""Which strategy to ship, what an interval for a difference shows, allows and could have seen, and the interval."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks import quiz
from imbalanced_course.checks.compare import entries, function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import telling_entries, telling_inputs
from imbalanced_course.scoreboard import (
    CONTEST_MODELS,
    DEFAULT_CUT,
    TUNED_CUT,
    Interval,
    corrected_interval,
    difference,
    load_contest,
)

PLAIN = "not resampled"
SHIPPED = (PLAIN, "random undersampling", "SMOTE", "SMOTE 0.1, then undersampling", "SMOTETomek", "SMOTEENN")
JUDGED = "random undersampling"  # task 6.3 compares it with PLAIN: tuned, it has the lowest mean cost of the six
OTHER = "That's SMOTE's. The task asks for random undersampling, whose mean cost is the lowest of the six."


@functools.cache
def stored(model: str = "logistic regression") -> pd.DataFrame:
    """Return the contest's results with a model; the strategy without a sampler has the lesson's name."""
    results = load_contest(model)
    names = results["strategy"]
    return results.assign(strategy=names.mask(names.str.startswith("leave the"), PLAIN))


@functools.cache
def _gap(metric: str, one: str, other: str, cuts: tuple[str, str], model: str = "logistic regression") -> Interval:
    rows = stored(model)
    pair = rows[rows["strategy"].isin([one, other])]
    return difference(pair, (one, cuts[0]), (other, cuts[1]), metric)


@functools.cache
def _gaps_of_others(cut: str) -> dict[str, Interval]:
    """Return the differences that another model, another strategy or a sum over the folds leads to."""
    cuts = cut, cut
    right = _gap("cost", JUDGED, PLAIN, cuts)
    known = {"That's a sum over the ten folds. Give the mean, which is per fold.": Interval(*(10 * x for x in right))}
    for one in SHIPPED[1:]:
        if one not in (JUDGED, "SMOTE"):
            known[f"That's the difference of {one}. The task asks for random undersampling."] = _gap(
                "cost", one, PLAIN, cuts
            )
    for model in CONTEST_MODELS[:4]:
        if model != "logistic regression":
            sentence = f"That's with {model}. Pass `logistic`, because the bank ships logistic regression."
            known[sentence] = _gap("cost", JUDGED, PLAIN, cuts, model)
    return known


def _euros(name: str, answer: Any, part: str, cut: str, mistakes: dict[str, float], share: float = 1.0) -> Finding:
    """Compare the mean or an end of the difference in cost; other comparisons are only tried where it's wrong."""
    right = getattr(_gap("cost", JUDGED, PLAIN, (cut, cut)), part)

    def judge(known: dict[str, float]) -> Finding:
        return value(name, answer, right, mistakes=known, tolerance=1.0, kind="an amount in euros", share=share)

    found = judge(mistakes)
    if found.status != "wrong":
        return found
    named = judge(mistakes | {told: getattr(other, part) for told, other in _gaps_of_others(cut).items()})
    return named if named.mistake else found


@functools.cache
def _cheapest(cut: str) -> str:
    """Return the strategy of the six with the lowest mean cost."""
    rows = stored()
    mean = rows[(rows["cut"] == cut) & rows["strategy"].isin(SHIPPED)].groupby("strategy")["cost"].mean()
    return str(mean.idxmin())


def _naive_ends() -> tuple[float, float]:
    """Return the interval of the tuned difference that takes the folds as independent."""
    rows = stored()
    tuned = rows[rows["cut"] == TUNED_CUT].pivot(index="fold", columns="strategy", values="cost")
    apart = (tuned[JUDGED] - tuned[PLAIN]).to_numpy()
    half = 2.262 * float(apart.std(ddof=1)) / math.sqrt(len(apart))
    return float(apart.mean()) - half, float(apart.mean()) + half


@task(
    "which-to-ship",
    points=5,
    consequence="The large gain at 0.5 was a threshold. Tuning it costs nothing, and the probabilities stay usable.",
)
def which_to_ship(
    gap_default: Any, gap_tuned: Any, gap_low: Any, gap_high: Any, ship: Any, reason: Any
) -> Iterable[Finding]:
    """The difference in cost at both thresholds, and which of six strategies to ship, with the reason."""
    at_default = _gap("cost", JUDGED, PLAIN, (DEFAULT_CUT, DEFAULT_CUT))
    tuned = _gap("cost", JUDGED, PLAIN, (TUNED_CUT, TUNED_CUT))
    mixed = _gap("cost", JUDGED, PLAIN, (DEFAULT_CUT, TUNED_CUT))
    smote = _gap("cost", "SMOTE", PLAIN, (TUNED_CUT, TUNED_CUT))
    signs = "The sign is reversed. Take random undersampling minus not resampled."
    one_sided = (
        "That compares one at 0.5 with the other at its tuned threshold. Use the same kind for both (section 4)."
    )
    yield _euros(
        "gap_default",
        gap_default,
        "mean",
        DEFAULT_CUT,
        {
            signs: -at_default.mean,
            "That's with tuned thresholds. Use pairs of a name and `half` for 0.5 (section 4).": tuned.mean,
            one_sided: mixed.mean,
            f"{one_sided} Here random undersampling is the tuned one.": _gap(
                "cost", JUDGED, PLAIN, (TUNED_CUT, DEFAULT_CUT)
            ).mean,
            OTHER: _gap("cost", "SMOTE", PLAIN, (DEFAULT_CUT, DEFAULT_CUT)).mean,
        },
    )
    yield _euros(
        "gap_tuned",
        gap_tuned,
        "mean",
        TUNED_CUT,
        {
            signs: -tuned.mean,
            "That's at 0.5. A strategy's name alone means its tuned threshold (section 4).": at_default.mean,
            one_sided: mixed.mean,
            OTHER: smote.mean,
        },
    )
    naive = _naive_ends()
    for i, (name, answer) in enumerate((("gap_low", gap_low), ("gap_high", gap_high))):
        ends = (tuned.low, tuned.high)
        yield _euros(
            name,
            answer,
            ("low", "high")[i],
            TUNED_CUT,
            {
                "The two ends are swapped.": ends[1 - i],
                "That's the interval at 0.5. Use tuned thresholds for both.": (at_default.low, at_default.high)[i],
                "That's the naive interval, which takes the folds as independent. Use `scoreboard.difference`.": naive[
                    i
                ],
                "The sign is reversed. Take random undersampling minus not resampled.": (-tuned.high, -tuned.low)[i],
                "That's the mean difference. The task asks for the ends of the interval.": tuned.mean,
                one_sided: (mixed.low, mixed.high)[i],
                OTHER: (smote.low, smote.high)[i],
            },
            share=0.5,
        )
    yield _ship_finding(ship)
    yield quiz.choice(
        "reason",
        reason,
        right="d",
        reasons={
            "a": "At 0.5 the strategies have different thresholds in disguise, so it isn't like with like (section 4).",
            "b": "A lower mean isn't a shown difference, because its interval includes 0. And costs don't see the "
            "probabilities, which the bank adds up.",
            "c": "An interval that includes 0 doesn't prove that two strategies are equal. And the six differ a lot in "
            "log loss.",
            "d": "Not even the lowest mean cost is a shown saving, and the bank needs probabilities to add up.",
        },
    )


def _ship_finding(ship: Any) -> Finding:
    """Judge the strategy chosen; any other of the six has far worse probabilities and no saving that is shown."""
    others = [one for one in SHIPPED if one != PLAIN]
    mistakes = {}
    for one in others:
        told = f"Tuned, {one} isn't shown to be cheaper than not resampling, and its log loss is several times higher."
        if one == _cheapest(TUNED_CUT):
            told += " The interval of its saving includes 0."
        mistakes[told] = one
    kind = f"one of {', '.join(map(repr, SHIPPED))}"
    return value("ship", ship, PLAIN, mistakes=mistakes, kind=kind)


def _right(differences: Any, n_train: Any, n_test: Any) -> list[float]:
    return list(corrected_interval(differences, n_train=n_train, n_test=n_test)[1:])


def _around(differences: Any, factor: float, width: float) -> list[float]:
    """Return mean minus and plus `width` times the root of `factor` times the variance."""
    half = width * math.sqrt(factor * float(np.var(differences, ddof=1)))
    return [float(np.mean(differences)) - half, float(np.mean(differences)) + half]


@task(
    "bonus-corrected-interval",
    points=0,
    consequence="With more folds of the same rows the naive interval shrinks toward nothing, and this one doesn't.",
)
def bonus_corrected_interval(interval: Any) -> Iterable[Finding]:
    """The corrected interval of Nadeau and Bengio from the differences fold by fold."""
    from scipy.stats import t

    rng = fresh_generator("bonus-corrected-interval")

    def draw() -> list[tuple[Any, ...]]:
        return [
            (np.round(rng.normal(-60, 40, size=10), 1), 16_000, 4_000),
            (np.round(rng.normal(15, 30, size=25), 1), 1_600, 400),
            (np.round(rng.normal(5, 20, size=6), 1), 900, 450),
        ]

    def quantile(k: int) -> float:
        return float(t.ppf(0.975, k - 1))

    def sharing(differences: Any, n_train: Any, n_test: Any) -> float:
        return float(1 / len(differences) + n_test / n_train)

    def with_population_variance(differences: Any, n_train: Any, n_test: Any) -> list[float]:
        k = len(differences)
        return _around(differences, sharing(differences, n_train, n_test) * (k - 1) / k, quantile(k))

    def without_root(differences: Any, n_train: Any, n_test: Any) -> list[float]:
        half = quantile(len(differences)) * sharing(differences, n_train, n_test) * np.std(differences, ddof=1)
        return [float(np.mean(differences) - half), float(np.mean(differences) + half)]

    naive = "That's the naive interval, which takes the folds as independent. Add n_test / n_train to 1/k"
    mistakes: dict[str, Callable[..., Any]] = {
        f"{naive}.": lambda d, n, m: _around(d, 1 / len(d), quantile(len(d))),
        f"{naive}, and use t instead of 1.96.": lambda d, n, m: _around(d, 1 / len(d), 1.96),
        "The ratio is inverted. Use n_test / n_train, which is below 1.": (
            lambda d, n, m: _around(d, 1 / len(d) + n / m, quantile(len(d)))
        ),
        "That uses 1.96, which belongs to many independent values. Use `t.ppf(0.975, k - 1)`.": (
            lambda d, n, m: _around(d, sharing(d, n, m), 1.96)
        ),
        "That uses k degrees of freedom. There are k - 1.": (
            lambda d, n, m: _around(d, sharing(d, n, m), float(t.ppf(0.975, len(d))))
        ),
        "That has 90% in the middle. A 95% interval needs `t.ppf(0.975, k - 1)`, not 0.95.": (
            lambda d, n, m: _around(d, sharing(d, n, m), float(t.ppf(0.95, len(d) - 1)))
        ),
        "Its variance divides by k. With `ddof=1` it divides by k - 1.": with_population_variance,
        "The root is missing. Multiply the sd by the root of (1/k + n_test/n_train).": without_root,
        "That leaves out 1/k. Both parts belong under the root.": (
            lambda d, n, m: _around(d, m / n, quantile(len(d)))
        ),
        "It divides by all rows. The ratio is n_test / n_train, test rows over training rows.": (
            lambda d, n, m: _around(d, 1 / len(d) + m / (n + m), quantile(len(d)))
        ),
        "Those are the mean and half the width. Return the ends, mean minus and mean plus it.": (
            lambda d, n, m: [float(np.mean(d)), (_right(d, n, m)[1] - _right(d, n, m)[0]) / 2]
        ),
        "High comes before low. Return low first.": lambda d, n, m: _right(d, n, m)[::-1],
        "Those are mean, low, and high. Return only low and high.": (
            lambda d, n, m: list(corrected_interval(d, n_train=n, n_test=m))
        ),
        "That's half the width. Return the ends, mean minus and mean plus it.": (
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
        errors={"positional argument": "The check calls interval(differences, n_train, n_test)."},
        tolerance=0.02,
        kind="two numbers, low and high",
    )


Read = dict[str, Any]
# Task 6.4: model, version, treatment and metric in the study, and the gain worth having.
COMPARISONS = {
    "linear": ("logistic regression", "tuned", "SMOTE", "log_loss", 0.01),
    "forest_weights": ("random forest", "default", "weights", "log_loss", 0.02),
    "boosting": ("histogram boosting", "default", "balanced bagging", "average_precision", 0.015),
    "cost_of_boosting": ("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned", 0.05),
}


AT_ZERO = "An interval that ends exactly at 0 includes 0, so it's undecided."


def _gains(low: float, high: float, better: str) -> tuple[float, float]:
    return (low, high) if better == "higher" else (-high, -low)


def read(low: float, high: float, better: str, worth: float) -> Read:
    """Return what the interval of a difference says; the reference solution of task 6.4."""
    worst, best = _gains(low, high, better)
    shows = "better" if worst > 0 else "worse" if best < 0 else "undecided"
    return {"shows": shows, "allows": best >= worth, "could_see": worth >= 1.4 * (high - low) / 2}


def _wrong_readings() -> dict[str, dict[str, Callable[..., Any]]]:
    """Return the known mistakes by key: the sentence, and the value that it leads to."""

    def shows(rule: Callable[..., str]) -> Callable[..., str]:
        return lambda low, high, better, worth: rule(*_gains(low, high, better), worth)

    def by_middle(worst: float, best: float, worth: float) -> str:
        return "better" if worst + best > 0 else "worse" if worst + best < 0 else "undecided"

    return {
        "shows": {
            "It ignores that lower is better in some metrics. Use `worst` and `best`, which are gains.": (
                lambda low, high, better, worth: read(low, high, "higher", worth)["shows"]
            ),
            "It reads better and worse the wrong way round. With `worst` above 0, every value is a gain (section 5).": (
                shows(lambda worst, best, worth: "worse" if worst > 0 else "better" if best < 0 else "undecided")
            ),
            "It goes by the middle of the interval. Only an interval that excludes 0 shows a direction (section "
            "5).": shows(by_middle),
            "It never says undecided. An interval that includes 0 shows no direction (section 5).": shows(
                lambda worst, best, worth: "better" if worst > 0 else "worse"
            ),
            "It never says worse. If even `best` is below 0, the treatment is worse (section 5).": shows(
                lambda worst, best, worth: "better" if worst > 0 else "undecided"
            ),
            "It asks for the wanted gain. Better means only that the interval is above 0 (section 5).": shows(
                lambda worst, best, worth: "better" if worst >= worth else "worse" if best < 0 else "undecided"
            ),
            AT_ZERO: shows(
                lambda worst, best, worth: "better" if worst >= 0 else "worse" if best <= 0 else "undecided"
            ),
            f"{AT_ZERO} That's so at its worse end, too.": shows(
                lambda worst, best, worth: "better" if worst >= 0 else "worse" if best < 0 else "undecided"
            ),
            f"{AT_ZERO} That's so at its better end, too.": shows(
                lambda worst, best, worth: "better" if worst > 0 else "worse" if best <= 0 else "undecided"
            ),
        },
        "allows": {
            "It ignores that lower is better in some metrics. Compare `best` with the wanted gain.": (
                lambda low, high, better, worth: high >= worth
            ),
            "It says no wherever no gain is shown. Not shown isn't impossible: compare `best` with the wanted gain.": (
                lambda low, high, better, worth: _gains(low, high, better)[0] > 0
            ),
            "It asks whether the whole interval reaches the gain. One value in it is enough, so compare `best`.": (
                lambda low, high, better, worth: _gains(low, high, better)[0] >= worth
            ),
            "It asks whether the middle reaches the gain. Every value in the interval is allowed, so compare `best`.": (
                lambda low, high, better, worth: sum(_gains(low, high, better)) / 2 >= worth
            ),
            "It says which gain isn't compatible. Return True where the gain is still possible.": (
                lambda low, high, better, worth: _gains(low, high, better)[1] < worth
            ),
            "It asks for any gain. Compare `best` with the wanted gain, not with 0.": (
                lambda low, high, better, worth: _gains(low, high, better)[1] > 0
            ),
            "A gain of exactly the wanted size counts, so use >=.": (
                lambda low, high, better, worth: _gains(low, high, better)[1] > worth
            ),
            "It says no where the whole interval is beyond the wanted gain. Then the gain is that or more: compare "
            "`best` alone.": (
                lambda low, high, better, worth: _gains(low, high, better)[0] <= worth <= _gains(low, high, better)[1]
            ),
            "It says yes wherever a gain is shown. A shown gain can be smaller than the wanted one: compare `best`.": (
                lambda low, high, better, worth: (
                    _gains(low, high, better)[1] >= worth or _gains(low, high, better)[0] > 0
                )
            ),
            "It says no where a gain is shown. A shown gain can be the wanted one, too: compare `best` alone.": (
                lambda low, high, better, worth: (
                    _gains(low, high, better)[1] >= worth and _gains(low, high, better)[0] <= 0
                )
            ),
            "It takes a loss for a gain. Compare `best`, not the end that is farther from 0.": (
                lambda low, high, better, worth: max(abs(low), abs(high)) >= worth
            ),
        },
        "could_see": {
            "It uses the whole width. Take half of it, times 1.4.": (
                lambda low, high, better, worth: worth >= 1.4 * (high - low)
            ),
            "It leaves out the factor 1.4. A gain of half the width is found only about every second time.": (
                lambda low, high, better, worth: worth >= (high - low) / 2
            ),
            "It's the wrong way round. The comparison sees a gain that is large enough.": (
                lambda low, high, better, worth: worth < 1.4 * (high - low) / 2
            ),
            "It compares an end with the wanted gain. What could be seen depends on the width alone.": (
                lambda low, high, better, worth: worth >= 1.4 * _gains(low, high, better)[1]
            ),
            "It compares the middle with the wanted gain. What could be seen depends on the width alone.": (
                lambda low, high, better, worth: worth >= 1.4 * abs(low + high) / 2
            ),
            "It asks whether the gain is still allowed, too. What could be seen depends on the width alone.": (
                lambda low, high, better, worth: 1.4 * (high - low) / 2 <= worth <= _gains(low, high, better)[1]
            ),
            "A gain of exactly that size counts, so use >=.": (
                lambda low, high, better, worth: worth > 1.4 * (high - low) / 2
            ),
        },
    }


@task(
    "what-it-allows",
    points=5,
    consequence="A report needs the interval and the gain worth having. A verdict alone hides what's still possible.",
)
def what_it_allows(
    read_interval: Any, linear: Any, forest_weights: Any, boosting: Any, cost_of_boosting: Any
) -> Iterable[Finding]:
    """What an interval shows, allows and could have seen, as a function; and four comparisons of the study."""
    rng = fresh_generator("what-it-allows")

    def draw() -> list[tuple[Any, ...]]:
        # Eighths and quarters, so that a border is met exactly. A case: the gain's two ends and the gain worth having.
        shift = float(rng.integers(0, 5)) / 8
        cases = [
            (0.25 + shift, 1.25 + shift, 0.5 + shift),  # better, and the gain is possible
            (-2.0 - shift, -0.5, 0.25),  # worse
            (-0.5, 1.5 + shift, 1.0),  # undecided, the gain is possible
            (-1.5 - shift, 0.25, 1.0),  # undecided, the gain is ruled out
            (-0.25, 0.5, 2.0 + shift),  # a gain that it could have seen
            (0.0, 2.0 + shift, 1.0),  # ends at 0
            (-2.0 - shift, 0.0, 0.5),
            (-1.0, 1.0 + shift, 1.0 + shift),  # the better end is the gain
            (0.5, 1.0, 1.5 + shift),  # better, and less than the gain
            (-2.5, 2.5, 1.4 * 5.0 / 2),  # just the gain that it could have seen
            (-2.5, 2.5, 3.375),  # just not
            (0.5 + shift, 1.5 + shift, 0.25),  # better, and every value is more than the gain
            (1.0 + shift, 1.25 + shift, 0.5),  # the same, and it could have seen the gain
        ]
        calls = []
        for number, (worst, best, worth) in enumerate(cases):
            for better in ("higher", "lower") if number < 4 else (("higher", "lower")[number % 2],):
                calls.append((*((worst, best) if better == "higher" else (-best, -worst)), better, worth))
        return calls

    mistakes = _wrong_readings()
    inputs = telling_entries(draw, read, mistakes)
    yield from entries(
        "read_interval",
        read_interval,
        read,
        inputs,
        about=[
            f"{low:g} to {high:g}, {better!r} is better, wanted gain {worth:g}" for low, high, better, worth in inputs
        ],
        mistakes=mistakes,
        errors={"positional argument": "The check calls read_interval(low, high, better, wanted_gain)."},
        kinds={"shows": '"better", "worse", or "undecided"', "allows": "True or False", "could_see": "True or False"},
        share=3,
    )
    given = (linear, forest_weights, boosting, cost_of_boosting)
    for (name, compared), answer in zip(COMPARISONS.items(), given, strict=True):
        right = sentence_of(compared)
        yield replace(quiz.choice(name, answer, right=right, reasons=_reasons(right)), share=0.5)


@functools.cache
def sentence_of(compared: tuple[str, str, str, str, float]) -> str:
    """Return the letter of the sentence that fits a comparison of the study."""
    found = _of_study(compared[:4])
    from imbalanced_course.study import METRICS

    said = read(found[0], found[1], METRICS[compared[3]][1], compared[4])
    if said["shows"] != "undecided":
        return {"better": "a", "worse": "b"}[said["shows"]]
    return "d" if said["allows"] else "c"


@functools.cache
def _of_study(compared: tuple[str, str, str, str]) -> tuple[float, float]:
    """Return the ends of a comparison's interval over the study's real datasets."""
    from imbalanced_course.study import load_differences, over_sets

    rows = load_differences()
    keys = dict(zip(("model", "version", "treatment", "metric"), compared, strict=True))
    chosen = rows["kind"] == "real"
    for column, wanted in keys.items():
        chosen &= rows[column] == wanted
    found = over_sets(rows[chosen], compared[3])
    return found.low, found.high


def _reasons(right: str) -> dict[str, str]:
    """Return for each sentence why it fits or not, where `right` is the one that fits."""
    if right in ("a", "b"):
        other_side = "Its interval is on the other side of 0. Which direction is better in this metric?"
        shown = "Its interval excludes 0, so a direction is shown."
        fits = {
            "a": "Even the worse end of its interval is a gain.",
            "b": "Even the better end of its interval is a loss.",
        }
        return {letter: fits[letter] if letter == right else other_side for letter in ("a", "b")} | {
            "c": shown,
            "d": shown,
        }
    return {
        "a": "Its interval includes 0, so no direction is shown.",
        "b": "Its interval includes 0, so no direction is shown.",
        "c": "Its interval includes 0, and its better end doesn't reach the gain worth having."
        if right == "c"
        else "Its better end reaches the gain worth having, so that gain remains possible. Not shown isn't impossible.",
        "d": "Its interval includes 0, and its better end reaches the gain worth having."
        if right == "d"
        else "Its better end doesn't reach the gain worth having. Compare it with the wanted gain.",
    }
