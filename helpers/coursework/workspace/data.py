"""`course data`: which data sets there are, and fetching a public one with a progress bar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from coursework.terminal import WIDTH
from imbalanced_course.course_files import course_file
from imbalanced_course.public_data import fetch, fetched_file, public_sets
from imbalanced_course.wrapping import wrapped


def describe_data() -> Iterator[str]:
    """Yield the lines of `course data list`: what comes with the course, then the public sets."""
    yield "Included in the course (for each one, CARD.md explains the columns):"
    for card in sorted(course_file("datasets").glob("*/CARD.md")):
        yield from _entry(card.parent.name, _first_sentence(card), str(card))
    yield "Public (downloaded once, when you ask for it):"
    for known in public_sets():
        path = fetched_file(known.name)
        here = f"downloaded: {path}" if path else f"to download it: course data fetch {known.name}"
        yield from _entry(known.name, f"{known.title}. {known.about} {known.license}; {known.source}.", here)


def fetch_with_bar(name: str) -> str:
    """Fetch a public set, showing on standard error how far it is, and return where it is.

    Raises
    ------
    CourseError
        When it cannot be fetched, in one sentence.
    """
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TransferSpeedColumn

    console = Console(stderr=True)
    with Progress(
        BarColumn(), DownloadColumn(), TransferSpeedColumn(), console=console, disable=not console.is_terminal
    ) as bar:
        path = fetch(name, progress=_Bar(bar), say=lambda sentence: click.echo(sentence, err=True))
    return str(path)


class _Bar:
    """Rich's progress bar with the methods that a downloader calls."""

    def __init__(self, bar: Any):
        self._bar, self._task = bar, bar.add_task("", total=None)
        self.total: int | None = None

    def update(self, chunk: int) -> None:
        """Count bytes that came."""
        self._bar.update(self._task, advance=chunk, total=self.total)

    def reset(self) -> None:
        """Start over; a downloader does so before it counts the whole."""
        self._bar.reset(self._task)

    def close(self) -> None:
        """Leave the bar as it is: the one who made it ends it."""


def _first_sentence(card: Path) -> str:
    """Return what a card says first after its heading."""
    paragraph = card.read_text(encoding="utf-8").split("\n\n")[1]
    return paragraph.replace("\n", " ").split(". ")[0].rstrip(".") + "."


def _entry(name: str, about: str, where: str) -> Iterator[str]:
    yield f"  {name}"
    yield from wrapped(about, WIDTH - 4, first="    ", rest="    ")
    yield f"    {where}"
