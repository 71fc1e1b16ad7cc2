"""Under which name each hand-in came, and the secret that nbgrader's exchange put beside it: so feedback goes back.

Kept for all that a run finds, also for what was graded before; a table of its own needs no change to older gradebooks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coursework.intake.hand_in import MOST_BYTES_OF_A_SECRET, SECRET_FILE, HandIn
from coursework.intake.opening import UnreadableSubmission, open_hand_in

_COLUMNS = ("student", "lesson", "name", "secret")


@dataclass(frozen=True)
class OriginalFile:
    """A hand-in as it came: its `name` with the folders and zips around it, and nbgrader's `secret`, if any."""

    name: str
    secret: str = ""


def original_files(engine: Any) -> dict[tuple[str, str], OriginalFile]:
    """Return by student and lesson the file that was handed in last, as far as it's known."""
    table = _table()
    table.metadata.create_all(engine)
    with engine.connect() as connection:
        rows = connection.execute(table.select()).mappings().all()
    return {(row["student"], row["lesson"]): OriginalFile(row["name"], row["secret"]) for row in rows}


def keep_original_files(engine: Any, found: Sequence[HandIn]) -> None:
    """Keep under which names the hand-ins came; the same again changes nothing."""
    from sqlalchemy import bindparam

    known = original_files(engine)
    now = {(one.student, one.lesson): OriginalFile(one.file, _secret_beside(one)) for one in found if not one.problem}
    changed = [
        {"of": student, "in_lesson": lesson, "student": student, "lesson": lesson, **vars(file)}
        for (student, lesson), file in now.items()
        if known.get((student, lesson)) != file
    ]
    if not changed:
        return
    table = _table()
    place = (table.c.student == bindparam("of")) & (table.c.lesson == bindparam("in_lesson"))
    with engine.begin() as connection:
        connection.execute(table.delete().where(place), changed)
        connection.execute(table.insert(), [{name: row[name] for name in _COLUMNS} for row in changed])


def _secret_beside(one: HandIn) -> str:
    try:
        with open_hand_in(one.path.with_name(SECRET_FILE), MOST_BYTES_OF_A_SECRET) as file:
            return file.read().decode("ascii")
    except (UnreadableSubmission, OSError, UnicodeDecodeError):
        return ""


def _table() -> Any:
    from sqlalchemy import Column, MetaData, String, Table, Text

    return Table(
        "imbalanced_course_original_file",
        MetaData(),
        Column("student", String(255), primary_key=True),
        Column("lesson", String(255), primary_key=True),
        Column("name", Text),
        Column("secret", Text),
    )
