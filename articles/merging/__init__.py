"""Two versions made from one: what each side changed is taken, what both changed is a conflict.

Pure functions on snapshots; nothing here reads or writes the database. The law, for `mine` and
`theirs` alike: every word a side added is in the result or in a conflict, and what the other side
changed is never deleted without a conflict (tests/articles/test_merging.py).
"""

from articles.merging.sequences import Piece
from articles.merging.snapshots import Conflict, Merged, merge

__all__ = ["Conflict", "Merged", "Piece", "merge"]
