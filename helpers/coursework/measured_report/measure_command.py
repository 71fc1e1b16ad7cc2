"""What `course measure` does: read, measure with a progress bar, write the page and the numbers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from coursework.measured_report.numbers import numbers_of
from coursework.measured_report.page import SIGN, page_of
from coursework.measured_report.table_file import in_words, read_table
from coursework.workspace.own_files import writing
from imbalanced_course.errors import CourseError, WrongUsage
from imbalanced_course.files import write_whole
from imbalanced_course.measure import Advice, Goal, advise, compare, facts_of, goal_for, judged, require_enough
from imbalanced_course.measure.workers import without_interrupts
from imbalanced_course.study import Table

PAGE, NUMBERS = "report.html", "numbers.json"
MOST_MINUTES = 24 * 60


def measure_table(
    path: Path,
    target: str,
    *,
    positive: str | None = None,
    cost_miss: float | None = None,
    cost_alarm: float | None = None,
    budget: float | None = None,
    group: str | None = None,
    time: str | None = None,
    drop: Sequence[str] = (),
    minutes: float,
    out: Path,
    tell: Callable[[str], None] = lambda line: None,
) -> list[str]:
    """Measure a table and write `report.html` and `numbers.json`.

    Parameters
    ----------
    path : Path
        The table, in CSV or Parquet.
    target, positive, group, time
        As in `study.as_table`.
    cost_miss, cost_alarm, budget
        As in `measure.goal_for`.
    drop : sequence of str
        Columns to leave out.
    minutes : float
        How long it may take.
    out : Path
        The folder to write to.
    tell : callable
        Told in a line what is being done.

    Returns
    -------
    list of str
        What to print: the advice, and where the page lies.

    Raises
    ------
    WrongUsage
        When the table or an option can't be used; nothing is written then.
    CourseError
        When nothing could be measured in the time, or the folder can't be written.
    """
    if not minutes <= MOST_MINUTES:
        raise WrongUsage(f"{minutes:g} minutes can't be meant: give at most {MOST_MINUTES:,} with `--minutes`")
    _require_room(out)
    tell(f"Reading {path} …")
    try:
        table, notes = read_table(path, target, positive=positive, group=group, time=time, drop=drop)
    except KeyboardInterrupt:
        raise CourseError("stopped before anything was measured; nothing is written") from None
    try:
        goal = goal_for(table.y, cost_miss, cost_alarm, budget)
    except ValueError as error:
        raise WrongUsage(str(error)) from None
    try:
        require_enough(table, goal)
        facts = facts_of(table)
        with _bar() as advance:
            comparison = compare(table, minutes=minutes, advance=advance)
    except ValueError as error:
        raise WrongUsage(in_words(path, error)) from None
    try:
        rows = judged(comparison, goal)
    except ValueError as error:
        raise CourseError(f"{error} (`--minutes`)") from None
    tell("Writing the report …")
    with without_interrupts():  # a second Ctrl-C would lose what the first one saved
        advice = advise(comparison, rows, facts, goal)
        page = page_of(path.name, target, comparison, rows, facts, goal, advice, notes)
        numbers = json.dumps(numbers_of(path.name, target, comparison, rows, facts, goal, advice), indent=1)
        with writing(out, option="--out"):
            write_whole(out / PAGE, page)
            write_whole(out / NUMBERS, numbers + "\n")
    return [*notes, *_spoken(target, table, advice, goal), f"report: {out / PAGE}"]


def _require_room(out: Path) -> None:
    """Stop before minutes are spent on a report that can't be written."""
    place = next(one for one in (out, *out.absolute().parents) if one.exists())
    if not place.is_dir():
        raise WrongUsage(f"{place} is a file: name a folder with `--out`")
    try:
        tempfile.TemporaryDirectory(dir=place).cleanup()  # rights alone don't tell: a file system can be read-only
    except OSError:
        raise WrongUsage(f"{place} can't be written: name another folder with `--out`") from None
    _require_own(out)


def _require_own(out: Path) -> None:
    """Stop where writing would replace what isn't a report of this command."""
    for name, sign in ((PAGE, SIGN), (NUMBERS, '"smallest_visible_difference"')):
        place = out / name
        if place.is_dir() or (place.is_file() and sign not in place.read_text(encoding="utf-8", errors="ignore")):
            raise WrongUsage(f"{place} isn't a report of this command: name another folder with `--out`")


def _spoken(target: str, table: Table, advice: Advice, goal: Goal) -> Iterator[str]:
    yield f"Positive are {int(table.y.sum()):,} of {len(table.y):,} rows: those whose {target!r} is {table.positive}."
    if goal.assumed:
        yield (
            f"You named no costs, so a miss costs {goal.cost_miss:g} times as much as a false alarm, "
            "because there are that many negatives per positive."
        )
    yield from advice.watch
    yield from advice.do
    yield from advice.cannot


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Give what moves a progress bar on standard error; there is none where that's no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("Measuring"), BarColumn(), MofNCompleteColumn(), TextColumn("fits"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
