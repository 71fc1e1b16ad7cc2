"""What to do where packages are missing or of untested versions, and which exact versions the course is tested with."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Collection
from importlib import metadata
from pathlib import Path

from imbalanced_course.errors import CourseError
from imbalanced_course.versions import DISTRIBUTION, Problem, package_problems, pip_command

OLDEST_PYTHON = (3, 11)
_REPOSITORY = Path(__file__).resolve().parents[3]


def how_to_install(problems: Collection[Problem] = ()) -> str:
    """Return the command that installs what the course needs: in a clone all of it, else what the problems ask for."""
    if (_REPOSITORY / "constraints.txt").exists() and (_REPOSITORY / "pyproject.toml").exists():
        return "`make clean setup`, or `python -m pip install -e . -c constraints.txt` in the course's folder"
    if problems:
        return pip_command(problems)
    return "`python -m pip install --force-reinstall` and the course's wheel"


def require_tested_packages() -> None:
    """Stop with one sentence when a package is missing or has a version that the course was not made for.

    Raises
    ------
    CourseError
        Naming each such package and the command that fixes it.
    """
    if sys.version_info < OLDEST_PYTHON:
        raise CourseError(f"the course needs Python 3.11 or newer, and this is {platform.python_version()}")
    problems = installation_problems()
    if problems:
        named = "; ".join(problem.sentence for problem in problems)
        raise CourseError(f"{named}; to install what the course needs, run {how_to_install(problems)}")


def installation_problems() -> list[Problem]:
    """Return what is wrong with the packages, the course's own and `packaging` among them."""
    try:
        return list(package_problems())
    except ModuleNotFoundError as error:  # of `packaging`, which compares versions; PackageNotFoundError is one, too
        if isinstance(error, metadata.PackageNotFoundError):
            return [Problem(f"the package {DISTRIBUTION} itself is not installed", DISTRIBUTION)]
        return [Problem("the package packaging is missing", "packaging")]


def pinned_versions() -> dict[str, str]:
    """Return the exact versions that `make` installs, from `constraints.txt`; empty outside a clone."""
    try:
        text = (_REPOSITORY / "constraints.txt").read_text(encoding="utf-8")
    except OSError:
        return {}
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;#\\]+)", text, re.MULTILINE))
