"""Public data sets that belong to others: fetched once from where their owners publish them, and loaded from there on.

A set is a file `datasets/public/NAME.toml` with its address, size, checksum, licence and source. Nothing in the course
needs one of them.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from imbalanced_course.course_files import course_file
from imbalanced_course.errors import CourseError, WrongUsage

_SECONDS_TO_ANSWER = 20


class PublicSet(NamedTuple):
    """What is known of a public set before it is fetched; `bytes` is the file's size, `sha256` its checksum."""

    name: str
    title: str
    about: str
    address: str
    file: str
    bytes: int
    sha256: str
    license: str
    source: str


def public_sets() -> list[PublicSet]:
    """Return all public sets that the course knows, by name."""
    files = sorted((course_file("datasets") / "public").glob("*.toml"))
    return [PublicSet(path.stem, **tomllib.loads(path.read_text(encoding="utf-8"))) for path in files]


def find_public_set(name: str) -> PublicSet:
    """Return one public set.

    Raises
    ------
    WrongUsage
        When the course knows no set of this name.
    """
    for found in public_sets():
        if found.name == name.lower():
            return found
    known = ", ".join(known.name for known in public_sets())
    raise WrongUsage(f"there is no public dataset {name!r}; the course knows {known}")


def cache_folder() -> Path:
    """Return the folder that keeps fetched sets: $IMBALANCED_COURSE_CACHE, or the user's own cache folder."""
    import pooch

    chosen = os.environ.get("IMBALANCED_COURSE_CACHE")
    return Path(chosen) if chosen else Path(pooch.os_cache("imbalanced-course"))


def fetched_file(name: str) -> Path | None:
    """Return the file of a public set, or None where it is not fetched or not what the checksum says."""
    wanted = find_public_set(name)
    path = cache_folder() / wanted.file
    try:
        same = hashlib.sha256(path.read_bytes()).hexdigest() == wanted.sha256
    except OSError:
        return None
    return path if same else None


def fetch(name: str, *, progress: Any = False, say: Callable[[str], None] = lambda _: None) -> Path:
    """Fetch a public set into the cache, unless it is there.

    Parameters
    ----------
    name : str
        The set's name.
    progress : object, optional
        A progress bar as `pooch.HTTPDownloader` takes it.
    say : callable, optional
        Told in a sentence what happens.

    Returns
    -------
    Path
        The file; its checksum is the one the course states.

    Raises
    ------
    WrongUsage
        When the course knows no set of this name.
    CourseError
        When the file cannot be fetched, is another one than stated, or cannot be kept.
    """
    import pooch
    import requests

    wanted = find_public_set(name)
    there = fetched_file(name)
    if there is not None:
        say(f"{wanted.name} is already there.")
        return there
    say(f"Fetching {wanted.name} from {wanted.address} ({wanted.license}) …")
    downloader = pooch.HTTPDownloader(progressbar=progress, timeout=_SECONDS_TO_ANSWER)
    pooch.get_logger().setLevel("ERROR")
    try:
        path = pooch.retrieve(
            wanted.address,
            known_hash=f"sha256:{wanted.sha256}",
            fname=wanted.file,
            path=cache_folder(),
            downloader=downloader,
        )
    except requests.exceptions.HTTPError as error:
        code = error.response.status_code if error.response is not None else "no code"
        raise CourseError(f"{wanted.address} doesn't provide the file (it answers {code}): try again later") from error
    except requests.exceptions.RequestException as error:
        raise CourseError(
            f"{wanted.address} can't be reached: this download needs a network, and nothing else in the course does"
        ) from error
    except ValueError as error:  # what pooch raises for another checksum; it keeps no such file
        raise CourseError(
            f"what {wanted.address} gives isn't the file this course knows (its checksum differs), so it was not kept"
        ) from error
    except OSError as error:
        raise CourseError(f"{cache_folder()} cannot be written: {error.strerror or error}") from error
    return Path(path)


def load_abalone_splits() -> pd.DataFrame:
    """Load what eight treatments of abalone reach on 200 splits: stored results.

    Returns
    -------
    DataFrame
        `split` (0 to 199, the seed), `treatment`, `roc_auc` and `average_precision` on the fifth that was held out. The
        recipe is `datasets/abalone_splits/make.py`.
    """
    return pd.read_csv(course_file("datasets") / "abalone_splits" / "splits.csv")
