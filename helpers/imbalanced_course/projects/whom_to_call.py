"""Whom to call: rank a list of clients, call the first N, and predict probabilities that come true."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imbalanced_course.projects.delivered import CannotJudge, number, probabilities
from imbalanced_course.projects.placing import Placing, euros
from imbalanced_course.real_data import BANK_CALLS_LEAK, BANK_CALLS_TARGET, load_bank_calls

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

# The project's text states these.
CLIENTS = 22_606
ROOM = 6_000  # calls that can be made
COST_CALL, WORTH_SUBSCRIPTION = 8, 40
CALIBRATED, USELESS = 0.015, 0.04  # mean difference of predicted and observed: all counts, nothing counts

REFERENCE = 31_300.0  # euros, of tests/projects/whom_to_call.py; a test computes it again
SEED = 779
TENTHS = 10
# Of the first 1,000 clients of our best models, a good 600 subscribed. Only a model that knows the outcomes gets there.
FIRST, TOO_GOOD = 1_000, 800


def known_calls() -> pd.DataFrame:
    """Return the half of the bank calls with known outcomes.

    Returns
    -------
    pandas.DataFrame
        22,605 rows with the columns of `real_data.load_bank_calls()`, drawn at random and in random order. The index is
        a call's place in time among all calls.

    See Also
    --------
    imbalanced_course.real_data.load_bank_calls : Describes the columns and names the source.
    judge_whom_to_call : Judges on the other half.

    Examples
    --------
    >>> from imbalanced_course.projects import known_calls
    >>> calls = known_calls()
    >>> calls.shape
    (22605, 17)
    """
    return _halves()[0].copy()


def judge_whom_to_call(model: Any, n_calls: Any) -> Placing:
    """Judge a model and a number of calls on the other half of the bank calls, 22,606 real clients.

    The figure is money: 40 euros for each subscription among the first 6,000 of the `n_calls` clients with the highest
    probability, minus 8 euros for each of the `n_calls`. No call has been made yet, so `duration` is 0 in each row. All
    of the figure counts if the probabilities are calibrated: the clients form ten equal groups by probability, and the
    difference between the mean prediction and the share that subscribed, averaged over the groups, is at most 0.015.
    Luck alone gives 0.005. From there to 0.04 the part above the floor falls to nothing. It never raises: a delivery
    that can't be judged is answered with one sentence.

    Parameters
    ----------
    model : object
        Fitted, with `predict_proba`; gets every column but `subscribed`, or those it was fitted on.
    n_calls : int
        How many of the 22,606 clients are called.

    Returns
    -------
    Placing
        The floor is calling everyone whom an earlier campaign won.

    See Also
    --------
    known_calls : The calls to learn from.

    Examples
    --------
    A model of five numbers earns less than the clients whom an earlier campaign won:

    >>> from sklearn.linear_model import LogisticRegression
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.preprocessing import StandardScaler
    >>> from imbalanced_course.projects import judge_whom_to_call, known_calls
    >>> calls = known_calls()
    >>> numbers = ["age", "balance", "campaign", "pdays", "previous"]
    >>> model = make_pipeline(StandardScaler(), LogisticRegression()).fit(calls[numbers], calls["subscribed"])
    >>> placing = judge_whom_to_call(model, n_calls=1000)
    >>> placing.figure < placing.floor
    True
    >>> print(placing.headline)
    Whom to call: below the floor
    """
    clients, outcomes = _waiting()
    won = np.asarray(clients["poutcome"] == "success", dtype=float)
    floor = money(won, outcomes, int(won.sum()))
    placing = functools.partial(
        Placing,
        title="Whom to call",
        measure="Money that counts",
        floor=floor,
        reference=REFERENCE,
        layout=euros,
        floor_is=f"calling the {won.sum():,.0f} clients whom an earlier campaign won, without a model",
    )
    try:
        calls = int(number("n_calls", n_calls, what="how many clients are called", whole=True, low=0))
        if calls > CLIENTS:
            raise CannotJudge(f"`n_calls` is {calls:,}, but the list has only {CLIENTS:,} clients.")
        predicted = _predicted(model, clients.assign(**{BANK_CALLS_LEAK: 0}))
        leak = _leak(model, clients, predicted, outcomes, calls)
    except CannotJudge as error:
        return placing(problem=str(error))
    earned, off = money(predicted, outcomes, calls), calibration_error(predicted, outcomes)
    trust = float(np.clip((USELESS - off) / (USELESS - CALIBRATED), 0, 1))
    figure = floor + trust * (earned - floor) if earned > floor else earned
    called = _order(predicted)[: min(calls, ROOM)]
    facts: list[tuple[str, str]] = [
        (
            "called",
            f"{len(called):,} of {CLIENTS:,} clients, {outcomes[called].sum():,.0f} of {outcomes.sum():,.0f} "
            "subscriptions among them",
        ),
        ("earned", euros(earned)),
        ("probabilities", f"off by {off:.3f} on average over ten groups; 0.015 is fine, and luck gives 0.005"),
    ]
    if len(called):
        mean, subscribed = predicted[called].mean(), outcomes[called].mean()
        facts.append(("the clients called", f"predicted {mean:.3f} on average; {subscribed:.3f} subscribed"))
    notes = leak or _calibration(predicted, outcomes, off)
    notes += _number_of_calls(predicted, outcomes, calls)
    if outcomes[_order(predicted)[:FIRST]].sum() > TOO_GOOD:
        figure = 0.0
        notes = [_too_good(predicted, outcomes)]
    return placing(figure=figure, facts=tuple(facts), notes=tuple(notes))


def money(scores: Floats, outcomes: Floats, calls: int) -> float:
    """Return the euros earned by calling the clients with the highest scores; only the first 6,000 calls are made."""
    return float(WORTH_SUBSCRIPTION * outcomes[_order(scores)[: min(calls, ROOM)]].sum() - COST_CALL * calls)


def calibration_error(predicted: Floats, outcomes: Floats) -> float:
    """Return the mean difference between prediction and observed share over ten equal groups, ordered by prediction."""
    groups = np.array_split(_order(predicted), TENTHS)
    return float(np.mean([abs(predicted[group].mean() - outcomes[group].mean()) for group in groups]))


def _predicted(model: Any, clients: pd.DataFrame) -> Floats:
    return probabilities(model, clients, columns=list(clients.columns), target=BANK_CALLS_TARGET)


def _leak(model: Any, clients: pd.DataFrame, predicted: Floats, outcomes: Floats, calls: int) -> list[str]:
    # A pipeline may be given the column and drop it, so what counts is whether it changes a prediction.
    if np.allclose(_predicted(model, clients.head(FIRST)), predicted[:FIRST], rtol=0, atol=1e-9):
        return []
    with_leak = _predicted(model, clients)
    return [
        f"The model uses `{BANK_CALLS_LEAK}`, which is the length of the call. No one knows it before the call, so "
        f"on the list it's 0 for each client. With the lengths of the real calls, this delivery would seem to earn "
        f"{euros(money(with_leak, outcomes, calls))}. Fit the model without the column (lesson 4, section 4)."
    ]


def _too_good(predicted: Floats, outcomes: Floats) -> str:
    hits = outcomes[_order(predicted)[:FIRST]].sum()
    return (
        f"Nothing counts: {hits:,.0f} of the first {FIRST:,} clients subscribed, which is more than anyone can know "
        "before the calls. The model was fitted on the list itself. Fit it on `known_calls()` only, because "
        "`load_bank_calls()` has the list's outcomes, too."
    )


def _calibration(predicted: Floats, outcomes: Floats, off: float) -> list[str]:
    if off <= CALIBRATED:
        return []
    said, came = predicted.mean(), outcomes.mean()
    if not 1 / 1.25 < said / came < 1.25:
        why = f"On average {said:.3f} is predicted, and {came:.3f} subscribed. " + (
            "Weights and resampling raise all probabilities, so fit without them, or correct the odds (lesson 4, "
            "section 5)."
            if said > came
            else "Probabilities this low come from other calls than these. Fit on all known calls, not only on early "
            "ones, and don't add negatives."
        )
    else:
        why = _confidence(predicted, outcomes)
    counts = "Nothing above the floor counts" if off >= USELESS else "Only a part of the gain over the floor counts"
    return [f"The probabilities aren't calibrated. {why} {counts}."]


def _confidence(predicted: Floats, outcomes: Floats) -> str:
    """Say whether the predictions of the highest and the lowest tenth are too far apart or too close together."""
    tenths = np.array_split(_order(predicted), TENTHS)
    (high, high_came), (low, low_came) = (
        (predicted[one].mean(), outcomes[one].mean()) for one in (tenths[0], tenths[-1])
    )
    said, came = high - low, high_came - low_came
    pair = (
        f"In the highest tenth of the clients, {high:.3f} is predicted and {high_came:.3f} subscribed. In the lowest "
        f"tenth, it's {low:.3f} and {low_came:.3f}. "
    )
    if said > 1.05 * came:
        return (
            f"{pair}The model is overconfident, because its probabilities are too far apart. Calibrate it, or fit a "
            "simpler one, for example with fewer or larger leaves."
        )
    if said < came / 1.05:
        return (
            f"{pair}The model is underconfident, because its probabilities are too close together. Let it learn more, "
            "for example in more rounds or with smaller leaves, or calibrate it."
        )
    return f"{pair}Both ends fit, so the error is between them. Look at the reliability curve, and calibrate the model."


def _number_of_calls(predicted: Floats, outcomes: Floats, calls: int) -> list[str]:
    if calls > ROOM:
        return [
            f"The constraint is broken: {calls:,} calls are ordered, and only {ROOM:,} can be made. The others cost "
            f"{euros(COST_CALL)} each and reach no one."
        ]
    by_number = np.cumsum(WORTH_SUBSCRIPTION * outcomes[_order(predicted)[:ROOM]] - COST_CALL)
    best, earned = float(by_number.max()), money(predicted, outcomes, calls)
    if earned == best and calls != ROOM:
        return [
            f"{calls:,} is exactly the number that earns most on this list, which no one can know before the calls. "
            "If you looked for it here, choose it again on your own calls."
        ]
    if best - earned > 0.05 * abs(best):
        few = bool(calls < np.argmax(by_number))
        worth = int(np.sum(predicted >= COST_CALL / WORTH_SUBSCRIPTION))
        if abs(calls - min(worth, ROOM)) <= 0.05 * calls:
            return [
                f"{calls:,} calls fit these probabilities. On this list {'more' if few else 'fewer'} would have paid, "
                f"because the probabilities are a little too {'low' if few else 'high'}."
            ]
        many = "few" if few else "many"
        return [f"{calls:,} calls are too {many} for this model. From which probability on does a call pay?"]
    return []


def _order(scores: Floats) -> npt.NDArray[np.intp]:
    return np.argsort(-scores, kind="stable")


def _waiting() -> tuple[pd.DataFrame, Floats]:
    """Return the clients on the list and whether they subscribed."""
    calls = _halves()[1]
    return calls.drop(columns=BANK_CALLS_TARGET), calls[BANK_CALLS_TARGET].to_numpy(dtype=float)


@functools.cache
def _halves() -> tuple[pd.DataFrame, pd.DataFrame]:
    # In random order, because the calls are in the order of time: neither half should know more of the later ones.
    calls = load_bank_calls()
    shuffled = calls.iloc[np.random.default_rng(SEED).permutation(len(calls))]
    return shuffled.iloc[:-CLIENTS], shuffled.iloc[-CLIENTS:]
