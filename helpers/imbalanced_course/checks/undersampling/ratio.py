"""What is wrong with the counts after undersampling, and what the errors mean that a wrong ratio leads to."""

from __future__ import annotations

import numpy as np

UPSIDE_DOWN = "that is majority over minority: `sampling_strategy` is minority over majority, so at most 1"
CANNOT_ADD = (
    "Undersampling cannot add rows, and with this number the majority would have to grow. `sampling_strategy` is "
    "minority over majority, the ratio after resampling"
)
TOO_MANY_KEPT = (
    "A dict gives the number of rows that each class keeps, and this one asks for more rows than a class has. Keep all "
    "rows of the minority, which is label 1, and fewer of the majority"
)
RATIO_ERRORS = {
    "float in the range (0.0, 1.0]": UPSIDE_DOWN,
    "should be in the range": UPSIDE_DOWN,
    "remove samples": CANNOT_ADD,
    "less or equal to the original number": TOO_MANY_KEPT,
    "larger sample than population": "it asks for more majority rows than there are: is the ratio upside down?",
}


def ratio_fault(labels: np.ndarray, positives: int, wanted: float) -> str | None:
    """Return what is wrong with the counts of undersampled labels, or None.

    Parameters
    ----------
    labels : array of 0 and 1
        After undersampling.
    positives : int
        Minority rows before.
    wanted : float
        Majority rows that there should be.
    """
    majority, minority = int(np.sum(labels == 0)), int(np.sum(labels == 1))
    if minority < positives:
        return f"only {minority} of {positives} minority rows are left: undersampling drops majority rows alone"
    if abs(majority - wanted) <= 1:
        return None
    # wanted = positives * k; upside down they are positives / k.
    if wanted > positives and abs(majority - positives * positives / wanted) <= 1:
        return f"the ratio is majority over minority upside down: {majority} majority rows for {minority} minority rows"
    if majority == minority:
        return "both classes have the same number of rows: the ratio asked for is another one"
    return (
        f"{majority} majority rows are left for {minority} minority rows; that isn't the number that the ratio asks for"
    )
