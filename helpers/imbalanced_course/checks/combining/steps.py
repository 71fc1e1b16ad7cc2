"""Two steps, over- and undersampling or cleaning: the counts, and a function that does both."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.checks.compare import judged, value
from imbalanced_course.checks.resampled import first_feature, fresh_table, labels_of
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import fresh_generator, task

FEATURES = ["feature_1", "feature_2"]
# The lesson's two-feature set, and what SMOTEENN with the ratio 0.5 and seed 1 keeps of it. Every submission would
# pay for working it out again; the reference solution does, and the tests ask that it be right.
NEGATIVES, POSITIVES = 9_900, 100
KEPT = {"negatives": 8_966, "real_positives": 91, "synthetic_positives": 4_175}
NO_KEYWORD = "Samplers take their ratio by its name. Write `sampling_strategy=over`."


Drawn = dict[tuple[int, int], tuple[frozenset[float], frozenset[float]]]


def _combine_fault(
    came: Any, X: pd.DataFrame, y: pd.Series, over: float, under: float, seed: int, drawn: Drawn
) -> str | None:
    """Return what is wrong with rows that were oversampled to one ratio and then undersampled to another.

    `drawn` remembers which new positives and which negatives came for a number of rows and a seed.
    """
    if not isinstance(came, (tuple, list)) or len(came) != 2:
        return "It should return two things, the rows and the labels."
    column, labels = first_feature(came[0]), labels_of(came[1])
    if column is None or labels is None or len(column) != len(labels):
        return "Are the two in this order? The rows (a DataFrame) come first, then their labels."
    negatives, positives = int(np.sum(y == 0)), int(np.sum(y == 1))
    counted = int(np.sum(labels == 0)), int(np.sum(labels == 1))
    told = _count_fault(counted, (negatives, positives), over, under)
    if told:
        return told
    known = dict(zip(X["feature_1"].tolist(), y.tolist(), strict=True))
    real = np.array([number in known for number in column.tolist()])
    truth = np.array([known.get(number, -1) for number in column.tolist()])
    if np.any(real & (truth != labels)):
        return "Rows and labels don't belong together any more. Return both parts of one `fit_resample`."
    if not real[labels == 0].all():
        return "Some majority rows weren't in the data. Only the minority gets new points."
    if len(np.unique(column[labels == 0])) < counted[0]:
        return "A majority row is there twice, so it was drawn with replacement. RandomUnderSampler draws without."
    if len(np.unique(column[labels == 1])) < counted[1]:
        return "The new positives are copies. Use SMOTE, which makes new points between neighbors."
    if int(np.sum(real & (labels == 1))) < positives:
        return "Some of the real positives are gone. Neither step removes a minority row."
    parts = frozenset(column[~real].tolist()), frozenset(column[labels == 0].tolist())
    earlier, drawn[len(y), seed] = dict(drawn), parts
    for (rows, other), others in earlier.items():
        for step, part, once in zip(("SMOTE", "the undersampling"), parts, others, strict=True):
            if rows == len(y) and (other == seed) != (part == once):
                again = "the same seed" if other == seed else "another seed"
                what = "other rows" if other == seed else "the same rows"
                return (
                    f"Called again with {again}, {step} gives {what}. Pass `seed` to both samplers as `random_state`."
                )
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
        f"{told}, as many as went in. Use what `fit_resample` returns.": (negatives, positives),
        f"{told}. The second step, undersampling, is missing.": (negatives, wanted_positives),
        f"{told}. The first step, SMOTE, is missing: undersample what SMOTE returned.": (positives / under, positives),
        f"{told}. It undersamples first. Let SMOTE come first, to the ratio `over`.": (
            positives / over,
            positives / over * under,
        ),
        f"{told}. Equal classes mean that the samplers don't get their ratios. Pass `over` and `under`.": (
            came[0],
            came[0],
        ),
    }
    return next((sentence for sentence, counts in known.items() if near(counts)), None) or (
        f"{told}, and the task asks for other numbers. After SMOTE there are `over` positives for each negative, and "
        "after both steps `under`."
    )


@task(
    "combination-by-hand",
    points=5,
    consequence="Each ratio holds after its own step. Cleaning comes last and removes rows of both classes, among them "
    "real positives.",
)
def combination_by_hand(
    positives_after: Any, negatives_after: Any, kept_negatives: Any, kept_real: Any, kept_synthetic: Any
) -> Iterable[Finding]:
    """Counts after SMOTE to 0.2 and undersampling to 0.8, and what the two steps of SMOTEENN keep of each kind."""
    over, under = 0.2, 0.8
    made = round(NEGATIVES * over)
    yield value(
        "positives_after",
        positives_after,
        made,
        mistakes={
            "Those are the new points only. The real positives stay, too, so count both (section 1).": made - POSITIVES,
            "That's a share of all rows. The ratio divides by the negatives (section 1).": (NEGATIVES + POSITIVES)
            * over,
            "That adds the real positives once more. SMOTE fills up to the ratio (section 1).": made + POSITIVES,
            "That's the ratio of the second step. SMOTE goes to 0.2 (section 1).": NEGATIVES * under,
            "Those are the positives before the first step. SMOTE adds more.": POSITIVES,
        },
    )
    yield value(
        "negatives_after",
        negatives_after,
        round(made / under),
        mistakes={
            "That multiplies by the ratio. It's minority over majority, so divide the positives by it (section "
            "1).": made * under,
            "That's the ratio times the negatives. Divide the positives by the ratio (section 1).": NEGATIVES * under,
            "Those fit the real positives. The second step counts the synthetic ones, too (section 1).": POSITIVES
            / under,
            "Those are the negatives before the second step, which removes some.": NEGATIVES,
            "That's 2,080 / 0.8. SMOTE makes fewer positives than 2,080.": (made + POSITIVES) / under,
            "That's 2,000 / 0.8. SMOTE makes fewer positives than 2,000.": (NEGATIVES + POSITIVES) * over / under,
        },
    )
    kinds = {"negatives": kept_negatives, "real_positives": kept_real, "synthetic_positives": kept_synthetic}
    names = dict(zip(kinds, ("kept_negatives", "kept_real", "kept_synthetic"), strict=True))
    findings = {kind: value(names[kind], answer, KEPT[kind]) for kind, answer in kinds.items()}
    if any(finding.status == "wrong" for finding in findings.values()):  # the mistakes take their time
        wrong = _wrong_counts()
        findings = {
            kind: value(names[kind], answer, KEPT[kind], mistakes={told: one[kind] for told, one in wrong.items()})
            for kind, answer in kinds.items()
        }
    both = KEPT["real_positives"] + KEPT["synthetic_positives"]
    for kind, other in (("synthetic_positives", "real_positives"), ("real_positives", "synthetic_positives")):
        finding, counted = findings[kind], kinds[other]
        if finding.status == "wrong" and not finding.mistake and isinstance(counted, (int, np.integer)):
            follows = (
                f"That follows from your `{names[other]}`: the two add up to the positives that stay. Fix it first."
            )
            findings[kind] = value(names[kind], kinds[kind], KEPT[kind], mistakes={follows: both - int(counted)})
    yield from findings.values()


@functools.cache
def _wrong_counts() -> dict[str, dict[str, int]]:
    """Return what each known mistake leads to on the lesson's set, by the sentence that names it."""
    from imblearn.over_sampling import SMOTE
    from imblearn.under_sampling import EditedNearestNeighbours

    from imbalanced_course import datasets

    X, y = datasets.make_two_features()
    bigger, labels = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
    labels = np.asarray(labels)
    before = _by_kind(labels, np.arange(len(labels)) < len(y))
    removed = {kind: before[kind] - KEPT[kind] for kind in KEPT}
    found = {
        "That's before cleaning. Keep the cell's `sampling_strategy='all'`, because ENN's own default cleans only the "
        "majority, and count only the rows that stay.": before,
        "That's what ENN removes. Count the rows that it keeps (hint 2).": removed,
        "That's the count of the other kind. Positions below `len(X)` are real rows, and the new ones follow "
        "(hint 2).": KEPT
        | {"real_positives": KEPT["synthetic_positives"], "synthetic_positives": KEPT["real_positives"]},
    }
    found["That counts the real negatives, too. Count only rows whose label is 1 (hint 2)."] = KEPT | {
        "real_positives": KEPT["real_positives"] + KEPT["negatives"]
    }
    both = KEPT["real_positives"] + KEPT["synthetic_positives"]
    found["That's all positives. Separate the real from the synthetic ones by their position (hint 2)."] = (
        dict.fromkeys(KEPT, both) | {"negatives": -1}
    )
    fewer, fewer_labels = EditedNearestNeighbours(sampling_strategy="all").fit_resample(X, y)
    after = np.asarray(SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(fewer, fewer_labels)[1])
    found["That cleans before oversampling. Let SMOTE come first, as the cell has it (hint 2)."] = _by_kind(
        after, np.arange(len(after)) < len(fewer)
    )
    kept = np.asarray(EditedNearestNeighbours(sampling_strategy="all").fit_resample(bigger, labels)[1])
    found[
        "That separates the rows by their place after cleaning. `sample_indices_` has their places before it (hint 2)."
    ] = _by_kind(kept, np.arange(len(kept)) < len(y))
    return found


def _by_kind(labels: Any, real: Any) -> dict[str, int]:
    return {
        "negatives": int(np.sum(labels == 0)),
        "real_positives": int(np.sum((labels == 1) & real)),
        "synthetic_positives": int(np.sum((labels == 1) & ~real)),
    }


@task(
    "bonus-combine",
    points=0,
    consequence="The function gives the same counts as the two samplers in a pipeline.",
)
def bonus_combine(combine: Any) -> Iterable[Finding]:
    """A function that oversamples with SMOTE to one ratio and then undersamples to another."""
    rng = fresh_generator("bonus-combine")
    calls = []
    for rows, positives, over, under in ((830, 30, 0.15, 0.4), (640, 40, 0.25, 0.5)):
        table, seed = fresh_table(rng, rows=rows, positives=positives), int(rng.integers(1, 1000))
        calls.append((table[FEATURES], table["target"], over, under, seed))
    calls += [calls[0], (*calls[0][:-1], calls[0][-1] + 1)]
    drawn: Drawn = {}
    swapped = "Are the two ratios swapped? SMOTE goes to `over`, and undersampling after it to `under`."
    order = "SMOTE comes first. After undersampling, the ratio is already higher than the one SMOTE should reach."
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
            "positional argument": "The check calls combine(X, y, over, under, seed).",
            "in the range (0.0, 1.0]": "A ratio of the library is minority over majority, so it's at most 1.",
        },
    )
