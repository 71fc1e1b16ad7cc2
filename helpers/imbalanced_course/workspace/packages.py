"""Which packages and versions the course was tested with, and what to do where others are installed."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from imbalanced_course.errors import CourseError

DISTRIBUTION = "imbalanced-course"
OLDEST_PYTHON = (3, 11)
_REPOSITORY = Path(__file__).resolve().parents[3]


def how_to_install() -> str:
    """Return the command that installs what the course needs."""
    if (_REPOSITORY / "constraints.txt").exists() and (_REPOSITORY / "pyproject.toml").exists():
        return "`make setup`, or `python -m pip install -e . -c constraints.txt` in the course's folder"
    return f"`python -m pip install --upgrade {DISTRIBUTION}`"


def require_tested_packages() -> None:
    """Stop with one sentence when a package is missing or has a version that the course was not made for.

    Raises
    ------
    CourseError
        Naming the first such package and the command that mends it.
    """
    if sys.version_info < OLDEST_PYTHON:
        raise CourseError(f"the course needs Python 3.11 or newer, this is {platform.python_version()}")
    for sentence in package_problems():
        raise CourseError(f"{sentence}; install what the course needs with {how_to_install()}")


def package_problems() -> Iterator[str]:
    """Yield a sentence for each needed package that is missing or outside the range of `pyproject.toml`."""
    try:
        from packaging.requirements import Requirement
    except ModuleNotFoundError:
        yield "the package packaging is missing"
        return
    try:
        needed = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield f"the package {DISTRIBUTION} itself is not installed"
        return
    for line in needed:
        requirement = Requirement(line)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        installed = installed_version(requirement.name)
        if installed is None:
            yield f"the package {requirement.name} is missing"
        elif not requirement.specifier.contains(installed, prereleases=True):
            yield f"{requirement.name} {installed} is untested: the course is made for {requirement.specifier}"


def installed_version(name: str) -> str | None:
    """Return a package's version, or None where it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def pinned_versions() -> dict[str, str]:
    """Return the exact versions that `make` installs, from `constraints.txt`; empty outside a clone."""
    try:
        text = (_REPOSITORY / "constraints.txt").read_text(encoding="utf-8")
    except OSError:
        return {}
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;#\\]+)", text, re.MULTILINE))
