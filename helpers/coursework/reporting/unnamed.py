"""Wrong answers that no check has a name for: grouped by what they gave, and written so that the course learns them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coursework.grading.reader import Reader, confined_reader
from coursework.intake.opening import UnreadableSubmission, open_hand_in
from coursework.lessons.catalogue import Lesson
from coursework.reporting.records import ClassRecords
from coursework.terminal import one_line
from imbalanced_course.errors import CourseError, WrongUsage
from imbalanced_course.files import write_whole

MOST_CHARACTERS = 20_000
_HEAD = """\
# Wrong answers to lesson {number} that no check has a name for, in the form of known answers.
# They were written by learners and are programs. So each line of them is a comment, and `course try` runs none of it.
# Read an answer, remove the marks before its lines, and give it a name. Then try it:
#     course try {name} {file}
# Give the check a sentence for it, and move the cell to the answers.py of the lesson.
"""


@dataclass(frozen=True)
class UnnamedGroup:
    """Learners whose answers are wrong in the same way: `name` of the answer gave what `message` says."""

    lesson: str
    task: str
    name: str
    message: str
    students: tuple[str, ...]


def unnamed_groups(records: ClassRecords) -> list[UnnamedGroup]:
    """Return the groups of the tasks with points, those with most learners first."""
    graded = {(lesson, task.name) for lesson, tasks in records.tasks.items() for task in tasks if task.kind == "task"}
    found: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for student, lesson, task, name, message, _ in records.unnamed.itertuples(index=False):
        if (lesson, task) in graded:
            found[lesson, task, name, message].append(student)
    groups = [UnnamedGroup(*key, tuple(dict.fromkeys(students))) for key, students in found.items()]
    return sorted(groups, key=lambda one: (-len(one.students), one.lesson, one.task, one.name, one.message))


def require_new_folder(folder: Path) -> None:
    """Refuse a folder in which something is.

    Raises
    ------
    WrongUsage
        When there is something in it, or it is a file.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUsage(f"{str(folder)!r} isn't an empty folder, and --unnamed overwrites nothing")


def write_unnamed(records: ClassRecords, out: Path, folder: Path) -> list[str]:
    """Write one file per lesson, as `course try` reads it: a cell for each task and each way of being wrong.

    Parameters
    ----------
    records : ClassRecords
        The class, with names.
    out : Path
        The grading folder, whose `autograded` holds what learners wrote.
    folder : Path
        Where the files go; `require_new_folder` has seen it.

    Returns
    -------
    list of str
        A line for each file: how many cells are in it.
    """
    lines = []
    with confined_reader() as reader:
        for lesson in records.lessons:
            cells = list(_cells(reader, records, out, lesson))
            if not cells:
                continue
            path = folder / f"{lesson.notebook}.py"
            head = _HEAD.format(number=lesson.number, name=lesson.name, file=path.name)
            try:
                write_whole(path, "\n".join([head, *cells]))
            except OSError as error:
                raise CourseError(f"{str(path)!r} couldn't be written ({error.strerror})") from None
            lines.append(f"{path}: {len(cells):,} wrong answer{'s' * (len(cells) != 1)} without a name")
    return lines


def _cells(reader: Reader, records: ClassRecords, out: Path, lesson: Lesson) -> Iterator[str]:
    """Yield the cells of a lesson: each way of being wrong with the text that most of its learners wrote."""
    of_lesson = records.unnamed[records.unnamed["lesson"] == lesson.folder]
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    points: dict[tuple[str, str], float] = {}
    for student, _, task, name, message, earned in of_lesson.itertuples(index=False):
        said[student, task].append(f"{name}: {message}")
        points[student, task] = earned
    ways: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for (student, task), lines in said.items():
        ways[task, tuple(lines)].append(student)
    written = {student: _answers(reader, out, student, lesson) for student in sorted(set(of_lesson["student"]))}
    order = [task.name for task in records.tasks[lesson.folder]]
    numbers: Counter[str] = Counter()
    for (task, told), students in sorted(ways.items(), key=lambda way: (order.index(way[0][0]), -len(way[1]), way[0])):
        texts = Counter(written[student][task] for student in students if task in written[student])
        if texts:
            numbers[task] += 1
            text = min(texts, key=lambda one: (-texts[one], len(one), one))
            most = max(points[student, task] for student in students)
            yield _cell(f"{task} | wrong | unnamed {numbers[task]} | {most:g}", len(students), told, text)


def _cell(header: str, learners: int, told: tuple[str, ...], text: str) -> str:
    """Return a known answer in which nothing runs: whatever a learner wrote is a comment, without control characters.

    No parser has looked at the text, and none has to.
    """
    cut = ["[…]"] if len(text) > MOST_CHARACTERS else []
    lines = ["", *text[:MOST_CHARACTERS].splitlines(), *cut]
    said = [
        f"# {learners} learner{'s' * (learners != 1)}. The check said:",
        *(f"#     {one_line(one)}" for one in told),
    ]
    return "\n".join([f"# %% {header}", *said, *map(_comment, lines), ""])


def _comment(line: str) -> str:
    """Return a line as a comment that begins no cell, as a magic command like `%%time` would."""
    return f"#{'' if line.startswith('%%') else ' '}{one_line(line.expandtabs(4))}".rstrip()


def _answers(reader: Reader, out: Path, student: str, lesson: Lesson) -> dict[str, str]:
    """Return what a learner answered to each task, from the notebook that grading made of the hand-in."""
    path = out / "autograded" / student / lesson.folder / f"{lesson.notebook}.ipynb"
    try:
        with open_hand_in(path) as file:
            return {name: text for _, name, answer, text in reader.texts(file) if name and answer}
    except UnreadableSubmission:
        return {}
