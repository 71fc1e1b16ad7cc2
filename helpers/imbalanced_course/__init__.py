"""Imbalanced classification in seven notebooks: what the lessons import, and what the `course` command does."""

__version__ = "0.1.0"
