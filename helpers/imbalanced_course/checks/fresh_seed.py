"""What the grader and the checks call the seed of fresh inputs; the grader needs nothing else of a check."""

SEED_VARIABLE = "IMBALANCED_COURSE_SEED"
