"""What the `course` command is made of: it knows lessons, cells, checks, and submissions, and nothing of imbalance."""

import sys

# nbformat imports jsonschema, which at its import makes a parser of international addresses from this package if it is
# there. That takes 1.7 s in every process, and no notebook's schema asks for such an address.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
