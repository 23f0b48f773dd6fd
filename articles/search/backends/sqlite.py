"""SQLite: an FTS5 table beside the entries, whose rowid is the place.

FTS5 walks the lists of several words together and in the order of the rowid, and stops at the
limit: a common word costs less than a rare one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from articles.search.places import Stretch
from articles.search.query import Choice, Expression


@contextmanager
def asking(table: str, asked: Expression) -> Iterator["Asking"]:
    """No settings, no transaction."""
    yield Asking(table, match(asked))


class Asking:
    """One expression asked of one index."""

    def __init__(self, table: str, asked: str) -> None:
        self.table, self.asked = f"{table}_terms", asked

    def step(self, stretch: Stretch, limit: int) -> list[int]:
        """The places in this stretch, in its order; one query."""
        order = "ASC" if stretch.oldest_first else "DESC"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM {self.table} "  # noqa: S608  (our table)
                f"WHERE {self.table} MATCH %s AND rowid BETWEEN %s AND %s "
                f"ORDER BY rowid {order} LIMIT %s",
                [self.asked, stretch.first, stretch.last, limit],
            )
            return [place for (place,) in cursor.fetchall()]


def match(asked: Expression) -> str:
    """The expression in FTS5's words. Terms stand in quotes and hold none."""
    found = " AND ".join(map(_any, asked.every))
    return f"({found}) NOT ({' OR '.join(map(_any, asked.none))})" if asked.none else found


def _any(choice: Choice) -> str:
    """A string of several terms is a phrase."""
    return "(" + " OR ".join(f'"{" ".join(way)}"' for way in choice) + ")"
