"""The `course` command: parses, calls, prints; the work is done in the packages it calls."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from imbalanced_course import __version__
from imbalanced_course.errors import CourseError

EXISTING_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


class _Course(click.Group):
    """A group whose commands end in one sentence, not in a traceback, when the user can act on the error."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except CourseError as error:
            click.echo(f"course: {error}", err=True)
            sys.exit(error.exit_code)
        except PermissionError as error:
            click.echo(f"course: no permission to use {error.filename}: choose another folder", err=True)
            sys.exit(1)


@click.group(cls=_Course, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="course")
def main() -> None:
    """Imbalanced classification in seven notebooks.

    For learners: lab, check, submit, reveal, reset, doctor.
    For teachers: grade, sample-class.
    For authors: build.
    """


@main.command()
@click.argument("lessons", nargs=-1, metavar="[LESSON]...")
@click.option("--check", is_flag=True, help="Change nothing; fail where a file is not what its source builds.")
def build(lessons: tuple[str, ...], check: bool) -> None:
    """Build lessons: source to executed solution to release.

    Example: course build metrics
    """
    from imbalanced_course.authoring.build import build_lessons, find_drift

    if check:
        drift = find_drift(lessons)
        for line in drift:
            click.echo(line)
        if drift:
            raise CourseError("the tree is not what the sources build; run `course build` and commit the result")
        click.echo("Every built file is what its source builds.")
        return
    for line in build_lessons(lessons):
        click.echo(line)


if __name__ == "__main__":
    main()
