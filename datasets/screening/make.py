"""Write screening.csv, or with --check say whether it is what the generator makes."""

import sys
from pathlib import Path

from imbalanced_course.simulation.data_file import write_or_check
from imbalanced_course.simulation.screening import FILE_ROWS, FILE_SEED, make_screening, screening_csv

if __name__ == "__main__":
    people = make_screening(FILE_ROWS, seed=FILE_SEED)
    sys.exit(
        write_or_check(
            Path(__file__).with_name("screening.csv"),
            screening_csv(people),
            rows=f"{FILE_ROWS:,} people, {people['condition'].sum()} with the condition",
            about=__doc__,
        )
    )
