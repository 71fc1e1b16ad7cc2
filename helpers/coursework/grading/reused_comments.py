"""Comments to reuse: in the formgrader a teacher types a short form, and the learner's page has the whole comment.

They stand in `comments.csv` in the grading folder, in the columns `short`, `comment` and, if it's only for one, `task`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from coursework.intake.roster import read_roster
from imbalanced_course.errors import WrongUsage

FILE = "comments.csv"
_SHORT = re.compile(r"(?<![\w#])#[^\W_][\w-]*")

Comments = Mapping[tuple[str, str], str]


def reused_comments(out: Path) -> Comments:
    """Return the comments of a grading folder by task (empty for all) and short form; none where there is no file.

    Raises
    ------
    WrongUsage
        When the file is no such table; the sentence has the line.
    """
    path = out / FILE
    if not path.exists():
        return {}
    table = read_roster(path)
    header = [name.casefold() for name in table.header]
    for name in ("short", "comment"):
        if name not in header:
            raise WrongUsage(f"line 1 of {str(path)!r} has no column {name!r}: it needs short and comment")
    comments: dict[tuple[str, str], str] = {}
    for number, row in enumerate(table.rows[1:], start=1):
        cells = {name: row[at].strip() for at, name in enumerate(header) if at < len(row)}
        task, short, comment = (cells.get(name, "") for name in ("task", "short", "comment"))
        if not short and not comment:
            continue
        short = f"#{short.removeprefix('#')}".casefold()
        where = f"line {table.line(number)} of {str(path)!r}"
        if not _SHORT.fullmatch(short):
            raise WrongUsage(f"{where}: a short form is one word, as in #why, not {short.removeprefix('#')!r}")
        if (task, short) in comments:
            raise WrongUsage(f"{where}: {short} is there twice: give each comment of a task a short form of its own")
        comments[task, short] = comment
    return comments


def whole(text: str, task: str, comments: Comments) -> str:
    """Return what a person wrote about a task with the whole comment for each short form that there is."""

    def comment(found: re.Match[str]) -> str:
        short = found[0].casefold()
        return comments.get((task, short), comments.get(("", short), found[0]))

    return _SHORT.sub(comment, text) if comments else text
