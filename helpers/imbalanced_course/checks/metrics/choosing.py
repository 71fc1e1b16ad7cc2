"""Which metric answers a question: one letter per team, and a reason for each option."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imbalanced_course.checks import quiz
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import task

ACCURACY = "The common class makes up nearly all of the accuracy, so it says little about the rare one."


@task(
    "which-metric",
    points=2,
    consequence="The question decides: is it about an order, a probability, or a decision?",
)
def which_metric(readers: Any, insurer: Any, ward: Any, clinics: Any, shop: Any) -> Iterable[Finding]:
    """The metric for each of five teams."""
    yield quiz.choice(
        "readers",
        readers,
        right="d",
        reasons={
            "a": ACCURACY,
            "b": "ROC AUC judges the whole order, also far below the alerts that anyone reads.",
            "c": "No recall is required here. The number of alerts is fixed.",
            "d": "Only the 100 highest scores are read, so only they should count.",
            "e": "The readers use the order of the scores, and the Brier score reads their size.",
            "f": "No costs are known here. The number of alerts is fixed.",
        },
    )
    yield quiz.choice(
        "insurer",
        insurer,
        right="e",
        reasons={
            "a": ACCURACY,
            "b": "An order is not enough. Halving every probability keeps the ROC AUC and halves the prices.",
            "c": "Nothing is flagged here, so there is no precision.",
            "d": "Every customer gets a price, not only those at the top.",
            "e": "The size of each probability goes into a price, and the Brier score judges that size.",
            "f": "No decision is made here. The probabilities themselves are used.",
        },
    )
    yield quiz.choice(
        "ward",
        ward,
        right="c",
        reasons={
            "a": ACCURACY,
            "b": "Both alarms have a fixed threshold. Judge that decision, not the order at all thresholds.",
            "c": "Both find the same share, so the better one has fewer false alarms among its alerts.",
            "d": "Nothing fixes the number of alerts at 100. The recall is fixed.",
            "e": "The ward acts on alarms and doesn't read the probabilities.",
            "f": "No costs are known here. The recall is required, and both alarms reach it.",
        },
    )
    yield quiz.choice(
        "clinics",
        clinics,
        right="b",
        reasons={
            "a": ACCURACY,
            "b": "It asks for an order, and ROC AUC doesn't depend on how many patients are ill.",
            "c": "Precision depends on the prevalence, so more ill patients alone make it look better.",
            "d": "Precision at the top depends on the prevalence, so more ill patients are an advantage.",
            "e": "The Brier score reads the size of the scores, and the question is about their order.",
            "f": "No costs and no threshold are given. The question is about order.",
        },
    )
    yield quiz.choice(
        "shop",
        shop,
        right="f",
        reasons={
            "a": "Accuracy counts a miss and a false alarm alike, and here one costs twenty times the other.",
            "b": "Both thresholds belong to one model, so their ROC AUC is the same.",
            "c": "No recall is required here. Both costs are known.",
            "d": "Nothing fixes the number of alerts at 100. Both costs are known.",
            "e": "Both thresholds belong to one model, so its probabilities and its Brier score are the same.",
            "f": "Both costs are known, so add up what the mistakes of each threshold cost.",
        },
    )
