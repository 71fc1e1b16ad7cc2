"""What a workspace remembers: which release it got of each file, and the outcome of the last checks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from coursework.lessons.catalogue import AIDS
from coursework.workspace.folder import STATE_FILE
from coursework.workspace.own_files import replace_file
from imbalanced_course import __version__


def read_state(workspace: Path) -> dict[str, Any]:
    """Return what the workspace remembers, or an empty state where it cannot be read.

    The state has `lessons` (folder name to the `sha256` and `version` laid there), `projects` (name to the same),
    `start` (the fingerprint of the start page laid there), `glossary` and `cheat-sheet` (the sha256 of the page laid
    there) and `checked` (folder name to the outcome of the last check).
    """
    try:
        found = json.loads((workspace / STATE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    state = found if isinstance(found, dict) else {}
    clean: dict[str, Any] = {"course": __version__, "damaged": not isinstance(found, dict)}
    clean |= {part: state.get(part) for part in ("start", *(name.removesuffix(".md") for name in AIDS))}
    for part in ("lessons", "projects", "checked"):
        entries = state.get(part)
        clean[part] = {k: v for k, v in entries.items() if isinstance(v, dict)} if isinstance(entries, dict) else {}
    return clean


def write_state(workspace: Path, state: dict[str, Any]) -> None:
    """Write what the workspace remembers, whole or not at all."""
    kept = {key: value for key, value in state.items() if key != "damaged"}
    replace_file(workspace / STATE_FILE, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
