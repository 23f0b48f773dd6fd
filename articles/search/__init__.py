"""Search: what readers and the desk find by words, on both databases.

`entries` writes the index, `query` reads what was typed, `backends` ask it, `finding` answers.
"""

from articles.search.entries import index, index_desk
from articles.search.finding import near

__all__ = ["index", "index_desk", "near"]
