"""The one writer of the gradebook: one transaction a submission, manual scores and comments left as they are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coursework.grading.adjustments import dropped_points
from coursework.grading.score_rows import LessonRows, lesson_rows, write_scores
from coursework.grading.totals import Total, totals
from coursework.lessons.catalogue import Lesson, find_lesson
from coursework.lessons.nbgrader_course import nbgrader_settings, run_converter
from imbalanced_course.errors import CourseError, WrongUsage

OTHER_RELEASE = "made with another release of the lesson, in which the task differs"
NEW_TASK = "made with another release of the lesson, which didn't have the task"
LOCK_WAIT_SECONDS = 120
KEPT_COPIES = 5


@dataclass
class Graded:
    """What grading found out about one submission; plain data, so that it crosses processes and goes into a record.

    `auto_scores` are the points of the machine-graded cells by `grade_id`; `manual` names the cells that a person
    reads, with whether there is a response, `look_again` why a person should see some of the machine-graded ones.
    """

    student: str
    lesson: str
    sha256: str = ""
    status: str = "graded"
    reason: str = ""
    max_points: float = 0.0
    recipe: str = ""
    auto_scores: dict[str, float] = field(default_factory=dict)
    manual: dict[str, bool] = field(default_factory=dict)
    look_again: dict[str, str] = field(default_factory=dict)
    results: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class GradeWriter:
    """Writes into nbgrader's gradebook and beside it, in the same transaction, what was graded and why.

    Parameters
    ----------
    out : Path
        The grading folder, an nbgrader course directory.
    url : str, optional
        The database; SQLite in `out` unless said.

    Raises
    ------
    CourseError
        When the database cannot be opened.
    """

    def __init__(self, out: Path, url: str | None = None) -> None:
        from nbgrader.api import Gradebook
        from sqlalchemy import Column, Float, MetaData, String, Table, Text
        from sqlalchemy.exc import ArgumentError, OperationalError

        self.out = out
        self.url = url or f"sqlite:///{(out / 'gradebook.db').absolute()}?timeout={LOCK_WAIT_SECONDS}"
        try:
            _stamp_if_new(self.url)
            self.book = Gradebook(self.url, "imbalanced-classification")
        except ArgumentError:
            raise WrongUsage(f"--db needs an address, as in postgresql+psycopg://user@host/name, not {url!r}") from None
        except ModuleNotFoundError as error:
            raise CourseError(f"the database needs the package {error.name}, which is not installed") from None
        except OperationalError as error:
            raise CourseError(f"the gradebook cannot be opened: {first_line(error)}") from None
        self.records = Table(
            "imbalanced_course_record",
            MetaData(),
            Column("student", String(255), primary_key=True),
            Column("lesson", String(255), primary_key=True),
            Column("sha256", String(64)),
            Column("status", String(32)),
            Column("reason", Text),
            Column("max_points", Float),
            Column("recipe", Text),
            Column("details", Text),
        )
        self.records.metadata.create_all(self.book.engine)
        self._lessons: dict[str, LessonRows] = {}

    def close(self) -> None:
        """Close the database."""
        self.book.close()

    def keep_copy(self) -> None:
        """Copy an SQLite gradebook to `copies/` before it is changed, and drop all but the newest copies."""
        url = self.book.engine.url
        if url.get_backend_name() != "sqlite" or not url.database or not self.known():
            return
        copies = self.out / "copies"
        copies.mkdir(exist_ok=True)
        target = copies / f"gradebook-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.db"
        unfinished = target.with_suffix(".part")
        with (
            closing(sqlite3.connect(url.database, timeout=LOCK_WAIT_SECONDS)) as source,
            closing(sqlite3.connect(unfinished)) as copy,
        ):
            source.backup(copy)
        unfinished.replace(target)
        for old in sorted(copies.glob("gradebook-*.db"))[:-KEPT_COPIES]:
            old.unlink()

    def prepare(self, lesson: Lesson) -> None:
        """Enter a lesson into the gradebook as nbgrader does, unless something was handed in for it already.

        nbgrader enters it cell by cell: killed on the way, it leaves a part of them. So what nobody handed in for is
        entered anew.
        """
        from nbgrader import api
        from nbgrader.converters import GenerateAssignment

        submitted = (
            self.book.db.query(api.SubmittedNotebook.id)
            .join(api.Notebook, api.SubmittedNotebook.notebook_id == api.Notebook.id)
            .join(api.Assignment, api.Notebook.assignment_id == api.Assignment.id)
            .filter(api.Assignment.name == lesson.folder, api.Notebook.name == lesson.notebook)
        )
        if submitted.first() is not None:
            return
        source = self.out / "solutions" / lesson.folder / f"{lesson.notebook}.ipynb"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(lesson.solution_path.read_bytes())
        settings = nbgrader_settings(self.out)
        settings.CourseDirectory.db_url = self.url
        settings.BaseConverter.force = True
        run_converter(GenerateAssignment, settings, assignment_id=lesson.folder)
        self.book.db.expire_all()

    def known(self) -> dict[tuple[str, str], Mapping[str, Any]]:
        """Return the records so far, by student and lesson; what a lesson can earn is without its dropped tasks."""
        fewer = dropped_points(self.book.engine)
        with self.book.engine.connect() as connection:
            rows = connection.execute(self.records.select()).mappings().all()
        return {
            (row["student"], row["lesson"]): {**row, "max_points": max(row["max_points"] - fewer[row["lesson"]], 0.0)}
            for row in rows
        }

    def record(self, graded: Graded, when: datetime) -> None:
        """Write one submission's grades and its record, all or nothing."""
        with self._transaction() as session, session.no_autoflush:
            before = session.execute(
                self.records.select().where(
                    (self.records.c.student == graded.student) & (self.records.c.lesson == graded.lesson)
                )
            ).mappings().first()  # fmt: skip
            if graded.status == "graded":
                same = bool(before and before["sha256"] == graded.sha256)
                write_scores(
                    session, self._rows(graded.lesson), graded.student, graded.auto_scores, graded.manual,
                    look_again=graded.look_again, when=when, same=same,
                )  # fmt: skip
            elif before and before["status"] == "graded":
                # A hand-in that cannot be read takes nothing away from what was graded before; it is only noted.
                session.execute(self._of(graded).values(reason=f"a later hand-in could not be graded: {graded.reason}"))
                return
            row = {
                "student": graded.student, "lesson": graded.lesson, "sha256": graded.sha256,
                "status": graded.status, "reason": graded.reason, "max_points": graded.max_points,
                "recipe": graded.recipe, "details": json.dumps(asdict(graded)),
            }  # fmt: skip
            session.execute(self._of(graded).values(**row) if before else self.records.insert().values(**row))

    def forget(self, places: Iterable[tuple[str, str]]) -> None:
        """Take back what was said of files that couldn't be graded, by student and by what stood for the lesson."""
        with self._transaction() as session:
            for student, lesson in places:
                row = (self.records.c.student == student) & (self.records.c.lesson == lesson)
                session.execute(self.records.delete().where(row & (self.records.c.status == "flagged")))

    def grades(self) -> list[dict[str, Any]]:
        """Return one row for each record: what stands in `grades.csv`, manual scores included."""
        found = self.totals()
        rows = []
        for key, record in sorted(self.known().items()):
            graded = record["status"] == "graded"
            total = found.get(key, Total(0.0)) if graded else Total(0.0, waits=True)
            told = [record["reason"], f"{total.late:g} points taken off for lateness" if total.late else ""]
            rows.append(
                {
                    "student": key[0], "lesson": key[1], "points": total.points,
                    "max_points": record["max_points"], "needs_review": total.waits, "status": record["status"],
                    "reason": "; ".join(filter(None, told)), "sha256": record["sha256"],
                }
            )  # fmt: skip
        return rows

    def totals(self) -> dict[tuple[str, str], Total]:
        """Return what each graded hand-in earned, by student and lesson."""
        return totals(self.book.engine)

    def _of(self, graded: Graded) -> Any:
        return self.records.update().where(
            (self.records.c.student == graded.student) & (self.records.c.lesson == graded.lesson)
        )

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        session = self.book.db
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise

    def _rows(self, name: str) -> LessonRows:
        if name not in self._lessons:
            lesson = find_lesson(name)
            self._lessons[name] = lesson_rows(self.book.db, lesson.folder, lesson.notebook)
        return self._lessons[name]


def _stamp_if_new(url: str) -> None:
    """Note the version of nbgrader's tables in an empty database.

    nbgrader does so itself in a process that imports all of it again, which takes seconds.
    """
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR
    from sqlalchemy import create_engine, inspect

    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            if not inspect(connection).get_table_names():
                MigrationContext.configure(connection).stamp(ScriptDirectory(ALEMBIC_DIR), "head")
    finally:
        engine.dispose()


def first_line(error: Exception) -> str:
    """Return what a database says went wrong, without the statement and the link to a manual."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return said[0].rstrip(".") if said else type(error).__name__
