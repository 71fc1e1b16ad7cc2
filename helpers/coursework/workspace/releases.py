"""What differs between a learner's notebook and the release of its lesson that is current now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursework.lessons.notebook import COURSE_KEY


def release_version(notebook: Mapping[str, Any]) -> str | None:
    """Return the version that a notebook of the course carries, or None."""
    version = _course(notebook).get("version")
    return None if version is None else str(version)


def task_fingerprints(notebook: Mapping[str, Any]) -> dict[str, str]:
    """Return what tells each task of a notebook from the same task of another release, by name."""
    tasks = _course(notebook).get("tasks")
    return dict(tasks) if isinstance(tasks, Mapping) else {}


def newer_release(theirs: Mapping[str, Any], current: Mapping[str, Any]) -> str | None:
    """Return what is new in the current release, in a few words; None where the notebook is of that release.

    A notebook that carries no version counts as one of the current release.
    """
    if release_version(theirs) in (None, release_version(current)):
        return None
    return task_changes(theirs, current)


def task_changes(theirs: Mapping[str, Any], current: Mapping[str, Any]) -> str:
    """Return which tasks differ between two releases, in a few words."""
    old, new = task_fingerprints(theirs), task_fingerprints(current)
    parts = [
        ("tasks changed", [name for name in new if name in old and new[name] != old[name]]),
        ("new", [name for name in new if name not in old]),
        ("removed", [name for name in old if name not in new]),
    ]
    said = [f"{word}: {', '.join(names)}" for word, names in parts if names]
    return "; ".join(said) if said else "its tasks are the same"


def _course(notebook: Mapping[str, Any]) -> Mapping[str, Any]:
    found = notebook.get("metadata", {})
    found = found.get(COURSE_KEY, {}) if isinstance(found, Mapping) else {}
    return found if isinstance(found, Mapping) else {}
