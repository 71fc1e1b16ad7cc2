"""The gradebook of a grading folder, opened for reading it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coursework.grading.gradebook import GradeWriter, first_line
from imbalanced_course.errors import CourseError, WrongUsage


def how_it_is_made(out: Path) -> str:
    """Return what to do where a grading folder or its grades are missing."""
    return f"create it with `course grade SUBMISSIONS --out {out}`"


@contextmanager
def open_gradebook(out: Path, url: str | None) -> Iterator[GradeWriter]:
    """Give the gradebook of a grading folder and close it afterwards.

    Parameters
    ----------
    out : Path
        The grading folder.
    url : str, optional
        The database; SQLite in `out` unless said.

    Raises
    ------
    WrongUsage
        When there is no such folder or gradebook.
    CourseError
        When the gradebook cannot be read.
    """
    from sqlalchemy.exc import DBAPIError

    if not out.is_dir():
        raise WrongUsage(f"there is no grading folder {str(out)!r}: {how_it_is_made(out)}")
    if url is None and not (out / "gradebook.db").is_file():
        raise WrongUsage(f"there is no gradebook in {str(out)!r}: {how_it_is_made(out)}")
    writer = GradeWriter(out, url)
    try:
        yield writer
    except DBAPIError as error:
        raise CourseError(f"the gradebook can't be read: {first_line(error)}") from None
    finally:
        writer.close()
