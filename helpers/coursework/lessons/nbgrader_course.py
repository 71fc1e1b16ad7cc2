"""The course in nbgrader's hands: its settings, its converters, and a course directory of its own to work in."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any

from coursework.lessons.catalogue import Lesson
from imbalanced_course.course_files import course_file
from imbalanced_course.errors import CourseError


class NbgraderRefusal(CourseError):
    """Nbgrader could not do what it was asked, with the reason from its log."""


class _LastError(logging.Handler):
    """Keeps the last line of the first error that nbgrader logs, which is the one that explains the rest."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage().strip().splitlines()[-1]
        if not self.reason or self.reason.startswith("There was an error processing"):
            self.reason = line


def nbgrader_settings(root: Path) -> Any:
    """Return the course's nbgrader settings (a traitlets Config) for the course directory `root`."""
    from traitlets.config.loader import PyFileConfigLoader

    path = course_file("nbgrader_config.py")
    settings = PyFileConfigLoader(path.name, path=str(path.parent)).load_config()
    settings.CourseDirectory.root = str(root)
    # nbgrader looks at the exchange even where none is used, and complains when it cannot write there.
    exchange = root / "exchange"
    exchange.mkdir(parents=True, exist_ok=True)
    settings.Exchange.root = str(exchange)
    return settings


def exchange_settings(out: Path, root: Path) -> Any:
    """Return nbgrader's settings as it reads them when it is started here or in the grading folder `out`.

    Parameters
    ----------
    root : Path
        The course directory to work in.
    """
    from nbgrader.apps.baseapp import NbGrader
    from traitlets.config.loader import PyFileConfigLoader

    app = NbGrader()
    app.log.setLevel(logging.CRITICAL)  # it misses a configuration where there need be none
    app.load_config_file()
    settings = app.config
    settings.merge(PyFileConfigLoader("nbgrader_config.py", path=str(out)).load_config())
    settings.CourseDirectory.pop("directory_structure", None)
    settings.CourseDirectory.root, settings.CourseDirectory.feedback_directory = str(root), "feedback"
    return settings


def run_converter(converter: type, settings: Any, **place: str) -> None:
    """Run one of nbgrader's converters or exchanges, for example `GenerateAssignment`, and keep its log to ourselves.

    Parameters
    ----------
    converter : type
        A class of `nbgrader.converters` or `nbgrader.exchange`.
    settings : Config
        From `nbgrader_settings` or `exchange_settings`.
    **place : str
        What to convert: `assignment_id`, and `student_id` where it is not all of them.

    Raises
    ------
    NbgraderRefusal
        When the conversion fails, with the reason that nbgrader logged.
    """
    from nbgrader.coursedir import CourseDirectory

    use_own_tools()
    log = logging.getLogger(f"imbalanced_course.{converter.__name__}")
    log.propagate = False
    heard = _LastError()
    log.handlers = [heard]
    log.setLevel(logging.ERROR)
    course = CourseDirectory(config=settings, log=log)
    for name, value in place.items():
        setattr(course, name, value)
    try:
        converter(coursedir=course, config=settings, log=log).start()
    except Exception as error:
        raise NbgraderRefusal(heard.reason or str(error).strip().splitlines()[-1]) from None
    except SystemExit:
        raise NbgraderRefusal(heard.reason or "nbgrader found nothing to convert") from None


def use_own_tools() -> None:
    """Put this environment's programs first on the path: nbgrader starts `alembic` by its bare name."""
    own = str(Path(sys.executable).parent)
    if own not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = own + os.pathsep + os.environ.get("PATH", "")


def make_release(lesson: Lesson, solution: str, folder: Path) -> str:
    """Return the released notebook's text that nbgrader makes of an executed solution.

    Parameters
    ----------
    solution : str
        The text of the executed notebook with the answers.
    folder : Path
        An empty folder to work in.

    Raises
    ------
    NbgraderRefusal
        When nbgrader refuses the notebook.
    """
    from nbgrader.converters import GenerateAssignment

    source = folder / "solutions" / lesson.folder
    source.mkdir(parents=True)
    (source / f"{lesson.notebook}.ipynb").write_text(solution, encoding="utf-8")
    settings = nbgrader_settings(folder)
    settings.GenerateAssignment.no_database = True
    settings.SaveCells.enabled = False
    run_converter(GenerateAssignment, settings, assignment_id=lesson.folder)
    return (folder / "lessons" / lesson.folder / f"{lesson.notebook}.ipynb").read_text(encoding="utf-8")
