"""Write screening.csv, or with --check say whether it is what the generator makes."""

import argparse
import sys
from pathlib import Path

from imbalanced_course.simulation.screening import FILE_ROWS, FILE_SEED, make_screening, screening_csv

FILE = Path(__file__).with_name("screening.csv")


def main() -> int:
    """Write or check the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where the file differs")
    people = make_screening(FILE_ROWS, seed=FILE_SEED)
    made = screening_csv(people)
    if parser.parse_args().check:
        same = FILE.exists() and FILE.read_bytes() == made
        print(f"{FILE.name} {'is' if same else 'is not'} what the generator makes")
        return 0 if same else 1
    FILE.write_bytes(made)
    ill = int(people["condition"].sum())
    print(f"wrote {FILE.name}: {FILE_ROWS:,} people, {ill} with the condition, {len(made):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
