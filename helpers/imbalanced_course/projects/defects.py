"""Defects: a model from an undersampled majority, and a threshold that fits a fixed daily number of reviews."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imbalanced_course.projects.delivered import CannotJudge, number, probabilities
from imbalanced_course.projects.placing import Placing, euros

if TYPE_CHECKING:
    import pandas as pd

# The project's text states these.
PARTS_A_DAY, DEFECTS_A_DAY = 10_000, 10
REVIEWS_A_DAY = 100
ROWS_ALLOWED = 3_000
COST_REVIEW, COST_SHIPPED = 4, 900

REFERENCE = 0.465  # share found by tests/projects/defects.py; a test computes it again
SEED = 5000
# A million parts are drawn for their 1,000 defects; a tenth of the sound ones shows how many reach a threshold.
DRAWS, DRAWN_AT_ONCE, SOUND_KEPT = 10, 100_000, 10_000


def judge_defects(model: Any, threshold: Any, rows_fitted: Any) -> Placing:
    """Judge a model and a threshold on 1,000 new defects and 100,000 new sound parts.

    The figure is the share of the defects that 100 reviews a day find in 10,000 parts with 10 defects. If A parts a day
    reach the threshold and A is more than 100, a random 100 of them are reviewed, so the share is recall times 100 / A.
    With other seeds the figure of the reference varies by 3% of itself (standard deviation). It never raises: a
    delivery that can't be judged is answered with one sentence. The first call takes a few seconds, because it draws a
    million parts.

    Parameters
    ----------
    model : object
        Fitted, with `predict_proba`; gets every column but `defect`, or those it was fitted on.
    threshold : float
        A part is put aside for review if its score is `threshold` or more.
    rows_fitted : int
        How many rows the model was fitted on, at most 3,000. Nothing counts if there are more.

    Returns
    -------
    Placing
        The floor is reviewing the 100 parts a day that vibrate most.

    See Also
    --------
    imbalanced_course.datasets.load_defects : The parts to learn from.

    Examples
    --------
    A model that gives every part the same score has every part put aside:

    >>> from sklearn.dummy import DummyClassifier
    >>> from imbalanced_course.datasets import load_defects
    >>> from imbalanced_course.projects import judge_defects
    >>> parts = load_defects().head(3000)
    >>> model = DummyClassifier().fit(parts.drop(columns="defect"), parts["defect"])
    >>> placing = judge_defects(model, threshold=0, rows_fitted=3000)
    >>> print(placing.headline)
    Defects: below the floor
    >>> dict(placing.facts)["put aside"]
    '10,000 parts per day, with room for 100'
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
        lowest = number("threshold", threshold, what="a part is reviewed at this score or above")
        rows = int(number("rows_fitted", rows_fitted, what="how many rows the model was fitted on", whole=True, low=2))
        defective, sound = _fresh()
        of_defects, of_sound = (
            probabilities(model, parts, columns=list(parts.columns), target="defect") for parts in (defective, sound)
        )
    except CannotJudge as error:
        return placing(problem=str(error))
    recall, flagged = _flagged(of_defects, of_sound, lowest)
    found = recall * min(1.0, REVIEWS_A_DAY / flagged) if flagged else 0.0
    reviews, hits = min(flagged, REVIEWS_A_DAY), found * DEFECTS_A_DAY
    facts = (
        ("put aside", f"{flagged:,.0f} parts per day, with room for {REVIEWS_A_DAY}"),
        ("found", f"{hits:.1f} of {DEFECTS_A_DAY} defects per day, in {hits / max(reviews, 1):.3f} of the reviews"),
        ("cost", f"{euros(COST_REVIEW * reviews + COST_SHIPPED * (DEFECTS_A_DAY - hits))} per day"),
        ("without reviews", f"{euros(COST_SHIPPED * DEFECTS_A_DAY)} per day"),
        ("scores read as probabilities", _promise(of_defects, of_sound)),
    )
    notes = _notes(of_defects, of_sound, threshold=lowest, flagged=flagged, found=found)
    if rows > ROWS_ALLOWED:
        notes.insert(
            0,
            f"The constraint is broken, so nothing counts. The model was fitted on {rows:,} rows, and the controller "
            f"takes {ROWS_ALLOWED:,}.",
        )
    return placing(figure=found if rows <= ROWS_ALLOWED else 0.0, facts=facts, notes=tuple(notes))


def _notes(
    of_defects: npt.NDArray[np.float64],
    of_sound: npt.NDArray[np.float64],
    *,
    threshold: float,
    flagged: float,
    found: float,
) -> list[str]:
    notes = []
    best_threshold = float(np.quantile(of_sound, 1 - REVIEWS_A_DAY / PARTS_A_DAY))
    best = _flagged(of_defects, of_sound, best_threshold)[0]
    if flagged > 1.15 * REVIEWS_A_DAY:
        why = ""
        if flagged > 3 * REVIEWS_A_DAY:
            why = " Was the threshold chosen on undersampled rows, or on rows that the model was fitted on?"
        notes.append(
            f"The budget is broken, because {flagged:,.0f} parts per day reach the threshold and only {REVIEWS_A_DAY} "
            f"of them are reviewed.{why}"
        )
    elif flagged == 0:
        notes.append(f"No part reaches the threshold {threshold:g}, so nothing is reviewed or found.")
    elif flagged < 0.85 * REVIEWS_A_DAY:
        notes.append(f"Only {flagged:,.0f} of {REVIEWS_A_DAY} reviews per day are used, so the threshold can be lower.")
    if found < 0.9 * best:
        notes.append(f"With a threshold that fits the budget this model would find {best:.3f} of the defects.")
    return notes


def _promise(of_defects: npt.NDArray[np.float64], of_sound: npt.NDArray[np.float64]) -> str:
    """Say how many defects the scores would promise as probabilities; for the threshold it doesn't matter."""
    promised = (PARTS_A_DAY - DEFECTS_A_DAY) * float(np.mean(of_sound)) + DEFECTS_A_DAY * float(np.mean(of_defects))
    said = f"they promise {promised:,.1f} defects per day, and there are {DEFECTS_A_DAY}"
    if 0.5 < promised / DEFECTS_A_DAY < 2:
        return said
    return f"{said}; a threshold works all the same, but correct them before you show one"


def _flagged(
    of_defects: npt.NDArray[np.float64], of_sound: npt.NDArray[np.float64], threshold: float
) -> tuple[float, float]:
    """Return the recall, and how many parts per day reach the threshold."""
    recall, false_alarms = float(np.mean(of_defects >= threshold)), float(np.mean(of_sound >= threshold))
    return recall, DEFECTS_A_DAY * recall + (PARTS_A_DAY - DEFECTS_A_DAY) * false_alarms


@functools.cache
def _floor() -> float:
    """Return the share found by reviewing what vibrates most, with every review used."""
    defective, sound = (np.asarray(parts["vibration"]) for parts in _fresh())
    recall, flagged = _flagged(defective, sound, float(np.quantile(sound, 1 - REVIEWS_A_DAY / PARTS_A_DAY)))
    return recall * min(1.0, REVIEWS_A_DAY / flagged)


@functools.cache
def _fresh() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return new defective and new sound parts, without the target."""
    import pandas as pd

    from imbalanced_course.simulation.defects import make_defects

    draws = [make_defects(DRAWN_AT_ONCE, seed=SEED + draw) for draw in range(DRAWS)]
    return (
        pd.concat([parts[parts["defect"] == 1] for parts in draws], ignore_index=True).drop(columns="defect"),
        pd.concat([parts[parts["defect"] == 0].head(SOUND_KEPT) for parts in draws], ignore_index=True).drop(
            columns="defect"
        ),
    )
