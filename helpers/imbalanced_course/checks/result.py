"""What a check ends in: points for nbgrader, a message for the learner, both for the grader."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

Status = Literal["right", "wrong", "not attempted"]

RESULT_MIME = "application/vnd.imbalanced-course.result+json"

_BADGES = {"right": "✔ Right", "wrong": "✘ Not yet", "not attempted": "○ Not attempted"}
_BORDERS = {"right": "solid", "wrong": "dashed", "not attempted": "dotted"}
# A bug to fix is wrong as it comes, before anybody has done anything.
AS_IT_CAME = "its cell is as it came; fix it"
# A message that says where to look, such as "section 1" or "hint 2", needs no general advice after it.
_PLACE = re.compile(r"\b(?:section|hint|step) \d")


@dataclass(frozen=True)
class Finding:
    """What was found about one name of the answer.

    `mistake` holds the sentence of a known mistake when the answer shows one, and `share` is how much of the
    task's points this name carries, relative to the task's other findings.
    """

    name: str
    status: Status
    message: str
    mistake: str | None = None
    share: float = 1.0


@dataclass(frozen=True)
class Result:
    """The outcome of one check.

    Its `repr` is the points earned as a plain float, because stock nbgrader takes the last value of a check cell
    for partial credit; `str`, HTML and the JSON of `as_dict` say what was right, wrong or not attempted.
    """

    task: str
    findings: tuple[Finding, ...]
    max_points: float
    hints: bool = True
    consequence: str = ""
    _points: float = field(init=False, repr=False, default=0.0)

    def __post_init__(self) -> None:
        """Add up the points: each finding carries its share of them."""
        shares = sum(finding.share for finding in self.findings)
        earned = sum(finding.share for finding in self.findings if finding.status == "right")
        object.__setattr__(self, "_points", round(self.max_points * earned / shares, 2) if shares else 0.0)

    @property
    def points(self) -> float:
        """Points earned; always 0.0 for a bonus task or a quiz."""
        return float(self._points)

    @property
    def status(self) -> Status:
        """*right* when every finding is, *not attempted* when none was attempted, *wrong* otherwise."""
        states = {finding.status for finding in self.findings}
        if states == {"right"}:
            return "right"
        return "not attempted" if states == {"not attempted"} else "wrong"

    @property
    def headline(self) -> str:
        """The outcome in a few words, with the points where there are any."""
        badge = _BADGES[self.status]
        if self.max_points:
            return f"{badge} · {self.points:g} of {self.max_points:g} points"
        return f"{badge} · done, no points" if self.status == "right" else f"{badge} · no points"

    @property
    def next_step(self) -> str:
        """What to do now; of a right answer what follows from it, or nothing."""
        if self.status == "right":
            return self.consequence
        if not self.hints:
            return ""
        if self.status == "not attempted":
            return "Next: fill in the answer cell above and run it, then run this cell again."
        told = any(_PLACE.search(finding.message) for finding in self.findings if finding.status == "wrong")
        stuck = "" if told else " Stuck? Open hint 1."
        return f"Next: change the answer cell above, run it, then run this cell again.{stuck}"

    @property
    def lines(self) -> list[str]:
        """One line a finding: the name, then what was found."""
        return [f"{finding.name}: {finding.message}" for finding in self.findings]

    def __repr__(self) -> str:
        """Return the points as nbgrader reads them."""
        return repr(self.points)

    def __str__(self) -> str:
        """Return the message as plain text."""
        return "\n".join([self.headline, *self.lines, *([self.next_step] if self.next_step else [])])

    def as_dict(self) -> dict[str, Any]:
        """Return everything about the outcome as JSON-ready data."""
        return {
            "task": self.task,
            "status": self.status,
            "points": self.points,
            "max_points": float(self.max_points),
            "headline": self.headline,
            "next_step": self.next_step,
            "findings": [
                {"name": f.name, "status": f.status, "message": f.message, "mistake": f.mistake} for f in self.findings
            ],
        }

    def as_html(self) -> str:
        """Return the message as HTML without scripts or addresses; the border's style says it without colour."""
        rows = "".join(
            f"<li><code>{escape(finding.name)}</code>: {code_spans(finding.message)}</li>" for finding in self.findings
        )
        step = f"<p style='margin:.3em 0 0'>{code_spans(self.next_step)}</p>" if self.next_step else ""
        return (
            f"<div role='status' style='border-left:4px {_BORDERS[self.status]} currentColor;padding:.3em .8em'>"
            f"<strong>{escape(self.headline)}</strong>"
            f"<ul style='margin:.3em 0 0;padding-left:1.2em'>{rows}</ul>{step}</div>"
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": self.as_html(), RESULT_MIME: self.as_dict()}


def code_spans(message: str) -> str:
    """Return `message` escaped, with its `quoted` names as code."""
    parts = escape(message, quote=False).split("`")
    if len(parts) % 2 == 0:  # an unpaired backtick, for example from an answer that is quoted back
        return "`".join(parts)
    return "".join(part if i % 2 == 0 else f"<code>{part}</code>" for i, part in enumerate(parts))
