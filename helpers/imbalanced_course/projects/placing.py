"""Where a result lies between the floor and a good reference, as text and as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from imbalanced_course.checks.result import code_spans

_BAR_WIDTH = 40


@dataclass(frozen=True)
class Placing:
    """The outcome of one project.

    `figure` is what counts, after what a broken constraint takes off; None where nothing could be judged, and then
    `problem` says why. `floor` and `reference` are figures of the same kind, and `layout` is the format of all three.
    `facts` are pairs of a name and a value in words, `notes` one sentence or two on each thing that went wrong.
    """

    title: str
    measure: str
    floor: float
    reference: float
    floor_is: str
    layout: str = ".3f"
    figure: float | None = None
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""

    @property
    def share(self) -> float | None:
        """The share of the way from the floor to the reference: 0 at the floor, 1 at the reference; or None."""
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
        """The way from the floor to the reference as a line of text, with a mark where the result lies."""
        place = round(max(0.0, min(1.0, self.share or 0.0)) * (_BAR_WIDTH - 1))
        way = "".join("●" if i == place else "─" for i in range(_BAR_WIDTH))
        return f"floor {self._told(self.floor)} ├{way}┤ {self._told(self.reference)} reference"

    def __repr__(self) -> str:
        """Return all of it as plain text."""
        if self.figure is None:
            return f"{self.headline}\n{self.problem}"
        lines = [self.headline, f"{self.measure}: {self._told(self.figure)}", self.bar]
        lines += [f"  {name}: {said}" for name, said in self.facts]
        lines += [f"! {note}" for note in self.notes] or ["No constraint is broken."]
        return "\n".join([*lines, f"The floor is {self.floor_is}."])

    def _repr_html_(self) -> str:
        """Return all of it as HTML without scripts or addresses."""
        if self.figure is None:
            body = f"<p style='margin:.3em 0 0'>{code_spans(self.problem)}</p>"
            return _box(self.headline, body, border="dotted")
        facts = "".join(f"<li>{escape(name)}: {escape(said)}</li>" for name, said in self.facts)
        notes = "".join(f"<li><strong>!</strong> {code_spans(note)}</li>" for note in self.notes)
        body = (
            f"<p style='margin:.3em 0 0'>{escape(self.measure)}: <strong>{self._told(self.figure)}</strong></p>"
            f"<pre style='margin:.3em 0'>{escape(self.bar)}</pre>"
            f"<ul style='margin:.3em 0;padding-left:1.2em'>{facts}{notes or '<li>No constraint is broken.</li>'}</ul>"
            f"<p style='margin:.3em 0 0'>The floor is {escape(self.floor_is)}.</p>"
        )
        return _box(self.headline, body, border="dashed" if self.notes else "solid")

    def _told(self, figure: float) -> str:
        return format(figure, self.layout)


def _box(headline: str, body: str, *, border: str) -> str:
    return (
        f"<div role='status' style='border-left:4px {border} currentColor;padding:.3em .8em'>"
        f"<strong>{escape(headline)}</strong>{body}</div>"
    )
