"""A class without names, ids, texts and file names, to show to the class itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from coursework.reporting.records import ClassRecords

SEED = 7


def without_names(records: ClassRecords) -> ClassRecords:
    """Return the class with learners called *Learner 1*, *Learner 2* …, without reasons, texts, and files' names.

    Of what the learners gave, only which of it is equal stays. Who gets which number hangs on nothing but what the
    report shows of them: they are sorted by their outcomes and then shuffled by a fixed seed. So the order tells
    nothing, even to somebody with the list of the class.
    """
    order = sorted(records.learners, key=_shown_of_each(records).get)  # type: ignore[arg-type]
    shuffled = [order[place] for place in np.random.default_rng(SEED).permutation(len(order))]
    digits = len(str(len(order)))
    names = {student: f"Learner {number:0{digits}}" for number, student in enumerate(shuffled, start=1)}
    hand_ins = _renamed(records.hand_ins, names)
    return replace(
        records,
        learners=sorted(names.values()),
        hand_ins=hand_ins.assign(reason=""),
        outcomes=_renamed(records.outcomes, names),
        mistakes=_renamed(records.mistakes, names),
        unnamed=_renamed(_without_texts(records.unnamed), names),
        unmatched=[("", "", "") for _ in records.unmatched],
    )


def _shown_of_each(records: ClassRecords) -> dict[str, list[str]]:
    shown: dict[str, list[str]] = {student: [] for student in records.learners}
    tables = (records.hand_ins.drop(columns="reason"), records.outcomes, records.mistakes)
    for table in tables:
        for student, *values in table.itertuples(index=False):
            shown[student].append(repr(values))
    return {student: sorted(lines) for student, lines in shown.items()}


def _without_texts(unnamed: pd.DataFrame) -> pd.DataFrame:
    numbers, _ = pd.factorize(unnamed["message"], sort=True)
    return unnamed.assign(message=[f"answer {number}" for number in numbers])


def _renamed(table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    changed = table.assign(student=table["student"].map(names))
    return changed.sort_values(["student", "lesson"], kind="stable", ignore_index=True)
