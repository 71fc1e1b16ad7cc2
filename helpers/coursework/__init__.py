"""What the `course` command is made of: it knows lessons, cells, checks, and submissions, and nothing of imbalance."""
