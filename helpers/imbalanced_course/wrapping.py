"""Text in lines of a terminal's width that leave whole what is there to be copied."""

from __future__ import annotations

import re
import textwrap

_COMMAND = re.compile(r"`[^`]+`")


def wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Return text in lines; a word, a path, and a command in backticks stay whole, also where they are longer.

    Parameters
    ----------
    text : str
        One paragraph.
    width : int
        Columns.
    first, rest : str
        What the first line and the others begin with.
    """
    whole = _COMMAND.sub(lambda command: command[0].replace(" ", "\xa0"), text)
    lines = textwrap.wrap(
        whole, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return [line.replace("\xa0", " ") for line in lines]
