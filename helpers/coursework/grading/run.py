"""`course grade`: collect, run in parallel, write one result after the other, finish what was begun."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from coursework.grading.copies import settle
from coursework.grading.engine import EngineFailure, EngineSettings
from coursework.grading.feedback import feedback_page
from coursework.grading.gradebook import NEW_TASK, OTHER_RELEASE, Graded, GradeWriter, first_line
from coursework.grading.graded_notebook import graded_notebook
from coursework.grading.lesson_plan import (
    LessonParts,
    SubmissionPlan,
    Taken,
    changed_tasks,
    course_lesson,
    new_tasks,
    plan,
)
from coursework.grading.original_files import keep_original_files
from coursework.grading.pool import engine_of_this_thread, open_pool
from coursework.grading.reader import Reader
from coursework.grading.seed import seed_of_folder
from coursework.grading.selection import EVERYTHING, Selection
from coursework.grading.taking import is_stub
from coursework.grading.totals import Total
from coursework.grading.up_to_date import page_path, update_files, update_points
from coursework.intake.collection import as_stored, collect, collected_at, require_place
from coursework.intake.corrections import Corrections
from coursework.intake.hand_in import Collected, HandIn, Settled, short_name
from coursework.intake.identities import keep_identities, keep_people, known_identities
from coursework.intake.opening import UnreadableSubmission, open_hand_in, sha256_of
from coursework.lessons.catalogue import find_lesson, written_lessons
from coursework.lessons.notebook import CHECK_SUFFIX, LessonTask
from imbalanced_course import __version__
from imbalanced_course.checks.result import AS_IT_CAME, Finding, Result
from imbalanced_course.course_files import course_file
from imbalanced_course.errors import CourseError, WrongUsage
from imbalanced_course.files import write_whole

NOT_THE_LESSON = "none of the lesson's tasks is in it: it may be another file"


@dataclass
class Report:
    """What a run did: how many were graded now, kept from before, and could not be graded (with the reasons).

    `passed_over` has a line for each kind of file that is no hand-in; `sentence` says what was seen.
    `unclear` has the files that are not graded, with the reasons. Where there is a class list, `never` has those on it
    who handed in nothing, and `unknown` those who handed in and are not on it.
    """

    graded: int = 0
    kept: int = 0
    flagged: list[tuple[str, str]] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    sentence: str = ""
    unclear: list[tuple[str, str]] = field(default_factory=list)
    never: list[str] | None = None
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Again:
    """What was graded before, and what of it is graded again."""

    known: Mapping[tuple[str, str], Mapping[str, Any]]
    regrade: bool
    selected: Selection


@dataclass
class _Outcome:
    graded: Graded
    page: str = ""
    notebook: str = ""


def grade_folder(
    submissions: Path,
    out: Path,
    settings: EngineSettings,
    *,
    workers: int,
    seed: int | None = None,
    regrade: bool = False,
    selected: Selection = EVERYTHING,
    url: str | None = None,
    scheduler: str | None = None,
    roster: Path | None = None,
    hand_ins: Path | None = None,
    advance: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> Report:
    """Grade everything in a folder into `out`.

    What was graded before from the same file, by the same lesson and seed, is kept. Killed at any moment and
    started again, it finishes as if it had never been killed.

    Parameters
    ----------
    submissions, out : Path
        Where the hand-ins are, and the grading folder (made when it is not there).
    settings : EngineSettings
        How answers are run.
    workers : int
        How many submissions run at the same time.
    seed : int, optional
        From which the checks draw their fresh inputs; unless said, the grading folder has one of its own.
    regrade : bool
        Grade again what was graded before.
    selected : Selection
        Of whose hand-ins, of which lessons; all others stay as they are.
    url : str, optional
        The gradebook's database.
    scheduler : str, optional
        The address of a Dask scheduler, whose workers then run the submissions.
    roster, hand_ins : Path, optional
        The class list, and a corrected table of hand-ins.
    advance : callable
        Told after each submission: how many are done, of how many, and which one was last.

    Raises
    ------
    CourseError
        When the folder cannot be used or another run uses it.
    """
    require_place(submissions)
    corrections = Corrections(roster, hand_ins)
    when = collected_at()
    with _told_in_a_sentence(out), _unmade_if_refused(out), contextlib.ExitStack() as last:
        _make_course_folder(out)
        last.enter_context(only_run(out))
        settings = replace(settings, seed=seed_of_folder(out) if seed is None else seed)
        # Where there are grades, there may be nothing new: after a person's marks, no answer has to run.
        warm = regrade or not (out / "grades.csv").exists()
        pool, at_once = last.enter_context(open_pool(settings, workers, scheduler, warm=warm))
        reader = last.enter_context(Reader(settings.sandbox))
        lessons = _Lessons()
        writer = GradeWriter(out, url)
        last.callback(writer.close)
        corrections.kept = {student for student, _ in writer.known()}
        corrections.known = known_identities(writer.book.engine)
        collected = collect(
            submissions, _laid_out(submissions, out), reader,
            lambda alike: settle(alike, lessons[alike[0].lesson], reader), out=out,
            known=corrections.known, learners=corrections.learners, correct=corrections,
        )  # fmt: skip
        found, report = collected.submissions, _reported(collected, corrections)
        times = {(one.student, one.lesson): as_stored(one.time) for one in found if one.time and not one.problem}
        writer.keep_copy()
        keep_identities(writer.book.engine, found)
        if corrections.on_roster:
            keep_people(writer.book.engine, corrections.on_roster.students)
        keep_original_files(writer.book.engine, found)
        found = selected.chosen(found)
        again = _Again(writer.known(), regrade, selected)
        entered: set[str] = set()
        outcomes = _outcomes(found, lessons, settings, again, out, pool, at_once, reader)
        for done, outcome in enumerate(outcomes, start=1):
            graded = outcome.graded
            if outcome.page:
                page = page_path(out, graded.student, graded.lesson)
                write_whole(page, outcome.page)
                notebook = page.relative_to(out / "feedback").with_suffix(".ipynb")
                write_whole(out / "autograded" / notebook, outcome.notebook)
            if graded.status == "kept":
                report.kept += 1
            else:
                if graded.status == "graded" and graded.lesson not in entered:
                    writer.prepare(find_lesson(graded.lesson))  # while the next ones run
                    entered.add(graded.lesson)
                writer.record(graded, times.get((graded.student, graded.lesson), when))
                report.graded += graded.status == "graded"
            if graded.status == "flagged":
                report.flagged.append((f"{graded.student}/{graded.lesson}".strip("/"), graded.reason))
            advance(done, len(found), f"{graded.student}/{graded.lesson}")
        writer.forget(_resolved(found, again.known))
        try:
            update_points(writer, out)
        finally:
            update_files(writer, out, lessons)
    return report


def sort_folder(
    submissions: Path, out: Path, sandbox: str, *, url: str | None, roster: Path | None, hand_ins: Path | None
) -> Report:
    """Grade nothing: find the hand-ins, tell whose they are, and write that into `hand-ins.csv` in `out`.

    Raises
    ------
    CourseError
        As `grade_folder`.
    """
    require_place(submissions)
    corrections = Corrections(roster, hand_ins)
    with _told_in_a_sentence(out), tempfile.TemporaryDirectory() as place, Reader(sandbox) as reader:
        if url or (out / "gradebook.db").exists():
            with contextlib.closing(GradeWriter(out, url)) as writer:
                corrections.known = known_identities(writer.book.engine)
                corrections.kept = {student for student, _ in writer.known()}
        collected = collect(
            submissions, Path(place), reader, lambda alike: Settled(alike[-1]), out=out, known=corrections.known,
            learners=corrections.learners, correct=corrections,
        )  # fmt: skip
        if out.exists() and not out.is_dir():
            raise CourseError(f"{str(out)!r} is a file, not a folder")
        out.mkdir(parents=True, exist_ok=True)
        write_whole(out / "hand-ins.csv", corrections.table)
    return _reported(collected, corrections)


def _resolved(found: Sequence[HandIn], known: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the rows of files that couldn't be graded before, and can now: a name, say, was corrected."""
    rows = {
        (student, short_name(name))
        for one in found if not one.problem
        for student in (one.student, "")
        for name in (one.shown, one.file)
    }  # fmt: skip
    return (rows & set(known)) - {(one.student, one.lesson) for one in found}


def _reported(collected: Collected, corrections: Corrections) -> Report:
    on_list = corrections.on_roster
    return Report(
        passed_over=collected.lines(), sentence=collected.sentence,
        unclear=[(one.file, one.problem) for one in collected.submissions if one.problem],
        never=on_list.never if on_list else None, unknown=on_list.unknown if on_list else [],
    )  # fmt: skip


def _outcomes(
    found: list[HandIn],
    lessons: Mapping[str, LessonParts],
    settings: EngineSettings,
    again: _Again,
    out: Path,
    pool: Executor,
    at_once: int,
    reader: Reader,
) -> Iterator[_Outcome]:
    """Yield outcomes as they come; few submissions wait in memory."""
    waiting: set[Future[_Outcome]] = set()
    # Sorted by lesson, so that the warm processes of few lessons are alive at a time.
    for item in sorted(found, key=lambda item: (item.lesson, item.student)):
        read = _read(item, lessons, again, settings, out, reader)
        if isinstance(read, _Outcome):
            yield read
            continue
        waiting.add(pool.submit(_grade, item, *read, lessons[item.lesson], settings))
        if len(waiting) >= 2 * at_once:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    while waiting:
        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        yield from (future.result() for future in done)


def _read(
    item: HandIn,
    lessons: Mapping[str, LessonParts],
    again: _Again,
    settings: EngineSettings,
    out: Path,
    reader: Reader,
) -> _Outcome | tuple[Taken, str, dict[str, Any]]:
    """Return what counts of a submission, its hash and the results to keep; its outcome if there's nothing to run."""
    if item.problem:
        return _flagged(item, item.problem, None)
    parts, digest = lessons[item.lesson], ""
    try:
        with open_hand_in(item.path) as file:
            digest = sha256_of(file)
            before = again.known.get((item.student, item.lesson))
            recipe = _recipe(parts, settings)
            if before and not again.regrade and before["sha256"] == digest and before["recipe"] == recipe:
                if before["status"] == "flagged":  # a person decides whether it is run again
                    return _flagged(item, before["reason"], parts, digest, recipe)
                kept = Graded(item.student, item.lesson, digest, status="kept")
                if page_path(out, item.student, item.lesson).exists():
                    return _Outcome(kept)
            return reader.take(file, parts), digest, again.selected.results_to_keep(before, digest)
    except UnreadableSubmission as error:
        return _flagged(item, str(error), parts, digest)


def _grade(
    item: HandIn,
    taken: Taken,
    digest: str,
    kept: Mapping[str, Any],
    parts: LessonParts,
    settings: EngineSettings,
) -> _Outcome:
    """Run one submission; it gets all that it needs, so that it can be done on another machine."""
    made = plan(parts, taken)
    job = {"lesson": parts.folder, "setup": list(parts.setup), "steps": made.steps}
    try:
        outcome = engine_of_this_thread(settings).grade(job)
    except EngineFailure as error:
        reason = f"the run didn't finish ({error}); look at it by hand, or grade it again with --regrade"
        return _flagged(item, reason, parts, digest, _recipe(parts, settings))
    for step in outcome["steps"]:
        if "result" in step:
            step["result"] = kept.get(step["result"]["task"], _open_if_untouched(step["result"], taken, parts))
    results = [step["result"] for step in outcome["steps"] if "result" in step]
    item = _doubted(item, taken, made, results)
    notes = [*filter(None, [item.note, item.doubt, _in_anothers_folder(item)]), *made.notes, *outcome["notes"]]
    changed = changed_tasks(parts, taken)
    notes += _of_missing_cells(parts, taken, made, results)
    if changed:
        names = ", ".join(task.name for task in changed)
        notes.append(f"made with another release of the lesson, in which these tasks differ: {names}")
    if taken.gone:
        notes.append(
            f"made with another release, whose tasks {', '.join(taken.gone)} the lesson has no more: "
            "a person gives the points for them"
        )
    graded = Graded(
        student=item.student,
        lesson=item.lesson,
        sha256=digest,
        reason="; ".join(notes)[:1000],
        max_points=parts.max_points,
        recipe=_recipe(parts, settings),
        auto_scores={result["task"] + CHECK_SUFFIX: result["points"] for result in results},
        manual={task.name: _responded(task.name, made.manual) for task in parts.tasks if task.manual},
        look_again={
            **_to_look_at(parts, taken, changed, item.doubt),
            **dict.fromkeys(outcome["review"], "the answer stalled while it was graded"),
        },
        results=results,
        notes=notes,
    )
    lesson = find_lesson(item.lesson)
    waits = any(graded.manual.values()) or bool(graded.look_again)
    total = Total(sum(graded.auto_scores.values()), waits=waits).told(parts.max_points)
    page = feedback_page(lesson, parts.titles, item.student, made, outcome["steps"], notes, total)
    kernelspec = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return _Outcome(graded, page, json.dumps(graded_notebook(parts, made, outcome["steps"], kernelspec), indent=1))


def _doubted(item: HandIn, taken: Taken, made: SubmissionPlan, results: Sequence[Mapping[str, Any]]) -> HandIn:
    """Return the hand-in, with a doubt where nothing in it is the lesson's."""
    if taken.is_lesson or not made.missing or any(result["points"] for result in results):
        return item
    return replace(item, doubt="; ".join(filter(None, [item.doubt, NOT_THE_LESSON])))


def _of_missing_cells(
    parts: LessonParts, taken: Taken, made: SubmissionPlan, results: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Yield what is told of the tasks without an answer cell: whether the answers were found all the same."""
    right = {result["task"] for result in results if result["status"] == "right"}
    found = [name for name in made.missing if name in right]
    lost = [name for name in made.missing if name not in right]
    no_name_left = taken.is_lesson and {task.name for task in parts.tasks if not task.manual} <= set(made.missing)
    if found or no_name_left:
        which = "the cells" if no_name_left else f"the cells of {', '.join(found)}"
        yield f"{which} lost their names, as when another program saves a notebook: what they set was found"
    if lost and not no_name_left and (taken.is_lesson or found):
        yield f"without answer cell: {', '.join(lost)}"


def _in_anothers_folder(item: HandIn) -> str:
    """Return a sentence where a notebook lies in the folder of another lesson than it is."""
    folders = Path(item.file).parts[:-1]
    others = [lesson.folder for lesson in written_lessons() if lesson.folder in folders]
    if not others or item.lesson in others:
        return ""
    return f"it lies in the folder of {others[-1]}, but is {item.lesson}"


def _open_if_untouched(result: Mapping[str, Any], taken: Taken, parts: LessonParts) -> Mapping[str, Any]:
    """Return a result, of a bonus task that nobody has touched as not attempted."""
    name = result["task"]
    untouched = name in taken.answers and is_stub(parts, name, taken.answers[name])
    if result["max_points"] or result["status"] != "wrong" or not untouched:
        return result
    return Result(name, (Finding(name, "not attempted", AS_IT_CAME),), 0.0).as_dict()


def _to_look_at(parts: LessonParts, taken: Taken, changed: Sequence[LessonTask], doubt: str) -> dict[str, str]:
    """Return by the cells with points why a person should look at what the machine graded there."""
    reasons = dict.fromkeys((task.check_id for task in parts.tasks if task.points), doubt) if doubt else {}
    for task in parts.tasks:
        if task.points and task.name in taken.doubtful:
            reasons[task.check_id] = "answered more than once, in different ways"
        if task.name in taken.below:
            reasons[task.check_id] = "answered below its check"
    for task in changed:
        if task.points:
            reasons[task.check_id] = OTHER_RELEASE
    reasons |= {task.check_id: NEW_TASK for task in new_tasks(parts, taken) if task.points}
    if taken.gone and not reasons:  # what these tasks earned is nowhere else
        reasons = dict.fromkeys((task.check_id for task in parts.tasks if task.points), OTHER_RELEASE)
    return reasons


def _recipe(parts: LessonParts, settings: EngineSettings) -> str:
    """Return what a grade depends on beside the file: the same recipe and file need no second run."""
    return f"{__version__} {parts.version} {settings.seed}"


def _responded(name: str, texts: Mapping[str, str]) -> bool:
    text = texts.get(name, "").strip()
    return bool(text) and "Write your answer here, in place of this line." not in text


def _flagged(item: HandIn, reason: str, parts: LessonParts | None, digest: str = "", recipe: str = "") -> _Outcome:
    most = parts.max_points if parts else 0.0
    return _Outcome(
        Graded(item.student, item.lesson, digest, status="flagged", reason=reason, max_points=most, recipe=recipe)
    )


class _Lessons(dict[str, LessonParts]):
    """The lessons by their folders, each taken apart when it is first needed."""

    def __missing__(self, name: str) -> LessonParts:
        self[name] = course_lesson(name)
        return self[name]


def _laid_out(submissions: Path, out: Path) -> Path:
    """Return where hand-ins are laid out: never in the folder that they come from.

    Raises
    ------
    WrongUsage
        When that folder is the grading folder, or in what grading writes there.
    """
    place, inside = submissions.resolve(), out.resolve()
    if place == inside or any(place.is_relative_to(inside / name) for name in ("autograded", "feedback")):
        raise WrongUsage(f"{str(submissions)!r} is where `course grade` writes: name the folder with the hand-ins")
    return out / ("submitted" if not place.is_relative_to(inside / "submitted") else "laid-out")


def _make_course_folder(out: Path) -> None:
    """Make `out` an nbgrader course directory, so that the formgrader opens it."""
    if out.exists() and not out.is_dir():
        raise CourseError(f"{str(out)!r} is a file, not a folder")
    out.mkdir(parents=True, exist_ok=True)
    settings = out / "nbgrader_config.py"
    if not settings.exists():
        write_whole(settings, course_file("nbgrader_config.py").read_text(encoding="utf-8"))


@contextlib.contextmanager
def _told_in_a_sentence(out: Path) -> Iterator[None]:
    """Turn a disk without room or rights, or a database that fails, into a sentence; what was graded before is kept."""
    from sqlalchemy.exc import DBAPIError

    after = "everything graded so far is kept, and the same command finishes the rest"
    try:
        yield
    except DBAPIError as error:
        raise CourseError(f"the gradebook could not be written ({first_line(error)}); {after}") from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CourseError(f"there's no space left on the disk of {str(out)!r}; {after}") from None
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and str(error.filename or out).startswith(str(out)):
            raise CourseError(f"{str(out)!r} cannot be written ({error.strerror}): choose another --out") from None
        which = str(error.filename or out)
        raise CourseError(f"{which!r} cannot be read or written ({error.strerror or error}); {after}") from None


@contextlib.contextmanager
def _unmade_if_refused(out: Path) -> Iterator[None]:
    """Leave nothing behind where the command was called with something that cannot be meant."""
    was_there = out.exists()
    try:
        yield
    except WrongUsage:
        if not was_there:
            shutil.rmtree(out, ignore_errors=True)
        raise


@contextlib.contextmanager
def only_run(out: Path) -> Iterator[None]:
    """One process writes the gradebook: a second run on the same folder is refused."""
    try:
        lock = (out / ".grading.lock").open("w")
    except OSError as error:
        raise CourseError(f"{str(out)!r} cannot be written ({error.strerror}): choose another --out") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CourseError(
                f"another `course grade` is writing to {str(out)!r}: wait for it, or choose --out"
            ) from None
        yield
