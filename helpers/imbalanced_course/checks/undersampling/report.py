"""What of a report from a balanced test set holds where the positive class is rare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imbalanced_course.checks.compare import value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import task

# Task 4.2: the vendor's report at 1:1, and the learner's world.
PRECISION, RECALL, WORLD = 0.95, 0.80, 0.001
KIND = '"holds", "falls", or "rises"'


def _precision_at(recall: float, alarm_rate: float, prevalence: float) -> float:
    hits, alarms = recall * prevalence, alarm_rate * (1 - prevalence)
    return hits / (hits + alarms)


@task(
    "balanced-report",
    points=4,
    consequence="Recall and ROC AUC survive. The 95% came from the vendor's prevalence, and in your world about 1 "
    "alert in 54 is right.",
)
def balanced_report(
    word_recall: Any,
    word_roc_auc: Any,
    word_precision: Any,
    word_average_precision: Any,
    word_accuracy: Any,
    world_precision: Any,
) -> Iterable[Finding]:
    """Five words and one precision, from a test set at 1:1 to a world of 1 in 1,000."""
    one_class = "It looks at one class at a time, and within each class the scores are the same (section 2)."
    crowd = "There are a thousand times as many honest payments per fraud, and the same share of them is flagged"
    belongs = "It doesn't belong to the model. It mixes the classes, so it changes with the prevalence (section 2)."
    words: tuple[tuple[str, Any, str, dict[str, str]], ...] = (
        (
            "word_recall",
            word_recall,
            "holds",
            {
                "falls": f"Recall counts the frauds only, however few they are. {one_class}",
                "rises": f"Fewer frauds to miss are also fewer to find. {one_class}",
            },
        ),
        (
            "word_roc_auc",
            word_roc_auc,
            "holds",
            {
                "falls": "It's the chance that a random fraud scores higher than a random honest payment. Rarity "
                "doesn't change the scores within a class (section 2).",
                "rises": "It's the chance that a random fraud scores higher than a random honest payment. More honest "
                "payments don't change that chance (section 2).",
            },
        ),
        (
            "word_precision",
            word_precision,
            "falls",
            {"holds": belongs, "rises": f"{crowd}. So more of the alerts are false (hint 1)."},
        ),
        (
            "word_average_precision",
            word_average_precision,
            "falls",
            {
                "holds": "It's a mean of precisions, and precision changes with the prevalence. Its chance level falls "
                "from 0.5 to 0.001 (section 2).",
                "rises": "It's a mean of precisions, and each of them is lower where honest payments are a thousand "
                "times as many (section 2).",
            },
        ),
        (
            "word_accuracy",
            word_accuracy,
            "rises",
            {
                "holds": "Accuracy is the mean of recall and specificity only at 1:1. Among rare frauds it's nearly "
                "the specificity, and that's higher than the recall here (hint 2).",
                "falls": "Rarity doesn't spoil everything. Among rare frauds accuracy is nearly the specificity, which "
                "is higher than the recall here (hint 2).",
            },
        ),
    )
    for name, answer, right, reasons in words:
        mistakes = {reason: wrong for wrong, reason in reasons.items()}
        yield value(name, answer, right, mistakes=mistakes, kind=KIND, share=0.5)

    alarm_rate = RECALL * (1 - PRECISION) / PRECISION
    yield value(
        "world_precision",
        world_precision,
        _precision_at(RECALL, alarm_rate, WORLD),
        mistakes={
            "That's the vendor's precision, at 1:1. In your world there are 999 honest payments per fraud "
            "(hint 1).": PRECISION,
            "That takes 5% as the false positive rate. 5% of the alerts are false, so first work out the share of "
            "honest payments that is flagged (hint 2).": _precision_at(RECALL, 1 - PRECISION, WORLD),
            "That's the vendor's precision times the prevalence. Compute hits and false alarms in your world, then "
            "divide (hint 2).": PRECISION * WORLD,
            "That's the vendor's precision times the ratio of the prevalences, 0.001 to 0.5. Precision doesn't fall in "
            "proportion. Compute hits and false alarms in your world, then divide (hint 2).": PRECISION * WORLD / 0.5,
            "That's the recall. Precision divides the hits by all alerts (hint 2).": RECALL,
            "That's 1 minus the precision. Divide the hits by all alerts, not the false alarms (hint 3).": 1
            - _precision_at(RECALL, alarm_rate, WORLD),
            "That's the false positive rate. Use it to compute the false alarms among 999 of 1,000 payments "
            "(hint 3).": alarm_rate,
            "That's the precision at a prevalence of 1%. In your world it's 1 in 1,000.": _precision_at(
                RECALL, alarm_rate, 0.01
            ),
        },
        kind="a number from 0 to 1 (hint 2 has the steps)",
        share=1.5,
    )
