"""`course report`: the class at a glance, as one page that needs no network and no scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from coursework.grading.feedback import PAGE_POLICY
from coursework.reporting.anonymity import without_names
from coursework.reporting.class_list import attendance
from coursework.reporting.class_points import distribution, needing_help, points_table, status_table
from coursework.reporting.doubtful_tasks import FEWEST_ALIKE, doubtful_tasks
from coursework.reporting.item_analysis import (
    FEWEST_FOR_DISCRIMINATION,
    POOR,
    TaskFigures,
    analyse_lesson,
    commonest_mistakes,
)
from coursework.reporting.records import ClassRecords, read_class
from coursework.reporting.stuck import ABSENT, UNGRADED, stuck_at, stuck_table
from coursework.reporting.unnamed import require_new_folder, unnamed_groups, write_unnamed
from coursework.standalone_page import templates_of
from imbalanced_course.errors import CourseError, WrongUsage
from imbalanced_course.files import write_whole

PAGE = "report.html"
# Longer tables are folded; the first rows of what wants attention stay open.
MOST_OPEN_ROWS = 40
FIRST_ROWS = 25
FIRST_MISTAKES = 15
FIRST_NAMES = 6
MARKS = {"right": "✓", "wrong": "✗", "not attempted": "○", "waiting": "?", UNGRADED: "!", ABSENT: "–"}


def write_report(
    out: Path,
    *,
    url: str | None = None,
    anonymous: bool = False,
    similar: bool = False,
    inventory: Path | None = None,
    roster: Path | None = None,
    unnamed: Path | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> list[str]:
    """Write the report of a graded class into its grading folder.

    Parameters
    ----------
    out : Path
        The grading folder.
    url : str, optional
        The gradebook's database; SQLite in `out` unless said.
    anonymous : bool
        Leave out names, texts, reasons and file names.
    similar : bool
        Look for passages of different learners that read alike.
    inventory : Path, optional
        The folder with each learner's two notebooks of the concept inventory, to show what the class gained.
    roster : Path, optional
        The class list, a platform's or one's own, to show who never handed in.
    unnamed : Path, optional
        A new folder for the wrong answers that no check has a name for.
    tell : callable
        Told in a line what is being done.

    Returns
    -------
    list of str
        What to print: the class in a sentence, and where the page lies.

    Raises
    ------
    WrongUsage
        When there is no gradebook, `anonymous` is asked for together with `similar` or `unnamed`, `roster` is no class
        list, or `unnamed` is not empty.
    CourseError
        When the gradebook is empty or cannot be read, or the page cannot be written.
    """
    for option, wanted in (("--similar", similar), ("--unnamed", unnamed)):
        if anonymous and wanted:
            raise WrongUsage(
                f"{option} shows what learners wrote, so it can't be combined with --anonymous: run it twice"
            )
    if unnamed:
        require_new_folder(unnamed)
    tell("Reading the gradebook …")
    named = read_class(out, url)
    records = without_names(named) if anonymous else named
    parts = page_parts(records, out, anonymous=anonymous)
    parts["attendance"] = attendance(named, roster, out, url)
    if inventory:
        from coursework.reporting.inventory_gain import class_gain

        parts["gain"] = class_gain(inventory)
    if similar:
        from coursework.reporting.similar import similar_passages

        parts["pairs"] = similar_passages(
            records, out, advance=lambda lesson: tell(f"Comparing passages of {lesson} …")
        )
    tell("Drawing …")
    try:
        write_whole(out / PAGE, render(parts))
    except OSError as error:
        raise CourseError(f"the report couldn't be written to {str(out)!r} ({error.strerror})") from None
    written = write_unnamed(records, out, unnamed) if unnamed else []
    waiting = parts["waiting"]
    return [
        f"{_count(len(records.learners), 'learner')}, {_count(len(records.hand_ins), 'hand-in')}: "
        f"{_count(len(waiting.texts), 'text')} to read, {len(waiting.flagged):,} could not be graded",
        f"report: {out / PAGE}",
        *written,
    ]


def page_parts(records: ClassRecords, out: Path, *, anonymous: bool = False) -> dict[str, Any]:
    """Return all that the page shows, by the names that the template uses; what was not asked for is None."""
    from coursework.reporting.quick_check import quick_check
    from coursework.reporting.waiting import feedback_link, what_waits

    waiting = what_waits(records, out)
    titles = {(lesson, task.name): task.title for lesson, tasks in records.tasks.items() for task in tasks}
    figures = {lesson.folder: analyse_lesson(records, lesson.folder) for lesson in records.lessons}
    points, status = points_table(records), status_table(records)
    groups = unnamed_groups(records)
    spread = distribution(records)
    return {
        "records": records,
        "anonymous": anonymous,
        "points": points,
        "status": status,
        "standing_rows": list(zip(points.index, points.to_numpy().tolist(), status.to_numpy().tolist(), strict=True)),
        "totals": points.sum(axis=1),
        "most": spread["max_points"].tolist() if len(spread) else [],
        "distribution": spread.to_dict("records"),
        "needs": needing_help(records),
        "figures": figures,
        "shows_discrimination": {lesson: _shows_discrimination(found) for lesson, found in figures.items()},
        "fewest_for_discrimination": FEWEST_FOR_DISCRIMINATION,
        "mistakes": {
            "Tasks with points": commonest_mistakes(records, {"task"}).to_dict("records"),
            "Bonus tasks and bugs": commonest_mistakes(records, {"bonus"}).to_dict("records"),
        },
        "titles": titles,
        "test": quick_check(records, figures),
        "stuck": stuck_table(records),
        "stuck_at": stuck_at(records),
        "groups": groups,
        "doubtful": doubtful_tasks(figures, groups),
        "gain": None,
        "waiting": waiting,
        "texts_by_task": [(*key, number) for key, number in Counter((i.lesson, i.what) for i in waiting.texts).items()],
        "link": partial(_no_link if anonymous else feedback_link, out),
        "pairs": None,
    }


def render(parts: dict[str, Any]) -> str:
    """Return the page's HTML; everything that comes from learners is escaped."""
    from markupsafe import Markup

    from coursework.reporting import pictures, similar
    from imbalanced_course.checks.result import code_spans

    environment = templates_of("coursework.reporting")
    environment.filters |= {
        "code": lambda text: Markup(code_spans(text)),
        "number": lambda value: f"{value:,.2f}".rstrip("0").rstrip(".") if value == value else "–",
        "percent": lambda share: f"{100 * share:.0f}%",
        "short": _number_of,
        "border": _cell_class,
    }
    environment.globals |= {
        "pictures": _draw(parts, pictures),
        "policy": PAGE_POLICY,
        "marked": similar.marked,
        "count": _count,
        "open_rows": MOST_OPEN_ROWS,
        "first_rows": FIRST_ROWS,
        "first_mistakes": FIRST_MISTAKES,
        "first_names": FIRST_NAMES,
        "fewest_alike": FEWEST_ALIKE,
        "poor": POOR,
        "marks": MARKS,
        "most_pairs": similar.MOST_SHOWN,
        "threshold": similar.THRESHOLD,
        "fewest_characters": similar.FEWEST_CHARACTERS,
        "common_learners": similar.COMMON_LEARNERS,
        "common_share": similar.COMMON_SHARE,
    }
    return environment.get_template("report.html.j2").render(parts) + "\n"


def _cell_class(begins: bool, status: str = "") -> Any:
    """Return the attribute of a cell in the table of who is stuck where."""
    from markupsafe import Markup

    names = ["b"] * begins + ["w"] * (status == "wrong")
    return Markup(' class="{}"').format(" ".join(names)) if names else ""


def _no_link(*where: object) -> str:
    return ""


def _draw(parts: dict[str, Any], pictures: Any) -> dict[str, Any]:
    """Return the pictures by the section that they belong to; none of a lesson that nobody handed in."""
    if not parts["records"].lessons:
        return {}
    drawn = {
        "standing": pictures.points_picture(parts["points"], parts["status"], parts["most"]),
        "distribution": pictures.distribution_picture(parts["points"], parts["most"]),
    }
    if parts["test"].questions:
        drawn["quick_check"] = pictures.quick_check_picture(parts["test"])
    return drawn


def _shows_discrimination(figures: list[TaskFigures]) -> bool:
    return any(one.discrimination for one in figures)


def _number_of(lesson: str) -> str:
    """Return a lesson's number: `3` of `03-metrics`."""
    return lesson.split("-", 1)[0].lstrip("0")


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")
