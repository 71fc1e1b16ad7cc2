"""Writing a data set's file, or saying whether it is what its generator makes: what every `make.py` does."""

from __future__ import annotations

import argparse
from pathlib import Path


def write_or_check(file: Path, made: bytes, *, rows: str, about: str | None) -> int:
    """Write the file, or with `--check` on the command line only compare it; return the exit code.

    Parameters
    ----------
    file : Path
        The data file.
    made : bytes
        What the generator makes.
    rows : str
        How many rows of what, for the line that is printed.
    about : str, optional
        What `--help` says.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where the file differs")
    if parser.parse_args().check:
        same = file.exists() and file.read_bytes() == made
        print(f"{file.name} {'is' if same else 'is not'} what the generator makes")
        return 0 if same else 1
    file.write_bytes(made)
    print(f"wrote {file.name}: {rows}, {len(made):,} bytes")
    return 0
