"""PgBouncer between the site and PostgreSQL, in transaction mode: what it cannot carry.

Such a pool gives each transaction whichever connection of the server is free. What should outlive
a transaction (a cursor, a snapshot, `SET`) is not found again, or is left to whoever comes next:
`pg_dump` would leave them without a search path. So the site keeps to transactions as soon as it
knows of the pool, and a backup goes to the server itself; DATABASE_DIRECT_URL says both.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from newsroom.management.readiness import NotReady

UNKNOWN = (
    "DATABASE_URL leads to a pool, such as PgBouncer, in front of PostgreSQL. Set "
    "DATABASE_DIRECT_URL to the address of the server itself; docs/operating/pgbouncer.md says why."
)


def is_pooled() -> bool:
    """Whether somebody stands between us and the server; one query. Raises DatabaseError.

    A pool greets us with a process number of its own making.
    """
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        greeted_by = connection.connection.info.backend_pid
        return bool(cursor.fetchone()[0] != greeted_by)


def refuse_unknown_pool() -> None:
    """Raise NotReady when there is a pool and nobody has told us of it."""
    if settings.DATABASE_DIRECT is None and is_pooled():
        raise NotReady(UNKNOWN)


@contextmanager
def past_the_pool() -> Iterator[None]:
    """Let Django's connection lead to the server itself. Raises NotReady when there is no way."""
    if settings.DATABASE_DIRECT is None:
        refuse_unknown_pool()
        yield
        return
    usual = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(DISABLE_SERVER_SIDE_CURSORS=False, **settings.DATABASE_DIRECT)
    try:
        if is_pooled():
            raise NotReady("DATABASE_DIRECT_URL leads to a pool as well, not to the server itself.")
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(usual)
