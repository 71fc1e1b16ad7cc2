"""Errors that a user can act on: one clear sentence each, no traceback."""


class CourseError(Exception):
    """The work says no; the command prints the sentence and exits with 1."""

    exit_code = 1


class WrongUsage(CourseError):
    """The command was called with something that cannot be meant; it exits with 2."""

    exit_code = 2
