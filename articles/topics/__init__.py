"""Topics: finding them by name, suggesting, near-twins, merging and splitting with undo, hierarchy.

What is used all over the articles is offered here; merging and the report have their own modules.
"""

from articles.topics.names import find, find_all, find_or_make, for_names, learn, put
from articles.topics.standing import standing
from articles.topics.suggesting import near_twins

__all__ = [
    "find", "find_all", "find_or_make", "for_names", "learn", "near_twins", "put", "standing",
]  # fmt: skip
