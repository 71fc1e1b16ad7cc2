"""What is wrong with the counts after undersampling, and what the errors mean that a wrong ratio leads to."""

from __future__ import annotations

import numpy as np

UPSIDE_DOWN = (
    "That's majority over minority. `sampling_strategy` is minority over majority, so it's at most 1; take the inverse "
    "(section 1)."
)
CANNOT_ADD = (
    "Undersampling can't add rows, and with this number the majority would have to grow. `sampling_strategy` is "
    "minority over majority, after resampling (section 1)."
)
TOO_MANY_KEPT = (
    "A dict gives the number of rows that each class keeps, and this one asks for more rows than a class has. Keep all "
    "rows of the minority, which is label 1, and fewer of the majority (section 1)."
)
RATIO_ERRORS = {
    "float in the range (0.0, 1.0]": UPSIDE_DOWN,
    "should be in the range": UPSIDE_DOWN,
    "remove samples": CANNOT_ADD,
    "less or equal to the original number": TOO_MANY_KEPT,
    "larger sample than population": "It asks for more majority rows than there are. Is the ratio inverted?",
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
        Majority rows that there should be. A whole number must be met; of another one either neighbor will do,
        because samplers round.
    """
    majority, minority = int(np.sum(labels == 0)), int(np.sum(labels == 1))
    if minority < positives:
        return f"Only {minority} of {positives} minority rows are left. Undersampling drops only majority rows."
    if abs(majority - wanted) < 1:
        return None
    # wanted = positives * k; inverted they are positives / k.
    if wanted > positives and abs(majority - positives * positives / wanted) <= 1:
        return (
            f"The ratio is majority over minority: {majority} majority rows for {minority} minority rows. "
            "Take the inverse (section 1)."
        )
    if majority == minority:
        return (
            "Both classes have the same number of rows. The task asks for another ratio, so set `sampling_strategy` "
            "(section 1)."
        )
    return (
        f"{majority} majority rows are left for {minority} minority rows, and that isn't the number that the ratio "
        "asks for."
    )
