"""The `course` command: parses, calls, prints; the work is done in the packages it calls."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, NoReturn

try:
    import click
except ModuleNotFoundError:
    sys.exit(
        "course: the package click is missing: run `make clean setup`, or `python -m pip install -e .` in the clone"
    )

from coursework.terminal import say
from imbalanced_course import __version__
from imbalanced_course.errors import CourseError, OnlyOnLinux, WrongUsage

FOLDER = click.Path(file_okay=False, path_type=Path)
WORKSPACE = click.option(
    "--workspace", "folder", type=click.Path(path_type=Path), help="The learner's folder; my-lessons by default."
)
# Grading needs these; Python has them only on Unix.
_ONLY_ON_UNIX = ("fcntl", "resource", "pwd")


class _Command(click.Command):
    """A command that stops with one sentence where a package is missing or untested, or the user has no home."""

    def invoke(self, context: click.Context) -> object:
        from coursework.workspace.packages import require_tested_packages

        try:
            Path.home()
        except RuntimeError:  # no HOME and no entry among the users, as in some containers
            raise CourseError("this user has no home folder: set one, as in `export HOME=$(mktemp -d)`") from None
        if self.name != "doctor":
            require_tested_packages()
        return super().invoke(context)


class _Course(click.Group):
    """A group whose commands end in one sentence, not in a traceback, when the user can act on the error."""

    command_class = _Command

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        try:
            return super().make_context(*arguments, **options)
        except click.UsageError as error:
            _refuse(error)

    def invoke(self, context: click.Context) -> object:
        # Reading notebooks imports jsonschema, and that a grammar for addresses that no notebook holds: 0.8 s to build.
        sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
        try:
            return super().invoke(context)
        except click.UsageError as error:
            _refuse(error)
        except CourseError as error:
            say(f"course: {error}", err=True)
            sys.exit(error.exit_code)
        except PermissionError as error:
            say(f"course: you have no permission to use {error.filename}: choose another folder", err=True)
            sys.exit(1)
        except ModuleNotFoundError as error:
            if not error.name or error.name.startswith(("imbalanced_course", "coursework")):
                raise
            if error.name in _ONLY_ON_UNIX:
                say(f"course: {OnlyOnLinux()}", err=True)
                sys.exit(1)
            say(f"course: the package {error.name} is missing: run `course doctor` to see how to install it", err=True)
            sys.exit(1)


# click's own words, and what they mean
_PLAINER = {
    r"is not a valid float range": "isn't a number",
    r"is not a valid integer range": "isn't a whole number",
    r"is not in the range x>=(\S+)": r"isn't \1 or more",
    r"is not in the range (\S+)<=x<=(\S+)": r"isn't between \1 and \2",
}


def _refuse(error: click.UsageError) -> NoReturn:
    """Say what is wrong with a command's words in one sentence, as all other bad input is told."""
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):  # `course` alone; since click 8.2
        raise error
    what = error.format_message().rstrip(".")
    for pattern, plain in _PLAINER.items():
        what = re.sub(pattern, plain, what)
    command = error.ctx.command_path if error.ctx else "course"
    say(f"course: {what[:1].lower()}{what[1:]} (see `{command} --help`)", err=True)
    sys.exit(error.exit_code)


@click.group(cls=_Course, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="course")
def main() -> None:
    """Learn imbalanced classification in seven notebooks, teach it, or grade it.

    \b
    For learners: lab, check, submit, reveal, reset, measure, data, doctor.
    For teachers: grade, adjust, report, export, sample-class.
    For authors: build, try, new-lesson.

    Example: course lab
    """


@main.command()
@click.argument("lessons", nargs=-1, metavar="[LESSON]...")
@click.option("--check", is_flag=True, help="Change nothing; fail if a file differs from what its source builds.")
@click.option("--words", is_flag=True, help="Run nothing and keep the stored outputs: only words have changed.")
def build(lessons: tuple[str, ...], check: bool, words: bool) -> None:
    """Build lessons and projects from their sources.

    It runs each source, keeps the outputs, and takes the answers out. It also
    writes the lists of lessons in the pages.

    LESSON is a lesson's number, name, or both, a project's name, or "projects".

    Example: course build metrics
    """
    from coursework.authoring.build import build_lessons, find_drift
    from imbalanced_course.course_files import require_clone

    require_clone("course build")
    if check:
        drift = find_drift(lessons, words=words)
        for line in drift:
            say(line)
        if drift:
            raise CourseError("some files differ from what the sources build: run `course build` and commit the result")
        say("Every built file matches its source.")
        return
    for line in build_lessons(lessons, words=words):
        say(line)


@main.command("try")
@click.argument("lesson")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--seeds", type=click.IntRange(1, 1000), default=1, show_default=True, help="How many seeds to try.")
@click.option("--grade", is_flag=True, help="Also send the answers through the sandboxed grader.")
def try_lesson(lesson: str, file: Path, seeds: int, grade: bool) -> None:
    """Try answers against a lesson's checks.

    FILE is Python text with one cell per answer. A cell begins with
    "# %% task | right | name" or
    "# %% task | wrong | name | most points | part of the message".
    You can leave out the last two. Each verdict is shown. Exits with 1 if one
    is false.

    Example: course try metrics answers.py --seeds 20
    """
    from coursework.authoring.try_command import try_answers

    sys.exit(0 if try_answers(lesson, file, seeds=seeds, grade=grade) else 1)


@main.command("new-lesson")
@click.argument("name")
def new_lesson(name: str) -> None:
    """Write and build the skeleton of a new last lesson.

    NAME consists of lowercase letters, digits, and hyphens. The command works
    in a clone and overwrites nothing. To undo it, remove the lesson's two
    folders, and run `course build --words`.

    Example: course new-lesson drift-over-time
    """
    from coursework.authoring.new_lesson.skeleton import write_lesson

    for line in write_lesson(name):
        say(line)
    say(
        f"Next, test it with `make lesson ARGS={name}`; docs/change-a-lesson.md says what a lesson needs.",
        err=True,
    )


@main.command()
@WORKSPACE
@click.option("--port", type=click.IntRange(1, 65535), help="The port; by default the first free one from 8888.")
@click.option("--browser/--no-browser", default=True, help="Open a browser, or only print the address.")
def lab(folder: Path | None, port: int | None, browser: bool) -> None:
    """Create or update your workspace and open JupyterLab on it.

    Example: course lab --workspace my-lessons
    """
    from coursework.workspace.folder import default_workspace
    from coursework.workspace.lab import open_lab
    from coursework.workspace.update import update_workspace

    workspace = (folder or default_workspace()).absolute()
    for line in update_workspace(workspace):
        say(line)
    say(f"Starting JupyterLab in {workspace} …", err=True)

    def ready(url: str) -> None:
        click.echo(url)
        where = "JupyterLab opens in your browser. If it doesn't, open" if browser else "Open"
        say(f"{where} the address above. To stop it, press Ctrl-C here.", err=True)

    open_lab(workspace, port=port, browser=browser, ready=ready)


@main.command()
@click.argument("lessons", nargs=-1, metavar="[LESSON]...")
@WORKSPACE
@click.option("--json", "as_data", is_flag=True, help="Print JSON, for scripts.")
@click.option(
    "--timeout", type=click.FloatRange(min=1), default=120, show_default=True, help="Seconds a cell may take."
)
def check(lessons: tuple[str, ...], folder: Path | None, as_data: bool, timeout: float) -> None:
    """Run your notebooks, and show your points and what's open.

    It runs a copy, so your notebook doesn't change, and runs none that was
    right and hasn't changed since. Exits with 1 as long as a task in these
    lessons is open.

    Example: course check metrics
    """
    from coursework.workspace.check_report import as_json
    from coursework.workspace.check_table import show
    from coursework.workspace.check_workspace import check_workspace

    report = check_workspace(folder, lessons, timeout=timeout)
    if as_data:
        click.echo(as_json(report))
    else:
        show(report)
    for lesson in report["lessons"]:
        if lesson["problem"]:
            say(f"course: {lesson['problem']}", err=True)
    sys.exit(0 if report["complete"] else 1)


@main.command()
@click.argument("lessons", nargs=-1, metavar="[LESSON]...")
@WORKSPACE
def submit(lessons: tuple[str, ...], folder: Path | None) -> None:
    """Pack your notebooks for hand-in, one zip per lesson.

    Example: course submit metrics
    """
    from coursework.workspace.handin import pack_lessons

    for line in pack_lessons(folder, lessons):
        say(line)


@main.command()
@click.argument("lesson")
@WORKSPACE
def reveal(lesson: str, folder: Path | None) -> None:
    """Put the reference solution next to your notebook.

    LESSON can also be a project.

    Example: course reveal metrics
    """
    from coursework.workspace.update import reveal_lesson

    for line in reveal_lesson(folder, lesson):
        say(line)


@main.command()
@click.argument("lesson")
@WORKSPACE
def reset(lesson: str, folder: Path | None) -> None:
    """Start a lesson or project over, and keep your work.

    Your notebook stays next to the new one, with the date in its name.

    Example: course reset metrics
    """
    from coursework.workspace.update import reset_lesson

    for line in reset_lesson(folder, lesson):
        say(line)


@main.group(cls=_Course)
def data() -> None:
    """List the datasets, or download a public one.

    Example: course data list
    """


@data.command("list")
def list_data() -> None:
    """List the course's datasets and the public ones it can use.

    Example: course data list
    """
    from coursework.workspace.data import describe_data

    for line in describe_data():
        say(line)


@data.command("fetch")
@click.argument("name")
def fetch_data(name: str) -> None:
    """Download a public dataset once, and check that it's the right file.

    No other command needs a network.

    Example: course data fetch abalone19
    """
    from coursework.workspace.data import fetch_with_bar

    say(fetch_with_bar(name))


@main.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--target", required=True, metavar="COLUMN", help="The column to predict.")
@click.option(
    "--positive", metavar="VALUE", help="Its value for the rare class; by default 1, yes, or the rarer of two."
)
@click.option("--cost-miss", type=float, metavar="N", help="What a positive that isn't flagged costs.")
@click.option("--cost-alarm", type=float, metavar="N", help="What a false alarm costs.")
@click.option("--budget", type=float, metavar="N", help="The most alerts per 1,000 rows.")
@click.option("--group", metavar="COLUMN", help="Names whom rows belong to; it's no feature.")
@click.option("--time", metavar="COLUMN", help="Orders the rows, as numbers or dates; it's no feature.")
@click.option("--drop", multiple=True, metavar="COLUMN", help="A column to leave out; repeat it for several.")
@click.option("--minutes", type=click.FloatRange(0.1), default=5, show_default=True, help="How long it may take.")
@click.option("--out", type=FOLDER, default=Path("measured"), show_default=True, help="The folder of the report.")
def measure(table: Path, out: Path, **options: Any) -> None:
    """Measure your own table, and say what to do.

    TABLE is a file in CSV or Parquet with a column that has a rare class.
    It compares models and techniques within some minutes, and writes
    OUT/report.html and OUT/numbers.json. Ctrl-C stops with what is known so
    far. Nothing leaves your machine.

    Example: course measure calls.csv --target sold --cost-miss 50 --cost-alarm 5
    """
    from coursework.measured_report.measure_command import measure_table

    for line in measure_table(table, out=out, tell=lambda line: say(line, err=True), **options):
        say(line)


@main.command()
@WORKSPACE
def doctor(folder: Path | None) -> None:
    """Check that this machine has what the course needs.

    It looks at Python, packages, kernel, sandbox, disk, port, and your
    lessons. Exits with 1 if you must fix something before the course works.

    Example: course doctor
    """
    from coursework.workspace.doctor import examine, report_lines

    levels = []
    for finding in examine(folder):
        levels.append(finding.level)
        for line in report_lines(finding):
            say(line)
    sys.exit(1 if "problem" in levels else 0)


@main.command()
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--out", type=FOLDER, default=Path("graded"), show_default=True, help="The grading folder.")
@click.option("--workers", type=click.IntRange(1, 256), help="How many run at once; one per core by default.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=30, show_default=True, help="Seconds a cell may use."
)
@click.option("--memory", default="2G", show_default=True, help="Memory for one answer, as in 500M or 2G.")
@click.option("--sandbox", default="auto", show_default=True, help="auto, bwrap, or none.")
@click.option("--regrade", is_flag=True, help="Also grade what was graded before.")
@click.option("--student", "students", multiple=True, metavar="NAME", help="Only this learner; can be repeated.")
@click.option("--lesson", "lessons", multiple=True, help="Only this lesson; can be repeated.")
@click.option("--task", metavar="NAME", help="With --regrade, change only this task's result.")
@click.option(
    "--seed",
    type=click.IntRange(0),
    help="Seed of the checks' fresh inputs; by default drawn once and kept in the grading folder.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Run on the Dask cluster that has this scheduler.")
@click.option("--db", "url", help="The gradebook's database; by default SQLite in the grading folder.")
@click.option("--roster", type=click.Path(path_type=Path), metavar="FILE", help="The class list, to tell who is who.")
@click.option("--dry-run", is_flag=True, help="Grade nothing; write whose each file is into OUT/hand-ins.csv.")
@click.option("--hand-ins", type=click.Path(path_type=Path), metavar="FILE", help="That table, corrected.")
def grade(
    submissions: Path,
    out: Path,
    workers: int | None,
    timeout: float,
    memory: str,
    sandbox: str,
    regrade: bool,
    students: tuple[str, ...],
    lessons: tuple[str, ...],
    task: str | None,
    seed: int | None,
    url: str | None,
    scheduler: str | None,
    roster: Path | None,
    dry_run: bool,
    hand_ins: Path | None,
) -> None:
    """Grade all submissions in a folder or an archive.

    SUBMISSIONS is what your platform lets you download, or any folders with
    notebooks and archives below; --dry-run shows whose each file is.
    Answers run in a sandbox, and checks run in another process. If a run is
    killed, the same command finishes it. Exits with 1 if some couldn't be
    graded.

    Example: course grade submissions --out graded
    """
    from coursework.grading.grade_command import grade_command
    from coursework.grading.selection import selection

    grade_command(
        submissions,
        out,
        workers=workers,
        cell_seconds=timeout,
        memory=memory,
        sandbox=sandbox,
        regrade=regrade,
        selected=selection(students, lessons, task, regrade=regrade),
        seed=seed,
        url=url,
        scheduler=scheduler,
        roster=roster,
        hand_ins=hand_ins,
        dry_run=dry_run,
    )


@main.command()
@click.argument("lesson", required=False)
@click.argument("task", required=False)
@click.option("--drop", "change", flag_value="drop", help="The task no longer counts for anyone.")
@click.option("--give-all", "change", flag_value="give-all", help="All who handed in get all of its points.")
@click.option("--undo", "change", flag_value="undo", help="Take back what was done to the task.")
@click.option("--reason", default="", metavar="TEXT", help="A sentence that learners read on their pages.")
@click.option("--out", type=FOLDER, default=Path("graded"), show_default=True, help="The grading folder.")
@click.option("--db", "url", help="The gradebook's database; by default SQLite in the grading folder.")
def adjust(lesson: str | None, task: str | None, change: str | None, reason: str, out: Path, url: str | None) -> None:
    """Drop a faulty task, or give its points to the class.

    Points by the machine and by hand stay as they are beneath, so --undo
    brings them back. Without arguments, it lists what was done so far.

    Example: course adjust metrics recall --drop
    """
    from coursework.reporting.adjust import adjust_command

    for line in adjust_command(lesson, task, change, reason=reason, out=out, url=url):
        say(line)


@main.command()
@click.option("--out", type=FOLDER, default=Path("graded"), show_default=True, help="The grading folder.")
@click.option("--anonymous", is_flag=True, help="Leave out names, texts, reasons, and file names, to show in class.")
@click.option("--similar", is_flag=True, help="Show passages by different learners that read alike.")
@click.option(
    "--inventory",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Show the gain in the twelve questions; DIR has each learner's two notebooks.",
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The class list, a platform's or your own, to show who never handed in.",
)
@click.option(
    "--unnamed",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write wrong answers that no check has a name for into a new folder, as `course try` reads them.",
)
@click.option("--db", "url", help="The gradebook's database; by default SQLite in the grading folder.")
def report(
    out: Path,
    anonymous: bool,
    similar: bool,
    inventory: Path | None,
    roster: Path | None,
    unnamed: Path | None,
    url: str | None,
) -> None:
    """Write a report on the class: one HTML page, OUT/report.html.

    It shows who is stuck where, who never handed in, the most common mistakes
    and whose they are, which tasks may be faulty, and what a person still has
    to read. You can open it offline, and its first page is made to be printed.

    Example: course report --out graded
    """
    from coursework.reporting.report import write_report

    def tell(line: str) -> None:
        say(line, err=True)

    for line in write_report(
        out,
        url=url,
        anonymous=anonymous,
        similar=similar,
        inventory=inventory,
        roster=roster,
        unnamed=unnamed,
        tell=tell,
    ):
        say(line)


@main.command()
@click.argument("lessons", nargs=-1, metavar="[LESSON]...")
@click.option(
    "--format",
    "kind",
    required=True,
    type=click.Choice(["csv", "canvas", "moodle", "canvas-feedback", "moodle-feedback", "exchange"]),
    help="Grades or feedback, and the system to write for.",
)
@click.option("--out", type=FOLDER, default=Path("graded"), show_default=True, help="The grading folder.")
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The table that Canvas or Moodle gave you; it stays as it is but for grades.",
)
@click.option("--release", is_flag=True, help="Write the feedback, which is only listed otherwise.")
@click.option("--unfinished", is_flag=True, help="Also feedback that a person still has to look at.")
@click.option("--db", "url", help="The gradebook's database; by default SQLite in the grading folder.")
def export(
    lessons: tuple[str, ...],
    kind: str,
    out: Path,
    roster: Path | None,
    release: bool,
    unfinished: bool,
    url: str | None,
) -> None:
    """Write grades or feedback for the platform they go back to.

    Grades: csv (a spreadsheet), canvas, moodle. Feedback pages, only with
    --release: canvas-feedback and moodle-feedback (a zip per lesson to
    upload), exchange (nbgrader's). Files are in OUT/export. Exits with 1 if
    the platform doesn't know a learner.

    Example: course export --format canvas --roster gradebook.csv
    """
    from coursework.reporting.export import export_command
    from coursework.reporting.export_feedback import FORMATS, feedback_command

    if kind in FORMATS:
        feedback_command(kind, out, roster=roster, lessons=lessons, url=url, release=release, unfinished=unfinished)
        return
    if release or unfinished:
        raise WrongUsage("--release and --unfinished are for feedback: grades in OUT/export are yours alone")
    export_command(kind, out, roster=roster, lessons=lessons, url=url)


@main.command("sample-class")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--students", type=int, default=12, show_default=True, help="How many learners.")
@click.option("--seed", type=int, default=0, show_default=True, help="Decides who makes which mistakes.")
def sample_class(folder: Path, students: int, seed: int) -> None:
    """Write a simulated class, and the marks it deserves.

    The marks are in expected.csv. The hand-ins are right, partly right, show
    known mistakes, are untouched, or are broken.

    Example: course sample-class class --students 12
    """
    from coursework.authoring.sample_class import write_sample_class

    for line in write_sample_class(folder, students=students, seed=seed):
        say(line)
    say(f"The marks they deserve are in {folder / 'expected.csv'}")


if __name__ == "__main__":
    main()
