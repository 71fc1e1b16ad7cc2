"""`course measure`: reads a table, measures it, and writes what came out as a page and as numbers."""
