"""Where the course's own files are: bundled in an installed package, at the repository's top in a clone."""

from pathlib import Path

from imbalanced_course.errors import CourseError

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "bundled"
_REPOSITORY = _PACKAGE.parent.parent

_IN_REPOSITORY = {"syllabus": "solutions", "project-solutions": "tests/projects"}


def course_file(name: str) -> Path:
    """Return the path of one of the course's own folders or files.

    Parameters
    ----------
    name : {"lessons", "solutions", "projects", "project-solutions", "datasets", "syllabus", "nbgrader_config.py"}

    Raises
    ------
    CourseError
        When neither the installed package nor the clone has it.
    """
    for place in (_BUNDLED / name, _REPOSITORY / _IN_REPOSITORY.get(name, name)):
        if place.exists():
            return place
    raise CourseError(f"this installation of the course has no {name!r}: install it again, or use a full clone")


def require_clone(command: str) -> None:
    """Stop a command that writes the course's own files where these belong to an installed package.

    Parameters
    ----------
    command : str
        As it is typed, for the sentence: `course build`.

    Raises
    ------
    CourseError
        When the course is installed, not cloned.
    """
    if _BUNDLED.exists():
        raise CourseError(f"`{command}` changes the course's own files, so it needs a clone, not an installed course")
