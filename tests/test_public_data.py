"""Fetching a public set, against a server of our own with a small made-up file."""

from __future__ import annotations

import hashlib
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from imbalanced_course.course_files import course_file
from imbalanced_course.errors import CourseError
from imbalanced_course.public_data import fetch, fetched_file

# Made up, in the form of the real file.
ROWS = "F,0.5,0.4,0.1,0.7,0.3,0.1,0.2,19\nM,0.4,0.3,0.1,0.5,0.2,0.1,0.1,9\nI,0.3,0.2,0.1,0.2,0.1,0.1,0.1,4\n"
CARD = """
title = "Shells"
about = "Three made-up shells."
address = "{address}"
file = "shells.data"
bytes = {size}
sha256 = "{sha256}"
license = "CC0"
source = "Nobody (1994)"
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def server(tmp_path):
    place = tmp_path / "served"
    place.mkdir()
    (place / "shells.data").write_text(ROWS)
    running = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(place)))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def shells(small_course, server, tmp_path, monkeypatch):
    """A course that knows one public set, `shells`, on the server; returns the file with its address and checksum."""
    monkeypatch.setenv("IMBALANCED_COURSE_CACHE", str(tmp_path / "cache"))
    card = small_course / "datasets/public/shells.toml"
    card.parent.mkdir(parents=True)
    address = f"http://127.0.0.1:{server.server_port}/shells.data"
    checksum = hashlib.sha256(ROWS.encode()).hexdigest()
    card.write_text(CARD.format(address=address, size=len(ROWS), sha256=checksum))
    return card


def test_a_set_is_fetched_once_and_found_from_there_on(shells, server, tmp_path, run_course):
    assert "to download it: course data fetch shells" in run_course("data", "list").output
    outcome = run_course("data", "fetch", "shells")
    assert outcome.exit_code == 0, outcome.output
    assert fetched_file("shells") == tmp_path / "cache/shells.data"
    assert (tmp_path / "cache/shells.data").read_text() == ROWS
    server.shutdown()
    assert "is already there" in run_course("data", "fetch", "shells").output
    assert str(tmp_path / "cache/shells.data") in run_course("data", "list").output.replace("\n", "")


def test_a_file_with_another_checksum_is_refused_and_not_kept(shells, tmp_path, run_course):
    shells.write_text(shells.read_text().replace(hashlib.sha256(ROWS.encode()).hexdigest(), "0" * 64))
    outcome = run_course("data", "fetch", "shells")
    assert outcome.exit_code == 1
    assert "isn't the file this course knows" in outcome.output
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_kept_file_that_was_changed_is_fetched_again(shells, tmp_path):
    fetch("shells")
    (tmp_path / "cache/shells.data").write_text("something else")
    assert fetched_file("shells") is None
    assert fetch("shells").read_text() == ROWS


def test_without_a_network_there_is_one_sentence(shells, server, run_course):
    server.shutdown()
    server.server_close()
    outcome = run_course("data", "fetch", "shells")
    assert outcome.exit_code == 1
    assert "this download needs a network" in outcome.output
    assert "Traceback" not in outcome.output


def test_a_server_that_has_no_such_file_is_told(shells, run_course):
    shells.write_text(shells.read_text().replace("/shells.data", "/gone.data"))
    outcome = run_course("data", "fetch", "shells")
    assert outcome.exit_code == 1
    assert "it answers 404" in outcome.output


def test_an_unknown_set_is_wrong_usage_and_the_known_ones_are_named(shells, run_course):
    outcome = run_course("data", "fetch", "pearls")
    assert outcome.exit_code == 2
    assert "the course knows shells" in outcome.output


def test_a_cache_that_cannot_be_written_is_told(shells, tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(CourseError, match="cannot be written"):
        fetch("shells")


def test_every_public_set_of_the_course_says_where_it_is_from():
    from imbalanced_course.public_data import public_sets

    for known in public_sets():
        assert known.address.startswith("https://")
        assert len(known.sha256) == 64
        assert known.license
        assert known.source
        assert not (course_file("datasets") / "public" / known.file).exists()
