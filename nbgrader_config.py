"""The course as plain nbgrader sees it; `course build` uses the same settings."""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "imbalanced-classification"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "lessons"

# Whatever lies beside a notebook is released unless it is ignored here, the text source with its answers too.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "__pycache__",
    "*.pyc",
    "*.py",
    "*.toml",
    "*.md",
    "*.db",
    ".DS_Store",
]

# A stub that raises would stop an untouched lesson: names are set to `...` by the stub, and the check says so.
c.ClearSolutions.code_stub = {"python": "# your code here"}
c.ClearSolutions.text_stub = "*Write your answer here, in place of this line.*"

# A lesson runs in seconds; a cell that is still running after a minute will not end.
c.Execute.timeout = 60
c.Execute.allow_errors = True
