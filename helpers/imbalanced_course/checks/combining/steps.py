"""Over- and undersampling in two steps: the counts, the rows, and where SMOTEENN's points went."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import entries, judged, value
from imbalanced_course.checks.resampled import first_feature, fresh_table, labels_of
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task
from imbalanced_course.checks.telling import MOST_DRAWS

FEATURES = ["feature_1", "feature_2"]
# The two-feature set of the lesson, and what SMOTEENN with the ratio 0.5 and seed 1 keeps of it. Every submission would
# pay for working it out again; the reference solution does, and the tests ask that it be right.
NEGATIVES, POSITIVES = 9_900, 100
KEPT = {"negatives": 8_966, "real_positives": 91, "synthetic_positives": 4_175}
NO_KEYWORD = "samplers take their ratio by its name: `sampling_strategy=…`"


Drawn = dict[tuple[int, int], tuple[frozenset[float], frozenset[float]]]


def _combine_fault(
    came: Any, X: pd.DataFrame, y: pd.Series, over: float, under: float, seed: int, drawn: Drawn
) -> str | None:
    """Return what is wrong with rows that were oversampled to one ratio and then undersampled to another.

    `drawn` remembers which new positives and which negatives came for a number of rows and a seed.
    """
    if not isinstance(came, (tuple, list)) or len(came) != 2:
        return "it should return two things, the rows and the labels"
    column, labels = first_feature(came[0]), labels_of(came[1])
    if column is None or labels is None or len(column) != len(labels):
        return "are the two in this order? The rows (a DataFrame) come first, then their labels"
    negatives, positives = int(np.sum(y == 0)), int(np.sum(y == 1))
    counted = int(np.sum(labels == 0)), int(np.sum(labels == 1))
    told = _count_fault(counted, (negatives, positives), over, under)
    if told:
        return told
    known = dict(zip(X["feature_1"].tolist(), y.tolist(), strict=True))
    real = np.array([number in known for number in column.tolist()])
    truth = np.array([known.get(number, -1) for number in column.tolist()])
    if np.any(real & (truth != labels)):
        return "rows and labels do not belong together any more"
    if not real[labels == 0].all():
        return "there are majority rows that were not in the data: only the minority gets new points"
    if len(np.unique(column[labels == 0])) < counted[0]:
        return "a majority row is there twice: it was drawn with replacement"
    if len(np.unique(column[labels == 1])) < counted[1]:
        return "the new positives are copies: SMOTE makes new points between neighbours"
    if int(np.sum(real & (labels == 1))) < positives:
        return "some of the real positives are gone: neither step drops a minority row"
    parts = frozenset(column[~real].tolist()), frozenset(column[labels == 0].tolist())
    earlier, drawn[len(y), seed] = dict(drawn), parts
    for (rows, other), others in earlier.items():
        for step, part, once in zip(("SMOTE", "the undersampling"), parts, others, strict=True):
            if rows == len(y) and (other == seed) != (part == once):
                again = "the same seed" if other == seed else "another seed"
                what = "other rows" if other == seed else "the same rows"
                return f"called again with {again}, {step} gives {what}. Hand `seed` to both samplers as `random_state`"
    return None


def _count_fault(came: tuple[int, int], before: tuple[int, int], over: float, under: float) -> str | None:
    """Return what is wrong with the counts (negatives, positives) after both steps."""
    negatives, positives = before
    wanted_positives = over * negatives

    def near(counts: tuple[float, float]) -> bool:
        return all(abs(one - other) <= 2 for one, other in zip(came, counts, strict=True))

    # Each step may round its own count, the second one from what the first has left.
    if abs(came[1] - wanted_positives) <= 1 and abs(came[0] - came[1] / under) <= 1:
        return None
    told = f"{came[0]} negatives and {came[1]} positives came out"
    known = {
        f"{told}, as many as went in: use what `fit_resample` returns": (negatives, positives),
        f"{told}: the second step, undersampling, is missing": (negatives, wanted_positives),
        f"{told}: the first step, SMOTE, is missing": (positives / under, positives),
        f"{told}: it undersamples first. SMOTE comes first, to the ratio `over`": (
            positives / over,
            positives / over * under,
        ),
        f"{told}: both classes have the same number, as when the samplers do not get their ratios": (came[0], came[0]),
    }
    return next((sentence for sentence, counts in known.items() if near(counts)), None) or (
        f"{told}; they should be other numbers. After SMOTE there are `over` positives for each negative, after both "
        "steps `under`"
    )


@task("combination-by-hand", points=4)
def combination_by_hand(positives_after: Any, negatives_after: Any, combine: Any) -> Iterable[Finding]:
    """Counts after SMOTE to 0.2 and undersampling to 0.8, and a function that does both to any ratios."""
    over, under = 0.2, 0.8
    made = round(NEGATIVES * over)
    yield value(
        "positives_after",
        positives_after,
        made,
        mistakes={
            "these are the new points alone: the real positives stay, too": made - POSITIVES,
            "that is a share of all rows: the ratio divides by the negatives": (NEGATIVES + POSITIVES) * over,
            "that adds the real positives once more: SMOTE fills up *to* the ratio": made + POSITIVES,
            "that is the ratio of the second step: the first goes to 0.2": NEGATIVES * under,
            "these are the positives before the first step": POSITIVES,
        },
        share=0.5,
    )
    yield value(
        "negatives_after",
        negatives_after,
        round(made / under),
        mistakes={
            "that multiplies by the ratio: it is minority over majority, so divide": made * under,
            "that is the ratio times the negatives: the negatives are the positives divided by the ratio": NEGATIVES
            * under,
            "these fit the *real* positives: the second step counts the new ones, too": POSITIVES / under,
            "these are the negatives before the second step": NEGATIVES,
        },
        share=0.5,
    )
    rng = fresh_generator("combination-by-hand")
    calls = []
    for rows, positives, over, under in ((830, 30, 0.15, 0.4), (640, 40, 0.25, 0.5)):
        table, seed = fresh_table(rng, rows=rows, positives=positives), int(rng.integers(1, 1000))
        calls.append((table[FEATURES], table["target"], over, under, seed))
    calls += [calls[0], (*calls[0][:-1], calls[0][-1] + 1)]
    drawn: Drawn = {}
    swapped = "are the two ratios swapped? SMOTE goes to `over`, undersampling after it to `under`"
    order = "SMOTE comes first: after undersampling the ratio is higher already than the one SMOTE should reach"
    yield judged(
        "combine",
        combine,
        functools.partial(_combine_fault, drawn=drawn),
        calls,
        about=[
            f"{len(labels)} rows with {labels.sum()} positives, over={over} and under={under}"
            for _, labels, over, under, _ in calls
        ],
        errors={
            "remove samples from the minority class": order,
            "generate new sample in the majority class": swapped,
            "__init__() takes 1 positional": NO_KEYWORD,
            "positional argument": "the check calls combine(X, y, over, under, seed)",
            "in the range (0.0, 1.0]": "a ratio of the library is minority over majority, so at most 1",
        },
        share=3,
    )


def followed(X: Any, y: Any, ratio: float, *, cleaning: Any = "all", seed: int = 1) -> dict[str, int]:
    """Return how many rows of each kind SMOTE followed by edited nearest neighbours keeps."""
    from imblearn.over_sampling import SMOTE
    from imblearn.under_sampling import EditedNearestNeighbours

    bigger, labels = SMOTE(sampling_strategy=ratio, random_state=seed).fit_resample(X, y)
    cleaner = EditedNearestNeighbours(sampling_strategy=cleaning)
    cleaner.fit_resample(bigger, labels)
    return _by_kind(np.asarray(labels)[cleaner.sample_indices_], cleaner.sample_indices_ < len(y))


def _cleaned_first(X: Any, y: Any, ratio: float, *, cleaning: Any) -> dict[str, int]:
    from imblearn.over_sampling import SMOTE
    from imblearn.under_sampling import EditedNearestNeighbours

    fewer, labels = EditedNearestNeighbours(sampling_strategy=cleaning).fit_resample(X, y)
    after = SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(fewer, labels)[1]
    return _by_kind(np.asarray(after), np.arange(len(after)) < len(fewer))


def _before_cleaning(X: Any, y: Any, ratio: float) -> dict[str, int]:
    negatives, positives = int(np.sum(y == 0)), int(np.sum(y == 1))
    return {
        "negatives": negatives,
        "real_positives": positives,
        "synthetic_positives": int(negatives * ratio) - positives,
    }


def _by_kind(labels: Any, real: Any) -> dict[str, int]:
    return {
        "negatives": int(np.sum(labels == 0)),
        "real_positives": int(np.sum((labels == 1) & real)),
        "synthetic_positives": int(np.sum((labels == 1) & ~real)),
    }


def _slips() -> dict[str, Callable[..., dict[str, int]]]:
    """Return the known mistakes: the sentence, and the counts that it leads to."""
    from imblearn.combine import SMOTEENN

    def removed(*arguments: Any) -> dict[str, int]:
        before, kept = _before_cleaning(*arguments), followed(*arguments)
        return {kind: before[kind] - kept[kind] for kind in kept}

    def swapped(*arguments: Any) -> dict[str, int]:
        kept = followed(*arguments)
        return kept | {
            "real_positives": kept["synthetic_positives"],
            "synthetic_positives": kept["real_positives"],
        }

    def all_positives(*arguments: Any) -> dict[str, int]:
        kept = followed(*arguments)
        both = kept["real_positives"] + kept["synthetic_positives"]
        return kept | {"real_positives": both, "synthetic_positives": both}

    def parted_after_cleaning(X: Any, y: Any, ratio: float) -> dict[str, int]:
        labels = np.asarray(SMOTEENN(sampling_strategy=ratio, random_state=1).fit_resample(X, y)[1])
        return _by_kind(labels, np.arange(len(labels)) < len(y))

    def parted_nowhere(*arguments: Any) -> dict[str, int]:
        kept = all_positives(*arguments)
        return kept | {"synthetic_positives": 0}

    first = "it cleans before oversampling: SMOTE comes first, then ENN looks at all that is there"
    return {
        first: lambda *a: _cleaned_first(*a, cleaning="all"),
        f"{first} (and at both classes)": lambda *a: _cleaned_first(*a, cleaning="auto"),
        "it cleans the majority alone, ENN's own default: in SMOTEENN both classes are cleaned "
        "(sampling_strategy='all')": lambda *a: followed(*a, cleaning="auto"),
        "it cleans the minority alone: in SMOTEENN both classes are cleaned (sampling_strategy='all')": (
            lambda *a: followed(*a, cleaning=[1])
        ),
        "these are the rows that SMOTE left, before ENN has cleaned": _before_cleaning,
        "these are the rows that ENN removes: count those that it keeps": removed,
        "real and synthetic are swapped: the real rows come first, the new ones behind them": swapped,
        "that parts the rows by their place *after* cleaning: `sample_indices_` has the places before, and those below "
        "`len(X)` are real rows": parted_after_cleaning,
        "that is all positives: part them in real and synthetic by their place": all_positives,
        "no row counts as synthetic: the new ones begin at `len(X)`, the length of the data it got": parted_nowhere,
    }


def _counts_of(slips: dict[str, Callable[..., Any]], *arguments: Any) -> dict[str, Any]:
    """Return what each mistake leads to; a mistake that cannot be made on these rows is left out."""
    found = {}
    for told, slip in slips.items():
        with contextlib.suppress(ValueError):
            found[told] = slip(*arguments)
    return found


@task("smoteenn-counts", points=5)
def smoteenn_counts(kept: Any, smote_then_enn: Any) -> Iterable[Finding]:
    """What is left of negatives, real and synthetic positives after SMOTE and edited nearest neighbours."""
    from imbalanced_course import datasets

    slips = _slips()
    finding = value("kept", kept, KEPT, share=2)
    if finding.status == "wrong":  # the mistakes take their time: only where they are needed
        wrong = _counts_of(slips, *datasets.make_two_features(), 0.5)
        finding = value("kept", kept, KEPT, mistakes=wrong, share=2)
    yield finding

    rng = fresh_generator("smoteenn-counts")
    inputs, known = [], {}
    for rows, positives, ratio in ((420, 30, 0.5), (360, 24, 0.3)):
        for _ in range(MOST_DRAWS):  # rows on which another seed of SMOTE shows in each count
            table = fresh_table(rng, rows=rows, positives=positives)
            arguments = (table[FEATURES], table["target"], ratio)
            # Asked for each key anew: every submission pays for it, so each set is worked out once.
            known[rows], other = followed(*arguments), followed(*arguments, seed=0)
            if all(known[rows][key] != other[key] for key in KEPT):
                break
        inputs.append(arguments)
    by_key = {
        key: {told: (lambda *a, slip=slip, key=key: slip(*a)[key]) for told, slip in slips.items()} for key in KEPT
    }
    yield from entries(
        "smote_then_enn",
        smote_then_enn,
        lambda X, y, ratio: known[len(y)],
        inputs,
        about=[f"{len(y)} rows with {y.sum()} positives and ratio={ratio}" for _, y, ratio in inputs],
        mistakes=by_key,
        errors={
            "__init__() takes 1 positional": NO_KEYWORD,
            "positional argument": "the check calls smote_then_enn(X, y, ratio)",
            "has no attribute 'sample_indices_'": "SMOTE has no `sample_indices_`: those of ENN tell which rows stay",
        },
        share=3,
    )
