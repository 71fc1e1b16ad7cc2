"""Write defects.csv, or with --check say whether it is what the generator makes."""

import argparse
import sys
from pathlib import Path

from imbalanced_course.simulation.defects import FILE_ROWS, FILE_SEED, defects_csv, make_defects

FILE = Path(__file__).with_name("defects.csv")


def main() -> int:
    """Write or check the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where the file differs")
    parts = make_defects(FILE_ROWS, seed=FILE_SEED)
    made = defects_csv(parts)
    if parser.parse_args().check:
        same = FILE.exists() and FILE.read_bytes() == made
        print(f"{FILE.name} {'is' if same else 'is not'} what the generator makes")
        return 0 if same else 1
    FILE.write_bytes(made)
    bad = int(parts["defect"].sum())
    print(f"wrote {FILE.name}: {FILE_ROWS:,} parts, {bad} defective, {len(made):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
