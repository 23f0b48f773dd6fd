"""Telling every process that pages are out of date: an entry in the database, never deleted rows.

An entry is written in the transaction of the change, so it is there exactly if the change is. Every
web process reads new entries at most 250 ms apart (newsroom/cache/log.py) and holds the tags
of its pages against them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction

from newsroom.cache.generations import hold, touch
from newsroom.cache.models import Generation, Purge, WebProcess

# A page older than this is never shown, so nobody needs an older entry.
KEPT = timedelta(days=2)
# The tag of an entry after which caches in front forget every page they have.
EVERYTHING = "*"

# The numbers of what was committed in this request, while somebody waits to see what becomes of it.
_committed: ContextVar[list[int] | None] = ContextVar("committed", default=None)


@contextmanager
def followed() -> Iterator[list[int]]:
    """Every process says of entries that are appended inside what became of its pages
    (newsroom/cache/proof). Yields their numbers as they are committed: none of what is rolled back.
    """
    numbers: list[int] = []
    before = _committed.set(numbers)
    try:
        yield numbers
    finally:
        _committed.reset(before)


@transaction.atomic(savepoint=False)
def purge(*tags: str, hard: bool = False) -> None:
    """Pages with one of these tags are out of date; two queries.

    Soft: readers may get the old page for a second more, and while the database is down. Hard
    (something was taken from the readers): never again.
    """
    if tags:
        hold()  # numbers rise in the order in which entries become visible
        numbers = _committed.get()
        entry = Purge.objects.create(
            tags=sorted(set(tags)), hard=hard, followed=numbers is not None
        )
        if numbers is not None:
            transaction.on_commit(partial(numbers.append, entry.pk))


def forget_old(*, at: datetime) -> int:
    """Delete the entries that no page can need any more; how many."""
    return Purge.objects.filter(at__lt=at - KEPT).delete()[0]


@transaction.atomic
def begin_anew(*, at: datetime) -> None:
    """After a restore: whatever any process or machine has stored is of another database.

    The numbers go on far beyond any that was given before, or a page stored then would look new
    again once the entries have counted up to it. Stored values get generations never used before.
    """
    Purge.objects.all().delete()
    WebProcess.objects.all().delete()
    # Far more than entries can be written: a later restore always has the higher number.
    Purge.objects.create(pk=int(at.timestamp() * 1000), tags=[EVERYTHING], hard=True)
    if connection.vendor == "postgresql":  # SQLite goes on from the highest number by itself
        table = Purge._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
            )
    touch(*Generation.objects.values_list("name", flat=True))
