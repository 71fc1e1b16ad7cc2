"""What a graded class becomes for people: the report of the class, and grades for other systems."""
