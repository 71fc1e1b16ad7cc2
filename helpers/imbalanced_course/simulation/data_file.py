"""Writing a dataset's file, or saying whether it is what its script makes: what every `make.py` does."""

from __future__ import annotations

import argparse
import gzip
import zlib
from pathlib import Path


def write_or_check(file: Path, made: bytes, *, rows: str, about: str | None) -> int:
    """Write the file, or with `--check` on the command line only compare it; return the exit code.

    Parameters
    ----------
    file : Path
        The data file; it is compressed if its name ends in `.gz`.
    made : bytes
        What the generator makes, or a package's text gives; not compressed.
    rows : str
        How many rows of what, for the line that is printed.
    about : str, optional
        What `--help` says.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where the file differs")
    if parser.parse_args().check:
        same = file.exists() and _content(file) == made
        print(f"{file.name} {'is' if same else 'is not'} what make.py makes")
        return 0 if same else 1
    # Without a time in it, the same text gives the same file.
    size = file.write_bytes(gzip.compress(made, mtime=0) if file.suffix == ".gz" else made)
    print(f"wrote {file.name}: {rows}, {size:,} bytes")
    return 0


def _content(file: Path) -> bytes | None:
    """Return the data of a file, or None where it is damaged: other compressors give other bytes for the same data."""
    if file.suffix != ".gz":
        return file.read_bytes()
    try:
        return gzip.decompress(file.read_bytes())
    except (OSError, EOFError, zlib.error):
        return None
