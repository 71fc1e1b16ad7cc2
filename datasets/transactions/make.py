"""Write transactions.csv, or with --check say whether it is what the generator makes."""

import argparse
import sys
from pathlib import Path

from imbalanced_course.simulation.transactions import FILE_ROWS, FILE_SEED, make_transactions, transactions_csv

FILE = Path(__file__).with_name("transactions.csv")


def main() -> int:
    """Write or check the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where the file differs")
    made = transactions_csv(make_transactions(FILE_ROWS, seed=FILE_SEED))
    if parser.parse_args().check:
        same = FILE.exists() and FILE.read_bytes() == made
        print(f"{FILE.name} {'is' if same else 'is not'} what the generator makes")
        return 0 if same else 1
    FILE.write_bytes(made)
    print(f"wrote {FILE.name}: {FILE_ROWS:,} payments, {len(made):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
