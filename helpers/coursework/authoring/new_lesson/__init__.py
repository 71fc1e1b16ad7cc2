"""A new lesson: the files that it starts from, in `templates/`, and what writes them."""
