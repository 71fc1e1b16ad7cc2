"""Defects: a model from a thinned majority, and a threshold that fits a fixed daily number of reviews."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imbalanced_course.projects.delivered import CannotJudge, number, risks
from imbalanced_course.projects.placing import Placing

if TYPE_CHECKING:
    import pandas as pd

# The project's text states these.
PARTS_A_DAY, DEFECTS_A_DAY = 10_000, 10
REVIEWS_A_DAY = 100
ROWS_ALLOWED = 3_000
COST_REVIEW, COST_SHIPPED = 4, 900

REFERENCE = 0.465  # share found by tests/projects/defects.py; a test computes it again
SEED = 5000
# A million parts are drawn for their 1,000 defects; of the sound ones a tenth tells how many reach a threshold.
DRAWS, DRAWN_AT_ONCE, SOUND_KEPT = 10, 100_000, 10_000


def judge_defects(model: Any, threshold: Any, rows_fitted: Any) -> Placing:
    """Judge a model and a threshold on 1,000 fresh defects and 100,000 fresh sound parts.

    The figure is the share of defects found by 100 reviews a day, of 10,000 parts with 10 defects. Where more parts
    reach the threshold, a random 100 of them are reviewed: with A a day the share found is the recall times 100 / A.
    With other seeds the figure of the reference varies by 3 % of itself (standard deviation).

    Parameters
    ----------
    model : object
        Fitted, with `predict_proba`; gets every column but `defect`, or those it was fitted on.
    threshold : float
        A part is put aside for review where the score is `threshold` or more.
    rows_fitted : int
        How many rows the model was fitted on, 3,000 at most; more than that and nothing counts.

    Returns
    -------
    Placing
        The floor is reviewing the 100 parts a day that vibrate most; never raises.
    """
    placing = functools.partial(
        Placing,
        title="Defects",
        measure="Share of the defects found by 100 reviews a day",
        floor=_floor(),
        reference=REFERENCE,
        floor_is="reviewing the 100 parts a day that vibrate most",
    )
    try:
        cut = number("threshold", threshold, what="a part is reviewed at this score and above")
        rows = int(number("rows_fitted", rows_fitted, what="how many rows the model was fitted on", whole=True, low=2))
        defective, sound = _fresh()
        of_defects, of_sound = (
            risks(model, parts, columns=list(parts.columns), target="defect") for parts in (defective, sound)
        )
    except CannotJudge as error:
        return placing(problem=str(error))
    recall, flagged = _flagged(of_defects, of_sound, cut)
    found = recall * min(1.0, REVIEWS_A_DAY / flagged) if flagged else 0.0
    reviews, hits = min(flagged, REVIEWS_A_DAY), found * DEFECTS_A_DAY
    facts = (
        ("put aside", f"{flagged:,.0f} parts a day, with room for {REVIEWS_A_DAY}"),
        ("found", f"{hits:.1f} of {DEFECTS_A_DAY} defects a day, {hits / max(reviews, 1):.3f} of the reviews"),
        ("cost", f"{COST_REVIEW * reviews + COST_SHIPPED * (DEFECTS_A_DAY - hits):,.0f} euro a day"),
        ("without reviews", f"{COST_SHIPPED * DEFECTS_A_DAY:,.0f} euro a day"),
        ("scores read as risks", _promise(of_defects, of_sound)),
    )
    notes = _notes(of_defects, of_sound, cut=cut, flagged=flagged, found=found)
    if rows > ROWS_ALLOWED:
        notes.insert(
            0, f"The constraint is broken: fitted on {rows:,} rows, {ROWS_ALLOWED:,} are allowed. Nothing counts."
        )
    return placing(figure=found if rows <= ROWS_ALLOWED else 0.0, facts=facts, notes=tuple(notes))


def _notes(
    of_defects: npt.NDArray[np.float64],
    of_sound: npt.NDArray[np.float64],
    *,
    cut: float,
    flagged: float,
    found: float,
) -> list[str]:
    notes = []
    best_cut = float(np.quantile(of_sound, 1 - REVIEWS_A_DAY / PARTS_A_DAY))
    best = _flagged(of_defects, of_sound, best_cut)[0]
    if flagged > 1.15 * REVIEWS_A_DAY:
        why = ""
        if flagged > 3 * REVIEWS_A_DAY:
            why = " Was the threshold chosen on thinned rows, or on rows that the model was fitted on?"
        notes.append(
            f"The budget is broken: {flagged:,.0f} parts a day reach the threshold, and only {REVIEWS_A_DAY} of them "
            f"are reviewed.{why}"
        )
    elif flagged == 0:
        notes.append(f"No part reaches the threshold {cut:g}, so nothing is reviewed and nothing found.")
    elif flagged < 0.85 * REVIEWS_A_DAY:
        notes.append(f"Only {flagged:,.0f} of {REVIEWS_A_DAY} reviews a day are used: the threshold can be lower.")
    if found < 0.9 * best:
        notes.append(f"With a threshold that fits the budget this model would find {best:.3f} of the defects.")
    return notes


def _promise(of_defects: npt.NDArray[np.float64], of_sound: npt.NDArray[np.float64]) -> str:
    """Say what the scores would promise if they were read as risks; for the threshold it does not matter."""
    promised = (PARTS_A_DAY - DEFECTS_A_DAY) * float(np.mean(of_sound)) + DEFECTS_A_DAY * float(np.mean(of_defects))
    told = f"they promise {promised:,.1f} defects a day where there are {DEFECTS_A_DAY}"
    if 0.5 < promised / DEFECTS_A_DAY < 2:
        return told
    return f"{told}: good enough for a threshold, but correct them before you show one"


def _flagged(of_defects: npt.NDArray[np.float64], of_sound: npt.NDArray[np.float64], cut: float) -> tuple[float, float]:
    """Return the recall, and how many parts a day reach the threshold."""
    recall, false_alarms = float(np.mean(of_defects >= cut)), float(np.mean(of_sound >= cut))
    return recall, DEFECTS_A_DAY * recall + (PARTS_A_DAY - DEFECTS_A_DAY) * false_alarms


@functools.cache
def _floor() -> float:
    """Return the share found by reviewing what vibrates most, with every review used."""
    defective, sound = (np.asarray(parts["vibration"]) for parts in _fresh())
    recall, flagged = _flagged(defective, sound, float(np.quantile(sound, 1 - REVIEWS_A_DAY / PARTS_A_DAY)))
    return recall * min(1.0, REVIEWS_A_DAY / flagged)


@functools.cache
def _fresh() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return fresh defective and fresh sound parts, without the target."""
    import pandas as pd

    from imbalanced_course.simulation.defects import make_defects

    draws = [make_defects(DRAWN_AT_ONCE, seed=SEED + draw) for draw in range(DRAWS)]
    return (
        pd.concat([parts[parts["defect"] == 1] for parts in draws], ignore_index=True).drop(columns="defect"),
        pd.concat([parts[parts["defect"] == 0].head(SOUND_KEPT) for parts in draws], ignore_index=True).drop(
            columns="defect"
        ),
    )
