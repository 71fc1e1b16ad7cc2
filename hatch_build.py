"""Puts the course's files into a built wheel, and not beside an editable install, which finds those of the clone."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLED = {
    "lessons": "lessons",
    "solutions": "solutions",
    "projects": "projects",
    "tests/projects": "project-solutions",
    "datasets": "datasets",
    "tests/answers": "answers",
    "nbgrader_config.py": "nbgrader_config.py",
}


class BundleCourseFiles(BuildHookInterface):
    """Maps the course's files to `imbalanced_course/bundled`, where `course_files.py` looks first."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to a standard wheel."""
        if version == "standard":
            for source, target in BUNDLED.items():
                build_data["force_include"][source] = f"imbalanced_course/bundled/{target}"
