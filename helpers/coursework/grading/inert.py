"""A learner's Markdown as a teacher may open it: emphasis, lists, tables, code and formulas stay, nothing else acts.

No parser is asked what is text and what is code, since nbconvert, JupyterLab and others disagree about that. What could
begin markup is broken by a blank in all places, also in code, so that each parser takes it for text.
"""

from __future__ import annotations

import re

MAX_MARKDOWN = 50_000

# What MathJax has for addresses, styles, attributes, popups, definitions that last for the whole page, and boxes that
# cover other parts of it.
_TEX = (
    "href url style class cssId data require unicode bbox mmlToken includegraphics "
    "toggle mathtip texttip tooltip "
    "csname def gdef edef xdef let newcommand renewcommand providecommand newenvironment renewenvironment "
    "newcolumntype DeclareMathOperator DeclarePairedDelimiter DeclarePairedDelimiters DeclarePairedDelimiterX "
    "DeclarePairedDelimiterXPP rule Rule Space raise lower raisebox moveleft moveright kern vspace"
)
_BEGINS = re.compile(
    r"<(?=[a-z/!?])"  # a tag, a comment, an address in angle brackets
    r"|&(?=\#|\w+;)"  # a character by its number or name: `&#36;` would begin a formula
    r"|\](?=[(:])"  # a link or picture with an address, or the address of a name
    r"|(?<=:)//(?=\S)|\bwww\.(?=\S)"  # an address that becomes a link by itself
    rf"|\\(?=(?:{'|'.join(_TEX.split())})(?![a-z]))",
    re.IGNORECASE,
)
_DIAGRAM = re.compile(r"([`~]{3}\s*)(?=mermaid)", re.IGNORECASE)
# What may stand before a heading or below it: signs of quotes, of lists, and lines that underline.
_SIGNS = " \t>*+-=.)0123456789"
_NOTHING = "\u200b"  # seen by nobody, but part of an id


def inert_markdown(text: str) -> str:
    """Return a text that shows as `text` does, with addresses, tags, pictures and what acts in formulas as text."""
    cut = f"\n\n[… {len(text) - MAX_MARKDOWN:,} more characters]" if len(text) > MAX_MARKDOWN else ""
    shown = text[:MAX_MARKDOWN].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    lines = _DIAGRAM.sub(r"\1text ", _BEGINS.sub(r"\g<0> ", shown)).split("\n")
    return "\n".join(_without_id(line, below) for line, below in zip(lines, [*lines[1:], ""], strict=True)) + cut


def _without_id(line: str, below: str) -> str:
    """Return a line that gives no heading an id that we use.

    nbconvert makes a heading's text its id, and the formgrader finds the fields for points by their ids.
    """
    underlined = not below.strip(_SIGNS) and below.rstrip().endswith(("-", "="))
    return line + _NOTHING if underlined or line.lstrip(_SIGNS).startswith("#") else line
