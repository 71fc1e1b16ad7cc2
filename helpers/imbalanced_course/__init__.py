"""Imbalanced classification in seven notebooks: what the lessons import, and what the `course` command does."""

from imbalanced_course.cell_record import watch_this_notebook

__version__ = "1.0.0"

# In a notebook, the first import of the course starts the record of its cells.
watch_this_notebook()
