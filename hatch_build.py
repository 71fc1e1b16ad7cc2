"""Puts the course's files into a built wheel, and not beside an editable install, which finds those of the clone."""

from pathlib import Path, PurePosixPath
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Where the files are in a clone, and where below `imbalanced_course/bundled` a wheel has them.
BUNDLED = {
    "lessons": "lessons",
    "solutions": "solutions",
    "projects": "projects",
    "tests/projects": "project-solutions",
    "datasets": "datasets",
    "nbgrader_config.py": "nbgrader_config.py",
}
# Of the study, lessons read only what it found.
LEFT_OUT, FOUND = "datasets/evidence/", "datasets/evidence/differences.csv.gz"


class BundleCourseFiles(BuildHookInterface):
    """Maps the course's files to `imbalanced_course/bundled`, where `course_files.py` looks first."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to a standard wheel, but for those that `.gitignore` names: what work in a clone leaves."""
        if version != "standard":
            return
        root = Path(self.root)
        for source, target in BUNDLED.items():
            place, inside = root / source, PurePosixPath("imbalanced_course/bundled", target)
            for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
                name = path.relative_to(root).as_posix()
                left_out = name.startswith(LEFT_OUT) and name != FOUND
                if path.is_file() and not left_out and not self.build_config.path_is_excluded(name):
                    # Which lessons there are is asked where no solution may be seen.
                    top = inside.with_name("syllabus") if path.name == "lesson.toml" else inside
                    build_data["force_include"][name] = str(top / path.relative_to(place).as_posix())
