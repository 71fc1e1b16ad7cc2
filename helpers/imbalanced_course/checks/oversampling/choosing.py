"""Which treatment fits a situation: one letter per team, and a reason for each option."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imbalanced_course.checks import quiz
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import task

NO_CATEGORIES = "No column of this team is a category, so there is nothing for SMOTENC to vote on (section 3)."


@task(
    "which-treatment",
    points=5,
    consequence="No team needed a better sampler. It was a threshold, a probability, a leak, a comparison, or a unit.",
)
def which_treatment(shop: Any, insurer: Any, hospital: Any, report: Any, bank: Any) -> Iterable[Finding]:
    """What each of five teams should do next."""
    yield quiz.choice(
        "shop",
        shop,
        right="a",
        reasons={
            "a": "The probabilities are calibrated and both costs are known, so the threshold is 5/505, about 0.01. "
            "Only 0.5 was wrong.",
            "b": "The shop doesn't only read probabilities. It flags at 0.5, which ignores what a miss costs "
            "(lesson 3, section 6).",
            "c": "No sampler is in use here, so there is nothing to put into a pipeline (hint 1).",
            "d": "The shop compares nothing yet. It needs a decision, and both costs are known (hint 1).",
            "e": NO_CATEGORIES,
            "f": "No sampler is in use here, and the model's probabilities are fine (hint 1).",
        },
    )
    yield quiz.choice(
        "insurer",
        insurer,
        right="b",
        reasons={
            "a": "Nothing is flagged here, so no threshold is needed. Each probability goes into a price (hint 1).",
            "b": "A model trained on 1:1 predicts far too many claims. Calibrated probabilities are what prices need.",
            "c": "Even inside the folds, SMOTE to 1:1 raises the probabilities, and the prices with them (section 4).",
            "d": "No comparison was made. The question is whether the probabilities mean what they say (hint 2).",
            "e": "SMOTENC changes the prevalence as SMOTE does, so the probabilities would be too high as well "
            "(section 4).",
            "f": "Scaling doesn't stop SMOTE to 1:1 from raising the probabilities (section 4).",
        },
    )
    yield quiz.choice(
        "hospital",
        hospital,
        right="c",
        reasons={
            "a": "A threshold doesn't repair the score. The test folds contain relatives of the training rows "
            "(section 1).",
            "b": "It isn't known yet whether this model is any good, because its score comes from a leak (section 1).",
            "c": "SMOTE saw all rows before the folds were made. Inside the pipeline, the test rows stay real.",
            "d": "One more row of this table would leak in the same way. Move SMOTE into the folds first (section 1).",
            "e": "SMOTENC before the folds leaks as SMOTE does (section 1).",
            "f": "Scaling doesn't take the relatives out of the test folds (section 1).",
        },
    )
    yield quiz.choice(
        "report",
        report,
        right="d",
        reasons={
            "a": "ROC AUC doesn't depend on a threshold. Ask what else differs between the two rows (section 4).",
            "b": "The report may be right about resampling or not. It changed two things at once, so it can't tell "
            "(section 4).",
            "c": "SMOTE is inside the folds already. Ask what else differs between the two rows (section 4).",
            "d": "Scaling and SMOTE changed together. The missing row shows how much scaling brings by itself.",
            "e": NO_CATEGORIES,
            "f": "The row with SMOTE is scaled already. Ask what the other row lacks (section 4).",
        },
    )
    yield quiz.choice(
        "bank",
        bank,
        right="f",
        reasons={
            "a": "No costs are given, and the problem is how SMOTE finds its neighbors (section 2).",
            "b": "The bank may drop SMOTE, but nothing is said about its probabilities. The neighbors are the problem "
            "(section 2).",
            "c": "SMOTE is inside the folds already. Ask what its distances consist of (section 2).",
            "d": "That would help a comparison. Here, SMOTE's neighbors are chosen by income alone (section 2).",
            "e": NO_CATEGORIES,
            "f": "A euro counts as much as a year in the distance, so income drowns age. Scaled columns count alike.",
        },
    )
