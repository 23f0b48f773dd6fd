"""Who works with the data of this machine: site and backups beside one another, a restore alone.

The kernel keeps the lock and takes it back from a process that dies. Sites of other machines are
seen by their connections to PostgreSQL.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from newsroom.management.readiness import NotReady

LOCK = "running.lock"


@contextmanager
def with_others() -> Iterator[None]:
    """Raise NotReady while a restore is under way."""
    with _locked(fcntl.LOCK_SH):
        yield


@contextmanager
def alone() -> Iterator[None]:
    """Raise NotReady while the site is served here, or a backup is made."""
    with _locked(fcntl.LOCK_EX):
        yield


@contextmanager
def _locked(kind: int) -> Iterator[None]:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / LOCK).open("ab") as lock:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if kind == fcntl.LOCK_SH:
                sentence = "A backup is being restored here. Wait until it is done."
            else:
                sentence = (
                    "The site is running on this machine, or a backup is being made. Stop `serve` "
                    "first: it would go on with the old data."
                )
            raise NotReady(sentence) from None
        os.set_inheritable(lock.fileno(), True)  # `serve` becomes another program and keeps it
        yield


def connected_elsewhere() -> list[str]:
    """Where PostgreSQL sees processes of a site at this database, ours left out."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT coalesce(host(client_addr), 'the same machine') FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND application_name = %s",
            [connection.settings_dict["OPTIONS"]["application_name"]],
        )
        return sorted(str(row[0]) for row in cursor.fetchall())
