"""What commands print: plain in a pipe; on a terminal within 80 columns, and without colour where none is wanted."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import need
from course_process import start_course
from small_course import make_class, make_course

from coursework.cli import main
from coursework.terminal import say

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 80
ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][A-Z0-9])")
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")
GRADE = "grade course/submitted --out graded --workers 1"
# In this order on one course: a learner's commands, a teacher's, and what is refused.
COMMANDS = [
    "data list",
    "check",
    "submit",
    "reveal metrics",
    "reset metrics",
    GRADE,
    "report --out graded",
    "export --format csv --out graded",
    "sample-class course",
    "new-lesson Drift",
    "build",
    "report --out nowhere",
    "data fetch nothing",
    "lab --port 0",
    "nonsense",
]
DRAWN = ["check metrics", GRADE, "report --out nowhere"]  # tables, bars and a sentence


def every_command(command: click.Command, *names: str) -> Iterator[tuple[str, ...]]:
    """Return the words of every command, groups too."""
    yield names
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from every_command(inner, *names, name)


def too_long(text: str) -> list[str]:
    """Return the lines that a terminal of 80 columns would break; a path counts for little, however long it is."""
    lines = re.split(r"[\r\n]+", ESCAPE.sub("", text))
    return [line for line in lines if len(re.sub(r"\S*/\S+", "path", line)) > WIDTH]


@pytest.mark.parametrize("names", list(every_command(main)), ids=lambda names: " ".join(("course", *names)))
def test_the_help_of_every_command_fits_is_plain_and_has_an_example(names):
    shown = CliRunner().invoke(main, [*names, "--help"], prog_name="course")
    assert shown.exit_code == 0
    assert too_long(shown.output) == []
    assert not ESCAPE.search(shown.output)
    assert f"Example: {' '.join(('course', *names))}" in " ".join(shown.output.split())


def test_the_help_of_make_fits_and_is_plain():
    shown = subprocess.run([need("make"), "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "lab " in shown
    assert too_long(shown) == []
    assert not ESCAPE.search(shown)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small course, a class of 6 and a workspace, from which the commands are started."""
    folder = tmp_path_factory.mktemp("desk")
    course = make_class(make_course(folder / "course"), 6)
    update = (
        "import sys, imbalanced_course.course_files as files; from pathlib import Path;"
        "files._REPOSITORY = Path(sys.argv[1]);"
        "from coursework.workspace.update import update_workspace;"
        "list(update_workspace(Path('my-lessons').absolute()))"
    )
    subprocess.run([sys.executable, "-c", update, str(course)], cwd=folder, check=True)
    return folder


def in_a_pipe(desk: Path, *words: str) -> str:
    process = start_course(desk / "course", *words, cwd=desk, stdin=subprocess.DEVNULL)
    return "".join(process.communicate(timeout=600))


def on_a_terminal(desk: Path, *words: str) -> str:
    """Return what a person sees whose terminal has 80 columns: both streams as they come."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, WIDTH, 0, 0))
    process = start_course(
        desk / "course", *words, cwd=desk, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        said += part
    process.wait(timeout=600)
    os.close(ours)
    return said.decode()


@pytest.fixture
def colourful(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A terminal that can show colours, and nothing that says it should not."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return monkeypatch


def test_in_a_pipe_everything_is_plain(desk, colourful):
    need("bubblewrap")
    for line in DRAWN:
        said = in_a_pipe(desk, *line.split())
        assert said, line
        assert not re.search(r"[\x00-\x08\x0b-\x1f]", said), line


def test_on_a_terminal_no_line_is_longer_than_80_columns(desk, colourful):
    need("bubblewrap")
    seen = {line: on_a_terminal(desk, *line.split()) for line in COMMANDS}
    assert all(seen.values())
    assert {line: too_long(said) for line, said in seen.items() if too_long(said)} == {}
    assert COLOUR.search(seen[GRADE])  # else the next test shows nothing


def test_who_wants_no_colour_gets_none(desk, colourful):
    need("bubblewrap")
    colourful.setenv("NO_COLOR", "1")
    said = on_a_terminal(desk, *GRADE.split(), "--regrade")
    assert ESCAPE.search(said)
    assert not COLOUR.search(said)


def test_a_terminal_that_can_do_nothing_gets_plain_lines(desk, colourful):
    colourful.setenv("TERM", "dumb")
    assert not ESCAPE.search(on_a_terminal(desk, "check", "metrics"))


def test_a_long_sentence_is_broken_between_words_and_what_is_to_be_copied_stays_whole(capsys, monkeypatch):
    command = "`course grade submissions --out graded --workers 2`"
    sentence = f"  one: {'word ' * 12}then {command} and a/{'long/' * 20}path"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    say(sentence)
    lines = capsys.readouterr().out.splitlines()
    assert " ".join(" ".join(lines).split()) == " ".join(sentence.split())
    assert any(command in line for line in lines)
    assert [line[:5] for line in lines] == ["  one", *["    " + line[4] for line in lines[1:]]]
    assert too_long("\n".join(lines)) == []


def test_in_a_pipe_a_long_sentence_is_one_line(capsys):
    say("word " * 40, err=True)
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nonsense", "no such command 'nonsense' (see `course --help`)"),
        ("--nothing", "no such option '--nothing' (see `course --help`)"),
        ("check --nothing", "no such option '--nothing' (see `course check --help`)"),
        ("measure", "missing argument 'TABLE' (see `course measure --help`)"),
        ("measure a.csv b.csv --target c", "got unexpected extra argument (b.csv) (see `course measure --help`)"),
        (
            "grade in --workers two",
            "invalid value for '--workers': 'two' isn't a whole number (see `course grade --help`)",
        ),
        ("lab --port 0", "invalid value for '--port': 0 isn't between 1 and 65535 (see `course lab --help`)"),
        ("grade in --timeout soon", "invalid value for '--timeout': 'soon' isn't a number (see `course grade --help`)"),
        ("grade in --timeout 0", "invalid value for '--timeout': 0.0 isn't 0.1 or more (see `course grade --help`)"),
    ],
)
def test_words_that_no_command_knows_are_refused_in_one_sentence(run_course, words, said):
    refused = run_course(*words.split())
    assert refused.exit_code == 2
    assert refused.output == f"course: {said}\n"


def test_the_command_alone_shows_its_help(run_course):
    assert run_course().output.startswith("Usage: course ")
