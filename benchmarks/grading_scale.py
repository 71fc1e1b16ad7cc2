"""`course grade` on many submissions: seconds, memory of the grader itself, first result, one worker beside two.

The classes of the small lesson are half right, half untouched; that of the course is a sample class, seven lessons a
learner. Memory is that of the process that collects and writes, without the answers' and the checks' processes; it is
read ten times a second, and told at a tenth and at the end of the run.
"""

from __future__ import annotations

import argparse
import compileall
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import psutil
from rich.console import Console
from rich.table import Table

import coursework
import imbalanced_course
from coursework.authoring.sample_class import write_sample_class
from coursework.lessons.catalogue import released_lessons

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from course_process import start_course
from small_course import make_class, make_course

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 2**20


class Run(NamedTuple):
    """One run: seconds in all and until the first feedback page, and the grader's own memory in megabytes."""

    seconds: float
    first: float
    early: float
    most: float


def small_class(place: Path, students: int) -> tuple[Path, Path]:
    """Return a course of one small lesson, and the hand-ins of its class."""
    course = make_class(make_course(place), students=students)
    return course, course / "submitted"


def sample_class(place: Path, students: int) -> tuple[Path, Path]:
    """Return this course, and the hand-ins of a sample class."""
    write_sample_class(place / "class", students=students, seed=0)
    return ROOT, place / "class"


def measure(make: Callable[[Path, int], tuple[Path, Path]], students: int, workers: int) -> Run:
    """Grade a fresh class and return what it took."""
    with tempfile.TemporaryDirectory() as place:
        course, hand_ins = make(Path(place), students)
        out = Path(place) / "graded"
        begin = time.perf_counter()
        run = start_course(
            course, "grade", str(hand_ins), "--out", str(out), "--workers", str(workers),
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        process = psutil.Process(run.pid)
        first, early, most = 0.0, 0.0, 0.0
        while run.poll() is None:
            time.sleep(0.1)
            try:
                memory = process.memory_info().rss / MEGABYTE
            except psutil.NoSuchProcess:
                break
            most = max(most, memory)
            if not first and any((out / "feedback").glob("*")):
                first = time.perf_counter() - begin
            if not early and first and sum(1 for _ in (out / "feedback").glob("*")) >= students // 10:
                early = memory
        run.communicate()
        if run.returncode != 1:  # each class holds a broken hand-in
            raise SystemExit("grading failed")
        return Run(time.perf_counter() - begin, first, early, most)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=500, help="how many in the large class (500)")
    parser.add_argument("--sample", type=int, default=30, help="how many in the sample class (30)")
    options = parser.parse_args()
    for folder in (sysconfig.get_paths()["purelib"], imbalanced_course.__path__[0], coursework.__path__[0]):
        compileall.compile_dir(folder, quiet=2, workers=os.cpu_count() or 1)
    table = Table("class", "workers", "s", "a second", "first, s", "MB early", "MB most", title="Grading at scale")
    for name, make, students, workers, lessons in (
        ("small", small_class, 30, 2, 1),
        ("small", small_class, options.students, 1, 1),
        ("small", small_class, options.students, 2, 1),
        ("sample", sample_class, options.sample, 1, len(released_lessons())),
        ("sample", sample_class, options.sample, 2, len(released_lessons())),
    ):
        run = measure(make, students, workers)
        rate = students * lessons / run.seconds
        table.add_row(
            f"{name}, {students:,}", str(workers), f"{run.seconds:.1f}", f"{rate:.1f}", f"{run.first:.1f}",
            f"{run.early:.0f}", f"{run.most:.0f}",
        )  # fmt: skip
    Console(width=80).print(table)


if __name__ == "__main__":
    main()
