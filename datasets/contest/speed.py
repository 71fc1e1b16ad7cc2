"""Time resamplers on sets of rising size, on one processor core, and write speed.csv.

It takes about two minutes. The seconds are processor time, so they hardly depend on what else runs; they do depend on
the machine.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pandas as pd
from imblearn.combine import SMOTEENN, SMOTETomek
from imblearn.over_sampling import SMOTE
from imblearn.under_sampling import RandomUnderSampler
from sklearn.datasets import make_classification
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

FILE = Path(__file__).with_name("speed.csv")
ROWS = (5_000, 10_000, 20_000, 40_000)
COLUMNS = (2, 20)


def ways() -> dict[str, list[Any]]:
    """Return what is timed: samplers that are applied one after the other."""
    return {
        "SMOTE": [SMOTE(sampling_strategy=0.5, random_state=1)],
        "SMOTETomek": [SMOTETomek(sampling_strategy=0.5, random_state=1)],
        "SMOTEENN": [SMOTEENN(sampling_strategy=0.5, random_state=1)],
        "undersample to 0.1, then SMOTEENN": [
            RandomUnderSampler(sampling_strategy=0.1, random_state=1),
            SMOTEENN(sampling_strategy=0.5, random_state=1),
        ],
    }


def seconds(samplers: list[Any], X: Any, y: Any) -> float:
    """Return the processor seconds that the samplers take, the best of two runs."""
    taken = []
    for _ in range(2):
        started = time.process_time()
        rows, labels = X, y
        for sampler in samplers:
            rows, labels = sampler.fit_resample(rows, labels)
        taken.append(time.process_time() - started)
    return min(taken)


def main() -> None:
    """Measure everything and write the file."""
    found = []
    for columns in COLUMNS:
        informative = min(columns, 10)
        for rows in ROWS:
            X, y = make_classification(
                n_samples=rows,
                n_features=columns,
                n_informative=informative,
                n_redundant=0,
                n_clusters_per_class=1,
                weights=[0.99, 0.01],
                flip_y=0,
                random_state=1,
            )
            X = StandardScaler().fit_transform(X)
            for name, samplers in ways().items():
                found.append({"way": name, "columns": columns, "rows": rows, "seconds": seconds(samplers, X, y)})
    table = pd.DataFrame(found).round({"seconds": 4})
    FILE.write_text(table.to_csv(index=False, lineterminator="\n"), encoding="utf-8")
    print(table.pivot(index=["columns", "way"], columns="rows", values="seconds"))


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
