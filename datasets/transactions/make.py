"""Write transactions.csv, or with --check say whether it is what the generator makes."""

import sys
from pathlib import Path

from imbalanced_course.simulation.data_file import write_or_check
from imbalanced_course.simulation.transactions import FILE_ROWS, FILE_SEED, make_transactions, transactions_csv

if __name__ == "__main__":
    payments = make_transactions(FILE_ROWS, seed=FILE_SEED)
    sys.exit(
        write_or_check(
            Path(__file__).with_name("transactions.csv"),
            transactions_csv(payments),
            rows=f"{FILE_ROWS:,} payments, {payments['is_fraud'].sum()} fraudulent",
            about=__doc__,
        )
    )
