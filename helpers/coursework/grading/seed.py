"""The seed of the checks' fresh inputs: each grading folder has one of its own, which nobody else knows."""

from __future__ import annotations

import secrets
from pathlib import Path

from imbalanced_course.files import write_whole

SEED_FILE = ".seed"


def seed_of_folder(out: Path) -> int:
    """Return the grading folder's seed, drawn at its first run; only its owner may read the file."""
    path = out / SEED_FILE
    try:
        return int(path.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        pass
    seed = secrets.randbits(62)
    write_whole(path, f"{seed}\n", private=True)
    return seed
