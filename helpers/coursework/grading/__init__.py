"""Submissions in, points and feedback out."""
