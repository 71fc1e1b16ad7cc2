"""Which packages the course needs and in which versions, and what is wrong with those that are installed.

The ranges are those of `pyproject.toml`; what stands here is only what ranges cannot say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import metadata

from imbalanced_course.errors import CourseError
from imbalanced_course.wrapping import wrapped

DISTRIBUTION = "imbalanced-course"
_WIDTH = 88  # columns; JupyterLab breaks longer lines of an error in the middle of a word
# What lessons compute with; a notebook does not run with others than these (the commands need more).
LIBRARIES = ("numpy", "pandas", "scipy", "matplotlib", "scikit-learn", "imbalanced-learn")
# From this scikit-learn on, imbalanced-learn must be that new; its own metadata takes any scikit-learn below 2.
_IMBALANCED_LEARN_FOR = {"1.9": "0.14.2", "1.8": "0.14.1"}


@dataclass(frozen=True)
class Problem:
    """One package that is missing or of a version that the course does not work with.

    Attributes
    ----------
    sentence : str
        What is wrong, without a full stop.
    requirement : str
        What to install instead, as pip takes it: `scikit-learn>=1.7,<1.10`.
    """

    sentence: str
    requirement: str


class UnsupportedVersions(CourseError):
    """A notebook's libraries are not those that the course was made for."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback: the sentence alone, in lines that leave commands whole."""
        return wrapped(str(self), _WIDTH)


def require_supported_libraries() -> None:
    """Stop a notebook with one sentence where the libraries that lessons use have versions the course is not made for.

    Without the course's own metadata (a clone that is only on the path) nothing is known, and nothing is refused.

    Raises
    ------
    UnsupportedVersions
        Naming each such library and the command that mends it.
    """
    try:
        problems = list(package_problems(LIBRARIES))
    except ModuleNotFoundError:
        return
    if problems:
        raise UnsupportedVersions(
            f"{'; '.join(problem.sentence for problem in problems)}. To install versions that fit, run "
            f"{pip_command(problems)}, then restart the kernel."
        )


def pip_command(problems: Collection[Problem]) -> str:
    """Return the command that installs what the problems ask for."""
    return "`python -m pip install " + " ".join(f'"{problem.requirement}"' for problem in problems) + "`"


def package_problems(names: Collection[str] | None = None) -> Iterator[Problem]:
    """Yield a problem for each needed package that is missing, out of its range, or does not go with another one.

    Parameters
    ----------
    names : collection of str, optional
        The packages to look at; all that the course needs when None.

    Raises
    ------
    importlib.metadata.PackageNotFoundError
        When the course itself is not installed.
    ModuleNotFoundError
        When `packaging` is missing, which nothing can be compared without.
    """
    from packaging.requirements import Requirement

    sound = True
    for line in metadata.requires(DISTRIBUTION) or []:
        requirement = Requirement(line)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        if names is not None and requirement.name not in names:
            continue
        installed, wanted = installed_version(requirement.name), _ordered(requirement.specifier)
        if installed is None:
            sound = False
            yield Problem(f"the package {requirement.name} is missing", f"{requirement.name}{wanted}")
        elif not requirement.specifier.contains(installed, prereleases=True):
            sound = False
            yield Problem(
                f"{requirement.name} {installed} is untested: the course needs {wanted}",
                f"{requirement.name}{wanted}",
            )
    if sound:
        yield from _pair_problem()


def _pair_problem() -> Iterator[Problem]:
    """Yield what is wrong with two libraries that are each in their range and do not work together."""
    from packaging.version import Version

    sklearn, imblearn = installed_version("scikit-learn"), installed_version("imbalanced-learn")
    if sklearn is None or imblearn is None:
        return
    for since, needed in _IMBALANCED_LEARN_FOR.items():
        if Version(sklearn) >= Version(since) and Version(imblearn) < Version(needed):
            yield Problem(
                f"imbalanced-learn {imblearn} does not work with scikit-learn {sklearn}, which needs {needed} or newer",
                f"imbalanced-learn>={needed}",
            )
            return


def _ordered(specifier: object) -> str:
    """Return a range with the lower bound first."""
    return ",".join(sorted(str(specifier).split(","), key=lambda part: part.startswith("<")))


def installed_version(name: str) -> str | None:
    """Return a package's version, or None where it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
