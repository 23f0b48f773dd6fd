"""PostgreSQL: a GIN index over the entries' terms.

GIN does not know which entry is the newest: to fetch and sort all that match would cost what the
word is common. So the months are terms too, met inside the index, and no more than `MOST` entries
are ever fetched: of a stretch that holds more a smaller one is asked for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import OperationalError, connection, transaction

from articles.search.places import Stretch, blocks, month_of
from articles.search.query import Choice, Expression

MOST = 4_000
# PostgreSQL's code for a statement that ran into its timeout.
CANCELLED = "57014"
# A stretch of more blocks of months is asked for without: to look all of them up spares nothing.
MOST_BLOCKS = 24
SETTINGS = {
    "statement_timeout": "800ms",
    # Room for a bitmap of many pages.
    "work_mem": "32MB",
    # No plan but that of the index over terms: what the planner guesses of an AND is often far off.
    "enable_seqscan": "off",
    "enable_indexscan": "off",
    "jit": "off",
}


class TookTooLong(Exception):
    """One step took longer than a search may."""


@contextmanager
def asking(table: str, asked: Expression) -> Iterator["Asking"]:
    """In a transaction of its own, which is rolled back: nothing is written, and the settings are
    undone."""
    names = ", ".join("set_config(%s, %s, true)" for _name in SETTINGS)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                values = [part for pair in SETTINGS.items() for part in pair]
                cursor.execute(f"SELECT {names}", values)
            yield Asking(table, tsquery(asked))
            transaction.set_rollback(True)
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == CANCELLED:
            raise TookTooLong from error
        raise


class Asking:
    """One expression asked of one index."""

    def __init__(self, table: str, asked: str) -> None:
        self.table, self.asked = table, asked

    def step(self, stretch: Stretch, limit: int) -> list[int] | None:
        """The places in this stretch, in its order; None if there are too many to fetch.
        One month is fetched, however much it holds. One query."""
        first, last = month_of(stretch.first), month_of(stretch.last)
        marks = list(islice(blocks(first, last), MOST_BLOCKS + 1))
        asked = self.asked
        if len(marks) <= MOST_BLOCKS:
            asked = f"{asked} & ({' | '.join(map(_quoted, marks))})"
        most = None if first == last else MOST + 1
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT place FROM {self.table} "  # noqa: S608  (our table)
                # Adding nothing keeps the index of places out of the plan.
                "WHERE terms @@ %s::tsquery AND place + 0 BETWEEN %s AND %s LIMIT %s",
                [asked, stretch.first, stretch.last, most],
            )
            places = [place for (place,) in cursor.fetchall()]
        if most and len(places) == most:
            return None
        return sorted(places, reverse=not stretch.oldest_first)[:limit]


def tsquery(asked: Expression) -> str:
    """The expression in PostgreSQL's words. Terms stand in quotes and hold none."""
    parts = [*map(_any, asked.every), *(f"!{_any(choice)}" for choice in asked.none)]
    return " & ".join(parts)


def _any(choice: Choice) -> str:
    ways = (" <-> ".join(map(_quoted, way)) for way in choice)
    return f"({' | '.join(f'({way})' for way in ways)})"


def _quoted(term: str) -> str:
    return f"'{term}'"
