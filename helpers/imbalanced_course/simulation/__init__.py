"""Seeded generators of the course's simulated data: the same bytes on every machine."""
