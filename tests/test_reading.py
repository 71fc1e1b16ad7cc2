"""What strangers' files can do to the process that parses them, and what they cannot do to the grader."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from collected import find_submissions, reader
from conftest import need

from coursework.grading.lesson_plan import course_lesson
from coursework.grading.reader import TOO_MUCH, Reader
from coursework.intake.opening import UnreadableSubmission, open_hand_in
from coursework.lessons.notebook import source_text

LESSON = "03-metrics"
MOST_MEMORY_OF_THE_GRADER = 300 * 2**20


def notebook(source: str) -> str:
    cell = {"cell_type": "code", "id": "metrics-by-hand", "metadata": {}, "source": source}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def zipped(files: dict[str, str | bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return memory.getvalue()


def lying() -> bytes:
    """A zip whose member says that it is ten bytes long, and unpacks to eight million."""
    content = zipped({"metrics.ipynb": b" " * 8 * 2**20})
    size = (8 * 2**20).to_bytes(4, "little")
    return content.replace(size, (10).to_bytes(4, "little"))


ODD_TEXTS = {
    "minus": "-" * 100_000 + "1",
    "parentheses": "(" * 100_000,
    "attributes": "x = a" + ".a" * 100_000,
    "lambdas": "lambda: " * 50_000,
    "digits": "9" * 500_000,
    "null": "x = 1\0",
}
TOO_LARGE: dict[str, Callable[[], str]] = {
    "dots": lambda: notebook("import a" + ".a" * 120_000),
    "cells": lambda: '{"cells": [' + '{"":0},' * 9_000_000 + "0]}",
}
ODD_ZIPS: dict[str, Callable[[], bytes]] = {
    "lies about its size": lying,
    "swells": lambda: zipped({"metrics.ipynb": b" " * 64 * 2**20}),
    "swells inside": lambda: zipped({"a.zip": zipped({"metrics.ipynb": b" " * 64 * 2**20})}),
    "many": lambda: zipped({f"{number}.txt": "" for number in range(20_000)}),
}


def taken(path: Path, text: str) -> list[str]:
    path.write_text(text)
    with open_hand_in(path) as file:
        return list(reader().take(file, course_lesson(LESSON)).answers.values())


@pytest.mark.parametrize("kind", ODD_TEXTS)
def test_code_that_no_parser_likes_is_a_learners_answer_all_the_same(kind, tmp_path):
    assert taken(tmp_path / "x.ipynb", notebook(ODD_TEXTS[kind])) == [ODD_TEXTS[kind]]


@pytest.mark.parametrize("kind", TOO_LARGE)
def test_a_notebook_that_takes_too_much_is_told_so_and_the_next_one_is_read(kind, tmp_path):
    with pytest.raises(UnreadableSubmission, match=TOO_MUCH):
        taken(tmp_path / "x.ipynb", TOO_LARGE[kind]())
    assert taken(tmp_path / "y.ipynb", notebook("accuracy = 1")) == ["accuracy = 1"]


@pytest.mark.parametrize("kind", ODD_ZIPS)
def test_a_zip_made_to_do_harm_costs_its_own_learner(kind, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/ada_1_1_metrics.zip").write_bytes(ODD_ZIPS[kind]())
    (tmp_path / "in/bo_2_2_metrics.ipynb").write_text(notebook("accuracy = 1"))
    found = {one.student: bool(one.problem) for one in find_submissions(tmp_path / "in", tmp_path / "out")}
    assert found == {"ada_1": True, "bo_2": False}


def test_a_process_that_was_killed_is_started_anew(tmp_path):
    assert taken(tmp_path / "x.ipynb", notebook("accuracy = 1"))
    os.kill(reader()._process.pid, 9)
    assert taken(tmp_path / "x.ipynb", notebook("accuracy = 2")) == ["accuracy = 2"]


def test_a_large_program_that_starts_it_does_not_count_as_its_own_memory(tmp_path):
    (tmp_path / "x.ipynb").write_text(notebook("accuracy = 1"))
    large = bytearray(b"x") * (300 * 2**20)
    with Reader("none") as small:
        for _ in range(2):
            with open_hand_in(tmp_path / "x.ipynb") as file:
                small.take(file, course_lesson(LESSON))
            assert small._process is not None
    assert len(large) > 0


def test_the_reader_gets_no_answer_and_no_check_of_ours(tmp_path):
    from coursework.grading.lesson_plan import outline
    from coursework.lessons.notebook import is_answer, is_check

    lesson = course_lesson(LESSON)
    for cell in outline(lesson)["cells"]:
        if is_check(cell):
            assert source_text(cell) == ""
        if is_answer(cell):
            assert "SOLUTION" not in source_text(cell)


def test_in_the_sandbox_it_reads_the_same(tmp_path):
    need("bubblewrap")
    (tmp_path / "x.ipynb").write_text(notebook("accuracy = 1"))
    with Reader("bwrap") as shut_in, open_hand_in(tmp_path / "x.ipynb") as file:
        assert shut_in.take(file, course_lesson(LESSON)) == reader().take(file, course_lesson(LESSON))


@pytest.mark.long
def test_the_graders_own_process_stays_small_over_a_class_of_all_traps(tmp_path):
    need("bubblewrap")
    files: dict[str, str | bytes] = {
        f"{kind}/{LESSON}/metrics.ipynb": notebook(text) for kind, text in ODD_TEXTS.items()
    }
    files |= {f"{kind}/{LESSON}/metrics.ipynb": make() for kind, make in TOO_LARGE.items()}
    files |= {f"zip {kind}/{LESSON}.zip": make() for kind, make in ODD_ZIPS.items()}
    files |= {f"{name}-honest/{LESSON}/metrics.ipynb": notebook("accuracy = 1") for name in "az"}
    files["deep/03-metrics/metrics.ipynb"] = "[" * 5_000_000
    for name, content in files.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    # `ru_maxrss` would count this test's own process, which starts it.
    code = (
        "import pathlib, sys\nfrom coursework.cli import main\ntry: main(sys.argv[2:])\n"
        "finally: pathlib.Path(sys.argv[1]).write_text(pathlib.Path('/proc/self/status').read_text())"
    )
    status = tmp_path / "status"
    arguments = [sys.executable, "-c", code, status, "grade", tmp_path / "in", "--out", tmp_path / "out"]
    assert subprocess.run(arguments).returncode == 1
    (most,) = [int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    assert most < MOST_MEMORY_OF_THE_GRADER
    rows = (tmp_path / "out/grades.csv").read_text()
    assert rows.count("honest") == 2
    assert all(f"{name}-honest,{LESSON},0.0,20.0,False,graded" in rows for name in "az")
