"""What follows from a right answer, said after it."""

from __future__ import annotations

from dataclasses import replace

from imbalanced_course.checks.result import Finding


def with_consequence(finding: Finding, sentence: str) -> Finding:
    """Return the finding; a right one also says what the learner can now conclude."""
    return replace(finding, message=f"{finding.message} {sentence}") if finding.status == "right" else finding
