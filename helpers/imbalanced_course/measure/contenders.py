"""What is tried on a table: models by themselves, and the treatments that the study found worth trying."""

from __future__ import annotations

import pandas as pd

from imbalanced_course.study import (
    DEFAULT,
    MODELS,
    NONE,
    TREATMENTS,
    TUNED,
    Contender,
    load_differences,
    over_sets,
)

FEW_POSITIVES = 200
"""The study's sets with at most so many positives are compared with tables that have few, the others with the rest."""

MOST_TREATED = 4
_RANKING, _MONEY = "average_precision", "cost_25_tuned"

NO_ONE, EVERYONE, AT_RANDOM = (Contender(name, "", NONE) for name in ("flag no one", "flag everyone", "flag at random"))
FLOORS = (NO_ONE, EVERYONE, AT_RANDOM)
"""Decisions without a model. The last one takes the place of flagging everyone where there is a budget."""


def by_themselves() -> list[Contender]:
    """Return each model with nothing resampled, default first and then tuned; a forest takes longest, so it's last."""
    models = sorted(MODELS, key=lambda model: model == "random forest")
    return [Contender(model, version, NONE) for version in (DEFAULT, TUNED) for model in models]


def worth_trying(positives: int) -> pd.DataFrame:
    """Return the treatments that the study gives some hope for, the most promising first.

    On the study's real sets with about as many positives, a treatment is worth trying where the loss of average
    precision isn't shown and the cost at a tuned threshold falls on average. Of these, at most four are taken, and at
    most two of a model or of a kind.

    Parameters
    ----------
    positives : int
        How many the table has.

    Returns
    -------
    DataFrame
        `model`, `version`, `treatment`; `cost` with the ends `low` and `high` of its interval over sets (the change, as
        a share of what the cheaper decision without a model costs); `sets` (how many).
    """
    stored = load_differences()
    few = stored["positives"] <= FEW_POSITIVES
    stored = stored[(stored["kind"] == "real") & (few if positives <= FEW_POSITIVES else ~few)]
    stored = stored[stored["model"].isin(MODELS) & stored["treatment"].isin(TREATMENTS) & (stored["treatment"] != NONE)]
    found = []
    for names, rows in stored.groupby(["model", "version", "treatment"]):
        ranking, money = (over_sets(rows[rows["metric"] == metric], metric) for metric in (_RANKING, _MONEY))
        if ranking.high >= 0 and money.mean < 0:
            found.append((*names, money.mean, money.low, money.high, money.sets))
    table = pd.DataFrame(found, columns=["model", "version", "treatment", "cost", "low", "high", "sets"])
    table = table.sort_values("cost", ignore_index=True)
    for column in ("model", "treatment"):
        table = table[table.groupby(column).cumcount() < 2]
    return table.head(MOST_TREATED).reset_index(drop=True)


def title(one: Contender) -> str:
    """Return what a contender is called in a sentence."""
    if one in FLOORS:
        return one.model
    model = one.model if one.version == DEFAULT else f"tuned {one.model}"
    return model if one.treatment == NONE else f"{model} with {_words(one.treatment)}"


def _words(treatment: str) -> str:
    return "copies and shrinkage" if treatment.startswith("copies,") else treatment
