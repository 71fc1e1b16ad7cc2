"""`course grade --db`: a PostgreSQL server holds the same grades as SQLite, also when it was busy or restarted."""

from __future__ import annotations

import csv
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from conftest import need
from course_process import run_course_process, start_course
from small_course import make_class, make_course

_numbers = count(1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of our own with its data in a folder of its own; its address without a database."""
    programs = need("initdb").resolve().parent
    folder = tmp_path_factory.mktemp("postgresql")
    user: dict[str, str] = {}
    if os.geteuid() == 0:  # it refuses to run as root
        user = {"user": "postgres"}
        for place in (folder, *folder.parents[:3]):
            place.chmod(place.stat().st_mode | 0o011)
        shutil.chown(folder, "postgres")
    data, port = folder / "data", free_port()
    name = user.get("user") or pwd.getpwuid(os.geteuid()).pw_name
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", name, "--auth", "trust", "--no-sync"],
        check=True, capture_output=True, cwd=folder, **user,
    )  # fmt: skip
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **user,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    ready = [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(ready, capture_output=True).returncode and time.monotonic() < deadline:
        time.sleep(0.2)
    yield f"postgresql+psycopg://{name}@127.0.0.1:{port}"
    server.terminate()
    server.wait(30)


def plain(url: str) -> str:
    """Return an address without the name of the driver, as the driver takes it."""
    return url.replace("+psycopg", "")


@pytest.fixture
def database(server: str) -> str:
    """An empty database for one test."""
    import psycopg

    name = f"grades_{next(_numbers)}"
    connection = psycopg.connect(plain(f"{server}/postgres"))
    connection.autocommit = True
    connection.cursor().execute(f"create database {name}")
    connection.close()
    return f"{server}/{name}"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need("bubblewrap")
    return make_class(make_course(tmp_path_factory.mktemp("course")), students=8)


def grades(out: Path) -> list[dict[str, str]]:
    with (out / "grades.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_grades_are_those_of_sqlite_and_a_second_run_keeps_them(course, database, tmp_path):
    arguments = ("grade", str(course / "submitted"), "--workers", "1", "--out")
    assert run_course_process(course, *arguments, str(tmp_path / "sqlite"))[0] == 1  # one hand-in is broken
    code, said, error = run_course_process(course, *arguments, str(tmp_path / "there"), "--db", database)
    assert code == 1, said + error
    assert grades(tmp_path / "there") == grades(tmp_path / "sqlite")
    assert not (tmp_path / "there/gradebook.db").exists()
    code, said, error = run_course_process(course, *arguments, str(tmp_path / "there"), "--db", database)
    assert "graded: 0   kept from before: 7" in said, said + error


def waiting_for_a_lock(connection) -> int:
    return connection.cursor().execute("select count(*) from pg_locks where not granted").fetchone()[0]


def test_a_table_that_another_program_has_locked_is_waited_for(course, database, tmp_path):
    import psycopg

    arguments = ("grade", str(course / "submitted"), "--out", str(tmp_path / "out"), "--db", database)
    assert run_course_process(course, *arguments)[0] == 1
    connection = psycopg.connect(plain(database))
    connection.cursor().execute("lock table grade in access exclusive mode")
    run = start_course(course, *arguments, "--regrade")
    while run.poll() is None and not waiting_for_a_lock(connection):
        time.sleep(0.1)
    time.sleep(2)
    assert run.poll() is None
    connection.rollback()
    connection.close()
    said, error = run.communicate(timeout=600)
    assert "graded: 7" in said, said + error


def test_a_server_that_is_not_there_is_told_in_one_sentence(course, tmp_path):
    url = f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/grades"
    code, said, error = run_course_process(
        course, "grade", str(course / "submitted"), "--out", str(tmp_path / "out"), "--db", url
    )
    assert code == 1, said + error
    assert "the gradebook cannot be opened" in error
    assert "Traceback" not in error
