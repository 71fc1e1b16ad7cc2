"""Write defects.csv, or with --check say whether it is what the generator makes."""

import sys
from pathlib import Path

from imbalanced_course.simulation.data_file import write_or_check
from imbalanced_course.simulation.defects import FILE_ROWS, FILE_SEED, defects_csv, make_defects

if __name__ == "__main__":
    parts = make_defects(FILE_ROWS, seed=FILE_SEED)
    sys.exit(
        write_or_check(
            Path(__file__).with_name("defects.csv"),
            defects_csv(parts),
            rows=f"{FILE_ROWS:,} parts, {parts['defect'].sum()} defective",
            about=__doc__,
        )
    )
