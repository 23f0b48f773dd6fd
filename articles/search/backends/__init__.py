"""Two back ends behind one interface: which places of a stretch of time match an expression.

`asking(table, expression)` opens a search; `step(stretch, limit)` answers it, with None where a
smaller stretch is to be asked for. How a search goes from step to step: articles/search/walk.py.
"""

from contextlib import AbstractContextManager
from typing import Protocol

from django.db import connection

from articles.search.backends import postgresql, sqlite
from articles.search.backends.postgresql import TookTooLong
from articles.search.places import Stretch
from articles.search.query import Expression

__all__ = ["Asking", "TookTooLong", "asking"]


class Asking(Protocol):
    """One expression asked of one index."""

    def step(self, stretch: Stretch, limit: int) -> list[int] | None: ...


def asking(table: str, asked: Expression) -> AbstractContextManager[Asking]:
    """Of the database in use."""
    if connection.vendor == "postgresql":
        return postgresql.asking(table, asked)
    return sqlite.asking(table, asked)
