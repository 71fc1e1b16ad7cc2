"""Where a result is between the floor and a good reference, as text and as HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from imbalanced_course.checks.result import code_spans

_BAR_WIDTH = 40


def euros(amount: float) -> str:
    """Return an amount of money as in `€1,000`, without cents."""
    return f"{'-' * (round(amount) < 0)}€{abs(amount):,.0f}"


@dataclass(frozen=True)
class Placing:
    """The outcome of one project; it shows itself as text and as HTML.

    Attributes
    ----------
    title, measure : str
        The project's name, and what its figure is.
    floor, reference : float
        Figures of the same kind: what counts as the start, and what a good solution reaches.
    floor_is : str
        What the floor is, in words.
    layout : callable
        Writes a figure as text.
    figure : float or None
        What counts, after what a broken constraint takes off. None if nothing could be judged.
    facts : tuple of (str, str)
        Names and values in words.
    notes : tuple of str
        A few sentences on each thing that went wrong.
    problem : str
        Why nothing could be judged.

    See Also
    --------
    judge_fraud_alerts : Returns such an outcome.

    Examples
    --------
    >>> from imbalanced_course.projects import Placing
    >>> placing = Placing("Fraud alerts", "recall", floor=0.0, reference=0.25, floor_is="raising no alert", figure=0.2)
    >>> placing.share
    0.8
    >>> print(placing.headline)
    Fraud alerts: 80% of the way from the floor to the reference
    """

    title: str
    measure: str
    floor: float
    reference: float
    floor_is: str
    layout: Callable[[float], str] = "{:.3f}".format
    figure: float | None = None
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""

    @property
    def share(self) -> float | None:
        """The share of the way from the floor (0) to the reference (1), or None."""
        return None if self.figure is None else (self.figure - self.floor) / (self.reference - self.floor)

    @property
    def headline(self) -> str:
        """The outcome in a few words."""
        share = self.share
        if share is None:
            return f"○ {self.title}: not judged"
        if share < -0.005:
            return f"{self.title}: below the floor"
        beyond = ", and beyond it" if share > 1.03 else ", as good as it" if share > 0.97 else ""
        return f"{self.title}: {share:.0%} of the way from the floor to the reference{beyond}"

    @property
    def bar(self) -> str:
        """The way from the floor to the reference as a line of text, with a mark at the result."""
        place = round(max(0.0, min(1.0, self.share or 0.0)) * (_BAR_WIDTH - 1))
        way = "".join("●" if i == place else "─" for i in range(_BAR_WIDTH))
        return f"floor {self.layout(self.floor)} ├{way}┤ {self.layout(self.reference)} reference"

    def __repr__(self) -> str:
        """Return all of it as plain text."""
        if self.figure is None:
            return f"{self.headline}\n{self.problem}"
        lines = [self.headline, f"{self.measure}: {self.layout(self.figure)}", self.bar]
        lines += [f"  {name}: {words}" for name, words in self.facts]
        lines += [f"! {note}" for note in self.notes] or ["No constraint is broken."]
        return "\n".join([*lines, f"The floor is {self.floor_is}."])

    def _repr_html_(self) -> str:
        """Return all of it as HTML without scripts or addresses."""
        if self.figure is None:
            body = f"<p style='margin:.3em 0 0'>{code_spans(self.problem)}</p>"
            return _box(self.headline, body, border="dotted")
        facts = "".join(f"<li>{escape(name)}: {escape(words)}</li>" for name, words in self.facts)
        notes = "".join(f"<li><strong>!</strong> {code_spans(note)}</li>" for note in self.notes)
        body = (
            f"<p style='margin:.3em 0 0'>{escape(self.measure)}: <strong>{self.layout(self.figure)}</strong></p>"
            f"<pre style='margin:.3em 0'>{escape(self.bar)}</pre>"
            f"<ul style='margin:.3em 0;padding-left:1.2em'>{facts}{notes or '<li>No constraint is broken.</li>'}</ul>"
            f"<p style='margin:.3em 0 0'>The floor is {escape(self.floor_is)}.</p>"
        )
        return _box(self.headline, body, border="dashed" if self.notes else "solid")


def _box(headline: str, body: str, *, border: str) -> str:
    return (
        f"<div role='status' style='border-left:4px {border} currentColor;padding:.3em .8em'>"
        f"<strong>{escape(headline)}</strong>{body}</div>"
    )
