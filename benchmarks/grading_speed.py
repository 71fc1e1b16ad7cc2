"""Stock nbgrader and `course grade` on the same submissions in one run: seconds a submission, and the ratio's spread.

Both sides start from compiled bytecode and do their whole work: run, check, gradebook, files. Stock grades one
submission after the other in one process; ours has as many workers as there are cores.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

import coursework
import imbalanced_course
from coursework.lessons.catalogue import written_lessons
from imbalanced_course.course_files import course_file

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import small_course  # noqa: E402
from small_course import lesson_notebook, make_course  # noqa: E402

SCRIPTS = Path(sys.executable).parent
ROUNDS = 3


def _run(command: list[str], folder: Path) -> float:
    environment = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {(done.stderr or done.stdout)[-500:]}")
    return time.perf_counter() - begin


def _stock(course: Path, lessons: list[str]) -> float:
    """Return the seconds that stock nbgrader needs for all that was submitted."""
    for lesson in lessons:
        _run([str(SCRIPTS / "nbgrader"), "generate_assignment", lesson, "--force"], course)
    return sum(_run([str(SCRIPTS / "nbgrader"), "autograde", lesson], course) for lesson in lessons)


def _ours(course: Path, submitted: Path) -> float:
    """Return the seconds that `course grade` needs for the same."""
    code = "from coursework.cli import main; main()"
    if not any((course / "datasets").iterdir()):  # the small lesson stands in for the course's; it needs no data
        code = (
            "import imbalanced_course.course_files as files; from pathlib import Path;"
            f"files._REPOSITORY = Path({str(course)!r}); {code}"
        )
    return _run([sys.executable, "-c", code, "grade", str(submitted), "--out", str(course / "graded")], course)


def _round(make: object, students: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as place:
        course = Path(place) / "course"
        lessons = make(course, students)  # type: ignore[operator]
        shutil.copy(course_file("nbgrader_config.py"), course)
        count = students * len(lessons)
        return _stock(course, lessons) / count, _ours(course, course / "submitted") / count


def _small(course: Path, students: int) -> list[str]:
    """Make a small lesson that imports what a lesson imports, half of its submissions solved."""
    small_course.SETUP = (
        "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd\nimport sklearn.metrics"
    )
    make_course(course)
    (course / "datasets").mkdir()
    for number in range(students):
        notebook = lesson_notebook("03-metrics", solved=number % 2 == 0)
        _submit(course, number, "03-metrics/metrics", json.dumps(notebook))
    return ["03-metrics"]


def _real(course: Path, students: int) -> list[str]:
    """Take the course's lessons, solved as in the reference and untouched by turns."""
    for part in ("solutions", "lessons", "datasets"):
        shutil.copytree(course_file(part), course / part)
    lessons = written_lessons()
    for number in range(students):
        for lesson in lessons:
            path = (lesson.release_path, lesson.solution_path)[number % 2 == 0]
            _submit(course, number, f"{lesson.folder}/{lesson.notebook}", path.read_text(encoding="utf-8"))
    return [lesson.folder for lesson in lessons]


def _submit(course: Path, number: int, place: str, text: str) -> None:
    path = course / "submitted" / f"student-{number:03d}" / f"{place}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often both sides are measured ({ROUNDS})")
    parser.add_argument("--only", choices=["small", "real"], help="one of the two kinds of lessons")
    options = parser.parse_args()
    for folder in (sysconfig.get_paths()["purelib"], imbalanced_course.__path__[0], coursework.__path__[0]):
        compileall.compile_dir(folder, quiet=2, workers=os.cpu_count() or 1)
    table = Table("submissions", "stock, s each", "here, s each", "times faster", title="Grading, start-up included")
    for name, make, students in (("60 of a small lesson", _small, 60), ("4 of each real lesson", _real, 4)):
        if options.only and options.only not in name:
            continue
        rounds = [_round(make, students) for _ in range(options.rounds)]
        ratios = [stock / ours for stock, ours in rounds]
        table.add_row(
            name,
            f"{statistics.median(stock for stock, _ in rounds):.2f}",
            f"{statistics.median(ours for _, ours in rounds):.3f}",
            f"{statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f})",
        )
    Console(width=80).print(table)


if __name__ == "__main__":
    main()
