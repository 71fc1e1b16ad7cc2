"""Lines for people: whole where a program reads them, broken between words where a terminal would cut them."""

from __future__ import annotations

import sys

import click

from imbalanced_course.wrapping import wrapped

WIDTH = 80


def say(text: str, *, err: bool = False) -> None:
    """Print text; on a terminal in lines of at most 80 columns.

    What is there to be copied stays whole: a path, and a command in backticks.

    Parameters
    ----------
    text : str
        One or more lines. Where a line is broken, the rest of it stands two columns further in.
    err : bool
        Whether it goes to standard error: progress and reasons, not results.
    """
    lines = [one_line(line) for line in text.removesuffix("\n").split("\n")]
    if (sys.stderr if err else sys.stdout).isatty():
        lines = [part for line in lines for part in _broken(line)]
    click.echo("\n".join(lines), err=err)


def one_line(text: str) -> str:
    """Return text in which nothing acts on a terminal: no escapes, no line ends, no change of direction.

    Joiners stay, since Persian and Indic names are written with them.
    """
    return "".join(
        letter if letter.isprintable() or letter in "\u200c\u200d" else " " if letter.isspace() else "?"
        for letter in text
    )


def _broken(line: str) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return wrapped(line, WIDTH, rest=indent) or [""]
