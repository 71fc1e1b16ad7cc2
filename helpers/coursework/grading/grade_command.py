"""What `course grade` shows: progress on standard error, the outcome on standard output."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from coursework.grading.engine import EngineSettings
from coursework.grading.run import Report, grade_folder, sort_folder
from coursework.grading.sandbox import choose_sandbox
from coursework.grading.selection import Selection
from coursework.terminal import one_line, say
from imbalanced_course.errors import WrongUsage

MOST_NAMED = 40
_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}


def grade_command(
    submissions: Path,
    out: Path,
    *,
    workers: int | None,
    cell_seconds: float,
    memory: str,
    sandbox: str,
    regrade: bool,
    selected: Selection,
    seed: int | None,
    url: str | None,
    scheduler: str | None,
    roster: Path | None,
    hand_ins: Path | None,
    dry_run: bool,
) -> None:
    """Grade and report; exits with 1 when a submission could not be graded."""
    if dry_run:
        report = sort_folder(
            submissions, out, choose_sandbox(sandbox), url=url, roster=roster, hand_ins=hand_ins
        )  # fmt: skip
        say(f"{submissions} {report.sentence}")
        _tell_of_the_roster(report)
        for name, reason in report.unclear:
            say(f"  {one_line(name)}: {one_line(reason)}")
        _tell_what_was_skipped(report)
        say(f"nothing graded; correct {out / 'hand-ins.csv'} where it's wrong, and pass it with --hand-ins")
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    settings = EngineSettings(
        sandbox=choose_sandbox(sandbox),
        cell_seconds=cell_seconds,
        total_seconds=max(6 * cell_seconds, 60),
        memory_bytes=_bytes(memory),
    )
    if settings.sandbox == "none":
        say("course: without a sandbox, submissions run with your rights and can change your files.", err=True)
    columns = (
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    console = Console(stderr=True, width=min(80, Console(stderr=True).width))
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("", total=None, rate="")

        def advance(done: int, total: int, name: str) -> None:
            speed = progress.tasks[0].speed
            rate = f"{speed:.1f} per second" if speed else ""
            progress.update(bar, completed=done, total=total, description=one_line(name[:24]), rate=rate)

        report = grade_folder(
            submissions,
            out,
            settings,
            workers=workers or os.cpu_count() or 1,
            seed=seed,
            regrade=regrade,
            selected=selected,
            url=url,
            scheduler=scheduler,
            roster=roster,
            hand_ins=hand_ins,
            advance=advance,
        )
    say(f"{submissions} {report.sentence}", err=True)
    say(f"graded: {report.graded}   kept from before: {report.kept}   could not be graded: {len(report.flagged)}")
    for name, reason in report.flagged:
        say(f"  {one_line(name)}: {one_line(reason)}")
    _tell_what_was_skipped(report)
    _tell_of_the_roster(report)
    say(f"grades: {out / 'grades.csv'}   feedback: {out / 'feedback'}   gradebook: {out}")
    if url and "db_url" not in (out / "nbgrader_config.py").read_text(encoding="utf-8"):
        click.echo(  # whole: it is there to be copied
            f"For the formgrader, add this line once to {out / 'nbgrader_config.py'} (without a password):\n"
            f"c.CourseDirectory.db_url = {_without_password(url)!r}",
            err=True,
        )
    sys.exit(1 if report.flagged else 0)


def _tell_of_the_roster(report: Report) -> None:
    if report.never is not None:
        say(_named(report.never, "on the roster and handed in nothing"))
    if report.unknown:
        say(_named(report.unknown, "handed in and not on the roster"))


def _named(names: Sequence[str], what: str) -> str:
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    listed = ", ".join(map(one_line, names[:MOST_NAMED]))
    return f"{what}: {len(names):,}" + (f" ({listed}{more})" if names else "")


def _tell_what_was_skipped(report: Report) -> None:
    if report.passed_over:
        say("skipped:")
        for line in report.passed_over:
            say(f"  {one_line(line)}")


def _without_password(url: str) -> str:
    from sqlalchemy.engine import make_url

    return make_url(url).set(password=None).render_as_string()


def _bytes(text: str) -> int:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMG]?)I?B?", text.strip().upper())
    if not match:
        raise WrongUsage(f"--memory needs a size, as in 500M or 2G, not {text!r}")
    return int(float(match[1]) * _UNITS[match[2]])
