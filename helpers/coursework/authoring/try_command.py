"""What `course try` prints: each answer's verdict, and what is false about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coursework.authoring.answer_trial import TriedLesson, Verdict, graded_verdicts
from coursework.authoring.known_answers import FORM, KnownAnswer, read_known_answers
from coursework.lessons.catalogue import find_lesson
from coursework.terminal import WIDTH, say
from imbalanced_course.errors import WrongUsage
from imbalanced_course.wrapping import wrapped

_INDENT = " " * 6


def try_answers(name: str, path: Path, *, seeds: int, grade: bool) -> bool:
    """Print the verdict on each answer of a file; return whether all are the ones deserved."""
    tried = TriedLesson(find_lesson(name))
    answers = _answers_for(tried, path)
    graded = graded_verdicts(tried, answers) if grade else None
    false = 0
    for answer in answers:
        verdicts = tried.verdicts(answer.task, answer.code, range(seeds))
        faults = faults_of(answer, verdicts, next(graded) if graded else None, tried.tasks[answer.task].points)
        false += bool(faults)
        for line in _lines(answer, verdicts[0], faults, tried.tasks[answer.task].points):
            say(line)
    say(f"{len(answers)} {'answer' if len(answers) == 1 else 'answers'}, {false} false")
    return not false


def faults_of(answer: KnownAnswer, verdicts: Sequence[Verdict], graded: Verdict | None, most: float) -> list[str]:
    """Return in sentences what is false about an answer's verdicts with different seeds, and about the grader's."""
    faults = []
    for verdict in verdicts:
        fault = verdict.fault(answer, most)
        if fault:
            faults.append(fault if len(verdicts) == 1 else f"Seed {verdict.seed}: {fault}")
            break
    seeds: dict[float, list[int]] = {}
    for verdict in verdicts:
        seeds.setdefault(verdict.points if most else float(verdict.status == "right"), []).append(verdict.seed)
    if len(seeds) > 1:
        told = "; ".join(f"{_earned(points, most)} with {_numbers(group)}" for points, group in seeds.items())
        faults.append(f"The verdict depends on the seed: {told}.")
    if graded is not None and (graded.status, graded.points) != (verdicts[0].status, verdicts[0].points):
        faults.append(
            f"The grader gives {_earned(graded.points, most)} and says: {' '.join(_told(graded)) or 'right.'}"
        )
    return faults


def _answers_for(tried: TriedLesson, path: Path) -> list[KnownAnswer]:
    answers = read_known_answers(path)
    if not answers:
        raise WrongUsage(f"{path.name} has no answers; one begins with a line like {FORM}")
    for answer in answers:
        task = tried.tasks.get(answer.task)
        if task is None:
            known = ", ".join(task.name for task in tried.tasks.values() if not task.manual)
            lesson = tried.lesson.folder
            raise WrongUsage(f"{path.name}, line {answer.line}: {lesson} has no task {answer.task!r}, but {known}")
        if task.manual:
            raise WrongUsage(f"{path.name}, line {answer.line}: a person grades {answer.task!r}, so it has no check")
    return answers


def _lines(answer: KnownAnswer, verdict: Verdict, faults: Sequence[str], most: float) -> list[str]:
    mark = "FALSE" if faults else "ok"
    head = f"{mark:5} {answer.task} | {answer.kind} | {answer.name}: {_earned(verdict.points, most)}"
    told = [] if verdict.status == "right" else _told(verdict)
    return [
        *wrapped(head, WIDTH, rest=_INDENT),
        *(line for text in (*faults, *told) for line in wrapped(text, WIDTH, first=_INDENT, rest=_INDENT)),
    ]


def _told(verdict: Verdict) -> list[str]:
    """Return what the learner reads about what is not right, a line for each name."""
    _, *lines = verdict.message.splitlines()
    return [line for line in lines if not line.startswith("Next: ") and not line.endswith(": right.")]


def _earned(points: float, most: float) -> str:
    return f"{points:g} of {most:g} points" if most else "no points"


def _numbers(seeds: Sequence[int]) -> str:
    return f"{'seed' if len(seeds) == 1 else 'seeds'} {', '.join(map(str, seeds))}"
