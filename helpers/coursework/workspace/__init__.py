"""The learner's own folder: making it, checking it, handing it in."""
