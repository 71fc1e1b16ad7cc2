"""Which lessons and projects there are, and what a notebook of theirs is made of."""
