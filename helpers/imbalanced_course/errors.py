"""Errors that a user can act on: one clear sentence each, no traceback."""


class CourseError(Exception):
    """The work says no; the command prints the sentence and exits with 1."""

    exit_code = 1


class WrongUsage(CourseError):
    """The command was called with something that cannot be meant; it exits with 2."""

    exit_code = 2


class OnlyOnLinux(CourseError):
    """Grading was asked for on another system, which lacks what it is made of, with or without a sandbox."""

    def __init__(self) -> None:
        super().__init__("grading runs only on Linux; on Windows, use WSL 2, and on macOS a virtual machine with Linux")
