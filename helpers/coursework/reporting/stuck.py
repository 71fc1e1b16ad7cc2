"""Who is stuck where: a table of learners by tasks, with those who have most tasks open first."""

from __future__ import annotations

from dataclasses import dataclass

from coursework.reporting.records import ClassRecords, TaskInfo

UNGRADED, ABSENT = "flagged", ""


@dataclass(frozen=True)
class TaskColumn:
    """A task of the table: `number` as its heading has it (3.1), and how many of those who tried it are stuck."""

    lesson: str
    task: TaskInfo
    number: str
    tried: int
    stuck: int


@dataclass(frozen=True)
class LearnerRow:
    """A learner, and the status of each task: as in the outcomes, or `UNGRADED`, or `ABSENT`."""

    student: str
    statuses: list[str]

    @property
    def stuck(self) -> int:
        """How many tasks were tried and aren't right."""
        return self.statuses.count("wrong")

    @property
    def open(self) -> int:
        """How many tasks of graded hand-ins aren't right."""
        return self.stuck + self.statuses.count("not attempted")


@dataclass(frozen=True)
class StuckTable:
    """The table: tasks in the order of the course, learners with most tasks open first."""

    columns: list[TaskColumn]
    rows: list[LearnerRow]

    @property
    def most_stuck(self) -> list[LearnerRow]:
        """Those who are stuck in any task, in most tasks first."""
        return sorted((row for row in self.rows if row.stuck), key=lambda row: -row.stuck)

    @property
    def idle(self) -> list[LearnerRow]:
        """Those who handed in and tried nothing."""
        return [row for row in self.rows if row.open and {"wrong", "right"}.isdisjoint(row.statuses)]

    @property
    def hardest(self) -> list[TaskColumn]:
        """The tasks in which anybody is stuck, those with most learners first."""
        return sorted((one for one in self.columns if one.stuck), key=lambda one: -one.stuck)


def stuck_table(records: ClassRecords) -> StuckTable:
    """Return who is stuck in which task with points that a machine grades."""
    outcomes = records.outcomes
    status = dict(
        zip(
            zip(outcomes["student"], outcomes["lesson"], outcomes["task"], strict=True), outcomes["status"], strict=True
        )
    )
    handed_in = set(zip(records.hand_ins["student"], records.hand_ins["lesson"], strict=True))
    columns = []
    for lesson in records.lessons:
        graded = [task for task in records.tasks[lesson.folder] if task.kind in ("task", "text")]
        for number, task in enumerate(graded, start=1):
            if task.kind == "task":
                of_task = [status.get((student, lesson.folder, task.name)) for student in records.learners]
                stuck = of_task.count("wrong")
                tried = stuck + of_task.count("right")
                columns.append(TaskColumn(lesson.folder, task, f"{lesson.number}.{number}", tried, stuck))
    rows = [
        LearnerRow(
            student,
            [
                status.get((student, one.lesson, one.task.name))
                or (UNGRADED if (student, one.lesson) in handed_in else ABSENT)
                for one in columns
            ],
        )
        for student in records.learners
    ]
    rows.sort(key=lambda row: (-row.open, -row.stuck))  # stable: equal ones stay in the order of their names
    return StuckTable(columns, rows)


def stuck_at(records: ClassRecords) -> dict[tuple[str, str], list[str]]:
    """Return the learners whose answer isn't right yet, by lesson and task."""
    found: dict[tuple[str, str], list[str]] = {}
    wrong = records.outcomes[records.outcomes["status"] == "wrong"]
    for student, lesson, task in zip(wrong["student"], wrong["lesson"], wrong["task"], strict=True):
        found.setdefault((lesson, task), []).append(student)
    return found
