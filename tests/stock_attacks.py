"""What stock nbgrader gives to the attacks that are safe to run without a sandbox; writes `tests/attacks/stock.csv`.

`python tests/stock_attacks.py` runs each of them in a course folder of its own, with the rights of whoever starts it.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from attack_suite import LESSON, Attack, attacks
from nbgrader.api import Gradebook
from stock_course import make_stock_course, nbgrader

STORED = Path(__file__).parent / "attacks" / "stock.csv"
SECONDS = 90


def stored() -> dict[str, str]:
    """Return the measured column: points, "aborts" or "hangs" by attack."""
    with STORED.open(newline="", encoding="utf-8") as file:
        return {row["attack"]: row["stock"] for row in csv.DictReader(file)}


def make_pattern(folder: Path) -> Path:
    """Make a stock course that knows the lesson, to copy for each attack."""
    course = make_stock_course(folder)
    made = nbgrader(course, ("generate_assignment", LESSON.folder, "--force"))
    assert made.returncode == 0, made.stderr
    return course


def measure(attack: Attack, pattern: Path, folder: Path) -> str:
    """Return what stock nbgrader makes of one attack: its points, "aborts" or "hangs"."""
    course = shutil.copytree(pattern, folder)
    path = course / "submitted" / "mallory" / LESSON.folder / f"{LESSON.notebook}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(attack.notebook))
    scripts = Path(sys.executable).parent
    process = subprocess.Popen(
        [f"{scripts}/nbgrader", "autograde", LESSON.folder, "--student", "mallory"],
        cwd=course,
        env={**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return "hangs"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    time.sleep(2)  # for what an attack left running
    given = _points(course)
    return "aborts" if process.returncode and not given else f"{given:g}"


def _points(course: Path) -> float:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        found = [submission.score for submission in book.assignment_submissions(LESSON.folder)]
    return sum(found)


def main() -> None:
    with tempfile.TemporaryDirectory() as place, STORED.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("attack", "stock"))
        pattern = make_pattern(Path(place) / "pattern")
        for number, attack in enumerate(attack for attack in attacks() if attack.safe):
            table.writerow((attack.name, measure(attack, pattern, Path(place) / str(number))))
            file.flush()


if __name__ == "__main__":
    main()
