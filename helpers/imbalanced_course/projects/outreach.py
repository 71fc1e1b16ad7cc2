"""Outreach: rank a region by risk, invite the top N, and tell each one a risk that is true."""

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
PEOPLE = 100_000
ROOM = 15_000  # examinations that can be held
COST_INVITATION, WORTH_FOUND = 20, 150
CALIBRATED, USELESS = 0.01, 0.03  # mean difference of told and true risk: all counts, nothing counts

FLOOR_INVITED = 10_000  # the oldest
REFERENCE = 195_000.0  # euro, of tests/projects/outreach.py; a test computes it again
SEED = 778


def judge_outreach(model: Any, n_invited: Any) -> Placing:
    """Judge a model and a number of invitations on 100,000 fresh people.

    The figure is money: 150 euro for each condition found among the first 15,000 of the `n_invited` with the highest
    risk, less 20 euro for each invitation. It counts whole where risks are calibrated: people are put into ten equal
    groups by their risk, and the difference of the mean told and the mean true risk, averaged over the groups, is 0.01
    at most. From there to 0.03 the part above the floor falls to nothing. With other seeds the figure of the reference
    varies by 1.5 % of itself (standard deviation).

    Parameters
    ----------
    model : object
        Fitted, with `predict_proba`; gets every column but `condition`, or those it was fitted on.
    n_invited : int
        How many of the 100,000 are invited.

    Returns
    -------
    Placing
        The floor is inviting the 10,000 oldest; never raises.
    """
    people, true = _fresh()
    floor = money(np.asarray(people["age"], dtype=float), true, FLOOR_INVITED)
    placing = functools.partial(
        Placing,
        title="Outreach",
        measure="Money that counts, euro",
        floor=floor,
        reference=REFERENCE,
        layout=",.0f",
        floor_is=f"inviting the {FLOOR_INVITED:,} oldest, without a model",
    )
    try:
        invited = int(number("n_invited", n_invited, what="how many of the 100,000 are invited", whole=True, low=0))
        if invited > PEOPLE:
            raise CannotJudge(f"`n_invited` is {invited:,}, but there are only {PEOPLE:,} people.")
        told = risks(model, people, columns=list(people.columns), target="condition")
    except CannotJudge as error:
        return placing(problem=str(error))
    earned, off = money(told, true, invited), calibration_error(told, true)
    trust = float(np.clip((USELESS - off) / (USELESS - CALIBRATED), 0, 1))
    figure = floor + trust * (earned - floor) if earned > floor else earned
    examined = np.argsort(-told, kind="stable")[: min(invited, ROOM)]
    facts = (
        ("invited", f"{invited:,} of {PEOPLE:,}, {true[examined].sum():,.0f} of {true.sum():,.0f} conditions found"),
        ("earned", f"{earned:,.0f} euro"),
        ("risks", f"off by {100 * off:.1f} in 100 on average over ten groups; 1.0 is allowed"),
        ("the invited", f"told a mean risk of {_mean(told[examined])}, {_mean(true[examined])} have the condition"),
    )
    return placing(figure=figure, facts=facts, notes=tuple(_notes(told, true, invited, earned, off)))


def money(scores: npt.NDArray[np.float64], true: npt.NDArray[np.float64], invited: int) -> float:
    """Return the euro earned by inviting those with the highest scores; only the first 15,000 can be examined."""
    first = np.argsort(-scores, kind="stable")[: min(invited, ROOM)]
    return float(WORTH_FOUND * true[first].sum() - COST_INVITATION * invited)


def calibration_error(told: npt.NDArray[np.float64], true: npt.NDArray[np.float64], groups: int = 10) -> float:
    """Return the mean difference of told and true risk over equal groups of people, ordered by the risk told."""
    parts = np.array_split(np.argsort(told, kind="stable"), groups)
    return float(np.mean([abs(told[part].mean() - true[part].mean()) for part in parts]))


def _notes(
    told: npt.NDArray[np.float64], true: npt.NDArray[np.float64], invited: int, earned: float, off: float
) -> list[str]:
    notes = []
    if invited > ROOM:
        notes.append(
            f"The constraint is broken: {invited:,} are invited and {ROOM:,} can be examined. The others' invitations "
            "are paid and find nobody."
        )
    if off > CALIBRATED:
        mean_told, mean_true = told.mean(), true.mean()
        if mean_told > 1.3 * mean_true:
            why = "weights or resampling raise the risks: leave the data alone, or correct the odds"
        elif mean_told < mean_true / 1.3:
            why = "all risks are too low: were negatives added, or the model fitted on other people?"
        else:
            highest = np.argsort(told, kind="stable")[-len(told) // 10 :]
            pair = f"the highest tenth is told {told[highest].mean():.3f} and has {true[highest].mean():.3f}"
            if told[highest].mean() > true[highest].mean():
                why = f"{pair}, so the model is too sure of itself: calibrate it, or fit a simpler one"
            else:
                why = f"{pair}, so the model is not sure enough: fit one that can learn more, or calibrate it"
        notes.append(
            f"The risks are not calibrated: off by {100 * off:.1f} in 100 on average, mean told {mean_told:.3f}, mean "
            f"true {mean_true:.3f} ({why}). " + ("Nothing above the floor counts." if off >= USELESS else "That costs.")
        )
    order = np.argsort(-told, kind="stable")[:ROOM]
    by_number = np.cumsum(WORTH_FOUND * true[order] - COST_INVITATION)
    best = int(np.argmax(by_number)) + 1
    if invited <= ROOM and by_number[best - 1] - earned > 0.05 * abs(by_number[best - 1]):
        many = "too few" if invited < best else "too many"
        notes.append(
            f"{invited:,} invitations are {many} for this model: about {round(best, -3):,} would earn "
            f"{by_number[best - 1]:,.0f} euro. From which risk on does an invitation pay?"
        )
    return notes


def _mean(values: npt.NDArray[np.float64]) -> str:
    return f"{values.mean():.3f}" if len(values) else "nobody"


@functools.cache
def _fresh() -> tuple[pd.DataFrame, npt.NDArray[np.float64]]:
    from imbalanced_course.simulation.screening import make_screening, true_condition_probability

    people = make_screening(PEOPLE, seed=SEED)
    return people.drop(columns="condition"), true_condition_probability(people)
