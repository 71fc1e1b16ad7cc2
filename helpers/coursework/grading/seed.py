"""The seed of the checks' fresh inputs: each grading folder has one of its own, which nobody else knows."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

SEED_FILE = ".seed"


def seed_of_folder(out: Path) -> int:
    """Return the grading folder's seed, drawn at its first run; only its owner may read the file."""
    path = out / SEED_FILE
    try:
        return int(path.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        pass
    seed = secrets.randbits(62)
    unfinished = path.with_name(f"{SEED_FILE}.{os.getpid()}.part")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"{seed}\n")
    unfinished.replace(path)
    return seed
